"""How new files get to their place: whole, inside the repository, never over another one."""

from pathlib import Path

from govern.session import Unable
from govern.workspace.files import write


def put(root: Path, path: str, text: str) -> None:
    """Write a file of the repository; folders are made on the way. Unable if it cannot be written."""
    full = root / path
    try:
        if root.resolve() not in full.resolve().parents:
            raise ValueError("it lies outside the repository")
        full.parent.mkdir(parents=True, exist_ok=True)
        write(full, text.encode(), root)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise Unable(f"{path} cannot be written: {reason}") from None
