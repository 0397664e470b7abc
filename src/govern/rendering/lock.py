"""`govern.lock`: which template and values each rendered file comes from. The same records give the same bytes."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from govern.rendering.spelling import in_json
from govern.rendering.tokens import Delimiters

NAME = "govern.lock"
HEAD = "# Written by govern render: where each rendered file comes from. Edit the template or the values, not this.\n"

# What a recorded file is, beside what its template gives now: `unrecorded` is a file that nobody rendered, `missing`
# one that is not there, `diverged` one that was edited while its template, or a value, moved on.
State: TypeAlias = Literal["current", "edited", "behind", "diverged", "missing", "unrecorded"]


class Record(NamedTuple):
    """One target: its file, what it was rendered from, and what came of it. `part` is the file within a template that
    is a folder; the digests are those of the template's file and of the rendered one.
    """

    path: str
    template: str
    part: str
    source: str
    digest: str
    values: Mapping[str, Any]
    delimiters: Delimiters = Delimiters()

    @property
    def subject(self) -> str:
        """The template without its version."""
        return self.template.partition("@")[0]


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, as the lock writes it."""
    import hashlib

    return "sha256:" + hashlib.sha256(data).hexdigest()


def state(record: Record | None, data: bytes | None, fresh: Record) -> State:
    """What a target is: `data` are the bytes of its file, None without one; `fresh` is what would be recorded now."""
    if data is None:
        return "missing"
    if record is None:
        return "unrecorded"
    moved = record != fresh
    if digest(data) == record.digest:
        return "behind" if moved else "current"
    if digest(data) == fresh.digest:
        return "behind"  # somebody wrote what is to be written anyway: only the record is behind
    return "diverged" if moved else "edited"


def records(value: Any) -> dict[str, Record]:
    """The records in the value of a lock that its schema admits, by path."""
    result = {}
    for item in value.get("target", ()):
        result[item["path"]] = Record(
            item["path"],
            item["template"],
            item.get("part", ""),
            item["template-digest"],
            item["digest"],
            item.get("values", {}),
            Delimiters(*item["delimiters"]) if "delimiters" in item else Delimiters(),
        )
    return result


def text(targets: Iterable[Record]) -> str:
    """The lock that holds some records."""
    lines = [HEAD, "version = 1\n"]
    for record in sorted(targets, key=lambda record: record.path):
        lines.append("\n[[target]]\n")
        entries: dict[str, Any] = {"path": record.path, "template": record.template}
        if record.part:
            entries["part"] = record.part
        if record.delimiters != Delimiters():
            entries["delimiters"] = list(record.delimiters)
        entries |= {"template-digest": record.source, "digest": record.digest}
        lines += [f"{key} = {in_json(value)}\n" for key, value in entries.items()]
        if record.values:
            lines.append("\n[target.values]\n")
            lines += [f"{key} = {_value(value)}\n" for key, value in sorted(record.values.items())]
    return "".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, float):
        written = in_json(value)
        return written if re.search(r"[.e]", written) else written + ".0"
    return in_json(value)
