"""Every rule about templates, broken by a case and not by the nearest one: tests/cases/render.yaml."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from govern.catalogue import catalogue
from tests.repo import ROOT, Repo

CASES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "cases" / "render.yaml").read_text("utf-8"))


def found(repo: Repo, case: dict[str, Any], which: str) -> list[str]:
    for path, text in case.get("first", {}).items():
        repo.write(path, text)
    if "before" in case:
        assert repo.govern(*case["before"].split()).code == 0
    for path, text in case[which].items():
        repo.write(path, text)
    ran = repo.govern(*case["run"].split(), "--format", "json")
    assert ran.code in (0, 1), ran
    return [finding["rule"] for finding in json.loads(ran.out)["findings"]]


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_rule_is_broken_by_its_case_and_not_by_the_nearest_one(repo: Repo, tmp_path: Path, rule: str) -> None:
    assert found(repo, CASES[rule], "wrong") == [rule]
    assert rule not in found(Repo(tmp_path / "near"), CASES[rule], "right")


def test_every_rule_about_templates_has_a_case() -> None:
    assert {rule for rule in catalogue() if rule.startswith("render/")} == set(CASES)
