"""Agent definitions: a name is what others call the agent by, so it must be the file's and nobody else's."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds import others
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.rule import Rule
from govern.model.schema import Schema

NAME_MISMATCHED = Rule(
    "agent/name-mismatched",
    "error",
    "the name is neither the file's nor <plugin>-<file>",
    "An agent is called by its name and looked for by its file; two names for one agent are found by nobody.",
)
NAME_DUPLICATE = Rule(
    "agent/name-duplicate",
    "error",
    "two agents of a collection have the same name",
    "Only one of the two can be called, and which one is not for the author to say.",
)
RULES = (NAME_MISMATCHED, NAME_DUPLICATE)
OPT_IN: frozenset[str] = frozenset()

_UNNAMED = ("readme", "index", "hub")


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """Does the name agree with the file?"""
    name = document.value.get("name") if isinstance(document.value, dict) else None
    stem = posixpath.splitext(posixpath.basename(document.path))[0]
    if not isinstance(name, str) or not name or stem.lower() in _UNNAMED or stem.startswith("_"):
        return
    plugin = _plugin(document.path)
    allowed = [stem, f"{plugin}-{stem}"] if plugin else [stem]
    if name not in allowed:
        message = f"name is {name}, but the file is {stem}.md"
        hint = f"name it {' or '.join(allowed)}, or rename the file to {name}.md"
        yield found(
            NAME_MISMATCHED, document.path, message, span=document.span(("name",)), at=("name",), hint=hint, about=name
        )


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """Which agents of a collection share a name?"""
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in corpus.records("agent"):
        name = record.value.get("name") if isinstance(record.value, dict) else None
        if isinstance(name, str) and name:
            named[_collection(record.path), name].append(record.path)
    for (_, name), paths in named.items():
        for path in paths if len(paths) > 1 else ():
            document = corpus.open(path)
            if document:
                message = f"{name} is also the name of {others(paths, path)}"
                yield found(NAME_DUPLICATE, path, message, span=document.span(("name",)), at=("name",), about=name)


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
