"""What the checks of one schema file look at: the file, and the schemas that it may refer to."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote, unquote, urljoin

from govern.compat.positions import Dialect, dialect_of
from govern.model.document import Document
from govern.model.location import Path, pointer
from govern.model.schema import Version, written
from govern.model.verdict import Verdict

# Below these keywords a schema judges the same value as the one around it, and may declare its properties.
IN_PLACE = frozenset({"allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies"})

# Is every value of the first schema one of the second? Both may refer to the schemas at the absolute URIs of the third.
Decide: TypeAlias = Callable[[Any, Any, Mapping[str, Any]], Verdict]


class SchemaFile(NamedTuple):
    """A readable schema file. `base` is the absolute URI that its references start from, `resources` are the other
    schemas that it may refer to, by theirs. A file that is no version of a subject has neither. `spoken` are the names
    that the reader of its documents gives their parts.
    """

    document: Document
    base: str
    resources: Mapping[str, Any] = {}
    subject: str = ""
    version: Version | None = None
    spoken: frozenset[str] = frozenset()

    @property
    def contents(self) -> Any:
        return self.document.value

    @property
    def dialect(self) -> Dialect | None:
        return dialect_of(self.contents)

    @property
    def name(self) -> str | None:
        """`event/order-placed@1.0.0`; None for a file that is no version of a subject."""
        return f"{self.subject}@{written(self.version)}" if self.version else None

    @property
    def everything(self) -> dict[str, Any]:
        """All schemas by their URIs, this one included."""
        return {**self.resources, self.base: self.contents}

    def reference(self, path: Path) -> dict[str, str]:
        """A schema that is the one at `path`."""
        return referring(self.base, path)


def referring(base: str, path: Path) -> dict[str, str]:
    """A schema that is the one at `path` inside the resource `base`.

    >>> referring("urn:govern:task:1.0.0", ("$defs", "a b/c"))
    {'$ref': 'urn:govern:task:1.0.0#/$defs/a%20b~1c'}
    """
    fragment = quote(pointer(path), safe="/~!$&'()*+,;=:@")
    return {"$ref": f"{base}#{fragment}"}


def absolute(base: str, reference: str) -> str:
    """What a reference means where `base` is the base URI.

    >>> absolute("https://acme.example/order/1.0.0", "2.0.0"), absolute("urn:acme:order:1.0.0", "#/$defs/sum")
    ('https://acme.example/order/2.0.0', 'urn:acme:order:1.0.0#/$defs/sum')
    """
    if reference.startswith("#"):  # urljoin gives up on `urn:`
        return base.partition("#")[0] + reference
    return urljoin(base, reference)


def base_of(contents: Any, fallback: str) -> str:
    """The base URI of a schema: its `$id` (draft-04: `id`), resolved against the place it was found at."""
    if isinstance(contents, dict):
        for keyword in ("$id", "id"):
            named = contents.get(keyword)
            if isinstance(named, str) and named and not named.startswith("#"):
                return absolute(fallback, named).partition("#")[0]
    return fallback


class Links:
    """Which place of a file a `$ref` leads to by a JSON pointer."""

    def __init__(self, base: str, paths: Iterable[Path]) -> None:
        self._base = base
        self._paths = {pointer(path): path for path in paths}

    def target(self, schema: Any) -> Path | None:
        """The place that the schema refers to; None without a reference, or where it leads elsewhere."""
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        if not isinstance(reference, str):
            return None
        uri, _, fragment = reference.partition("#")
        return self._paths.get(unquote(fragment)) if uri in ("", self._base) else None
