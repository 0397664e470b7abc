"""Findings → text. A format is a module with a function; to add one, write the module and its line in `FORMATS`."""

import importlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from govern.model.finding import Finding

FORMATS = {
    "full": "govern.report.full",
    "concise": "govern.report.concise",
    "json": "govern.report.json",
}


class Report(NamedTuple):
    """What there is to report: the findings, in order, and what was looked at.

    `line(path, number)` is the text of a line of a judged file; `shown(path)` is the path as the reader would type it.
    """

    findings: Sequence[Finding]
    files: int
    skipped: int
    seconds: float
    line: Callable[[str, int], str]
    shown: Callable[[str], str]
    color: bool = False

    @property
    def errors(self) -> int:
        return sum(1 for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def written(report: Report, name: str) -> str:
    """The report in the named format, ending in a line break unless it is empty."""
    render: Callable[[Report], str] = importlib.import_module(FORMATS[name]).render
    return render(report)
