"""The repository's configuration: every key of it, where it is found, and what is wrong with it."""

import sys
from pathlib import Path

import pytest

from tests.repo import ACME, ROOT, Repo, agent, execute, task

TASK = "TASKS/billing/refunds.md"
KINDS = sorted(path.parent.name for path in ROOT.glob("schemas/*/kind.yaml"))


@pytest.fixture
def shop(repo: Repo) -> Repo:
    """A repository with one task that breaks its schema."""
    repo.write(TASK, task(status="doing"))
    return repo


def placed(repo: Repo, *arguments: str) -> list[tuple[str, int, int, str]]:
    return [(f["rule"], f["line"], f["column"], f["message"]) for f in repo.findings(*arguments)]


# Where it is found


def test_pyproject_may_hold_it(shop: Repo) -> None:
    shop.write("pyproject.toml", '[project]\nname = "shop"\n[tool.govern.rules]\n"schema/enum" = "off"\n')
    assert shop.rules() == []


def test_what_is_wrong_in_pyproject_is_placed_there(shop: Repo) -> None:
    shop.write("pyproject.toml", '[project]\nname = "shop"\n\n[tool.govern]\nexlude = []\n')
    finding = shop.findings()[1]
    assert (finding["path"], finding["rule"], finding["line"]) == ("pyproject.toml", "config/unknown-key", 5)


def test_a_pyproject_without_it_is_passed_over(shop: Repo) -> None:
    shop.write("govern.toml", '[rules]\n"schema/enum" = "off"\n')
    shop.write("TASKS/pyproject.toml", '[project]\nname = "tasks"\n# tool.govern\n')
    ran = shop.govern("check", cwd=shop.root / "TASKS")
    assert ran.code == 0


def test_govern_toml_wins_over_pyproject_beside_it(shop: Repo) -> None:
    shop.write("govern.toml", '[rules]\n"schema/enum" = "warn"\n')
    shop.write("pyproject.toml", '[tool.govern.rules]\n"schema/enum" = "off"\n')
    assert [f["severity"] for f in shop.findings()] == ["warning"]


def test_the_nearest_one_counts(shop: Repo) -> None:
    shop.write("govern.toml", '[rules]\n"schema/enum" = "off"\n')
    shop.write("TASKS/govern.toml", '[rules]\n"schema/enum" = "warn"\n')
    assert "error" not in shop.govern("check").out
    assert "warning" in shop.govern("check", cwd=shop.root / "TASKS").out


def test_one_above_the_repository_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "govern.toml").write_text('[rules]\n"schema/enum" = "off"\n')
    repo = Repo(tmp_path / "shop")
    repo.write(TASK, task(status="doing"))
    assert repo.rules() == ["schema/enum"]


def test_another_one_can_be_named(shop: Repo) -> None:
    shop.write("strict/rules.toml", '[rules]\n"schema/enum" = "off"\n')
    assert shop.rules("--config", "strict/rules.toml") == []


