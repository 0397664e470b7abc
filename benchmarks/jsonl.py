"""How many events of a file of JSON Lines are judged in a second, beside a plain loop: whole processes that take turns.

python benchmarks/jsonl.py [--events N] [--runs N] [--wrong]

The loop reads each line by `json.loads` with a hook that refuses keys which stand twice, and asks jsonschema-rs for yes
or no, by the schemas that we go by. With --wrong, every twentieth event breaks the schema of its data: the loop counts
them, we say what is wrong with the first hundred, and how many of the rest break which rule.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from check import ENVIRONMENT, ROOT, WRONG_SHARE, Run, govern, machine, repository, timed, write

CATALOGUE = ROOT / "examples" / "acme-events" / "schemas" / "event"
ENVELOPE = ROOT / "schemas" / "event" / "2.0.0.json"
PAYLOAD = CATALOGUE / "order-placed" / "2.0.0.json"
FILE = "events/orders.jsonl"

LOOP = """
import json, sys
import jsonschema_rs

def refusing(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result

envelope, payload = (
    jsonschema_rs.validator_for(json.load(open(name)), validate_formats=True) for name in sys.argv[2:]
)
wrong = 0
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        try:
            event = json.loads(line, object_pairs_hook=refusing)
        except ValueError:
            wrong += 1
            continue
        if not envelope.is_valid(event) or not payload.is_valid(event["data"]):
            wrong += 1
print(wrong)
sys.exit(wrong > 0)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=200_000, help="how many events the file has")
    parser.add_argument("--runs", type=int, default=5, help="how often each process runs")
    parser.add_argument("--wrong", action="store_true", help="only the row with wrong events")
    options = parser.parse_args()
    print(f"{machine()}\n\n{HEAD}")
    for wrong in (True,) if options.wrong else (False, True):
        with tempfile.TemporaryDirectory(prefix="govern-benchmark-") as name:
            folder = Path(name)
            prepare(folder, options.events, wrong=wrong)
            print(measured(folder, options.events, options.runs, wrong=wrong), flush=True)


HEAD = (
    "| JSON Lines, events per second | govern | | | plain loop | | | times | |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    "| | events/s | CPU s | MB | events/s | CPU s | MB | clock | **CPU** |"
)


def prepare(folder: Path, count: int, *, wrong: bool) -> None:
    """A repository with the schemas of an event and a file of such events."""
    for source in sorted(CATALOGUE.glob("order-placed/[0-9]*.json")):
        write(folder / "schemas" / "event" / "order-placed" / source.name, source.read_text("utf-8"))
    write(folder / "schemas/event/order-placed/event.yaml", (CATALOGUE / "order-placed/event.yaml").read_text("utf-8"))
    (folder / FILE).parent.mkdir()
    with (folder / FILE).open("w", encoding="utf-8") as file:
        file.writelines(events(count, wrong=wrong))
    write(folder / "loop.py", LOOP)
    repository(folder)


def events(count: int, *, wrong: bool) -> Iterator[str]:
    """The lines, the same on every run."""
    for index in range(count):
        lines = [{"sku": f"kettle-{index % 97}", "quantity": 1 + index % 5}, {"sku": "mug-blue", "quantity": 4}]
        data = {
            "id": f"AC{index % 1_000_000:06}",
            "channel": "phone" if wrong and index % WRONG_SHARE == 0 else "web",
            "deliver_on": f"2026-02-{1 + index % 28:02}",
            "lines": lines[: 1 + index % 2],
        }
        event = {
            "specversion": "1.0",
            "id": f"5f0c2a9e-0c6e-4f0e-9d5b-{index:012}",
            "source": "/checkout-api",
            "type": "order.placed.v2",
            "dataschema": "https://contracts.acme.example/event/order-placed/2.0.0",
            "time": f"2026-01-31T12:{index // 60 % 60:02}:{index % 60:02}Z",
            "subject": f"customer-{index % 10_007}",
            "data": data,
        }
        yield json.dumps(event) + "\n"


def measured(folder: Path, count: int, runs: int, *, wrong: bool) -> str:
    """A line of the table. The processes take turns, so that a busy moment of the machine hits both."""
    loop = [sys.executable, "loop.py", FILE, str(ENVELOPE), str(PAYLOAD)]
    commands: Sequence[Sequence[str]] = ([govern(), "check", FILE], loop)
    results: list[list[Run]] = [[], []]
    for _ in range(runs):
        for command, result in zip(commands, results, strict=True):
            result.append(timed(command, folder, int(wrong)))
    ours, theirs = (Run(*(statistics.median(values) for values in zip(*each, strict=True))) for each in results)
    title = f"{count:,} events" + (f", {100 // WRONG_SHARE} % wrong" if wrong else "")
    cells = [title]
    for run in (ours, theirs):
        cells += [f"{count / run.wall:,.0f}", f"{run.cpu:.2f}", f"{run.memory:.0f}"]
    cells += [f"{ours.wall / theirs.wall:.2f}", f"**{ours.cpu / theirs.cpu:.2f}**"]
    return f"| {' | '.join(cells)} |"


def refused_by_the_loop(folder: Path) -> int:
    """How many events the loop counts as wrong."""
    command = [sys.executable, "loop.py", FILE, str(ENVELOPE), str(PAYLOAD)]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    return int(done.stdout)


if __name__ == "__main__":
    main()
