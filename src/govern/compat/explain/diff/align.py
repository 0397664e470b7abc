"""Which alternative of the old version is which of the new one?

By what they say, then by what tells them apart (a constant property, the definition they refer to, a title, a type),
then, if as many are left on both sides, by their order.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from govern.compat.explain.diff.bundle import Bundle
from govern.compat.explain.diff.fingerprints import Fingerprints
from govern.compat.explain.diff.phrases import listed, shortened, shown
from govern.compat.explain.diff.views import Views
from govern.compat.explain.diff.vocabulary import key_of
from govern.model.location import Path

MAX_PAIRED = 2_000  # alternatives of one keyword; beyond it they are taken by their order


class Aligned(NamedTuple):
    """The pairs that belong together, and what is left on each side."""

    pairs: list[tuple[Path, Path]]
    removed: list[Path]
    added: list[Path]


class Side(NamedTuple):
    """One version: what it says in each place, and a short text for that."""

    bundle: Bundle
    views: Views
    fingerprints: Fingerprints


def side(bundle: Bundle) -> Side:
    views = Views(bundle)
    return Side(bundle, views, Fingerprints(views))


def align(old: Side, new: Side, before: Sequence[Path], after: Sequence[Path], *, by_order: bool = True) -> Aligned:
    """Pair the subschemas at some paths."""
    removed, added = list(before), list(after)
    pairs: list[tuple[Path, Path]] = []
    signs: list[Callable[[Side, Path], Hashable]] = [_says, _constants, _definition, _title, _types]
    for sign in signs if max(len(before), len(after)) <= MAX_PAIRED else []:
        theirs = _unique(new, added, sign)
        for mark, path in _unique(old, removed, sign).items():
            if mark in theirs:
                pairs.append((path, theirs[mark]))
                removed.remove(path)
                added.remove(theirs[mark])
    if by_order and len(removed) == len(added):
        pairs += zip(removed, added, strict=True)
        removed, added = [], []
    return Aligned(pairs, removed, added)


def label(side: Side, path: Path) -> str:
    """How a message calls a form: by its title, what is constant in it or the definition's name, else its place."""
    said = side.views.at(path)
    title = said.get("title")
    if isinstance(title, str) and title:
        return f"form {shown(title)}"
    constants = _constants(side, path)
    if constants:
        return "form with " + listed(f"{name} {shortened(value)}" for name, value in constants)
    named = _definition(side, path)
    if named is not None:
        return f"form {shown(str(named[-1]))}"
    return f"form {path[-1] + 1}" if path and isinstance(path[-1], int) else "the form"


def _unique(side: Side, paths: Sequence[Path], sign: Callable[[Side, Path], Hashable]) -> dict[Hashable, Path]:
    """The subschemas by a sign that each has for itself; those that say the same are taken in their order."""
    marks: dict[Hashable, list[Path]] = {}
    for path in paths:
        mark = sign(side, path)
        if mark:
            marks.setdefault(mark, []).append(path)
    if sign is _says:
        return {(mark, turn): path for mark, found in marks.items() for turn, path in enumerate(found)}
    return {mark: found[0] for mark, found in marks.items() if len(found) == 1}


def _says(side: Side, path: Path) -> str:
    return side.fingerprints.of(path)


def _constants(side: Side, path: Path) -> tuple[tuple[str, str], ...] | None:
    """The properties that may have one value only, as in `{"type": {"const": "card"}}`."""
    found = []
    for name, place in side.views.at(path).properties.items():
        values: Any = side.views.at(place).values
        if values is not None and len(values) == 1 and not isinstance(values[0], (dict, list)):
            found.append((name, key_of(values[0])))
    return tuple(sorted(found)) or None


def _definition(side: Side, path: Path) -> Path | None:
    """Where the definition stands that an alternative refers to, and nothing else."""
    origin = side.bundle.origin(side.views.at(path).path)
    return origin.path[-1:] if origin != side.bundle.origin(path) else None


def _title(side: Side, path: Path) -> Any:
    title = side.views.at(path).get("title")
    return title if isinstance(title, str) else None


def _types(side: Side, path: Path) -> Hashable:
    return side.views.at(path).types
