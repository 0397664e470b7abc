"""Reading files whole, whatever they are."""

import os
from pathlib import Path

import pytest

from govern.parse import MAX_BYTES
from govern.workspace.files import Absent, Unreadable, contents
from tests.repo import Repo


@pytest.mark.parametrize("size", [0, 1, 4_096, 70_000, MAX_BYTES - 1, MAX_BYTES])
def test_a_file_is_read_whole(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "x").write_bytes(data)
    assert contents(tmp_path / "x") == data


def test_of_a_file_past_the_bound_one_byte_more_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * (MAX_BYTES + 10))
    assert len(contents(tmp_path / "x")) == MAX_BYTES + 1


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_file_that_hides_its_size_is_read_whole() -> None:
    assert Path("/proc/self/status").stat().st_size == 0
    assert b"VmRSS" in contents("/proc/self/status")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="not a regular file"):
        contents(tmp_path / "pipe")


def test_a_folder_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="it is a folder"):
        contents(tmp_path)


def test_a_file_that_does_not_exist_is_absent(tmp_path: Path) -> None:
    with pytest.raises(Absent):
        contents(tmp_path / "nothing")


def test_a_link_to_nothing_is_unreadable_but_not_absent(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(Unreadable) as caught:
        contents(tmp_path / "link")
    assert not isinstance(caught.value, Absent)


TASK = (
    "---\nid: {id}\ntitle: T\nstatus: done\npriority: low\ndomain: a\nowner_team: b\n"
    "created: 2026-01-01\nlast_updated: 2026-01-01\n---\n"
)


def test_a_tracked_file_that_was_removed_is_passed_over(repo: Repo) -> None:
    for name in ("one", "two"):
        repo.write(f"tasks/a/{name}.md", TASK.format(id=name))
    (repo.root / "tasks/a/one.md").unlink()
    for arguments in ([], ["tasks/a/two.md"]):
        ran = repo.govern("check", *arguments)
        assert (ran.code, ran.out) == (0, "")
        assert "1 file judged" in ran.err


def test_a_tracked_link_to_nothing_is_a_finding(repo: Repo) -> None:
    (repo.root / "tasks/a").mkdir(parents=True)
    (repo.root / "tasks/a/one.md").symlink_to("nowhere.md")
    repo.git("add", "--all")
    assert "file/unreadable" in repo.govern("check").out
