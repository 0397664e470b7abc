"""What an agent is called: by its file's name, and in its collection no other is."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from govern.kinds import others
from govern.kinds.agent import rules
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.pattern import pattern

_UNNAMED = ("readme", "index", "hub")
_WORD = pattern(r"[a-z0-9]++(?:[._-][a-z0-9]++)*+\Z")


def mismatched(document: Document, subject: str) -> Iterator[Finding]:
    """Does the name, or the id, agree with the file?"""
    base = posixpath.basename(document.path)
    stem = base.removesuffix(".agent.yaml") if base.endswith(".agent.yaml") else posixpath.splitext(base)[0]
    if stem.lower() in _UNNAMED or stem.startswith("_"):
        return
    if subject != "agent":
        yield from _id_mismatched(document, subject, base, stem)
        return
    name = document.value.get("name") if isinstance(document.value, dict) else None
    if not isinstance(name, str) or not name:
        return
    plugin = _plugin(document.path)
    allowed = [stem, f"{plugin}-{stem}"] if plugin else [stem]
    if name not in allowed:
        message = f"name is {name}, but the file is {stem}.md"
        hint = f"name it {' or '.join(allowed)}, or rename the file to {name}.md"
        yield found(
            rules.NAME_MISMATCHED,
            document.path,
            message,
            span=document.span(("name",)),
            at=("name",),
            hint=hint,
            about=name,
        )


def _id_mismatched(document: Document, subject: str, base: str, stem: str) -> Iterator[Finding]:
    """The file may have a prefix that the id lacks, such as a number or a team, and the id one that the file lacks."""
    at = path_of_id(document.value, subject)
    identifier = _at(document.value, at)
    if not isinstance(identifier, str) or not identifier:
        return
    word = posixpath.basename(identifier)  # manifests name the path that they are installed at
    for ending in (".md", ".agent.yaml", ".yaml"):
        word = word.removesuffix(ending)
    if not _WORD.match(word):
        return  # the schema says so
    if word != stem and not f"-{stem}".endswith(f"-{word}") and not f"-{word}".endswith(f"-{stem}"):
        message = f"id is {identifier}, but the file is {base}"
        hint = f"let it be {stem}, or rename the file to {word}{base[len(stem) :]}"
        yield found(
            rules.ID_MISMATCHED, document.path, message, span=document.span(at), at=at, hint=hint, about=identifier
        )


def duplicate(corpus: Corpus) -> Iterator[Finding]:
    """Which agents of a collection share a name, or an id?"""
    called: dict[tuple[str, str, str], list[tuple[str, Path]]] = defaultdict(list)
    for record in corpus.records("agent"):
        subject = record.subject
        at: Path = ("name",) if subject == "agent" else path_of_id(record.value, subject)
        word = _at(record.value, at)
        if isinstance(word, str) and word:
            called[subject, _collection(record.path), word].append((record.path, at))
    for (subject, _, word), places in called.items():
        paths = [path for path, _ in places]
        for path, at in places if len(places) > 1 else ():
            document = corpus.open(path)
            if document:
                rule = rules.NAME_DUPLICATE if subject == "agent" else rules.ID_DUPLICATE
                message = f"{word} is also the {at[-1]} of {others(paths, path)}"
                yield found(rule, path, message, span=document.span(at), at=at, about=word)


def path_of_id(value: Any, subject: str) -> Path:
    """Where the id stands in an agent of this form."""
    if subject == "agent/block":
        return ("agent", "id")
    wrapped = isinstance(value, dict) and "agent" in value
    return ("agent", "metadata", "id") if wrapped else ("metadata", "id")


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _plugin(path: str) -> str:
    """The nearest folder above `agents/`; empty if there is none, or if it is hidden, as `.claude/` is."""
    folders = path.split("/")[:-1]
    if "agents" not in folders:
        return ""
    index = len(folders) - 1 - folders[::-1].index("agents")
    return folders[index - 1] if index and not folders[index - 1].startswith(".") else ""


def _collection(path: str) -> str:
    """The folder whose agents live together: the nearest `agents/` above the file, else the file's own folder."""
    folders = path.split("/")[:-1]
    if "agents" in folders:
        folders = folders[: len(folders) - folders[::-1].index("agents")]
    return "/".join(folders)
