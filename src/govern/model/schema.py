"""What judges a document: a kind says which files it governs, a schema version says what they may hold."""

from typing import Any, NamedTuple, TypeAlias

from govern.model.document import Reader

Version: TypeAlias = tuple[int, int, int]


class Schema(NamedTuple):
    """One version of a subject (`task`, `event/order-placed`), with its contents and the shelf and path it came
    from.
    """

    subject: str
    version: Version
    contents: Any
    shelf: str
    path: str

    @property
    def name(self) -> str:
        """How people and reports name it: `task@2.0.0`."""
        return f"{self.subject}@{written(self.version)}"


class Claim(NamedTuple):
    """A glob of files that a kind governs, relative to the repository; `unless` takes some of them out again."""

    glob: str
    unless: tuple[str, ...] = ()


class Kind(NamedTuple):
    """A kind of document, as its `kind.yaml` describes it.

    `default` is the major version that judges documents which pin none. `vocabulary` maps each field that a
    repository may narrow to a closed list to what the field means. `tags` are YAML tags that are legal in its
    files. `unjudged` are globs of files that others may refer to, but that no schema judges.
    """

    name: str
    title: str
    description: str
    reader: Reader
    default: int
    claims: tuple[Claim, ...]
    vocabulary: dict[str, str]
    tags: frozenset[str]
    unjudged: tuple[str, ...] = ()


def written(version: Version) -> str:
    """A version as it is written.

    >>> written((1, 2, 3))
    '1.2.3'
    """
    return ".".join(map(str, version))
