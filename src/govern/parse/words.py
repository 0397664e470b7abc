"""Words that the findings of all readers share."""

import re
from collections.abc import Iterable

from govern.model.pattern import pattern

_CONFLICT = pattern(r"^(?:<{7}|>{7}) [^\n]*", re.MULTILINE)


def shown(text: str) -> str:
    """A name or number as messages show it: in one line, and not too long.

    >>> shown("a" * 100)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...'
    """
    text = text if len(text) <= 40 else text[:37] + "..."
    return text if text.isprintable() else repr(text)[1:-1]


def conflict(text: str) -> tuple[str, int, str] | None:
    """What to say of a text in which a merge left its markers, and the index of the first one; None without one."""
    match = _CONFLICT.search(text)
    if match is None:
        return None
    return (
        f'a merge conflict is not resolved here: "{shown(match[0])}"',
        match.start(),
        "keep one side and delete the markers",
    )


def unclosed(tokens: Iterable[re.Match[str]]) -> int | None:
    """Where the innermost bracket stands that is never closed, among the tokens of a text."""
    opened: list[int] = []
    for match in tokens:
        if match[0] in ("[", "{"):
            opened.append(match.start())
        elif match[0] in ("]", "}") and opened:
            opened.pop()
    return opened[-1] if opened else None
