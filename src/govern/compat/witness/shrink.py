"""What is the smallest value for which something still holds? A witness that a reader takes in at a glance."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

MAX_CALLS = 200  # at some 50 microseconds for each: ten milliseconds, spent only where something breaks
MAX_DEPTH = 20  # values in values: what lies deeper stays as it is
MAX_RESPELLED = 12  # characters: a longer string is not made readable by writing it in the letter a

_SIMPLEST: tuple[Any, ...] = (None, True, 0, "", [], {})  # the simplest of each type, in this order


def shrink(value: Any, holds: Callable[[Any], bool]) -> Any:
    """The smallest value found for which `holds`; it has to hold for `value` itself, which is left as it was.

    `holds` is called MAX_CALLS times at most, with the same values every time.

    >>> shrink({"name": "Ada", "tags": ["x", "yyy"]}, lambda value: isinstance(value, dict) and "tags" in value)
    {'tags': None}
    """
    search = _Search(value, holds)
    with suppress(_Spent):
        while not _same(search.shrunk(value, search.holds, 0), value):
            value = search.smallest
    return search.smallest


class _Spent(Exception):
    """All calls are made."""


class _Search:
    """One search: the smallest value so far, and the calls that are left."""

    def __init__(self, value: Any, holds: Callable[[Any], bool]) -> None:
        self.smallest = value
        self._asked = holds
        self._left = MAX_CALLS

    def holds(self, value: Any) -> bool:
        if not self._left:
            raise _Spent
        self._left -= 1
        holding = self._asked(value)
        if holding:
            self.smallest = value
        return holding

    def shrunk(self, value: Any, holds: Callable[[Any], bool], depth: int) -> Any:
        for simple in _SIMPLEST[: _rank(value)]:
            if holds(simple):
                return simple
        if isinstance(value, (dict, list)):
            return self._with_less_in_it(value, holds, depth) if depth < MAX_DEPTH else value
        if isinstance(value, str):
            return _respelled(_fewer(value, holds), holds)
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            return _nearer_to_zero(_rounded(value, holds), holds)
        return value

    def _with_less_in_it(self, value: Any, holds: Callable[[Any], bool], depth: int) -> Any:
        if isinstance(value, dict):
            value = dict(_fewer(list(value.items()), lambda pairs: holds(dict(pairs))))
            places = list(value)
        else:
            value = _fewer(value, holds)
            places = list(range(len(value)))
        for place in places:

            def holds_with(item: Any, place: Any = place, around: Any = value) -> bool:
                return holds(_replaced(around, place, item))

            value = _replaced(value, place, self.shrunk(value[place], holds_with, depth + 1))
        return value


def _rank(value: Any) -> int:
    """How many of the simplest values are simpler than this one."""
    if value is None or isinstance(value, bool):
        return int(value is not None)
    rank = 2 if isinstance(value, (int, float, Decimal)) else 3 if isinstance(value, str) else 4
    if isinstance(value, dict):
        rank = 5
    return rank + bool(value)


def _fewer(items: Any, holds: Callable[[Any], bool]) -> Any:
    """A list or string without what can be left out: first halves, then ever smaller pieces."""
    size = (len(items) + 1) // 2
    while size:
        start = 0
        while start < len(items):
            rest = items[:start] + items[start + size :]
            if holds(rest):
                items = rest
            else:
                start += size
        size //= 2
    return items


def _respelled(text: str, holds: Callable[[str], bool]) -> str:
    for index in range(len(text) if len(text) <= MAX_RESPELLED else 0):
        if text[index] != "a":
            other = f"{text[:index]}a{text[index + 1 :]}"
            text = other if holds(other) else text
    return text


def _rounded(value: Any, holds: Callable[[Any], bool]) -> Any:
    """A number with as few digits behind the point as will do; none at all makes it an int."""
    if not isinstance(value, int) and abs(value) < 10**15:  # beyond, floats have no such digits
        for digits in (None, 1, 2, 3):
            other = round(value, digits) if digits else int(value)
            if (other != value or not digits) and holds(other):
                return other
    return value


def _nearer_to_zero(value: Any, holds: Callable[[Any], bool]) -> Any:
    if not isinstance(value, int) or not value:
        return value
    sign = 1 if value > 0 else -1
    if value != sign and holds(sign):
        return sign
    step = abs(value) // 2
    while step:
        nearer = value - sign * step
        if holds(nearer):
            value = nearer
            step = min(step, abs(value) // 2)
        else:
            step //= 2
    return value


def _replaced(value: Any, place: Any, item: Any) -> Any:
    if isinstance(value, dict):
        return {**value, place: item}
    return [*value[:place], item, *value[place + 1 :]]


def _same(one: Any, other: Any) -> bool:
    """Equal, and spelled alike: 1 is neither True nor 1.0."""
    return repr(one) == repr(other)
