"""Writing several files: all of them, or none."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write some files, by their paths below `root`; if one cannot be written, everything is as it was.

    ValueError if one lies outside `root`; OSError says what went wrong.
    """
    top = root.resolve()
    ready: list[tuple[str, Path]] = []  # the new contents, and where they belong
    made: list[Path] = []
    done: list[tuple[Path, bytes | None, int]] = []
    known: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            full = root / path
            parent = known.get(full.parent)
            if parent is None:
                made += _folders(full.parent)
                parent = known[full.parent] = full.parent.resolve()
                if parent != top and top not in parent.parents:
                    raise ValueError(f"{path} lies outside the repository")
            target = full.resolve() if full.is_symlink() else parent / full.name
            if target.parent != top and top not in target.parents:
                raise ValueError(f"{path} lies outside the repository")
            ready.append((_written(target, data), target))
        while ready:
            temporary, target = ready[0]
            before, mode = _before(target)
            Path(temporary).chmod(mode)
            Path(temporary).replace(target)
            done.append((target, before, mode))
            del ready[0]
    except BaseException:
        for target, before, mode in reversed(done):
            with contextlib.suppress(OSError):
                if before is None:
                    target.unlink()
                else:
                    target.write_bytes(before)
                    target.chmod(mode)
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it that are not there; what was made."""
    made: list[Path] = []
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir()
            made.append(each)
    return made


def _written(target: Path, data: bytes) -> str:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def _before(target: Path) -> tuple[bytes | None, int]:
    """What a file holds, None if there is none, and its permissions."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None, 0o644
    return target.read_bytes(), mode
