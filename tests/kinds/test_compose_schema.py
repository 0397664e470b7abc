"""Does our Compose schema say yes and no exactly where the official one does?

The official schema travels with check-jsonschema. We walk it and stop at every site: every value that it
speaks about, along every path (`environment` of a service, of a job, of a hook …). At each site we put good
values and near misses into a document that is otherwise sound, and ask both schemas. Where they differ,
they differ on purpose, and it stands in DIFFERENCES.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Json = Any

OURS = json.loads((Path(__file__).parents[2] / "schemas/compose/1.0.0.json").read_text("utf-8"))
OFFICIAL = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text("utf-8"))

OUR_JUDGE = jsonschema_rs.Draft202012Validator(OURS, validate_formats=True)
OUR_SECOND_JUDGE = jsonschema.Draft202012Validator(OURS)
OFFICIAL_JUDGE = jsonschema_rs.Draft202012Validator(OFFICIAL)
OFFICIAL_SECOND_JUDGE = jsonschema.Draft202012Validator(OFFICIAL)

# The one type on which we are stricter is the duration, and the official schema takes any string there.
# Every free string below is a duration, so that the two can only differ for other reasons.
TEXT = "5s"

# Each is admitted by one of the key patterns and refused by another.
ULIMIT = "^[a-z]+$"
KEYS = ["x-a", "x", "ax-", "nofile", "NOFILE", "no1", "azAZ09._-", "mM5", "a b", "a/b", "é", "", "a\nb"]

ANYTHING: list[Json] = [None, True, False, 0, 7, -1, 1.5, TEXT, [], {}]
ANYTHING += [[TEXT], [TEXT, TEXT], [7], [7, 7], [1.5], [True], [None], [[]], [{}], {"other": TEXT}]
IN_MAPS: list[Json] = [None, True, 7, 1.5, TEXT, [], [TEXT], [TEXT, TEXT], [7], [1.5], [True], [None], {}]

# For the patterns that values must match: strings that do, and strings that nearly do.
POLICIES = ["always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"]
PULL_POLICY = "^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$"
CONTAINER_NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]+"
MATCHES = {
    PULL_POLICY: [*POLICIES, "every_10w", "every_9d", "every_1h", "every_1m30s"],
    CONTAINER_NAME: ["a-", "Zz", "09", "z_", "A.", "9A", "5m", "m5", "M5", "mM", "-aZ-"],
}
NEAR_MISSES = {
    PULL_POLICY: [f"x{policy}" for policy in POLICIES]
    + [f"{policy}x" for policy in POLICIES]
    + ["every_", "every_1", "every_h", "every_1y", "every_1h5", "every_1hx", "xevery_1h", "1h"]
    + ["", "x", "all"],
    CONTAINER_NAME: ["", "a", "a a", "--", "é_", "a/", "0", "9", "Z", "_a", ".a"],
}

INTERPOLATED = ["${VAR}", "$VAR", "$_v", "$a", "$z", "$Z", "${_}", "${a}", "${zA_9}", "v${Z-x}", "${A:-d}"]
INTERPOLATED += ["${A?e}", "${A:?e}", "${A:+r}", "${A+r}", "${A:-}", "${A:-${B}}", "$$${VAR}", "a b$$c $D"]
INTERPOLATED += ["$m", "$M", "${m}", "${M}", "${amM5}"]
NOT_INTERPOLATED = ["$", "$$VAR", "$$${", "${}", "${1}", "$1", "${VAR", "${VAR/a/b}", "${A:x}", "{VAR}"]
NOT_INTERPOLATED += ["$$$$V", "${A:", "$-", "${A-", "VAR", "${ A}", "$é", "${é}"]


# --- The official schema, walked -----------------------------------------------------------------


@dataclass(frozen=True)
class Shape:
    """What the official schema says of a value, once a branch is chosen under each oneOf."""

    pointers: tuple[str, ...]

    def all(self, keyword: str) -> list[Any]:
        return [schema[keyword] for schema in map(official_at, self.pointers) if keyword in schema]

    def below(self, keyword: str) -> dict[str, str]:
        return {
            key: f"{pointer}/{keyword}/{key}"
            for pointer in self.pointers
            for key in official_at(pointer).get(keyword, ())
            if key != "^x-"  # admits everything
        }

    @property
    def types(self) -> list[str]:
        return next(([t] if isinstance(t, str) else t for t in self.all("type")), list(LEAST))

    @property
    def item(self) -> str | None:
        return next((f"{at}/items" for at in self.pointers if "items" in official_at(at)), None)


@dataclass(frozen=True)
class Site:
    """A value that the official schema speaks about, and how to make a document around it."""

    shapes: tuple[Shape, ...]
    place: Callable[[Json], Json]

    @property
    def pointer(self) -> str:
        return self.shapes[0].pointers[0]

    def values(self) -> Iterator[Json]:
        """Good values and near misses."""
        yield from ANYTHING
        for shape in self.shapes:
            for enum in shape.all("enum"):
                for word in enum:
                    yield from (word, word.upper(), word.lower(), f"{word}x", f"x{word}", "")
            for pattern in shape.all("pattern"):
                yield from MATCHES[pattern] + NEAR_MISSES[pattern]
            for bound in shape.all("minimum") + shape.all("maximum"):
                yield from (bound + step for step in (-1, -0.5, 0, 0.5, 1))
            if "object" in shape.types:
                around = least_object(shape)
                yield from ({**around, key: value} for key, value in product(KEYS, IN_MAPS))
                yield from ({**around, key: TEXT} for key in known_keys())
                yield from least_objects(shape)
                yield from ({k: v for k, v in around.items() if k != gone} for gone in around)
                for below in shape.below("patternProperties").values():
                    yield from ({key: least(shapes_at(below)[0])} for key in KEYS)
            if shape.item:
                yield [least(shapes_at(shape.item)[-1])] * 2


@cache
def official_at(pointer: str) -> dict[str, Any]:
    """The subschema; our pointers leave `/` as it is, no key here holds one."""
    schema: Any = OFFICIAL
    for key in pointer.split("/")[1:]:
        schema = schema[int(key)] if isinstance(schema, list) else schema[key]
    return dict(schema)


@cache
def known_keys() -> list[str]:
    """Every key that the official schema knows somewhere; elsewhere it is a near miss."""
    return sorted(set(re.findall(r'"(\w+)": \{', json.dumps(OFFICIAL))))


@cache
def shapes_at(pointer: str) -> tuple[Shape, ...]:
    schema = official_at(pointer)
    shapes = [Shape((pointer,))]
    together = [schema["$ref"]] if "$ref" in schema else []
    together += [f"{pointer}/allOf/{index}" for index, _ in enumerate(schema.get("allOf", ()))]
    for other in together:
        shapes = [Shape(one.pointers + two.pointers) for one in shapes for two in shapes_at(other)]
    if "oneOf" in schema:
        branches = [f"{pointer}/oneOf/{index}" for index, _ in enumerate(schema["oneOf"])]
        choices = [shape for branch in branches for shape in shapes_at(branch)]
        shapes = [Shape(one.pointers + two.pointers) for one in shapes for two in choices]
    return tuple(shapes)


LEAST = {"string": TEXT, "number": 1.5, "integer": 7, "boolean": True, "null": None, "array": []}


def least(shape: Shape) -> Json:
    """The smallest value of this shape."""
    for enum in shape.all("enum"):
        return enum[0]
    for pattern in shape.all("pattern"):
        return MATCHES[pattern][0]
    return least_object(shape) if shape.types[0] == "object" else LEAST[shape.types[0]]


def least_object(shape: Shape) -> dict[str, Json]:
    return least_objects(shape)[0]


def least_objects(shape: Shape) -> list[dict[str, Json]]:
    """The smallest objects of this shape, one for each anyOf branch; a branch only requires keys."""
    properties = shape.below("properties")
    always = [key for keys in shape.all("required") for key in keys]
    branches = [branch["required"] for branches in shape.all("anyOf") for branch in branches]
    return [{key: least(shapes_at(properties[key])[0]) for key in always + also} for also in branches or [[]]]


def put(place: Callable[[Json], Json], around: dict[str, Json], key: str, value: Json) -> Json:
    return place({**around, key: value})


def sites(pointer: str = "#", place: Callable[[Json], Json] = lambda value: value) -> Iterator[Site]:
    """Every site at and below this subschema."""
    shapes = shapes_at(pointer)
    yield Site(shapes, place)
    for shape in shapes:
        if "object" in shape.types:
            around = least_object(shape)
            for key, below in shape.below("properties").items():
                yield from sites(below, partial(put, place, around, key))
            for pattern, below in shape.below("patternProperties").items():
                name = "nofile" if pattern == ULIMIT else "azAZ09._-"
                yield from sites(below, partial(put, place, {}, name))
        if shape.item:
            yield from sites(shape.item, lambda v: place([v]))


SITES = list(sites())


# --- Agreement -----------------------------------------------------------------------------------

VALID = """
services:
  web:
    build: {context: ., dockerfile: Dockerfile, target: prod, args: {REV: "1", EMPTY: null}, ssh: [default]}
    image: registry.example.com/shop/web:1.4.2
    container_name: shop_web
    command: [serve, --port, "8000"]
    environment: {DEBUG: false, WORKERS: 4, RATIO: 0.5, SECRET_FILE: /run/secrets/key, FROM_HOST: null}
    env_file: [.env, {path: .env.local, required: false, format: raw}]
    ports: ["8000:8000", 9000, {target: 80, published: "8080-8090", protocol: tcp, host_ip: 127.0.0.1}]
    expose: [3000, "4000-4010"]
    depends_on: {db: {condition: service_healthy, restart: true, required: false}}
    networks: {front: null, back: {aliases: [shop], ipv4_address: 10.0.0.4, priority: 10}}
    volumes:
      - .:/app:ro
      - {type: bind, source: ./conf, target: /conf, bind: {create_host_path: false, selinux: z}}
      - {type: tmpfs, target: /tmp, tmpfs: {size: 1048576, mode: 1023}}
    secrets: [key, {source: key, target: other, uid: "103", mode: 288}]
    healthcheck: {test: [CMD, curl, -f, localhost], interval: 1m30s, timeout: 10s, retries: 3}
    deploy:
      replicas: 2
      resources: {limits: {cpus: "0.5", memory: 512m}, reservations: {devices: [{capabilities: [gpu]}]}}
      update_config: {order: start-first, delay: 10s}
    logging: {driver: json-file, options: {max-size: 10m, max-file: 3}}
    ulimits: {nproc: 65535, nofile: {soft: 20000, hard: 40000}}
    extra_hosts: {one: 10.0.0.1, two: [10.0.0.2, "::1"]}
    develop: {watch: [{path: ./src, action: sync+exec, target: /app, exec: {command: make}}]}
    pre_start: [{image: migrate, command: up, per_replica: false}]
    restart: unless-stopped
    x-owner: shop
  db: {extends: {file: base.yaml, service: db}, gpus: all, pull_policy: every_12h, cgroup: private}
