"""What `@depends-on:` names: an item by its title, or by a word that its title holds (`BackupService`, `T-12`); a
section; another backlog; a tracked file; the `id` of a markdown file. `#12` and URLs lead out of the repository.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from govern.kinds.backlog import rules
from govern.kinds.backlog.entries import Entry, entries, plain, planned, shown, spoken
from govern.model.corpus import Corpus, Record
from govern.model.finding import Finding, found
from govern.model.location import FILE, Path
from govern.model.pattern import pattern
from govern.model.rule import Rule
from govern.model.spelling import nearest

MAX_LOOKS = 500  # names looked for inside titles, in one document
MAX_SUGGESTIONS = 20  # nearest titles looked for in one document, each among so many:
MAX_CANDIDATES = 1_000
MAX_SHOWN = 5  # items of a circle in a message

_ABROAD = pattern(r"(?:[\w.-]+/[\w.-]+)?#\d+\Z|[A-Za-z][A-Za-z0-9+.-]*://")
_TICKET = pattern(r"([A-Z][A-Z0-9]*)-\d+\Z")
_STEM = pattern(r"(?:TODOS?|BACKLOG)[ ._-]+", re.IGNORECASE)


class _Backlog(NamedTuple):
    """A backlog as others refer to it: its items by name, and all its titles and headings in one text."""

    record: Record
    items: dict[str, Entry]
    titles: str
    headings: str

    def holding(self, name: str) -> Entry | None:
        """The only item whose title holds the words of a name."""
        if self.titles.count(name) != 1:
            return None
        return list(self.items.values())[self.titles.count("\n", 0, self.titles.index(name))]


def check(corpus: Corpus, since: int) -> Iterator[Finding]:
    """The dependencies of all backlogs that a major version from `since` on judges."""
    backlogs = [_backlog(record) for record in corpus.records("backlog") if isinstance(record.value, dict)]
    files = {spoken(_STEM.sub("", _stem(backlog.record.path))) for backlog in backlogs}
    for backlog in backlogs:
        if backlog.record.major >= since:
            yield from _Resolver(corpus, backlogs, backlog, files).check()


class _Resolver:
    def __init__(self, corpus: Corpus, backlogs: list[_Backlog], own: _Backlog, files: set[str]) -> None:
        self.corpus = corpus
        self.own = own
        self.others = [backlog for backlog in backlogs if backlog is not own]
        self.files = files
        self.looks = MAX_LOOKS
        self.suggestions = MAX_SUGGESTIONS
        self.edges: dict[str, list[tuple[str, Path]]] = defaultdict(list)

    def check(self) -> Iterator[Finding]:
        listed = [*entries(self.own.record.value), *planned(self.own.record.value)]
        for entry in listed:
            depends = entry.item.get("depends")
            for index, name in enumerate(depends if isinstance(depends, list) else ()):
                at = (*entry.at[:-1], "depends", index)
                if isinstance(name, str) and not self._resolves(entry, name, at):
                    yield self._unresolved(entry, name, at)
        yield from self._circles()

    def _resolves(self, entry: Entry, name: str, at: Path) -> bool:
        exact = self.own.items.get(plain(name))
        if exact is not None:
            self.edges[entry.name].append((exact.name, at))
            return True
        if _ABROAD.match(name) or not self.looks:
            return True
        self.looks -= 1
        said = spoken(name)
        if not said.strip():
            return False
        if said in self.own.headings or said in self.files or self._is_file(name):
            return True
        if said in self.own.titles:
            item = self.own.holding(said)
            if item is not None and item.name != entry.name:
                self.edges[entry.name].append((item.name, at))
            return True
        if any(plain(name) in other.items or said in other.titles or said in other.headings for other in self.others):
            return True
        if name in self.corpus.identifiers():
            return True
        ticket = _TICKET.match(name)
        return ticket is not None and f" {ticket[1].casefold()} " not in self.own.titles  # of another tracker

    def _is_file(self, name: str) -> bool:
        path = name.partition("#")[0].strip().lstrip("/")
        for candidate in (path, posixpath.join(posixpath.dirname(self.own.record.path), path)):
            clean = posixpath.normpath(candidate)
            if path and not clean.startswith("..") and (self.corpus.has(clean) or self.corpus.has(clean + ".md")):
                return True
        return False

    def _unresolved(self, entry: Entry, name: str, at: Path) -> Finding:
        alike = nearest(name, self._names()) if self.suggestions else []
        self.suggestions = max(0, self.suggestions - 1)
        hint = f"did you mean {alike[0]}?" if alike else "name an item by its title, a section, or another backlog"
        message = f"{shown(name)}, which {entry.shown} depends on, is no item, no section and no backlog"
        return self._found(rules.DEPENDENCY_UNRESOLVED, message, at, hint, name)

    def _circles(self) -> Iterator[Finding]:
        """Every dependency that closes a circle, found by going along the dependencies from item to item."""
        done: set[str] = set()
        for start in self.own.items:
            if start in done:
                continue
            trail, ahead = {start: None}, [iter(self.edges.get(start, ()))]
            while ahead:
                step = next(ahead[-1], None)
                if step is None:
                    ahead.pop()
                    done.add(trail.popitem()[0])
                    continue
                name, at = step
                if name in trail:
                    yield self._circle([*trail][[*trail].index(name) :], at)
                elif name not in done:
                    trail[name] = None
                    ahead.append(iter(self.edges.get(name, ())))

    def _circle(self, names: list[str], at: Path) -> Finding:
        first, *others = [shown(name) for name in names[:MAX_SHOWN]]
        if len(names) > MAX_SHOWN:
            others.append(f"{len(names) - MAX_SHOWN} more")
        way = " and ".join(part for part in (", ".join(others[:-1]), *others[-1:]) if part)
        message = f"{first} waits for itself, by way of {way}" if way else f"{first} depends on itself"
        return self._found(rules.DEPENDENCY_CIRCULAR, message, at, "take one of the dependencies out", names)

    def _names(self) -> list[str]:
        """What a dependency may have been meant to name: titles, and the words of titles that look like names."""
        titles = list(self.own.items)[:MAX_CANDIDATES]
        return titles + [word for title in titles for word in title.split() if not word.islower()][:MAX_CANDIDATES]

    def _found(self, rule: Rule, message: str, at: Path, hint: str, about: object) -> Finding:
        path = self.own.record.path
        document = self.corpus.open(path)
        span = document.span(at) if document else FILE
        return found(rule, path, message, span=span, at=at, hint=hint, about=about)


def _backlog(record: Record) -> _Backlog:
    items = {entry.name: entry for entry in reversed(entries(record.value))}
    items = dict(reversed(items.items()))
    headings = [
        section["heading"]
        for section in record.value.get("sections") or ()
        if isinstance(section, dict) and isinstance(section.get("heading"), str)
    ]
    return _Backlog(record, items, "\n".join(map(spoken, items)), "\n".join(map(spoken, headings)))


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]
