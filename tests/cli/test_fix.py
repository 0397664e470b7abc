"""`govern check --fix` and `--diff`: only what is certain, and nothing else in the file moves."""

import json
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.repo import Repo, agent, task

TASK = "TASKS/billing/refunds.md"
AGENT = ".claude/agents/release-notes.md"


def fixed(repo: Repo, path: str, text: str | bytes) -> bytes:
    """The bytes after --fix; a second --fix must change nothing."""
    full = repo.write(path, text)
    repo.govern("check", "--fix")
    after = full.read_bytes()
    repo.govern("check", "--fix")
    assert full.read_bytes() == after
    return after


MENDED = [
    (TASK, task(status="in-progress"), "status: in-progress", "status: in_progress"),
    (TASK, task(status="'In Progress'"), "'In Progress'", "'in_progress'"),
    (TASK, task(status='"in-progress"'), '"in-progress"', '"in_progress"'),
    (TASK, task(priority="HIGH"), "priority: HIGH", "priority: high"),
    (TASK, task(priority="hihg # soon"), "hihg # soon", "high # soon"),
    (TASK, task(owner_team="", **{"owner-team": "payments"}), "owner-team:", "owner_team:"),
    (TASK, task(created="2026/1/12"), "2026/1/12", "'2026-01-12'"),
    (TASK, task(created="'2026/01/12'"), "'2026/01/12'", "'2026-01-12'"),
    (TASK, task(title="1.10"), "title: 1.10", "title: '1.10'"),
    (TASK, task(title="007"), "title: 007", "title: '007'"),
    (TASK, task(title="true"), "title: true", "title: 'true'"),
    (TASK, task(title="Refunds: again"), "Refunds: again", "'Refunds: again'"),
    (
        AGENT,
        agent(description="Use it. Examples: it's here"),
        "Use it. Examples: it's here",
        "'Use it. Examples: it''s here'",
    ),
    ("compose.yaml", "services: {web: {imgae: nginx:1.27}}  # soon\n", "imgae:", "image:"),
    ("compose.yaml", 'services: {web: {"imgae": nginx:1.27}}\n', '"imgae":', '"image":'),
]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("path", "text", "old", "new"), MENDED)
def test_the_fix_changes_the_place_and_not_one_byte_more(
    repo: Repo, path: str, text: str, old: str, new: str, mark: str, ends: str
) -> None:
    before = mark + text.replace("\n", ends)
    assert before.count(old) == 1
    assert fixed(repo, path, before).decode() == before.replace(old, new)
    assert repo.govern("check", "--quiet", "--format", "concise").code == 0 or path == "compose.yaml"


LEFT_ALONE = [
    (TASK, task(status="doing")),  # nothing is near
    (TASK, task(created="12/01/2026")),  # the twelfth of January, or the first of December
    (TASK, task(created="2026-02-30")),  # which day was meant?
    (TASK, task(labels="urgent")),
    (TASK, task(priority="", status="")),
    (TASK, task(owner_team="payments", **{"owner-team": "payments"})),
    (TASK, task(status="&s in-progress", service="*s")),  # one edit would change two values
    (TASK, task(status="", Status="in-progress")),  # renamed, it would still be wrong
    (TASK, "---\nid: [\n---\n"),
    (TASK, "---\nid: refunds\n"),
    ("compose.yaml", "services: {web: {imgae: nginx:1, image: nginx:1}}\n"),
]


@pytest.mark.parametrize(("path", "text"), LEFT_ALONE)
def test_what_is_not_certain_is_left_alone(repo: Repo, path: str, text: str) -> None:
    assert fixed(repo, path, text) == text.encode()


@pytest.mark.parametrize(("path", "text", "old", "new"), MENDED)
def test_the_diff_shows_what_the_fix_would_do_and_changes_nothing(
    repo: Repo, path: str, text: str, old: str, new: str
) -> None:
    full = repo.write(path, text)
    repo.commit()
    ran = repo.govern("check", "--diff")
    assert (ran.code, full.read_text()) == (1, text)
    (repo.root / "fix.patch").write_text(ran.out)
    repo.git("apply", "fix.patch")
    assert full.read_text() == text.replace(old, new)


def test_the_diff_of_nothing_is_0_and_empty(repo: Repo) -> None:
    repo.write(TASK, task(status="doing"))
    ran = repo.govern("check", "--diff")
    assert (ran.code, ran.out) == (0, "")


def test_a_diff_of_a_file_without_a_last_line_break_applies(repo: Repo) -> None:
    repo.write("compose.yaml", "services: {web: {imgae: nginx:1.27}}")
    repo.commit()
    (repo.root / "fix.patch").write_text(repo.govern("check", "--diff").out)
    repo.git("apply", "fix.patch")
    assert (repo.root / "compose.yaml").read_text() == "services: {web: {image: nginx:1.27}}"


def test_the_fix_of_standard_input_is_shown_as_a_diff(repo: Repo) -> None:
    ran = repo.govern("check", "--diff", "--stdin-filename", TASK, stdin=task(status="in-progress").encode())
    assert ran.code == 1
    assert "+status: in_progress\n" in ran.out


def test_with_findings_left_the_fix_is_1_and_shows_them(repo: Repo) -> None:
    full = repo.write(TASK, task(status="in-progress", domain="''", priority="urgent"))
    ran = repo.govern("check", "--fix")
    assert ran.code == 1
    assert "status: in_progress" in full.read_text()
    assert "in-progress" not in ran.out
    assert 'priority is "urgent"' in ran.out


