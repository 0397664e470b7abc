"""TOML → value and places. The standard library reads; a scan of keys and headers says where things stand.

Items of an array or of an inline table share the place of the key that holds them. Dates become strings, as in YAML.
"""

import datetime
import re
import tomllib
from typing import Any

from govern.model.document import Places, Reading
from govern.model.finding import found
from govern.model.location import Path, Place, Span, span_at
from govern.parse import rules

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""+|\'\'\'.*?\'\'\'+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}=.\n,]|[ \t\r]+|[^\s\[\]{}=.,#"\']+',
    re.DOTALL,
)
_ERROR_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(text: str, path: str) -> Reading:
    """The TOML table of `text`."""
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _ERROR_PLACE.search(message)
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (text.count("\n") + 1, 1)
        words = f"this is not TOML: {_ERROR_PLACE.sub('', message)}"
        finding = found(rules.TOML_SYNTAX, path, words, span=Span(line, column, line, column + 1))
        return Reading(None, dict, (finding,), readable=False)
    except (RecursionError, ValueError) as error:
        finding = found(rules.TOML_SYNTAX, path, f"this is not TOML: {str(error).splitlines()[0]}")
        return Reading(None, dict, (finding,), readable=False)
    return Reading(_plain(value), lambda: _places(text))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time, datetime.datetime)):
        return value.isoformat()
    return value


def _places(text: str) -> Places:
    """The place of every table and key of a text that is known to be TOML."""
    result: dict[Path, Place] = {(): Place(span_at(text, 0, 0))}
    counts: dict[Path, int] = {}
    table: Path = ()
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    index = 0
    while index < len(tokens):
        token, start, _ = tokens[index]
        if token.isspace() or token.startswith("#"):
            index += 1
        elif token == "[":
            many = tokens[index + 1][0] == "["
            keys, index = _keys(tokens, index + 1 + many, "]")
            end = tokens[index][2] + many
            index += 1 + many
            table = _resolve(keys, counts)
            if many:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            result[table] = Place(span_at(text, start, end))
        else:
            keys, index = _keys(tokens, index, "=")
            key = span_at(text, start, tokens[index - 1][2]) if keys else span_at(text, start, start)
            index, first, last = _value(tokens, index + 1)
            path = (*table, *keys)
            for length in range(len(table) + 1, len(path)):
                result.setdefault(path[:length], Place(key, key))
            result[path] = Place(span_at(text, first, last), _trimmed(text, key))
    return result


def _trimmed(text: str, key: Span) -> Span:
    source = text.split("\n")[key.line - 1][key.column - 1 : key.end_column - 1]
    return key._replace(end_column=key.column + len(source.rstrip()))


def _resolve(keys: tuple[str, ...], counts: dict[Path, int]) -> Path:
    """The path of a table: below an array of tables, its last element is meant."""
    path: Path = ()
    for key in keys[:-1]:
        path = (*path, key)
        if path in counts:
            path = (*path, counts[path])
    return (*path, keys[-1])


def _keys(tokens: list[tuple[str, int, int]], index: int, end: str) -> tuple[tuple[str, ...], int]:
    keys: list[str] = []
    while tokens[index][0] != end:
        token = tokens[index][0]
        if not token.isspace() and token != ".":
            keys.append(tomllib.loads(f"k = {token}")["k"] if token[0] in "\"'" else token)
        index += 1
    return tuple(keys), index


def _value(tokens: list[tuple[str, int, int]], index: int) -> tuple[int, int, int]:
    """The index after a value, and where in the text it begins and ends."""
    depth, first, last = 0, None, 0
    while index < len(tokens):
        token, start, end = tokens[index]
        if depth == 0 and (token == "\n" or token.startswith("#")):
            break
        depth += (token in "[{") - (token in "]}")
        if not token.isspace() and not token.startswith("#"):
            first = start if first is None else first
            last = end
        index += 1
    return index, first or 0, last
