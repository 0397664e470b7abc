"""JSON → value and places. The standard library reads; where things stand is found again only when someone asks."""

import json
import math
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from govern.model.document import Reading
from govern.model.finding import Finding, found
from govern.model.location import Path, Place, Span, span_at
from govern.model.rule import Rule
from govern.parse import rules
from govern.parse.bounds import MAX_DEPTH, MAX_FINDINGS, MAX_PLACES
from govern.parse.scalars import MAX_DIGITS
from govern.parse.words import conflict, shown, unclosed

_BLANK = re.compile(r"[ \t\n\r]*+")
_ATOM = re.compile(r"[-+.\w]++")
_TOKEN = re.compile(r'"(?:[^"\\\n]++|\\.)*+"?|[][{}]')
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Refused(Exception):
    """Something that only a walk through the text can place."""


class _Enough(Exception):
    """The walk noted as many places as it may."""


def read_json(text: str, path: str) -> Reading:
    """The JSON value of `text`."""
    try:
        value = json.loads(
            text, object_pairs_hook=distinct, parse_constant=refuse, parse_float=finite, parse_int=bounded
        )
        refused = _HALF.search(text) is not None
    except json.JSONDecodeError as error:
        merging = conflict(text)
        rule = rules.CONFLICT if merging else rules.JSON_SYNTAX
        message, start, hint = merging or _explain(error.msg, error.pos, text)
        span = span_at(text, start, start)
        span = span._replace(end_column=span.column + 1)
        finding = found(rule, path, message, span=span, hint=hint)
        return Reading(None, dict, (finding,), readable=False)
    except Refused:
        refused, value = True, None
    except RecursionError:
        return _too_deep(path, text)
    if text.count("[") + text.count("{") > MAX_DEPTH and (at := _deep(text)) is not None:
        return _too_deep(path, text, at)
    if not refused:
        return Reading(value, lambda: _walk(text, path).places)
    walk = _walk(text, path)
    if walk.stopped and not walk.findings:
        message = f"beyond the first {MAX_PLACES:,} values stands a key twice, or a number that is too large"
        walk.findings.append(found(rules.JSON_SYNTAX, path, message))
    return Reading(
        walk.root, lambda: walk.places, tuple(walk.findings), readable=not walk.stopped, broken=frozenset(walk.broken)
    )


def _too_deep(path: str, text: str, at: int | None = None) -> Reading:
    at = _deep(text) if at is None else at
    span = span_at(text, at or 0, (at or 0) + 1)
    finding = found(rules.JSON_TOO_DEEP, path, f"values are nested more than {MAX_DEPTH} deep", span=span)
    return Reading(None, dict, (finding,), readable=False)


def _deep(text: str) -> int | None:
    """The index of the bracket that opens one level too many."""
    depth = 0
    for match in _TOKEN.finditer(text):
        if match[0] in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH + 1:
                return match.start()
        elif match[0] in ("]", "}"):
            depth -= 1
    return None


# What every reading of JSON here goes by: keys stand once, numbers are finite, and integers have so many digits.


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Refused
    return result


def refuse(constant: str) -> Any:
    raise Refused


def finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Refused
    return number


