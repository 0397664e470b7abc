"""Reading and writing files: bounded, whole, and never outside the repository."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from govern.parse import MAX_BYTES


class Unreadable(Exception):
    """A file that cannot be opened; the text says why."""


def contents(path: Path) -> bytes:
    """The bytes of a regular file, at most one more than `MAX_BYTES`."""
    try:
        # O_NONBLOCK, because opening a named pipe would otherwise wait for a writer for ever
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        )
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise Unreadable("it is a folder" if stat.S_ISDIR(mode) else "it is not a regular file")
        chunks, size = [], 0
        while size <= MAX_BYTES and (chunk := os.read(handle, MAX_BYTES + 1 - size)):
            chunks.append(chunk)
            size += len(chunk)
        return b"".join(chunks)
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    finally:
        os.close(handle)


def below(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order, hidden folders and links to folders left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            yield Path(parent, name)


def write(path: Path, data: bytes, root: Path) -> None:
    """Replace a file's contents at once or not at all; its permissions stay. ValueError if it lies outside `root`."""
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
