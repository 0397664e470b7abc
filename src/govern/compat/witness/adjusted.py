"""Does a schema admit a value, says the `jsonschema` library? With three adjustments, and none beyond.

Numbers are decimal, as JSON writes them; `pattern` and all that consults patterns mean what ECMA-262 says; the formats
are those of `jsonschema[format-nongpl]`, with `regex` by ECMA-262 again. Nothing is ever fetched.

Importing `jsonschema` takes a tenth of a second, so it happens when the first schema is built.
"""

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import FunctionType, SimpleNamespace
from typing import Any

from govern.compat.solver.resources import DRAFT4, DRAFT6, DRAFT7, DRAFT2019, DRAFT2020, dialect_of
from govern.compat.witness import ecma
from govern.compat.witness.postponed import import_jsonschema

MAX_APPLICATIONS = 50_000  # of a subschema to a part of the value: half a second

# How many are left for the value at hand. The library carries nothing of ours from one subschema to the next.
_LEFT: ContextVar[list[int]] = ContextVar("left")


class Adjusted:
    """A schema as the adjusted library reads it. What the library raises, `admits` raises."""

    def __init__(self, contents: Any, resources: Mapping[str, Any], dialect: int, formats: bool) -> None:
        import referencing

        classes = _classes()
        documents = [(uri, _document(other, dialect)) for uri, other in resources.items()]
        registry: Any = referencing.Registry().with_resources(
            # Draft 4 knows no booleans as schemas, and cannot even ask one for its id.
            (uri, classes.specifications[own if isinstance(schema, dict) else DRAFT2020].create_resource(schema))
            for uri, (schema, own) in documents
        )
        schema, own = _document(contents, dialect)
        chosen = classes.by_dialect[own]
        self._validator = chosen(schema, registry=registry, format_checker=chosen.FORMAT_CHECKER if formats else None)

    def admits(self, value: Any) -> bool:
        """Does the schema admit this value? Raises Unanswered where that takes too long."""
        _LEFT.set([MAX_APPLICATIONS])
        return bool(self._validator.is_valid(_decimal(value)))


class _Classes:
    """The library's validator classes by dialect, adjusted."""

    def __init__(self) -> None:
        import_jsonschema()
        import jsonschema
        import referencing.jsonschema as known

        stock = {
            DRAFT4: jsonschema.Draft4Validator,
            DRAFT6: jsonschema.Draft6Validator,
            DRAFT7: jsonschema.Draft7Validator,
            DRAFT2019: jsonschema.Draft201909Validator,
            DRAFT2020: jsonschema.Draft202012Validator,
        }
        self.specifications = {
            DRAFT4: known.DRAFT4,
            DRAFT6: known.DRAFT6,
            DRAFT7: known.DRAFT7,
            DRAFT2019: known.DRAFT201909,
            DRAFT2020: known.DRAFT202012,
        }
        # The type of a schema says its dialect: a reference may lead below the place where `$schema` stands.
        self.types: dict[int, type[dict[str, Any]]] = {draft: type(f"Draft{draft}", (dict,), {}) for draft in stock}
        self.by_dialect = {draft: self._adjusted(validator, draft) for draft, validator in stock.items()}
        self._by_type = {self.types[draft]: validator for draft, validator in self.by_dialect.items()}

    def _adjusted(self, stock: Any, dialect: int) -> Any:
        from jsonschema import FormatChecker, validators

        keywords = {
            "$ref": _reference,
            "additionalProperties": _additional_properties,
            "multipleOf": _multiple_of,
            "pattern": _pattern,
            "patternProperties": _pattern_properties,
        }
        if dialect >= DRAFT2020:
            keywords["$dynamicRef"] = _reference
        if dialect >= DRAFT2019:
            keywords["unevaluatedProperties"] = _consulting_ecma(stock.VALIDATORS["unevaluatedProperties"])
        checker = FormatChecker(())
        checker.checkers = {**stock.FORMAT_CHECKER.checkers, "regex": (ecma.is_pattern, ())}
        types = stock.TYPE_CHECKER.redefine("integer", _is_written_as_integer if dialect == DRAFT4 else _is_integral)
        extend: Any = validators.extend
        adjusted: Any = extend(stock, keywords, type_checker=types, format_checker=checker)

        def evolve(validator: Any, **changes: Any) -> Any:
            left = _LEFT.get()
            left[0] -= 1
            if left[0] < 0:
                raise ecma.Unanswered(f"jsonschema would apply more than {MAX_APPLICATIONS} subschemas to it")
            # The library's own method would go by `$schema` to its unadjusted classes.
            schema = changes.setdefault("schema", validator.schema)
            changes.setdefault("registry", validator._registry)
            changes.setdefault("_resolver", validator._resolver)
            chosen = self._class_of(schema) or adjusted
            return chosen(format_checker=validator.format_checker and chosen.FORMAT_CHECKER, **changes)

        adjusted.evolve = evolve
        return adjusted

    def _class_of(self, schema: Any) -> Any:
        chosen = self._by_type.get(type(schema))
        if chosen is None and isinstance(schema, dict):
            # a meta-schema, which comes with the library
            chosen = self.by_dialect.get(dialect_of(str(schema.get("$schema"))) or 0)
        return chosen