jobs:
  report: {image: report, triggers: {schedule: ["0 4 * * *", {cron: "@daily", missed_fires: skip}]}}
networks: {front: null, back: {driver: overlay, ipam: {config: [{subnet: 10.0.0.0/24}]}, external: false}}
volumes: {data: null, other: {external: {name: theirs}, labels: [a=b]}}
secrets: {key: {file: ./key.txt}, cloud: {environment: KEY}}
configs: {page: {content: hello}}
models: {llm: {model: ai/smollm2, context_size: 4096}}
include: [other.yaml, {path: [a.yaml, b.yaml], project_directory: ..}]
name: shop
version: "3.9"
x-anything: [{goes: here}]
"""


@cache
def documents() -> list[tuple[str, Json]]:
    return [(site.pointer, site.place(value)) for site in SITES for value in site.values()]


def test_the_walk_stops_at_every_property_of_every_definition() -> None:
    def speaking(schema: Json, pointer: str) -> Iterator[str]:
        if isinstance(schema, list):
            for index, one in enumerate(schema):
                yield from speaking(one, f"{pointer}/{index}")
        elif isinstance(schema, dict):
            for key, below in schema.items():
                if key in ("properties", "patternProperties"):
                    for name in set(below) - {"^x-"}:
                        yield f"{pointer}/{key}/{name}"
                        yield from speaking(below[name], f"{pointer}/{key}/{name}")
                elif key in ("items", "allOf", "anyOf", "oneOf"):
                    yield from speaking(below, f"{pointer}/{key}")

    everything = set(speaking(OFFICIAL, "#"))
    for name, definition in OFFICIAL["$defs"].items():
        everything |= {f"#/$defs/{name}", *speaking(definition, f"#/$defs/{name}")}
    spoken_of = {pointer for site in SITES for shape in site.shapes for pointer in shape.pointers}
    assert everything - spoken_of == set()


def test_ours_and_the_official_schema_agree_on_good_values_and_near_misses() -> None:
    ours = [OUR_JUDGE.is_valid(document) for _, document in documents()]
    official = [OFFICIAL_JUDGE.is_valid(document) for _, document in documents()]
    assert 5_000 < sum(official) < len(official) - 5_000
    differing = [case for case, a, b in zip(documents(), ours, official, strict=True) if a != b]
    assert differing == []


def test_the_second_judge_says_the_same() -> None:
    some = documents()[::11]  # it is a hundred times slower
    differing = [
        (pointer, document)
        for pointer, document in some
        if not OUR_JUDGE.is_valid(document)
        == OUR_SECOND_JUDGE.is_valid(document)
        == OFFICIAL_SECOND_JUDGE.is_valid(document)
    ]
    assert differing == []


def test_a_document_with_everything_is_valid() -> None:
    document = yaml.safe_load(VALID)
    for judge in (OUR_JUDGE, OUR_SECOND_JUDGE, OFFICIAL_JUDGE, OFFICIAL_SECOND_JUDGE):
        judge.validate(document)


def values_at(pointer: str) -> st.SearchStrategy[Json]:
    """What the official schema admits here."""
    return st.one_of([values_of(shape) for shape in shapes_at(pointer)])


@cache
def values_of(shape: Shape) -> st.SearchStrategy[Json]:
    for enum in shape.all("enum"):
        return st.sampled_from(enum)
    for pattern in shape.all("pattern"):
        return st.sampled_from(MATCHES[pattern])
    return st.one_of([values_of_type(shape, named) for named in shape.types])


def canonical(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def values_of_type(shape: Shape, named: str) -> st.SearchStrategy[Json]:
    low, high = next(iter(shape.all("minimum")), -3), next(iter(shape.all("maximum")), 70_000)
    if named == "array":
        item = values_at(shape.item) if shape.item else st.just(TEXT)
        return st.lists(item, max_size=3, unique_by=canonical if any(shape.all("uniqueItems")) else None)
    if named == "object":
        return objects(shape)
    return {
        "string": st.sampled_from([TEXT, "0", "1m30s"]),
        "integer": st.integers(low, high),
        "number": st.integers(low, high) | st.just(0.5),
        "boolean": st.booleans(),
        "null": st.none(),
    }[named]


@st.composite
def objects(draw: st.DrawFn, shape: Shape) -> Json:
    properties, patterns = shape.below("properties"), shape.below("patternProperties")
    chosen = draw(st.lists(st.sampled_from(sorted(properties)), max_size=4)) if properties else []
    made = {key: draw(values_at(properties[key])) for key in sorted({*chosen, *least_object(shape)})}
    for pattern, below in patterns.items():
        names = ["nofile", "core"] if pattern == ULIMIT else ["web", "x-db", "A1._-"]
        made |= draw(st.dictionaries(st.sampled_from(names), values_at(below), max_size=2))
    return made


def places(value: Json) -> Iterator[tuple[Json, Any]]:
    """Every (container, key) in the value, at every depth."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in list(pairs):
        yield value, key
        yield from places(below)


