"""Values that two schemas might disagree on: made of their own constants, and aimed at what they ask for."""

from random import Random
from typing import Any

from tests.laws.schemas import KEYS, SCALARS, positions

DEPTH = 4  # of an aimed value: recursive schemas are followed so far


class Values:
    """Draws values for a few schemas of one draft."""

    def __init__(self, random: Random, *schemas: Any) -> None:
        self.random = random
        self.schemas = schemas
        self.scalars: list[Any] = list(SCALARS)
        self.keys = list(KEYS)
        for schema in schemas:
            for _, node in positions(schema):
                if isinstance(node, dict):
                    self._learn(node)

    def _learn(self, node: dict[str, Any]) -> None:
        for keyword, value in node.items():
            if keyword == "const":
                self.scalars += [value] * 2
            elif keyword == "enum":
                self.scalars += value
            elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
                self.scalars += [value, value + 1, value - 1, value * 2, value / 2]
            elif keyword in ("properties", "dependentSchemas", "dependentRequired", "dependencies"):
                self.keys += list(value)
            elif keyword == "required" and isinstance(value, list):
                self.keys += value

    def value(self) -> Any:
        """One value, of any sort."""
        if self.random.random() < 0.75:
            schema = self.random.choice(self.schemas)
            value = self.aimed(schema, schema, DEPTH)
            return self._bent(value) if self.random.random() < 0.3 else value
        return self.any(2)

    def any(self, depth: int) -> Any:
        if depth <= 0 or self.random.random() < 0.4:
            return self.random.choice(self.scalars)
        count = self.random.randint(0, 3)
        if self.random.random() < 0.4:
            return [self.any(depth - 1) for _ in range(count)]
        return {self.random.choice(self.keys): self.any(depth - 1) for _ in range(count)}

    def _bent(self, value: Any) -> Any:
        """The value with one thing changed."""
        random = self.random
        if isinstance(value, dict) and value and random.random() < 0.8:
            key = random.choice(list(value))
            if random.random() < 0.3:
                return {name: item for name, item in value.items() if name != key}
            if random.random() < 0.3:
                return {**value, random.choice(self.keys): self.any(1)}
            return {**value, key: self._bent(value[key])}
        if isinstance(value, list) and value and random.random() < 0.8:
            index = random.randrange(len(value))
            return [self._bent(item) if place == index else item for place, item in enumerate(value)]
        return self.any(1)

    def aimed(self, schema: Any, root: Any, depth: int) -> Any:
        """A value near the schema: often admitted, never surely."""
        random = self.random
        if not isinstance(schema, dict) or depth <= 0:
            return self.any(1)
        for word in ("$ref", "$dynamicRef", "$recursiveRef"):
            if word in schema and random.random() < 0.9:
                return self.aimed(followed(root, schema[word]), root, depth - 1)
        choices = [schema.get("const")] if "const" in schema else schema.get("enum", [])
        if choices and random.random() < 0.8:
            return random.choice(choices)
        value: Any = None
        parts = [branch for word in ("allOf", "anyOf", "oneOf") for branch in schema.get(word, ())]
        parts += [schema[word] for word in ("then", "else", "if") if word in schema]
        if parts and random.random() < 0.6:
            value = self.aimed(random.choice(parts), root, depth - 1)
        kinds = self._kinds(schema)
        if kinds and value is not None and random.random() < 0.9 and _kind(value) not in kinds:
            value = None
        kind = _kind(value) if value is not None else random.choice(kinds or ["any", "object", "array"])
        if kind == "object":
            return self._object(schema, root, depth, value or {})
        if kind == "array":
            return self._array(schema, root, depth, value or [])
        if value is not None or kind == "null":
            return value
        fitting = [scalar for scalar in self.scalars if _kind(scalar) == kind]
        return random.choice(fitting or self.scalars)

    def _kinds(self, schema: dict[str, Any]) -> list[str]:
        named = schema.get("type", [])
        named = [named] if isinstance(named, str) else list(named)
        if named:
            return ["number" if name == "integer" else name for name in named]
        if schema.keys() & {"properties", "required", "patternProperties", "dependencies", "unevaluatedProperties"}:
            return ["object"]
        if schema.keys() & {"items", "prefixItems", "contains", "unevaluatedItems"}:
            return ["array"]
        return []

    def _object(self, schema: dict[str, Any], root: Any, depth: int, value: dict[str, Any]) -> dict[str, Any]:
        result = dict(value)
        for name, sub in schema.get("properties", {}).items():
            if name not in result and self.random.random() < 0.6:
                result[name] = self.aimed(sub, root, depth - 1)
        required = schema.get("required", [])
        for name in required if isinstance(required, list) else []:
            if name not in result and self.random.random() < 0.9:
                result[name] = self.aimed(schema.get("properties", {}).get(name, {}), root, depth - 1)
        for word in ("additionalProperties", "unevaluatedProperties", *schema.get("patternProperties", {})):
            sub = schema.get(word, schema.get("patternProperties", {}).get(word))
            if sub is not False and sub is not None and self.random.random() < 0.4:
                result[self.random.choice(self.keys)] = self.aimed(sub, root, depth - 1)
        if not result and self.random.random() < 0.3:
            result[self.random.choice(self.keys)] = self.any(1)
        return result

    def _array(self, schema: dict[str, Any], root: Any, depth: int, value: list[Any]) -> list[Any]:
        items = schema.get("items")
        first = items if isinstance(items, list) else schema.get("prefixItems", [])
        rest = schema.get("additionalItems", {}) if isinstance(items, list) else items
        count = self.random.randint(0, 3)
        result = list(value) or [self.aimed(sub, root, depth - 1) for sub in first]
        while len(result) < count:
            result.append(self.aimed(rest if rest is not None else {}, root, depth - 1))
        if "contains" in schema and self.random.random() < 0.8:
            result.append(self.aimed(schema["contains"], root, depth - 1))
        return result


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return {type(None): "null", str: "string", list: "array", dict: "object"}[type(value)]


def followed(root: Any, reference: str) -> Any:
    """What a reference of our generator leads to: a pointer, or the name of a definition as an anchor."""
    fragment = reference.partition("#")[2]
    if fragment and not fragment.startswith("/"):
        fragment = f"/$defs/{fragment}"
    node = root
    for step in fragment.split("/")[1:]:
        node = node.get(step, {}) if isinstance(node, dict) else {}
    return node
