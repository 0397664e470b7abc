"""`govern schemas snapshot`: the next version of a schema, from a Pydantic model in somebody's package."""

import importlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from govern.snapshot import NoModel, governed, model_schema
from tests.repo import Ran, Repo

SUBJECT = "event/order-placed"
MODEL = '''
from pydantic import BaseModel, Field


class Line(BaseModel):
    sku: str
    count: int = Field(ge=1)


class OrderPlaced(BaseModel):
    """An order was placed."""

    id: str = Field(min_length=1)
    lines: list[Line]
'''


@pytest.fixture
def shop(repo: Repo) -> Repo:
    """A repository with a package that holds a model."""
    repo.write("shop/__init__.py", "")
    repo.write("shop/events.py", MODEL)
    return repo


def edit(repo: Repo, old: str, new: str) -> None:
    text = (repo.root / "shop/events.py").read_text()
    assert old in text
    repo.write("shop/events.py", text.replace(old, new))


def snapshot(repo: Repo, *arguments: str, model: str = "shop.events:OrderPlaced", subject: str = SUBJECT) -> Ran:
    # in a process of its own: the package must be imported anew each time
    ran = repo.process("schemas", "snapshot", model, "--subject", subject, *arguments)
    assert "bug in govern" not in ran.err and "Traceback" not in ran.err, ran
    return ran


def versions(repo: Repo, subject: str = SUBJECT) -> list[str]:
    return sorted(path.stem for path in (repo.root / "schemas" / subject).glob("*.json"))


def contents(repo: Repo, version: str) -> dict[str, Any]:
    return dict(json.loads((repo.root / f"schemas/{SUBJECT}/{version}.json").read_text()))


def test_the_first_snapshot_is_version_1(shop: Repo) -> None:
    ran = snapshot(shop)
    assert (ran.code, ran.out) == (0, "")
    assert f"wrote schemas/{SUBJECT}/1.0.0.json: the first version" in ran.err
    schema = contents(shop, "1.0.0")
    assert schema["$id"] == f"urn:govern:{SUBJECT}:1.0.0"
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    assert validator.is_valid({"id": "a", "lines": [{"sku": "x", "count": 1}]})
    assert not validator.is_valid({"id": "a", "lines": [{"sku": "x", "count": 0}]})


def test_what_it_writes_is_sound(shop: Repo) -> None:
    snapshot(shop)
    ran = shop.govern("schemas", "lint")
    assert (ran.code, ran.out) == (0, "")


def test_an_unchanged_model_writes_nothing(shop: Repo) -> None:
    snapshot(shop)
    ran = snapshot(shop)
    assert (ran.code, "nothing to write" in ran.err, versions(shop)) == (0, True, ["1.0.0"])


@pytest.mark.parametrize(
    ("old", "new", "version"),
    [
        ("An order was placed.", "Somebody placed an order.", "1.0.1"),
        ("lines: list[Line]", 'lines: list[Line]\n    note: str = ""', "1.1.0"),
        ("Field(ge=1)", "Field(ge=0)", "1.1.0"),
        ("Field(ge=1)", "Field(ge=2)", "2.0.0"),
        ("lines: list[Line]", "lines: list[Line]\n    total: int", "2.0.0"),
    ],
)
def test_the_next_number_is_what_the_comparison_requires(shop: Repo, old: str, new: str, version: str) -> None:
    snapshot(shop)
    edit(shop, old, new)
    ran = snapshot(shop)
    assert (ran.code, versions(shop)) == (0, ["1.0.0", version]), ran
    assert contents(shop, version)["$id"] == f"urn:govern:{SUBJECT}:{version}"


def test_a_break_is_told_with_a_value_that_proves_it(shop: Repo) -> None:
    snapshot(shop)
    edit(shop, "Field(ge=1)", "Field(ge=2)")
    ran = snapshot(shop)
    witness = json.loads(ran.err.partition("the model refuses ")[2])
    old, new = (jsonschema.Draft202012Validator(contents(shop, version)) for version in ("1.0.0", "2.0.0"))
    assert (old.is_valid(witness), new.is_valid(witness)) == (True, False)


def test_the_mode_of_the_subject_counts(shop: Repo) -> None:
    shop.write("govern.toml", '[compat.subjects]\n"event/*" = "forward"\n')
    snapshot(shop)
    edit(shop, "Field(ge=1)", "Field(ge=2)")  # producers narrow what they send: their consumers stay
    snapshot(shop)
    assert versions(shop) == ["1.0.0", "1.1.0"]


def test_a_transitive_mode_looks_at_all_versions_of_the_major(shop: Repo) -> None:
    snapshot(shop)
    edit(shop, "    id: str", "    note: str = ''\n    id: str")
    snapshot(shop)
    edit(shop, "    note: str = ''\n", "")
    snapshot(shop)
    assert versions(shop) == ["1.0.0", "1.1.0", "1.2.0"]
    edit(shop, "    id: str", "    note: int = 0\n    id: str")
    ran = snapshot(shop, "--check", "--format", "json")
    assert "would be 1.3.0" in json.loads(ran.out)["findings"][0]["message"]
    shop.write("govern.toml", '[compat]\nmode = "backward-transitive"\n')
    ran = snapshot(shop, "--check", "--format", "json")
    assert "would be 2.0.0" in json.loads(ran.out)["findings"][0]["message"]


