"""Findings to report: ordinary ones, and such as no file should ever lead to."""

from collections.abc import Sequence

from govern.model.finding import Edit, Finding, Fix
from govern.model.location import FILE, Span
from govern.report import Report

TEXT = "id: seven\nstatus: doing\n\ttab: 'x'\nnaïve: 日本語 wrong\n"

ENUM = Finding(
    "TASKS/7.md",
    Span(2, 9, 2, 14),
    "schema/enum",
    "error",
    'status is "doing", expected one of todo, active',
    "/status",
    "did you mean todo?",
    Fix("write todo", (Edit(Span(2, 9, 2, 14), "todo"),)),
    "task",
    "task@2.0.0",
    "doing",
)
WARNING = Finding("TASKS/7.md", Span(1, 1, 3, 4), "task/prompt-leftover", "warning", "a prompt was never answered")
UNREADABLE = Finding("gone.md", FILE, "file/unreadable", "error", "the file cannot be opened: it does not exist")
HOSTILE = Finding(
    "a b/é,:%|`<&\"'\x1b[2J\n::error::.md",
    Span(1, 1, 1, 2),
    "x/y",
    "error",
    "a|b `c` <b>&amp;</b> ]]> %0A ::error::, \x00\x07\x1b[31m\r\n\x85\u2028\ufffe\ud800"
    " @ada #7 \\| [x](y) **z** \U0001f600",
    "/a~1b",
    "hint: `x` | ::set-output name=a::b%25 \x08",
)


def report(
    findings: Sequence[Finding], *, files: int = 3, text: str = TEXT, color: bool = False, width: int = 120
) -> Report:
    """A report about files that all hold `text`."""

    def line(path: str, number: int) -> str:
        lines = text.split("\n")
        return lines[number - 1].removesuffix("\r") if number <= len(lines) else ""

    return Report(findings, files, 1, 0.25, line, str, color, width)
