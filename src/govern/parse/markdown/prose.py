"""What do the blocks of a text say to those who link: where do links lead, and which anchors are there?"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from govern.model.pattern import pattern
from govern.parse.markdown.blocks import Block, Piece, blocks
from govern.parse.markdown.inline import definitions, inline

MAX_QUOTES = 20  # in each other; what is deeper is read as text of the last

_TABLE = pattern(r"(?=[^|\n]*+\|)\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?\Z")
_CELL = pattern(r"(?:[^|\\]|\\.?)++")
_NAMED = pattern(r"[ \t\n](?:id|name)[ \t]*+=[ \t]*+[\"']?([^\s\"'<>]+)", re.IGNORECASE)
_ELEMENT = pattern(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)([^<>]*+)>")
_ATX = pattern(r"#{1,6}[ \t]++(.*?)(?:[ \t]++#++)?\Z")
_CUSTOM = pattern(r"\{#([\w-]+)\}\Z")
_MARKED = pattern(r"[\\`\[\]<&*_~{]")
_ESCAPE = pattern(r"\\([!-/:-@\[-`{-~])")
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNDERSCORES = pattern("_+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Link(NamedTuple):
    """Where a link leads, as written, and where that stands: in a line, from one column to another, from 0."""

    target: str
    line: int
    column: int
    end_column: int


class _Text:
    """The text of some lines of a block, read as one."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.text = "\n".join(piece.text for piece in pieces)

    def link(self, start: int, end: int) -> Link:
        """The link whose target stands at these indices, always in one line."""
        starts = [0]
        for piece in self.pieces:
            starts.append(starts[-1] + len(piece.text) + 1)
        at = bisect_right(starts, start) - 1
        piece = self.pieces[at]
        column = piece.column + start - starts[at]
        return Link(self.text[start:end], piece.line, column, column + end - start)


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """The code spans of a block's text: a run of backticks up to the next run of the same length."""
    if "`" in text:
        yield from inline(text).code


def without_code(text: str) -> str:
    """The text with blanks in place of its code spans, so that nothing moves."""
    if "`" not in text:
        return text
    result, last = [], 0
    for start, end in code_spans(text):
        result += [text[last:start], re.sub(r"[^\n]", " ", text[start:end])]
        last = end
    return "".join(result) + text[last:]


def links(blocks: Iterable[Block]) -> Iterator[Link]:
    """The links and images of some blocks, inline ones and definitions, whether used or not. Footnotes are none."""
    texts = [text for block in _unquoted(blocks) for text in _texts(block)]
    labels: set[str] = set()
    begins = []
    for text in texts:
        begin = 0
        for each in definitions(text.text) if text.text.startswith("[") and "]:" in text.text else ():
            if each.label.startswith("^"):
                break
            labels.add(each.label)
            begin = each.end
            if each.until > each.at:
                yield text.link(each.at, each.until)
        begins.append(begin)
    for text, begin in zip(texts, begins, strict=True):
        for link in inline(text.text, labels, begin).links if "](" in text.text else ():
            if link.until > link.at:
                yield text.link(link.at, link.until)


def anchors(blocks: Iterable[Block]) -> set[str]:
    """What a fragment of a link to this text may name: the slugs of its headings, and ids in its HTML."""
    result: set[str] = set()
    counts: dict[str, int] = {}

    def add(slug: str) -> None:
        unique = slug
        while unique in counts:
            counts[slug] += 1
            unique = f"{slug}-{counts[slug]}"
        counts[unique] = 0
        result.add(unique)

    for block in _unquoted(blocks):
        text = block.text
        if block.kind == "heading":
            add(slug_of(text))
            if custom := _CUSTOM.search(text):
                result.add(custom[1])
        elif block.kind == "html":
            for title in _html_headings(text):
                add(_slug(html.unescape(title)))
        elif block.kind in ("item", "paragraph") and "#" in text:
            for piece in block.pieces:
                if heading := _ATX.match(piece.text):  # in a list, where it opens no section
                    add(slug_of(heading[1]))
        if "<" in text and block.kind != "code":
            result.update(_named(block, text))
    return result


def slug_of(heading: str) -> str:
    """The anchor that GitHub gives a heading: in small letters, without punctuation, each blank a dash.

    >>> slug_of("Offer Advanced Self-Refinement & Elicitation Options"), slug_of("`a_b`: **what** it *is*")
    ('offer-advanced-self-refinement--elicitation-options', 'a_b-what-it-is')
    """
    return _slug(_plain(heading) if _MARKED.search(heading) else heading)


def _slug(text: str) -> str:
    kept = (c for c in text.lower() if c in " -_" or (c.isalnum() if c.isascii() else _is_word(c)))
    return "".join(kept).replace(" ", "-")


def _is_word(character: str) -> bool:
    """Is this a letter, a mark, a digit or a connector, by Unicode?"""
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Pc")


