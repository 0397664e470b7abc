"""From what was meant to an edit of the text, offered only where it is certain.

An edit replaces exactly one key or one scalar, where it stands in the text. That moves nothing else, which a round
trip through a YAML writer cannot promise; ruamel.yaml and libyaml read the result before anyone writes it.
"""

import copy
import json
from typing import Any

from govern.model.document import Document
from govern.model.finding import Edit, Fix
from govern.model.location import Path, Span
from govern.parse.scalars import NotFinite, plain
from govern.validator import Validator

_SAFE_FIRST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")
_SAFE = _SAFE_FIRST | frozenset("-./ ")


def replaced(document: Document, path: Path, new: str, validator: Validator) -> Fix | None:
    """The fix that writes `new` for the scalar at `path`; None unless it mends the place and breaks no other."""
    old = _at(document.value, path)
    value = copy.deepcopy(document.value)
    if not path or isinstance(old, (dict, list)):
        return None
    _at(value, path[:-1])[path[-1]] = new
    if not _mends(document.value, value, path, validator):
        return None
    place = document.places.get(path)
    text = _written(document, path, old, new)
    if place is None or text is None or _shared(document, place.value):
        return None
    return Fix(f"write {text}", (Edit(place.value, text),))


def renamed(document: Document, path: Path, new: str, validator: Validator) -> Fix | None:
    """The fix that renames the key at `path`; None unless it mends the place and breaks no other."""
    value = copy.deepcopy(document.value)
    parent = _at(value, path[:-1])
    if new in parent:
        return None
    parent[new] = parent.pop(path[-1])
    if not _mends(document.value, value, (*path[:-1], new), validator):
        return None
    place = document.places.get(path)
    if place is None or place.key is None or _shared(document, place.key, keys=True):
        return None
    source = _text(document, place.key)
    text = _same_style(document, source, str(path[-1]), new)
    return Fix(f"rename it to {new}", (Edit(place.key, text),)) if text else None


def _mends(old: Any, new: Any, path: Path, validator: Validator) -> bool:
    before = sum(1 for _ in validator.errors(old))
    after = [tuple(error.instance_path) for error in validator.errors(new)]
    return len(after) < before and not any(other[: len(path)] == path for other in after)


def _written(document: Document, path: Path, old: Any, new: str) -> str | None:
    source = document.source(path)
    if isinstance(old, str):
        return _same_style(document, source, old, new)
    if document.reader not in ("yaml", "frontmatter") or plain(source) != old:
        return None
    return _single(new)


def _same_style(document: Document, source: str, old: str, new: str) -> str | None:
    """`new` in the quotes of `old`; None where the source is more than the bare or simply quoted word."""
    if document.reader == "json":
        return json.dumps(new, ensure_ascii=False) if source == json.dumps(old, ensure_ascii=False) else None
    if source == f'"{old}"' and "\\" not in new and '"' not in new:
        return f'"{new}"'
    if source == f"'{old}'":
        return _single(new)
    if source != old or document.reader == "toml":
        return None
    return new if is_plain(new) else _single(new)


def is_plain(text: str) -> bool:
    """Can `text` stand unquoted in YAML and still be this very string, for YAML 1.1 readers too?"""
    if not text or text[0] not in _SAFE_FIRST or not _SAFE.issuperset(text) or text != text.strip():
        return False
    value = plain(text)
    old_words = ("y", "n", "yes", "no", "on", "off")
    numeric = text[0].isdigit() and not any(character.isalpha() for character in text)
    return isinstance(value, str) and not isinstance(value, NotFinite) and text.lower() not in old_words and not numeric


def _single(text: str) -> str | None:
    return None if "\n" in text else "'" + text.replace("'", "''") + "'"


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _text(document: Document, span: Span) -> str:
    return (
        document.text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]
        if span.line == span.end_line
        else ""
    )


def _shared(document: Document, span: Span, *, keys: bool = False) -> bool:
    """Does what stands here count in several places, by an alias or a merge? Then an edit would change more than
    one of them.
    """
    stands = [place.key if keys else place.value for place in document.places.values()]
    return stands.count(span) > 1
