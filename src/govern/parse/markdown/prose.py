"""What do the blocks of a text say to those who link: where do links lead, and which anchors are there?"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote

from govern.model.pattern import pattern
from govern.parse.markdown.blocks import Block, Piece
from govern.parse.markdown.headings import slug, slug_of
from govern.parse.markdown.inline import MAX_READ, definitions, inline

__all__ = ["Link", "anchors", "code_spans", "links", "slug_of", "without_code"]

_TABLE = pattern(r"(?=[^|\n]*+\|)\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?\Z")
_CELL = pattern(r"(?:[^|\\]|\\.?)++")
_NAMED = pattern(r"[ \t\n](?:id|name)[ \t]*+=[ \t]*+[\"']?([^\s\"'<>]+)", re.IGNORECASE)
_ELEMENT = pattern(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)([^<>]*+)>")
_ATX = pattern(r"#{1,6}[ \t]++(.*?)(?:[ \t]++#++)?\Z")
_CUSTOM = pattern(r"\{#([\w-]+)\}\Z")
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
        self.text = "\n".join([piece.text for piece in pieces])
        self.starts: list[int] = []  # of the lines

    def link(self, start: int, end: int) -> Link:
        """The link whose target stands at these indices, always in one line."""
        if not self.starts:
            self.starts = list(accumulate((len(piece.text) + 1 for piece in self.pieces), initial=0))
        at = bisect_right(self.starts, start) - 1
        piece = self.pieces[at]
        column = piece.column + start - self.starts[at]
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
    texts = []
    left = MAX_READ
    for text in (text for block in _unquoted(blocks) for text in _texts(block)):
        left -= len(text.text)
        if left < 0:
            break
        texts.append(text)
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
    left = MAX_READ

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
            add(slug_of("\n".join([piece.text for piece in block.pieces])))
            if custom := _CUSTOM.search(text):
                result.add(custom[1])
        elif block.kind == "html":
            for title in _html_headings(text):
                add(slug(html.unescape(title)))
        elif block.kind in ("item", "paragraph") and "#" in text:
            for piece in block.pieces:
                if heading := _ATX.match(piece.text):  # in a list, where it opens no section
                    add(slug_of(heading[1]))
        if "<" in text and block.kind != "code" and (left := left - len(text)) >= 0:
            result.update(_named(block, text))
    return result


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


def _unquoted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those of quotations among them."""
    for block in blocks:
        if block.quoted:
            yield from _unquoted(block.inside)
        else:
            yield block


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