def test_the_other_versions_decide_how_a_version_is_named(shop: Repo) -> None:
    snapshot(shop)
    path = f"schemas/{SUBJECT}/1.0.0.json"
    named = contents(shop, "1.0.0") | {"$id": "https://shop.example/order-placed/1.0.0.json"}
    shop.write(path, json.dumps(named))
    edit(shop, "Field(ge=1)", "Field(ge=0)")
    snapshot(shop)
    assert contents(shop, "1.1.0")["$id"] == "https://shop.example/order-placed/1.1.0.json"


# --check


def test_a_model_that_keeps_to_its_schema_is_0(shop: Repo) -> None:
    snapshot(shop)
    ran = snapshot(shop, "--check")
    assert (ran.code, ran.out) == (0, "")


def test_drift_is_1_at_its_place_and_writes_nothing(shop: Repo) -> None:
    snapshot(shop)
    edit(shop, "Field(ge=1)", "Field(ge=2)")
    ran = snapshot(shop, "--check", "--format", "json")
    (finding,) = json.loads(ran.out)["findings"]
    assert (ran.code, versions(shop)) == (1, ["1.0.0"])
    assert (finding["rule"], finding["path"]) == ("schemas/model-drift", f"schemas/{SUBJECT}/1.0.0.json")
    line = (shop.root / finding["path"]).read_text().splitlines()[finding["line"] - 1]
    assert '"minimum": 1' in line
    assert "would be 2.0.0" in finding["message"]
    assert finding["hint"] == f"run: govern schemas snapshot shop.events:OrderPlaced --subject {SUBJECT}"
    assert snapshot(shop, "--check", "--exit-zero").code == 0


def test_a_model_without_a_schema_is_drift(shop: Repo) -> None:
    ran = snapshot(shop, "--check")
    assert (ran.code, "has no version yet" in ran.out, (shop.root / "schemas").exists()) == (1, True, False)


# What cannot be done


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("shop.events", "write package.module:Model"),
        (":OrderPlaced", "write package.module:Model"),
        ("shop.nowhere:OrderPlaced", "ModuleNotFoundError: No module named 'shop.nowhere'"),
        ("shop.events:Order", "has no attribute 'Order'"),
        ("shop.broken:Order", "ZeroDivisionError: division by zero"),
        ("shop.leaving:Order", "SystemExit: 3"),
        ("shop.syntax:Order", "SyntaxError"),
        ("shop.events:Field", "has no JSON Schema"),
    ],
)
def test_a_model_that_cannot_be_had_is_2_with_the_reason(shop: Repo, model: str, said: str) -> None:
    shop.write("shop/broken.py", "1 / 0\n")
    shop.write("shop/leaving.py", "raise SystemExit(3)\n")
    shop.write("shop/syntax.py", "class\n")
    ran = snapshot(shop, model=model)
    assert (ran.code, said in ran.err, (shop.root / "schemas").exists()) == (2, True, False), ran


@pytest.mark.parametrize("subject", ["../order", "Order", "event/../order", "/tmp/order", "templates", "a//b", ""])
def test_a_subject_that_is_none_is_2_before_any_code_runs(shop: Repo, subject: str) -> None:
    shop.write("shop/loud.py", "print('I ran')\n")
    ran = snapshot(shop, model="shop.loud:Order", subject=subject)
    assert (ran.code, "is no subject" in ran.err, "I ran" in ran.err) == (2, True, False), ran


def test_what_a_package_prints_stays_out_of_the_report(shop: Repo) -> None:
    edit(shop, "from pydantic", "print('I ran')\nfrom pydantic")
    ran = snapshot(shop, "--check", "--format", "json")
    assert (json.loads(ran.out)["version"], "I ran" in ran.err) == (1, True)


# The library


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    text = """
import dataclasses
from typing import Annotated
from typing_extensions import TypedDict
from pydantic import BaseModel, Field, TypeAdapter, computed_field

@dataclasses.dataclass
class Point:
    x: int

class Named(TypedDict):
    name: str

Either = TypeAdapter(int | str)
Small = Annotated[int, Field(lt=10)]

class Outer:
    class Inner(BaseModel):
        a: int = 1

        @computed_field
        def b(self) -> int:
            return self.a
"""
    (tmp_path / "govern_forms.py").write_text(text)
    monkeypatch.delitem(importlib.import_module("sys").modules, "govern_forms", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("Point", {"x": 1}, {"x": "a"}),
        ("Named", {"name": "a"}, {}),
        ("Either", "a", None),
        ("Small", 9, 10),
        ("Outer.Inner", {"a": 1}, {"a": "x"}),
    ],
)
def test_whatever_pydantic_has_a_schema_for_will_do(forms: Path, name: str, good: Any, bad: Any) -> None:
    schema = governed(model_schema(f"govern_forms:{name}", folder=forms), "urn:govern:point:1.0.0")
    assert list(schema)[:2] == ["$schema", "$id"]
    validator = jsonschema.Draft202012Validator(schema)
    assert (validator.is_valid(good), validator.is_valid(bad)) == (True, False)


def test_what_is_read_and_what_is_written_may_differ(forms: Path) -> None:
    read, written = (
        model_schema("govern_forms:Outer.Inner", folder=forms, mode=mode) for mode in ("validation", "serialization")
    )
    assert ("b" in read["properties"], "b" in written["properties"]) == (False, True)


def test_the_path_of_python_is_left_as_it_was(forms: Path) -> None:
    before = list(importlib.import_module("sys").path)
    model_schema("govern_forms:Point", folder=forms)
    with pytest.raises(NoModel):
        model_schema("govern_forms:Nothing", folder=forms)
    assert importlib.import_module("sys").path == before
