"""A schema of any dialect as nodes: drafts 4, 6, 7, 2019-09 and 2020-12 come down to the same few words.

What a dialect ignores is left out here, what it spells in its own way is respelled; nothing is approximated. What has
no exact meaning becomes an `Opaque` node, with the reason.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from govern.compat.solver.arena import Arena
from govern.compat.solver.nodes import (
    Contains,
    Format,
    ItemCount,
    Items,
    Length,
    Maximum,
    Minimum,
    MultipleOf,
    Names,
    Node,
    Opaque,
    Pattern,
    Properties,
    PropertyCount,
    Reference,
    Required,
    Unique,
)
from govern.compat.solver.resources import DRAFT4, DRAFT6, DRAFT7, DRAFT2019, DRAFT2020, Absent, Place, Resources
from govern.compat.solver.values import (
    ARRAY,
    BOOLEAN,
    EVERY_TYPE,
    FRACTION,
    INTEGER,
    NULL,
    OBJECT,
    STRING,
    WHOLE,
    Unsure,
    freeze,
    number,
)
from govern.model.location import escaped
from govern.validator import Unusable

_TYPES = {
    "null": NULL,
    "boolean": BOOLEAN,
    "integer": INTEGER | WHOLE,
    "number": INTEGER | WHOLE | FRACTION,
    "string": STRING,
    "array": ARRAY,
    "object": OBJECT,
}

# The formats that validators assert, from the dialect on that names them first.
_ASSERTED_SINCE = {
    "date-time": DRAFT4,
    "email": DRAFT4,
    "hostname": DRAFT4,
    "ipv4": DRAFT4,
    "ipv6": DRAFT4,
    "uri": DRAFT4,
    "regex": DRAFT4,
    "idn-email": DRAFT4,
    "date": DRAFT7,
    "time": DRAFT7,
    "uri-reference": DRAFT6,
    "uri-template": DRAFT6,
    "json-pointer": DRAFT6,
    "idn-hostname": DRAFT7,
    "iri": DRAFT7,
    "iri-reference": DRAFT7,
    "relative-json-pointer": DRAFT7,
    "duration": DRAFT2019,
    "uuid": DRAFT2019,
}
# jsonschema-rs asserts these in older dialects too, jsonschema does not: there they mean only what they say.
_DISPUTED_BEFORE = {"date": DRAFT7, "time": DRAFT7}

_LITERAL = re.compile(r"\^(\([\w@:/ -]+(?:\|[\w@:/ -]+)*\)|[\w@:/ -]*)\$\Z", re.ASCII)

MAX_DEPTH = 1_500  # schemas in schemas, references followed: mutual definitions by the hundred make long chains


class Loader:
    """Reads the schemas of one side into an arena."""

    def __init__(self, arena: Arena, resources: Resources, *, formats: bool) -> None:
        self._arena = arena
        self._resources = resources
        self._formats = formats
        self._known: dict[Any, Node] = {}
        self._open: dict[Any, int] = {}
        self._recursive: dict[Any, Reference] = {}
        self._dialects: set[int] = set()
        self.circular = False  # some reference leads to itself in place: a validator may follow it without end
        self._descents = 0

    def root(self) -> Node:
        """The schema itself."""
        return self._node(self._resources.root, ())

    @property
    def dialects(self) -> set[int]:
        """The dialects of the schemas that were read."""
        return self._dialects

    def _node(self, place: Place, scope: tuple[str, ...]) -> Node:
        contents = place.contents
        if contents is True:
            return self._arena.everything
        if contents is False:
            return self._arena.nothing
        if not isinstance(contents, dict):
            raise Unusable("this is no schema", tuple(place.pointer.split("/")[1:]))
        if self._resources.uses_dynamic_scope and place.base not in scope:
            scope = (*scope, place.base)
        key = (id(contents), place.base, place.dialect, scope)
        known = self._known.get(key)
        if known is not None:
            return known
        if key in self._open:
            if self._open[key] == self._descents:
                reason = "a reference leads to itself without going into the value"
                self.circular = True
                return self._opaque(place, ("loop", *self._resources.closure(place)), reason)
            return self._recursive.setdefault(key, self._arena.reference((id(self), *key)))
        if len(self._open) > MAX_DEPTH:
            raise Unsure(f"schemas are nested more than {MAX_DEPTH} deep")
        self._open[key] = self._descents
        self._dialects.add(place.dialect)
        node = self._arena.all(self._parts(place, contents, scope))
        if "unevaluatedProperties" in contents or "unevaluatedItems" in contents:
            node = self._scoped(place, contents, scope, node)
        del self._open[key]
        recursive = self._recursive.get(key)
        if recursive is not None:
            self._arena.resolve(recursive, node)
            node = recursive
        self._known[key] = node
        return node

    def _opaque(self, place: Place, key: Any, reason: str) -> Node:
        return self._arena.of(Opaque, key, reason, place.pointer)

    def _child(self, place: Place, step: str, contents: Any, scope: tuple[str, ...]) -> Node:
        """A subschema for a part of the value."""
        self._descents += 1
        node = self._node(self._resources.place(contents, place, step), scope)
        self._descents -= 1
        return node

    def _beside(self, place: Place, step: str, contents: Any, scope: tuple[str, ...]) -> Node:
        """A subschema for the same value."""
        return self._node(self._resources.place(contents, place, step), scope)

    def _parts(self, place: Place, contents: dict[str, Any], scope: tuple[str, ...]) -> Iterator[Node]:
        arena = self._arena
        if "$ref" in contents:
            try:
                yield self._node(self._resources.look_up(contents["$ref"], place), scope)
            except Absent as error:
                yield self._opaque(place, ("absent", place.base, contents["$ref"]), str(error))
            if place.dialect <= DRAFT7:
                return
        if "$dynamicRef" in contents or "$recursiveRef" in contents:
            yield from self._dynamic(place, contents, scope)
        if "type" in contents:
            yield arena.types(self._type_mask(contents["type"], place.dialect))
        if "enum" in contents:
            yield arena.values(freeze(value) for value in contents["enum"])
        if "const" in contents and place.dialect >= DRAFT6:
            yield arena.values([freeze(contents["const"])])
        yield from self._scalars(place, contents)
        yield from self._array(place, contents, scope)
        yield from self._object(place, contents, scope)
        yield from self._applicators(place, contents, scope)

    def _type_mask(self, names: Any, dialect: int) -> int:
        mask = 0
        for name in [names] if isinstance(names, str) else names:
            mask |= INTEGER if name == "integer" and dialect == DRAFT4 else _TYPES[name]
        return mask

    def _scalars(self, place: Place, contents: dict[str, Any]) -> Iterator[Node]:
        of, dialect = self._arena.of, place.dialect
        for kind, bound, exclusive in (
            (Minimum, "minimum", "exclusiveMinimum"),
            (Maximum, "maximum", "exclusiveMaximum"),
        ):
            if dialect == DRAFT4:
                if bound in contents:
                    yield of(kind, number(contents[bound]), contents.get(exclusive) is True)
                continue
            if bound in contents:
                yield of(kind, number(contents[bound]), False)
            if exclusive in contents:
                yield of(kind, number(contents[exclusive]), True)
        if "multipleOf" in contents:
            yield of(MultipleOf, number(contents["multipleOf"]))
        yield from _bounds(of, Length, contents, "minLength", "maxLength")
        if "pattern" in contents:
            words = _LITERAL.match(contents["pattern"])
            if words:
                # a pattern that lists words is an enum of them, for strings
                listed = self._arena.values(words[1].strip("()").split("|") if words[1] else [""])
                yield self._arena.some((self._arena.types(EVERY_TYPE & ~STRING), listed))
            else:
                yield of(Pattern, contents["pattern"])
        name = contents.get("format")
        if self._formats and isinstance(name, str):
            since = _ASSERTED_SINCE.get(name)
            if since is not None and dialect >= since:
                yield of(Format, name, False)
            elif name in _DISPUTED_BEFORE:
                yield of(Format, name, True)

    def _array(self, place: Place, contents: dict[str, Any], scope: tuple[str, ...]) -> Iterator[Node]:
        arena, dialect = self._arena, place.dialect
        yield from _bounds(arena.of, ItemCount, contents, "minItems", "maxItems")
        if contents.get("uniqueItems") is True:
            yield arena.of(Unique)
        first, rest = ("prefixItems", "items") if dialect >= DRAFT2020 else ("items", "additionalItems")
        tuple_form = isinstance(contents.get(first), list)
        if tuple_form or (dialect >= DRAFT2020 and rest in contents):
            prefix = [
                self._child(place, f"{first}/{index}", item, scope)
                for index, item in enumerate(contents[first] if tuple_form else ())
            ]
            others = self._child(place, rest, contents[rest], scope) if rest in contents else arena.everything
            yield arena.of(Items, tuple(prefix), others, rest in contents)
        elif first in contents and dialect < DRAFT2020:
            yield arena.of(Items, (), self._child(place, first, contents[first], scope), True)
        if "contains" in contents and dialect >= DRAFT6:
            least, most = 1, None
            if dialect >= DRAFT2019:
                least, most = int(contents.get("minContains", 1)), contents.get("maxContains")
            node = self._child(place, "contains", contents["contains"], scope)
            yield arena.of(Contains, node, least, None if most is None else int(most), dialect >= DRAFT2019)

    def _object(self, place: Place, contents: dict[str, Any], scope: tuple[str, ...]) -> Iterator[Node]:
        arena, dialect = self._arena, place.dialect
        yield from _bounds(arena.of, PropertyCount, contents, "minProperties", "maxProperties")
        for name in contents.get("required", ()):
            yield arena.of(Required, name)
        if "properties" in contents or "patternProperties" in contents or "additionalProperties" in contents:
            names = {
                name: self._child(place, f"properties/{escaped(name)}", child, scope)
                for name, child in contents.get("properties", {}).items()
            }
            patterns = {
                pattern: self._child(place, f"patternProperties/{escaped(pattern)}", child, scope)
                for pattern, child in contents.get("patternProperties", {}).items()
            }
            additional: Node = arena.everything
            if "additionalProperties" in contents:
                additional = self._child(place, "additionalProperties", contents["additionalProperties"], scope)
            yield arena.of(
                Properties,
                tuple(sorted(names.items(), key=_first)),
                tuple(sorted(patterns.items(), key=_first)),
                additional,
                "additionalProperties" in contents,
                "properties" in contents or "patternProperties" in contents,
            )
        if "propertyNames" in contents and dialect >= DRAFT6:
            yield arena.of(Names, self._child(place, "propertyNames", contents["propertyNames"], scope))
        if dialect >= DRAFT2019:
            for name, others in contents.get("dependentRequired", {}).items():
                yield arena.when(
                    self.has(name), arena.all(arena.of(Required, other) for other in others), arena.everything
                )
            for name, child in contents.get("dependentSchemas", {}).items():
                node = self._beside(place, f"dependentSchemas/{escaped(name)}", child, scope)
                yield arena.when(self.has(name), node, arena.everything)
        if "dependencies" in contents:
            if dialect <= DRAFT7:
                yield from self._dependencies(place, contents["dependencies"], scope)
            else:
                read = place._replace(contents={"dependencies": contents["dependencies"]})
                key = ("dependencies", *self._resources.closure(read))
                yield self._opaque(place, key, "validators differ on dependencies in this dialect")

    def has(self, name: str) -> Node:
        """An object that has this property."""
        return self._arena.all((self._arena.types(OBJECT), self._arena.of(Required, name)))

    def _dependencies(self, place: Place, dependencies: Any, scope: tuple[str, ...]) -> Iterator[Node]:
        arena = self._arena
        for name, needed in dependencies.items():
            if isinstance(needed, list):
                then = arena.all(arena.of(Required, other) for other in needed)
            else:
                then = self._beside(place, f"dependencies/{escaped(name)}", needed, scope)
            yield arena.when(self.has(name), then, arena.everything)

    def _applicators(self, place: Place, contents: dict[str, Any], scope: tuple[str, ...]) -> Iterator[Node]:
        arena = self._arena
        combine: tuple[tuple[str, Callable[[list[Node]], Node]], ...] = (
            ("allOf", arena.all),
            ("anyOf", arena.some),
            ("oneOf", arena.one),
        )
        for keyword, together in combine:
            if keyword in contents:
                yield together(
                    [
                        self._beside(place, f"{keyword}/{index}", child, scope)
                        for index, child in enumerate(contents[keyword])
                    ]
                )
        if "not" in contents:
            yield arena.negate(self._beside(place, "not", contents["not"], scope))
        if "if" in contents and place.dialect >= DRAFT7:
            parts: list[Node] = [
                self._beside(place, keyword, contents[keyword], scope) if keyword in contents else arena.everything
                for keyword in ("if", "then", "else")
            ]
            yield arena.when(*parts)

    def _scoped(self, place: Place, contents: dict[str, Any], scope: tuple[str, ...], body: Node) -> Node:
        if place.dialect < DRAFT2019:
            return body
        properties, items = (
            self._child(place, keyword, contents[keyword], scope) if keyword in contents else None
            for keyword in ("unevaluatedProperties", "unevaluatedItems")
        )
        return self._arena.scope(body, properties, items)

    def _dynamic(self, place: Place, contents: dict[str, Any], scope: tuple[str, ...]) -> Iterator[Node]:
        for keyword, dialect in (("$recursiveRef", DRAFT2019), ("$dynamicRef", DRAFT2020)):
            reference = contents.get(keyword)
            if reference is None or place.dialect != dialect:
                continue
            if dialect == DRAFT2019 and reference != "#":
                raise Unsure("$recursiveRef means nothing but #", place.pointer)
            target = self._resources.look_up(reference, place)
            name = "" if dialect == DRAFT2019 else reference.partition("#")[2]
            if not name.startswith("/") and self._resources.has_dynamic(target.base, name):
                outermost = next(base for base in (*scope, target.base) if self._resources.has_dynamic(base, name))
                target = self._resources.anchored(outermost, name)
            yield self._node(target, scope)


def _first(pair: tuple[str, Node]) -> str:
    return pair[0]


def _bounds(of: Any, kind: type[Node], contents: dict[str, Any], least: str, most: str) -> Iterator[Node]:
    if contents.get(least):
        yield of(kind, int(contents[least]), None)
    if most in contents:
        yield of(kind, 0, int(contents[most]))
