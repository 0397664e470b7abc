"""`govern check`: judge documents, and mend what is certain."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from govern.cli.options import colored, columns, deliver, format_of, parser
from govern.model.rule import Rule
from govern.report import Report, summary
from govern.session import Session, Unable, session_for
from govern.workspace.files import Unreadable, contents
from govern.workspace.git import GitError, changed_since, staged
from govern.workspace.lines import ENDINGS
from govern.workspace.named import expand

USAGE = "[PATH...] [--as KIND[@MAJOR]] [--fix] [--diff] [--since REF] [--stdin-filename P]"
DESCRIPTION = """Judge documents by the schema and the rules of their kind. Without a PATH: all files that git tracks.
A folder means the tracked files below it."""


def run(arguments: Sequence[str]) -> int:
    """Judge; the exit code."""
    options = _options(arguments)
    started = time.monotonic()
    here = Path.cwd()
    session = session_for(options.paths, here, config=options.config)
    paths, complete = _paths(options, session, here)
    if paths is None:
        return 0
    data = sys.stdin.buffer.read() if options.stdin_filename else None
    if options.fix or options.diff:
        from govern.cli.mend import mend

        changed = mend(session, paths, named=options.named, diff=options.diff, data=data)
        if options.diff:
            return int(changed and not options.exit_zero)
        if changed:
            session = session_for(options.paths, here, config=options.config)
    progress = _progress(len(paths)) if sys.stderr.isatty() and not options.quiet else None
    outcome = session.check(
        paths, named=options.named, complete=complete, only_references=options.references, data=data, progress=progress
    )
    report = Report(
        outcome.findings,
        outcome.files,
        outcome.skipped,
        time.monotonic() - started,
        _lines(session, paths[0] if data is not None else None, data),
        _shown(session.root, here),
        colored(options),
        columns(options),
        _rule(session),
    )
    deliver(report, options)
    if options.verbose:
        for path, schema in outcome.schemas.items():
            print(f"{report.shown(path)} is judged by {schema}", file=sys.stderr)
    if not options.quiet and format_of(options) != "json":
        print(summary(report), file=sys.stderr)
    if options.paths and outcome.unreadable and outcome.unreadable == outcome.files:
        raise Unable("none of the named files could be read")
    return int(report.errors > 0 and not options.exit_zero)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    result = parser("check", USAGE, DESCRIPTION)
    result.add_argument("paths", nargs="*", metavar="PATH", help="a file or a folder")
    result.add_argument(
        "--as", dest="named", metavar="KIND[@MAJOR]", help="judge the files as this kind, whatever they are called"
    )
    result.add_argument("--fix", action="store_true", help="mend what is certain")
    result.add_argument("--diff", action="store_true", help="show what --fix would do, and change nothing")
    result.add_argument("--since", metavar="REF", help="only files that differ from the merge base with REF")
    result.add_argument("--stdin-filename", metavar="P", help="judge standard input as if it were the file P")
    result.add_argument(
        "--references",
        action="store_true",
        help="only rules between documents, at once where nothing governed is staged",
    )
    options = result.parse_args(arguments)
    if options.stdin_filename and (options.paths or options.since or options.fix):
        result.error("--stdin-filename takes no PATH, no --since and no --fix")
    if options.since and options.paths:
        result.error("--since chooses the files itself: leave out PATH")
    return options


def _paths(options: argparse.Namespace, session: Session, here: Path) -> tuple[list[str] | None, bool]:
    """The files to judge, and whether these are all; None where there is nothing to do."""
    repository = session.repository
    if options.stdin_filename:
        full = Path(os.path.normpath(here / options.stdin_filename))
        inside = session.root in full.parents
        return [full.relative_to(session.root).as_posix() if inside else str(full)], False
    try:
        if options.references and not options.paths and not _touched(session):
            return None, False
        if options.since:
            return changed_since(session.root, options.since), False
    except GitError as error:
        raise Unable(str(error)) from None
    if not options.paths:
        return repository.paths, True
    paths, missing = expand(session.root, options.paths, repository.paths, here)
    if missing:
        raise Unable(f"{', '.join(missing)}: no such file or folder")
    return paths, False


def _touched(session: Session) -> bool:
    """Is anything staged that a rule between documents may look at, or anything removed that they may refer to?

    With nothing staged at all, as in CI, everything is looked at.
    """
    changes = staged(session.root)
    return not changes or any(letter == "D" or session.repository.concerns(path) for letter, path in changes)


def _lines(session: Session, stdin_path: str | None, data: bytes | None) -> Callable[[str, int], str]:
    """A reader of source lines that keeps the last file only."""
    last_path, last_lines = "", [""]
    source: Any = None

    def line(path: str, number: int) -> str:
        nonlocal last_path, last_lines, source
        if path.endswith(ENDINGS):  # which may be too long to be kept
            if source is None or source.path != session.root / path:
                from govern.cli.source import Source

                source = Source(session.root / path, data if path == stdin_path else None)
            return str(source.line(number))
        if last_path != path:
            last_path = path
            try:
                raw = data if path == stdin_path and data is not None else contents(session.root / path)
                last_lines = raw.decode("utf-8-sig", "replace").split("\n")
            except (Unreadable, ValueError):
                last_lines = [""]
        return last_lines[number - 1].removesuffix("\r") if number <= len(last_lines) else ""

    return line


def _shown(root: Path, here: Path) -> Callable[[str], str]:
    """Paths as the reader would type them: relative to the folder they stand in."""
    if here == root:
        return str
    return lambda path: os.path.relpath(root / path, here) if (root / path).exists() else path


def _rule(session: Session) -> Callable[[str], Rule | None]:
    """What is known of a rule, looked up when a format asks."""

    known: dict[str, Rule] = {}

    def rule(name: str) -> Rule | None:
        from govern.catalogue import catalogue

        if not known:
            known.update(catalogue(session.registry.kinds.values()))
        return known.get(name)

    return rule


def _progress(total: int) -> Callable[[float], None]:
    """A bar on standard error once the work has taken a second."""
    started = shown = time.monotonic()

    def progress(done: float) -> None:
        nonlocal shown
        now = time.monotonic()
        if done < total and now - started > 1 and now - shown > 0.1:
            shown = now
            filled = int(30 * done / total)
            said = f"{int(done)}/{total}" if total > 1 else f"{int(100 * done)} %"
            print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {said}\x1b[K", end="", file=sys.stderr, flush=True)
        if done >= total and shown != started:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    return progress
