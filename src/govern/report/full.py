"""Findings for people: the line, a caret under the place, what to do about it."""

import unicodedata

from govern.model.finding import Finding
from govern.report import Report
from govern.report.concise import BOLD, DIM, PLAIN, clean, lines

MAX_WIDTH = 120  # columns of a source line that are shown, around the place


def render(report: Report) -> str:
    """The findings, each with its source line."""
    parts = []
    for finding, head in zip(report.findings, lines(report), strict=True):
        parts.append(head + "\n" + _source(finding, report) + _advice(finding, report))
    return "\n".join(parts)


def _source(finding: Finding, report: Report) -> str:
    text = report.line(finding.path, finding.span.line)
    if not text.strip():
        return ""
    span = finding.span
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(text.rstrip())
    end = min(max(end, start + 1), max(len(text), start + 1))
    first = max(0, start - MAX_WIDTH // 2) if len(text) > MAX_WIDTH else 0
    shown = text[first : first + MAX_WIDTH]
    before = clean(shown[: start - first].replace("\t", " "))
    marked = clean(shown[start - first : end - first].replace("\t", " ")) or " "
    after = clean(shown[end - first :].replace("\t", " "))
    left, right = "…" if first else "", "…" if first + MAX_WIDTH < len(text) else ""
    number = str(span.line)
    gutter = " " * len(number)
    dim, bold, plain = (DIM, BOLD, PLAIN) if report.color else ("", "", "")
    source = f"  {dim}{number} |{plain} {left}{before}{bold}{marked}{plain}{after}{right}\n"
    return (
        source + f"  {dim}{gutter} |{plain} {' ' * _width(left + before)}{bold}{'^' * max(_width(marked), 1)}{plain}\n"
    )


def _advice(finding: Finding, report: Report) -> str:
    dim, plain = (DIM, PLAIN) if report.color else ("", "")
    advice = ""
    if finding.hint:
        advice = f"  {dim}hint:{plain} {clean(finding.hint)}\n"
    if finding.fix:
        advice += f"  {dim}fix:{plain} {clean(finding.fix.title)} (govern check --fix does it)\n"
    return advice


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    wide = sum(1 for char in text if unicodedata.east_asian_width(char) in "WF")
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))
