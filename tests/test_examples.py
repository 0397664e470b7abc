"""Every file of examples/ is a test: one repository passes, one has a mistake of every kind, one is a package.

UPDATE_TRANSCRIPTS=1 writes the transcript anew: read the diff.
"""

import os
import sys
from pathlib import Path

import pytest
import yaml

from govern.catalogue import catalogue
from govern.registry import Registry
from govern.workspace.shelves import built_in
from tests.repo import ACME, EXAMPLES, ROOT, Repo, execute

# Rules that no readable table can show: tests/cli/test_odd_files.py and tests/cli/test_check.py break them.
ELSEWHERE = {
    "file/not-utf8",  # its text is no text
    "file/too-large",
    "file/unreadable",  # links and pipes
    "frontmatter/missing",  # needs --as: without it such a file is nobody's
    "yaml/too-deep",
    "yaml/too-large",
    "yaml/too-many-values",
    "schema/other",  # for keywords that a later validator may bring; today none leads here
}
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
    assert ran.err == "nothing to report: 16 files judged, 8 skipped\n"


def test_its_references_hold(ledger: Repo) -> None:
    assert ledger.govern("check", "--references").code == 0


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
    assert rule in ledger.rules(path)


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
    assert ran.err == "nothing to report: 16 files judged, 8 skipped\n"


def test_the_package_is_data_and_its_own_documents_pass(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ACME / "src")
    assert not list((ACME / "src" / "acme_contracts" / "schemas").rglob("*.py"))
    repo.copy(ACME)
    repo.write("govern.toml", 'schemas = ["package:acme_contracts"]\n')
    assert repo.rules() == []
    schemas = repo.root / "src" / "acme_contracts" / "schemas"
    assert repo.rules("--as", "service", str(schemas / "service" / "example.yaml")) == []
    assert repo.rules("--as", "change", str(schemas / "change" / "example.md")) == []


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
    expected = set(catalogue(registry.kinds.values())) - vocabularies
    assert (seen - vocabularies) | ELSEWHERE == expected
    assert not seen & ELSEWHERE
    assert seen & vocabularies


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
