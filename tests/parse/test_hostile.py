"""Nothing that a file holds crashes or stalls a reader: each of these is read, or a finding says why not."""

import random
from collections.abc import Iterator

import pytest

from govern.model.document import Reader
from govern.parse import MAX_BYTES, read, read_text
from govern.parse.bounds import MAX_FINDINGS, MAX_PLACES
from tests.parse.texts import MARKS, WORDS

MANY = 20_000


def grown(line: str, times: int) -> str:
    """`line` again and again, with the number before and the number itself in it."""
    return "".join(line.format(i - 1, i) for i in range(1, times))


NESTED = {
    "brackets": "[" * MANY,
    "braces": "{a: " * MANY,
    "closed brackets": "[" * 5_000 + "]" * 5_000,
    "dashes": "- " * MANY,
    "question marks": "? " * MANY,
    "indentation": "".join(" " * i + "a:\n" for i in range(300)),
    "lists in lists": "".join(" " * i + "-\n" for i in range(300)),
}

BOMBS = {
    "laughs": "a0: &a0 [x, x]\n" + grown("a{1}: &a{1} [*a{0}, *a{0}, *a{0}]\n", 60),
    "laughing maps": "a0: &a0 {{x: 1}}\n".format() + grown("a{1}: &a{1} {{b: *a{0}, c: *a{0}}}\n", 60),
    "laughing merges": "a0: &a0 {{x: 1}}\n".format() + grown("a{1}: &a{1} {{<<: [*a{0}, *a{0}], y: 1}}\n", 60),
    "square": "a: &a [" + "x," * 2_000 + "]\nb: [" + "*a," * 2_000 + "]\n",
    "merged square": "a: &a {"
    + "".join(f"k{i}: 1," for i in range(2_000))
    + "}\n"
    + grown("b{1}: {{<<: *a}}\n", 2_000),
    "merge chain": "a0: &a0 {{x: 1}}\n".format() + grown("a{1}: &a{1} {{<<: *a{0}, y{1}: 1}}\n", 3_000),
}

CYCLES = [
    "&a [*a]",
    "&a {b: *a}",
    "&a {<<: *a}",
    "&a\n- &b [*a, *b]\n",
    "a: &a\n  b:\n  - *a\n",
    "&a\n<<: [*a]\nb: 1\n",
]

HUGE = {
    "scalar": "a: " + "word " * MANY,
    "line": "a: '" + "x" * 5 * MANY + "'\n",
    "tiny keys": "".join(f"k{i}:\n" for i in range(MANY)),
    "one key": "a:\n" * MANY,
    "commas": "[" + "a," * MANY + "]",
    "items": "- a\n" * MANY,
    "colons": "a: b: " * MANY,
    "mistakes": "".join(f"k{i}: v: w\n" for i in range(MANY // 6)),
    "tags": "- !t x\n" * MANY,
    "infinities": "- .inf\n" * MANY,
    "open quote": "a: 'x\n" * MANY,
    "blanks": "a: b" + " " * 5 * MANY + "c: d",
    "blank lines": "\n" * 5 * MANY + "a: 1",
    "comments": "# a\n" * MANY,
    "digits": "a: " + "9" * 5 * MANY,
    "hash": "a: " + "b #" * MANY,
    "private use": "".join(map(chr, range(0xE000, 0xF900))) + "\x85",
    "documents": "--- a\n" * MANY,
    "dotted keys": ".".join("a" * MANY) + " = 1",
    "same members": "{" + '"a": 1,' * MANY + '"a": 1}',
    "directives": "%A b\n" * MANY,
}

ODD = [
    *(
        "",
        "\n",
        "---",
        "...",
        "%",
        "%YAML",
        "%YAML 1.1\n---\nyes: on\n",
        "%YAML 1.3\n---\na\n",
        "%YAML 1.2.3\n---\na\n",
    ),
    *(
        "%YAML " + "9" * 5_000 + ".1\n---\n",
        "%TAG ! x:\n---\n!a b\n",
        "%TAG !e! x:\n---\n!e!a b\n",
        "\0",
        "a\0b",
        "\x07",
        "\x7f",
    ),
    *(
        "\x85",
        "\u2028",
        "\ufeff",
        "a\ufeff: b\n\ufeffc: d\n",
        "a\rb",
        "\r",
        "a: b\r",
        "\t",
        "\ta: b",
        '"\\ud800"',
        '"\\Uffffffff"',
    ),
    *(
        '"\\',
        "'",
        '"',
        "&",
        "*",
        "!",
        "|",
        ">",
        "@",
        "`",
        "?",
        ":",
        "-",
        "[",
        "{",
        "]",
        "}",
        ",",
        "#",
        "- - -",
        "? ? ?",
        "!<",
        "!<x",
    ),
    *(
        "!!",
        "!!int",
        "&a",
        "&a &b c",
        "!a !b c",
        "*a : b",
        "{*a : b}",
        "<<",
        "<<:",
        "<<: <<",
        "<<: [1]",
        "? |\n a\n: b\n",
        "[? a]",
    ),
]

READERS: tuple[Reader, ...] = ("yaml", "frontmatter", "json", "toml")


def texts() -> Iterator[tuple[str, str]]:
    for table in (NESTED, BOMBS, HUGE):
        yield from table.items()
    for text in [*ODD, *CYCLES]:
        yield ascii(text[:20]), text


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in texts()])
def test_every_reader_ends_with_a_value_or_a_finding(text: str) -> None:
    for reader in READERS:
        document = read_text("p", f"---\n{text}\n---\nbody" if reader == "frontmatter" else text, reader)
        reading = document.reading
        assert reading.readable or reading.findings
        assert len(reading.findings) <= MAX_FINDINGS + 100
        assert len(document.places) <= MAX_PLACES + 2


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED.keys())
def test_nesting_too_deep_is_a_finding(text: str) -> None:
    (finding,) = read_text("p", text, "yaml").reading.findings
    assert finding.rule == "yaml/too-deep"


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_aliases_that_expand_without_end_are_a_finding(text: str) -> None:
    (finding,) = read_text("p", text, "yaml").reading.findings
    assert finding.rule in ("yaml/too-many-values", "yaml/too-deep")


