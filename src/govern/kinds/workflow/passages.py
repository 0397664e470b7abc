"""What a reader of the document sees as prose: its text without code and comments, every word with its place."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from govern.model.document import Document
from govern.model.location import Span
from govern.model.pattern import pattern
from govern.parse.markdown import body_blocks
from govern.parse.markdown.blocks import Block
from govern.parse.markdown.outline import is_comment
from govern.parse.markdown.prose import without_code

_FENCE = pattern(r"`{3}|~{3}")
_NOT_NEWLINE = pattern(r"[^\n]")


class Passage(NamedTuple):
    """A block with its text. In `visible` blanks stand in place of comments, in `prose` in place of code spans too, so
    that nothing moves. Code has neither; `indented` says that it is code for no other reason than its indentation.
    """

    block: Block
    text: str
    visible: str
    prose: str
    starts: list[int]
    body_line: int
    indented: bool = False

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the file."""
        (line, column), (end_line, end_column) = self._at(start), self._at(end)
        return Span(line, column, end_line, end_column)

    def _at(self, index: int) -> tuple[int, int]:
        number = bisect_right(self.starts, index) - 1
        piece = self.block.pieces[number]
        return self.body_line + piece.line, piece.column + index - self.starts[number] + 1


def passages(document: Document) -> list[Passage]:
    """Every block of the document, in order. Code and comments have no prose."""
    lines = document.body.split("\n")
    return [_passage(block, document.body_line, lines) for block in body_blocks(document)]


def _passage(block: Block, body_line: int, lines: list[str]) -> Passage:
    starts, length = [], 0
    for piece in block.pieces:
        starts.append(length)
        length += len(piece.text) + 1
    text = block.text
    if block.kind in ("code", "rule") or is_comment(block):
        return Passage(block, text, "", "", starts, body_line, block.kind == "code" and not _is_fenced(block, lines))
    prose = without_code(text)
    if "<!--" not in text:
        return Passage(block, text, text, prose, starts, body_line)
    comments = list(_comments(prose))
    return Passage(block, text, _blanked(text, comments), _blanked(prose, comments), starts, body_line)


def _is_fenced(block: Block, lines: list[str]) -> bool:
    above = lines[block.pieces[0].line - 1] if block.pieces and block.pieces[0].line else ""
    return not block.pieces or bool(_FENCE.search(above))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    while (start := text.find("<!--", last)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        last = end + 3
        yield start, last


def _blanked(text: str, stretches: list[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, end in stretches:
        pieces += [text[last:start], _NOT_NEWLINE.sub(" ", text[start:end])]
        last = end
    return "".join(pieces) + text[last:]
