"""Does a value obey the assumption of lenient open content: no object has a property that its writer never declared?

By brute force, and sharing nothing with the engine: the writer's schema is walked along with the value, `jsonschema`
says which subschemas succeed, and at each object of the value we note which properties those evaluate. The object obeys
if none of them declares properties, or if every property is evaluated.

The contract leaves some things open, such as whether what an `if` evaluates counts. Then the value is judged under each
reading, and only an answer that all readings agree on is given.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from jsonschema.protocols import Validator
from referencing.jsonschema import lookup_recursive_ref, specification_with

from tests.laws.dialects import DIALECTS, older
from tests.laws.reference import PYTHON, dialect_of, exact, python_validator

DRAFT_OF = {uri: draft for draft, uri in DIALECTS.items()}
DOUBTS = ("if", "contains", "empty")
Place = tuple[str | int, ...]


@dataclass
class Facts:
    """What one object is told by its applicable subschemas, each with the doubts that this rests on."""

    declares: set[frozenset[str]] = field(default_factory=set)
    evaluated: dict[str, set[frozenset[str]]] = field(default_factory=lambda: defaultdict(set))


@dataclass
class Evaluated:
    """What a schema and all that it applies in place evaluate: properties by name, items by index."""

    names: set[str] = field(default_factory=set)
    items: set[int] = field(default_factory=set)

    def add(self, other: "Evaluated") -> None:
        self.names |= other.names
        self.items |= other.items


def obeys(
    contents: Any,
    value: Any,
    dialect: str,
    *,
    formats: bool,
    resources: Mapping[str, Any] | None = None,
) -> bool | None:
    """True or False where every reading says so, else None. The value is one that the schema admits."""
    validator = python_validator(contents, dialect, formats=formats, resources=resources)
    walk = _Walk(validator)
    own = dialect_of(contents, dialect)
    walk.enter(validator.schema, validator._resolver, exact(value, own), (), frozenset(), own)  # type: ignore[attr-defined]
    answers = set()
    for chosen in product((False, True), repeat=len(DOUBTS)):
        accepted = {doubt for doubt, counts in zip(DOUBTS, chosen, strict=True) if counts}
        answers.add(all(_closed(facts, names, accepted) for facts, names in walk.objects()))
    return answers.pop() if len(answers) == 1 else None


def _closed(facts: Facts, names: set[str], accepted: set[str]) -> bool:
    if not any(doubts <= accepted for doubts in facts.declares):
        return True
    return all(any(doubts <= accepted for doubts in facts.evaluated.get(name, ())) for name in names)


class _Walk:
    def __init__(self, validator: Validator) -> None:
        self.validator = validator
        self.facts: dict[Place, Facts] = defaultdict(Facts)
        self.names: dict[Place, set[str]] = {}

    def objects(self) -> Iterator[tuple[Facts, set[str]]]:
        for place, names in self.names.items():
            yield self.facts[place], names

    def succeeds(self, schema: Any, resolver: Any, value: Any) -> bool:
        return next(iter(self.validator.descend(value, schema, resolver=resolver)), None) is None  # type: ignore[attr-defined]

    def enter(
        self, schema: Any, resolver: Any, value: Any, place: Place, doubts: frozenset[str], dialect: str
    ) -> Evaluated:
        """Notes what a schema that admits `value` says of it and of everything within it."""
        if isinstance(schema, bool):
            return Evaluated()
        dialect = dialect_of(schema, dialect)
        draft = DRAFT_OF[dialect]
        resolver = resolver.in_subresource(specification_with(dialect).create_resource(schema))
        if "$ref" in schema and older(draft, "draft2019-09"):
            schema = {"$ref": schema["$ref"]}
        here = _Here(self, schema, resolver, value, place, doubts, dialect, draft)
        here.in_place()
        if isinstance(value, dict):
            self.names[place] = set(value)
            here.properties()
        if isinstance(value, list):
            here.items()
        return here.evaluated


@dataclass
class _Here:
    """One schema at one value."""

    walk: _Walk
    schema: dict[str, Any]
    resolver: Any
    value: Any
    place: Place
    doubts: frozenset[str]
    dialect: str
    draft: str
    evaluated: Evaluated = field(default_factory=Evaluated)

    def apply(self, schema: Any, *, resolver: Any = None, doubt: str | None = None) -> bool:
        """Applies a schema in place, if it succeeds."""
        resolver = resolver or self.resolver
        if not self.walk.succeeds(schema, self._within(schema, resolver), self.value):
            return False
        doubts = self.doubts | {doubt} if doubt else self.doubts
        self.evaluated.add(self.walk.enter(schema, resolver, self.value, self.place, doubts, self.dialect))
        return True

    def _within(self, schema: Any, resolver: Any) -> Any:
        return resolver.in_subresource(specification_with(self.dialect).create_resource(schema))

    def child(self, schema: Any, key: str | int, doubt: str | None = None) -> None:
        """Applies a schema to a property or an item, which it is known to admit."""
        doubts = self.doubts | {doubt} if doubt else self.doubts
        self.walk.enter(schema, self.resolver, self.value[key], (*self.place, key), doubts, self.dialect)

    def in_place(self) -> None:
        schema = self.schema
        for keyword in ("$ref", "$dynamicRef"):
            if keyword in schema and (keyword == "$ref" or self.draft == "draft2020-12"):
                found = self.resolver.lookup(schema[keyword])
                self.apply(found.contents, resolver=found.resolver)
        if self.draft == "draft2019-09" and "$recursiveRef" in schema:
            found = lookup_recursive_ref(self.resolver)
            self.apply(found.contents, resolver=found.resolver)
        for keyword in ("allOf", "anyOf", "oneOf"):
            for branch in schema.get(keyword, ()):
                self.apply(branch)
        if "if" in schema and not older(self.draft, "draft7"):
            branch = "then" if self.apply(schema["if"], doubt="if") else "else"
            if branch in schema:
                self.apply(schema[branch])
        if isinstance(self.value, dict):
            key = "dependencies" if older(self.draft, "draft2019-09") else "dependentSchemas"
            for name, dependent in schema.get(key, {}).items():
                if name in self.value and not isinstance(dependent, list):
                    self.apply(dependent)

    def properties(self) -> None:
        schema, here = self.schema, Evaluated()
        for keyword in ("properties", "patternProperties"):
            if keyword in schema:
                doubts = self.doubts if schema[keyword] else self.doubts | {"empty"}
                self.walk.facts[self.place].declares.add(doubts)
        for name, sub in schema.get("properties", {}).items():
            if name in self.value:
                here.names.add(name)
                self.child(sub, name)
        for pattern, sub in schema.get("patternProperties", {}).items():
            for name in self.value:
                if _found(self.walk.validator, pattern, name):
                    here.names.add(name)
                    self.child(sub, name)
        if "additionalProperties" in schema:
            for name in set(self.value) - here.names:
                self.child(schema["additionalProperties"], name)
            here.names |= set(self.value)
        self.evaluated.add(here)
        if "unevaluatedProperties" in schema and not older(self.draft, "draft2019-09"):
            for name in set(self.value) - self.evaluated.names:
                self.child(schema["unevaluatedProperties"], name)
            self.evaluated.names |= set(self.value)
            here.names |= set(self.value)
        for name in here.names:
            self.walk.facts[self.place].evaluated[name].add(self.doubts)

    def items(self) -> None:
        schema, value = self.schema, self.value
        old_words = older(self.draft, "draft2020-12")
        first = schema.get("items") if old_words else schema.get("prefixItems")
        first = first if isinstance(first, list) else []
        rest = "additionalItems" if old_words and isinstance(schema.get("items"), list) else "items"
        for index, sub in enumerate(first[: len(value)]):
            self.child(sub, index)
        self.evaluated.items |= set(range(min(len(first), len(value))))
        if rest in schema:
            for index in range(len(first), len(value)):
                self.child(schema[rest], index)
            self.evaluated.items |= set(range(len(value)))
        if "contains" in schema and self.draft != "draft4":
            for index, item in enumerate(value):
                if self.walk.succeeds(schema["contains"], self._within(schema["contains"], self.resolver), item):
                    self.child(schema["contains"], index, doubt="contains")
                    # 2019-09 does not say so, but both validators read it like 2020-12
                    self.evaluated.items.add(index)
        if "unevaluatedItems" in schema and not older(self.draft, "draft2019-09"):
            for index in set(range(len(value))) - self.evaluated.items:
                self.child(schema["unevaluatedItems"], index)
            self.evaluated.items |= set(range(len(value)))


def _found(validator: Validator, pattern: str, name: str) -> bool:
    """Does `patternProperties` of this pattern speak of the name? Patterns are in Python's spelling already."""
    return not PYTHON[DIALECTS["draft2020-12"]]({"patternProperties": {pattern: False}}).is_valid({name: 0})
