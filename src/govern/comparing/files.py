"""Two files that somebody names, compared: wherever they lie, and whether or not git knows them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govern.comparing.data import Data
from govern.comparing.pair import compare_pair
from govern.comparing.side import Side
from govern.comparing.weighing import accepted_ids, weighed
from govern.comparing.words import Outcome, Request, terms_for
from govern.compat.versions.held import Held, held
from govern.model.glob import matcher
from govern.registry import Registry
from govern.workspace import config as configuration
from govern.workspace.config import Config
from govern.workspace.files import contents
from govern.workspace.git import root_of
from govern.workspace.revisions import ENDING
from govern.workspace.shelves import FolderShelf, built_in

if TYPE_CHECKING:
    from govern.session import Session

MAX_SIBLINGS = 1_000  # files beside a named one that are searched for an `$id`; folders of schemas have a few hundred


class Surroundings(NamedTuple):
    """What a repository says of a comparison in it; two files need not lie in one."""

    root: Path
    config: Config
    today: str = ""
    session: Session | None = None

    def registry(self) -> Registry:
        """The kinds and schemas of the repository and the built-in ones."""
        if self.session:
            return self.session.registry
        folder = self.root / "schemas"
        own = [FolderShelf(folder, "schemas", "schemas")] if folder.is_dir() else []
        return Registry([*own, built_in()])

    def schemas(self) -> dict[str, object]:
        """Every schema that a reference may mean by its `$id`."""
        return {uri: schema.contents for uri, schema in self.registry().by_id().items()}


def compare_files(old: str, new: str, request: Request, here: Path) -> Outcome:
    """Compare two files. A break is an error whatever they are called."""
    around = _around(new, request, here)
    old_file, new_file = _held(old, around.root, here), _held(new, around.root, here)
    old_side, new_side = _side(old_file, around), _side(new_file, around)
    subject = held(new_file.path, ("schemas",))
    registry = around.registry() if subject else None
    terms = terms_for(request, around.config.table("compat"), subject.subject if subject else new_file.path, registry)
    accepted = accepted_ids(around)
    result, wrong = compare_pair(old_file, new_file, old_side, new_side, terms, accepted=accepted, named=True)
    if result and around.session:
        result = Data(around.session, request.data).told(result, old_side, new_side, terms)
    if around.session:
        from govern.comparing.configured import configured

        wrong += configured(around.session)
    results = [result] if result else []
    said = f"{old} and {new} are the same file" if old_file.path == new_file.path else f"compared with {old}"
    outcome = weighed(around, results, wrong, said, _line(new_side, old_side), complete=False)
    return outcome._replace(named=True)


def _around(new: str, request: Request, here: Path) -> Surroundings:
    """The repository around the working directory, else around the new file. Only one that has a configuration takes a
    session: that reads every kind, and outside a repository every folder.
    """
    root = root_of(here) or root_of(Path(os.path.normpath(here / new)).parent)
    if root and not request.config and not request.data:
        config = configuration.find(here if root == here or root in here.parents else root, root)
        if config.document is None:
            return Surroundings(root, config)
    elif not root and not request.config and not request.data:
        return Surroundings(here, Config({}, None, here))
    from govern.session import session_for

    session = session_for([new], here, config=request.config)
    return Surroundings(session.root, session.config, session.today, session)


class _Around:
    """The revision that a named file belongs to: whatever lies around it now."""

    name = "the file system"

    def __init__(self, root: Path, folder: Path, prefix: str) -> None:
        self._root, self._folder, self._prefix = root, folder, prefix

    def paths(self) -> Sequence[str]:
        names = sorted(path.name for path in self._folder.iterdir() if path.suffix == ENDING and path.is_file())
        return [self._prefix + name for name in names[:MAX_SIBLINGS]]

    def read(self, path: str) -> bytes:
        return contents(self._root / path)

    def fetch(self, paths: Iterable[str]) -> None:
        pass


def _held(name: str, root: Path, here: Path) -> Held:
    full = Path(os.path.normpath(here / name))
    path = full.relative_to(root).as_posix() if root in full.parents else full.as_posix()
    return Held(path, path, None, False)


def _side(file: Held, around: Surroundings) -> Side:
    folder, slash, _ = file.path.rpartition("/")
    revision = _Around(around.root, around.root / (folder + slash), folder + slash)
    return Side(revision, (), matcher(()), around.schemas, searched=True)


def _line(new: Side, old: Side) -> Callable[[str, int], str]:
    def line(path: str, number: int) -> str:
        for side in (new, old):
            lines = side.document(path).text.split("\n")
            if number <= len(lines):
                return lines[number - 1].removesuffix("\r")
        return ""

    return line
