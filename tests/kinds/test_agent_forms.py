"""Agents in a YAML block of markdown, and in files of YAML: which form a file has, and each "no" beside the nearest
"yes".
"""

from pathlib import Path

import pytest
import yaml

from tests.repo import ROOT, Repo, agent

SCHEMAS = ROOT / "schemas" / "agent"


def block(identifier: str = "notes", *, commands: str = "", dependencies: str = "", persona: str = "") -> str:
    """The text of an agent in a YAML block that nothing is wrong with, but for what is given here as YAML."""
    lines = ["# Notes", "", "```yaml", "agent:", "  name: Nora", f"  id: {identifier}", "  title: Writer of notes"]
    lines += ["persona:", "  role: Writer", "  style: Plain", "  identity: Has read everything", "  focus: Words"]
    lines += [f"  {persona}"] * bool(persona)
    lines += [f"commands: {commands}"] * bool(commands) + [f"dependencies: {dependencies}"] * bool(dependencies)
    return "\n".join([*lines, "```", ""])


DRAFT = {"trigger": "draft", "description": "Draft notes", "exec": "draft.md"}


def manifest(*menu: object, wrapped: bool = True, **more: object) -> str:
    """The text of a manifest that nothing is wrong with, but for its menu and what else is given here."""
    definition = {
        "metadata": {"id": "notes", "name": "Nora", "title": "Writer of notes", "icon": "N"},
        "persona": {"role": "Writer", "identity": "Old", "communication_style": "Plain", "principles": ["Be short"]},
        "menu": list(menu) or [DRAFT],
    }
    definition |= more
    return yaml.safe_dump({"agent": definition} if wrapped else definition, sort_keys=False)


def judged_by(repo: Repo, path: str) -> str:
    return repo.govern("explain", path).out.partition("judged by ")[2].partition("\n")[0]


# Which form a file has


@pytest.mark.parametrize(
    ("path", "text", "schema"),
    [
        ("agents/notes.md", block(), "agent/block@1.0.0"),
        (".claude/agents/notes.md", block(), "agent/block@1.0.0"),
        ("agents/notes.md", "\ufeff" + block().replace("\n", "\r\n"), "agent/block@1.0.0"),
        ("agents/notes.md", "<!-- made by hand -->\n" + block(), "agent/block@1.0.0"),
        ("agents/notes.md", block().replace("yaml\n", "yml\n# who it is\n"), "agent/block@1.0.0"),
        ("agents/release-notes.md", agent(), "agent@1.0.0"),
        ("notes.agent.yaml", manifest(), "agent/manifest@1.0.0"),
        ("deep/down/notes.agent.yaml", manifest(wrapped=False), "agent/manifest@1.0.0"),
    ],
)
def test_the_form_is_told_by_what_the_file_is(repo: Repo, path: str, text: str, schema: str) -> None:
    repo.write(path, text.encode())
    assert repo.rules() == []
    assert judged_by(repo, path) == schema


def test_with_front_matter_the_block_is_part_of_the_prompt(repo: Repo) -> None:
    repo.write(".claude/agents/release-notes.md", agent() + block("other", dependencies="{tasks: [draft.md]}"))
    assert repo.rules() == []
    assert judged_by(repo, ".claude/agents/release-notes.md") == "agent@1.0.0"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("agents/README.md", block()),
        ("agents/guide.md", "# Guide\n\nagent: who it is\n"),
        ("agents/guide.md", "````markdown\n" + block() + "````\n"),
        ("agents/guide.md", block().replace("agent:", "- agent:").replace("persona:", "- persona:")),
        ("docs/notes.md", block()),
        ("agents/notes.yaml", manifest()),
    ],
)
def test_what_only_shows_a_definition_is_none(repo: Repo, path: str, text: str) -> None:
    repo.write(path, text)
    assert repo.govern("check").err == "nothing to judge: 0 files judged, 1 skipped\n"


def test_an_overview_with_front_matter_is_judged(repo: Repo) -> None:
    repo.write("agents/README.md", agent(description="''"))
    assert repo.rules() == ["schema/length"]


def test_a_kind_that_is_named_finds_the_form_too(repo: Repo) -> None:
    repo.untracked("notes.md", block(persona="core_principles: Words"))
    repo.untracked("notes.yaml", manifest().replace("title:", "titel:"))
    assert repo.rules("--as", "agent", "notes.md") == ["schema/type"]
    assert repo.rules("--as", "agent@1", "notes.yaml") == ["schema/unknown-key"]
    assert repo.rules("--stdin-filename", "x.agent.yaml", stdin=b"agent: 7\n") == ["schema/type"]


