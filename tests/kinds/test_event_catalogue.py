"""The catalogue: descriptors, examples, names, owners, and who must not break."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from govern.kinds.event.owners import entries, is_owned
from govern.kinds.event.tense import last_word, meant
from tests.repo import EXAMPLES, Repo

ORDER = "schemas/event/order-placed"
DESCRIPTOR: dict[str, Any] = {"description": "Sent once.", "owner": "checkout", "producers": ["checkout-api"]}


def schema(name: str, version: str, **more: Any) -> str:
    return json.dumps({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://acme.example/event/{name}/{version}",
        "type": "object",
        "properties": {"order": {"type": "string"}},
        "required": ["order"],
        **more,
    })  # fmt: skip


@pytest.fixture
def events(repo: Repo) -> Repo:
    for version in ("1.0.0", "2.0.0"):
        repo.write(f"{ORDER}/{version}.json", schema("order-placed", version))
    repo.write(f"{ORDER}/event.yaml", yaml.safe_dump(DESCRIPTOR))
    return repo


def described(repo: Repo, path: str = f"{ORDER}/event.yaml", **fields: Any) -> list[str]:
    repo.write(path, yaml.safe_dump(DESCRIPTOR | fields))
    return [f"{found['rule']} {found['pointer']}" for found in repo.findings() if found["path"] == path]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"owner": ""}, ["event/owner-missing /owner"]),
        ({"owner": None}, ["event/owner-missing /owner"]),
        ({"producers": []}, ["event/producer-missing /producers"]),
        ({"producers": [{"service": "checkout-api", "since": "2026-01-01"}]}, []),
        ({"description": None}, ["schema/type /description"]),
        ({"name": "order-placed"}, []),
        ({"name": "order.placed"}, []),
        ({"name": "order-paid"}, ["event/name-mismatched /name"]),
        ({"topic": "shop.order.placed.v2"}, []),
        ({"topic": "Shop.Order.placed.v2"}, ["event/topic-malformed /topic"]),
        ({"topic": "shop..placed"}, ["event/topic-malformed /topic"]),
        ({"topic": "shop.order.placed.v7"}, ["event/version-unknown /topic"]),
        ({"topic": "shop.order.create.v1"}, ["event/not-past-tense /topic"]),
        ({"topic": "shop.order.create.command.v1"}, []),
        ({"versions": [1, "2.0.0", {"version": "v2"}]}, []),
        ({"versions": [1, 3, {"version": 4}]}, ["event/version-unknown /versions/1", "event/version-unknown /versions/2"]),
        ({"compatibility": "FULL_TRANSITIVE"}, []),
        ({"compatibility": "sideways"}, ["schema/enum /compatibility"]),
        ({"deprecated": False}, []),
        ({"deprecated": {"since": "2026-01-01"}}, ["schema/missing-key /deprecated"]),
        ({"deprecated": {"successor": "order-sent"}}, ["schema/missing-key /deprecated", "event/successor-unknown /deprecated/successor"]),
        ({"deprecated": {"since": "2026-01-01", "successor": "order-placed"}}, ["event/successor-unknown /deprecated/successor"]),
        ({"deprecated": {"since": "2026-01-01", "successor": "order.placed.v2"}}, []),
        ({"resource": "arn:aws:sns:eu-1:1:orders", "examples": ["examples/2"], "consumers": [], "tags": ["a"]}, []),
    ],
)  # fmt: skip
def test_a_descriptor_says_who_and_what(events: Repo, fields: dict[str, Any], expected: list[str]) -> None:
    assert sorted(described(events, **fields)) == sorted(expected)


JUNK: list[Any] = [
    None,
    True,
    7,
    -1.5,
    "",
    "x",
    [],
    [1],
    {},
    {"a": 1},
    [{}],
    [[]],
    [None],
    "a b/c",
    "v",
    ".v1",
    "\u2028",
]


def test_no_type_of_value_in_a_descriptor_is_too_strange(events: Repo) -> None:
    keys = [
        "name",
        "topic",
        "owner",
        "owners",
        "producers",
        "consumers",
        "versions",
        "compatibility",
        "deprecated",
        "resource",
    ]
    for index, value in enumerate(JUNK):
        for key in keys:
            events.write(f"schemas/event/e-{index}-{key}/event.yaml", yaml.safe_dump(DESCRIPTOR | {key: value}))
        deprecated = {"since": value, "successor": value}
        events.write(f"schemas/event/d-{index}/event.yaml", yaml.safe_dump(DESCRIPTOR | {"deprecated": deprecated}))
        events.write(f"schemas/event/w-{index}/event.yaml", yaml.safe_dump(value))
        events.write(f"schemas/event/w-{index}/examples/1/a.json", json.dumps(value))
        events.write(f"schemas/event/order-placed/examples/1/{index}.json", json.dumps(value))
        events.write(f"schemas/event/s-{index}/1.0.0.json", json.dumps(value))
    assert events.govern("check").code == 1
    assert events.govern("compat").code in (0, 1)


def test_descriptors_may_lie_in_a_folder_of_topics(repo: Repo) -> None:
    repo.write("govern.toml", '[files]\n"topics/*.yaml" = "event-type"\n')
    fields: dict[str, Any] = {
        "description": "An order was placed.", "producers": [{"name": "checkout"}], "consumers": [{"name": "billing", "group": "b"}],
        "versions": [{"version": 1, "schema": "order.v1.schema.json"}], "compatibility": "BACKWARD",
        "resource": {"type": "kafka", "partitions": 12}, "examples": ["examples/order.placed/1/a.json"],
    }  # fmt: skip
    repo.write("topics/order.placed.v1.yaml", yaml.safe_dump(fields))
    assert repo.rules() == ["event/owner-missing"]
    repo.write("topics/order.placed.v1.yaml", yaml.safe_dump(fields | {"owner": "checkout"}))
    repo.write(
        "topics/order.place.v1.yaml",
        yaml.safe_dump(
            fields | {"owner": "checkout", "deprecated": {"since": "2026-01-01", "successor": "order.placed.v1"}}
        ),
    )
    assert repo.rules() == ["event/not-past-tense"]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("examples/1/a.json", {"order": "A"}, []),
        ("examples/v1/deep/a.json", {"order": "A"}, []),
        ("examples/2.0.0/a.yaml", {"order": "A"}, []),
        ("examples/2/a.json", {"order": 7}, ["schema/type /order"]),
        ("examples/2/invalid/a.json", {"order": 7}, []),
        ("examples/2/invalid/a.json", {"order": "A"}, ["event/counterexample-valid "]),
        ("examples/invalid/2/a.json", {"order": "A"}, ["event/counterexample-valid "]),
        ("examples/3/a.json", {"order": "A"}, ["event/example-orphaned "]),
        ("examples/2.1/invalid/a.json", {}, ["event/example-orphaned "]),
        ("examples/a.json", {"order": "A"}, ["event/example-orphaned "]),
        ("examples/1.0.0.json", {"order": "A"}, ["event/example-orphaned "]),  # no schema of a subject called examples
        ("example.json", {"order": 7}, ["schema/type /order"]),
    ],
)
def test_examples_are_what_they_say(events: Repo, path: str, value: Any, expected: list[str]) -> None:
    events.write(f"{ORDER}/{path}", json.dumps(value))
    for arguments in ([], [f"{ORDER}/{path}"], ["--references"]):
        found = [f"{each['rule']} {each['pointer']}" for each in events.findings(*arguments)]
        assert found == expected, arguments
    assert "event/order-placed/examples" not in events.govern("schemas", "list").out


def test_an_example_may_be_a_whole_event(events: Repo) -> None:
    event = {"specversion": "1.0", "id": "1", "source": "/a", "type": "order.placed.v2", "data": {"order": 7}}
    event["dataschema"] = "https://acme.example/event/order-placed/2.0.0"
    events.write(f"{ORDER}/examples/2/a.json", json.dumps(event))
    (found,) = events.findings()
    assert (found["pointer"], found["schema"]) == ("/data/order", "event/order-placed@2.0.0")
    events.write(f"{ORDER}/examples/2/a.json", json.dumps(event | {"id": "", "data": {"order": "A"}}))
    (found,) = events.findings()
    assert (found["pointer"], found["schema"]) == ("/id", "event@2.0.0")


def test_an_example_that_cannot_be_read_says_so(events: Repo) -> None:
    events.write(f"{ORDER}/examples/2/a.json", "{")
    assert events.rules() == ["json/syntax"]


def test_a_hook_reports_on_the_files_of_the_commit_only(events: Repo) -> None:
    for name in ("a", "b"):
        events.write(f"{ORDER}/examples/2/{name}.json", "{}")
    found = events.findings(f"{ORDER}/examples/2/b.json")
    assert [(each["path"], each["rule"]) for each in found] == [(f"{ORDER}/examples/2/b.json", "schema/missing-key")]
    events.write("schemas/event/order-sent/1.0.0.json", schema("order-sent", "1.0.0"))
    assert events.rules(f"{ORDER}/event.yaml") == []
    assert events.rules("schemas/event/order-sent/1.0.0.json") == ["event/undescribed"]


@pytest.mark.parametrize(
    ("identifier", "wrong"),
    [
        ("https://acme.example/event/order-sent/1.0.0", False),
        ("urn:acme:event:order-sent:1.0.0", False),
        ("https://acme.example/order.sent.json", False),
        ("https://acme.example/event/order-sent/1.1.0", True),
        ("https://acme.example/event/order-placed/1.0.0", True),
        ("urn:acme:event:order-sent-again:1.0.0", True),
        ("urn:acme:event:reorder-sent:1.0.0", True),
        ("https://acme.example/order-sent.v1.schema.json", False),
    ],
)
def test_id_folder_and_version_agree(events: Repo, identifier: str, wrong: bool) -> None:
    events.write("schemas/event/order-sent/1.0.0.json", schema("order-sent", "1.0.0", **{"$id": identifier}))
    events.write("schemas/event/order-sent/event.yaml", yaml.safe_dump(DESCRIPTOR))
    assert events.rules() == ["event/id-mismatched"] * wrong


@pytest.mark.parametrize(
    ("text", "owned"),
    [
        ("* @all", True),
        ("", False),
        ("# nobody\n", False),
        ("* @all\n/schemas/event/a/", False),
        ("* @all\n/schemas/event/a/ # nobody", False),
        ("/schemas/event/ @team", True),
        ("schemas/event/a @team", True),
        ("/schemas/event/* @team", False),  # its files, not those below
        ("/schemas/event/*/ @team", True),
        ("/schemas/*/a/*.json @team", True),
        ("/schemas/event/**\t@team", True),
        ("*.json @team", True),
        ("a/ @team", True),
        ("event @team", True),
        ("/event/ @team", False),
        ("/schemas/event/{a,b}/ @team", False),
        ("[Events] @team\n/schemas/event/a/", True),
        ("[Events]\n/schemas/event/a/", False),
        ("[Events]\n/schemas/ @team\n[Docs]\n/schemas/event/a/\n", True),  # sections count each for themselves
        ("^[Events][2] @team\n/schemas/event/a/", True),
        ("/schemas/event/a\\ b/ @team", False),
    ],
)
def test_codeowners_is_read_as_github_and_gitlab_read_it(text: str, owned: bool) -> None:
    assert is_owned("schemas/event/a/1.0.0.json", entries(text)) is owned


@pytest.mark.parametrize("place", ["CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS"])
def test_where_there_are_owners_every_event_has_one(events: Repo, place: str) -> None:
    assert events.rules() == []
    events.write(place, "/schemas/event/order-sent/ @shop\n")
    (found,) = events.findings()
    assert found["rule"] == "event/codeowner-missing"
    assert found["message"] == f"{place} names no owner of {ORDER}/"
    events.write(place, "/schemas/event/ @shop\n*.yaml\n")
    (found,) = events.findings()
    assert found["message"] == f"{place} names no owner of {ORDER}/event.yaml"
    events.write(place, "/schemas/event/ @shop\n")
    assert events.rules() == []


PAST = """created sent paid built begun written made done read reset put cut gone withdrawn bought shipped cancelled
canceled notified applied blorbed refreshed status order payment report booking completion command v1 started failed"""


@pytest.mark.parametrize("word", PAST.split())
def test_what_has_happened_or_cannot_be_told_is_no_finding(word: str) -> None:
    assert meant(word) is None


@pytest.mark.parametrize(("word", "past"), [("create", "created"), ("deletes", "deleted"), ("sending", "sent"), ("place", "placed"),
                         ("pay", "paid"), ("cancel", "cancelled"), ("Build", None), ("notify", "notified"), ("begin", "begun")])  # fmt: skip
def test_what_is_still_to_happen_is(word: str, past: str | None) -> None:
    assert meant(word) == past


def test_the_last_word_of_a_name() -> None:
    names = (
        "order.placed",
        "order-placed",
        "order_placed",
        "OrderPlaced",
        "orderPlaced",
        "ORDER_PLACED",
        "order.",
        "a1",
    )
    assert [last_word(name) for name in names] == ["placed", "placed", "placed", "Placed", "Placed", "PLACED", "", ""]


@pytest.mark.parametrize(
    ("compatibility", "config", "code", "mode"),
    [
        (None, "", 1, "backward"),
        ("backward", "", 1, "backward"),
        ("forward", "", 0, "forward"),
        ("FORWARD_TRANSITIVE", "", 0, "forward-transitive"),
        ("none", "", 0, None),
        ("forward", '[compat]\nmode = "full"\n', 0, "forward"),
        ("none", '[compat.subjects]\n"event/*" = "backward"\n', 1, "backward"),
        ("forward", '[compat.subjects]\n"event/*" = "full"\n', 1, "full"),
        ([1], "", 1, "backward"),
    ],
)
def test_the_descriptor_says_who_must_not_break(
    repo: Repo, compatibility: Any, config: str, code: int, mode: str | None
) -> None:
    fields = {} if compatibility is None else {"compatibility": compatibility}
    repo.write(f"{ORDER}/event.yaml", yaml.safe_dump(DESCRIPTOR | fields))
    repo.write(f"{ORDER}/1.0.0.json", schema("order-placed", "1.0.0"))
    repo.write("govern.toml", config)
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "feature")
    narrower = {"properties": {"order": {"type": "string", "minLength": 2}}}
    repo.write(f"{ORDER}/1.1.0.json", schema("order-placed", "1.1.0", **narrower))
    ran = repo.govern("compat", "--format", "json")
    assert [comparison["mode"] for comparison in json.loads(ran.out)["comparisons"]] == ([mode] if mode else [])
    assert ran.code == code
    assert repo.govern("compat", "--mode", "backward").code == 1


def test_the_examples_of_the_catalogue_are_judged_one_by_one(repo: Repo) -> None:
    repo.copy(EXAMPLES / "acme-events")
    for path in sorted(Path(EXAMPLES / "acme-events").rglob("examples/*/*.json")):
        name = path.relative_to(EXAMPLES / "acme-events").as_posix()
        text = path.read_text()
        repo.write(name, text.replace('"order"', '"odrer"').replace('"id"', '"di"'))
        assert repo.findings(name), name
        repo.write(name, text)
