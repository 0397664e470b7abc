"""The rules about tasks that no schema can say: each "no" beside the nearest "yes"."""

from pathlib import Path

import pytest

from tests.repo import Repo, task

README = "# Tasks\n"


def test_a_task_without_mistakes_has_no_findings(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task())
    ran = repo.govern("check")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "nothing to report: 1 file judged\n"


# The id is the file's name


def test_an_id_that_is_not_the_file_name_is_placed_at_the_id(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task("payouts"))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["line"], finding["column"]) == ("task/id-mismatched", 2, 5)
    assert finding["pointer"] == "/id"
    assert finding["message"] == "id is payouts, but the file is refunds.md"


@pytest.mark.parametrize("name", ["README", "readme", "INDEX", "Index", "HUB", "hub", "_draft", "_"])
def test_names_that_belong_to_no_task_may_hold_any_id(repo: Repo, name: str) -> None:
    repo.write(f"TASKS/billing/{name}.md", task())
    assert repo.rules() == []


@pytest.mark.parametrize("name", ["readme-first", "hubs", "index2", "draft_"])
def test_names_that_only_resemble_those_are_judged(repo: Repo, name: str) -> None:
    repo.write(f"TASKS/billing/{name}.md", task())
    assert repo.rules() == ["task/id-mismatched"]


def test_a_readme_with_front_matter_is_judged_by_the_schema(repo: Repo) -> None:
    repo.write("TASKS/billing/README.md", task(status="doing"))
    assert repo.rules() == ["schema/enum"]


def test_a_readme_without_front_matter_is_skipped(repo: Repo) -> None:
    repo.write("TASKS/README.md", README)
    assert repo.govern("check").err == "nothing to judge: 0 files judged, 1 skipped\n"


# Ids are unique


def test_two_tasks_with_one_id_are_both_told(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task())
    repo.write("TASKS/billing/HUB.md", task())
    findings = repo.findings()
    assert [(f["path"], f["rule"]) for f in findings] == [
        ("TASKS/billing/HUB.md", "task/id-duplicate"),
        ("TASKS/billing/refunds.md", "task/id-duplicate"),
    ]
    assert findings[0]["message"] == "refunds is also the id of TASKS/billing/refunds.md"


def test_an_id_that_an_archived_task_has_is_taken_too(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task())
    repo.write("TASKS/archive/refunds.md", task(status="archived"))
    assert [(f["path"], f["rule"]) for f in repo.findings()] == [("TASKS/billing/refunds.md", "task/id-duplicate")]


def test_a_duplicate_is_found_when_only_one_of_the_two_is_named(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task())
    repo.write("TASKS/billing/HUB.md", task())
    assert [f["path"] for f in repo.findings("TASKS/billing/HUB.md")] == ["TASKS/billing/HUB.md"]


def test_of_many_tasks_with_one_id_only_some_are_listed(repo: Repo) -> None:
    for number in range(10):
        repo.untracked(f"TASKS/billing/_{number}.md", task())
    repo.git("add", "--all")
    message = "refunds is also the id of TASKS/billing/_1.md, TASKS/billing/_2.md, TASKS/billing/_3.md and 6 more"
    assert repo.findings()[0]["message"] == message


def test_two_task_roots_may_use_one_id(repo: Repo) -> None:
    repo.write("shop/TASKS/billing/refunds.md", task())
    repo.write("books/TASKS/billing/refunds.md", task())
    assert repo.rules() == []


def test_an_untracked_file_takes_no_id(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task())
    repo.untracked("TASKS/billing/HUB.md", task())
    assert repo.rules() == []


# The folder names the domain


@pytest.mark.parametrize(
    "folder", ["TASKS/reporting", "tasks/reporting", "docs/TASKS/reporting", "TASKS/reporting/2026"]
)
def test_a_task_in_the_folder_of_another_domain_is_placed_at_the_domain(repo: Repo, folder: str) -> None:
    repo.write(f"{folder}/refunds.md", task())
    (finding,) = repo.findings()
    assert (finding["rule"], finding["pointer"], finding["line"]) == ("task/domain-misplaced", "/domain", 6)


