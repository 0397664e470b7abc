"""Every file of examples/ is a test: two repositories pass, one has a mistake of every kind, one is a package.

UPDATE_TRANSCRIPTS=1 writes the transcript anew: read the diff.
"""

import json
import os
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from govern.catalogue import catalogue
from govern.registry import Registry
from govern.workspace.shelves import built_in
from tests.repo import ACME, EXAMPLES, ROOT, Repo, execute

# Rules that no readable table can show: tests/cli/test_odd_files.py and tests/cli/test_check.py break them.
ELSEWHERE = {
    "file/not-utf8",  # its text is no text
    "file/more-findings",  # takes more than a hundred of them: tests/cli/test_jsonl.py
    "file/too-large",
    "file/unreadable",  # links and pipes
    "frontmatter/missing",  # needs --as: without it such a file is nobody's
    "yaml/too-deep",
    "yaml/too-large",
    "yaml/too-many-values",
    "schema/other",  # for keywords that a later validator may bring; today none leads here
}
OF_SCHEMAS = ("compat/", "schemas/")  # broken by tests of their own, as a version has to change for that
LEDGER = "nothing to report: 28 files judged, 14 skipped\n"  # what a sound ledger-service says
OF_RENDERING = "render/"  # broken by tests/cli/test_render_rules.py, case by case
TRANSCRIPT = ROOT / "tests" / "transcripts" / "broken-service.txt"
RULE_CASES = ROOT / "tests" / "cases" / "rules.yaml"


@pytest.fixture
def ledger(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.syspath_prepend(ACME / "src")
    repo.copy(EXAMPLES / "ledger-service")
    return repo


def test_the_service_repository_has_nothing_to_report(ledger: Repo) -> None:
    ran = ledger.govern("check", "--format", "full")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == LEDGER


def test_its_references_hold(ledger: Repo) -> None:
    assert ledger.govern("check", "--references").code == 0


def test_its_rendered_agent_is_in_step_with_the_template_of_the_package(ledger: Repo) -> None:
    ran = ledger.govern("render", "--check")
    assert ran.err.endswith("nothing to report: 1 file as rendered\n"), ran
    text = (ledger.root / ".claude/agents/refund-reviewer.md").read_text()
    ledger.write(".claude/agents/refund-reviewer.md", text.replace("twice?", "two times?"))
    assert "[render/drift-edited]" in ledger.govern("render", "--check").out


def test_it_has_nothing_to_mend(ledger: Repo) -> None:
    assert ledger.govern("check", "--diff").out == ""


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        ("service.yaml", "tier: 1", "tier: 4", "schema/range"),
        ("service.yaml", "runbook: docs/runbook.md\n", "", "schema/missing-key"),
        ("service.yaml", "path: /v1/postings", "paht: /v1/postings", "schema/unknown-key"),
        ("service.yaml", "team: core-ledger", "team: core", "service/team-unknown"),
        ("CHANGES/partition-postings.md", "rollback: ./migrate down --to 41\n", "", "schema/missing-key"),
        ("CHANGES/partition-postings.md", "status: proposed", "status: started", "schema/enum"),
        ("CHANGES/partition-postings.md", "approved_by: [ines, tomasz]", "approved_by: [ines, ines]", "schema/items"),
        ("posting-rules/refund.yaml", '"4410"', "4410", "schema/type"),
        ("docs/runbook.md", "## Whom to wake", "## Whom to call", "schema/section-missing"),
        ("docs/runbook.md", "1. For the books", "- For the books", "schema/missing-key"),
        ("docs/runbook.md", "last_tried: '2026-01-19'", "last_tried: last week", "schema/format"),
        ("schemas/runbook/example.md", "## What you see", "## What you hear", "schema/section-missing"),
        ("schemas/runbook/kind.yaml", "docs/runbooks/*.md", "docs/runbooks/{a,b.md", "kind/glob-invalid"),
        ("TASKS/billing/fee-rounding.md", "service: ledger", "service: leger", "task/service-unknown"),
        ("TASKS/billing/fee-rounding.md", "owner_team: core-ledger", "owner_team: core", "task/owner_team-unknown"),
        ("TASKS/billing/refund-idempotency.md", "ADR-0012", "ADR-0013", "task/related-unresolved"),
        ("deploy/events.yaml", "restart:", "restrat:", "schema/unknown-key"),
        ("compose.override.yaml", "5432:5432", "8080:5432", "compose/port-taken"),
    ],
)
def test_one_slip_in_it_is_found(ledger: Repo, path: str, old: str, new: str, rule: str) -> None:
    text = (ledger.root / path).read_text()
    assert old in text
    ledger.write(path, text.replace(old, new))
    assert rule in ledger.rules(path if not path.startswith("schemas/") else "schemas/runbook/kind.yaml")


