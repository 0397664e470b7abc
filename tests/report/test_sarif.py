"""SARIF 2.1.0, held against what the standard requires, section by section, and read back as its readers do."""

import json
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govern.model.rule import Rule
from govern.report import written
from tests.report.findings import ENUM, HOSTILE, TEXT, UNREADABLE, WARNING, report

POSITIVE = {"type": "integer", "minimum": 1}
MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
REGION = {  # §3.30
    "type": "object",
    "properties": dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), POSITIVE),
    "required": ["startLine"],
    "additionalProperties": False,
}
ARTIFACT = {  # §3.4
    "type": "object",
    "properties": {"uri": {"type": "string", "format": "uri-reference", "minLength": 1}},
    "required": ["uri"],
    "additionalProperties": False,
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RULE = {  # §3.49
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}, "additionalProperties": False},
    },
    "required": ["id"],
    "additionalProperties": False,
}
FIX = {  # §3.55 to §3.57
    "type": "object",
    "properties": {
        "description": MESSAGE,
        "artifactChanges": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "artifactLocation": ARTIFACT,
                    "replacements": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "properties": {
                                "deletedRegion": REGION,
                                "insertedContent": {"type": "object", "required": ["text"]},
                            },
                            "required": ["deletedRegion"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["artifactLocation", "replacements"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["artifactChanges"],
    "additionalProperties": False,
}
RESULT = {  # §3.27
    "type": "object",
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "physicalLocation": {
                        "type": "object",
                        "properties": {"artifactLocation": ARTIFACT, "region": REGION},
                        "required": ["artifactLocation"],
                        "additionalProperties": False,
                    }
                },
                "additionalProperties": False,
            },
        },
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "fixes": {"type": "array", "items": FIX},
    },
    "required": ["message"],
    "additionalProperties": False,
}
LOG = {  # §3.13 and §3.14
    "type": "object",
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "tool": {
                        "type": "object",
                        "properties": {
                            "driver": {
                                "type": "object",
                                "properties": {
                                    "name": {"type": "string"},
                                    "rules": {"type": "array", "uniqueItems": True, "items": RULE},
                                },
                                "required": ["name"],
                                "additionalProperties": False,
                            }
                        },
                        "required": ["driver"],
                        "additionalProperties": False,
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                },
                "required": ["tool", "results"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["version", "runs"],
    "additionalProperties": False,
}
VALIDATOR = jsonschema.Draft202012Validator(LOG, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def run(*findings: Any) -> dict[str, Any]:
    """The run of a log that has passed the standard's requirements."""
    log = json.loads(written(report(findings)._replace(rule=known), "sarif"))
    VALIDATOR.validate(log)
    (result,) = log["runs"]
    assert isinstance(result, dict)
    for entry in result["results"]:
        assert result["tool"]["driver"]["rules"][entry["ruleIndex"]]["id"] == entry["ruleId"]
    return result


def known(name: str) -> Rule | None:
    return Rule(name, "error", "a value is not one of those allowed", "Readers fail on it.") if "enum" in name else None


def test_a_result_says_what_where_and_by_which_rule() -> None:
    (result,) = run(ENUM)["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], result["level"]) == ("schema/enum", "error")
    assert place["artifactLocation"]["uri"] == "TASKS/7.md"
    assert place["region"] == {"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 14}


def test_columns_are_code_points() -> None:
    assert run(ENUM)["columnKind"] == "unicodeCodePoints"


def test_each_rule_stands_there_once_and_says_what_is_known_of_it() -> None:
    enum, prompt = run(ENUM, WARNING, ENUM._replace(message="x"))["tool"]["driver"]["rules"]
    assert enum["shortDescription"]["text"] == "a value is not one of those allowed"
    assert enum["defaultConfiguration"] == {"level": "error"}
    assert prompt == {"id": "task/prompt-leftover"}


def test_a_fix_replaces_the_text_of_its_region() -> None:
    (replacement,) = run(ENUM)["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"]
    region = replacement["deletedRegion"]
    lines = TEXT.split("\n")
    line = lines[region["startLine"] - 1]
    lines[region["startLine"] - 1] = (
        line[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    )
    assert "\n".join(lines) == TEXT.replace("doing", "todo")


def test_a_finding_without_a_fix_offers_none() -> None:
    assert "fixes" not in run(UNREADABLE)["results"][0]


def test_the_fingerprint_stays_when_lines_move() -> None:
    moved = ENUM._replace(span=ENUM.span._replace(line=7, end_line=7))
    first, second = (run(found)["results"][0]["partialFingerprints"] for found in (ENUM, moved))
    assert first == second


@pytest.mark.parametrize("path", ["a b.md", "x:y.md", "50%.md", "q?.md", "f#.md", "é/日.md", HOSTILE.path])
def test_a_path_is_a_relative_uri_that_means_the_same_file(path: str) -> None:
    uri = run(ENUM._replace(path=path))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path) == path
    assert uri.isascii()


def test_a_name_that_is_not_utf8_keeps_its_bytes() -> None:
    assert "%FF.md" in json.dumps(run(ENUM._replace(path="\udcff.md")))


def test_a_run_without_findings_has_results_all_the_same() -> None:
    assert run()["results"] == []


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_text_makes_a_valid_log(message: str, path: str) -> None:
    run(ENUM._replace(message=message, path=path))
