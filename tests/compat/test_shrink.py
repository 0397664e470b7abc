import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from govern.compat.witness.shrink import MAX_CALLS, shrink

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("schema", "value", "smallest"),
    [
        (True, {"a": [1, 2]}, None),
        ({"type": "boolean"}, False, False),
        ({"type": "boolean"}, True, True),
        ({"type": "string"}, "hello", ""),
        ({"type": "string", "minLength": 3}, "hello", "aaa"),
        ({"type": "string", "pattern": "!"}, "hello world!", "!"),
        ({"type": "integer"}, 12345, 0),
        ({"type": "integer", "minimum": 256}, 98765, 256),
        ({"type": "integer", "maximum": -256}, -98765, -256),
        ({"type": "integer", "exclusiveMaximum": 0}, -98765, -1),
        ({"type": "number", "not": {"type": "integer"}, "minimum": 3}, 3.14159, 3.1),
        ({"type": "number", "minimum": 3}, 3.14159, 3),
        ({"type": "array"}, [1, 2, 3], []),
        ({"type": "array", "minItems": 2}, [True, 1, "x"], [None, None]),
        ({"type": "array", "contains": {"const": 7}}, [1, 2, 7, 3], [7]),
        ({"type": "object"}, {"a": 1}, {}),
        ({"type": "object", "required": ["b"]}, {"a": 1, "b": [1, {"c": "x"}]}, {"b": None}),
        (
            {"type": "object", "required": ["b"], "properties": {"b": {"type": "array", "minItems": 1}}},
            {"a": 1, "b": [{"c": 1}, 2]},
            {"b": [None]},
        ),
        ({"enum": [{"a": 1, "b": 2}]}, {"a": 1, "b": 2}, {"a": 1, "b": 2}),
        ({"enum": ["green", "red"]}, "green", "green"),
    ],
)
def test_a_value_becomes_the_smallest_of_its_schema(schema: Any, value: Any, smallest: Any) -> None:
    found = shrink(value, Draft202012Validator(schema).is_valid)
    assert json.dumps(found) == json.dumps(smallest)  # Python would take True for 1


def test_of_sixty_properties_the_one_that_matters_is_left() -> None:
    wide = {f"key{number}": number for number in range(60)}
    assert shrink(wide, lambda value: isinstance(value, dict) and value.get("key59") == 59) == {"key59": 59}


def test_a_decimal_loses_digits_too() -> None:
    found = shrink(Decimal("0.33333"), lambda value: isinstance(value, Decimal) and value > Decimal("0.1"))
    assert found == Decimal("0.3")


@given(values, values)
def test_what_is_found_still_holds_and_what_was_given_stays(value: Any, other: Any) -> None:
    def holds(candidate: Any) -> bool:
        return len(json.dumps(candidate)) >= min(len(json.dumps(value)), len(json.dumps(other)))

    before = copy.deepcopy(value)
    found = shrink(value, holds)
    assert holds(found)
    assert repr(value) == repr(before)


@given(values)
def test_the_questions_are_few_and_always_the_same(value: Any) -> None:
    asked: list[list[str]] = []
    for _ in range(2):
        questions: list[str] = []

        def holds(candidate: Any, questions: list[str] = questions) -> bool:
            questions.append(repr(candidate))
            return type(candidate) is type(value) and len(repr(candidate)) % 3 != 1

        shrink(value, holds)
        asked.append(questions)
    assert asked[0] == asked[1]
    assert len(asked[0]) <= MAX_CALLS


@pytest.mark.parametrize("size", [1_000, 100_000])
def test_a_large_value_costs_no_more_calls(size: int) -> None:
    calls = 0

    def holds(candidate: Any) -> bool:
        nonlocal calls
        calls += 1
        return isinstance(candidate, list) and len(candidate) == size

    assert shrink([0] * size, holds) == [0] * size
    assert calls == MAX_CALLS


def test_a_deep_value_is_shrunk_as_far_down_as_anybody_reads() -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    assert shrink(deep, lambda value: isinstance(value, list)) == []
    assert shrink(deep, lambda value: value == deep) == deep
