"""Is every required property declared anywhere that judges the same object?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from govern.compat.lint.rules import REQUIRED_UNDECLARED
from govern.compat.lint.schema_file import IN_PLACE, Links, SchemaFile
from govern.compat.positions import Position
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.spelling import nearest
from govern.validator import Unusable, Validator

_OPEN = ("additionalProperties", "unevaluatedProperties")
_MAX_STEPS = 500_000  # between subschemas, for one file: half a second; the compose schema takes 4,000


def check_required(schema: SchemaFile, places: Iterable[Position]) -> Iterator[Finding]:
    """The required names that no schema which judges the same object declares.

    Nothing is said where the object is a free-form map, under `not`, or where a reference leads out of the file.
    """
    around = _Surroundings(schema, {position.path: position for position in places})
    for path, position in around.places.items():
        required = position.schema.get("required") if isinstance(position.schema, dict) else None
        if not isinstance(required, list) or not required:
            continue
        declared = around.declared(path)
        if declared is None:
            continue
        names, patterns = declared
        for index, name in enumerate(required):
            if not isinstance(name, str) or name in names or name in schema.spoken:
                continue
            if any(_matches(pattern, name) for pattern in patterns):
                continue
            at = (*path, "required", index)
            near = nearest(name, names)
            yield found(
                REQUIRED_UNDECLARED,
                schema.document.path,
                f"{name} is required, but no property of that name is declared",
                span=schema.document.span(at),
                at=at,
                hint=f"did you mean {' or '.join(near)}?" if near else "declare it below properties",
                about=name,
            )


class _Surroundings:
    """Which subschemas of a file judge the same value."""

    def __init__(self, schema: SchemaFile, places: Mapping[Path, Position]) -> None:
        self.places = places
        self._steps = 0
        self._links = Links(schema.base, places)
        self._above: dict[Path, list[Path]] = {}
        self._below: dict[Path, list[Path]] = {}
        for path, position in places.items():
            if position.keyword in IN_PLACE:
                self._join(position.parent, path)
            target = self._links.target(position.schema)
            if target is not None:
                self._join(path, target)

    def declared(self, path: Path) -> tuple[set[str], set[str]] | None:
        """The names and the patterns of what an object at `path` may hold; None where that cannot be told."""
        above = self._reached([path], self._above)
        together = self._reached(above, self._below)
        if self._steps > _MAX_STEPS or any(self.places[place].keyword == "not" for place in above):
            return None
        names: set[str] = set()
        patterns: set[str] = set()
        for place in together:
            node = self.places[place].schema
            if not isinstance(node, dict):
                continue
            if self._leads_out(node) or any(
                node.get(keyword) for keyword in _OPEN if isinstance(node.get(keyword), dict)
            ):
                return None
            names.update(node["properties"] if isinstance(node.get("properties"), dict) else ())
            patterns.update(node["patternProperties"] if isinstance(node.get("patternProperties"), dict) else ())
        return (names, patterns) if names else None

    def _join(self, upper: Path, lower: Path) -> None:
        self._below.setdefault(upper, []).append(lower)
        self._above.setdefault(lower, []).append(upper)

    def _reached(self, start: Iterable[Path], edges: Mapping[Path, list[Path]]) -> set[Path]:
        seen = set(start)
        pending = list(seen)
        while pending and self._steps <= _MAX_STEPS:
            for path in edges.get(pending.pop(), ()):
                self._steps += 1
                if path not in seen:
                    seen.add(path)
                    pending.append(path)
        return seen

    def _leads_out(self, node: dict[str, Any]) -> bool:
        if "$dynamicRef" in node or "$recursiveRef" in node:
            return True
        return "$ref" in node and self._links.target(node) is None


def _matches(pattern: str, name: str) -> bool:
    try:
        return Validator({"pattern": pattern}).is_valid(name)
    except Unusable:
        return True  # another rule says so
