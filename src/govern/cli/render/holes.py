"""`govern render --list-vars`: what templates ask for, which values they get, and where each is used."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govern.cli.options import format_of
from govern.filling.library import Templates
from govern.filling.plan import Order, of_order, opened_for, valued
from govern.model.location import Span
from govern.rendering.manifest import Hole
from govern.rendering.spelling import in_json
from govern.rendering.template import Template
from govern.rendering.values import Origin, Source
from govern.report import Report
from govern.report.concise import clean, render
from govern.session import Session

MAX_SHOWN = 60  # characters of a value in the table


class Row(NamedTuple):
    """One hole, its value (None without one) and its uses."""

    hole: Hole
    origin: Origin | None
    uses: list[tuple[str, Span]]


def show(
    session: Session,
    library: Templates,
    orders: Sequence[Order],
    sources: Sequence[Source],
    options: argparse.Namespace,
) -> int:
    """Print the holes of the templates that are named, or that the configuration renders; the exit code."""
    listed: list[tuple[Order, Template, list[Row]]] = []
    failed = False
    for order in orders:
        opened = opened_for(library, order, session.root)
        if opened.template is None:
            failed = True
            report = Report(opened.findings, 1, 0, 0, lambda path, number: "", str)
            sys.stderr.write(render(report))
            continue
        origins, _ = valued(opened.template, of_order(order, sources))
        uses = opened.template.places()
        rows = [
            Row(hole, origins.get(name), uses.get(name, [])) for name, hole in opened.template.manifest.holes.items()
        ]
        listed.append((order, opened.template, rows))
    if format_of(options) == "json":
        value = {"version": 1, "templates": [_as_json(*each) for each in listed]}
        print(json.dumps(value, indent=2))
    else:
        sys.stdout.writelines(line + "\n" for line in _table(listed))
    return int(failed and not options.exit_zero)


def _table(listed: Sequence[tuple[Order, Template, list[Row]]]) -> Iterator[str]:
    for index, (order, template, rows) in enumerate(listed):
        if index:
            yield ""
        yield f"{clean(template.name)}{f' → {clean(order.to)}' if order.to else ''}"
        width = max((len(row.hole.name) for row in rows), default=0)
        for row in rows:
            needed = "required" if row.hole.required else "optional"
            yield f"  {row.hole.name:<{width}}  {row.hole.kind}, {needed}; {_value(row)}"
            if row.hole.description:
                yield f"  {'':<{width}}  {clean(row.hole.description)}"
            places = [f"{path}:{span.line}:{span.column}" for path, span in row.uses]
            more = f" and {len(places) - 5} more" if len(places) > 5 else ""
            yield f"  {'':<{width}}  {'used at ' + ', '.join(places[:5]) + more if places else 'not used'}"
        if not rows:
            yield "  it asks for nothing"


def _value(row: Row) -> str:
    if row.origin is None:
        example = f", such as {_shown(row.hole.example)}" if row.hole.example is not None else ""
        return f"no value{example}"
    shown = "a secret" if row.hole.secret else _shown(row.origin.value)
    return f"{shown}, from {_origin(row.origin)}"


def _shown(value: Any) -> str:
    text = clean(in_json(value))
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _origin(origin: Origin) -> str:
    label = origin.source.label
    return (
        "the manifest's default"
        if label == "default"
        else f"{label} in {origin.source.document.path}"
        if (origin.source.document and label.startswith("["))
        else label
    )


def _as_json(order: Order, template: Template, rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "template": template.name,
        "path": template.path,
        "to": order.to,
        "holes": [
            {
                "name": row.hole.name,
                "type": row.hole.kind,
                "schema": row.hole.schema,
                "required": row.hole.required,
                "secret": row.hole.secret,
                "description": row.hole.description,
                "default": None if row.hole.secret else row.hole.default,
                "example": row.hole.example,
                "origin": row.origin.source.label if row.origin else None,
                "value": None if row.hole.secret or row.origin is None else row.origin.value,
                "uses": [{"path": path, "line": span.line, "column": span.column} for path, span in row.uses],
            }
            for row in rows
        ],
    }
