"""The rules about agents that no schema can say: each "no" beside the nearest "yes"."""

import pytest

from tests.repo import Repo, agent


def test_an_agent_without_mistakes_has_no_findings(repo: Repo) -> None:
    repo.write(".claude/agents/release-notes.md", agent())
    assert repo.govern("check").code == 0


def test_a_name_that_is_not_the_file_name_is_placed_at_the_name(repo: Repo) -> None:
    repo.write(".claude/agents/notes.md", agent())
    (finding,) = repo.findings()
    assert (finding["rule"], finding["line"], finding["column"]) == ("agent/name-mismatched", 2, 7)
    assert finding["message"] == "name is release-notes, but the file is notes.md"
    assert finding["hint"] == "name it notes, or rename the file to release-notes.md"


def test_a_name_may_begin_with_the_plugin(repo: Repo) -> None:
    repo.write("plugins/shop/agents/notes.md", agent("shop-notes"))
    repo.write("plugins/shop/agents/writing/style.md", agent("shop-style"))
    repo.write("plugins/shop/agents/totals.md", agent("totals"))
    assert repo.rules() == []


@pytest.mark.parametrize("name", ["plugins-notes", "shop-release-notes", "notes-shop", "claude-notes"])
def test_a_name_with_another_prefix_is_mismatched(repo: Repo, name: str) -> None:
    repo.write("plugins/shop/agents/notes.md", agent(name))
    (finding,) = repo.findings()
    assert finding["rule"] == "agent/name-mismatched"
    assert finding["hint"] == f"name it notes or shop-notes, or rename the file to {name}.md"


@pytest.mark.parametrize("name", ["README", "index", "Hub", "_shared"])
def test_names_that_belong_to_no_agent_may_hold_any_name(repo: Repo, name: str) -> None:
    repo.write(f".claude/agents/{name}.md", agent())
    assert repo.rules() == []


def test_an_overview_without_front_matter_is_skipped(repo: Repo) -> None:
    repo.write(".claude/agents/README.md", "# Our agents\n")
    assert repo.govern("check").err == "nothing to judge: 0 files judged, 1 skipped\n"


def test_two_agents_of_a_collection_with_one_name_are_both_told(repo: Repo) -> None:
    repo.write(".claude/agents/writing/release-notes.md", agent())
    repo.write(".claude/agents/shipping/release-notes.md", agent())
    findings = repo.findings()
    assert [f["rule"] for f in findings] == ["agent/name-duplicate"] * 2
    assert findings[0]["message"] == "release-notes is also the name of .claude/agents/writing/release-notes.md"


def test_agents_of_two_collections_may_share_a_name(repo: Repo) -> None:
    repo.write("plugins/shop/agents/release-notes.md", agent())
    repo.write("plugins/books/agents/release-notes.md", agent())
    repo.write(".claude/agents/release-notes.md", agent())
    assert repo.rules() == []


def test_an_untracked_agent_takes_no_name(repo: Repo) -> None:
    repo.write(".claude/agents/writing/release-notes.md", agent())
    repo.untracked(".claude/agents/shipping/release-notes.md", agent())
    assert repo.rules() == []


COLON = "Use this agent for notes. Examples: <example>Context: a release.</example>"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_an_unquoted_colon_is_one_finding_and_the_other_keys_are_still_judged(repo: Repo, mark: str, ends: str) -> None:
    text = agent("Notes", description=COLON, tools="7")
    repo.write(".claude/agents/Notes.md", (mark + text.replace("\n", ends)).encode())
    assert [(f["rule"], f["line"]) for f in repo.findings()] == [
        ("schema/pattern", 2),
        ("yaml/unquoted-colon", 3),
        ("schema/type", 4),
    ]


def test_the_fix_quotes_the_value_and_nothing_else(repo: Repo) -> None:
    text = agent(description=COLON)
    path = repo.write(".claude/agents/release-notes.md", text)
    assert repo.govern("check", "--fix").code == 0
    assert path.read_text() == text.replace(COLON, f"'{COLON}'")


def test_a_quoted_colon_is_no_mistake(repo: Repo) -> None:
    repo.write(".claude/agents/release-notes.md", agent(description=f'"{COLON}"'))
    assert repo.rules() == []


def test_the_second_version_asks_for_a_model_and_knows_the_tools(repo: Repo) -> None:
    repo.write("govern.toml", "[kinds]\nagent = 2\n")
    repo.write(".claude/agents/release-notes.md", agent(tools="[Read, Grpe, mcp__git__log]"))
    assert [(f["rule"], f["pointer"]) for f in repo.findings()] == [
        ("schema/missing-key", ""),
        ("schema/enum", "/tools/1"),
    ]
    repo.write(".claude/agents/release-notes.md", agent(tools="[Read, Grep, mcp__git__log]", model="haiku"))
    assert repo.rules() == []
