"""`govern schemas snapshot`: write the next version of a schema from a Pydantic model, or say that they differ."""

import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govern.cli.options import deliver, format_of, parser
from govern.cli.schemas.library import Library, report_of, say
from govern.comparing.side import Side
from govern.comparing.weighing import counting
from govern.compat.lint.rules import MODEL_DRIFT
from govern.compat.versions import lineage
from govern.compat.versions.held import Held, held
from govern.model.change import Bump, Comparison
from govern.model.finding import Finding, found
from govern.model.glob import matcher
from govern.model.schema import Version, written
from govern.model.verdict import Breaking, Compatible
from govern.report import summary
from govern.session import Unable, session_for
from govern.snapshot import Mode, NoModel, governed, model_schema
from govern.validator import Unusable
from govern.workspace.revisions import Revision

USAGE = "MODULE:MODEL --subject SUBJECT [--mode validation|serialization] [--check]"
DESCRIPTION = """Write the next version of a schema from a Pydantic model: none if nothing changed, else a patch, minor
or major one, as the comparison with the highest version requires. The model is imported where you are, so its package
must be there."""
_FIRST: Version = (1, 0, 0)
_WHAT: dict[Bump, str] = {
    "patch": "it admits the same as {old}",
    "minor": "it admits other values than {old}, and breaks nobody",
    "major": "it breaks consumers of {old}",
}


class Snapshot(NamedTuple):
    """What became of a model: `required` is how it differs from `old`, the highest version, None where there is none.

    `file` and `text` are the version that it would be. `comparison` is None where there was nothing to compare.
    """

    old: Held | None
    required: Bump
    file: Held
    text: str
    comparison: Comparison | None = None


def run(arguments: Sequence[str]) -> int:
    """Write a version, or report drift; the exit code."""
    options_parser = parser("schemas snapshot", USAGE, DESCRIPTION)
    add = options_parser.add_argument
    add("model", metavar="MODULE:MODEL", help="such as shop.events:OrderPlaced")
    add("--subject", required=True, metavar="SUBJECT", help="such as event/order-placed")
    add("--mode", choices=["validation", "serialization"], default="validation", help="what the model reads, or writes")
    add("--check", action="store_true", help="write nothing; report where the model and the schema differ")
    options = options_parser.parse_args(arguments)
    started = time.monotonic()
    here = Path.cwd()
    library = Library(session_for([], here, config=options.config))
    _path(library, options.subject, _FIRST)  # before anybody's code runs
    try:
        schema = model_schema(options.model, folder=here, mode=options.mode)
    except NoModel as error:
        raise Unable(str(error)) from None
    snapshot = _snapshot(library, options.subject, schema)
    if not options.check:
        if snapshot.required == "none" and snapshot.old:
            say(f"{snapshot.old.name} says what {options.model} says; nothing to write", quiet=options.quiet)
        else:
            library.write(snapshot.file.path, snapshot.text)
            say(f"wrote {snapshot.file.path}: {_why(snapshot)}", quiet=options.quiet)
        return 0
    findings = counting(library.session, _drift(library, snapshot, options.model, options.mode), "schemas/")
    report = report_of("snapshot", library, findings, 1, started, options)
    deliver(report, options)
    if not options.quiet and format_of(options) != "json":
        print(summary(report), file=sys.stderr)
    return int(report.errors > 0 and not options.exit_zero)


def _snapshot(library: Library, subject: str, schema: dict[str, Any]) -> Snapshot:
    versions = library.versions(subject)
    if not versions:
        return Snapshot(None, "major", *_version(library, subject, _FIRST, schema, None))
    old = versions[-1]
    document = library.document(old)
    if not document.reading.readable:
        raise Unable(f"{old.path}: {document.reading.findings[0].message}")
    file, text = _version(library, subject, old.rank, schema, document.value)
    if json.loads(text) == document.value:
        return Snapshot(old, "none", file, text)
    comparison = _compared(library, old, file._replace(version=lineage.raised(old.rank, "major")), text)
    required: Bump = comparison.required_bump
    if required != "major" and comparison.mode.endswith("-transitive"):
        required = _transitive(library, versions[:-1], old, file, text) or required
    if required == "none":
        required = "patch"  # the same values, written otherwise
    version = lineage.raised(old.rank, required)
    return Snapshot(old, required, *_version(library, subject, version, schema, document.value), comparison)


def _transitive(library: Library, versions: Iterable[Held], old: Held, file: Held, text: str) -> Bump | None:
    """Does one of the earlier versions of the major ask for the next one?"""
    for earlier in versions:
        if earlier.major == old.major and library.document(earlier).reading.readable:
            comparison = _compared(library, earlier, file._replace(version=lineage.raised(old.rank, "major")), text)
            if comparison.required_bump == "major":
                return "major"
    return None


