"""Backlogs: what version 2 says beyond the schema. Titles are names, dependencies lead somewhere, and the plan holds
what the sections hold.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds.backlog import dependencies, plan
from govern.kinds.backlog.entries import Entry, entries, planned
from govern.kinds.backlog.rules import RULES, TITLE_DUPLICATE
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.schema import Schema

__all__ = ["OPT_IN", "RULES", "check_corpus", "check_document"]

OPT_IN: frozenset[str] = frozenset()
SINCE = 2  # the major version that has these rules


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What is wrong with a backlog, whatever the others say."""
    if schema.version[0] < SINCE or not isinstance(document.value, dict):
        return
    yield from _duplicates(document)
    yield from plan.check(document)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """Which dependencies lead nowhere, or back to where they began?"""
    yield from dependencies.check(corpus, SINCE)


def _duplicates(document: Document) -> Iterator[Finding]:
    """Titles that stand for two items, in the sections or in the plan."""
    for listed in (entries(document.value), planned(document.value)):
        first: dict[str, Entry] = {}
        for entry in listed:
            other = first.setdefault(entry.name, entry)
            if other is entry:
                continue
            line = document.span(other.at).line
            message = f"{entry.shown} of {entry.where} is also the title of an item of {other.where}, in line {line}"
            span = document.span(entry.at)
            yield found(TITLE_DUPLICATE, document.path, message, span=span, at=entry.at, about=entry.name)
