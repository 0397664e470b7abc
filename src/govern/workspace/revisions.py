"""Which files were there before, and which are there now? A commit, the index, the work tree or a folder answers.

Of a revision only the `.json` files count here, schemas and what they refer to, and the manifests of templates.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from govern.parse import MAX_BYTES
from govern.workspace.files import Absent, Unreadable, below, contents
from govern.workspace.git import GitError, ask

ENDING = ".json"
MANIFEST = "template.yaml"  # of a template, below a folder `templates`

# Which files of a revision count, as git is asked for them.
_WANTED = ("*" + ENDING, "*/templates/*" + MANIFEST)

# Where a repository's default branch may be, the surest sign first.
_BRANCHES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
_OWN = ("HEAD", "HEAD^1")
_UNSHALLOW = "git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*'"


class Revision(Protocol):
    """The files that count of a repository, or of a folder, at one moment. Paths are relative to it, with `/`."""

    name: str

    def paths(self) -> Sequence[str]: ...

    def read(self, path: str) -> bytes:
        """The bytes of a file. Unreadable if there is none of that name, or if it is too large."""
        ...

    def fetch(self, paths: Iterable[str]) -> None:
        """Make ready to read some files; one process of git then answers for all of them."""
        ...


class Move(NamedTuple):
    """What became of a file: `old` is None if it is new, `new` if it is gone; they differ if it was renamed."""

    old: str | None
    new: str | None


class Base(NamedTuple):
    """What the state of a repository is compared with. `commit` is None where there is nothing, and `name` says why.

    `moves` are the `.json` files that differ from it.
    """

    commit: str | None
    name: str
    moves: tuple[Move, ...] = ()


class Objects:
    """Files that git holds: those of a commit, or of the index."""

    def __init__(self, root: Path, name: str, objects: Mapping[str, str]) -> None:
        self.name = name
        self._root = root
        self._objects = objects
        self._contents: dict[str, bytes | None] = {}

    def paths(self) -> Sequence[str]:
        return sorted(self._objects)

    def read(self, path: str) -> bytes:
        identity = self._objects.get(path)
        if identity is None:
            raise Absent(f"there is no {path} in {self.name}")
        if identity not in self._contents:
            self.fetch([path])
        data = self._contents[identity]
        if data is None:
            raise Unreadable(f"{path} in {self.name} has more than {MAX_BYTES:,} bytes")
        return data

    def fetch(self, paths: Iterable[str]) -> None:
        wanted = {self._objects[path] for path in paths if path in self._objects}.difference(self._contents)
        if not wanted:
            return
        asked = "".join(identity + "\n" for identity in sorted(wanted)).encode()
        small = []
        for line in ask(self._root, ["cat-file", "--batch-check"], asked).decode().splitlines():
            identity, kind, size = (*line.split(" "), "", "")[:3]
            if kind != "blob" or int(size) > MAX_BYTES:
                self._contents[identity] = None
            else:
                small.append(identity)
        answer = ask(self._root, ["cat-file", "--batch"], "".join(name + "\n" for name in small).encode())
        at = 0
        for _ in small:
            end = answer.index(b"\n", at)
            identity, _, size = answer[at:end].decode().split(" ")
            self._contents[identity] = answer[end + 1 : end + 1 + int(size)]
            at = end + 1 + int(size) + 1


class WorkTree:
    """Files as they lie in the work tree: those that git tracks, and new ones that it does not ignore."""

    def __init__(self, root: Path) -> None:
        self.name = "the work tree"
        self._root = root
        listed = ask(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *_WANTED])
        self._paths = sorted(path for path in set(_words(listed)) if (root / path).is_file())

    def paths(self) -> Sequence[str]:
        return self._paths

    def read(self, path: str) -> bytes:
        return contents(self._root / path)

    def fetch(self, paths: Iterable[str]) -> None:
        pass


class Folder:
    """The files of a folder that need not be a repository."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder

    def paths(self) -> Sequence[str]:
        return [path.relative_to(self._folder).as_posix() for path in below(self._folder) if _counts(path.as_posix())]

    def read(self, path: str) -> bytes:
        return contents(os.path.normpath(self._folder / path))

    def fetch(self, paths: Iterable[str]) -> None:
        pass


