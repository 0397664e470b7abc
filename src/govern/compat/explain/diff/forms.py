"""How have the forms changed that a value may have: `anyOf`, `oneOf`?"""

from collections.abc import Iterator, Sequence
from typing import Any

from govern.compat.explain import change_rules as rules
from govern.compat.explain.diff.align import align, label
from govern.compat.explain.diff.edits import Difference, Edit, only
from govern.compat.explain.diff.phrases import name, of, types
from govern.compat.explain.diff.versions import Pair, Step, Versions
from govern.compat.explain.diff.view import View
from govern.model.location import Path


def alternatives(versions: Versions, old: View, new: View, where: str) -> Iterator[Step] | None:
    """The differences where at least one version is nothing but a list of forms; None where that is not so, or
    both are spelled alike.
    """
    before, after = old.alternatives, new.alternatives
    if before == after or not (before or after):
        return None
    if any(
        not side.alternatives and (side.is_open or {"anyOf", "oneOf"} & side.keywords.keys()) for side in (old, new)
    ):
        return None
    return _unlike(versions, old, new, where)


def _unlike(versions: Versions, old: View, new: View, where: str) -> Iterator[Step]:
    before, after = old.alternatives, new.alternatives
    if before and after:
        edits = (
            Edit(old.where(before), "drop"),
            Edit((*old.where(before)[:-1], after), "set", _forms_of(versions, new, after)),
        )
        message = f"{name(where)} must now match {'exactly one' if after == 'oneOf' else 'any'} of the forms"
        yield Difference(
            rules.CONDITION_CHANGED,
            f"{message} ({after}, was {before})",
            old.where(before),
            new.where(after),
            edits,
        )
    ours = _branches(old, before) if before else [old.path]
    theirs = _branches(new, after) if after else [new.path]
    aligned = align(versions.old, versions.new, ours, theirs, by_order=False)
    if not aligned.pairs and ours and theirs and 1 in (len(ours), len(theirs)):
        aligned = aligned._replace(pairs=[(ours[0], theirs[0])], removed=ours[1:], added=theirs[1:])
    for pair in aligned.pairs:
        yield Pair(*pair, where)
    told = [_gone(versions, new.where(after) if after else new.path, where, path) for path in aligned.removed]
    told += [_fresh(versions, old, where, path, before) for path in aligned.added]
    # Where the keyword changes too, the forms come and go with it.
    yield from (item._replace(edits=()) for item in told) if before and after else told


def _forms_of(versions: Versions, side: View, keyword: str) -> list[Any]:
    return [versions.graft(path) for path in _branches(side, keyword)]


def forms(versions: Versions, old: View, new: View, where: str, keyword: str) -> Iterator[Step]:
    """What one of `anyOf` and `oneOf` asks for beside other keywords, or on both sides."""
    known, said = old.keywords.get(keyword), new.keywords.get(keyword)
    if known and said:
        aligned = align(versions.old, versions.new, _branches(old, keyword), _branches(new, keyword))
        for pair in aligned.pairs:
            yield Pair(*pair, where)
        for path in aligned.removed:
            yield _gone(versions, new.where(keyword), where, path)
        for path in aligned.added:
            yield _fresh(versions, old, where, path, keyword)
    elif known or said:
        message = f"{name(where)} must {'now' if said else 'no longer'} match one of several forms ({keyword})"
        place = old.where(keyword)
        edit = Edit(place, "set", _forms_of(versions, new, keyword)) if said else Edit(place, "drop")
        yield Difference(rules.CONDITION_CHANGED, message, place, new.where(keyword), (edit,), only(known, said))


def _gone(versions: Versions, new: Path, where: str, path: Path) -> Difference:
    types_only = _only_types(versions.old.views.at(path))
    message = f"{label(versions.old, path)}{of(where)} is gone"
    if types_only:
        message = f"{name(where)} may no longer be {types(types_only)}"
    edits = (Edit(path[:-1], "without", [versions.old.bundle.at(path)]),)
    rule = rules.TYPE_NARROWED if types_only else rules.BRANCH_REMOVED
    return Difference(rule, message, path, new, edits, "old")


def _fresh(versions: Versions, old: View, where: str, path: Path, keyword: str | None) -> Difference:
    types_only = _only_types(versions.new.views.at(path))
    message = f"{label(versions.new, path)}{of(where)} is new"
    if types_only:
        message = f"{name(where)} may now also be {types(types_only)}"
    form = versions.graft(path)
    place = old.where(keyword) if keyword else old.path
    edits = (Edit(place, "with", [form]) if keyword else Edit(place, "instead", {str(path[-2]): [form]}),)
    rule = rules.TYPE_WIDENED if types_only else rules.BRANCH_ADDED
    return Difference(rule, message, place, path, edits, "new")


def _branches(side: View, keyword: str) -> list[Path]:
    return [(*side.where(keyword), index) for index in range(side.count(keyword))]


def _only_types(form: View) -> Sequence[str]:
    """The types of a form that asks for nothing else."""
    said = form.get("type")
    bare = form.assertions.keys() == {"type"} and not (form.properties or form.patterns or form.required)
    return said if bare and isinstance(said, list) and not form.conditions else ()
