"""Is this value in this node? Answered by running down both, with exact numbers.

Also whether a value keeps to the assumption of lenient open content: no object of it has a property that nothing
which applies there declares.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govern.compat.solver import strings
from govern.compat.solver.arena import Arena
from govern.compat.solver.nodes import (
    All,
    Contains,
    Everything,
    Format,
    If,
    ItemCount,
    Items,
    Length,
    Maximum,
    Minimum,
    MultipleOf,
    Names,
    Node,
    Not,
    Nothing,
    One,
    Opaque,
    Pattern,
    Properties,
    PropertyCount,
    Reference,
    Required,
    Scope,
    Some,
    Types,
    Unique,
    Values,
)
from govern.compat.solver.values import Frozen, Mapping, Unsure, type_of


class Applied(NamedTuple):
    """A subschema that applies to a value. `declares` is false for one under an `if`: it evaluates, but its author
    did not describe the object with it.
    """

    node: Node
    declares: bool


class Evaluator:
    """Values against the nodes of one arena."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena

    def admits(self, node: Node, value: Frozen) -> bool:
        """Is the value in the node? Raises Unsure where that cannot be told."""
        kind = type_of(value)
        if not node.may & kind:
            return False
        if node.always & kind:
            return True
        match node:
            case Everything():
                return True
            case Nothing() | Types():
                return False  # `may` and `always` say it all
            case Values():
                return value in node.values
            case All():
                return all(self.admits(child, value) for child in node.nodes)
            case Some():
                return self._some(node.nodes, value)
            case One():
                return sum(self.admits(child, value) for child in node.nodes) == 1
            case Not():
                return not self.admits(node.node, value)
            case If():
                return self.admits(node.then if self.admits(node.condition, value) else node.otherwise, value)
            case Reference():
                return self.admits(self._arena.target(node), value)
            case Opaque():
                raise Unsure(node.reason, node.pointer)
            case Minimum():
                return bool(value > node.limit if node.exclusive else value >= node.limit)
            case Maximum():
                return bool(value < node.limit if node.exclusive else value <= node.limit)
            case MultipleOf():
                return bool((value / node.divisor).denominator == 1)
            case Length() | ItemCount() | PropertyCount():
                return node.least <= len(value) and (node.most is None or len(value) <= node.most)
            case Pattern():
                return strings.found(node.pattern, value)
            case Format():
                known = strings.has_format(node, value)
                if known is None:
                    raise Unsure(f"validators differ on the format {node.name}")
                return known
            case Required():
                return any(name == node.name for name, _ in value)
            case Names():
                return all(self.admits(node.node, name) for name, _ in value)
            case Unique():
                return len(set(value)) == len(value)
            case Contains():
                count = sum(self.admits(node.node, item) for item in value)
                return node.least <= count and (node.most is None or count <= node.most)
            case Items():
                return all(self.admits(child, item) for child, item in _items(node, value))
            case Properties():
                return all(self.admits(child, item) for name, item in value for child in properties_of(node, name))
            case Scope():
                return self.admits(node.body, value) and self._nothing_unevaluated(node, value)
        raise AssertionError(node)

    def is_closed(self, group: Iterable[tuple[Node, bool]], value: Frozen) -> bool:
        """Does the value keep to what the nodes which apply to it declare? Each node comes with `declares`."""
        return self._closed([Applied(node, declares) for node, declares in group], value)

    def _some(self, nodes: tuple[Node, ...], value: Frozen) -> bool:
        unsure = None
        for child in nodes:
            try:
                if self.admits(child, value):
                    return True
            except Unsure as error:
                unsure = error
        if unsure:
            raise unsure
        return False

    def _applied(self, node: Node, value: Frozen, declares: bool) -> Iterator[Applied]:
        """The constraints of a node that apply to a value which is in it, through every applicator."""
        match node:
            case All():
                for child in node.nodes:
                    yield from self._applied(child, value, declares)
            case Some() | One():
                for child in node.nodes:
                    if self.admits(child, value):
                        yield from self._applied(child, value, declares)
            case If():
                holds = self.admits(node.condition, value)
                if holds:
                    yield from self._applied(node.condition, value, False)
                yield from self._applied(node.then if holds else node.otherwise, value, declares)
            case Reference():
                yield from self._applied(self._arena.target(node), value, declares)
            case Scope():
                yield Applied(node, declares)
                yield from self._applied(node.body, value, declares)
            case Properties() | Items() | Contains() | Opaque():
                yield Applied(node, declares)
            case _:
                pass

    def _nothing_unevaluated(self, scope: Scope, value: Frozen) -> bool:
        if isinstance(value, Mapping) and scope.properties:
            applied = [each.node for each in self._applied(scope.body, value, True)]
            for name, item in value:
                if not any(_evaluates(node, name) for node in applied) and not self.admits(scope.properties, item):
                    return False
        elif isinstance(value, tuple) and scope.items and not isinstance(value, Mapping):
            applied = [each.node for each in self._applied(scope.body, value, True)]
            for index, item in enumerate(value):
                if not any(self._evaluates_item(node, index, item) for node in applied) and not self.admits(
                    scope.items, item
                ):
                    return False
        return True

    def _evaluates_item(self, node: Node, index: int, item: Frozen) -> bool:
        if isinstance(node, Items):
            return node.all or index < len(node.prefix)
        if isinstance(node, Contains):
            return node.evaluates and self.admits(node.node, item)
        return isinstance(node, Scope) and node.items is not None

    def _closed(self, group: list[Applied], value: Frozen) -> bool:
        if not isinstance(value, tuple):
            return True
        applied = [each for node, declares in group for each in self._applied(node, value, declares)]
        for node, _ in applied:
            if isinstance(node, Opaque):
                raise Unsure(node.reason, node.pointer)
        if isinstance(value, Mapping):
            declared = any(declares and isinstance(node, Properties) and node.declares for node, declares in applied)
            if declared and not all(any(_evaluates(node, name) for node, _ in applied) for name, _ in value):
                return False
            return all(self._closed(list(self._below(applied, value, name)), item) for name, item in value)
        return all(
            self._closed(list(self._below_item(applied, value, index)), item) for index, item in enumerate(value)
        )

    def _below(self, applied: list[Applied], value: Frozen, name: str) -> Iterator[Applied]:
        for node, declares in applied:
            if isinstance(node, Properties):
                yield from (Applied(child, declares) for child in properties_of(node, name))
            elif isinstance(node, Scope) and node.properties:
                inner = self._applied(node.body, value, True)
                if not any(_evaluates(each.node, name) for each in inner):
                    yield Applied(node.properties, declares)

    def _below_item(self, applied: list[Applied], value: tuple[Frozen, ...], index: int) -> Iterator[Applied]:
        for node, declares in applied:
            if isinstance(node, Items):
                yield Applied(node.prefix[index] if index < len(node.prefix) else node.rest, declares)
            elif isinstance(node, Contains):
                if self.admits(node.node, value[index]):
                    yield Applied(node.node, declares)
            elif isinstance(node, Scope) and node.items:
                inner = self._applied(node.body, value, True)
                if not any(self._evaluates_item(each.node, index, value[index]) for each in inner):
                    yield Applied(node.items, declares)


def properties_of(node: Properties, name: str) -> list[Node]:
    """What a property of this name must be in."""
    child = node.by_name.get(name)
    found = [] if child is None else [child]
    found += [each for pattern, each in node.patterns if strings.found(pattern, name)]
    return found or [node.additional]


def _evaluates(node: Node, name: str) -> bool:
    if isinstance(node, Scope):
        return node.properties is not None
    if not isinstance(node, Properties):
        return False
    if node.all or name in node.by_name:
        return True
    return any(strings.found(pattern, name) for pattern, _ in node.patterns)


def _items(node: Items, value: tuple[Frozen, ...]) -> Iterator[tuple[Node, Frozen]]:
    for index, item in enumerate(value):
        yield (node.prefix[index] if index < len(node.prefix) else node.rest), item
