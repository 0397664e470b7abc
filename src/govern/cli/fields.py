"""A schema's fields as `govern explain` lists them: what each may hold, whether it must be there, and what it is for;
one level below where that helps.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govern.judging import words
from govern.judging.elements import always, wanted
from govern.judging.parts import missing_part
from govern.judging.subschemas import Subschemas

MAX_BELOW = 15  # fields below a field that are described; of more, only the names are listed
_NARROW = 30  # columns that a description takes at least
_INSIDE = "  "
_PLURAL = {"string": "strings", "integer": "integers", "number": "numbers", "mapping": "mappings", "list": "lists"}


class Field(NamedTuple):
    """A field and what describes it: a schema, the resource it stands in."""

    name: str
    schema: Any
    resource: Any
    required: bool


def fields(contents: Any, resources: dict[str, Any], closed: Mapping[str, Sequence[str]], columns: int) -> list[str]:
    """The lines about the fields of a schema. `closed` are the words that the vocabulary leaves to some."""
    return list(_Listing(Subschemas(contents, resources), closed, columns).block(contents, contents, "  ", 0))


class _Listing:
    def __init__(self, subschemas: Subschemas, closed: Mapping[str, Sequence[str]], columns: int) -> None:
        self.subschemas = subschemas
        self.closed = closed
        self.columns = columns

    def block(self, schema: Any, resource: Any, indent: str, depth: int) -> Iterator[str]:
        """The fields of an object, each with what it holds."""
        named = self._fields(schema, resource)
        width = max((len(field.name) for field in named), default=0)
        for field in named:
            what = [self._values(field.schema, field.resource), "required" if field.required else ""]
            if field.name in self.closed and (depth == 0 or indent.startswith("    ")):
                what.append(f"here {words.options(self.closed[field.name])}")
            yield f"{indent}{field.name:<{width}}  {'; '.join(filter(None, what))}"
            inner = f"{indent}{'':<{width}}  "
            yield from self._wrapped(self.subschemas.described(field.schema, field.resource) or "", inner)
            if depth == 0:
                yield from self._below(field, indent + "    ")

    def _below(self, field: Field, indent: str) -> Iterator[str]:
        """What is inside a field: the keys of a mapping, or of the items of a list, or the sections of a text."""
        sections = list(self._elements(field, indent))
        if sections:
            yield from sections
            return
        for each, what in self._inside(field):
            below = self._fields(*each)
            if not below:
                continue
            if what:
                yield f"{indent}{what}:"
                indent += _INSIDE
            if len(below) <= MAX_BELOW:
                yield from self.block(*each, indent, 1)
            else:
                yield from self._wrapped(", ".join(one.name for one in below), indent)
            return

    def _inside(self, field: Field) -> Iterator[tuple[tuple[Any, Any], str]]:
        """Where there may be keys, and whose they are."""
        yield (field.schema, field.resource), ""
        for node, base in self.subschemas.in_place(field.schema, field.resource):
            for keyword in ("items", "additionalProperties"):
                if isinstance(node.get(keyword), dict):
                    yield (node[keyword], base), "each"
            patterns = node.get("patternProperties")
            for inner in patterns.values() if isinstance(patterns, dict) else ():
                yield (inner, base), "each"

    def _elements(self, field: Field, indent: str) -> Iterator[str]:
        """The elements that a list asks for by name, such as the sections of a text."""
        for node, base in always([(field.schema, field.resource)], self.subschemas):
            ordered = node.get("prefixItems")
            least = node.get("minItems", 0)
            for index, item in enumerate(ordered if isinstance(ordered, list) else ()):
                must = isinstance(least, int) and index < least
                yield from self._element(item, base, indent, f"{index + 1}. ", must=must)
            if isinstance(node.get("contains"), dict) and node.get("minContains", 1) != 0:
                yield from self._element(node["contains"], base, indent, "", must=True)

    def _element(self, schema: Any, resource: Any, indent: str, number: str, *, must: bool) -> Iterator[str]:
        element = wanted(schema, resource, self.subschemas)
        if element is None:
            return
        needs = [
            missing_part(field.name)
            for field in self._fields(schema, resource)
            if field.required and field.name not in (element.key, "level")
        ]
        what = ["required" if must else "may be left out", f"with {words.either(needs, 'and')}" if needs else ""]
        yield f"{indent}{number}{element.name}  {'; '.join(filter(None, what))}"
        yield from self._wrapped(
            self.subschemas.described(schema, resource) or "", indent + " " * len(number) + _INSIDE
        )

    def _fields(self, schema: Any, resource: Any) -> list[Field]:
        """The fields that an object may have, those of what it refers to first where they come first."""
        required = {
            key
            for node, _ in always([(schema, resource)], self.subschemas)
            if isinstance(node.get("required"), list)
            for key in node["required"]
        }
        result: dict[str, Field] = {}
        for node, base in self.subschemas.in_place(schema, resource):
            properties = node.get("properties")
            for key, inner in properties.items() if isinstance(properties, dict) else ():
                if key not in result or (isinstance(inner, dict) and "description" in inner):
                    result[key] = Field(key, inner, base, key in required)
        return list(result.values())

    def _values(self, schema: Any, resource: Any) -> str:
        """What a field may hold, in a few words."""
        for node, base in self.subschemas.in_place(schema, resource):
            if isinstance(node.get("enum"), list):
                return words.options(node["enum"]).removeprefix("one of ").replace(", ", " | ")
            if "const" in node:
                return words.shown(node["const"])
            types = node.get("type")
            if not types or not isinstance(types, (str, list)):
                continue
            types = [types] if isinstance(types, str) else types
            said = words.types(types).removeprefix("a ").removeprefix("an ")
            if types == ["array"] and isinstance(node.get("items"), dict):
                first, _, rest = self._values(node["items"], base).partition(" ")
                several = first if rest.startswith("or ") else _PLURAL.get(first, first)
                return f"{said} of {several} {rest}".rstrip()
            if isinstance(node.get("format"), str):
                return str(node["format"])
            return f"{said} matching {node['pattern']}" if isinstance(node.get("pattern"), str) else said
        return "anything"

    def _wrapped(self, text: str, indent: str) -> Iterator[str]:
        for line in textwrap.wrap(text, max(self.columns - len(indent), _NARROW)):
            yield indent + line
