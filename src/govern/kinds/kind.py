"""Rules of kind files: what their schema cannot say of globs and regular expressions."""

from collections.abc import Iterator, Mapping
from typing import Any

from govern.kind_file import RULES as RULES
from govern.kind_file import check_kind_file
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.schema import Schema

OPT_IN: frozenset[str] = frozenset()


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What in a kind.yaml cannot be used, whether or not its folder is one that is looked into."""
    yield from check_kind_file(document)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """Nothing: `govern.judging.kind_files` holds kind files against each other."""
    yield from ()
