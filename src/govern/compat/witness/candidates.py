"""Which few values would most likely refute a proof of compatibility? Read off the two schemas, without any engine.

It looks at the schemas as they are written: declared properties, listed values, bounds. It follows references within
a schema, knows nothing of what keywords mean together, and promises nothing: each value is for somebody else to judge.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from govern.model.location import steps

LIMIT = 40  # values: each costs both schemas some microseconds
MAX_DEPTH = 3  # objects in objects: deeper mistakes show at the surface, or not at all
MAX_FACETS = 12  # subschemas for the same value
MAX_LISTED = 8  # listed values or properties looked at: an enum of a thousand tells no more
MAX_LENGTH = 64  # characters or items: beyond, a value is dearer than what it tells
UNKNOWN_KEY = "undeclared"

_ONE_OF_EACH: tuple[Any, ...] = (None, True, 0, 1, -1, 0.5, "", "a", [], {})
_BY_TYPE: dict[str, Any] = {"null": None, "boolean": True, "integer": 0, "number": 0.5, "string": "a"}
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def candidates(old: Any, new: Any, limit: int = LIMIT) -> Iterator[Any]:
    """At most `limit` distinct values: what the schemas speak of, in turns, and one value of each type.

    >>> list(candidates({"const": 7}, {"maxLength": 1}, limit=14))[:4]
    [7, '', 'a', 'aa']
    """
    told = islice(_in_turns([_values(old, old, 0), _values(new, new, 0)]), 4 * limit)
    reserved = limit - len(_ONE_OF_EACH)
    seen: set[str] = set()
    yield from chain(_distinct(told, seen, reserved), _distinct(iter(_ONE_OF_EACH), seen, limit))


def _distinct(values: Iterator[Any], seen: set[str], most: int) -> Iterator[Any]:
    """The values that were not seen yet, until `most` are."""
    for value in values:
        if len(seen) >= most:
            return
        spelled = repr(value)  # 1 is neither True nor 1.0
        if spelled not in seen:
            seen.add(spelled)
            yield value


def _in_turns(several: list[Iterator[Any]]) -> Iterator[Any]:
    """The first value of each, then the second of each, and so on."""
    while several:
        left = []
        for values in several:
            for value in values:
                yield value
                left.append(values)
                break
        several = left


def _values(schema: Any, root: Any, depth: int) -> Iterator[Any]:
    """Telling values for a schema: those it lists, objects and arrays as it declares them, and what lies at bounds."""
    facets = _facets(schema, root)
    several = [_listed(facets)]
    if depth < MAX_DEPTH:
        several += [_objects(facets, root, depth), _arrays(facets, root, depth)]
    several += [_at_limits(facets), _at_lengths(facets)]
    return _in_turns(several)


def _facets(schema: Any, root: Any) -> list[dict[str, Any]]:
    """A schema, and the subschemas that it may apply to the same value."""
    facets: list[dict[str, Any]] = []
    pending = [schema]
    while pending and len(facets) < MAX_FACETS:
        facet = pending.pop(0)
        if isinstance(facet, dict) and not any(facet is known for known in facets):
            facets.append(facet)
            if isinstance(facet.get("$ref"), str):
                pending.append(_target(facet["$ref"], root))
            for keyword in ("allOf", "anyOf", "oneOf"):
                pending += _list(facet.get(keyword))
            pending += [facet.get(keyword) for keyword in ("if", "then", "else")]
    return facets


def _target(reference: str, root: Any) -> Any:
    document, _, fragment = reference.partition("#")
    node = None if document else root
    for step in steps(fragment):
        node = node.get(step) if isinstance(node, dict) else None
    return node


def _listed(facets: list[dict[str, Any]]) -> Iterator[Any]:
    for facet in facets:
        for keyword in ("const", "default"):
            if keyword in facet:
                yield facet[keyword]
        for keyword in ("enum", "examples"):
            yield from _list(facet.get(keyword))


def _objects(facets: list[dict[str, Any]], root: Any, depth: int) -> Iterator[Any]:
    """Objects as declared, and with one thing wrong."""
    declared = {name: schema for facet in facets for name, schema in _dict(facet.get("properties")).items()}
    required = [name for facet in facets for name in _list(facet.get("required")) if isinstance(name, str)]
    if not declared and not required:
        return
    samples = {name: _sample(declared[name], root, depth + 1) for name in islice(declared, MAX_LISTED)}
    least = {name: samples.get(name, _sample(declared.get(name), root, depth + 1)) for name in required}
    yield samples | least
    yield least
    yield least | {UNKNOWN_KEY: 0}
    yield samples | least | {UNKNOWN_KEY: 0}
    for name in islice(least, MAX_LISTED):
        yield {other: value for other, value in least.items() if other != name}
    for name, sample in islice(samples.items(), MAX_LISTED):
        yield least | {name: 0 if isinstance(sample, (str, bool)) or sample is None else "a"}
    yield from _in_turns(
        [_placed(least, name, _values(declared[name], root, depth + 1)) for name in islice(declared, MAX_LISTED)]
    )


def _placed(around: dict[str, Any], name: str, values: Iterator[Any]) -> Iterator[Any]:
    for value in values:
        yield around | {name: value}


def _arrays(facets: list[dict[str, Any]], root: Any, depth: int) -> Iterator[Any]:
    for facet in facets:
        schemas = [facet.get(keyword) for keyword in ("items", "contains", "additionalItems")]
        items = next((schema for schema in schemas if isinstance(schema, dict)), None)
        prefix = [schema for keyword in ("prefixItems", "items") for schema in _list(facet.get(keyword))]
        if items is None and not prefix and "maxItems" not in facet and "minItems" not in facet:
            continue
        start = [_sample(schema, root, depth + 1) for schema in prefix]
        item = _sample(items, root, depth + 1)
        yield [*start, item]
        yield start
        for length in _around(facet.get("minItems")) + _around(facet.get("maxItems")):
            yield [*start, *[item] * (length - len(start))][:length]
        yield [*start, item, item]
        for value in _values(items, root, depth + 1) if items else ():
            yield [*start, value]


def _at_limits(facets: list[dict[str, Any]]) -> Iterator[Any]:
    for facet in facets:
        for keyword in _LIMITS:
            limit = facet.get(keyword)
            if isinstance(limit, (int, float, Decimal)) and not isinstance(limit, bool):
                yield from (limit, limit - 1, limit + 1)


def _at_lengths(facets: list[dict[str, Any]]) -> Iterator[Any]:
    for facet in facets:
        for keyword in ("minLength", "maxLength"):
            yield from ("a" * length for length in _around(facet.get(keyword)))


def _around(length: Any) -> list[int]:
    """A length, one less and one more, as far as they are worth building."""
    if not isinstance(length, (int, float)) or isinstance(length, bool) or not 0 <= length <= MAX_LENGTH:
        return []
    return [near for near in (int(length) - 1, int(length), int(length) + 1) if near >= 0]


def _sample(schema: Any, root: Any, depth: int) -> Any:
    """A value that the schema probably admits."""
    facets = _facets(schema, root)
    for value in _listed(facets):
        return value
    for facet in facets:
        kind = facet.get("type")
        kind = kind[0] if isinstance(kind, list) and kind else kind
        if (kind == "object" or (kind is None and "properties" in facet)) and depth < MAX_DEPTH:
            return next(islice(_objects(facets, root, depth), 1, None), {})
        if kind in ("array", "object"):
            item = _sample(facet.get("items"), root, depth + 1) if depth < MAX_DEPTH else None
            return {} if kind == "object" else [item] * min(_around(facet.get("minItems"))[1:2] or [0])
        if kind == "string":
            return "a" * max(1, *_around(facet.get("minLength"))[1:2], 1)
        if kind in ("integer", "number") and "minimum" in facet:
            return facet["minimum"]
        if isinstance(kind, str) and kind in _BY_TYPE:
            return _BY_TYPE[kind]
    return "a"


def _list(value: Any) -> list[Any]:
    return value[:MAX_LISTED] if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
