"""What of a verdict does no change account for, or none that is not accepted already?

Such a verdict becomes a change itself, so that it has a place and an id to be accepted by. The id holds both schemas:
to accept it is to accept this pair and no other.
"""

from collections.abc import Collection, Iterator, Sequence

from govern.comparing.places import address_of
from govern.compat.explain import changes
from govern.compat.explain.causes import Terms
from govern.compat.explain.leftover import leftover
from govern.compat.versions import lineage
from govern.model.change import ABSENT, Change, Comparison, Site
from govern.model.location import FILE
from govern.model.verdict import Breaking, Compatible, Direction, Undecided


def unclaimed(
    comparison: Comparison, old: changes.Side, new: changes.Side, accepted: Collection[str], terms: Terms
) -> Iterator[Change]:
    """The verdicts that are changes themselves: where no change breaks what breaks, and where all that do are accepted,
    but the others break something together.
    """
    for direction in lineage.asked(comparison.mode):
        verdict = getattr(comparison, direction)
        breaking = [
            change for change in comparison.changes if change.severity == "error" and direction in change.breaks
        ]
        if isinstance(verdict, Compatible):
            continue
        if not breaking:
            yield _itself(verdict, direction, comparison, old, new)
        elif all(change.id in accepted for change in breaking):
            left = leftover(old.source, new.source, breaking, direction, terms)
            if not isinstance(left, Compatible):
                yield _itself(left, direction, comparison, old, new, sorted(change.id for change in breaking))


def _itself(
    verdict: Breaking | Undecided,
    direction: Direction,
    comparison: Comparison,
    old: changes.Side,
    new: changes.Side,
    accepted: Sequence[str] = (),
) -> Change:
    names = (comparison.old, comparison.new)
    if names == (old.path, new.path):  # two named files, whose paths look different from every folder
        names = ("the old file", "the new file")
    what = _refusal(*names, direction) + (", beside what is accepted" if accepted else "")
    if isinstance(verdict, Breaking):
        rule, message, witness, pointer = lineage.BREAKING, what, verdict.witness, ""
        hint = "raise the major version, or find a form that both admit"
    else:
        rule, witness, pointer = lineage.UNDECIDED, ABSENT, verdict.pointer
        message = f"it cannot be told whether {what}: {verdict.reason}"
        hint = "it counts as a break; raise the major version, say it more simply, or accept it with --accept"
    return Change(
        comparison.subject,
        rule.id,
        rule.severity,
        message,
        Site(old.path, ""),
        _site(new, pointer),
        [direction, old.source.contents, dict(old.source.resources), *accepted],
        [new.source.contents, dict(new.source.resources)],
        (direction,),
        witness,
        hint,
    )


def _site(side: changes.Side, pointer: str) -> Site:
    """The line of what stood in the way of a verdict."""
    if side.document is None or not pointer:
        return Site(side.path, pointer)
    address = address_of(side.document.value, pointer)
    span = side.document.span(address, key=True) if address else FILE
    return Site(side.path, pointer, span.line, span.column)


def _refusal(old: str, new: str, direction: Direction) -> str:
    """Who refuses what, in words."""
    if direction == "backward":
        return f"{new} refuses what it admitted before" if old == new else f"{new} refuses what {old} admits"
    return f"{new} admits what it refused before" if old == new else f"{old} refuses what {new} admits"
