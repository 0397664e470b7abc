"""What a plain scalar means: the core schema of YAML 1.2.2, and nothing else."""

import itertools
import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from govern.parse.scalars import NotFinite, plain, tagged

# §10.3.2, and Example 10.9
CORE: list[tuple[str, Any]] = [
    *((text, None) for text in ("", "~", "null", "Null", "NULL")),
    *((text, True) for text in ("true", "True", "TRUE")),
    *((text, False) for text in ("false", "False", "FALSE")),
    *(("0", 0), ("-19", -19), ("+12", 12), ("007", 7), ("0o7", 7), ("0o17", 15), ("0x3A", 58), ("0xff", 255)),
    *(
        ("0.", 0.0),
        ("-0.0", -0.0),
        (".5", 0.5),
        ("+.5", 0.5),
        ("-2E+05", -200000.0),
        ("12e03", 12000.0),
        ("+12.", 12.0),
    ),
    *((text, NotFinite(text)) for text in (".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN", "1e999", "9" * 5_000)),
    ("0x" + "f" * 5_000, NotFinite("0x" + "f" * 5_000)),
]

TEXT = [
    *(
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "Yes",
        "NO",
        "On",
        "nULL",
        "tRUE",
        "TrUe",
        "nan",
        "inf",
        ".Nan",
        ".iNF",
        "-.nan",
    ),
    *("2026-01-01", "2026-01-01T10:00:00Z", "22:22", "1:30", "1_000", "0b101", "0O7", "0o8", "0o", "0x", "0xg", "-0x1"),
    *(
        "+0o7",
        "1e",
        "1e+",
        "e1",
        ".e1",
        ".",
        "..",
        "-",
        "+",
        "--",
        "+-",
        "-.",
        "1.2.3",
        "1,000",
        "1a",
        "a1",
        "~a",
        "null.",
    ),
    *(
        "True!",
        "=",
        "<<",
        "٣",
        "١٢",
        "1٣",
        "½",
        "−",
        "−1",
        "1__0",
        "_1",
        "1_",
        "0x_1",
        "1e1_0",
        "++1",
        "1-",
        ".5.",
        "5e5.5",
    ),
]


@pytest.mark.parametrize(("text", "value"), CORE, ids=lambda item: str(item)[:12])
def test_the_core_schema_has_these_numbers_and_words(text: str, value: Any) -> None:
    assert (plain(text), type(plain(text))) == (value, type(value))


@pytest.mark.parametrize("text", TEXT)
def test_everything_else_is_text(text: str) -> None:
    assert plain(text) == text


def test_ruamel_yaml_takes_the_same_texts_for_numbers() -> None:
    patterns = YAML(typ="safe", pure=True).resolver.versioned_resolver
    kinds = {int: "int", float: "float", NotFinite: "float", str: "str"}
    for length in range(1, 5):
        for text in map("".join, itertools.product("01.eE+-", repeat=length)):
            theirs = next((str(tag) for tag, pattern in patterns.get(text[0], ()) if pattern.match(text)), "str")
            if not re.match(r"\.[0-9]+[eE]", text):  # .1e1 is a float of the specification that it overlooks
                assert kinds[type(plain(text))] == theirs.rpartition(":")[2], text


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_as_python_writes_them(number: float) -> None:
    assert plain(repr(number)) == number
    assert math.copysign(1, plain(repr(number))) == math.copysign(1, number) or number == 0


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("str", "12", "12"),
        ("int", "12", 12),
        ("float", "12", 12.0),
        ("null", "", None),
        ("bool", "true", True),
        ("float", ".inf", NotFinite(".inf")),
    ],
)
def test_a_tag_says_what_a_scalar_means(tag: str, text: str, value: Any) -> None:
    assert tagged(f"tag:yaml.org,2002:{tag}", text) == value


@pytest.mark.parametrize(
    ("tag", "text"), [("int", "1.5"), ("int", "true"), ("bool", "yes"), ("null", "0"), ("float", "x"), ("binary", "x")]
)
def test_a_tag_that_does_not_fit_is_refused(tag: str, text: str) -> None:
    with pytest.raises(ValueError):
        tagged(f"tag:yaml.org,2002:{tag}", text)
