"""JUnit XML, read by an XML parser."""

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from govern.model.finding import Finding
from govern.report import written
from tests.report.findings import ENUM, HOSTILE, UNREADABLE, WARNING, report


def suite(*findings: Finding, files: int = 3) -> ElementTree.Element:
    root = ElementTree.fromstring(written(report(findings, files=files), "junit").encode())
    assert root.tag == "testsuites"
    (result,) = root
    cases = result.findall("testcase")
    assert result.attrib["tests"] == str(len(cases))
    assert result.attrib["failures"] == str(sum(1 for case in cases if case.find("failure") is not None))
    return result


def test_a_file_with_errors_is_one_failing_case() -> None:
    case = suite(ENUM, ENUM._replace(message="another"), WARNING).find("testcase")
    assert case is not None
    assert case.attrib["name"] == "TASKS/7.md"
    (failure,) = case
    assert failure.attrib == {"message": f"{ENUM.message} (and 1 more error)", "type": "schema/enum"}
    assert failure.text is not None
    assert [line.split(": ")[0] for line in failure.text.splitlines()] == [
        "TASKS/7.md:2:9",
        "  hint",
        "TASKS/7.md:2:9",
        "  hint",
        "TASKS/7.md:1:1",
    ]


def test_a_file_with_warnings_passes_and_says_them() -> None:
    case = suite(WARNING).find("testcase")
    assert case is not None
    assert [child.tag for child in case] == ["system-out"]


def test_files_without_findings_are_one_passing_case() -> None:
    names = [case.attrib["name"] for case in suite(ENUM, files=10_000)]
    assert names == ["TASKS/7.md", "9,999 other files without findings"]


def test_a_run_without_findings_has_a_passing_case() -> None:
    assert [case.attrib["name"] for case in suite()] == ["3 files without findings"]
    assert [case.attrib["name"] for case in suite(files=0)] == ["0 files without findings"]


def test_the_suite_is_named_after_the_command() -> None:
    assert suite(ENUM).attrib["name"] == "govern check"
    text = written(report([ENUM, WARNING])._replace(command="govern schemas lint"), "junit")
    root = ElementTree.fromstring(text.encode())
    assert [each.attrib["name"] for each in root] == ["govern schemas lint"]
    assert {each.attrib["classname"] for each in root.iter("testcase")} == {"govern schemas lint"}


def test_each_file_is_a_case_of_its_own() -> None:
    assert len(suite(ENUM, HOSTILE, UNREADABLE, files=3)) == 3


@given(st.text(), st.text(min_size=1), st.none() | st.text())
def test_any_text_is_well_formed(message: str, path: str, hint: str | None) -> None:
    suite(ENUM._replace(message=message, path=path, hint=hint))


def test_control_characters_are_escaped() -> None:
    case = suite(HOSTILE).find("testcase")
    assert case is not None
    assert "\\x1b[2J" in case.attrib["name"]
