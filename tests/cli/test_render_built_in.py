"""The built-in templates: each passes its kind's schema and rules when it is filled with the example values."""

import json
from typing import Any

import pytest
import yaml

from govern.registry import Registry
from govern.workspace.shelves import built_in
from govern.workspace.templates import Library
from tests.repo import ROOT, Repo

REGISTRY = Registry([built_in()])
LIBRARY = Library(REGISTRY.shelves)
PLACES = {
    "agent/specialist": ".claude/agents/migration-reviewer.md",
    "compose/agent-service": "compose.yaml",
    "domain-agent/domain": "domain-agents/notifications.md",
    "domain-agent/infrastructure": "domain-agents/infrastructure.md",
    "event-type/event": "schemas/event/order-shipped/event.yaml",
    "task/task": "TASKS/billing/refund-idempotency.md",
}
FOLDERS = {"event-type/event"}
VERSIONS = [(subject, version) for subject in LIBRARY.subjects() for version in LIBRARY.versions(subject)]


def examples(subject: str, version: tuple[int, int, int]) -> dict[str, Any]:
    manifest = LIBRARY.open(subject, version).manifest
    assert manifest is not None
    holes = yaml.safe_load(manifest.data)["holes"]
    return {name: hole["example"] for name, hole in holes.items() if "example" in hole}


def test_every_template_has_a_place_here() -> None:
    assert set(PLACES) == set(LIBRARY.subjects())


@pytest.mark.parametrize(("subject", "version"), VERSIONS)
def test_it_passes_when_filled_with_its_examples(repo: Repo, subject: str, version: tuple[int, int, int]) -> None:
    repo.write("values.json", json.dumps(examples(subject, version)))
    name = f"{subject}@{'.'.join(map(str, version))}"
    to = PLACES[subject].rpartition("/")[0] if subject in FOLDERS else PLACES[subject]
    ran = repo.govern("render", name, "--to", to, "--values", "values.json")
    assert (ran.code, ran.out) == (0, ""), ran
    repo.git("add", "--all")
    assert repo.rules() == []
    text = (repo.root / PLACES[subject]).read_text("utf-8")
    assert "<<" not in text
    assert repo.govern("explain", PLACES[subject]).out.startswith(
        f"{PLACES[subject]} is a document of the kind {subject.partition('/')[0]}"
    )


@pytest.mark.parametrize(("subject", "version"), VERSIONS)
def test_its_manifest_says_what_every_hole_is(subject: str, version: tuple[int, int, int]) -> None:
    manifest = LIBRARY.open(subject, version).manifest
    assert manifest is not None
    for hole in yaml.safe_load(manifest.data)["holes"].values():
        assert hole["description"]
        assert "example" in hole or "default" in hole or hole.get("required") is False


def test_a_new_event_is_judged_with_its_schema_before_either_is_written(repo: Repo) -> None:
    given = ["NAME=order-shipped", "TITLE=An order was shipped", "OWNER=fulfilment", "PRODUCER=warehouse"]
    words = [word for value in [*given, "ORGANISATION=acme"] for word in ("--set", value)]
    assert repo.govern("render", "event-type/event", "--to", "schemas/event/order-shipped", *words).code == 0
    repo.git("add", "--all")
    assert repo.rules() == []
    assert repo.govern("schemas", "lint").code == 0
    assert repo.govern("check", "-v").err.count("is judged by event-type@1.0.0") == 1
    refused = repo.govern("render", "event-type/event", "--to", "schemas/event/order-ship", *words)
    assert (refused.code, "event/" in refused.out) == (1, True)  # the folder has another name than the schema
    assert not (repo.root / "schemas/event/order-ship").exists()


def test_a_repository_judges_its_manifests_and_not_its_templates(repo: Repo) -> None:
    repo.copy(ROOT / "schemas" / "agent" / "templates")
    for path in sorted(repo.root.rglob("1.0.0*")):
        repo.write(f"schemas/agent/templates/{path.relative_to(repo.root).as_posix()}", path.read_bytes())
    base = "schemas/agent/templates/specialist/1.0.0"
    assert repo.rules() == []
    assert "no document" in repo.govern("explain", f"{base}.md").out
    assert "the kind template" in repo.govern("explain", f"{base}.template.yaml").out
    repo.write(f"{base}.template.yaml", "holes: {NAME: {tpye: string}}\n")
    assert repo.rules() == ["schema/unknown-key"]


def test_the_compose_template_is_a_service_that_scales(repo: Repo) -> None:
    repo.write("values.json", json.dumps({"SERVICE": "a", "IMAGE": "b:1", "REPLICAS": 5}))
    assert repo.govern("render", "compose/agent-service", "--to", "compose.yaml", "--values", "values.json").code == 0
    value = yaml.safe_load((repo.root / "compose.yaml").read_text())
    service = value["services"]["a"]
    assert (service["deploy"]["replicas"], service["networks"], value["volumes"]["state"]) == (
        5,
        ["agents"],
        {"name": "a-state"},
    )
    assert service["deploy"]["resources"]["limits"] == {"cpus": "1.0", "memory": "512m"}
