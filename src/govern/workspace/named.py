"""Which files of a repository are meant by the names that somebody types?"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from govern.workspace.files import below


def expand(root: Path, names: Iterable[str], tracked: Sequence[str], here: Path) -> tuple[list[str], list[str]]:
    """The files that some named paths mean, relative to the root where they lie below it; and the names that do not
    exist.

    A folder means the tracked files below it, or all files if none is tracked.
    """
    paths: list[str] = []
    missing = []
    for name in names:
        full = Path(os.path.normpath(here / name))
        relative = _relative(full, root)
        if full.is_dir() and not full.is_symlink():
            prefix = "" if relative == "." else relative + "/"
            inside = [path for path in tracked if path.startswith(prefix)]
            paths.extend(inside or [_relative(path, root) for path in below(full)])
        elif full.is_symlink() or full.exists():
            paths.append(relative)
        else:
            missing.append(name)
    return list(dict.fromkeys(paths)), missing


def _relative(path: Path, root: Path) -> str:
    for candidate in (path, path.parent.resolve() / path.name):
        if candidate == root or root in candidate.parents:
            return candidate.relative_to(root).as_posix()
    return str(path)
