"""Which code block of a markdown file is its definition, and what is read of it when it is broken."""

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from govern.cli.mend import applied
from govern.model.document import Document
from govern.model.finding import Finding
from govern.parse import read, read_text

DEFINITION = ["agent:", "  id: notes", "persona:", "  role: Writer"]
VALUE = {"agent": {"id": "notes"}, "persona": {"role": "Writer"}}

LINES = st.lists(
    st.sampled_from(
        [
            "```yaml",
            "```YML title",
            "~~~ yaml",
            "````yaml",
            "  ```yaml",
            "```",
            "~~~",
            "````",
            "   ```",
            "``` x",
            "```a`b",
            "``",
            "",
            "text",
            "agent: 1",
            "  agent: 2",
            "persona: 3",
            "other: 4",
        ]
    ),
    max_size=12,
)


def block(*lines: str, end: str = "\n") -> Document:
    return read_text("p", end.join(["# Notes", "", *lines, ""]), "block")


def mended(text: str, finding: Finding) -> str:
    assert finding.fix
    return applied(text, finding.fix.edits)


def fenced(lines: list[str], opening: str = "```yaml", closing: str = "```") -> list[str]:
    return [opening, *lines, closing]


@given(LINES, st.sampled_from(["\n", "\r\n"]))
def test_blocks_are_those_that_another_reader_of_markdown_sees(lines: list[str], end: str) -> None:
    text = end.join(lines) + end
    fences = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    contents = [token.content for token in fences if token.info.split()[:1] in (["yaml"], ["YML"])]
    keys = [sum(line.startswith(("agent:", "persona:")) for line in content.split("\n")) for content in contents]
    document = read_text("p", text, "block")
    assume(not any(finding.rule == "block/missing" for finding in document.reading.findings))
    assert document.has_value is bool(contents)
    if contents and document.reading.readable and not document.reading.findings:
        # `  agent: 2` alone stands at the margin of its block, which the other reader does not tell
        assume(not any("  agent" in content for content in contents))
        assert document.value == (yaml.safe_load(contents[keys.index(max(keys))]) or {})


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("fence", ["```", "~~~", "`````"])
def test_a_block_is_read_and_its_places_are_those_of_the_file(end: str, mark: bytes, fence: str) -> None:
    text = end.join(["# Notes", "", *fenced(DEFINITION, f"{fence}yaml", fence), ""])
    document = read("p", mark + text.encode(), "block")
    assert (document.value, document.reading.findings) == (VALUE, ())
    assert document.span(("agent", "id")) == (5, 7, 5, 12)
    assert document.span(("persona",), key=True) == (6, 1, 6, 8)
    assert document.source(("persona", "role")) == "Writer"


@pytest.mark.parametrize("margin", [" ", "   ", "\t", "      "])
def test_the_indentation_of_a_fence_belongs_to_none_of_its_lines(margin: str) -> None:
    lines = [margin + line for line in fenced(["agent:", "  id: notes", "  note: |", "    a", "", "      b"])]
    document = block("1. First", *lines)
    assert document.value == {"agent": {"id": "notes", "note": "a\n\n  b\n"}}
    width = len(margin)
    assert document.span(("agent", "id")) == (6, 7 + width, 6, 12 + width)
    assert document.source(("agent", "id")) == "notes"


def test_lines_that_are_indented_less_than_their_fence_keep_their_places() -> None:
    document = block("   ```yaml", " agent:", "     id: notes", "  persona: x", "   ```")
    assert document.value == {"agent": {"id": "notes"}, "persona": "x"}
    assert [document.source(path) for path in (("agent", "id"), ("persona",))] == ["notes", "x"]


def test_of_several_blocks_the_one_counts_that_defines_most() -> None:
    document = block(
        *fenced(["agent: example"]), "", *fenced(["a: 1"], "```json"), *fenced(DEFINITION, "~~~yml", "~~~")
    )
    assert document.value == VALUE


def test_where_none_defines_anything_the_first_counts() -> None:
    assert block(*fenced(["a: 1"]), *fenced(["b: 2"])).value == {"a": 1}


def test_a_block_inside_another_block_is_none() -> None:
    document = block("````markdown", *fenced(DEFINITION), "````")
    assert (document.has_value, document.reading.findings) == (False, ())


def test_a_fence_inside_the_yaml_closes_nothing_where_it_is_indented_far_enough() -> None:
    document = block(*fenced(["agent:", "  id: |", "    ```", "    code", "    ```"]))
    assert document.value == {"agent": {"id": "```\ncode\n```\n"}}


def test_an_empty_block_is_an_empty_mapping() -> None:
    assert block(*fenced([])).value == {}
    assert block(*fenced(["# nothing yet"])).value == {}


