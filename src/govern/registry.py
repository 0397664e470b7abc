"""Which kinds there are, and which schema version judges a document.

Shelves hold `<kind>/kind.yaml` and `<kind>[/<name>]/<major>.<minor>.<patch>.json`. The nearest shelf wins: the
repository's own, then the installed distributions, then the built-in one. What is wrong with a shelf is a finding
at its place, never an exception.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, Protocol

from govern.kind_file import check_kind_file, kind_of
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.glob import expression
from govern.model.location import Path, Span
from govern.model.pattern import pattern
from govern.model.rule import Rule
from govern.model.schema import Kind, Schema, Version, written
from govern.model.spelling import nearest
from govern.parse import read, unopened
from govern.validator import Unusable, Validator, circle, references

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
    "It breaks its meta-schema, or a reference leads nowhere or in a circle; its documents would pass unjudged.",
)
KIND_MALFORMED = Rule(
    "kind/malformed", "error", "a kind.yaml does not say what a kind needs", "Its files would pass unjudged."
)
KIND_UNKNOWN = Rule(
    "kind/unknown", "error", "a file or a setting names a kind that does not exist", "The file would pass unjudged."
)
RULES = (SCHEMA_MISSING, SCHEMA_UNUSABLE, KIND_MALFORMED, KIND_UNKNOWN)

_KIND_FILE = re.compile(r"([a-z][a-z0-9-]*)/kind\.yaml\Z")
_ALMOST_KIND_FILE = re.compile(r"([^/]+)/kind\.(?:ya?ml|json|toml)\Z")
_VERSION_FILE = re.compile(
    r"([a-z][a-z0-9-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*)/(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\.json\Z"
)


class Shelf(Protocol):
    """A `schemas/` folder, wherever it is. Paths are relative to it, with `/`."""

    name: str
    trusted: bool  # its files are known to be right: the built-in shelf, which the tests hold so

    def paths(self) -> Sequence[str]: ...

    def read(self, path: str) -> bytes:
        """OSError if it cannot be opened."""
        ...

    def shown(self, path: str) -> str:
        """How findings name a file of this shelf."""
        ...


class Registry:
    """The kinds and schemas of some shelves, the nearest first.

    `malformed` holds the kind files that do not say what a kind needs: whoever reports judges them by the kind `kind`.
    `broken` names their kinds, so that nobody is told that those do not exist. `kind_files` holds the kind files of
    all kinds, but for the built-in ones; `shadowed` the shelves whose kind of the same name another one hides.
    """

    def __init__(self, shelves: Iterable[Shelf]) -> None:
        self.kinds: dict[str, Kind] = {}
        self.findings: list[Finding] = []
        self.malformed: list[Document] = []
        self.broken: set[str] = set()
        self.kind_files: dict[str, Document] = {}
        self.shadowed: dict[str, str] = {}
        self._versions: dict[str, dict[Version, tuple[Shelf, str]]] = {}
        self._beside: dict[str, Shelf] = {}
        self._schemas: dict[tuple[str, Version], Schema | None] = {}
        self._validators: dict[str, Validator | None] = {}
        self._by_id: dict[str, Schema] | None = None
        self._shelves = [(shelf, shelf.paths()) for shelf in shelves]
        kind_files: dict[str, tuple[Shelf, str]] = {}
        for shelf, paths in self._shelves:
            for path in paths:
                if match := _VERSION_FILE.match(path):
                    version = (int(match[2]), int(match[3]), int(match[4]))
                    if not RESERVED.intersection(match[1].split("/")):
                        self._versions.setdefault(match[1], {}).setdefault(version, (shelf, path))
                elif (match := _KIND_FILE.match(path)) and match[1] not in RESERVED:
                    if kind_files.setdefault(match[1], (shelf, path))[0] is not shelf:
                        self.shadowed.setdefault(match[1], shelf.name)
                elif (match := _ALMOST_KIND_FILE.match(path)) and not shelf.trusted:
                    self._add_misnamed(match[1], shelf, path)
                else:
                    self._beside.setdefault(path, shelf)
        for name, (shelf, path) in kind_files.items():
            self._add_kind(name, shelf, path)
        self._in_order = [(kind, *claim) for kind in self.kinds.values() for claim in _claims(kind)]
        # one pattern with a group for each: every path of a repository is held against it
        claims = "|".join(f"({paths})" for _, paths, _ in self._in_order)
        self._claimed = re.compile(claims or "(?!)", re.DOTALL)
        spared = {kind.name: expression(kind.unjudged) for kind in self.kinds.values() if kind.unjudged}
        self._unjudged = {name: pattern(globs, re.DOTALL) for name, globs in spared.items()}

    @property
    def shelves(self) -> Sequence[tuple[Shelf, Sequence[str]]]:
        """Where kinds and schemas lie, each with its files, the nearest first."""
        return self._shelves

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

    def claimants(self, path: str) -> list[Kind]:
        """Every kind whose globs claim the file whatever it holds, the nearest shelf's first, if it is of the first."""
        match = self._claimed.match(path)
        if not match or not match.lastindex or self._in_order[match.lastindex - 1][2] is not None:
            return []
        return [
            kind
            for kind, paths, contains in self._in_order[match.lastindex - 1 :]
            if contains is None and re.match(paths, path, re.DOTALL)
        ]

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

    def example(self, subject: str) -> tuple[str, bytes] | None:
        """The example that a subject's folder holds, `example.*`, by the name that findings give it; None without one
        that can be opened.
        """
        for shelf, paths in self._shelves:
            for path in paths:
                if path.startswith(f"{subject}/example."):
                    try:
                        return shelf.shown(path), shelf.read(path)
                    except OSError:
                        return None
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
        document = self._read(shelf, path, "yaml")
        if not shelf.trusted and not self._is_kind(document):
            self.malformed.append(document)
            self.broken.add(name)
            return
        kind = self.kinds[name] = kind_of(document.value, name, trusted=shelf.trusted)
        if shelf.trusted:
            return
        self.kind_files[name] = document
        self.findings.extend(check_kind_file(document))
        if document.value["kind"] != name:
            message = f"kind is {document.value['kind']}, but its folder is {name}"
            self._blame(KIND_MALFORMED, document, ("kind",), message, document.value["kind"])
        self._check_default(document, ("default",), name, kind.default)
        for index, form in enumerate(document.value.get("forms", ())):
            at: Path = ("forms", index)
            if form["subject"].partition("/")[0] != name:
                message = (
                    f"the form's schemas are {form['subject']}, but they must lie in the folder of the kind, {name}/"
                )
                self._blame(KIND_MALFORMED, document, (*at, "subject"), message, form["subject"])
            else:
                self._check_default(document, (*at, "default"), form["subject"], form["default"])

    def _check_default(self, document: Document, at: Path, subject: str, major: int) -> None:
        if any(version[0] == major for version in self._versions.get(subject, ())):
            return
        message = f"default is {major}, but {subject}/ holds no schema {major}.x.y.json"
        there_are = [written(version) for version in self.versions(subject)]
        prefix = subject + "/"
        others = [
            path.removeprefix(prefix)
            for _, paths in self._shelves
            for path in paths
            if path.startswith(prefix) and path.endswith(".json") and not _VERSION_FILE.match(path)
        ]
        hint = f"there are {', '.join(there_are)}" if there_are else None
        if not hint and (near := [name for name in others if "/" not in name and not name.startswith("example.")]):
            hint = f"{near[0]} does not count: call it {major}.0.0.json"
        self._blame(SCHEMA_MISSING, document, at, message, major, hint)

    def _add_misnamed(self, folder: str, shelf: Shelf, path: str) -> None:
        name = path.rpartition("/")[2]
        if name != "kind.yaml":
            message = f"a kind is described in a file called kind.yaml; {name} is not read"
        elif folder in RESERVED:
            message = f"the folder {folder} holds no kind: its name is taken"
        else:
            message = f"a kind's folder is named in lower-case letters, digits and hyphens; {folder} is not read"
        self.findings.append(found(KIND_MALFORMED, shelf.shown(path), message, about=path))

    def _blame(
        self, rule: Rule, document: Document, at: Path, message: str, about: str | int, hint: str | None = None
    ) -> None:
        span = document.span(at)
        self.findings.append(found(rule, document.path, message, span=span, at=at, hint=hint, about=about))

    def _read(self, shelf: Shelf, path: str, reader: Literal["json", "yaml"]) -> Document:
        try:
            return read(shelf.shown(path), shelf.read(path), reader)
        except OSError as error:
            return unopened(shelf.shown(path), reader, error.strerror or str(error))

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
                document = self._read(shelf, path, "json")
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
            validator = Validator(schema.contents, resources)
        except Unusable as error:
            self._add_unusable(schema, error.path, str(error))
            return None
        if self._versions[schema.subject][schema.version][0].trusted:
            return validator
        if way := circle(schema.contents, resources):
            # all schemas on the way are unusable, and the finding is the same one
            guilty = self.by_id().get(way.uri, schema) if way.uri else schema
            message = f"the reference {way.reference} leads back to itself without getting to another part of the value"
            self._add_unusable(guilty, way.path, message)
            return None
        return validator

    def _add_unusable(self, schema: Schema, at: Path, why: str) -> None:
        shelf, path = self._versions[schema.subject][schema.version]
        document = self._read(shelf, path, "json")
        message = f"this schema cannot judge anything: {why}"
        self._blame(SCHEMA_UNUSABLE, document, at, message, why)


