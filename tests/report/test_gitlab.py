"""GitLab's Code Quality report: docs.gitlab.com, "Code Quality report format"."""

import json
from typing import Any

from govern.report import written
from tests.report.findings import ENUM, HOSTILE, UNREADABLE, WARNING, report


def entries(*findings: Any) -> list[dict[str, Any]]:
    result = json.loads(written(report(findings), "gitlab"))
    assert isinstance(result, list)
    return result


def test_an_entry_has_what_gitlab_requires() -> None:
    (entry,) = entries(ENUM)
    assert entry["description"] == f"{ENUM.message} (did you mean todo?)"
    assert entry["check_name"] == "schema/enum"
    assert entry["severity"] == "major"
    assert entry["location"]["path"] == "TASKS/7.md"
    assert entry["location"]["positions"]["begin"] == {"line": 2, "column": 9}


def test_a_warning_is_minor() -> None:
    assert entries(WARNING)[0]["severity"] == "minor"


def test_fingerprints_stay_when_lines_move_and_differ_within_a_report() -> None:
    moved = ENUM._replace(span=ENUM.span._replace(line=9, end_line=9))
    first, second, other = entries(ENUM, moved, UNREADABLE)
    assert entries(moved)[0]["fingerprint"] == first["fingerprint"] == ENUM.id
    assert len({first["fingerprint"], second["fingerprint"], other["fingerprint"]}) == 3


def test_no_findings_are_an_empty_list() -> None:
    assert entries() == []


def test_any_character_is_kept() -> None:
    assert entries(HOSTILE)[0]["location"]["path"] == HOSTILE.path
