"""What every file becomes: a value, its text, and the place of every key and value."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from govern.model.finding import Finding
from govern.model.location import FILE, Path, Place, Span

Reader: TypeAlias = Literal["json", "yaml", "frontmatter", "toml", "markdown", "backlog", "block"]
Places: TypeAlias = Mapping[Path, Place]


class Reading(NamedTuple):
    """What a reader makes of a text: a value, or the findings that say why not (or, for what it recovered, both).

    `readable` is False when there is no value to judge. `broken` holds the paths whose value could not be read: nothing
    below them is judged. `tags` holds the YAML tags by path. `places` is called only when someone asks where.
    """

    value: Any
    places: Callable[[], Places]
    findings: tuple[Finding, ...] = ()
    readable: bool = True
    broken: frozenset[Path] = frozenset()
    tags: Mapping[Path, str] = {}


class Document:
    """One file. `path` is relative to the repository, with `/`.

    Of markdown, `value` is the front matter, or what the reader makes of the whole where its sections are judged too.
    `body` is what follows the front matter, from line `body_line`; `has_value` is False where nothing is to be judged,
    as in a file without front matter. `called` is how messages name the whole value, where it is not just the document.
    """

    __slots__ = ("_lines", "_places", "body", "body_line", "called", "has_value", "path", "reader", "reading", "text")

    def __init__(
        self,
        path: str,
        reader: Reader,
        text: str,
        reading: Reading,
        *,
        body: str = "",
        body_line: int = 1,
        has_value: bool = True,
    ) -> None:
        self.path = path
        self.reader = reader
        self.text = text
        self.reading = reading
        self.body = body
        self.body_line = body_line
        self.has_value = has_value
        self.called = ""
        self._places: Places | None = None
        self._lines: list[str] | None = None

    @property
    def value(self) -> Any:
        return self.reading.value

    def part(self, at: Path, called: str) -> "Document":
        """The value at a path, as a document of its own that stands where it stands in the file; `called` is how
        messages name it.
        """
        value = self.value
        for step in at:
            value = value[step]
        depth = len(at)

        def places() -> Places:
            return {path[depth:]: place for path, place in self.places.items() if path[:depth] == at}

        broken = frozenset(path[depth:] for path in self.reading.broken if path[:depth] == at)
        result = Document(self.path, self.reader, self.text, Reading(value, places, broken=broken))
        result.called = called
        return result

    @property
    def front_path(self) -> Path:
        """Where the front matter of a markdown file stands in the value: it is the value, or a part of it."""
        return () if self.reader == "frontmatter" else ("frontmatter",)

    @property
    def front(self) -> Mapping[str, Any]:
        """The front matter of a markdown file; empty where there is none, or where it is no mapping."""
        value = self.value
        if isinstance(value, dict) and self.reader in ("markdown", "backlog", "block"):
            value = value.get("frontmatter")
        elif self.reader != "frontmatter":
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def places(self) -> Places:
        """The place of every value by its path; found on first use, for most documents never."""
        if self._places is None:
            self._places = self.reading.places()
        return self._places

    def span(self, path: Path = (), *, key: bool = False) -> Span:
        """Where the value at `path` stands, or its key; the nearest thing around it where that has no place of its
        own.
        """
        places = self.places
        while path and path not in places:
            path, key = path[:-1], True
        place = places.get(path)
        if place is None:
            return FILE
        return place.key if key and place.key else place.value

    def source(self, path: Path) -> str:
        """The text of the value at `path` as its author wrote it."""
        return self.at(self.span(path))

    def at(self, span: Span) -> str:
        """The text of a span."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        lines = self._lines[span.line - 1 : span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)
