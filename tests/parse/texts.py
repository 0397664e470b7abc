"""Texts that are YAML, or nearly: what the readers are compared on."""

import functools
import random
from typing import Any

from hypothesis import strategies as st

from govern.model.document import Reading

WORDS = [
    *("", "\xa0", "\u2028", "\x85", "\u200b", "\ufeff", "a", "b", "key", "foo", "é", "😀", "it's", "a*b", "a&b", "S&R"),
    *("12", "1.5", "007", "0o17", "1_000", "-1", "+1", ".inf", "1e999", "2026-01-01", "yes", "null", "~", "true", "="),
    *("-", ".", "..", "--", ":", "::", ",", "x:y", "a#b", "*.py", "!important", "@x", "`c`", "%a", "$x", "${X}", "<<"),
    *("http://x:80/y", "C:\\x", "\\d", "[x]", "{y}", "[", "]", "{{X}}", "<<X>>", "(a)", "a;", "what?"),
]

MARKS = [
    *(": ", ":", " :", ":\n", "- ", "-\n", "? ", "?", ",", ", ", "[", "]", "{", "}", "[]", "{}", "[a, b]", "{a: 1}"),
    *("[a: b]", "{a, b}", "[a,]", '["a":b]', '{"a":1}', "[\n a,\n b]", "&a ", "&b", "*a", "*a ", "*b", "<<: *a\n"),
    *("!!str ", "!t ", "! ", "!<x> ", "!", "&", "*", "|\n", ">\n", "|-\n", ">+\n", "|2\n", ">1-\n", "| # c\n", "|#"),
    *("'", "''", '"', '""', "\\", "\\n", '\\"', "\\x41", "\\u00e9", "\\/", "\\\n", "#", " #", "# c\n", " # c\n"),
    *(
        "\n",
        "\n\n",
        "\n ",
        "\n  ",
        "\n    ",
        " ",
        "  ",
        "\t",
        "\r\n",
        "---\n",
        "--- ",
        "...\n",
        "%YAML 1.2\n---\n",
        "%",
    ),
    *("a: b\n", "- a\n", "- b: c\n", "  c: d\n", "k: |\n  t\n\n  u\n", "k: >\n  t\n  u\n", "k: 'a\n  b'\n", '"q": v\n'),
    *("- - a\n", "? a\n: b\n", "k:\n- a\n", "- [ ] x", "a > b", "@", "`", "\x07", "\x7f"),
]

DOCUMENTS = [
    "id: rotate-keys\ntitle: 'Rotate: keys'\nstatus: todo\nowner: ''\nlabels: []\nrelated:\n- a/b.md\n- c-d\n",
    "name: reviewer\ndescription: Use it — always. It's good, and so on; see #12.\ntools: Read, Grep\nmodel: sonnet\n",
    'name: writer\ndescription: "Say \\"hi\\". Context: a b"\ntools: [Read, Write]\nmaxTurns: 3\n',
    "services:\n  web:\n    image: nginx:1.27\n    ports:\n      - '80:80'\n    environment:\n      A: ${B:-c}\n"
    '    command: ["a", "--b=c"]\n  db:\n    <<: *base\n    healthcheck: {test: [CMD, ok], retries: 3}\n',
    "x-base: &base\n  restart: always\n  env: &env {A: 1}\nservices:\n  a: {<<: *base}\n  b:\n    <<: [*base, *env]\n",
    "text: |\n  line one\n    indented\n\n  last\nfolded: >-\n  a b\n  c\n"
    "# comment\nplain: a\n  goes on\n\n  here\nend: x\n",
    "- a: 1\n  b:\n  - c\n  -\n    d: e\n- - f\n  - g\n- ! 12\n- !!str 12\n- ? h\n  : i\n",
]


def soups() -> st.SearchStrategy[str]:
    """Words and marks in any order."""
    return st.lists(st.sampled_from([*WORDS, *MARKS, *MARKS]), max_size=14).map("".join)


@st.composite
def blocks(draw: st.DrawFn, indentation: int = 0, depth: int = 2) -> str:
    """A block mapping or sequence, its lines indented, its values in any style."""
    blanks = " " * indentation
    is_list = draw(st.booleans())
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        opening = "-" if is_list else draw(st.sampled_from([*"abcde", "'q'", '"q"', "x y", "1", "<<"])) + ":"
        tail = draw(st.sampled_from(["", "", "", " ", " # c", "\n", "\n# c", "\n  # c"])) + "\n"
        if depth and draw(st.booleans()):
            inner = draw(nested(indentation + draw(st.sampled_from([1, 2, 4])), depth - 1))
            lines.append(f"{blanks}{opening}{draw(st.sampled_from(['', ' # c', ' &a']))}\n{inner}")
        else:
            lines.append(f"{blanks}{opening} {draw(values(indentation))}{tail}")
    return "".join(lines)


nested = functools.cache(blocks)


@functools.cache
def values(indentation: int) -> st.SearchStrategy[str]:
    """A scalar or a flow collection as it may stand after a key."""
    words = st.lists(st.sampled_from(WORDS), max_size=4)
    lines = st.lists(words.map(" ".join), min_size=1, max_size=3)
    broken = lines.map(("\n" + " " * (indentation + 2)).join)
    quoted = st.one_of(
        broken,
        broken.map(lambda t: "'" + t.replace("'", "''") + "'"),
        broken.map(lambda t: '"' + t.replace("\\", "") + '"'),
    )
    headers = st.sampled_from(["|", ">", "|-", ">+", "|2", "> # c"])
    block = st.tuples(headers, lines).map(
        lambda pair: pair[0] + "".join("\n" + " " * (indentation + 2) + line for line in pair[1])
    )
    flow = st.recursive(
        st.one_of(words.map(" ".join), quoted),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
            st.lists(st.tuples(st.sampled_from(["a", '"b"', "c d"]), inner), max_size=3).map(
                lambda items: "{" + ", ".join(f"{key}: {item}" for key, item in items) + "}"
            ),
        ),
        max_leaves=4,
    )
    properties = st.sampled_from(["", "", "", "&a ", "!!str ", "!t "])
    return st.one_of(st.just("*a"), st.tuples(properties, st.one_of(quoted, block, flow)).map("".join))


def mutated(chance: random.Random) -> str:
    """A document of people's kind with a few slips of the hand."""
    text = chance.choice(DOCUMENTS)
    for _ in range(chance.choice([1, 1, 2, 3])):
        slip, at = chance.random(), chance.randrange(len(text) + 1)
        lines = text.split("\n")
        row = chance.randrange(len(lines))
        if slip < 0.5:
            text = text[:at] + chance.choice(MARKS + WORDS) + text[at:]
        elif slip < 0.7:
            text = text[:at] + text[at + chance.choice([1, 1, 2, 9]) :]
        elif slip < 0.8:
            text = "\n".join([*lines[:row], chance.choice([" ", "  ", "- ", "\t"]) + lines[row], *lines[row + 1 :]])
        elif slip < 0.9:
            text = "\n".join([*lines[:row], *lines[row + 1 :]])
        else:
            tail = chance.choice([" ", " # c", ":", " |", ",", "]"])
            text = "\n".join([*lines[:row], lines[row] + tail, *lines[row + 1 :]])
    return text


def seen(reading: Reading) -> tuple[Any, ...]:
    """All that a reading says, in a form that can be compared."""
    places = dict(reading.places())
    return repr(reading.value), reading.findings, reading.readable, reading.broken, dict(reading.tags), places


def paths(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of a value and of all that is in it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for step, item in items for path in paths(item, (*at, step)))]
