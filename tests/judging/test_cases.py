"""The case tables in tests/cases/check: each schema with texts that are wrong, and why, and texts that are right.

The same table runs the pure function and the command line, whose full report is kept in tests/transcripts/check; and
an independent library says whether each text is valid. UPDATE_TRANSCRIPTS=1 writes the transcripts anew: read the diff.
"""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import referencing
import yaml
from referencing.jsonschema import DRAFT202012

from govern.judging.judge import judge
from govern.model.document import Document, Reader
from govern.model.finding import Finding, order
from govern.model.schema import Schema
from govern.parse import read
from govern.validator import Validator
from tests.repo import ROOT, Repo

TABLES = sorted((ROOT / "tests" / "cases" / "check").glob("*.yaml"))
TRANSCRIPTS = ROOT / "tests" / "transcripts" / "check"

# Where jsonschema says otherwise, and why we do not follow: it asks Python's `re`, JSON Schema asks for ECMA-262.
PYTHON_PATTERNS = {
    "pattern/line-break",  # $ matches before a final line break in Python only
    "pattern/arabic-digits",  # \d is ASCII in ECMA-262
}


class Table(NamedTuple):
    reader: Reader
    schema: dict[str, Any]
    others: dict[str, Any]
    wrong: dict[str, Any]
    right: dict[str, str]


def table(path: Path) -> Table:
    content = yaml.safe_load(path.read_text())
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **content["schema"]}
    return Table(content.get("reader", "yaml"), schema, content.get("others", {}), content["wrong"], content["right"])


def cases(side: str) -> list[Any]:
    named = [(path, name) for path in TABLES for name in getattr(table(path), side)]
    return [pytest.param(path, side, name, id=f"{path.stem}/{name}") for path, name in named]


def document(of: Table, text: str) -> Document:
    return read(f"text.{of.reader}", text.encode(), of.reader)


def findings(of: Table, text: str) -> list[Finding]:
    """What the reader and the judge, called as functions, find."""
    validator = Validator(of.schema, {other["$id"]: other for other in of.others.values()})
    read_document = document(of, text)
    return order(
        [
            *read_document.reading.findings,
            *judge(read_document, Schema("case", (1, 0, 0), of.schema, "own", ""), validator),
        ]
    )


def said(finding: Finding) -> str:
    return f"{finding.span.line}:{finding.span.column} {finding.rule} {finding.message}"


def valid(of: Table, value: Any) -> bool:
    """What the jsonschema library says."""
    resources = [(other["$id"], DRAFT202012.create_resource(other)) for other in of.others.values()]
    registry: Any = referencing.Registry().with_resources(resources)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(of.schema, registry=registry, format_checker=checker).is_valid(value)


@pytest.mark.parametrize(("path", "side", "name"), cases("wrong"))
def test_what_is_wrong_is_found_once_at_its_place(path: Path, side: str, name: str) -> None:
    of = table(path)
    assert [said(finding) for finding in findings(of, of.wrong[name]["text"])] == of.wrong[name]["finds"]


@pytest.mark.parametrize(("path", "side", "name"), cases("right"))
def test_what_is_right_is_let_pass(path: Path, side: str, name: str) -> None:
    of = table(path)
    assert [said(finding) for finding in findings(of, of.right[name])] == []


@pytest.mark.parametrize(("path", "side", "name"), [*cases("wrong"), *cases("right")])
def test_an_independent_library_agrees(path: Path, side: str, name: str) -> None:
    of = table(path)
    reading = document(of, of.right[name] if side == "right" else of.wrong[name]["text"]).reading
    if reading.readable and not reading.findings:
        assert valid(of, reading.value) is (side == "right" or f"{path.stem}/{name}" in PYTHON_PATTERNS)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_the_command_line_says_the_same(repo: Repo, path: Path) -> None:
    of = table(path)
    suffix = {"json": "json", "markdown": "md"}.get(of.reader, "yaml")
    repo.write(
        "schemas/case/kind.yaml",
        f"kind: case\ntitle: Case\nreader: {of.reader}\ndefault: 1\nfiles: [glob: '*/*.{suffix}']\n",
    )
    repo.write("schemas/case/1.0.0.json", json.dumps(of.schema))
    for name, other in of.others.items():
        repo.write(f"schemas/{name}/1.0.0.json", json.dumps(other))
    for name, case in of.wrong.items():
        repo.untracked(f"wrong/{name}.{suffix}", case["text"])
    for name, text in of.right.items():
        repo.untracked(f"right/{name}.{suffix}", text)
    repo.git("add", "--all")
    found = repo.findings()
    assert [f"{f['path']} {f['line']}:{f['column']} {f['rule']} {f['message']}" for f in found] == [
        f"wrong/{name}.{suffix} {finding}"
        for name in sorted(of.wrong, key=lambda n: f"{n}.")
        for finding in of.wrong[name]["finds"]
    ]
    report = repo.govern("check", "--format", "full").out
    assert "hunter2" not in "".join(line for line in report.splitlines() if " | " not in line)
    transcript = TRANSCRIPTS / f"{path.stem}.txt"
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        transcript.parent.mkdir(parents=True, exist_ok=True)
        transcript.write_text(report)
    assert report == transcript.read_text()
