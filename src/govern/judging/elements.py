"""Which element of a list is meant? A schema asks for it by what people know it by: its heading, label or title.

Of a list that must contain something, the element of that name is judged by what is asked of it; only where there is
none it is missing.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from govern.judging import rules, words
from govern.judging.parts import READERS, part
from govern.judging.subschemas import Subschemas
from govern.judging.trouble import Trouble
from govern.model.document import Document
from govern.model.location import Path
from govern.model.spelling import nearest
from govern.validator import Unusable, Validator

_IDENTITIES = ("heading", "label", "title", "name", "text")  # what people know an element of a list by


class Wanted(NamedTuple):
    """An element that a schema asks for: the key that people know it by, its name there, and what tells it."""

    key: str
    name: str
    spelling: Any

    def fits(self, element: Any) -> bool:
        """Does the element bear this name?"""
        value = element.get(self.key) if isinstance(element, dict) else None
        if "const" in self.spelling:
            return bool(value == self.spelling["const"])
        if "enum" in self.spelling:
            return value in self.spelling["enum"]
        try:
            return isinstance(value, str) and Validator({"pattern": self.spelling["pattern"]}).is_valid(value)
        except Unusable:
            return False


def wanted(schema: Any, resource: Any, subschemas: Subschemas) -> Wanted | None:
    """What an element's schema knows it by; None if it asks for no name."""
    for node, _ in always([(schema, resource)], subschemas):
        properties = node.get("properties")
        for key in _IDENTITIES:
            spelling = properties.get(key) if isinstance(properties, dict) else None
            if not isinstance(spelling, dict):
                continue
            if isinstance(spelling.get("const"), str):
                return Wanted(key, spelling["const"], spelling)
            if isinstance(spelling.get("enum"), list) and spelling["enum"]:
                return Wanted(key, str(spelling["enum"][0]), spelling)
            if isinstance(spelling.get("pattern"), str):
                name = spelling.get("title") or node.get("title") or spelling["pattern"]
                return Wanted(key, str(name), spelling)
    return None


def elements(
    errors: list[Any], document: Document, subschemas: Subschemas
) -> tuple[list[Any], list[Trouble], list[Validator]]:
    """The errors but for those about a named element that a list must contain; what to say where there is no such
    element; and for each that is there, a validator of the document that asks for no more than this element.
    """
    rest, troubles, validators = [], [], []
    for error in errors:
        evaluation, path = tuple(error.evaluation_path), tuple(error.instance_path)
        if error.kind.name != "contains" or document.reader not in READERS:
            rest.append(error)
            continue
        evaluation = (*evaluation[:-1], "contains")  # it may end in minContains or maxContains
        schema, resource = subschemas.at(evaluation)
        name = wanted(schema, resource, subschemas)
        if name is None:
            trouble = _nothing(schema, resource, path, document, subschemas)
            if trouble:
                troubles.append(trouble)
            else:
                rest.append(error)
            continue
        meant = [index for index, element in enumerate(error.instance) if name.fits(element)]
        if not meant:
            troubles.append(_absent(name, error.instance, path, document))
            continue
        validator = _only(schema, resource, (*path, meant[0]), subschemas)
        if not validator.is_valid(document.value):
            validators.append(validator)
        elif len(meant) > 1:
            line = document.span((*path, meant[0])).line
            message = f"{part(document, (*path, meant[1]))} stands here again, first in line {line}"
            troubles.append(Trouble((*path, meant[1]), rules.SECTION_UNKNOWN, message))
        else:
            rest.append(error)
    return rest, troubles, validators


def _absent(name: Wanted, elements: list[Any], path: Path, document: Document) -> Trouble:
    thing, rule = ("section", rules.SECTION_MISSING) if path[-1] == "sections" else ("item", rules.ITEM_MISSING)
    around = part(document, path[:-1])
    message = f"{thing} {words.shown(name.name)} is missing" + (f" from {around}" if around else "")
    held = {str(each.get(name.key)): index for index, each in enumerate(elements) if isinstance(each, dict)}
    near = nearest(name.name, held)
    if len(near) == 1 and "pattern" not in name.spelling:
        at = (*path, held[near[0]], name.key)
        message += f"; {words.shown(near[0])} looks like it"
        return Trouble(at, rule, message, hint=f"call it {name.name}", proposal=name.name)
    return Trouble(path[:-1], rule, message, key=name.name)


def _nothing(schema: Any, resource: Any, path: Path, document: Document, subschemas: Subschemas) -> Trouble | None:
    """What to say where nothing is as `schema` asks, which has no name for it; None if it has no title either."""
    described = [node for node, _ in always([(schema, resource)], subschemas) if isinstance(node.get("title"), str)]
    if not described:
        return None
    title, hint = described[0]["title"], described[0].get("description")
    around = part(document, path[:-1])
    message = f"there is no {title}" + (f" in {around}" if around else "")
    rule = rules.SECTION_MISSING if path[-1] == "sections" else rules.ITEM_MISSING
    return Trouble(path[:-1], rule, message, hint=hint if isinstance(hint, str) else None, key=title)


def _only(schema: Any, resource: Any, path: Path, subschemas: Subschemas) -> Validator:
    """A validator that holds the value at `path` to `schema`, a part of `resource`, and asks for nothing else."""
    node: Any = schema
    for step in reversed(path):
        node = {"properties": {step: node}} if isinstance(step, str) else {"prefixItems": [*[True] * step, node]}
    root = {key: resource[key] for key in ("$schema", "$id", "$defs", "definitions") if key in resource}
    return Validator({**root, **node}, subschemas.resources)


def always(schemas: list[tuple[Any, Any]], subschemas: Subschemas) -> Iterator[tuple[dict[str, Any], Any]]:
    """The schemas and those that judge the same value whatever it is: through references and allOf."""
    pending, seen = list(reversed(schemas)), set()
    while pending:
        node, base = pending.pop()
        if not isinstance(node, dict) or id(node) in seen:
            continue
        seen.add(id(node))
        yield node, base
        if isinstance(node.get("$ref"), str):
            pending.append(subschemas.resolve(node["$ref"], base))
        if isinstance(node.get("allOf"), list):
            pending.extend((item, base) for item in reversed(node["allOf"]))
