"""What holds for every template and every value: rendering, then reading, returns the value; text without tokens stays
as it is; no bytes make it crash. Other readers are asked: PyYAML, ruamel.yaml, the standard library's json.
"""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from govern.parse import read
from govern.rendering import template as templates
from govern.rendering.spelling import Values
from govern.rendering.tokens import Delimiters, tokens

EVIL = [
    "R&D: #1", "no", "2026-01-01", "- x", "'", '"', "\\", "a\nb", "a\n", "\n a", "a\r\nb", "😀", "\0", "\x85", "\u2028",
    "~", "", " ", " a", "a ", "1_000", "0x1F", "1e3", "12:30:45", ".inf", "=", "<<", "*a", "&a b", "!t", "%TAG", "@x",
    "`", "{a: b}", "[a, b]", "a: b", "a #b", "a:", "? a", "| x", "> x", "...", "---", "<<A>>", "{{A}}", "\ufeff", "\t",
    "\x7f", "true", "null", "0o17", "017", "\ud7ff", "\ufffd", "\U0010ffff", "#", "key: [", "'''", '"""', "$(x)", "${X}",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(EVIL), st.text(max_size=20), st.lists(st.sampled_from(EVIL), max_size=3).map("".join))
SCALARS = st.one_of(TEXTS, st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))
ANY = st.one_of(SCALARS, st.lists(SCALARS, max_size=3))

YAML_TEMPLATE = """# A comment that holds no token
plain: <<A>>
typed: <<T>> # and one behind
twice: before <<A>> and <<B>> after
single: 'it''s <<A>>'
double: "\\t<<A>>\\<<A>>"
literal: \\<<A>>
<<K>>: {flow: <<A>>, list: [<<B>>, x <<A>>, <<T>>]}
nested:
  - <<A>>
  - name: <<B>>
    deep: [<<A>>]
  - "<<K>>": <<K>>
folded: >
  some text
  and more
  end
"""


def rendered(text: str, values: Values, path: str) -> str:
    part = templates.part("", path, text.encode(), Delimiters())
    data, findings = templates.filled(part, values, Delimiters())
    assert not findings, findings
    return data.decode()


def expected(values: dict[str, Any]) -> dict[str, Any]:
    a, b, k, t = values["A"], values["B"], values["K"], values["T"]
    return {
        "plain": a,
        "typed": t,
        "twice": f"before {a} and {b} after",
        "single": f"it's {a}",
        "double": f"\t{a}<<A>>",
        "literal": "<<A>>",
        k: {"flow": a, "list": [b, f"x {a}", t]},
        "nested": [a, {"name": b, "deep": [a]}, {k: k}],
        "folded": "some text and more end\n",
    }


def apart(values: dict[str, Any]) -> bool:
    """Is the value that becomes a key none of the keys that are there, and short enough for one?"""
    return values["K"] not in expected({**values, "K": "plain"}) and values["K"] != "<<" and len(values["K"]) < 300


VALUES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({"A": TEXTS, "B": TEXTS, "K": TEXTS, "T": ANY})
VALUES = VALUES.filter(apart)


def pure(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def same(one: Any, other: Any) -> bool:
    return bool(json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True))


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@given(values=VALUES)
@settings(max_examples=300, deadline=None)
def test_yaml_loads_back_every_value(ends: str, values: dict[str, Any]) -> None:
    text = rendered(YAML_TEMPLATE.replace("\n", ends), values, "x.yaml")
    document = read("x.yaml", text.encode(), "yaml")
    assert not document.reading.findings, (text, document.reading.findings)
    assert same(document.value, expected(values)), text
    assert same(yaml.safe_load(text), expected(values)), text
    assert same(pure(text), expected(values)), text


@given(values=VALUES, body=st.sampled_from(["", "# <<A>>\n", "body\n"]))
@settings(max_examples=200, deadline=None)
def test_front_matter_loads_back_every_value(values: dict[str, Any], body: str) -> None:
    simple = {**values, "A": values["A"].replace("\n", " ").replace("\r", " ")} if body.startswith("#") else values
    text = f"---\n{YAML_TEMPLATE}---\n{body}"
    part = templates.part("", "x.md", text.encode(), Delimiters())
    data, findings = templates.filled(part, simple, Delimiters())
    if findings:  # control characters have no place in a heading
        assert body
        return
    document = read("x.md", data, "frontmatter")
    assert not document.reading.findings, data
    assert same(document.value, expected(simple)), data


