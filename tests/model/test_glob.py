"""Globs are read as git reads them; what is none matches nothing; no name takes long to match."""

import random

import pytest

from govern.model.glob import matcher, mistake
from tests.repo import Repo, execute

PATHS = (
    *("a", "b.md", "ab.md", "x/a", "x/ab.md", "x/y/a.md", "x/y/z/ab", "docs/a", "docs/x/b", "a-b", ".h", "x/.h"),
    *("]a", "ba", "aab", "abab", "x/aab/b/ab"),
)
PIECES = ("a", "b", "*", "?", "[ab]", "[!a]", "[a-c]", "[]a]", "\\a", ".md", "x", "docs")


def test_a_glob_means_what_it_means_in_gitignore(repo: Repo) -> None:
    draw = random.Random(7)
    exclude = repo.root / ".git" / "info" / "exclude"
    for _ in range(150):
        parts = ["".join(draw.choice(PIECES) for _ in range(draw.randint(1, 3))) for _ in range(draw.randint(1, 3))]
        parts = [draw.choice(("**", part, part)) for part in parts]
        glob = draw.choice(("", "", "/", "**/")) + "/".join(parts)
        assert mistake(glob) is None
        exclude.write_text(glob + "\n")
        asked = "\n".join(PATHS).encode()
        told = execute(
            ["git", "check-ignore", "--no-index", "-z", "--stdin"],
            repo.root,
            check=False,
            stdin=asked.replace(b"\n", b"\0"),
        )
        ignored = set(filter(None, told.out.split("\0")))
        pattern = matcher([glob])
        # git ignores what lies in a folder that it ignores
        ours = {path for path in PATHS if any(pattern.match(path[:end]) for end in (*_folders(path), len(path)))}
        assert ours == ignored, glob


def _folders(path: str) -> list[int]:
    return [index for index, character in enumerate(path) if character == "/"]


@pytest.mark.parametrize(
    ("glob", "paths", "others"),
    [
        ("*.{yml,yaml}", ["a.yml", "x/b.yaml"], ["a.md", "yml"]),
        ("{a,b/c}/*.md", ["a/x.md", "b/c/x.md"], ["b/x.md", "c/x.md"]),
        ("docs/{a,b{c,d}}.md", ["docs/a.md", "docs/bd.md"], ["docs/b.md"]),
        (r"a\{b\}", ["a{b}"], ["ab"]),
        (r"a\[b", ["a[b"], ["ab"]),
        ("[!a]b", ["xb"], ["ab", "/b"]),
        ("x[^a]b", ["x-b"], ["x/b"]),
        ("[a-]", ["a", "-"], ["b"]),
        ("docs/", ["docs/a", "docs/x/y"], ["adocs/a"]),
    ],
)
def test_what_a_glob_matches(glob: str, paths: list[str], others: list[str]) -> None:
    assert mistake(glob) is None
    assert [path for path in (*paths, *others) if matcher([glob]).match(path)] == paths


@pytest.mark.parametrize(
    "glob",
    ["", " ", "a[", "[]", "[!]", "a{b", "a}", "a\\", "[z-a]", "../a", "a/../b", "./a", "a//b", "!a", "[[:alpha:]]", "a" * 1_001],
)  # fmt: skip
def test_what_is_no_glob_is_called_one_mistake_and_never_raises(glob: str) -> None:
    assert mistake(glob)
    assert matcher([glob, "kept"]).match("kept")


@pytest.mark.parametrize("glob", ["*a" * 20 + "b", "**/a/" * 20 + "b", "**/*a*a*a*a*a*b/**/*a*a*a*b"])
def test_many_wildcards_do_not_take_for_ever(glob: str) -> None:
    assert not matcher([glob]).match("a" * 255)
    assert not matcher([glob]).match("a/" * 255)
    assert not matcher([glob]).match("/".join(["a" * 100] * 20))
