"""Three readers, one meaning: lines, libyaml and ruamel.yaml give the same value, findings and places."""

import random

import pytest
from hypothesis import HealthCheck, example, given, settings

from govern.parse import libyaml
from govern.parse.careful import read_carefully
from govern.parse.lines import read_lines
from govern.parse.yaml import read_yaml
from tests.parse.texts import DOCUMENTS, blocks, mutated, seen, soups

TEXTS = 2_000  # a million of them were compared when the readers were written

slow = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def agree(text: str) -> None:
    assert seen(read_yaml(text, "p")) == seen(read_carefully(text, "p"))


@slow
@given(soups())
@example("!-\ta")
@example("a: &b !t c")
@example("!t &a")
@example("a: &b? c")
@example("|\n---")
@example(">\n# c\n")
@example("a: |# c\n  b")
@example("- !t,a")
@example("a: b\x85c\u2028d\ufeffe: f\n")
@example("a:\tb\t# c\n- d")
@example("a: |\n   \n    b")
@example('["a":b]')
@example("[a, :b]")
@example("['a' :, b]")
@example("['a' :b, [c] :d]")
@example("{? }")
@example("[ # c\n? :]")
@example("! \n # c\n&x a")
@example("[&x :a, !t :b, *x :c]")
@example("- ! [&x :a\n  ,b]\n")
@example("{a: b, :, c}")
@example("? a\n?\n")
@example("- &a [*a]")
@example("- &a x\n- *a\n- *a")
@example("a: 'it *x: y'\n")
@example("---")
@example('{"a":!!str 1}')
@example("a: &x {b: 1}\nc: {<<: *x, d: 2}")
def test_on_words_and_marks_in_any_order(text: str) -> None:
    agree(text)


@settings(slow, max_examples=100)
@given(blocks())
def test_on_blocks_with_values_in_any_style(text: str) -> None:
    agree(text)


def test_on_documents_with_slips_of_the_hand() -> None:
    chance = random.Random(7)
    for _ in range(TEXTS):
        agree(mutated(chance))


@pytest.mark.parametrize("length", [1_023, 1_024, 1_025])
@pytest.mark.parametrize("form", ["{}: v", "'{}': v", "[{}]: v", "{{{} : v}}", "? {}\n: v", "&a {}: v", "- {}: v"])
def test_on_keys_as_long_as_yaml_allows(form: str, length: int) -> None:
    agree(form.format("k" * length))
    agree(form.format("é" * (length - 2)))


# The fast readers would agree with ruamel.yaml easily if they left everything to it.

PROSE = [
    "Search & Replace",
    "a > b | c",
    "what? why!",
    "say \"hi\" and 'bye'",
    "see http://x:80/y and C:\\z",
    "✅ naïve — done…",
    "50% of 1,000 (or [ ] more)",
    "issue#12, R&D, a*b*c",
    "it's {{here}} and <<THERE>>",
]


@pytest.mark.parametrize("text", PROSE)
def test_lines_of_prose_need_no_yaml_reader(text: str) -> None:
    assert read_lines(f"key: {text}\n") == {"key": text}
    assert read_lines(f"key:\n  - {text}\n") == {"key": [text]}


@pytest.mark.parametrize("text", ['"*.py and **/x"', "'&c.'", '"a: b # c"', "'- [ ] x'", "[ '!a' ]", "a\n  b > c & d"])
def test_prose_in_quotes_or_several_lines_is_left_to_libyaml(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libyaml, "MAX_CAREFUL", 0)
    assert read_yaml(f"key: {text}\n", "p").readable


@pytest.mark.parametrize("text", [text.replace("<<: *base\n", "") for text in DOCUMENTS[:6]])
def test_documents_of_people_are_not_left_to_ruamel(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libyaml, "MAX_CAREFUL", 0)
    reading = read_yaml(text, "p")
    assert reading.readable and not reading.findings


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c\n",
        "a: b\na: c\n",
        "a:\n- b\n - c\n",
        "- - a\n",
        "- a: b\n c: d\n",
        "a: 'it''s'\n",
        "a: &b c\n",
        "a: |\n  b\n",
        "a:\n  b\n",
        "a: {b: c}\n",
        "a: b #c\n  d: e\n",
        "a: .inf\n",
        "a: x\n  y\n",
        "<<: a\n",
        "",
    ],
)
def test_lines_that_are_not_whole_in_themselves_are_left_to_a_yaml_reader(text: str) -> None:
    assert read_lines(text) is None


FRAGMENTS = [
    *(
        "a",
        "b:",
        "- ",
        "-",
        "  ",
        "    ",
        "\n",
        "\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        ": ",
        "#",
        " #",
        "x y",
        "'q'",
        '"d"',
        "[a, b]",
    ),
    *(
        "[]",
        "{}",
        "{a: b}",
        "|",
        ">",
        "&a ",
        "*a",
        "!t ",
        "<<: ",
        "1",
        "1.0",
        "null",
        "~",
        "2026-01-01",
        "k: v",
        "k:\n",
    ),
    *(
        "- k: v",
        "- k:\n",
        "--x",
        "-1",
        "---",
        "...",
        "?",
        "@",
        "%",
        "=",
        "'it''s'",
        '"\\n"',
        "[\"a\", 'b']",
        "[ a ]",
        "[a: b]",
    ),
    *(",", "a:b", "x:", " \n", "# c\n", "  # c\n", "'a' b", "$X", "(a)", "a;b", "[-x]", "[1]", "]", "["),
]


def test_what_is_read_line_by_line_is_what_ruamel_reads() -> None:
    chance = random.Random(3)
    read = 0
    for _ in range(TEXTS * 5):
        text = "".join(chance.choice(FRAGMENTS) for _ in range(chance.randint(1, 14)))
        value = read_lines(text)
        if value is not None:
            read += 1
            careful = read_carefully(text, "p")
            assert (careful.readable, careful.findings, repr(careful.value)) == (True, (), repr(value))
    assert read > TEXTS // 10
