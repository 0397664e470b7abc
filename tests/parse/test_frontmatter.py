"""Where front matter begins and ends, and what is read when it is broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govern.parse import read, read_text
from govern.parse.frontmatter import has_frontmatter, split

LINES = st.lists(
    st.sampled_from(
        [
            "---",
            "--- ",
            "---\t",
            "----",
            "--- a",
            "-- -",
            "",
            " ",
            "a: b",
            "# A",
            "<!-- a -->",
            "<!-- a",
            "-->",
            "```",
            "- a",
        ]
    ),
    max_size=9,
)


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_nothing_is_lost_between_the_parts(lines: list[str], end: str, ends: bool) -> None:
    text = end.join(lines) + (end if ends else "")
    parts = split(text)
    if parts is None:
        return
    rows = text.split("\n")
    assert parts.matter == "".join(row + "\n" for row in rows[parts.line - 1 : parts.body_line - 2])
    assert parts.body == "\n".join(rows[parts.body_line - 1 :])
    assert rows[parts.line - 2].strip() == rows[parts.body_line - 2].strip() == "---"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_stands_between_two_lines_of_three_dashes(end: str) -> None:
    text = end.join(["---", "a: 1", "b: 2", "---", "# Body", "---", "c"])
    parts = split(text)
    assert parts is not None
    assert (parts.matter, parts.line) == (f"a: 1{end}b: 2{end}", 2)
    assert (parts.body, parts.body_line) == (f"# Body{end}---{end}c", 5)


def test_the_body_may_be_missing() -> None:
    document = read_text("p", "---\na: 1\n---", "frontmatter")
    assert (document.value, document.body, document.has_value) == ({"a": 1}, "", True)


@pytest.mark.parametrize("text", ["---\n---\n", "---\r\n---", "---\n# only a comment\n---\nbody"])
def test_empty_front_matter_is_an_empty_mapping(text: str) -> None:
    document = read_text("p", text, "frontmatter")
    assert (document.value, document.reading.findings) == ({}, ())


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    for document in (
        read("p", b"\xef\xbb\xbf---\na: 1\n---\n", "frontmatter"),
        read_text("p", "\ufeff---\na: 1\n---\n", "frontmatter"),
    ):
        assert document.value == {"a": 1}
        assert document.span(("a",)).column == 4


@pytest.mark.parametrize(
    "text", ["", "# Title\n\n---\n\nText\n", "----\na: 1\n----\n", "Text\n---\na: 1\n---\n", " ---\na: 1\n---\n"]
)
def test_other_markdown_has_none(text: str) -> None:
    document = read_text("p", text, "frontmatter")
    assert (document.has_value, document.body, document.reading.findings) == (False, text, ())
    assert not has_frontmatter(text)


def test_dashes_inside_a_code_fence_or_a_block_of_text_end_nothing_that_has_ended() -> None:
    parts = split("---\na: |\n  ---\n  b\n---\n```\n---\nc: 1\n---\n```\n")
    assert parts is not None and parts.matter == "a: |\n  ---\n  b\n"
    assert parts.body.count("---") == 2


def test_front_matter_that_never_ends_is_one_finding() -> None:
    document = read_text("p", "---\na: 1\nb: 2\n", "frontmatter")
    (finding,) = document.reading.findings
    assert (finding.rule, finding.span[:2], document.reading.readable) == ("frontmatter/unclosed", (1, 1), False)


@pytest.mark.parametrize(
    "before", ["\n", "# Title\n\n", "<!-- a - b -- c -->\n", "<!--\na\n-->\n\n", "<!-- a -->\n<!-- b -->\n", "\r\n"]
)
def test_what_stands_before_front_matter_is_a_finding_and_the_rest_is_read(before: str) -> None:
    document = read_text("p", f"{before}---\na: b: c\n---\nbody\n", "frontmatter")
    assert [finding.rule for finding in document.reading.findings] == ["frontmatter/not-first", "yaml/unquoted-colon"]
    assert document.reading.findings[0].span.line == before.count("\n") + 1
    assert (document.value, document.body) == ({"a": "b: c"}, "body\n")


@pytest.mark.parametrize("before", ["# Title\n\n", "<!-- a -->\n"])
@pytest.mark.parametrize(
    "after", ["---\n\nNote: text\n---\n", "---\nNote: text\n", "--- a\nb: c\n---\n", "---\nsome text: here\n---\n"]
)
def test_a_rule_between_paragraphs_is_no_front_matter(before: str, after: str) -> None:
    assert not has_frontmatter(before + after)


def test_findings_and_places_count_from_the_top_of_the_file() -> None:
    document = read_text("p", "---\na: 1\nb:\n  c: x\na: 2\n---\n", "frontmatter")
    assert document.reading.findings[0].span == (5, 1, 5, 2)
    assert document.source(("b", "c")) == "x"
    assert document.span(("b", "c"), key=True) == (4, 3, 4, 4)
