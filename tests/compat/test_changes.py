"""The table tests/cases/compat/changes.yaml: what is said of the changes between two schemas, and what each breaks.

The jsonschema library judges every witness.
"""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from govern.compat.compare import Source, decide
from govern.compat.explain import change_rules
from govern.compat.explain.causes import Terms
from govern.compat.explain.changes import Side, explain
from govern.model.change import ABSENT, Change, Site
from govern.model.verdict import Breaking, Compatible, Direction, Undecided, Verdict
from govern.parse import read
from tests.repo import ROOT

TABLE = ROOT / "tests" / "cases" / "compat" / "changes.yaml"
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(TABLE.read_text())
DIRECTIONS: tuple[Direction, ...] = ("backward", "forward")

every_case = pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{name}-{index}") for name, cases in CASES.items() for index, case in enumerate(cases)],
)


def verdicts(old: Any, new: Any) -> dict[Direction, Verdict]:
    return {direction: decide(Source(old), Source(new), direction=direction) for direction in DIRECTIONS}


def changes(old: Any, new: Any, known: dict[Direction, Verdict] | None = None) -> tuple[Change, ...]:
    sides = Side(Source(old), "old.json"), Side(Source(new), "new.json")
    return explain("case", *sides, verdicts(old, new) if known is None else known, Terms(decide))


def said(change: Change) -> str:
    assert change.new is not None
    breaks = "+".join(change.breaks) or "nothing"
    witness = "" if change.witness is ABSENT else " by witness"
    return f"{breaks}{witness}: {change.rule} {change.new.pointer or '/'}: {change.message}"


def admits(schema: Any, value: Any) -> bool:
    """What the jsonschema library says."""
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    return bool(kind(schema, format_checker=kind.FORMAT_CHECKER).is_valid(value))


@every_case
def test_a_change_is_told_with_what_it_breaks(case: dict[str, Any]) -> None:
    assert [said(change) for change in changes(case["old"], case["new"])] == case["says"]


@pytest.mark.parametrize("name", [rule.id.removeprefix("compat/") for rule in change_rules.RULES])
def test_every_rule_has_a_pair_that_breaks_it_and_a_near_one_that_does_not(name: str) -> None:
    if name not in ("schema-added", "schema-removed", "reference-changed"):  # told in tests of their own
        hits = [any(f"compat/{name} " in line for line in case["says"]) for case in CASES[name]]
        assert hits[0] and not hits[-1]


@every_case
def test_a_change_breaks_only_what_the_whole_breaks(case: dict[str, Any]) -> None:
    known = verdicts(case["old"], case["new"])
    broken = {direction for change in changes(case["old"], case["new"]) for direction in change.breaks}
    assert broken == {direction for direction, verdict in known.items() if isinstance(verdict, Breaking)}


@every_case
def test_an_independent_library_sees_each_witness_break_the_whole(case: dict[str, Any]) -> None:
    for change in changes(case["old"], case["new"]):
        if change.witness is not ABSENT:
            writer, reader = (case["old"], case["new"])[:: 1 if change.breaks[0] == "backward" else -1]
            assert admits(writer, change.witness) and not admits(reader, change.witness)


@every_case
def test_the_ids_of_changes_differ_and_stay(case: dict[str, Any]) -> None:
    ids = [change.id for change in changes(case["old"], case["new"])]
    assert len(set(ids)) == len(ids)
    assert ids == [change.id for change in changes(case["old"], case["new"])]


def test_a_verdict_of_compatible_is_never_overturned() -> None:
    old, new = {"type": "string"}, {"type": "integer"}
    assert changes(old, new, {"backward": Compatible(), "forward": Compatible()})[0].breaks == ()
    assert changes(old, new)[0].breaks == DIRECTIONS


def test_what_is_undecided_has_no_witness_of_its_own_making() -> None:
    (change,) = changes({"minLength": 1}, {"minLength": 2}, {"backward": Undecided("too large")})
    assert (change.breaks, change.witness) == ((), ABSENT)


def test_without_verdicts_the_changes_are_told_all_the_same() -> None:
    assert [change.breaks for change in changes({"minLength": 1}, {"minLength": 2}, {})] == [()]


