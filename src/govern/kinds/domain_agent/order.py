"""Does the text begin as it must, and do its sections keep their order where their schema lets others stand between?

Version 2 allows other sections after Extended Reference, between the seven that follow.
"""

from collections.abc import Iterator
from typing import Any

from govern.kinds.domain_agent import parts, rules
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.schema import Schema

START = "Extended Reference"
ORDER = (
    "Modern Practices",
    "AI Applications",
    "Dependencies",
    "Consulted By",
    "Monitoring Hooks",
    "Monitoring Implementation",
    "Maintenance Triggers",
)
BEFORE = ("Mission", "Technology Context", "Tier", "Quick Reference", "When to Invoke", "Scope")
SECTIONS = (*BEFORE, START, *ORDER)


def check_opening(document: Document) -> Iterator[Finding]:
    """Is there a heading before the line that says who the agent is?"""
    title = document.value.get("title")
    if isinstance(title, str) and title not in SECTIONS:  # else a section has one # too few, and counts as missing
        message = f'the heading "{title}" stands before the line that says who the agent is'
        hint = "remove it: the first line is You are the <Title> Agent for <project>."
        span = document.span(("title",))
        yield found(rules.OPENING_NOT_FIRST, document.path, message, span=span, at=("title",), hint=hint, about=title)


def check(document: Document, schema: Schema) -> Iterator[Finding]:
    """The fewest sections that would have to move."""
    if schema.version[0] < 2:
        return  # its schema fixes the order of all
    headings: list[Any] = [each.get("heading") for each in parts.dicts(document.value, "sections")]
    if START not in headings:
        return
    placed: dict[int, int] = {}  # index of a section → its position in the order; one that stands twice counts once
    for index in range(headings.index(START) + 1, len(headings)):
        if headings[index] in ORDER and ORDER.index(headings[index]) not in placed.values():
            placed[index] = ORDER.index(headings[index])
    kept = _longest_rise(placed)
    for index, position in placed.items():
        if index in kept:
            continue
        before = max((other for other in kept if placed[other] < position), key=placed.__getitem__, default=None)
        after = START if before is None else headings[before]
        at = ("sections", index)
        message = f'section "{headings[index]}" stands after "{headings[index - 1]}"; it belongs after "{after}"'
        yield found(
            rules.SECTION_MISPLACED, document.path, message, span=document.span(at), at=at, about=headings[index]
        )


def _longest_rise(placed: dict[int, int]) -> list[int]:
    """The indices of the longest run whose positions rise with them."""
    runs: list[list[int]] = [[]]
    for index in sorted(placed):
        before = [run for run in runs if not run or placed[run[-1]] < placed[index]]
        runs.append([*max(before, key=len), index])
    return max(runs, key=len)