@pytest.mark.parametrize(
    "folder", ["TASKS/billing", "TASKS", "TASKS/programs", "TASKS/programs/close", "TASKS/billing/2026", "tasks"]
)
def test_a_task_at_home_at_the_root_or_under_programs_is_not(repo: Repo, folder: str) -> None:
    repo.write(f"{folder}/refunds.md", task())
    assert repo.rules() == []


# Dates in order


def test_an_update_before_the_creation_is_placed_at_the_update(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task(last_updated="2026-01-11"))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["pointer"]) == ("task/dates-reversed", "/last_updated")


@pytest.mark.parametrize("updated", ["2026-01-12", "'2026-01-12'", "2026-01-13"])
def test_an_update_on_the_day_of_the_creation_is_in_order(repo: Repo, updated: str) -> None:
    repo.write("TASKS/billing/refunds.md", task(last_updated=updated))
    assert repo.rules() == []


def test_a_date_that_is_none_is_told_once(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task(last_updated="2026-01-32"))
    assert repo.rules() == ["schema/format"]


# Archived, and under archive/


def test_archived_outside_the_archive(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task(status="archived"))
    assert repo.rules() == ["task/archived-outside-archive"]


@pytest.mark.parametrize(
    "path", ["TASKS/archive/refunds.md", "TASKS/archive/2025/11/x/r.md", "TASKS/billing/archive/r.md"]
)
def test_open_inside_the_archive(repo: Repo, path: str) -> None:
    repo.write(path, task(status="done"))
    assert repo.rules() == ["task/unarchived-in-archive"]


def test_archived_inside_the_archive(repo: Repo) -> None:
    repo.write("TASKS/archive/2025/refunds.md", task(status="archived"))
    assert repo.rules() == []


def test_a_folder_called_archives_is_no_archive(repo: Repo) -> None:
    repo.write("TASKS/archives/refunds.md", task(status="archived", domain="archives"))
    assert repo.rules() == ["task/archived-outside-archive"]


def test_what_lies_in_the_archive_is_judged_by_no_schema(repo: Repo) -> None:
    repo.write("TASKS/archive/old.md", task("OLD_STYLE", status="archived", priority="", related="[nowhere]"))
    assert repo.rules() == []


def test_an_archive_folder_above_the_repository_does_not_count(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "archive" / "repo")
    repo.write("TASKS/billing/refunds.md", task(status="doing"))
    assert repo.rules() == ["schema/enum"]
    assert repo.rules(str(repo.root / "TASKS" / "billing" / "refunds.md")) == ["schema/enum"]


# What related names exists

KNOWN = [
    "payouts",
    "payouts.md",
    "TASKS/billing/payouts.md",
    "/TASKS/billing/payouts.md",
    "TASKS/billing/payouts",
    "payouts#design",
    "TASKS/billing/payouts.md#design",
    "../reporting/totals.md",
    "../../README.md",
    "./payouts.md",
    "README.md",
    "src/main.py",
    "docs",
    "docs/",
    "old-refunds",
    "ADR-0012",
    "ADR-0012-keys",
    "EPIC-7",
    "https://example.com/x",
    "''",
    "' payouts '",
]
UNKNOWN = [
    "payout",
    "TASKS/billing/payouts.txt",
    "../payouts.md",
    "../../../README.md",
    "doc",
    "ADR-0013",
    "ADR-001",
    "draft",
    "notes/draft.md",
    "new",
]


def related(repo: Repo, entry: str) -> list[str]:
    repo.write("README.md", "# Shop\n")
    repo.write("src/main.py", "")
    repo.write("docs/adr/0012.md", "---\nid: ADR-0012-keys\n---\n# Keys\n")
    repo.write("TASKS/billing/payouts.md", task("payouts"))
    repo.write("TASKS/reporting/totals.md", task("totals", domain="reporting"))
    repo.write("TASKS/archive/old-refunds.md", task("old-refunds", status="archived"))
    repo.untracked("notes/draft.md", "# Draft\n")
    repo.untracked("TASKS/billing/new.md", task("new"))
    repo.write("TASKS/billing/refunds.md", task(related=f"\n  - {entry}"))
    return repo.rules()


@pytest.mark.parametrize("entry", KNOWN)
def test_a_reference_that_resolves(repo: Repo, entry: str) -> None:
    assert related(repo, entry) == []


@pytest.mark.parametrize("entry", UNKNOWN)
def test_a_reference_that_leads_nowhere(repo: Repo, entry: str) -> None:
    assert related(repo, entry) == ["task/related-unresolved"]


