"""Random schemas of every draft, pairs of them that differ a little, and values that they might disagree on.

Everything is drawn from a `random.Random`: a seeded one for long runs, hypothesis's own for the tests, which can replay
and shrink it. Keys, strings and numbers are few, so that the parts of a schema meet.
"""

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.laws.dialects import DIALECTS, LISTS, MAPS, SINGLE, older

Schema = Any
KEYS = ["a", "b", "ab", "x-1", "kind"]
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]
NUMBERS = [0, 1, 2, 3, -1, 0.5, 1.5, 0.1, 0.3, 10]
STRINGS = ["", "a", "b", "ab", "abc", "x", "x-1", "red", "12", "2024-02-29", "2023-02-29"]
SCALARS: list[Any] = [None, True, False, *NUMBERS, *STRINGS]
SOME_PATTERNS = [
    "^a",
    "^x-",
    "b$",
    "^[a-c]+$",
    "^[a-z]*$",
    "^[a-z]{2,4}$",
    "^(a|b)$",
    "^[ab]$",
    "^ab?$",
    "^(?!x)[a-z]+$",
    "^\\d+$",
    "[\\s\\S]",
    "^a.*b$",
]
# Where both validators know the format in each draft that has it, and it is in our strings
FORMATS = ["date", "ipv4", "x-money"]
PAIRED = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
ODD_NUMBERS = [0.01, 0.7, 1e-7, 7, 100, 1e16, 9007199254740993, -2.5, 12, 0.25]
LOGIC = ["several", "several", "not", "if", "then and else"]
# Keywords that meet: drawing from all of them at once makes most combinations idle
FOCUS = {
    "objects": [
        "required",
        "required properties",
        "properties",
        "closed properties",
        "patterns of keys",
        "rest of keys",
    ],
    "arrays": ["count", "unique", "items", "tuple", "contains", "contains some", "unevaluated items", "const", *LOGIC],
    "numbers": ["bound", "exclusive bound", "multiple", "enum", "type", "const", *LOGIC],
    "strings": ["pattern", "format", "count", "enum", "const", *LOGIC],
}
FOCUS["objects"] += ["dependent keys", "dependent schemas", "unevaluated keys", "names", "type", "enum", *LOGIC]
# Keywords that say something of a type
OF_TYPE: dict[str, list[str]] = {
    "object": [*FOCUS["objects"][:10], "properties", "required properties", "keys count"],
    "array": ["items", "items", "contains", "contains", "items count", "tuple", "unique", *FOCUS["arrays"][5:7]],
    "number": ["bound", "exclusive bound", "multiple"],
    "integer": ["bound", "exclusive bound", "multiple"],
    "string": ["pattern", "length", "format", "strings"],
    "boolean": [],
    "null": [],
}
FOCUS_TYPES = {
    "objects": ["object", "object", "object", "string", "integer"],
    "arrays": ["array", "array", "array", "integer", "boolean"],
    "numbers": ["number", "integer", "string"],
    "strings": ["string", "string", "null"],
}
# Keywords with values of one form, by the draft that has them all: an edit may put one for another
ALIKE = [
    ("draft4", ["allOf", "anyOf", "oneOf"]),
    ("draft4", ["minItems", "maxItems"]),
    ("draft4", ["minLength", "maxLength"]),
    ("draft4", ["minProperties", "maxProperties"]),
    ("draft6", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
    ("draft6", ["contains", "items", "not"]),
    ("draft7", ["if", "then", "else", "not"]),
    ("draft2019-09", ["minContains", "maxContains"]),
    ("draft2019-09", ["contains", "items", "unevaluatedItems"]),
    ("draft2019-09", ["additionalProperties", "unevaluatedProperties", "propertyNames"]),
    ("draft2019-09", ["properties", "dependentSchemas"]),
]
ROOT = "http://laws.example/root"


class Generator:
    """Draws schemas of one draft."""

    def __init__(
        self,
        random: Random,
        draft: str,
        *,
        depth: int = 3,
        formats: bool = True,
        focus: str | None = None,
        anchors: bool = False,
        definitions: int | None = None,
    ) -> None:
        self.random = random
        self.numbers = NUMBERS + ODD_NUMBERS if focus == "numbers" else NUMBERS
        self.focus = focus
        self.anchors = anchors and not older(draft, "draft2019-09")
        self.draft = draft
        self.formats = formats
        self.depth = depth
        self.definitions = random.choice([0, 0, 0, 1, 2]) if definitions is None else definitions
        self.keyword = "$defs" if self._has("draft2019-09") else "definitions"

    def _has(self, draft: str) -> bool:
        return not older(self.draft, draft)

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def root(self) -> Schema:
        """A whole schema. A reference in place leads only to a later definition, so none leads to itself in place."""
        if self._chance(0.02) and self._has("draft6"):
            return self.random.choice([True, False])
        schema = self.schema(self.depth, 0)
        if not isinstance(schema, dict):
            return schema
        if self.definitions:
            found = {f"d{index}": self.schema(self.depth - 1, index + 1) for index in range(self.definitions)}
            if "$ref" in schema and not self._has("draft2019-09"):
                schema = {"allOf": [schema]}
            if self.anchors:
                found = {name: self._anchored(name, item) for name, item in found.items()}
                schema = {"$id": ROOT, **schema}
            schema = {self.keyword: found, **schema}
        return schema

    def _anchored(self, name: str, schema: Schema) -> Schema:
        word = "$dynamicAnchor" if self._has("draft2020-12") and self._chance(0.5) else "$anchor"
        return {word: name, **schema} if isinstance(schema, dict) else {word: name, "allOf": [schema]}

    def _reference(self, index: int) -> dict[str, Any]:
        """One of the ways to refer to a definition."""
        local = f"#/{self.keyword}/d{index}"
        if not self.anchors:
            return {"$ref": local}
        words = ["$ref", "$ref", "$dynamicRef"] if self._has("draft2020-12") else ["$ref"]
        place = self.random.choice([local, f"#d{index}", f"{ROOT}#d{index}", f"root#d{index}", f"{ROOT}{local}"])
        return {self.random.choice(words): place}

    def with_dialect(self, schema: Schema) -> Schema:
        return {"$schema": DIALECTS[self.draft], **schema} if isinstance(schema, dict) else schema

    def schema(self, depth: int, first: int) -> Schema:
        """A schema whose references in place lead to the definitions from `first` on."""
        if self._has("draft6") and self._chance(0.05):
            return self._chance(0.7)
        if first < self.definitions and self._chance(0.25):
            reference = self._reference(self.random.randrange(first, self.definitions))
            if self._chance(0.7):
                return reference
            return reference | self._some(depth, first)  # what stands beside it counts from 2019-09 on
        return self._some(depth, first)

    def _some(self, depth: int, first: int) -> dict[str, Any]:
        makers = self._simple() if depth <= 0 else self._simple() | self._compound(depth - 1, first)
        result: dict[str, Any] = {}
        if self._chance(0.7):
            kind = self.random.choice(FOCUS_TYPES.get(self.focus or "", TYPES))
            names = [name for name in OF_TYPE[kind] if name in makers]
            if self._chance(0.8):
                result |= {"type": kind}
            if depth > 0 and self._chance(0.2):
                result |= makers[self.random.choice(["several", "not"])]()
            counts = [0, 1, 1, 2]
        else:
            names = [name for name in FOCUS.get(self.focus or "", makers) if name in makers]
            result |= self._type() if self._chance(0.4) else {}
            counts = [1, 1, 2, 3]
        for _ in range(self.random.choice(counts) if names else 0):
            result |= makers[self.random.choice(names)]()
        if not self._has("draft6"):  # draft 4: `exclusiveMinimum: true` is about the `minimum` beside it
            for exclusive, plain in PAIRED.items():
                if exclusive in result and plain not in result:
                    result[plain] = self.random.choice(NUMBERS)
        return result

    def child(self, depth: int) -> Schema:
        """A schema of a part of the value: there every definition may come again, and the root too."""
        if self._chance(0.06):
            return {"$recursiveRef" if self.anchors and self.draft == "draft2019-09" else "$ref": "#"}
        return self.schema(depth, 0)

    def _type(self) -> dict[str, Any]:
        if self._chance(0.75):
            return {"type": self.random.choice(FOCUS_TYPES.get(self.focus or "", TYPES))}
        return {"type": self.random.sample(TYPES, self.random.randint(1, 3))}

    def value(self, depth: int = 1) -> Any:
        if depth <= 0 or self._chance(0.75):
            return self.random.choice(SCALARS)
        if self._chance(0.5):
            return [self.value(depth - 1) for _ in range(self.random.randint(0, 2))]
        return {self.random.choice(KEYS): self.value(depth - 1) for _ in range(self.random.randint(0, 2))}

    def _keys(self, least: int = 0) -> list[str]:
        return self.random.sample(KEYS, self.random.randint(least, 2))

    def _simple(self) -> dict[str, Callable[[], dict[str, Any]]]:
        choice, randint = self.random.choice, self.random.randint
        counts = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]
        result: dict[str, Callable[[], dict[str, Any]]] = {
            "count": lambda: {choice(counts): randint(0, 3)},
            "length": lambda: {choice(["minLength", "maxLength"]): randint(0, 3)},
            "items count": lambda: {choice(["minItems", "maxItems"]): randint(0, 3)},
            "keys count": lambda: {choice(["minProperties", "maxProperties"]): randint(0, 3)},
            "bound": lambda: {choice(["minimum", "maximum"]): choice(self.numbers)},
            "exclusive bound": lambda: {
                choice(list(PAIRED)): choice(self.numbers) if self._has("draft6") else self._chance(0.5)
            },
            "multiple": lambda: {"multipleOf": choice([1, 2, 3, 0.5, 0.1, 0.3, 1.5])},
            "enum": lambda: {"enum": self._distinct()},
            "pattern": lambda: {"pattern": choice(SOME_PATTERNS)},
            "strings": lambda: {"enum": self.random.sample(STRINGS, randint(1, 3))},
            "unique": lambda: {"uniqueItems": self._chance(0.8)},
            "required": lambda: {"required": self._keys(least=0 if self._has("draft6") else 1)},
            "type": self._type,
        }
        if self._has("draft6"):
            result["const"] = lambda: {"const": self.value(2)}
        if self.formats:
            result["format"] = lambda: {"format": choice(FORMATS)}
        if self._has("draft2019-09"):
            result["dependent keys"] = lambda: {"dependentRequired": {choice(KEYS): self._keys()}}
        return result

    def _distinct(self) -> list[Any]:
        result: list[Any] = []
        for _ in range(self.random.randint(1, 4)):
            value = self.value()
            if value not in result:  # 1 and True count as one here, which the drafts allow
                result.append(value)
        return result

    def _compound(self, depth: int, first: int) -> dict[str, Callable[[], dict[str, Any]]]:
        choice, randint = self.random.choice, self.random.randint

        def here() -> Schema:
            return self.schema(depth, first)

        def child() -> Schema:
            return self.child(depth)

        def maybe_boolean() -> Schema:
            return self._chance(0.3) if self._chance(0.6) else child()

        def properties() -> dict[str, Any]:
            return {"properties": {key: child() for key in self._keys(least=1)}}

        result: dict[str, Callable[[], dict[str, Any]]] = {
            "several": lambda: {choice(["allOf", "anyOf", "oneOf"]): [here() for _ in range(randint(1, 3))]},
            "not": lambda: {"not": here()},
            "properties": properties,
            "required properties": lambda: properties() | {"required": self._keys(least=1)},
            "closed properties": lambda: properties() | {"additionalProperties": maybe_boolean()},
            "patterns of keys": lambda: {"patternProperties": {choice(SOME_PATTERNS): child()}},
            "rest of keys": lambda: {"additionalProperties": maybe_boolean()},
            "items": lambda: {"items": child()},
            "tuple": lambda: self._tuple(child, maybe_boolean),
        }
        if self._has("draft6"):
            result["contains"] = lambda: {"contains": child()}
            result["names"] = lambda: {"propertyNames": self.names(depth)}
        if self._has("draft7"):
            result["if"] = lambda: {"if": here(), choice(["then", "else"]): here()}
            result["then and else"] = lambda: {"if": here(), "then": here(), "else": here()}
        if self._has("draft2019-09"):
            bounds = ["minContains", "maxContains"]
            result["dependent schemas"] = lambda: {"dependentSchemas": {choice(KEYS): here()}}
            result["contains some"] = lambda: {"contains": child(), choice(bounds): randint(0, 2)}
            result["unevaluated keys"] = lambda: {"unevaluatedProperties": maybe_boolean()}
            result["unevaluated items"] = lambda: {"unevaluatedItems": maybe_boolean()}
        else:
            result["dependent schemas"] = lambda: {
                "dependencies": {choice(KEYS): choice([self._keys(least=1), here()])}
            }
        return result

    def names(self, depth: int) -> Schema:
        """A schema that is asked about the names of properties."""
        if self._chance(0.7):
            return {"pattern": self.random.choice(SOME_PATTERNS)}
        return self.schema(min(depth, 1), self.definitions)

    def _tuple(self, child: Callable[[], Schema], maybe_boolean: Callable[[], Schema]) -> dict[str, Any]:
        first = [child() for _ in range(self.random.randint(1, 2))]
        words = ("prefixItems", "items") if self._has("draft2020-12") else ("items", "additionalItems")
        if self._chance(0.5):
            return {words[0]: first}
        rest = maybe_boolean()
        if isinstance(rest, bool) and words[1] == "items" and not self._has("draft6"):
            rest = {}
        return {words[0]: first, words[1]: rest}


