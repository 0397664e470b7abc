"""How often the verdicts of `govern compat` are right, and how long they take, beside other tools.

python benchmarks/compat.py [--pairs FILE…] [--tools govern,covers,…] [--wrong] [--command]

Asks each tool about every labelled pair, both ways, each tool in a process of its own, and prints tables: source by
verdict, times, and times side by side where two tools both decide. Without --pairs: the pairs of our tests. A file of
pairs has a JSON object a line: {id, source, dialect, old, new, truth_backward, truth_forward, basis_…, witness_…,
readings}; without `readings` the labels are about strict open content and annotated formats.
"""

import argparse
import json
import math
import os
import platform
import select
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "govern-benchmarks")
PEERS = {"jsonsubschema": "0.0.8", "jsoncompat": "0.3.1"}
TOOLS = ["govern", "covers", *PEERS]
PATIENCE = 5.0  # seconds for one answer; then the tool is ended, which counts as no answer
RUNS = 15  # of each command
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
DIALECTS = {
    "draft4": "http://json-schema.org/draft-04/schema#",
    "draft6": "http://json-schema.org/draft-06/schema#",
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}


class Question(NamedTuple):
    """Does what the writer sends break the reader? `truth` is what the label says, None if it does not know."""

    row: dict[str, Any]
    direction: str
    open_content: str
    formats: str

    @property
    def truth(self) -> bool | None:
        known: bool | None = self.row.get(f"truth_{self.direction}")
        return known

    @property
    def source(self) -> str:
        return str(self.row["source"])

    def line(self) -> str:
        writer, reader = ("old", "new") if self.direction == "backward" else ("new", "old")
        return json.dumps(
            {
                "writer": named(self.row[writer], self.row["dialect"]),
                "reader": named(self.row[reader], self.row["dialect"]),
                "direction": self.direction,
                "open_content": self.open_content,
                "formats": self.formats,
            }
        )


class Answer(NamedTuple):
    compatible: bool | None
    seconds: float
    detail: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", nargs="+", type=Path, help="files of labelled pairs instead of our own")
    parser.add_argument("--tools", default=",".join(TOOLS), help="only these, of " + ", ".join(TOOLS))
    parser.add_argument("--wrong", action="store_true", help="print what is wrong or undecided of ours, in full")
    parser.add_argument("--command", action="store_true", help="measure the command on two files only")
    options = parser.parse_args()
    tools = options.tools.split(",")
    if unknown := set(tools) - set(TOOLS):
        parser.error(f"there is no tool {', '.join(sorted(unknown))}; there are {', '.join(TOOLS)}")
    print(machine())
    if not options.command:
        files = options.pairs or sorted((ROOT / "tests/cases/compat-pairs").glob("*.jsonl"))
        questions = list(asked(files))
        answers = {tool: list(answered(tool, questions)) for tool in tools}
        for text in (verdicts(questions, answers), times(questions, answers), side_by_side(questions, answers)):
            print(f"\n{text}")
        if options.wrong:
            print(f"\n{details(questions, answers[tools[0]])}")
    if options.command or not options.pairs:
        print(f"\n{whole_command()}")


def asked(files: Sequence[Path]) -> Iterator[Question]:
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for open_content, formats in row.get("readings") or [("strict", "annotate")]:
                for direction in ("backward", "forward"):
                    yield Question(row, direction, open_content, formats)


def named(schema: Any, dialect: str) -> Any:
    """The schema with its dialect in `$schema`, where every tool looks for it."""
    if isinstance(schema, dict) and "$schema" not in schema:
        return {"$schema": DIALECTS.get(dialect, dialect), **schema}
    return schema


