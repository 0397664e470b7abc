"""Markdown → the YAML code block in it that defines something, such as an agent.

Fences are read as CommonMark has them: of three or more backticks or tildes, indented or not, closed by at least as
many. Of several YAML blocks the one counts that has most of a definition's keys; the others are examples.
"""

import re
from typing import NamedTuple

from govern.model.document import Document, Places, Reading
from govern.model.finding import Edit, Finding, Fix, found
from govern.model.location import Place, Span
from govern.parse import rules
from govern.parse.yaml import read_yaml

_LANGUAGES = ("yaml", "yml")
_KEY = re.compile(r"([\"']?)(?:agent|persona|commands|dependencies)\1[ \t]*:(?=[\s{#&]|\Z)")
_BARE = re.compile(r"(agent|persona)[ \t]*:[ \t]*\r?\Z")


class Block(NamedTuple):
    """A code block: its language, the rows of its lines, up to, not including, `end`, and what its fence is."""

    language: str
    first: int
    end: int
    indentation: str
    fence: str
    closed: bool = True


def read_block(text: str, path: str, *, tags: frozenset[str] = frozenset()) -> Document:
    """A markdown file as a Document whose value is what its YAML block holds."""
    lines = text.split("\n")
    blocks = _blocks(lines)
    candidates = [block for block in blocks if block.language in _LANGUAGES]
    if not candidates:
        return _without(text, path, lines, blocks)
    block = max(candidates, key=lambda block: _keys(lines[block.first : block.end]))
    inside = lines[block.first : block.end]
    cut = [min(len(block.indentation), _indentation(line)) for line in inside]
    matter = "".join(f"{line[by:]}\n" for line, by in zip(inside, cut, strict=True))
    reading = _reading(matter, path, block.first + 1, tags)
    if any(cut):
        reading = _indented(reading, block, cut)
    if not block.closed:
        reading = _unclosed(reading, path, lines, block)
    return Document(path, "block", text, reading, body=text)


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    opened: Block | None = None
    for row, line in enumerate(lines):
        text = line.strip(" \t\r")
        mark = text[:1]
        if mark not in ("`", "~") or text[:3] != mark * 3:
            continue
        after = text.lstrip(mark)
        fence = mark * (len(text) - len(after))
        if opened is None:
            if mark == "`" and "`" in after:
                continue  # code in the line
            language = (after.split() or [""])[0].lower()
            opened = Block(language, row + 1, len(lines), line[: _indentation(line)], fence, closed=False)
        elif not after and fence.startswith(opened.fence) and _width(line) < _width(opened.indentation) + 4:
            blocks.append(opened._replace(end=row, closed=True))
            opened = None
    return [*blocks, opened] if opened else blocks


def _keys(lines: list[str]) -> int:
    """How many lines begin with a key of a definition, at the left margin of the block."""
    texts = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    margin = min(map(_indentation, texts), default=0)
    return sum(1 for line in texts if _indentation(line) == margin and _KEY.match(line, margin))


def _reading(matter: str, path: str, line: int, tags: frozenset[str]) -> Reading:
    reading = read_yaml(matter, path, line=line, tags=tags)
    if reading.findings:
        from govern.parse.mend import mend, mendable

        if mendable(reading):
            reading = mend(matter, path, reading, line=line, tags=tags, entries=True)
    if reading.value is None and reading.readable and not reading.findings:
        reading = reading._replace(value={})
    return reading


def _indented(reading: Reading, block: Block, cut: list[int]) -> Reading:
    """The reading with places as in the file, for a block whose lines lost their fence's indentation."""
    by = dict(enumerate(cut, block.first + 1))

    def moved(span: Span) -> Span:
        line, column, end_line, end_column = span
        return Span(line, column + by.get(line, 0), end_line, end_column + by.get(end_line, 0))

    def edit(one: Edit) -> Edit:
        return Edit(moved(one.span), one.text.replace("\n", "\n" + block.indentation))

    def placed(finding: Finding) -> Finding:
        fix = finding.fix and Fix(finding.fix.title, tuple(map(edit, finding.fix.edits)))
        return finding._replace(span=moved(finding.span), fix=fix)

    def places() -> Places:
        return {at: Place(moved(place.value), place.key and moved(place.key)) for at, place in reading.places().items()}

    return reading._replace(places=places, findings=tuple(map(placed, reading.findings)))


def _unclosed(reading: Reading, path: str, lines: list[str], block: Block) -> Reading:
    """A block that runs to the end of the file: nobody knows whether what follows the definition belongs to it."""
    column = len(block.indentation) + 1
    span = Span(block.first, column, block.first, column + len(block.fence))
    hint = f"close it with a line {block.fence}"
    finding = found(rules.BLOCK_UNCLOSED, path, "the code block that begins here never ends", span=span, hint=hint)
    if reading.findings:
        return Reading(None, dict, (finding,), readable=False)
    last = lines[-1]
    ending = "\r\n" if lines[0].endswith("\r") else "\n"
    at = Span(len(lines), len(last) + 1, len(lines), len(last) + 1)
    edit = Edit(at, f"{ending if last else ''}{block.indentation}{block.fence}{ending}")
    return reading._replace(findings=(finding._replace(fix=Fix("close the code block", (edit,))),))


def _without(text: str, path: str, lines: list[str], blocks: list[Block]) -> Document:
    """A file without a YAML block; what stands in it as bare text, and looks like a definition, was meant to be one."""
    inside = {row for block in blocks for row in range(block.first, block.end)}
    bare = {match[1]: row for row, line in enumerate(lines) if row not in inside and (match := _BARE.match(line))}
    if len(bare) < 2:
        return Document(path, "block", text, Reading(None, dict), body=text, has_value=False)
    row = min(bare.values()) + 1
    finding = found(
        rules.BLOCK_MISSING,
        path,
        "what is defined from here on stands in no YAML block",
        span=Span(row, 1, row, len(lines[row - 1].rstrip()) + 1),
        hint="put a line ```yaml before it and a line ``` after it",
    )
    return Document(path, "block", text, Reading(None, dict, (finding,), readable=False), body=text)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _width(line: str) -> int:
    """The columns that a line is indented by; a tab reaches to the next fourth."""
    return len(line[: _indentation(line)].expandtabs(4))
