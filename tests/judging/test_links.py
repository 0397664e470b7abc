"""Links of markdown documents: which lead nowhere, and which are nobody's business."""

from typing import Any

import pytest

from tests.repo import Repo, agent, task

AGENT = ".claude/agents/notes.md"


def linked(repo: Repo, *lines: str) -> list[dict[str, Any]]:
    """What is found in an agent with these lines."""
    repo.write(AGENT, agent("notes") + "\n" + "\n".join(lines) + "\n")
    return [finding for finding in repo.findings() if finding["path"] == AGENT]


@pytest.fixture
def docs(repo: Repo) -> Repo:
    repo.write("docs/style.md", "# Style\n\n## Commas & dashes\n\n## Twice\n\n## Twice\n")
    repo.write("docs/a (b).md", "<a id='here'></a>\n")
    repo.write("docs/deep/picture.png", b"\x89PNG")
    repo.write("src/main.py", "")
    return repo


@pytest.mark.parametrize(
    "line",
    [
        "[a](../../docs/style.md) ![b](/docs/deep/picture.png 'title') [c](../../docs) [d](../../docs/deep/) [e](/)",
        "[a](../../docs/style.md#commas--dashes) [b](../../docs/style.md#Twice-1) [c](<../../docs/a (b).md#here>)",
        "[a](../../docs/a%20%28b%29.md) [b](../../docs/a%20(b).md?plain=1) [c](../../docs/style.md?plain=1#L3-L5)",
        "[a](../../src/main.py#L10-L20) [b](../../docs/style.md#L3) [c](../../docs/style.md#:~:text=dashes)",
        "[a](../../src/main.py#main) [b](#) [c](#top) [d](notes.md) [e](#user-content-notes)\n\n## Notes",
        "[![a](../../docs/deep/picture.png)](../../docs/style.md) [b [c]](../../docs/style.md) \\[d](nowhere.md)",
        "[a](https://example.com/x.md) [b](mailto:a@example.com) [c](vscode://file/x) [d](mdc:x.md) [e](//example.com/x)",
        "[a](file:///x.md) [b](cci:2://file:///x.py:1:0-2:0) [c](../../../../issues) [d](../../../elsewhere.md)",
        "[a]({root}/x.md) [b]({{x}}.md) [c](<<X>>/y.md) [d](${x}/y.md) [e]($X/y.md) [f](<name>.md) [g]([name].md)",
        "[a](path/to/file.md) [a](docs/....md) [a](url) [b](docs/*.md) [^1] and `[c](nowhere.md)`\n\n[^1]: nowhere.md",
        "<!-- [a](nowhere.md) -->\n\n```\n[b](nowhere.md)\n```\n\n    [c](nowhere.md)",
        "<!--\n[a](nowhere.md)\n\n[b]: nowhere.md\n-->",
        "> ```\n> [a](nowhere.md)\n> ```\n\n- ```\n  [b](nowhere.md)\n  ```",
        "[a][style] [style]\n\n[style]: ../../docs/style.md 'Style'",
        "[a](nowhere.md) <!-- govern: ignore link/target-missing -- it comes with the next release -->",
    ],
)
def test_nothing_is_wrong_with(docs: Repo, line: str) -> None:
    assert linked(docs, line) == []


