"""Which kinds there are, and which schema version judges a document.

Shelves hold `<kind>/kind.yaml` and `<kind>[/<name>]/<major>.<minor>.<patch>.json`. The nearest shelf wins: the
repository's own, then the installed distributions, then the built-in one. What is wrong with a shelf is a finding
at its place, never an exception.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.glob import matcher
from govern.model.location import Span
from govern.model.rule import Rule
from govern.model.schema import Claim, Extract, Form, Kind, Schema, Version, written
from govern.model.spelling import nearest
from govern.parse import read
from govern.validator import Unusable, Validator, references

RESERVED = frozenset({"templates", "migrations", "examples"})  # folder names that hold no schema versions

SCHEMA_MISSING = Rule(
    "kind/schema-missing",
    "error",
    "a kind has no schema of the version it names",
    "Without it the documents of the kind would pass unjudged.",
)
SCHEMA_UNUSABLE = Rule(
    "kind/schema-unusable",
    "error",
    "a schema cannot judge anything",
    "It breaks its meta-schema, or a reference leads nowhere; its documents would pass unjudged.",
)
KIND_MALFORMED = Rule(
    "kind/malformed", "error", "a kind.yaml does not say what a kind needs", "Its files would pass unjudged."
)
KIND_UNKNOWN = Rule(
    "kind/unknown", "error", "a file or a setting names a kind that does not exist", "The file would pass unjudged."
)
RULES = (SCHEMA_MISSING, SCHEMA_UNUSABLE, KIND_MALFORMED, KIND_UNKNOWN)

_KIND_FILE = re.compile(r"([a-z][a-z0-9-]*)/kind\.yaml\Z")
_VERSION_FILE = re.compile(
    r"([a-z][a-z0-9-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*)/(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\.json\Z"
)


class Shelf(Protocol):
    """A `schemas/` folder, wherever it is. Paths are relative to it, with `/`."""

    name: str
    trusted: bool  # its files are known to be right: the built-in shelf, which the tests hold so

    def paths(self) -> Sequence[str]: ...

    def read(self, path: str) -> bytes: ...

    def shown(self, path: str) -> str:
        """How findings name a file of this shelf."""
        ...


class Registry:
    """The kinds and schemas of some shelves, the nearest first.

    `malformed` holds the kind files that do not say what a kind needs: whoever reports judges them by the kind `kind`.
    """

    def __init__(self, shelves: Iterable[Shelf]) -> None:
        self.kinds: dict[str, Kind] = {}
        self.findings: list[Finding] = []
        self.malformed: list[Document] = []
        self._versions: dict[str, dict[Version, tuple[Shelf, str]]] = {}
        self._beside: dict[str, Shelf] = {}
        self._schemas: dict[tuple[str, Version], Schema | None] = {}
        self._validators: dict[str, Validator | None] = {}
        self._by_id: dict[str, Schema] | None = None
        self._shelves = tuple(shelves)
        kind_files: dict[str, tuple[Shelf, str]] = {}
        for shelf in self._shelves:
            for path in shelf.paths():
                if match := _VERSION_FILE.match(path):
                    version = (int(match[2]), int(match[3]), int(match[4]))
                    if not RESERVED.intersection(match[1].split("/")):
                        self._versions.setdefault(match[1], {}).setdefault(version, (shelf, path))
                elif match := _KIND_FILE.match(path):
                    kind_files.setdefault(match[1], (shelf, path))
                else:
                    self._beside.setdefault(path, shelf)
        for name, (shelf, path) in kind_files.items():
            self._add_kind(name, shelf, path)
        self._in_order = [(kind, *claim) for kind in self.kinds.values() for claim in _claims(kind)]
        # one pattern with a group for each: every path of a repository is held against it
        claims = "|".join(f"({paths})" for _, paths, _ in self._in_order)
        self._claimed = re.compile(claims or "(?!)", re.DOTALL)
        self._unjudged = {name: matcher(kind.unjudged) for name, kind in self.kinds.items() if kind.unjudged}

    def claims(self, path: str) -> list[tuple[Kind, str | None]]:
        """The kinds whose globs claim the file, the nearest shelf's first, up to one that claims it whatever it holds;
        each with the regular expression that the file's beginning must match.
        """
        match = self._claimed.match(path)
        if not match or not match.lastindex:
            return []
        first, _, contains = self._in_order[match.lastindex - 1]
        if contains is None:
            return [(first, None)]
        result: list[tuple[Kind, str | None]] = [(first, contains)]
        for kind, paths, contains in self._in_order[match.lastindex :]:
            if re.match(paths, path, re.DOTALL):
                result.append((kind, contains))
                if contains is None:
                    break
        return result

    def unjudged(self, kind: Kind, path: str) -> bool:
        """Is this one of the files that the kind's schema does not judge?"""
        globs = self._unjudged.get(kind.name)
        return globs is not None and bool(globs.match(path))

    def versions(self, subject: str) -> list[Version]:
        """The versions of a subject, ascending."""
        return sorted(self._versions.get(subject, ()))

    def subjects(self) -> list[str]:
        """Every subject that has a version, in order."""
        return sorted(self._versions)

    def source(self, subject: str, version: Version) -> tuple[Shelf, str]:
        """Where a version lies: the shelf, and its path there."""
        return self._versions[subject][version]

    def schema(self, subject: str, major: int) -> Schema | None:
        """The highest version of a subject within a major; None if there is none, or if it cannot be read."""
        versions = [version for version in self._versions.get(subject, ()) if version[0] == major]
        return self._load(subject, max(versions)) if versions else None

    def exact(self, subject: str, version: Version) -> Schema | None:
        """One version of a subject; None if there is none, or if it cannot be read."""
        return self._load(subject, version) if version in self._versions.get(subject, ()) else None

    def beside(self, subject: str, name: str) -> Document | None:
        """A YAML file that lies beside the versions of a subject; None without one."""
        shelf = self._beside.get(f"{subject}/{name}")
        path = f"{subject}/{name}"
        return read(shelf.shown(path), shelf.read(path), "yaml") if shelf else None

    def validator(self, schema: Schema) -> Validator | None:
        """The schema, ready to judge; None, with a finding, if it cannot."""
        if schema.name not in self._validators:
            self._validators[schema.name] = self._compiled(schema)
        return self._validators[schema.name]

    def example(self, kind: str) -> str | None:
        """The example that a kind's folder holds, `example.*`; None without one."""
        for shelf in self._shelves:
            for path in shelf.paths():
                if path.startswith(f"{kind}/example."):
                    return shelf.read(path).decode("utf-8", "replace")
        return None

    def by_id(self) -> dict[str, Schema]:
        """Every schema by its `$id`; read only when a reference, or a `$schema`, asks."""
        if self._by_id is None:
            self._by_id = {}
            for subject, versions in self._versions.items():
                for version in versions:
                    schema = self._load(subject, version)
                    if schema and isinstance(schema.contents, dict) and isinstance(schema.contents.get("$id"), str):
                        self._by_id.setdefault(schema.contents["$id"], schema)
        return self._by_id

    def _add_kind(self, name: str, shelf: Shelf, path: str) -> None:
        document = read(shelf.shown(path), shelf.read(path), "yaml")
        if not shelf.trusted and not self._is_kind(document):
            self.malformed.append(document)
            return
        kind = _kind(document.value)
        self.kinds[name] = kind
        if kind.name != name:
            message = f"kind is {kind.name}, but its folder is {name}"
            span = document.span(("kind",))
            self.findings.append(
                found(KIND_MALFORMED, document.path, message, span=span, at=("kind",), about=kind.name)
            )
        if not any(version[0] == kind.default for version in self._versions.get(name, ())):
            message = f"default is {kind.default}, but {name}/ holds no schema {kind.default}.x.y.json"
            span = document.span(("default",))
            self.findings.append(
                found(SCHEMA_MISSING, document.path, message, span=span, at=("default",), about=kind.default)
            )

    def _is_kind(self, document: Document) -> bool:
        if not document.reading.readable or document.reading.findings:
            return False
        schema = self.schema("kind", 1)
        validator = schema and self.validator(schema)
        return bool(validator and validator.is_valid(document.value))

    def _load(self, subject: str, version: Version) -> Schema | None:
        key = (subject, version)
        if key not in self._schemas:
            shelf, path = self._versions[subject][version]
            self._schemas[key] = None
            if shelf.trusted:
                # our own reader, which can say where a mistake is, takes ten times as long: 2 ms for the compose schema
                contents = json.loads(shelf.read(path))
            else:
                document = read(shelf.shown(path), shelf.read(path), "json")
                self.findings.extend(document.reading.findings)
                if not document.reading.readable:
                    return None
                contents = document.value
            self._schemas[key] = Schema(subject, version, contents, shelf.name, shelf.shown(path))
        return self._schemas[key]

    def _compiled(self, schema: Schema) -> Validator | None:
        resources: dict[str, Any] = {}
        pending = list(references(schema.contents))
        while pending:
            uri = pending.pop()
            target = self.by_id().get(uri)
            if target and uri not in resources:
                resources[uri] = target.contents
                pending.extend(references(target.contents))
        try:
            return Validator(schema.contents, resources)
        except Unusable as error:
            shelf, path = self._versions[schema.subject][schema.version]
            document = read(schema.path, shelf.read(path), "json")
            message = f"this schema cannot judge anything: {error}"
            span = document.span(error.path)
            self.findings.append(
                found(SCHEMA_UNUSABLE, schema.path, message, span=span, at=error.path, about=str(error))
            )
            return None


