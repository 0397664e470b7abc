"""What the commands' arguments have in common, and how a report reaches its reader."""

import argparse
import os
import sys
from pathlib import Path

from govern.report import FORMATS, Report, written


def parser(command: str, usage: str, description: str) -> argparse.ArgumentParser:
    """A parser with the options that every command has."""
    result = argparse.ArgumentParser(
        prog=f"govern {command}",
        usage=f"govern {command} {usage}",
        description=description,
        # told the width, argparse does not import shutil to ask for it: 2 ms at every start, help or not
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=98),
    )
    common = result.add_argument_group("output")
    common.add_argument(
        "--format",
        choices=["auto", *FORMATS],
        default="auto",
        help="auto: full on a terminal and under pre-commit, github in GitHub Actions, concise elsewhere",
    )
    common.add_argument("-o", "--output", metavar="FILE", help="write the report to FILE")
    common.add_argument("--color", choices=["auto", "always", "never"], default="auto")
    common.add_argument("-q", "--quiet", action="store_true", help="no summary")
    common.add_argument("-v", "--verbose", action="store_true", help="say what was judged by what")
    common.add_argument("--config", metavar="FILE", type=Path, help="use this govern.toml")
    common.add_argument("--exit-zero", action="store_true", help="exit with 0 even when there are findings")
    return result


def format_of(options: argparse.Namespace) -> str:
    """The format that is meant."""
    if options.format != "auto":
        return str(options.format)
    if options.output is not None:
        return "concise"
    if sys.stdout.isatty():
        return "full"
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "full" if os.environ.get("PRE_COMMIT") else "concise"


def colored(options: argparse.Namespace) -> bool:
    """`--color`, then NO_COLOR, then FORCE_COLOR, then whether a terminal reads."""
    if options.color != "auto":
        return bool(options.color == "always")
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return options.output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def columns(options: argparse.Namespace) -> int:
    """How many columns the reader sees; 120 where no terminal says."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 120 if options.output is None else 120
    except (OSError, ValueError):
        return 120


def deliver(report: Report, options: argparse.Namespace, text: str | None = None) -> None:
    """The report to its file or to standard output, and in GitHub Actions to the job's summary too.

    `text` is what is written where the format's own words do not say it all.
    """
    name = format_of(options)
    text = written(report, name) if text is None else text
    try:
        if options.output is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            Path(options.output).write_text(text, encoding="utf-8")
    except BrokenPipeError:
        raise
    except OSError as error:
        from govern.session import Unable

        reason = (error.strerror or str(error)).lower()
        where = options.output or "standard output"
        raise Unable(f"the report cannot be written to {where}: {reason}") from None
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if name == "github" and place and report.findings:
        _add_to_job_summary(report, Path(place))


def _add_to_job_summary(report: Report, place: Path) -> None:
    from govern.report.markdown import JOB_SUMMARY, table

    try:
        with place.open("a", encoding="utf-8") as file:
            file.write(table(report, JOB_SUMMARY) + "\n")
    except OSError as error:
        # the findings are in the log all the same
        reason = (error.strerror or str(error)).lower()
        print(f"govern: the job summary cannot be written to {place}: {reason}", file=sys.stderr)
