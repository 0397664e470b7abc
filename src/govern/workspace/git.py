"""What git knows of a repository. Every call is one process, bounded and without locks or prompts."""

import os
from collections.abc import Sequence
from pathlib import Path

TIMEOUT = 60  # seconds; git answers in milliseconds unless a file system hangs, and then we say so


class GitError(Exception):
    """git could not answer; the text says why and, where we know it, which command mends it."""


def root_of(folder: Path) -> Path | None:
    """The top of the work tree that holds `folder`, by looking for `.git`; None outside any.

    GIT_WORK_TREE counts as in git itself: hooks that check an exported index set it.
    """
    told = os.environ.get("GIT_WORK_TREE")
    if told:
        top = Path(told).resolve()
        if folder == top or top in folder.parents:
            return top
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return None


def tracked(root: Path) -> tuple[list[str], list[str]]:
    """The files of the index, submodules left out; and those of them that a merge has left unresolved."""
    paths, unmerged = [], set()
    for entry in _run(root, ["ls-files", "-z", "--stage"]).split("\0"):
        about, _, path = entry.partition("\t")
        if about.endswith(" 0"):
            if not about.startswith("160000"):
                paths.append(path)
        elif path:
            unmerged.add(path)
    return [*paths, *unmerged], sorted(unmerged)


def changed_since(root: Path, ref: str) -> list[str]:
    """Files that differ between the merge base with `ref` and the work tree, those that still exist, untracked ones
    left out.
    """
    _commit(root, ref)
    names = _run(root, ["diff", "-z", "--name-only", "--no-renames", "--diff-filter=ACMRT", "--merge-base", ref])
    return sorted(name for name in names.split("\0") if name)


def staged(root: Path) -> list[tuple[str, str]]:
    """What the index changes against HEAD: (letter, path), such as ("D", "TASKS/a.md"); a rename is a D and an A."""
    fields = _run(root, ["diff", "-z", "--cached", "--name-status", "--no-renames"]).split("\0")
    return list(zip(fields[::2], fields[1::2], strict=False))


def _commit(root: Path, ref: str) -> None:
    try:
        _run(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"])
    except GitError:
        if (root / ".git" / "shallow").exists():
            mend = f"this clone is shallow; run: git fetch --unshallow origin {ref.removeprefix('origin/')}"
            raise GitError(f"git knows no commit {ref}; {mend}") from None
        mend = f"; run: git fetch origin {ref.removeprefix('origin/')}" if ref.startswith("origin/") else ""
        raise GitError(f"git knows no commit {ref}{mend}") from None


def ask(root: Path, arguments: Sequence[str], data: bytes = b"") -> bytes:
    """What git answers, with `data` on its standard input."""
    import subprocess

    command = ["git", "-c", "core.quotepath=off", *arguments]
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, input=data, capture_output=True, timeout=TIMEOUT, check=False
        )
    except FileNotFoundError:
        raise GitError("git is not installed, or not on PATH") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} gave no answer in {TIMEOUT} seconds") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if any("dubious ownership" in line for line in said):
            raise GitError(f"git does not trust this folder; run: git config --global --add safe.directory {root}")
        raise GitError(said[0].removeprefix("fatal: ") if said else f"git {arguments[0]} failed")
    return done.stdout


def _run(root: Path, arguments: Sequence[str]) -> str:
    return os.fsdecode(ask(root, arguments))
