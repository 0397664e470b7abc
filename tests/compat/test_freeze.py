"""What counts as an edit of a published version, and what the lock says about it."""

import hashlib
import json
from typing import Any

import pytest

from govern.compat.versions.freeze import Published, check_frozen, check_lock, fingerprint, frozen, text, unfrozen
from govern.model.document import Document
from govern.parse import read_text

ORDER: dict[str, Any] = {
    "$id": "urn:shop:order:1.0.0",
    "title": "Order",
    "type": "object",
    "properties": {
        "id": {"type": "string", "description": "Its number.", "format": "uuid"},
        "description": {"type": "string", "maxLength": 80},
    },
    "required": ["id"],
}


def changed(**keywords: Any) -> dict[str, Any]:
    return ORDER | keywords


def document(value: Any, path: str = "schemas/order/1.0.0.json") -> Document:
    return read_text(path, json.dumps(value, indent=2), "json")


def lock(value: Any) -> Document:
    return document(value, "schemas/govern.lock.json")


def published(value: Any, version: tuple[int, int, int] = (1, 0, 0)) -> Published:
    return Published("order", version, document(value))


def test_the_fingerprint_is_the_sha_256_of_the_canonical_json_without_annotations() -> None:
    # for ASCII keys and small integers RFC 8785 is what the standard library writes
    bare = {
        "$id": "urn:shop:order:1.0.0",
        "type": "object",
        "properties": {"id": {"type": "string", "format": "uuid"}, "description": {"type": "string", "maxLength": 80}},
        "required": ["id"],
    }
    canonical = json.dumps(bare, sort_keys=True, separators=(",", ":")).encode()
    assert fingerprint(ORDER) == hashlib.sha256(canonical).hexdigest()


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(dict(reversed(ORDER.items())), id="another order of keys"),
        pytest.param(changed(title="Purchase order"), id="another title"),
        pytest.param(changed(**{"$comment": "see the wiki", "examples": [{"id": 1}], "deprecated": True}), id="more"),
        pytest.param(
            changed(properties={"id": {"type": "string", "format": "uuid"}, "description": {"type": "string", "maxLength": 80.0}}),
            id="a description less, and 80.0 for 80",
        ),
    ],
)  # fmt: skip
def test_annotations_and_spelling_are_no_edit(same: Any) -> None:
    assert fingerprint(same) == fingerprint(ORDER)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(changed(required=["id", "description"]), id="another required name"),
        pytest.param(changed(**{"$id": "urn:shop:order:1.0.1"}), id="another $id"),
        pytest.param(changed(properties={"id": ORDER["properties"]["id"]}), id="a property called description less"),
        pytest.param(
            changed(properties=ORDER["properties"] | {"id": {"type": "string"}}), id="a format less"
        ),
        pytest.param(changed(const={"title": "x"}), id="a const"),
        pytest.param(True, id="true"),
    ],
)  # fmt: skip
def test_whatever_judges_values_is_an_edit(other: Any) -> None:
    assert fingerprint(other) != fingerprint(ORDER)


def test_a_title_inside_a_value_is_no_annotation() -> None:
    assert fingerprint({"const": {"title": "a"}}) != fingerprint({"const": {"title": "b"}})
    assert fingerprint({"items": {"title": "a"}}) == fingerprint({"items": {"title": "b"}})


def test_annotations_are_left_out_below_every_keyword_that_holds_schemas() -> None:
    def nested(title: str) -> dict[str, Any]:
        inner = {"title": title, "type": "string"}
        return {
            "$defs": {"a": inner},
            "allOf": [inner, {"not": inner}],
            "items": inner,
            "prefixItems": [inner],
            "if": inner,
            "dependentSchemas": {"title": inner},
            "patternProperties": {"title": inner},
        }

    assert fingerprint(nested("a")) == fingerprint(nested("b"))


def test_a_frozen_version_that_was_edited_is_found_at_its_id() -> None:
    held = lock({"order@1.0.0": fingerprint(ORDER)})
    (finding,) = check_frozen(held, [published(changed(required=[]))])
    assert (finding.rule, finding.path, finding.span.line) == ("schemas/frozen-edited", "schemas/order/1.0.0.json", 2)
    assert "order@1.0.0" in finding.message
    assert not list(check_frozen(held, [published(changed(title="Purchase order"))]))


def test_a_frozen_version_that_is_gone_is_found_in_the_lock() -> None:
    held = lock({"order@1.0.0": fingerprint(ORDER), "order@1.1.0": fingerprint(ORDER)})
    (finding,) = check_frozen(held, [published(ORDER)])
    assert (finding.rule, finding.path, finding.span.line) == ("schemas/frozen-missing", held.path, 3)


def test_a_version_that_is_not_frozen_may_say_anything() -> None:
    assert not list(check_frozen(lock({}), [published(ORDER)]))
    assert [each.name for each in unfrozen({}, [published(ORDER)])] == ["order@1.0.0"]


def test_freezing_adds_and_never_replaces() -> None:
    held = {"order@1.0.0": "0" * 64}
    result = frozen(held, [published(ORDER), published(ORDER, (1, 10, 0)), published(ORDER, (1, 9, 0))])
    assert list(result) == ["order@1.0.0", "order@1.9.0", "order@1.10.0"]
    assert result["order@1.0.0"] == "0" * 64
    assert text(result).splitlines()[1] == f'  "order@1.0.0": "{"0" * 64}",'
    assert frozen(result, []) == result


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ([], 1),
        ({"order": "0" * 64}, 2),
        ({"order@1.0": "0" * 64}, 2),
        ({"order@1.0.0": "0" * 63}, 2),
        ({"order@1.0.0": None}, 2),
        ({"order@1.0.0": "0" * 64, "order@01.0.0": "0" * 64}, 3),
    ],
)
def test_a_lock_that_is_none_is_a_finding_at_its_place(value: Any, line: int) -> None:
    (finding,) = check_lock(lock(value))
    assert (finding.rule, finding.span.line) == ("schemas/lock-malformed", line)


def test_a_lock_that_is_not_json_is_a_finding() -> None:
    (finding,) = check_lock(read_text("schemas/govern.lock.json", "{", "json"))
    assert finding.rule == "json/syntax"


def test_a_good_lock_is_none() -> None:
    assert not list(check_lock(lock({"order@1.0.0": "0" * 64, "event/order-placed@0.1.0": "f" * 64})))
