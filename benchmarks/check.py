"""How long `govern check` takes beside check-jsonschema: whole processes, interleaved, medians.

python benchmarks/check.py [--runs N] [ROW…]     rows: version one one-anchors 100 1000 1000-wrong 10000 10000-wrong
structure
"""

import argparse
import compileall
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import documents
import yaml

from govern.parse import read

ROOT = Path(__file__).parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "govern-benchmarks")
PACKAGES = ("check-jsonschema", "ruamel.yaml", "jsonschema")
EXTENSION = "ruamel.yaml.clib"
# PYTHONDONTWRITEBYTECODE and its like would decide which of two programs is compiled anew at every start
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
WRONG_SHARE = 20  # every twentieth document of a `wrong` row has a mistake


class Run(NamedTuple):
    """One process: seconds on the clock, seconds of processor time with its children's, and its peak memory in MB."""

    wall: float
    cpu: float
    memory: float


class Row(NamedTuple):
    """What is measured: our command and theirs (which differ in the environment only), and how often."""

    name: str
    ours: Sequence[str]
    theirs: Sequence[str]
    folder: Path
    runs: int
    code: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW", help="only these rows")
    parser.add_argument(
        "--runs", type=int, help="how often each command runs; the larger the row, the fewer by default"
    )
    options = parser.parse_args()
    if unknown := set(options.rows) - set(ROWS):
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    plain, compiled = environment("plain"), environment("c-extension", EXTENSION)
    compileall.compile_dir(ROOT / "src", quiet=2)
    print(f"{machine()}\n\n{HEAD}")
    with tempfile.TemporaryDirectory(prefix="govern-benchmark-") as name:
        for key in options.rows or ROWS:
            row = ROWS[key](Path(name, key))
            print(measured(row, plain, compiled, options.runs or row.runs), flush=True)


HEAD = (
    "| | govern | | | check-jsonschema | | | times | | with C extension | | times | |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    "| | s | CPU s | MB | s | CPU s | MB | **clock** | CPU | s | CPU s | **clock** | CPU |"
)


def measured(row: Row, plain: Path, compiled: Path, runs: int) -> str:
    """A line of the table. The commands take turns, so that a busy moment of the machine hits all of them."""
    commands = [list(row.ours), [str(plain / row.theirs[0]), *row.theirs[1:]]]
    commands.append([str(compiled / row.theirs[0]), *row.theirs[1:]])
    results: list[list[Run]] = [[] for _ in commands]
    for _ in range(runs):
        for command, result in zip(commands, results, strict=True):
            result.append(timed(command, row.folder, row.code))
    ours, theirs, c_theirs = map(median, results)
    cells = [row.name, *numbers(ours), f"{ours.memory:.0f}", *numbers(theirs), f"{theirs.memory:.0f}"]
    for other in (theirs, c_theirs):
        if other is c_theirs:
            cells += numbers(other)
        cells += [f"**{other.wall / ours.wall:.1f}**", f"{other.cpu / ours.cpu:.1f}"]
    return f"| {' | '.join(cells)} |"


