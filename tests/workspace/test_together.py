"""Several files are written all or none."""

from pathlib import Path

import pytest

from govern.workspace.together import MAX_EACH, write_all


def state(root: Path) -> dict[str, bytes | None]:
    return {p.relative_to(root).as_posix(): p.read_bytes() if p.is_file() else None for p in sorted(root.rglob("*"))}


def test_files_and_the_folders_they_need_are_written(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_bytes(b"old")
    write_all(tmp_path, {"old.md": b"new", "a/b/c.md": b"c", "a/d.md": b"d", "e.md": b""})
    assert state(tmp_path) == {"a": None, "a/b": None, "a/b/c.md": b"c", "a/d.md": b"d", "e.md": b"", "old.md": b"new"}


def test_many_files_are_written(tmp_path: Path) -> None:
    files = {f"{index % 3}/{index}.md": b"x" * index for index in range(10 * MAX_EACH)}
    (tmp_path / "1").mkdir()
    write_all(tmp_path, files)
    assert {path: data for path, data in state(tmp_path).items() if data is not None} == files


@pytest.mark.parametrize("last", ["file/x.md", "folder", "out/x.md", "new/a.md/x", "\0"])
def test_if_one_cannot_be_written_all_is_as_it_was(tmp_path: Path, last: str) -> None:
    root = tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    (root / "folder" / "kept.md").write_bytes(b"kept")
    (root / "file").write_bytes(b"a file")
    (root / "old.md").write_bytes(b"old")
    (tmp_path / "elsewhere").mkdir()
    (root / "out").symlink_to(tmp_path / "elsewhere")
    before = state(tmp_path)
    with pytest.raises((OSError, ValueError)):
        write_all(root, {"old.md": b"new", "new/a.md": b"a", "folder/b.md": b"b", last: b"x"})
    assert state(tmp_path) == before


def test_permissions_stay_and_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b"old")
    (tmp_path / "run").chmod(0o755)
    (tmp_path / "link").symlink_to("run")
    write_all(tmp_path, {"link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert ((tmp_path / "run").read_bytes(), (tmp_path / "run").stat().st_mode & 0o777) == (b"new", 0o755)


def test_a_link_out_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "root" / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(ValueError, match="outside"):
        write_all(tmp_path / "root", {"link": b"new"})
    assert (tmp_path / "secret").read_bytes() == b"secret"
