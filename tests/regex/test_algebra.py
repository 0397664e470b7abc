"""The laws of languages, held against every short text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from govern.regex import ANYTHING, NOTHING, Language, lengths, literal, literals, matching
from tests.regex.patterns import EVERY_SMALL_TEXT, SMALL_PATTERNS

LEAVES = (
    SMALL_PATTERNS.map(matching)
    | st.lists(st.text("ab-", max_size=3), max_size=4).map(literals)
    | st.tuples(st.integers(0, 3), st.none() | st.integers(0, 4)).map(lambda bounds: lengths(*bounds))
)
LANGUAGES = st.recursive(
    LEAVES,
    lambda inside: (
        st.tuples(inside, inside).map(lambda pair: pair[0] & pair[1])
        | st.tuples(inside, inside).map(lambda pair: pair[0] | pair[1])
        | st.tuples(inside, inside).map(lambda pair: pair[0] - pair[1])
        | inside.map(lambda language: ~language)
    ),
    max_leaves=4,
)
SMALL_TEXTS = matching("^[ab-]*$") & lengths(0, 4)


def short(language: Language) -> set[str]:
    return {text for text in EVERY_SMALL_TEXT if language.accepts(text)}


@given(LANGUAGES, LANGUAGES)
@settings(max_examples=150, deadline=None)
def test_combining_languages_combines_their_texts(one: Language, other: Language) -> None:
    assert short(one & other) == short(one) & short(other)
    assert short(one | other) == short(one) | short(other)
    assert short(one - other) == short(one) - short(other)
    assert short(~one) == set(EVERY_SMALL_TEXT) - short(one)


@given(LANGUAGES, LANGUAGES)
@settings(max_examples=150, deadline=None)
def test_the_laws_of_a_boolean_algebra_hold_for_all_texts(one: Language, other: Language) -> None:
    assert (~~one - one).is_empty()
    assert (one - ~~one).is_empty()
    assert (~(one & other) - (~one | ~other)).is_empty()
    assert ((~one | ~other) - ~(one & other)).is_empty()
    assert (one & ~one).is_empty()
    assert (~(one | ~one)).is_empty()
    assert ((one & other) - one).is_empty()
    assert (one - (one | other)).is_empty()


@given(LANGUAGES)
@settings(max_examples=150, deadline=None)
def test_the_shortest_text_is_in_there_and_none_is_shorter(language: Language) -> None:
    least = language.shortest()
    assert language.is_empty() is (least is None)
    if least is None:
        assert not short(language)
    else:
        assert language.accepts(least)
        assert all(len(text) >= len(least) for text in short(language))


@given(LANGUAGES)
@settings(max_examples=100, deadline=None)
def test_all_members_of_a_finite_language_are_listed_shortest_first(language: Language) -> None:
    found = (language & SMALL_TEXTS).members(len(EVERY_SMALL_TEXT) + 1)
    assert len(found) == len(set(found))
    assert set(found) == short(language)
    assert found == sorted(found, key=len)


@given(LANGUAGES)
@settings(max_examples=100, deadline=None)
def test_fewer_members_than_asked_for_are_all_of_them(language: Language) -> None:
    found = language.members(3)
    assert len(found) == len(set(found)) <= 3
    assert all(language.accepts(text) for text in found)
    if len(found) < 3:
        assert (language - literals(found)).is_empty()


def test_what_is_built_alike_is_one_object() -> None:
    assert (literal("a") | literal("b")) is (literal("b") | literal("a"))
    assert matching("^[ab]$") is (literal("a") | literal("b"))
    assert matching("^(ab|cd)$") is literals(["cd", "ab", "ab"])
    assert matching("^[^]{2,5}$") is lengths(2, 5)
    assert matching("") is ANYTHING is ~NOTHING is lengths(0, None)
    assert matching("[]") is NOTHING is literals([]) is lengths(2, 1)
    assert (matching("a+") & ANYTHING) is matching("a+")
    assert literal("a") != literal("b")


def test_lengths_count_code_points() -> None:
    assert lengths(1, 1).accepts("😀")
    assert not lengths(2, 2).accepts("😀")
    assert lengths(2, 2).accepts("e\u0301")


def test_hundreds_of_words_are_one_language() -> None:
    words = literals(f"word-{number}" for number in range(2_000))
    assert words.accepts("word-1999")
    assert not words.accepts("word-2000")
    assert (words - matching(r"^word-\d{1,4}$")).is_empty()
    assert (words - matching(r"^word-\d{1,3}$")).shortest() == "word-1000"
    assert (matching(r"^word-\d{1,4}$") - words).shortest() == "word-00"
