"""What a state is compared with: the base, as real git has it, and the command that mends where it cannot be told."""

import shlex
from pathlib import Path

import pytest

from govern.workspace import revisions
from govern.workspace.git import GitError
from govern.workspace.revisions import Base, Move
from tests.repo import Repo, execute

SCHEMA = "contracts/order.schema.json"
TEXT = '{"type": "object", "properties": {"id": {"type": "string"}, "total": {"type": "integer"}}}\n'


def sha(repo: Repo, name: str) -> str:
    return repo.git("rev-parse", name).out.strip()


def base(repo: Repo, **told: object) -> Base:
    return revisions.base(repo.root, **{"staged": False, **told})  # type: ignore[arg-type]


@pytest.fixture
def two(repo: Repo) -> Repo:
    """Two commits on main."""
    repo.write(SCHEMA, TEXT)
    repo.commit("one")
    repo.write("README.md", "hello")
    repo.commit("two")
    return repo


@pytest.fixture
def clone(two: Repo, tmp_path: Path) -> Repo:
    """A clone of a repository with two commits on main and two more on a branch."""
    two.git("checkout", "--quiet", "-b", "feature")
    for number in (3, 4):
        two.write(f"contracts/{number}.schema.json", TEXT)
        two.commit(str(number))
    two.git("checkout", "--quiet", "main")
    return cloned(two, tmp_path / "clone", "--branch", "feature")


def cloned(origin: Repo, place: Path, *arguments: str) -> Repo:
    execute(["git", "clone", "--quiet", *arguments, f"file://{origin.root}", place], place.parent)
    result = Repo.__new__(Repo)
    result.root = place
    return result


# The base


def test_without_a_commit_there_is_nothing_to_compare_with(repo: Repo) -> None:
    assert base(repo) == Base(None, "there is no commit yet")


def test_the_first_commit_has_nothing_to_be_compared_with(repo: Repo) -> None:
    repo.write(SCHEMA, TEXT)
    repo.commit()
    assert base(repo) == Base(None, "this is the first commit")


def test_a_branch_is_compared_with_where_it_left_main(two: Repo) -> None:
    left = sha(two, "main")
    two.git("checkout", "--quiet", "-b", "feature")
    two.write("contracts/new.schema.json", TEXT)
    two.commit()
    two.git("checkout", "--quiet", "main")
    two.write("contracts/later.schema.json", TEXT)
    two.commit()
    two.git("checkout", "--quiet", "feature")
    assert base(two) == Base(left, "main", (Move(None, "contracts/new.schema.json"),))


def test_main_itself_is_compared_with_its_first_parent(two: Repo) -> None:
    assert base(two).commit == sha(two, "HEAD^1")


def test_a_merge_into_main_is_compared_with_its_first_parent(two: Repo) -> None:
    before = sha(two, "main")
    two.git("checkout", "--quiet", "-b", "feature")
    two.write("contracts/new.schema.json", TEXT)
    two.commit()
    two.git("checkout", "--quiet", "main")
    two.git("merge", "--quiet", "--no-ff", "feature")
    assert base(two) == Base(before, "HEAD^1", (Move(None, "contracts/new.schema.json"),))


def test_on_main_what_is_not_committed_yet_is_compared_with_the_last_commit(two: Repo) -> None:
    two.untracked("contracts/new.schema.json", TEXT)
    assert base(two) == Base(sha(two, "HEAD"), "HEAD", (Move(None, "contracts/new.schema.json"),))
    assert base(two, staged=True).commit == sha(two, "HEAD^1")  # it is not staged


def test_on_main_a_hook_looks_at_what_is_staged_even_if_that_is_no_schema(two: Repo) -> None:
    two.write("src/a.py", "pass")
    assert base(two, staged=True) == Base(sha(two, "HEAD"), "HEAD")


@pytest.mark.parametrize("name", ["main", "master"])
def test_the_default_branch_may_be_called_either(repo: Repo, name: str) -> None:
    repo.write(SCHEMA, TEXT)
    repo.commit()
    repo.git("branch", "-m", name)
    repo.git("checkout", "--quiet", "-b", "feature")
    repo.write(SCHEMA, "{}")
    repo.commit()
    assert base(repo).name == name


