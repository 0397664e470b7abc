"""Compose files: what the Compose Specification and good practice say beyond the schema.

One file is judged for what it says by itself; references, host ports and paths are judged in the project that it
belongs to. Env files are not looked for: they hold what differs between machines, and are kept out of repositories on
purpose.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds.compose import (
    ambiguity,
    binds,
    environment,
    health,
    images,
    interpolation,
    ports,
    published,
    references,
    secrets,
    version,
)
from govern.kinds.compose.files import Files
from govern.kinds.compose.parts import tables
from govern.kinds.compose.project import Project, projects
from govern.kinds.compose.rules import OPT_IN, RULES
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.schema import Schema

__all__ = ["OPT_IN", "RULES", "check_corpus", "check_document"]


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What is wrong with one file, whatever the others say."""
    if not isinstance(document.value, dict):
        return
    texts = list(tables(document.value))
    yield from version.check(document)
    yield from images.check(document)
    yield from ports.check(document)
    yield from environment.check(document, texts)
    yield from secrets.check(document, texts)
    yield from ambiguity.check(document, texts)
    yield from interpolation.check(document)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong between the files of each project, every mistake once."""
    wanted = OPT_IN & levels.keys()
    files = Files(corpus)
    said: set[tuple[str, str, str]] = set()
    for project in projects(files, settings):
        for finding in _between(files, project, wanted):
            if (finding.path, finding.rule, finding.pointer) not in said:
                said.add((finding.path, finding.rule, finding.pointer))
                yield finding


def _between(files: Files, project: Project, wanted: frozenset[str]) -> Iterator[Finding]:
    yield from references.check(files, project)
    yield from published.check(files, project)
    yield from binds.check(files, project)
    yield from health.check_dependencies(files, project)
    if wanted:
        yield from health.check_policies(files, project, wanted)
