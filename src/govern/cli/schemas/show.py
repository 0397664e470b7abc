"""`govern schemas show`: print a schema."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from govern.model.schema import Version, written
from govern.model.spelling import nearest
from govern.registry import Registry
from govern.session import Unable, session_for

DESCRIPTION = "Print a schema as it lies in its file: the highest version, or the highest one within what is named."


def run(arguments: Sequence[str]) -> int:
    """Print; the exit code."""
    parser = argparse.ArgumentParser(prog="govern schemas show", description=DESCRIPTION)
    parser.add_argument("name", metavar="SUBJECT[@VERSION]", help="such as task, task@2 or task@2.0.0")
    parser.add_argument("--config", metavar="FILE", type=Path, help="use this govern.toml")
    options = parser.parse_args(arguments)
    session = session_for([], Path.cwd(), config=options.config)
    shelf, path = session.registry.source(*found(options.name, session.registry))
    text = shelf.read(path).decode("utf-8-sig", "replace")
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    return 0


def found(name: str, registry: Registry) -> tuple[str, Version]:
    """The version that a name means."""
    subject, at, wanted = name.partition("@")
    versions = registry.versions(subject)
    if not versions:
        near = nearest(subject, registry.subjects())
        hint = f"did you mean {near[0]}?" if near else "`govern schemas list` shows what there is"
        raise Unable(f"there is no subject {subject}; {hint}")
    numbers = wanted.split(".")
    fitting = [v for v in versions if not at or [str(number) for number in v[: len(numbers)]] == numbers]
    if not fitting:
        raise Unable(f"{subject} has no version {wanted}; there are {', '.join(map(written, versions))}")
    return subject, fitting[-1]
