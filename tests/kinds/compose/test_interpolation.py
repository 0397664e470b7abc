"""What variables stand for, and which dollar signs Compose refuses: the forms of the Compose Specification."""

import pytest

from govern.kinds.compose import dotenv
from govern.kinds.compose.interpolation import malformed, resolve

SET = {"FOO": "first", "EMPTY": ""}

RESOLVED = [
    ("plain", "plain"),
    ("$FOO", "first"),
    ("${FOO}", "first"),
    ("$FOO-bar", "first-bar"),
    ("$FOOD", None),
    ("a${FOO}b${FOO}", "afirstbfirst"),
    ("$${FOO}", "${FOO}"),
    ("$$FOO", "$FOO"),
    ("$$$FOO", "$first"),
    ("${UNSET}", None),
    ("${UNSET:-def}", "def"),
    ("${UNSET-def}", "def"),
    ("${EMPTY:-def}", "def"),
    ("${EMPTY-def}", ""),
    ("${FOO:-def}", "first"),
    ("${UNSET:-}", ""),
    ("${UNSET:-/non:-alphanumeric}", "/non:-alphanumeric"),
    ("${UNSET-$FOO}", "first"),
    ("${UNSET:-${FOO} ${FOO}}", "first first"),
    ("${UNSET:-${EMPTY:-${FOO}}}", "first"),
    ("${UNSET:-${OTHER}}", None),
    ("${UNSET:-a}b}", "ab}"),
    ("${FOO:?message}", "first"),
    ("${UNSET:?message}", None),
    ("${EMPTY:?message}", None),
    ("${EMPTY?message}", ""),
    ("${FOO:+yes}", "yes"),
    ("${EMPTY:+yes}", ""),
    ("${EMPTY+yes}", "yes"),
    ("${UNSET+yes}", ""),
    ("${UNSET-myerror?msg}", "myerror?msg"),
    ("${_a1:-x}", "x"),
]

REFUSED = [
    ("${", 0),
    ("$}", 0),
    ("${}", 0),
    ("${ }", 0),
    ("${ foo}", 0),
    ("${foo }", 0),
    ("${foo!}", 0),
    ("${1}", 0),
    ("a $1", 2),
    ("a$", 1),
    ("$$$", 2),
    ("$(date)", 0),
    ("${A:x}", 0),
    ("${A:-${B}", 0),
    ("${A:-$}", 5),
    ("${A:?$(x)}", 5),
    ("$A ${B", 3),
]


@pytest.mark.parametrize(("text", "value"), RESOLVED)
def test_a_text_is_resolved(text: str, value: str | None) -> None:
    assert malformed(text) is None
    assert resolve(text, SET) == value


@pytest.mark.parametrize(("text", "start"), REFUSED)
def test_a_dollar_sign_that_begins_nothing_is_found(text: str, start: int) -> None:
    where = malformed(text)
    assert where
    assert where[0] == start


def test_what_is_unknown_can_be_stood_in_for() -> None:
    assert resolve("a/$B:${C:-1}", unknown="?") == "a/?:1"


def test_defaults_in_defaults_end_somewhere() -> None:
    assert resolve("${A:-" * 5_000 + "}" * 5_000) is None
    assert malformed("${A:-" * 5_000 + "}" * 5_000) is None


ENV = """\
# COMMENT=1
PLAIN=a b
export EXPORTED=1 # said why
SINGLE='$PLAIN # kept'
DOUBLE="$PLAIN # kept"
HASH=a#b
EMPTY=
COLON: c
UNKNOWN=$NOBODY
 INDENTED = x
AGAIN=1
AGAIN=2
not a line
"""


def test_an_env_file_is_read_as_compose_reads_it() -> None:
    assert dotenv.parse(ENV) == {
        "PLAIN": "a b",
        "EXPORTED": "1",
        "SINGLE": "$PLAIN # kept",
        "DOUBLE": "a b # kept",
        "HASH": "a#b",
        "EMPTY": "",
        "COLON": "c",
        "INDENTED": "x",
        "AGAIN": "2",
    }