def test_a_reference_that_leads_nowhere_is_placed_at_its_item_and_names_the_nearest(repo: Repo) -> None:
    repo.write("TASKS/billing/payouts.md", task("payouts"))
    repo.write("TASKS/billing/refunds.md", task(related="[payouts, payuots]"))
    (finding,) = repo.findings()
    assert (finding["line"], finding["column"], finding["end_column"]) == (10, 20, 27)
    assert (finding["pointer"], finding["hint"]) == ("/related/1", "did you mean payouts?")


def test_deleting_a_file_breaks_the_reference_of_another_that_is_not_named(repo: Repo) -> None:
    repo.write("TASKS/billing/payouts.md", task("payouts"))
    repo.write("TASKS/billing/refunds.md", task(related="[payouts]"))
    repo.commit()
    repo.git("rm", "--quiet", "TASKS/billing/payouts.md")
    ran = repo.govern("check", "--references")
    assert ran.code == 1
    assert "payouts is neither a task nor a tracked file [task/related-unresolved]" in ran.out


# The body does not contradict the status


@pytest.mark.parametrize(
    "line",
    [
        "**Status**: done",
        "**Status:** done",
        "- **Status**: Done",
        "> **STATUS**: `done`",
        "**Status**: **done** since Tuesday",
        "**Status**: In Review",
    ],
)
def test_a_bold_status_of_another_word_contradicts(repo: Repo, line: str) -> None:
    repo.write("TASKS/billing/refunds.md", task(body=line))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["severity"], finding["line"]) == ("task/status-contradicted", "warning", 12)


@pytest.mark.parametrize(
    "line",
    [
        "**Status**: in progress",
        "**Status**: In-Progress, mostly",
        "**Status**: in_progress",
        "**Status**: nearly there",
        "**Status**: proposed | in_progress | done",
        "**Status**: donee",
        "Status: done",
        "**Statuses**: done",
        "## Phase 1\n**Status**: done",
    ],
)
def test_a_bold_status_that_agrees_or_is_no_status_does_not(repo: Repo, line: str) -> None:
    repo.write("TASKS/billing/refunds.md", task(body=line))
    assert repo.rules() == []


# No prompt of the template is left over


@pytest.mark.parametrize(
    "line",
    [
        "[What are we trying to achieve?]",
        "- [What are we trying to achieve?]",
        "1. [What are we trying to achieve?]",
        "  [What are we trying to achieve?]",
        "### [Name of the phase]",
        "# TASK: [Title of the task]",
    ],
)
def test_a_prompt_that_was_never_answered(repo: Repo, line: str) -> None:
    repo.write("TASKS/billing/refunds.md", task(body=line))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["line"]) == ("task/prompt-leftover", 12)
    assert finding["column"] == line.index("[") + 1


@pytest.mark.parametrize(
    "line",
    [
        "```\n[What are we trying to achieve?]\n```",
        "~~~text\n[What are we trying to achieve?]\n~~~",
        "[What are we trying to achieve?](docs/why.md)",
        "[What are we trying to achieve?]\n\n[What are we trying to achieve?]: docs/why.md",
        "- [ ] What are we trying to achieve?",
        "- [x] Everything",
        "We ask [What are we trying to achieve?] every week.",
        "[TODO]",
        "[lower case words]",
    ],
)
def test_brackets_that_are_no_prompt(repo: Repo, line: str) -> None:
    repo.write("TASKS/billing/docs/why.md", "# Why\n")
    repo.write("TASKS/billing/refunds.md", task(body=line))
    assert repo.rules() == []


# However the file was saved


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_move_no_place(repo: Repo, mark: str, ends: str) -> None:
    text = task("payouts", body="**Status**: done\n\n[What are we trying to achieve?]", related="[nowhere]")
    repo.write("TASKS/billing/refunds.md", (mark + text.replace("\n", ends)).encode())
    assert [(f["rule"], f["line"], f["column"], f["end_column"]) for f in repo.findings()] == [
        ("task/id-mismatched", 2, 5, 12),
        ("task/related-unresolved", 10, 11, 18),
        ("task/status-contradicted", 13, 13, 17),
        ("task/prompt-leftover", 15, 1, 33),
    ]
