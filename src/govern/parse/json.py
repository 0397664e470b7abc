"""JSON → value and places. The standard library reads; where things stand is found again only when someone asks."""

import json
import math
import re
from json.decoder import scanstring
from typing import Any

from govern.model.document import Places, Reading
from govern.model.finding import Finding, found
from govern.model.location import Path, Place, Span, span_at
from govern.parse import rules
from govern.parse.nodes import MAX_DEPTH
from govern.parse.scalars import MAX_DIGITS

_BLANK = re.compile(r"[ \t\n\r]*")
_ATOM = re.compile(r"[-+.\w]+")


class _Refused(Exception):
    """Something that only the careful path can place."""


def read_json(text: str, path: str) -> Reading:
    """The JSON value of `text`."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_float, parse_int=_int)
    except json.JSONDecodeError as error:
        span = Span(error.lineno, error.colno, error.lineno, error.colno + 1)
        finding = found(rules.JSON_SYNTAX, path, _plain_words(error, text), span=span)
        return Reading(None, dict, (finding,), readable=False)
    except _Refused:
        scan = _Scan(text, path)
        value = scan.value((), _BLANK.match(text, 0).end())[0]  # type: ignore[union-attr]
        return Reading(value, lambda: scan.places, tuple(scan.findings), broken=frozenset(scan.broken))
    except RecursionError:
        return _too_deep(path)
    if _depth(text) > MAX_DEPTH and _nesting(value) > MAX_DEPTH:
        return _too_deep(path)
    return Reading(value, lambda: _scanned(text, path))


def _scanned(text: str, path: str) -> Places:
    scan = _Scan(text, path)
    scan.value((), _BLANK.match(text, 0).end())  # type: ignore[union-attr]
    return scan.places


def _too_deep(path: str) -> Reading:
    finding = found(rules.JSON_TOO_DEEP, path, f"values are nested more than {MAX_DEPTH} deep")
    return Reading(None, dict, (finding,), readable=False)


def _depth(text: str) -> int:
    """An upper bound of the nesting, at the price of two counts."""
    return text.count("[") + text.count("{")


def _nesting(value: Any) -> int:
    depth, level = 0, [value]
    while level := [item for item in level if isinstance(item, (dict, list))]:
        depth += 1
        level = [item for parent in level for item in (parent.values() if isinstance(parent, dict) else parent)]
    return depth


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _Refused
    return result


def _refuse(constant: str) -> Any:
    raise _Refused


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Refused
    return number


def _int(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise _Refused
    return int(text)


def _plain_words(error: json.JSONDecodeError, text: str) -> str:
    rest = text[error.pos : error.pos + 1]
    if not text.strip():
        return "the file is empty, which is not JSON"
    if error.msg == "Extra data":
        return "something follows the end of the JSON value"
    if error.msg.startswith("Expecting property name") or error.msg.startswith("Illegal trailing comma"):
        if rest == "/":
            return "JSON has no comments"
        if rest == "'":
            return "JSON strings take double quotes"
        return "a comma has nothing after it" if rest in "}," else "a key in double quotes must stand here"
    if error.msg == "Expecting value" and rest in ("]", "}"):
        return "a comma has nothing after it"
    if error.msg == "Expecting value" and rest == "/":
        return "JSON has no comments"
    return {
        "Expecting value": "a value must stand here",
        "Expecting ',' delimiter": "a comma is missing here",
        "Expecting ':' delimiter": "a colon is missing here",
        "Unterminated string starting at": "this string is never closed",
        "Invalid control character at": "a control character stands in a string; write it as an escape",
        "Invalid \\escape": "this escape is not one of JSON's",
    }.get(error.msg, f"this is not JSON: {error.msg}")


class _Scan:
    """Walks a text that is known to be JSON, but for what `_Refused` covers, and notes where everything stands."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.places: dict[Path, Place] = {}
        self.findings: list[Finding] = []
        self.broken: set[Path] = set()
        self._lines = [0] + [match.end() for match in re.finditer("\n", text)]

    def span(self, start: int, end: int) -> Span:
        if end - start > 2_000:
            return span_at(self.text, start, end)
        import bisect

        line = bisect.bisect_right(self._lines, start)
        last = bisect.bisect_right(self._lines, end)
        return Span(line, start - self._lines[line - 1] + 1, last, end - self._lines[last - 1] + 1)

    def value(self, at: Path, start: int, key: Span | None = None) -> tuple[Any, int]:
        """The value that begins at index `start`, and the index after it."""
        character = self.text[start]
        result: Any
        if character == "{":
            result, end = self._object(at, start)
        elif character == "[":
            result, end = self._array(at, start)
        elif character == '"':
            result, end = scanstring(self.text, start + 1)
        else:
            result, end = self._atom(at, start)
        self.places[at] = Place(self.span(start, end), key)
        return result, end

    def _blank(self, index: int) -> int:
        return _BLANK.match(self.text, index).end()  # type: ignore[union-attr]

    def _object(self, at: Path, start: int) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        index = self._blank(start + 1)
        while self.text[index] != "}":
            name, end = scanstring(self.text, index + 1)
            key = self.span(index, end)
            if name in result:
                first = self.places[(*at, name)]
                message = f"{name} stands here again, first in line {(first.key or first.value).line}"
                self.findings.append(found(rules.JSON_DUPLICATE, self.path, message, span=key, at=(*at, name), about=name))
            index = self._blank(self._blank(end) + 1)
            result[name], index = self.value((*at, name), index, key)
            index = self._blank(index)
            if self.text[index] == ",":
                index = self._blank(index + 1)
        return result, index + 1

    def _array(self, at: Path, start: int) -> tuple[list[Any], int]:
        result: list[Any] = []
        index = self._blank(start + 1)
        while self.text[index] != "]":
            item, index = self.value((*at, len(result)), index)
            result.append(item)
            index = self._blank(index)
            if self.text[index] == ",":
                index = self._blank(index + 1)
        return result, index + 1

    def _atom(self, at: Path, start: int) -> tuple[Any, int]:
        end = _ATOM.match(self.text, start).end()  # type: ignore[union-attr]
        source = self.text[start:end]
        try:
            return json.loads(source, parse_constant=_refuse, parse_float=_float, parse_int=_int), end
        except _Refused:
            shown = source if len(source) < 40 else f"a number of {len(source):,} digits"
            message = f"{shown} is not a finite number" if source.lstrip("-")[0] in "NI" else f"{shown} is too large for a number"
            self.findings.append(found(rules.JSON_NOT_FINITE, self.path, message, span=self.span(start, end), at=at, about=shown))
            self.broken.add(at)
            return None, end
