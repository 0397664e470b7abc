"""`govern compat --accept` and `--bump`: what they write, and that nothing else moves."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_compat import ORDER, publish, report, rules, schema
from tests.repo import Repo

PAY = "contracts/pay.schema.json"
BROKEN = ("id", "total")


@pytest.fixture
def shop(repo: Repo) -> Repo:
    """A repository that publishes event/order 1.0.0 and contracts/pay.schema.json, on a branch."""
    repo.write(f"{ORDER}/1.0.0.json", schema("1.0.0"))
    repo.write(PAY, schema())
    repo.commit("publish")
    repo.git("checkout", "--quiet", "-b", "feature")
    return repo


def change_ids(repo: Repo, *arguments: str) -> list[str]:
    told = report(repo, *arguments)
    return [
        change["id"]
        for each in told["comparisons"]
        for change in each["changes"]
        if change["severity"] == "error" and not change["waived"]
    ]


# Accept


def test_an_accepted_change_passes_and_the_file_keeps_every_byte(shop: Repo) -> None:
    before = "# ours\nexclude = []   # none\r\n\n[rules]\n'compat/enum-narrowed' = \"warn\""
    shop.write("govern.toml", before)
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    ran = shop.govern("compat", "--accept", identity, "--reason", 'agreed with "billing"', "--until", "2027-01-31")
    assert ran.code == 0, ran
    after = (shop.root / "govern.toml").read_bytes().decode()
    assert after.startswith(before)
    assert after.removeprefix(before).split() == [
        *("[[waive]]", "id", "=", f'"{identity}"', "rule", "=", '"compat/property-required"'),
        *("reason", "=", '"agreed', "with", '\\"billing\\""', "until", "=", "2027-01-31"),
    ]
    told = report(shop)["comparisons"][0]
    assert (told["verdict"], told["changes"][0]["waived"]) == ("breaking", True)
    assert "let pass by the configuration" in shop.govern("compat").out
    assert shop.govern("check", "govern.toml").code == 0


def test_without_a_configuration_one_is_made(shop: Repo) -> None:
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    assert shop.govern("compat", "--accept", identity, "--reason", "agreed").code == 0
    assert (shop.root / "govern.toml").read_text().startswith("[[waive]]\nid = ")


def test_pyproject_holds_it_where_it_holds_the_configuration(shop: Repo) -> None:
    shop.write("pyproject.toml", '[project]\nname = "shop"\n[tool.govern]\nexclude = []\n')
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    assert shop.govern("compat", "--accept", identity, "--reason", "agreed").code == 0
    assert "\n[[tool.govern.waive]]\n" in (shop.root / "pyproject.toml").read_text()


def test_it_silences_exactly_that_change(shop: Repo) -> None:
    shop.write(PAY, schema(required=BROKEN, note={"type": "string", "maxLength": 9}))
    publish(shop)
    shop.write(PAY, schema(total={"type": "integer", "maximum": 9}, note={"type": "string", "maxLength": 5}))
    first, second = change_ids(shop)
    assert shop.govern("compat", "--accept", first, "--reason", "agreed").code == 1
    assert change_ids(shop) == [second]
    assert shop.govern("compat", "--accept", second, "--reason", "agreed").code == 0
    shop.write(PAY, schema(total={"type": "integer", "maximum": 8}, note={"type": "string", "maxLength": 5}))
    ran = shop.govern("compat")
    assert ran.code == 1
    assert f"the waiver of {first} matches nothing" in ran.out or f"the waiver of {second} matches nothing" in ran.out


def test_it_does_not_silence_what_other_changes_break_together(shop: Repo) -> None:
    """Each of them leaves 10 to the other form; together they take it away."""

    def size(first: int, second: int) -> Any:
        forms = [{"minimum": 0, "maximum": first}, {"minimum": 5, "maximum": second}]
        return {"anyOf": [{"type": "integer", **form} for form in forms]}

    shop.write(PAY, schema(size=size(10, 10)))
    publish(shop)
    shop.write(PAY, schema(size=size(7, 10), total={"type": "string"}))
    (identity,) = change_ids(shop)
    assert shop.govern("compat", "--accept", identity, "--reason", "agreed").code == 0
    shop.write(PAY, schema(size=size(7, 9), total={"type": "string"}))
    assert rules(shop) == ["compat/breaking"]
    (together,) = [each for each in report(shop)["comparisons"][0]["changes"] if each["rule"] == "compat/breaking"]
    assert together["witness"]["size"] == 10
    assert "beside what is accepted" in together["message"]
    assert shop.govern("compat", "--accept", together["id"], "--reason", "agreed").code == 0


def test_what_cannot_be_told_is_accepted_for_these_two_schemas_only(shop: Repo) -> None:
    shop.write(PAY, schema(note={"pattern": r"^(a+)\1$"}))
    publish(shop)
    shop.write(PAY, schema(note={"pattern": r"^(aa+)\1$"}))
    assert rules(shop) == ["compat/undecided"]
    assert shop.govern("compat", "--accept", change_ids(shop)[0], "--reason", "read it twice").code == 0
    shop.write(PAY, schema(note={"pattern": r"^(aaa+)\1$"}))
    assert rules(shop) == ["compat/undecided"]


def test_it_ends_on_its_day(shop: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    monkeypatch.setenv("GOVERN_TODAY", "2027-01-31")
    assert shop.govern("compat", "--accept", identity, "--reason", "agreed", "--until", "2027-01-31").code == 0
    monkeypatch.setenv("GOVERN_TODAY", "2027-02-01")
    ran = shop.govern("compat")
    assert ran.code == 1
    assert f"the waiver of {identity} ended on 2027-01-31" in ran.out


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_accepted_again_it_takes_the_place_of_the_waiver_that_ended(
    shop: Repo, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    other = '[[waive]]\nid = "0123456789ab"\nrule = "compat/enum-narrowed"\nreason = "never ended"'
    text = f'''# ours
exclude = []

{other.replace("0123456789ab", "0123456789ac")}

[[waive]]
# asked twice
id = "{identity}"
reason = "agreed"
until = 2026-01-31

# about rules
[rules]
"compat/enum-narrowed" = "warn"

{other}
'''.replace("\n", end)
    shop.write("govern.toml", text)
    assert shop.govern("compat", "--accept", identity, "--reason", "again", "--until", "2027-01-31").code == 0
    ended = f'id = "{identity}"{end}reason = "agreed"{end}until = 2026-01-31'
    fresh = f'id = "{identity}"{end}rule = "compat/property-required"{end}reason = "again"{end}until = 2027-01-31'
    moved = f"# asked twice{end}{ended}"
    assert (shop.root / "govern.toml").read_bytes().decode() == text.replace(moved, f"# asked twice{end}{fresh}")
    assert "ended on" not in shop.govern("compat").out


def test_a_waiver_that_only_looks_like_one_that_ended_stays(shop: Repo) -> None:
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    ended = f'[[waive]]\nid = "{identity}"\nreason = "another"\nuntil = 2026-01-31\n'
    within_a_text = f'[[waive]]\nid = "0123456789ab"\nreason = """\n{ended}"""\n'
    for text in (ended.replace(identity, identity[::-1]), within_a_text):
        shop.write("govern.toml", text)
        shop.govern("compat", "--accept", identity, "--reason", "agreed")
        assert rules(shop) == []
        assert (shop.root / "govern.toml").read_text().startswith(text)


def test_what_is_accepted_is_no_understated_version_either(shop: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    def linted() -> list[str]:
        told = json.loads(shop.govern("schemas", "lint", "event", "--format", "json").out)["findings"]
        return [each["rule"] for each in told if each["rule"].startswith("compat/")]

    shop.write(f"{ORDER}/1.1.0.json", schema("1.1.0", required=BROKEN, note={"enum": ["a"]}))
    shop.write(f"{ORDER}/1.0.0.json", schema("1.0.0", note={"enum": ["a", "b"]}))
    shop.git("commit", "--quiet", "--no-verify", "--message", "both", f"{ORDER}/1.0.0.json")
    shop.git("branch", "--force", "main")
    first, second = change_ids(shop)
    assert linted() == ["compat/version-understated"]
    shop.govern("compat", "--accept", first, "--reason", "agreed", "--until", "2027-01-31")
    assert (rules(shop) != [], linted()) == (True, ["compat/version-understated"])
    shop.govern("compat", "--accept", second, "--reason", "agreed")
    assert (rules(shop), linted()) == ([], [])
    monkeypatch.setenv("GOVERN_TODAY", "2027-02-01")
    assert linted() == ["compat/version-understated"]


def test_a_waiver_written_by_hand_needs_no_rule(shop: Repo) -> None:
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    shop.write("govern.toml", f'[[waive]]\nid = "{identity}"\nreason = "agreed"\n')
    assert shop.govern("compat").code == 0


def test_check_and_compat_leave_each_others_waivers_alone(shop: Repo) -> None:
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    shop.govern("compat", "--accept", identity, "--reason", "agreed")
    with (shop.root / "govern.toml").open("a") as file:
        file.write('[[waive]]\nid = "3fa9c1d20b7e"\nreason = "of check"\n')
    shop.git("add", "--all")
    assert "3fa9c1d20b7e" not in shop.govern("compat").out
    out = shop.govern("check").out
    assert "the waiver of 3fa9c1d20b7e matches nothing" in out
    assert identity not in out


def test_a_published_edit_can_be_accepted_too(shop: Repo) -> None:
    shop.write(f"{ORDER}/1.0.0.json", schema("1.0.0", total={"type": "number"}))
    (finding,) = report(shop)["findings"]
    assert shop.govern("compat", "--accept", finding["id"], "--reason", "nobody has it yet").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accept", "000000000000", "--reason", "x"), "no change goes by the id 000000000000; there are: "),
        (("--accept", "{id}", "--reason", "x", "--until", "soon"), "--until soon is no date; write YYYY-MM-DD"),
        (("--accept", "{id}", "--reason", " "), "--accept needs --reason"),
    ],
)
def test_a_waiver_that_says_too_little_is_not_written(shop: Repo, arguments: tuple[str, ...], said: str) -> None:
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    ran = shop.govern("compat", *(word.replace("{id}", identity) for word in arguments))
    assert ran.code == 2
    assert said in ran.err
    assert not (shop.root / "govern.toml").exists()


def test_waivers_in_one_line_are_not_appended_to(shop: Repo) -> None:
    text = 'waive = [{id = "3fa9c1d20b7e", reason = "x"}]\n'
    shop.write("govern.toml", text)
    shop.write(PAY, schema(required=BROKEN))
    (identity,) = change_ids(shop)
    ran = shop.govern("compat", "--accept", identity, "--reason", "agreed")
    assert ran.code == 2
    assert f'add:\n  [[waive]]\n  id = "{identity}"' in ran.err
    assert (shop.root / "govern.toml").read_text() == text


# Bump


def read(repo: Repo, path: str) -> Any:
    return json.loads((repo.root / path).read_text())


@pytest.mark.parametrize(
    ("edit", "number"),
    [
        ({"required": BROKEN}, "2.0.0"),
        ({"note": {"type": "string"}}, "1.1.0"),
        ({"total": {"type": "integer", "description": "In cents."}}, "1.0.1"),
    ],
)
def test_an_edited_version_becomes_the_next_one_and_the_published_one_comes_back(
    shop: Repo, edit: dict[str, Any], number: str
) -> None:
    published = (shop.root / ORDER / "1.0.0.json").read_text()
    shop.write(f"{ORDER}/1.0.0.json", schema("1.0.0", **edit))
    ran = shop.govern("compat", "--bump")
    assert ran.code == 0, ran
    assert f"wrote {ORDER}/{number}.json; {ORDER}/1.0.0.json is again what is published" in ran.err
    assert (shop.root / ORDER / "1.0.0.json").read_text() == published
    assert (shop.root / ORDER / f"{number}.json").read_text() == schema(number, **edit)
    assert shop.git("status", "--porcelain", "--untracked-files=all").out.split()[-1] == f"{ORDER}/{number}.json"
    assert rules(shop) == []


@pytest.mark.parametrize(("given", "number"), [("1.0.1", "2.0.0"), ("1.1.0", "2.0.0")])
def test_a_new_version_with_too_low_a_number_is_renamed(shop: Repo, given: str, number: str) -> None:
    shop.untracked(f"{ORDER}/{given}.json", schema(given, required=BROKEN))
    ran = shop.govern("compat", "--bump")
    assert ran.code == 0
    assert f"wrote {ORDER}/{number}.json in place of {ORDER}/{given}.json" in ran.err
    assert sorted(path.name for path in (shop.root / ORDER).iterdir()) == ["1.0.0.json", f"{number}.json"]
    assert read(shop, f"{ORDER}/{number}.json")["$id"].endswith(f"/{number}")


@pytest.mark.parametrize("given", ["1.1.0", "2.0.0"])
def test_a_number_that_is_high_enough_stays(shop: Repo, given: str) -> None:
    shop.untracked(f"{ORDER}/{given}.json", schema(given, note={"type": "string"}))
    ran = shop.govern("compat", "--bump")
    assert ran.code == 0
    assert "every version is already what it must be" in ran.err
    assert (shop.root / ORDER / f"{given}.json").exists()


def test_a_number_that_is_taken_is_passed_over(shop: Repo) -> None:
    shop.write(f"{ORDER}/2.0.0.json", schema("2.0.0", total=None))
    publish(shop)
    shop.write(f"{ORDER}/1.0.0.json", schema("1.0.0", required=BROKEN))
    shop.govern("compat", "--bump", "event/order")
    assert sorted(path.name for path in (shop.root / ORDER).iterdir()) == ["1.0.0.json", "2.0.0.json", "3.0.0.json"]


def test_a_major_in_the_name_is_raised(shop: Repo) -> None:
    shop.write("contracts/ship.v1.schema.json", schema())
    publish(shop)
    shop.write("contracts/ship.v1.schema.json", schema(required=BROKEN))
    assert shop.govern("compat", "--bump").code == 0
    assert (shop.root / "contracts/ship.v1.schema.json").read_text() == schema()
    assert (shop.root / "contracts/ship.v2.schema.json").read_text() == schema(required=BROKEN)


def test_a_file_without_a_version_is_left_and_that_is_said(shop: Repo) -> None:
    shop.write(PAY, schema(required=BROKEN))
    ran = shop.govern("compat", "--bump")
    assert ran.code == 1
    assert f"{PAY} has no version in its path" in ran.err
    assert "every version is already" not in ran.err
    assert (shop.root / PAY).read_text() == schema(required=BROKEN)


def test_of_two_files_none_is_raised_and_that_is_said_once(shop: Repo) -> None:
    other = shop.write("contracts/other.json", schema(required=BROKEN))
    ran = shop.govern("compat", "--bump", PAY, "contracts/other.json")
    assert ran.code == 1
    assert (ran.err.count("nothing can be raised"), "every version is already" in ran.err) == (1, False)
    assert other.read_text() == schema(required=BROKEN)
    assert "every version is already" in shop.govern("compat", "--bump").err


def test_layout_and_byte_order_mark_come_along(shop: Repo) -> None:
    text = "\ufeff" + schema("1.0.0", note={"type": "string"}).replace("\n", "\r\n").replace('"type"', '"type" ')
    shop.write(f"{ORDER}/1.0.0.json", text.encode())
    shop.govern("compat", "--bump")
    assert (shop.root / ORDER / "1.1.0.json").read_bytes() == text.replace("1.0.0", "1.1.0").encode()


def test_what_bump_writes_is_what_a_hook_then_accepts(shop: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write(f"{ORDER}/1.0.0.json", schema("1.0.0", required=BROKEN))
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert shop.govern("compat").code == 1
    assert shop.govern("compat", "--bump").code == 0
    shop.git("add", "--all")
    assert shop.govern("compat").code == 0


def test_nothing_is_written_outside_the_repository(shop: Repo, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "order").mkdir(parents=True)
    (shop.root / "schemas/linked").symlink_to(outside)
    shop.write(f"{ORDER}/1.0.0.json", schema("1.0.0", required=BROKEN))
    shop.govern("compat", "--bump")
    assert list(outside.rglob("*.json")) == []
