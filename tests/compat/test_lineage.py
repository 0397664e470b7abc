"""The versions of a subject: what a path says, what is compared with what, and whether numbers keep their promises."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govern.compat.versions import lineage
from govern.compat.versions.freeze import Published
from govern.compat.versions.held import Held, held
from govern.model.change import Bump, Change, Comparison, Mode, Site
from govern.model.rule import Severity
from govern.model.schema import Version, written
from govern.model.verdict import Breaking, Compatible, Direction, Undecided, Verdict
from govern.parse import read

VERSIONS = st.tuples(*[st.integers(0, 3)] * 3)


def exact(version: str, subject: str = "event/order") -> Held:
    result = held(f"schemas/{subject}/{version}.json", ["schemas"])
    assert result
    return result


def names(pairs: list[tuple[Held, Held]]) -> list[str]:
    return [f"{old.name.rpartition('@')[2]} {new.name.rpartition('@')[2]}" for old, new in pairs]


# What a path says


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("schemas/order/1.0.0.json", "order@1.0.0"),
        ("schemas/event/order-placed/10.2.33.json", "event/order-placed@10.2.33"),
        ("platform/schemas/order/1.0.0.json", "order@1.0.0"),
        ("contracts/order.schema.json", "contracts/order"),
        ("order.v2.schema.json", "order@v2"),
        ("schemas/order/draft.schema.json", "schemas/order/draft"),
        ("contracts/v2.schema.json", "contracts/v2"),
    ],
)
def test_a_path_names_a_subject_and_its_version(path: str, name: str) -> None:
    found = held(path, ["schemas", "platform/schemas"])
    assert found
    assert found.name == name


@pytest.mark.parametrize(
    "path",
    [
        *("schemas/order/1.0.json", "schemas/order/01.0.0.json", "schemas/order/1.0.0.yaml", "other/order/1.0.0.json"),
        *("schemas/1.0.0.json", "schemas/order/templates/1.0.0.json", "schemas/order/1.0.0-rc1.json"),
        *("package.json", "contracts/.schema.json", "schemas/govern.lock.json", "schemas/order/kind.yaml"),
    ],
)
def test_other_files_are_no_schemas(path: str) -> None:
    assert held(path, ["schemas"]) is None


# What is compared with what


@pytest.mark.parametrize(
    ("old", "new", "transitive", "expected"),
    [
        ("1.0.0", "1.0.0 1.1.0", False, ["1.0.0 1.1.0", "1.0.0 1.0.0"]),
        ("1.0.0 2.0.0", "1.0.0 1.1.0 2.0.0", False, ["2.0.0 2.0.0", "1.0.0 1.0.0", "1.0.0 1.1.0"]),
        ("1.0.0", "1.0.0 1.1.0 1.2.0", False, ["1.0.0 1.2.0", "1.0.0 1.0.0", "1.0.0 1.1.0"]),
        ("1.0.0 1.1.0", "1.0.0 1.1.0 1.2.0", True, ["1.1.0 1.2.0", "1.0.0 1.0.0", "1.1.0 1.1.0", "1.0.0 1.2.0"]),
        ("1.0.0 2.0.0", "1.0.0 2.0.0 2.1.0", True, ["2.0.0 2.1.0", "1.0.0 1.0.0", "2.0.0 2.0.0"]),
        ("1.0.0 1.1.0 2.0.0", "1.2.0 2.0.0", True, ["2.0.0 2.0.0", "1.1.0 1.2.0", "1.0.0 1.2.0"]),
        ("2.0.0", "1.0.0", False, ["2.0.0 1.0.0"]),
        ("", "1.0.0", False, []),
        ("1.0.0", "", False, []),
    ],
)
def test_the_highest_with_the_highest_and_every_other_with_what_it_was(
    old: str, new: str, transitive: bool, expected: list[str]
) -> None:
    pairs = lineage.pairs(*([exact(each) for each in side.split()] for side in (old, new)), transitive=transitive)
    assert names(pairs) == expected


@given(st.lists(VERSIONS, unique=True, min_size=1), st.lists(VERSIONS, unique=True, min_size=1), st.booleans())
def test_no_version_that_was_added_goes_uncompared(old: list[Version], new: list[Version], transitive: bool) -> None:
    before, after = ([exact(written(each)) for each in sorted(side)] for side in (old, new))
    pairs = lineage.pairs(before, after, transitive=transitive)
    assert pairs[0] == (before[-1], after[-1])
    compared = {file for _, file in pairs}
    assert all(file in compared or file.rank < before[0].rank for file in after)
    assert all(was in before for was, _ in pairs)
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize(
    ("old", "new", "risen"),
    [
        ("schemas/order/1.9.0.json", "schemas/order/2.0.0.json", True),
        ("schemas/order/1.9.0.json", "schemas/order/1.10.0.json", False),
        ("schemas/order/0.9.0.json", "schemas/order/1.0.0.json", True),
        ("order.v1.schema.json", "order.v2.schema.json", True),
        ("order.schema.json", "order.v1.schema.json", False),
        ("order.schema.json", "order.v2.schema.json", True),
        ("order.v2.schema.json", "order.schema.json", False),
    ],
)
def test_only_a_higher_major_allows_a_break(old: str, new: str, risen: bool) -> None:
    before, after = held(old, ["schemas"]), held(new, ["schemas"])
    assert before
    assert after
    assert lineage.has_risen(before, after) is risen


# Numbers


@given(VERSIONS, st.sampled_from(["patch", "minor", "major"]))
def test_a_raised_version_lies_as_far_as_it_must(version: Version, bump: Bump) -> None:
    new = lineage.raised(version, bump)
    assert lineage.actual_bump(version, new) == bump
    assert not lineage.is_short_of(lineage.actual_bump(version, new), bump)


@pytest.mark.parametrize(
    ("old", "new", "verdict", "same", "expected"),
    [
        ({"type": "string"}, {"type": "string"}, Compatible(), True, "none"),
        ({"$id": "a:1.0.0", "type": "string"}, {"$id": "a:1.0.1", "type": "string"}, Compatible(), True, "none"),
        ({"type": "string"}, {"type": "string", "title": "A"}, Compatible(), True, "patch"),
        ({"type": "string"}, {"type": ["string", "null"]}, Compatible(), False, "minor"),
        ({"type": "string"}, {"type": "null"}, Breaking("a"), False, "major"),
        ({"type": "string"}, {"type": "null"}, Undecided("too large"), False, "major"),
        ({"const": 1}, {"const": True}, Compatible(), False, "minor"),
    ],
)
def test_what_a_number_must_at_least_do(old: Any, new: Any, verdict: Verdict, same: bool, expected: Bump) -> None:
    assert lineage.required_bump(old, new, [verdict], lambda: same) == expected


@pytest.mark.parametrize(
    ("mode", "directions"),
    [("backward", ("backward",)), ("forward-transitive", ("forward",)), ("full", ("backward", "forward"))],
)
def test_a_mode_asks_for_directions(mode: Mode, directions: tuple[str, ...]) -> None:
    assert lineage.asked(mode) == directions


@pytest.mark.parametrize(
    ("old", "new", "edited"),
    [
        ({"type": "string"}, {"type": "string", "description": "A name."}, False),
        ({"properties": {}}, {"properties": {"title": True}}, True),
        ({"default": 1}, {"default": 2}, False),
        ({"format": "date"}, {}, True),
        ({"const": {"title": 1}}, {"const": {"title": 2}}, True),
    ],
)
def test_annotations_are_no_edit(old: Any, new: Any, edited: bool) -> None:
    assert lineage.is_edited(old, new) is edited


# A whole lineage


def published(version: str, contents: Any = None, subject: str = "event/order") -> Published:
    text = {"$id": f"https://acme.example/{subject}/{version}", **(contents or {})}
    path = f"schemas/{subject}/{version}.json"
    major, minor, patch = map(int, version.split("."))
    return Published(subject, (major, minor, patch), read(path, json.dumps(text, indent=2).encode(), "json"))


def findings(versions: str, bumps: dict[str, Bump] | None = None) -> list[tuple[str, str, int]]:
    """The findings on a lineage whose neighbours differ by the bumps named, else by a major."""
    asked = []

    def compare(old: Published, new: Published) -> Comparison:
        asked.append(new.name)
        bump = (bumps or {}).get(written(new.version), "none")
        verdict: Verdict = Breaking({"total": None}) if bump == "major" else Compatible()
        return Comparison(
            "event/order", old.name, new.name, "backward", "lenient", "assert", verdict, Compatible(), bump
        )

    members = [published(version) for version in versions.split()]
    found = list(lineage.check_lineage(reversed(members), compare))
    assert len(asked) == max(0, len(members) - 1)
    return [(each.rule, each.path.rpartition("/")[2], each.span.line) for each in found]


@pytest.mark.parametrize(
    ("versions", "missing"),
    [
        ("1.0.0 1.1.0 1.1.1 2.0.0 3.0.0 10.0.0", "10.0.0"),
        ("1.0.0 1.2.0", "1.2.0"),
        ("1.0.0 1.0.2", "1.0.2"),
        ("1.0.0 1.1.1", "1.1.1"),
        ("1.0.0 3.0.0", "3.0.0"),
        ("1.0.0 1.0.1 1.1.0 2.0.0 2.1.0", ""),
        ("0.1.0 1.0.0", ""),
        ("4.2.0 4.3.0", ""),
        ("1.0.0", ""),
    ],
)
def test_a_version_follows_the_one_before_it(versions: str, missing: str) -> None:
    assert findings(versions) == ([("compat/version-skipped", f"{missing}.json", 2)] if missing else [])


@pytest.mark.parametrize(
    ("version", "bump", "wrong"),
    [
        ("1.1.0", "major", True),
        ("1.0.1", "minor", True),
        ("1.0.1", "major", True),
        ("1.1.0", "minor", False),
        ("1.0.1", "patch", False),
        ("2.0.0", "major", False),
        ("2.0.0", "none", False),
    ],
)
def test_a_number_promises_no_more_than_the_schema_keeps(version: str, bump: Bump, wrong: bool) -> None:
    told = findings(f"1.0.0 {version}", {version: bump})
    assert told == ([("compat/version-understated", f"{version}.json", 2)] if wrong else [])


def test_the_finding_shows_the_value_that_is_refused_and_the_right_number() -> None:
    old, new = published("1.0.0"), published("1.1.0")
    comparison = Comparison(
        "event/order", old.name, new.name, "full", "lenient", "assert", Compatible(), Breaking({"a": None}), "major"
    )
    (finding,) = lineage.understated(old, new, comparison)
    assert finding.message == 'event/order@1.1.0 breaks 1.0.0: {"a": null} is refused; it must be called 2.0.0'


def test_the_value_is_shown_whole_whatever_its_properties_are_called() -> None:
    old, new = published("1.0.0"), published("1.1.0")
    witness = {"$id": "urn:order", "id": "AC000000", "title": "ü"}
    comparison = Comparison(
        "event/order", old.name, new.name, "backward", "lenient", "assert", Breaking(witness), None, "major"
    )
    (finding,) = lineage.understated(old, new, comparison)
    assert json.dumps(witness, ensure_ascii=False) in finding.message


def test_a_number_need_not_rise_for_what_is_accepted() -> None:
    def change(name: str, *breaks: Direction) -> Change:
        severity: Severity = "error" if breaks else "warning"
        return Change("event/order", "compat/enum-narrowed", severity, "", None, Site("a", name), breaks=breaks)

    first, second, harmless = change("/1", "backward"), change("/2", "forward"), change("/3")
    told = Comparison(
        *("event/order", "1.0.0", "1.1.0", "full", "lenient", "assert", Breaking(1), Breaking(2), "major"),
        changes=(first, second, harmless),
    )
    assert lineage.settled(told, {first.id, second.id}).required_bump == "none"
    for accepted in ({first.id}, {second.id, harmless.id}, set[str]()):
        assert lineage.settled(told, accepted) == told
    assert lineage.settled(told._replace(changes=(harmless,)), {harmless.id}).required_bump == "major"


@pytest.mark.parametrize(
    ("identifier", "right"),
    [
        ("https://acme.example/event/order/1.0.0", "https://acme.example/event/order/1.1.0"),
        ("urn:govern:event/order:1.0.0", "urn:govern:event/order:1.1.0"),
        ("urn:govern:event/refund:1.1.0", "urn:govern:event/order:1.1.0"),
        ("https://acme.example/v2.0.0/order/1.0.0.json", "https://acme.example/v2.0.0/order/1.1.0.json"),
        ("https://acme.example/event/order/1.1.0", ""),
        ("https://acme.example/event/order", ""),
        ("https://10.0.0.1/order/1.1.0.json", ""),
    ],
)
def test_an_id_names_the_version_that_its_path_does(identifier: str, right: str) -> None:
    told = [each.hint for each in lineage.check_id(published("1.1.0", {"$id": identifier}))]
    assert told == ([f"write {right}"] if right else [])


def test_a_schema_that_cannot_be_read_is_passed_over() -> None:
    broken = Published("event/order", (1, 0, 0), read("schemas/event/order/1.0.0.json", b"{", "json"))
    assert not list(lineage.check_lineage([broken], lambda old, new: pytest.fail("compared")))
    for contents in (b"true", b"3", b'{"$id": 3}'):
        odd = Published("event/order", (1, 0, 0), read("schemas/event/order/1.0.0.json", contents, "json"))
        assert not list(lineage.check_id(odd))
