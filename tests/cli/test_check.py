"""`govern check`: which files it judges, and what its exit code says."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo import ROOT, Repo, execute, task

GOOD = task()
BAD = task(status="doing")
WARNED = task(body="**Status**: done")


@pytest.fixture
def mixed(repo: Repo) -> Repo:
    """One good task, one bad one."""
    repo.write("TASKS/billing/refunds.md", GOOD)
    repo.write("TASKS/billing/payouts.md", task("payouts", status="doing"))
    return repo


# Exit codes


def test_nothing_to_report_is_0(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", GOOD)
    assert repo.govern("check").code == 0


def test_an_error_is_1(mixed: Repo) -> None:
    assert mixed.govern("check").code == 1


def test_a_warning_is_0_and_shown(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", WARNED)
    ran = repo.govern("check")
    assert (ran.code, ran.out.count("warning:")) == (0, 1)
    assert ran.err.endswith("1 warning in 1 file; 1 file judged\n")


def test_everything_skipped_is_0_with_the_count(repo: Repo) -> None:
    repo.write("notes.md", "# Notes\n")
    repo.write("src/main.py", "")
    ran = repo.govern("check")
    assert (ran.code, ran.out, ran.err) == (0, "", "nothing to judge: 0 files judged, 2 skipped\n")


def test_an_empty_repository_is_0(repo: Repo) -> None:
    assert repo.govern("check").code == 0


def test_exit_zero_turns_1_into_0_but_never_2(mixed: Repo) -> None:
    assert mixed.govern("check", "--exit-zero").code == 0
    assert mixed.govern("check", "--exit-zero", "nowhere.md").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.md"], "nowhere.md: no such file or folder"),
        (["TASKS", "nowhere.md"], "nowhere.md: no such file or folder"),
        (["--format", "pdf"], "invalid choice: 'pdf'"),
        (["--frmat", "json"], "unrecognized arguments"),
        (["--since", "nowhere"], "git knows no commit nowhere"),
        (["--since", "origin/main"], "git knows no commit origin/main; run: git fetch origin main"),
        (["--since", "main", "TASKS"], "leave out PATH"),
        (["--stdin-filename", "a.md", "TASKS"], "takes no PATH"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["-o", "no/such/folder/report.txt"], "the report cannot be written to no/such/folder/report.txt"),
    ],
)
def test_what_cannot_be_done_is_2_and_says_why(mixed: Repo, arguments: list[str], said: str) -> None:
    ran = mixed.govern("check", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "bug in govern" not in ran.err


def test_a_date_that_is_none_is_2(mixed: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVERN_TODAY", "tomorrow")
    ran = mixed.govern("check")
    assert (ran.code, ran.err) == (2, "govern check: GOVERN_TODAY is 'tomorrow', which is no date (YYYY-MM-DD)\n")


def test_an_interrupt_is_130(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", GOOD)
    code = (
        "import signal, sys, threading, time, os\n"
        "from govern.cli.main import main\n"
        "threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n"
        "sys.exit(main(['check', '--stdin-filename', 'TASKS/billing/refunds.md']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=repo.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.wait(timeout=20) == 130
    assert process.stderr and process.stderr.read() == b"govern: interrupted\n"
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            stream.close()


def test_a_reader_that_goes_away_causes_no_traceback(repo: Repo) -> None:
    for index in range(400):
        repo.untracked(f"TASKS/billing/task-{index}.md", task(f"x-{index}", status="doing"))
    repo.git("add", "--all")
    command = f"'{sys.executable}' -m govern.cli.main check --format full | head -n 1"
    ran = execute(["sh", "-c", command], repo.root)
    assert ran.out.startswith("TASKS/billing/task-0.md:2:5: error: id is ")
    assert "Traceback" not in ran.err
    assert "BrokenPipe" not in ran.err


# Which files


def test_without_a_path_all_tracked_files_are_judged_and_untracked_ones_are_not(mixed: Repo) -> None:
    mixed.untracked("TASKS/billing/fees.md", "no front matter, no matter")
    mixed.untracked("TASKS/billing/taxes.md", BAD)
    assert [f["path"] for f in mixed.findings()] == ["TASKS/billing/payouts.md"]


def test_a_named_file_is_judged_alone(mixed: Repo) -> None:
    assert mixed.rules("TASKS/billing/refunds.md") == []
    assert mixed.rules("TASKS/billing/payouts.md") == ["schema/enum"]


def test_a_named_file_is_judged_even_if_it_is_untracked(repo: Repo) -> None:
    repo.untracked("TASKS/billing/refunds.md", BAD)
    assert repo.rules("TASKS/billing/refunds.md") == ["schema/enum"]


def test_a_folder_means_the_tracked_files_below_it(mixed: Repo) -> None:
    mixed.untracked("TASKS/billing/taxes.md", BAD)
    mixed.write("TASKS/reporting/totals.md", task("totals", domain="reporting", status="doing"))
    assert [f["path"] for f in mixed.findings("TASKS/billing")] == ["TASKS/billing/payouts.md"]
    assert [f["path"] for f in mixed.findings("TASKS/billing/", ".")] == [
        "TASKS/billing/payouts.md",
        "TASKS/reporting/totals.md",
    ]


def test_a_folder_without_tracked_files_means_all_its_files(repo: Repo) -> None:
    repo.untracked("TASKS/billing/refunds.md", BAD)
    assert repo.rules("TASKS") == ["schema/enum"]


def test_a_file_that_is_named_twice_is_judged_once(mixed: Repo) -> None:
    ran = mixed.govern("check", "TASKS/billing/payouts.md", "./TASKS/billing/payouts.md", "TASKS")
    assert ran.err.endswith("; 2 files judged; govern check --fix mends 0\n") or "2 files judged" in ran.err
    assert ran.out.count("\n") == 1


def test_in_a_folder_below_the_root_everything_is_judged_and_shown_as_seen_from_there(mixed: Repo) -> None:
    ran = mixed.govern("check", cwd=mixed.root / "TASKS")
    assert ran.out.startswith("billing/payouts.md:4:9: error: ")
    ran = mixed.govern("check", "payouts.md", cwd=mixed.root / "TASKS" / "billing")
    assert ran.out.startswith("payouts.md:4:9: error: ")


def test_the_json_names_files_from_the_root_wherever_one_stands(mixed: Repo) -> None:
    ran = mixed.govern("check", "--format", "json", cwd=mixed.root / "TASKS")
    assert '"path": "TASKS/billing/payouts.md"' in ran.out


def test_outside_any_repository_the_files_of_the_folder_are_judged(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    (folder / "TASKS" / "billing").mkdir(parents=True)
    (folder / "TASKS" / "billing" / "refunds.md").write_text(BAD)
    ran = execute([sys.executable, "-m", "govern.cli.main", "check"], folder, check=False)
    assert ran.code == 1
    assert ran.out.startswith("TASKS/billing/refunds.md:4:9: error: ")


def test_a_path_into_another_repository_is_judged_by_that_one(repo: Repo, tmp_path: Path) -> None:
    repo.write("govern.toml", '[rules]\n"schema/enum" = "off"\n')
    repo.write("TASKS/billing/refunds.md", BAD)
    outside = tmp_path / "outside"
    outside.mkdir()
    assert repo.govern("check", str(repo.root / "TASKS"), cwd=outside).code == 0


def test_excluded_files_are_skipped(mixed: Repo) -> None:
    mixed.write("govern.toml", 'exclude = ["TASKS/billing/pay*"]\n')
    ran = mixed.govern("check")
    assert (ran.code, ran.err) == (0, "nothing to report: 2 files judged, 1 skipped\n")


# --as


def test_as_judges_any_file_as_a_kind(repo: Repo) -> None:
    repo.write("notes/refunds.txt", BAD)
    assert repo.rules() == []
    assert repo.rules("--as", "task", "notes/refunds.txt") == ["schema/enum"]


def test_as_takes_a_major(repo: Repo) -> None:
    repo.write("notes/refunds.md", task(type="doc", status="done"))
    assert repo.rules("--as", "task@2", "notes/refunds.md") == []
    assert repo.rules("--as", "task@3", "notes/refunds.md") == ["schema/enum"]


def test_as_wants_front_matter_where_the_kind_has_it(repo: Repo) -> None:
    repo.write("notes/refunds.md", "# Refunds\n")
    assert repo.rules("--as", "task", "notes/refunds.md") == ["frontmatter/missing"]


KINDS = ", ".join(sorted(path.parent.name for path in (ROOT / "schemas").glob("*/kind.yaml")))


@pytest.mark.parametrize(
    ("named", "rule", "message"),
    [
        (
            "tsak",
            "kind/unknown",
            f"there is no kind tsak; there are {KINDS}",
        ),
        ("task@9", "kind/schema-missing", "task has no version 9; there are 1.0.0, 1.1.0, 2.0.0, 3.0.0"),
        (
            "task@x",
            "kind/unknown",
            f"there is no kind task@x; there are {KINDS}",
        ),
    ],
)
def test_as_a_kind_or_version_that_does_not_exist(repo: Repo, named: str, rule: str, message: str) -> None:
    repo.write("TASKS/billing/refunds.md", GOOD)
    (finding,) = repo.findings("--as", named, "TASKS/billing/refunds.md")
    assert (finding["rule"], finding["message"]) == (rule, message)


# --since


def test_since_judges_what_the_branch_changed(mixed: Repo) -> None:
    mixed.commit()
    mixed.git("checkout", "--quiet", "-b", "feature")
    mixed.write("TASKS/billing/fees.md", task("fees", status="doing"))
    mixed.commit()
    mixed.git("checkout", "--quiet", "main")
    mixed.write("TASKS/billing/refunds.md", task(status="started"))  # changed on main only
    mixed.commit()
    mixed.git("checkout", "--quiet", "feature")
    assert [f["path"] for f in mixed.findings("--since", "main")] == ["TASKS/billing/fees.md"]


def test_since_sees_what_is_not_committed_yet_and_forgets_what_was_deleted(mixed: Repo) -> None:
    mixed.commit()
    mixed.untracked("TASKS/billing/refunds.md", BAD)
    mixed.git("rm", "--quiet", "TASKS/billing/payouts.md")
    assert [f["path"] for f in mixed.findings("--since", "HEAD")] == ["TASKS/billing/refunds.md"]


def test_since_works_in_a_folder_below_the_root(mixed: Repo) -> None:
    mixed.commit()
    mixed.untracked("TASKS/billing/refunds.md", BAD)
    ran = mixed.govern("check", "--since", "HEAD", cwd=mixed.root / "TASKS")
    assert ran.out.startswith("billing/refunds.md:4:9: ")


def test_since_in_a_shallow_clone_says_how_to_deepen_it(mixed: Repo, tmp_path: Path) -> None:
    mixed.commit()
    mixed.git("branch", "stable")
    mixed.write("TASKS/billing/fees.md", task("fees"))
    mixed.commit()
    shallow = Repo.__new__(Repo)
    shallow.root = tmp_path / "shallow"
    execute(["git", "clone", "--quiet", "--depth", "1", mixed.root.as_uri(), shallow.root], tmp_path)
    ran = shallow.govern("check", "--since", "origin/stable")
    assert ran.code == 2
    assert "this clone is shallow; run: git fetch --unshallow origin" in ran.err


def test_since_with_a_ref_that_shares_no_history_is_2(mixed: Repo) -> None:
    mixed.commit()
    mixed.git("checkout", "--quiet", "--orphan", "other")
    mixed.commit("another beginning")
    ran = mixed.govern("check", "--since", "main")
    assert (ran.code, ran.err) == (2, "govern check: no merge base found\n")


def test_since_outside_a_repository_is_2(tmp_path: Path) -> None:
    ran = execute([sys.executable, "-m", "govern.cli.main", "check", "--since", "main"], tmp_path, check=False)
    assert ran.code == 2
    assert "bug in govern" not in ran.err


def test_a_ref_that_looks_like_an_option_is_no_option(mixed: Repo) -> None:
    mixed.commit()
    ran = mixed.govern("check", "--since=--output=stolen")
    assert ran.code == 2
    assert not (mixed.root / "stolen").exists()


# --stdin-filename


def test_standard_input_is_judged_as_if_it_were_the_file(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", GOOD)
    (finding,) = repo.findings("--stdin-filename", "TASKS/billing/refunds.md", stdin=BAD.encode())
    assert (finding["path"], finding["rule"]) == ("TASKS/billing/refunds.md", "schema/enum")
    assert repo.findings("--stdin-filename", "TASKS/billing/refunds.md", stdin=GOOD.encode()) == []


def test_standard_input_may_stand_for_a_file_that_does_not_exist_yet(repo: Repo) -> None:
    findings = repo.findings("--stdin-filename", "TASKS/billing/new.md", stdin=task("old").encode())
    assert [f["rule"] for f in findings] == ["task/id-mismatched"]


def test_the_source_line_of_standard_input_is_its_own(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", GOOD)
    ran = repo.govern("check", "--format", "full", "--stdin-filename", "TASKS/billing/refunds.md", stdin=BAD.encode())
    assert "  4 | status: doing\n" in ran.out


def test_standard_input_that_is_not_utf8_is_a_finding(repo: Repo) -> None:
    findings = repo.findings("--stdin-filename", "TASKS/billing/a.md", stdin=b"---\ntitle: caf\xe9\n---\n")
    assert [(f["rule"], f["line"], f["column"]) for f in findings] == [("file/not-utf8", 2, 11)]


def test_standard_input_of_no_kind_is_skipped(repo: Repo) -> None:
    ran = repo.govern("check", "--stdin-filename", "notes.txt", stdin=b"hello")
    assert (ran.code, ran.err) == (0, "nothing to judge: 0 files judged, 1 skipped\n")


def test_references_are_resolved_for_standard_input_too(repo: Repo) -> None:
    findings = repo.findings("--stdin-filename", "TASKS/billing/a.md", stdin=task("a", related="[b]").encode())
    assert [f["rule"] for f in findings] == ["task/related-unresolved"]


# --references


def test_references_is_at_once_when_only_source_code_is_staged(mixed: Repo) -> None:
    mixed.commit()
    mixed.write("TASKS/billing/refunds.md", task(related="[nowhere]"))
    mixed.commit()
    mixed.write("src/main.py", "")
    ran = mixed.govern("check", "--references")
    assert (ran.code, ran.out) == (0, "")


def test_references_looks_at_everything_when_nothing_is_staged(mixed: Repo) -> None:
    mixed.write("TASKS/billing/refunds.md", task(related="[nowhere]"))
    mixed.commit()
    assert mixed.govern("check", "--references").code == 1


def test_references_says_nothing_about_schemas(mixed: Repo) -> None:
    assert mixed.rules("--references") == []


# The command itself


def test_without_a_command_the_usage_is_shown_and_2(repo: Repo) -> None:
    ran = repo.govern()
    assert ran.code == 2
    assert "usage: govern COMMAND" in ran.err
    assert repo.govern("--help").code == 0


def test_a_misspelt_command_is_2_and_the_nearest_is_named(repo: Repo) -> None:
    ran = repo.govern("chekc")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "govern: there is no command chekc; did you mean check?")


def test_the_version_is_that_of_the_distribution(repo: Repo) -> None:
    from importlib.metadata import version

    assert repo.govern("--version").out == f"govern {version('govern-schemas')}\n"