def bounded(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise Refused
    return int(text)


def _explain(problem: str, at: int, text: str) -> tuple[str, int, str | None]:
    """What a person did wrong, the index where it stands, and what would be right."""
    if not text.strip():
        return "the file is empty, which is not JSON", 0, None
    rest = text[at:]
    last = len(text[:at].rstrip()) - 1  # what stands before
    if problem.startswith("Illegal trailing comma") or (rest[:1] in ("]", "}", "") and text[last : last + 1] == ","):
        return "nothing follows this comma", at if rest[:1] == "," else last, "remove the comma"
    if not rest.strip() and (opening := unclosed(_TOKEN.finditer(text))) is not None:
        return f'this "{text[opening]}" is never closed', opening, None
    if rest[:1] == "/" or (rest[:1] == "#" and problem != "Extra data"):
        return "JSON has no comments", at, "remove the comment"
    if rest[:1] == "'":
        return "JSON quotes text with \", not with '", at, None
    word = re.match(r"[A-Za-z_$][\w$-]*", rest)
    if word and word[0] in _WORDS:
        return f"{word[0]} is no word of JSON", at, f"write {_WORDS[word[0]]}"
    if problem.startswith("Expecting property name"):
        return "a key must stand here, in double quotes", at, None
    if problem == "Expecting value" and word:
        return f"{shown(word[0])} stands where a value must", at, 'quote it with " if it is text'
    number = re.search(r"-?\d*$", text[max(at - 40, 0) : at])
    start = at - len(number[0]) if number else at
    if re.match(r"[-+]?(?:0\d|0[xob]|\.\d|\d+\.(?!\d)|\+\d|\d+_\d)", text[start : at + 40]):
        return (
            "JSON writes this number otherwise",
            start,
            "as 10, -0.5 or 1e6: no sign +, no leading 0, digits around the point",
        )
    if problem == "Extra data":
        return "something follows the end of the JSON value", at, None
    if problem.startswith("Expecting ',' delimiter") and rest[0] in "]}":
        wanted = "]" if rest[0] == "}" else "}"
        return f'"{rest[0]}" stands where "{wanted}" must close what was opened', at, None
    if problem.startswith("Invalid \\u"):
        return "4 hex digits must follow \\u", at - 1, "double the backslash if it is meant"
    if problem.startswith("Invalid \\"):
        return f"{shown(rest[:2])} is no escape that JSON knows", at, "double the backslash if it is meant"
    return _MESSAGES.get(problem, f"this is not JSON: {problem}"), at, None


_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null", "nil": "null", "NULL": "null"}
_MESSAGES = {
    "Expecting value": "a value must stand here",
    "Expecting ',' delimiter": "a comma is missing before this",
    "Expecting ':' delimiter": "a colon is missing after the key",
    "Unterminated string starting at": "this quote is never closed",
    "Invalid control character at": "a line break or control character stands in a string; write it as an escape",
}


def _walk(text: str, path: str) -> "_Walk":
    walk = _Walk(text, path)
    try:
        walk.root, _ = walk.value((), walk.blank(0))
    except _Enough:
        walk.stopped = True
    return walk


class _Walk:
    """Walks a text that is known to be JSON, but for what `Refused` covers, and notes where everything stands."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.root: Any = None
        self.stopped = False
        self.places: dict[Path, Place] = {}
        self.findings: list[Finding] = []
        self.broken: set[Path] = set()
        self._values = 0
        self._lines = [0] + [match.end() for match in re.finditer("\n", text)]

    def span(self, start: int, end: int) -> Span:
        lines = self._lines
        line = bisect_right(lines, start)
        last = line if line == len(lines) or end < lines[line] else bisect_right(lines, end)
        return Span(line, start - lines[line - 1] + 1, last, end - lines[last - 1] + 1)

    def value(self, at: Path, start: int, key: Span | None = None) -> tuple[Any, int]:
        """The value that begins at index `start`, and the index after it."""
        self._values += 1
        if self._values > MAX_PLACES:
            raise _Enough
        character = self.text[start]
        result: Any
        if character == "{":
            result, end = self._object(at, start)
        elif character == "[":
            result, end = self._array(at, start)
        elif character == '"':
            result, end = scanstring(self.text, start + 1)
            if _SURROGATE.search(result):
                message = "an escape in this string is half a character, a surrogate"
                self._break(rules.JSON_SURROGATE, at, self.span(start, end), message, hint="write the character itself")
                result = None
        else:
            result, end = self._atom(at, start)
        self.places[at] = Place(self.span(start, end), key)
        return result, end

    def blank(self, index: int) -> int:
        return _BLANK.match(self.text, index).end()  # type: ignore[union-attr]

    def _object(self, at: Path, start: int) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        first: dict[str, Span] = {}
        index = self.blank(start + 1)
        while self.text[index] != "}":
            name, end = scanstring(self.text, index + 1)
            key = self.span(index, end)
            if name in first:
                was = first[name]
                where = f"column {was.column}" if was.line == key.line else f"line {was.line}"
                message = f"{shown(name)} stands here again, first in {where}"
                finding = found(rules.JSON_DUPLICATE, self.path, message, span=key, at=(*at, name), about=name)
                self._add(finding)
            first.setdefault(name, key)
            index = self.blank(self.blank(end) + 1)
            value, index = self.value((*at, name), index, key)
            if _SURROGATE.search(name):
                self._break(rules.JSON_SURROGATE, at, key, "an escape in this key is half a character, a surrogate")
            else:
                result[name] = value
            index = self.blank(index)
            if self.text[index] == ",":
                index = self.blank(index + 1)
        return result, index + 1

    def _array(self, at: Path, start: int) -> tuple[list[Any], int]:
        result: list[Any] = []
        index = self.blank(start + 1)
        while self.text[index] != "]":
            item, index = self.value((*at, len(result)), index)
            result.append(item)
            index = self.blank(index)
            if self.text[index] == ",":
                index = self.blank(index + 1)
        return result, index + 1

    def _atom(self, at: Path, start: int) -> tuple[Any, int]:
        end = _ATOM.match(self.text, start).end()  # type: ignore[union-attr]
        source = self.text[start:end]
        try:
            return json.loads(source, parse_constant=refuse, parse_float=finite, parse_int=bounded), end
        except Refused:
            name = source if len(source) < 40 else f"a number of {len(source):,} digits"
            what = "is not a finite number" if source.lstrip("-")[0] in "NI" else "is too large for a number"
            span = self.span(start, end)
            self._break(rules.JSON_NOT_FINITE, at, span, f"{name} {what}", hint="quote it if it is text", about=name)
            return None, end

    def _break(
        self, rule: Rule, at: Path, span: Span, message: str, *, hint: str | None = None, about: str | None = None
    ) -> None:
        self.broken.add(at)
        self._add(found(rule, self.path, message, span=span, at=at, hint=hint, about=about))

    def _add(self, finding: Finding) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(finding)
