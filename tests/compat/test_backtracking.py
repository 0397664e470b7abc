import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govern.compat.witness import ecma
from govern.compat.witness.backtracking import TooMuch, steps


def counted(pattern: str, text: str, limit: int = 10**6) -> int | None:
    def matches(atom: str, character: str) -> bool:
        return re.fullmatch(atom, character, re.DOTALL if atom == "." else 0) is not None

    try:
        return steps(pattern, text, matches, limit)
    except TooMuch:
        return None


@pytest.mark.parametrize("length", [4, 8, 12])
def test_nested_repetition_doubles_with_every_character(length: int) -> None:
    # (a+)+$ splits n characters in 2^(n-1) ways, and a search starts at every one of them.
    fewest = 2 ** (length - 1)
    count = counted("(a+)+$", "a" * length + "!")
    assert count is not None
    assert fewest <= count <= 16 * fewest


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*b",
        "(a|aa)+b",
        "(a*)*b",
        "([a-z]+)*b",
        "(a?){40}a{40}b",
        r"(\w+\d*)+b",
        "(?=(a+)+b)",
        "(?<=(a+)+b)",
    ],
)
def test_what_takes_ages_is_refused(pattern: str) -> None:
    assert counted(pattern, "a" * 60) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^[a-z]+(-[a-z]+)*$", "one-two-three" * 20),
        (r"^(?:[a-z]{1,30}\.){1,20}[a-z]{2,}$", "www.example.org"),
        (r"^(?=.*[a-z])(?=.*\d).{8,64}$", "correct1horse2battery3"),
        (r"^\S+@\S+\.\S+$", "ada.lovelace@example.org"),
        ("(ab|cd)+(ef|gh)*", "abcdef" * 20),
        ("^[A-Za-z0-9_-]{1,64}$", "x" * 64),
        ("a{2,3}b{2}c{0}d?", "aabbd"),
        (r"[\]\-]+x\+*", "]-]-x++"),
    ],
)
def test_what_people_write_is_not(pattern: str, text: str) -> None:
    assert counted(pattern, text) is not None
    assert ecma.found(pattern, text) is (re.search(pattern, text) is not None)


def test_a_pattern_with_too_many_places_is_refused() -> None:
    assert counted("((a{60}){60}){60}", "a" * 100) is None


simple = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", r"\w", ".", "^", "$", r"\b"]),
    lambda inner: (
        st.builds(lambda one, two: one + two, inner, inner)
        | st.builds(lambda one, two: f"(?:{one}|{two})", inner, inner)
        | st.builds(lambda one: f"({one})", inner)
        | st.builds(lambda one, sign: f"(?:{one}){sign}", inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?"]))
        | st.builds(lambda one: f"(?={one})", inner)
    ),
    max_leaves=6,
)


@given(simple, st.text(alphabet="ab-", max_size=8))
def test_the_answer_is_pythons_where_the_two_languages_agree(pattern: str, text: str) -> None:
    try:
        answer = ecma.found(pattern, text)
    except ecma.Unanswered:
        return
    assert answer is (re.search(pattern, text) is not None)


@given(simple, st.text(alphabet="ab-", max_size=6))
def test_a_longer_text_never_takes_fewer_steps(pattern: str, text: str) -> None:
    one, other = counted(pattern, text, 10**9), counted(pattern, text + "a", 10**9)
    if one is not None and other is not None and "$" not in pattern:
        assert one <= other


def test_what_is_no_pattern_has_no_answer() -> None:
    assert ecma.is_pattern(r"\p{L}")
    assert ecma.is_pattern(7)
    assert not ecma.is_pattern("(")
    with pytest.raises(ecma.Unanswered, match="is no pattern"):
        ecma.found("(", "")
    with pytest.raises(ecma.Unanswered, match="surrogate"):
        ecma.found("\ud800", "")
