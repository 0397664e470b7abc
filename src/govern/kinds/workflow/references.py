"""Does the repository have the checklists and templates that a document names?

Named are files: `story-checklist.md`, `story-tmpl.yaml`, also with folders before it, in front matter, text and code
spans; without an ending only where the folder says what it is (`checklists/story-checklist`). Any tracked file of that
name will do, wherever it lies. Links are not looked at here: they are judged as links.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govern.kinds.workflow.passages import passages
from govern.kinds.workflow.rules import CHECKLIST_MISSING, TEMPLATE_MISSING
from govern.model.corpus import Corpus, Record
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Path, Span
from govern.model.pattern import pattern
from govern.model.spelling import nearest

MAX_SUGGESTIONS = 20  # nearest names looked for in one document; each look compares with every name

_WORD = pattern(r"[^\s\"'`()\[\],;|<>]+")
_FILE = pattern(r"(?:[A-Za-z0-9][\w.-]*[-_])?(checklist|tmpl|template)(\.(?:md|ya?ml))?\Z")
_ENDINGS = (".md", ".yaml", ".yml")


class Named(NamedTuple):
    """A file that a text names: how, its name, and whether it is a checklist."""

    written: str
    name: str
    checklist: bool
    start: int
    end: int


def check(corpus: Corpus, records: Sequence[Record]) -> Iterator[Finding]:
    """The files that are named and that nobody tracks, each once in a document, where it is named first."""
    names: dict[str, set[str]] | None = None
    for record in records:
        wanted = {named.name for text in _texts(record.value) for named in _named(text)}
        if not wanted:
            continue
        names = _tracked(corpus) if names is None else names
        missing = {name for name in wanted if not _exists(name, names)}
        if missing:
            yield from _missing(record.path, corpus.open(record.path), missing, names)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if "checklist" in each or "tmpl" in each or "template" in each:
                yield each
        elif isinstance(each, (dict, list)):
            waiting.extend(each.values() if isinstance(each, dict) else each)


def _named(text: str) -> Iterator[Named]:
    for match in _WORD.finditer(text):
        word = match[0].rstrip(".:!?*_").lstrip("*_")
        if not ("checklist" in word or "tmpl" in word or "template" in word) or "://" in word:
            continue
        start = match.start() + match[0].index(word)
        end = start + len(word)
        folder, _, name = word.rpartition("/")
        file = _FILE.match(name)
        if file is None or "](" in (text[start - 2 : start], text[end : end + 2]) or text[end : end + 2] == "][":
            continue
        placed = posixpath.basename(folder) in ("checklists", "templates")
        if placed or (file[2] and file[1] != "template" and name != f"tmpl{file[2]}"):
            yield Named(word, name, file[1] == "checklist", start, end)


def _tracked(corpus: Corpus) -> dict[str, set[str]]:
    """The names of tracked files that may be a checklist or a template, by the name without its ending."""
    result = defaultdict(set)
    for path in corpus.tracked:
        name = posixpath.basename(path)
        if name.endswith(_ENDINGS):
            result[posixpath.splitext(name)[0]].add(name)
    return dict(result)


def _exists(name: str, names: dict[str, set[str]]) -> bool:
    return name in names or name in names.get(posixpath.splitext(name)[0], ())


def _missing(path: str, document: Document | None, missing: set[str], names: dict[str, set[str]]) -> Iterator[Finding]:
    left = set(missing)
    suggestions = MAX_SUGGESTIONS
    for span, at, named in _places(document) if document else ():
        if named.name in left:
            left.discard(named.name)
            suggestions -= 1
            yield _finding(path, named, span, at, _nearest(named, names) if suggestions >= 0 else [])


def _places(document: Document) -> Iterator[tuple[Span, Path, Named]]:
    """What a document names, in the order of its text."""
    waiting: list[tuple[Path, Any]] = [(document.front_path, document.front)]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, str):
            yield from ((document.span(at), at, named) for named in _named(value))
        elif isinstance(value, (dict, list)):
            pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
            waiting += [((*at, key), below) for key, below in reversed(pairs)]
    for passage in passages(document):
        for named in _named(passage.visible):
            yield passage.span(named.start, named.end), (), named


def _nearest(named: Named, names: dict[str, set[str]]) -> list[str]:
    other_ending = names.get(posixpath.splitext(named.name)[0])
    if other_ending:
        return sorted(other_ending)
    word = "checklist" if named.checklist else "t"
    return nearest(named.name, {name for stem in names if word in stem.lower() for name in (stem, *names[stem])})


def _finding(path: str, named: Named, span: Span, at: Path, near: list[str]) -> Finding:
    rule, what = (CHECKLIST_MISSING, "checklist") if named.checklist else (TEMPLATE_MISSING, "template")
    message = f"no tracked file is named {named.name}, which the text calls for as a {what}"
    hint = f"did you mean {' or '.join(near[:3])}?" if near else None
    return found(rule, path, message, span=span, at=at, hint=hint, about=named.name)