@pytest.mark.parametrize(
    ("line", "rule", "column", "end", "message", "hint"),
    [
        (
            "See [a](../../docs/stile.md).",
            "link/target-missing",
            9,
            28,
            "the link leads to docs/stile.md, but there is no such file or folder in the repository",
            "did you mean ../../docs/style.md?",
        ),
        (
            "![a](picture.png)",
            "link/target-missing",
            6,
            17,
            "the link leads to .claude/agents/picture.png, but there is no such file or folder in the repository",
            "did you mean ../../docs/deep/picture.png?",
        ),
        (
            "  [a]: </docs/Style.md#twice>",
            "link/target-missing",
            9,
            29,
            "the link leads to docs/Style.md, but there is no such file or folder in the repository",
            "did you mean /docs/style.md?",
        ),
        (
            "- > [a](../../docs/style)",
            "link/target-missing",
            9,
            25,
            "the link leads to docs/style, but there is no such file or folder in the repository",
            "did you mean ../../docs/style.md?",
        ),
        (
            "[a](../../docs/style.md#commas-dashes)",
            "link/anchor-missing",
            5,
            38,
            "there is no heading in docs/style.md whose anchor is #commas-dashes",
            "did you mean #commas--dashes?",
        ),
        (
            "| a | [b](#owns) |\n|---|---|\n\n## Owned",
            "link/anchor-missing",
            11,
            16,
            "there is no heading in this file whose anchor is #owns",
            None,
        ),
        (
            "[x](zzz/qqq.md) `a`",
            "link/target-missing",
            5,
            15,
            "the link leads to .claude/agents/zzz/qqq.md, but there is no such file or folder in the repository",
            None,
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_found_where_it_stands(
    docs: Repo, line: str, rule: str, column: int, end: int, message: str, hint: str | None
) -> None:
    (finding,) = linked(docs, line)
    first = agent("notes").count("\n") + 2
    assert (finding["rule"], finding["severity"], finding["kind"]) == (rule, "warning", "agent")
    assert (finding["line"], finding["column"], finding["end_column"]) == (first, column, end)
    assert (finding["message"], finding["hint"]) == (message, hint)


def test_each_kind_of_mistake_is_one_finding_for_each_link(docs: Repo) -> None:
    found = linked(docs, "[a](x.md#y) [a](x.md#y)", "", "![b](x.md#y)", "", "[c]: x.md#y")
    assert [finding["rule"] for finding in found] == ["link/target-missing"] * 4
    assert len({(finding["line"], finding["column"]) for finding in found}) == 4


def test_a_slip_in_small_letters_and_dashes_is_mended(docs: Repo) -> None:
    linked(docs, "[a](../../Docs/style.md#twice) [b](/docs/style.md#Commas-Dashes)")
    docs.govern("check", "--fix")
    text = (docs.root / AGENT).read_text()
    assert "[a](../../docs/style.md#twice) [b](/docs/style.md#commas--dashes)" in text


def test_a_deleted_target_is_noticed_although_nothing_that_names_it_is_staged(docs: Repo) -> None:
    linked(docs, "[a](../../docs/style.md)")
    docs.commit()
    assert docs.rules("--references") == []
    docs.git("rm", "--quiet", "docs/style.md")
    assert docs.rules("--references") == ["link/target-missing"]
    assert docs.rules("docs") == []


def test_a_heading_that_is_renamed_is_noticed_by_the_references(docs: Repo) -> None:
    linked(docs, "[a](../../docs/style.md#twice)")
    docs.commit()
    docs.write("docs/style.md", "# Style\n")
    assert docs.rules("--references") == ["link/anchor-missing"]


def test_links_of_what_is_not_judged_are_not_either(docs: Repo) -> None:
    docs.write("TASKS/billing/refunds.md", task("refunds", "[a](nowhere.md)"))
    docs.write("TASKS/archive/2026/refunds-old.md", task("refunds-old", "[a](nowhere.md)", status="archived"))
    docs.write("vendor/agents/x.md", agent("x") + "[a](nowhere.md)\n")
    docs.write("docs/other.md", "[a](nowhere.md)\n")
    docs.write("govern.toml", 'exclude = ["vendor/**"]\n')
    assert [(each["path"], each["rule"]) for each in docs.findings()] == [
        ("TASKS/billing/refunds.md", "link/target-missing")
    ]


def test_the_configuration_weighs_links_as_all_rules(docs: Repo) -> None:
    linked(docs, "[a](nowhere.md) [b](#nowhere)")
    docs.write("govern.toml", '[rules]\n"link/target-missing" = "error"\n"link/anchor-missing" = "off"\n')
    assert [(each["rule"], each["severity"]) for each in docs.findings()] == [("link/target-missing", "error")]
    (finding,) = docs.findings()
    docs.write(
        "govern.toml",
        f'[[waive]]\nid = "{finding["id"]}"\nreason = "cut-over"\n[rules]\n"link/anchor-missing" = "off"\n',
    )
    assert docs.rules() == []


def test_submodules_and_links_to_folders_are_left_alone(docs: Repo) -> None:
    docs.write(".gitmodules", '[submodule "lib"]\n\tpath = lib/shared\n\turl = https://example.com/shared.git\n')
    (docs.root / "handbook").symlink_to("docs")
    docs.git("add", "handbook")
    assert linked(docs, "[a](/lib/shared/any.md) [b](/handbook/style.md) [c](/lib/shared)") == []
    assert [each["rule"] for each in linked(docs, "[a](/lib/other.md)")] == ["link/target-missing"]


def test_a_page_that_cannot_be_read_has_no_anchors_to_miss(docs: Repo) -> None:
    docs.write("docs/latin.md", b"# \xe9\n")
    docs.write("docs/broken.md", "---\na: [\n---\n# Title\n")
    assert linked(docs, "[a](/docs/latin.md#x) [b](/docs/broken.md#title)") == []


def test_standard_input_is_judged_by_its_own_headings(docs: Repo) -> None:
    linked(docs, "## Old")
    text = agent("notes") + "## New\n\n[a](#new) [b](#old) [c](notes.md#new)\n"
    found = docs.findings("--stdin-filename", AGENT, stdin=text.encode())
    assert [(each["rule"], each["column"]) for each in found] == [("link/anchor-missing", 15)]


def test_a_document_that_is_no_file_of_the_repository_has_no_links_to_judge(docs: Repo, tmp_path: Any) -> None:
    other = tmp_path / "notes.md"
    other.write_text(agent("notes") + "[a](nowhere.md)\n")
    assert docs.rules("--as", "agent", str(other)) == []