def test_without_the_package_it_says_what_is_missing_and_judges_the_rest(repo: Repo) -> None:
    repo.copy(EXAMPLES / "ledger-service")
    ran = execute([sys.executable, "-m", "govern.cli.main", "check"], repo.root, check=False)
    assert ran.code == 1
    assert ran.out == (
        "govern.toml:2:23: error: there are no schemas in package:acme_contracts: no such package is installed "
        "[config/schemas-missing]\n"
    )


def test_the_package_carries_its_schemas_when_it_is_installed(repo: Repo, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        site,
        ACME,
    ]
    execute(pip, tmp_path)
    repo.copy(EXAMPLES / "ledger-service")
    ran = execute([sys.executable, "-m", "govern.cli.main", "check"], repo.root, env={"PYTHONPATH": str(site)})
    assert ran.err == LEDGER


def test_the_package_is_data_and_its_own_documents_pass(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ACME / "src")
    assert not list((ACME / "src" / "acme_contracts" / "schemas").rglob("*.py"))
    repo.copy(ACME)
    repo.write("govern.toml", 'schemas = ["package:acme_contracts"]\n')
    assert repo.rules() == []
    schemas = repo.root / "src" / "acme_contracts" / "schemas"
    assert repo.rules("--as", "service", str(schemas / "service" / "example.yaml")) == []
    assert repo.rules("--as", "change", str(schemas / "change" / "example.md")) == []


ORDER = "schemas/event/order-placed"


@pytest.fixture
def events(repo: Repo) -> Repo:
    """The repository of events on a branch, all that it holds published on main."""
    repo.copy(EXAMPLES / "acme-events")
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "feature")
    return repo


def test_the_events_have_nothing_to_report(events: Repo) -> None:
    assert events.govern("schemas", "lint").err == "nothing to report: 5 files judged\n"
    assert events.govern("schemas", "freeze", "--check").code == 0
    assert events.govern("check").err == "nothing to report: 20 files judged, 4 skipped\n"
    assert events.govern("check", "--references").code == 0
    assert events.govern("compat").code == 0


def test_the_events_came_about_without_breaking_anybody_under_a_number_that_hides_it(repo: Repo) -> None:
    repo.copy(EXAMPLES / "acme-events")
    for version in ("1.1.0", "2.0.0"):
        repo.git("rm", "--quiet", "--cached", f"{ORDER}/{version}.json")
        (repo.root / ORDER / f"{version}.json").unlink()
    repo.commit()
    said = []
    for version in ("1.1.0", "2.0.0"):
        repo.write(f"{ORDER}/{version}.json", (EXAMPLES / "acme-events" / ORDER / f"{version}.json").read_bytes())
        ran = repo.govern("compat", "--format", "json")
        comparison = json.loads(ran.out)["comparisons"][0]
        assert (ran.code, comparison["new"]) == (0, f"event/order-placed@{version}")
        said.append((comparison["mode"], comparison["verdict"], comparison["required_bump"]))
        repo.commit()
    assert said == [("full-transitive", "compatible", "minor"), ("full-transitive", "breaking", "major")]


def test_the_example_of_an_event_is_one_under_all_its_versions() -> None:
    folder = EXAMPLES / "acme-events" / ORDER
    example = json.loads((folder / "example.json").read_text())
    for version in folder.glob("[0-9]*.json"):
        jsonschema.validate(example, json.loads(version.read_text()))


@pytest.mark.parametrize(
    ("old", "new", "rule", "becomes"),
    [
        ('"web", "app"', '"web"', "compat/enum-narrowed", "3.0.0"),
        ('"web", "app"', '"web", "app", "kiosk"', "compat/enum-widened", "3.0.0"),  # for who has not upgraded
        ('"required": ["id", "lines"]', '"required": ["id", "lines", "channel"]', "compat/property-required", "3.0.0"),
        ('"format": "date"', '"format": "date-time"', "compat/format-changed", "3.0.0"),
        ('"minimum": 1', '"minimum": 0', "compat/bound-loosened", "3.0.0"),
        (
            '"properties": {\n    "id"',
            '"properties": {\n    "note": {"type": "string"},\n    "id"',
            "compat/published-edited",
            "2.1.0",
        ),
        ("How many of it.", "How many of it were ordered.", "", "2.0.1"),
    ],
)
def test_one_edit_of_an_event_is_found_and_gets_its_number(
    events: Repo, old: str, new: str, rule: str, becomes: str
) -> None:
    text = (events.root / ORDER / "2.0.0.json").read_text()
    assert old in text
    events.write(f"{ORDER}/2.0.0.json", text.replace(old, new))
    ran = events.govern("compat")
    assert (ran.code, rule in ran.out) == (int(bool(rule)), True)
    assert events.govern("compat", "--bump").code == 0
    assert events.git("status", "--short").out.split()[-1] == f"{ORDER}/{becomes}.json"
    assert (events.root / ORDER / "2.0.0.json").read_text() == text


