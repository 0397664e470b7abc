"""Markdown → what its schema can judge: front matter, title, sections in order, lists, and words that a kind asks for.

    frontmatter  the YAML between the two `---`
    title        the H1 that opens the text
    intro        the paragraphs before the first section
    items, code  of the text before the first section
    sections     [{level, number, heading, text, items, code, sections}], nested by level

    items        [{number, checked, label, text, items}], nested by indentation
    code         the languages of the code blocks; "" where none is named

What is not there is absent, so that `required` asks for it. `1. Title` and `Step 1: Title` are the number 1 and the
heading Title. `**Owns:** text` is the label Owns and a text; such a label right before a list is an item, and the list
lies in it. A word that a kind's `extract` finds is listed once, in the order of the text.
"""

import re
from typing import Any

from govern.model.document import Document, Reading
from govern.model.finding import found
from govern.model.location import FILE, Path, Place, Span
from govern.model.schema import Extract
from govern.parse import rules
from govern.parse.frontmatter import read_frontmatter
from govern.parse.markdown.blocks import MAX_BLOCKS, MAX_LINES, Block, blocks, is_beyond
from govern.parse.markdown.outline import Outline, is_comment

__all__ = ["body_blocks", "read_markdown"]


def read_markdown(text: str, path: str, extract: tuple[Extract, ...] = ()) -> Document:
    """A markdown file as a Document whose value is its structure."""
    front = read_frontmatter(text, path)
    if not front.reading.readable and not front.body_line > 1:
        return Document(path, "markdown", text, front.reading, body=front.body)
    body = blocks(front.body)
    if is_beyond(front.body, body):
        message = f"the text has more than {MAX_BLOCKS:,} paragraphs, items and headings or {MAX_LINES:,} lines"
        beyond = found(rules.TOO_LARGE, path, message, hint="split it")
        return Document(path, "markdown", text, Reading(None, dict, (beyond,), readable=False), body=front.body)
    value: dict[str, Any] = {}
    broken = frozenset(("frontmatter", *at) for at in front.reading.broken)
    if front.has_value:
        value["frontmatter"] = front.value if front.reading.readable else {}
        if not front.reading.readable:
            broken |= {("frontmatter",)}
    value |= Outline(body, front.body_line, placed=False).value
    words = {each.name: _words(each, text, body, front.body_line) for each in extract}
    value |= {name: list(places) for name, places in words.items()}

    def places() -> dict[Path, Place]:
        result: dict[Path, Place] = {(): Place(FILE)}
        result |= {("frontmatter", *at): place for at, place in front.places.items()}
        result |= Outline(body, front.body_line).places
        for name, spans_of in words.items():
            spans = list(spans_of.values())
            result[name,] = Place(spans[0] if spans else FILE)
            result |= {(name, index): Place(span) for index, span in enumerate(spans)}
        return result

    reading = Reading(
        value,
        places,
        front.reading.findings,
        broken=broken,
        tags={("frontmatter", *at): tag for at, tag in front.reading.tags.items()},
    )
    return Document(path, "markdown", text, reading, body=front.body, body_line=front.body_line)


def body_blocks(document: Document) -> list[Block]:
    """The blocks of a markdown document's body; their lines count from the body's first."""
    return blocks(document.body)


def _words(extract: Extract, text: str, body: list[Block], body_line: int) -> dict[str, Span]:
    """The words of an extract, each with the place of the first one."""
    result: dict[str, Span] = {}
    try:
        pattern = re.compile(extract.pattern)
    except re.error:
        return result  # a finding about the kind file says so
    if not pattern.search(text):
        return result
    hidden = (
        set()
        if extract.in_code
        else {
            piece.line + body_line
            for block in body
            if block.kind == "code" or is_comment(block)
            for piece in block.pieces
        }
    )
    for number, line in enumerate(text.split("\n"), 1):
        for match in pattern.finditer(line) if number not in hidden else ():
            group = 1 if pattern.groups else 0
            if match[group]:
                span = Span(number, match.start(group) + 1, number, match.end(group) + 1)
                result.setdefault(match[group], span)
    return result
