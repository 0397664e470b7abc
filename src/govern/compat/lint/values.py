"""Do a schema's own values satisfy it: its defaults, its examples, and what its enumerations allow?"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from govern.compat.lint.rules import DEFAULT_INVALID, ENUM_VALUE_DEAD, EXAMPLE_INVALID
from govern.compat.lint.schema_file import SchemaFile
from govern.compat.positions import DEFAULT, Dialect, Position, keywords, shadows
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.rule import Rule
from govern.validator import BACKTRACK_LIMIT

_MAX_VALUES = 20_000  # of one file: half a second; the largest public schemas hold 3,000


def check_values(schema: SchemaFile, places: Iterable[Position]) -> Iterator[Finding]:
    """The defaults, examples and allowed values that the schema they stand in refuses."""
    values = [entry for position in places for entry in _values(position, schema.dialect)]
    if not values:
        return
    import jsonschema_rs

    registry = jsonschema_rs.Registry(list(schema.everything.items()))
    options = jsonschema_rs.FancyRegexOptions(backtrack_limit=BACKTRACK_LIMIT)
    last, validator = None, None
    for rule, position, at, value in values[:_MAX_VALUES]:
        if position is not last:
            last = position
            # compiling the file once for all its places takes 17 s for the largest public schema, this half a second
            wanted = {"$schema": (schema.dialect or DEFAULT).uri, **schema.reference(position.path)}
            try:
                validator = jsonschema_rs.validator_for(
                    wanted, offline=True, validate_formats=True, registry=registry, pattern_options=options
                )
            except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError):
                validator = None  # other rules say so
        if validator is None or validator.is_valid(value):
            continue
        message = _message(rule, at, value, next(validator.iter_errors(value)))
        if message:
            span = schema.document.span(at)
            about = value if not isinstance(value, (dict, list)) else None
            yield found(rule, schema.document.path, message, span=span, at=at, about=about)


def _message(rule: Rule, at: Path, value: Any, error: Any) -> str | None:
    if rule is not ENUM_VALUE_DEAD:
        what = "default" if rule is DEFAULT_INVALID else f"example {int(at[-1]) + 1}"
        return f"{what} is {_shown(value)}, which its own schema refuses: {_because(error)}"
    keyword = error.kind.name
    return None if keyword == "enum" else f"{_shown(value)} is in the list, but {keyword} refuses it"


def _values(position: Position, dialect: Dialect | None) -> Iterator[tuple[Rule, Position, Path, Any]]:
    schema = position.schema
    if not isinstance(schema, dict):
        return
    if "default" in schema:
        yield DEFAULT_INVALID, position, (*position.path, "default"), schema["default"]
    for keyword, rule in (("examples", EXAMPLE_INVALID), ("enum", ENUM_VALUE_DEAD)):
        several = schema.get(keyword)
        if isinstance(several, list) and (keyword == "examples" or _is_more_than_enum(schema, dialect)):
            for index, value in enumerate(several):
                yield rule, position, (*position.path, keyword, index), value


def _is_more_than_enum(schema: dict[str, Any], dialect: Dialect | None) -> bool:
    """Does something stand beside an enumeration that may refuse what it allows?"""
    return bool(schema.keys() & _BESIDE_ENUM) and not (dialect and shadows(dialect, schema))


_BESIDE_ENUM = DEFAULT.keywords - keywords(
    "$anchor $comment $defs $dynamicAnchor $id $schema default definitions deprecated description enum examples"
    " readOnly title writeOnly"
)


def _because(error: Any) -> str:
    """Which keyword refuses which part."""
    kind, where = error.kind.name, ".".join(str(step) for step in error.instance_path) or "it"
    if kind == "required":
        return f"{error.kind.property} is missing"
    if kind == "type":
        return f"{where} is not of type {' or '.join(error.kind.types)}"
    if kind in ("additionalProperties", "unevaluatedProperties"):
        return f"{', '.join(map(str, error.kind.unexpected))} is unknown"
    if kind == "format":
        return f"{where} is not of format {error.kind.format}"
    return "nothing is admitted" if kind == "falseSchema" else f"{kind} does not admit {where}"


def _shown(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return f"an {'object' if isinstance(value, dict) else 'array'}"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
