"""The table for a pull request, read back by the rules of GitHub's tables: cells end at a pipe without a backslash."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from govern.report import written
from govern.report.concise import clean
from govern.report.markdown import COMMENT, table
from tests.report.findings import ENUM, HOSTILE, WARNING, report


def rows(text: str) -> list[list[str]]:
    """The cells of the body's rows."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip(" ") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def shown(cell: str) -> str:
    """What a reader sees of a cell that holds no markup but ours."""
    text = re.sub(r"</?code>|<br>", "", cell)
    assert not re.search(r"[`*<>\[\]\\~|]|(?<![^\W_])_|_(?![^\W_])", text), text
    return html.unescape(text).replace("\u200b", "")


def test_a_finding_is_a_row() -> None:
    (row,) = rows(written(report([ENUM]), "markdown"))
    assert [shown(cell) for cell in row] == [
        "error",
        "TASKS/7.md:2:9",
        f"{ENUM.message}hint: did you mean todo?fix: write todo (govern check --fix)",
        "schema/enum",
    ]


def test_the_heading_is_the_summary() -> None:
    first = written(report([ENUM, WARNING]), "markdown").splitlines()[0]
    assert first == (
        "**govern check**: 1 error, 1 warning in 1 file; 3 files judged, 1 skipped; govern check --fix mends 1"
    )


def test_no_findings_are_one_line() -> None:
    assert written(report([]), "markdown") == "**govern check**: nothing to report: 3 files judged, 1 skipped\n"


def test_no_mention_notifies_anyone() -> None:
    text = written(report([HOSTILE]), "markdown")
    assert "@ada" not in text and "#7" not in text


@given(st.text().filter(lambda text: "\u200b" not in text), st.text(min_size=1))
def test_any_text_stays_in_its_cell_and_is_shown_as_it_is(message: str, path: str) -> None:
    (row,) = rows(written(report([WARNING._replace(message=message, path=path)]), "markdown"))
    assert len(row) == 4
    assert shown(row[1]).strip(" ") == f"{clean(path)}:1:1".strip(" ")
    assert shown(row[2]).strip(" ") == clean(message).strip(" ")


def test_a_comment_stays_below_what_github_takes_and_counts_the_rest() -> None:
    text = written(report([HOSTILE] * 1_000), "markdown")
    kept = len(rows(text))
    assert len(text.encode()) <= COMMENT
    assert 100 < kept < 1_000
    assert text.endswith(f"\nand {1_000 - kept} more findings\n")


def test_a_larger_limit_keeps_more() -> None:
    assert len(rows(table(report([HOSTILE] * 1_000), 10_000_000))) == 1_000
