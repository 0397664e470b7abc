"""`govern schemas`: list, show, lint, freeze and export, as a person meets them."""

import json
from typing import Any

import jsonschema
import pytest

from govern.cli.schemas import ACTIONS
from tests.repo import ACME, ROOT, Repo


def order(version: str = "1.0.0", subject: str = "event/order-placed", **keywords: Any) -> dict[str, Any]:
    """A schema that nothing is wrong with, but for the keywords given here."""
    base = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:govern:{subject}:{version}",
        "type": "object",
        "properties": {"id": {"type": "string"}, "total": {"type": "integer", "minimum": 0}},
        "required": ["id"],
    }
    return base | keywords


def put(repo: Repo, version: str = "1.0.0", subject: str = "event/order-placed", **keywords: Any) -> str:
    path = f"schemas/{subject}/{version}.json"
    repo.write(path, json.dumps(order(version, subject, **keywords), indent=2) + "\n")
    return path


def rules(repo: Repo, *arguments: str) -> list[str]:
    ran = repo.govern("schemas", "lint", "--format", "json", *arguments)
    assert ran.code in (0, 1), ran
    return [finding["rule"] for finding in json.loads(ran.out)["findings"]]


def lock(repo: Repo) -> dict[str, str]:
    return dict(json.loads((repo.root / "schemas/govern.lock.json").read_text()))


# Actions


def test_without_an_action_the_subjects_are_listed(repo: Repo) -> None:
    put(repo)
    assert repo.govern("schemas") == repo.govern("schemas", "list")
    assert repo.govern("schemas", "--format", "json").out.startswith("{")


