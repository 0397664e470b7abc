"""What a template asks for: its holes, as the manifest beside it declares them, or as its tokens imply."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from govern.model.document import Document
from govern.rendering.tokens import Delimiters

# What a hole says beside JSON Schema, and what JSON Schema only annotates.
OWN = frozenset({"required", "default", "description", "example", "secret"})


class Hole(NamedTuple):
    """One thing that a template asks for. `schema` is the JSON Schema of its value, `default` None without one."""

    name: str
    schema: dict[str, Any]
    required: bool = True
    default: Any = None
    description: str = ""
    example: Any = None
    secret: bool = False

    @property
    def type(self) -> str:
        """The JSON Schema type of its value."""
        told = self.schema.get("type")
        if isinstance(told, str):
            return told
        allowed = self.schema.get("enum") or [""]
        return _TYPES.get(type(allowed[0]), "string")

    @property
    def kind(self) -> str:
        """What people call its type: an enum, a date, a list, else the type itself."""
        if "enum" in self.schema:
            return "enum"
        return str(self.schema.get("format") or {"array": "list"}.get(self.type, self.type))


_TYPES = {bool: "boolean", int: "integer", float: "number", list: "array"}


class Manifest(NamedTuple):
    """The holes of a template by name; `document` is the file that declares them, None where its tokens do."""

    holes: Mapping[str, Hole]
    delimiters: Delimiters | None = None
    description: str = ""
    document: Document | None = None


def declared(document: Document) -> Manifest:
    """The manifest in a document that its schema admits."""
    value = document.value
    holes = {}
    for name, told in value.get("holes", {}).items():
        told = told or {}
        schema = {key: item for key, item in told.items() if key not in OWN}
        if "type" not in schema and "enum" not in schema:
            schema["type"] = "string"
        holes[name] = Hole(
            name,
            schema,
            told.get("required", "default" not in told),
            told.get("default"),
            told.get("description", ""),
            told.get("example"),
            told.get("secret", False),
        )
    pair = value.get("delimiters")
    return Manifest(holes, Delimiters(*pair) if pair else None, value.get("description", ""), document)


def implied(names: Iterable[str]) -> Manifest:
    """The manifest of a template without one: every token is a required string."""
    return Manifest({name: Hole(name, {"type": "string"}) for name in names})
