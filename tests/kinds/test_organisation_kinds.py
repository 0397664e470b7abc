"""A repository's own kinds: what is wrong with one is said at its place, once, and leaves the others usable."""

import json
import os
from pathlib import Path

import pytest

from govern.kind_file import check_kind_file
from govern.parse import read
from govern.registry import Registry
from govern.workspace.shelves import built_in
from tests.repo import ROOT, Repo

KIND = "schemas/runbook/kind.yaml"
SCHEMA = "schemas/runbook/1.0.0.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def kind(name: str = "runbook", files: str = '[{glob: "runbooks/*.yaml"}]', more: str = "", default: str = "1") -> str:
    return f"kind: {name}\ntitle: Runbooks\nreader: yaml\ndefault: {default}\nfiles: {files}\n{more}"


def schema(name: str = "runbook", /, **keywords: object) -> str:
    base = {"$schema": DIALECT, "$id": f"urn:acme:{name}:1.0.0"}
    return json.dumps(base | (keywords or {"properties": {"team": {"type": "string"}}, "required": ["team"]}))


@pytest.fixture
def acme(repo: Repo) -> Repo:
    """A repository with a kind that nothing is wrong with, and a document of another kind that there is."""
    repo.write(KIND, kind())
    repo.write(SCHEMA, schema())
    repo.write("runbooks/disk-full.yaml", "team: storage\n")
    repo.write("schemas/rota/kind.yaml", kind("rota", '[{glob: "rotas/*.yaml"}]'))
    repo.write("schemas/rota/1.0.0.json", schema("rota"))
    repo.write("rotas/may.yaml", "team: 5\n")
    return repo


def said(repo: Repo, *arguments: str) -> list[tuple[str, str]]:
    """The findings but for the one that shows that the other kind still judges."""
    findings = [(f"{f['path']}:{f['line']}:{f['column']}", f["rule"]) for f in repo.findings(*arguments)]
    if not arguments:
        findings.remove(("rotas/may.yaml:1:7", "schema/type"))
    return findings


def test_a_kind_without_mistakes_says_nothing(acme: Repo) -> None:
    assert said(acme) == []


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        (kind(files='[{glob: "[z-a]*.md"}]'), "5:16", "kind/glob-invalid"),
        (kind(files='[{glob: "runbooks/[ab*.md"}]'), "5:16", "kind/glob-invalid"),
        (kind(files='[{glob: "runbooks/*.{yml,yaml"}]'), "5:16", "kind/glob-invalid"),
        (kind(files='[{glob: "../runbooks/*.yaml"}]'), "5:16", "kind/glob-invalid"),
        (kind(files='[{glob: "./runbooks/*.yaml"}]'), "5:16", "kind/glob-invalid"),
        (kind(files='[{glob: "!runbooks/*.yaml"}]'), "5:16", "kind/glob-invalid"),
        (kind(files='[{glob: "runbooks//*.yaml"}]'), "5:16", "kind/glob-invalid"),
        (kind(files=r'[{glob: "runbooks/x\\"}]'), "5:16", "kind/glob-invalid"),
        (kind(files='[{glob: " "}]'), "5:16", "kind/glob-invalid"),
        (kind(files='[{glob: ""}]'), "5:16", "schema/length"),
        (kind(files='[{glob: "runbooks/*.yaml", unless: ["[b-a]"]}]'), "5:44", "kind/glob-invalid"),
        (kind(more='unjudged: ["{a"]\n'), "6:12", "kind/glob-invalid"),
        (kind(files='[{glob: "r/*.yaml", contains: "(a"}]'), "5:38", "kind/pattern-invalid"),
        (kind(files='[{glob: "r/*.yaml", contains: "a{2,1}"}]'), "5:38", "kind/pattern-invalid"),
        (kind(more='extract: {a: {pattern: "@([a-z", written: "@{}"}}\n'), "6:24", "kind/pattern-invalid"),
        (kind(more='extract: {a: {pattern: "((a+)+)!", written: "@{}"}}\n'), "6:24", "kind/pattern-invalid"),
        (kind(default="2"), "4:10", "kind/schema-missing"),
        (kind(default="one"), "4:10", "schema/type"),
        (kind(default="1.5"), "4:10", "schema/type"),
        (kind("rnubook"), "1:7", "kind/malformed"),
        (kind().replace("yaml\n", "xml\n", 1), "3:9", "schema/enum"),
        (kind(more="vocabulary: {tema: who is called}\n"), "6:14", "kind/field-undeclared"),
        (kind().replace("title: Runbooks\n", ""), "1:1", "schema/missing-key"),
        (kind(more="colour: red\n"), "6:1", "schema/unknown-key"),
        (kind(more="title: Again\n"), "6:1", "yaml/duplicate-key"),
        (kind().replace("title: ", "title: ["), "2:8", "yaml/syntax"),
        ("", "1:1", "schema/type"),
        ("- a\n", "1:1", "schema/type"),
    ],
)
def test_a_mistake_in_a_kind_file_is_said_once_at_its_place(acme: Repo, text: str, place: str, rule: str) -> None:
    acme.write(KIND, text)
    assert said(acme) == [(f"{KIND}:{place}", rule)]
    assert said(acme, KIND) == [(f"{KIND}:{place}", rule)]


def test_a_mistake_is_said_whichever_file_is_judged(acme: Repo) -> None:
    acme.write(KIND, kind(files='[{glob: "[z-a]"}]'))
    assert acme.rules("rotas/may.yaml") == ["schema/type", "kind/glob-invalid"]


def test_the_rest_of_a_kind_is_used_where_one_part_cannot_be(acme: Repo) -> None:
    acme.write(KIND, kind(files='[{glob: "[z-a]"}, {glob: "x", contains: "("}, {glob: "runbooks/*.yaml"}]'))
    acme.write("runbooks/disk-full.yaml", "team: 7\n")
    rules = [rule for _, rule in said(acme)]
    assert sorted(rules) == ["kind/glob-invalid", "kind/pattern-invalid", "schema/type"]


def test_what_names_a_malformed_kind_is_not_blamed(acme: Repo) -> None:
    acme.write(KIND, kind(more="colour: red\n"))
    acme.write("notes.md", "---\nschema: runbook@1\n---\n")
    acme.write("deploy.yaml", "# govern: schema=runbook\nteam: a\n")
    acme.write("govern.toml", "[kinds]\nrunbook = 1\n[files]\n'deploy/**' = 'runbook'\n")
    assert said(acme) == [(f"{KIND}:6:1", "schema/unknown-key")]
    ran = acme.govern("check", "--as", "runbook", "deploy.yaml")
    assert "the kind runbook cannot be used: its kind.yaml is malformed" in ran.out


@pytest.mark.parametrize(
    "values", ["null", "5", "[1, 2]", "{a: b}", "[{glob: 5}]", "[{glob: null, unless: 3}]", "[[]]"]
)
def test_nothing_of_a_wrong_type_raises(acme: Repo, values: str) -> None:
    keys = ("files", "unjudged", "extract", "forms", "vocabulary", "tags")
    acme.write(KIND, "\n".join([*kind().splitlines()[:4], *(f"{key}: {values}" for key in keys)]) + "\n")
    findings = said(acme)
    assert findings
    assert {rule.partition("/")[0] for _, rule in findings} == {"schema"}
    for _, rule in findings:
        assert acme.govern("explain", rule).code == 0


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("schemas/rotas/kind.yml", kind("rotas")),
        ("schemas/Rotas/kind.yaml", kind("rotas")),
        ("schemas/templates/kind.yaml", kind("templates")),
    ],
)
def test_a_kind_file_that_is_not_read_says_why(acme: Repo, path: str, text: str) -> None:
    acme.write(path, text)
    assert (f"{path}:1:1", "kind/malformed") in said(acme)


@pytest.mark.parametrize("link", [True, False])
def test_a_kind_file_that_cannot_be_opened_is_a_finding(acme: Repo, link: bool) -> None:
    path = acme.root / KIND
    path.unlink()
    if link:
        path.symlink_to("nowhere")
    else:
        os.mkfifo(path)
    assert said(acme) == [(f"{KIND}:1:1", "file/unreadable")]


def test_a_schema_that_cannot_be_read_is_said_once_and_its_documents_are_not_blamed(acme: Repo) -> None:
    acme.write(SCHEMA, "{")
    assert said(acme) == [(f"{SCHEMA}:1:1", "json/syntax")]


def test_a_schema_without_documents_is_looked_at_with_its_kind(acme: Repo) -> None:
    acme.write(SCHEMA, schema(type="objekt"))
    acme.git("rm", "--quiet", "-f", "runbooks/disk-full.yaml")
    assert [rule for _, rule in said(acme)] == ["kind/schema-unusable"]
    assert [rule for _, rule in said(acme, KIND)] == ["kind/schema-unusable"]


def test_the_near_name_of_a_version_is_shown(acme: Repo) -> None:
    acme.write("schemas/runbook/2.0.json", schema())
    acme.git("rm", "--quiet", "-f", SCHEMA)
    acme.write(KIND, kind(default="2"))
    finding = next(f for f in acme.findings() if f["rule"] == "kind/schema-missing")
    assert finding["hint"] == "2.0.json does not count: call it 2.0.0.json"


A = schema("a", **{"$ref": "urn:acme:b:1.0.0"})
CIRCLES = {
    "itself": {SCHEMA: schema(**{"$ref": "#"})},
    "in allOf": {SCHEMA: schema(allOf=[{"$ref": "#"}])},
    "in anyOf": {SCHEMA: schema(anyOf=[{"type": "string"}, {"$ref": "#"}])},
    "in not": {SCHEMA: schema(**{"not": {"$ref": "#"}})},
    "in if": {SCHEMA: schema(**{"if": {"$ref": "#"}})},
    "by its id": {SCHEMA: schema(**{"$ref": "urn:acme:runbook:1.0.0"})},
    "two steps": {
        SCHEMA: schema(**{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}})
    },
    "below a property": {
        SCHEMA: schema(properties={"x": {"$ref": "#/$defs/a"}}, **{"$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}})
    },
    "two files": {
        SCHEMA: schema(**{"$ref": "urn:acme:a:1.0.0"}),
        "schemas/a/1.0.0.json": schema("a", allOf=[{"$ref": "urn:acme:runbook:1.0.0"}]),
    },
    "three files": {
        SCHEMA: schema(**{"$ref": "urn:acme:a:1.0.0"}),
        "schemas/a/1.0.0.json": A,
        "schemas/b/1.0.0.json": schema("b", **{"$ref": "urn:acme:runbook:1.0.0#"}),
    },
    "elsewhere": {
        SCHEMA: schema(**{"$ref": "urn:acme:a:1.0.0"}),
        "schemas/a/1.0.0.json": A,
        "schemas/b/1.0.0.json": schema("b", **{"$ref": "urn:acme:a:1.0.0"}),
    },
}
NO_CIRCLES = {
    "a tree": {SCHEMA: schema(properties={"parts": {"items": {"$ref": "#"}}})},
    "twice the same": {SCHEMA: schema(allOf=[{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}], **{"$defs": {"a": {}}})},
    "data": {SCHEMA: schema(examples=[{"$ref": "#"}])},
    "back below a property": {
        SCHEMA: schema(**{"$ref": "urn:acme:a:1.0.0"}),
        "schemas/a/1.0.0.json": schema("a", properties={"x": {"$ref": "urn:acme:runbook:1.0.0"}}),
    },
    "what draft-07 passes over": {
        SCHEMA: json.dumps(
            {
                "$schema": "http://json-schema.org/draft-07/schema#",
                "$ref": "#/definitions/a",
                "allOf": [{"$ref": "#"}],
                "definitions": {"a": {}},
            }
        )
    },
    "a built-in one": {SCHEMA: schema(allOf=[{"$ref": "urn:govern:task:2.0.0"}])},
}


@pytest.mark.parametrize("files", CIRCLES.values(), ids=CIRCLES.keys())
def test_references_that_lead_in_a_circle_are_said_once(acme: Repo, files: dict[str, str]) -> None:
    for path, text in files.items():
        acme.write(path, text)
    findings = said(acme)
    assert [rule for _, rule in findings] == ["kind/schema-unusable"]
    assert findings[0][0].partition(":")[0] in files


@pytest.mark.parametrize("files", NO_CIRCLES.values(), ids=NO_CIRCLES.keys())
def test_references_that_get_to_another_part_are_no_circle(acme: Repo, files: dict[str, str]) -> None:
    for path, text in files.items():
        acme.write(path, text)
    assert "kind/schema-unusable" not in acme.rules()


def test_relative_references_lead_to_the_schemas_beside(acme: Repo) -> None:
    base = "https://acme.example/schemas"
    address = {"$schema": DIALECT, "$id": f"{base}/address/1.0.0", "properties": {"team": {"type": "string"}}}
    acme.write("schemas/address/1.0.0.json", json.dumps(address))
    acme.write(SCHEMA, json.dumps({"$schema": DIALECT, "$id": f"{base}/runbook/1.0.0", "$ref": "../address/1.0.0"}))
    acme.write("runbooks/disk-full.yaml", "team: 5\n")
    assert said(acme) == [("runbooks/disk-full.yaml:1:7", "schema/type")]
    acme.write(SCHEMA, json.dumps({"$schema": DIALECT, "$id": f"{base}/runbook/1.0.0", "$ref": "../adress/1.0.0"}))
    assert [rule for _, rule in said(acme)] == ["kind/schema-unusable"]


def test_a_kind_extends_a_built_in_one(acme: Repo) -> None:
    acme.write(SCHEMA, schema(**{"$ref": "urn:govern:task:2.0.0", "required": ["window"]}))
    acme.write(KIND, kind(more="vocabulary: {owner_team: who does it}\n"))
    rules = [rule for where, rule in said(acme) if where.startswith("runbooks/")]
    assert len(rules) >= 8
    assert set(rules) == {"schema/missing-key"}
    out = acme.govern("explain", "runbook").out
    for field in ("id", "status", "owner_team", "last_updated"):
        assert f"\n  {field}" in out
    assert "; required" in out


def test_a_kind_that_hides_a_built_in_one_says_so(acme: Repo) -> None:
    acme.write("schemas/task/kind.yaml", kind("task", "[]"))
    acme.write("schemas/task/1.0.0.json", schema("task"))
    assert said(acme) == [("schemas/task/kind.yaml:1:7", "kind/shadowing")]


def test_a_contested_file_is_said_once_for_each_glob_and_settled_in_the_configuration(acme: Repo) -> None:
    acme.write("schemas/runguide/kind.yaml", kind("runguide"))
    acme.write("schemas/runguide/1.0.0.json", schema("runguide"))
    acme.write("runbooks/disk-slow.yaml", "team: storage\n")
    assert said(acme) == [("schemas/runguide/kind.yaml:5:16", "kind/claim-contested")]
    acme.write("govern.toml", "[files]\n'runbooks/**' = 'runbook'\n")
    assert said(acme) == []


def test_a_form_is_judged_by_its_own_schemas_and_must_have_some(acme: Repo) -> None:
    form = 'forms: [{subject: runbook/short, reader: json, default: 1, endings: [.json], contains: "brief"}]\n'
    acme.write(KIND, kind(files='[{glob: "runbooks/*"}]', more=form))
    assert [rule for _, rule in said(acme)] == ["kind/schema-missing"]
    acme.write("schemas/runbook/short/1.0.0.json", schema("runbook/short", required=["brief"]))
    acme.write("runbooks/a.json", '{"brief": 1}')
    acme.write("runbooks/b.json", '{"brie": "brief"}')
    assert said(acme) == [("runbooks/b.json:1:2", "schema/missing-key")]
    assert "  .json with such contents: govern explain runbook/short" in acme.govern("explain", "runbook").out
    assert "fields of runbook/short@1.0.0:" in acme.govern("explain", "runbook/short").out
    acme.write(KIND, kind(more=form.replace("runbook/short", "rota/short")))
    assert "kind/malformed" in acme.rules(KIND)


def test_an_example_is_held_to_its_own_schema(acme: Repo) -> None:
    acme.write("schemas/runbook/example.yaml", "team: 5\n")
    assert said(acme) == [("schemas/runbook/example.yaml:1:7", "schema/type")]
    acme.write("schemas/runbook/example.yaml", "team: storage\n")
    assert said(acme) == []


def test_a_finding_of_a_kind_file_can_be_ignored_and_weighed(acme: Repo) -> None:
    acme.write(KIND, kind(files='[{glob: "[z-a]"}] # govern: ignore kind/glob-invalid -- not yet'))
    assert said(acme) == []
    acme.write(KIND, kind(files='[{glob: "[z-a]"}]'))
    acme.write("govern.toml", "[rules]\n'kind/glob-invalid' = 'warn'\n")
    assert [finding["severity"] for finding in acme.findings(KIND)] == ["warning"]


def test_kinds_at_the_top_of_the_repository(repo: Repo) -> None:
    repo.write("govern.toml", "schemas = ['.']\n")
    repo.write("runbook/kind.yaml", kind(files='[{glob: "[z-a]"}]'))
    repo.write("runbook/1.0.0.json", schema())
    findings = [(f["path"], f["rule"]) for f in repo.findings()]
    assert findings == [("runbook/kind.yaml", "kind/glob-invalid")]


@pytest.mark.parametrize("text", ["exclude = ['[z-a]*']", "[files]\n'{a' = 'task'", "[compat.subjects]\n'[' = 'full'"])
def test_a_glob_of_the_configuration_that_is_none_is_a_finding_and_the_rest_counts(acme: Repo, text: str) -> None:
    acme.write("govern.toml", text + "\n")
    assert [rule for _, rule in said(acme)] == ["config/glob-invalid"]


def test_contents_are_searched_in_no_more_than_their_length(acme: Repo) -> None:
    acme.write(KIND, kind(files='[{glob: "runbooks/*.yaml", contains: "^(a+)+$"}]'))
    acme.write("runbooks/hostile.yaml", "a" * 60_000 + "!\n")
    assert said(acme) == []


def test_contents_have_the_lines_that_people_see(acme: Repo) -> None:
    acme.write(KIND, kind(files='[{glob: "runbooks/*.yaml", contains: "^team: x$"}]'))
    acme.write("runbooks/a.yaml", b"\xef\xbb\xbfa: 1\r\nteam: x\r\nteam: y\r\n")
    assert [where for where, _ in said(acme)] == ["runbooks/a.yaml:3:1"]


def test_the_built_in_kinds_have_no_such_mistakes() -> None:
    for path in sorted((ROOT / "schemas").glob("*/kind.yaml")):
        document = read(path.as_posix(), path.read_bytes(), "yaml")
        assert list(check_kind_file(document)) == []
    assert Registry([built_in()]).findings == []


def test_an_example_of_a_built_in_kind_file_is_one(repo: Repo, tmp_path: Path) -> None:
    repo.write("schemas/runbook/kind.yaml", (ROOT / "schemas/kind/example.yaml").read_bytes())
    repo.write(SCHEMA, schema(properties={"team": {"type": "string"}}))
    assert repo.rules() == []
