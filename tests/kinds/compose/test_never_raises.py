"""Whatever stands in a compose file, the rules look at it without falling over."""

import copy
import json
from collections.abc import Collection, Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govern.kinds import compose
from govern.model.corpus import Record
from govern.model.document import Document
from govern.model.schema import Schema
from govern.parse import read_text

SCHEMA = Schema("compose", (1, 0, 0), {}, "", "")

# A file in which every key that the rules look at says something.
FULL: dict[str, Any] = {
    "name": "shop",
    "version": "3",
    "include": ["b.yaml", {"path": ["c.yaml", "missing.yaml"], "project_directory": ".", "env_file": ".env"}],
    "services": {
        "web": {
            "image": "web",
            "build": {"args": {"TOKEN": "t1", "N": 1.5}, "secrets": ["key", {"source": "k"}], "labels": ["a=1", "a=2"]},
            "environment": {"PASSWORD": "p", "URL": "http://a:b@c", "N": 7, "D": "2026-01-01", "X": None},
            "labels": ["a=1", "a=2"],
            "ports": ["80:80", 81, {"target": 82, "published": "82-83", "host_ip": "::1"}, "${P:-90}:90-91"],
            "volumes": ["./x.conf:/x", "data:/data:ro", {"type": "bind", "source": "./y", "target": "/y"}, "$V:/v"],
            "depends_on": {"db": {"condition": "service_healthy"}, "gone": {"condition": "service_started"}},
            "extends": {"service": "base", "file": "b.yaml"},
            "networks": {"front": {"aliases": ["x"]}},
            "network_mode": "service:db",
            "secrets": ["key", {"source": "k", "target": "t"}],
            "configs": ["c"],
            "models": ["m"],
            "links": ["db:x"],
            "volumes_from": ["db:ro"],
            "healthcheck": {"test": ["CMD", "a"], "disable": False},
            "deploy": {"replicas": 2, "labels": {"a": 1}, "restart_policy": {"condition": "any"}},
            "logging": {"options": {"max-size": 10}},
            "profiles": ["a"],
            "pre_start": [{"command": "a", "volumes": ["d:/d"], "environment": ["A=1", "A=2"]}],
            "post_start": [{"command": "a $1", "environment": {"SECRET": "s"}}],
            "develop": {"watch": [{"exec": {"command": "a", "environment": {"A": 0.5}}}]},
            "credential_spec": {"config": "c"},
            "scale": 1,
        },
        "db": {"image": "db:1", "extends": "base", "ports": ["80:80"], "healthcheck": {"test": "NONE"}},
        "base": {"image": "x", "extends": "db", "depends_on": ["web"]},
    },
    "jobs": {"j": {"image": "j", "triggers": {"manual": True}, "depends_on": ["web"]}},
    "networks": {"back": {"driver_opts": {"a": 1}, "labels": {"a": 1}}},
    "volumes": {"v": None},
    "secrets": {"s": {"file": "./s"}},
    "configs": {"c": {"content": "$"}},
    "models": {"m": {"model": "a/b"}},
}

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
ODD = [
    "",
    "$",
    "${",
    "${A",
    "${A:-${B",
    "$$",
    ":",
    "::",
    "a:b:c:d",
    "[::1]:80:80",
    "-",
    "80-",
    "0",
    "/",
    ".",
    "..",
    "../x",
]
ODD += [
    "./",
    "service:",
    "service:web",
    "web:",
    "=",
    "A",
    "=x",
    "{{X}}",
    "<<X>>",
    "\0",
    "é",
    "C:\\x:/y",
    "//:@",
    "://:x@",
]
TEXTS = st.sampled_from(ODD)
VALUES = st.recursive(
    SCALARS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.sampled_from(sorted(FULL)), inner, max_size=3)
    ),
    max_leaves=8,
)


class Memory:
    """A corpus of values in memory."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._documents = {path: read_text(path, json.dumps(value), "json") for path, value in values.items()}

    @property
    def today(self) -> str:
        return "2026-02-10"

    def configured(self, key: str) -> Any:
        return None

    @property
    def tracked(self) -> Collection[str]:
        return self._documents.keys()

    def has(self, path: str) -> bool:
        return path in self._documents

    def records(self, kind: str) -> Sequence[Record]:
        return [Record(path, document.value) for path, document in self._documents.items()]

    def open(self, path: str) -> Document | None:
        return self._documents.get(path)

    def text(self, path: str) -> str | None:
        return None

    @property
    def schemas(self) -> Any:
        raise NotImplementedError

    def identifiers(self) -> frozenset[str]:
        return frozenset()


def judge(values: dict[str, Any], projects: Any) -> None:
    corpus = Memory(values)
    for path in values:
        document = corpus.open(path)
        assert document
        for finding in compose.check_document(document, SCHEMA):
            assert len(finding.id) == 12
    for finding in compose.check_corpus(corpus, {"projects": projects}, dict.fromkeys(compose.OPT_IN, "warn")):
        assert len(finding.id) == 12


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, item in inner for place in places(item, (*at, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """The full file with some of its values replaced by anything."""
    value = copy.deepcopy(FULL)
    for _ in range(draw(st.integers(0, 3))):
        *way, last = draw(st.sampled_from(places(value)[1:]))
        inner: Any = value
        for step in way:
            inner = inner[step]
        inner[last] = draw(VALUES)
    return value


FAST = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@FAST
@given(first=mutated(), second=mutated() | VALUES, projects=VALUES | st.just([["compose.yaml", "b.yaml"]]))
def test_nothing_in_a_file_makes_the_rules_fall_over(first: Any, second: Any, projects: Any) -> None:
    judge({"compose.yaml": first, "compose.override.yaml": second, "b.yaml": second, "compose.c.yaml": first}, projects)


@FAST
@given(value=VALUES)
def test_nor_does_anything_that_is_no_compose_file(value: Any) -> None:
    judge({"compose.yaml": value, "a/docker-compose.yml": value}, value)


@FAST
@given(text=st.text(alphabet="${}:-?+A1 \n", max_size=12))
def test_every_text_is_interpolated_or_refused(text: str) -> None:
    from govern.kinds.compose.interpolation import malformed, resolve

    where = malformed(text)
    if where:
        assert 0 <= where[0] < where[1] <= len(text)
        assert text[where[0]] == "$"
    else:
        assert resolve(text, unknown="") is not None


def test_the_full_file_gives_most_rules_something_to_say() -> None:
    corpus = Memory({"compose.yaml": FULL, "b.yaml": {}, "c.yaml": {}})
    document = corpus.open("compose.yaml")
    assert document
    found = {finding.rule for finding in compose.check_document(document, SCHEMA)}
    assert {finding.rule for finding in compose.check_corpus(corpus, {}, dict.fromkeys(compose.OPT_IN, "warn"))} == {
        "compose/bind-missing",
        "compose/include-missing",
        "compose/port-taken",
        "compose/restart-missing",
        "compose/service-unknown",
    }
    assert found == {
        "compose/environment-duplicate",
        "compose/image-unpinned",
        "compose/interpolation-malformed",
        "compose/port-malformed",
        "compose/secret-literal",
        "compose/version-obsolete",
    }