def test_the_configuration_names_the_version_of_a_form(repo: Repo) -> None:
    repo.write("govern.toml", '[kinds]\nagent = 2\n"agent/block" = 1\n"agent/manifest" = 3\n"agent/blok" = 1\n')
    repo.write("agents/notes.md", block())
    repo.write("notes.agent.yaml", manifest())
    assert [(f["rule"], f["message"]) for f in repo.findings()] == [
        ("config/kind-unknown", "there is no kind agent/blok"),
        ("kind/schema-missing", "agent/manifest has no version 3; there are 1.0.0"),
    ]


def test_a_form_is_explained(repo: Repo) -> None:
    assert "govern explain agent/block" in repo.govern("explain", "agent").out
    for form, word in (("agent/block", "      id  "), ("agent/manifest@1", "  trigger, description, ")):
        out = repo.govern("explain", form).out
        assert word in out
        assert "an example:" in out
    assert repo.govern("explain", "agent/block@2").code == 2


@pytest.mark.parametrize("path", ["block/example.md", "manifest/example.agent.yaml"])
def test_the_example_of_a_form_is_one(repo: Repo, path: str) -> None:
    repo.write(f"agents/release-notes.{path.partition('.')[2]}", (SCHEMAS / path).read_bytes())
    repo.write("tasks/draft-notes.md", "")
    repo.write("templates/notes-tmpl.md", "")
    assert repo.govern("check").err == "nothing to report: 1 file judged, 2 skipped\n"


# What is wrong in a block


@pytest.mark.parametrize(
    "commands",
    [
        "[help]",
        "['*help - Show a list']",
        "[{help: Show a list}, {'draft {version}': Draft notes}]",
        "[{draft: [{first: Read}, {then: [{NEVER: guess}]}]}]",
        "{help: Show a list, exit: Leave}",
    ],
)
def test_commands_are_texts_or_single_keys_or_a_mapping(repo: Repo, commands: str) -> None:
    repo.write("agents/notes.md", block(commands=commands))
    assert repo.rules() == []


@pytest.mark.parametrize(
    ("commands", "rule", "message"),
    [
        ("[{help: Show, exit: Leave}]", "schema/size", "item 1 of commands has 2 keys, expected at most 1"),
        ("[{}]", "schema/size", "item 1 of commands is empty"),
        ("[{help: }]", "schema/type", "help is empty; expected a string, a list or a mapping"),
        ("[7]", "schema/type", "item 1 of commands is 7, an integer; expected a string or a mapping"),
        ("help", "schema/type", 'commands is "help", a string; expected a list or a mapping'),
        ("{help: 7}", "schema/type", "help is 7, an integer; expected a string, a list or a mapping"),
    ],
)
def test_near_misses_of_commands(repo: Repo, commands: str, rule: str, message: str) -> None:
    repo.write("agents/notes.md", block(commands=commands))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["message"], finding["line"]) == (rule, message, 13)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("  name: Nora\n", "", "schema/missing-key"),
        ("  id: notes\n", "", "schema/missing-key"),
        ("  title: Writer of notes\n", "", "schema/missing-key"),
        ("  focus: Words\n", "", "schema/missing-key"),
        ("  role: Writer\n", "  role: ''\n", "schema/length"),
        ("  id: notes\n", "  id: No Tes\n", "schema/pattern"),
        ("  style: Plain\n", "  style: 7\n", "schema/type"),
        ("persona:\n", "persna:\n", "schema/missing-key"),
        ("  name: Nora\n", "  name: Nora: the writer\n", "yaml/unquoted-colon"),
        ("# Notes\n", "# Notes\nSee <notes@example.com>\n", ""),
        ("  focus: Words\n", "  focus: [Words, 'Letters: few']\n", ""),
        ("  title: Writer of notes\n", "  title: Writer of notes\n  icon: N\n  model: large\n", ""),
    ],
)
def test_one_slip_in_a_block_is_one_finding(repo: Repo, old: str, new: str, rule: str) -> None:
    repo.write("agents/notes.md", block().replace(old, new))
    assert repo.rules() == [rule] * bool(rule)


