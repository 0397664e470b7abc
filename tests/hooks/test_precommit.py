"""The real pre-commit, with this checkout as the repository of hooks, against throw-away service repositories."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.repo import ACME, EXAMPLES, ROOT, Ran, Repo, execute, task

PRE_COMMIT = Path(sys.executable).parent / "pre-commit"


@pytest.fixture(scope="session")
def offered(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """This checkout as it is now, committed in a repository of its own."""
    hooks = Repo(tmp_path_factory.mktemp("offered") / "govern")
    names = execute(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT).out.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (hooks.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, hooks.root / name)
    hooks.git("add", "--all")
    hooks.commit()
    return hooks


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: made once, for all tests."""
    return tmp_path_factory.mktemp("pre-commit")


class Service(Repo):
    """The example service repository with pre-commit installed; `commit` runs the hooks."""

    def __init__(self, root: Path, offered: Repo, home: Path) -> None:
        super().__init__(root)
        self.home = {"PRE_COMMIT_HOME": str(home)}
        self.copy(EXAMPLES / "ledger-service")
        config = (root / ".pre-commit-config.yaml").read_text()
        config = config.replace("https://git.example.com/platform/govern", str(offered.root))
        config = config.replace("v0.1.0", offered.git("rev-parse", "HEAD").out.strip())
        self.write(".pre-commit-config.yaml", config.replace("acme-contracts==3.2.0", str(ACME)))
        self.git("commit", "--quiet", "--no-verify", "--message", "start")
        execute([PRE_COMMIT, "install"], root, env=self.home)

    def committed(self, *arguments: str) -> Ran:
        """Commit with the hooks on."""
        return self.git("commit", "--message", "change", *arguments, check=False, env=self.home)


@pytest.fixture
def service(tmp_path: Path, offered: Repo, home: Path) -> Service:
    return Service(tmp_path / "service", offered, home)


def test_the_example_passes_as_a_whole(service: Service) -> None:
    ran = execute([PRE_COMMIT, "run", "--all-files"], service.root, env=service.home, check=False)
    assert ran.code == 0, ran.out
    assert ran.out.count("Passed") == 4


def test_a_good_commit_passes(service: Service) -> None:
    service.write("TASKS/billing/payouts.md", task("payouts", related="[refund-idempotency]"))
    assert service.committed().code == 0


def test_a_bad_commit_is_refused_with_the_finding_on_screen(service: Service) -> None:
    service.write("TASKS/billing/payouts.md", task("payouts", status="in-progress"))
    ran = service.committed()
    assert ran.code == 1
    said = ran.out + ran.err
    assert 'TASKS/billing/payouts.md:4:9: error: status is "in-progress", expected one of proposed, ' in said
    assert (
        "  4 | status: in-progress\n    |         ^^^^^^^^^^^\n  fix: write in_progress (govern check --fix does it)\n"
        in said
    )
    assert service.git("log", "--oneline").out.count("\n") == 1


def test_the_schemas_of_the_organisation_judge(service: Service) -> None:
    descriptor = (service.root / "service.yaml").read_text()
    service.write("service.yaml", descriptor.replace("tier: 1", "tier: 7"))
    ran = service.committed()
    assert ran.code == 1
    assert "service.yaml:3:7: error: tier is 7, expected at most 3 [schema/range]" in ran.out + ran.err


def test_deleting_a_file_that_others_refer_to_is_refused(service: Service) -> None:
    service.git("rm", "--quiet", "TASKS/billing/fee-rounding.md")
    ran = service.committed()
    assert ran.code == 1
    said = ran.out + ran.err
    assert "TASKS/billing/refund-idempotency.md:16:5: error: fee-rounding is neither a task nor a tracked file" in said


def test_deleting_a_file_that_nobody_refers_to_passes(service: Service) -> None:
    service.git("rm", "--quiet", "posting-rules/card-fee.yaml")
    assert service.committed().code == 0


