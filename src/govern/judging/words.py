"""How values, types and formats are named in messages. Nothing here ever prints a whole list or mapping: they may
hold secrets.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from govern.model.document import Reader

MAX_SHOWN = 60  # characters of a value in a message
MAX_OPTIONS = 12  # how many allowed values a message lists

TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
}

FORMATS = {
    "date": "a date, written YYYY-MM-DD",
    "date-time": "a time, written 2026-01-31T12:00:00Z",
    "time": "a time of day, written 12:00:00Z",
    "duration": "a duration, written as in ISO 8601: P1DT12H",
    "email": "an e-mail address",
    "hostname": "a host name",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "uri": "a URI with a scheme",
    "uri-reference": "a URI or a relative reference",
    "uuid": "a UUID, written 8-4-4-4-12 hex digits",
    "json-pointer": "a JSON Pointer",
    "regex": "a regular expression",
}


def type_of(value: Any) -> str:
    """The JSON Schema type of a value, the narrowest one."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def shown(value: Any, source: str | None = None) -> str:
    """A value as messages show it: strings in quotes, numbers as their author wrote them, never what a mapping holds.

    >>> shown("a b"), shown(1.1, "1.10"), shown({"password": "x"}), shown([1, 2])
    ('"a b"', '1.10', 'a mapping', 'a list')
    """
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)
    elif value is None:
        text = "null" if source in ("null", "Null", "NULL", "~") else "empty"
    else:
        text = source if source and len(source) <= MAX_SHOWN and "\n" not in source else json.dumps(value)
    if len(text) > MAX_SHOWN:
        text = text[: MAX_SHOWN - 2] + "…" + ('"' if isinstance(value, str) else "")
    return text


def name(path: Sequence[str | int], document: str = "the document") -> str:
    """How a message calls the value at a path.

    >>> name(("services", "web", "ports", 0)), name(("id",)), name(())
    ('item 1 of ports', 'id', 'the document')
    """
    if not path:
        return document
    last = path[-1]
    if isinstance(last, str):
        return last if last.strip() and len(last) <= MAX_SHOWN else json.dumps(last)[:MAX_SHOWN]
    return f"item {last + 1} of {name(path[:-1], document)}"


def either(words: Iterable[str], last: str = "or") -> str:
    """A list in words.

    >>> either(["a"]), either(["a", "b", "c"])
    ('a', 'a, b or c')
    """
    items = list(dict.fromkeys(words))
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else "nothing"


def options(values: Sequence[Any], near: Sequence[str] = ()) -> str:
    """The allowed values: all of them if there are few, else the nearest."""
    words = [
        value
        if isinstance(value, str) and value.strip() and "," not in value
        else shown(value, "null" if value is None else None)
        for value in values
    ]
    if len(words) <= MAX_OPTIONS:
        return f"one of {', '.join(words)}" if len(words) > 1 else words[0] if words else "nothing at all"
    first = [word for word in words if word in near] or words[: MAX_OPTIONS // 2]
    return f"one of {', '.join(first)} and {len(words) - len(first)} more"


def types(names: Iterable[str]) -> str:
    """Expected types in words."""
    return either(TYPES.get(item, item) for item in names)


def container(reader: Reader) -> dict[str, str]:
    """What JSON and TOML call the things that YAML calls mapping and list."""
    if reader == "json":
        return {"a mapping": "an object", "a list": "an array"}
    return {"a mapping": "a table", "a list": "an array"} if reader == "toml" else {}
