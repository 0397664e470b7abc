"""Which blocks is a markdown text made of? Headings, list items, paragraphs, code and HTML, each with its lines.

CommonMark's block structure as far as documents are governed by it, in one pass over the lines. It follows the
specification but for lists in lists, where people mean more than it sees: an item that is indented by two blanks
belongs to the item above it, also where that one's text begins further right (`1. a`, then `  - b`); and any number may
begin one.
"""

from typing import NamedTuple

from govern.parse.markdown import marks
from govern.parse.markdown.inline import definitions

MAX_LINES = 50_000  # and
MAX_BLOCKS = 20_000  # what is read of a text: a second's work. People write fewer than 5,000 lines
MAX_LEVEL = 30  # of lists in lists; what is deeper counts as this deep
MAX_QUOTES = 5  # of quotations in each other; what is deeper is text


class Piece(NamedTuple):
    """Text of one line: where it begins (the line and column count from 0), and what it says."""

    line: int
    column: int
    text: str


class Block:
    """One block. `kind` is heading, paragraph, item, code, html or rule.

    `level` is that of a heading; of an item, how many items it lies in; of anything else, the same, so that 0 is
    what stands in no list. `number` is that of an ordered item. `pieces` is its text line by line, of code and HTML
    the lines themselves; `language` is the first word beside a code fence. The paragraphs of a quotation are `quoted`;
    `inside` the first one are the blocks of all of it. A heading in a list opens no section: it is text.
    """

    __slots__ = ("inside", "kind", "language", "level", "number", "pieces", "quoted")

    def __init__(self, kind: str, level: int, pieces: list[Piece], number: int | None = None) -> None:
        self.kind = kind
        self.level = level
        self.pieces = pieces
        self.number = number
        self.language = ""
        self.quoted = False
        self.inside: list[Block] = []

    @property
    def text(self) -> str:
        return (" " if self.kind == "heading" else "\n").join([piece.text for piece in self.pieces])


def blocks(text: str) -> list[Block]:
    """The blocks of a markdown text, in order. Lines end in LF or CRLF. What is beyond the bounds is left out."""
    scanner = _Scanner()
    for number, line in enumerate(text.removesuffix("\n").split("\n", MAX_LINES)[:MAX_LINES]):
        scanner.take(number, line.removesuffix("\r"))
        if len(scanner.result) >= MAX_BLOCKS:
            break
    return scanner.result


def is_beyond(text: str, blocks: list[Block]) -> bool:
    """Does the text that has these blocks go on beyond the bounds?"""
    return len(blocks) >= MAX_BLOCKS or text.count("\n") > MAX_LINES


