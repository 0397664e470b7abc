"""How a value is written into markdown, outside front matter.

In running text a value is markdown like the text around it. Where it stands inside something that it could end, the
code, the link, the heading, the row of a table, it is escaped, or refused where markdown has no escape.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, TypeAlias

from govern.model.pattern import pattern
from govern.rendering.change import Change, Misplaced
from govern.rendering.spelling import Values, as_text, control, is_simple
from govern.rendering.tokens import Token

MAX_LINE = 2_000  # characters of a line, to either side of a token, that are looked at

_FENCE = pattern(r"^ {0,3}(`{3,}+|~{3,}+)([^\n]*+)$", re.MULTILINE)
_HEADING = pattern(r" {0,3}#{1,6}[ \t]")
_ITEM = pattern(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\Z")
_LEAD = pattern(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TO_ENCODE = pattern(r"[^!#-'*-;=?-\[\]^_a-z|~%\x80-\U0010ffff]")
_DESTINATION = pattern(
    r"\]\([ \t]*+<?[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+\Z"
    r"|\A {0,3}\[[^\]]*+\]:[ \t]*+[^\s]*+\Z"
    r"|<[a-z][a-z0-9+.-]{1,30}:[^\s<>]*+\Z"
)

_Stretch: TypeAlias = tuple[int, int, str]  # from, up to, and what ends it


def written(
    text: str, tokens: Sequence[Token], values: Values, *, start: int = 0
) -> tuple[list[Change], list[Misplaced]]:
    """The changes that write the values of some tokens into a markdown text, whose body begins at `start`."""
    changes: list[Change] = []
    misplaced: list[Misplaced] = []
    fences: list[_Stretch] | None = None
    comments: list[_Stretch] = []
    for token in tokens:
        value = values.get(token.name)
        if value.__class__ is str and (token.literal or is_simple(value)):
            changes.append(Change(token.start, token.end, value))
            continue
        if fences is None:
            fences = _fences(text, start)
            comments = [(*match.span(), "") for match in _COMMENT.finditer(text, start)]
        result = _placed(text, token, value, fences, comments)
        if isinstance(result, str):
            misplaced.append(Misplaced(token, result))
        else:
            changes.append(result)
    return changes, misplaced


def in_text(
    text: str, tokens: Sequence[Token], values: Values, *, start: int = 0
) -> tuple[list[Change], list[Misplaced]]:
    """The changes that write the values of some tokens into a text of any other form: as they are."""
    changes, misplaced = [], []
    end = "\r\n" if "\r\n" in text else "\n"
    for token in tokens:
        new = as_text(values.get(token.name))
        if character := control(new):
            misplaced.append(Misplaced(token, f"holds {character}, a control character"))
        changes.append(Change(token.start, token.end, _with_ends(new, end)))
    return changes, misplaced


def _placed(text: str, token: Token, value: Any, fences: list[_Stretch], comments: list[_Stretch]) -> Change | str:
    """The change that writes a value, or why it cannot stand there."""
    new = as_text(value)
    if character := control(new):
        return f"holds {character}, a control character"
    end = "\r\n" if "\r\n" in text else "\n"
    before = text[max(token.start - MAX_LINE, 0) : token.start].rpartition("\n")[2]
    after = text[token.end : token.end + MAX_LINE].partition("\n")[0].rstrip("\r")
    several = "\n" in new or "\r" in new
    fence = _within(fences, token.start)
    if fence is not None:
        if fence and any(each.strip().startswith(fence) for each in new.splitlines()):
            return f"holds {fence}, which would end the code that it stands in"
        return Change(token.start, token.end, _with_ends(new, end, _continued(before)))
    if isinstance(value, list) and not after.strip() and _ITEM.match(before):
        return Change(token.start, token.end, (end + before).join(_with_ends(as_text(item), " ") for item in value))
    if _within(comments, token.start) is not None:
        return "holds -->, which would end the comment" if "-->" in new else Change(*token[:2], _with_ends(new, end))
    if _in_code(before, after):
        if "`" in new or several:
            return "holds a backtick or a line break, which would end the code that it stands in"
        return Change(token.start, token.end, new)
    if _DESTINATION.search(before):
        if several:
            return "has a line break, which would end the link that it stands in"
        return Change(token.start, token.end, _TO_ENCODE.sub(_encoded, new))
    if several and _HEADING.match(before):
        return "has a line break, which would end the heading"
    if before.lstrip().startswith("|"):
        if several:
            return "has a line break, which would end the row of the table"
        return Change(token.start, token.end, new.replace("|", "\\|"))
    if _in_link_text(before, after):
        return Change(token.start, token.end, _with_ends(re.sub(r"[\[\]]", r"\\\g<0>", new), " "))
    return Change(token.start, token.end, _with_ends(new, end, _continued(before)))


def _fences(text: str, start: int) -> list[_Stretch]:
    """Where fenced code begins and ends, and what ends it."""
    result: list[_Stretch] = []
    opened: tuple[int, str] | None = None
    for match in _FENCE.finditer(text, start):
        mark, rest = match[1], match[2].strip()
        if opened is None:
            if mark[0] == "~" or "`" not in rest:
                opened = match.end(), mark
        elif mark.startswith(opened[1]) and not rest:
            result.append((opened[0], match.start(), opened[1]))
            opened = None
    if opened:
        result.append((opened[0], len(text) + 1, opened[1]))
    return result


def _within(stretches: list[_Stretch], at: int) -> str | None:
    index = bisect_right(stretches, at, key=lambda stretch: stretch[0]) - 1
    return stretches[index][2] if index >= 0 and at < stretches[index][1] else None


def _in_code(before: str, after: str) -> bool:
    return before.count("`") % 2 == 1 and "`" in after


def _in_link_text(before: str, after: str) -> bool:
    close = after.find("]")
    return before.rfind("[") > before.rfind("]") and close >= 0 and after[close + 1 : close + 2] in ("(", "[")


def _continued(before: str) -> str:
    """What further lines begin with: the indentation and the quote marks of the first, blanks for its list marker."""
    lead = _LEAD.match(before)
    return "".join(" " if char not in "> \t" else char for char in lead[0]) if lead else ""


def _with_ends(text: str, end: str, indent: str = "") -> str:
    """A text with its line breaks written as `end`, further lines indented."""
    if "\n" not in text and "\r" not in text:
        return text
    first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join([first, *(end + (line and indent + line) for line in rest)])


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
