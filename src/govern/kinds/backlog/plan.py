"""The plan against the sections: the same items, in the same state, the urgent ones first; and the phases in order."""

from collections.abc import Iterator
from typing import Any

from govern.kinds.backlog import rules
from govern.kinds.backlog.entries import Entry, called, entries, near, phases, planned
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.pattern import pattern
from govern.model.rule import Rule

MAX_SUGGESTIONS = 20  # nearest titles looked for in one document, each among so many:
MAX_CANDIDATES = 1_000

_SAID = {"open": "open [ ]", "started": "started [~]", "done": "done [x]"}
_QUARTER = pattern(r"Q([1-4])(?:[ -][^\d]*)?")
_YEAR = pattern(r"\b(\d{4})\b")


def check(document: Document) -> Iterator[Finding]:
    """What is wrong with the plan of a backlog, if it has one."""
    yield from _numbers(document)
    yield from _quarters(document)
    again = planned(document.value)
    if not again:
        return  # a plan in words
    held = {entry.name: entry for entry in reversed(entries(document.value))}
    repeated = {entry.name for entry in again}
    meant = set()
    suggestions = MAX_SUGGESTIONS
    for entry in again:
        own = held.get(entry.name)
        if own is not None:
            yield from _compared(document, entry, own)
            continue
        candidates = [name for name in held if name not in repeated][:MAX_CANDIDATES] if suggestions else []
        suggestions = max(0, suggestions - 1)
        alike = near(entry.name, candidates)
        meant.update(alike)
        message = f"{entry.shown} of {entry.where} is in no section"
        hint = f'did you mean "{alike[0]}"?' if alike else "add it to a section, or take it out of the plan"
        yield _said(document, rules.PLANNED_UNKNOWN, entry, message, hint)
    for name, entry in held.items():
        if name not in repeated and name not in meant:
            hint = "name it in a phase of the plan"
            yield _said(document, rules.UNPLANNED, entry, f"{entry.shown} of {entry.where} is in no phase", hint)


def _compared(document: Document, entry: Entry, own: Entry) -> Iterator[Finding]:
    """An item as the plan has it against the same as its section has it."""
    said, state = entry.item.get("state"), own.item.get("state")
    if said in _SAID and state in _SAID and said != state:
        message = f"{entry.shown} is {_SAID[said]} in {entry.where}, but {_SAID[state]} in {own.where}"
        yield _said(document, rules.STATE_CONTRADICTED, entry, message, None, "state")
    first = next((index for index, _ in phases(document.value)), 0)
    late = entry.at[:2] == ("plan", "phases") and entry.at[2] != first
    if late and own.item.get("priority") == "P0" and state != "done":
        message = f"{entry.shown} has priority P0, but waits for {entry.where}"
        yield _said(document, rules.P0_LATE, entry, message, "move it to the first phase, or give it another priority")


def _said(document: Document, rule: Rule, entry: Entry, message: str, hint: str | None, part: str = "title") -> Finding:
    at = (*entry.at[:-1], part)
    return found(rule, document.path, message, span=document.span(at), at=at, hint=hint, about=entry.name)


def _numbers(document: Document) -> Iterator[Finding]:
    """Phases count from 0 or 1, one after the other."""
    expected: int | None = None
    for index, phase in phases(document.value):
        number = phase.get("number")
        if not isinstance(number, int):
            expected = None if expected is None else expected + 1
            continue
        wrong = number not in (0, 1) if expected is None and index == 0 else expected not in (None, number)
        if wrong:
            due = 1 if expected is None else expected
            at = ("plan", "phases", index, "number")
            message = f"phase {number} stands where phase {due} is due"
            yield found(rules.PHASES_MISNUMBERED, document.path, message, span=document.span(at), at=at, about=number)
        expected = number + 1


def _quarters(document: Document) -> Iterator[Finding]:
    before: tuple[tuple[int, int], str, str] | None = None
    for index, phase in phases(document.value):
        quarter = phase.get("quarter")
        begin = _begin(quarter)
        if begin is None or not isinstance(quarter, str):
            continue
        if before is not None and begin < before[0]:
            at = ("plan", "phases", index, "quarter")
            message = f"{called(phase, index)} begins in {quarter}, before {before[1]} ({before[2]})"
            yield found(rules.QUARTERS_REVERSED, document.path, message, span=document.span(at), at=at, about=quarter)
        before = (begin, called(phase, index), quarter)


def _begin(quarter: Any) -> tuple[int, int] | None:
    """The year and quarter in which `Q2 2026`, `Q2-Q3 2026` or `Q4 2026-Q1 2027` begin."""
    first = _QUARTER.match(quarter) if isinstance(quarter, str) else None
    year = _YEAR.search(quarter) if first else None
    return (int(year[1]), int(first[1])) if first and year else None
