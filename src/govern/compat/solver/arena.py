"""Where nodes are made, each only once and as simple as can be seen at a glance."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, TypeVar

from govern.compat.solver import values
from govern.compat.solver.nodes import (
    OF_TYPE,
    All,
    Contains,
    Everything,
    If,
    Items,
    Names,
    Node,
    Not,
    Nothing,
    One,
    Opaque,
    Properties,
    Reference,
    Scope,
    Some,
    Types,
    Values,
    arguments,
    children,
)
from govern.compat.solver.values import ARRAY, EVERY_TYPE, OBJECT, Frozen

N = TypeVar("N", bound=Node)

_SERIAL = attrgetter("serial")


class Arena:
    """Makes nodes, each only once."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[Any, ...], Node] = {}
        self._targets: dict[Reference, Node] = {}
        self.everything = self._make(Everything)
        self.nothing = self._make(Nothing)
        _set(self.everything, EVERY_TYPE, EVERY_TYPE)
        _set(self.nothing, 0, 0)

    def _make(self, kind: type[N], *arguments: Any) -> N:
        key = (kind, *arguments)
        node = self._nodes.get(key)
        if node is None:
            node = kind(*arguments)
            object.__setattr__(node, "serial", len(self._nodes))
            own = OF_TYPE.get(kind)
            if own is not None:
                _set(node, EVERY_TYPE, EVERY_TYPE & ~own)
            if _annotates(node):
                object.__setattr__(node, "annotates", True)
            self._nodes[key] = node
        return node  # type: ignore[return-value]  # the key holds the class

    def of(self, kind: type[N], *arguments: Any) -> N:
        """A node that needs no simplifying."""
        return self._make(kind, *arguments)

    # References

    def reference(self, key: Any) -> Reference:
        return self._make(Reference, key)

    def resolve(self, reference: Reference, node: Node) -> None:
        """Say what a reference stands for."""
        self._targets[reference] = node

    def target(self, reference: Reference) -> Node:
        """What a reference stands for."""
        return self._targets[reference]

    @property
    def references(self) -> list[Reference]:
        """Every reference that stands for something, in the order of making."""
        return list(self._targets)

    # Nodes that simplify

    def types(self, mask: int) -> Node:
        if mask == EVERY_TYPE:
            return self.everything
        if not mask:
            return self.nothing
        node = self._make(Types, mask)
        _set(node, mask, mask)
        return node

    def values(self, chosen: Iterable[Frozen]) -> Node:
        wanted = frozenset(chosen)
        if not wanted:
            return self.nothing
        if wanted == {None}:
            return self.types(values.NULL)
        if wanted == {values.TRUE, values.FALSE}:
            return self.types(values.BOOLEAN)
        node = self._make(Values, wanted)
        may = 0
        for value in wanted:
            kind = values.type_of(value)
            may |= kind | values.WHOLE if kind == values.INTEGER else kind
        _set(node, may, values.NULL if None in wanted else 0)
        return node

    def all(self, nodes: Iterable[Node]) -> Node:
        kept: dict[Node, None] = {}
        mask = EVERY_TYPE
        pending = list(nodes)[::-1]
        while pending:
            node = pending.pop()
            if isinstance(node, All):
                pending.extend(reversed(node.nodes))
            elif isinstance(node, Types):
                mask &= node.mask
            elif node is self.nothing:
                return node
            elif node is not self.everything:
                kept[node] = None
        may = mask
        for node in kept:
            may &= node.may
        if not may:
            return self.nothing
        if mask != EVERY_TYPE:
            # what constrains only types that are excluded says nothing
            kept = {node: None for node in kept if mask & ~node.always or node.annotates}
            if not kept:
                return self.types(mask)
            kept[self.types(mask)] = None
        if len(kept) < 2:
            return next(iter(kept), self.everything)
        node = self._make(All, tuple(sorted(kept, key=_SERIAL)))
        always = EVERY_TYPE
        for child in kept:
            always &= child.always
        _set(node, may, always)
        return node

    def some(self, nodes: Iterable[Node]) -> Node:
        kept: dict[Node, None] = {}
        mask = 0
        chosen: set[Frozen] = set()
        pending = list(nodes)[::-1]
        while pending:
            node = pending.pop()
            if isinstance(node, Some):
                pending.extend(reversed(node.nodes))
            elif isinstance(node, Types):
                mask |= node.mask
            elif isinstance(node, Values):
                chosen |= node.values
            elif node is self.everything:
                mask = EVERY_TYPE
            elif node is not self.nothing:
                kept[node] = None
        if mask:
            # beside everything, a branch still says what it evaluates
            if mask == EVERY_TYPE:
                kept = {node: None for node in kept if node.annotates}
            kept[self.types(mask)] = None
            chosen = {value for value in chosen if not values.type_of(value) & mask}
        if chosen:
            kept[self.values(chosen)] = None
        if len(kept) < 2:
            return next(iter(kept), self.nothing)
        node = self._make(Some, tuple(sorted(kept, key=_SERIAL)))
        may = always = 0
        for child in kept:
            may |= child.may
            always |= child.always
        _set(node, may, always)
        return node

    def one(self, nodes: Iterable[Node]) -> Node:
        kept = [node for node in nodes if node is not self.nothing]
        seen = 0
        for node in kept:
            if seen & node.may:
                break
            seen |= node.may
        else:
            return self.some(kept)
        made = self._make(One, tuple(sorted(kept, key=_SERIAL)))
        _set(made, seen | _union(kept), 0)
        return made

    def negate(self, node: Node) -> Node:
        if isinstance(node, Not) and not node.node.annotates:
            return node.node  # what is denied twice holds, but it says no longer what it evaluates
        if isinstance(node, (Types, Everything, Nothing)):
            return self.types(EVERY_TYPE & ~node.may)
        made = self._make(Not, node)
        _set(made, EVERY_TYPE & ~node.always, EVERY_TYPE & ~node.may)
        return made

    def when(self, condition: Node, then: Node, otherwise: Node) -> Node:
        if condition is self.everything:
            return then
        if condition is self.nothing:
            return otherwise
        made = self._make(If, condition, then, otherwise)
        _set(made, then.may & condition.may | otherwise.may & ~condition.always, then.always & otherwise.always)
        return made

    def scope(self, body: Node, properties: Node | None, items: Node | None) -> Node:
        if properties is None and items is None:
            return body
        made = self._make(Scope, body, properties, items)
        whole = body.always & ~(OBJECT if properties else 0) & ~(ARRAY if items else 0)
        _set(made, body.may, whole)
        return made

    # Rebuilding

    def rebuilt(self, node: Node, replaced: Callable[[Reference], Node], memo: dict[Node, Node]) -> Node:
        """The node with its references replaced."""
        known = memo.get(node)
        if known is not None:
            return known
        made = self._rebuilt(node, replaced, memo)
        memo[node] = made
        return made

    def _rebuilt(self, node: Node, replaced: Callable[[Reference], Node], memo: dict[Node, Node]) -> Node:
        if isinstance(node, Reference):
            return replaced(node)
        if isinstance(node, All):
            return self.all(self.rebuilt(child, replaced, memo) for child in node.nodes)
        if isinstance(node, Some):
            return self.some(self.rebuilt(child, replaced, memo) for child in node.nodes)
        if isinstance(node, One):
            return self.one([self.rebuilt(child, replaced, memo) for child in node.nodes])
        if isinstance(node, Not):
            return self.negate(self.rebuilt(node.node, replaced, memo))
        if isinstance(node, (If, Scope)):
            parts = [part and self.rebuilt(part, replaced, memo) for part in arguments(node)]
            return self.when(*parts) if isinstance(node, If) else self.scope(*parts)
        if isinstance(node, Properties):
            return self._make(
                Properties,
                tuple((name, self.rebuilt(child, replaced, memo)) for name, child in node.names),
                tuple((pattern, self.rebuilt(child, replaced, memo)) for pattern, child in node.patterns),
                self.rebuilt(node.additional, replaced, memo),
                node.all,
                node.declares,
            )
        if isinstance(node, Items):
            prefix = tuple(self.rebuilt(child, replaced, memo) for child in node.prefix)
            return self._make(Items, prefix, self.rebuilt(node.rest, replaced, memo), node.all)
        if isinstance(node, Contains):
            inner = self.rebuilt(node.node, replaced, memo)
            return self._make(Contains, inner, node.least, node.most, node.evaluates)
        if isinstance(node, Names):
            return self._make(Names, self.rebuilt(node.node, replaced, memo))
        return node


def _annotates(node: Node) -> bool:
    if isinstance(node, (All, Some, One, If)):
        return any(child.annotates for child in children(node))
    return isinstance(node, (Properties, Items, Contains, Scope, Reference, Opaque))


def _union(nodes: Iterable[Node]) -> int:
    mask = 0
    for node in nodes:
        mask |= node.may
    return mask


def _set(node: Node, may: int, always: int) -> None:
    object.__setattr__(node, "may", may)
    object.__setattr__(node, "always", always)
