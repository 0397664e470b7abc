"""Which unquoted values arrive in the container as another text than their author wrote?

Compose reads YAML with go-yaml v3, which takes `0545` for an octal number, `1_000` for a thousand and `2026-01-01`
for a time, and it hands on numbers as Go prints them: `1.10` becomes 1.1, `1e6` becomes 1e+06. So an unquoted value
is certain to arrive as it stands only if that is how Go would print it. Where a number is meant, as in `mode: 0440`,
nothing is wrong with any of them.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from govern.kinds.compose.parts import Table
from govern.kinds.compose.rules import VALUE_AMBIGUOUS
from govern.model.document import Document
from govern.model.finding import Edit, Finding, Fix, found
from govern.model.location import Path, Span
from govern.model.pattern import pattern

_NUMERIC = frozenset("+-.0123456789")
_DECIMAL = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_BASED = pattern(r"([-+]?)0(?:[xX]([0-9a-fA-F]+)|[oO]([0-7]+)|[bB]([01]+)|([0-7]+))\Z")
_WHOLE = pattern(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_UNDERSCORE = pattern(r"(?<=[0-9])_(?=[0-9])")
_TIME = pattern(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(?:(?P<t>[Tt])?(?(t)| )(?:[01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9](?:\.[0-9]+)?"
    r"(?(t)(?:Z|[-+][0-9]{2}:[0-9]{2})))?\Z"
)
_ANCHOR = pattern(r"&\S+[ \t]+")
_TOKEN = pattern(r"""["']?[ \t]*:[ \t]+([^\s,}]+)""")

MAX_LOOKS = 50  # at the text, to spare the search for places; with more suspects the search is cheaper
MAX_DIGITS = 400  # of a number; the largest one that Go reads has 309


class Ambiguous(NamedTuple):
    """An unquoted value: what its author wrote, and what it is in the container."""

    at: Path
    span: Span
    source: str
    arrives: str
    is_anchored: bool


def check(document: Document, tables: list[Table]) -> Iterator[Finding]:
    """Values in mappings of texts; in a list, KEY=0545 is a text to everyone."""
    suspects = [
        ((*table.at, key), value)
        for table in tables
        if isinstance(table.entries, dict)
        for key, value in table.entries.items()
        if _is_suspect(value)
    ]
    if len(suspects) <= MAX_LOOKS:
        suspects = [(at, value) for at, value in suspects if _may_differ(document.text, str(at[-1]), value)]
    ambiguous = [value for at, _ in suspects if (value := _read(document, at))]
    if ambiguous:
        mixed = _mixed(document, {value.span for value in ambiguous}) if "*" in document.text else ()
        for value in ambiguous:
            yield _finding(document, value, is_certain=value.span not in mixed)


def _is_suspect(value: Any) -> bool:
    """Could an unquoted value be written otherwise than Go prints it?"""
    kind = value.__class__
    if kind is str:
        return value[:1] in _NUMERIC and arrives_as(value) not in (None, value)
    return kind is int or kind is float


def arrives_as(source: str) -> str | None:
    """What an unquoted value is in the container; "a time" for one, None if it stays the text it is.

    >>> [arrives_as(s) for s in ("0545", "1.10", "1_000", "1e6", "2026-01-01", "12:30", "1.2.3", "8080")]
    ['357', '1.1', '1000', '1e+06', 'a time', None, None, '8080']
    """
    if source[:1] not in _NUMERIC or len(source) > MAX_DIGITS:
        return None
    if _TIME.match(source):
        return "a time" if _is_date(source) else None
    text = _UNDERSCORE.sub("", source) if source[0] == "." else source.replace("_", "")
    if _WHOLE.match(text) and -(2**63) <= int(text) < 2**64:
        return str(int(text))
    if based := _BASED.match(text):
        sign, *digits = based.groups()
        number = next(int(d, base) for d, base in zip(digits, (16, 8, 2, 8), strict=True) if d is not None)
        if number < 2**63 or (number < 2**64 and not sign):
            return str(-number if sign == "-" else number)
    return _printed(float(text)) if _DECIMAL.match(text) else None


def _is_date(text: str) -> bool:
    import datetime

    year, month, day = (int(part) for part in re.split(r"[-Tt ]", text)[:3])
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _printed(number: float) -> str | None:
    """A float as Go's fmt.Sprint has it: the fewest digits, with an exponent from a million on and below 0.0001.

    >>> [_printed(n) for n in (1.0, 0.5, 1e6, 1234567.5, 0.00001, 100000.0)]
    ['1', '0.5', '1e+06', '1.2345675e+06', '1e-05', '100000']
    """
    if number in (float("inf"), float("-inf")):
        return None
    mantissa = power = ""
    for precision in range(17):
        mantissa, _, power = f"{number:.{precision}e}".partition("e")
        if float(f"{mantissa}e{power}") == number:
            break
    exponent = int(power)
    if exponent < -4 or exponent >= 6:
        return f"{mantissa}e{exponent:+03d}"
    digits = mantissa.lstrip("-").replace(".", "")
    return f"{number:.{max(len(digits) - 1 - exponent, 0)}f}"


def _may_differ(text: str, key: str, value: Any) -> bool:
    """Could the value of some `key:` in the text be written otherwise than Go prints it? Never no where it is."""
    printed = value if isinstance(value, str) else _printed(value) if isinstance(value, float) else str(value)
    index = text.find(key)
    if index < 0:
        return True
    while index >= 0:
        index += len(key)
        match = _TOKEN.match(text, index)
        if match is None:
            if text[index : index + 1] in ("'", '"', ":", " ", "\t"):
                return True
        elif value.startswith(match[1]) if isinstance(value, str) else match[1] != printed:
            return True
        index = text.find(key, index)
    return False


def _read(document: Document, at: Path) -> Ambiguous | None:
    source, span = document.source(at), document.span(at)
    anchor = _ANCHOR.match(source)
    if anchor:
        source, span = source[anchor.end() :], span._replace(column=span.column + anchor.end())
    arrives = arrives_as(source)
    return None if arrives is None or arrives == source else Ambiguous(at, span, source, arrives, bool(anchor))


def _finding(document: Document, value: Ambiguous, *, is_certain: bool) -> Finding:
    source = value.source
    message = f"unquoted, {source} is {value.arrives} to Compose"
    if value.arrives == "a time":
        message = f"unquoted, {source} is a time to Compose, not this text"
    quoted = f'"{source}"' if document.reader == "json" else f"'{source}'"
    fix = Fix(f"write {quoted}", (Edit(value.span, quoted),)) if is_certain and not value.is_anchored else None
    return found(
        VALUE_AMBIGUOUS,
        document.path,
        message,
        span=value.span,
        at=value.at,
        hint=f"quote it: {quoted}",
        fix=fix,
        about=source,
    )


def _mixed(document: Document, spans: set[Span]) -> set[Span]:
    """The spans that also count where something else may be meant, by a merge or an alias of what is around them."""
    names: dict[Span, set[Path]] = {span: set() for span in spans}
    for path, place in document.places.items():
        if place.value in names and path and not str(path[0]).startswith("x-"):
            names[place.value].add(path[-2:])
    return {span for span, ends in names.items() if len(ends) > 1}