# What is wrong with it


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exclude = [\n", "govern.toml:"),
        ("exclude = 'vendor'\n", 'govern.toml:1:11: exclude is "vendor", a string; expected an array [schema/type]'),
        ("[rules]\n'schema/enum' = 'of'\n", 'govern.toml:2:17: schema/enum is "of", expected one of error, warn, off'),
        ("[rules]\n'schema/enum' = false\n", "govern.toml:2:17: schema/enum is false"),
        ("[kinds]\ntask = '2'\n", 'govern.toml:2:8: task is "2", a string; expected an integer'),
        ("[vocabulary]\ntask = ['a']\n", "govern.toml:2:8: task is an array; expected a table"),
        ("[vocabulary.task]\ndomain = 'a'\n", 'govern.toml:2:10: domain is "a", a string; expected an array'),
        ("[files]\n'*.md' = true\n", "govern.toml:2:10: *.md is true"),
        ("[[waive]]\nid = '3fa9c1d20b7e'\n", "reason is missing"),
        ("[[waive]]\nid = 'x'\nreason = 'r'\n", 'id is "x"'),
        ("[[waive]]\nid = '3fa9c1d20b7e'\nreason = 'r'\nuntil = 'soon'\n", 'until is "soon", expected a date'),
        ("a = 1\na = 2\n", "govern.toml:2"),
    ],
)
def test_no_toml_and_wrong_types_are_2_and_placed(shop: Repo, text: str, said: str) -> None:
    shop.write("govern.toml", text)
    ran = shop.govern("check")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "bug in govern" not in ran.err


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("exlude = []\n", ("config/unknown-key", 1, 1, "exlude is not a key that the file may have")),
        ("[rule]\n", ("config/unknown-key", 1, 2, "rule is not a key that the file may have")),
        ("[compose]\nproject = []\n", ("config/unknown-key", 2, 1, "project is not a key of compose")),
        ("[kinds]\ntsak = 2\n", ("config/kind-unknown", 2, 1, "there is no kind tsak")),
        ("[files]\n'*.x' = 'tsak@2'\n", ("config/kind-unknown", 2, 1, "there is no kind tsak")),
        ("[vocabulary]\ntsak.domain = ['a']\n", ("config/kind-unknown", 2, 1, "there is no kind tsak")),
        ("[vocabulary]\ntask.domian = ['a']\n", ("config/field-unknown", 2, 6, "there is no field of task domian")),
        ("[rules]\n'task/id-mismached' = 'off'\n", ("config/rule-unknown", 2, 1, "there is no rule task/id-mismached")),
        (
            "schemas = ['shcemas']\n",
            ("config/schemas-missing", 1, 12, "there are no schemas in shcemas: no such folder"),
        ),
        ("schemas = ['../up']\n", ("config/schemas-missing", 1, 12, "there are no schemas in ../up: no such folder")),
        (
            "schemas = ['package:no_such_package']\n",
            (
                "config/schemas-missing",
                1,
                12,
                "there are no schemas in package:no_such_package: no such package is installed",
            ),
        ),
    ],
)
def test_what_does_not_exist_is_a_finding_and_the_files_are_still_judged(
    shop: Repo, text: str, finding: tuple[str, int, int, str]
) -> None:
    shop.write("govern.toml", text)
    assert placed(shop) == [("schema/enum", 4, 9, placed(shop)[0][3]), finding]


def test_the_nearest_known_name_is_the_hint(shop: Repo) -> None:
    shop.write("govern.toml", "exlude = []\n[rules]\n'task/id-mismached' = 'off'\n")
    assert [f["hint"] for f in shop.findings()][1:] == ["did you mean exclude?", "did you mean task/id-mismatched?"]


def test_an_unknown_key_is_a_warning(repo: Repo) -> None:
    repo.write("govern.toml", "exlude = []\n")
    assert repo.govern("check").code == 0


# What it says


@pytest.mark.parametrize(
    ("level", "code", "severity"), [("error", 1, ["error"]), ("warn", 0, ["warning"]), ("off", 0, [])]
)
def test_a_rule_counts_as_much_as_it_says(repo: Repo, level: str, code: int, severity: list[str]) -> None:
    repo.write("govern.toml", f"[rules]\n'task/status-contradicted' = '{level}'\n'schema/enum' = '{level}'\n")
    repo.write(TASK, task(body="**Status**: done"))
    assert repo.govern("check").code == code
    assert [f["severity"] for f in repo.findings()] == severity


@pytest.mark.parametrize(
    "glob", ["TASKS/**", "refunds.md", "*.md", "/TASKS/billing/", "TASKS/*/r{e,a}funds.md", "**/billing/*"]
)
def test_what_it_excludes_is_not_judged(shop: Repo, glob: str) -> None:
    shop.write("govern.toml", f"exclude = ['{glob}']\n")
    assert shop.rules() == []


@pytest.mark.parametrize("glob", ["TASKS/*", "tasks/**", "billing/refunds.md", "refund"])
def test_what_it_does_not_exclude_is_judged(shop: Repo, glob: str) -> None:
    shop.write("govern.toml", f"exclude = ['{glob}']\n")
    assert shop.rules() == ["schema/enum"]


def test_an_excluded_file_can_still_be_referred_to(repo: Repo) -> None:
    repo.write("govern.toml", "exclude = ['TASKS/old/**']\n")
    repo.write("TASKS/old/payouts.md", task("payouts", domain="old", status="doing"))
    repo.write(TASK, task(related="[TASKS/old/payouts.md]"))
    assert repo.rules() == []


