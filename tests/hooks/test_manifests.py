"""What pre-commit reads at our root: the hooks we offer, and the checks we run on ourselves."""

import sys
from pathlib import Path

import yaml

from tests.repo import EXAMPLES, ROOT, execute

PRE_COMMIT = Path(sys.executable).parent / "pre-commit"


def test_the_hooks_that_we_offer_are_valid() -> None:
    execute([PRE_COMMIT, "validate-manifest", ".pre-commit-hooks.yaml"], ROOT)


def test_our_own_checks_and_those_of_the_example_are_valid() -> None:
    execute([PRE_COMMIT, "validate-config", ".pre-commit-config.yaml"], ROOT)
    execute([PRE_COMMIT, "validate-config", ".pre-commit-config.yaml"], EXAMPLES / "ledger-service")


def test_the_example_and_the_readme_name_hooks_that_we_offer() -> None:
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    config = yaml.safe_load((EXAMPLES / "ledger-service" / ".pre-commit-config.yaml").read_text())
    assert {hook["id"] for hook in config["repos"][0]["hooks"]} == offered
    readme = (ROOT / "hooks" / "README.md").read_text()
    snippet = yaml.safe_load("repos:\n" + readme.partition("```yaml\n")[2].partition("```")[0])
    assert {hook["id"] for hook in snippet["repos"][0]["hooks"]} == offered


def test_the_checks_we_run_on_ourselves_are_the_hooks_we_offer() -> None:
    offered = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    own = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    for hook in own:
        if hook["id"] in offered:
            ours, theirs = dict(hook), dict(offered[hook["id"]])
            assert ours.pop("entry") == ".venv/bin/" + theirs.pop("entry")
            assert (ours.pop("language"), theirs.pop("language")) == ("system", "python")
            theirs.pop("description")
            assert ours == theirs


def test_the_ci_recipes_are_yaml_and_call_govern() -> None:
    github = yaml.safe_load((ROOT / "hooks" / "github-actions.yml").read_text())
    assert github["jobs"]["documents"]["steps"][-1]["run"].startswith("govern check")
    gitlab = yaml.safe_load((ROOT / "hooks" / "gitlab-ci.yml").read_text())
    assert all(line.startswith("govern check ") for line in gitlab["govern"]["script"])
    assert gitlab["govern"]["artifacts"]["reports"]["codequality"] in gitlab["govern"]["script"][0]
