"""What does a claim about a value come down to? Nodes are taken apart until only constraints of one type are left.

What can hold in several ways becomes a choice of the case; what some part of the value must be like, a demand.
"""

from collections.abc import Iterator

from govern.compat.solver.arena import Arena
from govern.compat.solver.claims import (
    PLAIN,
    WEAK,
    Alternative,
    Broken,
    Claim,
    Demand,
    ItemAt,
    Lacks,
    Present,
    Repeated,
    SomeItem,
    SomeProperty,
)
from govern.compat.solver.nodes import (
    All,
    Contains,
    If,
    ItemCount,
    Items,
    Names,
    Not,
    One,
    Properties,
    PropertyCount,
    Reference,
    Required,
    Scope,
    Some,
    Unique,
    Values,
)
from govern.compat.solver.state import State
from govern.compat.solver.summary import Summaries
from govern.compat.solver.values import ARRAY, EVERY_TYPE, OBJECT, Frozen, Mapping, type_of


class Expander:
    """Takes claims about the nodes of one arena apart."""

    def __init__(self, arena: Arena, summaries: Summaries) -> None:
        self._arena = arena
        self._summaries = summaries
        self._scopes = 0

    def absorb(self, state: State, todo: list[Claim | Demand]) -> bool:
        """Take claims and demands into the state; false where they contradict it."""
        kind = state.kind
        while todo:
            item = todo.pop()
            if not isinstance(item, Claim):
                if isinstance(item, Lacks):
                    state.lacking.add(item.name)
                elif isinstance(item, Present):
                    state.present[item.name] = state.present.get(item.name, ()) + item.claims
                else:
                    state.demands.append(item)
                continue
            node, holds, role, scopes = item
            if not (kind & node.may):
                if holds:
                    return False
                continue
            counted = bool(role or scopes) and holds and node.annotates
            if kind & node.always:
                if not holds:
                    return False
                if not counted:
                    continue
            sign = state.units.get(node)
            if sign is not None:
                if sign is not holds:
                    return False
                if not counted or item in state.counted:
                    continue
            state.units[node] = holds
            if counted:
                state.counted.add(item)
            elif role or scopes:
                item = Claim(node, holds)
            self._expand(state, item, todo)
        return True

    def _expand(self, state: State, item: Claim, todo: list[Claim | Demand]) -> None:
        node, holds, role, scopes = item
        match node:
            case All() if holds:
                todo.extend(Claim(child, True, role, scopes) for child in node.nodes)
            case All():
                state.choices.append([(Claim(child, False),) for child in node.nodes])
            case Some() if holds:
                state.choices.append([(Claim(child, True, role, scopes),) for child in node.nodes])
                if role or scopes:
                    # what counts as evaluated depends on each branch that holds, not only on the first one found
                    for child in node.nodes:
                        if child.annotates:
                            state.choices.append([(Claim(child, False),), (Claim(child, True, role, scopes),)])
            case Some():
                todo.extend(Claim(child, False) for child in node.nodes)
            case One():
                state.choices.append(list(self._one(state, node, holds, role, scopes)))
            case Not():
                todo.append(Claim(node.node, not holds))
            case If():
                weak = min(role, WEAK)
                as_told = (role, scopes) if holds else (PLAIN, ())
                state.choices.append(
                    [
                        (Claim(node.condition, True, weak, scopes), Claim(node.then, holds, *as_told)),
                        (Claim(node.condition, False), Claim(node.otherwise, holds, *as_told)),
                    ]
                )
            case Reference():
                todo.append(Claim(self._arena.target(node), holds, role, scopes))
            case Scope():
                self._scope(state, item, todo)
            case Values() if holds:
                state.chosen = node.values if state.chosen is None else state.chosen & node.values
            case _:
                self._constrain(state, item, todo)

    def _one(self, state: State, node: One, holds: bool, role: int, scopes: tuple[int, ...]) -> Iterator[Alternative]:
        overlaps = self._summaries.overlaps(state.kind, node)
        if holds:
            for branch in node.nodes:
                others = (Claim(other, False) for other in overlaps[branch])
                yield (Claim(branch, True, role, scopes), *others)
            return
        yield tuple(Claim(branch, False) for branch in node.nodes)
        for branch in node.nodes:
            for other in overlaps[branch]:
                if branch.serial < other.serial:
                    yield (Claim(branch, True), Claim(other, True))
        for branch in {each for each in node.nodes if node.nodes.count(each) > 1}:
            yield (Claim(branch, True),)

    def _scope(self, state: State, item: Claim, todo: list[Claim | Demand]) -> None:
        node, holds, role, scopes = item
        assert isinstance(node, Scope)
        self._scopes += 1
        own = self._scopes
        if holds:
            if role or scopes:
                state.atoms.append(item)  # for what lies around it, all is evaluated
            state.scopes.append((own, node, role))
            todo.append(Claim(node.body, True, role, (*scopes, own)))
            return
        alternatives: list[Alternative] = [(Claim(node.body, False),)]
        for of, asked, kind in (("properties", node.properties, OBJECT), ("items", node.items, ARRAY)):
            if asked is not None and state.kind == kind:
                alternatives.append((Claim(node.body, True, PLAIN, (own,)), Broken(own, node, of)))
        state.choices.append(alternatives)

    def _constrain(self, state: State, item: Claim, todo: list[Claim | Demand]) -> None:
        """A constraint of one type: kept, or where it is denied, what that demands."""
        node, holds = item.node, item.holds
        arena = self._arena
        match node:
            case Required():
                todo.append(Present(node.name) if holds else Lacks(node.name))
            case Properties() if not holds:
                state.choices.append(list(_property_breaks(node)))
            case Names() if not holds:
                todo.append(SomeProperty(frozenset(), (), (), (Claim(node.node, False),), ()))
            case Items() if not holds:
                breaks: list[Alternative] = [
                    (ItemAt(index, (Claim(child, False),)),)
                    for index, child in enumerate(node.prefix)
                    if child is not arena.everything
                ]
                if node.rest is not arena.everything:
                    breaks.append((SomeItem(len(node.prefix), (Claim(node.rest, False),)),))
                state.choices.append(breaks)
            case ItemCount() | PropertyCount() | Contains() if not holds:
                inner = (node.node,) if isinstance(node, Contains) else ()
                tail = (False,) if isinstance(node, Contains) else ()
                counts: list[Alternative] = []
                if node.least:
                    counts.append((Claim(arena.of(type(node), *inner, 0, node.least - 1, *tail), True),))
                if node.most is not None:
                    counts.append((Claim(arena.of(type(node), *inner, node.most + 1, None, *tail), True),))
                state.choices.append(counts)
            case Unique() if not holds:
                todo.append(Repeated())
            case Values() if state.kind & (ARRAY | OBJECT):
                for value in sorted(node.values, key=repr):
                    if type_of(value) == state.kind:
                        state.choices.append(list(self._differences(value)))
            case _:
                state.atoms.append(item)
                if isinstance(node, Properties):
                    state.properties.append(node)
                elif isinstance(node, Items):
                    state.items.append(node)

    def _differences(self, value: Frozen) -> Iterator[Alternative]:
        """The ways in which an array or object differs from a given one."""
        arena = self._arena
        if isinstance(value, Mapping):
            yield (SomeProperty(frozenset(name for name, _ in value), (), (), (), ()),)
            for name, item in value:
                yield (Lacks(name),)
                yield (Present(name, (Claim(arena.values([item]), False),)),)
            return
        yield (Claim(arena.of(ItemCount, len(value) + 1, None), True),)
        if value:
            yield (Claim(arena.of(ItemCount, 0, len(value) - 1), True),)
        for index, item in enumerate(value):
            yield (ItemAt(index, (Claim(arena.values([item]), False),)),)


def _property_breaks(node: Properties) -> Iterator[Alternative]:
    """The ways in which an object is outside a node of properties."""
    for name, child in node.names:
        if child.always != EVERY_TYPE:
            yield (Present(name, (Claim(child, False),)),)
    for pattern, child in node.patterns:
        if child.always != EVERY_TYPE:
            yield (SomeProperty(frozenset(), (pattern,), (), (), (Claim(child, False),)),)
    if node.additional.always != EVERY_TYPE:
        names = frozenset(name for name, _ in node.names)
        patterns = tuple(pattern for pattern, _ in node.patterns)
        yield (SomeProperty(names, (), patterns, (), (Claim(node.additional, False),)),)
