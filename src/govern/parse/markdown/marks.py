"""How does a line begin a block: as an item, a fence, a heading, HTML, a rule? Lines come without indentation."""

import re
from typing import NamedTuple

from govern.model.pattern import pattern
from govern.parse.markdown.inline import TAG

BULLETS = frozenset("-*+0123456789")

_UNDERLINE = pattern(r"(?:=+|-+)[ \t]*\Z")
_RULE = pattern(r"(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})\Z")
_ITEM = pattern(r"([-*+]|(\d{1,9})[.)])(?:([ \t]++)(?=\S)|[ \t]*+\Z)")
_FENCE = pattern(r"(`{3,}+)([^`]*)\Z|(~{3,}+)(.*)\Z")
_TAG = pattern(TAG + r"[ \t]*+\Z")
_BLOCK_TAG = pattern(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    r"|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    r"|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title"
    r"|tr|track|ul)(?:[ \t>]|/>|\Z)",
    re.IGNORECASE,
)
_RAW_TAG = pattern(r"<(?:script|pre|style|textarea)(?:[ \t>]|\Z)", re.IGNORECASE)
_RAW_END = pattern(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_DECLARATION = pattern(r"<![A-Za-z]")


class Item(NamedTuple):
    """The mark of a list item: how long it is, its number if it has one, and the blanks after it, "" before nothing."""

    length: int
    number: int | None
    gap: str


def item_mark(rest: str) -> Item | None:
    """The mark that makes a line a list item."""
    if rest[0] not in BULLETS:
        return None
    found = _ITEM.match(rest)
    if found is None or is_rule(rest):
        return None
    return Item(len(found[1]), int(found[2]) if found[2] else None, found[3] or "")


def is_rule(rest: str) -> bool:
    """Is this a line across the page?"""
    return rest[0] in "*-_" and _RULE.match(rest) is not None


def is_underline(rest: str) -> bool:
    """Does this line make a heading of the paragraph above it?"""
    return rest[0] in "=-" and _UNDERLINE.match(rest) is not None


def fence_mark(rest: str) -> tuple[str, str] | None:
    """The fence that begins a code block, and the language beside it."""
    found = _FENCE.match(rest) if rest[0] in "`~" else None
    if found is None:
        return None
    return found[1] or found[3], ((found[2] or found[4] or "").split() or [""])[0]


def closes_fence(rest: str, mark: str) -> bool:
    """Does this line end the code block that `mark` began?"""
    return rest.startswith(mark) and not rest.rstrip(" \t").strip(mark[0])


def heading_level(rest: str) -> int:
    """How many # a heading begins with; 0 if it is none."""
    level = len(rest) - len(rest.lstrip("#"))
    return level if level <= 6 and (len(rest) == level or rest[level] in " \t") else 0


def html_end(rest: str, *, in_paragraph: bool) -> str | None:
    """What ends the HTML that begins here, "" for a blank line; None if none begins."""
    if _RAW_TAG.match(rest):
        return "</"
    for begin, end in (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")):
        if rest.startswith(begin):
            return end
    if _DECLARATION.match(rest):
        return ">"
    return "" if _BLOCK_TAG.match(rest) or (not in_paragraph and _TAG.match(rest)) else None


def ends_html(line: str, end: str) -> bool:
    """Does the HTML that `end` ends, do so in this line?"""
    return _RAW_END.search(line) is not None if end == "</" else end in line
