"""A repository as the engines see it: which files there are, which kind each is, and what is in them."""

import os
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govern.model.corpus import Record
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.glob import matcher
from govern.model.location import Span
from govern.model.pattern import pattern
from govern.model.schema import Form, Kind, Schema
from govern.parse import read, rules
from govern.registry import Registry, no_such_major, unknown_kind
from govern.validator import searcher
from govern.workspace.config import Config
from govern.workspace.files import Unreadable, contents
from govern.workspace.library import Library
from govern.workspace.pins import PIN, pin_of, pin_span, reader_by_name, reader_of
from govern.workspace.templates import SUBJECT, is_template

SUFFIXES = (".md", ".markdown", ".yaml", ".yml", ".json", ".toml")  # what may hold a document of ours

SHAPE_BYTES = 64 * 1024  # how much of a file is looked at to tell whether it is one of a kind

_SUBMODULE = pattern(r"^[ \t]*path[ \t]*=[ \t]*\"?([^\"\r\n]+?)\"?[ \t]*\r?$", re.MULTILINE)


class Subject(NamedTuple):
    """A document, its kind and the schema that judges it; `schema` is None where `findings` say why there is none."""

    document: Document
    kind: Kind | None
    schema: Schema | None
    findings: tuple[Finding, ...] = ()


