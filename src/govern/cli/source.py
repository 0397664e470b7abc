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
        try:
            self._file: BinaryIO = stream(path)[0] if data is None else BytesIO(data)
        except Unreadable:
            self._file = BytesIO()
        self._number, self._text = 0, b""

    def line(self, number: int) -> str:
        """The beginning of a line, without its end; empty where there is none."""
        if number < self._number:
            self._file.seek(0)
            self._number = 0
        while self._number < number:
            self._text = self._file.readline(MAX_BYTES)
            self._number += 1
            if not self._text:
                break
            if not self._text.endswith(b"\n"):
                for rest in iter(partial(self._file.readline, MAX_BYTES), b""):
                    if rest.endswith(b"\n"):
                        break
        text = self._text.decode("utf-8-sig" if number == 1 else "utf-8", "replace")
        return text.removesuffix("\n").removesuffix("\r")

    def close(self) -> None:
        self._file.close()
