"""Which keys does a list of variables, labels or arguments set twice?"""

from collections.abc import Iterator

from govern.kinds.compose.parts import Table
from govern.kinds.compose.rules import ENVIRONMENT_DUPLICATE
from govern.model.document import Document
from govern.model.finding import Finding, found


def check(document: Document, tables: list[Table]) -> Iterator[Finding]:
    """Of items that are the same to the letter, the schema speaks."""
    for table in tables:
        if not isinstance(table.entries, list):
            continue
        first: dict[str, int] = {}
        for index, item in enumerate(table.entries):
            if not isinstance(item, str):
                continue
            key = item.partition("=")[0].strip()
            earlier = first.setdefault(key, index)
            if earlier != index and item != table.entries[earlier] and key:
                at = (*table.at, index)
                line = document.span((*table.at, earlier)).line
                message = f"{key} stands here again, first in line {line}; the last one counts"
                yield found(
                    ENVIRONMENT_DUPLICATE,
                    document.path,
                    message,
                    span=document.span(at),
                    at=at,
                    hint="keep one",
                    about=key,
                )
