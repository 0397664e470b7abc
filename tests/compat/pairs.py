"""Writes the labelled pairs of `tests/cases/compat-pairs`: every edit, in several drafts and at several places.

python -m tests.compat.pairs     writes the files anew; a test holds that they are what this would write

A row says of two schemas whether each value of the one is a value of the other, under the readings that it lists. Where
it is not, the row holds a value for which it is not. Where it is, the argument was made with the edit, and the place
keeps it: every place is monotone (a wider schema there is a wider schema as a whole) or, under `not`, the reverse.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.compat.edits import ARRAYS, NUMBERS, STRINGS, TYPES, VALUES, Edit, Holds
from tests.compat.readings import ANNOTATED, ASSERTED, LENIENT
from tests.compat.shapes import OBJECTS, RECURSION, REFERENCES, UNIONS
from tests.laws.closed import obeys
from tests.laws.dialects import DIALECTS, DRAFTS, Unsayable, older, spelled

FOLDER = Path(__file__).parent.parent / "cases" / "compat-pairs"
PLACES_OF_AN_EDIT = 2  # beside the root: enough that each place sees each sort of edit, few enough to read the files
READINGS = [("strict", "annotate"), ("lenient", "assert")]  # no formats here, so each is asked once
TAG = {"enum": ["a"]}
Schema = Any


class Place(NamedTuple):
    """A schema around a schema, and the value around a value that brings it there."""

    around: Callable[[Schema], Schema]
    value: Callable[[Any], Any] = lambda value: value
    since: str = "draft4"
    turned: bool = False


def _object(schema: Schema, **more: Any) -> Schema:
    return {"type": "object", "properties": {"x": schema}, **more}


def _within(node: Schema) -> Schema:
    return {"$defs": {"n": node}, "$ref": "#/$defs/n"}


PLACES = {
    "a property": Place(_object, lambda v: {"x": v}),
    "a required property of a closed object": Place(
        lambda s: _object(s, required=["x"], additionalProperties=False), lambda v: {"x": v}
    ),
    "items": Place(lambda s: {"type": "array", "items": s}, lambda v: [v]),
    "the second item": Place(lambda s: {"prefixItems": [{}, s]}, lambda v: [None, v]),
    "the rest of a tuple": Place(lambda s: {"prefixItems": [{}], "items": s}, lambda v: [0, v]),
    "the values of a map": Place(lambda s: {"additionalProperties": s}, lambda v: {"k": v}),
    "the values of some keys": Place(lambda s: {"patternProperties": {"^x-": s}}, lambda v: {"x-1": v}),
    "one of two branches": Place(lambda s: {"anyOf": [s, {"enum": ["of another branch"]}]}),
    "a branch with a tag": Place(
        lambda s: {
            "oneOf": [
                {"properties": {"kind": TAG, "value": s}, "required": ["kind"]},
                {"properties": {"kind": {"enum": ["b"]}}, "required": ["kind"]},
            ]
        },
        lambda v: {"kind": "a", "value": v},
    ),
    "one of all": Place(lambda s: {"allOf": [{}, s]}),
    "a definition": Place(lambda s: _within(s)),
    "a list": Place(
        lambda s: _within(_object(s, properties={"value": s, "next": {"$ref": "#/$defs/n"}})),
        lambda v: {"next": {"value": v}},
    ),
    "a tree": Place(
        lambda s: _within(
            _object(s, properties={"value": s, "children": {"type": "array", "items": {"$ref": "#/$defs/n"}}})
        ),
        lambda v: {"children": [{}, {"value": v}]},
    ),
    "who has a key": Place(
        lambda s: {"properties": {"k": {}}, "dependentSchemas": {"k": {"properties": {"x": s}}}},
        lambda v: {"k": 1, "x": v},
    ),
    "a consequence": Place(
        lambda s: {
            "if": {"properties": {"kind": TAG}, "required": ["kind"]},
            "then": {"properties": {"kind": {}, "x": s}},
        },
        lambda v: {"kind": "a", "x": v},
        "draft7",
    ),
    "one of the items": Place(lambda s: {"type": "array", "contains": s}, lambda v: [v], "draft6"),
    "what is not evaluated": Place(lambda s: {"unevaluatedProperties": s}, lambda v: {"k": v}, "draft2019-09"),
    "not": Place(lambda s: {"not": s}, turned=True),
    "not not": Place(lambda s: {"not": {"not": s}}),
    "deep down": Place(
        lambda s: _object({"items": _object({"type": ["object", "null"], "additionalProperties": s})}),
        lambda v: {"x": [{"x": {"k": v}}]},
    ),
}
# Where an object is a place of its own, so that what obeys inside obeys as a whole
CHILDREN = ["a property", "items", "the values of a map", "a branch with a tag", "a definition", "a list", "deep down"]
FAMILIES = {
    "values": VALUES,
    "types": TYPES,
    "numbers": NUMBERS,
    "strings": STRINGS,
    "arrays": ARRAYS,
    "objects": OBJECTS,
    "unions": UNIONS,
    "recursion": RECURSION,
    "references": REFERENCES,
}
READ: dict[str, tuple[list[Edit], list[tuple[str, str]]]] = {
    "lenient": (LENIENT, [("lenient", "assert"), ("lenient", "annotate")]),
    "asserted": (ASSERTED, [("strict", "assert"), ("lenient", "assert")]),
    "annotated": (ANNOTATED, [("strict", "annotate"), ("lenient", "annotate")]),
}


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row with the name of its file."""
    for family, edits in FAMILIES.items():
        for number, edit in enumerate(edits):
            for row in _rows_of(family, edit, number, READINGS, list(PLACES)):
                yield family, row
    for family, (edits, readings) in READ.items():
        for number, edit in enumerate(edits):
            for row in _rows_of(family, edit, number, readings, CHILDREN):
                yield family, row
    for number, edit in enumerate(edit for edits in FAMILIES.values() for edit in edits):
        if number % 3 == 0:
            # 1.0 is an integer from draft 6 on, so up to there a draft more is a set more
            since = max(edit.since, "draft6", key=DRAFTS.index) if "integer" in str(edit) else edit.since
            drafts = [draft for draft in DRAFTS if not older(draft, since)]
            yield "mixed", _row("mixed", edit, "", Place(lambda s: s), _two(drafts, number), READINGS)


