"""One run of `govern compat`: fetch what was and what is, compare it subject by subject, weigh what was found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from govern.comparing.words import Outcome, Request
from govern.compat.versions.held import held, may_be_held
from govern.model.unable import Unable
from govern.workspace import config as configuration
from govern.workspace import revisions
from govern.workspace.config import Config
from govern.workspace.files import Unreadable
from govern.workspace.git import GitError, root_of
from govern.workspace.revisions import Base, Move, Revision

if TYPE_CHECKING:  # a hook runs this at every commit, and mostly there is nothing to compare
    from govern.session import Session

__all__ = ["Outcome", "Request", "run_files", "run_repository", "shelves_of"]

_SOURCES = ("git:", "version:", "path:")


def run_files(old: str, new: str, request: Request, here: Path) -> Outcome:
    """Compare two files that somebody names. A break is an error whatever they are called."""
    from govern.comparing.files import compare_files

    return compare_files(old, new, request, here)


def run_repository(request: Request, here: Path, prepare: Callable[[], None] = lambda: None) -> Outcome:
    """Compare what a repository holds with what it held. `prepare` is called once there is something to compare."""
    root = root_of(here)
    if root is None:
        raise Unable(f"{here} is in no git repository; name two files: govern compat OLD NEW")
    session: Session | None = None
    config = _plain_config(request, here, root)
    if config is None:  # something about it takes the whole session to understand, or to complain
        prepare()
        session = _session(request, here)
        config = session.config
    shelves = shelves_of(config.values.get("schemas", ["schemas"]), config.anchor, root)
    kind, name = _source(request.against or config.table("compat").get("against") or "")
    base: Base | None = None
    try:
        if kind == "git":
            base = _base(request, root, name)
            if base.commit is None:
                _require_known(request, shelves, root)
                return _nothing(f"nothing to compare: {base.name}", root)
            if not request.subjects and not _concerns(base.moves, shelves, request, root):
                return _nothing(f"no schema differs from {base.name}", root)
        prepare()
        from govern.comparing.run import Run

        now: Revision = revisions.index(root) if request.staged else revisions.WorkTree(root)
        run = Run(request, session or _session(request, here), shelves, now)
        if base is not None:
            return run.against_commit(base)
        return run.against_version(name) if kind == "version" else run.against_path(here / name, name)
    except GitError as error:
        raise Unable(str(error)) from None


def _session(request: Request, here: Path) -> Session:
    from govern.session import Session

    return Session(here, config=request.config)


def _source(against: str) -> tuple[str, str]:
    """Where the old versions come from: a kind of source and its name. A bare name is one of git's."""
    if against.startswith(_SOURCES):
        kind, _, name = against.partition(":")
        if not name:
            raise Unable(f"--against {against} names nothing; write git:REF, version:V or path:P")
        return kind, name
    return "git", against


def _require_known(request: Request, shelves: Sequence[str], root: Path) -> None:
    """Refuse names that mean no schema, where there is no commit to compare with and so nothing else is looked at."""
    if request.subjects:
        from govern.comparing.side import require_known

        now = revisions.index(root) if request.staged else revisions.WorkTree(root)
        require_known(request.subjects, [file for path in now.paths() if (file := held(path, shelves))])


def _nothing(said: str, root: Path) -> Outcome:
    return Outcome((), (), said, lambda path, number: "", root)


def _base(request: Request, root: Path, name: str) -> Base:
    if request.against:
        return revisions.base_named(root, name, staged=request.staged)
    return revisions.base(
        root,
        staged=request.staged,
        pull_request=os.environ.get("GITHUB_BASE_REF") or None,
        configured=name or None,
    )


def _plain_config(request: Request, here: Path, root: Path) -> Config | None:
    """The configuration, where it can be read without judging it and without the packages that it names."""
    try:
        config = configuration.load(request.config, root) if request.config else configuration.find(here, root)
    except Unreadable:
        return None
    table, schemas = config.values.get("compat", {}), config.values.get("schemas", [])
    plain = (
        isinstance(table, dict)
        and isinstance(table.get("against", ""), str)
        and isinstance(schemas, list)
        and all(isinstance(name, str) and not name.startswith("package:") for name in schemas)
        and not (config.document and config.document.reading.findings)
    )
    return config if plain else None


def shelves_of(names: Iterable[object], anchor: Path, root: Path) -> list[str]:
    """The `schemas/` folders that a configuration in the folder `anchor` names: those in the repository, relative to
    its root.
    """
    result = []
    for name in names:
        if not isinstance(name, str) or name.startswith("package:"):
            continue
        folder = Path(os.path.normpath(anchor / name))
        if folder == root or root in folder.parents:
            shown = folder.relative_to(root).as_posix()
            result.append("" if shown == "." else shown)
    return result


def _concerns(moves: Iterable[Move], shelves: Sequence[str], request: Request, root: Path) -> bool:
    """May one of these files be a schema, or something that a schema refers to?"""
    names = set()
    for move in moves:
        for path in (move.old, move.new):
            if path is None:
                continue
            if may_be_held(path, shelves):
                return True
            names.add(os.path.basename(path).encode())  # noqa: PTH119
    if not names:
        return False
    now = revisions.index(root) if request.staged else revisions.WorkTree(root)
    schemas = [path for path in now.paths() if held(path, shelves)]
    now.fetch(schemas)
    for path in schemas:
        try:
            data = now.read(path)
        except Unreadable:
            continue
        if any(name in data for name in names):
            return True
    return False
