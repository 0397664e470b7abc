"""Does every reference lead to a schema, and does the schema's own name agree with its path?"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from govern.compat.lint.rules import ID_DUPLICATE, ID_INCOMPLETE, REFERENCE_DANGLING
from govern.compat.lint.schema_file import SchemaFile, absolute, base_of
from govern.compat.positions import Position
from govern.compat.versions import lineage
from govern.compat.versions.freeze import Published
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Path, pointer, steps
from govern.model.schema import written
from govern.model.spelling import nearest

_META_SCHEMAS = ("https://json-schema.org/", "http://json-schema.org/")  # every validator brings them
REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_CONTAINERS = ("$defs", "definitions")
_AUTHORITY = re.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*://[^/]*")  # where an `$id` lives, which says nothing of its subject


# What stands in for schemas that are not here; without it the registry refuses to be built.
_NOT_HERE = {"$comment": "govern: there is no such schema"}


def check_references(schema: SchemaFile, places: Iterable[Position]) -> Iterator[Finding]:
    """The references that lead nowhere, or to something that is no schema."""
    import jsonschema_rs

    try:
        registry = jsonschema_rs.Registry(list(schema.everything.items()), retriever=lambda uri: _NOT_HERE)
    except (jsonschema_rs.ReferencingError, ValueError):
        return  # an `$id` that is no URI: the meta-schema says so
    bases: dict[Path, str] = {}
    for position in places:
        around = bases[position.parent] if position.steps else schema.base
        base = bases[position.path] = base_of(position.schema, around) if position.steps else around
        for keyword in REFERENCES:
            reference = position.schema.get(keyword) if isinstance(position.schema, dict) else None
            if not isinstance(reference, str) or absolute(base, reference).startswith(_META_SCHEMAS):
                continue
            try:
                target = registry.resolver(base).lookup(reference).contents
            except (jsonschema_rs.ReferencingError, ValueError):
                target = None
            if not isinstance(target, (dict, bool)) or target == _NOT_HERE:
                yield _dangling(schema, base, (*position.path, keyword), reference)


def _dangling(schema: SchemaFile, base: str, at: Path, reference: str) -> Finding:
    uri, _, fragment = absolute(base, reference).partition("#")
    hint = None
    if uri not in schema.everything:
        message = f"the reference {reference} leads to a schema that is not here"
        near = nearest(uri, schema.resources)
        if near:
            hint = f"did you mean {near[0]}?"
        elif uri.startswith(("http:", "https:")):
            hint = "govern fetches nothing: add the schema to schemas/ under this $id"
    else:
        message = f"the reference {reference} leads nowhere"
        better = _nearby(schema.everything[uri], unquote(fragment))
        hint = f"did you mean {reference.partition('#')[0]}#{better}?" if better else None
    span = schema.document.span(at)
    return found(REFERENCE_DANGLING, schema.document.path, message, span=span, at=at, hint=hint, about=reference)


def _nearby(contents: Any, fragment: str) -> str | None:
    """The pointer that was meant: a name beside the missing one, or the same name in the other container."""
    names = steps(fragment)
    node = contents
    for index, step in enumerate(names):
        if isinstance(node, dict) and step in node:
            node = node[step]
            continue
        if index == 0 and step in _CONTAINERS and isinstance(node, dict):
            other = _CONTAINERS[1 - _CONTAINERS.index(step)]
            if len(names) > 1 and isinstance(node.get(other), dict) and names[1] in node[other]:
                return pointer((other, *names[1:]))
        near = nearest(step, node) if isinstance(node, dict) else []
        return pointer((*names[:index], near[0], *names[index + 1 :])) if near else None
    return None


def check_own_id(schema: SchemaFile) -> Iterator[Finding]:
    """A version whose `$id` names another version, or does not say which one it is."""
    if schema.version is None or not isinstance(schema.contents, dict):
        return
    mismatched = list(lineage.check_id(Published(schema.subject, schema.version, schema.document)))
    yield from mismatched
    named = schema.contents.get("$id")
    if mismatched or (named is not None and not isinstance(named, str)):  # the meta-schema says that it is no text
        return
    version, name = written(schema.version), schema.subject.rpartition("/")[2]
    if named is None:
        message = f"{schema.name} has no $id"
        hint = f"such as urn:govern:{schema.subject}:{version}; other schemas refer to it by that name"
        span = schema.document.span()
        yield found(ID_INCOMPLETE, schema.document.path, message, span=span, hint=hint, about=schema.name)
        return
    numbered = bool(lineage.numbers_in(named))  # if it names a version, it is this one
    # The base, and what comes before the name, is the organisation's own choice. A longer name is another subject's:
    # `reorder`, `order-placed`; `order-1.0.0` and `order-v1.0.0` are not.
    own = re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(name)}(?![A-Za-z0-9_])(?!-(?!v?\d+\.))")
    if numbered and own.search(_AUTHORITY.sub("", named)):
        return
    hint = f"end it in {schema.subject}{'/' if '/' in named else ':'}{version}"
    if numbered:
        message = f"$id is {named}, which does not say {name}, but the file is {schema.name}"
    else:
        message = f"$id says no version, but the file is {schema.name}"
        hint += ", or two versions share one name"
    at = ("$id",)
    span = schema.document.span(at)
    yield found(ID_INCOMPLETE, schema.document.path, message, span=span, at=at, hint=hint, about=named)


def check_ids(documents: Iterable[Document]) -> Iterator[Finding]:
    """The schemas that call themselves what another one does already."""
    first: dict[str, Document] = {}
    for document in documents:
        named = document.value.get("$id") if isinstance(document.value, dict) else None
        if not isinstance(named, str):
            continue
        other = first.setdefault(named, document)
        if other is not document:
            at = ("$id",)
            message = f"$id is {named}, and so is that of {other.path}"
            yield found(ID_DUPLICATE, document.path, message, span=document.span(at), at=at, about=named)