def _two(drafts: list[str], number: int) -> tuple[str, str]:
    return drafts[number % len(drafts)], drafts[(number + 1) % len(drafts)]


def _rows_of(
    family: str, edit: Edit, number: int, readings: list[tuple[str, str]], names: list[str]
) -> Iterator[dict[str, Any]]:
    drafts = [draft for draft in DRAFTS if not older(draft, edit.since)]
    yield _row(family, edit, "", Place(lambda s: s), (drafts[-1],) * 2, readings)
    if drafts[0] != drafts[-1] and number % 2:
        yield _row(family, edit, "", Place(lambda s: s), (drafts[number // 2 % (len(drafts) - 1)],) * 2, readings)
    if "$ref" in json.dumps([edit.old, edit.new]):
        return  # what it refers to is at the root
    for step in range(min(PLACES_OF_AN_EDIT, len(names))):
        turn = number * PLACES_OF_AN_EDIT + step
        name = names[turn % len(names)]
        possible = [draft for draft in drafts if not older(draft, PLACES[name].since)]
        draft = possible[(turn // 3) % len(possible)]
        yield _row(family, edit, name, PLACES[name], (draft, draft), readings)


def _row(
    family: str, edit: Edit, name: str, place: Place, drafts: tuple[str, str], readings: list[tuple[str, str]]
) -> dict[str, Any]:
    mixed = drafts[0] != drafts[1]
    old, new = (
        _spelled_in(schema, place, draft, named=mixed)
        for schema, draft in zip((edit.old, edit.new), drafts, strict=True)
    )
    said = " to ".join(drafts) if mixed else drafts[0]
    row: dict[str, Any] = {
        "id": "/".join(filter(None, [family, edit.name, name, said])),
        "source": family,
        "dialect": drafts[0],
        "old": old,
        "new": new,
    }
    backward, forward = (edit.forward, edit.backward) if place.turned else (edit.backward, edit.forward)
    for direction, effect in (("backward", backward), ("forward", forward)):
        row[f"truth_{direction}"] = isinstance(effect, Holds)
        if isinstance(effect, Holds):
            row[f"basis_{direction}"] = f"by construction: {effect.argument}"
        else:
            row |= {f"basis_{direction}": "witness", f"witness_{direction}": place.value(effect.witness)}
    row["readings"] = [
        list(reading) for reading in readings if all(_holds(row, writer, reading) for writer in ("old", "new"))
    ]
    if family in FAMILIES and '"format"' in json.dumps([old, new]):
        raise ValueError(f"{row['id']}: formats have a table of their own")
    return row


def _holds(row: dict[str, Any], writer: str, reading: tuple[str, str]) -> bool:
    """Is the label the same under this reading? A witness may be one that no producer sends."""
    witness = row.get("witness_backward" if writer == "old" else "witness_forward", _holds)
    if reading[0] == "strict" or witness is _holds:
        return True
    dialect = DIALECTS[row["dialect"]]
    return obeys(row[writer], witness, dialect, formats=reading[1] == "assert") is True


def _spelled_in(schema: Schema, place: Place, draft: str, *, named: bool) -> Schema:
    try:
        result = spelled(place.around(schema), draft)
    except Unsayable as word:
        raise ValueError(f"{schema} is not of {draft}: {word}") from None
    return {"$schema": DIALECTS[draft], **result} if named and isinstance(result, dict) else result


def files() -> dict[str, str]:
    """The text of each file."""
    lines: dict[str, list[str]] = {}
    for name, row in rows():
        lines.setdefault(name, []).append(json.dumps(row, ensure_ascii=True))
    return {f"{name}.jsonl": "\n".join(found) + "\n" for name, found in lines.items()}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
