"""Findings for people: the line, a caret under the place, what to do about it."""

import unicodedata
from collections.abc import Iterable, Sequence

from govern.model.finding import Finding
from govern.report import Report
from govern.report.concise import BOLD, DIM, PLAIN, clean, lines

MIN_WIDTH = 40  # columns; in a narrower terminal lines wrap


def render(report: Report) -> str:
    """The findings, each with its source line."""
    parts = []
    for finding, head in zip(report.findings, lines(report), strict=True):
        parts.append(head + "\n" + _source(finding, report) + _advice(finding, report))
    return "\n".join(parts)


def _source(finding: Finding, report: Report) -> str:
    span = finding.span
    text = "" if finding.secret else report.line(finding.path, span.line)
    if not text.strip():
        return ""
    start = min(span.column - 1, len(text))
    end = span.end_column - 1 if span.end_line == span.line else len(text.rstrip())
    number = str(span.line)
    gutter = " " * len(number)
    room = max(report.width, MIN_WIDTH) - len(f"  {number} | ")
    before, marked, after = _window(text, start, max(end, start + 1), room)
    dim, bold, plain = (DIM, BOLD, PLAIN) if report.color else ("", "", "")
    source = f"  {dim}{number} |{plain} {before}{bold}{marked}{plain}{after}\n"
    return source + f"  {dim}{gutter} |{plain} {' ' * _width(before)}{bold}{'^' * max(_width(marked), 1)}{plain}\n"


def _window(text: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """What is shown of a line before, at, and after `text[start:end]`, in `room` columns; "…" stands for the rest."""
    # no more than `room` characters of each part can be seen, and a line may have megabytes
    before = _cells(text[max(0, start - room) : start])
    marked = _cells(text[start : min(end, start + room)]) or [" "]  # behind the end of the line
    after = _cells(text[end : end + room])
    left, right = start > room, len(text) > end + room or end > start + room
    if left or right or _width([*before, *marked, *after]) > room:
        whole = len(before), len(marked), len(after)
        before = before[len(before) - _fitting(before[::-1], room // 3) :]
        marked = marked[: _fitting(marked, room - _width(before) - 2)]
        left, right = left or len(before) < whole[0], right or len(marked) < whole[1]
        after = after[: 0 if len(marked) < whole[1] else _fitting(after, room - _width([*before, *marked]) - 2)]
        right = right or len(after) < whole[2]
    return ("…" if left else "") + "".join(before), "".join(marked), "".join(after) + ("…" if right else "")


def _advice(finding: Finding, report: Report) -> str:
    """What to do: the fix, which says it all where there is one, else the hint."""
    dim, plain = (DIM, PLAIN) if report.color else ("", "")
    if finding.fix:
        return f"  {dim}fix:{plain} {clean(finding.fix.title)} (govern check --fix does it)\n"
    return f"  {dim}hint:{plain} {clean(finding.hint)}\n" if finding.hint else ""


def _cells(text: str) -> list[str]:
    """What is shown for each character; a tab takes one column, so that carets stand where they should."""
    return [" " if char == "\t" else clean(char) for char in text]


def _fitting(cells: Sequence[str], room: int) -> int:
    """How many of the cells, from the first, fit."""
    for index, cell in enumerate(cells):
        room -= _width(cell)
        if room < 0:
            return index
    return len(cells)


def _width(text: Iterable[str]) -> int:
    """How many columns of a terminal a text, or several, take."""
    text = "".join(text)
    if text.isascii():
        return len(text)
    wide = sum(1 for char in text if unicodedata.east_asian_width(char) in "WF")
    return len(text) + wide - sum(1 for char in text if unicodedata.category(char) in ("Mn", "Me"))
