"""From blocks to sections: the nested value that a schema judges, and the place of each part of it."""

import re
from typing import Any

from govern.model.location import FILE, Path, Place, Span
from govern.model.pattern import pattern
from govern.parse.markdown.blocks import Block

_NUMBERED = pattern(r"(?:Step[ \t]+(\d{1,4})(?:[.):]|[ \t]*[-–—](?=[ \t]))|(\d{1,4})[.):])[ \t]+(?=\S)", re.IGNORECASE)
_CHECKBOX = pattern(r"\[([ xX])\](?:[ \t]+|\Z)")
_LABEL = pattern(r"\*\*([^*\n]+?)[ \t]*(?::[ \t]*\*\*|\*\*[ \t]*:|\*\*(?=\Z|[ \t]+[-–—][ \t]))\s*")


class Outline:
    """The sections of a body that begins in line `body_line`: `value` as the reader of markdown describes it, without
    front matter and words, and if it is to be `placed` the places of its parts.
    """

    def __init__(self, blocks: list[Block], body_line: int, *, placed: bool = True) -> None:
        self.body_line = body_line
        self._placed = placed
        self.value: dict[str, Any] = {}
        self.places: dict[Path, Place] = {}
        stack: list[tuple[int, dict[str, Any], Path]] = [(0, self.value, ())]
        own: list[Block] = []
        for block in blocks:
            if block.kind != "heading":
                own.append(block)
                continue
            _Contents(self, stack[-1][1], stack[-1][2]).take(own)
            own = []
            if block.level == 1 and not {"title", "sections"} & self.value.keys():
                self.value["title"] = block.text
                self.places["title",] = Place(self.span(block))
                continue
            while stack[-1][0] >= block.level:
                stack.pop()
            stack.append((block.level, *self._section(block, stack[-1][1], stack[-1][2])))
        _Contents(self, stack[-1][1], stack[-1][2]).take(own)
        if "text" in self.value:
            self.value["intro"] = self.value.pop("text")
            self.places["intro",] = self.places.pop(("text",))

    def span(self, block: Block, start: int = 0) -> Span:
        """Where the text of a block stands, from its character `start` on."""
        if not self._placed:
            return FILE
        pieces = block.pieces
        index = 0
        while start > len(pieces[index].text) and index + 1 < len(pieces):
            start -= len(pieces[index].text) + 1
            index += 1
        first, last = pieces[index], pieces[-1]
        column, end = first.column + start + 1, last.column + len(last.text) + 1
        return Span(self.body_line + first.line, column, self.body_line + last.line, end)

    def _section(self, block: Block, parent: dict[str, Any], at: Path) -> tuple[dict[str, Any], Path]:
        siblings = parent.setdefault("sections", [])
        path = (*at, "sections", len(siblings))
        section: dict[str, Any] = {"level": block.level}
        numbered = _NUMBERED.match(block.text)
        if numbered:
            section["number"] = int(numbered[1] or numbered[2])
        start = numbered.end() if numbered else 0
        section["heading"] = block.text[start:]
        siblings.append(section)
        place = Place(self.span(block))
        self.places.setdefault((*at, "sections"), place)
        self.places[path] = self.places[(*path, "level")] = self.places[(*path, "number")] = place
        self.places[(*path, "heading")] = Place(self.span(block, start))
        return section, path


class _Contents:
    """What stands between two headings, put into the value of the section at `at`."""

    def __init__(self, outline: Outline, section: dict[str, Any], at: Path) -> None:
        self.outline = outline
        self.places = outline.places
        self.section = section
        self.at = at
        self.items: list[tuple[dict[str, Any], Path]] = []  # the open ones, from the outermost on
        self.lead: tuple[dict[str, Any], Path] | None = None  # the label that a list follows
        self.label: Block | None = None  # a label that a list may follow

    def take(self, blocks: list[Block]) -> None:
        for block in blocks:
            if block.kind == "item":
                self._listed(block)
                continue
            if self.label is not None:
                self._text(self.label)
                self.label = None
            if block.level == 0:
                self.items, self.lead = [], None
            if block.kind == "paragraph" and block.level == 0 and _is_label(block):
                self.label = block
            elif block.kind == "code":
                self.section.setdefault("code", []).append(block.language)
                if block.pieces:
                    span = self.outline.span(block)
                    self.places.setdefault((*self.at, "code"), Place(span))
            elif block.kind == "paragraph" or (block.kind == "html" and not is_comment(block)):
                self._text(block)
        if self.label is not None:
            self._text(self.label)

    def _listed(self, block: Block) -> None:
        if self.label is not None:
            self.lead = self._item(self.label, self.section, self.at)
            self.label = None
        del self.items[block.level :]
        parent, at = self.items[-1] if self.items else self.lead or (self.section, self.at)
        self.items.append(self._item(block, parent, at))

    def _item(self, block: Block, parent: dict[str, Any], at: Path) -> tuple[dict[str, Any], Path]:
        siblings = parent.setdefault("items", [])
        path = (*at, "items", len(siblings))
        item: dict[str, Any] = {}
        siblings.append(item)
        place = Place(self.outline.span(block))
        self.places.setdefault((*at, "items"), place)
        self.places[path] = self.places[(*path, "number")] = self.places[(*path, "checked")] = place
        if block.number is not None:
            item["number"] = block.number
        text, start = block.text, 0
        if checkbox := _CHECKBOX.match(text):
            item["checked"] = checkbox[1] != " "
            start = checkbox.end()
        if label := _LABEL.match(text, start):
            item["label"] = label[1]
            span = self.outline.span(block, label.start(1))
            self.places[(*path, "label")] = Place(
                span._replace(end_line=span.line, end_column=span.column + len(label[1]))
            )
            start = label.end()
        if text[start:]:
            item["text"] = text[start:]
            self.places[(*path, "text")] = Place(self.outline.span(block, start))
        return item, path

    def _text(self, block: Block) -> None:
        """A paragraph: it belongs to the item that it is indented to, or to the section."""
        if not block.text:
            return
        into, at = self.items[block.level - 1] if 0 < block.level <= len(self.items) else (self.section, self.at)
        span = self.outline.span(block)
        if "text" in into:
            into["text"] += "\n\n" + block.text
            before = self.places[(*at, "text")].value
            self.places[(*at, "text")] = Place(before._replace(end_line=span.end_line, end_column=span.end_column))
        else:
            into["text"] = block.text
            self.places[(*at, "text")] = Place(span)


def is_comment(block: Block) -> bool:
    """Is this a comment, which nobody sees?"""
    return block.kind == "html" and block.pieces[0].text.startswith("<!--")


def _is_label(block: Block) -> bool:
    label = _LABEL.match(block.text)
    return label is not None and label.end() == len(block.text)
