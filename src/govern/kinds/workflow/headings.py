"""Is there one title, and do the steps count on?"""

from collections.abc import Iterator
from typing import Any

from govern.kinds.workflow.numbering import Slip, slips
from govern.kinds.workflow.rules import STEP_REPEATED, STEP_SKIPPED, TITLE_REPEATED
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Path


class _Step:
    """A numbered heading: its place in the document's value, and what it says."""

    __slots__ = ("heading", "number", "path")

    def __init__(self, section: dict[str, Any], path: Path) -> None:
        self.number: int = section["number"]
        self.heading: str = section["heading"]
        self.path = path


def check(document: Document) -> Iterator[Finding]:
    """What is wrong with the headings, beyond their words."""
    yield from _titles(document)
    last: dict[int, int] = {}  # of the series of each level, its last number: a later section may count on from it
    for level, series in _series(document.value, ()):
        yield from _counted(document, series, last.get(level))
        last[level] = series[-1].number


def _titles(document: Document) -> Iterator[Finding]:
    """The first H1 is the title, or the only one that comes too late to be it; any other is one too many."""
    sections = document.value.get("sections", [])
    more = [index for index, section in enumerate(sections) if section["level"] == 1]
    if "title" not in document.value:
        del more[:1]
    for index in more[:1]:
        at: Path = ("sections", index)
        message = "the document has a second H1" if len(more) == 1 else f"the document has {len(more)} more H1"
        hint = "make it an H2; if it belongs to an example, that one's code block ended above it"
        yield found(TITLE_REPEATED, document.path, message, span=document.span(at), at=at, hint=hint)


def _series(parent: dict[str, Any], at: Path) -> Iterator[tuple[int, list[_Step]]]:
    """The steps right below each heading, by level, in the order in which they begin."""
    below: dict[int, list[_Step]] = {}
    deeper = []
    for index, section in enumerate(parent.get("sections", ())):
        path = (*at, "sections", index)
        if "number" in section and section["level"] > 1:
            below.setdefault(section["level"], []).append(_Step(section, path))
        deeper.append((section, path))
    yield from below.items()
    for section, path in deeper:
        yield from _series(section, path)


def _counted(document: Document, series: list[_Step], before: int | None) -> Iterator[Finding]:
    first = series[0]
    allowed = (0, 1) if before is None else (0, 1, before + 1)
    if first.number not in allowed:
        message = f"the steps begin with {first.number}, expected 1"
        if before is not None:
            message += f", or {before + 1} to count on from the steps above"
        yield _finding(document, first, Slip(0, 1, True), message, None)
    numbers = [step.number for step in series]
    where = {step.number: step for step in reversed(series)}
    for slip in slips(numbers):
        step, previous = series[slip.position], series[slip.position - 1]
        later = where.get(slip.expected)
        if slip.skipped:
            message = f"step {step.number} follows step {previous.number}, expected {slip.expected}"
            hint = f"step {slip.expected} comes in line {document.span(later.path).line}" if later else None
        else:
            same = where[step.number]
            again = same is not step
            line = document.span((same if again else previous).path).line
            message = f"there is a step {step.number} already" if again else f"step {step.number} comes too late"
            message += f", expected {slip.expected}"
            hint = f"the other one is in line {line}" if again else f"step {previous.number} is in line {line}"
        yield _finding(document, step, slip, message, hint)


def _finding(document: Document, step: _Step, slip: Slip, message: str, hint: str | None) -> Finding:
    rule = STEP_SKIPPED if slip.skipped else STEP_REPEATED
    about = [step.number, step.heading]
    return found(
        rule, document.path, message, span=document.span(step.path), at=(*step.path, "number"), hint=hint, about=about
    )
