"""What the reader makes of any text is of the shape that `govern compat` asks within; and a value of that shape is
written as a text that has it, wherever a text can.
"""

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govern.model.schema import Extract
from govern.parse import read_text
from govern.parse.markdown.shape import shape
from govern.parse.markdown.written import written

EXTRACT = (Extract("mentions", r"(?<!\w)@([a-z]+)", "@{}"),)
SHAPE = jsonschema.Draft202012Validator(shape(EXTRACT))

LINES = [
    "# Title", "## Scope", "### 3. Step", "## Step 2: Go", "#### deep", "#", "Setext", "---", "===", "text of it",
    "**Owns:**", "- **Label**: text", "- item", "  - inner", "    - deeper", "1. one", "7) seven", "- [x] done", "- [ ] open", "-",
    "```py", "```", "~~~", "    code", "> quote", "<!-- hidden", "-->", "<div>", "", "", " @ada and @bob", "\t- tab", "* star", "a\rb",
    "name: value", "{}", "\u00a0nbsp", "- ```", "+ plus", "** x:** y", "***", "|a|b|",
]  # fmt: skip


def value_of(text: str) -> Any:
    return read_text("a.md", text, "markdown", extract=EXTRACT).value


@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=600, deadline=None)
def test_whatever_is_read_is_of_the_shape(lines: list[str], end: str) -> None:
    value = value_of(end.join(lines))
    if value is not None:  # front matter that never closes
        SHAPE.validate(value)


@given(st.text(st.sampled_from("#-*>`~ \t\n\r[]x1.a:<!@|"), max_size=80))
@settings(max_examples=600, deadline=None)
def test_whatever_characters_are_read_are_of_the_shape(text: str) -> None:
    value = value_of(text)
    if value is not None:
        SHAPE.validate(value)


WORDS = st.sampled_from(["a", "one two", "Scope", "it's", "x/y"])


def items(depth: int = 2) -> st.SearchStrategy[Any]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        "number": st.integers(0, 99),
        "label": WORDS,
        "checked": st.booleans(),
    }
    if depth:
        optional["items"] = st.lists(items(depth - 1), min_size=1, max_size=2)
    return st.fixed_dictionaries({"text": WORDS}, optional=optional)


def sections(level: int) -> st.SearchStrategy[Any]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        "text": WORDS,
        "number": st.integers(0, 99),
        "items": st.lists(items(), min_size=1, max_size=3),
    }
    if level < 4:
        optional["sections"] = st.lists(sections(level + 1), min_size=1, max_size=2)
    return st.fixed_dictionaries({"level": st.just(level), "heading": WORDS}, optional=optional)


DOCUMENTS = st.fixed_dictionaries(
    {"title": WORDS, "mentions": st.lists(st.sampled_from(["ada", "bob"]), unique=True)},
    optional={
        "frontmatter": st.dictionaries(WORDS, st.one_of(WORDS, st.integers(), st.none()), max_size=3),
        "intro": WORDS,
        "sections": st.lists(sections(2), min_size=1, max_size=3),
    },
)


@given(DOCUMENTS)
@settings(max_examples=400, deadline=None)
def test_what_is_written_reads_as_it_was(value: Any) -> None:
    if "frontmatter" not in value:
        value["mentions"] = []  # which are written as a paragraph of their own there
    read = value_of(written(value, EXTRACT))
    assert {**read, "mentions": sorted(read["mentions"])} == {**value, "mentions": sorted(value["mentions"])}


@pytest.mark.parametrize("value", [{}, {"intro": "a"}, {"items": [{}]}, {"sections": [{"level": 6, "heading": ""}]}])
def test_the_least_documents_are_written_as_they_are(value: Any) -> None:
    assert value_of(written(value)) == {**value, "mentions": []}
