"""Task documents: what their owners' conventions say about names, folders, dates and references.

README (also `…-readme`), INDEX, HUB (in any case) and names that start with `_` are no tasks by name: the rules
about file names spare them. A file under `archive/` is not judged by the schema; only the rules about archiving
look at it.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds import others
from govern.model.corpus import Corpus, Record
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import FILE, Span
from govern.model.pattern import pattern
from govern.model.rule import Rule
from govern.model.schema import Schema
from govern.model.spelling import nearest

ID_MISMATCHED = Rule(
    "task/id-mismatched",
    "error",
    "the id is not the file's name",
    "Tasks refer to each other by id, and people look for them by file.",
)
ID_DUPLICATE = Rule(
    "task/id-duplicate", "error", "two tasks have the same id", "A reference to the id could mean either."
)
DOMAIN_MISPLACED = Rule(
    "task/domain-misplaced",
    "error",
    "the task lies in the folder of another domain",
    "The folder is how people browse and the field is how tools search; they must find the same tasks.",
)
DATES_REVERSED = Rule(
    "task/dates-reversed",
    "error",
    "last_updated is before created",
    "Reports that sort by date put the task in the wrong place.",
)
RELATED_UNRESOLVED = Rule(
    "task/related-unresolved",
    "error",
    "related names something that does not exist",
    "Whoever follows the reference finds nothing, and nobody notices when the last one who knew has left.",
)
ARCHIVED_OUTSIDE = Rule(
    "task/archived-outside-archive",
    "error",
    "the status is archived, but the file is not under archive/",
    "Searches leave out archive/, not the status: the task still shows up as work.",
)
ARCHIVE_UNARCHIVED = Rule(
    "task/unarchived-in-archive",
    "error",
    "the file is under archive/, but its status is not archived",
    "The task still counts as open in reports, while nobody looks into archive/.",
)
STATUS_CONTRADICTED = Rule(
    "task/status-contradicted",
    "warning",
    "the body states another status than the front matter",
    "Readers believe the text, tools the front matter.",
)
PROMPT_LEFTOVER = Rule(
    "task/prompt-leftover",
    "warning",
    "a prompt of the template was never answered",
    "The section looks filled, but says nothing.",
)
DOMAIN_AGENT_UNKNOWN = Rule(
    "task/domain-agent-unknown",
    "error",
    "domain_agents names an agent that does not exist",
    "Nobody with the knowledge that the task asks for takes part in it.",
)
RULES = (
    ID_MISMATCHED,
    ID_DUPLICATE,
    DOMAIN_MISPLACED,
    DATES_REVERSED,
    RELATED_UNRESOLVED,
    ARCHIVED_OUTSIDE,
    ARCHIVE_UNARCHIVED,
    STATUS_CONTRADICTED,
    PROMPT_LEFTOVER,
    DOMAIN_AGENT_UNKNOWN,
)
OPT_IN: frozenset[str] = frozenset()

_UNNAMED = pattern(r"(?:.*-)?readme\Z|index\Z|hub\Z|_", re.IGNORECASE)
MAX_SUGGESTIONS = 20  # nearest names looked for in one document; each look compares with every task

_DATE = pattern(r"\d{4}-\d{2}-\d{2}\Z")
_EXTERNAL_ID = pattern(r"([A-Z][A-Z0-9]*)-\d[\w.-]*\Z")
_BOLD_STATUS = pattern(r"^[ \t>*-]*\*\*status(?::\*\*|\*\*[ \t]*:)[ \t]*[`*_]*(.*)$", re.IGNORECASE | re.MULTILINE)
_SECOND_HEADING = pattern(r"^##[ \t]", re.MULTILINE)
_PROMPT = pattern(
    r"^[ \t]*(?:[-*+] |\d+[.)] |#{1,6} (?:TASK: )?)?\[([A-Z][^\[\]\n]*[ ][^\[\]\n]*)\][ \t]*\r?$", re.MULTILINE
)
_FENCE = pattern(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(?:.*?^[ \t]*\1[`~]*[ \t]*\r?$|.*\Z)", re.MULTILINE | re.DOTALL)


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What is wrong with a task, whatever the other tasks say."""
    value = document.value
    if not isinstance(value, dict):
        return
    if archived_path(document.path):
        yield from _archived(document)
        return
    yield from _placed(document)
    yield from _dated(document)
    yield from _status(document, schema)
    yield from _prompts(document)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """Which ids are taken twice, and which references lead nowhere?"""
    records = [record for record in corpus.records("task") if isinstance(record.value, dict)]
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in records:
        if isinstance(record.value.get("id"), str):
            holders[_root(record.path), record.value["id"]].append(record.path)
    for (_, task), paths in holders.items():
        for path in paths if len(paths) > 1 else ():
            document = None if archived_path(path) else corpus.open(path)
            if document:
                message = f"{task} is also the id of {others(paths, path)}"
                yield found(ID_DUPLICATE, path, message, span=document.span(("id",)), at=("id",), about=task)
    tasks = {task for _, task in holders} | {_stem(record.path) for record in records}
    for record in records:
        if not archived_path(record.path):
            yield from _unresolved(record, corpus, tasks)
    yield from _without_agents([record for record in records if not archived_path(record.path)], corpus)


