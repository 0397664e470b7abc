"""Findings as GitHub Actions shows them: beside the lines of a pull request, and in the log.

GitHub keeps ten errors and ten warnings of a step and drops the others without a word, so the last line says how many
those are. The table of all of them is `govern.report.markdown`; the door puts it into the job's summary.
"""

from govern.model.finding import Finding
from govern.report import Report, counted
from govern.report.concise import clean

SHOWN = 10  # of each severity, for one step: docs.github.com, "Limits for annotations"


def render(report: Report) -> str:
    """A workflow command for each finding."""
    lines = [_command(finding) for finding in report.findings]
    severities = [finding.severity for finding in report.findings]
    errors, warnings = (max(0, severities.count(severity) - SHOWN) for severity in ("error", "warning"))
    if errors or warnings:
        more = [counted(number, thing) for number, thing in ((errors, "error"), (warnings, "warning")) if number]
        message = (
            f"and {' and '.join(more)} more than GitHub shows here: all of them are in the log and the job summary"
        )
        lines.append(f"::notice title=govern::{message}")
    return "".join(line + "\n" for line in lines)


def _command(finding: Finding) -> str:
    span = finding.span
    properties = {"file": finding.path, "line": span.line}
    if span.end_line == span.line:  # GitHub takes columns within one line only
        properties |= {"col": span.column, "endLine": span.end_line, "endColumn": span.end_column}
    else:
        properties |= {"endLine": span.end_line}
    properties["title"] = finding.rule
    # the log shows the message only, so it ends with the place
    place = f"{clean(finding.path)}:{span.line}:{span.column} [{finding.rule}]"
    message = "\n".join(text for text in (clean(finding.message), finding.hint and clean(finding.hint), place) if text)
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{finding.severity} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner decodes the part behind the last `::`."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escaped as the runner decodes the value of a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
