"""Which blocks is a markdown text made of? Headings, list items, paragraphs, code and HTML, each with its lines.

CommonMark's block structure as far as documents are governed by it, in one pass over the lines. It follows the
specification but for one thing: a list item that is indented by two blanks belongs to the item above it, also where
that one's text begins further right (`1. a`, then `  - b`), because that is what people mean by it.
"""

import re
from typing import NamedTuple

from govern.model.pattern import pattern

MAX_LEVEL = 30  # of lists in lists; what is deeper counts as this deep

_BULLETS = frozenset("-*+0123456789")
_UNDERLINE = pattern(r"(?:=+|-+)[ \t]*\Z")
_RULE = pattern(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_ITEM = pattern(r"([-*+]|(\d{1,9})[.)])(?:([ \t]+)(?=\S)|[ \t]*\Z)")
_FENCE = pattern(r"(`{3,})([^`]*)\Z|(~{3,})(.*)\Z")
_QUOTE = pattern(r">[ \t]*")
_TAG = pattern(r"</?[A-Za-z][A-Za-z0-9-]*(?:[ \t][^<>]*)?/?>[ \t]*\Z")
_BLOCK_TAG = pattern(
    r"</?(?:address|article|aside|blockquote|body|center|details|dialog|dd|div|dl|dt|fieldset|figcaption|figure|footer"
    r"|form|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|optgroup|option|p|param|search|section"
    r"|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[ \t>]|/>|\Z)",
    re.IGNORECASE,
)
_RAW_TAG = pattern(r"<(script|pre|style|textarea)(?:[ \t>]|\Z)", re.IGNORECASE)


class Piece(NamedTuple):
    """Text of one line: where it begins (the line and column count from 0), and what it says."""

    line: int
    column: int
    text: str


class Block:
    """One block. `kind` is heading, paragraph, item, code, html or rule.

    `level` is that of a heading; of an item, how many items it lies in; of anything else, the same, so that 0 is
    what stands in no list. `number` is that of an ordered item. `pieces` is its text line by line, of code and HTML
    the lines themselves; `language` is the first word beside a code fence. A quotation is a paragraph that is `quoted`.
    """

    __slots__ = ("kind", "language", "level", "number", "pieces", "quoted")

    def __init__(self, kind: str, level: int, pieces: list[Piece], number: int | None = None) -> None:
        self.kind = kind
        self.level = level
        self.pieces = pieces
        self.number = number
        self.language = ""
        self.quoted = False

    @property
    def text(self) -> str:
        return (" " if self.kind == "heading" else "\n").join(piece.text for piece in self.pieces)


def blocks(text: str) -> list[Block]:
    """The blocks of a markdown text, in order. Lines end in LF or CRLF."""
    return _Scanner().scan(text)


class _Scanner:
    def __init__(self) -> None:
        self.result: list[Block] = []
        self.items: list[tuple[int, int]] = []  # of the open list items: the marker's column and the text's
        self.open: Block | None = None  # the paragraph, or item, that a line may continue
        self.fence = ""
        self.container = 0  # where the text of the item around the fence begins
        self.until: re.Pattern[str] | None = None  # what ends the HTML block; None in one that a blank line ends
        self.in_html = False
        self.blank = False

    def scan(self, text: str) -> list[Block]:
        for number, line in enumerate(text.split("\n")):
            self._line(number, line.removesuffix("\r"))
        return self.result

    def _line(self, number: int, line: str) -> None:
        rest = line.lstrip(" \t")
        column = len(line) - len(rest)
        indent = column if "\t" not in line[:column] else len(line[:column].expandtabs(4))
        piece = Piece(number, column, rest.rstrip(" \t"))
        if self.fence:
            if rest and indent < self.container:
                self.fence = ""  # the list item ended, and with it what it holds
            else:
                self._in_fence(rest, piece)
                return
        if self.in_html:
            if self.until is not None:
                self.result[-1].pieces.append(piece)
                self.in_html = not self.until.search(line)
                return
            if rest:
                self.result[-1].pieces.append(piece)
                return
            self.in_html = False
        if not rest:
            self.open, self.blank = None, True
            return
        self._block(rest, indent, piece)
        self.blank = False

    def _in_fence(self, rest: str, piece: Piece) -> None:
        mark = self.fence
        if rest.startswith(mark) and not rest.strip(mark[0] + " \t"):
            self.fence = ""
        else:
            self.result[-1].pieces.append(piece)

    def _block(self, rest: str, indent: int, piece: Piece) -> None:
        item = _ITEM.match(rest) if rest[0] in _BULLETS and not _RULE.match(rest) else None
        if item and (indent - self._inner() < 4 or self.items) and self._may_begin(item, rest):
            while self.items and indent < min(self.items[-1][1], self.items[-1][0] + 2):
                self.items.pop()
            if indent - self._inner() < 4:
                self._item(item, rest, indent, piece)
                return
        if self.open is None:
            while self.items and indent < self.items[-1][1]:
                self.items.pop()
        inner = self._inner()
        if indent - inner >= 4:
            if self.open is None:
                self._code(piece)
            else:
                self.open.pieces.append(piece)
            return
        if self._leaf(rest, piece, indent):
            return
        quote = _QUOTE.match(rest)
        if quote:
            piece = Piece(piece.line, piece.column + quote.end(), rest[quote.end() :].rstrip())
            if not piece.text:
                self.open = None
            elif self.open is not None and self.open.quoted:
                self.open.pieces.append(piece)
            else:
                self.open = self._add("paragraph", [piece])
                self.open.quoted = True
            return
        if self.open is not None:
            self.open.pieces.append(piece)
        else:
            self.open = self._add("paragraph", [piece])

    def _leaf(self, rest: str, piece: Piece, indent: int) -> bool:
        """Is this line a heading, a rule, or the begin of code or HTML?"""
        first = rest[0]
        if first == "#" and (level := _heading_level(rest)):
            self._close(indent)
            if not self.items:
                self._add("heading", [_heading_text(piece, level)]).level = level
                self.open = None
                return True
        if first in "=-" and self._underlines(rest, indent):
            return True
        if first in "*-_" and _RULE.match(rest):
            self._close(indent)
            self._add("rule", [piece])
            self.open = None
            return True
        if first in "`~" and (fence := _FENCE.match(rest)):
            self._close(indent)
            self.fence = fence[1] or fence[3]
            self.container = self._inner()
            block = self._add("code", [])
            block.language = ((fence[2] or fence[4] or "").split() or [""])[0]
            self.open = None
            return True
        return first == "<" and self._html(rest, piece, indent)

    def _underlines(self, rest: str, indent: int) -> bool:
        """Is this the line under a heading?"""
        above = self.open
        if above is None or above.kind != "paragraph" or above.level or above.quoted or not _UNDERLINE.match(rest):
            return False
        above.kind, above.level = "heading", 1 if rest[0] == "=" else 2
        self.open = None
        return True

    def _html(self, rest: str, piece: Piece, indent: int) -> bool:
        raw = _RAW_TAG.match(rest)
        if rest.startswith("<!--"):
            until: re.Pattern[str] | None = re.compile("-->")
        elif raw:
            until = re.compile(f"</{raw[1]}>", re.IGNORECASE)
        elif rest.startswith("<?"):
            until = re.compile(r"\?>")
        elif _BLOCK_TAG.match(rest) or (self.open is None and _TAG.match(rest)):
            until = None
        else:
            return False
        self._close(indent)
        self._add("html", [piece])
        self.open, self.until = None, until
        self.in_html = until is None or not until.search(rest)
        return True

    def _may_begin(self, item: re.Match[str], rest: str) -> bool:
        """In the midst of a paragraph a list begins with a bullet or with 1, and not with an empty item."""
        interrupts = self.open is not None and self.open.kind == "paragraph" and not self.items
        return not interrupts or (item[3] is not None and item[2] in (None, "1"))

    def _item(self, item: re.Match[str], rest: str, indent: int, piece: Piece) -> None:
        level = min(len(self.items), MAX_LEVEL)
        gap = item[3] or " "
        wide = len(gap.expandtabs(4)) > 4
        self.items.append((indent, indent + len(item[1]) + (1 if wide else len(gap))))
        start = item.end()
        text = Piece(piece.line, piece.column + start, rest[start:].rstrip(" \t"))
        block = Block("item", level, [text], int(item[2]) if item[2] else None)
        self.result.append(block)
        self.open = block
        if text.text and (fence := _FENCE.match(text.text)):
            block.pieces = [text._replace(text="")]
            self.fence, self.container = fence[1] or fence[3], self._inner()
            self._add("code", []).language = ((fence[2] or fence[4] or "").split() or [""])[0]
            self.open = None

    def _code(self, piece: Piece) -> None:
        last = self.result[-1] if self.result else None
        if last is not None and last.kind == "code" and last.pieces and last.pieces[-1].line >= piece.line - 2:
            last.pieces.append(piece)
        else:
            self._add("code", [piece])

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


def _heading_level(rest: str) -> int:
    """How many # a heading begins with; 0 if it is none."""
    level = len(rest) - len(rest.lstrip("#"))
    return level if level <= 6 and (len(rest) == level or rest[level] in " \t") else 0


def _heading_text(piece: Piece, level: int) -> Piece:
    """The text of a heading, without the # around it."""
    text = piece.text[level:].lstrip(" \t")
    column = piece.column + len(piece.text) - len(text)
    open_end = text.rstrip("#")
    if open_end != text and (not open_end or open_end[-1] in " \t"):
        text = open_end.rstrip(" \t")
    return Piece(piece.line, column, text)
