"""Markdown → its YAML front matter and its body.

The commonest real mistake, an unquoted `: ` in a value, loses the whole front matter to other readers. Here the value
is read as its author meant it, the mistake is one finding with a fix, and the other keys are judged as always.
"""

import re
from typing import NamedTuple

from govern.model.document import Document, Reading
from govern.model.finding import found
from govern.model.location import Span
from govern.model.pattern import pattern
from govern.parse import rules
from govern.parse.yaml import read_yaml

_OPENING = pattern(r"---[ \t]*+\r?(?:\n|\Z)")
_LATE = pattern(
    r"\A(?:[ \t]*+\r?\n|#[^\n]*+\n|<!--(?:[^-]++|-(?!->))*+-->[ \t]*+\r?\n)++---[ \t]*+\r?\n"
    r"(?=[A-Za-z_][\w-]*+:|---[ \t]*+\r?$)",
    re.MULTILINE,
)


class Parts(NamedTuple):
    """The front matter's text, the line it begins in, the body's text and its line; `late` if something stands before
    it.
    """

    matter: str
    line: int
    body: str
    body_line: int
    late: bool = False


def has_frontmatter(text: str) -> bool:
    """Does this markdown text begin with front matter, or with what was meant to be one?"""
    return bool(_OPENING.match(text)) or split(text) is not None


def split(text: str) -> Parts | None:
    """The parts of a markdown text; None if it has no front matter or one that never closes."""
    opening = _OPENING.match(text)
    late = opening is None
    if opening is None:
        opening = _LATE.match(text)
        if opening is None:
            return None
    start = opening.end()
    end = text.find("\n---", start - 1) + 1
    while end:
        closing = _OPENING.match(text, end)
        if closing:
            line = text.count("\n", 0, start) + 1
            body_line = line + text.count("\n", start, end) + 1
            return Parts(text[start:end], line, text[closing.end() :], body_line, late)
        end = text.find("\n---", end) + 1
    return None


def read_frontmatter(text: str, path: str) -> Document:
    """A markdown file as a Document whose value is its front matter."""
    parts = split(text)
    if parts is None:
        if not _OPENING.match(text):
            return Document(path, "frontmatter", text, Reading(None, dict), body=text, has_value=False)
        message = "the front matter that begins here never ends"
        finding = found(
            rules.FRONTMATTER_UNCLOSED, path, message, span=Span(1, 1, 1, 4), hint="close it with a line `---`"
        )
        return Document(path, "frontmatter", text, Reading(None, dict, (finding,), readable=False), body=text)
    reading = read_yaml(parts.matter, path, line=parts.line)
    if reading.findings:
        from govern.parse.mend import mend, mendable

        if mendable(reading):
            reading = mend(parts.matter, path, reading, line=parts.line, entries=True)
    if reading.value is None and reading.readable and not reading.findings:
        reading = reading._replace(value={})
    if parts.late:
        message = "other tools see no front matter here: something stands before it"
        span = Span(parts.line - 1, 1, parts.line - 1, 4)
        late = found(rules.FRONTMATTER_NOT_FIRST, path, message, span=span, hint="move the `---` to the first line")
        reading = reading._replace(findings=(late, *reading.findings))
    return Document(path, "frontmatter", text, reading, body=parts.body, body_line=parts.body_line)
