"""How a value is spelled: as text, in JSON, in YAML.

Which characters are written as they are is stated here, not asked of Python: its tables of Unicode differ from version
to version, and the same inputs must give the same bytes on every machine.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from govern.model.pattern import pattern
from govern.parse.scalars import plain

# What fills each hole, by its name: strings, numbers, booleans, lists of them; None where an optional hole is empty.
Values: TypeAlias = Mapping[str, Any]

_VISIBLE = pattern("[ -~\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*\\Z")
_ESCAPED = pattern("[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_CONTROL = pattern("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Text that stands for itself in whatever it is written into: no syntax of YAML, JSON, markdown or a shell begins in it.
_SIMPLE = pattern("[A-Za-z_\xc0-\u02af](?:[A-Za-z0-9_\xc0-\u02af./@+-]|[ ](?=[A-Za-z0-9_\xc0-\u02af]))*\\Z")
# What some reader of YAML takes for a number, a date or a time of day: digits, signs and these few letters.
_NUMBERLIKE = pattern(r"[-+.0-9][-+.:_0-9a-fA-FxXoOtTzZ ]*\Z|[-+]?\.(?:inf|nan)\Z")
_OLD_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"})
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")


def as_text(value: Any) -> str:
    """A value where only text can stand.

    >>> [as_text(value) for value in ("a", True, 1.5, ["x", 2], None)]
    ['a', 'true', '1.5', 'x, 2', '']
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(map(as_text, value))
    return "" if value is None else json.dumps(value)


@lru_cache(maxsize=4096)
def is_simple(text: str) -> bool:
    """Does a text stand for itself wherever a word can stand?

    >>> [is_simple(text) for text in ("ledger", "Acme Pay", "v1.2", "R&D: #1", "no", "- x", "7")]
    [True, True, True, False, False, False, False]
    """
    return bool(_SIMPLE.match(text)) and text.lower() not in _OLD_WORDS


@lru_cache(maxsize=4096)
def is_word(text: str) -> bool:
    """Does a text stand for itself in YAML even as a part of a word, and make no number or truth of it?

    >>> [is_word(text) for text in ("ledger", "Acme Pay", "e", "decade")]
    [True, True, False, False]
    """
    return 5 < len(text) < 200 and is_simple(text) and not _NUMBERLIKE.match("0" + text)


def is_visible(text: str) -> bool:
    """Are all characters such as YAML and an editor show as they are, in one line?"""
    return bool(_VISIBLE.match(text))


def control(text: str) -> str | None:
    """The first character that no text file should hold; tabs and line breaks may stand.

    >>> control("a\\tb\\n"), control("a\\0")
    (None, 'U+0000')
    """
    match = _CONTROL.search(text)
    return f"U+{ord(match[0]):04X}" if match else None


def in_json(value: Any) -> str:
    """A value as JSON; a string in it reads the same as YAML.

    >>> print(in_json(["a\\n\\x85", 1, None]))
    ["a\\n\\u0085", 1, null]
    """
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def in_yaml(value: Any, *, flow: bool = False) -> str:
    """A value as a scalar or a flow sequence of YAML that every reader, of YAML 1.1 too, loads back as itself.

    >>> [in_yaml(value) for value in ("ledger", "no", "R&D: #1", "it's: no", 7, True, ["a", "b, c"])]
    ['ledger', "'no'", "'R&D: #1'", '"it\\'s: no"', '7', 'true', "[a, 'b, c']"]
    """
    if isinstance(value, str):
        if is_plain(value, flow=flow):
            return value
        return f"'{value}'" if is_visible(value) and "'" not in value else in_json(value)
    if isinstance(value, list):
        return f"[{', '.join(in_yaml(item, flow=True) for item in value)}]"
    text = json.dumps(value)
    # YAML 1.1 takes 1e+16 for a text
    return text.replace("e", ".0e", 1) if isinstance(value, float) and "e" in text and "." not in text else text


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Can a text stand unquoted in YAML and be this very string to every reader?"""
    if not text or text[0] in _INDICATORS or text[-1] in ": " or not is_visible(text):
        return False
    if ": " in text or " #" in text or (flow and not set(text).isdisjoint(",[]{}:?")):
        return False
    return isinstance(plain(text), str) and not _NUMBERLIKE.match(text.lower()) and text.lower() not in _OLD_WORDS
