"""Does the file state a version?"""

from collections.abc import Iterator

from govern.kinds.compose.rules import VERSION_OBSOLETE
from govern.model.document import Document
from govern.model.finding import Edit, Finding, Fix, found
from govern.model.location import Span
from govern.model.pattern import pattern

_LINE = pattern(r"""(["']?)version\1[ \t]*:""")


def check(document: Document) -> Iterator[Finding]:
    """The top-level `version`, which goes by removing its line, if it has one to itself."""
    if "version" not in document.value:
        return
    at = ("version",)
    span = document.span(at, key=True)
    fix = Fix("remove it", (Edit(lines, ""),)) if (lines := _own_lines(document, span.line)) else None
    message = "version is obsolete: Compose ignores it"
    yield found(VERSION_OBSOLETE, document.path, message, span=span, at=at, hint="remove it", fix=fix)


def _own_lines(document: Document, line: int) -> Span | None:
    """The line of `version` with its line break, and the blank one that sets it off from the rest of the file.

    None where it has no line to itself, or no other line comes after it.
    """
    lines = document.text.split("\n")
    value = document.span(("version",))
    if not _LINE.match(lines[line - 1]) or (value.line, value.end_line) != (line, line) or len(lines) <= line:
        return None
    last = line + 1 if line == 1 and len(lines) > 2 and not lines[1].strip() else line
    return Span(line, 1, last + 1, 1)
