"""A YAML text that cannot be read → the text that its author meant, where that is evident, and the mistakes.

Mended are values that end where their entry does, by quotes, and keys without a blank after their colon; each mend
must let reading get further. A `#` with a blank on either side begins a comment, as its author knew; any other
belongs to the text.
"""

import re
from typing import NamedTuple

from govern.model.document import Places, Reading
from govern.model.finding import Edit, Finding, Fix
from govern.model.location import Path, Place, Span, pointer
from govern.parse import rules
from govern.parse.yaml import read_yaml

MAX_MENDS = 25
MAX_CHARACTERS = 100_000  # read in all, for each mend the whole text again: a quarter of a second, a second if hostile

_MENDABLE = frozenset(rule.id for rule in (rules.YAML_COLON, rules.YAML_SYNTAX, rules.YAML_KEY))
_KEY = r"[^\W\d][\w./$-]{0,99}(?: [\w./$-]{1,99}){0,9}|\"[^\"\n]{0,99}\"|'[^'\n]{0,99}'"
_ENTRY = re.compile(rf"( *(?:- +)*)(?:({_KEY}) *: +|(?<=- ))(?=\S)")
_KEYED = re.compile(rf" *(?:- +)*(?:{_KEY}) *:(?: |$)")
_TOP = re.compile(r"(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\W\d][\w.-]*))[ \t]*:(?![:/])")
_TOUCHING = re.compile(r" *(?:- +)*([^\W\d][\w.-]*):(?=[^\s:/])")
_COMMENT = re.compile(r"(?<=\S)\s++#\s.*")


class _Mend(NamedTuple):
    """What stands at `span` becomes `text`; `about` is the key that it is about."""

    span: Span
    text: str
    title: str
    hint: str
    about: str


class _Entry(NamedTuple):
    """A top-level key, the column after its colon, and the rows of its lines, up to, not including, `end`."""

    key: str
    colon: int
    first: int
    end: int


def mendable(reading: Reading) -> bool:
    """Is it worth a try?"""
    return not reading.readable or any(finding.rule == rules.YAML_KEY.id for finding in reading.findings)


def mend(
    text: str, path: str, reading: Reading, *, line: int = 1, tags: frozenset[str] = frozenset(), entries: bool = False
) -> Reading:
    """Mend `text`, of which `read_yaml` made `reading`, mistake by mistake; each keeps its finding.

    With `entries`, a top-level key whose value cannot be mended is `broken`, and the others are read as if it were
    empty.
    """
    return _Mending(text.replace("\r\n", "\n").split("\n"), path, reading, line, tags).result(entries)


