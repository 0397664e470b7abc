"""Workflow documents: steps count on, options are there to be chosen, tags are closed, and what is named exists.

What a document looks like inside a code fence or a comment is an example of it, not its structure.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds.workflow import headings, options, references, tags
from govern.kinds.workflow.passages import passages
from govern.kinds.workflow.rules import RULES
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.schema import Schema

__all__ = ["OPT_IN", "RULES", "check_corpus", "check_document"]

OPT_IN: frozenset[str] = frozenset()


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What is wrong with one document, whatever the repository holds."""
    if not isinstance(document.value, dict):
        return
    read = passages(document)
    yield from headings.check(document)
    yield from options.check(document, read)
    yield from tags.check(document, read)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """Which checklists and templates are named and not there?"""
    yield from references.check(corpus, corpus.records("workflow"))