def positions(schema: Schema) -> Iterator[tuple[list[str | int], Schema]]:
    """Every subschema that is reached through known keywords, with the path to it."""
    pending: list[tuple[list[str | int], Schema]] = [([], schema)]
    while pending:
        path, node = pending.pop()
        yield path, node
        if not isinstance(node, dict):
            continue
        for keyword, value in node.items():
            if keyword in LISTS | {"items"} and isinstance(value, list):
                pending.extend(([*path, keyword, index], item) for index, item in enumerate(value))
            elif keyword in MAPS | {"definitions", "dependencies"} and isinstance(value, dict):
                pending.extend(
                    ([*path, keyword, name], item) for name, item in value.items() if not isinstance(item, list)
                )
            elif keyword in SINGLE | {"additionalItems"} and isinstance(value, dict | bool):
                pending.append(([*path, keyword], value))


def replaced(schema: Schema, path: list[str | int], new: Any) -> Schema:
    """A copy of a schema with another value at a path."""
    if not path:
        return new
    result = copy.deepcopy(schema)
    node = result
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = new
    return result


def edited(generator: Generator, schema: Schema) -> Schema:
    """The schema with one thing changed, somewhere."""
    random = generator.random
    path, node = random.choice(list(positions(schema)))
    boolean_only = path and path[-1] in ("additionalProperties", "additionalItems")
    if not isinstance(node, dict) or not node or random.random() < 0.15:
        root = schema if isinstance(schema, dict) and not path else {}
        kept = {word: root[word] for word in ("$defs", "definitions") if word in root}
        fresh = generator.schema(1, generator.definitions)
        return replaced(schema, path, kept | fresh if kept and isinstance(fresh, dict) else fresh)
    new = dict(node)
    keyword = random.choice(list(node))
    act = random.choice(["drop", "change", "change", "add", "wrap", "swap", "swap"])
    alike = [
        group
        for draft, group in ALIKE
        if keyword in group
        and not older(generator.draft, draft)
        and isinstance(node[keyword], dict | list | int | float)
    ]
    if act == "swap" and alike and not isinstance(node[keyword], list if keyword == "items" else str):
        return replaced(
            schema,
            path,
            {key: value for key, value in new.items() if key != keyword}
            | {random.choice(random.choice(alike)): node[keyword]},
        )
    if act == "drop" and keyword not in ("$defs", "definitions"):
        del new[keyword]
        if keyword in PAIRED.values():
            new = {key: value for key, value in new.items() if PAIRED.get(key) != keyword}
    elif act == "change" and not isinstance(node[keyword], dict | bool) and not keyword.startswith("$"):
        new[keyword] = _changed(random, keyword, node[keyword])
    elif act == "wrap" and path and not boolean_only:
        new = {random.choice(["allOf", "anyOf", "oneOf", "not"]): [node]}
        new = {key: value[0] if key == "not" else value for key, value in new.items()}
    else:
        new |= {
            key: value
            for key, value in generator._some(1, generator.definitions).items()
            if key not in PAIRED and key not in PAIRED.values()
        }
    return replaced(schema, path, new)


