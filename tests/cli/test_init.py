"""`govern init`: what it writes passes, what exists stays, and a second run changes nothing."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from govern.cli.init.repository import HOOKS
from tests.repo import ACME, EXAMPLES, ROOT, TODAY, Repo, agent, task

HOOKS_FILE = ".pre-commit-config.yaml"


def files(repo: Repo) -> dict[str, bytes]:
    """Everything in the work tree."""
    paths = (path for path in repo.root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(repo.root).as_posix(): path.read_bytes() for path in paths}


# A repository


def test_an_empty_repository_gets_a_configuration_and_hooks_that_pass(repo: Repo) -> None:
    ran = repo.govern("init")
    assert (ran.code, ran.err) == (0, "")
    assert "wrote govern.toml\nwrote .pre-commit-config.yaml\n" in ran.out
    assert set(files(repo)) == {"govern.toml", HOOKS_FILE}
    repo.git("add", "--all")
    assert repo.govern("check").code == 0
    assert repo.findings() == []
    assert repo.govern("render", "--check").code == 0  # the hook that has nothing to do here


def test_the_hooks_are_offered_and_pre_commit_takes_the_file(repo: Repo) -> None:
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert set(HOOKS) <= offered
    repo.govern("init")
    command = [sys.executable, "-m", "pre_commit", "validate-config", HOOKS_FILE]
    done = subprocess.run(command, cwd=repo.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done


def test_a_second_run_changes_nothing_and_says_so(repo: Repo) -> None:
    repo.govern("init")
    before = files(repo)
    ran = repo.govern("init")
    assert (ran.code, files(repo)) == (0, before)
    assert ran.out.count("left as it is") == 2


def test_what_is_there_is_never_overwritten(repo: Repo) -> None:
    repo.write("pyproject.toml", "[tool.govern]\nexclude = ['vendor/**']\n")
    repo.write(HOOKS_FILE, "repos:\n  - repo: local\n    hooks: [{id: govern-check}]\n")
    before = files(repo)
    ran = repo.govern("init")
    assert (ran.code, files(repo)) == (0, before)
    assert "pyproject.toml is there already: left as it is" in ran.out


def test_the_domains_of_tasks_become_a_vocabulary_where_their_folders_agree(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task())
    repo.write("TASKS/books/audit.md", task("audit", domain="books"))
    repo.write("TASKS/archive/old/x.md", task("x", domain="old", status="archived"))
    repo.govern("init")
    text = (repo.root / "govern.toml").read_text()
    assert (
        '\n[vocabulary]                          # closed lists: another word is a finding\ntask.domain = ["billing", "books"]\n'
        in text
    )
    repo.git("add", "--all")
    assert repo.rules() == []


@pytest.mark.parametrize("path", ["TASKS/refunds.md", "TASKS/elsewhere/refunds.md"])
def test_domains_that_are_not_obvious_are_left_to_the_reader(repo: Repo, path: str) -> None:
    repo.write("TASKS/books/audit.md", task("audit", domain="books"))
    repo.write(path, task())
    repo.govern("init")
    assert '\n# task.domain = ["billing", "platform"]\n' in (repo.root / "govern.toml").read_text()


@pytest.mark.parametrize(
    "text",
    [
        "# ours\nrepos:\n- repo: https://x/y   # why\n  rev: v1\n  hooks:\n  - id: a\n\n# the end\nci:\n  skip: [a]\n",
        "default_stages: [pre-commit]\nrepos:\n  - repo: local\n    hooks:\n      - id: a\n        args: ['x',  \"y\"]\n",
        "repos:\r\n  - repo: local\r\n    hooks: []\r\n",
        "repos:\n    -   repo: https://x/y\n        rev: v1\n        hooks:\n        -   id: a\n",
        "repos:\n  - repo: x\n    hooks: []\n  # trailing\n# more\n",
        "repos:\n  - repo: x\n    hooks: []",
        "ci: {}\n",
    ],
)
def test_hooks_are_added_and_every_other_line_stays(repo: Repo, text: str) -> None:
    repo.write(HOOKS_FILE, text.encode())
    ran = repo.govern("init")
    assert "added 4 hooks to .pre-commit-config.yaml" in ran.out
    after = (repo.root / HOOKS_FILE).read_bytes().decode()
    rest = after.splitlines()
    for line in text.splitlines():
        rest.remove(line)
    assert len(rest) == (8 if text.startswith("ci") else 7)
    assert ("\r\n" in text) == ("\r\n" in after)
    before, now = yaml.safe_load(text), yaml.safe_load(after)
    assert now["repos"][:-1] == (before.get("repos") or [])
    assert {key: value for key, value in now.items() if key != "repos"} == {
        k: v for k, v in before.items() if k != "repos"
    }
    assert [hook["id"] for hook in now["repos"][-1]["hooks"]] == list(HOOKS)
    repo.govern("init")
    assert (repo.root / HOOKS_FILE).read_bytes().decode() == after


@pytest.mark.parametrize(
    "text", ["repos: []\n", "repos:\n", "repos: [{repo: local, hooks: []}] # c\n", '{"repos": []}\n']
)
def test_hooks_are_added_to_other_ways_to_write_a_list(repo: Repo, text: str) -> None:
    repo.write(HOOKS_FILE, text)
    assert repo.govern("init").code == 0
    after = (repo.root / HOOKS_FILE).read_text()
    assert yaml.safe_load(after)["repos"][-1]["hooks"] == [{"id": hook} for hook in HOOKS]
    assert ("# c" in text) == ("# c" in after)


@pytest.mark.parametrize("text", ["repos: 5\n", "- a\n", "repos:\n  - [\n", "repos: {a: 1}\n", "a: 1\na: 2\n"])
def test_a_hooks_file_that_is_none_is_2_and_nothing_is_written(repo: Repo, text: str) -> None:
    repo.write(HOOKS_FILE, text)
    ran = repo.govern("init")
    assert ran.code == 2
    assert "mend it, then run: govern init" in ran.err
    assert set(files(repo)) == {HOOKS_FILE}


def test_outside_a_repository_it_is_2_with_the_command_that_mends_it(repo: Repo, tmp_path: Path) -> None:
    for arguments in ((), ("--kind", "task"), ("--new-kind", "runbook")):
        ran = repo.govern("init", *arguments, cwd=tmp_path)
        assert ran.code == 2
        assert ran.err.endswith("run: git init\n")


# A document


@pytest.mark.parametrize("kind", ["task", "agent", "compose", "domain-agent", "backlog", "workflow"])
def test_a_document_of_every_kind_passes_where_it_was_put(repo: Repo, kind: str) -> None:
    ran = repo.govern("init", "--kind", kind)
    assert ran.code == 0
    (path,) = files(repo)
    assert ran.out.startswith(f"{path}: a document of the kind {kind} ")
    repo.git("add", "--all")
    assert repo.rules() == []
    assert f"is a document of the kind {kind} " in repo.govern("explain", path).out


def test_a_task_gets_its_name_title_domain_and_dates(repo: Repo) -> None:
    repo.govern("init", "--kind", "task", "TASKS/books/month-end-close.md")
    text = (repo.root / "TASKS/books/month-end-close.md").read_text()
    front, body = text.split("---\n")[1:]
    value = yaml.safe_load(front)
    assert (value["id"], value["title"], value["domain"]) == ("month-end-close", "Month end close", "books")
    assert (value["created"], value["last_updated"], value["status"]) == (TODAY, TODAY, "proposed")
    assert body.startswith("# Month end close\n")
    repo.git("add", "--all")
    assert repo.rules() == []


@pytest.mark.parametrize("stem", ["true", "12", "a-b", "no", "README", "Über uns", "x'y", 'q"r', "null", "1e5", "a: b"])
def test_names_that_yaml_reads_otherwise_are_quoted(repo: Repo, stem: str) -> None:
    ran = repo.govern("init", "--kind", "agent", f".claude/agents/{stem}.md")
    repo.git("add", "--all")
    assert "bug in govern" not in ran.err
    if ran.code == 0:
        assert repo.rules() == []
    else:
        assert files(repo) == {}


def test_words_are_those_of_the_vocabulary(repo: Repo) -> None:
    repo.write(
        "govern.toml", "[vocabulary]\ntask.domain = ['books']\ntask.owner_team = ['core']\ntask.labels = ['x']\n"
    )
    ran = repo.govern("init", "--kind", "task")
    assert ran.out.startswith("TASKS/books/new-task.md: ")
    repo.git("add", "--all")
    assert repo.rules() == []
    assert repo.govern("init", "--kind", "task", "TASKS/other/a.md").code == 2


def test_references_to_what_is_not_here_are_left_out(repo: Repo) -> None:
    repo.write(
        "schemas/note/kind.yaml", "kind: note\ntitle: Notes\nreader: yaml\ndefault: 1\nfiles: [{glob: 'n/*.yaml'}]\n"
    )
    repo.write("schemas/note/1.0.0.json", json.dumps({"properties": {"see": {"maxLength": 3}}}))
    repo.write("schemas/note/example.yaml", "a: 1\nsee: more than three\nb: 2\n")
    assert repo.govern("init", "--kind", "note").code == 0
    assert (repo.root / "n/new-note.yaml").read_text() == "a: 1\nb: 2\n"


def test_an_example_that_cannot_pass_is_2_and_nothing_is_written(repo: Repo) -> None:
    repo.write(
        "schemas/note/kind.yaml", "kind: note\ntitle: Notes\nreader: json\ndefault: 1\nfiles: [{glob: 'n/*.json'}]\n"
    )
    repo.write("schemas/note/1.0.0.json", json.dumps({"required": ["x"]}))
    repo.write("schemas/note/example.json", "{}")
    ran = repo.govern("init", "--kind", "note")
    assert ran.code == 2
    assert "does not pass at n/new-note.json: x is missing" in ran.err
    assert not (repo.root / "n").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "tsak"], "there is no kind tsak; did you mean task?"),
        (["--kind", "kind"], "run: govern init --new-kind NAME"),
        (["--kind", "config"], "run: govern init"),
        (["--kind", "agent", ".claude/agents/release-notes.md"], "govern init --kind agent OTHER-PATH"),
        (
            ["--kind", "agent", ".claude/agents"],
            "is a folder; name a file in it: govern init --kind agent .claude/agents/NAME",
        ),
        (["--kind", "agent", "notes.md"], '[files] "notes.md" = "agent"'),
        (["--kind", "agent", "../x/agents/a.md"], "lies outside the repository"),
        (["--kind", "agent", "vendor/agents/a.md"], "the configuration excludes it"),
        (["--kind", "agent", "out/agents/a.md"], "cannot be written: it lies outside the repository"),
        (["notes.md"], "run: govern init --kind KIND notes.md"),
        (["--kind", "bare"], "has no example"),
        (["--kind", "bare/x"], "there is no template bare/x; bare has none"),
        (["--kind", "tsak/task"], "there is no kind tsak; did you mean task?"),
        (["--kind", "task/tsak"], "there is no template task/tsak; did you mean task/task?"),
        (["--kind", "task/"], "there is no template task/; there is task/task"),
        (["--kind", "task/task@7"], "the template task/task has no version 7; there are 1.0.0"),
        (["--kind", "task", "TASKS/filled.md"], "filled by a [[render]] of the configuration; run: govern render"),
        (["--new-kind", "task"], "there is a kind task already; look at it: govern explain task"),
        (["--new-kind", "Run Book"], "such as: govern init --new-kind run-book"),
        (["--new-kind", "../x"], "cannot name a kind"),
        (["--new-kind", "migrations"], "folders of that name hold no schemas"),
    ],
)
def test_what_cannot_be_done_is_2_and_says_what_can(
    repo: Repo, tmp_path: Path, arguments: list[str], said: str
) -> None:
    repo.write(
        "govern.toml",
        "exclude = ['vendor/**']\n[[render]]\ntemplate = 'task/task'\nto = 'TASKS/filled.md'\n",
    )
    repo.write(".claude/agents/release-notes.md", agent())
    repo.write("schemas/bare/kind.yaml", "kind: bare\ntitle: Bare\nreader: yaml\ndefault: 1\n")
    (tmp_path / "elsewhere").mkdir()
    (repo.root / "out").symlink_to(tmp_path / "elsewhere")
    before = files(repo)
    ran = repo.govern("init", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert files(repo) == before
    assert not any((tmp_path / "elsewhere").iterdir())


def test_kinds_of_a_package_can_be_begun(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ACME / "src")
    repo.copy(EXAMPLES / "ledger-service")
    for kind, path in (
        ("change", "CHANGES/a-b.md"),
        ("posting-rule", "posting-rules/x.yaml"),
        ("runbook", "docs/runbooks/x.md"),
    ):
        assert repo.govern("init", "--kind", kind, path).code == 0, kind
        repo.git("add", "--all")
    assert repo.rules() == []
    value = yaml.safe_load((repo.root / "CHANGES/a-b.md").read_text().split("---\n")[1])
    assert (value["id"], value["title"], value["created"]) == ("a-b", "A b", TODAY)
    assert repo.govern("init", "--kind", "runbook").out.startswith("docs/runbooks/new-runbook.md: ")


# A document, from a template

TEMPLATES = {
    "task": ("task/task", "TASKS/new-task.md"),
    "agent": ("agent/specialist", ".claude/agents/new-agent.md"),
    "compose": ("compose/agent-service", "compose.yaml"),
    "domain-agent": ("domain-agent/domain", "domain-agents/new-domain-agent.md"),
    "domain-agent/domain": ("domain-agent/domain", "domain-agents/new-domain-agent.md"),
    "domain-agent/infrastructure": ("domain-agent/infrastructure", "domain-agents/infrastructure.md"),
    "domain-agent/infrastructure@1": ("domain-agent/infrastructure", "domain-agents/infrastructure.md"),
}
KIND = "kind: note\ntitle: Notes\nreader: frontmatter\ndefault: 1\nfiles: [{glob: 'n/*.md'}]\n"


def note(repo: Repo, text: str, manifest: str | None = None, name: str = "plain") -> None:
    """A kind of the repository's own with a template."""
    repo.write("schemas/note/kind.yaml", KIND)
    repo.write("schemas/note/1.0.0.json", json.dumps({"$id": "urn:acme:note:1.0.0", "required": ["name"]}))
    repo.write(f"schemas/note/templates/{name}/1.0.0.md", text)
    if manifest is not None:
        repo.write(f"schemas/note/templates/{name}/1.0.0.template.yaml", manifest)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_document_begins_with_the_template_of_its_kind_and_is_not_recorded(repo: Repo, kind: str) -> None:
    template, path = TEMPLATES[kind]
    ran = repo.govern("init", "--kind", kind)
    assert ran.code == 0
    assert ran.err.startswith(f"it comes from the template {template}@1.0.0,")
    assert "[[render]] in govern.toml would keep it in step" in ran.err
    assert set(files(repo)) == {path}
    assert "<<" not in (repo.root / path).read_text()
    repo.git("add", "--all")
    assert repo.rules() == []
    assert repo.govern("render", "--check").code == 0


