"""What judges a document: a kind says which files it governs, a schema version says what they may hold."""

from functools import cache
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
    """A glob of files that a kind governs, relative to the repository; `unless` takes some of them out again.

    With `contains`, a regular expression, only files whose beginning it matches.
    """

    glob: str
    unless: tuple[str, ...] = ()
    contains: str | None = None


class Form(NamedTuple):
    """How documents are written and which subject's schemas judge them; `default` is the major version for those that
    pin none. A document has the form if its name ends in one of `endings` and its beginning matches `contains`.
    """

    subject: str
    reader: Reader
    default: int
    endings: tuple[str, ...] = ()
    contains: str | None = None


class Extract(NamedTuple):
    """A list of words that the reader of markdown finds in the text: what the first group of `pattern` matches in a
    line. `written` is how one is written, with `{}` for the word. `in_code` says that code blocks are searched too.
    """

    name: str
    pattern: str
    written: str
    in_code: bool = False


class Kind(NamedTuple):
    """A kind of document, as its `kind.yaml` describes it.

    `default` is the major version that judges documents which pin none. `vocabulary` maps each field that a
    repository may narrow to a closed list to what the field means. `tags` are YAML tags that are legal in its
    files. `unjudged` are globs of files that others may refer to, but that no schema judges. `forms` are other
    forms than its own that its documents may have. `majors` names top-level keys, each with the major version
    that judges the documents which have it.
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
    forms: tuple[Form, ...] = ()
    extract: tuple[Extract, ...] = ()
    majors: tuple[tuple[str, int], ...] = ()

    @property
    def form(self) -> Form:
        """Its own form."""
        return Form(self.name, self.reader, self.default)

    def major_by_keys(self, value: Any) -> int | None:
        """The major version that the keys of a document tell; the first of `majors` that it has counts."""
        if self.majors and isinstance(value, dict):
            for key, major in self.majors:
                if key in value:
                    return major
        return None


@cache
def written(version: Version) -> str:
    """A version as it is written.

    >>> written((1, 2, 3))
    '1.2.3'
    """
    return ".".join(map(str, version))
