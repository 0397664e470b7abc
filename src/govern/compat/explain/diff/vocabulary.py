"""What is known of JSON Schema's keywords: which types each constrains, and which only annotate."""

import json
from typing import Any

from govern.compat import positions

ANNOTATIONS = positions.ANNOTATIONS | {"contentEncoding", "contentMediaType", "contentSchema", "example"}

KEYWORD_TYPES: dict[str, frozenset[str]] = {
    keyword: frozenset(types)
    for types, keywords in (
        (("number", "integer"), "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"),
        (("string",), "minLength maxLength pattern format"),
        (("array",), "items prefixItems additionalItems unevaluatedItems contains minContains maxContains"),
        (("array",), "minItems maxItems uniqueItems"),
        (("object",), "properties patternProperties additionalProperties unevaluatedProperties propertyNames"),
        (("object",), "required minProperties maxProperties dependentRequired dependentSchemas dependencies"),
    )
    for keyword in keywords.split()
}
"""The only types that a keyword constrains. A keyword that is not here speaks of all of them, or of none."""


def is_annotation(keyword: str) -> bool:
    """Does a keyword only tell people and tools something? Extensions, `x-…`, do."""
    return keyword in ANNOTATIONS or keyword[:2] in ("x-", "X-")


def is_of_type(value: Any, name: str) -> bool:
    """Is a JSON value of a JSON Schema type?

    >>> is_of_type(1.0, "integer"), is_of_type(True, "integer"), is_of_type(1, "number")
    (True, False, True)
    """
    if isinstance(value, bool) or value is None:
        return name == ("null" if value is None else "boolean")
    if isinstance(value, (int, float)):
        return name == "number" or (name == "integer" and value == value // 1)
    return name == ("string" if isinstance(value, str) else "array" if isinstance(value, list) else "object")


def type_of(value: Any) -> str:
    """The JSON Schema type of a JSON value, the narrowest one."""
    if isinstance(value, bool) or value is None:
        return "null" if value is None else "boolean"
    if isinstance(value, (int, float)):
        return "integer" if value == value // 1 else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def key_of(value: Any) -> str:
    """The same text for equal JSON values and only for them, numbers compared by what they are worth.

    >>> key_of([1.0, {"b": 0, "a": True}]) == key_of([1, {"a": True, "b": 0}]), key_of(True) == key_of(1)
    (True, False)
    """
    return json.dumps(_worth(value), sort_keys=True)


def _worth(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _worth(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_worth(item) for item in value]
    return value
