"""An item of a backlog → its parts: `- [ ] (P0) [Est: 2d] [Owner: SP] Title @depends-on:A,B`.

    state     open `[ ]`, started `[~]`, done `[x]`; any other mark as it is written, and [] where not even a blank is
    priority  what the parentheses or brackets say: P0
    estimate  in days: the number before the d; anything else as it is written, null where nothing is
    owner     null where the brackets are empty
    tags      further brackets, as they are written: `Due: 2026-03-01`
    title     what remains
    depends   the names after `@depends-on:`, separated by commas
    criteria  what the bullets below it say

The brackets may stand in any order, before the title or after it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from govern.model.location import Path, Span
from govern.model.pattern import pattern
from govern.parse.markdown.blocks import Block
from govern.parse.markdown.prose import without_code

STATES = {" ": "open", "~": "started", "x": "done", "X": "done"}

_CHECKBOX = pattern(r"\[(?:[ \t]++|[ \t]*+([^\[\]\s]{1,2})[ \t]*+|)\](?=\s|\Z)")
_PRIORITY = (
    r"\([ \t]*+(?P<priority>P[0-9]{1,9}(?![^\W_])[^()\n]{0,20}?)[ \t]*\)|\[[ \t]*+(?P<bracketed>P[0-9]{1,9})[ \t]*+\]"
)
_ESTIMATE = r"\[[ \t]*+Est(?:imate)?(?:[ \t]*+:|[ \t]|(?=\]))(?P<estimate>[^\[\]\n]*+)\]"
_OWNER = r"\[[ \t]*+Owner(?:[ \t]*+:|[ \t]|(?=\]))(?P<owner>[^\[\]\n]*+)\]"
_OTHER = r"\[(?P<other>[ \t]*+[A-Za-z][A-Za-z _-]{0,30}:[^\[\]\n]*+)\]"
_TAG = pattern(rf"(?:{_PRIORITY}|{_ESTIMATE}|{_OWNER}|{_OTHER})(?!\()", re.IGNORECASE)
_DEPENDS = pattern(r"\(?@depends(?:[ _-]?on)?\b[ \t]*+:?[ \t]*+", re.IGNORECASE)
_NAME = pattern(r"[^,;\n]++")
_ISSUES = pattern(r"(?:#[0-9]++[ \t]*+){2,}\Z")
_ISSUE = pattern(r"#[0-9]++")
_DAYS = pattern(r"([0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})[ \t]*d(?:ays?)?\Z", re.IGNORECASE)
_BLANK = pattern(r"(?<![,\s])\s+(?=[^,\s])")
_QUOTES = "`\"'*_"


class Item(NamedTuple):
    """An item: its value, and where its parts stand. `told` says whether it tells more than what is to be done."""

    value: dict[str, Any]
    spans: dict[Path, Span]

    @property
    def told(self) -> bool:
        return not {"priority", "estimate", "owner", "depends"}.isdisjoint(self.value)


class Text:
    """The text of a block whose body begins in line `body_line`, and where its characters stand."""

    def __init__(self, block: Block, body_line: int) -> None:
        self.text = block.text
        self._pieces = block.pieces
        self._body_line = body_line
        self._starts = [0]
        for piece in block.pieces:
            self._starts.append(self._starts[-1] + len(piece.text) + 1)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where the characters from `start` up to `end` stand."""
        return Span(*self._place(start), *self._place(len(self.text) if end is None else end))

    def _place(self, index: int) -> tuple[int, int]:
        at = min(bisect_right(self._starts, index), len(self._pieces)) - 1
        if at < 0:
            return self._body_line, 1  # a block without text
        piece = self._pieces[at]
        return self._body_line + piece.line, piece.column + index - self._starts[at] + 1


def without_checkbox(text: str) -> int:
    """Where the text of a bullet begins, after its checkbox if it has one."""
    box = _CHECKBOX.match(text)
    return _past(text, box.end()) if box else 0


def is_item(text: str, *, nested: bool) -> bool:
    """Is this bullet work to do? It has a checkbox, or a priority and brackets where only the checkbox was forgotten.

    A bullet below an item is one of its criteria, unless it has a priority or brackets too.
    """
    box = _CHECKBOX.match(text)
    if box and not nested:
        return True
    kinds = [match.lastgroup for match in _leading(text, box.end() if box else 0)]
    told = {"priority", "bracketed"} & set(kinds), {"estimate", "owner"} & set(kinds)
    return any(told) if box else all(told)


def read_item(text: Text) -> Item:
    """The parts of an item."""
    value: dict[str, Any] = {}
    spans: dict[Path, Span] = {(): text.span()}
    written = text.text
    masked = without_code(written)
    start = 0
    if box := _CHECKBOX.match(written):
        mark = box[1] or (" " if box.end() > 2 else "[]")
        value["state"] = STATES.get(mark, mark)
        spans["state",] = text.span(0, box.end())
        start = box.end()
    marks = list(_DEPENDS.finditer(masked, start)) if "@" in masked else []
    marked = marks[0].start() if marks else len(written)
    cut = [match.span() for match in _tags(masked, start, marked) if _tag(text, match, value, spans)]
    cut += _depends(text, marks, cut, start, value, spans)
    _title(text, start, cut, value, spans)
    return Item(value, spans)