def _claims(kind: Kind) -> list[tuple[str, str | None]]:
    """The globs of a kind as patterns without groups of their own, one for each text that files must contain."""
    globs: dict[str | None, list[str]] = {}
    for claim in kind.claims:
        unless = f"(?!{expression(claim.unless)})" if claim.unless else ""
        globs.setdefault(claim.contains, []).append(f"{unless}(?:{expression([claim.glob])})")
    return [("|".join(patterns), contains) for contains, patterns in globs.items()]


def unknown_kind(name: str, registry: Registry, path: str, span: Span) -> Finding:
    """The finding for a kind that does not exist."""
    near = nearest(name.partition("@")[0], registry.kinds)
    hint = f"did you mean {near[0]}?" if near else None
    message = f"there is no kind {name}; there are {', '.join(sorted(registry.kinds))}"
    if name.partition("@")[0] in registry.broken:
        message, hint = f"the kind {name.partition('@')[0]} cannot be used: its kind.yaml is malformed", None
    return found(KIND_UNKNOWN, path, message, span=span, hint=hint, about=name)


def no_such_major(subject: str, major: int, registry: Registry, path: str, span: Span) -> Finding:
    """The finding for a version that does not exist."""
    there_are = ", ".join(written(version) for version in registry.versions(subject)) or "none"
    message = f"{subject} has no version {major}; there are {there_are}"
    return found(SCHEMA_MISSING, path, message, span=span, about=f"{subject}@{major}")