@pytest.mark.parametrize("text", CYCLES)
def test_an_alias_inside_what_it_names_is_a_finding(text: str) -> None:
    (finding,) = read_text("p", text, "yaml").reading.findings
    assert finding.rule == "yaml/alias-cycle"


def test_nesting_and_aliases_of_people_are_read() -> None:
    assert read_text("p", "[" * 100 + "]" * 100, "yaml").reading.readable
    assert read_text("p", "[" * 100 + "]" * 100, "json").reading.readable
    text = "a: &a [" + "x," * 200 + "]\n" + "".join(f"k{i}: *a\n" for i in range(400))
    assert read_text("p", text, "yaml").reading.readable


@pytest.mark.parametrize(
    ("text", "column"),
    [("[" * 150 + "]" * 150, 102), ("[" * 9_000, 102), ('{"a":1,"a":' + "[" * 150 + "]" * 150 + "}", 112)],
)
def test_json_nested_too_deep_is_a_finding_in_its_place(text: str, column: int) -> None:
    (finding,) = read_text("p", text, "json").reading.findings
    assert (finding.rule, finding.span.column) == ("json/too-deep", column)


def test_toml_nested_too_deep_is_a_finding() -> None:
    for text in ("a = " + "[" * 150 + "]" * 150, "a = " + "[" * 9_000, ".".join("a" * 200) + " = 1"):
        (finding,) = read_text("p", text, "toml").reading.findings
        assert finding.rule == "toml/too-deep"


def test_json_with_mistakes_beyond_all_bounds_is_unreadable() -> None:
    text = "[" + "1," * (MAX_PLACES + 10) + '{"a":1,"a":2}]'
    (finding,) = read_text("p", text, "json").reading.findings
    assert "beyond the first 100,000 values" in finding.message


def test_text_too_large_to_be_read_carefully_is_a_finding_at_what_asks_for_it() -> None:
    rest = "b: c\n" * 40_000
    (finding,) = read_text("p", "a: &x? 1\n" + rest, "yaml").reading.findings
    assert (finding.rule, finding.span[:2]) == ("yaml/too-large", (1, 4))
    (finding,) = read_text("p", "a: b: c\n" + rest, "yaml").reading.findings
    assert (finding.rule, finding.span[:2]) == ("yaml/unquoted-colon", (1, 5))


def test_bytes_that_are_no_text_are_a_finding() -> None:
    for data, message, place in (
        (b"a: b\nc: \xe9\n", "byte 0xe9 is not UTF-8", (2, 4)),
        (b"\xff\xfea\0", "the file is UTF-16, not UTF-8", (1, 1)),
        (b"\xed\xa0\x80", "byte 0xed is not UTF-8", (1, 1)),
    ):
        (finding,) = read("p", data, "yaml").reading.findings
        assert (finding.rule, finding.message, finding.span[:2]) == ("file/not-utf8", message, place)
    (finding,) = read_text("p", "a: \ud800", "yaml").reading.findings
    assert (finding.rule, finding.span[:2]) == ("file/not-utf8", (1, 4))


def test_a_file_that_is_too_large_is_not_read() -> None:
    (finding,) = read("p", b"a" * (MAX_BYTES + 1), "json").reading.findings
    assert finding.rule == "file/too-large"


def test_no_text_at_all_raises() -> None:
    chance = random.Random(5)
    for _ in range(1_500):
        text = "".join(chance.choice(chance.choice((WORDS, MARKS))) for _ in range(chance.randrange(20)))
        for reader in READERS:
            document = read_text("p", f"---\n{text}\n---\n" if reader == "frontmatter" else text, reader)
            assert document.reading.readable or document.reading.findings
            assert document.places is not None
