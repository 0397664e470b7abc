"""`govern explain`: what a rule, a file or a kind is about."""

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from govern.catalogue import catalogue, opt_in
from govern.cli.fields import fields
from govern.judging import words
from govern.kinds import rules_for
from govern.model.rule import Rule
from govern.model.schema import Form, Kind, Schema, written
from govern.model.spelling import nearest
from govern.session import Session, Unable, session_for
from govern.workspace.files import Unreadable
from govern.workspace.named import expand

DESCRIPTION = """Say what a rule, a file or a kind is about: a rule's reason, the schema that judges a file,
a kind's fields and rules."""


def run(arguments: Sequence[str]) -> int:
    """Explain; the exit code."""
    parser = argparse.ArgumentParser(prog="govern explain", description=DESCRIPTION)
    parser.add_argument(
        "name", metavar="RULE|FILE|KIND", help="such as task/id-mismatched, TASKS/billing/refunds.md, or task@2"
    )
    parser.add_argument("--config", metavar="FILE", type=Path, help="use this govern.toml")
    options = parser.parse_args(arguments)
    here = Path.cwd()
    session = session_for([options.name], here, config=options.config)
    rules = catalogue(session.registry.kinds.values())
    name, _, major = options.name.partition("@")
    if options.name in rules:
        lines = _rule(rules[options.name], session)
    elif name in session.registry.kinds and not (here / options.name).is_file():
        lines = _kind(session.registry.kinds[name], int(major) if major.isdigit() else None, session)
    elif (found := _form_named(name, session)) and not (here / options.name).is_file():
        lines = _form(*found, int(major) if major.isdigit() else None, session)
    elif (here / options.name).exists() or (here / options.name).is_symlink():
        lines = _file(options.name, session, here)
    else:
        near = nearest(options.name, [*rules, *session.registry.kinds])
        ending = options.name.rpartition("/")[2]
        near = near or [
            rule for rule in rules if rule.rpartition("/")[2] == ending or rule.startswith(options.name + "/")
        ]
        hint = f"; did you mean {words.either(near)}?" if near else "; `govern explain KIND` lists the rules of a kind"
        raise Unable(f"{options.name} is no rule, no kind and no file{hint}")
    sys.stdout.writelines(line + "\n" for line in lines)
    return 0


def _rule(rule: Rule, session: Session) -> Iterator[str]:
    yield f"{rule.id} ({_level(rule, session)})"
    yield ""
    yield from _wrapped(f"{rule.summary[0].upper()}{rule.summary[1:]}.")
    yield from _wrapped(rule.why)
    yield ""
    yield "To change how much it counts, in govern.toml:"
    yield f'  [rules]\n  "{rule.id}" = "warn"    # error | warn | off'
    if rule.id.startswith("compat/"):  # JSON has no comments
        yield "To let one change pass, by the id that the report shows:"
        yield "  govern compat --accept ID --reason 'why this is right here' --until 2027-01-31"
        return
    yield "To let one place pass, in a comment there:"
    yield f"  # govern: ignore {rule.id} until=2027-01-31 -- why this is right here"


def _level(rule: Rule, session: Session) -> str:
    told = session.config.table("rules").get(rule.id)
    if told:
        return {"warn": "warning"}.get(str(told), str(told)) + ", by the configuration"
    return "opt-in: off unless the configuration names it" if rule.id in opt_in() else rule.severity


