"""Patterns that somebody wrote to see us fall: an answer or TooLarge, soon, and nothing else."""

import signal
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from govern.regex import Language, TooLarge, literals, matching

MAX_SECONDS = 20  # by far more than any of these takes, also on a machine that is busy with something else

PATTERNS = {
    "deep": "(" * 5_000 + ")" * 5_000,
    "deep loops": "(" * 45 + "a" + ")*" * 45,
    "deep counts": "(?:" * 45 + "a" + "){1,1000}" * 45,
    "open brackets": "[" * 1_000,
    "long": "a" * 9_999,
    "too long": "a" * 10_001,
    "long and optional": "a?" * 4_000,
    "many words": "|".join(f"w{number}x" for number in range(1_200)),
    "many different loops": "".join(f"[^{chr(point)}]*" for point in range(0x4E00, 0x5100)),
    "counts in counts": "^((ab{1,1000}c){1,1000}d){1,1000}$",
    "a huge count": "^(?:ab){1,999999999999999}$",
    "too huge a count": "^a{1,9999999999999999}$",
    "many states": "(a|b)*a(a|b){30}$",
    "many lengths": "^.{0,500}a.{0,500}$",
    "many looks": "(?=.*a)" * 200 + "x",
    "looks in a loop": r"(?:(?=a)b?)*" * 50,
    "looks back": "".join(f"(?<=a.{{{number}}})" for number in range(40)),
    "many contexts": "(?<=a.{10}|b.{11})c",
    "negated looks in loops": "(?!(?!(?!(?!a*b)*)*)*)*",
    "boundaries": r"\b" * 2_000 + "a",
    "a counted boundary": r"(?:a?\b){0,100000}c",
    "a long word": r"\b\w{1,100000}\b",
    "empty choices": "(?:|)" * 500 + r"\b",
}


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"no answer within {MAX_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(MAX_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize(
    "ask",
    [
        lambda language: language.shortest(),
        lambda language: (~language).shortest(),
        lambda language: (language - matching("^[a-c]*b[a-c]{3}$")).is_empty(),
        lambda language: language.members(5),
        lambda language: language.accepts("ab" * 20),
    ],
    ids=["shortest", "shortest outside", "difference", "members", "accepts"],
)
def test_a_hostile_pattern_gets_an_answer_or_is_too_large(name: str, ask: Callable[[Language], object]) -> None:
    try:
        language = matching(PATTERNS[name])
        ask(language)
    except (TooLarge, ValueError) as error:
        assert isinstance(error, TooLarge), error
    except Exception as error:
        assert name == "open brackets", error


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("deep", "50 groups"),
        ("too long", "10000 characters"),
        ("too huge a count", "15 digits"),
        ("boundaries", "100 steps in one another"),
    ],
)
def test_a_bound_is_named(name: str, bound: str) -> None:
    with pytest.raises(TooLarge, match=bound):
        matching(PATTERNS[name])


def test_a_question_with_too_many_states_names_the_bound() -> None:
    with pytest.raises(TooLarge, match=r"300000 steps|20000 states"):
        (matching("(a|b)*a(a|b){30}$") - matching("^[a-c]*b[a-c]{3}$")).is_empty()


def test_the_same_question_costs_the_same_again() -> None:
    for _ in range(3):
        with pytest.raises(TooLarge):
            (matching("(a|b)*a(a|b){30}$") - matching("^[a-c]*b[a-c]{3}$")).is_empty()


def test_a_long_text_is_read_in_one_go() -> None:
    assert matching("^(a|b|ab)*$").accepts("ab" * 100_000)
    assert not matching("^(a+)+$").accepts("a" * 100_000 + "b")
    assert not literals(["a"]).accepts("a" * 100_000)
