"""Laws of a verdict, for random pairs of schemas of every draft. Longer: python -m tests.laws.fuzz --minutes 5"""

import json
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st

from govern.compat.compare import Source, decide
from govern.model.verdict import Breaking, Compatible, Undecided
from govern.validator import Unusable
from tests.laws import checks
from tests.laws.closed import obeys
from tests.laws.dialects import DIALECTS, DRAFTS
from tests.laws.schemas import Generator, edited, pair
from tests.laws.values import Values

RANDOM = st.randoms(use_true_random=False)
DRAFT = st.sampled_from(DRAFTS)
READING = st.sampled_from(checks.READINGS)
# Not shrunk here, which takes minutes: the failing pair is printed, and the long run shrinks in its own way
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
LAW = settings(max_examples=50, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
D = DIALECTS["draft2020-12"]


def both(random: Random, draft: str) -> tuple[Any, Any]:
    old, new = pair(random, draft)
    assume(checks.usable(old, draft) and checks.usable(new, draft))
    note(f"old {json.dumps(old)}\nnew {json.dumps(new)}")
    return old, new


@LAW
@given(RANDOM, DRAFT, READING)
def test_a_proof_is_never_refuted_and_a_witness_is_one_for_jsonschema_too(
    random: Random, draft: str, reading: checks.Reading
) -> None:
    assert not list(checks.wrong(checks.Question(*both(random, draft), draft, reading), random))


@LAW
@given(RANDOM, DRAFT, READING)
def test_a_schema_is_compatible_with_itself(random: Random, draft: str, reading: checks.Reading) -> None:
    assert not list(checks.unlike_itself(both(random, draft)[0], draft, reading))


@LAW
@given(RANDOM, DRAFT, READING)
def test_order_and_the_names_of_definitions_mean_nothing(random: Random, draft: str, reading: checks.Reading) -> None:
    old, _ = both(random, draft)
    other = checks.renamed(checks.respelled(old, random))
    assert checks.Question(old, other, draft, reading).verdict() == Compatible()


@LAW
@given(RANDOM, DRAFT, READING)
def test_where_the_definitions_are_means_nothing(random: Random, draft: str, reading: checks.Reading) -> None:
    assert not list(checks.elsewhere(both(random, draft)[0], draft, reading))


@LAW
@given(RANDOM, DRAFT, READING)
def test_a_definition_in_place_of_its_reference_means_nothing(
    random: Random, draft: str, reading: checks.Reading
) -> None:
    old, _ = both(random, draft)
    verdict = checks.Question(old, checks.inlined(old, draft), draft, reading).verdict()
    assert verdict == Compatible()


@LAW
@given(RANDOM, DRAFT, st.sampled_from(["assert", "annotate"]))
def test_what_is_compatible_step_by_step_is_so_as_a_whole(random: Random, draft: str, formats: Any) -> None:
    old, new = both(random, draft)
    third = edited(Generator(random, draft, definitions=0), new)
    assume(checks.usable(third, draft))
    assert not list(checks.intransitive((old, new, third), draft, formats))


@LAW
@given(RANDOM, DRAFT)
def test_what_nobody_can_break_nobody_breaks_who_sends_less(random: Random, draft: str) -> None:
    assert not list(checks.strict_is_stricter(*both(random, draft), draft))


@LAW
@given(RANDOM, DRAFT, st.sampled_from(["assert", "annotate"]))
def test_what_is_compatible_by_construction_is_never_breaking(random: Random, draft: str, formats: Any) -> None:
    old, new = both(random, draft)
    assume(checks.no_root(old, new))
    for made in checks.constructions(old, new, draft):
        assert not list(checks.misjudged(made, draft, formats))


@LAW
@given(RANDOM, DRAFT)
def test_the_schema_of_one_value_agrees_with_the_validator(random: Random, draft: str) -> None:
    old, new = both(random, draft)
    assert not list(checks.of_a_value(old, Values(random, old, new).value(), draft))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from(["a", "^a", "(", "date", "#", "#/x", "string"]),
    lambda of: (
        st.lists(of, max_size=3) | st.dictionaries(st.sampled_from(checks.KEYWORDS) | st.just("a"), of, max_size=4)
    ),
    max_leaves=12,
)


@settings(LAW, max_examples=300)
@given(ANYTHING, ANYTHING, DRAFT, READING)
def test_whatever_is_given_gets_a_verdict_or_is_called_unusable(
    old: Any, new: Any, draft: str, reading: checks.Reading
) -> None:
    try:
        verdict = decide(
            Source(old, {}, DIALECTS[draft]),
            Source(new, {}, DIALECTS[draft]),
            open_content=reading.open_content,
            formats=reading.formats,
        )
    except Unusable:
        return
    assert isinstance(verdict, Compatible | Breaking | Undecided)


A: dict[str, Any] = {"properties": {"a": {}}}
B: dict[str, Any] = {"properties": {"b": {}}}


@pytest.mark.parametrize(
    ("schema", "value", "answer"),
    [
        (A, {"a": 1}, True),
        (A, {"z": 1}, False),
        ({}, {"z": 1}, True),
        (A | {"additionalProperties": {}}, {"z": 1}, True),
        ({"allOf": [A, B]}, {"a": 1, "b": 2}, True),
        ({"allOf": [A, B]}, {"z": 1}, False),
        ({"anyOf": [A, {"required": ["z"]}]}, {"z": 1}, False),
        ({"properties": {"o": A}, "allOf": [{"properties": {"o": B}}]}, {"o": {"a": 1, "b": 1}}, True),
        ({"properties": {"o": {}}}, {"o": {"z": 1}}, True),
        ({"not": {"required": ["y"], **A}}, {"z": 1}, True),
        ({"if": A, "then": B}, {"a": 1}, None),
    ],
)
def test_who_obeys_open_content(schema: Any, value: Any, answer: bool | None) -> None:
    """The judge of the laws above is judged here, by hand."""
    assert obeys(schema, value, D, formats=True) is answer


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_generator_makes_schemas_that_both_admit_and_refuse(draft: str) -> None:
    seen = set()
    for number in range(40):
        random = Random(number)
        old, new = pair(random, draft)
        if checks.usable(old, draft) and checks.usable(new, draft):
            question = checks.Question(old, new, draft, checks.READINGS[0])
            values = Values(random, old, new)
            seen |= {
                (question.admits(old, value), question.admits(new, value))
                for value in [values.value() for _ in range(20)]
            }
    assert seen == set(product((True, False), repeat=2))