def test_with_nothing_left_the_fix_is_0(repo: Repo) -> None:
    repo.write(TASK, task(status="in-progress"))
    assert repo.govern("check", "--fix").code == 0


def test_a_warning_that_the_fix_brings_to_light_does_not_hold_it_up(repo: Repo) -> None:
    text = "services: {web: {imgae: nginx}}\n"
    assert fixed(repo, "compose.yaml", text).decode() == text.replace("imgae", "image")
    assert repo.rules() == ["compose/image-unpinned"]


def test_what_the_mended_value_breaks_does_not_hold_it_up(repo: Repo) -> None:
    text = task(created="2026/3/1")  # after last_updated
    assert fixed(repo, TASK, text).decode() == text.replace("2026/3/1", "'2026-03-01'")
    assert repo.rules() == ["task/dates-reversed"]


def test_only_the_named_files_are_mended(repo: Repo) -> None:
    repo.write(TASK, task(status="in-progress"))
    other = repo.write("TASKS/billing/payouts.md", task("payouts", status="in-progress"))
    repo.govern("check", "--fix", TASK)
    assert "in-progress" in other.read_text()


def test_what_an_ignore_covers_is_not_mended(repo: Repo) -> None:
    text = task(status="in-progress # govern: ignore schema/enum -- until the tool knows the word")
    assert fixed(repo, TASK, text) == text.encode()


def test_permissions_are_kept(repo: Repo) -> None:
    full = repo.write(TASK, task(status="in-progress"))
    full.chmod(0o640)
    assert repo.govern("check", "--fix").code == 0
    assert stat.S_IMODE(full.stat().st_mode) == 0o640


def test_no_temporary_file_stays(repo: Repo) -> None:
    full = repo.write(TASK, task(status="in-progress"))
    repo.govern("check", "--fix")
    assert [path.name for path in full.parent.iterdir()] == ["refunds.md"]


def test_a_link_that_leaves_the_repository_is_not_followed(repo: Repo, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(task(status="in-progress"))
    (repo.root / "TASKS/billing").mkdir(parents=True)
    (repo.root / TASK).symlink_to(outside)
    repo.git("add", "--all")
    ran = repo.govern("check", "--fix")
    assert ran.code == 2
    assert "lies outside the repository" in ran.err
    assert outside.read_text() == task(status="in-progress")
    assert (repo.root / TASK).is_symlink()


def test_a_link_inside_the_repository_stays_a_link(repo: Repo) -> None:
    target = repo.write("notes/refunds.txt", task(status="in-progress"))
    (repo.root / "TASKS/billing").mkdir(parents=True)
    (repo.root / TASK).symlink_to("../../notes/refunds.txt")
    repo.git("add", "--all")
    assert repo.govern("check", "--fix").code == 0
    assert (repo.root / TASK).is_symlink()
    assert target.read_text() == task(status="in_progress")


# A law

FIELDS = ("id", "title", "status", "priority", "domain", "owner_team", "created", "last_updated", "service", "labels")
WORDS = [
    "in-progress",
    "In Progress",
    "hihg",
    "2026/1/3",
    "1.10",
    "yes",
    "a: b",
    "''",
    "[a, b]",
    "{a: b}",
    "~",
    "&x y",
    "*x",
    "|",
    "- a",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A task after a few small accidents."""
    text = task(service="ledger", labels="[a, b]", body="Text.\n")
    for _ in range(draw(st.integers(1, 3))):
        lines = text.split("\n")
        index = draw(st.integers(1, 10))
        accident = draw(st.integers(0, 4))
        if accident == 0:
            lines[index] = lines[index].partition(":")[0] + ": " + draw(st.sampled_from(WORDS))
        elif accident == 1:
            lines[index] = draw(st.sampled_from(FIELDS)).replace("_", "-") + ": " + draw(st.sampled_from(WORDS))
        elif accident == 2:
            del lines[index]
        elif accident == 3:
            lines.insert(index, lines[draw(st.integers(1, 10))])
        else:
            at = draw(st.integers(0, len(lines[index])))
            lines[index] = (
                lines[index][:at] + draw(st.sampled_from([*":#-'\"[]{}&*!|>%@`,? \t", "é", "\r"])) + lines[index][at:]
            )
        text = "\n".join(lines)
    return text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=mutated())
def test_a_fix_makes_nothing_worse_and_moves_nothing_else(repo: Repo, text: str) -> None:
    full = repo.write(TASK, text)
    before = json.loads(repo.govern("check", "--format", "json").out)["findings"]
    repo.govern("check", "--fix")
    after_text = full.read_bytes().decode()
    after = json.loads(repo.govern("check", "--format", "json").out)["findings"]
    repo.govern("check", "--fix")
    assert full.read_bytes().decode() == after_text
    assert (after_text != text) is any(finding["fixable"] for finding in before)
    news = {finding["rule"] for finding in after if finding["id"] not in {other["id"] for other in before}}
    assert all(rule.startswith("task/") for rule in news)  # what only a readable value can break
    touched = {finding["line"] for finding in before if finding["fixable"]}
    lines = zip(text.split("\n"), after_text.split("\n"), strict=True)
    assert {number for number, (old, new) in enumerate(lines, 1) if old != new} <= touched