class _Scanner:
    """What is known of the lines so far, of a text or of a quotation that lies in `depth` others."""

    def __init__(self, depth: int = 0) -> None:
        self.result: list[Block] = []
        self.depth = depth
        self.base = 0  # the column in which the text, or the quotation's text, begins
        self.items: list[tuple[int, int]] = []  # of the open list items: the mark's column and the text's
        self.open: Block | None = None  # the paragraph, or item, that a line may continue
        self.quote: _Scanner | None = None  # of the quotation that is open; `open` is its last paragraph
        self.chunk: Block | None = None  # the code by indentation that a line may continue
        self.fence = ""
        self.html: str | None = None  # what ends the HTML that is open
        self.container = 0  # where the text of the item around fence or HTML begins

    def take(self, number: int, line: str, offset: int = 0, at: int = 0, base: int = 0) -> None:
        """The next line. In a quotation `offset` characters stand before it, as wide as `at`, and `base` is the column
        from which indentation counts.
        """
        rest = line.lstrip(" \t")
        column = len(line) - len(rest)
        self.base = base
        if base or "\t" in line[:column]:
            indent = max(0, len((" " * at + line[:column]).expandtabs(4)) - base)
        else:
            indent = column
        piece = Piece(number, offset + column, rest.rstrip(" \t"))
        if self.fence or self.html is not None:
            if rest and indent < self.container:
                self.fence, self.html = "", None  # the list item ended, and with it what it holds
            elif self._goes_on(rest, piece, indent):
                return
        if rest:
            self._block(rest, indent, piece)
        else:
            if self.open is not None and self.open.kind == "item" and not self.in_paragraph:
                self.items.pop()  # nothing stands in it, and nothing will
            self.open = self.quote = None

    @property
    def in_paragraph(self) -> bool:
        """May the next line continue a paragraph?"""
        if self.open is None or self.fence or self.html is not None:
            return False
        if self.quote is not None:
            return self.quote.in_paragraph
        return self.open.kind != "item" or bool(self.open.pieces[-1].text)

    def _goes_on(self, rest: str, piece: Piece, indent: int) -> bool:
        """Does the line still belong to the code or HTML that is open?"""
        if self.fence:
            if indent - self.container < 4 and marks.closes_fence(rest, self.fence):
                self.fence = ""
            else:
                self.result[-1].pieces.append(piece)
            return True
        if self.html == "" and not rest:
            self.html = None
            return False
        self.result[-1].pieces.append(piece)
        if self.html and marks.ends_html(rest, self.html):
            self.html = None
        return True

    def _block(self, rest: str, indent: int, piece: Piece) -> None:
        if self.quote is not None:
            if not (rest[0] == ">" and 0 <= indent - self._inner() < 4) and not self.in_paragraph:
                self.open = self.quote = None
        elif self.open is not None and indent < self._inner() and not self.in_paragraph:
            self.open = None  # an empty item
        item = marks.item_mark(rest)
        if item and self._enters(item, indent):
            self._item(item, rest, indent, piece)
            return
        if self.open is None:
            self._close(indent)
        if indent >= 4 and indent - max((text for _, text in self.items if text <= indent), default=0) >= 4:
            if self.open is None:
                self._code(piece)
            else:
                self._continue(piece)
        elif not self._leaf(rest, piece, indent) and not self._quote(rest, piece, indent):
            if self.open is None:
                self.open = self._add("paragraph", [piece])
            else:
                self._continue(piece)

    def _continue(self, piece: Piece) -> None:
        """The paragraph goes on, in whatever it lies."""
        assert self.open is not None
        if self.quote is not None:
            self.quote._continue(piece)
        if self.open.kind == "item" and not self.open.pieces[-1].text:
            self.open.pieces = []
        self.open.pieces.append(piece)

    def _leaf(self, rest: str, piece: Piece, indent: int) -> bool:
        """Is this line a heading, a rule, or the begin of code or HTML?"""
        first = rest[0]
        if first == "#" and (level := marks.heading_level(rest)):
            self._close(indent)
            if self.items:
                return False
            self._add("heading", [_heading_text(piece, level)]).level = level
        elif self._underlines(rest):
            pass
        elif marks.is_rule(rest):
            self._close(indent)
            self._add("rule", [piece])
        elif fence := marks.fence_mark(rest):
            self._close(indent)
            self.fence, language = fence
            self.container = self._inner()
            self._add("code", []).language = language
        elif first == "<" and (end := marks.html_end(rest, in_paragraph=self.in_paragraph)) is not None:
            self._close(indent)
            self._add("html", [piece])
            self.container = self._inner()
            self.html = None if end and marks.ends_html(rest, end) else end
        else:
            return False
        self.open = self.quote = None
        return True

    def _underlines(self, rest: str) -> bool:
        """Is this the line under a heading?"""
        above = self.open
        if above is None or above.kind != "paragraph" or above.level or above.quoted or not marks.is_underline(rest):
            return False
        if above.text.startswith("["):
            end = max((each.end for each in definitions(above.text)), default=0)
            lines = above.text[:end].count("\n") if end < len(above.text) else len(above.pieces)
            if lines == len(above.pieces):
                return False  # nothing above but definitions of links
            if lines:
                self.result[-1] = Block("paragraph", 0, above.pieces[:lines])
                above = self._add("paragraph", above.pieces[lines:])
        above.kind, above.level = "heading", 1 if rest[0] == "=" else 2
        return True

    def _quote(self, rest: str, piece: Piece, indent: int) -> bool:
        """Is this line one of a quotation?"""
        if rest[0] != ">" or self.depth >= MAX_QUOTES:
            return False
        if self.quote is None or indent < self._inner():
            self._close(indent)
            self.open = None
            self.quote, self.chunk = _Scanner(self.depth + 1), None
        inside = rest[1:].lstrip(" \t")
        if not inside:
            self.open = None
        else:
            text = Piece(piece.line, piece.column + len(rest) - len(inside), inside.rstrip(" \t"))
            if self.open is None or not self.open.quoted:
                self.open = self._add("paragraph", [])
                self.open.quoted = True
                self.open.inside = self.quote.result if not self.quote.result else []
            self.open.pieces.append(text)
        at = self.base + indent + 1
        skipped = 2 if rest[1:2] == " " else 1
        blank = rest[1:2] in (" ", "\t")
        self.quote.take(piece.line, rest[skipped:], piece.column + skipped, at + skipped - 1, at + blank)
        return True

    def _enters(self, item: marks.Item, indent: int) -> bool:
        """Does the mark of an item begin one here? Then those that it does not lie in end."""
        kept = len(self.items)
        while kept and indent < min(self.items[kept - 1][1], self.items[kept - 1][0] + 2):
            kept -= 1
        inner = self.items[kept - 1][1] if kept else 0
        if indent - inner >= 4:
            return False
        interrupts = self.quote is None and not self.items and self.in_paragraph
        if interrupts and (not item.gap or item.number not in (None, 1)):
            return False  # in the midst of a paragraph: with a bullet or 1, and with a text
        del self.items[kept:]
        return True

    def _item(self, item: marks.Item, rest: str, indent: int, piece: Piece) -> None:
        """A list item, and those that begin in the same line."""
        column = piece.column
        while True:
            start = indent + item.length
            width = len((" " * (self.base + start) + item.gap).expandtabs(4)) - self.base - start if item.gap else 1
            begin = item.length + len(item.gap)
            rest, column = rest[begin:], column + begin
            text = Piece(piece.line, column, rest.rstrip(" \t"))
            block = Block("item", min(len(self.items), MAX_LEVEL), [text], item.number)
            self.result.append(block)
            self.open, self.quote = block, None
            self.items.append((indent, start + (width if width <= 4 else 1)))
            if not rest:
                return
            block.pieces = [text._replace(text="")]
            if width > 4:
                self.open = None
                self._code(text)
                return
            indent = start + width
            inner = marks.item_mark(rest) if len(self.items) < MAX_LEVEL else None
            if inner is None:
                break
            item = inner
        if not self._leaf(rest, text, indent) and not self._quote(rest, text, indent):
            block.pieces = [text]

    def _code(self, piece: Piece) -> None:
        if self.chunk is not None and self.result[-1] is self.chunk and self.chunk.level == len(self.items):
            self.chunk.pieces.append(piece)
        else:
            self.chunk = self._add("code", [piece])

    def _close(self, indent: int) -> None:
        """A new block begins here: items whose text begins further right end."""
        while self.items and indent < self.items[-1][1]:
            self.items.pop()

    def _inner(self) -> int:
        return self.items[-1][1] if self.items else 0

    def _add(self, kind: str, pieces: list[Piece]) -> Block:
        block = Block(kind, len(self.items), pieces)
        self.result.append(block)
        return block


def _heading_text(piece: Piece, level: int) -> Piece:
    """The text of a heading, without the # around it."""
    text = piece.text[level:].lstrip(" \t")
    column = piece.column + len(piece.text) - len(text)
    open_end = text.rstrip("#")
    if open_end != text and (not open_end or open_end[-1] in " \t"):
        text = open_end.rstrip(" \t")
    return Piece(piece.line, column, text)