def test_the_fix_mends_a_block_and_nothing_else(repo: Repo) -> None:
    text = block().replace("name: Nora", "name: Nora: the writer")
    path = repo.write("agents/notes.md", text)
    assert repo.govern("check", "--fix").code == 0
    assert path.read_text() == text.replace("Nora: the writer", "'Nora: the writer'")


def test_an_ignore_covers_its_line_of_a_block(repo: Repo) -> None:
    ignore = "# govern: ignore schema/missing-key until=2099-01-31 -- named later"
    repo.write("agents/notes.md", block().replace("agent:\n  name: Nora", f"agent: {ignore}"))
    assert repo.rules() == []


# What an agent depends on


@pytest.mark.parametrize(
    ("listed", "tracked"),
    [
        ("{tasks: [draft.md]}", "tasks/draft.md"),
        ("{tasks: [draft.md]}", "core/tasks/draft.md"),
        ("{tasks: [draft.md]}", ".hidden/tasks/writing/draft.md"),
        ("{tasks: [draft]}", "tasks/draft.md"),
        ("{tasks: [writing/draft.md]}", "core/tasks/writing/draft.md"),
        ("{tasks: [core/tasks/draft.md]}", "core/tasks/draft.md"),
        ("{data: [../packs/safety/data/words.md]}", "packs/safety/data/words.md"),
        ("{agent-teams: [all.yaml]}", "core/agent-teams/all.yaml"),
        ("{tasks: ['{name}.md', 'https://example.com/draft.md', '*.md']}", "README.md"),
        ("{tasks: []}", "README.md"),
        ("{tasks: }", "README.md"),
        ("", "README.md"),
    ],
)
def test_a_dependency_lies_in_a_folder_of_its_key(repo: Repo, listed: str, tracked: str) -> None:
    repo.write("agents/notes.md", block(dependencies=listed))
    repo.write(tracked, "")
    assert repo.rules() == []


@pytest.mark.parametrize(
    ("listed", "hint"),
    [
        ("{tasks: [drafts.md]}", "did you mean draft.md?"),
        ("{tasks: [notes-tmpl.md], templates: []}", None),
        ("{tasks: [notes-tmpl.md], templates: [notes-tmpl.md]}", "list it under templates, where it is"),
        ("{checklists: [draft.md]}", "there is no folder checklists/"),
        ("{tasks: [draft.yaml]}", None),
        ("{tasks: [writing/draft.md]}", "did you mean draft.md?"),
        ("{tasks: [ask.md]}", None),  # untracked
        ("{agents: [notes]}", "no finding"),
    ],
)
def test_a_dependency_that_is_nowhere_is_found_where_it_is_listed(repo: Repo, listed: str, hint: str | None) -> None:
    repo.write("agents/notes.md", block(dependencies=listed))
    repo.write("tasks/draft.md", "")
    repo.write("templates/notes-tmpl.md", "")
    repo.untracked("tasks/ask.md", "")
    findings = repo.findings()
    if hint == "no finding":
        assert findings == []
        return
    (finding,) = findings
    assert (finding["rule"], finding["line"], finding["hint"]) == ("agent/dependency-missing", 13, hint)


def test_dependencies_are_looked_for_when_files_are_named_and_when_only_references_are(repo: Repo) -> None:
    repo.write("agents/notes.md", block(dependencies="{tasks: [draft.md]}"))
    repo.write("agents/other.md", block("other", dependencies="{tasks: [draft.md]}"))
    assert [f["path"] for f in repo.findings("agents/notes.md")] == ["agents/notes.md"]
    assert repo.rules("--references") == ["agent/dependency-missing"] * 2


@pytest.mark.parametrize(
    "dependencies", ["7", "[draft.md]", "{tasks: draft.md}", "{tasks: [7, [], {a: b}]}", "{tasks: {draft.md: }}", "''"]
)
def test_dependencies_of_other_types_are_for_the_schema(repo: Repo, dependencies: str) -> None:
    repo.write("agents/notes.md", block(dependencies=dependencies))
    assert set(repo.rules()) == {"schema/type"}


# What agents are called


@pytest.mark.parametrize(
    ("path", "identifier"),
    [
        ("agents/notes.md", "notes"),
        ("agents/01-notes.md", "notes"),
        ("agents/game-notes.md", "notes"),
        ("agents/notes.md", "release-notes"),
        ("agents/_shared.md", "notes"),
        ("agents/INDEX.md", "notes"),
    ],
)
def test_an_id_agrees_with_its_file(repo: Repo, path: str, identifier: str) -> None:
    repo.write(path, block(identifier))
    assert repo.rules() == []


