"""What all formats have in common."""

import ast
from pathlib import Path

import pytest

import govern.report
from govern.model.finding import Finding
from govern.report import FORMATS, summary, written
from tests.report.findings import ENUM, HOSTILE, UNREADABLE, WARNING, report


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_ends_in_a_line_break_or_is_empty(name: str) -> None:
    for findings in ([], [ENUM, WARNING, UNREADABLE, HOSTILE]):
        text = written(report(findings), name)
        assert not text or text.endswith("\n")


@pytest.mark.parametrize("name", ["full", "concise", "junit", "markdown"])
def test_a_format_for_the_eye_repeats_no_control_characters(name: str) -> None:
    text = written(report([HOSTILE], text=HOSTILE.message), name)
    assert all(char.isprintable() or char == "\n" for char in text)


def test_every_module_of_the_package_is_a_format_and_every_format_a_module() -> None:
    folder = Path(str(govern.report.__file__)).parent
    modules = [path for path in folder.glob("[!_]*.py") if path.stem != "comparison"]  # says more than findings
    assert {f"govern.report.{path.stem}" for path in modules} == set(FORMATS.values())
    for path in modules:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert any(isinstance(node, ast.FunctionDef) and node.name == "render" for node in tree.body)


@pytest.mark.parametrize(
    ("found", "files", "expected"),
    [
        ([], 0, "nothing to judge: 0 files judged, 1 skipped"),
        ([], 1, "nothing to report: 1 file judged, 1 skipped"),
        ([WARNING], 2, "1 warning in 1 file; 2 files judged, 1 skipped"),
        (
            [ENUM, UNREADABLE],
            1_200,
            "2 errors in 2 files; 1,200 files judged, 1 skipped; govern check --fix mends 1",
        ),
    ],
)
def test_the_summary_counts_in_words(found: list[Finding], files: int, expected: str) -> None:
    assert summary(report(found, files=files)) == expected
