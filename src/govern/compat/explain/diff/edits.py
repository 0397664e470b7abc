"""What is a bundle with one change of another version applied, and nothing else?"""

import json
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from govern.compat.explain.diff.vocabulary import key_of
from govern.compat.positions import NAMED, ONE, SEVERAL
from govern.model.location import Path
from govern.model.rule import Rule

_NEW = "#/$defs/new"  # where the whole new version stands in a patched old one; numbers name its own definitions


class Edit(NamedTuple):
    """One step: `set` or `drop` the value at `path`; have the list there `with` or `without` some values, with others
    after it (`more`), or `cut` to a length; allow `instead` of the subschema there others, too: `{"anyOf": others}`.
    """

    path: Path
    verb: Literal["set", "drop", "with", "without", "more", "cut", "instead"]
    value: Any = None


class Difference(NamedTuple):
    """A difference: its rule and message, where it stands in both bundles, and the steps that lead from the old version
    to one that has this difference and no other.

    `only` names the version that has what the difference is about; in the other one the path says where it would
    stand, or stood. `note` is what is special about it.
    """

    rule: Rule
    message: str
    old: Path
    new: Path
    edits: tuple[Edit, ...] = ()
    only: Literal["old", "new"] | None = None
    note: str | None = None


def only(old: object, new: object) -> Literal["old", "new"] | None:
    """Which version has it, if one has it alone."""
    return None if bool(old) == bool(new) else "old" if old else "new"


# Deep places first, and lists last: what leaves a list must not move what another step speaks of.
_ORDER = {"set": 0, "drop": 0, "with": 1, "more": 1, "cut": 2, "without": 3, "instead": 4}


def patched(old: Any, new: Any, edits: Iterable[Edit]) -> Any:
    """The contents of the bundle `old` after some edits, which may bring in parts of `new` (see `graft`)."""
    several = list(edits)
    wraps = [edit for edit in several if edit.verb == "instead"]
    # The walk goes from outside in: of those that wrap one place, the last is the innermost, and comes first.
    steps = sorted(
        [*(edit for edit in several if edit.verb != "instead"), *reversed(wraps)],
        key=lambda edit: (_ORDER[edit.verb], -len(edit.path)),
    )
    for edit in steps:
        old = _at(old, edit.path, lambda value, edit=edit: _done(value, edit))  # type: ignore[misc]
    if isinstance(old, dict) and any(_NEW in json.dumps(edit.value, default=str) for edit in steps):
        old = {**old, "$defs": {**old.get("$defs", {}), "new": graft(new)}}
    return {} if old is _GONE else old


def graft(schema: Any) -> Any:
    """A subschema of the new version as it can stand in the old one."""
    if not isinstance(schema, dict):
        return schema
    result: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword == "$ref" and isinstance(value, str) and value.startswith("#"):
            value = _NEW + value[1:]
        elif keyword in NAMED and isinstance(value, dict):
            value = {name: graft(item) for name, item in value.items()}
        elif keyword in SEVERAL and isinstance(value, list):
            value = [graft(item) for item in value]
        elif keyword in ONE:
            value = graft(value)
        result[keyword] = value
    return result


_GONE = object()


def _at(node: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    """`node` with the value at a path changed; what is on the way is copied, or made where it is missing."""
    if not path:
        return change(node)
    step, rest = path[0], path[1:]
    if isinstance(node, list) and isinstance(step, int):
        if step >= len(node):
            return node
        return [_at(item, rest, change) if index == step else item for index, item in enumerate(node)]
    known = node if isinstance(node, dict) else {}
    inner = _at(known.get(str(step), _GONE), rest, change)
    if inner is _GONE:
        return {name: value for name, value in known.items() if name != step}
    return {**known, str(step): inner}


def _done(value: Any, edit: Edit) -> Any:
    if edit.verb == "set":
        return edit.value
    if edit.verb == "drop":
        return _GONE
    if edit.verb == "instead":
        named = {"$defs": value["$defs"]} if not edit.path and isinstance(value, dict) and "$defs" in value else {}
        alone = {word: item for word, item in value.items() if word not in named} if named else value
        (keyword, others), *_ = edit.value.items()
        forms = alone[keyword] if isinstance(alone, dict) and alone.keys() == {keyword} else [alone]
        return {keyword: [*({} if form is _GONE else form for form in forms), *others], **named}
    known = value if isinstance(value, list) else []
    if edit.verb == "cut":
        return known[: edit.value] or _GONE
    if edit.verb == "more":
        return [*known, *edit.value]
    if edit.verb == "with":
        there = {key_of(item) for item in known}
        return [*known, *(item for item in edit.value if key_of(item) not in there)]
    kept = list(known)
    for item in map(key_of, edit.value):
        found = next((index for index, other in enumerate(kept) if key_of(other) == item), None)
        if found is not None:  # of several that are equal, one leaves
            del kept[found]
    return kept
