"""The text of single lines of a file that is too long to be kept."""

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from govern.workspace.files import Unreadable, stream

MAX_BYTES = 64 * 1024  # of a line; no more of it is shown


class Source:
    """A file whose lines are asked for in their order, or nearly so. `data` stands in for its contents."""

    def __init__(self, path: Path, data: bytes | None) -> None:
        self.path = path
        self._data = data
        self._next = 1, 0  # a line, and where it begins
        self._last = 0, ""

    def line(self, number: int) -> str:
        """The beginning of a line, without its end; empty where there is none."""
        if number == self._last[0]:
            return self._last[1]
        at, offset = self._next if number >= self._next[0] else (1, 0)
        try:
            file: BinaryIO = stream(self.path)[0] if self._data is None else BytesIO(self._data)
        except Unreadable:
            return ""
        with file:
            file.seek(offset)
            for _ in range(at, number):
                _read(file)
            text = _read(file)
            self._next = number + 1, file.tell()
        shown = text.decode("utf-8-sig" if number == 1 else "utf-8", "replace").removesuffix("\n").removesuffix("\r")
        self._last = number, shown
        return shown


def _read(file: BinaryIO) -> bytes:
    """The next line of a file, as much of it as is shown."""
    beginning = file.readline(MAX_BYTES)
    if beginning and not beginning.endswith(b"\n"):
        for rest in iter(partial(file.readline, MAX_BYTES), b""):
            if rest.endswith(b"\n"):
                break
    return beginning
