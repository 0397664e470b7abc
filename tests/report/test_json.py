"""The JSON that people script against."""

import json
import re

from govern.report import written
from tests.report.findings import ENUM, HOSTILE, WARNING, report


def test_a_finding_has_the_documented_keys_in_their_order() -> None:
    found = json.loads(written(report([ENUM]), "json"))["findings"][0]
    assert re.fullmatch(r"[0-9a-f]{12}", found.pop("id"))
    assert list(found.items()) == [
        ("path", "TASKS/7.md"),
        ("line", 2),
        ("column", 9),
        ("end_line", 2),
        ("end_column", 14),
        ("rule", "schema/enum"),
        ("severity", "error"),
        ("message", 'status is "doing", expected one of todo, active'),
        ("pointer", "/status"),
        ("hint", "did you mean todo?"),
        ("fixable", True),
        ("kind", "task"),
        ("schema", "task@2.0.0"),
    ]


def test_what_a_finding_lacks_is_null() -> None:
    found = json.loads(written(report([WARNING]), "json"))["findings"][0]
    assert [found[key] for key in ("hint", "kind", "schema", "fixable", "pointer")] == [None, None, None, False, ""]


def test_the_report_has_a_version_findings_and_a_summary() -> None:
    result = json.loads(written(report([ENUM, WARNING]), "json"))
    assert list(result) == ["version", "findings", "summary"]
    assert result["version"] == 1
    assert list(result["summary"].items()) == [
        ("files", 3),
        ("skipped", 1),
        ("errors", 1),
        ("warnings", 1),
        ("seconds", 0.25),
    ]


def test_no_findings_are_an_empty_list() -> None:
    assert json.loads(written(report([]), "json"))["findings"] == []


def test_a_message_keeps_every_character() -> None:
    found = json.loads(written(report([HOSTILE]), "json"))["findings"][0]
    assert (found["path"], found["message"]) == (HOSTILE.path, HOSTILE.message)
