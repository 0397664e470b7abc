"""Does this schema admit this value? jsonschema-rs answers; here is all that we ask of it.

Formats are always asserted, nothing is ever fetched, and a regular expression may backtrack only so often.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import jsonschema_rs

from govern.model.location import steps

BACKTRACK_LIMIT = 1_000_000  # the library's default; past it the pattern counts as not matched, and a finding says so
SEARCH_LIMIT = 100_000  # the same where a file is only searched; only looks around and references back count at all


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


@lru_cache(maxsize=256)
def searcher(pattern: str) -> Callable[[str], bool]:
    """What tells whether a pattern occurs in a text; `^` and `$` match at every line. Unusable if it is none.

    >>> searcher("^- item$")("# List\\n- item\\n"), searcher("(a+)+$")("a" * 50_000 + "!")
    (True, False)
    """
    options = jsonschema_rs.FancyRegexOptions(backtrack_limit=SEARCH_LIMIT)
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": f"(?m){pattern}"}, pattern_options=options).is_valid
    except (jsonschema_rs.ValidationError, ValueError) as error:
        raise Unusable(_first_line(getattr(error, "message", str(error))), ()) from None


def references(contents: Any) -> Iterable[str]:
    """The schemas that the references of a schema lead to, by their URIs, itself left out."""
    base = _id(contents)
    return sorted({led_to(base, ref) for _, ref in _references(contents) if not ref.startswith("#")})


def _id(contents: Any) -> str:
    named = contents.get("$id") if isinstance(contents, dict) else None
    return named.partition("#")[0] if isinstance(named, str) else ""


def led_to(base: str, reference: str) -> str:
    """The URI of the schema that a reference leads to, where `base` is that of the one it stands in."""
    uri = reference.partition("#")[0]
    if not uri or ":" in uri.partition("/")[0] or "/" not in base:
        return uri or base
    from urllib.parse import urljoin  # few references are relative

    try:
        return urljoin(base, uri)
    except ValueError:
        return uri


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


class Circle(NamedTuple):
    """A reference that leads back to itself in place: the `$id` of its schema (empty: it has none), where, and what."""

    uri: str
    path: tuple[str | int, ...]
    reference: str


# Below these keywords a schema judges the same value as the one around it.
_IN_PLACE = ("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "dependentSchemas", "dependencies")


def circle(contents: Any, resources: dict[str, Any]) -> Circle | None:
    """A reference on a way through the schema, and through those that it refers to, that comes back to its beginning
    without getting to another part of the value; None if there is none.

    >>> circle({"$id": "urn:a", "allOf": [{"$ref": "urn:b"}]}, {"urn:b": {"$id": "urn:b", "$ref": "urn:a"}})
    Circle(uri='urn:a', path=('allOf', 0, '$ref'), reference='urn:b')
    >>> circle({"properties": {"next": {"$ref": "#"}}}, {})
    """
    own = _id(contents)
    schemas = {**resources, own: contents}

    def ways(uri: str, path: tuple[str | int, ...], node: Any) -> Iterator[tuple[str, tuple[str | int, ...], Any]]:
        if not isinstance(node, dict):
            return
        reference = node.get("$ref")
        if isinstance(reference, str):
            fragment = reference.partition("#")[2]
            target = led_to(uri, reference)
            if target in schemas and (not fragment or fragment.startswith("/")):
                there = _at(fragment, schemas[target])
                if there is not None:
                    yield target, *there
            dialect = schemas[uri].get("$schema") if isinstance(schemas[uri], dict) else None
            if isinstance(dialect, str) and "/draft-0" in dialect:
                return  # up to draft-07, what stands beside a reference counts for nothing
        for keyword in _IN_PLACE:
            inner = node.get(keyword)
            if isinstance(inner, list):
                yield from ((uri, (*path, keyword, index), item) for index, item in enumerate(inner))
            elif isinstance(inner, dict) and keyword.startswith("depend"):
                yield from ((uri, (*path, keyword, name), item) for name, item in inner.items())
            elif isinstance(inner, dict):
                yield uri, (*path, keyword), inner

    done: set[int] = set()
    for path, _ in _references(contents):
        start = contents
        for name in path[:-1]:
            start = start[name]
        way = [(own, path[:-1], start)]
        on_way = {id(start): 0}
        pending = [ways(*way[0])]
        while pending:
            step = next(pending[-1], None)
            if step is None:
                pending.pop()
                last = id(way.pop()[2])
                del on_way[last]
                done.add(last)
                continue
            first = on_way.get(id(step[2]))
            if first is not None:
                named = [each for each in way[first:] if isinstance(each[2].get("$ref"), str)]
                uri, at, node = min(named, key=lambda each: (each[0], tuple(map(str, each[1]))))
                return Circle(uri, (*at, "$ref"), node["$ref"])
            if id(step[2]) not in done:
                on_way[id(step[2])] = len(way)
                way.append(step)
                pending.append(ways(*step))
    return None


def _at(fragment: str, node: Any) -> tuple[tuple[str | int, ...], Any] | None:
    """The path and the value that a JSON pointer leads to."""
    path: list[str | int] = []
    for step in steps(fragment) if fragment else ():
        if isinstance(node, list) and step.isdigit() and int(step) < len(node):
            path.append(int(step))
            node = node[int(step)]
        elif isinstance(node, dict) and step in node:
            path.append(step)
            node = node[step]
        else:
            return None
    return tuple(path), node


def _leads_somewhere(reference: str, contents: Any, resources: dict[str, Any]) -> bool:
    """Is there something at a reference? Anchors, and what else only the library knows, are taken on trust."""
    fragment = reference.partition("#")[2]
    base = _id(contents)
    uri = led_to(base, reference)
    own = uri == base
    if not own and uri not in resources:
        return uri.startswith("https://json-schema.org/")
    node = contents if own else resources[uri]
    return _at(fragment, node) is not None if fragment.startswith("/") else True


def _path(error: Exception) -> tuple[str | int, ...]:
    return tuple(error.instance_path) if isinstance(error, jsonschema_rs.ValidationError) else ()


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else "it cannot be used"
