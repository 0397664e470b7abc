"""For each mistake one finding, in its place, in plain words; and none for what only looks like it."""

import pytest

from govern.model.document import Reader
from govern.parse import read_text
from govern.parse.careful import read_carefully
from govern.parse.yaml import read_yaml
from tests.parse import cases

TABLES: tuple[tuple[Reader, list[cases.No]], ...] = (("yaml", cases.YAML), ("json", cases.JSON), ("toml", cases.TOML))
ALL = [pytest.param(reader, no, id=f"{reader}-{no.message[:40]}") for reader, table in TABLES for no in table]


@pytest.mark.parametrize(("reader", "no"), ALL)
def test_a_mistake_is_one_finding_in_its_place(reader: Reader, no: cases.No) -> None:
    (finding,) = read_text("p", no.text, reader).reading.findings
    assert (finding.rule, *finding.span[:2], finding.message) == no[1:5]


@pytest.mark.parametrize(("reader", "no"), ALL)
def test_what_is_right_has_no_finding(reader: Reader, no: cases.No) -> None:
    reading = read_text("p", no.yes, reader).reading
    assert reading.readable and not reading.findings


@pytest.mark.parametrize("no", cases.YAML, ids=lambda no: no.message[:40])
def test_front_matter_says_the_same_as_a_yaml_file(no: cases.No) -> None:
    if "---" in no.text or not no.text.endswith("\n"):
        pytest.skip("it would end the front matter")
    (finding,) = read_text("p", f"---\n{no.text}---\n", "frontmatter").reading.findings
    assert (finding.rule, finding.span.line, finding.span.column, finding.message.replace("line 2", "line 1")) == (
        *(no.rule, no.line + 1, no.column),
        no.message,
    )


@pytest.mark.parametrize("no", cases.YAML, ids=lambda no: no.message[:40])
def test_both_yaml_readers_say_it(no: cases.No) -> None:
    for text in (no.text, no.yes):
        assert read_yaml(text, "p").findings == read_carefully(text, "p").findings
