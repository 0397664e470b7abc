"""Is the agent called the same everywhere: by its name, its file, the tasks that ask for it, its health endpoint?

Where all the others agree, the name is the one mistake, and the only one that is reported.
"""

from collections.abc import Iterator

from govern.kinds.domain_agent import parts, rules
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Path, Span
from govern.model.pattern import pattern

_NAME = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_INVOCATION = pattern(r"\AAny task with `domain_agents: \[([^\[\]`,]+)\]`")
_ENDPOINT = pattern(r"\A`/health/([^`\s]+)`")
_UNNAMED = ("readme", "index")
_FOLDERS = frozenset({"domain-agents", "agents"})  # where people look for an agent by its file's name


def check(document: Document) -> Iterator[Finding]:
    """What in one document calls the agent something else, and which tier it states twice."""
    name, path = parts.name(document.value), document.path
    invocation, endpoint = _invocation(document), _endpoint(document)
    if invocation:
        yield from _last(document, invocation[2])
    if not _NAME.match(name):
        return  # its schema says so
    said = [each[0] for each in (invocation, endpoint) if each]
    stem = parts.stem(path) if _FOLDERS.intersection(path.split("/")[:-1]) else ""
    stem = "" if stem.lower() in _UNNAMED or stem.startswith("_") else stem
    others = {*said, stem} - {""}
    at = ("frontmatter", "name")
    if len(said) + bool(stem) > 1 and len(others) == 1 and name not in others:
        other = others.pop()
        message = f"name is {name}, but everything else here calls the agent {other}"
        yield found(rules.NAME_CONTRADICTED, path, message, span=document.span(at), at=at, about=name)
        return
    if stem and stem != name:
        message = f"name is {name}, but the file is {stem}.md"
        hint = f"name it {stem}, or rename the file to {name}.md"
        yield found(rules.NAME_MISMATCHED, path, message, span=document.span(at), at=at, hint=hint, about=name)
    if invocation and invocation[0] != name:
        message = f"When to Invoke asks for tasks of {invocation[0]}, but this agent is {name}"
        hint = f"Any task with `domain_agents: [{name}]`"
        yield found(
            rules.INVOCATION_MISNAMED,
            path,
            message,
            span=invocation[1],
            at=invocation[2],
            hint=hint,
            about=invocation[0],
        )
    if endpoint and endpoint[0] != name:
        message = f"the health endpoint is that of {endpoint[0]}, but this agent is {name}"
        hint = f"`/health/{name}`"
        yield found(
            rules.ENDPOINT_MISNAMED, path, message, span=endpoint[1], at=endpoint[2], hint=hint, about=endpoint[0]
        )


def check_tier(document: Document) -> Iterator[Finding]:
    """Do the description and the section Tier state the same tier?"""
    stated, described = parts.tier(document.value), parts.described_tier(document.value)
    where = parts.section(document.value, "Tier")
    if stated and described and stated != described and where:
        at = (*where[1], "text")
        start = document.span(at)
        span = Span(start.line, start.column + 2, start.line, start.column + 3)  # the number behind the **
        message = f"the section Tier says tier {stated}, the description says tier {described}"
        yield found(rules.TIER_CONTRADICTED, document.path, message, span=span, at=at, about=[stated, described])


def _invocation(document: Document) -> tuple[str, Span, Path] | None:
    """The last item of When to Invoke that names an agent: the name, its place, and the path to the item's text."""
    section = parts.section(document.value, "When to Invoke")
    items = parts.dicts(section[0], "items") if section else []
    for index in range(len(items) - 1, -1, -1):
        if section and isinstance(items[index].get("text"), str) and _INVOCATION.match(items[index]["text"]):
            at = (*section[1], "items", index, "text")
            for match, span in parts.matches(document, at, _INVOCATION):
                return match[1].strip(), span, at
    return None


def _last(document: Document, at: Path) -> Iterator[Finding]:
    section = parts.section(document.value, "When to Invoke")
    if section and at[-2] != len(parts.dicts(section[0], "items")) - 1:
        message = "When to Invoke does not end with the tasks that name the agent"
        hint = "move this item to the end of the list"
        yield found(
            rules.INVOCATION_NOT_LAST, document.path, message, span=document.span(at[:-1]), at=at[:-1], hint=hint
        )


def _endpoint(document: Document) -> tuple[str, Span, Path] | None:
    section = parts.section(document.value, "Monitoring Implementation")
    item = parts.item(section[0], "Health check endpoint") if section else None
    if section and item and isinstance(item[0].get("text"), str):
        at = (*section[1], *item[1], "text")
        for match, span in parts.matches(document, at, _ENDPOINT):
            return match[1], span, at
    return None
