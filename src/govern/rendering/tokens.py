"""Which tokens stand where in a text.

A token is an upper-case name in delimiters that touch it, `<<PROJECT_NAME>>`. A backslash before it (more exactly: an
odd number of them) makes it text: the token itself is written then, without that backslash. Everything else that looks
alike, heredocs, merge keys, the expressions of other tools, is text.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

NAME = r"[A-Z][A-Z0-9_]*+"


class Delimiters(NamedTuple):
    """What stands before and after a name."""

    opening: str = "<<"
    closing: str = ">>"

    def around(self, name: str) -> str:
        """The token of a name."""
        return f"{self.opening}{name}{self.closing}"


class Token(NamedTuple):
    """`text[start:end]` is a token. One that a backslash turns into text has the backslash in its name too: what goes
    by that name is the token itself.
    """

    start: int
    end: int
    name: str

    @property
    def literal(self) -> bool:
        return self.name[0] == "\\"


class Slip(NamedTuple):
    """`text[start:end]` is almost a token, or a token that holds another; `name` is the name in it."""

    start: int
    end: int
    name: str


def tokens(text: str, delimiters: Delimiters = Delimiters()) -> list[Token]:  # noqa: B008
    """The tokens of a text, in order.

    >>> [token.name for token in tokens("<<A>> << B >> <<c>> cat <<EOF >>f <<D_1>>")]
    ['A', 'D_1']
    >>> tokens(r"\\<<A>>")
    [Token(start=0, end=6, name='\\\\A')]
    """
    if delimiters.opening not in text:
        return []
    result = []
    for match in _pattern(delimiters).finditer(text):
        start, end = match.span()
        if start and text[start - 1] == "\\" and _is_escaped(text, start):
            result.append(Token(start - 1, end, "\\" + match[1]))
        else:
            result.append(Token(start, end, match[1]))
    return result


def _is_escaped(text: str, start: int) -> bool:
    first = start
    while first and text[first - 1] == "\\":
        first -= 1
    return (start - first) % 2 == 1


def nested(text: str, delimiters: Delimiters = Delimiters()) -> Iterator[Slip]:  # noqa: B008
    """The places where a token begins before another one has ended; the name is that of the inner one.

    >>> [text[slip.start : slip.end] for text in ("<<A_<<B>>>>", "<<<<B>>>>", "<<A>><<B>>") for slip in nested(text)]
    ['<<A_<<B>>', '<<<<B>>']
    """
    if delimiters.opening in text:
        for match in _nested(delimiters).finditer(text):
            yield Slip(*match.span(), match[1] or match[2])


def near(text: str, names: Collection[str], delimiters: Delimiters = Delimiters()) -> Iterator[Slip]:  # noqa: B008
    """The places where one of the names stands in what is almost a token: a delimiter is cut short, or blanks stand
    inside.

    >>> [slip.name for slip in near("<A>> <<B> << C >> <<D>> <E> << F >>", "ABCDE")]
    ['A', 'B', 'C']
    """
    if delimiters.opening[-1] not in text:
        return
    opening, closing = delimiters
    for match in _near(delimiters).finditer(text):
        before, name, after = match.groups()
        if name not in names or (before, after) == delimiters:
            continue
        start, end = match.span()
        if text.endswith("\\", 0, start):
            continue
        blank = before.strip(" \t") == opening and after.strip(" \t") == closing
        late = after == closing and before == opening[1:] and not text.endswith(opening[0], 0, start)
        early = before == opening and after == closing[:-1] and not text.startswith(closing[-1], end)
        if blank or late or early:
            yield Slip(start, end, name)


@lru_cache(maxsize=8)
def _pattern(delimiters: Delimiters) -> re.Pattern[str]:
    opening, closing = map(re.escape, delimiters)
    return re.compile(f"{opening}({NAME}){closing}")


@lru_cache(maxsize=8)
def _nested(delimiters: Delimiters) -> re.Pattern[str]:
    opening, closing = map(re.escape, delimiters)
    inner = f"{opening}({NAME}){closing}"
    return re.compile(rf"(?<!\\){opening}(?:{NAME}{inner}|{inner}(?={closing}))")


@lru_cache(maxsize=8)
def _near(delimiters: Delimiters) -> re.Pattern[str]:
    opening, closing = delimiters
    start = "|".join(re.escape(part) for part in (opening, opening[1:]) if part)
    end = "|".join(re.escape(part) for part in (closing, closing[:-1]) if part)
    return re.compile(rf"((?:{start})[ \t]*+)({NAME})([ \t]*+(?:{end}))")
