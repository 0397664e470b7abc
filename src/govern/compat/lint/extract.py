"""What does a part of a schema file lead to, and how does the file look with nothing else in it?

The engine reads all that it is given: asked about one property of a large file, it is given that property.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from govern.compat.lint.schema_file import Links, SchemaFile
from govern.compat.positions import Position
from govern.model.location import Path

_NAMES = {"$anchor", "$dynamicAnchor", "$recursiveAnchor"}
_OWN = ("$schema", "$id", "id")


class Extracts:
    """The parts of one schema file."""

    def __init__(self, schema: SchemaFile, places: Mapping[Path, Position]) -> None:
        self._contents = schema.contents
        self._places = places
        links = Links(schema.base, places)
        self._below: dict[Path, list[Path]] = {}
        self._above: dict[Path, list[Path]] = {}
        self._leads_out: set[Path] = set()
        self.has_inner_names = False  # an `$id` or an anchor: then no part of the file can stand without the rest
        for path, place in places.items():
            if place.steps:
                self._join(place.parent, path)
            if not isinstance(place.schema, dict):
                continue
            names = _NAMES | ({"$id", "id"} if path else set())
            self.has_inner_names |= bool(names & place.schema.keys())
            target = links.target(place.schema)
            if target is not None:
                self._join(path, target)
            elif place.schema.keys() & {"$ref", "$dynamicRef", "$recursiveRef"}:
                self._leads_out.add(path)

    def below(self, start: Path, limit: int | None = None) -> set[Path]:
        """The places inside a place, those that these refer to, and so on: at most about `limit` of them.

        The place itself is among them only if it leads back to itself.
        """
        return _reached([start], self._below, limit)

    def above(self, starts: Iterable[Path]) -> set[Path]:
        """The places that lead to one of some places."""
        return _reached(starts, self._above, None)

    def extract(self, path: Path, limit: int) -> tuple[Any, int] | None:
        """The file with nothing in it but a place and all that this leads to, and how many subschemas that are.

        None if there are more than `limit`. References from it mean what they meant.
        """
        below = self.below(path, limit)
        if len(below) > limit:
            return None
        if not path or () in below or self.has_inner_names or self._leads_out & (below | {path}):
            return (self._contents, len(self._places)) if len(self._places) <= limit else None
        result = {key: self._contents[key] for key in _OWN if key in self._contents}
        kept: list[Path] = []
        for place in sorted({path, *below}, key=len):
            if not any(place[: len(other)] == other for other in kept):
                kept.append(place)
                self._graft(result, place)
        return result, len(below)

    def _graft(self, result: dict[str, Any], path: Path) -> None:
        """Put what stands at a place into the same place."""
        source: Any = self._contents
        target: Any = result
        for step in path[:-1]:
            source = source[step]
            if isinstance(target, dict):
                target = target.setdefault(step, [{}] * len(source) if isinstance(source, list) else {})
            else:  # another branch than the ones before; no schema has lists in lists
                target[step] = dict(target[step])
                target = target[step]
        target[path[-1]] = source[path[-1]]

    def _join(self, upper: Path, lower: Path) -> None:
        self._below.setdefault(upper, []).append(lower)
        self._above.setdefault(lower, []).append(upper)


def _reached(starts: Iterable[Path], edges: Mapping[Path, list[Path]], limit: int | None) -> set[Path]:
    seen: set[Path] = set()
    pending = list(starts)
    while pending and (limit is None or len(seen) <= limit):
        for path in edges.get(pending.pop(), ()):
            if path not in seen:
                seen.add(path)
                pending.append(path)
    return seen
