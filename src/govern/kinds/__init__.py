"""Rules that JSON Schema cannot say, at most one module (or package) per kind, imported only when such a document
comes by.

A module holds `RULES`; `check_document`, which looks at one document; and `check_corpus`, which looks at all of
them and may report on any. To give a kind rules: write the module and add its line to `MODULES`.
"""

import importlib
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Protocol, cast

from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.rule import Rule
from govern.model.schema import Schema

MODULES = {
    "agent": "govern.kinds.agent",
    "backlog": "govern.kinds.backlog",
    "compose": "govern.kinds.compose",
    "domain-agent": "govern.kinds.domain_agent",
    "event": "govern.kinds.event",
    "event-type": "govern.kinds.event.catalogue",
    "kind": "govern.kinds.kind",
    "task": "govern.kinds.task",
    "workflow": "govern.kinds.workflow",
}


class Parts(Protocol):
    """Judges parts of documents by other schemas than that of their kind."""

    def passes(self, value: Any) -> bool:
        """Would `check` say nothing of a document with this value?"""
        ...

    def likeness(self, value: Any) -> Hashable | None:
        """The same for values that break the same rules equally often; None where that cannot be told."""
        ...

    def check(self, document: Document) -> Iterator[Finding]:
        """What is wrong with the parts of a readable document."""
        ...


class KindRules(Protocol):
    """What a module of this package offers. `OPT_IN` holds the ids of rules that are off unless the configuration
    names them. A module may also hold `parts_of`, which makes of a corpus the `Parts` that judge the kind's documents.
    """

    RULES: tuple[Rule, ...]
    OPT_IN: frozenset[str]

    def check_document(self, document: Document, schema: Schema) -> Iterator[Finding]:
        """What is wrong with one readable document, whatever the others say."""
        ...

    def check_corpus(self, corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
        """What is wrong between documents, in all of them. `settings` is the kind's own table of the configuration,
        `levels` what the configuration says of rules: an opt-in rule that it does not name need not be asked.
        """
        ...


@cache
def rules_for(kind: str) -> KindRules | None:
    """The rules of a kind, or None if its schema says it all."""
    module = MODULES.get(kind)
    return cast(KindRules, importlib.import_module(module)) if module else None


def parts_for(kind: str, corpus: Corpus) -> Parts | None:
    """Who judges parts of a kind's documents; None where no module does."""
    make = getattr(rules_for(kind), "parts_of", None)
    return cast(Parts, make(corpus)) if make else None


def others(paths: Sequence[str], path: str) -> str:
    """The paths beside `path`, in words; of many, the first three.

    >>> others(["a", "b", "c"], "b"), others(["a", "b", "c", "d", "e", "f"], "a")
    ('a, c', 'b, c, d and 2 more')
    """
    names = [name for name in paths if name != path]
    more = f" and {len(names) - 3} more" if len(names) > 4 else ""
    return ", ".join(names[:3] if more else names) + more
