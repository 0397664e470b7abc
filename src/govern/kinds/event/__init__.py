"""Events: an envelope, and in it the data, which a schema of its own judges.

An instance is judged in two steps: the envelope by the schemas of the kind, the data by the one that the event names.
The folder `schemas/event/<name>/` holds the versions of an event and examples of them; what describes it is a document
of the kind `event-type`, which `govern.kinds.event.catalogue` looks at.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds.event.examples import check_examples, check_versions
from govern.kinds.event.payload import Payloads
from govern.kinds.event.rules import OF_EVENTS
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.schema import Schema

__all__ = ["OPT_IN", "RULES", "Payloads", "check_corpus", "check_document", "parts_of"]

RULES = OF_EVENTS
OPT_IN: frozenset[str] = frozenset()


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """Nothing: what an event holds, `parts_of` looks at."""
    return iter(())


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """Do the folders of events hold what they promise?"""
    yield from check_examples(corpus)
    yield from check_versions(corpus)


def parts_of(corpus: Corpus) -> Payloads:
    """Who judges the data of events."""
    return Payloads(corpus)
