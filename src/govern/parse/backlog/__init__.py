"""Backlogs (`TODO.md`) → what their schema can judge: sections with their items, and the plan that repeats them.

    frontmatter  the YAML between the two `---`
    title        the H1 that opens the text
    intro        the paragraphs before the first section
    items        those before the first section
    sections     [{level, heading, items}], in the order of the text
    plan         what stands under `Implementation Plan`: {items, phases: [{number, name, quarter, duration, items}]}

An item is a bullet with a checkbox; `item.py` says what is read from it. What is not there is absent, so that
`required` asks for it. A list below an item holds its criteria; an item below an item stands after it. Where some
items of a backlog have a priority, an estimate, an owner or dependencies, a section in which none has any is a legend
or a note, and no work.
"""

import re
from collections.abc import Iterable
from typing import Any

from govern.model.document import Document, Reading
from govern.model.location import FILE, Path, Place, Span
from govern.model.pattern import pattern
from govern.parse.backlog.item import Item, Text, is_item, read_item, without_checkbox
from govern.parse.frontmatter import read_frontmatter
from govern.parse.markdown.blocks import Block, blocks

_PLAN = pattern(r"(?:\W*[0-9]{1,4}[.):]?)?\W*implementation[ \t]+plan\b", re.IGNORECASE)
_PHASE = pattern(r"[*_]*phase[ \t]+([0-9]{1,4})(?!\w)[*_]*[ \t]*[.):–—-]*[ \t]*[*_]*[ \t]*", re.IGNORECASE)
_WHEN = pattern(r"\(([^()]*)\)[*_]*\Z")
_QUARTER = pattern(r"Q[0-9]", re.IGNORECASE)
_DURATION = pattern(r"[0-9].*\b(?:days?|weeks?|months?|quarters?|sprints?)\Z", re.IGNORECASE)
_HEADING: tuple[Path, ...] = ((), ("level",), ("heading",))
_LEAD = pattern(r"(\*\*|__)[^*_]+(?::\1|\1:)\Z")  # **Acceptance criteria:** before a list says what follows


def read_backlog(text: str, path: str) -> Document:
    """A backlog as a Document whose value is its structure."""
    front = read_frontmatter(text, path)
    if not front.reading.readable and not front.body_line > 1:
        return Document(path, "backlog", text, front.reading, body=front.body)
    value: dict[str, Any] = {}
    broken = frozenset(("frontmatter", *at) for at in front.reading.broken)
    if front.has_value:
        value["frontmatter"] = front.value if front.reading.readable else {}
        if not front.reading.readable:
            broken |= {("frontmatter",)}
    backlog = _Backlog(front.body_line)
    value |= backlog.read(blocks(front.body))

    def places() -> dict[Path, Place]:
        fronts = {("frontmatter", *at): place for at, place in front.places.items()}
        return {(): Place(FILE)} | fronts | {at: Place(span) for at, span in backlog.spans.items()}

    tags = {("frontmatter", *at): tag for at, tag in front.reading.tags.items()}
    reading = Reading(value, places, front.reading.findings, broken=broken, tags=tags)
    return Document(path, "backlog", text, reading, body=front.body, body_line=front.body_line)


class _Part:
    """What holds items: the text before all sections, a section, the plan, or a phase; `level` is its heading's."""

    def __init__(self, level: int, value: dict[str, Any], spans: dict[Path, Span]) -> None:
        self.level = level
        self.value = value
        self.spans = spans
        self.items: list[Item] = []