@st.composite
def mutated(draw: st.DrawFn, value: Json) -> Json:
    """The value with one thing in it dropped, added, replaced or renamed."""
    copy = json.loads(json.dumps({"": value}))
    container, key = draw(st.sampled_from(list(places(copy))))
    change = draw(st.sampled_from(["drop", "add", "replace", "rename"]))
    if change == "add" and isinstance(container[key], dict):
        container[key][draw(st.sampled_from(KEYS))] = draw(st.sampled_from(ANYTHING))
    elif change == "drop" and container is not copy:
        del container[key]
    elif change == "rename" and isinstance(container, dict) and container is not copy:
        container[draw(st.sampled_from(KEYS))] = container.pop(key)
    else:
        container[key] = draw(st.sampled_from(ANYTHING))
    return copy[""]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_ours_and_the_official_schema_agree_on_whole_documents_and_on_mutations(data: st.DataObject) -> None:
    document = data.draw(values_at("#"))
    assert OFFICIAL_JUDGE.is_valid(document)
    for _ in range(4):
        verdicts = {judge.is_valid(document) for judge in (OUR_JUDGE, OUR_SECOND_JUDGE, OFFICIAL_JUDGE)}
        assert len(verdicts) == 1
        document = data.draw(mutated(document))


# --- Disagreement --------------------------------------------------------------------------------

