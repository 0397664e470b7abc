"""Does this schema admit this value? Asked of the `jsonschema` library, and of `jsonschema-rs`, each by itself.

`jsonschema` gets three things that it needs to answer as JSON Schema says: decimals instead of floats (0.3 is a
multiple of 0.1), each pattern of the tests in the spelling that means the same to Python's `re`, and its format checker.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import jsonschema
import jsonschema_rs
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import specification_with

from tests.laws.dialects import DIALECTS, PATTERNS

PYTHON: dict[str, type[Validator]] = {
    DIALECTS["draft4"]: jsonschema.Draft4Validator,
    DIALECTS["draft6"]: jsonschema.Draft6Validator,
    DIALECTS["draft7"]: jsonschema.Draft7Validator,
    DIALECTS["draft2019-09"]: jsonschema.Draft201909Validator,
    DIALECTS["draft2020-12"]: jsonschema.Draft202012Validator,
}
RUST: dict[str, Any] = {
    DIALECTS["draft4"]: jsonschema_rs.Draft4Validator,
    DIALECTS["draft6"]: jsonschema_rs.Draft6Validator,
    DIALECTS["draft7"]: jsonschema_rs.Draft7Validator,
    DIALECTS["draft2019-09"]: jsonschema_rs.Draft201909Validator,
    DIALECTS["draft2020-12"]: jsonschema_rs.Draft202012Validator,
}
NUMBERS: dict[str, int] = {
    DIALECTS["draft4"]: jsonschema_rs.Draft4,
    DIALECTS["draft6"]: jsonschema_rs.Draft6,
    DIALECTS["draft7"]: jsonschema_rs.Draft7,
    DIALECTS["draft2019-09"]: jsonschema_rs.Draft201909,
    DIALECTS["draft2020-12"]: jsonschema_rs.Draft202012,
}


def dialect_of(contents: Any, default: str) -> str:
    """The meta-schema that a schema names, in the spelling of our table, else the default."""
    named = contents.get("$schema") if isinstance(contents, dict) else None
    if not isinstance(named, str):
        return default
    plain = named.rstrip("#")
    return next((uri for uri in DIALECTS.values() if uri.rstrip("#") == plain), named)


def python_validator(
    contents: Any, dialect: str, *, formats: bool, resources: Mapping[str, Any] | None = None
) -> Validator:
    """`jsonschema`'s validator of the schema, which never fetches anything."""
    own = PYTHON[dialect_of(contents, dialect)]
    known: Registry[Any] = Registry()
    for uri, resource in (resources or {}).items():
        made = specification_with(dialect_of(resource, dialect)).create_resource(for_python(resource))
        known = known.with_resource(uri, made)
    checker = own.FORMAT_CHECKER if formats else None
    return own(for_python(contents), registry=known, format_checker=checker)


def python_admits(contents: Any, value: Any, dialect: str, *, formats: bool, **more: Any) -> bool:
    return python_validator(contents, dialect, formats=formats, **more).is_valid(
        exact(value, dialect_of(contents, dialect))
    )


def rust_validator(contents: Any, dialect: str, *, formats: bool, resources: Mapping[str, Any] | None = None) -> Any:
    own = dialect_of(contents, dialect)
    registry = jsonschema_rs.Registry(list(resources.items()), draft=NUMBERS[own]) if resources else None
    return RUST[own](contents, validate_formats=formats, offline=True, registry=registry)


def rust_admits(contents: Any, value: Any, dialect: str, *, formats: bool, **more: Any) -> bool:
    return bool(rust_validator(contents, dialect, formats=formats, **more).is_valid(value))


def for_python(contents: Any) -> Any:
    return mapped(mapped(contents, _decimal), _spelled)


def exact(value: Any, dialect: str) -> Any:
    """The value with decimals for floats, but 1.0 as an integer, which it is from draft 6 on."""
    return mapped(value, _decimal if dialect == DIALECTS["draft4"] else _number)


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """A JSON value with every key and every scalar changed."""
    if isinstance(value, dict):
        return {change(key): mapped(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [mapped(item, change) for item in value]
    return change(value)


def _decimal(value: Any) -> Any:
    return Decimal(repr(value)) if isinstance(value, float) else value


def _number(value: Any) -> Any:
    return int(_decimal(value)) if isinstance(value, float) and value.is_integer() else _decimal(value)


def _spelled(value: Any) -> Any:
    return PATTERNS.get(value, value) if isinstance(value, str) else value
