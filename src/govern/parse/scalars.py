"""What a plain YAML scalar means: the one table that every reader of ours uses.

It is the core schema of YAML 1.2.2 (§10.3.2): dates, `on`, `yes`, `1_000` and `0b101` are strings. A scalar that only a
limit keeps from being a number comes back as NotFinite, never as a silent infinity.
"""

import math
from typing import Any, NamedTuple

from govern.model.pattern import pattern

MAX_DIGITS = 4_000  # Python refuses to read integers of more than 4,300 digits (CVE-2020-10735)

MERGE = "<<"

_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_INTEGER = pattern(r"[-+]?[0-9]+\Z")
_BASED = pattern(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_SPECIAL = pattern(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")


class NotFinite(NamedTuple):
    """A number that JSON cannot hold, with its source text."""

    source: str


def plain(text: str) -> Any:
    """The value of an unquoted scalar.

    >>> [plain(text) for text in ("1.10", "0o17", "007", "yes", "2026-01-01", "1_000", "~", ".inf")]
    [1.1, 15, 7, 'yes', '2026-01-01', '1_000', None, NotFinite(source='.inf')]
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _INTEGER.match(text):
        return int(text) if len(text) <= MAX_DIGITS else NotFinite(text)
    if _FLOAT.match(text):
        number = float(text)
        return number if math.isfinite(number) else NotFinite(text)
    if _BASED.match(text):
        return int(text, 0) if len(text) <= MAX_DIGITS else NotFinite(text)
    return NotFinite(text) if _SPECIAL.match(text) else text


def tagged(tag: str, text: str) -> Any:
    """The value of a scalar that carries one of YAML's own tags; ValueError if the text does not fit the tag.

    >>> tagged("tag:yaml.org,2002:str", "12"), tagged("tag:yaml.org,2002:float", "1")
    ('12', 1.0)
    """
    name = tag.rpartition(":")[2]
    if name == "str":
        return text
    value = plain(text)
    if name == "float" and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    fits: dict[str, tuple[type, ...]] = {
        "int": (int, NotFinite),
        "float": (float, NotFinite),
        "bool": (bool,),
        "null": (type(None),),
    }
    if value.__class__ not in fits.get(name, ()):
        raise ValueError(name)
    return value
