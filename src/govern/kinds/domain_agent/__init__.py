"""Domain agents: who they are, whom they build on and how they are watched must agree, in one document and in all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds import others
from govern.kinds.domain_agent import naming, order, parts, references, state, thresholds
from govern.kinds.domain_agent.rules import NAME_DUPLICATE, OPT_IN, RULES
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.schema import Schema

__all__ = ["OPT_IN", "RULES", "check_corpus", "check_document"]


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What is wrong with one domain agent, whatever the others say."""
    if not isinstance(document.value, dict):
        return
    yield from naming.check(document)
    yield from naming.check_tier(document)
    yield from order.check_opening(document)
    yield from order.check(document, schema)
    yield from thresholds.check(document)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong between them, and what only the repository knows of one: its date, its templates."""
    records = [record for record in corpus.records("domain-agent") if isinstance(record.value, dict)]
    yield from references.check(corpus, records)
    named: dict[tuple[str, bool, str], list[str]] = defaultdict(list)
    for record in records:
        yield from state.check(corpus, record, settings)
        name = parts.name(record.value)
        if name:
            template = state.is_template(record, corpus, settings)
            named[_collection(record.path), template, name].append(record.path)
    for (*_, name), paths in named.items():
        for path in paths if len(paths) > 1 else ():
            document = corpus.open(path)
            if document:
                message, at = f"{name} is also the name of {others(paths, path)}", ("frontmatter", "name")
                yield found(NAME_DUPLICATE, path, message, span=document.span(at), at=at, about=name)


def _collection(path: str) -> str:
    """The folder whose agents live together: the topmost `domain-agents/` above the file, else the file's own."""
    folders = path.split("/")[:-1]
    if "domain-agents" in folders:
        folders = folders[: folders.index("domain-agents") + 1]
    return "/".join(folders)
