"""Where in a schema do schemas stand, and which keywords does a dialect know?"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from govern.model.location import Path


def keywords(text: str) -> frozenset[str]:
    """The words of a text, as a set.

    >>> sorted(keywords("minimum maximum"))
    ['maximum', 'minimum']
    """
    return frozenset(text.split())


# What stands below these keywords is a schema, a list of schemas, or a schema by name; below all others it is data.
# One table serves every dialect: a keyword means a schema in all that know it, and `items` and `dependencies` are told
# apart by what they hold.
ONE = keywords(
    "additionalItems additionalProperties contains contentSchema else if items not propertyNames then"
    " unevaluatedItems unevaluatedProperties"
)
SEVERAL = frozenset({"allOf", "anyOf", "items", "oneOf", "prefixItems"})
NAMED = frozenset({"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"})

# Keywords that no value is ever refused for.
ANNOTATIONS = frozenset(
    {"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"}
)

MAX_SUBSCHEMAS = 20_000  # the largest public schemas have 8,000; a file of MAX_BYTES could hold a million


class Dialect(NamedTuple):
    """One version of JSON Schema: how people call it, its meta-schema, and its keywords."""

    name: str
    uri: str
    keywords: frozenset[str]


_DRAFT_4 = keywords(
    "$ref $schema additionalItems additionalProperties allOf anyOf default definitions dependencies description enum"
    " exclusiveMaximum exclusiveMinimum format id items maxItems maxLength maxProperties maximum minItems minLength"
    " minProperties minimum multipleOf not oneOf pattern patternProperties properties required title type"
    " uniqueItems"
)
_DRAFT_6 = _DRAFT_4 - {"id"} | {"$id", "const", "contains", "examples", "propertyNames"}
_DRAFT_7 = _DRAFT_6 | keywords("$comment contentEncoding contentMediaType else if readOnly then writeOnly")
_2019_09 = _DRAFT_7 - {"dependencies"} | keywords(
    "$anchor $defs $recursiveAnchor $recursiveRef $vocabulary contentSchema dependentRequired dependentSchemas"
    " deprecated maxContains minContains unevaluatedItems unevaluatedProperties"
)
_2020_12 = _2019_09 - {"$recursiveAnchor", "$recursiveRef", "additionalItems"} | {
    "$dynamicAnchor",
    "$dynamicRef",
    "prefixItems",
}

DIALECTS = (
    Dialect("2020-12", "https://json-schema.org/draft/2020-12/schema", _2020_12),
    Dialect("2019-09", "https://json-schema.org/draft/2019-09/schema", _2019_09),
    Dialect("draft-07", "http://json-schema.org/draft-07/schema", _DRAFT_7),
    Dialect("draft-06", "http://json-schema.org/draft-06/schema", _DRAFT_6),
    Dialect("draft-04", "http://json-schema.org/draft-04/schema", _DRAFT_4),
)
DEFAULT = DIALECTS[0]


def dialect_of(contents: Any) -> Dialect | None:
    """The dialect that a schema names, 2020-12 where it names none; None if it names one that we do not know."""
    named = contents.get("$schema") if isinstance(contents, dict) else None
    if not isinstance(named, str):
        return DEFAULT
    # everybody writes http for some and https for others, and every validator takes both
    named = named.removesuffix("#").partition("://")[2]
    return next((dialect for dialect in DIALECTS if dialect.uri.partition("://")[2] == named), None)


def shadows(dialect: Dialect, schema: Any) -> bool:
    """Does a `$ref` make the schema's other keywords count for nothing, as it does up to draft-07?"""
    return isinstance(schema, dict) and isinstance(schema.get("$ref"), str) and "$defs" not in dialect.keywords


def children(schema: Any) -> Iterator[tuple[Path, Any]]:
    """The schemas directly inside a schema, each with the steps to it: a keyword, often a name or an index."""
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        if keyword in NAMED and isinstance(value, dict):
            for name, inner in value.items():
                if isinstance(inner, (dict, bool)):  # `dependencies` holds lists of names too
                    yield (keyword, name), inner
        elif keyword in SEVERAL and isinstance(value, list):
            for index, inner in enumerate(value):
                if isinstance(inner, (dict, bool)):
                    yield (keyword, index), inner
        elif keyword in ONE and isinstance(value, (dict, bool)):
            yield (keyword,), value


class Position(NamedTuple):
    """A schema inside a schema: where, what, and the last steps of the way, which its parent takes to it."""

    path: Path
    schema: Any
    steps: Path = ()

    @property
    def parent(self) -> Path:
        return self.path[: len(self.path) - len(self.steps)]

    @property
    def keyword(self) -> str:
        """The keyword of the parent that this is a schema of; empty for the whole."""
        return str(self.steps[0]) if self.steps else ""


def positions(contents: Any) -> Iterator[Position]:
    """The schema and every schema inside it, in the order of the file, at most `MAX_SUBSCHEMAS`."""
    pending = [Position((), contents)]
    for _ in range(MAX_SUBSCHEMAS):
        if not pending:
            return
        position = pending.pop()
        yield position
        inside = [Position((*position.path, *steps), inner, steps) for steps, inner in children(position.schema)]
        pending.extend(reversed(inside))


def meaning(schema: Any) -> Any:
    """The schema without its annotations. A property that is called `title` is no annotation.

    >>> meaning({"title": "Order", "properties": {"title": {"type": "string", "default": ""}}, "const": {"title": 1}})
    {'properties': {'title': {'type': 'string'}}, 'const': {'title': 1}}
    """
    if not isinstance(schema, dict):
        return schema
    result: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in ANNOTATIONS:
            continue
        if keyword in NAMED and isinstance(value, dict):
            value = {name: meaning(inner) for name, inner in value.items()}
        elif keyword in SEVERAL and isinstance(value, list):
            value = [meaning(inner) for inner in value]
        elif keyword in ONE:
            value = meaning(value)
        result[keyword] = value
    return result
