"""Findings as a markdown table, for the comment on a pull request or the summary of a job."""

import re

from govern.model.finding import Finding
from govern.report import Report, counted, summary
from govern.report.concise import clean

COMMENT = 60_000  # bytes; GitHub refuses comments of more than 65,536 characters
JOB_SUMMARY = (
    250_000  # bytes; GitHub refuses more than 1 MiB for a step, and other commands of the step write there too
)

# What markdown or HTML could take for markup inside a table's cell. As numeric entities they never are.
# An underscore inside a word is none; `@name` would notify a person and `#7` link an issue, as entities too.
_MARKUP = re.compile(r"[\\`*{}\[\]<>&|~$!]|(?<![^\W_])_|_(?![^\W_])|[@#](?=\w)")


def render(report: Report) -> str:
    """A heading, and a row for each finding as far as a comment can hold them."""
    return table(report, COMMENT)


def table(report: Report, limit: int) -> str:
    """The same in at most about `limit` bytes; a last line counts the findings that found no room."""
    head = f"**govern check**: {_text(summary(report))}\n"
    if not report.findings:
        return head
    parts = [head, "\n| | Where | What | Rule |\n|---|---|---|---|\n"]
    room = limit - sum(len(part.encode()) for part in parts) - 100  # for the last line
    for index, finding in enumerate(report.findings):
        row = _row(finding, report.shown(finding.path))
        room -= len(row.encode())
        if room < 0:
            parts.append(f"\nand {counted(len(report.findings) - index, 'more finding')}\n")
            break
        parts.append(row)
    return "".join(parts)


def _row(finding: Finding, path: str) -> str:
    what = _text(finding.message)
    if finding.hint:
        what += f"<br>hint: {_text(finding.hint)}"
    if finding.fix:
        what += f"<br>fix: {_text(finding.fix.title)} (<code>govern check --fix</code>)"
    where = f"<code>{_text(f'{path}:{finding.span.line}:{finding.span.column}')}</code>"
    return f"| {finding.severity} | {where} | {what} | <code>{_text(finding.rule)}</code> |\n"


def _text(text: str) -> str:
    """`text` as it will be shown, whatever it holds.

    >>> _text("a|b `c` @ada")
    'a&#124;b &#96;c&#96; @&#8203;ada'
    """
    return _MARKUP.sub(lambda match: f"{match[0]}&#8203;" if match[0] in "@#" else f"&#{ord(match[0])};", clean(text))
