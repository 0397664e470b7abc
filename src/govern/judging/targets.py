"""Do links lead somewhere? What lies outside the repository, and lines of a file, are not judged."""

import html
import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import unquote

from govern.judging.links import ANCHOR_MISSING, TARGET_MISSING, Reference, body_of
from govern.judging.words import either
from govern.model.corpus import Corpus
from govern.model.finding import Edit, Finding, Fix, found
from govern.model.pattern import pattern
from govern.model.rule import Rule
from govern.model.spelling import nearest
from govern.parse.markdown.blocks import blocks, is_beyond
from govern.parse.markdown.prose import anchors

MARKDOWN = (".md", ".markdown")
MAX_COMPARED = 200_000  # names, in one run, in search of those that were meant
MAX_NAMESAKES = 3  # files of a name, beyond which the name says too little

_ESCAPE = pattern(r"\\([!-/:-@\[-`{-~])")
_LINES = pattern(r"L?\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z")
_FOOTNOTE = pattern(r"fn(?:ref)?[:-]?[\w-]+\Z")
_UP = pattern(r"(?:\.{0,2}/)*")


def check_links(references: Iterable[Reference], corpus: Corpus) -> Iterator[Finding]:
    """What is wrong with links. The anchors of each file are read once."""
    pages: dict[str, Collection[str] | None] = {}
    names = _Names(corpus)
    for reference in references:
        target = html.unescape(_ESCAPE.sub(r"\1", reference.target))
        address, _, fragment = target.partition("#")
        path = reference.path if not address else _resolved(address, reference.path, corpus)
        if path is None:
            continue
        if address and not corpus.has(path):
            yield _target_missing(reference, path, names)
        elif fragment and path.endswith(MARKDOWN):
            if path == reference.path:
                known: Collection[str] | None = reference.anchors
            else:
                known = pages[path] if path in pages else pages.setdefault(path, _anchors(path, corpus))
            if known is not None and not _is_among(fragment, known):
                yield _anchor_missing(reference, path, fragment, known, names)


def _resolved(address: str, path: str, corpus: Corpus) -> str | None:
    """The path that an address in the file `path` means; None if it cannot be judged."""
    if posixpath.isabs(path) or path[1:2] == ":":
        return None  # the document itself is no file of the repository
    folder = "" if address.startswith("/") else posixpath.dirname(path)
    plain, query, _ = address.partition("?")
    for each in (address, plain) if query else (address,):
        result = posixpath.normpath(posixpath.join(folder, unquote(each).lstrip("/")) or ".")
        if result == "." or result.startswith("../") or result == ".." or "\0" in result:
            return None
        if corpus.has(result):
            return result
    above = (result[:index] for index, char in enumerate(result) if char == "/")
    return None if any(each in corpus.tracked for each in above) else result  # a link to a folder, seen as a file


def _anchors(path: str, corpus: Corpus) -> Collection[str] | None:
    document = corpus.open(path)
    if document is None or not document.text:
        return None
    text, _ = body_of(document)
    page = blocks(text)
    return None if is_beyond(text, page) else anchors(page)


def _is_among(fragment: str, known: Collection[str]) -> bool:
    """Does a fragment name one of the anchors, or something that every page has?"""
    fragment = _bare(fragment)
    return (
        fragment in ("", "top")
        or fragment in {_bare(anchor) for anchor in known}
        or bool(_LINES.match(fragment.upper()) or _FOOTNOTE.match(fragment))
    )


def _bare(fragment: str) -> str:
    """An anchor without what browsers and GitHub do not hold against it."""
    fragment = unquote(fragment).partition(":~:")[0].casefold().removeprefix("user-content-")
    return fragment.replace("\ufe0f", "")  # makes an emoji of the sign before it, which is no part of the anchor


def _target_missing(reference: Reference, path: str, names: "_Names") -> Finding:
    meant, certain = names.meant(path)
    folder = posixpath.dirname(reference.path) or "."
    absolute = reference.target.startswith("/")
    written = ["/" + each if absolute else posixpath.relpath(each, folder) for each in meant]
    return _found(
        TARGET_MISSING,
        reference,
        f"the link leads to {path}, but there is no such file or folder in the repository",
        hint=f"did you mean {either(written)}?" if written else None,
        fix=_respelled(reference, path, meant[0]) if certain else None,
    )


def _respelled(reference: Reference, path: str, meant: str) -> Fix | None:
    """Small and capital letters as the file has them."""
    address, mark, rest = reference.target.partition("#")
    up = _UP.match(address)
    tail = address[up.end() :] if up else address
    if not path.endswith(tail) or not tail:
        return None
    new = address[: len(address) - len(tail)] + meant[-len(tail) :] + mark + rest
    return Fix(f"write {new}", (Edit(reference.span, new),))


def _anchor_missing(reference: Reference, path: str, fragment: str, known: Collection[str], names: "_Names") -> Finding:
    wanted = unquote(fragment)
    same = [each for each in known if _squeezed(each) == _squeezed(wanted)]
    near = same or names.nearest(wanted.casefold(), known)
    fix = None
    if len(same) == 1:
        new = reference.target.partition("#")[0] + "#" + same[0]
        fix = Fix(f"write {new}", (Edit(reference.span, new),))
    where = "in this file" if path == reference.path else f"in {path}"
    return _found(
        ANCHOR_MISSING,
        reference,
        f"there is no heading {where} whose anchor is #{wanted}",
        hint=f"did you mean {either('#' + each for each in sorted(near)[:MAX_NAMESAKES])}?" if near else None,
        fix=fix,
    )


def _squeezed(anchor: str) -> str:
    return anchor.casefold().replace("-", "").replace("_", "")


def _found(rule: Rule, reference: Reference, message: str, *, hint: str | None, fix: Fix | None) -> Finding:
    finding = found(rule, reference.path, message, span=reference.span, hint=hint, fix=fix, about=reference.target)
    return finding._replace(kind=reference.kind)


class _Names:
    """The names of the tracked files, for those who look for one that is meant. Nothing is made ready before that."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._by_name: dict[str, list[str]] | None = None
        self._by_folder: dict[str, set[str]] = defaultdict(set)
        self._left = MAX_COMPARED

    def meant(self, path: str) -> tuple[list[str], bool]:
        """The paths that were most likely meant, and whether the only one differs in small and capital letters only."""
        by_name = self._names()
        name = posixpath.basename(path)
        same = by_name.get(name.casefold(), [])
        alike = [each for each in same if each.casefold() == path.casefold()]
        if alike:
            return alike, len(alike) == 1
        ended = [path + ending for ending in MARKDOWN if path + ending in self._corpus.tracked]
        if ended:
            return ended, False
        if 0 < len(same) <= MAX_NAMESAKES:
            return same, False
        folder = posixpath.dirname(path)
        return [posixpath.join(folder, each) for each in self.nearest(name, self._by_folder.get(folder, ()))], False

    def nearest(self, word: str, words: Collection[str]) -> list[str]:
        """The nearest of some words, as long as not too many have been looked at."""
        self._left -= len(words)
        return nearest(word, words) if self._left >= 0 else []

    def _names(self) -> dict[str, list[str]]:
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for path in sorted(self._corpus.tracked):
                folder, name = posixpath.split(path)
                self._by_name[name.casefold()].append(path)
                while name and name not in self._by_folder[folder]:
                    self._by_folder[folder].add(name)
                    folder, name = posixpath.split(folder)
        return self._by_name