def _leading(text: str, position: int) -> Iterator[re.Match[str]]:
    """The tags before the title."""
    while match := _TAG.match(text, _past(text, position, " \t\n*_")):
        yield match
        position = match.end()


def _tags(text: str, start: int, marked: int) -> Iterator[re.Match[str]]:
    """The tags before the title and after it, of which the dependencies begin at `marked`; within the title only those
    that have one meaning.
    """
    leading = list(_leading(text, start))
    yield from leading
    kept, end, last, line = [], marked, True, text.find("\n", start)
    for match in reversed(list(_TAG.finditer(text, leading[-1].end() if leading else start))):
        behind = match.start() > marked
        if not behind and match.end() <= line < end:
            end, last = line, True  # the title goes on in the next line
        last = behind or (last and not text[match.end() : end].strip(" \t\n*_"))
        end = min(end, match.start()) if last else end
        if last or match.lastgroup in ("estimate", "owner"):
            kept.append(match)
    yield from reversed(kept)


def _tag(text: Text, match: re.Match[str], value: dict[str, Any], spans: dict[Path, Span]) -> bool:
    """Put a tag into the value; a second priority remains a part of the title."""
    group = match.lastgroup or "other"
    key = "priority" if group == "bracketed" else group
    start, end = match.span(group)
    while start < end and text.text[start] in " \t":
        start += 1
    while start < end and text.text[end - 1] in " \t":
        end -= 1
    said = text.text[start:end]
    if key == "priority" and key in value:
        return False
    if key == "other" or key in value:
        tags = value.setdefault("tags", [])
        spans["tags", len(tags)] = text.span(*match.span())
        spans.setdefault(("tags",), text.span(*match.span()))
        tags.append(said if key == "other" else text.text[match.start() + 1 : match.end() - 1].strip())
        return True
    spans[key,] = text.span(start, end) if said else text.span(*match.span())
    value[key] = said or None
    if key == "estimate" and (days := _DAYS.match(said)):
        number = float(days[1])
        value[key] = int(number) if number.is_integer() else number
    return True


def _depends(
    text: Text,
    marks: list[re.Match[str]],
    cut: list[tuple[int, int]],
    start: int,
    value: dict[str, Any],
    spans: dict[Path, Span],
) -> list[tuple[int, int]]:
    """Read what follows each `@depends-on:`, and say which stretches of the text that is."""
    taken = []
    stops = sorted([begin for begin, _ in cut] + [mark.start() for mark in marks] + [len(text.text)])
    titled = bool(marks) and any(
        text.text[first:last].strip(" \t\n*_") for first, last in _kept(start, marks[0].start(), cut)
    )
    for mark in marks:
        end = stops[bisect_left(stops, mark.end())]
        if not titled and (blank := _BLANK.search(text.text, mark.end(), end)):
            end, titled = blank.start(), True  # the title follows
        names = value.setdefault("depends", [])
        spans.setdefault(("depends",), text.span(mark.start(), max(mark.end(), end)))
        for first, last in _names(text.text, mark.end(), end, in_parentheses=mark[0].startswith("(")):
            spans["depends", len(names)] = text.span(first, last)
            names.append(text.text[first:last])
        taken.append((mark.start(), end))
    return taken


def _names(text: str, start: int, end: int, *, in_parentheses: bool) -> Iterator[tuple[int, int]]:
    for match in _NAME.finditer(text, start, end):
        first, last = match.span()
        while first < last and text[first] in " \t\r":
            first += 1
        while first < last and text[last - 1] in " \t\r":
            last -= 1
        if in_parentheses and text[first:last].endswith(")"):
            last -= 1
        while last - first > 1 and text[first] == text[last - 1] and text[first] in _QUOTES:
            first, last = first + 1, last - 1
        if _ISSUES.match(text, first, last):
            yield from (issue.span() for issue in _ISSUE.finditer(text, first, last))
        elif first < last:
            yield first, last


def _title(text: Text, start: int, cut: list[tuple[int, int]], value: dict[str, Any], spans: dict[Path, Span]) -> None:
    """What no other part took; emphasis around it is no part of it."""
    kept = [
        (first, last) for first, last in _kept(start, len(text.text), cut) if text.text[first:last].strip(" \t\n*_")
    ]
    if not kept:
        return
    first, last = kept[0][0], kept[-1][1]
    said = " ".join(" ".join(text.text[begin:end] for begin, end in kept).split())
    first, last = _past(text.text, first), len(text.text[:last].rstrip())
    for mark in ("**", "__"):
        around = said.startswith(mark), said.endswith(mark)
        if any(around) and said.count(mark) == sum(around):
            first, last = first + 2 * around[0], last - 2 * around[1]
            said = said[2 * around[0] : len(said) - 2 * around[1]].strip()
    if said:
        value["title"] = said
        spans["title",] = text.span(first, last)


def _kept(start: int, end: int, cut: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a stretch of text."""
    for first, last in sorted(cut):
        if first >= end:
            break
        if start < first:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def _past(text: str, position: int, characters: str = " \t\n") -> int:
    while position < len(text) and text[position] in characters:
        position += 1
    return position
