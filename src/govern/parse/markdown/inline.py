"""What in a block's text is code, a tag, a comment, a link? Places are indices into the text.

CommonMark's inline structure as far as it decides where links lead and what a heading says, in one pass over the text.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from govern.model.pattern import pattern

MAX_PARENTHESES = 5  # in each other, in a target; the specification asks for three
MAX_READ = 512 * 1024  # characters of text that are searched for links in one document; people write 200,000 in all
MAX_TAG = 2_000  # characters; what is longer is text
MAX_LABEL = 999  # characters, by the specification

_MARK = pattern(r"\\.|`+|!?\[|\]|<", re.DOTALL)
_TICKS = pattern("`+")
_URL = pattern(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*+>")
TAG = (
    r"<(?:/[A-Za-z][A-Za-z0-9-]*+[ \t\n]*+|[A-Za-z][A-Za-z0-9-]*+"
    r"(?:[ \t\n]++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:[ \t\n]*+=[ \t\n]*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+"
    r"[ \t\n]*+/?)>"
)
_TAG = pattern(TAG)
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}  # of comments and their like
_SPECIAL = pattern(r"<(?:!--|\?|!\[CDATA\[|!(?=[A-Za-z]))")
_GAP = pattern(r"[ \t]*+(?:\n[ \t]*+)?")
_ANGLED = pattern(r"<((?:[^<>\n\\]|\\[^\n])*+)>")
_STOP = pattern(r"\\[^\x00-\x20]|[()\x00-\x20\x7f]")
_TITLE = pattern(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)", re.DOTALL)
_LABEL = pattern(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_LINE_END = pattern(r"[ \t]*+(?:\n|\Z)")


class Link(NamedTuple):
    """A link or an image: from `start` to `end`, its text from `opened` to `closed`, and its target from `at` to
    `until`, as written; (-1, -1) for one whose target a definition holds.
    """

    start: int
    opened: int
    closed: int
    end: int
    at: int = -1
    until: int = -1
    image: bool = False


class Definition(NamedTuple):
    """`[label]: target`, the target from `at` to `until`; the next thing begins at `end`."""

    label: str
    at: int
    until: int
    end: int


class Inline(NamedTuple):
    """The parts of a text, each kind in order: what is `code`, with its backticks; `tags` and comments; `urls` between
    < and >; `links`, inner ones before those around them.
    """

    code: list[tuple[int, int]]
    tags: list[tuple[int, int]]
    urls: list[tuple[int, int]]
    links: list[Link]


def inline(text: str, labels: Collection[str] = (), start: int = 0) -> Inline:
    """The parts of a text from `start` on, up to a bound. `labels` are those of the definitions that there are."""
    result = Inline([], [], [], [])
    opened: list[tuple[int, int, bool]] = []  # brackets: where each stands, where its text begins, is it an image?
    barred = 0  # how many of them have a link in them, and so can be none
    runs: dict[int, list[int]] | None = None  # of backticks, by length
    ends: dict[str, int] = {}  # of comments and their like: where the next one ends, -1 if none does
    last = -1  # where the last bracket ended
    while mark := _MARK.search(text, start, MAX_READ):
        start, word = mark.end(), mark[0]
        if word[0] == "`":
            runs = _runs(text) if runs is None else runs
            same = runs.get(len(word), [])
            index = bisect_right(same, mark.start())
            if index < len(same):
                start = same[index] + len(word)
                result.code.append((mark.start(), start))
        elif word == "<":
            if special := _SPECIAL.match(text, mark.start()):
                end = ends.get(special[0], 0)
                if 0 <= end <= mark.start():
                    end = ends[special[0]] = text.find(_ENDS[special[0]], mark.start() + 2)
                if end >= 0:
                    start = end + len(_ENDS[special[0]])
                    result.tags.append((mark.start(), start))
            elif found := _URL.match(text, mark.start()):
                start = found.end()
                result.urls.append((mark.start(), start))
            elif found := _TAG.match(text, mark.start(), mark.start() + MAX_TAG):
                start = found.end()
                result.tags.append((mark.start(), start))
        elif word == "]" and opened:
            at, inner, image = opened.pop()
            may_be = image or len(opened) >= barred
            barred = min(barred, len(opened))
            target = _destination(text, start) if may_be else None
            if target:
                end, begin, until = target
                result.links.append(Link(at, inner, mark.start(), end, begin, until, image))
            elif may_be and (end := _reference(text, inner, mark.start(), labels, plain=last == inner)):
                result.links.append(Link(at, inner, mark.start(), end, image=image))
            else:
                last = start
                continue
            start = end
            last = end
            if not image:
                barred = len(opened)
        elif word in ("[", "!["):
            opened.append((mark.start(), start, word[0] == "!"))
            last = start
    return result


def definitions(text: str) -> Iterator[Definition]:
    """The link definitions that a paragraph begins with."""
    start = 0
    while label := _LABEL.match(text, start):
        name = normal(label[1])
        if not name or label.end() - start > MAX_LABEL or not text.startswith(":", label.end()):
            return
        target = _target(text, _after_gap(text, label.end() + 1))
        if target is None or target[0] == label.end() + 1:
            return
        end, at, until = target
        title = _TITLE.match(text, gap) if (gap := _after_gap(text, end)) > end else None
        closing = (_LINE_END.match(text, title.end()) if title else None) or _LINE_END.match(text, end)
        if closing is None:
            return
        yield Definition(name, at, until, closing.end())
        start = closing.end()


def normal(label: str) -> str:
    """A label as definitions are looked up by: neither case nor blanks count."""
    return " ".join(label.split()).casefold()


def _runs(text: str) -> dict[int, list[int]]:
    result: dict[int, list[int]] = defaultdict(list)
    for match in _TICKS.finditer(text):
        result[match.end() - match.start()].append(match.start())
    return result


def _after_gap(text: str, start: int) -> int:
    """Where a gap ends that holds at most one line break."""
    gap = _GAP.match(text, start)
    return gap.end() if gap else start


def _destination(text: str, start: int) -> tuple[int, int, int] | None:
    """The end of `(target "title")`, and where its target begins and ends."""
    if not text.startswith("(", start):
        return None
    target = _target(text, _after_gap(text, start + 1))
    if target is None:
        return None
    end, at, until = target
    gap = _after_gap(text, end)
    if gap > end and (title := _TITLE.match(text, gap)):
        gap = _after_gap(text, title.end())
    return (gap + 1, at, until) if text.startswith(")", gap) else None


def _target(text: str, start: int) -> tuple[int, int, int] | None:
    """The end of a target that begins here, and where the target itself begins and ends: `<` and `>` are not in it."""
    if text.startswith("<", start):
        angled = _ANGLED.match(text, start)
        return (angled.end(), *angled.span(1)) if angled else None
    depth = 0
    end = len(text)
    for stop in _STOP.finditer(text, start):
        if stop[0] == "(":
            depth += 1
            if depth > MAX_PARENTHESES:
                return None
        elif stop[0] == ")" and depth:
            depth -= 1
        elif len(stop[0]) == 1:
            end = stop.start()
            break
    return None if depth else (end, start, end)


def _reference(text: str, opened: int, closed: int, labels: Collection[str], *, plain: bool) -> int:
    """Where `[text][label]`, `[label][]` or `[label]` ends; 0 if no definition has the label. `plain` says that no
    bracket stands in the text.
    """
    end = closed + 1
    if not labels:
        return 0
    label = _LABEL.match(text, end)
    if label and label[1].strip():
        return label.end() if label.end() - end <= MAX_LABEL and normal(label[1]) in labels else 0
    if plain and closed - opened <= MAX_LABEL and normal(text[opened:closed]) in labels:
        return label.end() if label and not label[1] else end
    return 0