def _file(name: str, session: Session, here: Path) -> Iterator[str]:
    (path, *_), _ = expand(session.root, [name], [], here) if not Path(name).is_dir() else ([None], None)
    if path is None:
        raise Unable(f"{name} is a folder; name a file")
    if session.repository.excluded(path):
        yield f"{path} is not judged: the configuration excludes it"
        return
    try:
        subject = session.repository.subject(path)
    except Unreadable as error:
        raise Unable(f"{name}: {error}") from None
    if subject is None or subject.kind is None:
        problem = f": {subject.findings[0].message}" if subject and subject.findings else ""
        yield f"{path} is no document of a kind that govern knows{problem or '; it is skipped'}"
        yield "To have it judged, name its kind in govern.toml:"
        yield f'  [files]\n  "{path}" = "KIND"    # {", ".join(sorted(session.registry.kinds))}'
        return
    wrong = subject.findings[0].message if subject.findings else "`govern check` says why"
    schema = subject.schema.name if subject.schema else f"no schema: {wrong}"
    yield f"{path} is a document of the kind {subject.kind.name} ({subject.kind.title.lower()}), judged by {schema}"
    yield f"Why: {session.repository.reason(path)}"
    if session.registry.unjudged(subject.kind, path):
        yield "The schema does not judge it where it lies; only rules between documents look at it."
    findings = session.check([path]).findings
    errors = sum(finding.mistakes for finding in findings if finding.severity == "error")
    warnings = sum(finding.mistakes for finding in findings) - errors
    yield f"It has {errors} errors and {warnings} warnings."
    yield f"What it may hold: govern explain {subject.schema.subject if subject.schema else subject.kind.name}"


def _kind(kind: Kind, major: int | None, session: Session) -> Iterator[str]:
    yield f"{kind.name}: {kind.title}"
    yield from _wrapped(kind.description)
    yield ""
    yield f"files     {', '.join(claim.glob for claim in kind.claims) or 'none by name; see [files] in govern.toml'}"
    yield from _schema(kind, kind.form, major, session)
    rules = rules_for(kind.name)
    if rules:
        yield ""
        yield "rules beyond the schema:"
        width = max(len(rule.id) for rule in rules.RULES)
        for rule in rules.RULES:
            yield f"  {rule.id:<{width}}  {_level(rule, session).partition(':')[0]:<7}  {rule.summary}"
    if kind.vocabulary:
        yield ""
        yield "fields that [vocabulary] in govern.toml may narrow to a closed list:"
        width = max(map(len, kind.vocabulary))
        yield from (f"  {field:<{width}}  {meaning}" for field, meaning in kind.vocabulary.items())
    yield from _example(kind.name, session)
    others = [form for form in kind.forms if form.subject != kind.name]
    if others:
        yield ""
        yield "other forms:"
    for form in others:
        contents = " with such contents" if form.contains else ""
        yield f"  {', '.join(form.endings)}{contents}: govern explain {form.subject}"


def _form_named(name: str, session: Session) -> tuple[Kind, Form] | None:
    forms = ((kind, form) for kind in session.registry.kinds.values() for form in kind.forms)
    return next((both for both in forms if both[1].subject == name), None)


def _form(kind: Kind, form: Form, major: int | None, session: Session) -> Iterator[str]:
    yield f"{form.subject}: a form of {kind.name} ({kind.title.lower()})"
    yield ""
    contents = ", with such contents" if form.contains else ""
    yield f"files     those of {kind.name} that end in {words.either(form.endings)}{contents}"
    yield from _schema(kind, form, major, session)
    yield from _example(form.subject, session)


def _schema(kind: Kind, form: Form, major: int | None, session: Session) -> Iterator[str]:
    """What judges the documents of a form, and what they may hold."""
    registry = session.registry
    configured = session.config.table("kinds").get(form.subject, form.default)
    schema = registry.schema(form.subject, major if major is not None else configured)
    versions = ", ".join(written(version) for version in registry.versions(form.subject))
    yield f"versions  {versions}; {configured}.x judges documents that pin none"
    if schema is None:
        raise Unable(f"{form.subject} has no version {major if major is not None else configured}")
    yield f"schema    {schema.path}"
    yield ""
    yield f"fields of {schema.name}:"
    yield from _fields(schema, session, kind)


def _example(subject: str, session: Session) -> Iterator[str]:
    example = session.registry.example(subject)
    if example:
        yield ""
        yield "an example:"
        yield from textwrap.indent(example[1].decode("utf-8-sig", "replace").rstrip(), "  ").split("\n")


def _fields(schema: Schema, session: Session, kind: Kind) -> list[str]:
    resources = {uri: other.contents for uri, other in session.registry.by_id().items()}
    closed = session.config.table("vocabulary").get(kind.name, {})
    return fields(schema.contents, resources, closed, _columns())


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _columns())


def _columns() -> int:
    return min(shutil.get_terminal_size().columns, 100)
