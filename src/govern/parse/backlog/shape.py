"""What can the reader of backlogs say at all? A JSON Schema that admits every value it can make, and little else."""

from typing import Any

_LINE = {"type": "string", "pattern": "^[^\\n]*$"}
_WORDS = {"type": "string", "pattern": "^[^ \\t\\n]([^\\n]*[^ \\t\\n])?$"}
_LIST = {"type": "array", "items": {"type": "string"}}


def shape() -> dict[str, Any]:
    """The shape of backlogs."""
    items = {"type": "array", "items": {"$ref": "#/$defs/item"}, "minItems": 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "frontmatter": {"not": {"type": "null"}},
            "title": _LINE,
            "intro": {"type": "string", "minLength": 1},
            "items": items,
            "sections": {"type": "array", "items": {"$ref": "#/$defs/section"}, "minItems": 1},
            "plan": _object(items=items, phases={"type": "array", "items": {"$ref": "#/$defs/phase"}, "minItems": 1}),
        },
        "additionalProperties": False,
        "$defs": {
            "section": {
                **_object(level={"type": "integer", "minimum": 1, "maximum": 6}, heading=_LINE, items=items),
                "required": ["level", "heading"],
            },
            "phase": _object(
                number={"type": "integer", "minimum": 0, "maximum": 9999},
                name=_LINE,
                quarter={"type": "string", "pattern": "^[Qq][0-9]"},
                duration=_WORDS,
                items=items,
            ),
            "item": _object(
                state={"type": "string", "pattern": "^(open|started|done|\\[\\]|[^\\[\\] \\t\\n]{1,2})$"},
                priority={"type": "string", "pattern": "^[Pp][0-9]+"},
                estimate={"type": ["number", "string", "null"], "minimum": 0, "minLength": 1},
                owner={"type": ["string", "null"], "minLength": 1},
                title=_WORDS,
                depends=_LIST,
                tags={**_LIST, "minItems": 1},
                criteria={**_LIST, "minItems": 1},
            ),
        },
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}
