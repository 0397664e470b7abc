"""JSON is read as the standard library reads it, but for what no other reader could be trusted with."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govern.parse import read_text

KEYS = st.sampled_from(["a", "b", "é", "", "a/b", "~"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_json_is_what_the_standard_library_reads(value: Any, indent: int | None, ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    reading = read_text("p", text, "json").reading
    assert (repr(reading.value), reading.findings) == (repr(json.loads(text)), ())


@given(st.lists(st.tuples(KEYS, VALUES), max_size=5))
def test_of_keys_that_stand_twice_the_last_counts_and_each_is_a_finding(pairs: list[tuple[str, Any]]) -> None:
    text = "{" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in pairs) + "}"
    reading = read_text("p", text, "json").reading
    assert reading.value == dict(pairs)
    twice = [row for row, (key, _) in enumerate(pairs, 1) if key in dict(pairs[: row - 1])]
    assert [(f.span.line, f.rule) for f in reading.findings] == [(row, "json/duplicate-key") for row in twice]


@pytest.mark.parametrize(
    ("text", "value", "broken"),
    [
        ('{"a": NaN, "b": 1}', {"a": None, "b": 1}, {("a",)}),
        ('{"a": [1, -Infinity, 1e999]}', {"a": [1, None, None]}, {("a", 1), ("a", 2)}),
        ('["\\ud83d\\ude00", "\\ude00"]', ["😀", None], {(1,)}),
        ('{"\\ud83d": 1, "b": 2}', {"b": 2}, {()}),
        ("[" + "9" * 5_000 + "]", [None], {(0,)}),
    ],
)
def test_what_cannot_be_a_value_is_broken_and_the_rest_is_read(
    text: str, value: Any, broken: set[tuple[str | int, ...]]
) -> None:
    reading = read_text("p", text, "json").reading
    assert reading.readable and reading.value == value and set(reading.broken) == broken
    assert len(reading.findings) == len(broken)


def test_a_key_is_shown_in_one_short_line() -> None:
    key = "x\n" * 100
    (finding,) = read_text("p", json.dumps({key: 1})[:-1] + "," + json.dumps({key: 1})[1:], "json").reading.findings
    assert len(finding.message) < 120 and "\n" not in finding.message
