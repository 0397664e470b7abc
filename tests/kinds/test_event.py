"""Events are judged in two steps: the envelope by what it is, the data by the schema that the event names."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import yaml

from tests.repo import ROOT, Repo

BASE = "https://acme.example/event"
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "order": {"description": "The order's number.", "type": "string"},
        "channel": {"enum": ["web", "app"]},
        "lines": {"type": "array", "items": {"type": "object", "required": ["sku"]}},
    },
    "required": ["order"],
    "additionalProperties": False,
}
DESCRIPTOR = "description: Sent once for each order.\nowner: checkout\nproducers: [checkout-api]\n"
CLOUD = {
    "specversion": "1.0",
    "id": "1",
    "source": "/checkout",
    "type": "order.placed.v2",
    "dataschema": f"{BASE}/order-placed/2.0.0",
    "data": {"order": "A1"},
}
OLD = {
    "event_id": "0d1a54f0-5a3b-4c0e-8f0e-2f7a1f0c9b11",
    "event_type": "order.placed.v1",
    "event_timestamp": "2025-11-03T09:12:44Z",
    "source_service": "checkout",
    "schema_version": 1,
    "correlation_id": "0d1a54f0-5a3b-4c0e-8f0e-2f7a1f0c9b11",
    "data": {"order": "A1"},
}
ABSENT = object()


def changed(event: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {key: value for key, value in {**event, **fields}.items() if value is not ABSENT}


@pytest.fixture
def events(repo: Repo) -> Repo:
    for version, channels in (
        ("1.0.0", ["web", "app", "phone"]),
        ("1.1.0", ["web", "app", "phone"]),
        ("2.0.0", ["web", "app"]),
    ):
        schema = json.loads(json.dumps({"$id": f"{BASE}/order-placed/{version}", **SCHEMA}))
        schema["properties"]["channel"]["enum"] = channels
        repo.write(f"schemas/event/order-placed/{version}.json", json.dumps(schema))
    repo.write("schemas/event/order-placed/event.yaml", DESCRIPTOR)
    return repo


def judged(repo: Repo, event: Any, *arguments: str, name: str = "events/a.json") -> list[tuple[str, str, str]]:
    repo.write(name, json.dumps(event) if name.endswith(".json") else yaml.safe_dump(event))
    return [(found["rule"], found["pointer"], found["schema"]) for found in repo.findings(*arguments, name)]


@pytest.mark.parametrize("name", ["events/a.json", "shop/events/2026/a.yaml", "events/a.yml"])
@pytest.mark.parametrize("event", [CLOUD, OLD], ids=["2", "1"])
def test_an_event_that_is_right_is_judged_and_fine(events: Repo, name: str, event: dict[str, Any]) -> None:
    assert judged(events, event, name=name) == []
    version = "2.0.0" if event is CLOUD else "1.0.0"
    assert f"{name} is judged by event@{version}\n" in events.govern("check", "-v", name).err


@pytest.mark.parametrize(
    "text",
    [
        "calendar: [{event_type: holiday, date: 2026-12-25}]",
        '{"type": "object", "properties": {"event_id": {"type": "string"}, "event_type": {"const": "a"}}}',
        '{"event_type": "click", "at": 12}',
        "asyncapi: 3.0.0\nchannels: {}\ncomponents:\n  messages:\n    placed:\n      example: {specversion: '1.0'}\n",
        "[]",
        "",
        "\x00\x01",
    ],
)
def test_what_has_not_the_shape_of_an_envelope_is_nobody_s(events: Repo, text: str) -> None:
    events.write("events/a.yaml", text)
    events.write("events/a.json", text)
    assert events.govern("check", "events").err == "nothing to judge: 0 files judged, 2 skipped\n"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (changed(CLOUD, event_id="1"), {"event@2.0.0"}),  # what has a specversion is never the older envelope
        (changed(OLD, specversion="1.0"), {"event@2.0.0"}),
        (changed(OLD, type="a", id="1"), {"event@1.0.0"}),
        (changed(CLOUD, specversion=ABSENT), {"event@2.0.0"}),
        (changed(OLD, event_id=ABSENT), {"event@1.0.0"}),
    ],
)
def test_the_envelope_is_chosen_by_the_keys(events: Repo, event: dict[str, Any], expected: set[str]) -> None:
    assert {schema for _, _, schema in judged(events, event)} == expected


def test_as_and_files_choose_the_envelope_whatever_the_event_is(events: Repo) -> None:
    assert {schema for *_, schema in judged(events, CLOUD, "--as", "event@1")} == {"event@1.0.0"}
    events.write("govern.toml", '[files]\n"events/**" = "event@1"\n[kinds]\nevent = 1\n')
    assert {schema for *_, schema in judged(events, CLOUD)} == {"event@1.0.0"}
    events.write("govern.toml", "[kinds]\nevent = 1\n")
    assert judged(events, CLOUD) == []


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (changed(CLOUD, data={"order": "A1", "channel": "phone"}), [("schema/enum", "/data/channel", "event/order-placed@2.0.0")]),
        (changed(OLD, data={"order": "A1", "channel": "phone"}), []),
        (changed(OLD, data={"order": 7}), [("schema/type", "/data/order", "event/order-placed@1.1.0")]),
        (changed(OLD, data={"order": "A1", "lines": [{}]}), [("schema/missing-key", "/data/lines/0", "event/order-placed@1.1.0")]),
        (changed(CLOUD, data={}), [("schema/missing-key", "/data", "event/order-placed@2.0.0")]),
        (changed(CLOUD, data=None), [("schema/type", "/data", "event/order-placed@2.0.0")]),
        (changed(CLOUD, data=ABSENT), []),
        (changed(CLOUD, data="<a/>", datacontenttype="application/xml"), []),
        (changed(CLOUD, data="<a/>", datacontenttype="application/vnd.a+json; charset=utf-8"), [("schema/type", "/data", "event/order-placed@2.0.0")]),
        (changed(CLOUD, data=ABSENT, data_base64="YQ=="), []),
        (changed(OLD, data_schema_uri=f"{BASE}/order-placed/1.0.0", data={}), [("schema/missing-key", "/data", "event/order-placed@1.0.0")]),
        (changed(OLD, event_type="order-placed"), []),
        (changed(OLD, event_type="order-placed", schema_version=2, data={"order": "A1", "channel": "phone"}), [("schema/enum", "/data/channel", "event/order-placed@2.0.0")]),
        (changed(CLOUD, dataschema=ABSENT, data={}), [("schema/missing-key", "/data", "event/order-placed@2.0.0"), ("schema/missing-key", "", "event@2.0.0")]),
        (changed(CLOUD, type="com.acme.order.placed"), []),
    ],
)  # fmt: skip
def test_the_data_is_judged_by_the_schema_that_the_event_names(
    events: Repo, event: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert sorted(judged(events, event)) == sorted(expected)
    assert sorted(judged(events, event, name="events/a.yaml")) == sorted(expected)


@pytest.mark.parametrize(
    ("event", "key", "message", "hint"),
    [
        (changed(CLOUD, dataschema=f"{BASE}/order-placde/2.0.0"), "dataschema", f"no schema has the $id {BASE}/order-placde/2.0.0, so nothing judges data", f"did you mean {BASE}/order-placed/2.0.0?"),
        (changed(OLD, event_type="order.plaecd.v1"), "event_type", "no event is called order.plaecd, so nothing judges data", "did you mean order-placed.v1?"),
        (changed(OLD, event_type="invoice.sent.v1"), "event_type", "no event is called invoice.sent, so nothing judges data", "its schema belongs to schemas/event/<name>/; govern render event-type/event begins one"),
        (changed(OLD, event_type="order.placed.v3"), "event_type", "event/order-placed has no version 3; there are 1.0.0, 1.1.0, 2.0.0", None),
        (changed(OLD, event_type="order.placed", schema_version=9), "schema_version", "event/order-placed has no version 9; there are 1.0.0, 1.1.0, 2.0.0", None),
    ],
)  # fmt: skip
def test_a_schema_that_does_not_exist_is_reported_where_it_is_named(
    events: Repo, event: dict[str, Any], key: str, message: str, hint: str | None
) -> None:
    events.write("events/a.json", json.dumps(event))
    (found,) = events.findings("events/a.json")
    assert (found["rule"], found["pointer"], found["message"], found["hint"]) == (
        "event/payload-unknown",
        f"/{key}",
        message,
        hint,
    )


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (changed(CLOUD, type="order.placed.v1"), "type"),
        (changed(OLD, schema_version=2), "schema_version"),
        (changed(OLD, data_schema_uri=f"{BASE}/order-placed/2.0.0"), "event_type"),
        (changed(CLOUD, type="parcel.sent.v1"), "type"),
    ],
)
def test_a_type_that_contradicts_the_schema_is_reported_once(events: Repo, event: dict[str, Any], key: str) -> None:
    sent = json.dumps({"$id": f"{BASE}/parcel-sent/1.0.0", **SCHEMA})
    events.write("schemas/event/parcel-sent/1.0.0.json", sent)
    assert [(rule, at) for rule, at, _ in judged(events, event)] == [("event/schema-mismatched", f"/{key}")]


def test_the_topic_of_a_descriptor_names_the_event_too(events: Repo) -> None:
    event = changed(OLD, event_type="shop.checkout.completed.v1", data={})
    assert [rule for rule, *_ in judged(events, event)] == ["event/payload-unknown"]
    events.write("schemas/event/order-placed/event.yaml", DESCRIPTOR + "topic: shop.checkout.completed.v2\n")
    assert judged(events, event) == [("schema/missing-key", "/data", "event/order-placed@1.1.0")]


def test_places_and_words_are_those_of_the_file(events: Repo) -> None:
    text = 'specversion: "1.0"\nid: "1"\nsource: /checkout\ntype: order.placed.v2\n'
    text += f"dataschema: {BASE}/order-placed/2.0.0\ndata:\n  order: A1\n  chanel: web\n"
    events.write("events/a.yaml", text)
    out = events.govern("check", "events/a.yaml").out
    assert (
        out
        == "events/a.yaml:8:3: error: chanel is not a key that data may have (by event/order-placed@2.0.0) [schema/unknown-key]\n"
    )
    events.govern("check", "--fix", "events/a.yaml")
    assert (events.root / "events/a.yaml").read_text() == text.replace("chanel", "channel")


JUNK: list[Any] = [None, True, 7, -1.5, "", "x", [], [1], {}, {"a": 1}, "a b", "http://[", 10**40, "\u2028"]


@pytest.mark.parametrize("event", [CLOUD, OLD], ids=["2", "1"])
def test_no_type_of_value_anywhere_is_too_strange(events: Repo, event: dict[str, Any]) -> None:
    """And of the envelope, jsonschema says the same."""
    version = "2.0.0" if event is CLOUD else "1.0.0"
    schema = json.loads((ROOT / f"schemas/event/{version}.json").read_text())
    dialect = jsonschema.Draft202012Validator
    judge = dialect(schema, format_checker=dialect.FORMAT_CHECKER)
    cases = [
        changed(event, **{key: value})
        for key in [*schema["properties"], "extra", "a_b", "dataContentType"]
        for value in JUNK
    ]
    text = "".join(json.dumps(case) + "\n" for case in cases)
    events.write("govern.toml", '[rules]\n"event/payload-unknown" = "off"\n"event/schema-mismatched" = "off"\n')
    wrong = set()
    for start in range(0, len(cases), 40):
        events.write("events/some.jsonl", "".join(text.splitlines(True)[start : start + 40]))
        found = events.findings("--as", f"event@{version[0]}", "events/some.jsonl")
        wrong |= {start + each["line"] for each in found if each["schema"] == f"event@{version}"}
    assert wrong == {number for number, case in enumerate(cases, 1) if not judge.is_valid(case)}


def cloudevents_1_0(event: dict[str, Any]) -> bool:
    """What the specification of CloudEvents 1.0 and its JSON format say, read from their text."""
    if event.get("specversion") != "1.0" or {"data", "data_base64"} <= event.keys():
        return False
    for name, value in event.items():
        if name in ("data", "data_base64"):
            continue
        if not re.fullmatch("[a-z0-9]+", name):
            return False
        if not (
            value is None or isinstance(value, (str, bool)) or (isinstance(value, int) and -(2**31) <= value < 2**31)
        ):
            return False
    for name in ("id", "source", "type"):
        if not isinstance(event.get(name), str) or not event[name]:
            return False
    for name in ("subject", "datacontenttype", "dataschema", "time"):
        if event.get(name) is not None and (not isinstance(event[name], str) or not event[name]):
            return False
    if event.get("dataschema") is not None and not urlsplit(event["dataschema"]).scheme:
        return False
    if event.get("time") is not None:
        try:
            return datetime.fromisoformat(event["time"]).tzinfo is not None
        except ValueError:
            return False
    return " " not in event["source"]


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"id": ""}, {"id": None}, {"source": ""}, {"source": "a b"}, {"source": "mailto:a@b.example"}, {"source": "urn:uuid:6e8b"},
        {"type": ""}, {"specversion": "1.1"}, {"specversion": 1.0}, {"subject": "a/b"}, {"subject": ""}, {"subject": None},
        {"time": "2018-04-05T17:31:00Z"}, {"time": "2018-04-05T17:31:00"}, {"time": "2018-04-05T17:31:00+02:00"}, {"time": None},
        {"datacontenttype": "text/xml"}, {"datacontenttype": None}, {"datacontenttype": ""}, {"traceparent": "00-ab"},
        {"comexampleextension1": "value"}, {"comexampleothervalue": 5}, {"big": 2**31}, {"small": -(2**31)}, {"flag": True},
        {"nested": {}}, {"list": []}, {"half": 0.5}, {"camelCase": "x"}, {"snake_case": "x"}, {"dash-ed": "x"}, {"": "x"},
        {"data": ABSENT, "data_base64": "YQ=="}, {"data_base64": "YQ=="}, {"data": None}, {"data": [1]}, {"dataschema": "relative"},
    ],
)  # fmt: skip
def test_an_envelope_of_version_2_is_a_cloud_event(fields: dict[str, Any]) -> None:
    event = changed(CLOUD, **fields)
    schema = json.loads((ROOT / "schemas/event/2.0.0.json").read_text())
    dialect = jsonschema.Draft202012Validator
    assert dialect(schema, format_checker=dialect.FORMAT_CHECKER).is_valid(event) == cloudevents_1_0(event)


def test_it_must_name_its_schema_which_cloud_events_need_not(events: Repo) -> None:
    assert cloudevents_1_0(changed(CLOUD, dataschema=ABSENT))
    assert judged(events, changed(CLOUD, dataschema=ABSENT)) == [("schema/missing-key", "", "event@2.0.0")]


def test_a_kind_of_ones_own_may_tell_its_versions_by_keys(repo: Repo) -> None:
    kind = "kind: note\ntitle: Notes\nreader: yaml\ndefault: 1\nmajors: {body: 2, text: 1}\nfiles:\n  - glob: 'notes/*.yaml'\n"
    repo.write("schemas/note/kind.yaml", kind)
    for version, key in (("1.0.0", "text"), ("2.0.0", "body")):
        schema = {"type": "object", "properties": {key: {"type": "string"}}, "additionalProperties": False}
        repo.write(f"schemas/note/{version}.json", json.dumps(schema))
    repo.write("notes/a.yaml", "body: new\n")
    repo.write("notes/b.yaml", "text: old\n")
    repo.write("notes/c.yaml", "{}\n")
    assert repo.rules() == []
    said = repo.govern("check", "-v").err.splitlines()
    assert said[:3] == [
        f"notes/{name}.yaml is judged by note@{version}"
        for name, version in zip("abc", ["2.0.0", "1.0.0", "1.0.0"], strict=True)
    ]