def test_renaming_a_file_that_others_refer_to_is_refused(service: Service) -> None:
    service.git("mv", "docs/adr/ADR-0012-idempotency-keys.md", "docs/adr/keys.md")
    assert service.committed().code == 0  # the id is in the front matter, not in the name
    service.git("mv", "TASKS/billing/fee-rounding.md", "TASKS/billing/rounding.md")
    ran = service.committed()
    assert ran.code == 1
    assert "id is fee-rounding, but the file is rounding.md" in ran.out + ran.err


@pytest.mark.parametrize("name", ["two words", "it's", 'a "quoted" one', "-dash", "--all", "grün", "a\nb", "$(id)"])
def test_file_names_of_every_sort_are_judged(service: Service, name: str) -> None:
    service.write(f"TASKS/billing/{name}.md", task("payouts", status="in-progress"))
    ran = service.committed()
    assert ran.code == 1
    assert "[schema/enum]" in ran.out + ran.err


def test_an_untracked_file_does_not_hide_a_broken_reference(service: Service) -> None:
    service.untracked("TASKS/billing/payouts.md", task("payouts"))
    service.write("TASKS/billing/payins.md", task("payins", related="[payouts]"))
    ran = service.committed()
    assert ran.code == 1
    assert "payouts is neither a task nor a tracked file" in ran.out + ran.err


def test_an_unstaged_fix_does_not_hide_a_staged_mistake(service: Service) -> None:
    service.write("TASKS/billing/payouts.md", task("payouts", status="in-progress"))
    service.untracked("TASKS/billing/payouts.md", task("payouts", status="in_progress"))
    ran = service.committed()
    assert ran.code == 1
    assert "[schema/enum]" in ran.out + ran.err
    assert (service.root / "TASKS/billing/payouts.md").read_text() == task("payouts", status="in_progress")


def test_an_unstaged_mistake_does_not_stop_a_good_commit(service: Service) -> None:
    service.write("TASKS/billing/payouts.md", task("payouts"))
    service.untracked("TASKS/billing/payouts.md", task("payouts", status="in-progress"))
    assert service.committed().code == 0


def test_a_commit_of_source_code_only_takes_the_cheap_path(service: Service) -> None:
    service.untracked("TASKS/billing/fee-rounding.md", task("broken-but-not-staged"))
    service.write("src/ledger.py", "print('hello')\n")
    ran = service.committed()
    assert ran.code == 0
    said = (ran.out + ran.err).splitlines()
    assert [line.rpartition(".")[2] for line in said if line.startswith("govern check")] == [
        "(no files to check)Skipped"
    ]
    for name in ("govern references", "govern compat"):
        assert [line.rpartition(".")[2] for line in said if line.startswith(name)] == ["Passed"]


def test_a_schema_that_breaks_its_consumers_is_refused_with_a_value_that_proves_it(service: Service) -> None:
    def contract(kind: str) -> str:
        return json.dumps({"type": "object", "properties": {"total": {"type": kind}}})

    service.write("contracts/order.schema.json", contract("integer"))
    assert service.committed().code == 0
    service.write("contracts/order.schema.json", contract("string"))
    service.untracked("contracts/order.schema.json", contract("number"))
    ran = service.committed()
    assert ran.code == 1
    said = ran.out + ran.err
    assert "contracts/order, edited: breaking (backward)" in said
    assert 'witness:  {"total": 0} is fine by the old version and refused by the new one' in said
    service.write("contracts/order.schema.json", contract("number"))
    assert service.committed().code == 0


def test_deleting_a_schema_is_refused(service: Service) -> None:
    service.write("contracts/order.schema.json", "{}")
    assert service.committed().code == 0
    service.git("rm", "--quiet", "contracts/order.schema.json")
    ran = service.committed()
    assert ran.code == 1
    assert "contracts/order is published, and its file is gone" in ran.out + ran.err
