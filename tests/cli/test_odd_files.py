"""What bad input gets: a finding that names it, never a traceback, never a hang, and the other files are judged."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo import Repo, execute, task

BAD = task("other", status="doing")


@pytest.fixture
def beside(repo: Repo) -> Repo:
    """A repository with one ordinary mistake, which must be found whatever lies beside it."""
    repo.write("TASKS/billing/other.md", BAD)
    return repo


def found(repo: Repo, *arguments: str) -> list[tuple[str, str]]:
    """Path and rule of what is found beside the ordinary mistake."""
    findings = [(f["path"], f["rule"]) for f in repo.findings(*arguments)]
    ordinary = ("TASKS/billing/other.md", "schema/enum")
    if not arguments:
        assert ordinary in findings
    return [finding for finding in findings if finding != ordinary]


HERE = "TASKS/billing/x.md"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"---\ntitle: caf\xe9\n---\n", "file/not-utf8"),
        ("---\nid: x\n---\n".encode("utf-16"), "file/not-utf8"),
        (b"---\nid: x\n", "frontmatter/unclosed"),
        (b"---", "frontmatter/unclosed"),
        (b"\xef\xbb\xbf---\nid: x\n", "frontmatter/unclosed"),
        (b"---\nid: [\n---\n", "yaml/syntax"),
        (b"---\nid: x\nid: x\n---\n", "yaml/duplicate-key"),
        (b"---\na: &a [x]\nb: *c\n---\n", "yaml/syntax"),
        (b"---\na: &a [*a]\n---\n", "yaml/alias-cycle"),
        (b"---\na: .nan\n---\n", "yaml/not-finite"),
        (b"---\n? [a]\n: b\n---\n", "yaml/key-not-string"),
        (b"---\na: !!python/object:os.system x\n---\n", "yaml/unknown-tag"),
        (b"---\n<<: 7\n---\n", "yaml/merge-not-mapping"),
        (b"---\na: " + b"[" * 5000 + b"]" * 5000 + b"\n---\n", "yaml/too-deep"),
        (b"---\nid: x\x00\n---\n", "yaml/syntax"),
        (b"<!-- first -->\n---\nid: x\n---\n", "frontmatter/not-first"),
        (b"---\n- a\n- b\n---\n", "schema/type"),
        (b"---\njust text\n---\n", "schema/type"),
        (b"---\n---\n", "schema/missing-key"),
    ],
)
def test_text_that_cannot_be_read_as_it_should(beside: Repo, text: bytes, rule: str) -> None:
    beside.write(HERE, text)
    assert (HERE, rule) in found(beside)


def test_an_alias_bomb_is_stopped(beside: Repo) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    beside.write(HERE, "---\n" + "\n".join(lines) + "\n---\n")
    beside.write("compose.yaml", "\n".join(lines) + "\n")
    findings = found(beside)
    assert (HERE, "yaml/too-many-values") in findings
    assert ("compose.yaml", "yaml/too-many-values") in findings


def test_a_file_over_the_bound_is_not_read(beside: Repo) -> None:
    beside.write(HERE, "---\nid: x\n---\n" + "x" * 5_000_000)
    assert found(beside) == [(HERE, "file/too-large")]


def test_a_file_of_no_bytes_has_no_front_matter_and_is_skipped(beside: Repo) -> None:
    beside.write(HERE, b"")
    assert found(beside) == []
    beside.write("compose.yaml", b"")
    assert {rule for path, rule in found(beside)} <= {"schema/type", "schema/missing-key"}


def test_a_folder_named_like_a_file(beside: Repo) -> None:
    beside.write("TASKS/billing/x.md/y.md", task("y", status="doing"))
    assert found(beside) == [("TASKS/billing/x.md/y.md", "schema/enum")]
    assert found(beside, "TASKS/billing/x.md") == [("TASKS/billing/x.md/y.md", "schema/enum")]


def test_a_link_that_leads_to_itself(beside: Repo) -> None:
    (beside.root / HERE).symlink_to("x.md")
    beside.git("add", "--all")
    assert found(beside) == [(HERE, "file/unreadable")]


def test_a_link_that_leads_nowhere(beside: Repo) -> None:
    (beside.root / HERE).symlink_to("nowhere.md")
    beside.git("add", "--all")
    assert found(beside) == [(HERE, "file/unreadable")]


def test_a_link_to_a_folder(beside: Repo) -> None:
    (beside.root / HERE).symlink_to("..")
    beside.git("add", "--all")
    assert found(beside) == [(HERE, "file/unreadable")]


def test_a_pipe_is_not_waited_for(beside: Repo) -> None:
    os.mkfifo(beside.root / HERE)
    ran = beside.govern("check", HERE)
    assert ran.code == 2
    assert f"{HERE}:1:1: error: the file cannot be opened: it is not a regular file [file/unreadable]" in ran.out
    assert "none of the named files could be read" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(beside: Repo) -> None:
    beside.write(HERE, task("x")).chmod(0)
    assert found(beside) == [(HERE, "file/unreadable")]


def test_a_tracked_file_that_was_deleted_is_left_out(beside: Repo) -> None:
    beside.write(HERE, task("x")).unlink()
    assert found(beside) == []


def test_a_submodule_is_left_to_its_own_repository(beside: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.write("TASKS/billing/x.md", task("x", status="doing"))
    other.commit()
    beside.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "vendor")
    assert found(beside) == []


def test_unmerged_paths_are_2_and_say_what_mends_them(beside: Repo) -> None:
    beside.commit()
    beside.git("checkout", "--quiet", "-b", "other")
    beside.write("TASKS/billing/other.md", task("other", status="started"))
    beside.commit()
    beside.git("checkout", "--quiet", "main")
    beside.write("TASKS/billing/other.md", task("other", status="working"))
    beside.commit()
    assert beside.git("merge", "other", check=False).code == 1
    ran = beside.govern("check")
    assert ran.code == 2
    assert ran.err == (
        "govern check: TASKS/billing/other.md is not merged; resolve it, then run: git add TASKS/billing/other.md\n"
    )


NAMES = [
    "two words",
    "it's",
    'a "quoted" one',
    "-dash",
    "--fix",
    "grün",
    "日本",
    "a\nb",
    "a\tb",
    "$(id)",
    "a;b",
    "a\\b",
    "*",
]


@pytest.mark.parametrize("name", NAMES)
def test_file_names_of_every_sort(beside: Repo, name: str) -> None:
    path = f"TASKS/billing/{name}.md"
    beside.write(path, task("x", status="doing"))
    assert found(beside) == [(path, "task/id-mismatched"), (path, "schema/enum")]
    assert found(beside, "--", path) == [(path, "task/id-mismatched"), (path, "schema/enum")]


def test_a_file_name_that_is_not_utf8(beside: Repo) -> None:
    path = os.fsdecode(b"TASKS/billing/caf\xe9.md")
    (beside.root / path).write_text(task("x", status="doing"))
    beside.git("add", "--all")
    for form in ("concise", "full", "json"):
        ran = execute([sys.executable, "-m", "govern.cli.main", "check", "--format", form], beside.root, check=False)
        assert ran.code == 1
        assert ran.out.count("schema/enum") == 2
        assert "Traceback" not in ran.err


def test_in_a_locale_without_utf8_nothing_breaks(beside: Repo) -> None:
    beside.write("TASKS/billing/grün.md", task("x", status="très"))
    ran = execute([sys.executable, "-m", "govern.cli.main", "check"], beside.root, check=False, env={"LC_ALL": "C"})
    assert ran.code == 1
    assert 'TASKS/billing/grün.md:4:9: error: status is "très"' in ran.out


def test_a_json_file_that_is_no_json(beside: Repo) -> None:
    beside.write("govern.toml", '[files]\n"*.json" = "task"\n')
    beside.write("x.json", "---\n")
    assert found(beside) != []


def test_none_of_the_named_files_readable_is_2(beside: Repo) -> None:
    (beside.root / HERE).symlink_to("nowhere.md")
    assert beside.govern("check", HERE).code == 2
    assert beside.govern("check", HERE, "TASKS/billing/other.md").code == 1


def test_a_full_disk_is_told_apart_from_a_bug(repo: Repo) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    repo.write("TASKS/billing/a.md", "---\nid: b\n---\n")
    with full.open("w") as output:
        ran = subprocess.run(
            [sys.executable, "-m", "govern.cli.main", "check"],
            cwd=repo.root,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 2
    assert "the report cannot be written to standard output: no space left on device" in ran.stderr
