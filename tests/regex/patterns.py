"""Patterns and texts for hypothesis, kept to what the engine that is asked answers rightly and at once."""

from itertools import product

from hypothesis import strategies as st

ALPHABET = "ab1_- \n"
TEXTS = st.text(alphabet=ALPHABET, min_size=1, max_size=6)

LETTERS = st.sampled_from([*"ab1_- ", r"\.", "é"])
CLASSES = st.sampled_from([r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", ".", "[ab]", "[^a]", "[a-c_]", r"[\w-]"])
PLACES = st.sampled_from(["^", "$", r"\b", r"\B"])
COUNTS = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "+?"])
CHARACTERS = LETTERS | CLASSES
COUNTED = st.builds("".join, st.tuples(CHARACTERS, COUNTS))
SIMPLE = CHARACTERS | COUNTED | PLACES


def _sequences(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=3).map("".join)


def _choices(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(_sequences(parts), min_size=1, max_size=3).map("|".join)


# regress gives up too early where a loop around a loop around a group has to be tried again, and does not come back
# from some loops around what may be empty. So: loops only around groups that begin with a character and hold no loop
# around a group.
_looped = st.builds(lambda first, rest, count: f"(?:{first}{rest}){count}", CHARACTERS, _sequences(SIMPLE), COUNTS)
_looks = st.builds(
    lambda kind, inside: f"({kind}{inside})",
    st.sampled_from(["?=", "?!", "?<=", "?<!"]),
    _choices(CHARACTERS | COUNTED),
)
_groups = st.builds(lambda inside: f"({inside})", _choices(SIMPLE | _looped | _looks))
FOR_REGRESS = _choices(SIMPLE | _looped | _looks | _groups)


def _nested(depth: int) -> st.SearchStrategy[str]:
    if not depth:
        return SIMPLE
    inside = _choices(_nested(depth - 1))
    group = st.builds(lambda text, count: f"(?:{text}){count}", inside, COUNTS | st.just(""))
    ahead = st.builds(lambda kind, text: f"({kind}{text})", st.sampled_from(["?=", "?!"]), inside)
    return SIMPLE | group | ahead


# Python's re knows neither Unicode classes nor `$` as ECMA-262 has them, and no look back of more than one length;
# but it answers rightly about loops in loops.
FOR_PYTHON = _choices(_nested(2))

SMALL = "ab-"
EVERY_SMALL_TEXT = ["".join(text) for length in range(5) for text in product(SMALL, repeat=length)]
SMALL_PIECES = st.sampled_from(["a", "b", "-", "[ab]", ".", "^", "$", r"\b", "(?=b)", "(?!a)", "(?<!b)"])
SMALL_COUNTED = st.builds("".join, st.tuples(st.sampled_from(["a", "b", "[ab]", "-", ".", "(?:a|bb)"]), COUNTS))
SMALL_PATTERNS = _choices(SMALL_PIECES | SMALL_COUNTED)
