"""Which anchor does a heading get? GitHub's answer."""

import html
import unicodedata
from collections.abc import Iterable, Iterator

from govern.model.pattern import pattern
from govern.parse.markdown.inline import inline

MAX_HEADING = 100_000  # characters; what is beyond is left out

_MARKED = pattern(r"[\\`\[\]<&*_~{]")
_ESCAPE = pattern(r"\\([!-/:-@\[-`{-~])")
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNDERSCORES = pattern("_+")


def slug_of(heading: str) -> str:
    """The anchor that GitHub gives a heading: in small letters, without punctuation, each blank a dash.

    >>> slug_of("Offer Advanced Self-Refinement & Elicitation Options"), slug_of("`a_b`: **what** it *is*")
    ('offer-advanced-self-refinement--elicitation-options', 'a_b-what-it-is')
    """
    heading = heading[:MAX_HEADING]
    return slug(_plain(heading) if _MARKED.search(heading) else heading)


def slug(text: str) -> str:
    """The anchor of a heading that has this text, all markup gone."""
    kept = (c for c in text.lower() if c in " -_" or (c.isalnum() if c.isascii() else _is_word(c)))
    return "".join(kept).replace(" ", "-")


def _is_word(character: str) -> bool:
    """Is this a letter, a mark, a digit or a connector, by Unicode?"""
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Pc")


def _plain(text: str) -> str:
    """What a heading says once its markup is gone. An image says nothing."""
    parts = inline(text)
    edits = [(start, end, "") for start, end in parts.tags]
    edits += [(start, end, _code(text[start:end])) for start, end in parts.code]
    edits += [(start, end, text[start + 1 : end - 1]) for start, end in parts.urls]
    for link in parts.links:
        ends = [(link.start, link.end)] if link.image else [(link.start, link.opened), (link.closed, link.end)]
        edits += [(*each, "") for each in ends]
    edits += [(start, end, "") for start, end in _emphasis(text, edits)]
    result, last = [], 0
    for start, end, instead in sorted(edits):
        if start >= last:
            result += [_read(text[last:start]), instead]
            last = end
    return "".join(result) + _read(text[last:])


def _read(text: str) -> str:
    text = _ESCAPE.sub(r"\1", text) if "\\" in text else text
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _code(text: str) -> str:
    text = text.strip("`").replace("\n", " ")
    return text[1:-1] if text[:1] == text[-1:] == " " and text.strip() else text


def _emphasis(text: str, edits: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """The underscores that set text in italics or bold. The other marks of emphasis are no part of an anchor anyway."""
    if "_" not in text:
        return
    hidden, last = [], 0
    for start, end, _ in sorted([*edits, *((each.start(), each.end(), "") for each in _ESCAPE.finditer(text))]):
        if start >= last:
            hidden += [text[last:start], "." * (end - start)]
            last = end
    masked = "".join(hidden) + text[last:]
    opened: list[tuple[int, int]] = []  # where underscores that may open begin, and where those that are left end
    for run in _UNDERSCORES.finditer(masked):
        start, end = run.span()
        before, after = masked[start - 1 : start] or " ", masked[end : end + 1] or " "
        opens = not after.isspace() and not (before.isalnum() or (_is_sign(after) and not _is_between(before)))
        closes = not before.isspace() and not (after.isalnum() or (_is_sign(before) and not _is_between(after)))
        while closes and opened and start < end:
            begin, until = opened.pop()
            strength = min(2, until - begin, end - start)
            yield until - strength, until
            yield start, start + strength
            start += strength
            if until - strength > begin:
                opened.append((begin, until - strength))
        if opens and start < end:
            opened.append((start, end))


def _is_between(character: str) -> bool:
    return character.isspace() or _is_sign(character)


def _is_sign(character: str) -> bool:
    """Is this punctuation or a symbol?"""
    return unicodedata.category(character)[0] in "PS"
