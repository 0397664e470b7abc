"""Where a reference leads: the schemas of one side by their URIs, with bases, anchors and dialects.

Only subschemas at places that the dialect knows found a base or an anchor; a JSON pointer may lead anywhere.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

import jsonschema_rs

from govern.compat.solver.values import Frozen, Unsure, freeze
from govern.compat.uri import joined
from govern.model.location import escaped, steps
from govern.validator import Unusable

DRAFT4, DRAFT6, DRAFT7, DRAFT2019, DRAFT2020 = 4, 6, 7, 2019, 2020

DIALECTS = {
    "http://json-schema.org/draft-04/schema": DRAFT4,
    "http://json-schema.org/draft-06/schema": DRAFT6,
    "http://json-schema.org/draft-07/schema": DRAFT7,
    "https://json-schema.org/draft/2019-09/schema": DRAFT2019,
    "https://json-schema.org/draft/2020-12/schema": DRAFT2020,
}

# Where subschemas are: one, a list of them, or a map of them.
_ONE = (
    *("additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not"),
    *("propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"),
)
_LIST = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
_MAP = ("$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties")

MAX_CHAIN = 100_000  # schema objects indexed for one side; the largest published schema has a tenth of that


class Absent(Unsure):
    """A reference leads to a schema that is not here."""


class Place(NamedTuple):
    """A schema with what is needed to read it: the URI its references start from, its dialect, and where it is."""

    contents: Any
    base: str
    dialect: int
    pointer: str


def dialect_of(uri: str) -> int | None:
    """The draft that a `$schema` names; None for one we do not know."""
    return DIALECTS.get(uri.rstrip("#").replace("https://json-schema.org/draft-0", "http://json-schema.org/draft-0"))


class Resources:
    """The schemas that one side may refer to."""

    def __init__(self, contents: Any, others: Mapping[str, Any], dialect: int) -> None:
        self._others = others
        self._dialect = dialect
        self._roots: dict[str, Place] = {}
        self._anchors: dict[tuple[str, str], Place] = {}
        self._dynamic: set[tuple[str, str]] = set()
        self._place_of: dict[int, Place] = {}
        self._closures: dict[tuple[int, str], tuple[Frozen, ...]] = {}
        self._count = 0
        # what a dynamic reference means depends on every schema passed on the way, from the first on
        self.uses_dynamic_scope = any(_is_dynamic(schema) for schema in (contents, *others.values()))
        uri = ""  # what the outermost schema is called until it says its own name
        self.root = self._index(contents, uri, dialect, "")
        self._roots.setdefault(uri, self.root)

    def place(self, contents: Any, near: Place, step: str) -> Place:
        """A subschema of `near`."""
        known = self._place_of.get(id(contents)) if isinstance(contents, dict) else None
        return known or Place(contents, near.base, near.dialect, f"{near.pointer}/{step}")

    def look_up(self, reference: str, near: Place) -> Place:
        """Where a reference leads. Raises Absent if that is a schema which nobody gave us, Unusable if there is no
        such place.
        """
        target = joined(near.base, reference)
        uri, _, fragment = target.partition("#")
        root = self._root(uri)
        if root is None:
            raise Absent(f"the reference {reference} leads to a schema that is not here", near.pointer)
        fragment = unquote(fragment)
        if not fragment:
            return root
        if not fragment.startswith("/"):
            found = self._anchors.get((root.base, fragment)) or self._anchors.get((uri, fragment))
            if found is None:
                raise Unusable(f"the reference {reference} leads nowhere", steps(near.pointer))
            return found
        at = root
        for step in steps(fragment):
            node = at.contents
            if isinstance(node, list) and step.isdigit() and int(step) < len(node):
                at = self.place(node[int(step)], at, step)
            elif isinstance(node, dict) and step in node:
                at = self.place(node[step], at, escaped(step))
            else:
                raise Unusable(f"the reference {reference} leads nowhere", steps(near.pointer))
        if isinstance(at.contents, dict) and id(at.contents) not in self._place_of:
            self._admit(reference, at, near)
        return at

    def _admit(self, reference: str, at: Place, near: Place) -> None:
        """What stands where no schema is looked for was not held against its meta-schema."""
        schema = {**at.contents, "$schema": next(uri for uri, draft in DIALECTS.items() if draft == at.dialect)}
        try:
            jsonschema_rs.meta.validate(schema)
        except (jsonschema_rs.ValidationError, ValueError):
            raise Unusable(f"the reference {reference} leads to what is no schema", steps(near.pointer)) from None

    def closure(self, place: Place) -> tuple[Frozen, ...]:
        """All that a subschema means: what it says, and what its references lead to, one after the other."""
        known = self._closures.get((id(place.contents), place.base))
        if known is not None:
            return known
        seen: dict[tuple[int, str], Frozen] = {}
        pending = [place]
        while pending:
            at = pending.pop()
            key = (id(at.contents), at.base)
            if key in seen:
                continue
            seen[key] = (at.dialect, freeze(at.contents))
            for reference in _references(at.contents):
                try:
                    pending.append(self.look_up(reference, at))
                except Absent as error:
                    seen[hash(str(error)), "absent"] = str(error)
        made = self._closures[id(place.contents), place.base] = tuple(seen.values())
        return made

    def has_dynamic(self, base: str, name: str) -> bool:
        """Does the resource at `base` declare this dynamic anchor? "" stands for `$recursiveAnchor: true`."""
        return (base, name) in self._dynamic

    def anchored(self, base: str, name: str) -> Place:
        """The place of a dynamic anchor."""
        return self._anchors[base, name] if name else self._roots[base]

    def _root(self, uri: str) -> Place | None:
        known = self._roots.get(uri)
        if known is None:
            for name in (uri, uri + "#"):
                if name in self._others:
                    known = self._index(self._others[name], uri, self._dialect, "")
                    break
            else:
                meta = meta_schemas(uri)
                if meta:
                    known = self._index(meta[uri], uri, self._dialect, "")
            if known is not None:
                self._roots.setdefault(uri, known)
        return known

    def _index(self, contents: Any, base: str, dialect: int, pointer: str) -> Place:
        root = None
        pending = [(contents, base, dialect, pointer)]
        while pending:
            node, base, dialect, pointer = pending.pop()
            if isinstance(node, dict):
                self._count += 1
                if self._count > MAX_CHAIN:
                    raise Unsure(f"the schema holds more than {MAX_CHAIN} subschemas")
                base, dialect = self._enter(node, base, dialect)
                place = Place(node, base, dialect, pointer)
                self._name(node, place)
                self._place_of.setdefault(id(node), place)
                pending.extend(
                    (child, base, dialect, f"{pointer}/{steps}") for child, steps in _subschemas(node, dialect)
                )
            else:
                place = Place(node, base, dialect, pointer)
            root = root or place
        assert root is not None
        return root

    def _enter(self, node: dict[str, Any], base: str, dialect: int) -> tuple[str, int]:
        stated = node.get("$schema")
        if isinstance(stated, str):
            known = dialect_of(stated)
            if known is None and "$id" in node:
                raise Unusable(f"{stated} is no dialect that is known here", ())
            dialect = known or dialect
        if dialect <= DRAFT7 and "$ref" in node:
            return base, dialect  # the siblings of a reference count for nothing there
        identifier = node.get("id" if dialect == DRAFT4 else "$id")
        if isinstance(identifier, str):
            base = joined(base, identifier)
            return base.partition("#")[0], dialect
        return base, dialect

    def _name(self, node: dict[str, Any], place: Place) -> None:
        dialect, base = place.dialect, place.base
        if dialect <= DRAFT7 and "$ref" in node:
            return
        identifier = node.get("id" if dialect == DRAFT4 else "$id")
        if isinstance(identifier, str):
            _, _, fragment = identifier.partition("#")
            if fragment and dialect <= DRAFT7:
                self._anchors.setdefault((base, fragment), place)
            if not identifier.startswith("#"):
                self._roots.setdefault(base, place)
        if dialect >= DRAFT2019:
            for keyword in ("$anchor", "$dynamicAnchor"):
                if isinstance(node.get(keyword), str):
                    self._anchors.setdefault((base, node[keyword]), place)
                    if keyword == "$dynamicAnchor":
                        self._dynamic.add((base, node[keyword]))
            if node.get("$recursiveAnchor") is True:
                self._dynamic.add((base, ""))


def _subschemas(node: dict[str, Any], dialect: int) -> Iterator[tuple[Any, str]]:
    if dialect <= DRAFT7 and "$ref" in node:
        return
    for keyword in _ONE:
        child = node.get(keyword)
        if isinstance(child, dict):
            yield child, keyword
    for keyword in _LIST:
        several = node.get(keyword)
        if isinstance(several, list):
            for index, child in enumerate(several):
                if isinstance(child, dict):
                    yield child, f"{keyword}/{index}"
    for keyword in _MAP:
        several = node.get(keyword)
        if isinstance(several, dict):
            for name, child in several.items():
                if isinstance(child, dict):
                    yield child, f"{keyword}/{escaped(name)}"


def _is_dynamic(contents: Any) -> bool:
    """Does a schema hold a dynamic reference, or lead to a meta-schema, which does?"""
    pending = [contents]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if "$dynamicRef" in node or "$recursiveRef" in node:
                return True
            if str(node.get("$ref", "")).startswith("https://json-schema.org/draft/20"):
                return True
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    return False


def _references(contents: Any) -> Iterator[str]:
    pending = [contents]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
                if isinstance(node.get(keyword), str):
                    yield node[keyword]
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


def meta_schemas(uri: str) -> dict[str, Any]:
    """A meta-schema that JSON Schema publishes with those it consists of, by URI; nothing for any other URI."""
    if not uri.startswith(("http://json-schema.org/", "https://json-schema.org/")):
        return {}
    import jsonschema_specifications  # type: ignore[import-untyped]

    registry = jsonschema_specifications.REGISTRY
    if uri not in registry and uri + "#" not in registry:
        return {}
    folder = uri.rpartition("/")[0] + "/" if "/draft/20" in uri else uri
    return {known.rstrip("#"): registry[known].contents for known in registry if known.startswith(folder)}
