"""The parts of a domain agent that rules look at. What is not as it should be is absent here: the schema says so."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from govern.model.document import Document
from govern.model.location import Path, Span
from govern.model.pattern import pattern

# The agents that every set of templates knows, by tier; a repository installs those that its product needs.
FOUNDATION = ("schema-data", "api-connections", "auth-identity", "infrastructure")
FEATURE = ("maps-geo", "messaging", "search-discovery", "payments-billing", "notifications", "media-content")
EXPERIENCE = ("animation-motion", "accessibility", "internationalization", "performance", "analytics-telemetry")
KNOWN: Mapping[str, int] = {
    name: tier for tier, names in enumerate((FOUNDATION, FEATURE, EXPERIENCE), 1) for name in names
}

_TIER = pattern(r"\*\*([123]) — (?:Foundation|Feature|Experience)\.\*\*")
_DESCRIBED_TIER = pattern(r"\bTier ([123]) (?:foundation|feature|experience)\b")


def front(value: Any, key: str) -> str:
    """A text of the front matter; empty if there is none."""
    matter = value.get("frontmatter") if isinstance(value, dict) else None
    text = matter.get(key) if isinstance(matter, dict) else None
    return text if isinstance(text, str) else ""


def name(value: Any) -> str:
    """The agent's name; empty if it has none."""
    return front(value, "name")


def stem(path: str) -> str:
    """The name of a file without its ending."""
    return posixpath.splitext(posixpath.basename(path))[0]


def words(value: Any, which: str) -> list[str]:
    """One of the lists of words that the kind asks its reader for."""
    found = value.get(which) if isinstance(value, dict) else None
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []


def section(value: Any, heading: str) -> tuple[dict[str, Any], Path] | None:
    """The first section of that heading, and the path to it."""
    for index, each in enumerate(dicts(value, "sections")):
        if each.get("heading") == heading:
            return each, ("sections", index)
    return None


def item(value: Any, label: str) -> tuple[dict[str, Any], Path] | None:
    """The first item of that label, and the path to it from the section."""
    for index, each in enumerate(dicts(value, "items")):
        if each.get("label") == label:
            return each, ("items", index)
    return None


def dicts(value: Any, key: str) -> list[dict[str, Any]]:
    """The sections, or items, of a value."""
    found = value.get(key) if isinstance(value, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def texts(value: dict[str, Any], at: Path) -> Iterator[tuple[str, Path]]:
    """The texts of a section or item and of the items in it, each with its path."""
    pending = [(value, at)]
    while pending:
        here, path = pending.pop()
        if isinstance(here.get("text"), str):
            yield here["text"], (*path, "text")
        below = [(each, (*path, "items", index)) for index, each in enumerate(dicts(here, "items"))]
        pending.extend(reversed(below))


def tier(value: Any) -> int | None:
    """The tier that the section Tier states."""
    stated = section(value, "Tier")
    text = stated[0].get("text") if stated else None
    match = _TIER.match(text) if isinstance(text, str) else None
    return int(match[1]) if match else None


def described_tier(value: Any) -> int | None:
    """The tier that the description states."""
    match = _DESCRIBED_TIER.search(front(value, "description"))
    return int(match[1]) if match else None


def matches(document: Document, path: Path, wanted: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
    """What matches in the value at a path as its author wrote it, with the place of the first group."""
    source, start = document.source(path), document.span(path)
    for match in wanted.finditer(source):
        yield match, within(start, source, *match.span(1))


def within(around: Span, source: str, start: int, end: int) -> Span:
    """The place of `source[start:end]` in a text that stands at `around`."""
    places = []
    for index in (start, end):
        line = source.count("\n", 0, index)
        column = index - source.rfind("\n", 0, index) if line else around.column + index
        places += [around.line + line, column]
    return Span(*places)
