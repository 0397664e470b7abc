"""A change of what a markdown document must look like is judged like any change of a schema, with a document as proof."""

import json
from typing import Any

import pytest

from tests.repo import Repo

KIND = """\
kind: adr
title: Decision records
reader: markdown
default: 1
files: [glob: "docs/adr/*.md"]
extract:
  people: {pattern: '(?<!\\w)@([a-z]+)', written: "@{}"}
"""


def schema(version: str, **changes: Any) -> str:
    context = {"properties": {"heading": {"const": "Context"}, "level": {"const": 2}}}
    decision = {"properties": {"heading": {"const": "Decision"}, "level": {"const": 2}}, "required": ["text"]}
    sections = {"prefixItems": [context, decision], "minItems": 2, "items": False, **changes.pop("sections", {})}
    return json.dumps(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:acme:adr:{version}",
            "type": "object",
            "properties": {
                "frontmatter": {"properties": {"status": {"enum": ["draft", "accepted"]}}, "required": ["status"]},
                "title": {"type": "string"},
                "sections": sections,
                **changes,
            },
            "required": ["frontmatter", "title", "sections"],
        }
    )


@pytest.fixture
def adr(repo: Repo) -> Repo:
    repo.write("schemas/adr/kind.yaml", KIND)
    repo.write("schemas/adr/1.0.0.json", schema("1.0.0"))
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "feature")
    return repo


def compared(repo: Repo, new: str, *arguments: str) -> Any:
    repo.write("schemas/adr/1.1.0.json", new)
    ran = repo.govern("compat", "--format", "json", *arguments)
    (comparison,) = json.loads(ran.out)["comparisons"]
    return comparison


CONTEXT = {"properties": {"heading": {"const": "Context"}}}
MORE = {"properties": {"heading": {"const": "Consequences"}}}
DECISION = {"properties": {"heading": {"const": "Decision"}}}


@pytest.mark.parametrize(
    "change",
    [
        {"sections": {"prefixItems": [CONTEXT, DECISION, MORE], "minItems": 3}},
        {"sections": {"prefixItems": [DECISION, CONTEXT]}},
        {"sections": {"prefixItems": [{**CONTEXT, "required": ["items"]}, DECISION]}},
        {"people": {"items": {"enum": ["ada"]}}},
        {"intro": {"maxLength": 3}},
    ],
    ids=["section-added", "order", "list-required", "word-refused", "intro-shortened"],
)
def test_a_break_is_proved_by_a_document_that_old_accepts_and_new_refuses(adr: Repo, change: Any) -> None:
    comparison = compared(adr, schema("1.1.0", **change))
    assert (comparison["verdict"], comparison["backward"].get("kind")) == ("breaking", "strict")
    adr.git("rm", "--quiet", "--cached", "schemas/adr/1.1.0.json")
    shown = adr.govern("compat", "schemas/adr/1.0.0.json", "schemas/adr/1.1.0.json", "--format", "full").out
    text = shown.partition("refused by the new one:\n")[2].partition("\n  judged:")[0]
    document = "\n".join(line.removeprefix("    ") for line in text.split("\n")) + "\n"
    adr.write("docs/adr/one.md", document)
    (adr.root / "schemas/adr/1.1.0.json").unlink()
    assert adr.findings("docs/adr/one.md") == []
    adr.write("schemas/adr/1.1.0.json", schema("1.1.0", **change))
    assert [finding["kind"] for finding in adr.findings("docs/adr/one.md")] == ["adr"]


@pytest.mark.parametrize(
    "change",
    [
        {"sections": {"items": MORE}},
        {"sections": {"prefixItems": [CONTEXT, DECISION], "maxItems": 2}},
        {"people": {"items": {"pattern": "^[a-z]+|$"}}},
        {"title": {"type": ["string", "null"]}},
        {"intro": {"minLength": 1}},  # an empty one is none: no document has it
        {"note": {"type": "string"}},  # no reader says it
    ],
    ids=["section-allowed", "said-twice", "words-as-before", "null", "never-empty", "never-said"],
)
def test_what_no_document_shows_breaks_nobody(adr: Repo, change: Any) -> None:
    comparison = compared(adr, schema("1.1.0", **change))
    assert comparison["verdict"] == "compatible"
    assert comparison["open_content"] == "strict"


def test_a_break_that_no_document_can_show_is_undecided(adr: Repo) -> None:
    # the two lists always agree in a document, but no schema says so: what breaks as a value, no text can have
    kind = KIND + "  same: {pattern: '(?<!\\w)@([a-z]+)', written: \"@{}\"}\n"
    adr.write("schemas/adr/kind.yaml", kind)
    never = {"same": {"maxItems": 0}, "people": {"minItems": 1}}
    adr.write("schemas/adr/1.0.0.json", schema("1.0.0", **never))
    adr.commit()
    comparison = compared(adr, schema("1.1.0", **never, title={"maxLength": 1}), "--against", "HEAD")
    assert comparison["verdict"] == "undecided"
    assert comparison["backward"]["reason"] == "no document was found that has a value which would prove it"


def test_a_schema_may_require_what_the_reader_says_without_declaring_it(adr: Repo) -> None:
    adr.write("schemas/adr/1.0.0.json", schema("1.0.0"))
    assert "required-undeclared" not in adr.govern("schemas", "lint").out
    adr.write("schemas/adr/1.0.0.json", schema("1.0.0").replace('"text"', '"txet"'))
    assert "required-undeclared" in adr.govern("schemas", "lint").out


def test_examples_are_read_as_what_they_are(adr: Repo) -> None:
    adr.write("schemas/adr/example.md", "---\nstatus: draft\n---\n# T\n## Context\n## Decision\nYes.\n")
    adr.write("schemas/adr/1.1.0.json", schema("1.1.0", title={"minLength": 2}))
    ran = adr.govern("compat")
    assert "1 of 1 documents break, first schemas/adr/example.md" in adr.govern("compat", "--format", "full").out, ran