def test_the_major_that_judges_is_that_of_kinds(repo: Repo) -> None:
    repo.write(TASK, task(type="doc", status="done"))
    assert repo.rules() == []
    repo.write("govern.toml", "[kinds]\ntask = 3\n")
    assert repo.rules() == ["schema/enum"]


def test_a_major_that_does_not_exist_is_a_finding_of_every_such_file(repo: Repo) -> None:
    repo.write(TASK, task())
    repo.write("govern.toml", "[kinds]\ntask = 9\n")
    assert repo.rules() == ["kind/schema-missing"]


def test_files_may_give_a_kind_and_take_it_away(repo: Repo) -> None:
    repo.write("todo/refunds.md", task(status="doing", domain="todo"))
    repo.write("TASKS/template.md", task(status="doing"))
    repo.write("govern.toml", "[files]\n'todo/*.md' = 'task'\n'TASKS/template.md' = false\n")
    assert [f["path"] for f in repo.findings()] == ["todo/refunds.md"]


def test_of_several_globs_the_first_that_matches_counts(shop: Repo) -> None:
    shop.write("govern.toml", "[files]\n'TASKS/**' = false\n'TASKS/billing/**' = 'task'\n")
    assert shop.rules() == []


def test_files_may_name_a_major(repo: Repo) -> None:
    repo.write(TASK, task(type="doc", status="done"))
    repo.write("govern.toml", "[files]\n'TASKS/**' = 'task@3'\n")
    assert repo.rules() == ["schema/enum"]


# Vocabulary


def test_a_word_outside_the_vocabulary_is_placed_at_it_and_the_nearest_named(repo: Repo) -> None:
    repo.write("govern.toml", "[vocabulary]\ntask.owner_team = ['payments', 'platform']\n")
    repo.write(TASK, task(owner_team="paymnets"))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["line"], finding["column"]) == ("task/owner_team-unknown", 7, 13)
    assert finding["message"] == 'owner_team is "paymnets", expected one of payments, platform'
    assert finding["hint"] == "did you mean payments?"


@pytest.mark.parametrize("value", ["payments", "''", "", "null", "'payments'"])
def test_a_word_of_the_vocabulary_or_none_at_all_is_no_unknown_word(repo: Repo, value: str) -> None:
    repo.write("govern.toml", "[vocabulary]\ntask.service = ['payments']\n")
    repo.write(TASK, task(service=value))
    assert repo.rules() == []


def test_every_item_of_a_list_is_a_word(repo: Repo) -> None:
    repo.write("govern.toml", "[vocabulary]\ntask.labels = ['refunds', 'fees']\n")
    repo.write(TASK, task(labels="[refunds, feees, taxes]"))
    assert [(f["rule"], f["pointer"]) for f in repo.findings()] == [
        ("task/labels-unknown", "/labels/1"),
        ("task/labels-unknown", "/labels/2"),
    ]


def test_a_vocabulary_is_of_its_kind_only(repo: Repo) -> None:
    repo.write("govern.toml", "[vocabulary]\nagent.model = ['haiku']\n")
    repo.write(".claude/agents/release-notes.md", agent(model="sonnet"))
    repo.write(TASK, task())
    assert repo.rules() == ["agent/model-unknown"]


def test_the_rule_of_a_vocabulary_has_a_severity_like_any_other(repo: Repo) -> None:
    repo.write("govern.toml", "[vocabulary]\ntask.domain = ['x']\n[rules]\n'task/domain-unknown' = 'off'\n")
    repo.write(TASK, task())
    assert repo.rules() == []


# Kinds that files name themselves


def test_a_file_may_name_its_kind_and_major(repo: Repo) -> None:
    repo.write("notes/refunds.md", task(schema="task@3", type="doc"))
    repo.write("deploy/web.yaml", "# govern: schema=compose@1\nservices: {web: {imgae: nginx}}\n")
    assert [(f["path"], f["rule"]) for f in repo.findings()] == [
        ("deploy/web.yaml", "schema/unknown-key"),
        ("notes/refunds.md", "schema/enum"),
    ]


