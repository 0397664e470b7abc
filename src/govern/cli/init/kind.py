"""`govern init --new-kind`: the files of a kind of the organisation's own."""

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from govern.cli.init.putting import put
from govern.model.glob import matcher
from govern.registry import RESERVED
from govern.session import Session, Unable

_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")

KIND = """\
# What a kind of document is. `govern explain kind` lists every key.
kind: {name}
title: {title}s
description: What a {words} is for, in a sentence. `govern explain {name}` shows it.
reader: yaml                        # or json, toml, frontmatter (of markdown), markdown (its sections too)
default: 1                          # the major version that judges documents which pin none
files:
  - glob: "{glob}"
vocabulary:                         # fields that a repository may narrow to a closed list, in its govern.toml
  owner: the team that answers for it
"""

EXAMPLE = """\
name: {name}-one
owner: platform
summary: What this {words} is about, in one sentence.
status: draft
"""


def begin_kind(session: Session, name: str) -> Iterator[str]:
    """Write the kind's files; what was done, line by line."""
    if not _NAME.match(name):
        near = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789")
        hint = f"; such as: govern init --new-kind {near}" if _NAME.match(near) else ""
        raise Unable(f"{name} cannot name a kind: lower-case letters, digits and hyphens, a letter first{hint}")
    if name in RESERVED:
        raise Unable(f"{name} cannot name a kind: folders of that name hold no schemas")
    if name in session.registry.kinds or name in session.registry.broken:
        raise Unable(f"there is a kind {name} already; look at it: govern explain {name}")
    folder = f"{_shelf(session)}{name}"
    files = _files(session, name)
    for file in files:
        if os.path.lexists(session.root / folder / file):
            raise Unable(f"{folder}/{file} is there already; choose another name: govern init --new-kind NAME")
    written: list[Path] = []
    try:
        for file, text in files.items():
            put(session.root, f"{folder}/{file}", text)
            written.append(session.root / folder / file)
    except BaseException:
        for path in written:  # all of them or none
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    yield f"wrote {folder}/: {', '.join(files)}"
    yield f"  1.0.0.json says what a document may hold; {_glob(session, name)} is where kind.yaml looks for them"
    yield f"see it: govern explain {name}"
    yield f"have it judged: git add {folder} && govern check {folder}/kind.yaml && govern schemas lint {name}"
    yield f"begin a document: govern init --kind {name}"


def _shelf(session: Session) -> str:
    """The folder that the repository keeps its own kinds in, with a slash; empty for its top."""
    names = session.config.values.get("schemas", ["schemas"])
    folders = [name for name in names if isinstance(name, str) and not name.startswith("package:")]
    if not folders:
        told = session.config.document.path if session.config.document else "govern.toml"
        raise Unable(f'no folder for kinds of your own: add "schemas" to `schemas` in {told}')
    folder = Path(os.path.normpath(session.config.anchor / folders[0]))
    if folder != session.root and session.root not in folder.parents:
        raise Unable(f"{folders[0]} lies outside the repository")
    path = folder.relative_to(session.root).as_posix()
    return "" if path == "." else path + "/"


def _files(session: Session, name: str) -> dict[str, str]:
    words = name.replace("-", " ")
    title = words.capitalize()
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{_base(session)}{name}:1.0.0",
        "title": title,
        "type": "object",
        "properties": {
            "name": {"description": "What it is called.", "type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
            "owner": {"description": "The team that answers for it.", "type": "string", "minLength": 1},
            "summary": {"description": "What it is about, in one sentence.", "type": "string", "minLength": 10},
            "status": {"description": "How far it is.", "enum": ["draft", "in_force", "retired"]},
        },
        "required": ["name", "owner", "summary", "status"],
        "additionalProperties": False,
    }
    return {
        "kind.yaml": KIND.format(name=name, title=title, words=words, glob=_glob(session, name)),
        "1.0.0.json": _laid_out(schema),
        "example.yaml": EXAMPLE.format(name=name, words=words),
    }


def _glob(session: Session, name: str) -> str:
    """Where its documents will be: a folder of their own, unless there are other files in one of that name."""
    glob = f"{name}s/*.yaml"
    taken = any(map(matcher([glob]).match, session.repository.paths))
    return f"**/*.{name}.yaml" if taken else glob


def _base(session: Session) -> str:
    """What the names of the repository's own schemas begin with."""
    slug = re.sub(r"[^a-z0-9]+", "-", session.root.name.lower()).strip("-")
    return f"urn:{slug if len(slug) > 1 and slug != 'govern' else 'acme'}:"


def _laid_out(schema: dict[str, object]) -> str:
    """JSON, a property a line."""
    lines = []
    for key, value in schema.items():
        if isinstance(value, dict):
            inner = ",\n".join(f"    {json.dumps(name)}: {json.dumps(item)}" for name, item in value.items())
            lines.append(f'  "{key}": {{\n{inner}\n  }}')
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
