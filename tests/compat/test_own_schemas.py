"""Our own schemas under our own eyes: their numbers are what the verdict requires, and Compose means what it means."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from govern.cli.main import main
from govern.compat.compare import Source, decide
from govern.model.verdict import Breaking, Compatible, Direction

SCHEMAS = Path(__file__).parents[2] / "schemas"
OFFICIAL = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text("utf-8"))


def version(subject: str, number: str) -> Source:
    return Source(json.loads((SCHEMAS / subject / f"{number}.json").read_text("utf-8")))


def compose(**definitions: Any) -> Source:
    schema = version("compose", "1.0.0").contents
    return Source({**schema, "$defs": {**schema["$defs"], **definitions}})


@pytest.mark.parametrize("direction", ["backward", "forward"])
def test_our_compose_schema_admits_exactly_what_the_official_one_does(direction: Direction) -> None:
    # But for what we do on purpose: variables may stand where a word or a number is wanted, as the official schema is
    # only asked after Compose has put them in; and a duration is one that Compose can parse.
    ours = compose(interpolated=False, duration={"type": "string"})
    assert decide(Source(OFFICIAL), ours, direction=direction, open_content="strict") == Compatible()


@pytest.mark.parametrize(("name", "direction"), [("duration", "backward"), ("interpolated", "forward")])
def test_each_of_the_two_differences_is_one(name: str, direction: Direction) -> None:
    taken_out: dict[str, Any] = {"interpolated": False, "duration": {"type": "string"}}
    other = {each: schema for each, schema in taken_out.items() if each != name}
    verdict = decide(Source(OFFICIAL), compose(**other), direction=direction, open_content="strict")
    assert isinstance(verdict, Breaking)


@pytest.mark.parametrize(
    ("subject", "old", "new", "breaks"),
    [
        ("task", "1.0.0", "1.1.0", False),
        ("task", "1.1.0", "2.0.0", True),
        ("task", "2.0.0", "3.0.0", True),
        ("agent", "1.0.0", "2.0.0", True),
    ],
)
def test_a_major_number_rose_where_and_only_where_documents_break(
    subject: str, old: str, new: str, breaks: bool
) -> None:
    verdict = decide(version(subject, old), version(subject, new))
    assert isinstance(verdict, Breaking if breaks else Compatible)


def test_our_schemas_pass_their_own_lint_and_lineage(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(SCHEMAS.parent)
    assert main(["schemas", "lint", "--format", "concise"]) == 0
    assert capsys.readouterr().out == ""
