"""Which links of a markdown document lead to places in the repository?

They are collected while the document is in hand and judged later, by `govern.judging.targets`, which knows the other
files. What no repository can answer is left alone: other schemes and hosts, and placeholders.
"""

import posixpath
import re
from collections.abc import Collection
from typing import NamedTuple

from govern.model.document import Document
from govern.model.location import Span
from govern.model.pattern import pattern
from govern.model.rule import Rule

TARGET_MISSING = Rule(
    "link/target-missing",
    "warning",
    "a link leads to a file that is not there",
    "Whoever follows it finds nothing; an agent that is to read on there goes on without what it was to know.",
)
ANCHOR_MISSING = Rule(
    "link/anchor-missing",
    "warning",
    "a link leads to a heading that is not there",
    "The reader lands at the top of the page, and has to search for what the author meant.",
)
RULES = (TARGET_MISSING, ANCHOR_MISSING)

_MARKDOWN = ("frontmatter", "markdown", "backlog", "block")  # the readers whose documents are markdown

# Anything that a look at the text's links may find; a document without is not read for links.
_RELATIVE = pattern(r"\](?:\(|:)[ \t]*+(?:\r?\n[ \t]*+)?<?+(?![A-Za-z][A-Za-z0-9+.-]*+:|//)[^\s)>]")
_ELSEWHERE = pattern(r"[A-Za-z][A-Za-z0-9+.-]*+:|//")
_PLACEHOLDER = pattern(r"[{}<>$*|\[\]`]|\.\.\.|…|%\w+%|\bpath/to/|\A(?:url|link|path)\Z", re.IGNORECASE)


class Reference(NamedTuple):
    """A link of a document of some kind: where it leads, as written, and where it says so. `anchors` are those of its
    own document, where it may name one of them.
    """

    path: str
    kind: str
    target: str
    span: Span
    anchors: Collection[str] = ()


def references(document: Document, kind: str) -> list[Reference]:
    """The links of a document that lead to places in the repository, whether there or not."""
    if document.reader not in _MARKDOWN:
        return []
    text, first = body_of(document)
    if ("](" not in text and "]:" not in text) or not _RELATIVE.search(text):
        return []
    from govern.parse.markdown.blocks import blocks
    from govern.parse.markdown.prose import anchors, links

    parsed = blocks(text)
    found = [
        link for link in links(parsed) if not _ELSEWHERE.match(link.target) and not _PLACEHOLDER.search(link.target)
    ]
    own = posixpath.basename(document.path) + "#"
    named = any(link.target.startswith("#") or own in link.target for link in found)
    here = anchors(parsed) if named else frozenset()
    return [
        Reference(
            document.path,
            kind,
            link.target,
            Span(link.line + first, link.column + 1, link.line + first, link.end_column + 1),
            here,
        )
        for link in found
    ]


def body_of(document: Document) -> tuple[str, int]:
    """The markdown text of a document without its front matter, and the line that it begins in."""
    return (document.body, document.body_line) if document.body or document.body_line > 1 else (document.text, 1)
