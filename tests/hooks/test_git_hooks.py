"""The scripts in hooks/, called by real git."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.repo import ROOT, Ran, Repo, execute, task

GOVERN = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
SHELLS = {Path(shell).resolve().as_posix() for shell in ("/bin/sh", shutil.which("bash")) if shell}

GOOD = task("payouts")
BAD = task("payouts", status="in-progress")
PLACE = "TASKS/billing/payouts.md:4:9: error: status is"


def hooked(repo: Repo, name: str, shell: str = "/bin/sh") -> None:
    """Install one of the scripts, run by the given shell."""
    text = (ROOT / "hooks" / name).read_text()
    folder = repo.root / repo.git("rev-parse", "--git-path", "hooks").out.strip()
    folder.mkdir(parents=True, exist_ok=True)
    hook = folder / name
    hook.write_text(text.replace("#!/bin/sh", f"#!{shell}", 1))
    hook.chmod(0o755)


def commit(repo: Repo, *arguments: str) -> Ran:
    return repo.git("commit", "--message", "change", *arguments, check=False, env=GOVERN)


@pytest.fixture(params=sorted(SHELLS))
def guarded(repo: Repo, request: pytest.FixtureRequest) -> Repo:
    """A repository with one commit and our pre-commit hook."""
    repo.write("TASKS/billing/refunds.md", task(related="[totals]"))
    repo.write("TASKS/billing/totals.md", task("totals"))
    repo.commit()
    hooked(repo, "pre-commit", request.param)
    return repo


def test_a_good_commit_passes_and_leaves_nothing_behind(guarded: Repo, tmp_path: Path) -> None:
    guarded.write("TASKS/billing/payouts.md", GOOD)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    ran = guarded.git("commit", "--message", "change", check=False, env=GOVERN | {"TMPDIR": str(temporary)})
    assert ran.code == 0, ran
    assert list(temporary.iterdir()) == []
    assert guarded.git("status", "--porcelain").out == ""


def test_a_bad_commit_is_refused_with_the_finding_on_screen(guarded: Repo) -> None:
    guarded.write("TASKS/billing/payouts.md", BAD)
    ran = commit(guarded)
    assert ran.code == 1
    assert PLACE in ran.out + ran.err
    assert "fix: write in_progress" in ran.out + ran.err


def test_the_first_commit_of_a_repository_is_judged(repo: Repo) -> None:
    hooked(repo, "pre-commit")
    repo.write("TASKS/billing/payouts.md", BAD)
    assert PLACE in (commit(repo).out + commit(repo).err)
    repo.write("TASKS/billing/payouts.md", GOOD)
    assert commit(repo).code == 0


def test_commit_all_judges_what_it_stages(guarded: Repo) -> None:
    guarded.untracked("TASKS/billing/totals.md", task("totals", status="in-progress"))
    assert commit(guarded, "--all").code == 1
    guarded.untracked("TASKS/billing/totals.md", task("totals", status="done"))
    assert commit(guarded, "--all").code == 0


def test_commit_only_judges_the_named_path_and_not_what_else_is_staged(guarded: Repo) -> None:
    guarded.write("TASKS/billing/payouts.md", BAD)
    guarded.untracked("TASKS/billing/totals.md", task("totals", status="done"))
    assert commit(guarded, "--only", "TASKS/billing/totals.md").code == 0
    assert commit(guarded, "--only", "TASKS/billing/payouts.md").code == 1


def test_what_is_staged_counts_and_not_what_lies_in_the_work_tree(guarded: Repo) -> None:
    guarded.write("TASKS/billing/payouts.md", BAD)
    guarded.untracked("TASKS/billing/payouts.md", GOOD)
    assert commit(guarded).code == 1
    guarded.write("TASKS/billing/payouts.md", GOOD)
    guarded.untracked("TASKS/billing/payouts.md", BAD)
    assert commit(guarded).code == 0
    assert (guarded.root / "TASKS/billing/payouts.md").read_text() == BAD


def test_deleting_a_file_that_others_refer_to_is_refused(guarded: Repo) -> None:
    guarded.git("rm", "--quiet", "TASKS/billing/totals.md")
    ran = commit(guarded)
    assert ran.code == 1
    assert "totals is neither a task nor a tracked file" in ran.out + ran.err


def test_deleting_it_together_with_the_reference_passes(guarded: Repo) -> None:
    guarded.git("rm", "--quiet", "TASKS/billing/totals.md")
    guarded.write("TASKS/billing/refunds.md", task())
    assert commit(guarded).code == 0


def test_an_untracked_file_does_not_hide_a_broken_reference(guarded: Repo) -> None:
    guarded.untracked("TASKS/billing/payins.md", task("payins"))
    guarded.write("TASKS/billing/payouts.md", task("payouts", related="[payins]"))
    assert commit(guarded).code == 1


@pytest.mark.parametrize("name", ["two words", "-dash", "it's", "a\nb", "grün"])
def test_file_names_of_every_sort_are_judged(guarded: Repo, name: str) -> None:
    guarded.write(f"TASKS/billing/{name}.md", BAD)
    ran = commit(guarded)
    assert ran.code == 1
    assert "[schema/enum]" in ran.out + ran.err


def test_a_linked_work_tree_judges_its_own_index(guarded: Repo) -> None:
    guarded.git("worktree", "add", "--quiet", "../linked")
    linked = Repo.__new__(Repo)
    linked.root = guarded.root.parent / "linked"
    linked.write("TASKS/billing/payouts.md", BAD)
    assert commit(linked).code == 1
    linked.write("TASKS/billing/payouts.md", GOOD)
    assert commit(linked).code == 0


def test_a_commit_from_a_folder_below_the_root_is_judged(guarded: Repo) -> None:
    guarded.write("TASKS/billing/payouts.md", BAD)
    below = guarded.root / "TASKS"
    assert execute(["git", "commit", "-m", "change"], below, check=False, env=GOVERN).code == 1


def test_a_new_submodule_is_left_alone(guarded: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.write("TASKS/billing/payouts.md", BAD)
    other.commit()
    guarded.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "vendor/other")
    ran = commit(guarded)
    assert ran.code == 0, ran


# pre-push and pre-receive


@pytest.fixture
def bare(tmp_path: Path) -> Repo:
    """A bare repository to push to."""
    result = Repo.__new__(Repo)
    result.root = tmp_path / "bare.git"
    execute(["git", "init", "--quiet", "--bare", "--initial-branch=main", result.root], tmp_path)
    return result


def push(repo: Repo, *arguments: str) -> Ran:
    return repo.git("push", *arguments, check=False, env=GOVERN)


@pytest.mark.parametrize("side", ["pre-push", "pre-receive"])
def test_a_push_is_judged_by_its_commits(repo: Repo, bare: Repo, side: str) -> None:
    repo.git("remote", "add", "origin", str(bare.root))
    hooked(bare if side == "pre-receive" else repo, side)
    repo.write("TASKS/billing/payouts.md", GOOD)
    repo.commit()
    assert push(repo, "origin", "main").code == 0

    repo.write("TASKS/billing/payouts.md", BAD)
    repo.commit()
    repo.untracked("TASKS/billing/payouts.md", GOOD)  # the work tree does not count
    ran = push(repo, "origin", "main")
    assert ran.code == 1
    assert PLACE in ran.out + ran.err
    assert bare.git("log", "--oneline", "main").out.count("\n") == 1

    repo.write("TASKS/billing/payouts.md", GOOD)
    repo.commit()
    assert push(repo, "origin", "main").code == 0


@pytest.mark.parametrize("side", ["pre-push", "pre-receive"])
def test_of_several_refs_each_is_judged_as_it_is(repo: Repo, bare: Repo, side: str) -> None:
    repo.git("remote", "add", "origin", str(bare.root))
    repo.write("TASKS/billing/totals.md", task("totals"))
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "other")
    repo.git("rm", "--quiet", "TASKS/billing/totals.md")
    repo.write("TASKS/billing/refunds.md", task(related="[totals]"))
    repo.commit()
    hooked(bare if side == "pre-receive" else repo, side)
    ran = push(repo, "origin", "main", "other")
    assert ran.code == 1
    assert "totals is neither a task nor a tracked file" in ran.out + ran.err
    assert push(repo, "origin", "main").code == 0


@pytest.mark.parametrize("side", ["pre-push", "pre-receive"])
def test_deleting_a_branch_is_nothing_to_judge(repo: Repo, bare: Repo, side: str) -> None:
    repo.git("remote", "add", "origin", str(bare.root))
    repo.write("TASKS/billing/payouts.md", BAD)
    repo.commit()
    repo.git("push", "--quiet", "origin", "main", "main:other")
    hooked(bare if side == "pre-receive" else repo, side)
    assert push(repo, "origin", "--delete", "other").code == 0


def test_a_tag_is_judged_by_the_commit_it_names(repo: Repo, bare: Repo) -> None:
    repo.git("remote", "add", "origin", str(bare.root))
    repo.write("TASKS/billing/payouts.md", BAD)
    repo.commit()
    repo.git("tag", "--annotate", "v1", "--message", "v1")
    hooked(repo, "pre-push")
    assert push(repo, "origin", "v1").code == 1


def test_a_commit_that_edits_a_rendered_file_is_refused(guarded: Repo) -> None:
    guarded.write("schemas/note/templates/page/1.0.0.md", "# Page\n\nOne.\n")
    guarded.write("govern.toml", "[[render]]\ntemplate = 'note/page'\nto = 'docs/page.md'\n")
    assert guarded.govern("render").code == 0
    guarded.git("add", "--all")
    assert commit(guarded).code == 0
    guarded.write("docs/page.md", "# Page\n\nOne, by hand.\n")
    ran = commit(guarded)
    assert ran.code == 1
    assert (
        "docs/page.md:3:1: error: docs/page.md was edited since it was rendered from note/page@1.0.0"
        in ran.out + ran.err
    )
    assert "+One, by hand." in ran.out + ran.err
    guarded.git("reset", "--quiet")  # an edit that is not staged is none of this commit's business
    guarded.write("TASKS/billing/payouts.md", GOOD)
    assert commit(guarded).code == 0
