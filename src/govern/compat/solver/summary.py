"""What is plain of a node at a glance: enough to see that two branches of a union exclude each other."""

from collections.abc import Callable
from typing import NamedTuple

from govern.compat.solver.arena import Arena
from govern.compat.solver.nodes import All, Node, One, Properties, Reference, Required, Scope, Some, Values
from govern.compat.solver.values import EVERY_TYPE, INTEGER, OBJECT, WHOLE, Frozen, Unsure, type_of

MAX_BRANCHES = 500  # of a oneOf, each held against each: a quarter of a second
DEPTH = 4  # a discriminator is a property of the branch, or one below it


class Summary(NamedTuple):
    """A superset of a node: its types, for those of `listed` the only values, and what objects must have and what
    that is like.
    """

    may: int = EVERY_TYPE
    listed: int = 0
    values: frozenset[Frozen] = frozenset()
    required: frozenset[str] = frozenset()
    properties: dict[str, "Summary"] = {}  # noqa: RUF012  never changed


def summarise(node: Node, target: Callable[[Reference], Node], depth: int = DEPTH) -> Summary:
    """The summary of a node; `target` says what a reference stands for."""
    if not depth:
        return Summary(node.may)
    match node:
        case Values():
            return Summary(node.may, EVERY_TYPE, node.values)
        case Required():
            return Summary(required=frozenset((node.name,)))
        case Properties():
            return Summary(properties={name: summarise(child, target, depth - 1) for name, child in node.names})
        case All():
            made = Summary(node.may)
            for child in node.nodes:
                made = _both(made, summarise(child, target, depth))
            return made
        case Some() | One():
            made = summarise(node.nodes[0], target, depth - 1)
            for child in node.nodes[1:]:
                made = _either(made, summarise(child, target, depth - 1))
            return made
        case Reference():
            return summarise(target(node), target, depth - 1)
        case Scope():
            return summarise(node.body, target, depth)
    return Summary(node.may)


def apart(one: Summary, other: Summary, kinds: int = EVERY_TYPE) -> bool:
    """Is there plainly no value of these types in both?"""
    common = one.may & other.may & kinds
    if not common:
        return True
    listed = common & one.listed & other.listed
    if listed:
        shared = 0
        for value in one.values & other.values:
            kind = type_of(value)
            shared |= kind | WHOLE if kind == INTEGER else kind
        common &= ~listed | shared
    if common != OBJECT:
        return not common
    first, second = (one, other) if len(one.properties) <= len(other.properties) else (other, one)
    for name, summary in first.properties.items():
        known = second.properties.get(name)
        if known and (name in one.required or name in other.required) and apart(summary, known):
            return True
    return False


def _both(one: Summary, other: Summary) -> Summary:
    values = one.values | other.values
    if one.listed and other.listed:
        values = frozenset(
            value
            for value in values
            if (value in one.values or not type_of(value) & one.listed)
            and (value in other.values or not type_of(value) & other.listed)
        )
    properties = one.properties
    if other.properties:
        properties = dict(properties)
        for name, summary in other.properties.items():
            known = properties.get(name)
            properties[name] = _both(known, summary) if known else summary
    return Summary(one.may & other.may, one.listed | other.listed, values, one.required | other.required, properties)


def _either(one: Summary, other: Summary) -> Summary:
    listed = (one.listed | EVERY_TYPE & ~one.may) & (other.listed | EVERY_TYPE & ~other.may)
    if not one.may & OBJECT:
        required, properties = other.required, other.properties
    elif not other.may & OBJECT:
        required, properties = one.required, one.properties
    else:
        required = one.required & other.required
        properties = {
            name: _either(summary, other.properties[name])
            for name, summary in one.properties.items()
            if name in other.properties
        }
    return Summary(one.may | other.may, listed, one.values | other.values, required, properties)


class Summaries:
    """The summaries of the nodes of one arena, each made once."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._known: dict[Node, Summary] = {}
        self._overlaps: dict[tuple[int, One], dict[Node, list[Node]]] = {}

    def of(self, node: Node) -> Summary:
        """What is plain of a node."""
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = summarise(node, self._arena.target)
        return known

    def overlaps(self, kinds: int, node: One) -> dict[Node, list[Node]]:
        """For each branch those others that may hold for the same value of these types."""
        known = self._overlaps.get((kinds, node))
        if known is None:
            if len(node.nodes) > MAX_BRANCHES:
                raise Unsure(f"a oneOf has more than {MAX_BRANCHES} branches")
            summaries = [self.of(branch) for branch in node.nodes]
            known = {
                branch: [
                    other
                    for second, other in enumerate(node.nodes)
                    if second != first and not apart(summaries[first], summaries[second], kinds)
                ]
                for first, branch in enumerate(node.nodes)
            }
            self._overlaps[kinds, node] = known
        return known