@pytest.mark.parametrize("last", ["", "\n"])
def test_a_block_that_never_ends_is_read_and_can_be_closed(last: str) -> None:
    text = "\n".join(["# Notes", "  ~~~~yaml", *["  " + line for line in DEFINITION]]) + last
    document = read_text("p", text, "block")
    (finding,) = document.reading.findings
    assert (finding.rule, finding.span) == ("block/unclosed", (2, 3, 2, 7))
    assert document.value == VALUE
    again = read_text("p", mended(text, finding), "block")
    assert (again.value, again.reading.findings) == (VALUE, ())


def test_what_follows_a_block_that_never_ends_is_no_second_mistake() -> None:
    document = block("```yaml", *DEFINITION, "", "And now: something: else", "- or a list")
    (finding,) = document.reading.findings
    assert (finding.rule, finding.fix, document.reading.readable) == ("block/unclosed", None, False)


def test_a_definition_in_no_block_is_one_mistake() -> None:
    document = block(*DEFINITION)
    (finding,) = document.reading.findings
    assert (finding.rule, finding.span.line, document.reading.readable) == ("block/missing", 3, False)


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "```", "```yaml", "agent:\n", "agent: me\npersona: you\n", "# agent:\n\n---\n"]
)
def test_text_is_no_definition(text: str) -> None:
    document = read_text("p", text, "block")
    assert [finding.rule for finding in document.reading.findings] in ([], ["block/unclosed"])


@pytest.mark.parametrize("margin", ["", "  "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("line", "column", "meant"),
    [
        ("  role: Writer: of notes", 15, "Writer: of notes"),
        ('  role: "*help" - Show: it', 17, '"*help" - Show: it'),
        ("  role: {topic} goes here", 17, "{topic} goes here"),
        ("  role: *help - Show", 9, "*help - Show"),
        ("  role: **FIRST** - Show", 9, "**FIRST** - Show"),
        ("  role: @notes", 9, "@notes"),
    ],
)
def test_one_mistake_is_found_at_its_place_and_mended_and_the_rest_is_read(
    margin: str, end: str, line: str, column: int, meant: str
) -> None:
    lines = ["# Notes", *[margin + each for each in fenced([*DEFINITION[:3], line, "  style: Plain"])], ""]
    text = end.join(lines)
    document = read_text("p", text, "block")
    (finding,) = document.reading.findings
    assert finding.span[:2] == (6, column + len(margin))
    assert document.value == {"agent": {"id": "notes"}, "persona": {"role": meant, "style": "Plain"}}
    again = read_text("p", mended(text, finding), "block")
    assert (again.value, again.reading.findings) == (document.value, ())


def test_a_value_over_several_lines_is_mended_under_an_indented_fence() -> None:
    lines = ["agent:", "  id: notes", "  about: one thing: and", "    another", "persona: x"]
    text = "\n".join(["  " + line for line in fenced(lines)]) + "\n"
    document = read_text("p", text, "block")
    (finding,) = document.reading.findings
    again = read_text("p", mended(text, finding), "block")
    assert (
        again.value == document.value == {"agent": {"id": "notes", "about": "one thing: and another"}, "persona": "x"}
    )
    assert again.reading.findings == ()


def test_what_cannot_be_mended_is_one_mistake_and_the_other_keys_are_read() -> None:
    document = block(*fenced(["agent:", "  id: notes", "persona: [a, b", "commands: []"]))
    assert [finding.span.line for finding in document.reading.findings] == [6]
    assert document.value["agent"] == {"id": "notes"}
    assert document.reading.broken == {("persona",)}


def test_a_tab_is_found_where_it_stands() -> None:
    (finding, *_) = block(*fenced(["agent:", "\tid: notes"])).reading.findings
    assert finding.span[:2] == (5, 1)
    assert "tab" in finding.message


def test_keys_that_stand_twice_are_found() -> None:
    (finding,) = block(*fenced([*DEFINITION, "agent:", "  id: again"])).reading.findings
    assert (finding.rule, finding.span[:2]) == ("yaml/duplicate-key", (8, 1))


@pytest.mark.parametrize(
    "text",
    [
        "```yaml\n" * 20_000,
        "```yaml\n```\n" * 20_000,
        "`" * 200_000,
        "```yaml\n" + " " * 200_000 + "agent:\n",
        "```yaml\n" + "agent:" + " " * 200_000 + "x\n",
        "agent:" + " " * 200_000 + "x\n",
        "  " * 50_000 + "```yaml\n" + "agent: [" * 5_000,
        "```yaml\n" + "agent: a: b\n" * 5_000,
    ],
    ids=range(8),
)
def test_hostile_text_ends_with_a_value_or_a_finding(text: str) -> None:
    document = read_text("p", text, "block")
    assert not document.has_value or document.reading.readable or document.reading.findings
