"""`govern schemas freeze`: record published versions, so that an edit of one is noticed."""

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from govern.cli.options import deliver, format_of, parser
from govern.cli.schemas.library import Library, Lock, report_of
from govern.cli.schemas.lint import lock_findings
from govern.comparing.weighing import counting
from govern.compat.versions import freeze
from govern.model.finding import Finding
from govern.report import counted, summary
from govern.session import session_for

USAGE = "[--check] [SUBJECT[@VERSION]...]"
DESCRIPTION = """Record versions as published: govern.lock.json, in each schemas/ folder, holds the SHA-256 of every one
without its annotations. From then on an edit of one is an error; a new version is not. Without a SUBJECT: every version
that is not recorded yet."""


def run(arguments: Sequence[str]) -> int:
    """Freeze, or compare with what is frozen; the exit code."""
    options_parser = parser("schemas freeze", USAGE, DESCRIPTION)
    options_parser.add_argument("names", nargs="*", metavar="SUBJECT", help="such as event/order-placed, event/*@1")
    options_parser.add_argument("--check", action="store_true", help="change nothing; report what was edited")
    options = options_parser.parse_args(arguments)
    started = time.monotonic()
    here = Path.cwd()
    library = Library(session_for([], here, config=options.config))
    files = [file for file in library.chosen(options.names, here) if file.exact]
    locks = library.locks(files)
    findings = counting(library.session, _findings(locks, complete=not options.names), "schemas/")
    report = report_of("freeze", library, findings, len(files), started, options)
    deliver(report, options)
    if not options.quiet and format_of(options) != "json" and (findings or options.check):
        print(summary(report), file=sys.stderr)
    if report.errors:
        return int(not options.exit_zero)
    if not options.check:
        for lock in locks:
            _write(lock, library, quiet=options.quiet)
    return 0


def _findings(locks: Sequence[Lock], *, complete: bool) -> Iterator[Finding]:
    for lock in locks:
        for version in lock.published:
            yield from version.document.reading.findings
        yield from lock_findings(lock, complete=complete)


def _write(lock: Lock, library: Library, *, quiet: bool) -> None:
    held = lock.document.value if lock.document else {}
    added = freeze.unfrozen(held, lock.published)
    text = freeze.text(freeze.frozen(held, lock.published))
    if added and (lock.document is None or lock.document.text != text):
        library.write(lock.path, text)
    if not quiet:
        names = ", ".join(version.name for version in added)
        said = f"{lock.path} holds {counted(len(held), 'version')} already, and nothing new was named"
        print(f"froze {names} in {lock.path}" if added else said, file=sys.stderr)
