"""All documents that git tracks, for the rules that look beyond one file. Nothing is read before a rule asks."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, Protocol

from govern.model.document import Document


class Record(NamedTuple):
    """A document of the corpus without its text, so that ten thousand of them fit in little memory.

    `subject` names the schemas that judge it: the kind, or for another form of the kind such as `agent/block`, that.
    `major` is the version of them that judges it.
    """

    path: str
    value: Any
    subject: str = ""
    major: int = 0


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

    def identifiers(self) -> frozenset[str]:
        """The `id` of every tracked markdown file whose front matter has one."""
        ...
