"""Is there a text, which is the shortest, and what if it is a long one?"""

import pytest

from govern.regex import ANYTHING, TooLarge, lengths, literal, literals, matching

SEMVER = (
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$"
)


@pytest.mark.parametrize(
    ("old", "new", "shortest"),
    [
        ("^[a-z0-9]+(-[a-z0-9]+)*$", "^[a-z0-9-]+$", None),
        ("^[a-z0-9]+(-[a-z0-9]+)*$", "^[a-z0-9-]{1,63}$", "a" * 64),
        ("^[a-z0-9-]{1,63}$", "^[a-z0-9]+(-[a-z0-9]+)*$", "-"),
        (SEMVER, r"^\d+\.\d+\.\d+", None),
        (r"^\d+\.\d+\.\d+", SEMVER, "00.0.0"),
        (r"^\p{L}+$", r"^\w+$", "ß"),
        (r"^\w+$", r"^\p{L}+$", "0"),
        (r"^[A-Za-z]+$", r"^\p{L}+$", None),
        ("^a$", "a", None),
        ("a", "^a$", "aa"),
        (r"\bfoo\b", "foo", None),
        ("foo", r"\bfoo\b", "afoo"),
        ("^(?!.*--)[a-z-]+$", "^[a-z-]+$", None),
        ("^[a-z-]+$", "^(?!.*--)[a-z-]+$", "--"),
        ("^.*$", "^[^]*$", None),
        ("^[^]*$", "^.*$", "\n"),
        ("^[a-z]{1,100000}$", "^[a-z]{1,100000}$", None),
        ("^x[a-z]{0,65535}$", "^[a-z]{1,65536}$", None),
        ("^((a{1,1000}){1,1000}){1,1000}$", "^a{1,1000000000}$", None),
    ],
)
def test_what_one_pattern_lets_through_and_another_does_not(old: str, new: str, shortest: str | None) -> None:
    difference = matching(old) - matching(new)
    assert difference.shortest() == shortest
    assert difference.is_empty() is (shortest is None)


def test_several_conditions_at_once() -> None:
    language = lengths(3, 20) & matching("^[a-z0-9]+$") & matching(r"\d") - matching("^a") - literals(["bb0", "bb1"])
    assert language.shortest() == "ba0"
    assert language.members(3) == ["ba0", "ba1", "ba2"]


def test_examples_are_readable() -> None:
    assert lengths(3, None).shortest() == "aaa"
    assert matching("^[^a-z]$").shortest() == "0"
    assert matching("^[^a-z0-9A-Z]$").shortest() == "-"
    assert matching(r"^[^\x00-\x7f]$").shortest() == "ß"
    assert (literal("9") | literal("Z") | literal("~")).members(3) == ["9", "Z", "~"]
    assert literals(["~", "b", "aa"]).shortest() == "b"


def test_a_language_without_members_is_proved_to_have_none() -> None:
    language = matching("^(aa)+$") & matching("^(aaa)+$") & lengths(7, 11)
    assert language.is_empty()
    assert language.shortest() is None
    assert language.members(5) == []
    assert not (language | literal("b")).is_empty()


@pytest.mark.parametrize(
    ("pattern", "minimum", "maximum", "length"),
    [
        ("^[a-z]+$", 100_000, None, 100_000),
        ("^(aaaaa)+$", 100_001, None, 100_005),
        ("^(aaaaa)+$", 100_001, 100_004, None),
        ("^(aaaaa)+$", 100_001, 100_006, 100_005),
        ("^(aaa|bbbbb)*x$", 100_000, 100_000, 100_000),
        ("^(ab)*c{3}$", 50_000, 50_000, None),
        ("^(ab)*c{3}$", 50_001, 50_001, 50_001),
        ("^a{5,9}$", 10, 100_000, None),
        (r"^[a-z]{1,100000}$", 99_999, None, 99_999),
        (r"^[a-z]{1,100000}$", 100_001, None, None),
    ],
)
def test_long_texts_are_found_without_as_many_states(
    pattern: str, minimum: int, maximum: int | None, length: int | None
) -> None:
    language = matching(pattern) & lengths(minimum, maximum)
    found = language.shortest()
    assert language.is_empty() is (length is None)
    if length is None:
        assert found is None
    else:
        assert found is not None
        assert len(found) == length
        assert language.accepts(found)


def test_a_length_that_is_forbidden_in_between_is_skipped() -> None:
    language = matching("^(ab)+$") - lengths(1, 70_000)
    found = language.shortest()
    assert found == "ab" * 35_001
    assert (matching("^(ab){1,35000}$") - lengths(1, 70_000)).is_empty()


def test_a_text_of_a_million_characters_and_more_is_proved_but_not_built() -> None:
    assert not lengths(10**12, None).is_empty()
    with pytest.raises(TooLarge, match="1000000 characters"):
        lengths(10**12, None).shortest()
    assert (lengths(10**12, None) & lengths(0, 10**12 - 1)).is_empty()


def test_members_of_a_language_of_many_states() -> None:
    assert [len(text) for text in lengths(2_500, None).members(3)] == [2_500] * 3
    assert len(set((matching("^[a-c]+$") & lengths(4_000, 4_001)).members(4))) == 4
    assert ANYTHING.members(3) == ["", "a", "b"]
