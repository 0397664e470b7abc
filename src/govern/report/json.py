"""Findings for programs: the documented JSON of `govern check`."""

import json
from typing import Any

from govern.model.finding import Finding
from govern.report import Report


def render(report: Report) -> str:
    """One JSON object: version, findings, summary."""
    findings = [finding_as_json(finding) for finding in report.findings]
    return json.dumps({"version": 1, "findings": findings, "summary": summary_as_json(report)}, indent=2) + "\n"


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """A finding as the documented JSON has it."""
    return {
        "id": finding.id,
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "pointer": finding.pointer,
        "hint": finding.hint,
        "fixable": finding.fix is not None,
        "kind": finding.kind,
        "schema": finding.schema,
    }


def summary_as_json(report: Report) -> dict[str, Any]:
    """The counts of a report as every command's JSON has them; seconds to the millisecond."""
    return {
        "files": report.files,
        "skipped": report.skipped,
        "errors": report.errors,
        "warnings": report.warnings,
        "seconds": round(report.seconds, 3),
    }
