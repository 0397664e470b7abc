"""The dialects of JSON Schema, and the spelling of a schema of draft 2020-12 in an older one.

Patterns are here too: each one that the tests use, with its spelling for Python's `re`, in which `$` also stands before
a last line break and `\\d` also means the digits of other scripts.
"""

from typing import Any

DIALECTS = {
    "draft4": "http://json-schema.org/draft-04/schema#",
    "draft6": "http://json-schema.org/draft-06/schema#",
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}
DRAFTS = list(DIALECTS)
FIRST = {
    "const": "draft6",
    "contains": "draft6",
    "propertyNames": "draft6",
    "if": "draft7",
    "minContains": "draft2019-09",
    "maxContains": "draft2019-09",
    "unevaluatedProperties": "draft2019-09",
    "unevaluatedItems": "draft2019-09",
    "$dynamicRef": "draft2020-12",
    "$anchor": "draft2019-09",
}
SINGLE = {
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "items",
}
LISTS = {"allOf", "anyOf", "oneOf", "prefixItems"}
MAPS = {"properties", "patternProperties", "dependentSchemas", "$defs"}


class Unsayable(Exception):
    """An older draft has no words for this."""


def older(one: str, other: str) -> bool:
    return DRAFTS.index(one) < DRAFTS.index(other)


def spelled(schema: Any, draft: str) -> Any:
    """A schema of draft 2020-12 in the words of another draft: the same set of values."""
    if isinstance(schema, bool):
        if draft != "draft4":
            return schema
        return {} if schema else {"not": {}}
    result: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword == "const" and draft == "draft4":
            result["enum"] = [value]
            continue
        if keyword in FIRST and older(draft, FIRST[keyword]):
            raise Unsayable(keyword)
        result |= _keyword(keyword, _inside(keyword, value, draft), draft, schema)
    if older(draft, "draft2019-09") and "$ref" in result:
        return _reference_alone(result)
    return result


def _inside(keyword: str, value: Any, draft: str) -> Any:
    if keyword in SINGLE:
        return spelled(value, draft)
    if keyword in LISTS:
        return [spelled(item, draft) for item in value]
    if keyword in MAPS:
        return {name: spelled(item, draft) for name, item in value.items()}
    if keyword == "$ref" and older(draft, "draft2019-09"):
        return value.replace("/$defs/", "/definitions/")
    return value


def _keyword(keyword: str, value: Any, draft: str, schema: Any) -> dict[str, Any]:
    """What stands for one keyword, `value` being in the older spelling already."""
    if keyword == "prefixItems" and older(draft, "draft2020-12"):
        return {"items": value}
    if keyword == "items" and "prefixItems" in schema and older(draft, "draft2020-12"):
        return {"additionalItems": value}
    if keyword == "$defs" and older(draft, "draft2019-09"):
        return {"definitions": value}
    if keyword == "$id" and draft == "draft4":
        return {"id": value}
    if keyword in ("dependentRequired", "dependentSchemas") and older(draft, "draft2019-09"):
        if "dependentRequired" in schema and "dependentSchemas" in schema:
            raise Unsayable("two kinds of dependencies")
        return {"dependencies": value}
    if keyword in ("exclusiveMinimum", "exclusiveMaximum") and draft == "draft4":
        plain = keyword.replace("exclusiveM", "m")
        if plain in schema:
            raise Unsayable(f"{plain} beside {keyword}")
        return {plain: value, keyword: True}
    if keyword == "required" and draft == "draft4" and not value:
        return {}
    return {keyword: value}


def _reference_alone(schema: dict[str, Any]) -> dict[str, Any]:
    """Up to draft 7, what stands beside `$ref` is ignored: definitions may, anything else moves to a branch."""
    around: dict[str, Any] = {key: schema[key] for key in ("$schema", "$id", "id", "definitions") if key in schema}
    beside = {key: value for key, value in schema.items() if key != "$ref" and key not in around}
    reference = {"$ref": schema["$ref"]}
    if not beside and not set(around) - {"definitions"}:
        return schema
    return {**around, "allOf": [reference, beside] if beside else [reference]}


# Patterns, and what means the same to Python's `re`
PATTERNS = {
    "^a": "^a",
    "^b": "^b",
    "^x": "^x",
    "^x-": "^x-",
    "^[a-z]": "^[a-z]",
    "b$": r"b\Z",
    "^a.*b$": "^a[^\\n\\r\u2028\u2029]*b\\Z",
    "^[a-c]+$": r"^[a-c]+\Z",
    "^[a-z]+$": r"^[a-z]+\Z",
    "^[a-z]*$": r"^[a-z]*\Z",
    "^[a-z]{2,4}$": r"^[a-z]{2,4}\Z",
    "^[a-z]{5}$": r"^[a-z]{5}\Z",
    "^[a-z0-9]+$": r"^[a-z0-9]+\Z",
    "^[a-z0-9]+(-[a-z0-9]+)*$": r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    "^[a-z0-9-]{1,63}$": r"^[a-z0-9-]{1,63}\Z",
    "^(red|green)$": r"^(red|green)\Z",
    "^(a|b)$": r"^(a|b)\Z",
    "^[ab]$": r"^[ab]\Z",
    "^ab?$": r"^ab?\Z",
    "^a$": r"^a\Z",
    "^(?!x)[a-z]+$": r"^(?!x)[a-z]+\Z",
    "^\\d+$": r"^[0-9]+\Z",
    "^[0-9]+$": r"^[0-9]+\Z",
    "^\\d+\\.\\d+\\.\\d+$": r"^[0-9]+\.[0-9]+\.[0-9]+\Z",
    "^\\d+\\.\\d+(\\.\\d+)?$": r"^[0-9]+\.[0-9]+(\.[0-9]+)?\Z",
    "^\\d{4}-\\d{2}-\\d{2}$": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z",
    "^2024-": "^2024-",
    "^[0-9a-fA-F-]{36}$": r"^[0-9a-fA-F-]{36}\Z",
    "^(.*)$": "^([^\\n\\r\u2028\u2029]*)\\Z",
    "[\\s\\S]": "[\\s\\S]",
    "^[A-Z]{3}$": r"^[A-Z]{3}\Z",
    "^[A-Z]{2,3}$": r"^[A-Z]{2,3}\Z",
    "^.{3}$": "^[^\\n\\r\u2028\u2029]{3}\\Z",
}
