"""`govern compat` on repositories: what is compared with what, what is said of it, and the exit code."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest

from tests.repo import Ran, Repo

ORDER = "schemas/event/order"
PAY = "contracts/pay.schema.json"
FORMATS = ["full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"]
TWO = (f"{ORDER}/1.0.0.json", f"{ORDER}/2.0.0.json")
HEAD = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def schema(version: str = "", required: tuple[str, ...] = ("id",), **properties: Any) -> str:
    """An order: an object with an id and a total, both declared, the id required; other properties as given."""
    contents: dict[str, Any] = dict(HEAD)
    if version:
        contents["$id"] = f"https://acme.example/event/order/{version}"
    declared = {"id": {"type": "string"}, "total": {"type": "integer"}, **properties}
    contents |= {"type": "object", "properties": {name: value for name, value in declared.items() if value}}
    return json.dumps(contents | {"required": list(required)}, indent=2) + "\n"


@pytest.fixture
def shop(repo: Repo) -> Repo:
    """A branch of a repository whose main publishes event/order 1.0.0 and contracts/pay.schema.json."""
    repo.write(f"{ORDER}/1.0.0.json", schema("1.0.0"))
    repo.write(PAY, schema())
    repo.commit("publish")
    repo.git("checkout", "--quiet", "-b", "feature")
    return repo


def publish(repo: Repo) -> None:
    """Make what is staged a part of main, and go on from there."""
    repo.commit()
    repo.git("branch", "--force", "main")
    repo.commit("go on")


def report(repo: Repo, *arguments: str) -> dict[str, Any]:
    """The JSON report; its verdicts' witnesses are held against the schemas by the `jsonschema` library elsewhere."""
    ran = repo.govern("compat", "--format", "json", *arguments)
    assert ran.code in (0, 1), ran
    result: dict[str, Any] = json.loads(ran.out)
    assert ran.code == int(result["summary"]["errors"] > 0)
    return result


def verdicts(repo: Repo, *arguments: str) -> dict[str, str]:
    """`old → new` and what is said of them."""
    return {f"{each['old']} {each['new']}": each["verdict"] for each in report(repo, *arguments)["comparisons"]}


def rules(repo: Repo, *arguments: str) -> list[str]:
    """The rules of all errors."""
    told = report(repo, *arguments)
    changes = [change for each in told["comparisons"] for change in each["changes"] if not change["waived"]]
    return [each["rule"] for each in [*changes, *told["findings"]] if each["severity"] == "error"]


# A new version


def test_a_minor_that_breaks_is_refused_with_a_value_that_proves_it(shop: Repo) -> None:
    new = schema("1.1.0", required=("id", "total"))
    shop.write(f"{ORDER}/1.1.0.json", new)
    told = report(shop)["comparisons"][0]
    assert (told["old"], told["new"]) == ("event/order@1.0.0", "event/order@1.1.0")
    assert (told["verdict"], told["required_bump"], told["backward"]["kind"]) == ("breaking", "major", "strict")
    witness = told["backward"]["witness"]
    jsonschema.validate(witness, json.loads(schema("1.0.0")))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(witness, json.loads(new))
    assert shop.govern("compat").code == 1