def _counts(path: str) -> bool:
    return path.endswith(ENDING) or (path.endswith(MANIFEST) and "/templates/" in path)


def commit(root: Path, identity: str, name: str) -> Objects:
    """The files of a commit."""
    objects = {}
    for entry in _words(ask(root, ["ls-tree", "-r", "-z", "--full-tree", identity])):
        about, _, path = entry.partition("\t")
        if _counts(path) and about.startswith("100"):  # no links, no submodules
            objects[path] = about.split(" ")[2]
    return Objects(root, name, objects)


def file_at(root: Path, identity: str, path: str) -> bytes | None:
    """The bytes of any one file of a commit; None if it holds none of that name."""
    try:
        return ask(root, ["cat-file", "blob", f"{identity}:{path}"])
    except GitError:
        return None


def index(root: Path) -> Objects:
    """The files as they are staged."""
    objects = {}
    for entry in _words(ask(root, ["ls-files", "-z", "--stage", "--", *_WANTED])):
        about, _, path = entry.partition("\t")
        if about.startswith("100"):
            objects[path] = about.split(" ")[1]
    return Objects(root, "the index", objects)


def in_hook(environment: Mapping[str, str]) -> bool:
    """Does a hook of git, or pre-commit, run us? Then what is staged counts."""
    return bool(environment.get("PRE_COMMIT") or environment.get("GIT_INDEX_FILE"))


def base(root: Path, *, staged: bool, pull_request: str | None = None, configured: str | None = None) -> Base:
    """What the repository's state is compared with when nobody names a revision.

    `configured` is the branch that the configuration names, `pull_request` the one that a pull request goes to. Raises
    GitError, with the command that mends it, where that cannot be told.
    """
    wanted = [f"refs/remotes/origin/{pull_request}", f"refs/heads/{pull_request}"] if pull_request else list(_BRANCHES)
    wanted = [configured] if configured else wanted
    known = _commits(root, [*_OWN, *wanted])
    if "HEAD" not in known:
        return Base(None, "there is no commit yet")
    for name in wanted:
        if name in known:
            return _against_branch(root, known, known[name], name if configured else _short(name), staged=staged)
    if configured:
        raise GitError(_missing(root, configured))
    if pull_request:
        raise GitError(_missing(root, f"origin/{pull_request}"))
    branches = ask(root, ["for-each-ref", "--count=2", "--format=%(objectname)", "refs/heads", "refs/remotes"])
    if os.fsdecode(branches).splitlines() == [known["HEAD"]]:  # the only branch there is, and we are on it
        return _against_branch(root, known, known["HEAD"], "HEAD", staged=staged)
    raise GitError(
        "none of origin/HEAD, origin/main, origin/master, main and master exists to compare with; run: "
        "govern compat --against BRANCH, or set against under [compat] in govern.toml"
    )


def base_named(root: Path, name: str, *, staged: bool) -> Base:
    """The revision that somebody names: a branch means the merge base with it, anything else that very commit."""
    known = _commits(root, [*_OWN, name])
    if name not in known:
        raise GitError(_missing(root, name))
    full = os.fsdecode(ask(root, ["rev-parse", "--symbolic-full-name", "--end-of-options", name])).splitlines()
    is_branch = name not in ("HEAD", "@") and any(line.startswith(("refs/heads/", "refs/remotes/")) for line in full)
    if is_branch and "HEAD" in known:
        return _against_branch(root, known, known[name], name, staged=staged)
    return Base(known[name], name, _moves(root, known[name], staged=staged))


def _against_branch(root: Path, known: Mapping[str, str], identity: str, name: str, *, staged: bool) -> Base:
    head = known["HEAD"]
    merge_base = head if identity == head else _merge_base(root, head, name, identity)
    if merge_base != head:
        return Base(merge_base, name, _moves(root, merge_base, staged=staged))
    # On the branch itself: what is not committed yet is compared with the last commit, a commit with its parent.
    moves = _moves(root, head, staged=staged)
    if moves or (staged and ask(root, ["diff", "--cached", "--name-only", "--no-ext-diff", head])):
        return Base(head, "HEAD", moves)
    parent = known.get("HEAD^1")
    if parent is None:
        if _is_shallow(root):
            raise GitError(f"this clone is shallow: it does not hold the commit before HEAD; {_deeper()}")
        return Base(None, "this is the first commit")
    return Base(parent, "HEAD^1", _edited(root, parent, staged=staged))  # no file is untracked: it would have moved


