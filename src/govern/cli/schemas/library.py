"""The schemas that a repository itself holds: its versions, its `*.schema.json` files, and its locks."""

import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from govern.cli.options import colored, columns
from govern.comparing import shelves_of
from govern.comparing.run import others
from govern.comparing.shapes import spoken
from govern.comparing.side import Side
from govern.compat.lint.schema_file import SchemaFile, base_of
from govern.compat.versions.freeze import LOCK, Published
from govern.compat.versions.held import Held, held
from govern.compat.versions.names import LISTED, is_meant, suggestion
from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.glob import matcher
from govern.model.rule import Rule
from govern.parse import read
from govern.report import Report
from govern.session import Session, Unable
from govern.workspace import revisions
from govern.workspace.files import Unreadable, contents, write
from govern.workspace.git import GitError, root_of


class Lock(NamedTuple):
    """The lock of one `schemas/` folder and the versions in it; `document` is None before anything was frozen."""

    path: str
    document: Document | None
    published: Sequence[Published]


class Library:
    """The schemas of one repository as they lie in the work tree."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.root = session.root
        self.shelves = shelves_of(session.config.values.get("schemas", ["schemas"]), session.config.anchor, self.root)
        excluded = matcher(glob for glob in session.config.items("exclude") if isinstance(glob, str))
        try:
            inside = root_of(self.root) is not None
            now = revisions.WorkTree(self.root) if inside else revisions.Folder(self.root, "the folder")
        except GitError as error:
            raise Unable(str(error)) from None
        self.side = Side(now, self.shelves, excluded, lambda: others(session))

    def files(self) -> list[Held]:
        """Every schema file: versions by subject and number, then those that go by a name of their own."""
        return sorted(self.side.all(), key=lambda file: (not file.exact, file.subject, file.rank))

    def versions(self, subject: str) -> list[Held]:
        """The versions of a subject, ascending."""
        return self.side.files.get((True, subject), [])

    def chosen(self, names: Sequence[str], here: Path) -> list[Held]:
        """The files that some names mean: subjects, alone or by kind, with or without a version, files and folders."""
        files = self.files()
        if not names:
            return files
        result: dict[str, Held] = {}
        for name in names:
            several = list(self._named(name, files, here))
            if not several:
                hint = suggestion(name, files) or LISTED
                raise Unable(f"{name} is no subject, and no file, of this repository; {hint}")
            result.update((file.path, file) for file in several)
        return list(result.values())

    def document(self, file: Held) -> Document:
        """A file, read."""
        return self.side.document(file.path)

    def published(self, file: Held) -> Published:
        """A version, read."""
        return Published(file.subject, file.rank, self.document(file))

    def schema_file(self, file: Held) -> SchemaFile:
        """A readable file with what it refers to."""
        document = self.document(file)
        base = base_of(document.value, "file:///" + quote(file.path))
        resources = self.side.reach(file).resources
        version = file.version if file.exact else None
        names = spoken(file.subject, self.session.registry.kinds)
        return SchemaFile(document, base, resources, file.subject, version, names)

    def locks(self, files: Iterable[Held]) -> list[Lock]:
        """The locks that hold, or would hold, some versions. One that exists is there even if it holds none of them."""
        grouped: dict[str, list[Published]] = {shelf: [] for shelf in self.shelves}
        for file in files:
            if file.exact:
                grouped[self._shelf(file)].append(self.published(file))
        result = []
        for shelf, several in grouped.items():
            path = f"{shelf}/{LOCK}" if shelf else LOCK
            try:
                document = read(path, contents(self.root / path), "json") if (self.root / path).exists() else None
            except Unreadable as error:
                raise Unable(f"{path}: {error}") from None
            if several or document:
                result.append(Lock(path, document, several))
        return result

    def write(self, path: str, text: str) -> None:
        """Put a text in place, whole; folders are made on the way."""
        full = self.root / path
        try:
            full.parent.mkdir(parents=True, exist_ok=True)
            write(full, text.encode(), self.root)
        except (OSError, ValueError) as error:
            raise Unable(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}") from None

    def _named(self, name: str, files: Sequence[Held], here: Path) -> Iterator[Held]:
        yield from (file for file in files if is_meant(name, file))
        full = Path(os.path.normpath(here / name))
        if full.is_dir():
            prefix = "" if full == self.root else _relative(full, self.root) + "/"
            yield from (file for file in files if file.path.startswith(prefix))
        elif full.is_file():
            path = _relative(full, self.root)
            known = next((file for file in files if file.path == path), None)
            yield known or held(path, self.shelves) or Held(path, path, None, False)

    def _shelf(self, file: Held) -> str:
        fitting = [shelf for shelf in self.shelves if not shelf or file.path.startswith(shelf + "/")]
        return max(fitting, key=len)


def _relative(path: Path, root: Path) -> str:
    for candidate in (path, path.parent.resolve() / path.name):
        if root in candidate.parents:
            return candidate.relative_to(root).as_posix()
    return str(path)


# How findings reach their reader


def report_of(
    action: str, library: Library, findings: Sequence[Finding], files: int, started: float, options: Namespace
) -> Report:
    """The findings of an action with what a report shows beside them."""
    here = Path.cwd()

    def line(path: str, number: int) -> str:
        try:
            text = contents(library.root / path).decode("utf-8-sig", "replace")
        except (Unreadable, ValueError):
            return ""
        lines = text.split("\n")
        return lines[number - 1].removesuffix("\r") if number <= len(lines) else ""

    def shown(path: str) -> str:
        return path if here == library.root or path.startswith("/") else os.path.relpath(library.root / path, here)

    return Report(
        findings,
        files,
        0,
        time.monotonic() - started,
        line,
        shown,
        colored(options),
        columns(options),
        _rule(library.session),
        f"govern schemas {action}",
    )


def _rule(session: Session) -> Callable[[str], Rule | None]:
    def rule(name: str) -> Rule | None:
        from govern.catalogue import catalogue

        return catalogue(session.registry.kinds.values()).get(name)

    return rule


def say(text: str, *, quiet: bool) -> None:
    """Something about the run itself, for people."""
    if not quiet:
        print(text, file=sys.stderr)