def test_a_file_may_pin_another_major_than_the_configuration(repo: Repo) -> None:
    repo.write("govern.toml", "[kinds]\ntask = 3\n")
    repo.write(TASK, task(schema="task@2", type="doc"))
    assert repo.rules() == []


@pytest.mark.parametrize(
    ("pin", "rule", "message"),
    [
        ("tsak@1", "kind/unknown", f"there is no kind tsak; there are {', '.join(KINDS)}"),
        ("compose@9", "kind/schema-missing", "compose has no version 9; there are 1.0.0"),
    ],
)
def test_a_pin_that_leads_nowhere_is_placed_at_it(repo: Repo, pin: str, rule: str, message: str) -> None:
    repo.write("deploy/web.yaml", f"# our web\n# govern: schema={pin}\nservices: {{}}\n")
    (finding,) = repo.findings()
    assert (finding["rule"], finding["line"], finding["message"]) == (rule, 2, message)


def test_a_pin_in_front_matter_that_leads_nowhere_is_placed_at_it(repo: Repo) -> None:
    repo.write(TASK, task(schema="task@9"))
    assert placed(repo) == [
        ("kind/schema-missing", 10, 9, "task has no version 9; there are 1.0.0, 1.1.0, 2.0.0, 3.0.0")
    ]


def test_somebody_elses_schema_key_is_no_pin(repo: Repo) -> None:
    repo.write("notes/a.md", "---\nschema: article\n---\n")
    repo.write("notes/b.md", "---\nschema: {a: b}\n---\n")
    repo.write("c.json", '{"$schema": "https://json-schema.org/draft/2020-12/schema"}')
    repo.write("d.json", '{"$schema": "https://example.com/theirs"}')
    assert repo.govern("check").err == "nothing to judge: 0 files judged, 4 skipped\n"


def test_a_json_file_may_name_one_of_our_ids(repo: Repo) -> None:
    repo.write("web.json", '{"$schema": "urn:govern:compose:1.0.0", "services": {"web": {"imgae": "a"}}}')
    assert "schema/unknown-key" in repo.rules()


# The repository's own schemas

KIND = "kind: runbook\ntitle: Runbooks\nreader: frontmatter\ndefault: 1\nfiles:\n  - glob: 'runbooks/*.md'\n"
SCHEMA = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["alert"]}'


@pytest.fixture
def own(shop: Repo) -> Repo:
    """A repository with a kind of its own, and a document of it without its one key."""
    shop.write("schemas/runbook/kind.yaml", KIND)
    shop.write("schemas/runbook/1.0.0.json", SCHEMA)
    shop.write("runbooks/web.md", "---\nowner: a\n---\n")
    return shop


def beside(repo: Repo) -> list[tuple[str, str, int]]:
    """What is found, but for the task's mistake, which must always be found."""
    found = [(f["path"], f["rule"], f["line"]) for f in repo.findings()]
    assert (TASK, "schema/enum", 4) in found
    return [finding for finding in found if finding[0] != TASK]


def test_a_kind_of_the_repository_judges_its_files(own: Repo) -> None:
    assert beside(own) == [("runbooks/web.md", "schema/missing-key", 2)]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("kind.yaml", KIND.replace("default: 1\n", ""), ("kind.yaml", "schema/missing-key", 1)),
        ("kind.yaml", KIND.replace("frontmatter", "markdwon"), ("kind.yaml", "schema/enum", 3)),
        ("kind.yaml", "kind: 'x\n", ("kind.yaml", "yaml/syntax", 1)),
        ("kind.yaml", KIND.replace("kind: runbook", "kind: runboook"), ("kind.yaml", "kind/malformed", 1)),
        ("kind.yaml", KIND.replace("default: 1", "default: 2"), ("kind.yaml", "kind/schema-missing", 4)),
        ("1.0.0.json", "{", ("1.0.0.json", "json/syntax", 1)),
        ("1.0.0.json", '{\n"type": "strnig"}', ("1.0.0.json", "kind/schema-unusable", 2)),
        ("1.0.0.json", '{\n"$ref": "#/$defs/a"}', ("1.0.0.json", "kind/schema-unusable", 2)),
        (
            "1.0.0.json",
            '{"properties": {"a": {},\n"b": {"$ref": "urn:nowhere"}}}',
            ("1.0.0.json", "kind/schema-unusable", 2),
        ),
        ("1.0.0.json", '{\n"pattern": "["}', ("1.0.0.json", "kind/schema-unusable", 2)),
    ],
)
def test_what_is_wrong_with_a_schema_is_placed_there_and_other_files_are_judged(
    own: Repo, path: str, text: str, found: tuple[str, str, int]
) -> None:
    own.write(f"schemas/runbook/{path}", text)
    assert ("schemas/runbook/" + found[0], *found[1:]) in beside(own)


