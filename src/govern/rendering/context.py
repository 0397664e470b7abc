"""Where a token stands decides how its value is written: in YAML, JSON, front matter, markdown or other text."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from govern.parse.frontmatter import split
from govern.rendering import json, markdown, yaml
from govern.rendering.change import Change, Misplaced
from govern.rendering.spelling import Values
from govern.rendering.tokens import Token

Form: TypeAlias = Literal["markdown", "yaml", "json", "text"]

_FORMS: dict[str, Form] = {
    "md": "markdown",
    "markdown": "markdown",
    "mdc": "markdown",
    "mdx": "markdown",
    "yaml": "yaml",
    "yml": "yaml",
    "json": "json",
}


def form_of(path: str) -> Form:
    """The form of a file, by the ending of its name.

    >>> form_of("a/compose.prod.yaml"), form_of("Dockerfile")
    ('yaml', 'text')
    """
    return _FORMS.get(path.rpartition(".")[2].lower(), "text")


def written(text: str, tokens: Sequence[Token], values: Values, form: Form) -> tuple[list[Change], list[Misplaced]]:
    """The changes that write the values of the tokens of a text, in order, and the tokens whose values cannot stand
    where they do.
    """
    if form == "yaml":
        return yaml.written(text, tokens, values)
    if form == "json":
        return json.written(text, tokens, values)
    if form == "text":
        return markdown.in_text(text, tokens, values)
    parts = split(text) if "---" in text[:5000] else None
    if parts is None:
        return markdown.written(text, tokens, values)
    body = len(text) - len(parts.body)
    start = _line(text, parts.line)
    end = start + len(parts.matter)
    inside = [token for token in tokens if start <= token.start < end]
    outside = [token for token in tokens if not start <= token.start < end]
    changes, misplaced = markdown.written(text, outside, values, start=body)
    if inside:
        shifted = [Token(token.start - start, token.end - start, token.name) for token in inside]
        more, wrong = yaml.written(parts.matter, shifted, values)
        changes += [Change(change.start + start, change.end + start, change.new) for change in more]
        misplaced += [
            each._replace(token=each.token._replace(start=each.token.start + start, end=each.token.end + start))
            for each in wrong
        ]
        changes.sort()
    return changes, misplaced


def _line(text: str, number: int) -> int:
    """Where a line begins."""
    at = 0
    for _ in range(number - 1):
        at = text.index("\n", at) + 1
    return at
