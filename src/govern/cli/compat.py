"""`govern compat`: say whether a new version of a schema breaks its consumers, and prove it."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from govern.cli.options import colored, columns, deliver, format_of, parser
from govern.cli.startup import prepare
from govern.comparing import Outcome, Request, run_files, run_repository
from govern.model.rule import Rule
from govern.report import Report, written
from govern.workspace.revisions import in_hook

USAGE = """[SUBJECT...] | OLD NEW
       [--against git:REF|version:V|path:P] [--mode MODE] [--open-content lenient|strict]
       [--formats assert|annotate] [--data GLOB] [--staged] [--bump] [--accept ID --reason T [--until D]]"""
DESCRIPTION = """Compare schemas with what they were: which values does the new version refuse that the old one admits?
Without a SUBJECT: all schemas that differ from the branch that this one goes to. Two files that exist are compared
with each other."""
MODES = [f"{mode}{ending}" for mode in ("backward", "forward", "full") for ending in ("", "-transitive")]


def run(arguments: Sequence[str]) -> int:
    """Compare; the exit code."""
    options = _options(arguments)
    started = time.monotonic()
    here = Path.cwd()
    request = Request(
        options.subjects,
        options.against,
        options.mode,
        options.open_content,
        options.formats,
        options.data,
        options.staged or (in_hook(os.environ) and not options.bump),
        options.config,
    )
    outcome = _outcome(request, here)
    if options.bump or options.accept:
        from govern.cli import settle

        if options.accept:
            settle.accept(outcome, options.accept, options.reason, options.until)
        else:
            settle.bump(outcome)
        outcome = _outcome(request, here)
    return _reported(outcome, options, started, here)


def _reported(outcome: Outcome, options: argparse.Namespace, started: float, here: Path) -> int:
    name = format_of(options)
    if not outcome.results and not outcome.findings and name in ("full", "concise"):
        if not options.quiet:
            print(outcome.against, file=sys.stderr)
        deliver(_report(outcome, options, started, here), options, "")
        return 0
    from govern.report.comparison import Account, as_json, summary, text, verdict_of

    accounts = [
        Account(each.comparison, each.has_risen, each.findings, each.data, outcome.named) for each in outcome.results
    ]
    report = _report(outcome, options, started, here)
    if name in ("full", "concise"):
        body = text(accounts, report, name)
    else:
        body = as_json(accounts, report, outcome.against) if name == "json" else written(report, name)
    deliver(report, options, body)
    if options.verbose:
        for account in accounts:
            subject = account.comparison.subject
            print(
                f"{report.shown(subject) if outcome.named else subject} is judged {account.comparison.mode}",
                file=sys.stderr,
            )
    if not options.quiet and name != "json":
        print(summary(accounts, report, outcome.against), file=sys.stderr)
    # A waiver may say that a break is known; between two files that somebody names it stays one.
    is_broken = outcome.named and any(verdict_of(each.comparison) != "compatible" for each in accounts)
    return int((report.errors > 0 or is_broken) and not options.exit_zero)


def _report(outcome: Outcome, options: argparse.Namespace, started: float, here: Path) -> Report:
    return Report(
        outcome.findings,
        len({each.new.path for each in outcome.results}),
        0,
        time.monotonic() - started,
        outcome.line,
        _shown(outcome.root, here),
        colored(options),
        columns(options),
        _rule,
        "govern compat",
    )


def _outcome(request: Request, here: Path) -> Outcome:
    names = request.subjects
    if len(names) == 2 and all((here / name).is_file() for name in names) and not request.against:
        prepare()
        return run_files(names[0], names[1], request, here)
    return run_repository(request, here, prepare)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    result = parser("compat", USAGE, DESCRIPTION)
    add = result.add_argument
    add("subjects", nargs="*", metavar="SUBJECT", help="such as event/order-placed, or its file; or two files, OLD NEW")
    add("--against", metavar="WHAT", help="git:REF (or REF), version:V, path:P (a folder or a file): the old versions")
    add("--mode", choices=MODES, metavar="MODE", help=f"who must not break: {', '.join(MODES)}")
    add("--open-content", choices=["lenient", "strict"], help="lenient: producers send only what they declare")
    add("--formats", choices=["assert", "annotate"], help="whether `format` refuses anything")
    add("--data", metavar="GLOB", help="documents to try both versions on; else the subject's examples")
    add("--staged", action="store_true", help="judge what is staged, as hooks do")
    add("--bump", action="store_true", help="write changed schemas as the versions that they must be")
    add("--accept", metavar="ID", help="let one change pass: write a waiver into govern.toml")
    add("--reason", metavar="TEXT", help="why it may pass")
    add("--until", metavar="DATE", help="the last day it may pass (YYYY-MM-DD)")
    options = result.parse_args(arguments)
    if options.accept and not (options.reason and options.reason.strip()):
        result.error("--accept needs --reason: a waiver without one cannot be reviewed")
    if not options.accept and (options.reason or options.until):
        result.error("--reason and --until go with --accept")
    if options.bump and (options.accept or options.staged):
        result.error("--bump writes to the work tree: leave out --accept and --staged")
    return options


def _shown(root: Path, here: Path) -> Callable[[str], str]:
    """Paths as the reader would type them: relative to the folder they stand in."""
    return str if here == root else lambda path: path if path.startswith("/") else os.path.relpath(root / path, here)


def _rule(name: str) -> Rule | None:
    """What is known of a rule, looked up when a format asks."""
    from govern.catalogue import catalogue

    return catalogue().get(name)
