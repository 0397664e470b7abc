"""What can the reader of markdown say at all? A JSON Schema that admits every value it can make, and little else.

Whether a change of a kind's schema breaks a document is asked within this shape: a value that no text has is no
document.
"""

from collections.abc import Iterable
from typing import Any

from govern.model.pattern import pattern
from govern.model.schema import Extract

# The first group of a pattern, where all in it means the same to an engine of JSON Schema, and looks nowhere else.
_GROUP = pattern(
    r"^(?:[^()\\[]|\\.|\[[^\]]*\]|\(\?[^()]*\))*\(((?:[^()?\\^$]|\?(?![<=!])|\(\?:(?:[^()?\\^$]|\?)*\))*)\)"
)
_LINE = {"type": "string", "pattern": "^[^\\n]*$"}
_TEXT = {"type": "string", "pattern": "^[^ \\t\\n]"}


def shape(extract: Iterable[Extract] = ()) -> dict[str, Any]:
    """The shape of a kind's documents; `extract` are the lists of words that the kind asks for."""
    sections = {f"section{depth}": _section(depth) for depth in range(1, 7)}
    contents = {
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}, "minItems": 1},
        "code": {"type": "array", "items": {"type": "string", "pattern": "^[^ \\t\\n]*$"}, "minItems": 1},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "frontmatter": {"not": {"type": "null"}},
            "title": _LINE,
            "intro": _TEXT,
            **contents,
            "sections": {"type": "array", "items": {"$ref": "#/$defs/section1"}, "minItems": 1},
            **{each.name: _words(each) for each in extract},
        },
        "additionalProperties": False,
        # the first heading is the title if it is an H1
        "if": {"required": ["title"]},
        "else": {"properties": {"sections": {"prefixItems": [{"properties": {"level": {"minimum": 2}}}]}}},
        "$defs": {
            "item": {
                "type": "object",
                "properties": {
                    "number": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
                    "checked": {"type": "boolean"},
                    "label": {"type": "string", "pattern": "^[^*\\n]+$"},
                    "text": {"type": "string", "minLength": 1},
                    "items": contents["items"],
                },
                "additionalProperties": False,
            },
            **sections,
        },
    }


def _words(extract: Extract) -> dict[str, Any]:
    """A list of words that an extract finds: of each, what the group that matches it says by itself."""
    group = _GROUP.search(extract.pattern)
    word: dict[str, Any] = {"type": "string", "minLength": 1}
    if group:
        word["pattern"] = f"^(?:{group[1]})$"
    return {"type": "array", "items": word, "uniqueItems": True}


def _section(depth: int) -> dict[str, Any]:
    """A section that lies in `depth - 1` others: its level is at least that."""
    below = {"type": "array", "items": {"$ref": f"#/$defs/section{min(depth + 1, 6)}"}, "minItems": 1}
    return {
        "type": "object",
        "properties": {
            "level": {"type": "integer", "minimum": depth, "maximum": 6},
            "number": {"type": "integer", "minimum": 0, "maximum": 9999},
            "heading": _LINE,
            "text": _TEXT,
            "items": {"type": "array", "items": {"$ref": "#/$defs/item"}, "minItems": 1},
            "code": {"type": "array", "items": {"type": "string", "pattern": "^[^ \\t\\n]*$"}, "minItems": 1},
            **({"sections": below} if depth < 6 else {}),
        },
        "required": ["level", "heading"],
        "additionalProperties": False,
    }