def test_an_id_that_is_not_the_file_name_is_a_warning_at_the_id(repo: Repo) -> None:
    repo.write("agents/notes.md", block("draft"))
    repo.write("a/reader.agent.yaml", manifest())
    first, second = repo.findings()
    assert (first["rule"], first["severity"], first["line"]) == ("agent/id-mismatched", "warning", 3)
    assert first["message"] == "id is notes, but the file is reader.agent.yaml"
    assert first["hint"] == "let it be reader, or rename the file to notes.agent.yaml"
    assert (second["line"], second["column"]) == (6, 7)
    assert second["hint"] == "let it be notes, or rename the file to draft.md"


@pytest.mark.parametrize("identifier", ["notes", "{root}/core/agents/notes.md", "core/notes.agent.yaml"])
def test_a_manifest_may_name_the_path_that_it_is_installed_at(repo: Repo, identifier: str) -> None:
    repo.write("notes.agent.yaml", manifest().replace("id: notes", f"id: '{identifier}'"))
    assert repo.rules() == []


def test_two_ids_of_a_collection_are_both_told_and_those_of_two_forms_are_not(repo: Repo) -> None:
    repo.write("agents/a/notes.md", block())
    repo.write("agents/b/notes.md", block())
    repo.write("agents/notes.agent.yaml", manifest())
    repo.write("agents/c/notes.md", agent("notes"))
    repo.write("pack/agents/notes.md", block())
    findings = repo.findings()
    assert [(f["rule"], f["path"]) for f in findings] == [
        ("agent/id-duplicate", "agents/a/notes.md"),
        ("agent/id-duplicate", "agents/b/notes.md"),
    ]
    assert findings[0]["message"] == "notes is also the id of agents/b/notes.md"


# What is wrong in a manifest


@pytest.mark.parametrize(
    "item",
    [
        {"workflow": "todo"},
        {"validate-workflow": "w.yaml", "checklist": "c.md", "document": "d.md"},
        {"exec": "e.md", "data": "d.csv", "web-only": True},
        {"workflow": "w.yaml", "workflow-install": "i.yaml"},
        {"action": "Do it", "discussion": False},
        {"tmpl": "t.md", "data": ""},
        {"data": "d.csv"},
    ],
)
def test_a_command_has_one_target_and_what_goes_with_it(repo: Repo, item: dict[str, object]) -> None:
    repo.write("notes.agent.yaml", manifest({"trigger": "draft", "description": "Draft"} | item))
    assert repo.rules() == []


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        ({}, "agent/target-missing"),
        ({"checklist": "c.md"}, "agent/target-missing"),
        ({"workflow-install": "w.yaml"}, "agent/target-missing"),
        ({"exec": "e.md", "action": "Do it"}, "agent/target-ambiguous"),
        ({"workflow": "w.yaml", "validate-workflow": "w.yaml", "exec": "e"}, "agent/target-ambiguous"),
        ({"exec": ""}, "schema/length"),
        ({"exec": None}, "schema/type"),
        ({"exce": "e.md"}, "schema/unknown-key"),
        ({"exec": "e.md", "ide-only": "yes"}, "schema/type"),
        ({"action": "#draft"}, "agent/prompt-missing"),
    ],
)
def test_near_misses_of_a_command(repo: Repo, item: dict[str, object], rule: str) -> None:
    repo.write("notes.agent.yaml", manifest({"trigger": "draft", "description": "Draft"} | item))
    assert rule in repo.rules()
    assert set(repo.rules()) <= {rule, "agent/target-missing"}


def test_two_targets_are_told_at_the_second_one(repo: Repo) -> None:
    repo.write("notes.agent.yaml", manifest(DRAFT | {"workflow": "w.yaml"}))
    (finding,) = repo.findings()
    assert finding["message"] == "the command draft has the targets exec and workflow, expected one"
    assert (finding["pointer"], finding["line"]) == ("/agent/menu/0/workflow", 17)


@pytest.mark.parametrize(
    "trigger", ["draft", "draft-2-notes", "DN or fuzzy match on draft-notes", "D2-X or fuzzy match on d"]
)
def test_a_trigger_is_words_with_dashes(repo: Repo, trigger: str) -> None:
    repo.write("notes.agent.yaml", manifest(DRAFT | {"trigger": trigger}))
    assert repo.rules() == []


