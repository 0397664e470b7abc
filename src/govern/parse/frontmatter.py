"""Markdown → its YAML front matter and its body.

The commonest real mistake, an unquoted `: ` in a value, loses the whole front matter to other readers. Here the value is read
as its author meant it, the mistake is one finding with a fix, and the other keys are judged as always.
"""

import re
from typing import NamedTuple

from govern.model.document import Document, Places, Reading
from govern.model.finding import Edit, Finding, Fix, found
from govern.model.location import Span
from govern.parse import rules
from govern.parse.yaml import read_yaml

_CLOSING = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_LATE = re.compile(r"\A(?:[ \t]*\r?\n|#[^\n]*\n|<!--.*?-->[ \t]*\r?\n)+---[ \t]*\r?\n(?=[A-Za-z_][\w-]*:|---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
_TOP_LEVEL = re.compile(r"^([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*?))?[ \t]*$")
_PLAIN_START = re.compile(r"[^\s\[\]{}\"'|>&*!%#@`,?:-]|[?:-](?=\S)")


class Parts(NamedTuple):
    """The front matter's text, the line it begins in, the body's text and its line; `late` if something stands before it."""

    matter: str
    line: int
    body: str
    body_line: int
    late: bool = False


def has_frontmatter(text: str) -> bool:
    """Does this markdown text begin with front matter, or with what was meant to be one?"""
    return bool(_OPENING.match(text) or _LATE.match(text))


def split(text: str) -> Parts | None:
    """The parts of a markdown text; None if it has no front matter or one that never closes."""
    opening = _OPENING.match(text)
    late = opening is None
    opening = opening or _LATE.match(text)
    if opening is None:
        return None
    start = opening.end()
    closing = _CLOSING.search(text, start)
    if closing is None:
        return None
    line = text.count("\n", 0, start) + 1
    end = min(closing.end() + 1, len(text))
    body_line = line + text.count("\n", start, closing.start()) + 1
    return Parts(text[start : closing.start()], line, text[end:], body_line, late)


def read_frontmatter(text: str, path: str) -> Document:
    """A markdown file as a Document whose value is its front matter."""
    parts = split(text)
    if parts is None:
        if not has_frontmatter(text):
            return Document(path, "frontmatter", text, Reading(None, _nowhere), body=text, has_value=False)
        line = text.count("\n", 0, (_OPENING.match(text) or _LATE.match(text)).end())  # type: ignore[union-attr]
        message = "the front matter that begins here never ends"
        finding = found(rules.FRONTMATTER_UNCLOSED, path, message, span=Span(line or 1, 1, line or 1, 4), hint="close it with a line `---`")
        return Document(path, "frontmatter", text, Reading(None, _nowhere, (finding,), readable=False), body=text)
    reading = read_yaml(parts.matter, path, line=parts.line)
    if not reading.readable:
        reading = _recover(parts, path, reading)
    if reading.value is None and reading.readable and not reading.findings:
        reading = reading._replace(value={})
    if parts.late:
        message = "other tools see no front matter here: something stands before it"
        span = Span(parts.line - 1, 1, parts.line - 1, 4)
        late = found(rules.FRONTMATTER_NOT_FIRST, path, message, span=span, hint="move the `---` to the first line")
        reading = reading._replace(findings=(late, *reading.findings))
    return Document(path, "frontmatter", text, reading, body=parts.body, body_line=parts.body_line)


def quoted(text: str) -> str:
    """`text` as a single-quoted YAML scalar: it means exactly what the bare text was written to mean.

    >>> quoted("it's: here")
    "'it''s: here'"
    """
    return "'" + text.replace("'", "''") + "'"


def _nowhere() -> Places:
    return {}


def _recover(parts: Parts, path: str, failed: Reading) -> Reading:
    """Quote the top-level values that hold an unquoted colon, and read again; else read key by key."""
    lines = parts.matter.split("\n")
    findings: list[Finding] = []
    for index, text in enumerate(lines):
        match = _TOP_LEVEL.match(text.removesuffix("\r"))
        value = match and match[2]
        if not match or not value or not _PLAIN_START.match(value) or not re.search(r":(?=\s|$)", value):
            continue
        start = match.start(2)
        colon = start + re.search(r":(?=\s|$)", value).start()  # type: ignore[union-attr]
        line = parts.line + index
        lines[index] = text[:start] + quoted(value) + text[match.end(2) :]
        fix = Fix(f"quote the value of {match[1]}", (Edit(Span(line, start + 1, line, match.end(2) + 1), quoted(value)),))
        message = f'the value of {match[1]} holds an unquoted ":", which YAML reads as the end of a key'
        findings.append(
            found(
                rules.YAML_COLON,
                path,
                message,
                span=Span(line, colon + 1, line, colon + 2),
                at=(match[1],),
                hint="quote the value",
                fix=fix,
                about=match[1],
            )
        )
    if findings:
        reading = read_yaml("\n".join(lines), path, line=parts.line)
        if reading.readable:
            return reading._replace(findings=(*findings, *reading.findings))
    return _key_by_key(parts, path, failed)


def _key_by_key(parts: Parts, path: str, failed: Reading) -> Reading:
    """The keys that can be read each by itself; the others are broken, with the first error that stopped the whole."""
    chunks: list[tuple[str, int, list[str]]] = []
    for index, text in enumerate(parts.matter.split("\n")):
        match = _TOP_LEVEL.match(text.removesuffix("\r"))
        if match:
            chunks.append((match[1], index, [text]))
        elif chunks:
            chunks[-1][2].append(text)
    value: dict[str, object] = {}
    readings: list[Reading] = []
    broken: set[tuple[str | int, ...]] = set()
    for name, index, lines in chunks:
        reading = read_yaml("\n".join(lines), path, line=parts.line + index)
        if reading.readable and isinstance(reading.value, dict) and list(reading.value) == [name] and name not in value:
            value |= reading.value
            readings.append(reading)
        else:
            value.setdefault(name, "\n".join(lines).partition(":")[2].strip())
            broken.add((name,))
    if not chunks:
        return failed

    def places() -> Places:
        result = dict(readings[0].places()) if readings else {}
        for reading in readings[1:]:
            result.update({at: place for at, place in reading.places().items() if at})
        return result

    findings = failed.findings + tuple(finding for reading in readings for finding in reading.findings)
    return Reading(value, places, findings, broken=frozenset(broken))
