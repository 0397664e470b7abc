"""TOML → value and places. The standard library reads; a walk through what it accepted says where things stand.

Dates become strings, as in YAML.
"""

import datetime
import math
import re
import tomllib
from bisect import bisect_right
from typing import Any

from govern.model.document import Reading
from govern.model.finding import Finding, found
from govern.model.location import FILE, Path, Place, Span, span_at
from govern.parse import rules
from govern.parse.bounds import MAX_DEPTH, MAX_FINDINGS, MAX_PLACES
from govern.parse.words import conflict, shown, unclosed

MAX_CHARACTERS = 500_000  # tomllib reads 2 to 5 MB/s of settings, and 0.3 MB/s of hostile ones

_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_KEY = re.compile(r"\"(?:[^\"\\\n]++|\\.)*+\"|'[^'\n]*+'|[A-Za-z0-9_-]++")
# tomllib keeps every prefix of a dotted key, and needs the square of their number in memory
_DOTTED = re.compile(rf"(?:(?:{_KEY.pattern})[ \t]*+\.[ \t]*+){{{MAX_DEPTH}}}")
_TEXT = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|' + r"'''(?:[^']++|'(?!''))*+'{3,5}|" + _KEY.pattern.rpartition("|")[0],
    re.DOTALL,
)
_TOKEN = re.compile(rf"{_TEXT.pattern}|#[^\n]*+|[][{{}}]", re.DOTALL)
_ATOM = re.compile(r"[^\s,\]}#]++(?: \d[^\s,\]}#]*+)?")  # a date and its time may be parted by a blank
_ERROR_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(text: str, path: str) -> Reading:
    """The TOML table of `text`."""
    if len(text) > MAX_CHARACTERS:
        message = f"the file has {len(text):,} characters; govern reads TOML of up to {MAX_CHARACTERS:,}"
        return Reading(None, dict, (found(rules.TOO_LARGE, path, message),), readable=False)
    if text.count(".") > MAX_DEPTH and (dotted := _DOTTED.search(text)):
        return Reading(None, dict, (_too_deep(path, span_at(text, *dotted.span())),), readable=False)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if merging := conflict(text):
            message, index, hint = merging
            finding = found(rules.CONFLICT, path, message, span=span_at(text, index, index + 1), hint=hint)
        else:
            message, span, advice = _explain(str(error), text)
            finding = found(rules.TOML_SYNTAX, path, message, span=span, hint=advice)
        return Reading(None, dict, (finding,), readable=False)
    except RecursionError:
        return Reading(None, dict, (_too_deep(path),), readable=False)
    except ValueError:  # Python refuses to read integers of more than 4,300 digits (CVE-2020-10735)
        digits = re.search(r"[\d_]{4300,}", text)
        span = span_at(text, *digits.span()) if digits else FILE
        finding = found(rules.TOML_SYNTAX, path, "this number is too large", span=span)
        return Reading(None, dict, (finding,), readable=False)
    broken: set[Path] = set()
    try:
        value = _plain(value, (), broken)
    except _TooDeep:
        return Reading(None, dict, (_too_deep(path),), readable=False)
    findings: list[Finding] = []
    if broken:
        places = _Walk(text).places
        for at in sorted(broken, key=str)[:MAX_FINDINGS]:
            span = places[at].value if at in places else FILE
            findings.append(found(rules.TOML_NOT_FINITE, path, "this number is not finite", span=span, at=at))
    return Reading(value, lambda: _Walk(text).places, tuple(findings), broken=frozenset(broken))


class _TooDeep(Exception):
    pass


def _too_deep(path: str, span: Span = FILE) -> Finding:
    return found(rules.TOML_TOO_DEEP, path, f"values are nested more than {MAX_DEPTH} deep", span=span)


