"""`govern render`: fill templates, and keep what came of them in step."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from govern.cli.options import colored, columns, deliver, format_of
from govern.cli.render.options import is_touched, options_of, orders_of, sources_of
from govern.filling import run as filling
from govern.filling import standing
from govern.filling.library import NoTemplate, Templates
from govern.filling.plan import Order, planned
from govern.filling.run import Outcome
from govern.model.finding import Finding, order
from govern.rendering.values import Source
from govern.report import Report
from govern.session import Session, Unable, session_for
from govern.workspace.files import Unreadable, contents


def run(arguments: Sequence[str]) -> int:
    """Render; the exit code."""
    options = options_of(arguments)
    started = time.monotonic()
    here = Path.cwd()
    session = session_for([], here, config=options.config)
    sources, findings = sources_of(options, session, here)
    orders, complete = orders_of(options, session, here)
    if options.check and complete and not is_touched(session, orders):
        return 0
    try:
        if options.list_vars:
            from govern.cli.render.holes import show

            return show(session, Templates(session.registry), orders, sources, options)
        if options.to == "-":
            return _to_stdout(session, orders, sources, findings, options, started)
        outcome = filling.render(session, orders, sources, check=options.check, force=options.force, complete=complete)
    except NoTemplate as error:
        raise Unable(str(error)) from None
    except Unreadable as error:
        raise Unable(f"the template cannot be read: {error}") from None
    outcome = outcome._replace(findings=[*findings, *outcome.findings])
    return _finish(session, outcome, options, started, here)


def _to_stdout(
    session: Session,
    orders: Sequence[Order],
    sources: Sequence[Source],
    findings: list[Finding],
    options: argparse.Namespace,
    started: float,
) -> int:
    library = Templates(session.registry)
    plan = planned(library, orders, sources, session.root, lambda some: filling.weigh(session, some, library))
    found = [*findings, *plan.findings]
    if len(plan.targets) > 1:
        raise Unable(f"{orders[0].template} is a folder of several files: name a folder, --to PATH")
    for target in plan.targets:
        if not any(finding.severity == "error" for finding in found):
            found += filling.judged_alone(session, target)
    weighed = order(filling.weigh(session, found, library))
    failed = any(finding.severity == "error" for finding in weighed)
    if not failed:
        sys.stdout.flush()
        sys.stdout.buffer.write(plan.targets[0].data)
        sys.stdout.buffer.flush()
    if weighed:
        report = _report(session, weighed, len(plan.targets), options, started, library, Path.cwd(), {})
        text = None if options.output else _on_stderr(report, options)
        if text is None:
            deliver(report, options)
    return int(failed and not options.exit_zero)


def _on_stderr(report: Report, options: argparse.Namespace) -> str:
    """Standard output is the rendered text's: the report goes to standard error."""
    from govern.report import written

    text = written(report, format_of(options))
    sys.stderr.write(text)
    return text


def _finish(session: Session, outcome: Outcome, options: argparse.Namespace, started: float, here: Path) -> int:
    from govern.cli.render import drifted

    writing = not (options.check or options.diff)
    if writing and not outcome.failed:
        filling.write(session, outcome)
        conflicts = [finding for each in outcome.standings if each.conflicts for finding in standing.conflicts(each)]
        outcome = outcome._replace(findings=[*outcome.findings, *filling.weigh(session, conflicts, outcome.library)])
    pending = {each.path: each.new for each in outcome.changes() if each.new is not None}
    files = len(outcome.standings)
    report = _report(session, outcome.findings, files, options, started, outcome.library, here, pending)
    diff = drifted.differences(outcome, check=options.check) if options.diff or options.check else ""
    text = None
    if format_of(options) == "json":
        text = drifted.as_json(report, outcome, check=options.check, wrote=writing and not report.errors)
    deliver(report, options, text)
    if diff and options.output is None and format_of(options) in ("full", "concise"):
        sys.stdout.write(diff)
    if not options.quiet:
        for line in drifted.said(outcome, report, writing=writing, check=options.check, verbose=options.verbose):
            print(line, file=sys.stderr)
    changed = options.diff and bool(outcome.changes())
    return int((report.errors > 0 or changed) and not options.exit_zero)


def _report(
    session: Session,
    findings: Sequence[Finding],
    files: int,
    options: argparse.Namespace,
    started: float,
    library: Templates,
    here: Path,
    pending: dict[str, bytes],
) -> Report:
    from govern.cli.check import _rule, _shown

    return Report(
        findings,
        files,
        0,
        time.monotonic() - started,
        _lines(session, library, pending),
        _shown(session.root, here),
        colored(options),
        columns(options),
        _rule(session),
        "govern render",
    )


def _lines(session: Session, library: Templates, pending: dict[str, bytes]) -> Callable[[str, int], str]:
    """A reader of source lines: of templates, of what is about to be written, and of files."""
    texts = library.texts()
    known: dict[str, list[str]] = {}

    def line(path: str, number: int) -> str:
        if path not in known:
            if path in texts:
                text = texts[path]
            else:
                try:
                    data = pending[path] if path in pending else contents(session.root / path)
                except (Unreadable, ValueError):
                    data = b""
                text = data.decode("utf-8-sig", "replace")
            known[path] = text.split("\n")
        lines = known[path]
        return lines[number - 1].removesuffix("\r") if number <= len(lines) else ""

    return line