READ_BEFORE = "any value may be interpolated, and we read files before Compose does that"
NOT_A_DURATION = "Compose parses it with str2duration, which refuses this"


@dataclass(frozen=True)
class Difference:
    at: str  # in the official schema, below $defs
    value: Json
    ours: bool
    official: bool
    reason: str


WORDS = [
    "container_spec/properties/cgroup",
    "container_spec/properties/pull_policy",
    "container_spec/properties/volumes/items/oneOf/1/properties/type",
    "container_spec/properties/volumes/items/oneOf/1/properties/bind/properties/recursive",
    "container_spec/properties/volumes/items/oneOf/1/properties/bind/properties/selinux",
    "deployment/properties/rollback_config/properties/order",
    "deployment/properties/update_config/properties/order",
    "development/properties/watch/items/properties/action",
    "gpus",
    "schedule/properties/concurrency",
    "schedule/properties/missed_fires",
    "service/properties/container_name",
    "workload_spec/properties/depends_on/oneOf/1/patternProperties/^[a-zA-Z0-9._-]+$/properties/condition",
]
NEVER_TEXT = [
    "container_spec/properties/networks/oneOf/1/patternProperties/^[a-zA-Z0-9._-]+$/oneOf/0/properties/gw_priority",
    "container_spec/properties/networks/oneOf/1/patternProperties/^[a-zA-Z0-9._-]+$/oneOf/0/properties/priority",
    "container_spec/properties/use_api_socket",
    "development/properties/watch/items/properties/initial_sync",
    "model/properties/context_size",
    "workload_spec/properties/depends_on/oneOf/1/patternProperties/^[a-zA-Z0-9._-]+$/properties/required",
]
DURATIONS = [
    "container_spec/properties/stop_grace_period",
    "deployment/properties/restart_policy/properties/delay",
    "deployment/properties/restart_policy/properties/window",
    "deployment/properties/rollback_config/properties/delay",
    "deployment/properties/rollback_config/properties/monitor",
    "deployment/properties/update_config/properties/delay",
    "deployment/properties/update_config/properties/monitor",
    "healthcheck/properties/interval",
    "healthcheck/properties/start_interval",
    "healthcheck/properties/start_period",
    "healthcheck/properties/timeout",
]
DIFFERENCES = [
    *(Difference(at, "${X}", True, False, READ_BEFORE) for at in WORDS + NEVER_TEXT),
    *(Difference(at, "30", False, True, NOT_A_DURATION) for at in DURATIONS),
]

