"""Which tokens stand where, and what only looks like one."""

import pytest

from govern.rendering.tokens import Delimiters, near, nested, tokens

BRACES = Delimiters("{{", "}}")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<<A>>", ["A"]),
        ("x<<A_1>>y<<B>>", ["A_1", "B"]),
        ("<<<A>>>", ["A"]),
        ("<<a>> << A >> <<A > > <<1A>> <<_A>> <<É>> <<A-B>> <<>>", []),
        ("cat <<EOF >>f\nEOF\n<<-'EOF' <<~EOF", []),
        ("<<: *base\n1 << 2 >> 3\n<<module>>", []),
        ("{{A}} ${A} {A} %A% $A {%A%} ${{ A }}", []),
        (r"\<<A>>", [r"\A"]),
        (r"\\<<A>>", ["A"]),
        (r"\\\<<A>>", [r"\A"]),
        ("<<A\n>>", []),
    ],
)
def test_a_token_is_an_upper_case_name_that_its_delimiters_touch(text: str, names: list[str]) -> None:
    assert [token.name for token in tokens(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{A}}", ["A"]),
        ("{{{A}}}", ["A"]),
        ("${{{A}}_PORT}", ["A"]),
        ("{{ A }} {{a}} {{ .A }} {{#A}} {{A.b}} {{A|b}} {{- A}}", []),
        ("<<A>>", []),
    ],
)
def test_with_braces_only_upper_case_is_ours(text: str, names: list[str]) -> None:
    assert [token.name for token in tokens(text, BRACES)] == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<A>>", ["<A>>"]),
        ("<<A>", ["<<A>"]),
        ("<< A >>", ["<< A >>"]),
        ("<<A >>", ["<<A >>"]),
        ("<<\tA>>", ["<<\tA>>"]),
        ("<<A>> <A> <B>> << B >> A>> <<A <<\nA>> \\<< A >> <a>>", []),
        ("<<<A>>", []),
    ],
)
def test_a_declared_name_in_almost_a_token_is_told(text: str, said: list[str]) -> None:
    assert [text[slip.start : slip.end] for slip in near(text, {"A"})] == said


@pytest.mark.parametrize(
    ("text", "said"), [("{{ A }}", ["{{ A }}"]), ("{A}}", ["{A}}"]), ("{{A}", ["{{A}"]), ("{{A}} {A} {{ B }}", [])]
)
def test_so_it_is_with_braces(text: str, said: list[str]) -> None:
    assert [text[slip.start : slip.end] for slip in near(text, {"A"}, BRACES)] == said


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<<A_<<B>>>>", ["B"]),
        ("<<A<<B>>_C>>", ["B"]),
        ("<<<<B>>>>", ["B"]),
        ("<<A>><<B>>", []),
        ("<<A>> <<B>>", []),
        ("<<<B>>>", []),
        ("1 <<<<B>>", []),
    ],
)
def test_a_token_in_a_token_is_told(text: str, names: list[str]) -> None:
    assert [slip.name for slip in nested(text)] == names


@pytest.mark.parametrize(
    "text", ["<" * 100_000, "<<A" * 50_000, "<<A " * 50_000, "<< " * 50_000, "\\" * 100_000 + "<<A>>"]
)
def test_hostile_texts_take_no_time(text: str) -> None:
    for find in (tokens(text), nested(text), near(text, {"A"})):
        assert len(list(find)) < 100_000
