"""What `govern compat` starts and loads where there is nothing to compare: a hook runs it at every commit."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo import GIT, Repo

SCHEMA = "contracts/order.schema.json"

# Each takes milliseconds to import; the last two of our own decide which of the others come along.
COSTLY = {"jsonschema", "jsonschema_rs", "dataclasses", "hashlib", "govern.validator", "govern.session"}


@pytest.fixture
def settled(repo: Repo) -> Repo:
    """A schema on main, and another commit after it."""
    repo.write(SCHEMA, '{"type": "object", "properties": {"total": {"type": "integer"}}}\n')
    repo.commit("one")
    repo.write("README.md", "hello")
    repo.commit("two")
    return repo


def run(repo: Repo, tmp_path: Path, **environment: str) -> tuple[str, set[str], list[str]]:
    """What `govern compat` says on standard error, the modules that it loads, and the commands of git that it runs."""
    trace = tmp_path / "trace"
    trace.unlink(missing_ok=True)
    code = "import sys; from govern.cli.main import main; main(['compat']); print(*sys.modules, sep='\\n')"
    told = {name: value for name, value in os.environ.items() if name not in ("PRE_COMMIT", "GIT_INDEX_FILE")}
    told |= GIT | {"GIT_TRACE2_EVENT": str(trace)} | environment
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=repo.root, env=told, capture_output=True, text=True, check=True
    )
    events = map(json.loads, trace.read_text().splitlines())
    started = [event["argv"][3] for event in events if event["event"] == "start"]
    return done.stderr, set(done.stdout.splitlines()), started


def test_where_nothing_changed_no_validator_is_loaded(settled: Repo, tmp_path: Path) -> None:
    said, loaded, _ = run(settled, tmp_path)
    assert said == "no schema differs from HEAD^1\n"
    assert not loaded & COSTLY
    settled.write(SCHEMA, '{"type": "object", "properties": {"total": {"type": "number"}}}\n')
    _, loaded, _ = run(settled, tmp_path)
    assert {"jsonschema_rs", "govern.session"} <= loaded


def test_a_hook_asks_git_three_times(settled: Repo, tmp_path: Path) -> None:
    settled.write("README.md", "hello again")
    said, _, started = run(settled, tmp_path, PRE_COMMIT="1")
    assert said == "no schema differs from HEAD\n"
    assert started == ["cat-file", "diff", "diff"]


def test_a_hook_on_a_branch_asks_git_three_times(settled: Repo, tmp_path: Path) -> None:
    settled.git("checkout", "--quiet", "-b", "feature")
    settled.write("README.md", "hello again")
    settled.commit("three")
    said, _, started = run(settled, tmp_path, PRE_COMMIT="1")
    assert said == "no schema differs from main\n"
    assert started == ["cat-file", "merge-base", "diff"]


def test_without_a_hook_git_is_asked_four_times(settled: Repo, tmp_path: Path) -> None:
    _, _, started = run(settled, tmp_path)
    assert started == ["cat-file", "diff", "ls-files", "diff"]
