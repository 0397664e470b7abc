"""How a value is written into JSON so that it loads back as exactly itself: escaped inside a string, as a JSON value
where the token stands alone.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from govern.model.pattern import pattern
from govern.rendering.change import Change, Misplaced, applied
from govern.rendering.spelling import Values, as_text, in_json, is_simple
from govern.rendering.tokens import Token

_STRING = pattern(r'"(?:[^"\\\n]++|\\.)*+"')
# Private characters around a name in place of its delimiters; a text that holds one is not understood.
_OPEN, _CLOSE, _LITERAL, _ALONE = "\ue000", "\ue001", "\ue002", "\ue003"
_WORD = pattern(f"{_OPEN}({_LITERAL}?[A-Z0-9_]+){_CLOSE}")


def written(text: str, tokens: Sequence[Token], values: Values) -> tuple[list[Change], list[Misplaced]]:
    """The changes that write the values of some tokens into a JSON text."""
    words = [Change(token.start, token.end, _word(token)) for token in tokens]
    inside = _inside(applied(text, words), words)
    template = [
        change if within else change._replace(new=f'"{_ALONE}{change.new}"')
        for change, within in zip(words, inside, strict=True)
    ]
    changes = []
    for token, within in zip(tokens, inside, strict=True):
        value = values.get(token.name)
        changes.append(Change(token.start, token.end, in_json(as_text(value))[1:-1] if within else in_json(value)))
    try:
        if not {_OPEN, _CLOSE, _LITERAL, _ALONE}.isdisjoint(text):
            raise ValueError
        expected = _filled(_read(applied(text, template)), values)
    except (ValueError, RecursionError):
        return _unread(tokens, values)
    try:
        if _read(applied(text, changes)) == expected:
            return changes, []
    except (ValueError, RecursionError):
        pass
    return [], [Misplaced(tokens[0], "would not load back as itself here")]


def _word(token: Token) -> str:
    return _OPEN + token.name.replace("\\", _LITERAL) + _CLOSE


def _inside(text: str, words: Sequence[Change]) -> list[bool]:
    """Which words stand inside a string, in their order."""
    spans = [match.span() for match in _STRING.finditer(text)]
    result, index, shift = [], 0, 0
    for start, end, new in words:
        at = start + shift
        shift += len(new) - (end - start)
        while index < len(spans) and spans[index][1] <= at:
            index += 1
        result.append(index < len(spans) and spans[index][0] < at)
    return result


def _read(text: str) -> Any:
    """The value of a JSON text, with the types of its values, its keys in order and each as often as it stands."""
    return json.loads(text, object_pairs_hook=lambda pairs: ("object", pairs), parse_constant=_refuse)


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _filled(value: Any, values: Values) -> Any:
    """A value with what the words in it stand for."""
    if isinstance(value, str):
        if value.startswith(_ALONE) and (match := _WORD.match(value, 1)):
            return _named(match, values)
        return _WORD.sub(lambda match: as_text(_named(match, values)), value) if _OPEN in value else value
    if isinstance(value, list):
        return [_filled(item, values) for item in value]
    if isinstance(value, tuple):
        return ("object", [(_filled(key, values), _filled(item, values)) for key, item in value[1]])
    return value


def _named(match: re.Match[str], values: Values) -> Any:
    return values.get(match[1].replace(_LITERAL, "\\"))


def _unread(tokens: Sequence[Token], values: Values) -> tuple[list[Change], list[Misplaced]]:
    """In a text that is not JSON only words that need no care are written."""
    changes, misplaced = [], []
    for token in tokens:
        value = values.get(token.name)
        if isinstance(value, str) and not token.literal and not is_simple(value):
            misplaced.append(Misplaced(token, "needs quotes, and this text is not JSON, so nobody can tell which"))
        changes.append(Change(token.start, token.end, as_text(value)))
    return changes, misplaced
