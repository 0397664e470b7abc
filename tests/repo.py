"""Throw-away git repositories, judged through the real command line."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govern.cli.main import main

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
ACME = EXAMPLES / "acme-contracts"
TODAY = "2026-02-10"

# Nothing of the machine's or the person's git configuration may decide a test.
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.com",
}


class Ran(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


class Repo:
    """A git repository in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def write(self, path: str, text: str | bytes) -> Path:
        """A file, tracked by git."""
        full = self.untracked(path, text)
        self.git("add", "--", path)
        return full

    def untracked(self, path: str, text: str | bytes) -> Path:
        """A file that git does not track."""
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text.encode() if isinstance(text, str) else text)
        return full

    def copy(self, folder: Path) -> None:
        """The files of a folder, tracked."""
        shutil.copytree(folder, self.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        self.git("add", "--all")

    def git(self, *arguments: str, check: bool = True, env: Mapping[str, str] | None = None) -> Ran:
        """Run git here."""
        return execute(["git", *arguments], self.root, check=check, env=env)

    def commit(self, message: str = "state") -> None:
        """Commit everything that is in the index, hooks left out."""
        self.git("commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)

    def govern(self, *arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> Ran:
        """Run govern here, in this process."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        old_stdin = sys.stdin
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
        try:
            with contextlib.chdir(cwd or self.root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                try:
                    code = main(arguments)
                except SystemExit as stop:  # argparse's way to say 2
                    code = int(str(stop.code or 0))
        finally:
            sys.stdin = old_stdin
        for stream in (out, err):
            stream.flush()
        return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))

    def process(
        self, *arguments: str, stdin: bytes = b"", cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Ran:
        """Run govern here, in a process of its own."""
        return execute(
            [sys.executable, "-m", "govern.cli.main", *arguments],
            cwd or self.root,
            check=False,
            stdin=stdin,
            env={"GOVERN_TODAY": TODAY, "PYTHONWARNINGS": "error", **(env or {})},
        )

    def findings(self, *arguments: str, stdin: bytes = b"") -> list[dict[str, Any]]:
        """What `govern check --format json` finds."""
        ran = self.govern("check", "--format", "json", *arguments, stdin=stdin)
        assert ran.code in (0, 1), ran
        assert "bug in govern" not in ran.err, ran
        return list(json.loads(ran.out)["findings"])

    def rules(self, *arguments: str, stdin: bytes = b"") -> list[str]:
        """The rules of what `govern check` finds, in order of path and place."""
        return [finding["rule"] for finding in self.findings(*arguments, stdin=stdin)]


def execute(
    command: Sequence[str | Path],
    cwd: Path,
    *,
    check: bool = True,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> Ran:
    """Run a command; its output is read as UTF-8. Variables of a surrounding hook or run do not count."""
    outer = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GOVERN_", "PRE_COMMIT"))
    }
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env=outer | GIT | dict(env or {}),
        timeout=300,
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    assert not check or ran.code == 0, (command, ran)
    return ran


def task(identifier: str = "refunds", body: str = "", **fields: str) -> str:
    """The text of a task that nothing is wrong with, but for the fields given here as YAML; `""` leaves one out."""
    base = {
        "id": identifier,
        "title": "Make refunds idempotent",
        "status": "in_progress",
        "priority": "high",
        "domain": "billing",
        "owner_team": "payments",
        "created": "'2026-01-12'",
        "last_updated": "'2026-02-03'",
    }
    lines = [f"{key}: {value}" for key, value in (base | fields).items() if value]
    return "\n".join(["---", *lines, "---", "# Make refunds idempotent", body]) + "\n"


def agent(name: str = "release-notes", **fields: str) -> str:
    """The text of an agent that nothing is wrong with, but for the fields given here as YAML."""
    base = {"name": name, "description": "Use this agent to write release notes."}
    lines = [f"{key}: {value}" for key, value in (base | fields).items() if value]
    return "\n".join(["---", *lines, "---", "You write release notes."]) + "\n"
