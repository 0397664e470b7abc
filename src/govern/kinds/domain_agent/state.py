"""Is a domain agent a template or a finished document, and is it up to date?"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds.domain_agent import parts, rules
from govern.model.corpus import Corpus, Record
from govern.model.finding import Finding, found
from govern.model.glob import matcher
from govern.model.location import FILE
from govern.model.pattern import pattern

REVIEW_DAYS = 365

_PLACEHOLDER = pattern(r"\{\{[A-Z][A-Z0-9_]*\}\}|<<[A-Z][A-Z0-9_]*>>")


def is_template(record: Record, corpus: Corpus, settings: Mapping[str, Any]) -> bool:
    """May placeholders stand in it? The configuration says so, or else its first line, which is one of those that a
    template leaves open. What is rendered is never a template.
    """
    targets = corpus.configured("render")
    for target in targets if isinstance(targets, list) else ():
        to = target.get("to") if isinstance(target, dict) else None
        if isinstance(to, str) and (record.path + "/").startswith(to.removeprefix("./").rstrip("/") + "/"):
            return False
    templates = settings.get("templates")
    if isinstance(templates, list):
        return bool(matcher(glob for glob in templates if isinstance(glob, str)).match(record.path))
    intro = record.value.get("intro") if isinstance(record.value, dict) else None
    if not isinstance(intro, str) or not intro.startswith("You are the "):
        return True  # it has no first line to tell by, and its schema says so
    return bool(_PLACEHOLDER.search(intro.split("\n", 1)[0]))


def check(corpus: Corpus, record: Record, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Placeholders that were left in a finished document, and a review that is due."""
    left = parts.words(record.value, "placeholders")
    if left and not is_template(record, corpus, settings):
        document = corpus.open(record.path)
        for index, name in enumerate(left):
            span = document.span(("placeholders", index)) if document else FILE
            message = f"the placeholder {name} was never filled"
            hint = "fill it, or name the file under [domain-agent] templates in govern.toml if it is one"
            yield found(rules.PLACEHOLDER_LEFTOVER, record.path, message, span=span, hint=hint, about=name)
    yield from _reviewed(corpus, record, settings)


def _reviewed(corpus: Corpus, record: Record, settings: Mapping[str, Any]) -> Iterator[Finding]:
    reviewed, today = _date(parts.front(record.value, "last_reviewed")), _date(corpus.today)
    if reviewed is None or today is None:
        return
    days, at = (today - reviewed).days, ("frontmatter", "last_reviewed")
    limit = settings.get("review-days")
    limit = limit if isinstance(limit, int) and limit > 0 else REVIEW_DAYS
    if days > limit:
        rule = rules.REVIEW_OVERDUE
        message = f"last_reviewed is {reviewed}, {days} days ago; a review is due after {limit} days"
        hint = "read it all again, and write down the day on which you found it right"
    elif days < -1:  # it may be tomorrow already where the author lives
        rule = rules.REVIEW_IN_FUTURE
        message, hint = f"last_reviewed is {reviewed}, but today is {today}", None
    else:
        return
    document = corpus.open(record.path)
    span = document.span(at) if document else FILE
    yield found(rule, record.path, message, span=span, at=at, hint=hint, about=str(reviewed))


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
