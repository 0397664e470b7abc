"""What does a file say of itself: by its name how it is read, and in its text which kind it is, of which version?"""

import re

from govern.model.document import Document, Reader
from govern.model.location import Span
from govern.model.pattern import pattern
from govern.model.schema import Form
from govern.registry import Registry

PIN = pattern(r"([a-z][a-z0-9-]*)(?:@(\d{1,6}))?\Z")  # task, task@2
_COMMENT = pattern(r"^[ \t]*(?:#|<!--)[ \t]*govern:[ \t]*schema[ \t]*=[ \t]*([\w@-]+)", re.MULTILINE)


def pin_of(document: Document, registry: Registry) -> tuple[str, int | None] | None:
    """The kind and major that a document names in its own text; None if it names none."""
    value = document.value if isinstance(document.value, dict) else {}
    match = None
    if document.reader not in ("json", "yaml", "toml"):
        named = document.front.get("schema")
        match = PIN.match(named) if isinstance(named, str) else None
        if match and match[1] not in registry.kinds and not match[2]:
            return None  # somebody else's key of the same name
    if match is None and document.reader not in ("json", "frontmatter") and "govern:" in document.text:
        comment = _COMMENT.search(document.text)
        match = PIN.match(comment[1]) if comment else None
    named = value.get("$schema") if document.reader == "json" else None
    if isinstance(named, str) and "json-schema.org" not in named:
        schema = registry.by_id().get(named)
        return (schema.subject, schema.version[0]) if schema else None
    return (match[1], int(match[2]) if match[2] else None) if match else None


def pin_span(document: Document) -> Span:
    """Where a document names its kind."""
    if "schema" in document.front:
        return document.span((*document.front_path, "schema"))
    match = _COMMENT.search(document.text)
    line = document.text.count("\n", 0, match.start()) + 1 if match else 1
    return Span(line, 1, line, 2)


def reader_of(path: str, form: Form) -> Reader:
    """How a file of a form is read: what is YAML may be written as JSON, and the reverse."""
    if form.reader == "yaml" and path.endswith(".json"):
        return "json"
    if form.reader == "json" and path.endswith((".yaml", ".yml")):
        return "yaml"
    return form.reader


def reader_by_name(path: str) -> Reader:
    """How a file of no known kind is read."""
    if path.endswith((".md", ".markdown")):
        return "frontmatter"
    return "json" if path.endswith(".json") else "toml" if path.endswith(".toml") else "yaml"
