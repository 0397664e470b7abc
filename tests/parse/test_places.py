"""Where things stand: the text at each value's place, read alone, is that value."""

import json
import re
import tomllib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govern.model.document import Document
from govern.parse import read_text
from govern.parse.yaml import read_yaml
from tests.parse.texts import DOCUMENTS, blocks, paths

slow = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def check_yaml(document: Document) -> None:
    if not document.reading.readable or document.value is None or any(f.fix for f in document.reading.findings):
        return
    for path in paths(document.value):
        if any(path[:length] in document.reading.broken for length in range(len(path) + 1)):
            continue
        place, source = document.places[path], document.source(path)
        if place.key is not None and place.key[:2] == place.value[:2]:
            continue  # nothing was written
        if not source or "*" in source or "<<" in source or source.startswith(("!", "&")):
            continue  # what it names stands elsewhere
        if re.match(r"[|>][+-]?\d", source):
            continue  # its indentation counts from the mapping around it
        reading = read_yaml(" " * (place.value.column - 1) + source, "p")
        assert trimmed(reading.value) == trimmed(at(document.value, path))


def trimmed(value: Any) -> str:
    """A value without the blank lines at the end of its texts: they are no part of a block of text's place."""
    return re.sub(r"(?: |\\n)+(['\"])", r"\1", repr(value))


@slow
@given(blocks())
def test_every_yaml_value_has_a_place_that_reads_as_that_value(text: str) -> None:
    check_yaml(read_text("p", text, "yaml"))


@pytest.mark.parametrize(
    "text", ["a: \na: {a: []}\na:\n a: \n", "a: {b: {c: 1}}\na: {b: {c: 2}}\n", "a: {b: 1}\na: 2\n"]
)
def test_of_a_key_that_stands_twice_the_last_value_has_the_place(text: str) -> None:
    check_yaml(read_text("p", text, "yaml"))


@pytest.mark.parametrize("text", DOCUMENTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_so_have_the_values_of_documents(text: str, end: str) -> None:
    document = read_text("p", text.replace("\n", end), "yaml")
    if document.reading.readable:
        check_yaml(read_text("p", text, "yaml"))
        assert document.places == read_text("p", text, "yaml").places


@slow
@given(JSON, st.sampled_from([None, 0, 3]), st.booleans())
def test_every_json_value_has_a_place_that_reads_as_that_value(value: Any, indent: int | None, ascii: bool) -> None:
    document = read_text("p", json.dumps(value, indent=indent, ensure_ascii=ascii), "json")
    assert document.value == value and repr(document.value) == repr(value)
    for path in paths(value):
        assert json.loads(document.source(path)) == at(value, path)
        if path and isinstance(path[-1], str):
            assert json.loads(document.at(document.span(path, key=True))) == path[-1]
    assert set(document.places) == set(paths(value))


@slow
@given(JSON)
def test_json_read_as_yaml_is_the_same_value(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    if "\\" in text or not text.isprintable() or "e+" in text.lower():
        return
    reading = read_yaml(text, "p")
    assert (reading.value, reading.findings) == (value, ())
    places = read_text("p", text, "json").places
    assert {path: place.value for path, place in reading.places().items()} == {
        path: place.value for path, place in places.items()
    }


TOML_VALUES = st.recursive(
    st.sampled_from(
        [
            *("1", "-0.5", "1e6", "0xff", "true", "1_000", "2026-01-01", "2026-01-01 10:00:00", "10:00:00"),
            *('"a # b"', "'c, d]'", '"""e\n"f" ""g"""', "'''h\n'i''''", '"\\"\\\\"', '""'),
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", # x ]\n  ".join([*items, ""]) + "]"),
        st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f'k{i}."x y" = {item}' for i, item in enumerate(items)) + "}"
        ),
    ),
    max_leaves=5,
).filter(lambda text: not (text.startswith("{") and "\n" in text))


@st.composite
def toml_texts(draw: st.DrawFn) -> str:
    lines = []
    for number in range(draw(st.integers(0, 6))):
        key = draw(st.sampled_from(["a{}", '"b {}"', "c{}.d", "'e.{}' . f"])).format(number)
        header = draw(st.sampled_from(["", "", "[t{}]", "[[u]]", "[v.w{}]", "[ x{} . 'y z' ]", "[[v.z]]"])).format(
            number
        )
        tail = draw(st.sampled_from(["", " # c", "\n\n", "\n# [d]"]))
        lines.append(f"{header}\n{key} = {draw(TOML_VALUES)}{tail}")
    return "\n".join(lines)


@slow
@given(toml_texts(), st.sampled_from(["\n", "\r\n"]))
def test_every_toml_value_has_a_place_that_reads_as_that_value(text: str, end: str) -> None:
    text = text.replace("\n", end)
    document = read_text("p", text, "toml")
    if not document.reading.readable:
        with pytest.raises(tomllib.TOMLDecodeError):
            tomllib.loads(text)
        return
    assert set(document.places) == set(paths(document.value))
    for path in paths(document.value):
        place = document.places[path]
        source = document.source(path)
        if (
            path
            and place.value != place.key
            and not source.startswith("[" if isinstance(at(document.value, path), dict) else "[[")
        ):
            read = read_text("p", f"k = {source}", "toml")
            assert read.value == {"k": at(document.value, path)}
        if place.key:
            assert tomllib.loads(f"{document.at(place.key)} = 1") == {path[-1]: 1}


def test_a_missing_value_stands_where_its_key_does() -> None:
    document = read_text("p", "a:\nb: \n- c:\n", "yaml")
    document = read_text("p", "a:\nb:\n- c:\n-\n", "yaml")
    assert document.span(("a",)) == (1, 1, 1, 2)
    assert document.span(("b", 0, "c")) == (3, 3, 3, 4)
    assert document.span(("b", 1))[:2] == (4, 2)


def test_what_an_alias_brings_stands_where_it_was_written() -> None:
    document = read_text("p", "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n", "yaml")
    assert document.value == {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1, "e": 2}}
    assert [document.source(path) for path in (("c",), ("c", "b"), ("d", "b"), ("a",))] == ["*x", "1", "1", "&x {b: 1}"]


def test_the_keys_of_a_mapping_itself_win_over_merged_ones() -> None:
    document = read_text("p", "a: &x {k: 1, l: 1}\nb: &y {k: 2, m: 2}\nc:\n  m: 3\n  <<: [*x, *y]\n", "yaml")
    assert document.value["c"] == {"k": 1, "l": 1, "m": 3}
    assert [document.span(("c", key)).line for key in "klm"] == [1, 1, 4]


def test_a_block_of_text_stands_from_its_sign_to_its_last_line() -> None:
    document = read_text("p", "a: |+\n  b\n\n  c\n\n\nd: 1\n", "yaml")
    assert document.source(("a",)) == "|+\n  b\n\n  c"
    assert document.span(()) == (1, 1, 7, 5)
