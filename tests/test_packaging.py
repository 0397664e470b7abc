"""What is built and installed: sdist → wheel → a fresh environment; and what start-up costs."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.repo import ROOT, TODAY, Ran, execute, task

HEAVY = {
    "ruamel",
    "yaml",
    "pydantic",
    "jsonschema",
    "dataclasses",
    "inspect",
    "asyncio",
    "difflib",
    "importlib.metadata",
}


def tracked(*patterns: str) -> set[str]:
    return set(filter(None, execute(["git", "ls-files", "-z", "--", *patterns], ROOT).out.split("\0")))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it and not from the checkout."""
    folder = tmp_path_factory.mktemp("built")
    build: list[str | Path] = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT]
    execute(build, folder)
    return folder


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


def test_the_sdist_holds_the_sources_and_the_schemas(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    missing = {
        path for path in tracked("schemas", "src/govern", "LICENSE", "README.md") if (ROOT / path).exists()
    } - names
    assert not missing


def test_the_wheel_holds_exactly_the_schemas_that_git_tracks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if name.startswith("govern/schemas/")}
    assert shipped == {f"govern/{path}" for path in tracked("schemas") if (ROOT / path).exists()}


def test_the_wheel_holds_the_package_its_types_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "govern/py.typed" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"govern", "govern_schemas"}
    modules = {
        f"govern/{path.relative_to(ROOT / 'src' / 'govern').as_posix()}" for path in (ROOT / "src").rglob("*.py")
    }
    assert {name for name in names if name.endswith(".py")} == modules


def test_no_python_and_no_link_lies_under_schemas() -> None:
    assert not tracked("schemas/**/*.py", "schemas/*.py")
    assert not [path for path in (ROOT / "schemas").rglob("*") if path.is_symlink()]


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the wheel, and the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment")
    execute([sys.executable, "-m", "venv", "--without-pip", folder], folder)
    python = folder / "bin" / "python"
    place = execute([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).out.strip()
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
    ]
    execute(pip, folder)
    dependencies = execute([sys.executable, "-c", "import rfc8785; print(rfc8785.__path__[0])"], folder).out.strip()
    assert not (Path(place) / "yaml").exists()
    # a .pth file is read after the environment's own packages, so the wheel and not the checkout is found
    (Path(place) / "dependencies.pth").write_text(str(Path(dependencies).parent) + "\n")
    return python


def run(python: Path, folder: Path, *arguments: str) -> Ran:
    return execute(
        [python, "-I", "-m", "govern.cli.main", *arguments], folder, check=False, env={"GOVERN_TODAY": TODAY}
    )


def test_the_installed_wheel_judges(installed: Path, tmp_path: Path) -> None:
    where = execute([installed, "-I", "-c", "import govern; print(govern.__file__)"], tmp_path).out
    assert str(installed.parent.parent) in where
    (tmp_path / "TASKS" / "billing").mkdir(parents=True)
    (tmp_path / "TASKS" / "billing" / "refunds.md").write_text(task(status="doing"))
    (tmp_path / "compose.yaml").write_text("services: {web: {imgae: nginx}}\n")
    ran = run(installed, tmp_path, "check", "--format", "concise")
    assert (ran.code, ran.out.count("\n")) == (1, 2), ran
    (tmp_path / "TASKS" / "billing" / "refunds.md").write_text(task())
    assert run(installed, tmp_path, "check", "TASKS").code == 0
    assert run(installed, tmp_path, "explain", "task").code == 0
    assert run(installed, tmp_path, "--version").out.startswith("govern ")


def test_the_command_is_installed(installed: Path, tmp_path: Path) -> None:
    assert execute([installed.parent / "govern", "--version"], tmp_path).out.startswith("govern ")


def imported(folder: Path, *arguments: str) -> set[str]:
    """The modules that a run imports."""
    command = [sys.executable, "-X", "importtime", "-m", "govern.cli.main", *arguments]
    ran = execute(command, folder)
    return {line.rpartition("|")[2].strip() for line in ran.err.splitlines() if line.startswith("import time:")}


def test_judging_a_good_file_imports_nothing_heavy(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "TASKS" / "billing").mkdir(parents=True)
    (tmp_path / "TASKS" / "billing" / "refunds.md").write_text(task())
    modules = imported(tmp_path, "check", "TASKS/billing/refunds.md")
    assert "jsonschema_rs" in modules
    assert {module for module in modules if module in HEAVY or module.partition(".")[0] in HEAVY} == set()


def test_the_library_costs_nothing_until_it_is_called(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-c", "import govern"]
    loaded = {line.rpartition("|")[2].strip() for line in execute(command, tmp_path).err.splitlines()}
    assert {module for module in loaded if module.startswith("govern")} == {"govern"}
    assert not loaded & HEAVY