def _plain(value: Any, at: Path, broken: set[Path]) -> Any:
    """The value as JSON has it."""
    if len(at) > MAX_DEPTH:
        raise _TooDeep
    if isinstance(value, dict):
        return {key: _plain(item, (*at, key), broken) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, (*at, index), broken) for index, item in enumerate(value)]
    if isinstance(value, (datetime.date, datetime.time, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        broken.add(at)
        return None
    return value


def _explain(problem: str, text: str) -> tuple[str, Span, str | None]:
    """What a person did wrong, where, and what would be right."""
    place = _ERROR_PLACE.search(problem)
    problem = _ERROR_PLACE.sub("", problem)
    lines = text.split("\n")
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (len(lines), len(lines[-1]) + 1)
    source = lines[line - 1]
    rest = source[column - 1 :]
    if "Unclosed" in problem and (opening := unclosed(_TOKEN.finditer(text))) is not None:
        line, column = span_at(text, opening, opening)[:2]
    elif problem.startswith(("Cannot", "Duplicate")):
        column = len(source) - len(source.lstrip()) + 1
    elif "string" in problem or "Illegal character" in problem:
        quote = re.search(r"=\s*([\"'])", source)
        column = quote.start(1) + 1 if quote and quote.start(1) < column else column
    span = Span(line, column, line, column + 1)
    for words, message, hint in _MESSAGES:
        if words in problem:
            name = re.search(r"\((.*)\)|'(.*)'", problem)
            return (
                message.replace("{}", shown(re.sub(r"[',()]+", "", name[0]).replace(" ", ".")) if name else ""),
                span,
                hint,
            )
    if re.search(r"(?<![\w.])[-+]?(?:0\d|\d+_?_?$|\d+\.$|\.$)", source[: column - 1]) and re.match(r"[\d_.]", rest):
        return "TOML writes this number otherwise", span, "quote it if it is text"
    if "Invalid value" in problem:
        word = re.match(r"[A-Za-z_][\w-]*", rest)
        if word and word[0].lower() in ("true", "false"):
            return f"{word[0]} is no word of TOML", span, f"write {word[0].lower()}"
        if word:
            return f"{shown(word[0])} stands where a value must", span, 'quote it with " if it is text'
        return "a value must stand here", span, None
    if "Expected newline" in problem and source[:column].strip() and "=" in source[: column - 1]:
        return "something follows the end of the value", span, 'quote the whole value with " if it is text'
    return f"this is not TOML: {problem}", span, None


_MESSAGES: tuple[tuple[str, str, str | None], ...] = (
    ("Expected '=' after a key", 'a "=" is missing after the key', None),
    ("Cannot overwrite a value", "a key stands here again", None),
    ("Cannot declare", "the table [{}] stands here again", None),
    ("Duplicate inline table key", "{} stands here again", None),
    ("Cannot mutate immutable namespace", "{} is already a finished table", None),
    ("Unclosed array", "a list in brackets is never closed", 'close it with "]"'),
    ("Unclosed inline table", "a table in braces is never closed", 'close it with "}", in the same line'),
    ("Unterminated string", "a quote is never closed", None),
    ("Illegal character '\\n'", "a quote is not closed in this line", 'text of several lines takes """'),
    ("Unescaped '\\'", "a backslash begins an escape that TOML does not know", "double it, or use single quotes"),
    ("Invalid statement", 'this line is no "key = value" and no [table]', None),
    ("Invalid initial character for a key part", "a key must stand here", None),
    ("Expected ']'", 'the "]" of this table is missing', None),
    ("Expected ']]'", 'the "]]" of this table is missing', None),
    ("Invalid date or datetime", "this is no date that exists", None),
)


class _Walk:
    """Walks a text that is known to be TOML and notes the place of every table, key and value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0] + [match.end() for match in re.finditer("\n", text)]
        self.places: dict[Path, Place] = {(): Place(FILE)}
        self._many: dict[Path, int] = {}  # the last element of every array of tables
        table: Path = ()
        index = self._blank(0)
        while index < len(text) and len(self.places) <= MAX_PLACES:
            if text[index] == "[":
                table, index = self._header(index)
            else:
                index = self._pair(table, index)
            index = self._blank(index)

    def _span(self, start: int, end: int) -> Span:
        line = bisect_right(self._lines, start)
        last = bisect_right(self._lines, end)
        return Span(line, start - self._lines[line - 1] + 1, last, end - self._lines[last - 1] + 1)

    def _blank(self, index: int) -> int:
        return _BLANK.match(self.text, index).end()  # type: ignore[union-attr]

    def _space(self, index: int) -> int:
        return _SPACE.match(self.text, index).end()  # type: ignore[union-attr]

    def _keys(self, index: int) -> tuple[list[tuple[str, Span]], int]:
        """The parts of a dotted key with their spans, and the index after them and blanks."""
        parts: list[tuple[str, Span]] = []
        while True:
            match = _KEY.match(self.text, self._space(index))
            assert match is not None
            name = match[0]
            if name[0] in "\"'":
                name = tomllib.loads(f"k = {name}")["k"]
            parts.append((name, self._span(*match.span())))
            index = self._space(match.end())
            if self.text[index] != ".":
                return parts, index
            index += 1

    def _header(self, start: int) -> tuple[Path, int]:
        """The path of the table whose header begins here, and the index after the header."""
        many = self.text.startswith("[[", start)
        parts, index = self._keys(start + 1 + many)
        end = index + 1 + many
        path: Path = ()
        for number, (name, key) in enumerate(parts):
            path = (*path, name)
            if number < len(parts) - 1:
                self.places.setdefault(path, Place(key, key))
                if path in self._many:
                    path = (*path, self._many[path])
        span = self._span(start, end)
        if many:
            self.places.setdefault(path, Place(span, parts[-1][1]))
            self._many[path] = self._many.get(path, -1) + 1
            path = (*path, self._many[path])
        self.places[path] = Place(span, None if many else parts[-1][1])
        return path, end

    def _pair(self, table: Path, index: int) -> int:
        """Note `key = value`; the index after it."""
        parts, index = self._keys(index)
        path = table
        for name, key in parts:
            path = (*path, name)
            self.places.setdefault(path, Place(key, key))
        return self._value(path, self._space(index + 1), parts[-1][1])

    def _value(self, at: Path, start: int, key: Span | None) -> int:
        """Note the value that begins here; the index after it."""
        text = self.text
        if text[start] in "\"'":
            index = _TEXT.match(text, start).end()  # type: ignore[union-attr]
        elif text[start] == "[":
            index, number = self._blank(start + 1), 0
            while text[index] != "]":
                index = self._blank(self._value((*at, number), index, None))
                number += 1
                if text[index] == ",":
                    index = self._blank(index + 1)
            index += 1
        elif text[start] == "{":
            index = self._blank(start + 1)
            while text[index] != "}":
                index = self._blank(self._pair(at, index))
                if text[index] == ",":
                    index = self._blank(index + 1)
            index += 1
        else:
            index = _ATOM.match(text, start).end()  # type: ignore[union-attr]
        self.places[at] = Place(self._span(start, index), key)
        return index
