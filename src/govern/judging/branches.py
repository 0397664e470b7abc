"""Which branch of `anyOf` or `oneOf` did the author mean? By its discriminator, else by its type; else it stays
open.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from govern.judging.subschemas import Subschemas
from govern.judging.words import either, options, types
from govern.model.location import Path


class Branch(NamedTuple):
    """One branch, the errors that it gave, and what a person would call it."""

    number: int
    errors: Sequence[Any]
    title: str


def branches(error: Any, subschemas: Subschemas) -> list[Branch]:
    """The branches of an `anyOf` or `oneOf` error."""
    evaluation = tuple(error.evaluation_path)
    result = []
    for index, errors in enumerate(error.kind.context):
        schema, resource = subschemas.at((*evaluation, index))
        result.append(Branch(index, errors, _title(schema, resource, index, subschemas)))
    return result


def meant(candidates: list[Branch], path: Path) -> list[Branch]:
    """The branches that the author may have meant: one, if that can be told; none, if no branch takes a value of
    this type.
    """
    fitting = [branch for branch in candidates if not any(_rejects_outright(error, path) for error in branch.errors)]
    if len(fitting) <= 1:
        return fitting
    for key in sorted({key for branch in fitting for key in _discriminated(branch, path)}):
        agreeing = [branch for branch in fitting if key not in _discriminated(branch, path)]
        if agreeing and len(agreeing) < len(fitting):
            fitting = agreeing
    return fitting


def discriminators(candidates: Sequence[Branch], path: Path) -> list[tuple[str, list[Any]]]:
    """The keys that every branch wants to hold some fixed value, which it does not; with all of these values."""
    keys = set.intersection(*(_discriminated(branch, path) for branch in candidates)) if len(candidates) > 1 else set()
    return [(key, [value for branch in candidates for value in _fixed(branch, path, key)]) for key in sorted(keys)]


def lacking(candidates: Sequence[Branch], path: Path) -> list[str]:
    """The keys that every branch wants and that are not there: without them it stays open which branch is meant."""
    wanted = [_missing(branch, path) for branch in candidates]
    return sorted(set.intersection(*wanted)) if len(wanted) > 1 else []


def expectation(branch: Branch, path: Path) -> str | None:
    """What a branch that rejects the value outright would have taken, in words."""
    for error in branch.errors:
        if tuple(error.instance_path) == path:
            kind = error.kind
            if kind.name == "type":
                return types(kind.types)
            if kind.name == "const":
                return options([kind.expected_value])
            if kind.name == "enum":
                return options(kind.options)
    return None


def _rejects_outright(error: Any, path: Path) -> bool:
    return tuple(error.instance_path) == path and error.kind.name in ("type", "const", "enum", "falseSchema")


def _discriminated(branch: Branch, path: Path) -> set[str]:
    """The keys whose fixed value the branch says is another one."""
    return {
        error.instance_path[-1]
        for error in branch.errors
        if error.kind.name in ("const", "enum")
        and tuple(error.instance_path[:-1]) == path
        and isinstance(error.instance_path[-1], str)
    }


def _fixed(branch: Branch, path: Path, key: str) -> list[Any]:
    """The values that a branch allows for one of its discriminating keys."""
    for error in branch.errors:
        if tuple(error.instance_path) == (*path, key):
            if error.kind.name == "const":
                return [error.kind.expected_value]
            if error.kind.name == "enum":
                return list(error.kind.options)
    return []


def _missing(branch: Branch, path: Path) -> set[str]:
    return {e.kind.property for e in branch.errors if e.kind.name == "required" and tuple(e.instance_path) == path}


def _title(schema: Any, resource: Any, index: int, subschemas: Subschemas) -> str:
    title = subschemas.described(schema, resource, "title")
    if title:
        return title
    for node, _ in subschemas.in_place(schema, resource):
        if "const" in node or "enum" in node:
            return options([node["const"]] if "const" in node else node["enum"])
        if isinstance(node.get("required"), list) and node["required"]:
            return f"with {either(map(str, node['required']), 'and')}"
        if "type" in node:
            return types([node["type"]] if isinstance(node["type"], str) else node["type"])
    return f"form {index + 1}"
