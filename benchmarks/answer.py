"""Answers questions about pairs of schemas with one tool, as a process of its own: python benchmarks/answer.py TOOL

Reads a line of JSON per question, {"writer", "reader", "direction", "open_content", "formats"}, and writes one per
answer, {"compatible": true|false|null, "seconds", "witness"?, "reason"?}: null is no answer. The schemas name their
dialect in `$schema`. Nothing of govern is imported for another tool, which has a virtual environment of its own.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]


def govern() -> Callable[[dict[str, Any]], Answer]:
    from govern.compat.compare import Source, decide
    from govern.model.verdict import Breaking, Compatible, Undecided

    def ask(question: dict[str, Any]) -> Answer:
        writer, reader = Source(question["writer"]), Source(question["reader"])
        old, new = (writer, reader) if question["direction"] == "backward" else (reader, writer)
        verdict = decide(
            old,
            new,
            direction=question["direction"],
            open_content=question["open_content"],
            formats=question["formats"],
        )
        match verdict:
            case Compatible():
                return {"compatible": True}
            case Breaking(witness):
                return {"compatible": False, "witness": witness}
            case Undecided(reason):
                return {"compatible": None, "reason": reason}

    return ask


def covers() -> Callable[[dict[str, Any]], Answer]:
    """The canonical algebra of jsonschema-rs by itself."""
    import jsonschema_rs

    def ask(question: dict[str, Any]) -> Answer:
        asserts = question["formats"] == "assert"
        writer, reader = (
            jsonschema_rs.canonicalize(question[side], validate_formats=asserts, offline=True)
            for side in ("writer", "reader")
        )
        answer = str(reader.covers(writer)).rpartition(".")[2].upper()
        return {"compatible": {"YES": True, "NO": False}.get(answer)}

    return ask


def jsonsubschema() -> Callable[[dict[str, Any]], Answer]:
    from jsonsubschema import isSubschema  # type: ignore[import-not-found]

    return lambda question: {"compatible": bool(isSubschema(question["writer"], question["reader"]))}


def jsoncompat() -> Callable[[dict[str, Any]], Answer]:
    import jsoncompat as library  # type: ignore[import-not-found]

    def unnamed(schema: Any) -> Any:
        """It refuses any dialect but 2020-12 by its name, and reads most of the others well without it."""
        return {key: item for key, item in schema.items() if key != "$schema"} if isinstance(schema, dict) else schema

    def ask(question: dict[str, Any]) -> Answer:
        writer, reader = (json.dumps(unnamed(question[side])) for side in ("writer", "reader"))
        return {"compatible": library.check_compat(writer, reader, "deserializer")}

    return ask


TOOLS = {"govern": govern, "covers": covers, "jsonsubschema": jsonsubschema, "jsoncompat": jsoncompat}


def main() -> None:
    # what a tool prints must not come between the answers
    answers, sys.stdout = sys.stdout, sys.stderr
    ask = TOOLS[sys.argv[1]]()
    for line in sys.stdin:
        question = json.loads(line)
        started = time.perf_counter()
        try:
            answer = ask(question)
        except BaseException as error:  # a panic in Rust is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            answer = {"compatible": None, "reason": f"{type(error).__name__}: {error}"[:200]}
        answer["seconds"] = time.perf_counter() - started
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
