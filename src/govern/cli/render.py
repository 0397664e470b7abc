"""`govern render`: fill templates, and keep what came of them in step."""

import argparse
import os
import posixpath
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from govern.cli.options import colored, columns, deliver, format_of, parser
from govern.filling import run as filling
from govern.filling import standing
from govern.filling.given import configured, from_environment, from_files, from_words
from govern.filling.library import NoTemplate, Templates
from govern.filling.plan import Order, planned
from govern.filling.run import Outcome
from govern.model.finding import Finding, order
from govern.rendering.tokens import Delimiters
from govern.rendering.values import Source
from govern.report import Report
from govern.session import Session, Unable, session_for
from govern.workspace.files import Unreadable, contents

USAGE = (
    "[TEMPLATE...] [--to PATH|-] [--set K=V] [--values FILE] [--check] [--diff] [--list-vars]\n"
    "                     [--delimiters '<<' '>>'] [--force]"
)
DESCRIPTION = """Fill templates with values. Without a TEMPLATE: every [[render]] of the configuration, recorded in
govern.lock, so that --check can tell what was edited and what is behind. A TEMPLATE is KIND/NAME, KIND/NAME@MAJOR,
KIND/NAME@1.2.0, or the path of any file or folder."""

REFERENCE = """tokens:
  <<NAME>> in upper case, without blanks; \\<<NAME>> writes the token itself. A value is never read again as a template.
  A manifest beside the template, NAME.template.yaml, or template.yaml in a folder, declares the holes: each is a JSON
  Schema with description, example, default, required and secret. Without one every token is a required string.

values, the first that has one:
  --set, --values (the last file first), GOVERN_VALUE_NAME, values of the [[render]] entry, [values], the default.
  In words, such as --set, a list is a,b,c or a JSON array.

where a value stands:
  YAML, JSON, front matter   it loads back as exactly itself, quoted and escaped as need be
  text of markdown           as it is, further lines indented; a list alone in its line: an item a line
  code, headings, comments   as it is; what would end them is refused
  links                      percent-encoded in the destination, brackets escaped in the text
  rows of tables             with | escaped
  any other file             as it is, without control characters

states of a recorded file: current, edited, behind, edited and behind, missing, not recorded, orphaned. An edited file
is never overwritten: it is merged with the new text (git merge-file), or left alone; --force gives the edit up."""


def run(arguments: Sequence[str]) -> int:
    """Render; the exit code."""
    options = _options(arguments)
    started = time.monotonic()
    here = Path.cwd()
    session = session_for([], here, config=options.config)
    sources, findings = _sources(options, session, here)
    orders, complete = _orders(options, session, here)
    if options.check and complete and not _is_touched(session, orders):
        return 0
    try:
        if options.list_vars:
            from govern.cli.holes import show

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


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    result = parser("render", USAGE, DESCRIPTION)
    result.epilog = REFERENCE
    result.formatter_class = lambda prog: argparse.RawDescriptionHelpFormatter(prog, width=98)
    result.add_argument("templates", nargs="*", metavar="TEMPLATE", help="a template's name, a file or a folder")
    result.add_argument("--to", metavar="PATH", help="write this file, or into this folder; - for standard output")
    result.add_argument("--set", action="append", default=[], metavar="K=V", help="the value of one hole")
    result.add_argument(
        "--values", action="append", default=[], metavar="FILE", help="values from a YAML, JSON or TOML file"
    )
    result.add_argument("--check", action="store_true", help="write nothing; say what was edited and what is behind")
    result.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    result.add_argument("--list-vars", action="store_true", help="show each hole, its value and where it is used")
    result.add_argument(
        "--delimiters", nargs=2, metavar=("OPENING", "CLOSING"), help="what stands around the name of a hole"
    )
    result.add_argument("--force", action="store_true", help="overwrite what others wrote or edited")
    options = result.parse_args(arguments)
    for word in options.set:
        if "=" not in word:
            result.error(f"--set {word}: write NAME=VALUE")
    for word in options.delimiters or ():
        if not word or any(char.isspace() or char.isalnum() or char in "_\\" for char in word):
            result.error(f"--delimiters {word!r}: letters, digits, blanks, _ and \\ cannot delimit a name")
    if options.to and not options.templates:
        result.error("--to needs a TEMPLATE; without one the configuration says what is rendered where")
    if options.to == "-" and (options.check or options.diff or len(options.templates) > 1):
        result.error("--to - takes one TEMPLATE, no --check and no --diff")
    return options


def _sources(options: argparse.Namespace, session: Session, here: Path) -> tuple[list[Source], list[Finding]]:
    """Where values come from, the first counts; what is wrong with files of them."""
    files, findings = from_files(options.values, here, session.root)
    environment = from_environment(os.environ)
    return [from_words(options.set), *files, environment, configured(session.config)], findings


def _orders(options: argparse.Namespace, session: Session, here: Path) -> tuple[list[Order], bool]:
    """What is to be rendered, and whether that is all that the configuration asks for."""
    from govern.filling.given import entries

    delimiters = Delimiters(*options.delimiters) if options.delimiters else None
    configured_orders = entries(session.config, session.root, delimiters)
    if not options.templates:
        if not configured_orders and not options.list_vars and not options.check:
            print("govern render: the configuration has no [[render]]; name a TEMPLATE, and --to PATH", file=sys.stderr)
        return configured_orders, True
    orders: list[Order] = []
    for name in options.templates:
        if options.to is not None or options.list_vars:
            orders.append(Order(name, _to(options, session, here), here, delimiters=delimiters))
            continue
        meant = [order for order in configured_orders if name in (order.template, order.to)]
        if not meant:
            raise Unable(f"say where {name} is to be rendered: --to PATH, or --to - for standard output")
        orders += meant
    return orders, False


def _is_touched(session: Session, orders: Sequence[Order]) -> bool:
    """In a hook of a commit: does it change anything that rendered files depend on? Anywhere else everything counts,
    and so it does where nothing is staged, as in CI.
    """
    from govern.filling.given import concerns
    from govern.workspace.git import GitError, staged
    from govern.workspace.revisions import in_hook

    if not in_hook(os.environ):
        return True
    try:
        changes = staged(session.root)
    except GitError as error:
        raise Unable(str(error)) from None
    return not changes or any(concerns(path, orders) for _, path in changes)


def _to(options: argparse.Namespace, session: Session, here: Path) -> str | None:
    """The target of a template that is named, below the root; None for standard output."""
    to = options.to
    if to is None or to == "-":
        return None
    if to.startswith("/") or ".." in to.split("/"):
        return str(to)  # refused further on, with all that is wrong
    base = here.relative_to(session.root).as_posix() if here != session.root else ""
    path = posixpath.normpath(posixpath.join(base, to))
    return path + "/" if len(options.templates) > 1 or to.endswith("/") else path


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
    from govern.cli import drifted

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