def test_a_minor_that_breaks_nobody_passes(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", note={"type": "string"}))
    told = report(shop)["comparisons"][0]
    assert (told["verdict"], told["required_bump"]) == ("compatible", "minor")
    assert (told["backward"], told["changes"][0]["breaks"]) == ({"verdict": "compatible"}, [])


def test_a_break_under_a_new_major_is_reported_and_passes(shop: Repo) -> None:
    shop.write(f"{ORDER}/2.0.0.json", schema("2.0.0", required=("id", "total")))
    ran = shop.govern("compat", "--format", "full")
    assert ran.code == 0
    assert "breaking (backward), as the new major allows" in ran.out
    assert "2.0.0.json" in ran.out
    assert "warning: " in ran.out
    assert "hint: keep it optional\n" in ran.out  # the major is raised already
    assert report(shop)["comparisons"][0]["verdict"] == "breaking"
    assert "or raise the major version" in shop.govern("compat", "--format", "full", *TWO).out


def test_a_patch_that_admits_other_values_is_called_a_minor(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.0.1.json", schema("1.0.1", note={"type": "string"}))
    assert rules(shop) == ["compat/version-understated"]
    assert "event/order@1.0.1 admits other values than 1.0.0; it must be called 1.1.0" in shop.govern("compat").out


def test_a_patch_that_only_describes_passes(shop: Repo) -> None:
    text = json.loads(schema("1.0.1"))
    text["description"] = "An order."
    shop.write(f"{ORDER}/1.0.1.json", json.dumps(text))
    assert rules(shop) == []
    assert report(shop)["comparisons"][0]["required_bump"] == "patch"


def test_a_version_between_two_others_is_compared_too(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", required=("id", "total")))
    shop.write(f"{ORDER}/1.2.0.json", schema("1.2.0"))
    assert verdicts(shop) == {
        "event/order@1.0.0 event/order@1.1.0": "breaking",
        "event/order@1.0.0 event/order@1.2.0": "compatible",
    }


def test_a_new_subject_has_nothing_to_break(shop: Repo) -> None:
    shop.write("schemas/event/refund/1.0.0.json", schema("1.0.0"))
    assert shop.govern("compat").code == 0
    assert verdicts(shop) == {}


# A version that is published already


def test_a_published_version_may_not_be_edited(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.0.0.json", schema("1.0.0", total={"type": "number"}))
    assert "compat/published-edited" in rules(shop)
    assert f"{ORDER}/1.0.0.json:10:" in shop.govern("compat").out


def test_its_description_and_its_layout_may(shop: Repo) -> None:
    text = json.loads(schema("1.0.0"))
    text["properties"]["total"]["description"] = "In cents."
    shop.write(f"{ORDER}/1.0.0.json", json.dumps(text))
    assert shop.govern("compat").code == 0


def test_a_published_version_may_not_be_deleted(shop: Repo) -> None:
    shop.git("rm", "--quiet", f"{ORDER}/1.0.0.json")
    assert rules(shop) == ["compat/schema-deleted"]


def test_one_that_is_not_published_yet_may(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", required=("id", "total")))
    shop.commit()
    shop.git("rm", "--quiet", f"{ORDER}/1.1.0.json")
    assert shop.govern("compat").code == 0


def test_a_folder_of_schemas_may_move(shop: Repo) -> None:
    shop.write("govern.toml", 'schemas = ["platform/schemas"]\n')
    (shop.root / "platform").mkdir()
    shop.git("mv", "schemas", "platform/schemas")
    assert shop.govern("compat").code == 0
    shop.write(f"platform/{ORDER}/1.0.0.json", schema("1.0.0", total={"type": "string"}))
    assert set(rules(shop)) == {"compat/published-edited", "compat/type-changed"}
    shop.git("rm", "--quiet", "--force", f"platform/{ORDER}/1.0.0.json")
    assert rules(shop) == ["compat/schema-deleted"]


def test_an_id_that_names_another_version_is_found(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.0.0", note={"type": "string"}))
    assert rules(shop) == ["compat/id-mismatched"]
    (mismatched,) = report(shop)["findings"]
    linted = json.loads(shop.govern("schemas", "lint", "--format", "json").out)["findings"]
    assert [each["id"] for each in linted if each["rule"] == "compat/id-mismatched"] == [mismatched["id"]]
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", note={"type": "string"}))
    assert rules(shop) == []


# Schema files without a version, or with a major only


def test_a_file_without_a_version_is_compared_with_itself(shop: Repo) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    assert rules(shop) == ["compat/property-required"]
    shop.write(PAY, schema(note={"type": "string"}))
    assert rules(shop) == []


def test_its_name_may_change_and_its_history_follows(shop: Repo) -> None:
    shop.git("mv", PAY, "contracts/payment.schema.json")
    assert rules(shop) == []
    shop.write("contracts/payment.schema.json", schema(required=("id", "total")))
    assert rules(shop) == ["compat/property-required"]
    assert verdicts(shop) == {"contracts/pay contracts/payment": "breaking"}


def test_it_may_not_be_deleted(shop: Repo) -> None:
    shop.git("rm", "--quiet", PAY)
    assert rules(shop) == ["compat/schema-deleted"]


@pytest.mark.parametrize(("new", "code"), [("v1", 1), ("v2", 0)])
def test_a_major_in_the_name_counts(shop: Repo, new: str, code: int) -> None:
    shop.write("contracts/ship.v1.schema.json", schema())
    publish(shop)
    shop.write(f"contracts/ship.{new}.schema.json", schema(required=("id", "total")))
    assert shop.govern("compat").code == code
    assert verdicts(shop) == {f"contracts/ship@v1 contracts/ship@{new}": "breaking"}


def test_an_older_major_is_still_held_to_what_it_was(shop: Repo) -> None:
    shop.write("contracts/ship.v1.schema.json", schema())
    shop.write("contracts/ship.v2.schema.json", schema(total={"type": "string"}))
    publish(shop)
    shop.write("contracts/ship.v1.schema.json", schema(required=("id", "total")))
    assert verdicts(shop) == {"contracts/ship@v1 contracts/ship@v1": "breaking"}


# References


@pytest.mark.parametrize("reference", ["common/money.schema.json", "https://acme.example/money", "common/amount.json"])
def test_a_schema_breaks_with_what_it_refers_to(shop: Repo, reference: str) -> None:
    money = "contracts/common/amount.json" if "amount" in reference else "contracts/common/money.schema.json"
    text = {"$id": "https://acme.example/money"} if reference.startswith("https:") else {}
    shop.write(money, json.dumps(text | {"type": "number"}))
    shop.write(PAY, schema(total={"$ref": reference}))
    publish(shop)
    assert verdicts(shop) == {}
    shop.write(money, json.dumps(text | {"type": "integer"}))
    assert verdicts(shop)["contracts/pay contracts/pay"] == "breaking"
    shop.write(money, json.dumps(text | {"type": ["number", "null"]}))
    assert set(verdicts(shop).values()) == {"compatible"}


def test_each_revision_refers_to_its_own(shop: Repo) -> None:
    """What was inlined and is referred to now means the same."""
    shop.write("contracts/money.schema.json", '{"type": "integer"}')
    shop.write(PAY, schema(total={"$ref": "money.schema.json"}))
    told = report(shop)
    assert [each["required_bump"] for each in told["comparisons"]] == ["patch"]
    assert told["comparisons"][0]["changes"] == []


def test_a_reference_to_a_built_in_schema_resolves(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", task={"$ref": "urn:govern:task:2.0.0"}))
    assert verdicts(shop) == {"event/order@1.0.0 event/order@1.1.0": "compatible"}


def test_a_reference_that_leads_nowhere_is_found_at_its_place(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", total={"$ref": "nowhere.json"}))
    assert rules(shop) == ["kind/schema-unusable"]
    assert f"{ORDER}/1.1.0.json:10:15: error: " in shop.govern("compat").out
    shop.write(f"{ORDER}/1.0.0.json", schema("1.0.0", total={"$ref": "nowhere.json"}))
    publish(shop)
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0"))
    assert "compat/undecided" in rules(shop)


# What cannot be read


@pytest.mark.parametrize(
    ("text", "rule"),
    [("{", "json/syntax"), ('{"type": "strin"}', "kind/schema-unusable"), ("\xff\xfe", "file/not-utf8"), ("3", "")],
)
def test_a_schema_that_is_none_is_a_finding_and_no_traceback(shop: Repo, text: str, rule: str) -> None:
    shop.write(PAY, text.encode("latin-1"))
    ran = shop.govern("compat")
    assert ran.code == 1
    assert f"[{rule}" in ran.out
    assert "bug in govern" not in ran.err


ODD = [
    "true",
    "[]",
    '"text"',
    '{"$ref": 3, "$id": 4}',
    '{"$id": "http://[", "$ref": "x.json"}',
    '{"$ref": "http://["}',
    '{"$id": "::", "$ref": "#/%%"}',
    '{"$ref": "../../../../../../etc/passwd"}',
    '{"$ref": "pay.schema.json"}',
    '{"$ref": "#"}',
    '{"$schema": "https://acme.example/dialect"}',
    '{"$schema": 3}',
    '{"allOf": ' * 90 + "[]" + "}" * 90,
    '{"enum": ["\\ud800"]}',
    '{"const": 1e400}',
    '{"const": 12345678901234567890123456789012345678901234567890}',
    '{"type": "object", "type": "string"}',
    '{"pattern": "("}',
    '{"properties": {"\u0000": {"const": "\u001b[31m"}}, "required": ["\u001b[31m"]}',
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_nothing_that_a_schema_file_may_hold_is_a_bug_of_ours(shop: Repo, text: str) -> None:
    for name in FORMATS:
        shop.write(PAY, text)
        ran = shop.govern("compat", "--format", name, "--mode", "full")
        assert ran.code in (0, 1), ran
        assert "\x1b" not in ran.out
    publish(shop)
    shop.write(PAY, schema())
    assert shop.govern("compat").code in (0, 1)


def test_file_names_of_every_sort_are_compared(shop: Repo) -> None:
    names = ["two words", "-dash", "it's", "a\nb", "gr\u00fcn", "%41", "a#b", "a?b"]
    for name in names:
        shop.write(f"contracts/{name}.schema.json", schema(total={"$ref": "sub/" + quote(name) + ".json"}))
        shop.write(f"contracts/sub/{name}.json", '{"type": "number"}')
    publish(shop)
    for name in names:
        shop.write(f"contracts/sub/{name}.json", '{"type": "integer"}')
    told = verdicts(shop)
    assert len(told) == len(names)
    assert set(told.values()) == {"breaking"}


def test_what_was_unreadable_may_be_mended(shop: Repo) -> None:
    shop.write(PAY, "{")
    publish(shop)
    shop.write(PAY, schema())
    ran = shop.govern("compat")
    assert ran.code == 0
    assert "warning: contracts/pay as it was before cannot be read" in ran.out
    assert [(each["rule"], each["severity"]) for each in report(shop)["findings"]] == [
        ("compat/old-unreadable", "warning")
    ]
    publish(shop)  # from here on it can be read
    shop.write(PAY, schema(note={"type": "string"}))
    assert report(shop)["findings"] == []
    shop.write(PAY, '{"type": "strin"}')
    publish(shop)
    shop.write(PAY, schema())
    assert rules(shop) == ["compat/old-unusable"]
    (finding,) = report(shop)["findings"]
    assert shop.govern("compat", "--accept", finding["id"], "--reason", "nobody judged by it").code == 0


# Which states are compared


def test_nothing_to_compare_is_said(repo: Repo) -> None:
    ran = repo.govern("compat")
    assert (ran.code, ran.out) == (0, "")
    assert "nothing to compare: there is no commit yet" in ran.err
    repo.write(PAY, schema())
    repo.commit()
    ran = repo.govern("compat")
    assert ran.code == 0
    assert "nothing to compare: this is the first commit" in ran.err


@pytest.mark.parametrize(
    ("subjects", "code", "said"),
    [
        (["a.json", "nope.json"], 2, "there is no schema a.json here; two files that exist are compared by"),
        (["a.json", "b.json", "a.json"], 2, "there is no schema a.json here; two files that exist are compared by"),
        (["contracts/pay", "."], 2, "there is no schema . here"),
        (["contracts/pya"], 2, "there is no schema contracts/pya here; did you mean contracts/pay?"),
        (["contracts/pay", PAY], 0, "nothing to compare: there is no commit yet"),
        (["a.json", "b.json"], 0, "compared with a.json"),
    ],
)
def test_before_the_first_commit_a_name_must_mean_something(
    repo: Repo, subjects: list[str], code: int, said: str
) -> None:
    repo.write(PAY, schema())
    repo.untracked("a.json", schema())
    repo.untracked("b.json", schema())
    ran = repo.govern("compat", *subjects)
    assert ran.code == code
    assert said in ran.err


def test_outside_a_repository_it_says_what_to_do(tmp_path: Path, shop: Repo) -> None:
    ran = shop.govern("compat", cwd=tmp_path)
    assert ran.code == 2
    assert "name two files: govern compat OLD NEW" in ran.err
    (tmp_path / "a.json").write_text(schema())
    (tmp_path / "b.json").write_text(schema())
    for names, code in ((("nope.json",), 2), ((".",), 2), (("b.json", "a.json"), 2), (("b.json",), 0)):
        assert shop.govern("compat", "a.json", *names, cwd=tmp_path).code == code, names


def test_a_hook_judges_what_is_staged(shop: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.untracked(PAY, schema(required=("id", "total")))
    assert shop.govern("compat").code == 1
    assert shop.govern("compat", "--staged").code == 0
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert shop.govern("compat").code == 0
    shop.git("add", "--all")
    shop.untracked(PAY, schema())
    assert shop.govern("compat").code == 1


@pytest.mark.parametrize("against", ["main", "git:main", "git:HEAD~1"])
def test_another_revision_can_be_named(shop: Repo, against: str) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    shop.commit()
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", note={"type": "string"}))
    shop.commit()
    code = 0 if against.endswith("HEAD~1") else 1
    assert shop.govern("compat", "--against", against).code == code


def test_the_pull_request_of_a_workflow_names_its_base(shop: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    shop.commit()
    shop.git("branch", "release")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    assert shop.govern("compat").code == 1
    monkeypatch.setenv("GITHUB_BASE_REF", "gone")
    ran = shop.govern("compat")
    assert ran.code == 2
    assert "run: git fetch origin +refs/heads/gone:refs/remotes/origin/gone" in ran.err


def test_a_version_can_be_named(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", note={"type": "string"}))
    shop.write(f"{ORDER}/2.0.0.json", schema("2.0.0", required=("id", "total")))
    assert verdicts(shop, "--against", "version:1.0", "event/order") == {
        "event/order@1.0.0 event/order@2.0.0": "breaking"
    }
    assert "event/order@1.1.0 event/order@2.0.0" in verdicts(shop, "--against", "version:1")
    ran = shop.govern("compat", "--against", "version:7", "event/order")
    assert ran.code == 2
    assert "event/order has no version 7; there are 1.0.0, 1.1.0, 2.0.0" in ran.err


def test_a_major_that_is_named_means_its_highest_version_before_the_newest(shop: Repo) -> None:
    for name in ((), ("event/order",)):
        ran = shop.govern("compat", "--against", "version:1", *name)
        assert ran.code == 2
        assert "version 1 " in ran.err
    assert "event/order has no version 1 before event/order@1.0.0; there are 1.0.0" in ran.err
    for version in ("1.1.0", "1.2.0"):
        shop.write(f"{ORDER}/{version}.json", schema(version, note={"type": "string"}))
    assert list(verdicts(shop, "--against", "version:1")) == ["event/order@1.1.0 event/order@1.2.0"]
    assert shop.govern("compat", "--against", "version:1.2", "event/order").code == 2
    assert list(verdicts(shop, "--against", "version:1.0", "event/order@1.1")) == [
        "event/order@1.0.0 event/order@1.1.0"
    ]


def test_a_folder_or_a_file_can_be_named(shop: Repo, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / ORDER).mkdir(parents=True)
    (other / ORDER / "1.0.0.json").write_text(schema("1.0.0", total={"type": "number"}))
    named = {"event/order@1.0.0 event/order@1.0.0": "breaking"}
    for place in (other, other / "schemas"):
        assert verdicts(shop, "--against", f"path:{place}", "event") == named
    file = other / ORDER / "1.0.0.json"
    assert verdicts(shop, "--against", f"path:{file}", "event/order") == named
    assert shop.govern("compat", "--against", f"path:{file}").code == 2
    assert shop.govern("compat", "--against", f"path:{tmp_path}/none").code == 2


def test_only_the_subjects_that_are_named_are_compared(shop: Repo) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0"))
    for name in ("event/order", "event", ORDER, f"{ORDER}/1.1.0.json", f"./{ORDER}/"):
        assert list(verdicts(shop, name)) == ["event/order@1.0.0 event/order@1.1.0"]
    ran = shop.govern("compat", "event/ordre")
    assert ran.code == 2
    assert "there is no schema event/ordre here; did you mean event/order?" in ran.err


def test_a_name_means_the_same_to_both_gates(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", required=("id", "total")))
    shop.write(f"{ORDER}/2.0.0.json", schema("2.0.0", required=("id", "total"), note={"type": "string"}))
    shop.write("schemas/event/orders/1.0.0.json", schema("1.0.0", nothing=False).replace("order/", "orders/"))

    def compared(name: str) -> list[str]:
        return [pair.partition(" ")[2] for pair in verdicts(shop, name)]

    def linted(name: str) -> int:
        ran = shop.govern("schemas", "lint", name, "--format", "json")
        return int(json.loads(ran.out)["summary"]["files"])

    both = ["event/order@1.1.0", "event/order@2.0.0"]
    for name, versions, files in (
        ("event", both, 4),
        ("event/*", both, 4),
        ("event/ord*@1", both[:1], 3),
        ("event/order", both, 3),
        ("event/order@1", both[:1], 2),
        ("event/order@1.1", both[:1], 1),
        ("event/order@2.0.0", both[1:], 1),
    ):
        assert (sorted(compared(name)), linted(name)) == (versions, files), name
    for name, said in (
        ("event/ord", "event/ord "),
        ("even", "even "),
        ("task/*", "task/* "),
        ("event/order@3", "event/order has no version 3; there are 1.0.0, 1.1.0, 2.0.0"),
        ("event/ordre@1", "did you mean event/order@1?"),
    ):
        for ran in (shop.govern("compat", name), shop.govern("schemas", "lint", name)):
            assert (ran.code, said in ran.err) == (2, True), ran


# Two files


@pytest.fixture
def files(tmp_path: Path, repo: Repo) -> Repo:
    """Two files in a folder that git knows nothing of."""
    (tmp_path / "old.json").write_text(schema())
    (tmp_path / "new.json").write_text(schema(required=("id", "total")))
    repo.root = tmp_path
    return repo


def test_two_files_are_compared_wherever_they_lie(files: Repo) -> None:
    ran = files.govern("compat", "old.json", "new.json")
    assert ran.code == 1
    assert "old.json → new.json: breaking (backward)" in ran.out
    assert "\nnew.json:" in ran.out
    assert verdicts(files, "new.json", "old.json") == {"new.json old.json": "compatible"}
    assert verdicts(files, "new.json", "new.json") == {"new.json new.json": "compatible"}


def test_a_file_is_the_same_as_itself(files: Repo) -> None:
    ran = files.govern("compat", "old.json", "./old.json")
    assert (ran.code, "old.json and ./old.json are the same file" in ran.err) == (0, True)
    files.untracked("copy.json", (files.root / "old.json").read_bytes())
    ran = files.govern("compat", "old.json", "copy.json")
    assert (ran.code, "copy.json" in ran.out, "the same file" in ran.err) == (0, True, False)


def test_no_number_lets_a_break_between_two_files_pass(shop: Repo) -> None:
    shop.write(f"{ORDER}/2.0.0.json", schema("2.0.0", required=("id", "total")))
    assert shop.govern("compat").code == 0
    assert shop.govern("compat", f"{ORDER}/1.0.0.json", f"{ORDER}/2.0.0.json").code == 1


def test_what_is_wrong_with_either_file_is_an_error(files: Repo) -> None:
    files.root.joinpath("old.json").write_text("{")
    assert rules(files, "old.json", "new.json") == ["json/syntax"]
    files.root.joinpath("old.json").write_text('{"type": "strin"}')
    assert rules(files, "old.json", "new.json") == ["kind/schema-unusable"]


@pytest.mark.parametrize(
    ("contents", "said", "column"),
    [
        ({"type": "strin"}, 'type is "strin", expected one of array, boolean, integer, null, number, object,', 10),
        ({"properties": {"type": {"minLength": -1}}}, "minLength is -1, expected a whole number, 0 or more", 39),
        ({"properties": {"type": 5}}, "type is 5, expected a schema: an object", 25),
        ({"required": "id"}, 'required is "id", expected a list of names, each once', 14),
        ({"allOf": []}, "allOf is [], expected a list of at least one schema", 11),
        ({"items": {"type": ["null", "nul"]}}, 'type is ["null", "nul"], expected one of', 20),
    ],
)
def test_what_is_wrong_with_a_schema_is_said_of_its_value(
    files: Repo, contents: dict[str, Any], said: str, column: int
) -> None:
    files.root.joinpath("new.json").write_text(json.dumps(contents))
    ran = files.govern("compat", "old.json", "new.json")
    assert ran.code == 1
    assert f"new.json:1:{column}: error: this schema cannot judge anything: {said}" in ran.out


@pytest.mark.parametrize(
    ("contents", "said"),
    [({"pattern": "("}, '"(" is not'), ({"$ref": "#/$defs/none"}, "the reference #/$defs/none leads nowhere")],
)
def test_what_only_the_validator_knows_stays_in_its_words(files: Repo, contents: dict[str, Any], said: str) -> None:
    files.root.joinpath("new.json").write_text(json.dumps(contents))
    assert f"cannot judge anything: {said}" in files.govern("compat", "old.json", "new.json").out


def test_two_files_go_by_their_paths_from_where_the_reader_stands(shop: Repo) -> None:
    shop.write("a/old.json", schema())
    shop.write("a/new.json", schema(required=("id", "total")))
    ran = shop.govern("compat", "old.json", "../a/new.json", "--format", "concise", cwd=shop.root / "a")
    assert ran.out.startswith("old.json → new.json: breaking")
    assert "\nnew.json:" in ran.out
    ran = shop.govern("compat", "a/old.json", "a/new.json", "--format", "concise")
    assert ran.out.startswith("a/old.json → a/new.json: breaking")


def test_a_break_between_two_files_fails_though_it_is_accepted(shop: Repo) -> None:
    shop.write("a.json", schema())
    shop.write("b.json", schema(required=("id", "total")))
    identity = report(shop, "a.json", "b.json")["comparisons"][0]["changes"][0]["id"]
    assert shop.govern("compat", "a.json", "b.json", "--accept", identity, "--reason", "known").code == 1
    ran = shop.govern("compat", "a.json", "b.json", "--format", "full")
    assert ran.code == 1
    assert "which no configuration lets pass between two named files" in ran.out
    assert "accept:" not in ran.out
    assert shop.govern("compat", "a.json", "b.json", "--exit-zero").code == 0
    assert shop.govern("compat", "b.json", "a.json").code == 0


def test_two_files_refer_to_what_lies_beside_them(files: Repo) -> None:
    for name, kind in (("a", "number"), ("b", "integer")):
        (files.root / name).mkdir()
        (files.root / name / "money.json").write_text(json.dumps({"$id": "https://acme.example/money", "type": kind}))
        (files.root / name / "one.json").write_text('{"$ref": "money.json"}')
        (files.root / name / "two.json").write_text('{"$ref": "https://acme.example/money"}')
    for name in ("one.json", "two.json"):
        assert set(verdicts(files, f"a/{name}", f"b/{name}").values()) == {"breaking"}
        assert set(verdicts(files, f"b/{name}", f"a/{name}").values()) == {"compatible"}


# Modes and assumptions


@pytest.mark.parametrize(
    ("mode", "narrowed", "widened"),
    [("backward", "breaking", "compatible"), ("forward", "compatible", "breaking"), ("full", "breaking", "breaking")],
)
def test_a_mode_says_who_must_not_break(shop: Repo, mode: str, narrowed: str, widened: str) -> None:
    shop.write(PAY, schema(total={"type": "integer", "minimum": 0}))
    assert set(verdicts(shop, "--mode", mode).values()) == {narrowed}
    shop.write(PAY, schema(total={"type": "number"}))
    assert set(verdicts(shop, "--mode", mode).values()) == {widened}


def test_a_transitive_mode_sees_what_comes_back_as_something_else(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", total=None))
    publish(shop)
    shop.write(f"{ORDER}/1.2.0.json", schema("1.2.0", total={"type": "string"}))
    assert verdicts(shop) == {"event/order@1.1.0 event/order@1.2.0": "compatible"}
    assert verdicts(shop, "--mode", "backward-transitive") == {
        "event/order@1.1.0 event/order@1.2.0": "compatible",
        "event/order@1.0.0 event/order@1.2.0": "breaking",
    }


def test_a_transitive_mode_ends_at_the_major(shop: Repo) -> None:
    shop.write(f"{ORDER}/2.0.0.json", schema("2.0.0", total={"type": "string"}))
    publish(shop)
    shop.write(f"{ORDER}/2.1.0.json", schema("2.1.0", total={"type": "string"}, note={"type": "string"}))
    assert set(verdicts(shop, "--mode", "full-transitive")) == {"event/order@2.0.0 event/order@2.1.0"}


def test_what_a_transitive_mode_said_before_is_not_said_again(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", required=("id", "total")))
    publish(shop)
    shop.write(PAY, schema(note={"type": "string"}))
    assert set(verdicts(shop, "--mode", "full-transitive")) == {"contracts/pay contracts/pay"}


def test_the_configuration_says_it_for_all_and_for_some_and_the_command_line_wins(shop: Repo) -> None:
    shop.write(PAY, schema(total={"type": "number"}))
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", total={"type": "number"}))
    text = '[compat]\nmode = "forward"\n[compat.subjects]\n"event/*" = "backward"\n'
    shop.write("govern.toml", text)
    told = {each["subject"]: (each["mode"], each["verdict"]) for each in report(shop)["comparisons"]}
    assert told == {"contracts/pay": ("forward", "breaking"), "event/order": ("backward", "compatible")}
    assert {each["mode"] for each in report(shop, "--mode", "full")["comparisons"]} == {"full"}


def test_open_content_and_formats_are_assumptions_that_the_report_names(shop: Repo) -> None:
    shop.write(PAY, schema(note={"type": "string", "format": "uuid"}))
    lenient, strict = (report(shop, "--open-content", word)["comparisons"][0] for word in ("lenient", "strict"))
    assert (lenient["verdict"], lenient["open_content"]) == ("compatible", "lenient")
    assert (strict["verdict"], strict["open_content"]) == ("breaking", "strict")
    publish(shop)
    shop.write(PAY, schema(note={"type": "string", "format": "ipv4"}))
    assert report(shop)["comparisons"][0]["backward"]["kind"] == "format"
    assert verdicts(shop, "--formats", "annotate") == {"contracts/pay contracts/pay": "compatible"}
    assert "formats mean nothing" in shop.govern("compat", "--formats", "annotate", "--format", "full").out
    shop.write("govern.toml", '[compat]\nformats = "annotate"\nopen-content = "strict"\n')
    assert report(shop)["comparisons"][0]["open_content"] == "strict"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[compat]\nmode = "sideways"\n', "govern.toml:2:8: mode is"),
        ("[compat]\nagainst = 3\n", "govern.toml:2:11: against is 3"),
        ("compat = 3\n", "govern.toml:1:10: compat is 3"),
        ('[compat.subjects]\n"event/*" = "up"\n', "govern.toml:2:13: event/* is"),
        ("[compat\n", "govern.toml:1:"),
    ],
)
def test_a_configuration_of_the_wrong_type_stops_the_run(shop: Repo, text: str, said: str) -> None:
    shop.write("govern.toml", text)
    shop.write(PAY, schema(note={"type": "string"}))
    ran = shop.govern("compat")
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[compat]\nopen_content = 'strict'\n", ["config/unknown-key"]),
        ("[compat]\nopen-content = 'strict'\n", []),
        ("[compat.subjects]\n'event/ordr' = 'full'\n", ["compat/subject-unknown"]),
        ("[compat.subjects]\n'event/**' = 'full'\n'contracts/pay' = 'full'\n", []),
        ("[rules]\n'compat/enum-narowed' = 'off'\n", ["config/rule-unknown"]),
    ],
)
def test_a_setting_without_effect_is_a_warning(shop: Repo, text: str, found: list[str]) -> None:
    shop.write("govern.toml", text)
    shop.write(PAY, schema(note={"type": "string"}))
    shown = [(each["rule"], each["path"]) for each in report(shop)["findings"] if each["severity"] == "warning"]
    assert shown == [(rule, "govern.toml") for rule in found]


def test_a_setting_without_effect_is_a_warning_for_two_files_too(shop: Repo) -> None:
    shop.write("govern.toml", "[compat]\nopen_content = 'strict'\n[compat.subjects]\n'event/ordr' = 'full'\n")
    shop.write("a.json", schema())
    assert [each["rule"] for each in report(shop, "a.json", "a.json")["findings"]] == ["config/unknown-key"]


def test_the_configuration_names_what_to_compare_with(shop: Repo) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    shop.commit()
    shop.git("branch", "stable")
    shop.write(PAY, schema(required=("id", "total"), note={"type": "string"}))
    shop.commit()
    assert shop.govern("compat").code == 1
    shop.write("govern.toml", '[compat]\nagainst = "stable"\n')
    assert shop.govern("compat").code == 0


# Severities


def test_rules_can_be_softened_like_any_other(shop: Repo) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    shop.write("govern.toml", '[rules]\n"compat/property-required" = "warn"\n')
    ran = shop.govern("compat")
    assert ran.code == 0
    assert "warning: " in ran.out
    assert "let pass by the configuration" in ran.out


def test_excluded_schemas_are_left_alone(shop: Repo) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    shop.write("govern.toml", 'exclude = ["contracts/**"]\n')
    assert verdicts(shop) == {}


# Real documents


def test_documents_say_whether_an_assumption_holds(shop: Repo) -> None:
    shop.write(PAY, schema(note={"type": "string"}))
    shop.write("data/1.json", '{"id": "a"}')
    shop.write("data/2.yaml", "id: a\nnote: 3\n")
    told = report(shop, "--data", "data/*")
    assert (told["comparisons"][0]["verdict"], rules(shop, "--data", "data/*")) == (
        "compatible",
        ["compat/data-breaks"],
    )
    ran = shop.govern("compat", "--data", "data/*", "--format", "full")
    assert "1 of 2 documents break, first data/2.yaml" in ran.out
    assert (
        "hint: it has what contracts/pay does not declare; to count that, judge with --open-content strict" in ran.out
    )
    assert shop.govern("compat", "--data", "data/1.*").code == 0
    assert shop.govern("compat", "--data", "none/*").code == 2


def test_the_examples_of_a_subject_are_tried_without_asking(shop: Repo) -> None:
    shop.write(f"{ORDER}/example.json", '{"id": "a"}')
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", required=("id", "total")))
    assert (
        "1 of 1 documents break, first schemas/event/order/example.json"
        in shop.govern("compat", "--format", "full").out
    )


# Reports


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_the_change(shop: Repo, name: str, tmp_path: Path) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    ran = shop.govern("compat", "--format", name)
    assert ran.code == 1
    assert "compat/property-required" in ran.out
    place = tmp_path / "report"
    assert shop.govern("compat", "--format", name, "-o", str(place), "--exit-zero", "-q") == Ran(0, "", "")
    assert "compat/property-required" in place.read_text()


def test_the_verdict_comes_first_then_what_proves_it_and_what_to_do(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", required=("id", "total")))
    out = shop.govern("compat", "--format", "full").out
    identity = report(shop)["comparisons"][0]["changes"][0]["id"]
    assert out.startswith("event/order@1.0.0 → event/order@1.1.0: breaking (backward)\n  witness:  {")
    for said in (
        "is fine by the old version and refused by the new one",
        "judged:   backward; producers send no property that they do not declare; formats are asserted",
        "deploy:   producers first",
        f"accept:   --accept {identity} --reason TEXT lets compat/property-required in {ORDER}/1.1.0.json:",
        f"\n{ORDER}/1.1.0.json:",
        "[compat/property-required]",
        "^^^",
        "hint: ",
    ):
        assert said in out
    assert "\x1b" not in out
    assert "\x1b[31mbreaking" in shop.govern("compat", "--format", "full", "--color", "always").out


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ({"type": "integer", "title": "Total"}, "in any order"),
        ({"type": "number"}, "consumers first"),
        ({"type": "integer", "maximum": 9}, "producers first"),
        ({"type": "string"}, "side by side"),
    ],
)
def test_who_has_to_move_first_is_said(shop: Repo, total: dict[str, Any], said: str) -> None:
    shop.write(PAY, schema(total=total))
    assert f"deploy:   {said}" in shop.govern("compat", "--format", "full").out


def test_the_json_has_the_documented_shape(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", required=("id", "total")))
    told = report(shop)
    assert list(told) == ["version", "comparisons", "findings", "summary"]
    (comparison,) = told["comparisons"]
    assert list(comparison) == [
        *("subject", "old", "new", "mode", "open_content", "formats", "verdict", "required_bump"),
        *("backward", "forward", "changes"),
    ]
    change = comparison["changes"][0]
    assert set(change) == {
        *("id", "rule", "severity", "breaks", "witness", "message", "hint", "old", "new", "waived"),
    }
    assert set(change["new"]) == {"path", "pointer", "line", "column"}
    assert (change["new"]["path"], change["breaks"]) == (f"{ORDER}/1.1.0.json", ["backward"])
    assert comparison["forward"] == {"verdict": "compatible"}


def test_paths_are_shown_from_where_the_reader_stands(shop: Repo) -> None:
    shop.write(PAY, schema(required=("id", "total")))
    assert "\npay.schema.json:" in shop.govern("compat", "--format", "concise", cwd=shop.root / "contracts").out


@pytest.mark.parametrize(
    "arguments",
    [("--accept", "3fa9c1d20b7e"), ("--reason", "x"), ("--mode", "up"), ("--bump", "--staged"), ("--against", "path:")],
)
def test_a_wrong_usage_is_said(shop: Repo, arguments: tuple[str, ...]) -> None:
    assert shop.govern("compat", *arguments).code == 2
