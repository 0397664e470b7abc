"""Do two subschemas say the same, annotations and spelling aside?"""

import json
from typing import Any

from govern.compat.explain.diff.view import Found, View
from govern.compat.explain.diff.views import Views
from govern.compat.explain.diff.vocabulary import key_of
from govern.compat.positions import ONE
from govern.model.location import Path

_SUBSCHEMA = ONE - {"contentSchema", "additionalItems"}


class Fingerprints:
    """The same text for subschemas that say the same, annotations aside, as far as `depth` subschemas down."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._known: dict[tuple[Path, int], str] = {}

    def of(self, path: Path, depth: int = 5) -> str:
        key = (path, depth)
        if key not in self._known:
            self._known[key] = self._made(self._views.at(path), depth)
        return self._known[key]

    def _made(self, seen: View, depth: int) -> str:
        if seen.admits_nothing or not depth:
            return "false" if seen.admits_nothing else "…"
        said: dict[str, Any] = {"required": sorted(seen.required)} if seen.required else {}
        for word, found in seen.assertions.items():
            said[word] = self._value(word, found, depth - 1)
        for word, named in (("properties", seen.properties), ("patterns", seen.patterns)):
            if named:
                said[word] = {name: self.of(path, depth - 1) for name, path in named.items()}
        if seen.conditions:
            said["allOf"] = sorted(self.of(path, depth - 1) for path in seen.conditions)
        return json.dumps(said, sort_keys=True, default=str)

    def _value(self, word: str, found: Found, depth: int) -> Any:
        value = found.value
        if word in ("anyOf", "oneOf", "prefixItems") and isinstance(value, list):
            each = [self.of((*found.path, index), depth) for index in range(len(value))]
            return each if word == "prefixItems" else sorted(each)
        if word == "dependentSchemas" and isinstance(value, dict):
            return {name: self.of((*found.path, name), depth) for name in value}
        if word == "enum" and isinstance(value, list):
            return sorted(map(key_of, value))
        return self.of(found.path, depth) if word in _SUBSCHEMA else key_of(value)
