"""Rules of kind files. Most are asked where kinds are gathered: in the registry, and in `govern.judging.kind_files`."""

from collections.abc import Iterator, Mapping
from typing import Any

from govern import kind_file, registry
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.schema import Schema

RULES = (*registry.RULES, *kind_file.RULES)
OPT_IN: frozenset[str] = frozenset()


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What in a kind.yaml cannot be used, whether or not its folder is one that is looked into."""
    yield from kind_file.check_kind_file(document)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """Nothing: `govern.judging.kind_files` holds kind files against each other."""
    yield from ()
