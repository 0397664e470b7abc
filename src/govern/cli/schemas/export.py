"""`govern schemas export`: tell editors which schema judges which file."""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govern.cli.schemas.list import default_version, place
from govern.model.document import Reader
from govern.model.schema import Version, written
from govern.session import Session, session_for
from govern.workspace.shelves import FolderShelf

DESCRIPTION = """Print, as JSON, which schema judges which file. vscode: what belongs into .vscode/settings.json
(json.schemas, and yaml.schemas for the YAML extension). catalog: a list in the form of schemastore.org, which other
editors read. Kinds that are markdown or TOML are left out: editors hold no schema against those."""
_TARGET = re.compile(r"([a-z][a-z0-9-]*)(?:@(\d{1,6}))?\Z")
_CATALOG = "https://json.schemastore.org/schema-catalog.json"


class Judged(NamedTuple):
    """Some files, by glob, and the version of a kind that judges them. `unless` takes files out again."""

    subject: str
    version: Version
    reader: Reader
    globs: tuple[str, ...]
    unless: tuple[str, ...] = ()


def run(arguments: Sequence[str]) -> int:
    """Print; the exit code."""
    parser = argparse.ArgumentParser(prog="govern schemas export", description=DESCRIPTION)
    parser.add_argument("form", choices=["vscode", "catalog"])
    parser.add_argument("--base-url", metavar="URL", help="where the schemas are served; else files are named")
    parser.add_argument("--config", metavar="FILE", type=Path, help="use this govern.toml")
    options = parser.parse_args(arguments)
    session = session_for([], Path.cwd(), config=options.config)
    judged = [each for each in _judged(session) if each.reader in ("json", "yaml")]
    made = _vscode(judged, session, options.base_url)
    if options.form == "catalog":
        made = _catalog(judged, session, options.base_url)
    sys.stdout.write(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
    return 0


def _judged(session: Session) -> Iterator[Judged]:
    """What the configuration says of files, then what the kinds themselves do."""
    registry = session.registry
    for glob, target in session.config.table("files").items():
        match = _TARGET.match(target) if isinstance(target, str) else None
        kind = registry.kinds.get(match[1]) if match else None
        version = default_version(kind.name, session, int(match[2]) if match[2] else None) if match and kind else None
        if kind and version:
            reader: Reader = "json" if glob.endswith(".json") else kind.reader
            yield Judged(kind.name, version, reader, (glob,))
    for kind in registry.kinds.values():
        version = default_version(kind.name, session)
        if version and kind.claims:
            globs = tuple(claim.glob for claim in kind.claims)
            unless = tuple(dict.fromkeys(glob for claim in kind.claims for glob in claim.unless))
            yield Judged(kind.name, version, kind.reader, globs, unless)


def _vscode(judged: Sequence[Judged], session: Session, base: str | None) -> dict[str, Any]:
    yaml: dict[str, list[str]] = {}
    plain = []
    for each in judged:
        url = _url(each.subject, each.version, session, base)
        if each.reader == "yaml":
            yaml.setdefault(url, []).extend(each.globs)
        else:
            plain.append({"fileMatch": [*each.globs, *(f"!{glob}" for glob in each.unless)], "url": url})
    return {"json.schemas": plain, "yaml.schemas": yaml}


def _catalog(judged: Sequence[Judged], session: Session, base: str | None) -> dict[str, Any]:
    entries: dict[str, dict[str, Any]] = {}
    for each in judged:
        kind = session.registry.kinds[each.subject]
        entry = entries.setdefault(
            each.subject,
            {
                "name": kind.title,
                "description": kind.description or kind.title,
                "fileMatch": [],
                "url": _url(each.subject, each.version, session, base),
                "versions": {
                    written(version): _url(each.subject, version, session, base)
                    for version in session.registry.versions(each.subject)
                },
            },
        )
        entry["fileMatch"] += [glob for glob in each.globs if glob not in entry["fileMatch"]]
    return {"$schema": _CATALOG, "version": 1, "schemas": list(entries.values())}


def _url(subject: str, version: Version, session: Session, base: str | None) -> str:
    """Where an editor finds a version: as served, as a file of the repository, or wherever it is installed."""
    if base:
        return f"{base.rstrip('/')}/{subject}/{written(version)}.json"
    shelf, path = session.registry.source(subject, version)
    shown = place(subject, version, session)
    if isinstance(shelf, FolderShelf) and not (session.root / shown).is_file():
        return (shelf.folder / path).as_uri()
    return f"./{shown}"
