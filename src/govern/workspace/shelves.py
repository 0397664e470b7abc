"""Where schemas come from: the built-in ones, the repository's own, and those of installed distributions."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from govern.workspace.files import Unreadable, contents


class FolderShelf:
    """A `schemas/` folder on disk. `shown_as` is what findings put before its paths."""

    def __init__(self, folder: Path, name: str, shown_as: str, *, trusted: bool = False) -> None:
        self.folder = folder
        self.name = name
        self.trusted = trusted
        self._shown_as = shown_as

    def paths(self) -> Sequence[str]:
        result: list[str] = []
        for parent, folders, names in os.walk(self.folder):
            folders.sort()
            place = os.path.relpath(parent, self.folder).replace(os.sep, "/")
            prefix = "" if place == "." else place + "/"
            result.extend(prefix + name for name in sorted(names))
        return result

    def read(self, path: str) -> bytes:
        if self.trusted:
            return (self.folder / path).read_bytes()
        try:
            return contents(self.folder / path)
        except Unreadable as error:
            raise OSError(str(error)) from None

    def shown(self, path: str) -> str:
        return path if self._shown_as == "." else f"{self._shown_as}/{path}"


class DraftShelf:
    """What is about to be written below a `schemas/` folder: contents by their paths there."""

    trusted = False

    def __init__(self, drafts: Mapping[str, bytes], folder: str) -> None:
        self.name = folder
        self._drafts = drafts

    def paths(self) -> Sequence[str]:
        return sorted(self._drafts)

    def read(self, path: str) -> bytes:
        return self._drafts[path]

    def shown(self, path: str) -> str:
        return f"{self.name}/{path}"


def built_in() -> FolderShelf:
    """The schemas that come with govern: in the package when installed, in the checkout's `schemas/` when editable."""
    package = Path(__file__).parent.parent
    folder = package / "schemas"
    if not folder.is_dir():
        folder = package.parent.parent / "schemas"
    return FolderShelf(folder, "built-in", "govern:schemas", trusted=True)


def installed(name: str) -> FolderShelf | None:
    """The shelf of an installed distribution: the `schemas/` folder of its package; None if there is no such
    package.
    """
    import importlib.util

    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(place) / "schemas").is_dir():
            return FolderShelf(Path(place) / "schemas", f"package:{name}", f"{name}:schemas")
    return None