def test_where_the_remote_points_comes_before_main(clone: Repo) -> None:
    clone.git("branch", "main", "origin/feature~1")
    assert base(clone) == Base(sha(clone, "origin/main"), "origin/HEAD", base(clone).moves)
    clone.git("remote", "set-head", "origin", "--delete")
    assert base(clone).name == "origin/main"


def test_a_pull_request_names_its_target(clone: Repo) -> None:
    clone.git("push", "--quiet", "origin", "HEAD~1:refs/heads/release")
    clone.git("fetch", "--quiet")
    assert base(clone, pull_request="release") == Base(
        sha(clone, "HEAD~1"), "origin/release", (Move(None, "contracts/4.schema.json"),)
    )


def test_the_configuration_names_a_branch(clone: Repo) -> None:
    clone.git("branch", "stable", "HEAD~1")
    assert base(clone, configured="stable", pull_request="main").name == "stable"


def test_a_repository_with_one_branch_of_another_name_is_its_own_default(two: Repo) -> None:
    two.git("branch", "-m", "trunk")
    assert base(two).commit == sha(two, "HEAD^1")
    two.git("checkout", "--quiet", "-b", "feature")
    two.write("README.md", "else")
    two.commit()
    with pytest.raises(GitError, match="run: govern compat --against BRANCH, or set against"):
        base(two)


# A revision that somebody names


def test_a_named_branch_means_where_they_part_and_a_tag_the_commit_itself(two: Repo) -> None:
    two.git("checkout", "--quiet", "-b", "feature", "HEAD~1")
    two.write("contracts/new.schema.json", TEXT)
    two.commit()
    two.git("tag", "v1", "main")
    assert revisions.base_named(two.root, "main", staged=False).commit == sha(two, "main~1")
    assert revisions.base_named(two.root, "v1", staged=False).commit == sha(two, "main")
    assert revisions.base_named(two.root, "HEAD~1", staged=False).commit == sha(two, "main~1")


@pytest.mark.parametrize("name", ["nope", "--all", "-n1", "HEAD~99", "a b", "main:README.md"])
def test_what_is_no_commit_is_refused(two: Repo, name: str) -> None:
    with pytest.raises(GitError, match="git knows no commit"):
        revisions.base_named(two.root, name, staged=False)


# The command that mends it


def mended(repo: Repo, error: GitError) -> None:
    """Run the command that a message ends with."""
    execute(shlex.split(str(error).partition("run: ")[2]), repo.root)


def test_a_branch_that_was_not_fetched_is_fetched_by_the_command(two: Repo, clone: Repo) -> None:
    two.git("branch", "release", "main")
    with pytest.raises(GitError, match="git knows no commit origin/release; run: git fetch") as caught:
        base(clone, pull_request="release")
    mended(clone, caught.value)
    assert base(clone, pull_request="release").commit == sha(two, "release")


@pytest.mark.parametrize("depth", ["1", "2"])
def test_a_shallow_clone_is_deepened_by_the_command(two: Repo, clone: Repo, tmp_path: Path, depth: str) -> None:
    shallow = cloned(two, tmp_path / "shallow", "--depth", depth, "--branch", "feature")
    with pytest.raises(GitError, match="shallow") as caught:
        base(shallow, pull_request="main")
    mended(shallow, caught.value)
    assert base(shallow, pull_request="main").commit == sha(two, "main")


def test_a_shallow_clone_of_main_is_deepened_by_the_command(two: Repo, tmp_path: Path) -> None:
    shallow = cloned(two, tmp_path / "shallow", "--depth", "1")
    with pytest.raises(GitError, match="it does not hold the commit before HEAD") as caught:
        base(shallow)
    mended(shallow, caught.value)
    assert base(shallow).commit == sha(two, "main~1")


def test_a_shallow_clone_that_reaches_far_enough_will_do(two: Repo, clone: Repo, tmp_path: Path) -> None:
    shallow = cloned(two, tmp_path / "shallow", "--depth", "3", "--branch", "feature", "--no-single-branch")
    assert base(shallow).commit == sha(two, "main")