def test_a_schema_may_refer_to_a_built_in_one(own: Repo) -> None:
    own.write("schemas/runbook/1.0.0.json", '{"properties": {"of": {"$ref": "urn:govern:task:2.0.0"}}}')
    own.write("runbooks/web.md", "---\nof: {id: a}\n---\n")
    assert {rule for _, rule, _ in beside(own)} == {"schema/missing-key"}


def test_the_highest_version_of_a_major_judges(own: Repo) -> None:
    own.write("schemas/runbook/1.10.0.json", "{}")
    own.write("schemas/runbook/1.9.0.json", '{"required": ["nine"]}')
    own.write("schemas/runbook/2.0.0.json", '{"required": ["two"]}')
    assert beside(own) == []


def test_a_built_in_kind_can_be_given_further_versions(own: Repo) -> None:
    own.write("schemas/task/7.0.0.json", '{"required": ["seven"]}')
    own.write("govern.toml", "[files]\n'TASKS/**' = 'task@7'\n")
    assert "schema/missing-key" in own.rules(TASK)


# Schemas of a package


def test_schemas_and_defaults_of_an_installed_package_count(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ACME / "src")
    repo.write("govern.toml", 'schemas = ["package:acme_contracts"]\n')
    repo.write("service.yaml", "name: web\nteam: nobody\ntier: 7\nsummary: Shows what there is to buy.\n")
    repo.write(TASK, task(owner_team="shop"))
    repo.write("vendor/TASKS/x/y.md", task())
    assert [(f["path"], f["rule"]) for f in repo.findings()] == [
        (TASK, "task/owner_team-unknown"),
        ("service.yaml", "service/team-unknown"),
        ("service.yaml", "schema/range"),
    ]


def test_the_repository_has_the_last_word_over_a_package(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ACME / "src")
    repo.write(
        "govern.toml",
        'schemas = ["package:acme_contracts"]\n'
        '[vocabulary]\ntask.owner_team = ["shop"]\n[rules]\n"task/prompt-leftover" = "off"\n',
    )
    repo.write(TASK, task(owner_team="shop", body="[What are we trying to achieve?]"))
    assert repo.rules() == []


@pytest.mark.parametrize("text", ["[vocabulary]\ntask = ['a']\n", "exclude = 7\n", "rules = [\n", "[rules]\na = 1\n"])
def test_defaults_of_a_package_that_are_wrong_are_a_finding_and_do_not_count(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    package = tmp_path / "site" / "sloppy_contracts"
    (package / "schemas").mkdir(parents=True)
    (package / "govern.toml").write_text(text)
    monkeypatch.syspath_prepend(package.parent)
    repo.write("govern.toml", 'schemas = ["package:sloppy_contracts"]\n')
    repo.write(TASK, task(status="doing"))
    assert {f["path"] for f in repo.findings()} == {TASK, "sloppy_contracts:govern.toml"}


def test_a_package_is_not_imported(repo: Repo, tmp_path: Path) -> None:
    package = tmp_path / "site" / "loud_contracts"
    (package / "schemas" / "runbook").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')\n")
    (package / "schemas" / "runbook" / "kind.yaml").write_text(KIND)
    (package / "schemas" / "runbook" / "1.0.0.json").write_text(SCHEMA)
    repo.write("govern.toml", 'schemas = ["package:loud_contracts"]\n')
    repo.write("runbooks/web.md", "---\nowner: a\n---\n")
    command = [sys.executable, "-m", "govern.cli.main", "check"]
    ran = execute(command, repo.root, check=False, env={"PYTHONPATH": f"{package.parent}:{ROOT / 'src'}"})
    assert (ran.code, ran.out.count("alert is missing")) == (1, 1)
