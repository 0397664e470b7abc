import json
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from govern.compat.witness.candidates import candidates

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "properties",
                    "required",
                    "items",
                    "enum",
                    "const",
                    "allOf",
                    "$ref",
                    "minLength",
                    "maxItems",
                    "if",
                ]
            )
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)

PERSON = {
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "name": {"type": "string", "minLength": 1, "maxLength": 20},
        "state": {"enum": ["new", "done"]},
        "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
        "home": {"$ref": "#/$defs/address"},
    },
    "required": ["id", "name"],
    "additionalProperties": False,
    "$defs": {"address": {"type": "object", "properties": {"zip": {"type": "string"}}, "required": ["zip"]}},
}


def changed(**properties: Any) -> Any:
    return {**PERSON, "properties": {**PERSON["properties"], **properties}}  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(True, {"type": ["string", "object", "array", "boolean", "null"]}, id="numbers refused"),
        pytest.param({"type": "number"}, {"type": "integer"}, id="fractions refused"),
        pytest.param({"enum": ["a", "b", "c"]}, {"enum": ["a", "b"]}, id="listed value removed"),
        pytest.param({"maximum": 10}, {"maximum": 9}, id="maximum lowered"),
        pytest.param({"minLength": 5}, {"minLength": 6}, id="minimum length raised"),
        pytest.param({"maxItems": 3, "type": "array"}, {"maxItems": 2}, id="maximum of items lowered"),
        pytest.param({"items": {"type": "integer"}}, {"items": {"type": "string"}}, id="type of items changed"),
        pytest.param(PERSON, {**PERSON, "required": ["id", "name", "state"]}, id="required added"),
        pytest.param({**PERSON, "additionalProperties": True}, PERSON, id="closed"),
        pytest.param(PERSON, changed(state={"enum": ["new"]}), id="listed value of a property removed"),
        pytest.param(PERSON, changed(id={"type": "string"}), id="type of a property changed"),
        pytest.param(PERSON, changed(id={"type": "integer", "minimum": 2}), id="minimum of a property raised"),
        pytest.param(PERSON, changed(tags={"type": "array", "maxItems": 0}), id="items of a property refused"),
        pytest.param(PERSON, changed(home={"type": "object", "maxProperties": 0}), id="referenced object changed"),
        pytest.param({"oneOf": [{"const": 1}, {"const": 2}]}, {"oneOf": [{"const": 1}]}, id="branch removed"),
    ],
)
def test_a_usual_change_is_refuted_by_a_candidate(old: Any, new: Any) -> None:
    before, after = Draft202012Validator(old), Draft202012Validator(new)
    refuting = [value for value in candidates(old, new) if before.is_valid(value) and not after.is_valid(value)]
    assert refuting
    assert not [value for value in candidates(old, old) if before.is_valid(value) and not before.is_valid(value)]


def test_there_is_one_value_of_each_type_whatever_the_schemas() -> None:
    for limit in (10, 40):
        found = [json.dumps(value) for value in candidates(PERSON, PERSON, limit)]
        assert {"null", "true", "0", "1", "-1", "0.5", '""', '"a"', "[]", "{}"} <= set(found)


@given(anything, anything, st.integers(10, 50))
def test_whatever_the_schemas_the_values_are_few_and_distinct(old: Any, new: Any, limit: int) -> None:
    found = [repr(value) for value in candidates(old, new, limit)]
    assert len(found) == len(set(found)) <= limit
    assert found == [repr(value) for value in candidates(old, new, limit)]


def test_long_lists_and_bounds_are_only_tasted() -> None:
    wide = {
        "enum": list(range(100_000)),
        "properties": {f"key{number}": {"enum": [number]} for number in range(10_000)},
        "required": [f"key{number}" for number in range(10_000)],
        "minLength": 10**9,
        "minItems": 10**9,
    }
    found = list(candidates(wide, wide))
    assert len(found) <= 40
    assert all(len(json.dumps(value)) < 2_000 for value in found)


def test_a_schema_that_refers_to_itself_ends() -> None:
    tree = {"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}, "allOf": [{"$ref": "#"}]}
    found = list(candidates(tree, tree))
    assert {"left": {"left": {}}} in found or {"left": {"undeclared": 0}} in found
    assert len(found) <= 40


def test_the_first_values_need_not_wait_for_the_last() -> None:
    assert list(islice(candidates({"const": 7}, {"const": 8}), 2)) == [7, 8]
