"""Pairs of schemas with labels that do not come from us: each witness is confirmed by two validators, and what holds
by construction says by which. Then the engine is asked.
"""

import json
from collections import Counter
from itertools import product
from typing import Any

import pytest

from govern.compat.compare import Source, decide
from govern.model.verdict import Breaking, Compatible, Direction, Undecided
from tests.compat.pairs import FOLDER, files
from tests.laws.closed import obeys
from tests.laws.dialects import DIALECTS
from tests.laws.reference import python_admits, rust_admits

ROWS: list[dict[str, Any]] = [
    json.loads(line) for file in sorted(FOLDER.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
]
DIRECTIONS: tuple[Direction, ...] = ("backward", "forward")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in ROWS])
def test_the_verdict_is_the_label(row: dict[str, Any]) -> None:
    dialect = DIALECTS[row["dialect"]]
    old, new = Source(row["old"], {}, dialect), Source(row["new"], {}, dialect)
    for (open_content, formats), direction in product(row["readings"], DIRECTIONS):
        verdict = decide(old, new, direction=direction, open_content=open_content, formats=formats)
        asked = f"{direction}, {open_content}, {formats}"
        match verdict:
            case Compatible():
                assert row[f"truth_{direction}"], f"{asked}: compatible, but {row.get(f'witness_{direction}')!r} breaks"
            case Breaking(witness):
                assert not row[f"truth_{direction}"], f"{asked}: {witness!r} breaks, but {row[f'basis_{direction}']}"
            case Undecided(reason):
                pytest.fail(f"{asked}: undecided, {reason}")


@pytest.mark.parametrize("direction", ["backward", "forward"])
@pytest.mark.parametrize("formats", [True, False], ids=["assert", "annotate"])
def test_every_witness_of_the_table_is_one(direction: str, formats: bool) -> None:
    writer, reader = ("old", "new") if direction == "backward" else ("new", "old")
    for row in ROWS:
        if f"witness_{direction}" not in row or not any((r[1] == "assert") == formats for r in row["readings"]):
            continue
        witness, dialect = row[f"witness_{direction}"], DIALECTS[row["dialect"]]
        for admits in (python_admits, rust_admits):
            assert admits(row[writer], witness, dialect, formats=formats), row["id"]
            assert not admits(row[reader], witness, dialect, formats=formats), row["id"]
        if any(reading[0] == "lenient" for reading in row["readings"]):
            assert obeys(row[writer], witness, dialect, formats=formats) is True, row["id"]


def test_a_row_of_the_table_has_a_label_for_each_direction_and_a_reason() -> None:
    for row in ROWS:
        for direction in ("backward", "forward"):
            basis = row[f"basis_{direction}"]
            assert row[f"truth_{direction}"] == basis.startswith("by construction: ")
            assert (basis == "witness") == (f"witness_{direction}" in row)
        assert row["readings"]
    assert not [name for name, times in Counter(row["id"] for row in ROWS).items() if times > 1]
    assert len(ROWS) >= 400


def test_the_table_is_what_its_edits_say() -> None:
    assert {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.jsonl")} == files()