def answered(tool: str, questions: Sequence[Question]) -> Iterator[Answer]:
    """One answer per question. The other tools are not asked about what they have no words for: lenient open content
    all of them, asserted formats those that cannot be told.
    """
    process: subprocess.Popen[str] | None = None
    for question in questions:
        untold = question.open_content != "strict" or (tool in PEERS and question.formats != "annotate")
        if tool != "govern" and untold:
            yield Answer(None, math.nan, "not asked")
            continue
        if process is None:
            process = started(tool)
        assert process.stdin
        assert process.stdout
        process.stdin.write(question.line() + "\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
        line = process.stdout.readline() if ready else ""
        if line:
            answer = json.loads(line)
            detail = answer.get("reason") or (repr(answer["witness"]) if "witness" in answer else "")
            yield Answer(answer["compatible"], answer["seconds"], detail)
        else:  # it hangs, or it died
            process.kill()
            process.wait()
            process = None
            yield Answer(None, PATIENCE if not ready else math.nan, "hangs" if not ready else "died")
    if process is not None:
        process.kill()
        process.wait()


def started(tool: str) -> subprocess.Popen[str]:
    python = environment(tool) if tool in PEERS else sys.executable
    return subprocess.Popen(
        [python, str(ROOT / "benchmarks" / "answer.py"), tool],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=ENVIRONMENT,
    )


# What is printed


def verdicts(questions: Sequence[Question], answers: dict[str, list[Answer]]) -> str:
    """Source by tool: right, said compatible though breaking, said breaking though compatible, no answer."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for tool, given in answers.items():
        for question, answer in zip(questions, given, strict=True):
            if question.truth is not None and answer.detail != "not asked":
                for source in (question.source, "**all**"):
                    counts.setdefault((source, tool), Counter())[sort(question, answer)] += 1
    sources = dict.fromkeys(source for source, _ in counts)
    lines = [
        "Right · compatible though breaking · breaking though compatible · no answer\n",
        f"| | {' | '.join(answers)} |",
        f"|---|{'--:|' * len(answers)}",
    ]
    for source in sorted(sources, key=lambda name: (name == "**all**", name)):
        cells = [
            " · ".join(str(count[key]) for key in SORTS) if (count := counts.get((source, tool))) else "not asked"
            for tool in answers
        ]
        lines.append(f"| {source} | {' | '.join(cells)} |")
    return "\n".join(lines)


SORTS = ("right", "missed", "invented", "open")


def sort(question: Question, answer: Answer) -> str:
    if answer.compatible is None:
        return "open"
    if answer.compatible == question.truth:
        return "right"
    return "missed" if answer.compatible else "invented"


def times(questions: Sequence[Question], answers: dict[str, list[Answer]]) -> str:
    lines = ["| ms | answers | median | p95 | p99 | most |", "|---|--:|--:|--:|--:|--:|"]
    for tool, given in answers.items():
        seconds = [answer.seconds for answer in given if not math.isnan(answer.seconds)]
        if seconds:
            lines.append(f"| {tool} | {len(seconds)} | {' | '.join(quantiles(seconds))} |")
    return "\n".join(lines)


def quantiles(seconds: Sequence[float]) -> list[str]:
    ordered = sorted(seconds)
    found = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99, 1)]
    return [f"{each * 1e3:.2f}" for each in found]


def side_by_side(questions: Sequence[Question], answers: dict[str, list[Answer]]) -> str:
    """Times where two tools both give the right answer: the first tool against each other one."""
    first, *others = answers
    lines = [
        f"| both right, ms | questions | {first}: median | p95 | the other: median | p95 | median of the ratios |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for other in others:
        pairs = [
            (ours.seconds, theirs.seconds)
            for question, ours, theirs in zip(questions, answers[first], answers[other], strict=True)
            if question.truth is not None and sort(question, ours) == sort(question, theirs) == "right"
        ]
        if pairs:
            ours, theirs = (quantiles(column)[:2] for column in zip(*pairs, strict=True))
            ratio = statistics.median(b / a for a, b in pairs)
            lines.append(f"| {other} | {len(pairs)} | {' | '.join([*ours, *theirs])} | **{ratio:.1f}** |")
    return "\n".join(lines)


def details(questions: Sequence[Question], given: Sequence[Answer]) -> str:
    """Each verdict that is wrong or open, with both schemas and what the label says."""
    lines = []
    for question, answer in zip(questions, given, strict=True):
        if question.truth is None or sort(question, answer) == "right":
            continue
        row, way = question.row, question.direction
        lines += [
            f"{sort(question, answer)}: {row['id']}, {way}, {question.open_content}, {question.formats}",
            f"  says {answer.compatible} {answer.detail}; the label {question.truth}, {row.get(f'basis_{way}')}"
            + (f", witness {row[f'witness_{way}']!r}" if f"witness_{way}" in row else ""),
            f"  old {json.dumps(row['old'])[:1000]}",
            f"  new {json.dumps(row['new'])[:1000]}",
        ]
    return "\n".join(lines) or "nothing is wrong or undecided"


def whole_command() -> str:
    """The command on two small files beside the start of Python, as whole processes that take turns."""
    with tempfile.TemporaryDirectory(prefix="govern-benchmark-") as name:
        old, new = Path(name, "old.json"), Path(name, "new.json")
        old.write_text(json.dumps(PAYMENT), encoding="utf-8")
        new.write_text(json.dumps(PAYMENT | {"required": ["id", "amount"]}), encoding="utf-8")
        govern = str(Path(sys.executable).with_name("govern"))
        commands = {
            "`python -c pass`": [sys.executable, "-c", "pass"],
            "`govern compat`, the same file twice": [govern, "compat", str(old), str(old)],
            "`govern compat`, compatible": [govern, "compat", str(new), str(old)],
            "`govern compat`, breaking": [govern, "compat", str(old), str(new)],
        }
        codes = {title: 1 if title.endswith("breaking") else 0 for title in commands}
        taken: dict[str, list[float]] = {title: [] for title in commands}
        for _ in range(RUNS):
            for title, command in commands.items():
                begun = time.perf_counter()
                ran = subprocess.run(command, cwd=name, env=ENVIRONMENT, capture_output=True, check=False)
                taken[title].append(time.perf_counter() - begun)
                if ran.returncode != codes[title]:
                    sys.exit(f"{title} ended with {ran.returncode}: {ran.stderr.decode()[-1000:]}")
    lines = ["| whole process, ms | median | least |", "|---|--:|--:|"]
    for title, seconds in taken.items():
        lines.append(f"| {title} | {statistics.median(seconds) * 1e3:.0f} | {min(seconds) * 1e3:.0f} |")
    return "\n".join(lines)


PAYMENT = {
    "$schema": DIALECTS["draft2020-12"],
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9-]{8,36}$"},
        "amount": {"type": "integer", "minimum": 1},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "method": {"enum": ["card", "transfer", "cash"]},
        "at": {"type": "string", "format": "date-time"},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string"}}}},
    },
    "required": ["id"],
}


def environment(tool: str) -> str:
    """The Python of a virtual environment with one of the other tools."""
    wanted = f"{tool}=={PEERS[tool]}"
    folder = CACHE / f"{wanted.replace('==', '-')}-{platform.python_version()}"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "--quiet", "install", wanted], check=True)
        (folder / "complete").touch()
    return str(python)


def machine() -> str:
    """What this was measured on and with: the class of machine, no more."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    system = f"{os.cpu_count()} x {models[0] if models else platform.machine()}, {platform.system()}"
    peers = ", ".join(f"{name} {number}" for name, number in PEERS.items())
    return f"{system}, Python {platform.python_version()}; {peers}"


if __name__ == "__main__":
    main()