def _claims(kind: Kind) -> list[tuple[str, str | None]]:
    """The globs of a kind as patterns without groups of their own, one for each text that files must contain."""
    globs: dict[str | None, list[str]] = {}
    for claim in kind.claims:
        unless = f"(?!{matcher(claim.unless).pattern})" if claim.unless else ""
        globs.setdefault(claim.contains, []).append(f"{unless}(?:{matcher([claim.glob]).pattern})")
    return [("|".join(patterns), contains) for contains, patterns in globs.items()]


def _kind(value: dict[str, Any]) -> Kind:
    claims = tuple(
        Claim(item["glob"], tuple(item.get("unless", ())), item.get("contains")) for item in value.get("files", ())
    )
    forms = tuple(
        Form(item["subject"], item["reader"], item["default"], tuple(item["endings"]), item.get("contains"))
        for item in value.get("forms", ())
    )
    extract = value.get("extract", {})
    return Kind(
        value["kind"],
        value["title"],
        value.get("description", ""),
        value["reader"],
        value["default"],
        claims,
        dict(value.get("vocabulary", {})),
        frozenset(value.get("tags", ())),
        tuple(value.get("unjudged", ())),
        forms,
        tuple(
            Extract(name, item["pattern"], item["written"], item.get("code", False)) for name, item in extract.items()
        ),
        tuple(value.get("majors", {}).items()),
    )


def unknown_kind(name: str, registry: Registry, path: str, span: Span) -> Finding:
    """The finding for a kind that does not exist."""
    near = nearest(name.partition("@")[0], registry.kinds)
    hint = f"did you mean {near[0]}?" if near else None
    message = f"there is no kind {name}; there are {', '.join(sorted(registry.kinds))}"
    return found(KIND_UNKNOWN, path, message, span=span, hint=hint, about=name)


def no_such_major(subject: str, major: int, registry: Registry, path: str, span: Span) -> Finding:
    """The finding for a version that does not exist."""
    there_are = ", ".join(written(version) for version in registry.versions(subject)) or "none"
    message = f"{subject} has no version {major}; there are {there_are}"
    return found(SCHEMA_MISSING, path, message, span=span, about=f"{subject}@{major}")
