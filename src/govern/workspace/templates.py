"""Where templates lie: in the `templates/` folders of shelves, every published version kept, or at any path."""

import os
import posixpath
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from govern.model.pattern import pattern
from govern.model.schema import Version
from govern.workspace.files import Unreadable, below, contents

MANIFEST = "template.yaml"  # in a folder that is a template
BESIDE = ".template.yaml"  # after the name of a file that is one, its ending left out

# How a template is named: its kind, its name, and where one is meant the major version or the very one.
SUBJECT = pattern(r"([a-z][a-z0-9-]*)/([A-Za-z0-9][A-Za-z0-9_-]*)(?:@(\d{1,6})(?:\.(\d{1,6})\.(\d{1,6}))?)?\Z")

_VERSIONED = pattern(
    r"([a-z][a-z0-9-]*)/templates/([A-Za-z0-9][A-Za-z0-9_-]*)/(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)([./].+)\Z"
)
_IN_SHELF = pattern(r"(?:\A|.*/)schemas/[^/]+/templates/")


class Shelf(Protocol):
    """A folder of kinds, of which `templates/` hold these."""

    def read(self, path: str) -> bytes: ...

    def shown(self, path: str) -> str: ...


class File(NamedTuple):
    """One file of a template: its name below the target (empty for a template of one file), how findings name it, and
    its bytes.
    """

    name: str
    path: str
    data: bytes


class Found(NamedTuple):
    """The files of a template and its manifest, as they lie there."""

    path: str
    files: tuple[File, ...]
    manifest: File | None


class Library:
    """The templates of some shelves, each with its files, the nearest first."""

    def __init__(self, shelves: Iterable[tuple[Shelf, Sequence[str]]]) -> None:
        self._versions: dict[str, dict[Version, tuple[Shelf, list[str]]]] = {}
        for shelf, paths in shelves:
            own: dict[tuple[str, Version], list[str]] = {}
            for path in paths:
                match = _VERSIONED.match(path) if "/templates/" in path else None
                if match:
                    version = (int(match[3]), int(match[4]), int(match[5]))
                    own.setdefault((f"{match[1]}/{match[2]}", version), []).append(path)
            for (subject, version), files in own.items():
                self._versions.setdefault(subject, {}).setdefault(version, (shelf, files))

    def subjects(self) -> list[str]:
        """What there are templates of, in order."""
        return sorted(self._versions)

    def versions(self, subject: str) -> list[Version]:
        """The versions of a template, ascending."""
        return sorted(self._versions.get(subject, ()))

    def open(self, subject: str, version: Version) -> Found:
        """One version of a template. Unreadable if a file of it cannot be opened."""
        shelf, paths = self._versions[subject][version]
        kind, name = subject.split("/")
        base = f"{kind}/templates/{name}/{'.'.join(map(str, version))}"
        manifest = None
        files = []
        for path in paths:
            rest = path[len(base) :]
            try:
                data = shelf.read(path)
            except OSError as error:
                raise Unreadable(f"{shelf.shown(path)}: {(error.strerror or str(error)).lower()}") from None
            if rest in (BESIDE, "/" + MANIFEST):
                manifest = File("", shelf.shown(path), data)
            else:
                files.append(File(rest[1:] if rest[0] == "/" else "", shelf.shown(path), data))
        shown = files[0].path if len(files) == 1 and not files[0].name else shelf.shown(base)
        return Found(shown, tuple(files), manifest)


def at(path: Path, shown: str) -> Found:
    """The template at a path: a file, or a folder. Unreadable if it cannot be opened."""
    if path.is_dir():
        return _folder(path, shown)
    beside = path.with_name(_stem(path.name) + BESIDE)
    manifest = None
    if beside.is_file() and beside != path:
        manifest = File("", posixpath.join(posixpath.dirname(shown), beside.name), contents(beside))
    return Found(shown, (File("", shown, contents(path)),), manifest)


def _folder(folder: Path, shown: str) -> Found:
    manifest = None
    files = []
    for path in below(folder):
        name = path.relative_to(folder).as_posix()
        file = File(name, posixpath.join(shown, name), _inside(path, folder, name))
        if name == MANIFEST:
            manifest = file
        else:
            files.append(file)
    if not files:
        raise Unreadable("the folder holds no file to render")
    return Found(shown, tuple(files), manifest)


def _inside(path: Path, folder: Path, name: str) -> bytes:
    if path.is_symlink() and folder.resolve() not in path.resolve().parents:
        raise Unreadable(f"{name} is a link that leads out of the template")
    return contents(path)


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def is_template(path: str) -> bool:
    """Does a file of a repository belong to a template? Then it is a document only once it is rendered."""
    return "/templates/" in path and bool(_IN_SHELF.match(path)) and not path.endswith((BESIDE, "/" + MANIFEST))


def leads_out(root: Path, path: str) -> bool:
    """Does a path, by a link in it, lead out of the repository?"""
    top = os.path.realpath(root)
    real = os.path.realpath(os.path.join(top, path))  # noqa: PTH118
    return real != top and not real.startswith(top + os.sep)


def is_link(root: Path, path: str) -> bool:
    """Is a file a link?"""
    return os.path.islink(os.path.join(root, path))  # noqa: PTH114, PTH118
