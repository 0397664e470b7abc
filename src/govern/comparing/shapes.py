"""What documents of a subject can be at all: of a structured text, no more than its reader makes of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from govern.model.schema import Kind

if TYPE_CHECKING:
    from govern.compat.compare import Shape


def shape_of(subject: str, kinds: Mapping[str, Kind]) -> Shape | None:
    """The shape of the documents that a subject's schemas judge; None where they may be any value."""
    kind = kinds.get(subject.partition("/")[0])
    if kind is None:
        return None
    form = next((form for form in (kind.form, *kind.forms) if form.subject == subject), None)
    if form is None or form.reader not in ("markdown", "backlog"):
        return None
    from govern.compat.compare import Shape
    from govern.parse import read_text

    if form.reader == "backlog":
        from govern.parse.backlog import shape as backlog
        from govern.parse.backlog.written import written as backlog_written

        return Shape(backlog.shape(), backlog_written, lambda text: read_text("witness.md", text, "backlog").value)
    from govern.parse.markdown.shape import shape
    from govern.parse.markdown.written import written

    return Shape(
        shape(kind.extract),
        lambda value: written(value, kind.extract),
        lambda text: read_text("witness.md", text, "markdown", extract=kind.extract).value,
    )


def spoken(subject: str, kinds: Mapping[str, Kind]) -> frozenset[str]:
    """The names that the reader of a subject's documents gives their parts; empty where others name them."""
    shape = shape_of(subject, kinds)
    objects = [shape.contents, *shape.contents["$defs"].values()] if shape else []
    return frozenset(name for each in objects for name in each.get("properties", ()))
