"""The value of one line of JSON in one go. It only ever accepts: whatever needs explaining is left to `read_json`.

To refuse keys that stand twice in a hook takes longer than all the rest of reading, so they are counted first. In the
text a key is what ends in `":`, if no blank stands between the two; and as that may also stand inside of strings, the
text has as many keys or fewer. The value has as many keys as the text, or fewer where one stands twice. Where both
numbers are the same, no key stands twice; where they differ, the hook tells.
"""

import json
from collections.abc import Callable
from typing import Any

from govern.parse.bounds import MAX_DEPTH
from govern.parse.json import Refused, bounded, distinct, finite, refuse
from govern.parse.scalars import MAX_DIGITS


class Unusual(Exception):
    """It takes more than a look."""


def quickly(data: bytes) -> Any:
    """The value of a line; Unusual where that takes explaining."""
    try:
        text = data.decode().strip(" \t\r\n")
        value, end = _scan(text, 0)
        if end != len(text):
            raise Unusual
        if (
            _keys(value, 1) != text.count('":')
            or " :" in text
            or "\t" in text
            or "\r" in text
            or end > MAX_DIGITS  # then a number in it may be too long
        ):
            value, _ = _scan_exactly(text, 0)
    except (ValueError, StopIteration, RecursionError, Refused) as error:
        raise Unusual from error
    if "\\" in text and ("\\ud" in text or "\\uD" in text) and "\\ud" in repr(value):
        raise Unusual  # half a character, which Python writes as an escape; a whole one it writes as it is
    return value


def _keys(value: Any, depth: int) -> int:
    """How many keys the objects in a value have."""
    if depth > MAX_DEPTH:
        raise Unusual
    is_object = value.__class__ is dict
    total = len(value) if is_object else 0
    for item in value.values() if is_object else value if value.__class__ is list else ():
        kind = item.__class__
        if kind is dict or kind is list:
            total += _keys(item, depth + 1)
    return total


_Scan = Callable[[str, int], tuple[Any, int]]
_scan: _Scan = json.JSONDecoder(parse_float=finite, parse_constant=refuse).scan_once  # type: ignore[attr-defined]
_scan_exactly: _Scan = json.JSONDecoder(  # type: ignore[attr-defined]
    object_pairs_hook=distinct, parse_constant=refuse, parse_float=finite, parse_int=bounded
).scan_once
