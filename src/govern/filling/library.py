"""Which template does a name mean? One that is published in a shelf, or any file or folder."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from govern.judging.judge import judge
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.schema import Version, written
from govern.model.spelling import nearest
from govern.parse import MAX_BYTES, read, rules
from govern.registry import Registry
from govern.rendering import template as templates
from govern.rendering.manifest import Manifest, declared
from govern.rendering.template import Part, Template
from govern.rendering.tokens import Delimiters
from govern.workspace.files import Unreadable
from govern.workspace.templates import SUBJECT, Found, Library, at

MAX_TOKENS = 20_000  # in a file; a value that needs care takes up to 50 µs at each


class NoTemplate(Exception):
    """A name that means no template; the text says what it may have meant."""


class Opened(NamedTuple):
    """A template, and what is wrong with its files and its manifest; None where that is too much to go on with."""

    template: Template | None
    findings: list[Finding]


class Templates:
    """The templates that a repository can name."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._library: Library | None = None
        self._opened: dict[tuple[str, Version | None, Delimiters | None], Opened] = {}

    @property
    def library(self) -> Library:
        """The published templates; the shelves are looked through when someone asks for one."""
        if self._library is None:
            self._library = Library(self._registry.shelves)
        return self._library

    def named(self, name: str, folder: Path, root: Path, delimiters: Delimiters | None) -> Opened:
        """The template that a name means to somebody in `folder`. NoTemplate, or Unreadable, if there is none."""
        match = SUBJECT.match(name)
        subject = f"{match[1]}/{match[2]}" if match else ""
        if match and (versions := self.library.versions(subject)):
            told = tuple(int(number) for number in match.groups()[2:] if number)
            fitting = [version for version in versions if version[: len(told)] == told]
            if not fitting:
                there_are = ", ".join(map(written, versions))
                raise NoTemplate(
                    f"the template {subject} has no version {name.partition('@')[2]}; there are {there_are}"
                )
            return self.published(subject, max(fitting), delimiters)
        path = Path(os.path.normpath(folder / name))
        if not path.exists():
            near = nearest(subject or name, self.library.subjects())
            hint = f"; did you mean {near[0]}?" if near else ""
            raise NoTemplate(f"{name} is no template, and no file{hint}")
        inside = root in path.parents
        shown = path.relative_to(root).as_posix() if inside else str(path)
        return self._remember((shown, None, delimiters), lambda: at(path, shown))

    def texts(self) -> dict[str, str]:
        """The text of every file of a template that was opened, by the path that findings name."""
        found: dict[str, str] = {}
        for opened in self._opened.values():
            for part in opened.template.parts if opened.template else ():
                found[part.path] = part.text or ""
            manifest = opened.template.manifest.document if opened.template else None
            if manifest:
                found[manifest.path] = manifest.text
        return found

    def published(self, subject: str, version: Version, delimiters: Delimiters | None = None) -> Opened:
        """One version of a published template."""
        return self._remember((subject, version, delimiters), lambda: self.library.open(subject, version))

    def _remember(self, key: tuple[str, Version | None, Delimiters | None], find) -> Opened:  # type: ignore[no-untyped-def]
        if key not in self._opened:
            self._opened[key] = self._open(find(), *key)
        return self._opened[key]

    def _open(self, lying: Found, subject: str, version: Version | None, told: Delimiters | None) -> Opened:
        findings: list[Finding] = []
        manifest = None
        if lying.manifest:
            document = read(lying.manifest.path, lying.manifest.data, "yaml")
            findings += self._wrong(document)
            if findings:
                return Opened(None, findings)
            manifest = declared(document)
            findings += self._unusable(manifest)
        delimiters = told or (manifest and manifest.delimiters) or Delimiters()
        parts = []
        for file in lying.files:
            part = templates.part(file.name, file.path, file.data, delimiters)
            findings += _illegible(part)
            parts.append(part)
        subject_name = subject if version else None
        result = templates.template(lying.path, parts, manifest, delimiters, subject_name, version)
        findings += templates.judged(result)
        return Opened(result, findings)

    def _wrong(self, document: Document) -> Iterator[Finding]:
        """What the schema of manifests says about one."""
        schema = self._registry.schema("template", 1)
        validator = schema and self._registry.validator(schema)
        yield from document.reading.findings
        if schema and validator:
            yield from judge(document, schema, validator)

    def _unusable(self, manifest: Manifest) -> Iterable[Finding]:
        from govern.rendering.values import defaults_judged

        return defaults_judged(manifest)


def _illegible(part: Part) -> Iterator[Finding]:
    if len(part.data) > MAX_BYTES:
        yield found(rules.TOO_LARGE, part.path, f"the file has {len(part.data):,} bytes; govern reads {MAX_BYTES:,}")
    elif len(part.tokens) > MAX_TOKENS:
        message = f"the file has {len(part.tokens):,} tokens; govern fills {MAX_TOKENS:,}"
        yield found(rules.TOO_LARGE, part.path, message)
    elif part.text is None and not part.name:
        yield from read(part.path, part.data, "frontmatter").reading.findings


__all__ = ["NoTemplate", "Opened", "Templates", "Unreadable"]
