"""The compose files of a corpus, and what stands beside them: each is read once, and only when asked for."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from govern.kinds.compose import dotenv, ignored
from govern.kinds.compose.interpolation import resolve
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.location import FILE, Path, Span
from govern.model.pattern import pattern

_NAMED = pattern(r"(?:^|/)(?:docker-)?compose[^/]*\.ya?ml\Z")
_SUBMODULE = pattern(r"^[ \t]*path[ \t]*=[ \t]*(\S+)", re.MULTILINE)
_REMOTE = ("git@", "oci:", "github.com/", "docker:")

MAX_OPEN = 50  # documents at a time; with its places, each takes a hundred times the memory of its text


class Files:
    """What the tracked files hold, by path."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.values: dict[str, Any] = {record.path: record.value for record in corpus.records("compose")}
        self._others: dict[str, Any] = {}
        self._documents: dict[str, Document | None] = {}
        self._variables: dict[str, Mapping[str, str]] = {}
        self._beside: dict[str, list[str]] | None = None
        self._standing: dict[tuple[str, bool], Counter[Span | None]] = {}
        self._submodules: frozenset[str] | None = None
        self._inside: dict[str, set[str]] | None = None
        self._ignores: dict[str, list[ignored.Line]] = {}

    def value(self, path: str) -> dict[str, Any] | None:
        """The contents of a compose file, whatever it is called; None if it cannot be read."""
        value = self.values.get(path)
        if value is None and path not in self.values:
            if path not in self._others:
                document = self.document(path)
                self._others[path] = document.value if document and document.reading.readable else None
            value = self._others[path]
        return value if isinstance(value, dict) else None

    def beside(self, folder: str) -> list[str]:
        """The compose files of a folder, those that cannot be read among them."""
        if self._beside is None:
            self._beside = defaultdict(list)
            for path in sorted({*self.values, *(path for path in self.corpus.tracked if _NAMED.search(path))}):
                self._beside[folder_of(path)].append(path)
        return self._beside.get(folder, [])

    def inside(self, folder: str) -> Collection[str]:
        """The names of what is tracked in a folder."""
        if self._inside is None:
            self._inside = defaultdict(set)
            for path in self.corpus.tracked:
                while path:
                    above, _, name = path.rpartition("/")
                    if name in self._inside[above]:
                        break
                    self._inside[above].add(name)
                    path = above
        return self._inside.get(folder, ())

    def document(self, path: str) -> Document | None:
        """A file with its places: for findings only, since it is read again."""
        if path not in self._documents:
            if len(self._documents) >= MAX_OPEN:
                del self._documents[next(iter(self._documents))]
            self._documents[path] = self.corpus.open(path)
        return self._documents[path]

    def span(self, path: str, at: Path, *, key: bool = False) -> Span:
        """Where a value of a file stands, or its key."""
        document = self.document(path)
        return document.span(at, key=key) if document else FILE

    def stands_once(self, path: str, span: Span, *, key: bool) -> bool:
        """Does what stands here count in one place only? An alias or a merge makes it count in several."""
        document = self.document(path)
        if document is None or "*" not in document.text:
            return True
        if (path, key) not in self._standing:
            places = document.places.values()
            self._standing[path, key] = Counter(place.key if key else place.value for place in places)
        return self._standing[path, key][span] == 1

    def is_absent(self, path: str) -> bool:
        """Is there no such file or folder? What lies in a submodule, or behind a link to a folder, we do not see."""
        if self.corpus.has(path):
            return False
        if self._submodules is None:
            document = self.document(".gitmodules") if ".gitmodules" in self.corpus.tracked else None
            self._submodules = frozenset(_SUBMODULE.findall(document.text)) if document else frozenset()
        parts = path.split("/")
        above = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
        return not any(folder in self._submodules or folder in self.corpus.tracked for folder in above)

    def is_ignored(self, path: str) -> bool:
        """Does a tracked `.gitignore` say that nobody tracks this path, on purpose?"""
        return ignored.is_ignored(path, self._lines)

    def _lines(self, folder: str) -> list[ignored.Line]:
        if folder not in self._ignores:
            path = f"{folder}/.gitignore" if folder else ".gitignore"
            document = self.document(path) if path in self.corpus.tracked else None
            self._ignores[folder] = ignored.lines(document.text) if document else []
        return self._ignores[folder]

    def variables(self, folder: str) -> Mapping[str, str]:
        """What a tracked `.env` in a folder sets."""
        known = self._variables.get(folder)
        if known is None:
            path = f"{folder}/.env" if folder else ".env"
            document = self.document(path) if path in self.corpus.tracked else None
            known = self._variables[folder] = dotenv.parse(document.text) if document else {}
        return known


def folder_of(path: str) -> str:
    """The folder of a path; empty for the root.

    >>> folder_of("a/b/compose.yaml"), folder_of("compose.yaml")
    ('a/b', '')
    """
    return path.rpartition("/")[0]


def located(text: Any, base: str, variables: Mapping[str, str]) -> str | None:
    """The path in the repository that a text means, seen from the folder `base`; None if it means none, or who knows.

    >>> [located(text, "web", {}) for text in ("../db/compose.yaml", "../../x", "https://example.com/x", "$DIR/x")]
    ['db/compose.yaml', None, None, None]
    """
    resolved = resolve(text, variables) if isinstance(text, str) else None
    if not resolved or resolved[0] in "/~\\" or resolved[1:2] == ":" or "://" in resolved or "{{" in resolved:
        return None
    if resolved.startswith(_REMOTE):
        return None
    path = posixpath.normpath(f"{base}/{resolved}" if base else resolved)
    return None if path == ".." or path.startswith("../") else path
