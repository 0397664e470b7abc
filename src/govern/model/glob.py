"""Globs over repository paths, read as `.gitignore` reads them, plus `{a,b}`.

A pattern without a slash matches the file name in any folder; one with a slash is anchored at the repository's
root. `*` and `?` stop at a slash, `**` does not. Matching ends in one regular expression, so a thousand paths cost
a millisecond. What is no glob matches nothing, and `mistake` says why.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

NOTHING = r"(?!)"
MAX_LENGTH = 1_000  # characters of a glob
FEW = 2  # wildcards of a sort, which any search may go through in every way


class _Token(NamedTuple):
    """A piece of a glob and its regular expression. `sign` is `**/`, `**`, `*`, `/`, `{`, `,`, `}` or empty."""

    sign: str
    regex: str


class _Wrong(Exception):
    """Why a text is no glob."""


def matcher(globs: Iterable[str]) -> re.Pattern[str]:
    """One pattern whose `match` says whether a path matches any of the globs.

    >>> [bool(matcher(["*.{yml,yaml}", "docs/**"]).match(p)) for p in ("a/b.yml", "docs/x/y", "adocs/x", "b.yaml.txt")]
    [True, True, False, False]
    """
    return re.compile(expression(globs), re.DOTALL)


def expression(globs: Iterable[str]) -> str:
    """The regular expression, with DOTALL, that matches the paths that any of the globs does."""
    return "|".join(map(_translated, globs)) or NOTHING


def mistake(glob: str) -> str | None:
    """What is wrong with a glob, to follow its text in a message; None if nothing is.

    >>> mistake("docs/**"), mistake("[z-a].md")
    (None, 'has the range z-a, which ends before it begins')
    """
    if not glob.strip():
        return "is empty"
    if glob.startswith("!"):
        return "begins with !, which takes nothing out again here"
    if len(glob) > MAX_LENGTH:
        return f"has {len(glob):,} characters; at most {MAX_LENGTH:,} are read"
    folders = glob.replace("\\", "").split("/")
    if ".." in folders:
        return "holds .., but paths begin at the top of the repository and stay inside"
    if "." in folders:
        return "holds the folder ., but paths begin at the top of the repository, without ./"
    if "" in folders[1:-1]:
        return "has two slashes in a row, and no path has"
    try:
        list(_tokens(glob))
    except _Wrong as error:
        return str(error)
    return None


def _translated(glob: str) -> str:
    anchored = "/" in glob.rstrip("/")
    glob = glob.removeprefix("/")
    if glob.endswith("/"):
        glob += "**"
    try:
        tokens = list(_tokens(glob))
    except _Wrong:
        return NOTHING
    signs = [token.sign for token in tokens]
    many = frozenset(sign for sign in ("*", "**/") if signs.count(sign) > FEW)
    return ("" if anchored else "(?:.*/)?") + _joined(tokens, many) + r"\Z"


def _joined(tokens: list[_Token], many: frozenset[str]) -> str:
    """The tokens as one regular expression, with care for the wildcards that there are many of.

    What stands between two wildcards is found where it first occurs, and never looked for again: a search that
    could would take years for `*a*a*a*a*a` and a name of two hundred letters.
    """
    result, index, depth = "", 0, 0
    while index < len(tokens):
        sign, regex = tokens[index]
        depth += (sign == "{") - (sign == "}")
        index += 1
        end = _next_wildcard(tokens, index, sign) if sign in many and not depth else None
        if end is None:
            result += regex
            continue
        lazy = r"[^/]*?" if sign == "*" else r"(?:.*?/)??"
        result += f"(?>{lazy}{_joined(tokens[index:end], many)})"
        index = end
    return result


def _next_wildcard(tokens: list[_Token], start: int, sign: str) -> int | None:
    """Where the same wildcard comes again, with nothing between that could match at several lengths."""
    for index in range(start, len(tokens)):
        if tokens[index].sign == sign:
            return index
        if tokens[index].sign in ("{", "**", "**/") or (sign == "*" and tokens[index].sign == "/"):
            return None
    return None


def _tokens(glob: str) -> Iterator[_Token]:
    index = depth = 0
    while index < len(glob):
        character = glob[index]
        index += 1
        if character == "*":
            stars = len(glob) - index - len(glob[index:].lstrip("*"))
            index += stars
            if stars and glob[index : index + 1] == "/":
                index += 1
                yield _Token("**/", "(?:.*/)?")
            else:
                yield _Token("**", ".*") if stars else _Token("*", "[^/]*")
        elif character == "?":
            yield _Token("", "[^/]")
        elif character == "[":
            regex, index = _class(glob, index)
            yield _Token("", regex)
        elif character == "{":
            depth += 1
            yield _Token("{", "(?:")
        elif character == "}" and depth:
            depth -= 1
            yield _Token("}", ")")
        elif character == "," and depth:
            yield _Token(",", "|")
        elif character == "\\":
            if index == len(glob):
                raise _Wrong("ends in a backslash, with nothing behind it")
            yield _Token("", re.escape(glob[index]))
            index += 1
        elif character == "}":
            raise _Wrong("has a } without a {; write \\} for the character")
        else:
            yield _Token("/" if character == "/" else "", re.escape(character))
    if depth:
        raise _Wrong("has a { that is never closed; write \\{ for the character")


def _class(glob: str, start: int) -> tuple[str, int]:
    """The characters between brackets, and where the glob goes on. A `]` that comes first is one of them."""
    index = start
    negated = glob[index : index + 1] in ("!", "^") and glob[index : index + 1] != ""
    index += negated
    result, first = "", index
    while True:
        character, index = _member(glob, index, first)
        if not character:
            break
        if glob[index : index + 1] == "-" and glob[index + 1 : index + 2] not in ("", "]"):
            last, index = _member(glob, index + 1, -1)
            if last < character:
                raise _Wrong(f"has the range {character}-{last}, which ends before it begins")
            result += f"{re.escape(character)}-{re.escape(last)}"
        else:
            result += re.escape(character)
    return (f"[^/{result}]" if negated else f"(?!/)[{result}]"), index


def _member(glob: str, index: int, first: int) -> tuple[str, int]:
    """A character of a class, and where the next one stands; empty where the class ends."""
    if index >= len(glob):
        raise _Wrong("has a [ that is never closed; write \\[ for the character")
    if glob.startswith("[:", index):
        raise _Wrong("has a class such as [:alpha:], which is not known here; write a-z")
    if glob[index] == "]" and index != first:
        return "", index + 1
    if glob[index] == "\\" and index + 1 < len(glob):
        index += 1
    return glob[index], index + 1
