"""Finding one's way in a schema: the subschema at an evaluation path, and what an object may hold there."""

import re
from collections.abc import Iterator
from typing import Any

from govern.model.location import Path, steps
from govern.validator import led_to

_IN_PLACE = ("allOf", "anyOf", "oneOf")
_ALTERNATIVES = ("if", "then", "else")
MAX_SUBSCHEMAS = 2_000  # how many are walked to learn an object's keys; the compose service has 90


class Subschemas:
    """The subschemas of one schema and of the schemas it refers to, by their `$id` in `resources`."""

    def __init__(self, contents: Any, resources: dict[str, Any]) -> None:
        self.contents = contents
        self.resources = resources

    def at(self, evaluation: Path) -> tuple[Any, Any]:
        """The subschema that an evaluation path leads to, through references, and the resource that it stands in."""
        node, resource = self.contents, self.contents
        for step in evaluation:
            if step in ("$ref", "$dynamicRef", "$recursiveRef") and isinstance(node, dict):
                node, resource = self.resolve(str(node.get(step)), resource)
            elif isinstance(node, dict):
                node = node.get(str(step))
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None, resource
        return node, resource

    def resolve(self, reference: str, resource: Any) -> tuple[Any, Any]:
        """What a reference means inside a resource; None where that is beyond JSON Pointers and anchors."""
        fragment = reference.partition("#")[2]
        named = resource.get("$id") if isinstance(resource, dict) else None
        base = named.partition("#")[0] if isinstance(named, str) else ""
        uri = led_to(base, reference)
        if uri != base:
            resource = self.resources.get(uri)
        node = resource
        if fragment and not fragment.startswith("/"):
            return _anchored(resource, fragment), resource
        for step in steps(fragment):
            if isinstance(node, list) and step.isdigit() and int(step) < len(node):
                node = node[int(step)]
            else:
                node = node.get(step) if isinstance(node, dict) else None
        return node, resource

    def in_place(self, schema: Any, resource: Any) -> Iterator[tuple[dict[str, Any], Any]]:
        """The schema and every subschema that judges the same value: through references, allOf, if, and their like."""
        pending: list[tuple[Any, Any]] = [(schema, resource)]
        seen: set[int] = set()
        while pending and len(seen) < MAX_SUBSCHEMAS:
            node, base = pending.pop()
            if not isinstance(node, dict) or id(node) in seen:
                continue
            seen.add(id(node))
            yield node, base
            if isinstance(node.get("$ref"), str):
                pending.append(self.resolve(node["$ref"], base))
            for keyword in _IN_PLACE:
                pending.extend((item, base) for item in node.get(keyword) or () if isinstance(node[keyword], list))
            pending.extend((node[keyword], base) for keyword in _ALTERNATIVES if keyword in node)
            dependent = node.get("dependentSchemas")
            pending.extend((item, base) for item in (dependent.values() if isinstance(dependent, dict) else ()))

    def keys(self, schema: Any, resource: Any) -> dict[str, Any]:
        """The declared keys of an object, each with a schema that describes it."""
        result: dict[str, Any] = {}
        for node, _ in self.in_place(schema, resource):
            properties = node.get("properties")
            for key, value in properties.items() if isinstance(properties, dict) else ():
                if key not in result or (isinstance(value, dict) and "description" in value):
                    result[key] = value
        return result

    def declares(self, schema: Any, resource: Any, key: str) -> bool:
        """Is `key` declared, by name or by pattern, anywhere that judges the object?"""
        for node, _ in self.in_place(schema, resource):
            patterns = node.get("patternProperties")
            if key in (node.get("properties") or ()):
                return True
            for pattern in patterns if isinstance(patterns, dict) else ():
                try:
                    if re.search(pattern, key):
                        return True
                except re.error:
                    return True
        return False

    def described(self, schema: Any, resource: Any, keyword: str = "description") -> str | None:
        """The schema's own description (or title), or that of what it refers to."""
        seen = 0
        while isinstance(schema, dict) and seen < 10:
            text = schema.get(keyword)
            if isinstance(text, str) and text:
                return text
            if not isinstance(schema.get("$ref"), str):
                return None
            schema, resource = self.resolve(schema["$ref"], resource)
            seen += 1
        return None


def _anchored(node: Any, anchor: str) -> Any:
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if anchor in (node.get("$anchor"), node.get("$dynamicAnchor")):
                return node
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    return None