def _version(library: Library, subject: str, version: Version, schema: dict[str, Any], old: Any) -> tuple[Held, str]:
    """A version that holds the schema, named as the other versions of its subject are, and its text."""
    file = _path(library, subject, version)
    named = old.get("$id") if isinstance(old, dict) else None
    identifier = f"urn:govern:{subject}:{written(version)}"
    if isinstance(named, str):
        numbers = [part for part in (written(other.rank) for other in library.versions(subject)) if part in named]
        identifier = lineage.with_number(named, numbers[-1], written(version)) if numbers else identifier
    return file, json.dumps(governed(schema, identifier), indent=2, ensure_ascii=False) + "\n"


def _path(library: Library, subject: str, version: Version) -> Held:
    """Where a version of a subject belongs: beside the others, else into the first `schemas/` folder."""
    there = [shelf for shelf in library.shelves if (library.root / shelf / subject).is_dir()]
    shelf = [*there, *library.shelves, "schemas"][0]
    path = f"{shelf}/{subject}/{written(version)}.json" if shelf else f"{subject}/{written(version)}.json"
    file = held(path, [shelf])
    if file is None or not file.exact or file.subject != subject:
        raise Unable(f"{subject} is no subject; write it in lower case, such as event/order-placed")
    return file


class _WithOneMore:
    """The work tree with one more file in it."""

    def __init__(self, revision: Revision, path: str, data: bytes) -> None:
        self.name = revision.name
        self._revision, self._path, self._data = revision, path, data

    def paths(self) -> Sequence[str]:
        return sorted({*self._revision.paths(), self._path})

    def read(self, path: str) -> bytes:
        return self._data if path == self._path else self._revision.read(path)

    def fetch(self, paths: Iterable[str]) -> None:
        self._revision.fetch(path for path in paths if path != self._path)


def _compared(library: Library, old: Held, new: Held, text: str) -> Comparison:
    from govern.comparing.pair import compare_sources
    from govern.comparing.run import others
    from govern.comparing.words import Request, terms_for

    side = library.side
    new = new._replace(path=new.path.rpartition("/")[0] + "/model.schema.json")  # a name that no version has
    revision = _WithOneMore(side.revision, new.path, text.encode())
    now = Side(revision, library.shelves, matcher(()), lambda: others(library.session))
    terms = terms_for(Request(), library.session.config.table("compat"), old.subject, library.session.registry)
    try:
        return compare_sources(old, new, side, now, terms, accepted=())
    except Unusable as error:
        raise Unable(f"{old.name} and the model cannot be compared: {error}") from None


def _why(snapshot: Snapshot) -> str:
    if snapshot.old is None:
        return f"the first version of {snapshot.file.subject}"
    return _WHAT[snapshot.required].format(old=written(snapshot.old.rank)) + _witness(snapshot)


def _witness(snapshot: Snapshot) -> str:
    comparison = snapshot.comparison
    if comparison is None or snapshot.required != "major":
        return ""
    for direction in lineage.asked(comparison.mode):
        verdict = comparison.backward if direction == "backward" else comparison.forward
        if isinstance(verdict, Breaking):
            who = "the model refuses" if direction == "backward" else "its readers refuse"
            return f": {who} {json.dumps(verdict.witness, ensure_ascii=False)}"
        if verdict is not None and not isinstance(verdict, Compatible):
            return f", as far as can be told: {verdict.reason}"
    return ""


def _drift(library: Library, snapshot: Snapshot, model: str, mode: Mode) -> Iterable[Finding]:
    if snapshot.required == "none":
        return
    flags = "" if mode == "validation" else f" --mode {mode}"
    hint = f"run: govern schemas snapshot {model} --subject {snapshot.file.subject}{flags}"
    old = snapshot.old
    if old is None:
        message = f"{snapshot.file.subject} has no version yet that {model} could be held against"
        yield found(MODEL_DRIFT, snapshot.file.path, message, hint=hint, about=snapshot.file.subject)
        return
    changes = snapshot.comparison.changes if snapshot.comparison else ()
    said = [change.message for change in changes]
    what = f": {said[0]}" + (f", and {len(said) - 1} more changes" if len(said) > 1 else "") if said else ""
    message = f"{model} is not what {old.name} says{what}; it would be {written(snapshot.file.rank)}: {_why(snapshot)}"
    document = library.document(old)
    span = document.span(("$id",))
    site = next((change.old for change in changes if change.old), None)
    if site and site.path == old.path:
        span = span._replace(line=site.line, column=site.column, end_line=site.line, end_column=site.column + 1)
    finding = found(MODEL_DRIFT, old.path, message, span=span, hint=hint, about=snapshot.file.subject)
    yield finding._replace(pointer=site.pointer if site else "", schema=old.name)
