"""Does the repository say that a path is not tracked on purpose?"""

import re
from collections.abc import Callable
from typing import NamedTuple

from govern.model.glob import matcher


class Line(NamedTuple):
    """A line of a `.gitignore`: what it matches, and whether it ignores that or takes it back."""

    pattern: re.Pattern[str]
    ignores: bool


def is_ignored(path: str, lines_of: Callable[[str], list[Line]]) -> bool:
    """Does a `.gitignore` on the way to a path name it, or a folder above it? The last word counts, as in git.

    `lines_of` has the lines of the one in a folder.
    """
    parts = path.split("/")
    result = False
    for depth in range(len(parts)):
        for pattern, ignores in lines_of("/".join(parts[:depth])):
            if any(pattern.match("/".join(parts[depth:end])) for end in range(depth + 1, len(parts) + 1)):
                result = ignores
    return result


def lines(text: str) -> list[Line]:
    """The lines of a `.gitignore` that say something.

    >>> [(bool(line.pattern.match("data")), line.ignores) for line in lines("# ours\\ndata/\\n!/data\\n*.log\\n")]
    [(True, True), (True, False), (False, True)]
    """
    result = []
    for line in text.splitlines():
        line = line.rstrip()
        glob = line.removeprefix("!").rstrip("/")
        if glob and not glob.startswith("#"):
            result.append(Line(matcher([glob]), not line.startswith("!")))
    return result
