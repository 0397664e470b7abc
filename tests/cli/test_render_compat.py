"""The holes of a template are its interface: `govern compat` compares them as it compares schemas."""

import pytest

from tests.repo import Repo

FOLDER = "schemas/agent/templates/page"
HOLES = """holes:
  NAME: {description: what it is called}
  STAGE: {enum: [dev, prod]}
  TEAM: {default: core}
"""


@pytest.fixture
def published(repo: Repo) -> Repo:
    """A repository on a branch, the first version of a template published on main."""
    repo.write(f"{FOLDER}/1.0.0.md", "<<NAME>> <<STAGE>> <<TEAM>>\n")
    repo.write(f"{FOLDER}/1.0.0.template.yaml", HOLES)
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "feature")
    return repo


@pytest.mark.parametrize(
    ("old", "new", "version", "rule"),
    [
        ("holes:\n", "holes:\n  PORT: {type: integer}\n", "1.1.0", "compat/property-required"),
        ("holes:\n", "holes:\n  PORT: {type: integer}\n", "2.0.0", ""),
        ("holes:\n", "holes:\n  PORT: {type: integer, default: 80}\n", "1.1.0", ""),
        ("TEAM: {default: core}", "TEAM: {}", "1.1.0", "compat/property-required"),
        ("[dev, prod]", "[dev]", "1.1.0", "compat/enum-narrowed"),
        ("[dev, prod]", "[dev, prod, test]", "1.1.0", ""),
        ("[dev, prod]", "[dev, prod, test]", "1.0.1", "compat/version-understated"),
        ("what it is called", "its name", "1.0.1", ""),
    ],
)
def test_a_new_version_breaks_whom_its_holes_break(
    published: Repo, old: str, new: str, version: str, rule: str
) -> None:
    assert old in HOLES
    published.write(f"{FOLDER}/{version}.md", "<<NAME>> <<STAGE>> <<TEAM>>\n")
    path = f"{FOLDER}/{version}.template.yaml"
    published.write(path, HOLES.replace(old, new))
    ran = published.govern("compat", "--format", "concise")
    assert ran.code == int(bool(rule)), ran
    errors = [line for line in ran.out.splitlines() if ": error: " in line]
    assert [line.rpartition("[")[2].rstrip("]") for line in errors] == ([rule] if rule else []), ran
    assert all(line.startswith(f"{path}:") for line in errors)


def test_a_hole_that_goes_breaks_those_who_fill_it(published: Repo) -> None:
    published.write(f"{FOLDER}/1.1.0.template.yaml", HOLES.replace("  TEAM: {default: core}\n", ""))
    assert published.govern("compat").code == 1


def test_a_published_manifest_is_never_edited(published: Repo) -> None:
    published.write(f"{FOLDER}/1.0.0.template.yaml", HOLES.replace("prod", "production"))
    ran = published.govern("compat")
    assert (ran.code, "[compat/published-edited]" in ran.out) == (1, True)
    assert "the template has to be copied with it" in published.govern("compat", "--bump").err


def test_the_place_is_that_of_the_hole(published: Repo) -> None:
    published.write(f"{FOLDER}/1.1.0.template.yaml", HOLES + "  PORT: {type: integer}\n")
    ran = published.govern("compat", "--format", "full")
    assert f"{FOLDER}/1.1.0.template.yaml:5:3: error: " in ran.out, ran.out
    assert "  5 |   PORT: {type: integer}\n" in ran.out


def test_what_is_no_manifest_of_a_published_template_is_left_alone(published: Repo) -> None:
    published.write("infra/stack.template.yaml", "Resources: {}\n")
    published.write("infra/templates/1.0.0.template.yaml", "Resources: {}\n")
    assert published.govern("compat").code == 0
    assert published.govern("schemas", "list").code == 0
    assert published.govern("schemas", "lint").code == 0


@pytest.mark.parametrize(
    "text", ["holes: 1\n", "holes: {NAME: [1]}\n", "[]\n", "holes: [\n", "", "holes: {NAME: {type: many}}\n"]
)
def test_a_manifest_that_is_none_crashes_nothing(published: Repo, text: str) -> None:
    published.write(f"{FOLDER}/1.1.0.template.yaml", text)
    ran = published.govern("compat")
    assert ran.code in (0, 1) and "bug in govern" not in ran.err, ran
