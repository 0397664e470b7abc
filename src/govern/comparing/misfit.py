"""What is wrong with the value of a keyword, in words for whoever wrote it?

The validator says which rule of the meta-schema it broke; this says what was expected in its place.
"""

import json
from collections.abc import Callable
from typing import Any

from govern.compat.positions import NAMED, ONE, SEVERAL
from govern.model.location import Path
from govern.validator import Unusable

_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
MAX_SHOWN = 60  # characters of the value that is wrong; its place is named, too


def said(contents: Any, error: Unusable) -> str:
    """The error in words that name the value and what it should be; the validator's own where those are not known.

    >>> said({"type": "strin"}, Unusable("anyOf", ("type",)))
    'type is "strin", expected one of array, boolean, integer, null, number, object, string, or a list of them'
    >>> said({"pattern": "["}, Unusable('"[" is no regular expression', ("pattern",)))
    '"[" is no regular expression'
    """
    value = contents
    for step in error.path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return str(error)
    keyword = _keyword(error.path)
    if keyword is None:
        fits, expected = isinstance(value, (dict, bool)), "a schema: an object"
    elif keyword in _EXPECTED and error.path[-1] == keyword:
        test, expected = _EXPECTED[keyword]
        fits = test(value)
    else:
        return str(error)
    if fits:
        return str(error)
    text = json.dumps(value, ensure_ascii=False, default=str)
    shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
    return f"{error.path[-1] if error.path else 'the schema'} is {shown}, expected {expected}"


def _keyword(path: Path) -> str | None:
    """The keyword that a path leads into; None where it leads to a schema."""
    steps = list(path)
    while steps:
        word = str(steps.pop(0))
        if steps and (word in NAMED or (word in SEVERAL and isinstance(steps[0], int))):
            steps.pop(0)
        elif word not in ONE:
            return word
    return None


def _is_count(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, (int, float)) and value >= 0 and value % 1 == 0


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, (int, float))


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value) and len(set(value)) == len(value)


def _are_types(value: Any) -> bool:
    several = value if isinstance(value, list) else [value]
    return bool(several) and _are_names(several) and all(name in _TYPES for name in several)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_EXPECTED: dict[str, tuple[Callable[[Any], bool], str]] = {
    "type": (_are_types, f"one of {', '.join(_TYPES)}, or a list of them"),
    "required": (_are_names, "a list of names, each once"),
    "enum": (lambda value: isinstance(value, list), "a list of values"),
    "uniqueItems": (lambda value: isinstance(value, bool), "true or false"),
    "multipleOf": (lambda value: _is_number(value) and value > 0, "a number above 0"),
    **dict.fromkeys(("minimum", "maximum"), (_is_number, "a number")),
    **dict.fromkeys(("pattern", "format", "$ref", "$id", "title", "description"), (_is_text, "a text")),
    **{word: (lambda value: isinstance(value, dict), "an object of schemas by name") for word in NAMED},
    **{
        word: (lambda value: isinstance(value, list) and bool(value), "a list of at least one schema")
        for word in ("allOf", "anyOf", "oneOf")
    },
    **{
        end + what: (_is_count, "a whole number, 0 or more")
        for end in ("min", "max")
        for what in ("Length", "Items", "Properties", "Contains")
    },
}