def test_github_is_told_what_to_check_out(two: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shallow = cloned(two, tmp_path / "shallow", "--depth", "1")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    with pytest.raises(GitError, match="fetch-depth: 0"):
        base(shallow)


@pytest.mark.parametrize("staged", [True, False])
def test_an_unmerged_file_has_to_be_resolved_first(two: Repo, staged: bool) -> None:
    two.git("checkout", "--quiet", "-b", "feature")
    two.write(SCHEMA, '{"type": "array"}')
    two.commit()
    two.git("checkout", "--quiet", "main")
    two.write(SCHEMA, '{"type": "string"}')
    two.commit()
    two.git("merge", "feature", check=False)
    with pytest.raises(GitError, match=f"{SCHEMA} is not merged; resolve it, then run: git add {SCHEMA}"):
        base(two, staged=staged)
    two.write(SCHEMA, '{"type": "string"}')
    assert base(two, staged=staged)


def test_branches_with_nothing_in_common_are_no_base(two: Repo) -> None:
    two.git("checkout", "--quiet", "--orphan", "other")
    two.commit()
    with pytest.raises(GitError, match="main and HEAD have no commit in common"):
        base(two)


# What became of the files


def test_renamed_edited_new_and_deleted_files_are_told_apart(two: Repo) -> None:
    two.write("contracts/gone.schema.json", '{"const": 1}')
    two.write("contracts/edited.schema.json", '{"const": 2}')
    two.commit()
    two.git("mv", SCHEMA, "contracts/purchase.schema.json")
    two.git("rm", "--quiet", "contracts/gone.schema.json")
    two.write("contracts/edited.schema.json", '{"const": 3}')
    two.write("contracts/new file \u00fc.schema.json", '["entirely different"]')
    two.write("src/a.py", "pass")
    assert set(base(two, staged=True).moves) == {
        Move(SCHEMA, "contracts/purchase.schema.json"),
        Move("contracts/gone.schema.json", None),
        Move("contracts/edited.schema.json", "contracts/edited.schema.json"),
        Move(None, "contracts/new file \u00fc.schema.json"),
    }


def test_peoples_git_settings_change_nothing(two: Repo) -> None:
    for name, value in (("diff.renames", "false"), ("diff.relative", "true"), ("diff.external", "false")):
        two.git("config", name, value)
    two.git("mv", SCHEMA, "contracts/purchase.schema.json")
    assert base(two, staged=True).moves == (Move(SCHEMA, "contracts/purchase.schema.json"),)


# What the revisions hold


def test_commit_index_and_work_tree_each_hold_their_own(two: Repo) -> None:
    two.write(SCHEMA, '{"title": "staged"}')
    two.untracked(SCHEMA, '{"title": "edited"}')
    two.untracked("contracts/new.schema.json", "{}")
    two.untracked(".gitignore", "ignored/\n")
    two.untracked("ignored/a.schema.json", "{}")
    head = revisions.commit(two.root, sha(two, "HEAD"), "HEAD")
    assert head.read(SCHEMA) == TEXT.encode()
    assert revisions.index(two.root).read(SCHEMA) == b'{"title": "staged"}'
    tree = revisions.WorkTree(two.root)
    assert tree.read(SCHEMA) == b'{"title": "edited"}'
    assert list(tree.paths()) == ["contracts/new.schema.json", SCHEMA]
    assert list(revisions.index(two.root).paths()) == [SCHEMA]


def test_many_files_are_read_at_once_and_come_out_whole(two: Repo) -> None:
    texts = {
        f"schemas/{name}.json": "x\n" * count for count, name in enumerate(["a", "b c", "d\ne", "\u00fc", "", "-z"])
    }
    for path, text in texts.items():
        two.write(path, text)
    two.commit()
    head = revisions.commit(two.root, sha(two, "HEAD"), "HEAD")
    head.fetch(texts)
    assert {path: head.read(path).decode() for path in texts} == texts


def test_a_huge_file_is_not_read(two: Repo) -> None:
    two.write(SCHEMA, b" " * (4 * 1024 * 1024 + 1))
    with pytest.raises(Exception, match="has more than 4,194,304 bytes"):
        revisions.index(two.root).read(SCHEMA)


def test_links_and_submodules_are_no_schemas(two: Repo) -> None:
    (two.root / "contracts/link.schema.json").symlink_to("order.schema.json")
    two.git("add", "--all")
    assert "contracts/link.schema.json" not in revisions.index(two.root).paths()


@pytest.mark.parametrize(
    ("environment", "answer"),
    [({"PRE_COMMIT": "1"}, True), ({"GIT_INDEX_FILE": "x"}, True), ({"GIT_DIR": ".git"}, False), ({}, False)],
)
def test_a_hook_is_known_by_its_environment(environment: dict[str, str], answer: bool) -> None:
    assert revisions.in_hook(environment) is answer