def _changed(random: Random, keyword: str, value: Any) -> Any:
    if isinstance(value, int | float) and keyword != "multipleOf" and keyword != "const":
        return max(0, value + random.choice([-1, 1])) if isinstance(value, int) else value * 2
    if isinstance(value, list) and value:
        if keyword == "type" or random.random() < 0.5:
            return [item for item in value if item != random.choice(value)] or value[:1]
        if keyword == "enum":
            extra = random.choice(SCALARS)
            return value if extra in value else [*value, extra]
        if keyword == "required":
            return sorted({*value, random.choice(KEYS)})
        return value[::-1]
    if keyword == "pattern":
        return random.choice(SOME_PATTERNS)
    if keyword == "type":
        return [value, random.choice([name for name in TYPES if name != value])]
    return value


def pair(random: Random, draft: str, *, depth: int = 3, anchors: bool = False) -> tuple[Schema, Schema]:
    """Two schemas, mostly the second an edit of the first."""
    focus = random.choice([None, "objects", "objects", *FOCUS])
    generator = Generator(random, draft, depth=depth, focus=focus, anchors=anchors)
    if random.random() < 0.25:  # two that have nothing in common meet only while they are small
        generator.depth = random.choice([0, 1, 1, 2])
        return generator.root(), generator.root()
    old = new = generator.root()
    for _ in range(random.choice([1, 1, 2])):
        new = edited(generator, new)
    return (old, new) if random.random() < 0.5 else (new, old)