def archived_path(path: str) -> bool:
    """Does the file lie under an `archive/` folder of the repository?"""
    return "archive" in path.split("/")[:-1]


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _archived(document: Document) -> Iterator[Finding]:
    status = document.value.get("status")
    if isinstance(status, str) and status and status != "archived":
        message = f"status is {status}, but the file is under archive/"
        span = document.span(("status",))
        hint = "set it to archived, or move the file out of archive/"
        yield found(ARCHIVE_UNARCHIVED, document.path, message, span=span, at=("status",), hint=hint, about=status)


def _placed(document: Document) -> Iterator[Finding]:
    value, path = document.value, document.path
    task, stem = value.get("id"), _stem(path)
    by_name = not _UNNAMED.match(stem)
    if isinstance(task, str) and task != stem and by_name:
        message = f"id is {task}, but the file is {posixpath.basename(path)}"
        hint = f"the id is the file's name without .md: {stem}"
        yield found(ID_MISMATCHED, path, message, span=document.span(("id",)), at=("id",), hint=hint, about=task)
    domain, folder = value.get("domain"), domain_folder(path)
    if isinstance(domain, str) and domain and folder and folder != domain:
        message = f"domain is {domain}, but the file lies in {folder}/"
        span = document.span(("domain",))
        hint = f"set it to {folder}, or move the file to {domain}/"
        yield found(DOMAIN_MISPLACED, path, message, span=span, at=("domain",), hint=hint, about=domain)
    if value.get("status") == "archived":
        message = "status is archived, but the file is not under archive/"
        span = document.span(("status",))
        yield found(
            ARCHIVED_OUTSIDE,
            path,
            message,
            span=span,
            at=("status",),
            hint="move the file to archive/",
            about="archived",
        )


def _root(path: str) -> str:
    """The task root that holds the file: its topmost folder called TASKS or tasks; empty if there is none."""
    folders = path.split("/")[:-1]
    depth = next((index + 1 for index, folder in enumerate(folders) if folder in ("TASKS", "tasks")), 0)
    return "/".join(folders[:depth])


def domain_folder(path: str) -> str | None:
    """The folder right below the task root; None at the root itself, under `programs/`, and where there is no root."""
    root = _root(path)
    below, _, rest = path.removeprefix(root + "/").partition("/") if root else ("", "", "")
    return below if rest and below != "programs" else None


def _dated(document: Document) -> Iterator[Finding]:
    created, updated = document.value.get("created"), document.value.get("last_updated")
    dates = all(isinstance(date, str) and _DATE.match(date) for date in (created, updated))
    if dates and updated < created:
        message = f"last_updated is {updated}, before created ({created})"
        span = document.span(("last_updated",))
        yield found(DATES_REVERSED, document.path, message, span=span, at=("last_updated",), about=updated)


def _status(document: Document, schema: Schema) -> Iterator[Finding]:
    """A bold status counts before the first H2, and when it is one word of the enum."""
    status, body = document.value.get("status"), document.body
    if "status" not in body.lower() or not isinstance(status, str):
        return
    end = _SECOND_HEADING.search(body)
    words = _statuses(schema)
    for match in _BOLD_STATUS.finditer(body, 0, end.start() if end else len(body)):
        stated = [word for word in words if _starts_with(match[1], word)]
        alternatives = [word for word in words if re.search(rf"[/|][ \t]*{word}\b", match[1], re.IGNORECASE)]
        if stated and not alternatives and max(stated, key=len) != status:
            word = max(stated, key=len)
            line = document.body_line + body.count("\n", 0, match.start(1))
            column = match.start(1) - body.rfind("\n", 0, match.start(1))
            span = Span(line, column, line, column + len(word))
            message = f"the body says {word}, the front matter says {status}"
            yield found(
                STATUS_CONTRADICTED,
                document.path,
                message,
                span=span,
                hint="state it in one place only",
                about=[status, word],
            )