def test_only_what_breaks_a_direction_that_is_asked_for_is_an_error() -> None:
    sides = Side(Source({"minLength": 1}), "old.json"), Side(Source({"minLength": 2, "maxLength": 9}), "new.json")
    known = verdicts(sides[0].source.contents, sides[1].source.contents)
    for asked, severity in (("backward", "error"), ("forward", "warning")):
        told = explain("case", *sides, known, Terms(decide), asked=[asked])  # type: ignore[list-item]
        assert {change.severity for change in told} == {severity}


OLD = """{
  "type": "object",
  "properties": {
    "name": {"$ref": "#/definitions/text"},
    "note": {"$ref": "#/definitions/text"},
    "vat": {"type": "string"}
  },
  "definitions": {
    "text": {"type": "string", "maxLength": 64}
  }
}
"""
NEW = """{
  "type": "object",
  "$defs": {
    "short": {
      "type": "string",
      "maxLength": 32
    }
  },
  "properties": {
    "name": {"$ref": "#/$defs/short"},
    "note": {"$ref": "#/$defs/short"}
  },
  "required": ["note"]
}
"""


def test_every_change_has_its_line_and_column_in_both_files() -> None:
    documents = read("a/old.json", OLD.encode(), "json"), read("a/new.json", NEW.encode(), "json")
    old, new = (Side(Source(document.value), document.path, document) for document in documents)
    known = verdicts(documents[0].value, documents[1].value)
    told = {change.rule: change for change in explain("case", old, new, known, Terms(decide))}
    assert {rule: (change.old, change.new) for rule, change in told.items()} == {
        "compat/bound-tightened": (
            Site("a/old.json", "/definitions/text/maxLength", 9, 45),
            Site("a/new.json", "/$defs/short/maxLength", 6, 20),
        ),
        "compat/property-required": (
            Site("a/old.json", "/properties/note", 5, 5),
            Site("a/new.json", "/properties/note", 11, 5),
        ),
        # In the new version the line is that of the properties, among which it stood.
        "compat/property-removed": (
            Site("a/old.json", "/properties/vat", 6, 5),
            Site("a/new.json", "/properties/vat", 9, 3),
        ),
    }


def test_a_definition_that_many_places_share_is_told_once() -> None:
    assert [change.rule for change in changes(json.loads(OLD), json.loads(NEW))].count("compat/bound-tightened") == 1


def test_a_change_in_a_file_that_a_reference_leads_to_stands_in_that_file() -> None:
    text = '{"$id": "urn:acme:money", "type": "number", "minimum": %d}'
    uses = {"properties": {"total": {"$ref": "urn:acme:money"}}}
    others = [read(f"{side}/money.json", (text % limit).encode(), "json") for side, limit in (("old", 0), ("new", 1))]
    old, new = (
        Side(Source(uses, {"urn:acme:money": other.value}), "order.json", None, {"urn:acme:money": other})
        for other in others
    )
    known: dict[Direction, Verdict] = {"backward": decide(old.source, new.source)}
    (change,) = explain("order", old, new, known, Terms(decide))
    assert (change.old, change.new) == (
        Site("old/money.json", "/minimum", 1, 56),
        Site("new/money.json", "/minimum", 1, 56),
    )
    assert change.breaks == ("backward",)


def test_a_schema_that_comes_or_goes_is_told() -> None:
    side = Side(Source({"type": "string"}), "a.json")
    assert [change.rule for change in explain("case", None, side, {}, Terms(decide))] == ["compat/schema-added"]
    assert [change.rule for change in explain("case", side, None, {}, Terms(decide))] == ["compat/schema-removed"]


def test_a_reference_that_leads_nowhere_is_told_when_it_leads_elsewhere() -> None:
    rules = [change.rule for change in changes({"$ref": "urn:acme:a"}, {"$ref": "urn:acme:b"}, {})]
    assert rules == ["compat/reference-changed"]
    assert changes({"$ref": "urn:acme:a"}, {"$ref": "urn:acme:a"}, {}) == ()


