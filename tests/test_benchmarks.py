"""The documents of the benchmarks are what they say: both tools accept them, and refuse the wrong ones."""

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import govern
from govern.parse import read
from tests.repo import ROOT, Repo

DOCUMENTS: dict[str, Any] = runpy.run_path(str(ROOT / "benchmarks" / "documents.py"))
COUNT = 60


def theirs(*arguments: str, cwd: Path) -> int:
    command = [sys.executable, "-m", "check_jsonschema", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False).returncode


def names(repo: Repo, kind: str, *, wrong: bool) -> list[str]:
    """Documents as the benchmark writes them; what check-jsonschema is to read."""
    change = DOCUMENTS["wrong"] if wrong else str
    result = []
    for index in range(COUNT):
        if kind == "compose":
            name = f"services/{index}/compose.yaml"
            repo.write(name, change(DOCUMENTS["compose"](index)))
        else:
            place = f"{DOCUMENTS['domain'](index)}/{DOCUMENTS['task_id'](index)}"
            repo.write(f"TASKS/{place}.md", change(DOCUMENTS["task"](index)))
            name = f"{place}.yaml"
            repo.untracked(name, change(DOCUMENTS["front_matter"](index)))
        result.append(name)
    return result


def schema(kind: str) -> list[str]:
    if kind == "compose":
        return ["--builtin-schema", "vendor.compose-spec"]
    return ["--schemafile", str(max(ROOT.glob("schemas/task/2.*.json")))]


@pytest.mark.parametrize("kind", ["compose", "task"])
def test_both_tools_accept_the_documents(repo: Repo, kind: str) -> None:
    files = names(repo, kind, wrong=False)
    ran = repo.govern("check")
    assert (ran.code, ran.out) == (0, "")
    assert f"{COUNT} files judged" in ran.err
    assert theirs(*schema(kind), *files, cwd=repo.root) == 0


@pytest.mark.parametrize("kind", ["compose", "task"])
def test_both_tools_refuse_every_wrong_document(repo: Repo, kind: str) -> None:
    files = names(repo, kind, wrong=True)
    refused = {line.partition(":")[0] for line in repo.govern("check").out.splitlines() if " error: " in line}
    assert len(refused) == COUNT
    assert theirs(*schema(kind), *files, cwd=repo.root) == 1


def test_the_documents_are_the_same_on_every_run() -> None:
    again = runpy.run_path(str(ROOT / "benchmarks" / "documents.py"))
    for name in ("compose", "task", "front_matter"):
        assert [DOCUMENTS[name](index) for index in range(9)] == [again[name](index) for index in range(9)]


@pytest.mark.parametrize("wrong", [False, True])
def test_the_loop_refuses_as_many_events_as_we_do(tmp_path: Path, wrong: bool) -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))  # where its `import check` looks
    try:
        benchmark: dict[str, Any] = runpy.run_path(str(ROOT / "benchmarks" / "jsonl.py"))
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))
    benchmark["prepare"](tmp_path, 300, wrong=wrong)
    ran = Repo(tmp_path).govern("check", benchmark["FILE"])
    expected = 300 // benchmark["WRONG_SHARE"] if wrong else 0
    assert benchmark["refused_by_the_loop"](tmp_path) == len(ran.out.splitlines()) == expected


def test_the_sections_of_the_made_up_agents_are_those_that_their_schema_asks_for() -> None:
    validator = jsonschema.Draft202012Validator(DOCUMENTS["GUIDE_SCHEMA"])
    for index in range(COUNT):
        text = DOCUMENTS["domain_agent"](index)
        assert validator.is_valid(read("a.md", text.encode(), "markdown").value)
        wrong = text.replace("## Scope", "## Scopes")
        assert not validator.is_valid(read("a.md", wrong.encode(), "markdown").value)


def test_the_templates_have_as_many_holes_as_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    measured = runpy.run_path(str(ROOT / "benchmarks" / "render.py"))
    ours, theirs = (measured["text"](7, *pair) for pair in (("<<", ">>"), ("{{ ", " }}")))
    assert ours.count("<<") == theirs.count("{{") == measured["HOLES"]
    expected = theirs
    for name, value in measured["VALUES"].items():
        expected = expected.replace(f"{{{{ {name} }}}}", value)
    assert govern.render_text(ours, measured["VALUES"]) == expected
