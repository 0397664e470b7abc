"""A second opinion: jsonschema-rs's canonical algebra, which proves containment in its own way.

The only module that knows that algebra. It cannot be interrupted, so what a schema may cost it is estimated first.
"""

from typing import Any

import jsonschema_rs
from jsonschema_rs import canonical

MAX_BRANCHES = 256  # ways through the applicators of one place: eight plain conditions took it more than a second
MAX_NODES = 3_000  # objects and arrays of a schema


def covers(reader: Any, writer: Any, *, draft: int, formats: bool) -> bool | None:
    """Does the algebra prove that `reader` admits all that `writer` does? None where it was not asked, or cannot say.

    False is never an answer: it proves containment only.
    """
    if _cost(reader) * _cost(writer) > MAX_BRANCHES or _size(reader) + _size(writer) > MAX_NODES:
        return None
    try:
        sides = [
            jsonschema_rs.canonicalize(each, draft=draft, validate_formats=formats, offline=True)
            for each in (reader, writer)
        ]
        return True if sides[0].covers(sides[1]) == canonical.Containment.YES else None
    except Exception:  # what it cannot model it refuses in many ways, and no answer is all that this is about
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a bug of the library, which it cannot raise as an Exception
            raise
        return None


def _cost(schema: Any) -> int:
    """How many ways there are through the applicators of a schema, at most, in the costliest place."""
    if isinstance(schema, list):
        return max(map(_cost, schema), default=1)
    if not isinstance(schema, dict):
        return 1
    ways = 1
    for keyword, inner in schema.items():
        if keyword in ("anyOf", "oneOf") and isinstance(inner, list):
            ways *= max(1, sum(map(_cost, inner)))
        elif keyword == "allOf" and isinstance(inner, list):
            for each in inner:
                ways *= _cost(each)
        elif keyword == "if":
            ways *= 2 * _cost(inner)
        elif keyword in ("not", "then", "else"):
            ways *= _cost(inner)
        elif keyword in ("dependentSchemas", "dependencies", "dependentRequired") and isinstance(inner, dict):
            ways *= 2 ** min(len(inner), 30)
        else:
            ways = max(ways, _cost(inner))
        if ways > MAX_BRANCHES:
            return ways
    return ways


def _size(schema: Any) -> int:
    pending, size = [schema], 0
    while pending:
        node = pending.pop()
        if isinstance(node, (dict, list)):
            size += 1
            pending.extend(node.values() if isinstance(node, dict) else node)
    return size
