"""Workflow commands, read back as the runner of GitHub Actions reads them."""

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govern.model.finding import Finding
from govern.report import written
from tests.repo import Repo
from tests.report.findings import ENUM, HOSTILE, UNREADABLE, WARNING, report

# actions/runner, ActionCommand.cs: what a line is split at, and what each part is decoded with, in this order.
COMMAND = re.compile(r"::(\w+)(?: ([^\n]*?))?::(.*)")
DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def decoded(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for escaped, char in table:
        text = text.replace(escaped, char)
    return text


def commands(text: str) -> list[Command]:
    result = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = (pair.split("=", 1) for pair in (match[2] or "").split(","))
        result.append(
            Command(match[1], {name: decoded(value, PROPERTY) for name, value in pairs}, decoded(match[3], DATA))
        )
    return result


def test_a_finding_is_one_command_with_its_place() -> None:
    assert commands(written(report([ENUM]), "github")) == [
        Command(
            "error",
            {
                "file": "TASKS/7.md",
                "line": "2",
                "col": "9",
                "endLine": "2",
                "endColumn": "14",
                "title": "schema/enum",
            },
            f"{ENUM.message}\ndid you mean todo?\nTASKS/7.md:2:9 [schema/enum]",
        )
    ]


def test_a_finding_over_several_lines_has_no_columns() -> None:
    (command,) = commands(written(report([WARNING]), "github"))
    assert command.name == "warning"
    assert list(command.properties) == ["file", "line", "endLine", "title"]


def test_nothing_in_a_finding_ends_its_command_or_begins_another() -> None:
    (command,) = commands(written(report([HOSTILE, UNREADABLE]), "github"))[:1]
    assert command.properties["file"] == HOSTILE.path
    assert command.message.startswith("a|b `c` <b>&amp;</b> ]]> %0A ::error::, ")


@given(st.text(), st.text(min_size=1), st.none() | st.text(min_size=1))
def test_any_path_survives_and_any_message_stays_one_command(message: str, path: str, hint: str | None) -> None:
    found = ENUM._replace(message=message, path=path, hint=hint)
    output = written(report([found]), "github")
    assert output.count("\n") == 1
    text = output.removesuffix("\n")
    match = re.fullmatch(r"::error file=([^,:]*),line=2,col=9,endLine=2,endColumn=14,title=schema/enum::(.*)", text)
    assert match
    assert decoded(match[1], PROPERTY) == path


@pytest.mark.parametrize(("errors", "warnings", "said"), [(10, 10, None), (12, 1, "2 errors"), (1, 11, "1 warning")])
def test_what_github_will_not_show_is_counted(errors: int, warnings: int, said: str | None) -> None:
    found: list[Finding] = [ENUM] * errors + [WARNING] * warnings
    result = commands(written(report(found), "github"))
    notices = [command.message for command in result if command.name == "notice"]
    assert len(result) - len(notices) == errors + warnings
    assert [message.split(" more than ")[0] for message in notices] == ([f"and {said}"] if said else [])


def test_no_findings_are_no_output() -> None:
    assert written(report([]), "github") == ""


TASK = """---
id: {id}
title: T
status: doing
priority: low
domain: a
owner_team: b
created: 2026-01-01
last_updated: 2026-01-01
---
"""


def test_in_github_actions_it_is_the_format_and_the_job_gets_all_findings(repo: Repo) -> None:
    for index in range(12):
        repo.write(f"tasks/a/t{index}.md", TASK.format(id=f"t{index}"))
    table = repo.root.parent / "summary.md"
    table.write_text("before\n", encoding="utf-8")
    ran = repo.process("check", env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(table)})
    assert ran.code == 1
    assert [command.name for command in commands(ran.out)] == ["error"] * 12 + ["notice"]
    assert table.read_text(encoding="utf-8").startswith("before\n**govern check**: 12 errors")
    assert table.read_text(encoding="utf-8").count("schema/enum") == 12


def test_a_job_summary_that_cannot_be_written_changes_no_verdict(repo: Repo) -> None:
    repo.write("tasks/a/t.md", TASK.format(id="t"))
    ran = repo.process("check", env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(repo.root)})
    assert ran.code == 1
    assert "the job summary cannot be written" in ran.err


def test_elsewhere_nothing_is_written_to_the_job_summary(repo: Repo) -> None:
    repo.write("tasks/a/t.md", TASK.format(id="t"))
    table = repo.root.parent / "summary.md"
    repo.process("check", "--format", "json", env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(table)})
    assert not table.exists()


@pytest.mark.parametrize(
    ("env", "first"),
    [
        ({}, "tasks/a/t.md:4:9: error: "),
        ({"PRE_COMMIT": "1"}, "  4 | status: doing"),
        ({"GITHUB_ACTIONS": "true"}, "::"),
    ],
    ids=["elsewhere", "under pre-commit", "in GitHub Actions"],
)
def test_the_format_fits_who_reads(repo: Repo, env: dict[str, str], first: str) -> None:
    repo.write("tasks/a/t.md", TASK.format(id="t"))
    ran = repo.process("check", env=env)
    assert any(line.startswith(first) for line in ran.out.splitlines())
    assert ("4 | status" in ran.out) == ("PRE_COMMIT" in env)