class _Backlog:
    """The value of a body that begins in line `body_line`, and where its parts stand."""

    def __init__(self, body_line: int) -> None:
        self.body_line = body_line
        self.spans: dict[Path, Span] = {}
        self.value: dict[str, Any] = {}
        self.sections: list[_Part] = []
        self.plan: _Part | None = None
        self.phases: list[_Part] = []
        self.in_plan = False

    def read(self, body: Iterable[Block]) -> dict[str, Any]:
        top = part = _Part(0, {}, {})
        lists = _Lists(self.body_line, part)
        for block in body:
            if block.kind == "heading":
                if block.level == 1 and "title" not in self.value and not self.sections and self.plan is None:
                    self.value["title"] = block.text
                    self.spans["title",] = Text(block, self.body_line).span()
                else:
                    part = self._headed(block, part)
                lists = _Lists(self.body_line, part)
            elif block.kind == "item":
                lists.take(block)
            else:
                lists.close(block.level)
                if block.kind == "paragraph" and part is top and not block.level:
                    self._intro(block)
        self._assemble(top)
        return self.value

    def _headed(self, block: Block, part: _Part) -> _Part:
        """The part that a heading begins."""
        heading = Text(block, self.body_line)
        if self.plan is not None and self.in_plan and block.level > self.plan.level:
            if part is not self.plan and block.level > part.level and not _PHASE.match(heading.text):
                return part  # a heading inside a phase
            return self._phase(block.level, heading)
        self.in_plan = bool(_PLAN.match(heading.text))
        if self.in_plan:
            if self.plan is None:
                self.plan = _Part(block.level, {}, {(): heading.span()})
            self.plan.level = block.level
            return self.plan
        spans: dict[Path, Span] = dict.fromkeys(_HEADING, heading.span())
        self.sections.append(_Part(block.level, {"level": block.level, "heading": heading.text}, spans))
        return self.sections[-1]

    def _phase(self, level: int, heading: Text) -> _Part:
        value: dict[str, Any] = {}
        spans: dict[Path, Span] = {(): heading.span()}
        start, end = 0, len(heading.text)

        def put(key: str, start: int, end: int) -> None:
            while start < end and heading.text[start] in " \t":
                start += 1
            while start < end and heading.text[end - 1] in " \t":
                end -= 1
            if start < end:
                value[key] = heading.text[start:end]
                spans[key,] = heading.span(start, end)

        if numbered := _PHASE.match(heading.text):
            value["number"] = int(numbered[1])
            spans["number",] = heading.span(numbered.start(1), numbered.end(1))
            start = numbered.end()
        when = _WHEN.search(heading.text, start)
        if when and (_QUARTER.match(when[1].strip()) or _DURATION.match(when[1].strip())):
            end = when.start()
            first, comma, _ = when[1].partition(",")
            middle = when.start(1) + len(first)
            if _QUARTER.match(first.strip()):
                put("quarter", when.start(1), middle)
                put("duration", middle + len(comma), when.end(1))
            else:
                put("duration", when.start(1), when.end(1))
        while end > start and heading.text[end - 1] in " \t*_":
            end -= 1
        put("name", start, end)
        self.phases.append(_Part(level, value, spans))
        return self.phases[-1]

    def _intro(self, block: Block) -> None:
        span = Text(block, self.body_line).span()
        if "intro" in self.value:
            self.value["intro"] += "\n\n" + block.text
            before = self.spans["intro",]
            span = before._replace(end_line=span.end_line, end_column=span.end_column)
        else:
            self.value["intro"] = block.text
        self.spans["intro",] = span

    def _assemble(self, top: _Part) -> None:
        holders = [top, *self.sections]
        told = any(item.told for part in holders for item in part.items)
        for part in holders:
            if told and not any(item.told for item in part.items):
                part.items = []
        self._put((), top)
        self._put_all(("sections",), self.value, self.sections)
        if self.plan is not None:
            self.value["plan"] = self.plan.value
            self._put(("plan",), self.plan)
            self._put_all(("plan", "phases"), self.plan.value, self.phases)
        if top.items:
            self.value |= top.value

    def _put_all(self, at: Path, into: dict[str, Any], parts: list[_Part]) -> None:
        if parts:
            into[str(at[-1])] = [part.value for part in parts]
            self.spans[at] = parts[0].spans[()]
        for index, part in enumerate(parts):
            self._put((*at, index), part)

    def _put(self, at: Path, part: _Part) -> None:
        self.spans |= {(*at, *below): span for below, span in part.spans.items()}
        if part.items:
            part.value["items"] = [item.value for item in part.items]
            self.spans[(*at, "items")] = part.items[0].spans[()]
        for index, item in enumerate(part.items):
            self.spans |= {(*at, "items", index, *below): span for below, span in item.spans.items()}


class _Lists:
    """The lists between two headings: which bullet is an item, and whose criterion the others are."""

    def __init__(self, body_line: int, part: _Part) -> None:
        self.body_line = body_line
        self.part = part
        self.open: list[tuple[int, Item | None]] = []  # the bullets around the next one, with the items that they are

    def close(self, level: int) -> None:
        """Something that is no bullet: the bullets that it does not lie in end."""
        while self.open and self.open[-1][0] >= level:
            self.open.pop()

    def take(self, block: Block) -> None:
        self.close(block.level)
        around = next((item for _, item in reversed(self.open) if item), None)
        text = Text(block, self.body_line)
        item = read_item(text) if is_item(text.text, nested=around is not None) else None
        if item:
            self.part.items.append(item)
        elif around and not _LEAD.match(text.text):
            _criterion(around, text)
        self.open.append((block.level, item))


def _criterion(item: Item, text: Text) -> None:
    criteria = item.value.setdefault("criteria", [])
    start = without_checkbox(text.text)
    span = text.span(start)
    item.spans.setdefault(("criteria",), span)
    item.spans["criteria", len(criteria)] = span
    criteria.append(text.text[start:])
