"""Findings as GitLab's Code Quality report: a JSON list that merge requests show."""

import json
from collections import Counter
from typing import Any

from govern.model.finding import Finding
from govern.report import Report

SEVERITIES = {"error": "major", "warning": "minor"}  # of info, minor, major, critical, blocker


def render(report: Report) -> str:
    """One entry for each finding."""
    seen: Counter[str] = Counter()
    entries = []
    for finding in report.findings:
        seen[finding.id] += 1
        entries.append(_entry(finding, seen[finding.id]))
    return json.dumps(entries, indent=2) + "\n"


def _entry(finding: Finding, occurrence: int) -> dict[str, Any]:
    span = finding.span
    return {
        "description": finding.message + (f" ({finding.hint})" if finding.hint else ""),
        "check_name": finding.rule,
        # GitLab shows one entry for each fingerprint; the same mistake twice in one file has the same id
        "fingerprint": finding.id if occurrence == 1 else f"{finding.id}-{occurrence}",
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": finding.path,
            "positions": {
                "begin": {"line": span.line, "column": span.column},
                "end": {"line": span.end_line, "column": span.end_column},
            },
        },
    }
