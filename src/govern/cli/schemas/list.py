"""`govern schemas list`: which subjects there are, in which versions, and where from."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from govern.compat.versions.names import is_subject
from govern.model.schema import Version, written
from govern.model.spelling import nearest
from govern.registry import Registry
from govern.session import Session, Unable, session_for
from govern.workspace.shelves import FolderShelf

DESCRIPTION = """List the subjects with their versions, highest last, and where each comes from: a folder of the
repository, an installed package, or govern itself. The version that judges documents which pin none is marked."""


def run(arguments: Sequence[str]) -> int:
    """List; the exit code."""
    parser = argparse.ArgumentParser(prog="govern schemas list", description=DESCRIPTION)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help="only these; event/* means all events")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    parser.add_argument("--config", metavar="FILE", type=Path, help="use this govern.toml")
    options = parser.parse_args(arguments)
    session = session_for([], Path.cwd(), config=options.config)
    subjects = _chosen(options.subjects, session.registry)
    if options.format == "json":
        listed = [_as_json(subject, session) for subject in subjects]
        sys.stdout.write(json.dumps({"version": 1, "subjects": listed}, indent=2, ensure_ascii=False) + "\n")
        return 0
    rows = [row for subject in subjects for row in _rows(subject, session)]
    widths = [max((len(row[index]) for row in rows), default=0) for index in range(3)]
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]))
    return 0


def _chosen(names: Sequence[str], registry: Registry) -> list[str]:
    every = registry.subjects()
    chosen = []
    for name in names:
        several = [subject for subject in every if is_subject(name.rstrip("/"), subject)]
        if not several:
            near = nearest(name, every)
            raise Unable(f"there is no subject {name}" + (f"; did you mean {near[0]}?" if near else ""))
        chosen += several
    return list(dict.fromkeys(chosen)) if names else every


def _rows(subject: str, session: Session) -> list[tuple[str, str, str, str]]:
    registry = session.registry
    default = default_version(subject, session)
    rows: list[tuple[str, str, str, str]] = []
    for version in registry.versions(subject):
        shelf, _ = registry.source(subject, version)
        mark = "*" if version == default else " "
        name = subject if not rows else ""
        rows.append((name, f"{written(version)}{mark}", shelf.name, place(subject, version, session)))
    return rows


def default_version(subject: str, session: Session, major: int | None = None) -> Version | None:
    """The version that judges the documents of a kind which pin none, or pin a major."""
    kind = session.registry.kinds.get(subject)
    if kind is None:
        return None
    wanted = session.config.table("kinds").get(subject, kind.default) if major is None else major
    return max((version for version in session.registry.versions(subject) if version[0] == wanted), default=None)


def place(subject: str, version: Version, session: Session) -> str:
    """Where a version lies: relative to the repository if it is there, else as findings name it."""
    shelf, path = session.registry.source(subject, version)
    if isinstance(shelf, FolderShelf) and session.root in (shelf.folder / path).parents:
        return (shelf.folder / path).relative_to(session.root).as_posix()
    return shelf.shown(path)


def _as_json(subject: str, session: Session) -> dict[str, Any]:
    registry = session.registry
    default = default_version(subject, session)
    by_place = {(schema.subject, schema.version): uri for uri, schema in registry.by_id().items()}
    return {
        "subject": subject,
        "kind": subject in registry.kinds,
        "default": written(default) if default else None,
        "versions": [
            {
                "version": written(version),
                "id": by_place.get((subject, version)),
                "from": registry.source(subject, version)[0].name,
                "path": place(subject, version, session),
            }
            for version in registry.versions(subject)
        ],
    }
