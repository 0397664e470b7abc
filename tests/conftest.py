"""What the tests have in common: a date, a git that belongs to nobody, and throw-away repositories."""

from pathlib import Path

import pytest

from tests.repo import GIT, TODAY, Repo


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "PRE_COMMIT",
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
        "NO_COLOR",
        "FORCE_COLOR",
        "GOVERN_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)
    for name, value in GIT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GOVERN_TODAY", TODAY)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An empty git repository."""
    return Repo(tmp_path / "repo")