def _plain(text: str) -> str:
    """What a heading says once its markup is gone. An image says nothing."""
    parts = inline(text)
    edits = [(start, end, "") for start, end in parts.tags]
    edits += [(start, end, _code(text[start:end])) for start, end in parts.code]
    edits += [(start, end, text[start + 1 : end - 1]) for start, end in parts.urls]
    for link in parts.links:
        ends = [(link.start, link.end)] if link.image else [(link.start, link.opened), (link.closed, link.end)]
        edits += [(*each, "") for each in ends]
    edits += [(start, end, "") for start, end in _emphasis(text, edits)]
    result, last = [], 0
    for start, end, instead in sorted(edits):
        if start >= last:
            result += [_read(text[last:start]), instead]
            last = end
    return "".join(result) + _read(text[last:])


def _read(text: str) -> str:
    text = _ESCAPE.sub(r"\1", text) if "\\" in text else text
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _code(text: str) -> str:
    text = text.strip("`").replace("\n", " ")
    return text[1:-1] if text[:1] == text[-1:] == " " and text.strip() else text


def _emphasis(text: str, edits: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """The underscores that set text in italics or bold. The other marks of emphasis are no part of an anchor anyway."""
    if "_" not in text:
        return
    hidden, last = [], 0
    for start, end, _ in sorted([*edits, *((each.start(), each.end(), "") for each in _ESCAPE.finditer(text))]):
        if start >= last:
            hidden += [text[last:start], "." * (end - start)]
            last = end
    masked = "".join(hidden) + text[last:]
    opened: list[tuple[int, int]] = []  # where underscores that may open begin, and where those that are left end
    for run in _UNDERSCORES.finditer(masked):
        start, end = run.span()
        before, after = masked[start - 1 : start] or " ", masked[end : end + 1] or " "
        opens = not after.isspace() and not (before.isalnum() or (_is_sign(after) and not _is_between(before)))
        closes = not before.isspace() and not (after.isalnum() or (_is_sign(before) and not _is_between(after)))
        while closes and opened and start < end:
            begin, until = opened.pop()
            strength = min(2, until - begin, end - start)
            yield until - strength, until
            yield start, start + strength
            start += strength
            if until - strength > begin:
                opened.append((begin, until - strength))
        if opens and start < end:
            opened.append((start, end))


def _is_between(character: str) -> bool:
    return character.isspace() or _is_sign(character)


def _is_sign(character: str) -> bool:
    """Is this punctuation or a symbol?"""
    return unicodedata.category(character)[0] in "PS"


# Which lines of a block are read as one


def _texts(block: Block) -> Iterator[_Text]:
    """The texts of a block that may hold links. Each cell of a table is one."""
    if block.kind in ("code", "html", "rule") or not any("]" in piece.text for piece in block.pieces):
        return
    pieces = block.pieces
    table = next((i for i, piece in enumerate(pieces) if i and _TABLE.match(piece.text)), None)
    if table is None or "|" not in pieces[table - 1].text:
        yield _Text(pieces)
        return
    if table > 1:
        yield _Text(pieces[: table - 1])
    for line, column, row in pieces[table - 1 :]:
        yield from (_Text([Piece(line, column + cell.start(), cell[0])]) for cell in _CELL.finditer(row))


def _unquoted(blocks: Iterable[Block], depth: int = 0) -> Iterator[Block]:
    """The blocks, those of quotations among them."""
    for block in blocks:
        if block.quoted and depth < MAX_QUOTES:
            yield from _unquoted(_inside(block), depth + 1)
        else:
            yield block


def _inside(quote: Block) -> list[Block]:
    """The blocks of a quotation."""
    first = quote.pieces[0].line
    lines = [""] * (quote.pieces[-1].line - first + 1)
    columns = [0] * len(lines)
    for line, column, text in quote.pieces:
        lines[line - first], columns[line - first] = text, column
    result = blocks("\n".join(lines))
    for block in result:
        block.pieces = [Piece(line + first, column + columns[line], text) for line, column, text in block.pieces]
    return result


# Anchors in HTML


def _named(block: Block, text: str) -> Iterator[str]:
    tags = [text[start:end] for start, end in inline(text).tags] if block.kind != "html" else _elements(text)
    for tag in tags:
        if not tag.startswith("<!--"):
            yield from (unquote(html.unescape(match[1])) for match in _NAMED.finditer(tag))


def _elements(text: str) -> Iterator[str]:
    if not text.startswith("<!--"):
        yield from (match[0] for match in _ELEMENT.finditer(text))


def _html_headings(text: str) -> Iterator[str]:
    """The texts of the headings in HTML, without tags."""
    level, parts, last = "", [], 0
    for tag in _ELEMENT.finditer(text):
        if level:
            parts.append(text[last : tag.start()])
        last = tag.end()
        name = tag[2].lower()
        if not tag[1] and name in _HEADINGS and not level:
            level, parts = name, []
        elif tag[1] and name == level:
            yield "".join(parts).strip()
            level = ""
