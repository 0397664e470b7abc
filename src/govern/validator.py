"""Does this schema admit this value? jsonschema-rs answers; here is all that we ask of it.

Formats are always asserted, nothing is ever fetched, and a regular expression may backtrack only so often.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

BACKTRACK_LIMIT = 1_000_000  # the library's default; past it the pattern counts as not matched, and a finding says so

DIALECT = jsonschema_rs.Draft202012
DIALECT_URI = "https://json-schema.org/draft/2020-12/schema"


class Unusable(Exception):
    """A schema that cannot judge: it breaks its meta-schema, or a reference leads nowhere. `path` leads to the
    place.
    """

    def __init__(self, message: str, path: tuple[str | int, ...]) -> None:
        super().__init__(message)
        self.path = path


class Validator:
    """A schema, ready to judge values. `resources` are the schemas that it may refer to, by their `$id`."""

    __slots__ = ("_validator", "contents", "is_valid", "resources")

    def __init__(self, contents: Any, resources: dict[str, Any] | None = None) -> None:
        self.contents = contents
        self.resources = resources or {}
        registry = None
        try:
            if self.resources:
                registry = jsonschema_rs.Registry(list(self.resources.items()), draft=DIALECT)
            self._validator = jsonschema_rs.validator_for(
                contents,
                offline=True,
                validate_formats=True,
                registry=registry,
                pattern_options=jsonschema_rs.FancyRegexOptions(backtrack_limit=BACKTRACK_LIMIT),
            )
        except jsonschema_rs.ValidationError as error:
            raise Unusable(_first_line(error.message), tuple(error.instance_path)) from None
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            raise Unusable(_first_line(str(error)), ()) from None
        self.is_valid = self._validator.is_valid

    def errors(self, value: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """Every error of `value`, in the order of the schema."""
        return iter(self._validator.iter_errors(value))


def references(contents: Any) -> Iterable[str]:
    """The references that lead out of a schema, without their fragments."""
    pending, found = [contents], set()
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            ref = node.get("$ref")
            if isinstance(ref, str) and not ref.startswith("#"):
                found.add(ref.partition("#")[0])
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    return sorted(found)


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else "it cannot be used"
