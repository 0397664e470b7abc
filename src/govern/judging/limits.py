"""Lengths, ranges and sizes in words; and whatever else a validator may come up with."""

from typing import Any

from govern.judging import rules, words
from govern.model.rule import Rule


def missed(error: Any, name: str, said: str, value: Any) -> tuple[Rule, str]:
    """The rule that an error breaks, and the message; `said` is the value as messages show it."""
    keyword, limit = error.kind.name, getattr(error.kind, "limit", None)
    size = len(value) if isinstance(value, (str, list, dict)) else 0
    thing = "character" if isinstance(value, str) else "key" if isinstance(value, dict) else "item"
    has = f"{name} has {counted(size, thing)}"
    at_least = f"{has}, expected at least {limit}" if size else f"{name} is empty"
    at_most = f"{has}, expected at most {limit}"
    divisor = getattr(error.kind, "multiple_of", None)
    troubles = {
        "minLength": (rules.LENGTH, at_least),
        "maxLength": (rules.LENGTH, at_most),
        "minimum": (rules.RANGE, f"{name} is {said}, expected at least {limit}"),
        "maximum": (rules.RANGE, f"{name} is {said}, expected at most {limit}"),
        "exclusiveMinimum": (rules.RANGE, f"{name} is {said}, expected more than {limit}"),
        "exclusiveMaximum": (rules.RANGE, f"{name} is {said}, expected less than {limit}"),
        "multipleOf": (rules.RANGE, f"{name} is {said}, expected a multiple of {divisor}"),
        "minItems": (rules.ITEMS, at_least),
        "maxItems": (rules.ITEMS, at_most),
        "additionalItems": (rules.ITEMS, at_most),
        "unevaluatedItems": (rules.ITEMS, f"{name} has more items than are described"),
        "uniqueItems": (rules.ITEMS, f"{name} holds {_repeated(value)} twice"),
        "contains": (rules.ITEMS, f"{name} lacks an item that it must hold, or holds too many of it"),
        "minProperties": (rules.SIZE, at_least),
        "maxProperties": (rules.SIZE, at_most),
    }
    return troubles.get(keyword, (rules.OTHER, f"{name} misses what the schema says under {keyword}"))


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "key"), counted(2, "key")
    ('1 key', '2 keys')
    """
    return f"{number} {thing}" + ("" if number == 1 else "s")


def _repeated(value: Any) -> str:
    seen: list[Any] = []
    for item in value if isinstance(value, list) else ():
        if any(item == other and type(item) is type(other) for other in seen):
            return words.shown(item)
        seen.append(item)
    return "an item"