def timed(command: Sequence[str], folder: Path, code: int) -> Run:
    """One run of a command. A wrong exit code ends the benchmark: it would have measured something else."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != code:
            output.seek(0)
            said = output.read().decode("utf-8", "replace")
            sys.exit(f"{' '.join(command)[:200]} ended with {process.returncode}, not {code}:\n{said[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def median(runs: Sequence[Run]) -> Run:
    return Run(*(statistics.median(values) for values in zip(*runs, strict=True)))


def numbers(run: Run) -> tuple[str, str]:
    return f"{run.wall:.3f}", f"{run.cpu:.3f}"


# What is measured


def version(folder: Path) -> Row:
    folder.mkdir()
    return Row("`--version`", [govern(), "--version"], ["check-jsonschema", "--version"], folder, 15)


def compose(count: int, runs: int, *, wrong: bool = False, first: int = 0) -> Callable[[Path], Row]:
    """A repository of compose files, from the `first` that `documents` makes up."""

    def prepare(folder: Path) -> Row:
        names = []
        for index in range(first, first + count):
            text = documents.compose(index)
            name = f"services/{index:04}/compose.yaml"
            write(folder / name, documents.wrong(text) if wrong and index % WRONG_SHARE == 0 else text)
            names.append(name)
        repository(folder)
        theirs = ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", *names]
        anchors = " with anchors" if count == 1 and "&" in text else ""
        return Row(
            titled(count, "compose file", wrong) + anchors, [govern(), "check"], theirs, folder, runs, int(wrong)
        )

    return prepare


def tasks(count: int, runs: int, *, wrong: bool = False) -> Callable[[Path], Row]:
    """A repository of task documents, and beside it their front matters as YAML files."""

    def prepare(folder: Path) -> Row:
        names = []
        for index in range(count):
            change = documents.wrong if wrong and index % WRONG_SHARE == 0 else str
            place = f"{documents.domain(index)}/{documents.task_id(index)}"
            write(folder / "TASKS" / f"{place}.md", change(documents.task(index)))
            write(folder.parent / f"{folder.name}-yaml" / f"{place}.yaml", change(documents.front_matter(index)))
            names.append(f"../{folder.name}-yaml/{place}.yaml")
        repository(folder)
        schema = max(ROOT.glob("schemas/task/2.*.json"))
        theirs = ["check-jsonschema", "--schemafile", str(schema), *names]
        return Row(titled(count, "front matter", wrong), [govern(), "check"], theirs, folder, runs, int(wrong))

    return prepare


def structures(count: int, runs: int) -> Callable[[Path], Row]:
    """A repository of markdown whose sections a schema judges; beside it, as YAML, what our reader makes of them."""

    def prepare(folder: Path) -> Row:
        write(folder / "schemas" / "guide" / "kind.yaml", GUIDE_KIND)
        schema = folder / "schemas" / "guide" / "1.0.0.json"
        write(schema, json.dumps(documents.GUIDE_SCHEMA))
        names = []
        for index in range(count):
            text = documents.domain_agent(index)
            write(folder / "guides" / f"{index:04}.md", text)
            value = read(f"{index:04}.md", text.encode(), "markdown").value
            write(folder.parent / f"{folder.name}-yaml" / f"{index:04}.yaml", yaml.safe_dump(value, allow_unicode=True))
            names.append(f"../{folder.name}-yaml/{index:04}.yaml")
        repository(folder)
        theirs = ["check-jsonschema", "--schemafile", str(schema), *names]
        return Row(f"{count:,} domain agents (structure)", [govern(), "check", "guides"], theirs, folder, runs)

    return prepare


GUIDE_KIND = """\
kind: guide
title: Guides
description: Pages of which a schema judges the sections.
reader: markdown
default: 1
files:
  - glob: "guides/*.md"
"""

ROWS: dict[str, Callable[[Path], Row]] = {
    "version": version,
    "one": compose(1, 15, first=1),
    "one-anchors": compose(1, 15),
    "100": compose(100, 9),
    "1000": compose(1_000, 5),
    "1000-wrong": compose(1_000, 5, wrong=True),
    "10000": tasks(10_000, 5),
    "10000-wrong": tasks(10_000, 3, wrong=True),
    "structure": structures(1_000, 5),
}


def titled(count: int, thing: str, wrong: bool) -> str:
    title = "one compose file" if count == 1 else f"{count:,} {thing}s"
    return title + (f", {100 // WRONG_SHARE} % wrong" if wrong else "")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def repository(folder: Path) -> None:
    """A new git repository that tracks everything in the folder."""
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


# Who is measured


def govern() -> str:
    return str(Path(sys.executable).with_name("govern"))


def environment(name: str, *extra: str) -> Path:
    """The folder of the programs of a virtual environment with check-jsonschema in the versions of our own."""
    versions = [f"{package}=={importlib.metadata.version(package)}" for package in PACKAGES]
    folder = CACHE / f"{name}-{platform.python_version()}-{'-'.join(versions).replace('==', '-')}"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        python = str(programs / "python")
        subprocess.run([python, "-m", "pip", "--quiet", "install", *versions, *extra], check=True)
        (folder / "complete").touch()
    return programs


def machine() -> str:
    """What this was measured on and with: the class of machine, no more."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    packages = ("govern-schemas", "jsonschema-rs", "PyYAML", *PACKAGES)
    versions = ", ".join(f"{package} {importlib.metadata.version(package)}" for package in packages)
    system = f"{os.cpu_count()} x {models[0] if models else platform.machine()}, {platform.system()}"
    return f"{system}, Python {platform.python_version()}; {versions}"


if __name__ == "__main__":
    main()
