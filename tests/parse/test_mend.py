"""What an author meant by front matter that is no YAML, and what is left alone because it is not evident."""

import random
from typing import Any

import pytest

from govern.model.document import Document
from govern.parse import read_text
from tests.parse.texts import mutated

# The text of the front matter, what is read, and the keys that are broken.
EVIDENT: list[tuple[str, dict[str, Any]]] = [
    (
        "name: a\ndescription: Use when: b. Examples: <example>Context: c user: \"d\" assistant: 'e'</example>\n"
        "tools: f\n",
        {
            "name": "a",
            "description": "Use when: b. Examples: <example>Context: c user: \"d\" assistant: 'e'</example>",
            "tools": "f",
        },
    ),
    ("a: b: c\nd: e: f\ng: 1\n", {"a": "b: c", "d": "e: f", "g": 1}),
    ("a: b: c\n  goes on: here\n\n  and here\nd: 1\n", {"a": "b: c goes on: here\nand here", "d": 1}),
    ("a: b:\nc: 1\n", {"a": "b:", "c": 1}),
    ("a: see: issue #12 now\n", {"a": "see: issue #12 now"}),
    ("a: see: b # a comment\n", {"a": "see: b"}),
    ("a: b: c   \nd: 1\n", {"a": "b: c", "d": 1}),
    ('a: "b" c: d\n', {"a": '"b" c: d'}),
    ('a: "b" and "c"\n', {"a": '"b" and "c"'}),
    ('a: "say "b" now"\n', {"a": 'say "b" now'}),
    ("a: 'it's'\n", {"a": "it's"}),
    ("a: 'b': c\n", {"a": "'b': c"}),
    ('a: "C:\\Users\\b"\n', {"a": "C:\\Users\\b"}),
    ("a: @b\nc: `d`\ne: >=1.2\nf: *.py\n", {"a": "@b", "c": "`d`", "e": ">=1.2", "f": "*.py"}),
    ("a: **b** c\n", {"a": "**b** c"}),
    ("a: [b] c\nd: [e](http://f)\n", {"a": "[b] c", "d": "[e](http://f)"}),
    ("a: {{ B }}\nc: {{D}}-e\n", {"a": "{{ B }}", "c": "{{D}}-e"}),
    ("a:b\nc:d e\n\nf:1\ng: 2\n", {"a": "b", "c": "d e", "f": 1, "g": 2}),
    ("a: 1\nb:2\nc:d e\nf: g\n", {"a": 1, "b": 2, "c": "d e", "f": "g"}),
    ("a:\n  b: c: d\n  e: 1\nf:\n- g: h: i\n- j\n", {"a": {"b": "c: d", "e": 1}, "f": [{"g": "h: i"}, "j"]}),
    ("a: |\n  b: c: d\ne: f: g\n", {"a": "b: c: d\n", "e": "f: g"}),
    ("a: é: ü 😀: x\n", {"a": "é: ü 😀: x"}),
]

NOT_EVIDENT: list[tuple[str, dict[str, Any], set[str]]] = [
    ('a: "b\nc: d: e\nf: 1\n', {"a": '"b', "c": "d: e", "f": 1}, {"a"}),
    ("a: 'it's\nb: 1\n", {"a": "'it's", "b": 1}, {"a"}),
    ("a: [b, c\nd: 1\n", {"a": "[b, c", "d": 1}, {"a"}),
    ("a: b: c\n- d\n- e\nf: 1\n", {"a": "b: c\n- d\n- e", "f": 1}, {"a"}),
    ("a: b: c\n  - d\nf: 1\n", {"a": "b: c\n  - d", "f": 1}, {"a"}),
    ("a: b: c\ngoes on\nd: 1\n", {"a": "b: c\ngoes on", "d": 1}, {"a"}),
    ("a: b\ngoes on\nd: 1\n", {"a": "b\ngoes on", "d": 1}, {"a"}),
    ("a:\n\tb: 1\nc: 2\n", {"a": "b: 1", "c": 2}, {"a"}),
    ("a: - b\nc: 1\n", {"a": "- b", "c": 1}, {"a"}),
    ("a: *b\nc: 1\n", {"a": "*b", "c": 1}, {"a"}),
    ("a: > b\n  c\nd: 1\n", {"a": "> b\n  c", "d": 1}, {"a"}),
    ('a: "b\\nc \\d"\ne: 1\n', {"a": '"b\\nc \\d"', "e": 1}, {"a"}),
    ("a: 1\nb: 'c' 'd\ne: @\nf: [\n", {"a": 1, "b": "'c' 'd", "e": "@", "f": "["}, {"b", "f"}),
]