class _Mending:
    def __init__(self, lines: list[str], path: str, reading: Reading, line: int, tags: frozenset[str]) -> None:
        self.lines, self.path, self.reading, self.line, self.tags = lines, path, reading, line, tags
        self.mends: list[tuple[_Mend, Finding]] = []
        self.broken: dict[_Entry, tuple[str, Finding]] = {}

    def result(self, entries: bool) -> Reading:
        failed = self.reading
        length = sum(map(len, self.lines)) + len(self.lines)
        for _ in range(min(MAX_MENDS, MAX_CHARACTERS // length)):
            if not mendable(self.reading):
                break
            finding = next(f for f in self.reading.findings if f.rule in _MENDABLE or not self.reading.readable)
            if not self._mended(finding) and not (entries and not self.reading.readable and self._broken(finding)):
                break
        if not (self.mends or self.broken) or (self.broken and not isinstance(self.reading.value, dict)):
            return failed
        return self._as_written()

    def _mended(self, finding: Finding) -> bool:
        """Mend one mistake, if that is evident and lets reading get further."""
        change = _evident(self.lines, finding, self.line)
        if change is None:
            return False
        lines = self._applied(change)
        again = read_yaml("\n".join(lines), self.path, line=self.line, tags=self.tags)
        if not again.readable and again.findings[0].span.line <= change.span.end_line:
            return False
        if again.readable and self.reading.readable and len(again.findings) >= len(self.reading.findings):
            return False
        if not again.readable and _goes_on(lines, again.findings[0].span.line - self.line, change, self.line):
            return False
        fix = Fix(change.title, (Edit(change.span, change.text),))
        self.mends.append((change, finding._replace(hint=change.hint, fix=fix, about=change.about)))
        self.lines, self.reading = lines, again
        return True

    def _applied(self, change: _Mend) -> list[str]:
        first, last = change.span.line - self.line, change.span.end_line - self.line
        before, after = self.lines[first][: change.span.column - 1], self.lines[last][change.span.end_column - 1 :]
        return [*self.lines[:first], *(before + change.text + after).split("\n"), *self.lines[last + 1 :]]

    def _broken(self, finding: Finding) -> bool:
        """Leave out the entry in which the mistake stands, if there is one."""
        entry = _entry(self.lines, finding.span.line - self.line) if finding.rule in _MENDABLE else None
        if entry is None or entry in self.broken:
            return False
        inside = [mend for mend in self.mends if entry.first <= mend[0].span.line - self.line < entry.end]
        if inside:
            finding = inside[0][1]._replace(fix=None)
            self.mends = [mend for mend in self.mends if mend not in inside]
        self.broken[entry] = (
            "\n".join(self.lines[entry.first : entry.end]),
            finding._replace(pointer=pointer((entry.key,)), about=entry.key),
        )
        blank = [self.lines[entry.first][: entry.colon], *[""] * (entry.end - entry.first - 1)]
        self.lines = [*self.lines[: entry.first], *blank, *self.lines[entry.end :]]
        self.reading = read_yaml("\n".join(self.lines), self.path, line=self.line, tags=self.tags)
        return True

    def _as_written(self) -> Reading:
        """The reading with the findings, the broken values, and places as in the text that was not mended."""
        reading, changes = self.reading, [change for change, _ in self.mends]
        # a quote that is never closed may reach over what comes later: no fix is certain there
        certain = min((entry.first for entry in self.broken), default=len(self.lines)) + self.line
        mended = [f if change.span.line < certain else f._replace(fix=None) for change, f in self.mends]
        later = [finding._replace(span=_unmended(finding.span, changes)) for finding in reading.findings]
        if not reading.readable:
            return reading._replace(findings=(*mended, *later))
        broken: dict[Path, Place] = {}
        for entry, (written, finding) in self.broken.items():
            row, text = entry.first + self.line, written.partition("\n")[0]
            start = len(text) - len(text[entry.colon :].lstrip())
            place = Span(row, start + 1, row, max(len(text.rstrip()), start) + 1)
            broken[(entry.key,)] = Place(place, Span(row, 1, row, entry.colon))
            reading.value[entry.key] = written[entry.colon :].strip()
            mended.append(finding)

        def places() -> Places:
            found = {
                at: Place(_unmended(place.value, changes), place.key and _unmended(place.key, changes))
                for at, place in reading.places().items()
            }
            return found | broken

        if changes:
            starts = {place.value[:2]: at for at, place in places().items()}
            paths = [pointer(starts.get(change.span[:2], ())) for change in changes]
            mended[: len(changes)] = [f._replace(pointer=at) for f, at in zip(mended, paths, strict=False)]
        findings = tuple(sorted((*mended, *later), key=lambda finding: finding.span))
        return reading._replace(places=places, findings=findings, broken=reading.broken | broken.keys())


def quoted(text: str) -> str:
    """`text` as a single-quoted YAML scalar: it means exactly what the bare text was written to mean.

    >>> quoted("it's: here")
    "'it''s: here'"
    """
    return "'" + text.replace("'", "''") + "'"


def _entry(lines: list[str], row: int) -> _Entry | None:
    """The top-level key that row belongs to."""
    first = next((index for index in range(min(row, len(lines) - 1), -1, -1) if _TOP.match(lines[index])), None)
    if first is None:
        return None
    end = next((index for index in range(first + 1, len(lines)) if _TOP.match(lines[index])), len(lines))
    match = _TOP.match(lines[first])
    return _Entry(match[1] or match[2] or match[3], match.end(), first, end) if match else None


def _goes_on(lines: list[str], row: int, change: _Mend, line: int) -> bool:
    """Does the value that was mended go on in the next line? Then it is not evident what was meant."""
    if row != change.span.end_line - line + 1 or row >= len(lines):
        return False
    return not (_KEYED.match(lines[row]) or _TOUCHING.match(lines[row]))


def _evident(lines: list[str], finding: Finding, line: int) -> _Mend | None:
    """The mend for a mistake; None if it is not evident what was meant."""
    row = finding.span.line - line
    if finding.rule not in _MENDABLE or not 0 <= row < len(lines):
        return None
    touching = _TOUCHING.match(lines[row])
    if touching and finding.span.column == touching.end():
        at = Span(row + line, touching.end() + 1, row + line, touching.end() + 1)
        return _Mend(at, " ", f"put a blank after {touching[1]}:", "put a blank after it", touching[1])
    match = _ENTRY.match(lines[row])
    if match is None or finding.span.column <= match.end(1):
        return None
    start = match.end()
    value = _COMMENT.sub("", lines[row][start:], count=1).rstrip()
    last, end = row, start + len(value)
    following = _continuation(lines, row, len(match[1]))
    if following:
        if not value[0].isalnum() or end < len(lines[row].rstrip()):
            return None
        last, end = following, len(lines[following].rstrip())
        if any(text.lstrip().startswith(("- ", "#")) for text in lines[row + 1 : last + 1]):
            return None
        value = "\n".join([lines[row][start:], *lines[row + 1 : last], lines[last][:end]])
    meant = _meant(value)
    if meant is None:
        return None
    key = (match[2] or "").strip("\"'")
    title = f"quote the value of {key}" if key else "quote the item"
    return _Mend(Span(row + line, start + 1, last + line, end + 1), quoted(meant), title, "quote the value", key)


def _continuation(lines: list[str], row: int, indentation: int) -> int:
    """The last line that continues the value of line `row`; 0 if none does."""
    last = 0
    for index in range(row + 1, len(lines)):
        text = lines[index].lstrip(" ")
        if text and len(lines[index]) - len(text) <= indentation:
            break
        if text:
            last = index
    return last


def _meant(value: str) -> str | None:
    """The text that is meant by a value that YAML cannot read; None if that is not evident."""
    first, second = value[0], value[1:2]
    if first in "\"'":
        return _meant_in_quotes(value, first)
    if first in "*&":
        name = re.match(r"[*&][\w-]+(?:\s+|$)", value)
        goes_on = first == "*" and name and name.end() < len(value) and value[name.end()] not in ":#"
        return value if goes_on or not name else None  # nothing can follow an alias
    if first in "|>":
        return value if second.strip() else None
    if first == "[":
        return value if re.match(r"\[[^\[\]]*\]\s*[^\s,\]]", value) else None
    if first == "{":
        if second == "{":
            return value if value.count("{{") == value.count("}}") else None
        return value if re.match(r"\{[\w -]+\}\s*[^\s,}\]]", value) else None  # a placeholder, and text after it
    if first in "!?-" and (not second.strip() or value.count('"') % 2 or value.count("'") % 2):
        return None
    return value


def _meant_in_quotes(value: str, quote: str) -> str | None:
    r"""What a value means that begins with a quote.

    >>> [_meant_in_quotes(value, value[0]) for value in ('"a" b: c', '"say "hi" now"', "'it's'", "'it's")]
    ['"a" b: c', 'say "hi" now', "it's", None]
    """
    inner = value[1:-1]
    if re.sub(r"(?<=\w)'(?=\w)", "", value).count(quote) % 2:
        return None  # a quote that is never closed, or one too many
    if value[-1] != quote:
        return value
    if quote not in inner:  # only an escape can be wrong
        drive = re.match(r"[A-Za-z]:\\", inner)
        return inner if quote == '"' and "\\\\" not in inner and (drive or not re.search(r"\\[nrt0]", inner)) else None
    if quote == '"' and '\\"' in inner:
        return None
    opening = re.search(r"(?<=\w)'(?=\w)" if quote == "'" else r'(?<!\S)"(?=\S)', inner)
    return inner if opening and opening.start() == inner.index(quote) else value


def _unmended(span: Span, mends: list[_Mend]) -> Span:
    line, column, end_line, end_column = span
    for change in reversed(mends):
        old = change.span
        tail = change.text.rpartition("\n")[2]
        end = len(tail) + (old.column if old.line == old.end_line else 1)
        if line == old.end_line and column >= end:
            column += old.end_column - end
        if end_line == old.end_line and end_column >= end:
            end_column += old.end_column - end
    return Span(line, column, end_line, end_column)
