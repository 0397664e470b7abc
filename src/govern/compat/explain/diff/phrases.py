"""How places, values and types are named when a change is told. Lists and objects are never shown: they may be long,
and hold secrets.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

MAX_SHOWN = 60  # characters of a value, a pattern or a place in a message
MAX_LISTED = 8  # how many values a message lists

_TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "an array",
    "object": "an object",
    "null": "null",
}


def inner(where: str, step: str) -> str:
    """The name of a property of `where`, "" being the value that the whole schema judges.

    >>> inner("", "total"), inner("lines[]", "unit price")
    ('total', 'lines[]."unit price"')
    """
    word = step if re.fullmatch(r"[\w$@-]+", step) else json.dumps(step, ensure_ascii=False)
    return f"{where}.{word}" if where else word


def below(where: str, part: str) -> str:
    """The name of parts of `where` that have no name of their own: `[]`, `*`.

    >>> below("lines", "[]"), below("labels", "*"), below("", "*")
    ('lines[]', 'labels.*', '*')
    """
    return f"{where}.{part}" if where and not part.startswith("[") else f"{where}{part}"


def name(where: str) -> str:
    """How a message calls a place."""
    return f"…{where[1 - MAX_SHOWN :]}" if len(where) > MAX_SHOWN else where or "the value"


def of(where: str) -> str:
    """` of total`, nothing for the whole value."""
    return f" of {name(where)}" if where else ""


def shown(value: Any) -> str:
    """A value as messages show it.

    >>> shown("a b"), shown(None), shown({"password": "x"})
    ('"a b"', 'null', 'an object')
    """
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "an array"
    return shortened(json.dumps(value, ensure_ascii=False))


def shortened(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Some words in a row.

    >>> listed(["a"]), listed(["a", "b", "c"], "or")
    ('a', 'a, b or c')
    """
    each = list(dict.fromkeys(words))
    if len(each) > MAX_LISTED:
        return f"{', '.join(each[:MAX_LISTED])} {last} {len(each) - MAX_LISTED} more"
    return f"{', '.join(each[:-1])} {last} {each[-1]}" if len(each) > 1 else each[0] if each else "nothing"


def choice(values: Sequence[Any]) -> str:
    """`"a"`, or `one of "a", "b"`."""
    words = [shown(value) for value in values]
    if len(words) == 1:
        return words[0]
    rest = f" and {len(words) - MAX_LISTED} more" if len(words) > MAX_LISTED else ""
    return f"one of {', '.join(words[:MAX_LISTED])}{rest}"


def types(names: Iterable[str]) -> str:
    """Types in words, in a fixed order."""
    wanted = set(names)
    return listed([_TYPES[word] for word in _TYPES if word in wanted], "or")