GOOD_DURATIONS = ["0", "-0", "+0", "0s", "1w2d3h4m5s6ms7us8ns", "8µs", "9μs", "1.5h", "1.s", ".05s", "-1h30m"]
BAD_DURATIONS = ["", "+", "30", "00", "1.5", "s", ".s", ".", "1 s", "1min", "1sec", "1M", "1y", "1s1", "x1s"]
BAD_DURATIONS += ["1sx", "PT1S", "+-1s", "1s+1s", "1..5s", "1m 30s", " 1s", "10,5s", "$$VAR", "soon", "1s0"]
BAD_DURATIONS += ["1:30", "1.5.5s", "1s.", "1nss", "1é", "all"]


def placed(at: str, value: Json) -> list[Json]:
    return [site.place(value) for site in SITES if f"#/$defs/{at}" in site.shapes[0].pointers]


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda d: f"{d.value}-{d.at}")
def test_a_difference_is_one(difference: Difference) -> None:
    documents = placed(difference.at, difference.value)
    assert documents
    for document in documents:
        assert OUR_JUDGE.is_valid(document) == OUR_SECOND_JUDGE.is_valid(document) == difference.ours
        assert OFFICIAL_JUDGE.is_valid(document) == difference.official != difference.ours


@pytest.mark.parametrize("at", DURATIONS)
def test_a_duration_is_what_compose_can_parse(at: str) -> None:
    for value in GOOD_DURATIONS + INTERPOLATED:
        assert all(OUR_JUDGE.is_valid(document) for document in placed(at, value)), value
    for value in BAD_DURATIONS:
        assert not any(OUR_JUDGE.is_valid(document) for document in placed(at, value)), value


