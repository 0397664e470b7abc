"""Findings as SARIF 2.1.0, for code scanning and editors."""

import json
from typing import Any

from govern.model.finding import Edit, Finding
from govern.model.location import Span
from govern.report import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")  # RFC 3986 §2.3, and "/"


def render(report: Report) -> str:
    """One log with one run."""
    rules = sorted({finding.rule for finding in report.findings})
    index = {rule: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "govern", "rules": [_rule(rule, report) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.rule]) for finding in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(name: str, report: Report) -> dict[str, Any]:
    rule = report.rule(name)
    if rule is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    artifact = {"uri": _uri(finding.path)}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": finding.message + (f" ({finding.hint})" if finding.hint else "")},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(finding.span)}}],
        "partialFingerprints": {"governId/v1": finding.id},
    }
    if finding.fix:
        changes = [{"artifactLocation": artifact, "replacements": [_replacement(edit) for edit in finding.fix.edits]}]
        result["fixes"] = [{"description": {"text": finding.fix.title}, "artifactChanges": changes}]
    return result


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}


def _uri(path: str) -> str:
    """A path as a relative URI: no name can look like a scheme, a query or a fragment."""
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in path.encode("utf-8", "surrogateescape"))
