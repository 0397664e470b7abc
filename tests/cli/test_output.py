"""How `govern check` says what it found: formats, colours, summaries, ids."""

import json
from typing import Any

import jsonschema
import pytest

from tests.repo import Repo, agent, task

BAD = task(status="doing")

# The documented JSON, as a schema of its own: whoever scripts against it relies on exactly this.
TEXT = {"type": "string"}
POSITION = {"type": "integer", "minimum": 1}
COUNT = {"type": "integer", "minimum": 0}
FINDING: dict[str, Any] = {
    "id": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
    "path": TEXT,
    "line": POSITION,
    "column": POSITION,
    "end_line": POSITION,
    "end_column": POSITION,
    "rule": {"type": "string", "pattern": "^[a-z][a-z0-9-]*/[A-Za-z0-9_-]+$"},
    "severity": {"enum": ["error", "warning"]},
    "message": TEXT,
    "pointer": {"type": "string", "pattern": "^(/.*)?$"},
    "hint": {"type": ["string", "null"]},
    "fixable": {"type": "boolean"},
    "kind": {"type": ["string", "null"]},
    "schema": {"type": ["string", "null"]},
}
SUMMARY = {
    "files": COUNT,
    "skipped": COUNT,
    "errors": COUNT,
    "warnings": COUNT,
    "seconds": {"type": "number", "minimum": 0},
}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


SCHEMA = closed(
    {
        "version": {"const": 1},
        "findings": {"type": "array", "items": closed(FINDING)},
        "summary": closed(SUMMARY),
    }
)


@pytest.fixture
def bad(repo: Repo) -> Repo:
    repo.write("TASKS/billing/refunds.md", BAD)
    return repo


def test_the_json_has_the_documented_shape(bad: Repo) -> None:
    bad.write(".claude/agents/notes.md", agent("notes", description="a: b: c"))
    bad.write("TASKS/billing/payouts.md", task("payouts", body="**Status**: done"))
    bad.write("README.md", "# Shop\n")
    ran = bad.govern("check", "--format", "json")
    report = json.loads(ran.out)
    jsonschema.validate(report, SCHEMA)
    assert ran.err == ""
    summary = report["summary"]
    assert (summary["files"], summary["skipped"], summary["errors"], summary["warnings"]) == (3, 1, 2, 1)
    assert [f["kind"] for f in report["findings"]] == ["agent", "task", "task"]
    assert report["findings"][2]["schema"] == "task@2.0.0"


def test_the_json_of_nothing_has_the_same_shape(repo: Repo) -> None:
    jsonschema.validate(json.loads(repo.govern("check", "--format", "json").out), SCHEMA)


def test_the_place_in_the_json_is_the_text_it_names(bad: Repo) -> None:
    (finding,) = bad.findings()
    line = BAD.splitlines()[finding["line"] - 1]
    assert finding["line"] == finding["end_line"]
    assert line[finding["column"] - 1 : finding["end_column"] - 1] == "doing"


def test_concise_is_one_line_a_finding(bad: Repo) -> None:
    ran = bad.govern("check")
    expected = 'status is "doing", expected one of proposed, in_review, approved, blocked, in_progress, done, paused, '
    assert ran.out == f"TASKS/billing/refunds.md:4:9: error: {expected}archived [schema/enum]\n"
    assert ran.err.startswith("1 error")
    assert ran.err.endswith(" in 1 file; 1 file judged\n")


def test_full_shows_the_line_and_a_caret(bad: Repo) -> None:
    lines = bad.govern("check", "--format", "full").out.splitlines()
    assert lines[1:3] == ["  4 | status: doing", "    |         ^^^^^"]


def test_the_caret_stands_below_wide_characters(repo: Repo) -> None:
    line = "services: {web: {command: 日本語, imgae: x}}"
    repo.write("compose.yaml", line + "\n")
    source, caret = repo.govern("check", "--format", "full").out.splitlines()[1:3]
    assert source == "  1 | " + line
    columns = len("  1 | " + line[: line.index("imgae")]) + 3  # each of the three characters takes two columns
    assert caret == "    |".ljust(columns) + "^^^^^"


def test_pre_commit_gets_the_full_report(bad: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert "  4 | status: doing\n" in bad.govern("check").out


def test_quiet_leaves_out_the_summary_only(bad: Repo) -> None:
    ran = bad.govern("check", "--quiet")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out


def test_the_report_goes_to_a_file(bad: Repo) -> None:
    ran = bad.govern("check", "-o", "report.json", "--format", "json")
    assert (ran.code, ran.out) == (1, "")
    jsonschema.validate(json.loads((bad.root / "report.json").read_text()), SCHEMA)


ESCAPE = "\x1b["


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True),
        (["--color", "always", "--format", "json"], {}, False),
    ],
)
def test_colour(
    bad: Repo, monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: dict[str, str], colored: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (ESCAPE in bad.govern("check", *arguments).out) is colored


def test_control_characters_of_a_document_never_reach_the_terminal(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task(status='"a\\e[31mb"', domain="'x\u009b2J\u202ey'"))
    for form in ("full", "concise"):
        out = repo.govern("check", "--format", form).out
        assert not {char for char in out if not char.isprintable()} - {"\n"}


def test_control_characters_of_a_file_name_never_reach_the_terminal(repo: Repo) -> None:
    repo.write("TASKS/billing/a\x1b[31mb\n.md", BAD)
    for form in ("full", "concise"):
        ran = repo.govern("check", "--format", form)
        assert not {char for char in ran.out + ran.err if not char.isprintable()} - {"\n"}


# Ids


def ids(repo: Repo, text: str) -> list[str]:
    repo.write("TASKS/billing/refunds.md", text)
    return [finding["id"] for finding in repo.findings()]


def test_an_id_stays_when_lines_move(repo: Repo) -> None:
    moved = BAD.replace("---\nid", "---\n# a comment\n\nlabels: [a]\nid", 1)
    assert ids(repo, BAD) == ids(repo, moved)


def test_an_id_changes_with_the_value_at_fault(repo: Repo) -> None:
    assert ids(repo, BAD) != ids(repo, task(status="started"))


def test_two_missing_keys_have_two_ids(repo: Repo) -> None:
    assert len(set(ids(repo, task(priority="", domain="")))) == 2


def test_an_id_stays_when_another_mistake_is_made(repo: Repo) -> None:
    assert set(ids(repo, BAD)) < set(ids(repo, task(status="doing", priority="hgih")))


def test_the_same_mistake_in_two_files_has_two_ids(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", BAD)
    repo.write("TASKS/billing/payouts.md", task("payouts", status="doing"))
    assert len({finding["id"] for finding in repo.findings()}) == 2


def test_ids_are_those_of_the_documented_recipe(repo: Repo) -> None:
    import hashlib

    canonical = '["TASKS/billing/refunds.md","schema/enum","/status","doing"]'
    assert ids(repo, BAD) == [hashlib.sha256(canonical.encode()).hexdigest()[:12]]
