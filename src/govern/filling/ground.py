"""Where may a target lie? Below the root of the repository, by no link that leads out of it."""

import re
from pathlib import Path

from govern.rendering.lock import NAME
from govern.workspace.templates import is_link, leads_out

_NOT_BELOW = re.compile(r"(?:/|\\|[A-Za-z]:|\Z)")
_UNSAFE = re.compile("[\0-\x1f\x7f]")


def is_below(path: str) -> bool:
    """Is a path one that goes down only?"""
    return not _NOT_BELOW.match(path) and ".." not in path.split("/")


class Ground:
    """Where targets may lie: below a root, by no link that leads out of it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._safe: set[str] = set()  # folders that no link leads out of

    def problem(self, path: str) -> str | None:
        """Why a path cannot be that of a target; None if it can."""
        folder, _, name = path.rpartition("/")
        if folder not in self._safe or _NOT_BELOW.match(path):
            if _NOT_BELOW.match(path):
                return "it is no path within the repository"
            steps = folder.split("/")
            if ".." in steps:
                return "it leads out of the folder that it begins in"
            if any(step.lower() == ".git" for step in steps):
                return "it belongs to git"
            if leads_out(self._root, folder):
                return "a link leads out of the repository"
            if not _UNSAFE.search(folder):
                self._safe.add(folder)
        if _UNSAFE.search(path):
            return "it holds a control character"
        if name in ("", ".", "..") or name.lower() == ".git":
            return "it is the name of no file"
        if path == NAME:
            return "it is the record of what is rendered"
        out = is_link(self._root, path) and leads_out(self._root, path)
        return "a link leads out of the repository" if out else None
