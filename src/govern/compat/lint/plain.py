"""What is plain to see of a schema, without asking the engine?"""

from typing import Any

from govern.compat.positions import ANNOTATIONS, keywords

# Keywords that refuse no value.
NO_ASSERTION = ANNOTATIONS | {"$id", "id", "$schema", "$defs", "definitions", "$anchor", "$dynamicAnchor"}

_COMBINING = keywords(
    "$dynamicRef $recursiveRef $ref allOf anyOf const enum if not oneOf unevaluatedItems unevaluatedProperties"
)
_NUMBERS = frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"})
# What can keep every value of a type out. The empty string, array and object satisfy all other keywords.
_DEMANDS = {
    "string": frozenset({"minLength", "pattern", "format"}),
    "array": frozenset({"contains", "minItems"}),
    "object": frozenset({"minProperties", "required"}),
    "number": _NUMBERS,
    "integer": _NUMBERS,
}
_ALONE = 1  # one demand on a number can be met, and a format, a pattern or a least length by itself too


def is_inhabited(schema: dict[str, Any]) -> bool:
    """Is it plain to see that some value satisfies the schema? False means that it has to be found out.

    >>> is_inhabited({"type": "object", "properties": {"a": False}}), is_inhabited({"minLength": 3, "maxLength": 2})
    (True, True)
    >>> is_inhabited({"type": "string", "minLength": 3, "maxLength": 2})
    False
    """
    if _COMBINING & schema.keys():
        return False
    named = schema.get("type", "null")  # nothing but type refuses null
    return any(_is_met(str(name), schema) for name in (named if isinstance(named, list) else [named]))


def _is_met(name: str, schema: dict[str, Any]) -> bool:
    demands = _DEMANDS.get(name, frozenset()) & schema.keys()
    if name in ("number", "integer"):
        return len(demands) <= _ALONE and not (name == "integer" and "multipleOf" in demands)
    if name == "string":
        return not demands or (len(demands) == _ALONE and "pattern" not in demands and "maxLength" not in schema)
    return not demands


def are_disjoint(one: Any, other: Any) -> bool:
    """Is it plain to see that no value satisfies both? By type, by the values they list, or by those of a property
    that both require.
    """
    if not isinstance(one, dict) or not isinstance(other, dict):
        return one is False or other is False
    types = _types(one), _types(other)
    if types[0] and types[1] and not types[0] & types[1]:
        return True
    if _differ(one, other):
        return True
    if types != ({"object"}, {"object"}):
        return False
    fields = [schema["properties"] if isinstance(schema.get("properties"), dict) else {} for schema in (one, other)]
    required = [schema["required"] if isinstance(schema.get("required"), list) else [] for schema in (one, other)]
    return any(
        _differ(fields[0][name], fields[1][name])
        for name in required[0]
        if name in required[1] and name in fields[0] and name in fields[1]
    )


def only_suggests(schema: Any) -> bool:
    """Is this a list of values, each perhaps with a description, which beside a wider branch are there for editors to
    offer?
    """
    if not isinstance(schema, dict):
        return False
    asserted = schema.keys() - NO_ASSERTION
    for keyword in ("anyOf", "oneOf"):
        if asserted == {keyword} and isinstance(schema[keyword], list):
            return all(isinstance(branch, dict) and _is_listed(branch) for branch in schema[keyword])
    return _is_listed(schema)


def _is_listed(schema: dict[str, Any]) -> bool:
    asserted = schema.keys() - NO_ASSERTION
    return bool({"enum", "const"} & asserted) and asserted <= {"enum", "const", "type"}


def _differ(one: Any, other: Any) -> bool:
    values = _strings(one), _strings(other)
    return bool(values[0] and values[1]) and not values[0] & values[1]


def _types(schema: dict[str, Any]) -> set[str]:
    named = schema.get("type")
    types = {named} if isinstance(named, str) else {str(name) for name in named} if isinstance(named, list) else set()
    return types | {"integer"} if "number" in types else types


def _strings(schema: Any) -> set[str]:
    """The values that a schema allows, where it lists them and all are strings."""
    if not isinstance(schema, dict):
        return set()
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return set()
    return set(values)
