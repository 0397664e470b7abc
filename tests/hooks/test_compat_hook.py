"""Schemas in hooks: the scripts of hooks/ called by real git, and a start that loads nothing it does not need."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.test_git_hooks import bare, commit, hooked, push
from tests.repo import Repo, task

__all__ = ["bare"]

ORDER = "contracts/order.schema.json"


def order(**properties: Any) -> str:
    return json.dumps({"type": "object", "properties": {"total": {"type": "integer"}, **properties}}) + "\n"


GOOD = order(note={"type": "string"})
BAD = order(total={"type": "string"})
SAID = "total is now a string, was an integer"


@pytest.fixture
def guarded(repo: Repo) -> Repo:
    """A repository with one schema on main and our pre-commit hook."""
    repo.write(ORDER, order())
    repo.commit()
    hooked(repo, "pre-commit")
    return repo


def test_a_commit_that_breaks_a_schema_is_refused_with_the_value_that_breaks(guarded: Repo) -> None:
    guarded.write(ORDER, BAD)
    ran = commit(guarded)
    assert ran.code == 1
    said = ran.out + ran.err
    assert SAID in said
    assert f"{ORDER}:1:" in said
    assert 'witness:  {"total": 0} is fine by the old version and refused by the new one' in said
    guarded.write(ORDER, GOOD)
    assert commit(guarded).code == 0


def test_what_is_staged_counts(guarded: Repo) -> None:
    guarded.write(ORDER, BAD)
    guarded.untracked(ORDER, GOOD)
    assert commit(guarded).code == 1
    guarded.write(ORDER, GOOD)
    guarded.untracked(ORDER, BAD)
    assert commit(guarded).code == 0


def test_deleting_a_schema_is_refused_and_renaming_it_passes(guarded: Repo) -> None:
    guarded.git("mv", ORDER, "contracts/purchase.schema.json")
    assert commit(guarded).code == 0
    guarded.git("rm", "--quiet", "contracts/purchase.schema.json")
    ran = commit(guarded)
    assert ran.code == 1
    assert "contracts/purchase is published, and its file is gone" in ran.out + ran.err


def test_a_branch_is_held_to_what_main_has_and_not_to_its_own_last_commit(guarded: Repo) -> None:
    guarded.git("checkout", "--quiet", "-b", "feature")
    guarded.write("contracts/new.schema.json", order())
    assert commit(guarded).code == 0
    guarded.write("contracts/new.schema.json", BAD)
    assert commit(guarded).code == 0


def test_a_commit_without_schemas_passes_even_if_the_last_one_broke(guarded: Repo) -> None:
    guarded.write(ORDER, BAD)
    guarded.commit()
    guarded.write("TASKS/billing/payouts.md", task("payouts"))
    assert commit(guarded).code == 0


def test_a_linked_work_tree_judges_its_own_index(guarded: Repo) -> None:
    guarded.git("worktree", "add", "--quiet", "../linked")
    linked = Repo.__new__(Repo)
    linked.root = guarded.root.parent / "linked"
    linked.write(ORDER, BAD)
    assert commit(linked).code == 1


def test_a_server_refuses_a_push_that_breaks_the_default_branch(repo: Repo, bare: Repo) -> None:
    repo.git("remote", "add", "origin", str(bare.root))
    hooked(bare, "pre-receive")
    repo.write(ORDER, order())
    repo.commit()
    assert push(repo, "origin", "main").code == 0
    repo.git("checkout", "--quiet", "-b", "feature")
    for text, code in ((BAD, 1), (GOOD, 0)):
        repo.write(ORDER, text)
        repo.commit()
        ran = push(repo, "origin", "feature")
        assert ran.code == code, ran
        assert (SAID in ran.out + ran.err) == bool(code)
    repo.write(ORDER, order())  # takes back what only this branch had
    repo.commit()
    assert push(repo, "origin", "feature", "feature:main").code == 0


ENGINE = ("govern.compat.compare", "govern.compat.explain.changes", "govern.compat.witness.referees", "govern.regex")
COSTLY = (*ENGINE, "dataclasses", "jsonschema", "referencing", "regress", "ruamel", "yaml", "pydantic")


@pytest.mark.parametrize("edited", [False, True])
def test_a_run_without_schemas_loads_no_engine(guarded: Repo, monkeypatch: pytest.MonkeyPatch, edited: bool) -> None:
    monkeypatch.setenv("PRE_COMMIT", "1")
    guarded.write("src/a.py", "pass")
    guarded.write("package.json", "{}")
    if edited:
        guarded.write(ORDER, GOOD)
    code = "import sys; from govern.cli.main import main; main(['compat', '-q']); print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=guarded.root, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split("\n")) & set(COSTLY)
    assert bool(loaded) is edited


def test_a_run_without_schemas_asks_git_few_things(guarded: Repo, tmp_path: Path) -> None:
    guarded.write("src/a.py", "pass")
    trace = tmp_path / "trace"
    ran = guarded.process("compat", env={"PRE_COMMIT": "1", "GIT_TRACE": str(trace)})
    assert (ran.code, ran.out, ran.err) == (0, "", "no schema differs from HEAD\n")
    assert trace.read_text().count("built-in: git") <= 4
