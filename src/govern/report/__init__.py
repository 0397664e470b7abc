"""Findings → text. A format is a module with a function; to add one, write the module and its line in `FORMATS`."""

import importlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from govern.model.finding import Finding
from govern.model.rule import Rule

FORMATS = {
    "full": "govern.report.full",
    "concise": "govern.report.concise",
    "json": "govern.report.json",
    "sarif": "govern.report.sarif",
    "github": "govern.report.github",
    "gitlab": "govern.report.gitlab",
    "junit": "govern.report.junit",
    "markdown": "govern.report.markdown",
}


def _no_rule(name: str) -> Rule | None:
    return None


class Report(NamedTuple):
    """What there is to report: the findings, in order, and what was looked at.

    `line(path, number)` is the text of a line of a judged file; `shown(path)` is the path as the reader would type it;
    `rule(id)` is what is known of a rule. `width` is how many columns the reader sees. `command` is what was run.
    """

    findings: Sequence[Finding]
    files: int
    skipped: int
    seconds: float
    line: Callable[[str, int], str]
    shown: Callable[[str], str]
    color: bool = False
    width: int = 120
    rule: Callable[[str], Rule | None] = _no_rule
    command: str = "govern check"

    @property
    def errors(self) -> int:
        return sum(finding.mistakes for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> int:
        return sum(finding.mistakes for finding in self.findings) - self.errors


def written(report: Report, name: str) -> str:
    """The report in the named format, ending in a line break unless it is empty."""
    render: Callable[[Report], str] = importlib.import_module(FORMATS[name]).render
    return render(report)


def summary(report: Report) -> str:
    """The whole report in one line."""
    skipped = f", {report.skipped} skipped" if report.skipped else ""
    files = f"{counted(report.files, 'file')} judged{skipped}"
    if not report.findings:
        return f"nothing to report: {files}" if report.files else f"nothing to judge: {files}"
    bad = len({finding.path for finding in report.findings})
    fixable = sum(1 for finding in report.findings if finding.fix)
    mend = f"; govern check --fix mends {fixable}" if fixable else ""
    totals = [(report.errors, "error"), (report.warnings, "warning")]
    said = ", ".join(counted(number, thing) for number, thing in totals if number)
    return f"{said} in {counted(bad, 'file')}; {files}{mend}"


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "file"), counted(10_000, "file")
    ('1 file', '10,000 files')
    """
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
