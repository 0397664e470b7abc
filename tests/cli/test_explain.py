"""`govern explain`: a rule, a file, a kind; and what looks like one."""

import re

import pytest

from govern.catalogue import catalogue
from tests.repo import Repo, task

TASK = "TASKS/billing/refunds.md"


@pytest.mark.parametrize("rule", sorted(catalogue()))
def test_every_rule_is_explained_with_its_reason_and_how_to_change_it(repo: Repo, rule: str) -> None:
    ran = repo.govern("explain", rule)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"{rule} (")
    assert lines[2].endswith(".") or len(lines[2]) > 60
    assert f'  "{rule}" = "warn"    # error | warn | off' in lines
    by_comment = f"  # govern: ignore {rule} until=2027-01-31 -- why this is right here" in lines
    by_id = "  govern compat --accept ID --reason 'why this is right here' --until 2027-01-31" in lines
    assert (by_comment, by_id) == ((False, True) if rule.startswith("compat/") else (True, False))


def test_the_severity_is_that_of_the_configuration(repo: Repo) -> None:
    assert repo.govern("explain", "task/id-mismatched").out.startswith("task/id-mismatched (error)\n")
    repo.write("govern.toml", "[rules]\n'task/id-mismatched' = 'warn'\n")
    first = "task/id-mismatched (warning, by the configuration)\n"
    assert repo.govern("explain", "task/id-mismatched").out.startswith(first)


def test_a_rule_that_is_off_says_so(repo: Repo) -> None:
    first = "compose/healthcheck-missing (opt-in: off unless the configuration names it)\n"
    assert repo.govern("explain", "compose/healthcheck-missing").out.startswith(first)


def test_a_rule_of_a_vocabulary_is_explained(repo: Repo) -> None:
    assert repo.govern("explain", "task/domain-unknown").code == 0


@pytest.mark.parametrize("kind", ["task", "agent", "compose", "config", "kind"])
def test_a_kind_shows_its_files_versions_fields_and_rules(repo: Repo, kind: str) -> None:
    ran = repo.govern("explain", kind)
    assert ran.code == 0
    for word in ("files ", "versions  1", "schema ", "fields of "):
        assert word in ran.out


def test_a_kind_shows_required_fields_allowed_words_and_an_example(repo: Repo) -> None:
    repo.write("govern.toml", "[vocabulary]\ntask.domain = ['billing', 'books']\n")
    out = repo.govern("explain", "task").out
    assert re.search(r"^  status +proposed \| in_review \| .* \| archived; required$", out, re.M)
    assert "here one of billing, books" in out
    assert re.search(r"^  task/related-unresolved +error +related names something that does not exist$", out, re.M)
    assert "an example:\n  ---\n  id: " in out


def test_a_kind_of_another_major(repo: Repo) -> None:
    assert "fields of task@3.0.0:" in repo.govern("explain", "task@3").out
    assert repo.govern("explain", "task@9").code == 2


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (TASK, "is a document of the kind task (task documents), judged by task@2.0.0\nWhy: the kind task claims "),
        ("notes.md", "notes.md is no document of a kind that govern knows; it is skipped\n"),
        ("vendor/a.md", "vendor/a.md is not judged: the configuration excludes it\n"),
        ("todo/a.md", 'Why: [files] in the configuration says "todo/*.md" = "task"\n'),
        ("deploy/web.yaml", "Why: the file names its schema itself\n"),
    ],
)
def test_a_file_says_what_judges_it_and_why(repo: Repo, path: str, said: str) -> None:
    repo.write("govern.toml", "exclude = ['vendor/**']\n[files]\n'todo/*.md' = 'task'\n")
    for name in (TASK, "vendor/a.md", "todo/a.md"):
        repo.write(name, task())
    repo.write("notes.md", "# Notes\n")
    repo.write("deploy/web.yaml", "# govern: schema=compose@1\nservices: {}\n")
    ran = repo.govern("explain", path)
    assert ran.code == 0
    assert said in ran.out


def test_a_file_says_how_many_findings_it_has(repo: Repo) -> None:
    repo.write(TASK, task(status="doing", body="**Status**: done"))
    assert "It has 1 error" in repo.govern("explain", TASK).out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tsak", "tsak is no rule, no kind and no file; did you mean task?"),
        ("task/id-mismached", "did you mean task/id-mismatched?"),
        ("unknown-key", "did you mean config/unknown-key or schema/unknown-key?"),
        ("nothing-like-it", "`govern explain KIND` lists the rules of a kind"),
        ("TASKS", "TASKS is a folder; name a file"),
    ],
)
def test_what_is_none_of_these_is_2_and_the_nearest_is_named(repo: Repo, name: str, said: str) -> None:
    repo.write(TASK, task())
    ran = repo.govern("explain", name)
    assert ran.code == 2
    assert said in ran.err
