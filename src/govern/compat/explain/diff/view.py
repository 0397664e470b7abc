"""What is said of one value: the keywords that judge it, with the place of each in the bundle."""

from typing import Any, Literal, NamedTuple

from govern.compat.explain.diff.vocabulary import is_annotation, type_of
from govern.model.location import Path

EVERY_TYPE = frozenset({"array", "boolean", "null", "number", "object", "string"})
FORM_NOTES = "x-forms"  # the annotations of forms that are read as one list


class Found(NamedTuple):
    """A keyword's value and where in the bundle it stands."""

    value: Any
    path: Path


class View:
    """What is said of one value. `path` is where one more keyword would stand; `admits_nothing` is `false`.

    `keywords` are all but those merged from several places: `properties`, `patterns` and `required` by name.
    `has_forms` names the one of `type` and `enum` that is spelled as `anyOf` or `oneOf`, and stands there.
    """

    __slots__ = ("admits_nothing", "conditions", "has_forms", "keywords", "path", "patterns", "properties", "required")

    def __init__(self, path: Path, admits_nothing: bool = False) -> None:
        self.path = path
        self.admits_nothing = admits_nothing
        self.keywords: dict[str, Found] = {}
        self.properties: dict[str, Path] = {}
        self.patterns: dict[str, Path] = {}
        self.required: dict[str, Path] = {}
        self.conditions: list[Path] = []
        self.has_forms: Literal["type", "enum"] | None = None

    @property
    def annotations(self) -> dict[str, Found]:
        return {word: found for word, found in self.keywords.items() if is_annotation(word)}

    @property
    def assertions(self) -> dict[str, Found]:
        return {word: found for word, found in self.keywords.items() if not is_annotation(word)}

    @property
    def is_open(self) -> bool:
        """Is nothing asked?"""
        return not (
            self.admits_nothing
            or self.assertions
            or self.properties
            or self.patterns
            or self.required
            or self.conditions
        )

    def count(self, keyword: str) -> int:
        """How many entries a keyword lists."""
        value = self.get(keyword)
        return len(value) if isinstance(value, list) else 0

    def get(self, keyword: str) -> Any:
        """The value of a keyword, None where it is not there."""
        found = self.keywords.get(keyword)
        return found.value if found else None

    def where(self, keyword: str) -> Path:
        """Where a keyword stands, or would."""
        found = self.keywords.get(keyword)
        return found.path if found else (*self.path, keyword)

    @property
    def types(self) -> frozenset[str]:
        """The types that the value may have: all of them where nothing is said."""
        values = self.values
        if values is not None:
            return frozenset(type_of(value) for value in values)
        said = self.get("type")
        return frozenset(said) if isinstance(said, list) else EVERY_TYPE

    @property
    def values(self) -> list[Any] | None:
        """The only values allowed, None where there is no such list."""
        listed = self.get("enum")
        return listed if isinstance(listed, list) else None

    @property
    def alternatives(self) -> str | None:
        """`anyOf` or `oneOf`, if that is all that is said."""
        words = list(self.assertions)
        bare = len(words) == 1 and not (self.properties or self.patterns or self.required or self.conditions)
        return words[0] if bare and words[0] in ("anyOf", "oneOf") and isinstance(self.get(words[0]), list) else None
