"""Does this schema admit this value? jsonschema-rs answers; here is all that we ask of it.

Formats are always asserted, nothing is ever fetched, and a regular expression may backtrack only so often.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

from govern.model.location import steps

BACKTRACK_LIMIT = 1_000_000  # the library's default; past it the pattern counts as not matched, and a finding says so


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
                # without a draft of its own, the registry goes by the `$schema` of each
                registry = jsonschema_rs.Registry(list(self.resources.items()))
            self._validator = jsonschema_rs.validator_for(
                contents,
                offline=True,
                validate_formats=True,
                registry=registry,
                pattern_options=jsonschema_rs.FancyRegexOptions(backtrack_limit=BACKTRACK_LIMIT),
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            for path, reference in _references(contents):
                if not _leads_somewhere(reference, contents, self.resources):
                    raise Unusable(f"the reference {reference} leads nowhere", path) from None
            raise Unusable(_first_line(getattr(error, "message", str(error))), _path(error)) from None
        self.is_valid = self._validator.is_valid

    def errors(self, value: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """Every error of `value`, in the order of the schema."""
        return iter(self._validator.iter_errors(value))


def references(contents: Any) -> Iterable[str]:
    """The references that lead out of a schema, without their fragments."""
    return sorted({ref.partition("#")[0] for _, ref in _references(contents) if not ref.startswith("#")})


def _references(contents: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every `$ref` with the path to it."""
    pending: list[tuple[tuple[str | int, ...], Any]] = [((), contents)]
    while pending:
        path, node = pending.pop()
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield (*path, "$ref"), node["$ref"]
            pending.extend(((*path, key), value) for key, value in node.items())
        elif isinstance(node, list):
            pending.extend(((*path, index), value) for index, value in enumerate(node))


def _leads_somewhere(reference: str, contents: Any, resources: dict[str, Any]) -> bool:
    """Is there something at a reference? Anchors, and what else only the library knows, are taken on trust."""
    uri, _, fragment = reference.partition("#")
    own = not uri or (isinstance(contents, dict) and uri == contents.get("$id"))
    if not own and uri not in resources:
        return uri.startswith("https://json-schema.org/")
    node = contents if own else resources[uri]
    for step in steps(fragment) if fragment.startswith("/") else ():
        if isinstance(node, list) and step.isdigit() and int(step) < len(node):
            node = node[int(step)]
        elif isinstance(node, dict) and step in node:
            node = node[step]
        else:
            return False
    return True


def _path(error: Exception) -> tuple[str | int, ...]:
    return tuple(error.instance_path) if isinstance(error, jsonschema_rs.ValidationError) else ()


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else "it cannot be used"
