"""How a person calls the parts of a markdown document: by headings and labels, never by their place in a value."""

from typing import Any

from govern.judging import words
from govern.model.document import Document, Reader
from govern.model.location import Path

READERS: frozenset[Reader] = frozenset({"markdown", "backlog"})  # whose values are parts of a text

_WHOLE = {"sections": "section", "items": "item", "phases": "phase"}
_NAMED_BY = ("heading", "label", "title", "name", "text")
_CALLED = {
    "text": "the text",
    "intro": "the text before the first section",
    "title": "the title",
    "frontmatter": "the front matter",
    "items": "the list",
    "sections": "the sections",
    "code": "the code",
    "heading": "the heading",
    "label": "the label",
    "number": "the number",
    "checked": "the checkbox",
    "level": "the level",
    "state": "the state",
    "priority": "the priority",
    "estimate": "the estimate",
    "owner": "the owner",
    "depends": "the dependencies",
    "tags": "the brackets",
    "criteria": "the criteria",
    "plan": "the plan",
    "phases": "the phases",
    "name": "the name",
    "quarter": "the quarter",
    "duration": "the duration",
}
_MISSING = {
    "text": "a text",
    "intro": "a text before the first section",
    "title": "a title (a line that begins with one #)",
    "items": "a list",
    "sections": "a section below it",
    "code": "a code block",
    "label": "a label in bold",
    "number": "a number",
    "checked": "a checkbox",
    "state": "a checkbox",
    "priority": "a priority",
    "estimate": "an estimate",
    "owner": "an owner",
    "criteria": "a criterion",
    "name": "a name",
}


def part(document: Document, path: Path) -> str | None:
    """How the value at `path` is called; None where the plain words do.

    >>> from govern.parse import read
    >>> text = read("a.md", b"# A" + b"\\n## Scope" + b"\\n- **Owns**: all", "markdown")
    >>> part(text, ("sections", 0, "items", 0, "text")), part(text, ("sections", 0))
    ('the text of item "Owns" of section "Scope"', 'section "Scope"')
    """
    if document.reader not in READERS or not path:
        return None
    if path[0] == "frontmatter":
        return words.name(path[1:], "the front matter")
    value: Any = document.value
    around, own = "", ""
    for index, step in enumerate(path):
        value = value[step] if not isinstance(value, (dict, list)) or _has(value, step) else None
        if isinstance(step, str):
            own = _CALLED.get(step, step)
            continue
        thing = _WHOLE.get(str(path[index - 1]))
        if thing is None:
            own = f"{_CALLED.get(str(path[index - 1]), path[index - 1])} {step + 1}".removeprefix("the ")
            continue
        name = next((value[key] for key in _NAMED_BY if isinstance(value, dict) and value.get(key)), None)
        own = f"{thing} {words.shown(str(name).split(chr(10), 1)[0]) if name else step + 1}"
        # of an item of an item, the section is the one that people look for
        around, own = (f"{own} of {around}" if around and thing != "section" else own), ""
    return f"{own} of {around}" if own and around else own or around


def is_prose(document: Document, path: Path) -> bool:
    """Does a value stand in the text of a markdown document, not in its front matter?"""
    return document.reader in READERS and path[:1] != ("frontmatter",)


def missing(document: Document, path: Path, key: str) -> str:
    """How a key that is missing at `path` is called."""
    if is_prose(document, path):
        if key == "title" and path:
            return "a title"
        if key == "sections" and not path:
            return "a section (a heading that begins with ##)"
        return missing_part(key)
    return key


def missing_part(key: str) -> str:
    """How a part of a text is called where it may be missing: `a list` for items."""
    return _MISSING.get(key, _CALLED.get(key, key))


def _has(value: Any, step: Any) -> bool:
    return step in value if isinstance(value, dict) else isinstance(step, int) and step < len(value)
