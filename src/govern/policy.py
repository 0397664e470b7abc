"""Which findings count: severities, inline ignores and waivers. Pure: today's date is handed in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Span
from govern.model.pattern import pattern
from govern.model.rule import Rule

EXPIRED = Rule(
    "waive/expired",
    "warning",
    "an ignore or a waiver is past its date",
    "What it covered counts again; the note only misleads.",
)
UNUSED = Rule(
    "waive/unused",
    "warning",
    "an ignore or a waiver matches nothing",
    "It would silence the next mistake at this place unseen.",
)
MALFORMED = Rule(
    "waive/malformed",
    "error",
    "an ignore does not say what it covers, until when, or why",
    "It silences nothing as it stands; an ignore without a reason cannot be reviewed.",
)
RULES = (EXPIRED, UNUSED, MALFORMED)

_COMMENT = pattern(r"(?:#|<!--)[ \t]*govern:[ \t]*ignore\b[ \t]*(.*?)[ \t]*(?:-->[ \t]*)?\r?$", re.MULTILINE)
_IGNORE = pattern(r"((?:[a-z][a-z0-9-]*/[A-Za-z0-9_-]+[ \t,]*)+?)(?:[ \t]+until=(\S+))?[ \t]+--[ \t]+(\S.*)\Z")
_DATE = pattern(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")
_NO_CONTENT = pattern(r"(?:[ \t\r\n]|#[^\n]*(?:\n|\Z)|<!--.*?-->|---[ \t]*\r?\n)*\Z", re.DOTALL)


class Ignore(NamedTuple):
    """An inline ignore: the rules it covers, the line it covers (None: the whole file), and where it stands."""

    rules: frozenset[str]
    covers: int | None
    until: str | None
    span: Span


def ignores(document: Document) -> tuple[list[Ignore], list[Finding]]:
    """The inline ignores of a document, and what is wrong with some of them."""
    if "govern:" not in document.text or document.reader == "json":
        return [], []
    result, wrong = [], []
    lines = document.text.split("\n")
    for match in _COMMENT.finditer(document.text):
        line = document.text.count("\n", 0, match.start()) + 1
        column = match.start() - (document.text.rfind("\n", 0, match.start()) + 1) + 1
        span = Span(line, column, line, column + len(match[0].rstrip()))
        parts = _IGNORE.match(match[1])
        if not parts or (parts[2] and not _DATE.match(parts[2])):
            message = "this ignore is not of the form: govern: ignore RULE until=YYYY-MM-DD -- reason"
            wrong.append(found(MALFORMED, document.path, message, span=span, about=match[1]))
            continue
        rules = frozenset(parts[1].replace(",", " ").split())
        result.append(Ignore(rules, _covered(document.text, lines, match.start(), line, column), parts[2], span))
    return result, wrong


def _covered(text: str, lines: list[str], start: int, line: int, column: int) -> int | None:
    """Its own line; the next one if it stands alone, past other ignores; the file if before any content."""
    if lines[line - 1][: column - 1].strip():
        return line
    if _NO_CONTENT.match(text[:start]):
        return None
    line += 1
    while line <= len(lines) and _COMMENT.search(lines[line - 1]):
        line += 1
    return line


def weigh(findings: Iterable[Finding], levels: Mapping[str, str]) -> Iterator[Finding]:
    """The findings with the severities that the repository gives their rules; those switched off left out."""
    for finding in findings:
        level = levels.get(finding.rule)
        if level == "off":
            continue
        yield finding._replace(severity="warning" if level == "warn" else "error") if level else finding


def without_ignored(
    findings: Iterable[Finding], document: Document, today: str, *, complete: bool = True
) -> Iterator[Finding]:
    """The findings of one document that no inline ignore covers, and those about the ignores themselves.

    `complete` is False where only some of the rules ran: then an ignore that matched nothing is no finding.
    """
    inline, wrong = ignores(document)
    used: set[Ignore] = set()
    for finding in findings:
        covering = [
            ignore
            for ignore in inline
            if finding.rule in ignore.rules
            and ignore.covers in (None, finding.span.line)
            and (ignore.until is None or ignore.until >= today)
        ]
        used.update(covering)
        if not covering:
            yield finding
    yield from wrong
    for ignore in inline:
        rules = ", ".join(sorted(ignore.rules))
        if ignore.until is not None and ignore.until < today:
            message = f"this ignore of {rules} ended on {ignore.until}"
            yield found(EXPIRED, document.path, message, span=ignore.span, about=rules)
        elif complete and ignore not in used:
            message = f"there is no {rules} here to ignore"
            yield found(UNUSED, document.path, message, span=ignore.span, hint="remove the comment", about=rules)


def without_waived(
    findings: Iterable[Finding], waivers: list[Any], config: Document | None, today: str, *, complete: bool
) -> Iterator[Finding]:
    """The findings that no `[[waive]]` covers, and those about the waivers themselves."""
    valid = {
        w["id"]: index
        for index, w in enumerate(waivers)
        if isinstance(w, dict) and isinstance(w.get("id"), str) and w.get("reason")
    }
    expired = {i for i, index in valid.items() if str(waivers[index].get("until", today)) < today}
    used = set()
    for finding in findings:
        identity = finding.id if valid else None
        if identity in valid and identity not in expired:
            used.add(identity)
        else:
            yield finding
    if config is None:
        return
    for identity, index in valid.items():
        at = ("waive", index, "id")
        span = config.span(at)
        if identity in expired:
            message = f"the waiver of {identity} ended on {waivers[index]['until']}"
            yield found(
                EXPIRED,
                config.path,
                message,
                span=span,
                at=at,
                hint="remove it, or mend what it covers",
                about=identity,
            )
        elif complete and identity not in used:
            message = f"the waiver of {identity} matches nothing"
            yield found(UNUSED, config.path, message, span=span, at=at, hint="remove it", about=identity)
