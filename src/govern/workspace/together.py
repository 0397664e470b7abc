"""Writing several files: all of them, or none."""

import contextlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

MAX_EACH = 16  # so many files are flushed one by one; for more, asking once for all is faster

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write some files, by their paths below `root`; if one cannot be written, everything is as it was.

    ValueError if one lies outside `root`; OSError says what went wrong.
    """
    work = _Work(str(root.resolve()))
    try:
        for path, data in files.items():
            work.prepare(path, data)
        work.flush()
        work.move()
    except BaseException:
        work.undo()
        raise


class _Work:
    """Files that are written beside their places, then moved there. A folder that is not there yet is moved as one."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._folders: dict[str, str] = {"": root}  # where the files of each folder are written for now
        self._new: list[tuple[str, str]] = []  # folders that are made under another name, and what they are to be
        self._ready: list[tuple[str, str]] = []
        self._made: set[str] = set()
        self._done: list[tuple[str, bytes | None, int]] = []

    def prepare(self, path: str, data: bytes) -> None:
        """Write a file, not yet in its place."""
        folder, _, name = path.rpartition("/")
        place = self._folders.get(folder)
        if place is None:
            place = self._folder(folder)
        target = os.path.join(place, name)  # noqa: PTH118
        if place in self._made:
            _write(target, data, 0o644)
            return
        if os.path.islink(target):  # noqa: PTH114
            target = os.path.realpath(target)
            self._keep_inside(target, path)
        temporary = _hidden(target)
        self._ready.append((temporary, target))
        _write(temporary, data, _mode(target))

    def _folder(self, folder: str) -> str:
        """Where the files of a folder are written: in it, or in what is to become it."""
        above, _, name = folder.rpartition("/")
        parent = self._folders.get(above)
        if parent is None:
            parent = self._folder(above)
        place = os.path.join(parent, name)  # noqa: PTH118
        if parent in self._made:
            os.mkdir(place)  # noqa: PTH102
            self._made.add(place)
        elif not os.path.lexists(place):
            final, place = place, _hidden(place)
            os.mkdir(place)  # noqa: PTH102
            self._made.add(place)
            self._new.append((place, final))
        else:
            place = os.path.realpath(place)
            self._keep_inside(place, folder)
        self._folders[folder] = place
        return place

    def _keep_inside(self, place: str, path: str) -> None:
        if place != self._root and not place.startswith(self._root + os.sep):
            raise ValueError(f"{path} lies outside the repository")

    def flush(self) -> None:
        """Have everything that was written reach the disk, so that no crash leaves an empty file in place of one."""
        few = len(self._ready) <= MAX_EACH and not self._new
        for temporary, _ in self._ready if few else ():
            with open(temporary, "rb+") as file:  # noqa: PTH123
                os.fsync(file.fileno())
        if not few and hasattr(os, "sync"):
            os.sync()

    def move(self) -> None:
        """Put everything in its place."""
        for temporary, target in self._ready:
            before = _before(target)
            os.replace(temporary, target)  # noqa: PTH105
            self._done.append((target, *before))
        for temporary, target in self._new:
            os.rename(temporary, target)  # noqa: PTH104
            self._done.append((target, None, -1))

    def undo(self) -> None:
        """Leave everything as it was."""
        import shutil

        for target, before, mode in reversed(self._done):
            with contextlib.suppress(OSError, ValueError):
                if mode < 0:
                    shutil.rmtree(target)
                elif before is None:
                    Path(target).unlink()
                else:
                    Path(target).write_bytes(before)
        for temporary, _ in self._ready:
            with contextlib.suppress(OSError, ValueError):
                Path(temporary).unlink()
        for temporary, _ in self._new:
            shutil.rmtree(temporary, ignore_errors=True)


def _hidden(path: str) -> str:
    """A name beside a path that nobody uses."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name[:100]}.{os.getpid()}.govern")  # noqa: PTH118


def _mode(path: str) -> int:
    try:
        return stat.S_IMODE(os.stat(path).st_mode)  # noqa: PTH116
    except FileNotFoundError:
        return -1


def _write(path: str, data: bytes, mode: int) -> None:
    handle = os.open(path, _FLAGS, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if mode >= 0 and mode != 0o644:
            os.fchmod(handle, mode)
    finally:
        os.close(handle)


def _before(path: str) -> tuple[bytes | None, int]:
    """What a file holds, None if there is none, and its permissions."""
    try:
        return Path(path).read_bytes(), 0
    except FileNotFoundError:
        return None, 0
