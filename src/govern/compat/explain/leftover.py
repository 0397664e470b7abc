"""If some changes are accepted, do the others still break anything, alone or together?"""

from collections.abc import Collection

from govern.compat.compare import Source
from govern.compat.explain.causes import Terms
from govern.compat.explain.diff.bundle import Bundle
from govern.compat.explain.diff.edits import patched
from govern.compat.explain.diff.walk import differences
from govern.compat.solver.values import Unsure
from govern.model.change import Change
from govern.model.verdict import Direction, Undecided, Verdict
from govern.validator import Unusable


def leftover(old: Source, new: Source, accepted: Collection[Change], direction: Direction, terms: Terms) -> Verdict:
    """The verdict on `new` held against `old` with the accepted changes already made."""
    try:
        before, after = Bundle(*old), Bundle(*new)
        if before.reason or after.reason:
            return Undecided(str(before.reason or after.reason))
        known = {(change.rule, change.message) for change in accepted}
        edits = [
            edit for item in differences(before, after) if (item.rule.id, item.message) in known for edit in item.edits
        ]
        start = Source(patched(before.contents, after.contents, edits))
        return terms.decide(
            start,
            Source(after.contents),
            direction=direction,
            open_content=terms.open_content,
            formats=terms.formats,
        )
    except (Unusable, Unsure) as error:
        return Undecided(str(error))
