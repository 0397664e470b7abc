"""Do numbered lists count on, and is the option there that the text calls the one to finalize?

A list whose items all have the same number, as `1.` before each, is counted by whoever shows it, and right. A list
that code, a paragraph or another list interrupts may count on or begin anew.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from govern.kinds.workflow.numbering import slips
from govern.kinds.workflow.passages import Passage
from govern.kinds.workflow.rules import FINALIZE_MISSING, OPTION_REPEATED, OPTION_SKIPPED
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Span
from govern.model.pattern import pattern
from govern.model.rule import Rule

MAX_SHOWN = 60  # characters of an option in a message
MAX_SAID = 20  # options that are not there, of one section; a text names one or two

# A numbered list as the stretches between what interrupts it.
List: TypeAlias = list[list[Passage]]

_TO_FINALIZE = pattern(
    r"(?:\(|#|\b(?:or|option|number|press|choose|select|enter|type|reply|use|pick)[ \t\n]+)"
    r"[\"'*]{0,3}#?(\d{1,4})[\"'*]{0,3}[ \t\n]+to[ \t\n]+(?:finali[sz]e|proceed)\b",
    re.IGNORECASE,
)
_SELECTED = pattern(
    r"\b(?:select|choose|pick|enter)s?[ \t\n]+(?:option[ \t\n]+|number[ \t\n]+)?#(\d{1,4})\b", re.IGNORECASE
)
_PROCEEDS = pattern(r"\b(?:finali[sz]|proceed)", re.IGNORECASE)
_FINAL = pattern(
    r"\b(?:finali[sz]|proceed|continu|finish|complet|accept|done\b|exit|skip|end\b|next\b|move on|no further)",
    re.IGNORECASE,
)


class Slip(NamedTuple):
    """An item whose number is not the one that was expected; `shown` is the number that readers see instead."""

    rule: Rule
    item: Passage
    expected: int
    before: int
    shown: int


def check(document: Document, passages: list[Passage]) -> Iterator[Finding]:
    """Where a list miscounts, and where a text sends its reader to an option that is not there."""
    headings = [index for index, each in enumerate(passages) if each.block.kind == "heading"]
    for start, end in zip([0, *headings], [*headings, len(passages)], strict=True):
        section = passages[start:end]
        lists = list(_lists(section))
        wrong = [slip for each in lists for slip in _slips(each)]
        yield from (_miscounted(document, slip) for slip in wrong)
        menus = [stretch for each in lists for stretch in each if stretch]
        if menus and not wrong:
            yield from _finalized(document, section, menus)


def _lists(section: list[Passage]) -> Iterator[List]:
    """The numbered lists of a section, those in other lists too."""
    opened: list[List] = []  # by level; an empty stretch at the end says that something came between
    for passage in section:
        block = passage.block
        level = 0 if block.kind == "heading" else block.level
        yield from opened[level + 1 :]
        del opened[level + 1 :]
        if block.kind != "item" or block.number is None:
            _interrupt(opened[level:])
            continue
        opened += [[[]] for _ in range(level + 1 - len(opened))]
        opened[level][-1].append(passage)
    yield from opened


def _interrupt(lists: list[List]) -> None:
    for each in lists:
        if each[-1]:
            each.append([])


def _slips(stretches: List) -> Iterator[Slip]:
    ends: set[int] = set()  # of the stretches so far: a later one may count on from any
    anywhere = True
    for stretch in stretches:
        numbers = [_number(item) for item in stretch]
        if not numbers:
            continue
        if not anywhere and numbers[0] > 1 and numbers[0] - 1 not in ends:
            before = max(ends)
            rule = OPTION_SKIPPED if numbers[0] > before else OPTION_REPEATED
            yield Slip(rule, stretch[0], before + 1, before, numbers[0])
        anywhere = False
        ends.add(numbers[-1])
        if len(set(numbers)) == 1:
            ends.add(numbers[0] + len(numbers) - 1)
            continue
        for slip in slips(numbers):
            rule = OPTION_SKIPPED if slip.skipped else OPTION_REPEATED
            shown = numbers[0] + slip.position
            yield Slip(rule, stretch[slip.position], slip.expected, numbers[slip.position - 1], shown)


def _number(item: Passage) -> int:
    return item.block.number or 0


def _miscounted(document: Document, slip: Slip) -> Finding:
    number, item = _number(slip.item), slip.item
    message = f"item {number} follows item {slip.before}, expected {slip.expected}"
    hint = f"a list is counted from its first item: readers see {slip.shown} here" if slip.shown != number else None
    about = [number, item.text[:MAX_SHOWN]]
    return found(slip.rule, document.path, message, span=_marker(document, item), hint=hint, about=about)


def _marker(document: Document, item: Passage) -> Span:
    """Where the number of an item stands."""
    text = item.span(0, 0)
    before = document.at(Span(text.line, 1, text.line, text.column)).rstrip()
    end = len(before)
    digits = before[:-1]
    start = len(digits.rstrip("0123456789"))
    return Span(text.line, start + 1, text.line, end)


def _finalized(document: Document, section: list[Passage], menus: list[list[Passage]]) -> Iterator[Finding]:
    """The numbers that the prose of a section calls the ones to finalize, each once. What an item of a list says is
    about another list than its own, and that one may be anywhere.
    """
    options = {_number(item): item for menu in menus for item in menu if _FINAL.search(item.text)}
    said: set[int] = set()
    for passage in section:
        if passage.block.kind == "item" or passage.block.level:
            continue
        for match in _called_final(passage):
            number = int(match[1])
            if number in said or number in options or len(said) == MAX_SAID:
                continue
            said.add(number)
            menu = _nearest(menus, passage)
            other = next((item for item in menu if _number(item) == number), None)
            message = f"{number} is said to finalize or proceed, but "
            if other is not None:
                message += f"option {number} is {_shown(other)}"
            else:
                message += f"there is no option {number}"
            final = [item for item in menu if _PROCEEDS.search(item.text)]
            hint = f"option {_number(final[0])} is {_shown(final[0])}" if len(final) == 1 else None
            span = passage.span(match.start(1), match.end(1))
            yield found(FINALIZE_MISSING, document.path, message, span=span, hint=hint, about=number)


def _called_final(passage: Passage) -> Iterator[re.Match[str]]:
    yield from _TO_FINALIZE.finditer(passage.prose)
    if "#" in passage.prose and _PROCEEDS.search(passage.prose):
        yield from _SELECTED.finditer(passage.prose)


def _nearest(menus: list[list[Passage]], passage: Passage) -> list[Passage]:
    """The list that follows a text, or else the last one before it."""
    line = passage.block.pieces[0].line
    return next((menu for menu in menus if menu[0].block.pieces[0].line > line), menus[-1])


def _shown(item: Passage) -> str:
    text = " ".join(item.text.replace("*", "").split())
    return f'"{text[: MAX_SHOWN - 1]}…"' if len(text) > MAX_SHOWN else f'"{text}"'
