"""`govern schemas lint`: what makes a schema useless, or other than its author meant."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from govern.cli.options import deliver, format_of, parser
from govern.cli.schemas.library import Library, Lock, report_of
from govern.comparing.weighing import accepted_ids, counting
from govern.compat.lint import SchemaFile, check_ids, lint
from govern.compat.lint.rules import META_SCHEMA
from govern.compat.positions import DEFAULT, DIALECTS
from govern.compat.versions import lineage
from govern.compat.versions.freeze import Published, check_frozen, check_lock
from govern.compat.versions.held import Held
from govern.judging import rules as judging_rules
from govern.judging.judge import judge
from govern.model.change import Comparison
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.schema import Schema
from govern.model.spelling import nearest
from govern.model.verdict import Undecided, Verdict
from govern.report import summary
from govern.session import session_for
from govern.validator import Unusable, Validator

USAGE = "[SUBJECT[@VERSION]|PATH...]"
DESCRIPTION = """Look for what makes a schema useless, or other than its author meant: subschemas that no value
satisfies, references that lead nowhere, names that are required but not declared, branches that make no difference,
defaults and examples that do not pass, unknown keywords, patterns that are none; and whether the versions of a subject
keep what their numbers promise. Without a name: every schema of the repository."""


def run(arguments: Sequence[str]) -> int:
    """Lint; the exit code."""
    options_parser = parser("schemas lint", USAGE, DESCRIPTION)
    options_parser.add_argument("names", nargs="*", metavar="SUBJECT|PATH", help="such as event/order-placed, event/*")
    options = options_parser.parse_args(arguments)
    started = time.monotonic()
    here = Path.cwd()
    session = session_for([name for name in options.names if Path(name).exists()], here, config=options.config)
    library = Library(session)
    files = library.chosen(options.names, here)
    findings = counting(session, _findings(library, files, complete=not options.names), "schemas/")
    report = report_of("lint", library, findings, len(files), started, options)
    deliver(report, options)
    if not options.quiet and format_of(options) != "json":
        print(summary(report), file=sys.stderr)
    return int(report.errors > 0 and not options.exit_zero)


def _findings(library: Library, files: Sequence[Held], *, complete: bool) -> Iterator[Finding]:
    unsound: set[str] = set()
    for file in files:
        for finding in _of_one(library, file):
            yield finding._replace(schema=file.name if file.exact else None)
            if finding.severity == "error":
                unsound.add(file.subject)
    chosen = {file.path for file in files}
    everything = (library.document(file) for file in library.files())
    yield from (finding for finding in check_ids(everything) if finding.path in chosen)
    subjects = {file.subject for file in files if file.exact}
    for lock in library.locks(file for file in library.files() if file.exact and file.subject in subjects):
        for finding in lock_findings(lock, complete=complete):
            if finding.path in (*chosen, lock.path):
                yield finding
    sound = [library.published(file) for subject in sorted(subjects - unsound) for file in library.versions(subject)]
    for finding in lineage.check_lineage(sound, _comparing(library)):
        if finding.path in chosen:
            yield finding


def _comparing(library: Library) -> Callable[[Published, Published], Comparison]:
    """A comparison of two versions, each under its subject's mode. A lint asks for the number only: it is explained
    where waivers may let pass what breaks, as `govern compat` does.
    """
    from govern.comparing.pair import compare_sources, decided
    from govern.comparing.words import Request, terms_for

    accepted = accepted_ids(library.session)

    def compare(old: Published, new: Published) -> Comparison:
        session = library.session
        terms = terms_for(Request(), session.config.table("compat"), new.subject, session.registry)
        pair = [Held(each.document.path, each.subject, each.version, exact=True) for each in (old, new)]
        try:
            bare = decided(pair[0], pair[1], library.side, library.side, terms, lineage.asked(terms.mode))
            if not accepted or bare.required_bump != "major" or new.version[0] > old.version[0]:
                return bare
            explained = compare_sources(pair[0], pair[1], library.side, library.side, terms, accepted)
            return lineage.settled(explained, accepted)
        except Unusable as error:
            unknown = Undecided(str(error))
            return Comparison(new.subject, old.name, new.name, *terms[:3], unknown, unknown, "major")

    return compare


def lock_findings(lock: Lock, *, complete: bool) -> Iterator[Finding]:
    """What is wrong with a lock, and what is other than it says; about the subjects at hand only, unless complete."""
    if lock.document is None:
        return
    wrong = list(check_lock(lock.document))
    yield from wrong
    if not wrong:
        subjects = {version.subject for version in lock.published}
        for finding in check_frozen(lock.document, lock.published):
            if complete or finding.path != lock.path or str(finding.about).partition("@")[0] in subjects:
                yield finding


def _of_one(library: Library, file: Held) -> Iterator[Finding]:
    document = library.document(file)
    yield from document.reading.findings
    if not document.reading.readable:
        return
    schema = library.schema_file(file)
    against = list(_against_dialect(document, schema.resources))
    yield from against
    said = {finding.pointer for finding in against}
    for finding in lint(schema, decided, sound=not against):
        if finding.pointer not in said:
            yield finding


def _against_dialect(document: Document, resources: Mapping[str, Any]) -> Iterator[Finding]:
    """What the meta-schema has against a schema."""
    schema = SchemaFile(document, "")
    at = ("$schema",)
    named = document.value.get("$schema") if isinstance(document.value, dict) else None
    if isinstance(named, str) and schema.dialect is None:
        if named.partition("#")[0] not in resources:
            near = nearest(named, [dialect.uri for dialect in DIALECTS])
            hint = f"did you mean {near[0]}?" if near else f"such as {DEFAULT.uri}"
            message = f"$schema is {named}, which names no dialect that is known here"
            span = document.span(at)
            yield found(META_SCHEMA, document.path, message, span=span, at=at, hint=hint, about=named)
        return
    uri = (schema.dialect or DEFAULT).uri
    meta = {"$schema": uri, "$ref": uri}
    for finding in judge(document, Schema("", (0, 0, 0), meta, "", ""), Validator(meta)):
        step = finding.pointer.rpartition("/")[0]
        is_pattern = finding.pointer.endswith("/pattern") and finding.rule == judging_rules.FORMAT.id
        is_pattern |= step.endswith("/patternProperties") and finding.rule == judging_rules.KEY_NAME.id
        if not is_pattern:  # schemas/pattern-invalid says why
            yield finding._replace(rule=META_SCHEMA.id, severity=META_SCHEMA.severity)


def decided(old: Any, new: Any, resources: Mapping[str, Any]) -> Verdict:
    """Is every value of `old` one of `new`, whatever else an object may hold?"""
    from govern.compat.compare import Source, decide

    try:
        return decide(Source(old, resources), Source(new, resources), open_content="strict")
    except Unusable as error:
        return Undecided(str(error))
