"""Does a reference lead back to itself without ever getting to another part of the value?"""

from collections.abc import Iterable, Iterator, Sequence

from govern.compat.lint.rules import REFERENCE_CIRCULAR
from govern.compat.lint.schema_file import IN_PLACE, Links, SchemaFile
from govern.compat.positions import Position
from govern.model.finding import Finding, found
from govern.model.location import Path, pointer


def check_circles(schema: SchemaFile, places: Iterable[Position]) -> Iterator[Finding]:
    """The references on a way that leads from a value to the same value, for ever."""
    known = {place.path: place for place in places}
    links = Links(schema.base, known)
    edges: dict[Path, list[Path]] = {}
    for path, place in known.items():
        if place.keyword in IN_PLACE or place.keyword == "not":
            edges.setdefault(place.parent, []).append(path)
        target = links.target(place.schema)
        if target is not None:
            edges.setdefault(path, []).append(target)
    blamed = {min((path for path in circle if "$ref" in known[path].schema), key=pointer) for circle in _circles(edges)}
    for path in sorted(blamed, key=pointer):
        at = (*path, "$ref")
        yield found(
            REFERENCE_CIRCULAR,
            schema.document.path,
            f"the reference {known[path].schema['$ref']} leads back to itself, and judges nothing on the way",
            span=schema.document.span(at),
            at=at,
            hint="refer to it below properties or items, where the value gets smaller",
        )


def _circles(edges: dict[Path, list[Path]]) -> Iterator[Sequence[Path]]:
    """At least one circle in every part of the graph that has any."""
    done: set[Path] = set()
    for start in edges:
        if start in done:
            continue
        way, on_way = [start], {start}
        pending = [iter(edges[start])]
        while pending:
            path = next(pending[-1], None)
            if path is None:
                pending.pop()
                last = way.pop()
                on_way.discard(last)
                done.add(last)
            elif path in on_way:
                yield way[way.index(path) :]
            elif path not in done:
                way.append(path)
                on_way.add(path)
                pending.append(iter(edges.get(path, ())))
