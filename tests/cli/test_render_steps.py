"""Copies that are kept in step with their templates: what `govern.lock` records, and what becomes of edits."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.repo import Ran, Repo

FIRST = "# <<NAME>>\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n"
SECOND = FIRST.replace("Four.", "Four and a half.")
SHELF = "schemas/note/templates/page"
CONFIG = "[values]\nNAME = 'Ledger'\n[[render]]\ntemplate = 'note/page'\nto = 'docs/page.md'\n"
PAGE = "docs/page.md"


@pytest.fixture
def service(repo: Repo) -> Repo:
    """A repository with a copy of a published template."""
    repo.write(f"{SHELF}/1.0.0.md", FIRST)
    repo.write("govern.toml", CONFIG)
    assert repo.govern("render").code == 0
    return repo


def text(repo: Repo, path: str = PAGE) -> str:
    return (repo.root / path).read_text("utf-8")


def edit(repo: Repo, old: str, new: str) -> None:
    before = text(repo)
    assert old in before
    repo.untracked(PAGE, before.replace(old, new))


def publish(repo: Repo, contents: str = SECOND, version: str = "1.1.0") -> None:
    repo.untracked(f"{SHELF}/{version}.md", contents)


def check(repo: Repo) -> dict[str, Any]:
    """How the only target stands, with the code and the rules of `--check`."""
    before = {path: path.read_bytes() for path in repo.root.rglob("*") if path.is_file() and ".git" not in path.parts}
    ran = repo.govern("render", "--check", "--format", "json")
    after = {path: path.read_bytes() for path in repo.root.rglob("*") if path.is_file() and ".git" not in path.parts}
    assert before == after
    answer = json.loads(ran.out)
    (target,) = answer["targets"]
    return {**target, "code": ran.code, "rules": [finding["rule"] for finding in answer["findings"]]}


def stands(repo: Repo) -> tuple[Any, ...]:
    answer = check(repo)
    return answer["state"], answer["safe"], answer["code"]


def test_what_is_rendered_is_recorded_and_the_file_gains_nothing(service: Repo) -> None:
    assert text(service) == FIRST.replace("<<NAME>>", "Ledger")
    recorded = tomllib.loads(text(service, "govern.lock"))
    (target,) = recorded["target"]
    assert (recorded["version"], target["path"], target["template"]) == (1, PAGE, "note/page@1.0.0")
    assert target["values"] == {"NAME": "Ledger"}
    assert {target["digest"][:7], target["template-digest"][:7]} == {"sha256:"}
    assert stands(service) == ("current", True, 0)
    assert service.rules() == []


def test_the_same_inputs_give_the_same_bytes(service: Repo) -> None:
    before = text(service, "govern.lock"), text(service)
    ran = service.govern("render")
    assert (ran.code, ran.err) == (0, "nothing to write: 1 file as rendered\n")
    (service.root / "govern.lock").unlink()
    (service.root / PAGE).unlink()
    assert service.govern("render").code == 0
    assert (text(service, "govern.lock"), text(service)) == before


def test_a_one_off_rendering_records_nothing(service: Repo) -> None:
    before = text(service, "govern.lock")
    assert service.govern("render", "note/page", "--to", "other.md").code == 0
    assert text(service, "other.md") == text(service)
    assert text(service, "govern.lock") == before


def test_an_edited_file_is_told_with_the_difference_and_left_alone(service: Repo) -> None:
    edit(service, "Two.", "Two, by hand.")
    answer = check(service)
    assert (answer["state"], answer["rules"], answer["code"]) == ("edited", ["render/drift-edited"], 1)
    assert "-Two.\n+Two, by hand.\n" in answer["diff"]
    ran = service.govern("render", "--check")
    assert ran.out.startswith(f"{PAGE}:5:1: error: {PAGE} was edited since it was rendered from note/page@1.0.0")
    assert "-Two.\n+Two, by hand.\n" in ran.out
    ran = service.govern("render")
    assert (ran.code, ran.err.splitlines()[0]) == (0, f"kept {PAGE}, which was edited since it was rendered")
    assert "by hand" in text(service)
    assert service.govern("render", "--force").code == 0
    assert stands(service) == ("current", True, 0)


def test_a_file_that_is_behind_and_untouched_is_safe_to_render_again(service: Repo) -> None:
    publish(service)
    answer = check(service)
    assert (answer["state"], answer["safe"], answer["rules"]) == ("behind", True, ["render/drift-behind"])
    ran = service.govern("render", "--diff")
    assert (ran.code, "-Four.\n+Four and a half.\n" in ran.out, "half" in text(service)) == (1, True, False)
    assert service.govern("render").code == 0
    assert text(service) == SECOND.replace("<<NAME>>", "Ledger")
    assert stands(service) == ("current", True, 0)


def test_a_changed_value_puts_a_file_behind(service: Repo) -> None:
    service.write("govern.toml", CONFIG.replace("Ledger", "Billing"))
    assert stands(service) == ("behind", True, 1)
    assert service.govern("render").code == 0
    assert text(service).startswith("# Billing\n")


def test_an_edit_and_a_new_version_are_merged_where_they_do_not_meet(service: Repo) -> None:
    edit(service, "Two.", "Two, by hand.")
    publish(service)
    assert stands(service) == ("diverged", True, 1)
    ran = service.govern("render")
    assert (ran.code, ran.err.splitlines()[0]) == (0, f"merged your edit of {PAGE}")
    assert text(service) == SECOND.replace("<<NAME>>", "Ledger").replace("Two.", "Two, by hand.")
    assert stands(service) == ("edited", False, 1)


def test_where_both_changed_the_same_lines_a_person_decides(service: Repo) -> None:
    edit(service, "Four.", "Four, by hand.")
    edit(service, "Two.", "Two, by hand.")
    publish(service)
    answer = check(service)
    assert (answer["state"], answer["safe"], answer["conflicts"]) == ("diverged", False, 1)
    ran = service.govern("render", "--format", "json")
    (found,) = json.loads(ran.out)["findings"]
    assert (ran.code, found["rule"], found["path"], found["line"]) == (1, "render/merge-conflict", PAGE, 9)
    assert text(service).endswith(
        "Two, by hand.\n\nThree.\n\n<<<<<<< edited here\nFour, by hand.\n=======\nFour and a half.\n>>>>>>> note/page@1.1.0\n"
    )


def test_a_merge_that_breaks_its_schema_is_not_written(repo: Repo) -> None:
    template = "---\nname: page\ndescription: Says things.\n---\nYou say\n\nthings.\n"
    repo.write("schemas/agent/templates/page/1.0.0.md", template)
    repo.write("govern.toml", "[[render]]\ntemplate = 'agent/page'\nto = '.claude/agents/page.md'\n")
    assert repo.govern("render").code == 0
    edited = template.replace("name: page", "name: [page]")
    repo.write(".claude/agents/page.md", edited)
    repo.write("schemas/agent/templates/page/1.1.0.md", template.replace("\n\nthings.", "\n\nmore."))
    ran = repo.govern("render", "--format", "json")
    assert ran.code == 1
    assert [finding["rule"] for finding in json.loads(ran.out)["findings"]] == ["schema/type"]
    assert text(repo, ".claude/agents/page.md") == edited


def test_what_is_rendered_is_judged_before_it_is_written(repo: Repo) -> None:
    repo.write("schemas/agent/templates/page/1.0.0.md", "---\nname: <<NAME>>\ndescription: Says things.\n---\nSay.\n")
    repo.write("govern.toml", "[[render]]\ntemplate = 'agent/page'\nto = 'x/page.md'\nvalues = {NAME = 'Not A Name'}\n")
    ran = repo.govern("render", "--format", "full")
    assert ran.code == 1
    assert ran.out.startswith("x/page.md:2:7: error: name is")
    assert "  2 | name: Not A Name\n" in ran.out
    assert not (repo.root / "x").exists()
    repo.write("govern.toml", text(repo, "govern.toml").replace("Not A Name", "page"))
    assert repo.govern("render").code == 0
    repo.write("x/page.md", "---\nname: page\n---\nSay.\n")
    assert repo.rules("x/page.md") == ["schema/missing-key"]  # of the kind whose template it is


def test_a_file_that_is_gone_is_written_again(service: Repo) -> None:
    (service.root / PAGE).unlink()
    assert stands(service) == ("missing", True, 1)
    assert service.govern("render").code == 0
    assert stands(service) == ("current", True, 0)


def test_a_target_that_nobody_asks_for_any_more_is_orphaned_and_stays(service: Repo) -> None:
    service.write("govern.toml", "")
    ran = service.govern("render", "--check", "--format", "json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["targets"][0]["state"]) == (1, "orphaned")
    assert [finding["rule"] for finding in answer["findings"]] == ["render/drift-orphaned"]
    assert service.govern("render").code == 0
    assert "target" not in tomllib.loads(text(service, "govern.lock"))
    assert (service.root / PAGE).exists()


def test_a_template_that_is_gone_orphans_nothing(service: Repo) -> None:
    (service.root / SHELF / "1.0.0.md").unlink()
    ran = service.govern("render", "--check", "--format", "json")
    (found,) = json.loads(ran.out)["findings"]
    assert (ran.code, found["rule"], found["path"], found["line"]) == (1, "render/template-unknown", "govern.toml", 4)
    assert service.govern("render").code == 1
    assert tomllib.loads(text(service, "govern.lock"))["target"]


def test_a_file_that_render_did_not_write_is_never_overwritten(repo: Repo) -> None:
    repo.write(f"{SHELF}/1.0.0.md", FIRST)
    repo.write("govern.toml", CONFIG)
    repo.write(PAGE, "mine\n")
    ran = repo.govern("render", "--format", "json")
    (found,) = json.loads(ran.out)["findings"]
    assert (ran.code, found["rule"], found["path"], found["line"]) == (1, "render/target-exists", "govern.toml", 5)
    assert text(repo) == "mine\n" and not (repo.root / "govern.lock").exists()
    repo.write(PAGE, FIRST.replace("<<NAME>>", "Ledger"))
    assert repo.govern("render").code == 0
    assert stands(repo) == ("current", True, 0)


def test_the_base_of_a_merge_is_found_in_history_where_the_template_was_edited_in_place(repo: Repo) -> None:
    repo.write("page.md", FIRST)
    repo.write("govern.toml", CONFIG.replace("note/page", "page.md"))
    assert repo.govern("render").code == 0
    repo.git("add", "--all")
    repo.commit()
    edit(repo, "Two.", "Two, by hand.")
    repo.write("page.md", SECOND)
    assert stands(repo) == ("diverged", True, 1)
    assert repo.govern("render").code == 0
    assert text(repo) == SECOND.replace("<<NAME>>", "Ledger").replace("Two.", "Two, by hand.")


def test_without_its_base_an_edit_is_not_touched(repo: Repo) -> None:
    repo.write("page.md", FIRST)
    repo.write("govern.toml", CONFIG.replace("note/page", "page.md"))
    assert repo.govern("render").code == 0
    edit(repo, "Two.", "Two, by hand.")
    repo.write("page.md", SECOND)
    before = text(repo)
    assert stands(repo) == ("diverged", False, 1)
    assert repo.govern("render").code == 1
    assert text(repo) == before
    assert repo.govern("render", "--force").code == 0
    assert text(repo) == SECOND.replace("<<NAME>>", "Ledger")


@pytest.mark.parametrize("version", ["", "@1", "@1.0.0"])
def test_a_version_can_be_pinned(service: Repo, version: str) -> None:
    service.write("govern.toml", CONFIG.replace("note/page", f"note/page{version}"))
    publish(service, SECOND, "2.0.0")
    assert stands(service)[0] == ("current" if version else "behind")


def test_a_version_that_is_not_there_is_said(service: Repo) -> None:
    service.write("govern.toml", CONFIG.replace("note/page", "note/page@3"))
    ran = service.govern("render", "--check")
    assert "govern.toml:4:12: error: the template note/page has no version 3" in ran.out


def test_the_nearest_template_is_meant_by_a_slip(service: Repo) -> None:
    service.write("govern.toml", CONFIG.replace("note/page", "note/paeg"))
    ran = service.govern("render", "--check", "--format", "full")
    assert "hint: did you mean note/page?" in ran.out


def test_templates_of_a_package_are_found(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "acme_templates"
    (package / "schemas" / "note" / "templates" / "page").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "schemas" / "note" / "templates" / "page" / "1.0.0.md").write_text(FIRST)
    monkeypatch.syspath_prepend(tmp_path / "site")
    repo.write("govern.toml", "schemas = ['package:acme_templates']\n" + CONFIG)
    assert repo.govern("render").code == 0
    assert text(repo) == FIRST.replace("<<NAME>>", "Ledger")
    (package / "schemas" / "note" / "templates" / "page" / "1.1.0.md").write_text(SECOND)
    assert stands(repo) == ("behind", True, 1)


def test_a_folder_is_kept_in_step_file_by_file(repo: Repo) -> None:
    repo.write("schemas/note/templates/set/1.0.0/<<NAME>>.md", FIRST)
    repo.write("schemas/note/templates/set/1.0.0/fixed.txt", "x\n")
    repo.write("schemas/note/templates/set/1.0.0/template.yaml", "holes: {NAME: {}}\n")
    repo.write("govern.toml", CONFIG.replace("note/page", "note/set").replace("docs/page.md", "docs"))
    assert repo.govern("render").code == 0
    assert [target["path"] for target in tomllib.loads(text(repo, "govern.lock"))["target"]] == [
        "docs/Ledger.md",
        "docs/fixed.txt",
    ]
    repo.untracked("docs/Ledger.md", text(repo, "docs/Ledger.md").replace("Two.", "Two, by hand."))
    repo.write("schemas/note/templates/set/1.1.0/<<NAME>>.md", SECOND)
    repo.write("schemas/note/templates/set/1.1.0/template.yaml", "holes: {NAME: {}}\n")
    answer = json.loads(repo.govern("render", "--check", "--format", "json").out)
    assert [(each["path"], each["state"]) for each in answer["targets"]] == [
        ("docs/Ledger.md", "diverged"),
        ("docs/fixed.txt", "orphaned"),
    ]
    assert repo.govern("render").code == 0
    assert "half" in text(repo, "docs/Ledger.md") and "by hand" in text(repo, "docs/Ledger.md")


def test_how_much_drift_counts_is_the_repositorys_to_say(service: Repo) -> None:
    service.write("govern.toml", CONFIG + "[rules]\n'render/drift-edited' = 'warn'\n")
    edit(service, "Two.", "Two, by hand.")
    assert stands(service) == ("edited", False, 0)


@pytest.mark.parametrize(
    ("lock", "rule"),
    [
        ("version = 2\n", "schema/const"),
        ("version = 1\n[[target]]\npath = 'x'\n", "schema/missing-key"),
        ("nonsense", "toml/syntax"),
        ("<<<<<<< ours\n", "file/merge-conflict"),
    ],
)
def test_a_lock_that_is_none_is_found(service: Repo, lock: str, rule: str) -> None:
    service.write("govern.lock", lock)
    ran: Ran = service.govern("render", "--format", "json")
    assert ran.code == 1
    assert {finding["rule"] for finding in json.loads(ran.out)["findings"]} == {rule}
    assert {finding["path"] for finding in json.loads(ran.out)["findings"]} == {"govern.lock"}
    assert text(service, "govern.lock") == lock
    assert rule in service.rules("govern.lock")


def test_a_target_may_be_the_folder_that_its_file_belongs_in(repo: Repo) -> None:
    repo.write(f"{SHELF}/1.0.0.md", FIRST)
    repo.write("govern.toml", CONFIG.replace("docs/page.md", "./docs/"))
    assert repo.govern("render").code == 0
    assert stands(repo) == ("current", True, 0)
    assert text(repo) == FIRST.replace("<<NAME>>", "Ledger")


def test_in_a_hook_nothing_is_looked_at_unless_something_of_it_is_staged(
    service: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.git("add", "--all")
    service.commit()
    edit(service, "Two.", "Two, by hand.")
    monkeypatch.setenv("PRE_COMMIT", "1")
    service.write("src/main.py", "pass\n")
    assert service.govern("render", "--check") == (0, "", "")
    service.git("add", "--all")
    assert service.govern("render", "--check").code == 1
    service.git("reset", "--quiet")
    assert service.govern("render", "--check").code == 1  # nothing is staged, as in CI


def test_a_value_for_one_of_several_templates_is_no_slip(repo: Repo) -> None:
    repo.write("a.md", "<<A>>\n")
    repo.write("b.md", "<<B>>\n")
    entry = "[[render]]\ntemplate = '{0}.md'\nto = 'out/{0}.md'\n"
    repo.write("govern.toml", entry.format("a") + entry.format("b"))
    assert repo.govern("render", "--set", "A=x", "--set", "B=y").code == 0
    ran = repo.govern("render", "--set", "A=x", "--set", "B=y", "--set", "C=z", "--format", "json")
    assert [finding["rule"] for finding in json.loads(ran.out)["findings"]] == ["render/value-unknown"]
    repo.write("govern.toml", entry.format("a") + "values = {B = 'y'}\n" + entry.format("b"))
    ran = repo.govern("render", "--set", "A=x", "--set", "B=y", "--format", "json")
    (found,) = json.loads(ran.out)["findings"]
    assert (found["rule"], found["path"], found["line"]) == ("render/value-unknown", "govern.toml", 4)
