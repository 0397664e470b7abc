"""How long `govern render` takes beside copier and Jinja2: whole processes on the same texts, interleaved, medians.

python benchmarks/render.py [--runs N] [--folder DIR] [ROW…]     rows: one 100 1000

Before anything is measured, all three must have written the same bytes. `--folder` says where: making a file takes
the system ten times as long on some file systems as on others, whoever asks for it.
"""

import argparse
import compileall
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from check import CACHE, ROOT, Run, govern, median, numbers, timed, write

PEERS = {"copier": "9.19.1", "jinja2": "3.1.6"}
HOLES = 20  # in every file
VALUES = {
    "PROJECT_NAME": "Ledger",
    "PRIMARY_LANGUAGE": "Python",
    "FRAMEWORK": "FastAPI",
    "ARCHITECTURE_PATTERN": "hexagonal services",
    "MONITORING_PROVIDER": "Prometheus",
}
ROWS = {"one": (1, 15), "100": (100, 9), "1000": (1_000, 5)}
WHAT = {"one": "one file", "100": "100 files", "1000": "1,000 files"}

JINJA = """
import json, pathlib, sys
from jinja2 import Environment, FileSystemLoader, StrictUndefined
source, target = map(pathlib.Path, sys.argv[1:3])
values = json.loads(pathlib.Path(sys.argv[3]).read_text())
environment = Environment(
    loader=FileSystemLoader(source), undefined=StrictUndefined, keep_trailing_newline=True, auto_reload=False
)
for path in sorted(source.rglob("*.jinja")):
    name = path.relative_to(source).as_posix()
    place = target / name.removesuffix(".jinja")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(environment.get_template(name).render(values), encoding="utf-8", newline="")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW", help="only these rows")
    parser.add_argument("--runs", type=int, help="how often each command runs")
    parser.add_argument("--folder", help="where the files are written, instead of the folder for temporary ones")
    options = parser.parse_args()
    if unknown := set(options.rows) - set(ROWS):
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    programs = peers()
    compileall.compile_dir(ROOT / "src", quiet=2)
    print(f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}; ", end="")
    print(", ".join(f"{name} {version}" for name, version in PEERS.items()), "\n")
    print("| | govern | | | copier | | | times | | Jinja2 | | | times | |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    print("| | s | CPU s | MB | s | CPU s | MB | **clock** | CPU | s | CPU s | MB | **clock** | CPU |")
    with tempfile.TemporaryDirectory(prefix="govern-benchmark-", dir=options.folder) as name:
        for key in options.rows or ROWS:
            count, runs = ROWS[key]
            print(measured(Path(name, key), WHAT[key], count, options.runs or runs, programs), flush=True)


def measured(folder: Path, what: str, count: int, runs: int, programs: Path) -> str:
    """A line of the table. The commands take turns, so that a busy moment of the machine hits all of them."""
    commands = prepared(folder, count, programs)
    results: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(timed(command, folder, 0))
            same(folder, count, name)
    ours, *others = (median(results[name]) for name in commands)
    cells = [f"{what}, {HOLES} holes each", *numbers(ours), f"{ours.memory:.0f}"]
    for other in others:
        cells += [*numbers(other), f"{other.memory:.0f}"]
        cells += [f"**{other.wall / ours.wall:.1f}**", f"{other.cpu / ours.cpu:.1f}"]
    return f"| {' | '.join(cells)} |"


def prepared(folder: Path, count: int, programs: Path) -> dict[str, list[str]]:
    """The same templates in the two ways to write a token, and the command of each tool. What it writes goes to a
    folder of its name.
    """
    for index in range(count):
        write(folder / "ours" / f"{index % 20:02}" / f"{index}.md", text(index, "<<", ">>"))
        write(folder / "theirs" / f"{index % 20:02}" / f"{index}.md.jinja", text(index, "{{ ", " }}"))
    write(folder / "theirs" / "copier.yml", "".join(f"{name}:\n  type: str\n" for name in VALUES))
    write(folder / "values.json", json.dumps(VALUES))
    write(folder / "jinja.py", JINJA)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    data = [word for name, value in VALUES.items() for word in ("--data", f"{name}={value}")]
    return {
        "govern": [govern(), "render", "ours", "--to", "govern", "--values", "values.json", "--quiet"],
        "copier": [str(programs / "copier"), "copy", "--quiet", "--defaults", *data, "theirs", "copier"],
        "jinja": [str(programs / "python"), "jinja.py", "theirs", "jinja", "values.json"],
    }


def same(folder: Path, count: int, name: str) -> None:
    """End the benchmark unless a tool wrote what it should; then remove that, for the next turn."""
    for index in range(count):
        expected = text(index, "<<", ">>")
        for hole, value in VALUES.items():
            expected = expected.replace(f"<<{hole}>>", value)
        path = folder / name / f"{index % 20:02}" / f"{index}.md"
        if path.read_text(encoding="utf-8") != expected:
            sys.exit(f"{name} wrote something else than the others: {path}")
    shutil.rmtree(folder / name)


def text(index: int, opening: str, closing: str) -> str:
    """An agent file with tokens in its front matter and in its body."""
    names = list(VALUES)

    def token(number: int) -> str:
        return opening + names[(index + number) % len(names)] + closing

    lines = [f"- **Practice {number}**: {token(number)} beside {token(number + 1)}, and why.\n" for number in range(8)]
    matter = f"name: agent-{index}\ndescription: Looks after {token(0)}.\nknowledge_sources:\n  - {token(1)} handbook\n"
    return (
        f"---\n{matter}---\n\nYou are agent {index} for {token(2)}.\n\n## Practices\n\n{''.join(lines)}\n{token(3)}\n"
    )


def peers() -> Path:
    """The folder of the programs of a virtual environment with the tools that we compare with."""
    folder = CACHE / f"render-{platform.python_version()}-{'-'.join(f'{k}-{v}' for k, v in PEERS.items())}"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        versions = [f"{name}=={version}" for name, version in PEERS.items()]
        subprocess.run([str(programs / "python"), "-m", "pip", "--quiet", "install", *versions], check=True)
        compileall.compile_dir(folder, quiet=2)
        (folder / "complete").touch()
    return programs


if __name__ == "__main__":
    main()
