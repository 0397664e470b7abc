"""What does a schema say, with everything that it refers to, whatever its dialect and its spelling?

A bundle is one schema in 2020-12 without `$id`s: every subschema that a reference leads to stands under `$defs`, by
number in the order of finding; `const` is an `enum` of one, a single type is a list of one. For every place in it the
bundle knows the place it came from.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govern.compat.explain.diff.vocabulary import KEYWORD_TYPES, is_annotation, is_of_type, key_of, type_of
from govern.compat.positions import DIALECTS, NAMED, ONE, SEVERAL
from govern.compat.solver.resources import DRAFT2019, DRAFT2020, Place, Resources, dialect_of
from govern.compat.solver.values import Unsure
from govern.model.location import Path, steps
from govern.validator import Unusable

MAX_DEPTH = 120  # of subschemas in one another; files are read to 100 levels

_KEYWORDS = {dialect: DIALECTS[-1 - index].keywords for index, dialect in enumerate((4, 6, 7, DRAFT2019, DRAFT2020))}
_EVERY_KEYWORD = frozenset().union(*_KEYWORDS.values())
_IDENTITY = frozenset(  # what names a subschema says nothing about values
    ("$id", "id", "$schema", "$defs", "definitions", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary")
)
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


class Origin(NamedTuple):
    """A place in a schema file: the URI that the file is known by, "" for the schema itself, and the path there."""

    file: str
    path: Path


class Bundle:
    """A schema in one piece. `reason` says why it does not mean exactly what the schema means, None where it does."""

    def __init__(self, contents: Any, resources: Mapping[str, Any], dialect: str | None = None) -> None:
        self.source = contents, resources, dialect
        self._resources = Resources(contents, resources, (dialect and dialect_of(dialect)) or DRAFT2020)
        self._files: dict[str, Any] = {"": contents, **resources}
        self._origins: dict[Path, Origin] = {}
        self._definitions: dict[Origin, int] = {}
        self._pending: list[tuple[Place, Origin]] = []
        self.reason: str | None = None
        self.contents: Any = self._schema(self._resources.root, Origin("", ()), ())
        definitions: dict[str, Any] = {}
        while self._pending:
            place, origin = self._pending.pop()
            number = str(self._definitions[origin])
            definitions[number] = self._schema(place, origin, ("$defs", number))
        if definitions:
            self.contents = {**self.contents, "$defs": definitions}

    @property
    def size(self) -> int:
        """How many places it has."""
        return len(self._origins)

    def at(self, path: Path) -> Any:
        """The subschema or value at a path; {} where there is none."""
        return _at(self.contents, path)

    def origin(self, path: Path) -> Origin:
        """Where in the files the subschema, keyword or value at a path came from."""
        end = next(end for end in range(len(path), -1, -1) if path[:end] in self._origins)
        file, start = self._origins[path[:end]]
        return Origin(file, (*start, *path[end:]))

    def has(self, origin: Origin) -> bool:
        """Is there something?"""
        return _steps(self._files[origin.file], tuple(map(str, origin.path))) is not None

    def written(self, origin: Origin) -> Any:
        """What the author wrote there."""
        return _at(self._files[origin.file], origin.path)

    def _schema(self, place: Place, origin: Origin, path: Path) -> Any:
        """The subschema at `place`, which will stand at `path` of the bundle."""
        self._origins[path] = origin
        node = place.contents
        if not isinstance(node, dict):
            return False if node is False else {}
        if len(path) > 2 * MAX_DEPTH:  # two steps a level: ("properties", "name")
            self.reason = f"it is nested deeper than {MAX_DEPTH} levels"
            return {}
        if place.dialect < DRAFT2019 and "$ref" in node:
            node = {"$ref": node["$ref"]}  # its neighbours mean nothing
        result: dict[str, Any] = {}
        for keyword, value, below in _keywords(node, place.dialect):
            here = Origin(origin.file, (*origin.path, *below))
            self._origins[(*path, keyword)] = here
            if keyword in NAMED and isinstance(value, dict):
                result[keyword] = {
                    name: self._inner(item, place, here, (*path, keyword), name) for name, item in value.items()
                }
            elif keyword in SEVERAL and isinstance(value, list):
                result[keyword] = [
                    self._inner(item, place, here, (*path, keyword), index) for index, item in enumerate(value)
                ]
            elif keyword in ONE and not is_annotation(keyword):
                result[keyword] = self._schema(self._resources.place(value, place, keyword), here, (*path, keyword))
            elif keyword in _REFERENCES and isinstance(value, str):
                result["$ref"] = self._reference(value, place)
                self._origins[(*path, "$ref")] = here
            else:
                result[keyword] = value
        return _tidied(result)

    def _inner(self, item: Any, near: Place, keyword: Origin, path: Path, step: str | int) -> Any:
        if isinstance(item, list):  # names, under `dependencies`
            return item
        origin = Origin(keyword.file, (*keyword.path, step))
        return self._schema(self._resources.place(item, near, str(step)), origin, (*path, step))

    def _reference(self, reference: str, near: Place) -> str:
        if self._resources.uses_dynamic_scope:
            self.reason = "what a dynamic reference means depends on the way that led to it"
        try:
            place = self._resources.look_up(reference, near)
        except (Unusable, Unsure):
            self.reason = f"the reference {reference} leads nowhere"
            return reference
        path = steps(place.pointer)
        for file, contents in self._files.items():
            found = _steps(contents, path)
            if found is not None and _at(contents, found) is place.contents:
                return self._definition(place, Origin(file, found))
        return reference.partition("#")[0]  # a meta-schema: nobody changes it

    def _definition(self, place: Place, origin: Origin) -> str:
        if origin == ("", ()):
            return "#"
        if origin not in self._definitions:
            self._definitions[origin] = len(self._definitions)
            self._pending.append((place, origin))
        return f"#/$defs/{self._definitions[origin]}"


def _at(node: Any, path: Path) -> Any:
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return {}
    return node


def _steps(node: Any, words: tuple[str, ...]) -> Path | None:
    """The path that the words of a JSON pointer lead along; None where they leave the value."""
    path: list[str | int] = []
    for word in words:
        step: str | int = int(word) if isinstance(node, list) and word.isdecimal() else word
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return None
        path.append(step)
    return tuple(path)


def _keywords(node: dict[str, Any], dialect: int) -> Iterator[tuple[str, Any, Path]]:
    """The keywords of a subschema as 2020-12 names them, each with the steps to where it stands."""
    alone = [key for key in ("allOf", "anyOf", "oneOf") if isinstance(node.get(key), list) and len(node[key]) == 1]
    inert = _EVERY_KEYWORD - _KEYWORDS[dialect] - {"dependencies"}
    for keyword, value in node.items():
        if keyword in _IDENTITY or keyword in inert:
            continue
        if keyword == "const":
            yield "enum", [value], (keyword,)
        elif keyword in ("exclusiveMinimum", "exclusiveMaximum") and isinstance(value, bool):
            limit = keyword.removeprefix("exclusive").lower()
            if value and limit in node:
                yield keyword, node[limit], (limit,)
        elif keyword in ("minimum", "maximum") and node.get(f"exclusive{keyword.capitalize()}") is True:
            continue
        elif keyword == "items" and isinstance(value, list):
            yield "prefixItems", value, (keyword,)
        elif keyword == "additionalItems":
            if isinstance(node.get("items"), list):
                yield "items", value, (keyword,)
        elif keyword == "dependencies" and dialect < DRAFT2019 and isinstance(value, dict):
            lists = {name: item for name, item in value.items() if isinstance(item, list)}
            schemas = {name: item for name, item in value.items() if not isinstance(item, list)}
            if lists:
                yield "dependentRequired", lists, (keyword,)
            if schemas:
                yield "dependentSchemas", schemas, (keyword,)
        elif alone == [keyword] and (keyword == "allOf" or "allOf" not in node):
            yield "allOf", value, (keyword,)
        else:
            yield keyword, value, (keyword,)


def _types(node: dict[str, Any]) -> list[str]:
    said = node.get("type")
    return [name for name in (said if isinstance(said, list) else [said]) if isinstance(name, str)]


def _tidied(node: dict[str, Any]) -> dict[str, Any] | bool:
    """Without what says nothing: `minLength: 0`, or beside `type: integer`; a type beside an enum that implies it."""
    if "type" in node:
        names = set(_types(node))
        if "number" in names:
            names.discard("integer")
        node["type"] = sorted(names)
        if len(names) == 6:
            del node["type"]
    if isinstance(node.get("enum"), list):
        unique = {key_of(value): value for value in node["enum"]}
        names = set(node.get("type", ()))
        kept = [value for value in unique.values() if not names or any(is_of_type(value, name) for name in names)]
        if not kept:
            return False
        node["enum"] = kept
        node.pop("type", None)
    possible = (
        {type_of(value) for value in node["enum"]} if isinstance(node.get("enum"), list) else set(node.get("type", ()))
    )
    for word in [word for word in node if possible and not KEYWORD_TYPES.get(word, possible) & possible]:
        del node[word]
    if isinstance(node.get("required"), list):
        node["required"] = sorted({name for name in node["required"] if isinstance(name, str)})
    for word, idle in (("minLength", 0), ("minItems", 0), ("minProperties", 0), ("minContains", 1)):
        if word in node and node[word] == idle:
            del node[word]
    if node.get("uniqueItems") is False or not node.get("required", True):
        for word in [word for word in ("uniqueItems", "required") if word in node and not node[word]]:
            del node[word]
    if "contains" not in node:
        node = {word: value for word, value in node.items() if word not in ("minContains", "maxContains")}
    if "if" not in node or not {"then", "else"} & node.keys():
        node = {word: value for word, value in node.items() if word not in ("if", "then", "else")}
    if node.get("not") == {}:
        return False
    return node
