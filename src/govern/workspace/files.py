"""Reading and writing files: bounded, whole, and never outside the repository."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from govern.parse import MAX_BYTES

# O_NONBLOCK, because opening a named pipe would otherwise wait for a writer for ever
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_BUFFER = 1024 * 1024


class Unreadable(Exception):
    """A file that cannot be opened; the text says why."""


class Absent(Unreadable):
    """There is no such file, not even a link to nothing."""


def contents(path: str | Path) -> bytes:
    """The bytes of a regular file, at most one more than `MAX_BYTES`."""
    handle, size = _opened(path)
    try:
        # One call reads a file whole, and one byte more than its size shows that it has not grown meanwhile. Asking for
        # MAX_BYTES at once instead would cost 25 µs a file: Python sets up a buffer of that size.
        wanted = min(size, MAX_BYTES) + 1
        data = os.read(handle, wanted)
        while wanted <= len(data) <= MAX_BYTES and (more := os.read(handle, MAX_BYTES + 1 - len(data))):
            data += more
        return data
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    finally:
        os.close(handle)


def stream(path: str | Path) -> tuple[BinaryIO, int]:
    """A regular file, open for reading, and its size: for who reads it bit by bit, and closes it."""
    handle, size = _opened(path)
    return os.fdopen(handle, "rb", _BUFFER), size


def _opened(path: str | Path) -> tuple[int, int]:
    """The handle of a regular file, and its size."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        absent = isinstance(error, FileNotFoundError) and not os.path.lexists(path)
        raise (Absent if absent else Unreadable)(_reason(error)) from None
    status = os.fstat(handle)
    if stat.S_ISREG(status.st_mode):
        return handle, status.st_size
    os.close(handle)
    raise Unreadable("it is a folder" if stat.S_ISDIR(status.st_mode) else "it is not a regular file")


def below(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order, hidden folders and links to folders left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            yield Path(parent, name)


def write(path: Path, data: bytes, root: Path) -> None:
    """Replace a file's contents at once or not at all; its permissions stay. ValueError if it lies outside `root`."""
    import contextlib
    import tempfile

    target = path.resolve()
    if root.resolve() not in target.parents:
        raise ValueError(f"{path} lies outside the repository")
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it does not exist, or is a link to nothing"
    if isinstance(error, PermissionError):
        return "reading it is not permitted"
    return (error.strerror or str(error)).lower()
