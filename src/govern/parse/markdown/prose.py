"""What stands in the text of blocks: code spans, links, anchors. Places are indices into the text."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from govern.model.pattern import pattern
from govern.parse.markdown.blocks import Block

_TICKS = pattern("`+")
_INLINE = pattern(
    r"\]\([ \t]*\n?[ \t]*(?:<([^<>\n]*)>|((?:[^\s()<>\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
)
_DEFINITION = pattern(r" {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*(?:<([^<>\n]*)>|([^\s<>]+))")
_ANCHOR = pattern(r"<[A-Za-z][A-Za-z0-9-]*[ \t\n][^<>]*?\b(?:id|name)[ \t]*=[ \t]*[\"']?([^\s\"'<>]+)")
_LINKED = pattern(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_TAG = pattern(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_EMPHASIS = pattern(r"\*+|~~|(?<![^\W_])_+|_+(?![^\W_])")


class Link(NamedTuple):
    """Where a link leads, as written, and the stretch of text that says so."""

    target: str
    start: int
    end: int


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """The code spans of a block's text: a run of backticks up to the next run of the same length."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    by_length: dict[int, list[int]] = defaultdict(list)
    for start, end in runs:
        by_length[end - start].append(start)
    position = 0
    for start, end in runs:
        if start < position:
            continue
        same = by_length[end - start]
        index = bisect_right(same, start)
        if index < len(same):
            position = same[index] + end - start
            yield start, position


def without_code(text: str) -> str:
    """The text with blanks in place of its code spans, so that nothing moves."""
    if "`" not in text:
        return text
    result, last = [], 0
    for start, end in code_spans(text):
        result += [text[last:start], re.sub(r"[^\n]", " ", text[start:end])]
        last = end
    return "".join(result) + text[last:]


def links(blocks: Iterable[Block], offsets: list[int]) -> Iterator[Link]:
    """The links and images of some blocks, inline ones and definitions. `offsets` are where the lines begin."""
    for block in blocks:
        if block.kind in ("code", "html", "rule") or not any("]" in piece.text for piece in block.pieces):
            continue
        text = without_code(block.text)
        starts, length = [], 0
        for piece in block.pieces:
            starts.append(length)
            length += len(piece.text) + 1

        def placed(index: int, starts: list[int] = starts, block: Block = block) -> int:
            at = bisect_right(starts, index) - 1
            piece = block.pieces[at]
            return offsets[piece.line] + piece.column + index - starts[at]

        for match in _INLINE.finditer(text):
            group = 1 if match[1] is not None else 2
            if match[group] and text.rfind("[", 0, match.start()) >= 0 and not _escaped(text, match.start()):
                yield Link(match[group], placed(match.start(group)), placed(match.end(group) - 1) + 1)
        if block.kind == "paragraph":
            for start in starts:
                if definition := _DEFINITION.match(text, start):
                    group = 1 if definition[1] is not None else 2
                    if definition[group]:
                        yield Link(definition[group], placed(definition.start(group)), placed(definition.end(group)))


def _escaped(text: str, index: int) -> bool:
    start = index
    while start and text[start - 1] == "\\":
        start -= 1
    return (index - start) % 2 == 1


def anchors(blocks: Iterable[Block]) -> set[str]:
    """What a fragment of a link to this text may name: the slugs of its headings, and ids in its HTML."""
    result: set[str] = set()
    counts: dict[str, int] = {}
    for block in blocks:
        if block.kind == "heading":
            slug = slug_of(block.text)
            unique = slug
            while unique in counts:
                counts[slug] += 1
                unique = f"{slug}-{counts[slug]}"
            counts[unique] = 0
            result.add(unique)
        if block.kind not in ("code", "rule") and "<" in (text := block.text):
            result.update(unquote(match[1]) for match in _ANCHOR.finditer(text))
    return result


def slug_of(heading: str) -> str:
    """The anchor that GitHub gives a heading: in small letters, without punctuation, each blank a dash.

    >>> slug_of("Offer Advanced Self-Refinement & Elicitation Options"), slug_of("`a_b`: **what** it *is*")
    ('offer-advanced-self-refinement--elicitation-options', 'a_b-what-it-is')
    """
    pieces, last = [], 0
    for start, end in code_spans(heading):
        pieces += [_plain(heading[last:start]), heading[start:end].strip("`")]
        last = end
    text = "".join(pieces) + _plain(heading[last:])
    kept = (c for c in text.strip().lower() if c in " -_" or c.isalnum() or (c > "\x7f" and _is_mark(c)))
    return "".join(kept).replace(" ", "-")


def _plain(text: str) -> str:
    if "[" in text:
        text = _LINKED.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", text)
    return _EMPHASIS.sub("", text) if "*" in text or "_" in text or "~" in text else text


def _is_mark(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character)[0] == "M" or unicodedata.category(character) == "Pc"
