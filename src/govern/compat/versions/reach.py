"""Which other schemas does a schema refer to, through however many files? Nothing is ever fetched."""

import posixpath
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from govern.compat.uri import joined
from govern.parse.bounds import MAX_DEPTH

MAX_RESOURCES = 1_000  # files that one schema may lead to; the largest published families have a few hundred

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


class Resource(NamedTuple):
    """A schema that others may refer to. `path` is its file's, None where it is none of the revision's files."""

    contents: Any
    path: str | None


class Reach(NamedTuple):
    """A schema with all that it leads to.

    `contents` is the schema, which says its own `$id` where it needs one; `resources` maps absolute URIs to the others,
    `paths` those of them to their files that are files of the revision.
    """

    contents: Any
    resources: dict[str, Any]
    paths: dict[str, str]


def reach(
    contents: Any, path: str, by_id: Callable[[str], Resource | None], by_path: Callable[[str], Resource | None]
) -> Reach:
    """What the schema in the file at `path` leads to.

    A reference means the schema with that `$id`; else, if it is relative, the file at that place. References that lead
    nowhere are left to whoever judges.
    """
    home = "file:///" + quote(path, errors="surrogateescape")
    own = _own_id(contents)
    resources: dict[str, Any] = {}
    paths: dict[str, str] = {}
    leaves = False
    known = {home, joined(home, own or "")}
    pending: list[tuple[Any, str, str | None]] = [(contents, home, path)]
    while pending and len(resources) < MAX_RESOURCES:
        schema, base, file = pending.pop()
        found = list(_references(schema, base))
        known.update(base for base, _ in found)
        for base, reference in found:
            uri = joined(base, reference).partition("#")[0]
            if reference.startswith("#") or uri in known:
                continue
            known.add(uri)
            resource = by_id(uri) or _by_place(uri, reference, file, by_path)
            leaves = leaves or ":" not in reference.partition("/")[0]
            if resource:
                resources[uri] = resource.contents
                pending.append((resource.contents, uri, resource.path))
                if resource.path:
                    paths[uri] = resource.path
    if leaves and own is None and isinstance(contents, dict):
        name = "id" if "draft-04" in str(contents.get("$schema")) else "$id"
        contents = {name: home, **contents}
    return Reach(contents, resources, paths)


def _by_place(uri: str, reference: str, file: str | None, by_path: Callable[[str], Resource | None]) -> Resource | None:
    if uri.startswith("file:///"):
        return by_path(unquote(uri.removeprefix("file:///"), errors="surrogateescape"))
    place = unquote(reference.partition("#")[0])
    if file is None or ":" in place.partition("/")[0] or place.startswith("/"):
        return None
    return by_path(posixpath.normpath(posixpath.join(posixpath.dirname(file), place)))


def _references(schema: Any, base: str) -> Iterator[tuple[str, str]]:
    """Every reference with the URI that it starts from."""
    pending = [(schema, base, 0)]
    while pending:
        node, base, depth = pending.pop()
        if isinstance(node, dict):
            identifier = _own_id(node)
            if identifier is not None:
                base = joined(base, identifier).partition("#")[0]
                yield base, "#"  # so that whoever refers to it knows that it is here
            for keyword in _REFERENCES:
                if isinstance(node.get(keyword), str):
                    yield base, node[keyword]
        if isinstance(node, (dict, list)) and depth <= MAX_DEPTH:
            children = node.values() if isinstance(node, dict) else node
            pending.extend((child, base, depth + 1) for child in children)


def _own_id(node: Any) -> str | None:
    if not isinstance(node, dict):
        return None
    own = node.get("$id", node.get("id"))
    return own if isinstance(own, str) else None
