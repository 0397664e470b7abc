"""One line a finding: `path:line:column: severity: message [rule]`."""

from govern.report import Report

RED, YELLOW, BOLD, DIM, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


def render(report: Report) -> str:
    """The findings, one line each."""
    return "".join(line + "\n" for line in lines(report))


def lines(report: Report) -> list[str]:
    """The line of each finding, in order."""
    result = []
    for finding in report.findings:
        place = f"{clean(report.shown(finding.path))}:{finding.span.line}:{finding.span.column}:"
        severity, message, rule = f"{finding.severity}:", clean(finding.message), f"[{finding.rule}]"
        if report.color:
            tint = RED if finding.severity == "error" else YELLOW
            place, severity, rule = f"{BOLD}{place}{PLAIN}", f"{tint}{severity}{PLAIN}", f"{DIM}{rule}{PLAIN}"
        result.append(f"{place} {severity} {message} {rule}")
    return result


def clean(text: str) -> str:
    """`text` without what would move a terminal's cursor or change its colours.

    >>> clean("a\\x1b[31mb\\nc")
    'a\\\\x1b[31mb\\\\nc'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
