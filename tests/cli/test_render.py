"""`govern render` as people meet it: values, contexts, targets, one-off and recorded."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repo import Ran, Repo

TEMPLATE = """---
name: <<NAME>>
description: Use this agent to review <<WHAT>>.
---
You review <<WHAT>> for <<PROJECT_NAME>>.
"""


def findings(ran: Ran) -> list[dict[str, Any]]:
    return list(json.loads(ran.out)["findings"])


def render(repo: Repo, *arguments: str) -> list[dict[str, Any]]:
    ran = repo.govern("render", *arguments, "--format", "json")
    assert ran.code in (0, 1) and "bug in govern" not in ran.err, ran
    return findings(ran)


def text(repo: Repo, path: str) -> str:
    return (repo.root / path).read_bytes().decode()


def test_a_template_is_filled_to_standard_output(repo: Repo) -> None:
    repo.write("t.md", TEMPLATE)
    ran = repo.govern(
        "render", "t.md", "--to", "-", "--set", "NAME=a", "--set", "WHAT=b: #1", "--set", "PROJECT_NAME=c"
    )
    assert ran == (
        0,
        "---\nname: a\ndescription: 'Use this agent to review b: #1.'\n---\nYou review b: #1 for c.\n",
        "",
    )
    assert repo.git("status", "--short").out == "A  t.md\n"


def test_a_missing_value_is_found_at_its_token_and_nothing_is_printed(repo: Repo) -> None:
    repo.write("t.md", TEMPLATE)
    ran = repo.govern("render", "t.md", "--to", "-", "--set", "NAME=a", "--set", "PROJECT_NAEM=c")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "t.md:1:1: error: --set gives PROJECT_NAEM, which the template does not ask for [render/value-unknown]",
        "t.md:3:39: error: WHAT has no value [render/value-missing]",
    ]


def test_a_slip_in_a_name_is_one_finding(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("t.md", "<<PROJECT_NAME>>\n")
    (unknown,) = render(repo, "t.md", "--to", "o.md", "--set", "PROJECT_NAEM=c")
    assert (unknown["rule"], unknown["hint"]) == ("render/value-unknown", "did you mean PROJECT_NAME?")
    monkeypatch.setenv("GOVERN_VALUE_PROJECT_NAEM", "c")
    (missing,) = render(repo, "t.md", "--to", "o.md")
    assert missing["rule"] == "render/value-missing"
    assert missing["hint"] == "did you mean PROJECT_NAME by PROJECT_NAEM, which the environment gives?"


def test_the_only_token_of_a_name_may_be_almost_one(repo: Repo) -> None:
    repo.write("t.md", "for << NAME >>\n")
    (found,) = render(repo, "t.md", "--to", "o.md", "--set", "NAME=x")
    assert (found["rule"], found["column"], found["hint"]) == ("render/token-near", 5, "write <<NAME>>")


def test_a_template_with_other_delimiters_is_told(repo: Repo) -> None:
    repo.write("t.md", "for {{NAME}}\n")
    (found,) = render(repo, "t.md", "--to", "o.md", "--set", "NAME=x")
    assert (found["rule"], found["hint"]) == ("render/value-unknown", "it holds {{NAME}}: pass --delimiters '{{' '}}'")


MANIFEST = """holes:
  NAME: {type: string, pattern: '^[a-z-]+$', description: what it is called}
  PORT: {type: integer, minimum: 1, maximum: 65535, default: 8080}
  STAGE: {enum: [dev, staging, prod]}
  DEBUG: {type: boolean, default: false}
  SINCE: {format: date, required: false}
  OWNERS: {type: array, items: {pattern: '^@'}, default: ['@a']}
