"""What people see: one line a finding, and the line of the file with a caret."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govern.model.finding import Finding
from govern.model.location import Span
from govern.report import written
from tests.report.findings import ENUM, HOSTILE, TEXT, UNREADABLE, WARNING, report

COLOR = re.compile(r"\x1b\[[0-9]*m")


def at(line: int, column: int, end_column: int) -> Finding:
    return Finding("x.md", Span(line, column, line, end_column), "x/y", "error", "wrong")


def columns(text: str) -> int:
    """The columns of a text as a terminal counts them, told otherwise than in the module."""
    return sum(
        0 if unicodedata.category(c)[0] == "M" else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def pointed_at(text: str, found: Finding, width: int = 120) -> str:
    """The part of the source line that stands above the carets."""
    _, source, carets, *_ = written(report([found], text=text, width=width), "full").split("\n")
    start = columns(carets[: carets.index("^")])
    kept = ""
    position = 0
    for char in source:
        if start <= position < start + carets.count("^") and (kept or columns(char)):
            kept += char
        position += columns(char)
    return kept


def test_a_finding_is_one_line_in_concise() -> None:
    expected = 'TASKS/7.md:2:9: error: status is "doing", expected one of todo, active [schema/enum]\n'
    assert written(report([ENUM]), "concise") == expected


def test_a_finding_shows_its_line_its_place_and_what_to_do_in_full() -> None:
    assert written(report([ENUM]), "full").split("\n")[1:] == [
        "  2 | status: doing",
        "    |         ^^^^^",
        "  fix: write todo (govern check --fix does it)",
        "",
    ]


def test_findings_are_set_apart_by_an_empty_line_in_full() -> None:
    assert "\n\nTASKS/7.md:2:9: error" in written(report([WARNING, ENUM]), "full")


def test_a_finding_without_a_source_line_shows_none() -> None:
    assert written(report([UNREADABLE], text=""), "full").count("\n") == 1


def test_a_finding_past_the_end_of_its_line_points_behind_it() -> None:
    assert written(report([at(1, 40, 41)], text="id: 7\n"), "full").split("\n")[2] == "    |      ^"


def test_a_finding_over_several_lines_points_to_the_end_of_the_first() -> None:
    assert pointed_at(TEXT, WARNING) == "id: seven"


@pytest.mark.parametrize(
    ("line", "column", "end_column", "expected"),
    [(3, 7, 10, "'x'"), (4, 8, 11, "日本語"), (4, 12, 17, "wrong"), (2, 9, 14, "doing")],
    ids=["behind a tab", "wide characters", "behind wide characters", "plain"],
)
def test_carets_stand_under_the_value(line: int, column: int, end_column: int, expected: str) -> None:
    assert pointed_at(TEXT, at(line, column, end_column)) == expected


def test_carets_stand_under_the_value_behind_combining_marks() -> None:
    assert pointed_at("e\u0301e\u0301: x\ufe0fbad\n", at(1, 9, 12)) == "bad"


def test_windows_line_ends_are_not_shown() -> None:
    assert "\r" not in written(report([ENUM], text=TEXT.replace("\n", "\r\n")), "full")


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("character", ["x", "語", "\x1b", "e\u0301"])
def test_a_long_line_is_cut_to_the_width_of_the_terminal_around_the_place(width: int, character: str) -> None:
    text = character * 5_000 + "BAD" + character * 5_000
    start = 5_000 * len(character) + 1
    lines = written(report([at(1, start, start + 3)], text=text, width=width), "full").split("\n")
    assert max(columns(line) for line in lines) <= width
    assert pointed_at(text, at(1, start, start + 3), width) == "BAD"
    assert lines[1].startswith("  1 | …") and lines[1].endswith("…")


def test_a_line_that_fits_is_shown_whole() -> None:
    assert "…" not in written(report([at(1, 1, 2)], text="x" * 114, width=120), "full")
    assert "…" in written(report([at(1, 1, 2)], text="x" * 115, width=120), "full")


def test_a_value_longer_than_the_terminal_is_cut() -> None:
    lines = written(report([at(1, 4, 9_000)], text="k: " + "v" * 9_000, width=80), "full").split("\n")
    assert [columns(line) for line in lines[1:3]] == [79, 78]


def test_a_line_of_megabytes_costs_no_more_than_its_window() -> None:
    assert len(written(report([at(1, 2_000_000, 3_000_000)], text="x" * 4_000_000), "full")) < 400


@pytest.mark.parametrize("name", ["full", "concise"])
def test_nothing_in_a_file_moves_the_cursor_or_changes_colours(name: str) -> None:
    shown = written(report([HOSTILE], text="\x1b[2J\x9b31m\u202e\x07\n"), name)
    assert all(char.isprintable() for char in shown.replace("\n", ""))
    assert shown.count("\n") == (4 if name == "full" else 1)


@pytest.mark.parametrize("name", ["full", "concise"])
def test_colours_change_nothing_but_colours(name: str) -> None:
    colored = written(report([ENUM, WARNING], color=True), name)
    assert "\x1b[31m" in colored
    assert COLOR.sub("", colored) == written(report([ENUM, WARNING]), name)


@given(st.text(max_size=300), st.integers(1, 310), st.integers(0, 310), st.integers(0, 200))
def test_any_line_is_shown_within_the_width(text: str, column: int, length: int, width: int) -> None:
    text = text.replace("\n", " ")
    shown = written(report([at(1, column, column + length)], text=text, width=width), "full")
    assert all(columns(line) <= max(width, 40) for line in shown.split("\n")[1:])
