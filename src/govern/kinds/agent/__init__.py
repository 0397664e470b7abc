"""Agent definitions in their three forms, told apart by the subject of the schema that judges them: front matter
(`agent`), a YAML block in markdown (`agent/block`) and a file of YAML (`agent/manifest`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds.agent import dependencies, menu, names
from govern.kinds.agent.rules import RULES as RULES
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.schema import Schema

OPT_IN: frozenset[str] = frozenset()


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What is wrong with one agent, whatever the others say."""
    yield from names.mismatched(document, schema.subject)
    if schema.subject == "agent/manifest":
        yield from menu.check(document)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """Which agents of a collection are called alike, and which depend on files that do not exist?"""
    yield from names.duplicate(corpus)
    yield from dependencies.missing(corpus)
