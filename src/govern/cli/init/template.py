"""`govern init --kind`: which template a document begins with, and what fills it while nobody has said anything."""

import os
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from govern.cli.init.known import NAMES, known, words
from govern.filling.given import configured, from_environment
from govern.filling.library import NoTemplate, Templates, Unreadable
from govern.filling.plan import Order, planned
from govern.filling.run import weigh
from govern.judging.words import either
from govern.model.schema import Kind
from govern.model.spelling import nearest
from govern.rendering.manifest import Hole
from govern.rendering.template import Template
from govern.rendering.values import Source
from govern.session import Session, Unable
from govern.validator import Unusable, Validator
from govern.workspace.templates import SUBJECT

_FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[ \t]*[:=][ \t]*[\"'\[]*\Z")
_EMPTY = {"boolean": False, "integer": 0, "number": 0}


class Chosen(NamedTuple):
    """A template that gives one document, by the name that finds it again. `general`: it is for any of its kind."""

    template: Template
    name: str
    library: Templates
    general: bool

    @property
    def template_name(self) -> str:
        """Its name without its kind and version."""
        return self.name.partition("/")[2].partition("@")[0]

    @property
    def path(self) -> str:
        return self.template.parts[0].path


def template_of(session: Session, kind: Kind, told: str) -> Chosen | None:
    """The template that a kind's documents begin with, or the one that was named; None if the kind has none."""
    library = Templates(session.registry)
    subjects = [subject for subject in library.library.subjects() if subject.partition("/")[0] == kind.name]
    if "/" in told:
        return _named(session, library, kind, told, subjects)
    folders = [subject for subject in subjects if not _is_document(library, subject)]
    subjects = [subject for subject in subjects if subject not in folders]
    if not subjects:
        general = [subject for subject in folders if _is_general(subject)]
        return _opened(session, library, general[0], general=True) if general else None
    general = [subject for subject in subjects if _is_general(subject)]
    if len(subjects) > 1 and not general:
        listed = "".join(f"\n  govern init --kind {subject}" for subject in subjects)
        raise Unable(f"the kind {kind.name} has several templates; name one:{listed}")
    name = max(general, key=len) if general else subjects[0]
    return _opened(session, library, name, general=True)


def _named(session: Session, library: Templates, kind: Kind, told: str, subjects: list[str]) -> Chosen:
    match = SUBJECT.match(told)
    subject = f"{match[1]}/{match[2]}" if match else told
    if subject not in subjects:
        near = nearest(subject, subjects)
        there_is = f"did you mean {either(near)}?" if near else f"there is {', '.join(subjects)}"
        raise Unable(f"there is no template {told}; {there_is if subjects else f'{kind.name} has none'}")
    return _opened(session, library, told, general=_is_general(subject))


def _is_general(subject: str) -> bool:
    """Is the kind named after its template, as domain-agent is after domain, and task after task?"""
    kind, _, name = subject.partition("/")
    return f"{kind}-".startswith(f"{name}-")


def _is_document(library: Templates, subject: str) -> bool:
    """Does a template give one file, and no folder of them?"""
    try:
        files = library.library.open(subject, library.library.versions(subject)[-1]).files
    except Unreadable:
        return True  # whoever opens it says why not
    return len(files) == 1 and not files[0].name


def _opened(session: Session, library: Templates, name: str, *, general: bool) -> Chosen:
    try:
        template, findings = library.named(name, session.root, session.root, None)
    except NoTemplate as error:
        raise Unable(str(error)) from None
    except Unreadable as error:
        raise Unable(f"the template {name} cannot be read: {error}") from None
    if template is None:
        raise _unusable(name, findings[0])
    if len(template.parts) != 1 or template.parts[0].name:
        raise Unable(f"the template {name} is a folder of files; run: govern render {name} --to FOLDER/")
    return Chosen(template, name, library, general)


def filled(session: Session, kind: Kind, path: str, chosen: Chosen) -> str:
    """The text of a template for a document at a path: with what is known, what the environment and the configuration
    give, the defaults, and examples for the rest.
    """
    template, library = chosen.template, chosen.library
    given = [from_environment(os.environ), configured(session.config)]
    names = {name for source in given for name in source.values}
    said = dict(_said(session, kind, path, template, names))
    open_holes = [hole for hole in template.manifest.holes.values() if hole.default is None and hole.name not in names]
    made = {hole.name: _example(hole) for hole in open_holes}
    examples = Source("example", {name: value for name, value in made.items() if value is not None})
    order = Order(chosen.name, None, session.root)
    sources = [Source("init", said), *given, examples]
    plan = planned(library, [order], sources, session.root, lambda some: weigh(session, some, library))
    for finding in plan.findings:
        if finding.severity == "error":
            raise _unusable(template.name, finding)
    return plan.targets[0].data.decode("utf-8-sig", "replace")


def _said(
    session: Session, kind: Kind, path: str, template: Template, given: set[str]
) -> Iterator[tuple[str, str | list[str]]]:
    """The values of holes that the document's place and the repository's vocabulary decide."""
    values = known(session, kind.name, path)
    fields = _fields(template)
    for name, hole in template.manifest.holes.items():
        field = fields.get(name, name.lower())
        value = values.get(field)
        if value is not None and (field not in NAMES or name in fields) and _admits(hole, value):
            yield name, value
            continue
        allowed = words(session, kind.name, field)
        if not allowed or name in given:
            continue
        usual = hole.example if hole.default is None else hole.default
        if not set(usual if isinstance(usual, list) else [usual]) <= {*allowed}:
            for word in allowed:
                listed: str | list[str] = [word] if hole.type == "array" else word
                if _admits(hole, listed):
                    yield name, listed
                    break


def _fields(template: Template) -> dict[str, str]:
    """The field that each hole is the whole value of, by the name of the hole."""
    part = template.parts[0]
    text = part.text or ""
    result: dict[str, str] = {}
    for token in part.tokens:
        before = text[text.rfind("\n", 0, token.start) + 1 : token.start].lstrip("\ufeff")
        after = text[token.end :].partition("\n")[0]
        match = _FIELD.match(before)
        if match and not after.strip("\"'], \t\r"):
            result.setdefault(token.name, match[1])
    return result


def _admits(hole: Hole, value: Any) -> bool:
    try:
        return Validator(hole.schema).is_valid(value)
    except Unusable:
        return False


def _example(hole: Hole) -> Any:
    """A value that would do: the example of a hole; of a required one without, what its name or its schema makes."""
    if hole.example is not None or not hole.required:
        return hole.example
    name = hole.name.lower().replace("_", " ")
    usual = [name] if hole.type == "array" else _EMPTY.get(hole.type, name)
    for value in (*hole.schema.get("enum", ()), usual, hole.schema.get("minimum")):
        if value is not None and _admits(hole, value):
            return value
    return None


def _unusable(name: str, finding: Any) -> Unable:
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    hint = f"; {finding.hint}" if finding.hint else ""
    return Unable(f"the template {name} cannot be filled: {place}: {finding.message} [{finding.rule}]{hint}")