def front(text: str) -> Document:
    return read_text("p", f"---\n{text}---\nbody\n", "frontmatter")


def fixed(document: Document) -> str:
    """The text of a document after all its fixes."""
    lines = document.text.split("\n")
    edits = [edit for finding in document.reading.findings if finding.fix for edit in finding.fix.edits]
    for span, text in sorted(edits, reverse=True):
        first, last = span.line - 1, span.end_line - 1
        lines[first : last + 1] = [lines[first][: span.column - 1] + text + lines[last][span.end_column - 1 :]]
    return "\n".join(lines)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("text", "value"), EVIDENT)
def test_what_is_evident_is_read_and_can_be_fixed(text: str, value: dict[str, Any], end: str) -> None:
    document = read_text("p", f"---\n{text}---\nbody\n".replace("\n", end), "frontmatter")
    assert document.value == value
    assert document.reading.findings and not document.reading.broken
    assert all(finding.fix and finding.pointer for finding in document.reading.findings)
    again = read_text("p", fixed(document), "frontmatter")
    assert (again.value, again.reading.findings) == (value, ())
    assert again.body == document.body


@pytest.mark.parametrize(("text", "value", "broken"), NOT_EVIDENT)
def test_what_is_not_evident_breaks_its_key_and_no_other(text: str, value: dict[str, Any], broken: set[str]) -> None:
    document = front(text)
    assert document.value == value
    assert document.reading.broken == {(key,) for key in broken}
    for key in broken:
        (finding,) = (finding for finding in document.reading.findings if finding.pointer == f"/{key}")
        assert finding.fix is None
        assert document.source((key,)) == value[key].partition("\n")[0] or "\t" in text
        assert document.at(document.span((key,), key=True)) == key


def test_a_mistake_in_front_matter_that_is_no_mapping_is_left_alone() -> None:
    reading = front("- a\nb\n").reading
    assert not reading.readable and len(reading.findings) == 1


def test_places_are_those_of_the_text_as_written() -> None:
    document = front("a: b: c # d\ne:f\n")
    assert [document.source((key,)) for key in "ae"] == ["b: c", "f"]
    assert document.reading.findings[0].span == (2, 5, 2, 6)


def test_a_yaml_file_is_mended_too_but_read_whole_or_not_at_all() -> None:
    document = read_text("p", "a:\n  b: c: d\n", "yaml")
    assert document.value == {"a": {"b": "c: d"}}
    assert [finding.pointer for finding in document.reading.findings] == ["/a/b"]
    document = read_text("p", "a: b: c\nd: 'e\n", "yaml")
    assert not document.reading.readable
    assert [finding.span.line for finding in document.reading.findings] == [1, 2]


def test_fixes_give_the_value_that_was_read_and_leave_nothing_to_fix() -> None:
    chance, fixes = random.Random(3), 0
    for _ in range(1_500):
        document = front(mutated(chance))
        if document.reading.broken or not any(finding.fix for finding in document.reading.findings):
            continue
        fixes += 1
        again = read_text("p", fixed(document), "frontmatter")
        if document.reading.readable:
            assert repr(again.value) == repr(document.value)
        rest = [finding.message for finding in document.reading.findings if not finding.fix]
        assert [finding.message for finding in again.reading.findings] == rest
    assert fixes > 20