@pytest.mark.parametrize(
    ("trigger", "hint"),
    [
        ("Draft Notes", "write draft-notes"),
        ("draft_notes", "write draft-notes"),
        ("*draft", "write draft"),
        ("draft-", "write draft"),
        ("DN or fuzzy match on Draft", "write draft"),
        ("dn or fuzzy match on draft", "write dn-or-fuzzy-match-on-draft"),
        ("草稿", "write words in lower case, joined by dashes"),
    ],
)
def test_a_trigger_that_is_none_says_what_it_would_be(repo: Repo, trigger: str, hint: str) -> None:
    repo.write("notes.agent.yaml", manifest(DRAFT | {"trigger": trigger}))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["hint"]) == ("agent/trigger-malformed", hint)


def test_triggers_are_unique_with_and_without_shortcuts(repo: Repo) -> None:
    again = ["draft", "D or fuzzy match on draft", "N or fuzzy match on new or draft"]
    triggers = [{"multi": "[X] Talk", "triggers": [{"draft": [{"input": "X"}]}, {"talk": {"input": "Y"}}]}]
    repo.write("notes.agent.yaml", manifest(DRAFT, *[DRAFT | {"trigger": word} for word in again], *triggers))
    findings = repo.findings()
    assert [finding["rule"] for finding in findings] == ["agent/trigger-duplicate"] * 4
    assert {finding["message"] for finding in findings} == {"draft is also the trigger in line 14"}
    assert findings[-1]["pointer"] == "/agent/menu/4/triggers/0/draft"


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("    icon: N\n", "", ["schema/missing-key"]),
        ("    title: Writer of notes\n", "    titel: Writer of notes\n", ["schema/unknown-key"]),
        ("    - Be short\n", "    - 7\n", ["schema/type"]),
        ("    principles:\n    - Be short\n", "    principles: []\n", ["schema/items"]),
        ("    principles:\n    - Be short\n", "    principles: Be short\n", []),
        ("  metadata:\n", "  webskip: true\n  metadata:\n", []),
        ("  metadata:\n", "  notes: none\n  metadata:\n", ["schema/unknown-key"]),
        ("agent:\n", "version: 1\nagent:\n", ["schema/unknown-key"]),
    ],
)
def test_one_slip_in_a_manifest_is_one_finding(repo: Repo, old: str, new: str, rules: list[str]) -> None:
    assert old in manifest()
    repo.write("notes.agent.yaml", manifest().replace(old, new))
    assert repo.rules() == rules


@pytest.mark.parametrize("missing", ["metadata", "persona", "menu"])
@pytest.mark.parametrize("wrapped", [True, False])
def test_what_a_manifest_lacks_is_told_wherever_it_is_defined(repo: Repo, missing: str, wrapped: bool) -> None:
    value = yaml.safe_load(manifest(wrapped=wrapped))
    del (value["agent"] if wrapped else value)[missing]
    repo.write("notes.agent.yaml", yaml.safe_dump(value))
    (finding,) = repo.findings()
    assert finding["message"] == f"{missing} is missing{' from agent' if wrapped else ''}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        "agent:",
        "agent: []",
        "agent: {menu: {}}",
        "agent: {menu: [7, [], null, {}]}",
        "menu: [{trigger: 7, triggers: [7, {}, {a: 1, b: 2}, {trigger: []}]}]\nprompts: {a: b}\n",
        "agent: {metadata: {id: [x]}, prompts: [7, {id: {}}], menu: [{action: '#', trigger: ''}]}",
        "metadata: {id: 7}",
        "metadata: []",
        "agent: {metadata: {id: ''}}",
        "agent: {metadata: {id: /}}",
    ],
)
def test_what_is_of_another_type_is_judged_and_never_raises(repo: Repo, text: str) -> None:
    repo.write("notes.agent.yaml", text)
    repo.write("agents/notes.md", f"```yaml\n{text}\npersona:\n```\n")
    assert repo.govern("check").code == 1
    assert "bug" not in repo.govern("check").err


def test_a_million_characters_do_not_hold_up_the_search_for_a_form(repo: Repo, tmp_path: Path) -> None:
    for index, text in enumerate(["agent" + " " * 60_000, " " * 60_000 + "agent", "agent:{" * 9_000, "`" * 60_000]):
        repo.write(f"agents/a{index}.md", f"{text}\n" * 20)
    assert repo.govern("check").code == 0