def _statuses(schema: Schema) -> list[str]:
    contents = schema.contents if isinstance(schema.contents, dict) else {}
    words = contents.get("properties", {}).get("status", {}).get("enum", ())
    return [word for word in words if isinstance(word, str)]


def _starts_with(text: str, word: str) -> bool:
    pattern = "[ _-]".join(re.escape(part) for part in word.split("_"))
    return bool(re.match(rf"{pattern}(?![\w-])", text, re.IGNORECASE))


def _prompts(document: Document) -> Iterator[Finding]:
    """A line that is nothing but a bracketed sentence, outside code, and that no link definition explains."""
    body = document.body
    if "[" not in body or not _PROMPT.search(body):
        return
    prose = _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body)
    for match in _PROMPT.finditer(prose):
        if f"[{match[1]}]:" in body:
            continue
        line = document.body_line + body.count("\n", 0, match.start(1))
        column = match.start(1) - 1 - body.rfind("\n", 0, match.start(1))
        span = Span(line, column, line, column + len(match[1]) + 2)
        message = f"the template's prompt [{match[1]}] was never answered"
        yield found(
            PROMPT_LEFTOVER, document.path, message, span=span, hint="answer it, or remove the section", about=match[1]
        )


def _unresolved(record: Record, corpus: Corpus, tasks: set[str]) -> Iterator[Finding]:
    related = record.value.get("related")
    document = None
    suggestions = MAX_SUGGESTIONS
    for index, entry in enumerate(related if isinstance(related, list) else ()):
        if not isinstance(entry, str) or not entry.strip() or entry in tasks or "://" in entry:
            continue
        if not _resolves(entry.strip(), record.path, corpus, tasks):
            at = ("related", index)
            document = document or corpus.open(record.path)
            span = document.span(at) if document else FILE
            message = f"{entry} is neither a task nor a tracked file"
            near = nearest(entry, tasks) if suggestions else []
            suggestions = max(0, suggestions - 1)
            hint = f"did you mean {near[0]}?" if near else None
            yield found(RELATED_UNRESOLVED, record.path, message, span=span, at=at, hint=hint, about=entry)


def _without_agents(records: list[Record], corpus: Corpus) -> Iterator[Finding]:
    """The domain agents that tasks name and that the repository, if it has any, lacks."""
    naming = [record for record in records if isinstance(record.value.get("domain_agents"), list)]
    if not any(record.value["domain_agents"] for record in naming) or not corpus.records("domain-agent"):
        return
    from govern.kinds.domain_agent.references import domain_agents

    names = domain_agents(corpus)
    for record in naming:
        for index, name in enumerate(record.value["domain_agents"]):
            if not isinstance(name, str) or not name or name in names:
                continue
            at = ("domain_agents", index)
            document = corpus.open(record.path)
            span = document.span(at) if document else FILE
            near = nearest(name, sorted(names))
            hint = f"did you mean {near[0]}?" if near else f"there are {others(sorted(names), '')}"
            message = f"there is no domain agent {name}"
            yield found(DOMAIN_AGENT_UNKNOWN, record.path, message, span=span, at=at, hint=hint, about=name)


def _resolves(entry: str, path: str, corpus: Corpus, tasks: set[str]) -> bool:
    entry = entry.partition("#")[0].strip()
    name = entry.removesuffix(".md")
    if not entry or name in tasks:
        return True
    if external := _EXTERNAL_ID.match(entry):
        same = [known for known in corpus.identifiers() if known.upper().startswith(external[1] + "-")]
        return not same or any(_is_or_extends(known.upper(), entry.upper()) for known in same)
    folder = posixpath.dirname(path)
    for candidate in (entry, entry + ".md", posixpath.join(folder, entry), posixpath.join(folder, entry + ".md")):
        clean = posixpath.normpath(candidate.lstrip("/"))
        if not clean.startswith("..") and clean != "." and corpus.has(clean):
            return True
    return False


def _is_or_extends(known: str, entry: str) -> bool:
    """ADR-0012 means the front matter id ADR-0012, or ADR-0012-with-a-title."""
    return known == entry or known.startswith(entry + "-")
