"""Files whose lines are documents: JSON Lines, of any kind that is read as JSON or YAML."""

from io import BytesIO
from typing import BinaryIO, NamedTuple

from govern.model.document import Document
from govern.model.location import Span
from govern.model.schema import Kind
from govern.registry import no_such_major
from govern.workspace.files import stream
from govern.workspace.repository import SHAPE_BYTES, Repository, Subject

ENDINGS = (".jsonl", ".ndjson")


class Lines(NamedTuple):
    """An open file whose lines are documents of a kind, and the major version that judges all of them, None where each
    says for itself.
    """

    file: BinaryIO
    size: int
    kind: Kind
    major: int | None


def open_lines(
    repository: Repository, path: str, *, named: str | None = None, data: bytes | None = None
) -> Lines | None:
    """The file at `path`, if each of its lines is a document: by its name, and as its kind is read.

    `named` is what `--as` says, `data` what stands in for the file's contents. Unreadable if it cannot be opened.
    """
    if not path.endswith(ENDINGS) or not (named or repository.concerns(path)):
        return None
    told = repository.named(named) if named else None
    if named and not told:
        return None
    file: BinaryIO
    file, size = stream(repository.root / path) if data is None else (BytesIO(data), len(data))
    kind, major = told or repository.assigned(path, file.read(SHAPE_BYTES))
    if kind is None or kind.reader not in ("json", "yaml"):
        file.close()
        return None
    file.seek(0)
    return Lines(file, size, kind, major)


def subject_of(repository: Repository, document: Document, lines: Lines) -> Subject:
    """A line of such a file, and what judges it."""
    kind, registry = lines.kind, repository.registry
    major = repository.major(kind, kind.form, lines.major, document.value)
    schema = registry.schema(kind.name, major)
    if schema is None:
        missing = no_such_major(kind.name, major, registry, document.path, Span(1, 1, 1, 2))
        return Subject(document, kind, None, (missing,))
    return Subject(document, kind, schema)
