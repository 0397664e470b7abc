"""Three-way merges, by git, and what git remembers of a file."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from govern.workspace.git import TIMEOUT, GitError, ask
from govern.workspace.revisions import file_at

MAX_COMMITS = 200  # that are asked for a file's earlier contents


class Merge(NamedTuple):
    """What a merge gives, and in how many places both sides had changed the same lines."""

    data: bytes
    conflicts: int


def merged(ours: bytes, base: bytes, theirs: bytes, *, label: str) -> Merge:
    """`ours` and `theirs`, both come from `base`, in one. GitError where git cannot merge them."""
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory(prefix="govern-merge-") as name:
        files = [Path(name, word) for word in ("ours", "base", "theirs")]
        for file, data in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(data)
        labels = [word for each in ("edited here", "rendered before", label) for word in ("-L", each)]
        command = ["git", "merge-file", "-p", "-q", *labels, *map(str, files)]
        try:
            done = subprocess.run(
                command, cwd=name, env=os.environ | {"LC_ALL": "C"}, capture_output=True, timeout=TIMEOUT, check=False
            )
        except FileNotFoundError:
            raise GitError("git is not installed, or not on PATH") from None
        except subprocess.TimeoutExpired:
            raise GitError(f"git merge-file gave no answer in {TIMEOUT} seconds") from None
    if not 0 <= done.returncode <= 127:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(said[0] if said else "git merge-file failed")
    return Merge(done.stdout, done.returncode)


def remembered(root: Path, path: str) -> Iterator[bytes]:
    """What commits held at a path, the latest first."""
    try:
        listed = ask(root, ["log", f"--max-count={MAX_COMMITS}", "--format=%H", "--", path])
    except GitError:
        return
    for commit in listed.decode().split():
        data = file_at(root, commit, path)
        if data is not None:
            yield data
