"""Which of several changes break a direction, each by itself, or together?

The engine is asked: what does the old version with just this change mean for the old version?
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from govern.compat.compare import Source
from govern.compat.explain import change_rules as rules
from govern.compat.explain.diff.bundle import Bundle
from govern.compat.explain.diff.edits import Difference, patched
from govern.compat.witness.referees import Referees
from govern.model.change import ABSENT
from govern.model.verdict import Breaking, Compatible, Direction, Formats, OpenContent, Undecided, Verdict
from govern.validator import Unusable

MAX_DECIDED = 100  # changes asked about one by one in a direction; who makes more does not read more
MIN_DECIDED = 10  # however large the schemas are
MAX_COMBINED = 60  # questions to find which changes break something together; enough for 30 of them
MAX_READ = 30_000  # places in the schemas read for all questions of a direction: about a second


class Decide(Protocol):
    """The engine, as `govern.compat.compare.decide`."""

    def __call__(
        self, old: Source, new: Source, *, direction: Direction, open_content: OpenContent, formats: Formats
    ) -> Verdict: ...


class Terms(NamedTuple):
    """Who decides, and what is assumed."""

    decide: Decide
    open_content: OpenContent = "lenient"
    formats: Formats = "assert"


def causes(
    old: Bundle, new: Bundle, found: Sequence[Difference], verdicts: Mapping[Direction, Verdict], terms: Terms
) -> dict[Direction, dict[int, Any]]:
    """For every direction the changes that break it, by their number, each with its witness; ABSENT where it cannot be
    separated from others.
    """
    court = _Court(old, new, found, terms)
    return {direction: court.causes(direction, verdict) for direction, verdict in verdicts.items()}


class _Court:
    def __init__(self, old: Bundle, new: Bundle, found: Sequence[Difference], terms: Terms) -> None:
        self.old = old
        self.new = new
        self.found = found
        self.terms = terms
        self.referees: tuple[Referees, Referees] | None = None
        # A bundle that says something else than the schema answers another question.
        exact = old.reason is None and new.reason is None
        self.questions = max(MIN_DECIDED, MAX_READ // (old.size + new.size)) if exact else 0

    def causes(self, direction: Direction, verdict: Verdict) -> dict[int, Any]:
        material = [index for index, item in enumerate(self.found) if item.rule is not rules.ANNOTATION_CHANGED]
        if isinstance(verdict, Compatible) or not material:
            return {}
        if len(material) == 1:
            return {material[0]: verdict.witness} if isinstance(verdict, Breaking) else {}
        broken: dict[int, Any] = {}
        harmless: set[int] = set()
        suspects = sorted(material, key=lambda index: not rules.is_suspect(self.found[index].rule, direction))
        for index in suspects[: min(MAX_DECIDED, self.questions)]:
            alone = self._decided([index], direction)
            if isinstance(alone, Breaking):
                broken[index] = alone.witness if self._breaks_whole(alone.witness, direction) else ABSENT
            elif isinstance(alone, Compatible):
                harmless.add(index)
        if broken or isinstance(verdict, Undecided):
            return broken
        together = self._together(material, direction) or [index for index in material if index not in harmless]
        return dict.fromkeys(together or material, ABSENT)

    def _decided(self, chosen: Sequence[int], direction: Direction) -> Verdict | None:
        """What the old version with some changes means for the old version; None where it cannot be asked."""
        edits = [edit for index in chosen for edit in self.found[index].edits]
        if not edits:
            return None
        return self._asked(self.old.contents, patched(self.old.contents, self.new.contents, edits), direction)

    def _asked(self, old: Any, new: Any, direction: Direction) -> Verdict | None:
        decide, open_content, formats = self.terms
        try:
            return decide(Source(old), Source(new), direction=direction, open_content=open_content, formats=formats)
        except Unusable:  # the edit makes no schema by itself
            return None

    def _breaks_whole(self, witness: Any, direction: Direction) -> bool:
        """Is a value that one change takes away taken away by all of them, too?"""
        if self.referees is None:
            formats = self.terms.formats
            self.referees = Referees(*self.old.source, formats), Referees(*self.new.source, formats)
        old, new = (referees.admits(witness) for referees in self.referees)
        if direction == "backward" or self.terms.open_content == "strict":
            return (old, new) == ((True, False) if direction == "backward" else (False, True))
        if (old, new) != (False, True):
            return False
        # The new writer, of all that it may write, must be assumed to write this.
        contents = self.new.contents if isinstance(self.new.contents, dict) else {}
        writer = {**contents, "allOf": [*contents.get("allOf", ()), {"enum": [witness]}]}
        return isinstance(self._asked(self.old.contents, writer, direction), Breaking)

    def _together(self, material: Sequence[int], direction: Direction) -> list[int]:
        """Few changes that break something together, none of them alone; nothing if not even all of them do."""
        kept = list(material)
        left = min(MAX_COMBINED, self.questions)
        if not left or not isinstance(self._decided(kept, direction), Breaking):
            return []
        for size in _halves(len(kept)):
            start = 0
            while start < len(kept) and left:
                fewer = kept[:start] + kept[start + size :]
                left -= 1
                if fewer and isinstance(self._decided(fewer, direction), Breaking):
                    kept = fewer
                else:
                    start += size
        return kept


def _halves(count: int) -> Iterator[int]:
    while count > 1:
        count //= 2
        yield count