JSON_TEMPLATE = (
    '{"plain": "<<A>>", "in": "a <<A>>\\t\\<<B>> <<B>>", "alone": <<T>>, "<<K>>": ["<<A>>", <<A>>, {"b": <<B>>}]}'
)


@given(values=VALUES)
@settings(max_examples=300, deadline=None)
def test_json_loads_back_every_value(values: dict[str, Any]) -> None:
    text = rendered(JSON_TEMPLATE, values, "x.json")
    a, b = values["A"], values["B"]
    whole = {"plain": a, "in": f"a {a}\t<<B>> {b}", "alone": values["T"]}
    if values["K"] not in whole:
        assert same(json.loads(text), {**whole, values["K"]: [a, a, {"b": b}]}), text


@given(
    value=TEXTS.filter(lambda text: "\r" not in text),
    style=st.sampled_from(["|", "|-", "|+", ">", ">-", "|2", ">+"]),
    line=st.sampled_from(["<<A>>", "x <<A>> y", "x\n  <<A>>\n  y"]),
)
@settings(max_examples=300, deadline=None)
def test_block_scalars_load_back(value: str, style: str, line: str) -> None:
    text = f"a: {style}\n  {line}\nb: 1\n"
    before = yaml.safe_load(text)
    after = rendered(text, {"A": value}, "x.yaml")
    assert yaml.safe_load(after) == {"a": before["a"].replace("<<A>>", value), "b": 1}, after


@pytest.mark.parametrize("path", ["x.md", "x.yaml", "x.json", "Dockerfile"])
@given(text=st.text(alphabet=st.sampled_from("<>{}ABC_ \n\r-:#'\"`\\\ufeff$é"), max_size=60))
@settings(max_examples=150, deadline=None)
def test_text_without_tokens_is_the_identity(path: str, text: str) -> None:
    data = text.encode()
    part = templates.part("", path, data, Delimiters())
    if not part.tokens:
        assert templates.filled(part, {"A": "x"}, Delimiters()) == (data, [])


@pytest.mark.parametrize("path", ["x.md", "x.yaml", "x.json", "Dockerfile"])
@given(
    pieces=st.lists(
        st.one_of(st.sampled_from(["<<A>>", "\\<<B>>", "<<T>>", "---\n", "a: ", "\n", "- ", "| \n  ", '"', "'", "[", "{", "#", "```\n", "<<", ">>", "\r\n", "&a ", "*a", "!!int ", "]("]), st.binary(max_size=4).map(lambda b: b.decode("latin-1"))),
        max_size=12,
    ),
    values=st.fixed_dictionaries({"A": TEXTS, "B": TEXTS, "T": ANY}),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_nothing_makes_it_crash_and_nothing_but_tokens_changes(
    path: str, pieces: list[str], values: dict[str, Any]
) -> None:
    text = "".join(pieces)
    part = templates.part("", path, text.encode(), Delimiters())
    data, findings = templates.filled(part, values, Delimiters())
    again, _ = templates.filled(part, values, Delimiters())
    assert data == again
    if not part.tokens:
        assert data == text.encode()
    assert len(findings) <= len(part.tokens)


@given(data=st.binary(max_size=200))
@settings(deadline=None)
def test_random_bytes_are_no_trouble(data: bytes) -> None:
    part = templates.part("", "x.md", data, Delimiters("{{", "}}"))
    result, _ = templates.filled(part, {}, Delimiters("{{", "}}"))
    assert part.tokens or result == data


@given(st.text(alphabet="<>A_B \\", max_size=40))
@settings(deadline=None)
def test_tokens_do_not_overlap_and_stand_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end
        assert text[token.start : token.end].strip("\\") == f"<<{token.name.lstrip(chr(92))}>>"
        end = token.end
