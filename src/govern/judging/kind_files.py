"""What is wrong between kind files, schemas and the files of a repository, each of which may be right by itself."""

from collections.abc import Collection, Iterator, Sequence

from govern.judging import words
from govern.judging.subschemas import Subschemas
from govern.kind_file import CLAIM_CONTESTED, FIELD_UNDECLARED, SHADOWING
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.glob import matcher
from govern.model.location import Path
from govern.model.schema import Form, Kind
from govern.model.spelling import nearest
from govern.registry import Registry


def check_kinds(registry: Registry, which: Collection[str], paths: Sequence[str]) -> Iterator[Finding]:
    """What is wrong with the kind files at the paths `which`. `paths` are the files of the repository that get their
    kinds by the kinds' own globs. What is wrong with their schemas is among the registry's findings afterwards.
    """
    for name, document in registry.kind_files.items():
        if document.path in which:
            kind = registry.kinds[name]
            yield from _shadowing(registry, document, kind)
            yield from _undeclared(registry, document, kind)
    yield from _contested(registry, which, paths)


def _shadowing(registry: Registry, document: Document, kind: Kind) -> Iterator[Finding]:
    other = registry.shadowed.get(kind.name)
    if other is None:
        return
    built_in = other == "built-in"
    message = f"{kind.name} is a kind {'of govern itself' if built_in else f'of {other}'}, and this one takes its place"
    hint = f"to add to it, choose another name and let the schema extend it by $ref: urn:govern:{kind.name}:…"
    span = document.span(("kind",))
    yield found(
        SHADOWING,
        document.path,
        message,
        span=span,
        at=("kind",),
        hint=hint if built_in else None,
        about=kind.name,
    )


def _undeclared(registry: Registry, document: Document, kind: Kind) -> Iterator[Finding]:
    declared: set[str] = set()
    judges = []
    for form in (kind.form, *kind.forms):
        schema = registry.schema(form.subject, form.default)
        validator = registry.validator(schema) if schema else None
        if not schema or not validator:
            return  # the registry says so
        judges.append((form, Subschemas(schema.contents, validator.resources)))
    for form, subschemas in judges:
        declared |= set(_fields(form, subschemas))
    for field in kind.vocabulary:
        if field not in declared and not any(_by_pattern(form, subschemas, field) for form, subschemas in judges):
            at = ("vocabulary", field)
            near = nearest(field, declared)
            hint = f"did you mean {words.either(near)}?" if near else f"`govern explain {kind.name}` lists its fields"
            message = f"no schema of {kind.name} declares the field {field}"
            span = document.span(at, key=True)
            yield found(FIELD_UNDECLARED, document.path, message, span=span, at=at, hint=hint, about=field)


def _fields(form: Form, subschemas: Subschemas) -> Collection[str]:
    """The fields that a vocabulary may be about: the keys of the document, or of its front matter."""
    node, resource = _fields_at(form, subschemas)
    return subschemas.keys(node, resource)


def _by_pattern(form: Form, subschemas: Subschemas, field: str) -> bool:
    node, resource = _fields_at(form, subschemas)
    return subschemas.declares(node, resource, field)


def _fields_at(form: Form, subschemas: Subschemas) -> tuple[object, object]:
    contents = subschemas.contents
    if form.reader in ("json", "yaml", "toml", "frontmatter"):
        return contents, contents
    for node, resource in subschemas.in_place(contents, contents):
        properties = node.get("properties")
        if isinstance(properties, dict) and "frontmatter" in properties:
            return properties["frontmatter"], resource
    return contents, contents


def _contested(registry: Registry, which: Collection[str], paths: Sequence[str]) -> Iterator[Finding]:
    """The first file of each glob that an earlier kind of the repository's own claims too."""
    said: set[tuple[str, Path]] = set()
    for path in paths:
        claimants = registry.claimants(path)
        for kind in claimants[1:]:
            first, document = claimants[0], registry.kind_files.get(kind.name)
            if first.name not in registry.kind_files or not document or document.path not in which:
                continue
            at = _place(document, path)
            if (kind.name, at) in said:
                continue
            said.add((kind.name, at))
            yield found(
                CLAIM_CONTESTED,
                document.path,
                f"{path} is claimed by the kind {first.name} too, which comes first",
                span=document.span(at),
                at=at,
                hint="take it out of one of them by `unless`, or name its kind in govern.toml under [files]",
                about=first.name,
            )


def _place(document: Document, path: str) -> Path:
    """Where a kind.yaml claims a file."""
    for index, claim in enumerate(document.value["files"]):
        if "contains" not in claim and matcher([claim["glob"]]).match(path):
            return ("files", index, "glob")
    return ("files",)