def test_a_dialect_that_alone_explains_a_break_is_told() -> None:
    old = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "integer"}
    new = {"$schema": "http://json-schema.org/draft-04/schema#", "type": "integer"}
    broken: dict[Direction, Verdict] = {"backward": Breaking(1.0)}
    assert [(change.rule, change.witness) for change in changes(old, new, broken)] == [("compat/keyword-changed", 1.0)]
    assert changes(old, new, {"backward": Compatible()}) == ()


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ({}, {"required": ["a"]}, "keep it optional, or raise the major version"),
        (
            {},
            {"required": ["a"], "properties": {"a": {"default": 0}}},
            "readers can put its default, 0, where it is missing; keep it optional, or raise the major version",
        ),
        (
            {"properties": {"a": {"minimum": 1}}, "additionalProperties": False},
            {"properties": {"b": {"minimum": 1}}, "additionalProperties": False},
            'it looks renamed to "b"; keep it, marked as deprecated, or raise the major version',
        ),
        ({"enum": [1]}, {"enum": [1, 2]}, "write it only when every reader knows it, or raise the major version"),
        (
            {"type": "string"},
            {"type": "string", "format": "date"},
            "leave the format out, or add a property of another name, or raise the major version",
        ),
        (
            {"type": "string", "format": "time"},
            {"type": "string", "format": "date"},
            "allow both formats, or add a property of another name, or raise the major version",
        ),
        (
            {"type": "string", "format": "date"},
            {"type": "string"},
            "keep to the old format until every reader does without it, or raise the major version",
        ),
        ({"title": "a"}, {"title": "b"}, None),
    ],
)
def test_a_hint_says_what_to_do_instead(old: Any, new: Any, hint: str | None) -> None:
    assert hint in [change.hint for change in changes(old, new)]


def test_no_message_shows_what_objects_hold() -> None:
    secret = {"password": "hunter2"}
    for old, new in (
        ({"const": secret}, {"enum": [1, 2]}),
        ({}, {"enum": [secret, [secret]]}),
        ({}, {"const": secret}),
    ):
        assert "hunter2" not in "".join(f"{change.message}{change.hint}" for change in changes(old, new))


def test_many_changes_are_all_told_and_few_of_them_asked_about() -> None:
    names = [f"p{number}" for number in range(300)]
    old = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    new = {"type": "object", "properties": {name: {"type": "integer"} for name in names}}
    asked = 0

    def counting(*sources: Source, **terms: Any) -> Verdict:
        nonlocal asked
        asked += 1
        return decide(*sources, **terms)

    sides = Side(Source(old), "old.json"), Side(Source(new), "new.json")
    told = explain("case", *sides, {"backward": Breaking({"p0": ""})}, Terms(counting))
    assert len(told) == 300
    assert 0 < asked <= 100


def test_schemas_nested_as_deep_as_anyone_likes_end_without_a_traceback() -> None:
    def nested(depth: int, inner: dict[str, Any]) -> dict[str, Any]:
        for _ in range(depth):
            inner = {"properties": {"a": inner}}
        return inner

    assert len(changes(nested(40, {"type": "string"}), nested(40, {"type": "integer"}))) == 1
    assert changes(nested(400, {"type": "string"}), nested(400, {"type": "integer"}), {}) == ()


def test_references_that_go_in_circles_end() -> None:
    circle = {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}
    assert changes(circle, circle, {}) == ()
    tree = {"properties": {"left": {"$ref": "#"}, "value": {"type": "string"}}}
    grown = {"properties": {"left": {"$ref": "#"}, "value": {"type": "integer"}}}
    assert [change.rule for change in changes(tree, grown)] == ["compat/type-changed"]


@pytest.mark.parametrize("odd", [float("inf"), 10**400, -0.0, 2**53 + 1, "\ud800", [[[]]]])
def test_odd_values_end_without_a_traceback(odd: Any) -> None:
    for word in ("const", "default", "minimum", "type", "properties", "enum", "required", "x-a"):
        assert all(change.message for change in changes({word: odd}, {word: 1}, {}))
        assert all(change.message for change in changes({word: 1}, {word: odd}, {}))