def _merge_base(root: Path, head: str, name: str, identity: str) -> str:
    try:
        return os.fsdecode(ask(root, ["merge-base", head, identity])).strip()
    except GitError:
        if _is_shallow(root):
            raise GitError(f"this clone is shallow: it does not reach back to {name}; {_deeper()}") from None
        raise GitError(f"{name} and HEAD have no commit in common; name another: govern compat --against REF") from None


def _moves(root: Path, identity: str, *, staged: bool) -> tuple[Move, ...]:
    """The `.json` files that differ between a commit and the index, or the work tree with what is new in it."""
    return _edited(root, identity, staged=staged) + (() if staged else _untracked(root))


def _edited(root: Path, identity: str, *, staged: bool) -> tuple[Move, ...]:
    options = ["--name-status", "--find-renames", "--no-ext-diff", "--no-relative", "--ignore-submodules=all"]
    where = ["--cached"] if staged else []
    fields = iter(_words(ask(root, ["diff", "-z", *options, *where, identity, "--", *_WANTED])))
    moves = []
    for letter in fields:
        path = next(fields)
        if letter.startswith("U"):
            raise GitError(_unmerged(path))
        if letter.startswith(("R", "C")):
            moves.append(Move(path if letter[0] == "R" else None, next(fields)))
        else:
            moves.append(Move(None if letter == "A" else path, None if letter == "D" else path))
    return tuple(moves)


def _untracked(root: Path) -> tuple[Move, ...]:
    """The new `.json` files that git does not know yet. Unmerged ones are refused: against the work tree, git calls a
    conflict a modification.
    """
    paths = []
    options = ["-z", "-t", "--unmerged", "--others", "--exclude-standard"]
    for entry in _words(ask(root, ["ls-files", *options, "--", *_WANTED])):
        tag, _, rest = entry.partition(" ")
        if tag == "M":
            raise GitError(_unmerged(rest.partition("\t")[2]))
        paths.append(rest)
    return tuple(Move(None, path) for path in paths)


def _unmerged(path: str) -> str:
    return f"{path} is not merged; resolve it, then run: git add {_quoted(path)}"


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(word)


def _commits(root: Path, names: Sequence[str]) -> dict[str, str]:
    """The commits that some names stand for, by one process; without those names that stand for none."""
    names = [name for name in names if "\n" not in name and "\0" not in name]
    asked = "".join(name + "^{commit}\n" for name in names)
    answer = os.fsdecode(ask(root, ["cat-file", "--batch-check=%(objectname)"], os.fsencode(asked)))
    lines = answer.split("\n")[: len(names)]
    return {name: line for name, line in zip(names, lines, strict=True) if " " not in line}


def _missing(root: Path, name: str) -> str:
    """That there is no such commit, and the command that brings it."""
    if _is_shallow(root):
        return f"git knows no commit {name}, and this clone is shallow; {_deeper()}"
    if name.startswith("origin/"):
        branch = name.removeprefix("origin/")
        refspec = _quoted(f"+refs/heads/{branch}:refs/remotes/origin/{branch}")
        return f"git knows no commit {name}; run: git fetch origin {refspec}"
    return f"git knows no commit {name}; `git branch --all` and `git tag` list what there is"


def _deeper() -> str:
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return f"give actions/checkout `fetch-depth: 0`, or run: {_UNSHALLOW}"
    return f"run: {_UNSHALLOW}"


def _is_shallow(root: Path) -> bool:
    return ask(root, ["rev-parse", "--is-shallow-repository"]).strip() == b"true"


def _short(name: str) -> str:
    return name.removeprefix("refs/").removeprefix("remotes/").removeprefix("heads/")


def _words(answer: bytes) -> list[str]:
    return [word for word in os.fsdecode(answer).split("\0") if word]
