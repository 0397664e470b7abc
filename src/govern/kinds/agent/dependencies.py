"""The files that an agent depends on: each stands in a folder that is called like the key that lists it.

Which folder is not for the agent to say: where it is installed, packs share what the core brings. So any tracked
folder of that name counts, and whatever lies below it.
"""

import posixpath
from collections.abc import Iterator
from typing import Any

from govern.kinds.agent import rules
from govern.model.corpus import Corpus
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.spelling import nearest


def missing(corpus: Corpus) -> Iterator[Finding]:
    """Which dependencies are no tracked file?"""
    listed = {
        record.path: names
        for record in corpus.records("agent")
        if record.subject == "agent/block" and (names := list(_listed(record.value)))
    }
    if not listed:
        return
    folders = {folder: set[str]() for names in listed.values() for folder, _, _ in names}
    for path in corpus.tracked:
        parts = path.split("/")
        for index, part in enumerate(parts[:-1]):
            if part in folders:
                folders[part].update("/".join(parts[start:]) for start in range(index + 1, len(parts)))
    stems = {folder: {posixpath.splitext(name)[0] for name in names} for folder, names in folders.items()}
    for path, names in listed.items():
        absent = [(folder, name, at) for folder, name, at in names if not _exists(corpus, folder, name, folders, stems)]
        document = corpus.open(path) if absent else None
        for folder, name, at in absent if document else ():
            assert document is not None
            message = f"{name} is in no folder {folder}/ that git tracks"
            span = document.span(at)
            hint = _hint(folder, name, folders)
            yield found(rules.DEPENDENCY_MISSING, path, message, span=span, at=at, hint=hint, about=name)


def _listed(value: Any) -> Iterator[tuple[str, str, Path]]:
    """The dependencies of an agent: the folder, the name and where it is listed. Names with holes in them name none."""
    dependencies = value.get("dependencies") if isinstance(value, dict) else None
    for folder, names in dependencies.items() if isinstance(dependencies, dict) else ():
        for index, name in enumerate(names if isinstance(names, list) else ()):
            if isinstance(name, str) and name and not any(mark in name for mark in ("{", "*", "<", "://")):
                yield folder, name, ("dependencies", folder, index)


def _exists(corpus: Corpus, folder: str, name: str, folders: dict[str, set[str]], stems: dict[str, set[str]]) -> bool:
    """Names may say more than the file's: a folder below the one of the key, or the way from the root."""
    name = posixpath.normpath(name)
    short = f"/{name}".rpartition(f"/{folder}/")[2].removeprefix("/")
    return short in folders[folder] or short in stems[folder] or corpus.has(name)


def _hint(folder: str, name: str, folders: dict[str, set[str]]) -> str | None:
    base = posixpath.basename(name)
    elsewhere = [other for other, names in folders.items() if other != folder and base in names]
    if elsewhere:
        return f"list it under {elsewhere[0]}, where it is"
    near = nearest(base, sorted(other for other in folders[folder] if "/" not in other))
    if near:
        return f"did you mean {near[0]}?"
    return None if folders[folder] else f"there is no folder {folder}/"
