"""Document × Schema → Findings. Pure: nothing is read, nothing is remembered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from govern.judging import words
from govern.judging.rules import MISSING_KEY
from govern.model.document import Document
from govern.model.finding import Finding, Fix, found
from govern.model.location import Path
from govern.model.rule import Rule
from govern.model.schema import Kind, Schema
from govern.model.spelling import nearest
from govern.validator import Validator

if TYPE_CHECKING:
    from govern.judging.trouble import Trouble


def judge(document: Document, schema: Schema, validator: Validator) -> Iterator[Finding]:
    """What the schema has to say about the document; nothing is said below what could not be read."""
    if document.reading.readable and not validator.is_valid(document.value):
        yield from _explained(document, schema, validator)


def vocabulary(document: Document, kind: Kind, closed: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Where a field holds a word outside the closed list that the repository gives it. Empty and null mean none."""
    markdown = document.reader not in ("json", "yaml", "toml")
    fields = document.front if markdown else document.value if isinstance(document.value, dict) else {}
    for field, allowed in closed.items():
        for below, word in _words(field, fields.get(field), allowed):
            path = (*document.front_path, *below) if markdown else below
            near = nearest(word, allowed)
            yield found(
                unknown_word(kind.name, field),
                document.path,
                f"{words.name(path)} is {words.shown(word)}, expected {words.options(allowed, near)}",
                span=document.span(path),
                at=path,
                hint=f"did you mean {words.either(near)}?" if near else "[vocabulary] in govern.toml lists the words",
                fix=_respelled(document, path, near),
                about=word,
            )._replace(kind=kind.name)


def is_in_vocabulary(value: Any, closed: Mapping[str, Sequence[str]]) -> bool:
    """Does every field of a value hold words of its closed list only?"""
    fields = value if isinstance(value, dict) else {}
    return not any(True for field, allowed in closed.items() for _ in _words(field, fields.get(field), allowed))


def _respelled(document: Document, path: Path, near: Sequence[str]) -> Fix | None:
    if len(near) != 1:
        return None
    from govern.judging.fixes import Proposal, written

    return written(document, Proposal(path, near[0]))


def unknown_word(kind: str, field: str) -> Rule:
    """The rule about one field's vocabulary."""
    return Rule(
        f"{kind}/{field}-unknown",
        "error",
        f"{field} holds a word that the repository's vocabulary lacks",
        "A closed list keeps one thing from going by two names, so that searches and reports find all of it.",
    )


def _words(field: str, value: Any, allowed: Sequence[str]) -> Iterator[tuple[Path, str]]:
    for index, word in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(word, str) and word and word not in allowed:
            yield (field, index) if isinstance(value, list) else (field,), word


def _explained(document: Document, schema: Schema, validator: Validator) -> Iterator[Finding]:
    from govern.judging.fixes import Proposal, certain
    from govern.judging.sections import straighten
    from govern.judging.subschemas import Subschemas

    broken = document.reading.broken
    errors = list(validator.errors(document.value))
    straight = straighten(document, Subschemas(validator.contents, validator.resources))
    if straight.troubles:
        found_there = [(straight.back(each.path), each) for each in _troubles(straight.document, validator)]
        troubles = [*straight.troubles, *(each._replace(path=path) for path, each in found_there if path is not None)]
    else:
        troubles = list(_troubles(document, validator, errors))
    troubles = [each for each in troubles if not any(each.path[: len(path)] == path for path in broken)]
    # a key that is missing for two reasons is missing once
    first = {(each.path, each.rule, each.key): each for each in reversed(troubles) if each.rule is MISSING_KEY}
    troubles = [each for each in troubles if first.get((each.path, each.rule, each.key), each) is each]
    proposals = {
        trouble: Proposal(trouble.path, trouble.proposal, trouble.renames)
        for trouble in troubles
        if trouble.proposal is not None and trouble.path
    }
    fixes = certain(document, proposals.values(), validator, len(errors)) if proposals else {}
    for trouble in troubles:
        yield found(
            trouble.rule,
            document.path,
            trouble.message,
            span=document.span(trouble.path, key=trouble.at_key),
            at=trouble.path,
            hint=trouble.hint,
            fix=fixes.get(proposals[trouble]) if trouble in proposals else None,
            about={"missing": trouble.key} if trouble.key else _about(document.value, trouble.path),
        )._replace(schema=schema.name)


def _troubles(document: Document, validator: Validator, errors: list[Any] | None = None) -> "Iterator[Trouble]":
    """What the validator's errors mean for a person."""
    from govern.judging.elements import elements
    from govern.judging.errors import explain
    from govern.judging.subschemas import Subschemas

    subschemas = Subschemas(validator.contents, validator.resources)
    errors = list(validator.errors(document.value)) if errors is None else errors
    rest, absent, validators = elements(errors, document, subschemas)
    yield from absent
    yield from explain(rest, document, subschemas)
    for each in validators:
        yield from _troubles(document, each)


def _about(value: Any, path: Path) -> Any:
    """The value that a finding is about, for its id: scalars as they are, whole mappings and lists not at all."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        else:
            value = value[int(step)] if isinstance(value, list) else None
    return None if isinstance(value, (dict, list)) else value
