"""Are tags such as `<critical_rule>` closed, in the order in which they were opened?

A closing tag is always one. An opening one is only surely a tag if it is closed somewhere in the document, if it is
HTML that needs closing, or if it is named like an instruction: what else stands in angle brackets, as
`docs/<name>.md`, `List<T>` or `<ada@example.com>`, is a placeholder, code or an address.

Who nests tags indents them, by four blanks or more at some depth, which makes them code to markdown. They count, but
nothing is said of them: it may as well be code.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from govern.kinds.workflow.passages import Passage
from govern.kinds.workflow.rules import TAG_UNCLOSED, TAG_UNOPENED
from govern.model.document import Document
from govern.model.finding import Edit, Finding, Fix, found
from govern.model.location import Span
from govern.model.pattern import pattern
from govern.model.spelling import nearest

MAX_CANDIDATES = 8  # open tags that a misspelt end may have been meant for

# A < or > may stand in the value of an attribute. The bounds keep a text that is full of quotes from being read often.
_TAG = pattern(
    r"(?<![\\<])<(/?)([A-Za-z][\w.-]*)((?:[ \t\n/](?:[^<>\"']|\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'){0,400})?)>(?!>)"
)
_RAW = pattern(r"<(?:script|style|textarea|pre)(?:[ \t>]|\Z)", re.IGNORECASE)
_BARE = frozenset({"", "open", "hidden", "checked", "disabled"})  # attributes that have no value

# HTML that is never closed, or need not be.
_UNCLOSED = pattern(
    r"(?:area|base|body|br|caption|col|colgroup|dd|dt|embed|head|hr|html|img|input|li|link|meta|optgroup|option|p|param"
    r"|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)\Z",
    re.IGNORECASE,
)
# HTML that takes in what follows when it is not closed, and whose names nobody uses for something to fill in.
_CLOSED = pattern(
    r"(?:blockquote|center|details|div|kbd|ol|pre|script|style|sub|sup|table|textarea|ul)\Z", re.IGNORECASE
)
# HTML that is closed in whatever letters.
_INLINE = pattern(
    r"(?:a|abbr|article|aside|b|button|cite|code|del|em|figure|font|footer|form|h[1-6]|header|i|ins|label|main|mark|nav"
    r"|q|s|samp|section|select|small|span|strong|summary|svg|u|var|video)\Z",
    re.IGNORECASE,
)
_FIRST = frozenset({"critical", "mandatory", "important"})
_LAST = frozenset({"rule", "rules", "instruction", "instructions"})


class Tag(NamedTuple):
    """A tag as it is written, and whether it can only be one."""

    name: str
    closes: bool
    sure: bool
    span: Span

    @property
    def same(self) -> str:
        return self.name.lower()

    @property
    def written(self) -> str:
        return f"</{self.name}>" if self.closes else f"<{self.name}>"


def check(document: Document, passages: list[Passage]) -> Iterator[Finding]:
    """Where a tag is left open, or closed without having been opened."""
    indented = {tag.span for passage in passages if passage.indented for tag in _tags(passage)}
    return (finding for finding in _unbalanced(document, passages) if finding.span not in indented)


def _unbalanced(document: Document, passages: list[Passage]) -> Iterator[Finding]:
    tags = [tag for passage in passages for tag in _tags(passage)]
    closed = {tag.same for tag in tags if tag.closes}
    opened: list[Tag] = []
    names: Counter[str] = Counter()  # how many of each name are open
    late: Counter[str] = Counter()  # tags that were told to be open still, so that their own end is no second mistake
    for tag in tags:
        if not tag.closes:
            opened.append(tag)
            names[tag.same] += 1
        elif names[tag.same]:
            inside = []
            while opened[-1].same != tag.same:
                inside.append(opened.pop())
            names.subtract(each.same for each in (*inside, tag))
            for each in inside:
                if each.same in closed or each.sure:
                    late[each.same] += 1
                    message = f"{each.written} is not closed before {tag.written} in line {tag.span.line}"
                    yield _unclosed(document, each, message)
            mate = opened.pop()
            if mate.name != tag.name and not (_CLOSED.match(tag.name) or _INLINE.match(tag.name)):
                yield _unopened(document, tag, mate)
        elif late[tag.same]:
            late[tag.same] -= 1
        else:
            index = _meant(tag, opened, closed)
            meant = None if index is None else opened.pop(index)
            if meant:
                names[meant.same] -= 1
            yield _unopened(document, tag, meant)
    for tag in opened:
        if tag.same in closed or tag.sure:
            yield _unclosed(document, tag, f"{tag.written} is never closed")


def _tags(passage: Passage) -> Iterator[Tag]:
    prose = passage.text if passage.indented else passage.prose
    if "<" not in prose:
        return
    if passage.block.kind == "html" and (raw := _RAW.match(prose)):
        name = raw[0].strip("<> \t").lower()
        if f"</{name}>" not in prose.lower():  # else all in it is text
            yield Tag(name, False, True, passage.span(0, len(raw[0].rstrip())))
        return
    for match in _TAG.finditer(prose):
        slash, name, attributes = match[1], match[2], match[3].strip()
        if attributes.endswith("/") or _UNCLOSED.match(name):
            continue
        plain = "=" in attributes or attributes.lower() in _BARE
        if not plain:
            continue
        glued = match.start() and (prose[match.start() - 1].isalnum() or prose[match.start() - 1] in "_/.-")
        after = prose[match.end() : match.end() + 1]
        sure = not glued and after not in tuple(":./\\=@|-_") and _instructs(name)
        yield Tag(name, bool(slash), sure, passage.span(match.start(), match.end()))


def _instructs(name: str) -> bool:
    words = name.lower().replace("-", "_").split("_")
    return bool(_CLOSED.match(name)) or (len(words) > 1 and (words[0] in _FIRST or words[-1] in _LAST))


def _meant(tag: Tag, opened: list[Tag], closed: set[str]) -> int | None:
    """Which tag a misspelt end was meant to close: the last one that is open and has no end of its own."""
    last = range(max(0, len(opened) - MAX_CANDIDATES), len(opened))
    candidates = {opened[index].same: index for index in last if opened[index].same not in closed}
    near = nearest(tag.same, candidates)
    return candidates[near[-1]] if near else None


def _unopened(document: Document, tag: Tag, meant: Tag | None) -> Finding:
    if meant is None:
        return found(TAG_UNOPENED, document.path, f"{tag.written} closes nothing", span=tag.span, about=tag.name)
    message = f"{tag.written} does not close {meant.written} in line {meant.span.line}"
    fix = Fix(f"write </{meant.name}>", (Edit(tag.span, f"</{meant.name}>"),))
    hint = f"did you mean </{meant.name}>?"
    return found(TAG_UNOPENED, document.path, message, span=tag.span, hint=hint, fix=fix, about=tag.name)


def _unclosed(document: Document, tag: Tag, message: str) -> Finding:
    return found(
        TAG_UNCLOSED, document.path, message, span=tag.span, hint=f"close it with </{tag.name}>", about=tag.name
    )