def test_the_readme_of_the_events_says_how_to_see_the_order_that_2_refuses(events: Repo) -> None:
    ran = events.govern("compat", "event/order-placed", "--against", "version:1.1")
    assert ran.code == 0
    assert 'witness: {"channel": "phone"' in ran.out


def test_the_events_are_guarded_by_hooks_that_we_offer() -> None:
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    config = yaml.safe_load((EXAMPLES / "acme-events" / ".pre-commit-config.yaml").read_text())
    assert {hook["id"] for repository in config["repos"] for hook in repository["hooks"]} <= offered


@pytest.fixture
def broken(repo: Repo) -> Repo:
    repo.copy(EXAMPLES / "broken-service")
    return repo


def test_the_broken_repository_is_reported_as_its_transcript_says(broken: Repo) -> None:
    ran = broken.govern("check", "--format", "full")
    assert ran.code == 1
    report = ran.out + "\n" + ran.err
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        TRANSCRIPT.write_text(report)
    assert report == TRANSCRIPT.read_text()


def test_every_file_of_it_is_wrong_but_for_the_two_that_explain_and_claim(broken: Repo) -> None:
    right = {"README.md", "schemas/runbook/kind.yaml", "runbooks/schema-is-broken.md"}
    assert {finding["path"] for finding in broken.findings()} == set(broken.git("ls-files").out.split()) - right


def test_what_is_certain_in_it_is_mended_and_the_rest_stays(broken: Repo) -> None:
    fixable = [finding["id"] for finding in broken.findings() if finding["fixable"]]
    before = {finding["id"] for finding in broken.findings()}
    assert len(fixable) >= 8
    broken.govern("check", "--fix")
    assert not set(fixable) & {finding["id"] for finding in broken.findings()}
    assert {finding["id"] for finding in broken.findings()} < before


def test_every_rule_is_shown_by_an_example_or_a_case(broken: Repo) -> None:
    seen = {finding["rule"] for finding in broken.findings()}
    for path in (ROOT / "tests" / "cases" / "check").glob("*.yaml"):
        content = yaml.safe_load(path.read_text())
        seen |= {finding.split()[1] for case in content["wrong"].values() for finding in case["finds"]}
    seen |= set(yaml.safe_load(RULE_CASES.read_text()))
    registry = Registry([built_in()])
    vocabularies = {f"{kind.name}/{field}-unknown" for kind in registry.kinds.values() for field in kind.vocabulary}
    expected = {rule for rule in catalogue(registry.kinds.values()) if not rule.startswith(OF_RENDERING)} - vocabularies
    of_schemas = {rule for rule in expected if rule.startswith(OF_SCHEMAS)}
    assert {
        rule for rule in seen - vocabularies if not rule.startswith(OF_SCHEMAS)
    } | ELSEWHERE == expected - of_schemas
    assert not seen & ELSEWHERE
    assert seen & vocabularies


def test_every_rule_about_schemas_is_expected_by_some_test() -> None:
    tests = [*(ROOT / "tests/compat").glob("*.py"), *(ROOT / "tests/cli").glob("*.py")]
    tests += (ROOT / "tests/cases/compat").rglob("*.yaml")
    told = "\n".join(path.read_text("utf-8") for path in tests)
    rules = [rule for rule in catalogue() if rule.startswith(OF_SCHEMAS)]
    assert rules
    assert not [rule for rule in rules if rule not in told]


@pytest.mark.parametrize("rule", sorted(yaml.safe_load(RULE_CASES.read_text())))
def test_a_rule_is_broken_by_its_case_and_not_by_the_nearest_one(repo: Repo, tmp_path: Path, rule: str) -> None:
    case = yaml.safe_load(RULE_CASES.read_text())[rule]
    near = Repo(tmp_path / "near")
    for path, text in case["wrong"].items():
        repo.write(path, text)
    for path, text in case["right"].items():
        near.write(path, text)
    assert rule in repo.rules()
    assert rule not in near.rules()
