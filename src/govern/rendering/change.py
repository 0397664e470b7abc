"""What becomes of a token: the text in its place, or why its value cannot stand there."""

from typing import NamedTuple

from govern.rendering.tokens import Token


class Change(NamedTuple):
    """Replace `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


class Misplaced(NamedTuple):
    """A token whose value cannot be written where it stands; `reason` completes "the value of NAME …"."""

    token: Token
    reason: str


def applied(text: str, changes: list[Change]) -> str:
    """The text with the changes made, which do not overlap and stand in order."""
    parts, done = [], 0
    for start, end, new in changes:
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])
