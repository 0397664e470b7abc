"""Do the agents that a domain agent refers to exist, and does it build on the right ones?

Known are the domain agents and agents of the repository, those that the configuration names, and the fifteen of the
template set: a product without maps has no agent for them, and the others still say what that one would do.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govern.kinds.domain_agent import parts, rules
from govern.model.corpus import Corpus, Record
from govern.model.finding import Finding, found
from govern.model.location import FILE
from govern.model.pattern import pattern
from govern.model.spelling import nearest

MAX_SUGGESTIONS = 20  # nearest names looked for in one document

_LISTS = ("mentions", "subagents")
_REFERENCE = pattern(r"(?:(?<![\w.+/@%$\\-])@|`(?=[a-z0-9-]+ subagent`))([a-z0-9]+(?:-[a-z0-9]+)*)(?![\w(-]|[./@]\w)")


def known_names(corpus: Corpus) -> set[str]:
    """The names that a reference may have."""
    names = domain_agents(corpus) | set(parts.KNOWN)
    for record in corpus.records("agent"):
        names.add(parts.stem(record.path).removesuffix(".agent"))
        names |= set(_names_of_agent(record.value))
    return names


def domain_agents(corpus: Corpus) -> set[str]:
    """The domain agents of the repository, by name and by file, and those that the configuration names."""
    names = {parts.name(record.value) for record in corpus.records("domain-agent")} - {""}
    names |= {parts.stem(record.path) for record in corpus.records("domain-agent")}
    settings = corpus.configured("domain-agent")
    known = settings.get("known") if isinstance(settings, dict) else None
    return names | {name for name in known if isinstance(name, str)} if isinstance(known, list) else names


def check(corpus: Corpus, records: Sequence[Record]) -> Iterator[Finding]:
    """References that lead nowhere, and dependencies of tier 2 that are not of tier 1."""
    names = known_names(corpus)
    tiers = dict(parts.KNOWN)
    for record in records:
        stated = parts.tier(record.value)
        if stated:
            tiers[parts.name(record.value)] = stated
    for record in records:
        yield from _unresolved(corpus, record, names)
        if parts.tier(record.value) == 2:
            yield from _above(corpus, record, tiers)


def _unresolved(corpus: Corpus, record: Record, names: set[str]) -> Iterator[Finding]:
    suggestions = MAX_SUGGESTIONS
    for which in _LISTS:
        for index, name in enumerate(parts.words(record.value, which)):
            if name in names:
                continue
            document = corpus.open(record.path)
            near = nearest(name, sorted(names)) if suggestions else []
            suggestions = max(0, suggestions - 1)
            hint = (
                f"did you mean {near[0]}?"
                if near
                else "name it under [domain-agent] known in govern.toml if it is elsewhere"
            )
            at = (which, index)
            yield found(
                rules.REFERENCE_UNRESOLVED,
                record.path,
                f"there is no agent {name}",
                span=document.span(at) if document else FILE,
                at=(),
                hint=hint,
                about=name,
            )


def _above(corpus: Corpus, record: Record, tiers: Mapping[str, int]) -> Iterator[Finding]:
    section = parts.section(record.value, "Dependencies")
    referred = {name for which in _LISTS for name in parts.words(record.value, which)}
    wrong = {name for name in referred if tiers.get(name, 1) != 1 and name != parts.name(record.value)}
    if section is None or not wrong:
        return
    said: set[str] = set()
    for text, at in parts.texts(*section):
        if not any(match[1] in wrong for match in _REFERENCE.finditer(text)):
            continue
        document = corpus.open(record.path)
        places = parts.matches(document, at, _REFERENCE) if document else ((m, FILE) for m in _REFERENCE.finditer(text))
        for match, span in places:
            name = match[1]
            if name in wrong and name not in said:
                said.add(name)
                message = f"{name} is of tier {tiers[name]}, but an agent of tier 2 depends on tier 1 only"
                hint = f"Consulted By is for agents that this one works with; tier 1 has {', '.join(parts.FOUNDATION)}"
                yield found(rules.DEPENDENCY_ABOVE, record.path, message, span=span, at=at, hint=hint, about=name)


def _names_of_agent(value: Any) -> Iterator[str]:
    """The names that an agent goes by, in whatever form it is written."""
    if not isinstance(value, dict):
        return
    for table in (value, value.get("agent"), value.get("metadata"), value.get("frontmatter")):
        if isinstance(table, dict):
            yield from (table[key] for key in ("name", "id") if isinstance(table.get(key), str))