def test_only_durations_are_judged_more_strictly() -> None:
    stricter = {
        site.pointer
        for site in SITES
        for value in BAD_DURATIONS + NOT_INTERPOLATED
        if OFFICIAL_JUDGE.is_valid(site.place(value)) and not OUR_JUDGE.is_valid(site.place(value))
    }
    assert stricter == {f"#/$defs/{at}" for at in DURATIONS}


def test_every_scalar_may_be_interpolated_and_nothing_else() -> None:
    for site in SITES:
        scalars = [value for value in site.values() if isinstance(value, str | int | float)]
        expected = any(OFFICIAL_JUDGE.is_valid(site.place(value)) for value in scalars)
        for value in INTERPOLATED:
            assert OUR_JUDGE.is_valid(site.place(value)) == expected, (site.pointer, value)


def test_what_only_looks_interpolated_is_judged_as_it_stands() -> None:
    durations = {f"#/$defs/{at}" for at in DURATIONS}
    for site in SITES:
        for value in NOT_INTERPOLATED if site.pointer not in durations else ():
            document = site.place(value)
            assert OUR_JUDGE.is_valid(document) == OFFICIAL_JUDGE.is_valid(document), (site.pointer, value)


# --- One mistake, one finding --------------------------------------------------------------------


def test_a_value_of_the_wrong_type_is_one_error_and_there() -> None:
    marker = "a scalar that stands nowhere else"
    for site in SITES:
        path = next(path for path, value in leaves(site.place(marker)) if value == marker)
        admitted = {named for shape in site.shapes for named in shape.types}
        empty: dict[str, Json] = {"array": [], "object": {}}
        wrongs = [None, True, 7, 3.5, "?", *(empty[named] for named in empty if named not in admitted)]
        for wrong in wrongs:
            errors = [(list(e.instance_path), e.message) for e in OUR_JUDGE.iter_errors(site.place(wrong))]
            assert [where for where, _ in errors] in ([], [path]), (site.pointer, wrong, errors)


def leaves(value: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[list[Any], Json]]:
    if isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(below, (*path, key))
    else:
        yield list(path), value


def objects_with_fixed_keys() -> Iterator[tuple[Site, Shape]]:
    for site in SITES:
        for shape in site.shapes:
            if shape.below("properties") and not shape.below("patternProperties"):
                yield site, shape


def test_an_unknown_key_is_one_error_on_its_object() -> None:
    closed = 0
    for site, shape in objects_with_fixed_keys():
        document = site.place({**least_object(shape), "no such key": TEXT})
        errors = list(OUR_JUDGE.iter_errors(document))
        assert len(errors) == (not OFFICIAL_JUDGE.is_valid(document)), site.pointer
        closed += len(errors)
    assert closed > 100


def test_an_unknown_key_is_reported_alone_beside_a_wrong_value() -> None:
    document = {"services": {"web": {"image": 5, "imag": "a", "ports": ["80"], "restart": "no"}}}
    errors = {tuple(e.instance_path): e.message for e in OUR_JUDGE.iter_errors(document)}
    assert sorted(errors) == [("services", "web"), ("services", "web", "image")]
    assert "'imag'" in errors["services", "web"] and "'image'" not in errors["services", "web"]


def test_a_missing_key_is_one_error() -> None:
    for site, shape in objects_with_fixed_keys():
        around = least_object(shape)
        for gone in around:
            document = site.place({k: v for k, v in around.items() if k != gone})
            assert len(list(OUR_JUDGE.iter_errors(document))) == 1, (site.pointer, gone)


# --- The schema as a text to be read -------------------------------------------------------------


def test_everything_that_has_a_name_says_what_it_is() -> None:
    assert OURS["title"] and OURS["description"]
    for name, definition in OURS["$defs"].items():
        assert definition["title"] and definition["description"], name
    for name, schema in named_properties(OURS):
        said = schema.get("description") or OURS["$defs"][schema["$ref"].rpartition("/")[2]]["description"]
        assert said.endswith(".") and len(said) <= 90 and "\n" not in said, name


def named_properties(schema: Json) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        for key, below in schema.items():
            if key == "properties":
                yield from below.items()
            yield from named_properties(below)


def test_every_definition_is_used() -> None:
    text = json.dumps(OURS)
    assert [name for name in OURS["$defs"] if f'"#/$defs/{name}"' not in text] == []
