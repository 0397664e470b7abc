"""`govern.render` and `govern.render_text`, for programs."""

from pathlib import Path
from typing import Any

import pytest

import govern
from govern.session import Unable
from tests.repo import Repo


def test_a_text_is_rendered() -> None:
    assert govern.render_text("# <<A>>\n", {"A": "x"}) == "# x\n"
    assert (
        govern.render_text('{"a": {{A}}}', {"A": ["x", 1]}, path="a.json", delimiters=("{{", "}}")) == '{"a": ["x", 1]}'
    )


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({}, ["render/value-missing"]),
        ({"A": "x", "B": "y"}, ["render/value-unknown"]),
        ({"A": ""}, ["render/value-empty"]),
        ({"A": None}, ["render/value-empty"]),
        ({"A": {"b": 1}}, ["render/value-type"]),
        ({"A": "a\0"}, ["render/value-misplaced"]),
        ({"A": "\ud800"}, ["render/value-misplaced"]),
    ],
)
def test_what_is_wrong_is_raised_with_its_findings(values: dict[str, Any], rules: list[str]) -> None:
    with pytest.raises(govern.Unrendered) as raised:
        govern.render_text("<<A>>\n", values)
    assert [finding.rule for finding in raised.value.findings] == rules
    assert str(raised.value).startswith("template.md:1:1: ")


def test_a_template_is_rendered_by_its_path_and_by_its_name(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("schemas/note/templates/page/1.0.0.md", "<<A>> <<B>>\n")
    repo.write("govern.toml", "values = {B = 'b'}\n")
    monkeypatch.chdir(repo.root)
    assert govern.render("note/page", {"A": "a"}) == "a b\n"
    assert govern.render(Path("schemas/note/templates/page/1.0.0.md"), {"A": "a", "B": "c"}) == "a c\n"
    with pytest.raises(govern.Unrendered, match="A has no value"):
        govern.render("note/page", {})
    with pytest.raises(Unable, match="note/pgae is no template, and no file; did you mean note/page"):
        govern.render("note/pgae", {})
