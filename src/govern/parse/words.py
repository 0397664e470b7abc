"""Words that the findings of all readers share."""

import re

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