@cache
def _classes() -> _Classes:
    return _Classes()


def _decimal(value: Any) -> Any:
    """A JSON value whose numbers are int or Decimal."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, dict):
        return {name: _decimal(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_decimal(item) for item in value]
    return value


def _document(contents: Any, dialect: int) -> tuple[Any, int]:
    """A schema with decimal numbers, every object of the type that says its dialect; and that dialect."""
    types = _classes().types
    own = _stated(contents) or dialect

    def converted(node: Any, draft: int) -> Any:
        if isinstance(node, dict):
            draft = _stated(node) or draft
            return types[draft]({name: converted(item, draft) for name, item in node.items()})
        if isinstance(node, (list, tuple)):
            return [converted(item, draft) for item in node]
        return Decimal(repr(node)) if isinstance(node, float) else node

    return converted(contents, own), own


def _stated(node: Any) -> int | None:
    stated = node.get("$schema") if isinstance(node, dict) else None
    return dialect_of(stated) if isinstance(stated, str) else None


def _is_integral(_: Any, value: Any) -> bool:
    if isinstance(value, Decimal):
        return value == value.to_integral_value()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_written_as_integer(_: Any, value: Any) -> bool:
    """Draft 4 calls 1 an integer, but not 1.0 or 1e2."""
    if isinstance(value, Decimal):
        return value.as_tuple().exponent == 0
    return isinstance(value, int) and not isinstance(value, bool)


# Keywords, with the signature that the library gives them. What an error says is read by nobody.


def _reference(validator: Any, reference: str, instance: Any, _: Any) -> Iterator[Any]:
    resolved = validator._resolver.lookup(reference)
    yield from validator.evolve(schema=resolved.contents, _resolver=resolved.resolver).iter_errors(instance)


def _multiple_of(validator: Any, divisor: Any, instance: Any, _: Any) -> Iterator[Any]:
    if validator.is_type(instance, "number") and (Fraction(instance) / Fraction(divisor)).denominator != 1:
        yield _error("multipleOf")


def _pattern(validator: Any, pattern: str, instance: Any, _: Any) -> Iterator[Any]:
    if validator.is_type(instance, "string") and not ecma.found(pattern, instance):
        yield _error("pattern")


def _pattern_properties(validator: Any, patterns: Any, instance: Any, _: Any) -> Iterator[Any]:
    if validator.is_type(instance, "object"):
        for pattern, subschema in patterns.items():
            for name, value in instance.items():
                if ecma.found(pattern, name):
                    yield from validator.descend(value, subschema)


def _additional_properties(validator: Any, subschema: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if validator.is_type(instance, "object"):
        named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        for name, value in instance.items():
            if name not in named and not any(ecma.found(pattern, name) for pattern in patterns):
                yield from validator.descend(value, subschema)


def _error(keyword: str) -> Exception:
    from jsonschema import ValidationError

    return ValidationError(keyword)


def _consulting_ecma(function: Any) -> Any:
    """`unevaluatedProperties` as the library has it, except that `patternProperties` are consulted by ECMA-262.

    The function and its helper are copied, with another `re` among their globals; the library itself stays untouched.
    """
    name = "find_evaluated_property_keys_by_schema"
    helper = function.__globals__[name]
    around_helper = {**helper.__globals__, "re": SimpleNamespace(search=ecma.found)}
    around_helper[name] = FunctionType(helper.__code__, around_helper)
    return FunctionType(function.__code__, {**function.__globals__, name: around_helper[name]})
