"""The items of a backlog's value, each with its name and the place that people look for it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govern.model.location import Path
from govern.model.pattern import pattern
from govern.model.spelling import nearest

_MARKUP = pattern(r"[`*]+|(?<![^\W_])_+|_+(?![^\W_])")
_WORDS = pattern(r"[\W_]+")


MAX_SHOWN = 60  # characters of a title in a message


class Entry(NamedTuple):
    """An item that has a title. `name` is the title without markup, `where` what it lies in: `section "Storage"`."""

    name: str
    item: Mapping[str, Any]
    where: str
    at: Path

    @property
    def shown(self) -> str:
        return shown(self.name)


def entries(value: Mapping[str, Any]) -> list[Entry]:
    """The items of the sections, in the order of the text."""
    result = list(_items(value, "the beginning", ()))
    for index, section in _listed(value, "sections"):
        result += _items(section, f"section {shown(section.get('heading') or '')}", ("sections", index))
    return result


def planned(value: Mapping[str, Any]) -> list[Entry]:
    """The items of the plan, in the order of the text."""
    plan = value.get("plan")
    if not isinstance(plan, dict):
        return []
    result = list(_items(plan, "the plan", ("plan",)))
    for index, phase in phases(value):
        result += _items(phase, called(phase, index), ("plan", "phases", index))
    return result


def phases(value: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The phases of the plan, with their place in it."""
    plan = value.get("plan")
    return _listed(plan if isinstance(plan, dict) else {}, "phases")


def called(phase: Mapping[str, Any], index: int) -> str:
    """How a message calls a phase."""
    number, name = phase.get("number"), phase.get("name")
    return f"phase {number if isinstance(number, int) else shown(name) if name else index + 1}"


def plain(title: str) -> str:
    """A title without what only makes it look different.

    >>> plain("Create  the `Store` *service*")
    'Create the Store service'
    """
    return " ".join(_MARKUP.sub("", title).split())


def shown(text: str) -> str:
    """A title, a heading or a name as messages show it.

    >>> shown("Store postings"), len(shown("x" * 100))
    ('"Store postings"', 60)
    """
    return f'"{text}"' if len(text) < MAX_SHOWN - 1 else f'"{text[: MAX_SHOWN - 3]}…"'


def near(title: str, titles: Sequence[str]) -> list[str]:
    """The titles that one is most likely a slip of: some letters differ, or one word.

    >>> near("Price delivery ahead", ["Price deliveries ahead", "Price delivery late today", "Draw the map"])
    ['Price deliveries ahead']
    """
    own = spoken(title).split()
    return nearest(title, titles) or [
        other
        for other in titles
        if len(theirs := spoken(other).split()) == len(own) > 2
        and sum(mine != its for mine, its in zip(own, theirs, strict=True)) == 1
    ]


def spoken(text: str) -> str:
    """A name as its words, between blanks.

    >>> spoken("TODO-Infrastructure"), spoken("`MCP_Server`")
    (' todo infrastructure ', ' mcp server ')
    """
    return f" {_WORDS.sub(' ', text).strip().casefold()} "


def _items(part: Mapping[str, Any], where: str, at: Path) -> Iterator[Entry]:
    for index, item in _listed(part, "items"):
        title = item.get("title")
        if isinstance(title, str) and (name := plain(title)):
            yield Entry(name, item, where, (*at, "items", index, "title"))


def _listed(value: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    below = value.get(key)
    for index, each in enumerate(below if isinstance(below, list) else ()):
        if isinstance(each, dict):
            yield index, each
