"""What a run loads before it can begin, and what it leaves as it was."""

import subprocess
import sys

import pytest

from tests.repo import Repo

# Each takes milliseconds to import, and none is needed to find that a document is fine.
COSTLY = (
    "ruamel",
    "pydantic",
    "jsonschema",
    "importlib.metadata",
    "shutil",
    "tempfile",
    "difflib",
    "hashlib",
    "email.utils",
)


def python(code: str, repo: Repo) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=repo.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "tasks/a/one.md",
            "---\nid: one\ntitle: T\nstatus: done\npriority: low\ndomain: a\nowner_team: b\n"
            "created: 2026-01-01\nlast_updated: 2026-01-01\n---\n",
        ),
        ("agents/reviewer.md", "---\nname: reviewer\ndescription: reads what others wrote\n---\nYou review.\n"),
        ("compose.yaml", "services:\n  web:\n    image: nginx:1.27.3\n    restart: always\n"),
    ],
    ids=["task", "agent", "compose"],
)
def test_a_valid_document_is_judged_without_what_only_others_need(repo: Repo, path: str, text: str) -> None:
    repo.write(path, text)
    code = "import sys; from govern.cli.main import main; main(['check']); print(*sys.modules, sep='\\n')"
    loaded = set(python(code, repo).splitlines())
    assert "govern.registry" in loaded
    assert loaded.isdisjoint(COSTLY)


def test_the_email_package_is_itself_after_the_start(repo: Repo) -> None:
    code = (
        "from govern.cli.startup import prepare; prepare(); import jsonschema_rs, email.utils; "
        "assert jsonschema_rs.is_valid({'type': 'string'}, 'x'); "
        "print(email.utils.parsedate_to_datetime('Tue, 27 Oct 2026 10:17:51 +0000').isoformat())"
    )
    assert python(code, repo) == "2026-10-27T10:17:51+00:00\n"


def test_an_email_package_that_is_there_already_stays(repo: Repo) -> None:
    code = (
        "import email.utils as before; from govern.cli.startup import prepare; prepare(); "
        "import sys; print(sys.modules['email.utils'] is before)"
    )
    assert python(code, repo) == "True\n"