"""
TYPED = "name: <<NAME>>\nport: <<PORT>>\nstage: <<STAGE>>\ndebug: <<DEBUG>>\nsince: <<SINCE>>\nowners: <<OWNERS>>\n"


@pytest.fixture
def typed(repo: Repo) -> Repo:
    repo.write("t.yaml", TYPED)
    repo.write("t.template.yaml", MANIFEST)
    return repo


def test_values_have_the_types_of_their_holes(typed: Repo) -> None:
    words = ["NAME=ledger", "PORT=80", "STAGE=dev", "DEBUG=true", "SINCE=2026-01-01", "OWNERS=@b, @c"]
    assert not render(typed, "t.yaml", "--to", "o.yaml", *(word for each in words for word in ("--set", each)))
    assert yaml.safe_load(text(typed, "o.yaml")) == {
        "name": "ledger",
        "port": 80,
        "stage": "dev",
        "debug": True,
        "since": "2026-01-01",
        "owners": ["@b", "@c"],
    }


def test_defaults_count_and_an_optional_hole_may_stay_empty(typed: Repo) -> None:
    assert not render(typed, "t.yaml", "--to", "o.yaml", "--set", "NAME=x", "--set", "STAGE=prod")
    value = yaml.safe_load(text(typed, "o.yaml"))
    assert value == {"name": "x", "port": 8080, "stage": "prod", "debug": False, "since": "", "owners": ["@a"]}


@pytest.mark.parametrize(
    ("values", "rule", "message"),
    [
        ("NAME: Ledger", "value-mismatched", 'NAME is "Ledger"'),
        ("PORT: 70000", "value-mismatched", "PORT is 70000"),
        ("PORT: '80'", "value-type", 'PORT is "80"'),
        ("PORT: 1.5", "value-type", "PORT is 1.5"),
        ("STAGE: pord", "value-not-allowed", 'STAGE is "pord", expected one of dev, staging, prod'),
        ("DEBUG: yes", "value-type", 'DEBUG is "yes"'),
        ("SINCE: 2026-02-30", "value-mismatched", 'SINCE is "2026-02-30"'),
        ("OWNERS: ['@a', b]", "value-mismatched", 'item 2 of OWNERS is "b"'),
        ("NAME: {a: b}", "value-type", "NAME is a mapping"),
        ("NAME: ", "value-empty", "the value of NAME from --values v.yaml is empty"),
        ("NAME: ' '", "value-empty", "the value of NAME from --values v.yaml is empty"),
        ("STAEG: dev", "value-unknown", "--values v.yaml gives STAEG, which the template does not ask for"),
    ],
)
def test_a_wrong_value_is_found_where_it_stands(typed: Repo, values: str, rule: str, message: str) -> None:
    typed.write("v.yaml", f"# values\n{values}\n")
    base = {"NAME": "x", "STAGE": "dev"}
    words = [f"{name}={value}" for name, value in base.items() if not values.startswith(name)]
    found = render(
        typed, "t.yaml", "--to", "o.yaml", "--values", "v.yaml", *(w for each in words for w in ("--set", each))
    )
    assert [each["rule"] for each in found] == [f"render/{rule}"]
    assert found[0]["message"].startswith(message)
    assert (found[0]["path"], found[0]["line"]) == ("v.yaml", 2)
    assert not (typed.root / "o.yaml").exists()


def test_the_first_that_gives_a_value_counts(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["SET", "FILE", "ENV", "ENTRY", "CONFIG", "DEFAULT"]
    repo.write("t.md", "".join(f"{name}: <<{name}>>\n" for name in names))
    repo.write("t.template.yaml", "holes:\n" + "".join(f"  {name}: {{default: default}}\n" for name in names))
    config = "".join(f"{name} = 'config'\n" for name in names[:5])
    entry = ", ".join(f"{name} = 'entry'" for name in names[:4])
    repo.write("govern.toml", f"[values]\n{config}[[render]]\ntemplate = 't.md'\nto = 'o.md'\nvalues = {{{entry}}}\n")
    for name in names[:3]:
        monkeypatch.setenv(f"GOVERN_VALUE_{name}", "env")
    repo.write("v.json", json.dumps(dict.fromkeys(names[:2], "file")))
    ran = repo.govern("render", "--values", "v.json", "--set", "SET=set", "-v")
    assert ran.code == 0, ran
    assert text(repo, "o.md") == "SET: set\nFILE: file\nENV: env\nENTRY: entry\nCONFIG: config\nDEFAULT: default\n"
    holes = json.loads(repo.govern("render", "--list-vars", "--format", "json").out)["templates"][0]["holes"]
    assert [hole["origin"] for hole in holes] == ["the environment"] * 3 + ["[[render]]", "[values]", "default"]


def test_the_holes_are_listed_with_where_they_are_used(typed: Repo) -> None:
    ran = typed.govern("render", "t.yaml", "--list-vars", "--set", "NAME=x")
    assert ran.code == 0
    assert ran.out.splitlines()[:6] == [
        "t.yaml",
        '  NAME    string, required; "x", from --set',
        "          what it is called",
        "          used at t.yaml:1:7",
        "  PORT    integer, optional; 8080, from the manifest's default",
        "          used at t.yaml:2:7",
    ]


def test_a_secret_is_never_shown(repo: Repo) -> None:
    repo.write("t.md", "<<TOKEN>>\n")
    repo.write("t.template.yaml", "holes: {TOKEN: {secret: true, pattern: '^tok-'}}\n")
    listed = repo.govern("render", "t.md", "--list-vars", "--set", "TOKEN=hunter2")
    wrong = repo.govern("render", "t.md", "--to", "o.md", "--set", "TOKEN=hunter2", "--format", "full")
    as_json = repo.govern("render", "t.md", "--list-vars", "--set", "TOKEN=hunter2", "--format", "json")
    assert wrong.code == 1
    assert "hunter2" not in "".join([*map(str, listed), *map(str, wrong), *map(str, as_json)])


def test_other_delimiters_leave_everything_else_alone(repo: Repo) -> None:
    others = (
        "{{ .Values.x }} {{lower}} ${{ github.ref }} ${X} $X {x} {project-root} <<EOF >>f <<: *a <<module>> {%x%}\n"
    )
    repo.write("t.txt", others + "{{NAME}} <<NAME>>\n")
    ran = repo.govern("render", "t.txt", "--to", "-", "--delimiters", "{{", "}}", "--set", "NAME=x")
    assert ran == (0, others + "x <<NAME>>\n", "")


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf---\r\nname: <<A>>\r\n---\r\n# <<A>>\r\n\r\nlast",
        b"---\nname: <<A>>\n---\n\n\n",
        b"<<A>>",
        b"a\r\nb\n<<A>>\r\n",
    ],
)
def test_bom_line_ends_and_the_final_line_stay(repo: Repo, data: bytes) -> None:
    repo.write("t.md", data)
    assert not render(repo, "t.md", "--to", "o.md", "--set", "A=x")
    assert (repo.root / "o.md").read_bytes() == data.replace(b"<<A>>", b"x")


def test_a_value_of_several_lines_gets_the_line_ends_of_its_file(repo: Repo) -> None:
    repo.write("t.md", b"- <<A>>\r\n> <<A>>\r\n")
    repo.write("v.toml", 'A = "one\\ntwo"\n')
    assert not render(repo, "t.md", "--to", "o.md", "--values", "v.toml")
    assert (repo.root / "o.md").read_bytes() == b"- one\r\n  two\r\n> one\r\n> two\r\n"


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("`<<A>>`", "a`b", None),
        ("`<<A>>`", "a*b", "`a*b`"),
        ("```\n<<A>>\n```", "x\n```\ny", None),
        ("```\n  <<A>>\n```", "x*\ny", "```\n  x*\n  y\n```"),
        ("[x](<<A>>)", "https://a.example/b (c)", "[x](https://a.example/b%20%28c%29)"),
        ("[<<A>>](b)", "a [b]", "[a \\[b\\]](b)"),
        ("# <<A>>", "R&D: #1", "# R&D: #1"),
        ("# <<A>>", "a\nb", None),
        ("| <<A>> | b |", "a|b", "| a\\|b | b |"),
        ("<!-- <<A>> -->", "a --> b", None),
        ("text <<A>>", "a\0b", None),
        ("text <<A>>", "**b** <<B>>", "text **b** <<B>>"),
        ("- <<A>>", ["a", "b`c`"], "- a\n- b`c`"),
        ("of <<A>>.", ["a", "b"], "of a, b."),
    ],
)
def test_a_value_in_markdown_ends_nothing_that_it_stands_in(
    repo: Repo, template: str, value: Any, expected: str | None
) -> None:
    repo.write("t.md", template + "\n")
    repo.write("t.template.yaml", f"holes: {{A: {{type: {'array' if isinstance(value, list) else 'string'}}}}}\n")
    repo.write("v.json", json.dumps({"A": value}))
    found = render(repo, "t.md", "--to", "o.md", "--values", "v.json")
    if expected is None:
        assert [(each["rule"], each["path"]) for each in found] == [("render/value-misplaced", "t.md")]
        assert not (repo.root / "o.md").exists()
    else:
        assert not found
        assert text(repo, "o.md") == expected + "\n"


def test_what_is_no_yaml_takes_plain_words_only(repo: Repo) -> None:
    repo.write("chart.yaml", "{{- if .Values.on }}\nname: <<NAME>>\n{{- end }}\n")
    assert not render(repo, "chart.yaml", "--to", "o.yaml", "--set", "NAME=ledger")
    assert text(repo, "o.yaml") == "{{- if .Values.on }}\nname: ledger\n{{- end }}\n"
    (found,) = render(repo, "chart.yaml", "--to", "p.yaml", "--set", "NAME=a: b")
    assert (found["rule"], found["line"], found["column"]) == ("render/value-misplaced", 2, 7)


def test_placeholders_as_keys_are_judged_once_rendered(repo: Repo) -> None:
    template = "services:\n  {{CONTAINER_NAME}}:\n    image: {{IMAGE}}\n    healthcheck: {test: [CMD, 'true']}\n    restart: always\n"
    repo.write("compose.tmpl.yaml", template)
    arguments = ["compose.tmpl.yaml", "--delimiters", "{{", "}}", "--set", "CONTAINER_NAME=web", "--to", "compose.yaml"]
    assert not render(repo, *arguments, "--set", "IMAGE=nginx:1.27")
    assert "  web:\n    image: nginx:1.27\n" in text(repo, "compose.yaml")
    repo.write("compose.tmpl.yaml", template.replace("image:", "imgae:"))
    (found,) = [
        each for each in render(repo, *arguments, "--set", "IMAGE=x:1", "--force") if each["severity"] == "error"
    ]
    assert (found["rule"], found["path"], found["line"]) == ("schema/unknown-key", "compose.yaml", 3)
    assert "image: nginx:1.27" in text(repo, "compose.yaml")


# Targets


@pytest.mark.parametrize(
    "to", ["../out.md", "/tmp/out.md", "a/../../out.md", "a/../b.md", ".git/hooks/x", "sub/.GIT/x", "govern.lock", "link/x.md", "lost"]
)  # fmt: skip
def test_a_target_stays_in_the_repository(repo: Repo, tmp_path: Path, to: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (repo.root / "link").symlink_to(tmp_path / "elsewhere")
    (repo.root / "lost").symlink_to(tmp_path / "elsewhere" / "x.md")
    repo.write("t.md", "hello\n")
    before = sorted(tmp_path.rglob("*"))
    for force in ([], ["--force"]):
        assert [each["rule"] for each in render(repo, "t.md", "--to", to, *force)] == ["render/target-outside"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_within_the_repository_is_followed(repo: Repo) -> None:
    (repo.root / "real").mkdir()
    (repo.root / "link").symlink_to("real")
    repo.write("t.md", "hello\n")
    assert not render(repo, "t.md", "--to", "link/x.md")
    assert text(repo, "real/x.md") == "hello\n"


def test_a_file_that_somebody_wrote_is_overwritten_by_force_only(repo: Repo) -> None:
    repo.write("t.md", "hello\n")
    path = repo.write("o.md", "mine\n")
    path.chmod(0o600)
    assert [each["rule"] for each in render(repo, "t.md", "--to", "o.md")] == ["render/target-exists"]
    assert text(repo, "o.md") == "mine\n"
    assert not render(repo, "t.md", "--to", "o.md", "--force")
    assert (text(repo, "o.md"), path.stat().st_mode & 0o777) == ("hello\n", 0o600)


def test_a_folder_is_rendered_with_the_names_of_its_files(repo: Repo) -> None:
    repo.write("t/template.yaml", "holes: {NAME: {pattern: '^[a-z/.]+$'}}\n")
    repo.write("t/<<NAME>>/agent-<<NAME>>.md", "I am <<NAME>>.\n")
    repo.write("t/\\<<NAME>>.txt", "x\n")
    repo.write("t/logo.png", b"\x89PNG\r\n\x1a\n\0\xff<<NAME>>")
    assert not render(repo, "t", "--to", "out/new", "--set", "NAME=ledger")
    files = {
        path.relative_to(repo.root / "out").as_posix() for path in (repo.root / "out").rglob("*") if path.is_file()
    }
    assert files == {"new/ledger/agent-ledger.md", "new/<<NAME>>.txt", "new/logo.png"}
    assert text(repo, "out/new/ledger/agent-ledger.md") == "I am ledger.\n"
    assert (repo.root / "out/new/logo.png").read_bytes() == b"\x89PNG\r\n\x1a\n\0\xff<<NAME>>"


def test_into_a_folder_a_file_keeps_its_name(repo: Repo) -> None:
    repo.write("schemas/note/templates/page/1.0.0.tmpl.md", "hello\n")
    repo.write("t.md", "hello\n")
    assert not render(repo, "note/page", "--to", "out/")
    assert not render(repo, "t.md", "note/page@1", "--to", "both")
    files = sorted(path.relative_to(repo.root).as_posix() for path in repo.root.glob("*o*t*/*.md"))
    assert files == ["both/page.tmpl.md", "both/t.md", "out/page.tmpl.md"]


def test_a_one_off_rendering_can_be_checked(repo: Repo) -> None:
    repo.write("t.md", "hello <<A>>\n")
    arguments = ["t.md", "--to", "o.md", "--set", "A=x", "--check"]
    assert [each["rule"] for each in render(repo, *arguments)] == ["render/drift-missing"]
    repo.write("o.md", "hello x\n")
    assert not render(repo, *arguments)
    repo.write("o.md", "hello y\n")
    assert [each["rule"] for each in render(repo, *arguments)] == ["render/drift-unrecorded"]


@pytest.mark.parametrize("value", ["a/b", "..", ".", "../../x"])
def test_a_value_in_a_file_name_leads_nowhere_else(repo: Repo, value: str) -> None:
    repo.write("t/template.yaml", "holes: {NAME: {}}\n")
    repo.write("t/<<NAME>>/x.md", "hello\n")
    assert [each["rule"] for each in render(repo, "t", "--to", "out", "--set", f"NAME={value}")] == [
        "render/target-outside"
    ]
    assert not (repo.root / "out").exists()


def test_several_files_are_written_all_or_none(repo: Repo) -> None:
    repo.write("t/a.md", "a\n")
    repo.write("t/sub/b.md", "b <<NAME>>\n")
    repo.write("out/sub", "a file where a folder is wanted\n")
    repo.write("out/a.md", "a\n")
    assert render(repo, "t", "--to", "out", "--set", "NAME=x")
    assert repo.git("status", "--short", "--untracked-files=all").out.split() == [
        "A",
        "out/a.md",
        "A",
        "out/sub",
        "A",
        "t/a.md",
        "A",
        "t/sub/b.md",
    ]


def test_what_is_wrong_with_one_target_keeps_all_from_being_written(repo: Repo) -> None:
    repo.write("t.md", "<<NAME>>\n")
    entries = "[[render]]\ntemplate = 't.md'\nto = 'a.md'\nvalues = {NAME = 'x'}\n[[render]]\ntemplate = 't.md'\nto = 'b.md'\n"
    repo.write("govern.toml", entries)
    (found,) = render(repo)
    assert (found["rule"], found["path"], found["line"]) == ("render/value-missing", "t.md", 1)
    assert not (repo.root / "a.md").exists() and not (repo.root / "govern.lock").exists()


# Usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.md", "--to", "x"], "nothing.md is no template, and no file"),
        (["domain-agnet/x", "--to", "x"], "domain-agnet/x is no template, and no file"),
        (["t.md"], "say where t.md is to be rendered: --to PATH, or --to - for standard output"),
        (["t.md", "--to", "x", "--set", "NAME"], "--set NAME: write NAME=VALUE"),
        (["t.md", "--to", "x", "--delimiters", "A", "B"], "--delimiters 'A'"),
        (["t.md", "--to", "x", "--values", "no.yaml"], "--values no.yaml: it does not exist"),
        (["t.md", "--to", "x", "--values", "t.md"], "--values t.md: name a .yaml, .json or .toml file"),
        (["--to", "x"], "--to needs a TEMPLATE"),
        (["t.md", "--to", "-", "--check"], "--to - takes one TEMPLATE"),
    ],
)
def test_what_cannot_be_done_is_said(repo: Repo, arguments: list[str], said: str) -> None:
    repo.write("t.md", "hello\n")
    ran = repo.govern("render", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_a_template_that_is_no_text_is_found(repo: Repo) -> None:
    repo.write("t.md", b"\xff\xfe<\0")
    assert [each["rule"] for each in render(repo, "t.md", "--to", "o.md")] == ["file/not-utf8"]


def test_a_manifest_is_judged_with_places(repo: Repo) -> None:
    repo.write("t.md", "<<NAME>> <<PORT>>\n")
    repo.write("t.template.yaml", "holes:\n  NAME: {tpye: string}\n  PORT: {type: integer, default: many}\n")
    found = render(repo, "t.md", "--to", "o.md")
    assert [(each["rule"], each["path"], each["line"]) for each in found] == [
        ("schema/unknown-key", "t.template.yaml", 2)
    ]
    repo.write("t.template.yaml", "holes:\n  NAME: {default: x}\n  PORT: {type: integer, default: many}\n")
    found = render(repo, "t.md", "--to", "o.md")
    assert [(each["rule"], each["path"], each["line"], each["column"]) for each in found] == [
        ("render/value-type", "t.template.yaml", 3, 34)
    ]


def test_a_note_in_the_template_lets_one_place_pass(repo: Repo) -> None:
    repo.write("t.md", "<<A>>\n<!-- govern: ignore render/token-near -- shown as an example -->\n<< A >>\n")
    assert not render(repo, "t.md", "--to", "o.md", "--set", "A=x")
    assert text(repo, "o.md").startswith("x\n")


def test_a_rule_that_is_off_does_not_stand_in_the_way_but_nothing_impossible_is_done(repo: Repo) -> None:
    off = ["token-near", "value-missing", "value-misplaced", "target-outside"]
    repo.write("govern.toml", "[rules]\n" + "".join(f"'render/{rule}' = 'off'\n" for rule in off))
    repo.write("t.md", "<<A>><< A >><<B>>\n")
    assert not render(repo, "t.md", "--to", "o.md", "--set", "A=x")
    assert text(repo, "o.md") == "x<< A >>\n"
    assert [each["rule"] for each in render(repo, "t.md", "--to", "../o.md", "--set", "A=x")] == [
        "render/target-outside"
    ]
    repo.write("h.md", "# <<A>>\n")
    repo.write("v.json", '{"A": "a\\nb"}')
    assert [each["rule"] for each in render(repo, "h.md", "--to", "p.md", "--values", "v.json")] == [
        "render/value-misplaced"
    ]
