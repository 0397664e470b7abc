"""All documents that git tracks, for the rules that look beyond one file. Nothing is read before a rule asks."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.location import Path
from govern.model.schema import Schema, Version


class Record(NamedTuple):
    """A document of the corpus without its text, so that ten thousand of them fit in little memory.

    `subject` names the schemas that judge it: the kind, or for another form of the kind such as `agent/block`, that.
    `major` is the version of them that judges it.
    """

    path: str
    value: Any
    subject: str = ""
    major: int = 0


class Schemas(Protocol):
    """The schemas of a run, for rules that look up which of them judges what."""

    def subjects(self) -> Sequence[str]:
        """Every subject that has a version, in order."""
        ...

    def versions(self, subject: str) -> Sequence[Version]:
        """The versions of a subject, ascending."""
        ...

    def identifiers(self) -> Collection[str]:
        """The `$id` of every schema that has one."""
        ...

    def identified(self, uri: str) -> Schema | None:
        """The schema with an `$id`."""
        ...

    def exact(self, subject: str, version: Version) -> Schema | None:
        """One version of a subject; None if there is none, or if it cannot be read."""
        ...

    def descriptor(self, subject: str) -> Document | None:
        """What `event.yaml` beside the versions of a subject says of it; None without one."""
        ...

    def admits(self, schema: Schema) -> Callable[[Any], bool]:
        """Asks a schema whether it admits a value: yes, where it cannot judge, for that is a finding of its own."""
        ...

    def likeness(self, schema: Schema, value: Any) -> Hashable | None:
        """The same for values that break the same rules of a schema equally often; None where that cannot be told."""
        ...

    def judge(self, schema: Schema, document: Document, at: Path = (), called: str = "") -> Iterator[Finding]:
        """What a schema has to say about the value at a path of a document. `called` is how messages name that."""
        ...


class Corpus(Protocol):
    """What a repository tracks. Paths are relative to its root, with `/`."""

    @property
    def today(self) -> str:
        """The date that rules about dates go by, YYYY-MM-DD."""
        ...

    def configured(self, key: str) -> Any:
        """What the configuration says under a key at its top; None if it says nothing."""
        ...

    @property
    def tracked(self) -> Collection[str]:
        """Every tracked file."""
        ...

    def has(self, path: str) -> bool:
        """Is this a tracked file, a folder with one in it, or something in a submodule?"""
        ...

    def records(self, kind: str) -> Sequence[Record]:
        """The readable documents of a kind, by path."""
        ...

    def open(self, path: str) -> Document | None:
        """A tracked file, read again as its kind (or its name) says; None if it is not tracked or cannot be opened."""
        ...

    def text(self, path: str) -> str | None:
        """The text of a tracked file; None if it is not tracked or cannot be opened."""
        ...

    @property
    def schemas(self) -> Schemas:
        """The schemas of this run."""
        ...

    def identifiers(self) -> frozenset[str]:
        """The `id` of every tracked markdown file whose front matter has one."""
        ...
