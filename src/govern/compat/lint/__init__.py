"""What makes a schema useless, or other than its author meant? Each mistake at its line and column."""

from collections.abc import Iterator

from govern.compat.lint.circles import check_circles
from govern.compat.lint.dead import DeadParts
from govern.compat.lint.keywords import check_keywords
from govern.compat.lint.patterns import check_patterns
from govern.compat.lint.references import check_ids, check_own_id, check_references
from govern.compat.lint.required import check_required
from govern.compat.lint.rules import RULES
from govern.compat.lint.schema_file import Decide, SchemaFile, base_of
from govern.compat.lint.values import check_values
from govern.compat.positions import positions
from govern.model.finding import Finding

__all__ = ["RULES", "Decide", "SchemaFile", "base_of", "check_ids", "lint"]


def lint(schema: SchemaFile, decide: Decide, *, sound: bool = True) -> Iterator[Finding]:
    """What is wrong with one schema file beyond its meta-schema.

    `sound` says that the meta-schema has nothing against it; else what only a working schema can be asked is left out:
    whether it admits anything, and whether it admits its own defaults.
    """
    places = list(positions(schema.contents))
    yield from check_own_id(schema)
    yield from check_keywords(schema, places)
    broken = [
        *check_references(schema, places),
        *check_circles(schema, places),
        *check_patterns(schema, places),
    ]
    yield from broken
    dialect = schema.dialect
    if sound and not broken and dialect is not None:
        yield from check_values(schema, places)
        yield from DeadParts(schema, dialect, {place.path: place for place in places}, decide).findings()
    yield from check_required(schema, places)