class Repository:
    """The files of one repository. It is the `Corpus` of the rules that look beyond one file."""

    def __init__(
        self, root: Path, tracked: Collection[str], registry: Registry, config: Config, today: str = ""
    ) -> None:
        self.root = root
        self._folder = str(root)
        self.registry = registry
        self.today = today
        self.tracked: Collection[str] = frozenset(tracked)
        self._paths = sorted(tracked)
        self._config = config
        self._excluded = matcher(glob for glob in config.items("exclude") if isinstance(glob, str))
        self._files = [(matcher([glob]), target) for glob, target in config.table("files").items()]
        self._folders: set[str] | None = None
        self._submodules: tuple[str, ...] = ()
        self._records: dict[str, dict[str, Record | None]] = {}
        self._identifiers: frozenset[str] | None = None
        self.schemas = Library(registry)
        self._drafts: dict[str, bytes] = {}  # what is about to be written
        self._given: dict[str, Document] = {}  # documents that stand in for files
        # the kinds of files that are rendered from the template of a kind
        self.rendered: dict[str, str] = dict(_rendered(config))

    # What the corpus answers

    def configured(self, key: str) -> Any:
        return self._config.values.get(key)

    def has(self, path: str) -> bool:
        if path in self.tracked:
            return True
        if self._folders is None:
            self._folders = {path[:index] for path in self._paths for index, char in enumerate(path) if char == "/"}
            self._submodules = self._in_gitmodules()
        return path.rstrip("/") in self._folders or f"{path.rstrip('/')}/".startswith(self._submodules)

    def records(self, kind: str) -> Sequence[Record]:
        known = self._records.setdefault(kind, {})
        for path in self._paths:
            if path not in known and self._may_be(path, kind):
                known[path] = None
                try:
                    subject = self.subject(path)
                except Unreadable:
                    continue  # whoever judges it says so
                if subject and subject.kind and subject.kind.name == kind:
                    self.note(subject)
        return [record for _, record in sorted(known.items()) if record]

    def open(self, path: str) -> Document | None:
        if path in self._given:
            return self._given[path]
        if path not in self.tracked:
            return None
        try:
            data = self._contents(path)
            kind, _ = self.assigned(path, data)
            return self._read(path, kind, data)[0] if kind else read(path, data, reader_by_name(path))
        except Unreadable:
            return None

    def identifiers(self) -> frozenset[str]:
        if self._identifiers is None:
            self._identifiers = frozenset(self._front_matter_ids())
        return self._identifiers

    def text(self, path: str) -> str | None:
        if path not in self.tracked:
            return None
        try:
            return self._contents(path).decode("utf-8-sig", "replace")
        except Unreadable:
            return None

    # What the doors ask

    @property
    def paths(self) -> list[str]:
        """Every tracked file, in order."""
        return self._paths

    def note(self, subject: Subject) -> None:
        """Remember a document that was read anyway, so that the corpus does not read it again."""
        document = subject.document
        if (
            subject.kind
            and document.reading.readable
            and document.has_value
            and not self._excluded.match(document.path)
        ):
            name = subject.schema.subject if subject.schema else subject.kind.name
            major = subject.schema.version[0] if subject.schema else 0
            record = Record(document.path, document.value, name, major)
            self._records.setdefault(subject.kind.name, {})[document.path] = record

    def include(self, drafts: Mapping[str, bytes]) -> None:
        """Look at files that are about to be written as if they were tracked."""
        self._drafts.update(drafts)
        self.tracked = frozenset(self.tracked) | drafts.keys()
        self._paths = sorted(self.tracked)
        self._folders = self._identifiers = None

    def go_by(self, registry: Registry) -> None:
        """Go by other kinds and schemas from now on."""
        self.registry, self.schemas = registry, Library(registry)

    def hand_in(self, document: Document) -> None:
        """Let a document stand in for the file at its path, whatever that holds."""
        self._given[document.path] = document

    def concerns(self, path: str) -> bool:
        """May a change of this file, or its removal, matter to a rule that looks beyond one file?

        Anything may be referred to by a task or mounted by a compose file, but no rule of ours refers to source code.
        """
        return (
            bool(self._candidates(path))
            or path.endswith((*SUFFIXES, ".env"))
            or posixpath.basename(path).startswith(".env")
        )

    def reason(self, path: str) -> str:
        """Why the file is of the kind it is, in words."""
        if path in self.rendered:
            return f"[[render]] in the configuration fills it from a template of the kind {self.rendered[path]}"
        for glob, target in self._config.table("files").items():
            if matcher([glob]).match(path):
                return f'[files] in the configuration says "{glob}" = "{target}"'
        for kind, contains in self.registry.claims(path):
            for claim in kind.claims:
                by_name = matcher([claim.glob]).match(path) and not matcher(claim.unless).match(path)
                if by_name and claim.contains == contains and self._has_shape(contains, self._contents(path)):
                    return f"the kind {kind.name} claims {claim.glob}" + (" with such contents" if contains else "")
        return "the file names its schema itself"

    def excluded(self, path: str) -> bool:
        """Does the configuration keep this file from being judged?"""
        return bool(self._excluded.match(path))

    def subject(self, path: str, *, named: str | None = None, data: bytes | None = None) -> Subject | None:
        """The document at `path` and what judges it; None if no kind claims it.

        `named` is what `--as` says, `data` what stands in for the file's contents. Unreadable if it cannot be opened.
        """
        if named:
            if told := self.named(named):
                return self._read_as(path, told[0], told[1], data)
            document = Document(path, "yaml", "", _nothing())
            return Subject(document, None, None, (unknown_kind(named, self.registry, path, Span(1, 1, 1, 1)),))
        if is_template(path) or (not path.endswith(SUFFIXES) and not self._candidates(path)):
            return None
        data = self._contents(path) if data is None else data
        kind, major = self.assigned(path, data)
        if kind is None:
            return self._pinned_only(path, data)
        return self._read_as(path, kind, major, data, claimed=True)

    def named(self, name: str) -> tuple[Kind, int | None] | None:
        """The kind and major that `--as` names; None where there is no such kind."""
        match = PIN.match(name)
        kind = self.registry.kinds.get(match[1]) if match else None
        return (kind, int(match[2]) if match and match[2] else None) if kind else None

    # How a file gets its kind

    def _candidates(self, path: str) -> list[tuple[Kind, int | None, str | None]]:
        """What the configuration, then the kinds' own globs, say of a path: kinds, with a major where one is named and
        what the file must contain.
        """
        if is_template(path):
            return []
        if kind := self.registry.kinds.get(self.rendered.get(path, "")):
            return [(kind, None, None)]
        for glob, target in self._files:
            if glob.match(path):
                match = PIN.match(target) if isinstance(target, str) else None
                kind = self.registry.kinds.get(match[1]) if match else None
                return [(kind, int(match[2]) if match and match[2] else None, None)] if kind else []
        return [(kind, None, contains) for kind, contains in self.registry.claims(path)]

    def assigned(self, path: str, data: bytes) -> tuple[Kind | None, int | None]:
        """The first candidate whose shape the file has."""
        for kind, major, contains in self._candidates(path):
            if self._has_shape(contains, data):
                return kind, major
        return None, None

    def _has_shape(self, contains: str | None, data: bytes) -> bool:
        if contains is None:
            return True
        beginning = data[:SHAPE_BYTES].decode("utf-8-sig", "replace")
        return searcher(contains)(beginning.replace("\r\n", "\n"))

    def form(self, kind: Kind, path: str, data: bytes) -> Form:
        """The form of a kind that a file has."""
        for form in kind.forms:
            if path.endswith(form.endings) and self._has_shape(form.contains, data):
                return form
        return kind.form

    def _read(self, path: str, kind: Kind, data: bytes) -> tuple[Document, Form]:
        form = self.form(kind, path, data)
        return read(path, data, reader_of(path, form), tags=kind.tags, extract=kind.extract), form

    def _contents(self, path: str) -> bytes:
        if path in self._drafts:
            return self._drafts[path]
        # `self.root / path` would cost as much as reading the file
        return contents(os.path.join(self._folder, path))  # noqa: PTH118

    def _may_be(self, path: str, kind: str) -> bool:
        return any(candidate.name == kind for candidate, _, _ in self._candidates(path))

    def _pinned_only(self, path: str, data: bytes) -> Subject | None:
        """A file that nothing but its own text claims: `schema: task@1`, `# govern: schema=compose@1`, our `$id` as
        `$schema`.
        """
        if b"schema" not in data:
            return None
        reader = reader_by_name(path)
        if reader == "frontmatter" and not data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
            return None
        if reader == "yaml" and b"govern:" not in data:
            return None
        document = read(path, data, reader)
        pin = pin_of(document, self.registry)
        if pin is None:
            return None
        kind = self.registry.kinds.get(pin[0])
        return self._read_as(path, kind, pin[1], data) if kind else self._unknown(document, pin[0])

    def _read_as(
        self, path: str, kind: Kind, major: int | None, data: bytes | None, *, claimed: bool = False
    ) -> Subject | None:
        data = self._contents(path) if data is None else data
        document, form = self._read(path, kind, data)
        if not document.has_value and document.reading.readable:
            if claimed:
                return None
            missing = found(
                rules.FRONTMATTER_MISSING, path, "the file has no front matter", hint="begin it with a line `---`"
            )
            return Subject(document, kind, None, (missing,))
        pin = pin_of(document, self.registry) if claimed else None
        if pin and pin[0] not in self.registry.kinds:
            return self._unknown(document, pin[0])
        if pin:
            if pin[0] != kind.name:
                kind = self.registry.kinds[pin[0]]
                document, form = self._read(path, kind, data)
            major = pin[1]
        major = self.major(kind, form, major, document.value)
        schema = self.registry.schema(form.subject, major)
        if schema is None:
            # of a schema that cannot be read, and of a default without one, the registry speaks
            said = major == form.default or any(major == version[0] for version in self.registry.versions(form.subject))
            wrong = () if said else (no_such_major(form.subject, major, self.registry, path, pin_span(document)),)
            return Subject(document, kind, None, wrong)
        return Subject(document, kind, schema)

    def major(self, kind: Kind, form: Form, pinned: int | None, value: Any) -> int:
        """The major version that judges a document: the one that is pinned, else what its keys tell, else what the
        configuration says, else the default.
        """
        told = kind.major_by_keys(value) if pinned is None and form.subject == kind.name else pinned
        if told is None:
            configured = self._config.table("kinds").get(form.subject)
            told = configured if isinstance(configured, int) else form.default
        return told

    def _unknown(self, document: Document, name: str) -> Subject | None:
        if name in self.registry.broken:
            return None  # its kind.yaml says why
        return Subject(document, None, None, (unknown_kind(name, self.registry, document.path, pin_span(document)),))

    def _in_gitmodules(self) -> tuple[str, ...]:
        """The folders of the submodules, each with a `/`: git does not say which files are in them."""
        if ".gitmodules" not in self.tracked:
            return ()
        try:
            text = self._contents(".gitmodules").decode("utf-8", "replace")
        except Unreadable:
            return ()
        return tuple(match[1].rstrip("/") + "/" for match in _SUBMODULE.finditer(text))

    def _front_matter_ids(self) -> Iterator[str]:
        for path in self._paths:
            if not path.endswith((".md", ".markdown")):
                continue
            known = next((r[path] for r in self._records.values() if r.get(path)), None)
            value: Any = known.value if known else None
            if not known:
                try:
                    data = self._contents(path)
                except Unreadable:
                    continue
                if b"id:" not in data or not data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
                    continue
                value = read(path, data, "frontmatter").value
            identifier = value.get("id") if isinstance(value, dict) else None
            if isinstance(identifier, str):
                yield identifier


def _rendered(config: Config) -> Iterator[tuple[str, str]]:
    """The files that the configuration has rendered, with the kinds whose templates they come from."""
    for entry in config.items("render"):
        if isinstance(entry, dict) and {"to", "template"} <= entry.keys():
            match = SUBJECT.match(str(entry["template"]))
            if match:
                yield posixpath.normpath(str(entry["to"])), match[1]


def _nothing() -> Any:
    from govern.model.document import Reading

    return Reading(None, dict, readable=False)
