"""Where in a file something stands, and how a value inside a document is named.

Lines and columns count from 1, columns in code points; an end column is exclusive, as editors and SARIF have it.
The words here are named tuples: they are immutable, and importing them costs nothing at start-up.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

# A value's address in a document, from the root: ("services", "web", "ports", 0).
Path: TypeAlias = tuple[str | int, ...]


class Span(NamedTuple):
    """A stretch of text: from (line, column) up to, not including, (end_line, end_column)."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """Where a value stands, and where the key that names it stands (None for list items and the root)."""

    value: Span
    key: Span | None = None


FILE = Span(1, 1, 1, 1)


def pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path.

    >>> pointer(("paths", "/a~b", 0))
    '/paths/~1a~0b/0'
    """
    return "".join("/" + escaped(str(step)) for step in path)


def escaped(step: str) -> str:
    """A name as a step of a JSON Pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def steps(pointer: str) -> tuple[str, ...]:
    """The names that a JSON Pointer goes by, from the root.

    >>> steps("/paths/~1a~0b/0")
    ('paths', '/a~b', '0')
    """
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def span_at(text: str, start: int, end: int) -> Span:
    """The span of `text[start:end]`.

    >>> span_at("ab\\ncd", 3, 5)
    Span(line=2, column=1, end_line=2, end_column=3)
    """
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    end_line = line + text.count("\n", start, end)
    end_column = end - (text.rfind("\n", 0, end) + 1) + 1
    return Span(line, column, end_line, end_column)
