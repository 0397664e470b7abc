"""The README says what is: its output is the demo's, its configuration is valid, its Python runs."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from govern.session import Session
from tests.repo import EXAMPLES, Repo, execute

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str, holding: str) -> str:
    """The fenced block of a language that holds some words."""
    fences = README.split("\n```")  # outside, inside, outside, ...
    blocks = [text.partition("\n") for text in fences[1::2]]
    return next(text + "\n" for name, _, text in blocks if name == language and holding in text)


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


def test_the_output_shown_is_what_the_demo_prints() -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    ran = subprocess.run(["make", "--silent", "demo"], cwd=ROOT, env=clean, capture_output=True, text=True, check=True)
    printed = ran.stdout.removeprefix("$ govern check\n").split("\n\n")
    shown = block("", "[schema/enum]").strip().split("\n\n")
    assert len(shown) > 3
    missing = [part for part in shown if part.strip("\n") not in [p.strip("\n") for p in printed]]
    assert not missing


def test_the_configuration_shown_is_understood(tmp_path: Path) -> None:
    root = repository(tmp_path / "service")
    (root / "govern.toml").write_text(block("toml", "[vocabulary]"), encoding="utf-8")
    rules = {finding.rule for finding in Session(root, today="2027-01-01").check([], complete=True).findings}
    # the example names a package that is not installed here and a finding that does not exist, and nothing else is wrong
    assert rules == {"config/schemas-missing", "waive/unused"}


def test_the_python_shown_runs(tmp_path: Path) -> None:
    root = repository(tmp_path / "service")
    (root / "TASKS" / "billing").mkdir(parents=True)
    (root / "TASKS" / "billing" / "refunds.md").write_text("---\nid: refunds\n---\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", block("python", "govern.check_text")],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "TASKS/billing/refunds.md 2 schema/missing-key title is missing" in ran.stdout


def test_the_break_shown_is_what_the_command_prints() -> None:
    command = README.partition("`govern compat 1.1.0.json")[2].partition("`")[0]
    words = ["compat", "1.1.0.json", *command.split(), "--format", "full"]
    folder = EXAMPLES / "acme-events" / "schemas" / "event" / "order-placed"
    ran = execute([sys.executable, "-m", "govern.cli.main", *words], folder, check=False)
    assert ran.code == 1
    assert ran.out == block("", "[compat/enum-narrowed]")


def test_the_verdict_shown_is_what_the_python_prints(tmp_path: Path) -> None:
    ran = execute([sys.executable, "-c", block("python", "govern.compare")], repository(tmp_path / "service"))
    assert ran.out == "refused from now on: closed\n"


def test_the_commands_about_schemas_do_what_they_say(repo: Repo) -> None:
    repo.copy(EXAMPLES / "acme-events")
    repo.write("events/1/order.json", (repo.root / "schemas/event/order-placed/example.json").read_bytes())
    repo.write("shop/__init__.py", "")
    repo.write("shop/events.py", "from pydantic import BaseModel\n\n\nclass OrderPlaced(BaseModel):\n    id: str\n")
    repo.commit()
    commands = block("sh", "govern compat --bump").strip().splitlines()
    assert len(commands) > 7
    for line in commands:
        words = shlex.split(line, comments=True)
        ran = repo.process(*words[1:])
        if "--accept" in words:
            assert "no change goes by the id 3fa9c1d20b7e" in ran.err, line
        else:
            assert (ran.code, "Traceback" in ran.err) == (0, False), (line, ran)


def test_the_counts_beside_other_tools_are_those_last_measured() -> None:
    measured = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8").partition("# Comparing schemas")[2]
    rows = [[cell.strip(" *") for cell in line.split("|")[1:-1]] for line in measured.splitlines() if "|" in line]
    names = next(row for row in rows if "jsonsubschema" in row and not row[0])
    totals = dict(zip(names, next(row for row in rows if row[0] == "all"), strict=True))
    medians = {row[0]: row[2] for row in rows if len(row) == 6}
    shown = README.partition("## How fast")[2]
    for name in names[1:]:
        right, missed, invented, unanswered = totals[name].split(" · ")
        asked = sum(map(int, (right, missed, invented, unanswered)))
        label = "jsonschema-rs `covers`" if name == "covers" else name
        assert f"| {label} | {asked} | {right} | {missed} | {invented} | {unanswered} | {medians[name]} ms |" in shown


def test_the_commands_shown_are_understood() -> None:
    for line in block("sh", "govern explain task").strip().splitlines():
        command = line.partition("#")[0].split()
        if command[1] == "explain":
            ran = subprocess.run(
                [sys.executable, "-m", "govern.cli.main", *command[1:]], cwd=ROOT, capture_output=True, check=False
            )
            assert ran.returncode == 0, line