def test_help_names_every_action(repo: Repo) -> None:
    ran = repo.govern("schemas", "--help")
    assert ran.code == 0
    assert all(action in ran.out for action in ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_explains_itself(repo: Repo, action: str) -> None:
    ran = repo.govern("schemas", action, "--help")
    assert (ran.code, ran.out.startswith(f"usage: govern schemas {action}")) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frezee"], "there is no action frezee; did you mean freeze?"),
        (["show", "event/order-place"], "did you mean event/order-placed?"),
        (["show", "event/order-placed@2"], "has no version 2; there are 1.0.0"),
        (["list", "event/order-place"], "did you mean event/order-placed?"),
        (["lint", "event/order-place"], "did you mean event/order-placed?"),
        (["lint", "nowhere.json"], "nowhere.json is no subject, and no file, of this repository"),
        (["freeze", "nothing"], "nothing is no subject"),
        (["export", "emacs"], "invalid choice"),
        (["lint", "--config", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_what_cannot_be_done_is_2_and_says_why(repo: Repo, arguments: list[str], said: str) -> None:
    put(repo)
    ran = repo.govern("schemas", *arguments)
    assert (ran.code, said in ran.err, "bug in govern" in ran.err) == (2, True, False), ran


# list and show


def test_list_shows_versions_in_order_and_where_they_come_from(repo: Repo) -> None:
    for version in ("1.10.0", "1.9.0"):
        put(repo, version)
    rows = [line.split() for line in repo.govern("schemas", "list", "event/*").out.splitlines()]
    assert rows == [
        ["event/order-placed", "1.9.0", "schemas", "schemas/event/order-placed/1.9.0.json"],
        ["1.10.0", "schemas", "schemas/event/order-placed/1.10.0.json"],
    ]


def test_list_marks_the_version_that_judges_by_default(repo: Repo) -> None:
    repo.write("govern.toml", "[kinds]\ntask = 1\n")
    marked = [line.split() for line in repo.govern("schemas", "list", "task").out.splitlines() if "*" in line]
    assert [row[-3] for row in marked] == ["1.1.0*"]
    listed = json.loads(repo.govern("schemas", "list", "task", "--format", "json").out)
    assert listed["subjects"][0]["default"] == "1.1.0"


def test_list_as_json_says_what_a_program_needs(repo: Repo) -> None:
    path = put(repo)
    assert json.loads(repo.govern("schemas", "list", "event/order-placed", "--format", "json").out) == {
        "version": 1,
        "subjects": [
            {
                "subject": "event/order-placed",
                "kind": False,
                "default": None,
                "versions": [
                    {"version": "1.0.0", "id": "urn:govern:event/order-placed:1.0.0", "from": "schemas", "path": path}
                ],
            }
        ],
    }


def test_list_knows_the_built_in_kinds(repo: Repo) -> None:
    listed = json.loads(repo.govern("schemas", "list", "--format", "json").out)["subjects"]
    assert {entry["subject"] for entry in listed if entry["kind"]} >= {"agent", "compose", "task"}


@pytest.mark.parametrize(("name", "version"), [("", "2.1.0"), ("@1", "1.1.0"), ("@1.0", "1.0.0"), ("@2.1.0", "2.1.0")])
def test_show_prints_the_highest_version_that_is_meant(repo: Repo, name: str, version: str) -> None:
    paths = {each: put(repo, each) for each in ("1.0.0", "1.1.0", "2.1.0")}
    ran = repo.govern("schemas", "show", f"event/order-placed{name}")
    assert (ran.code, ran.out) == (0, (repo.root / paths[version]).read_text())


# lint


def test_sound_schemas_are_0(repo: Repo) -> None:
    put(repo)
    repo.write("contracts/refund.schema.json", json.dumps({"type": "object"}))
    ran = repo.govern("schemas", "lint")
    assert (ran.code, ran.out, ran.err) == (0, "", "nothing to report: 2 files judged\n")


def test_a_mistake_is_1_at_its_line_and_column(repo: Repo) -> None:
    path = put(repo, required=["id", "totl"], properties={"id": {"type": "string", "default": 1}, "total": {}})
    ran = repo.govern("schemas", "lint")
    lines = (repo.root / path).read_text().splitlines()
    number = next(index for index, line in enumerate(lines, 1) if '"default"' in line)
    assert ran.code == 1
    assert f"{path}:{number}:18: error: default is 1, which its own schema refuses" in ran.out
    assert "warning: totl is required, but no property of that name is declared" in ran.out
    assert "did you mean total?" in repo.govern("schemas", "lint", "--format", "full").out
    assert "1 error, 1 warning in 1 file" in ran.err


def test_warnings_alone_are_0(repo: Repo) -> None:
    put(repo, required=["totl"])
    ran = repo.govern("schemas", "lint")
    assert (ran.code, "warning" in ran.out) == (0, True)


def test_a_schema_that_breaks_its_meta_schema_is_told_so_once(repo: Repo) -> None:
    put(repo, type="objct")
    repo.write("a.schema.json", '{"properties": {"a": {"minLength": "3", "pattern": "["}}}')
    ran = repo.govern("schemas", "lint", "--format", "json")
    findings = json.loads(ran.out)["findings"]
    assert [(finding["rule"], finding["pointer"]) for finding in findings] == [
        ("schemas/meta-schema", "/properties/a/minLength"),
        ("schemas/pattern-invalid", "/properties/a/pattern"),
        ("schemas/meta-schema", "/type"),
    ]
    assert "expected one of array, boolean" in findings[-1]["message"]


@pytest.mark.parametrize(
    ("dialect", "wrong"),
    [
        ("https://json-schema.org/draft/2020-12/schema", []),
        ("http://json-schema.org/draft-07/schema#", []),
        ("https://json-schema.org/draft/2020-13/schema", ["schemas/meta-schema"]),
        ("urn:own:meta", ["schemas/meta-schema"]),
    ],
)
def test_a_dialect_must_be_known(repo: Repo, dialect: str, wrong: list[str]) -> None:
    repo.write("a.schema.json", json.dumps({"$schema": dialect, "type": "string"}))
    assert rules(repo) == wrong


def test_a_file_that_is_no_json_is_a_finding(repo: Repo) -> None:
    repo.write("schemas/order/1.0.0.json", '{"type": }')
    assert rules(repo) == ["json/syntax"]


def test_references_lead_to_other_files_of_the_repository(repo: Repo) -> None:
    put(repo, subject="money", type="integer", properties={}, required=[])
    put(repo, properties={"id": {}, "total": {"$ref": "urn:govern:money:1.0.0"}})
    repo.write("contracts/a.schema.json", json.dumps({"properties": {"b": {"$ref": "b.schema.json#/$defs/b"}}}))
    repo.write("contracts/b.schema.json", json.dumps({"$defs": {"b": {"type": "string"}}}))
    assert [rule for rule in rules(repo) if "ignored" not in rule] == []
    repo.write("contracts/b.schema.json", json.dumps({"$defs": {"c": {"type": "string"}}}))
    assert rules(repo, "contracts") == ["schemas/reference-dangling"]


def test_lint_looks_at_what_is_named_only(repo: Repo) -> None:
    put(repo, required=["totl"])
    path = put(repo, subject="event/refund", required=["totl"])
    for name in ("event/refund", "event/ref*", "event/refund@1", "event/refund@1.0.0", path, "schemas/event/refund"):
        findings = json.loads(repo.govern("schemas", "lint", "--format", "json", name).out)["findings"]
        assert [finding["path"] for finding in findings] == [path], name
    assert rules(repo, "event/*") == ["schemas/required-undeclared"] * 2


def test_a_number_that_promises_too_much_is_a_finding(repo: Repo) -> None:
    put(repo)
    put(repo, "1.1.0", required=["id", "total"])
    ran = repo.govern("schemas", "lint")
    assert ran.code == 1
    assert "schemas/event/order-placed/1.1.0.json:3:10: error:" in ran.out
    assert "it must be called 2.0.0" in ran.out
    assert rules(repo) == ["compat/version-understated"]


def test_a_number_that_is_right_is_none(repo: Repo) -> None:
    put(repo)
    put(repo, "1.1.0", required=[])
    put(repo, "2.0.0", required=["id", "total"])
    assert rules(repo) == []


def test_a_version_without_its_predecessor_is_a_finding(repo: Repo) -> None:
    put(repo)
    put(repo, "1.2.0", required=[])
    assert rules(repo) == ["compat/version-skipped"]


def test_of_a_version_that_is_named_no_other_one_is_judged(repo: Repo) -> None:
    put(repo)
    put(repo, "1.1.0", required=["id"], properties={"id": {"type": "string"}, "note": {"type": "string"}})
    assert repo.govern("schemas", "freeze").code == 0
    put(repo, "1.1.0", properties={"id": {"type": "string"}, "note": {"type": "integer"}})
    for name in ("event/order-placed@1.0.0", "event@1.0", "event/*@1.0"):
        assert rules(repo, name) == []
    for name in ("event/order-placed@1.1.0", "event@1.1", "event/*@1", "event"):
        assert "schemas/frozen-edited" in rules(repo, name)


def test_a_kind_lists_its_subjects(repo: Repo) -> None:
    put(repo)
    put(repo, subject="event/refund")
    listed, below = (repo.govern("schemas", "list", name).out for name in ("event", "event/*"))
    assert [line.split()[0] for line in below.splitlines()] == ["event/order-placed", "event/refund"]
    assert listed.count("1.0.0.json") == 3  # and the envelope, which has the name of the kind
    assert listed.splitlines()[0].startswith("event ")
    assert repo.govern("schemas", "list", "even").code == 2


def test_an_id_that_says_another_version_is_one_finding(repo: Repo) -> None:
    put(repo, **{"$id": "urn:govern:event/order-placed:1.1.0"})
    assert rules(repo) == ["compat/id-mismatched"]
    put(repo, **{"$id": "urn:govern:event/order-placed:1.0.0"})
    assert rules(repo) == []


def test_an_organisation_chooses_the_base_of_its_ids(repo: Repo) -> None:
    put(repo, **{"$id": "https://acme.example/order-placed/1.0.0"})
    assert rules(repo) == []
    put(repo, **{"$id": "https://acme.example/order/1.0.0"})
    assert rules(repo) == ["schemas/id-incomplete"]


def test_severities_and_waivers_of_the_configuration_count(repo: Repo) -> None:
    put(repo, required=["totl"])
    repo.write("govern.toml", '[rules]\n"schemas/required-undeclared" = "error"\n')
    ran = repo.govern("schemas", "lint", "--format", "json")
    (finding,) = json.loads(ran.out)["findings"]
    assert (ran.code, finding["severity"]) == (1, "error")
    repo.write("govern.toml", f'[[waive]]\nid = "{finding["id"]}"\nreason = "cut-over"\n')
    assert rules(repo) == []
    repo.write("govern.toml", f'[[waive]]\nid = "{finding["id"]}"\nreason = "cut-over"\nuntil = 2026-02-09\n')
    assert rules(repo) == ["waive/expired", "schemas/required-undeclared"]


@pytest.mark.parametrize("form", ["concise", "full", "sarif", "github", "gitlab", "junit", "markdown"])
def test_every_format_carries_the_finding(repo: Repo, form: str) -> None:
    put(repo, required=["totl"])
    ran = repo.govern("schemas", "lint", "--format", form)
    assert (ran.code, "totl is required" in ran.out) == (0, True)


def test_a_junit_suite_is_named_after_the_command(repo: Repo) -> None:
    put(repo, required=["totl"])
    for action in (["lint"], ["freeze", "--check"]):
        ran = repo.govern("schemas", *action, "--format", "junit")
        assert f'<testsuite name="govern schemas {action[0]}"' in ran.out
    assert '<testsuite name="govern check"' in repo.govern("check", "--format", "junit").out


def test_our_own_schemas_and_examples_are_sound(repo: Repo) -> None:
    ran = repo.govern("schemas", "lint", cwd=ROOT)
    assert (ran.code, ran.out) == (0, ""), ran
    repo.copy(ACME)
    repo.write("govern.toml", 'schemas = ["src/acme_contracts/schemas"]\n')
    assert rules(repo) == []


# freeze


def test_freezing_records_every_version_and_twice_changes_nothing(repo: Repo) -> None:
    for version in ("1.10.0", "1.9.0"):
        put(repo, version)
    ran = repo.govern("schemas", "freeze")
    assert (ran.code, "froze event/order-placed@1.9.0, event/order-placed@1.10.0" in ran.err) == (0, True)
    assert list(lock(repo)) == ["event/order-placed@1.9.0", "event/order-placed@1.10.0"]
    before = (repo.root / "schemas/govern.lock.json").read_bytes()
    assert repo.govern("schemas", "freeze").code == 0
    assert (repo.root / "schemas/govern.lock.json").read_bytes() == before


def test_what_is_named_is_frozen_and_nothing_else(repo: Repo) -> None:
    put(repo)
    put(repo, subject="event/refund")
    repo.govern("schemas", "freeze", "event/refund")
    assert list(lock(repo)) == ["event/refund@1.0.0"]


@pytest.mark.parametrize("command", [["freeze", "--check"], ["freeze"], ["lint"]])
def test_an_edit_of_a_frozen_version_is_an_error(repo: Repo, command: list[str]) -> None:
    path = put(repo)
    repo.govern("schemas", "freeze")
    frozen = lock(repo)
    put(repo, title="Order", properties={"id": {"type": "string", "description": "Its number."}, "total": {"type": "integer", "minimum": 0}})  # fmt: skip
    assert repo.govern("schemas", *command).code == 0  # annotations may be mended
    put(repo, required=[])
    ran = repo.govern("schemas", *command)
    assert (ran.code, ran.out.count("schemas/frozen-edited"), f"{path}:3:10: error:" in ran.out) == (1, 1, True)
    assert lock(repo) == frozen
    assert repo.govern("schemas", *command, "--exit-zero").code == 0


def test_a_frozen_version_may_not_go(repo: Repo) -> None:
    path = put(repo)
    put(repo, "1.1.0", required=[])
    repo.govern("schemas", "freeze")
    (repo.root / path).unlink()
    ran = repo.govern("schemas", "freeze", "--check")
    assert (ran.code, "schemas/govern.lock.json:2:3: error:" in ran.out) == (1, True)


def test_a_new_version_is_no_edit(repo: Repo) -> None:
    put(repo)
    repo.govern("schemas", "freeze")
    put(repo, "1.1.0", required=[])
    assert repo.govern("schemas", "freeze", "--check").code == 0
    assert list(lock(repo)) == ["event/order-placed@1.0.0"]


def test_a_lock_that_cannot_be_read_is_never_overwritten(repo: Repo) -> None:
    put(repo)
    repo.write("schemas/govern.lock.json", "{]")
    ran = repo.govern("schemas", "freeze")
    assert (ran.code, (repo.root / "schemas/govern.lock.json").read_text()) == (1, "{]")


def test_every_schemas_folder_has_its_own_lock(repo: Repo) -> None:
    repo.write("govern.toml", 'schemas = ["schemas", "contracts"]\n')
    put(repo)
    repo.write("contracts/refund/1.0.0.json", json.dumps(order(subject="refund")))
    repo.govern("schemas", "freeze")
    assert list(lock(repo)) == ["event/order-placed@1.0.0"]
    assert list(json.loads((repo.root / "contracts/govern.lock.json").read_text())) == ["refund@1.0.0"]


def test_nothing_to_freeze_writes_nothing(repo: Repo) -> None:
    repo.write("README.md", "# Hello\n")
    assert repo.govern("schemas", "freeze").code == 0
    assert not (repo.root / "schemas").exists()


# export


def test_vscode_settings_name_files_that_exist(repo: Repo) -> None:
    repo.write("schemas/event/kind.yaml", 'kind: event\ntitle: Events\nreader: yaml\ndefault: 1\nfiles:\n  - glob: "events/*.yaml"\n')  # fmt: skip
    put(repo, subject="event")
    made = json.loads(repo.govern("schemas", "export", "vscode").out)
    assert made["yaml.schemas"]["./schemas/event/1.0.0.json"] == ["events/*.yaml"]
    compose = next(url for url in made["yaml.schemas"] if url.endswith("/compose/1.0.0.json"))
    assert compose.startswith("file:///")
    assert not any("task" in url for url in made["yaml.schemas"])  # markdown


def test_the_catalog_is_one_of_schemastore(repo: Repo) -> None:
    made = json.loads(repo.govern("schemas", "export", "catalog", "--base-url", "https://shop.example/schemas/").out)
    # the required part of https://json.schemastore.org/schema-catalog.json
    entry = {
        "type": "object",
        "required": ["name", "description", "url"],
        "properties": {
            "name": {"type": "string"},
            "description": {"type": "string"},
            "fileMatch": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
            "url": {"type": "string", "pattern": "^https://"},
            "versions": {"type": "object", "additionalProperties": {"type": "string", "pattern": "^https://"}},
        },
        "additionalProperties": False,
    }
    jsonschema.validate(made, {"properties": {"version": {"const": 1}, "schemas": {"items": entry, "minItems": 1}}, "required": ["version", "schemas"]})  # fmt: skip
    assert "https://shop.example/schemas/compose/1.0.0.json" in [each["url"] for each in made["schemas"]]