def test_what_is_known_stands_everywhere_in_the_template(repo: Repo) -> None:
    repo.govern("init", "--kind", "domain-agent", "domain-agents/data-quality.md")
    text = (repo.root / "domain-agents/data-quality.md").read_text()
    front = yaml.safe_load(text.split("---\n")[1])
    assert (front["name"], front["last_reviewed"]) == ("data-quality", TODAY)
    for words in ("You are the Data quality Agent", "domain_agents: [data-quality]", "`/health/data-quality`"):
        assert words in text


def test_it_is_what_render_makes_of_the_same_values(repo: Repo) -> None:
    repo.govern("init", "--kind", "compose")
    given = ("--set", "SERVICE=research-agent", "--set", "IMAGE=registry.example.com/agents/research:1.4.2")
    assert (
        repo.govern("render", "compose/agent-service", "--to", "-", *given).out.encode() == files(repo)["compose.yaml"]
    )


def test_the_values_of_the_configuration_and_the_environment_count(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("govern.toml", "[values]\nPROJECT_NAME = 'Atlas'\nROLE = 'a reader'\n")
    monkeypatch.setenv("GOVERN_VALUE_ROLE", "an editor")
    repo.govern("init", "--kind", "agent")
    assert "You are an editor for Atlas.\n" in (repo.root / ".claude/agents/new-agent.md").read_text()


def test_words_of_the_vocabulary_fill_the_holes_of_their_fields(repo: Repo) -> None:
    repo.write(
        "govern.toml",
        "[vocabulary]\ntask.domain = ['books']\ntask.owner_team = ['core', 'payments']\n"
        "task.service = ['gate']\ntask.labels = ['x', 'y']\n",
    )
    repo.govern("init", "--kind", "task")
    value = yaml.safe_load((repo.root / "TASKS/books/new-task.md").read_text().split("---\n")[1])
    assert (value["domain"], value["service"], value["labels"]) == ("books", "gate", ["x"])
    assert value["owner_team"] == "payments"  # the example is one of them
    repo.git("add", "--all")
    assert repo.rules() == []


def test_a_template_of_the_repository_needs_no_manifest(repo: Repo) -> None:
    note(repo, "---\nname: <<WHO>>\nday: <<DAY>>\n---\n# <<TITLE>>\n")
    ran = repo.govern("init", "--kind", "note", "n/a-b.md")
    assert (repo.root / "n/a-b.md").read_text() == "---\nname: a-b\nday: day\n---\n# A b\n"
    assert "the template note/plain@1.0.0," in ran.err


def test_a_title_that_the_template_makes_stays(repo: Repo) -> None:
    note(repo, "---\nname: <<N>>\ntitle: All about <<TITLE>>\n---\n")
    repo.govern("init", "--kind", "note", "n/month-end.md")
    assert "name: month-end\ntitle: All about Month end\n" in (repo.root / "n/month-end.md").read_text()


def test_holes_without_an_example_get_what_their_schema_allows(repo: Repo) -> None:
    manifest = """\
holes:
  N: {type: integer, minimum: 3}
  B: {type: boolean}
  E: {enum: [low, high]}
  L: {type: array}
  WHO_ASKS: {maxLength: 20}
  O: {required: false}
  D: {default: given, example: shown}
"""
    body = "name: x\nn: <<N>>\nb: <<B>>\ne: <<E>>\nl: <<L>>\nw: <<WHO_ASKS>>\no: <<O>>\nd: <<D>>\n"
    note(repo, f"---\n{body}---\n", manifest)
    assert repo.govern("init", "--kind", "note", "n/x.md").code == 0
    value = yaml.safe_load((repo.root / "n/x.md").read_text().split("---\n")[1])
    assert value == {
        "name": "x", "n": 3, "b": False, "e": "low", "l": ["l"], "w": "who asks", "o": "", "d": "given"
    }  # fmt: skip


def test_a_hole_that_nothing_fills_is_2_and_says_what_would(repo: Repo) -> None:
    note(repo, "---\nname: <<N>>\ncode: <<CODE>>\n---\n", "holes: {N: {}, CODE: {pattern: '^[0-9]+$'}}\n")
    ran = repo.govern("init", "--kind", "note")
    assert ran.code == 2
    assert "cannot be filled: schemas/note/templates/plain/1.0.0.md:3:7: CODE has no value" in ran.err
    assert "under [values] in govern.toml" in ran.err
    repo.write("govern.toml", "[values]\nCODE = '7'\n")
    assert repo.govern("init", "--kind", "note").code == 0


@pytest.mark.parametrize("manifest", ["holes: [\n", "holes: 5\n", "holes: {N: {example: 5}}\n", "holes: {}\n"])
def test_a_template_that_is_broken_is_2_at_its_place(repo: Repo, manifest: str) -> None:
    note(repo, "---\nname: <<N>>\n---\n", manifest)
    ran = repo.govern("init", "--kind", "note")
    assert ran.code == 2
    assert "the template note/plain" in ran.err
    assert "cannot be filled: schemas/note/templates/plain/1.0.0." in ran.err
    assert not (repo.root / "n").exists()


def test_of_several_templates_one_must_be_named(repo: Repo) -> None:
    note(repo, "---\nname: <<N>>\n---\nlong\n", name="long")
    note(repo, "---\nname: <<N>>\n---\nbrief\n", name="brief")
    ran = repo.govern("init", "--kind", "note")
    assert ran.code == 2
    assert ran.err.endswith("name one:\n  govern init --kind note/brief\n  govern init --kind note/long\n")
    assert repo.govern("init", "--kind", "note/long").code == 0
    assert (repo.root / "n/long.md").read_text() == "---\nname: long\n---\nlong\n"
    note(repo, "---\nname: <<N>>\n---\nany\n", name="note")  # the kind is named after it
    assert repo.govern("init", "--kind", "note").code == 0
    assert (repo.root / "n/new-note.md").read_text() == "---\nname: new-note\n---\nany\n"


def test_a_folder_of_files_is_no_document(repo: Repo) -> None:
    repo.write("schemas/note/kind.yaml", KIND)
    repo.write("schemas/note/1.0.0.json", "{}")
    repo.write("schemas/note/templates/tree/1.0.0/a.md", "a\n")
    assert "has no example" in repo.govern("init", "--kind", "note").err
    ran = repo.govern("init", "--kind", "note/tree")
    assert ran.code == 2
    assert "is a folder of files; run: govern render note/tree --to FOLDER/" in ran.err
    repo.write("schemas/note/example.md", "---\na: 1\n---\n")
    ran = repo.govern("init", "--kind", "note")
    assert (ran.code, ran.err) == (0, "")


def test_an_event_begins_with_a_folder_and_is_told_how(repo: Repo) -> None:
    ran = repo.govern("init", "--kind", "event-type")
    assert (ran.code, "run: govern render event-type/event --to FOLDER/" in ran.err) == (2, True)
    ran = repo.govern("init", "--kind", "event")
    assert (ran.code, "govern render event-type/event begins one" in ran.err) == (2, True)


def test_templates_of_a_package_can_be_begun(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ACME / "src")
    repo.copy(EXAMPLES / "ledger-service")
    ran = repo.govern("init", "--kind", "agent/change-reviewer", ".claude/agents/second-look.md")
    assert "the template agent/change-reviewer@1.0.0," in ran.err
    repo.git("add", "--all")
    assert repo.rules() == []


def test_another_form_of_a_kind_begins_with_the_example_of_that_form(repo: Repo) -> None:
    ran = repo.govern("init", "--kind", "agent", "bots/release-notes.agent.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert "persona" in yaml.safe_load((repo.root / "bots/release-notes.agent.yaml").read_text())["agent"]
    repo.git("add", "--all")
    assert repo.rules() == []


def test_a_name_that_stands_in_the_template_stays(repo: Repo) -> None:
    ran = repo.govern("init", "--kind", "domain-agent/infrastructure", "domain-agents/platform.md")
    assert ran.code == 0
    repo.git("add", "--all")
    assert repo.govern("check").code == 0
    assert repo.rules() == ["domain-agent/name-mismatched"]


# A kind


@pytest.mark.parametrize("name", ["runbook", "a", "post-mortem", "task-list"])
def test_a_new_kind_passes_and_judges_at_once(repo: Repo, name: str) -> None:
    ran = repo.govern("init", "--new-kind", name)
    assert ran.code == 0
    assert set(files(repo)) == {f"schemas/{name}/{file}" for file in ("kind.yaml", "1.0.0.json", "example.yaml")}
    repo.git("add", "--all")
    assert repo.rules() == []
    assert repo.govern("schemas", "lint").code == 0
    assert json.loads(repo.govern("schemas", "lint", "--format", "json").out)["findings"] == []
    assert repo.rules("--as", name, f"schemas/{name}/example.yaml") == []
    out = repo.govern("explain", name).out
    assert re.search(r"^  status +draft \| in_force \| retired; required$", out, re.M)
    assert repo.govern("init", "--kind", name).code == 0
    (path,) = (path for path in files(repo) if not path.startswith("schemas/"))
    repo.git("add", "--all")
    assert repo.rules() == []
    repo.write(path, (repo.root / path).read_text().replace("draft", "drfat"))
    assert repo.rules() == ["schema/enum"]


def test_a_new_kind_claims_no_file_that_is_there(repo: Repo) -> None:
    repo.write("runbooks/a.yaml", "a: 1\n")
    repo.govern("init", "--new-kind", "runbook")
    repo.git("add", "--all")
    assert repo.rules() == []
    assert "**/*.runbook.yaml" in repo.govern("explain", "runbook").out


def test_a_new_kind_goes_where_the_configuration_looks(repo: Repo) -> None:
    repo.write("govern.toml", "schemas = ['package:acme_contracts', 'contracts']\n")
    repo.govern("init", "--new-kind", "runbook")
    assert (repo.root / "contracts/runbook/kind.yaml").is_file()
    repo.write("govern.toml", "schemas = ['package:acme_contracts']\n")
    ran = repo.govern("init", "--new-kind", "report")
    assert ran.code == 2
    assert 'add "schemas" to `schemas` in govern.toml' in ran.err


def test_a_new_kind_is_not_put_over_one(repo: Repo) -> None:
    repo.govern("init", "--new-kind", "runbook")
    before = files(repo)
    ran = repo.govern("init", "--new-kind", "runbook")
    assert (ran.code, files(repo)) == (2, before)
    (repo.root / "schemas/runbook/kind.yaml").unlink()
    ran = repo.govern("init", "--new-kind", "runbook")
    assert ran.code == 2
    assert "schemas/runbook/1.0.0.json is there already" in ran.err
    assert not (repo.root / "schemas/runbook/kind.yaml").exists()
