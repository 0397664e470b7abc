"""A long run of the laws: python -m tests.laws.fuzz --minutes 5 --seed 1 [--draft draft7] [--depth 3]

Prints each failure with the smallest pair found that still fails, and at the end what the verdicts were and how long
they took.
"""

import argparse
import json
import signal
import statistics
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from types import FrameType
from typing import Any, NamedTuple

from govern.model.verdict import Compatible, Undecided
from tests.laws import checks
from tests.laws.dialects import DRAFTS
from tests.laws.schemas import Generator, edited, pair, positions, replaced
from tests.laws.values import Values

PATIENCE = 10.0  # seconds for one question: a verdict that takes longer is a failure of its own
ALGEBRA_MOST = 1_500  # characters: it cannot be interrupted
SLOW = 1.0  # seconds: listed at the end


class TooSlow(BaseException):
    """Not an Exception, so that nothing that is asked can swallow it."""


class Failure(NamedTuple):
    law: str
    sentence: str
    schemas: tuple[Any, ...]
    fails: Callable[..., str | None]  # asked again with smaller schemas


def guarded(ask: Callable[[], Iterator[str]]) -> str | None:
    """The first thing that is wrong. An exception is wrong too, unless the schema cannot be used at all."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    previous = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        return next(ask(), None)
    except TooSlow:
        return f"over {PATIENCE} s"
    except Exception as error:
        if type(error).__name__ == "Unusable":
            return None
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        return f"{type(error).__name__}: {error} in " + " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


class Run:
    def __init__(self, seed: int, drafts: list[str], depth: int) -> None:
        self.seed, self.drafts, self.depth = seed, drafts, depth
        self.verdicts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.times: list[tuple[float, int, str]] = []

    def one(self, number: int) -> Iterator[Failure]:
        """Everything asked of one random pair."""
        random = Random(f"{self.seed}/{number}")
        draft = random.choice(self.drafts)
        anchors = random.random() < 0.15
        old, new = pair(random, draft, depth=self.depth, anchors=anchors)
        if not all(checks.usable(schema, draft) for schema in (old, new)):
            return
        reading = checks.READINGS[number % len(checks.READINGS)]
        self._time(checks.Question(old, new, draft, reading), number)
        turn = random.randrange(1 << 30)

        def law(name: str, fails: Callable[..., Iterator[str]], *schemas: Any) -> Iterator[Failure]:
            def again(*smaller: Any) -> str | None:
                if not all(checks.usable(schema, draft) for schema in smaller):
                    return None
                return guarded(lambda: fails(*smaller))

            if sentence := again(*schemas):
                yield Failure(f"{name}, {draft}, {'-'.join(reading)}, #{number}", sentence, schemas, again)

        yield from law(
            "a verdict", lambda a, b: checks.wrong(checks.Question(a, b, draft, reading), Random(turn)), old, new
        )
        if reading.open_content == "strict" and len(str((old, new))) < ALGEBRA_MOST:
            yield from law(
                "the algebra", lambda a, b: checks.unlike_the_algebra(checks.Question(a, b, draft, reading)), old, new
            )
        match number % 7 if not anchors else 0:
            case 0:
                yield from law("itself", lambda a: checks.unlike_itself(a, draft, reading), old)
                if not anchors:
                    yield from law("elsewhere", lambda a: checks.elsewhere(a, draft, reading), new)
            case 1:
                yield from law("strict is stricter", lambda a, b: checks.strict_is_stricter(a, b, draft), old, new)
            case 2:
                third = edited(Generator(random, draft, definitions=0), new)
                chain = (old, new, third)
                yield from law(
                    "transitivity", lambda a, b, c: checks.intransitive((a, b, c), draft, reading.formats), *chain
                )
            case 3 | 4 if checks.no_root(old, new):
                name = random.choice([made[0] for made in checks.constructions(old, new, draft)])
                yield from law(
                    f"by construction, {name}",
                    lambda a, b: checks.misjudged(
                        next(m for m in checks.constructions(a, b, draft) if m[0] == name), draft, reading.formats
                    ),
                    old,
                    new,
                )
            case 5:
                value = Values(random, old, new).value()
                yield from law("of a value", lambda a: checks.of_a_value(a, value, draft), old)
            case 6:
                yield from law(
                    "respelled",
                    lambda a: (
                        f"{checks.respelled(a, Random(turn))} and back: {verdict}"
                        for verdict in (
                            checks.Question(
                                a, checks.renamed(checks.respelled(a, Random(turn))), draft, reading
                            ).verdict(),
                        )
                        if verdict != Compatible()
                    ),
                    old,
                )

    def _time(self, question: checks.Question, number: int) -> None:
        started = time.perf_counter()
        try:
            verdict = question.verdict()
        except Exception:
            return  # the laws will say so
        name = type(verdict).__name__
        self.times.append((time.perf_counter() - started, number, name))
        self.verdicts[name] += 1
        if isinstance(verdict, Undecided):
            self.reasons[verdict.reason.split('"')[0][:100]] += 1


def smaller(failure: Failure, limit: float = 20.0) -> Failure:
    """The failure with less and less in its schemas, as long as something is still wrong."""
    ends = time.monotonic() + limit
    shrunk = True
    while shrunk and time.monotonic() < ends:
        shrunk = False
        for index, schema in enumerate(failure.schemas):
            for candidate in reductions(schema):
                schemas = (*failure.schemas[:index], candidate, *failure.schemas[index + 1 :])
                if time.monotonic() > ends:
                    break
                try:
                    sentence = failure.fails(*schemas)
                except Exception:
                    continue
                if sentence and _sort(sentence) == _sort(failure.sentence):
                    failure, shrunk = failure._replace(schemas=schemas, sentence=sentence), True
                    break
            if shrunk:
                break
    return failure


def _sort(sentence: str) -> str:
    """What stays the same of a sentence while its schemas shrink."""
    return sentence.split("{")[0].split("'")[0][:18]


def reductions(schema: Any) -> Iterator[Any]:
    """The schema with one thing less."""
    for path, node in sorted(positions(schema), key=lambda found: len(found[0])):
        if not isinstance(node, dict) or not node:
            continue
        for sub_path, sub in positions(node):
            if len(sub_path) in (1, 2, 3) and isinstance(sub, dict) and path:
                yield replaced(schema, path, sub)
        if path:
            yield replaced(schema, path, {})
        for keyword, value in node.items():
            yield replaced(schema, path, {key: item for key, item in node.items() if key != keyword})
            if isinstance(value, dict):
                for name in value:
                    rest = {key: item for key, item in value.items() if key != name}
                    yield replaced(schema, [*path, keyword], rest)
            if isinstance(value, list) and len(value) > 1:
                for index in range(len(value)):
                    yield replaced(schema, [*path, keyword], value[:index] + value[index + 1 :])
            if isinstance(value, int | float) and value not in (0, 1, True, False):
                yield replaced(schema, [*path, keyword], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="the number of the first pair")
    parser.add_argument("--draft", choices=DRAFTS)
    parser.add_argument("--depth", type=int, default=3)
    options = parser.parse_args()
    run = Run(options.seed, [options.draft] if options.draft else DRAFTS, options.depth)
    ends = time.monotonic() + options.minutes * 60
    number = options.first
    found: Counter[str] = Counter()
    while time.monotonic() < ends:
        for failure in run.one(number):
            small = smaller(failure)
            found[_sort(small.sentence)] += 1
            print(f"\n{small.law}\n  {small.sentence}")
            for schema in small.schemas:
                print(f"  {json.dumps(schema)}", flush=True)
        number += 1
    taken = sorted(seconds for seconds, _, _ in run.times)
    print(f"\n{number - options.first} pairs; {dict(run.verdicts)}; failures {dict(found)}")
    for reason, times in run.reasons.most_common(15):
        print(f"  {times:5} {reason}")
    if taken:
        marks = {share: taken[min(len(taken) - 1, int(share * len(taken)))] * 1e3 for share in (0.5, 0.95, 0.99)}
        print(f"  ms: median {statistics.median(taken) * 1e3:.2f}, {marks}, max {taken[-1] * 1e3:.0f}")
        for seconds, index, name in sorted(run.times, reverse=True)[:5]:
            print(f"  {seconds * 1e3:.0f} ms: #{index} {name}{', slow' if seconds > SLOW else ''}")


if __name__ == "__main__":
    main()
