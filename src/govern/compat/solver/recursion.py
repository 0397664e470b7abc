"""Which recursive definitions say the same? Those that cannot be told apart become one, whatever they are called."""

from collections.abc import Sequence
from typing import Any

from govern.compat.solver.arena import Arena
from govern.compat.solver.nodes import Node, Reference, arguments

MAX_ROUNDS = 50  # rounds of telling apart; what is not told apart by then stays apart, which costs time, not truth


def merged(arena: Arena, roots: Sequence[Node]) -> list[Node]:
    """The nodes with all references that stand for the same replaced by the first of them.

    Definitions start as all alike and are told apart by what they say of each other, until nothing changes: what is
    still alike then admits the same values.
    """
    references = arena.references
    if not references:
        return list(roots)
    colours = dict.fromkeys(references, 0)
    for _ in range(MAX_ROUNDS):
        shapes: dict[Any, int] = {}
        memo: dict[Node, Any] = {}
        numbers: dict[Any, int] = {}
        refined = {
            each: shapes.setdefault(_shape(arena.target(each), colours, memo, numbers), len(shapes))
            for each in references
        }
        if len(set(refined.values())) == len(set(colours.values())):
            break
        colours = refined
    else:
        return list(roots)
    first: dict[int, Reference] = {}
    for each in references:
        first.setdefault(colours[each], each)
    rebuilt: dict[Node, Node] = {}
    targets = {each: arena.target(each) for each in first.values()}
    for each, target in targets.items():
        arena.resolve(each, arena.rebuilt(target, lambda one: first[colours[one]], rebuilt))
    return [arena.rebuilt(root, lambda one: first[colours[one]], rebuilt) for root in roots]


def _shape(node: Node, colours: dict[Reference, int], memo: dict[Node, int], numbers: dict[Any, int]) -> int:
    """A number for what a node looks like when references are known by their colours only."""
    known = memo.get(node)
    if known is None:
        if isinstance(node, Reference):
            key: Any = ("reference", colours.get(node, node))
        else:
            key = (type(node), *(_seen(part, colours, memo, numbers) for part in arguments(node)))
            if type(node).__name__ in ("All", "Some", "One"):
                key = (type(node), frozenset(key[1]))
        known = memo[node] = numbers.setdefault(key, len(numbers))
    return known


def _seen(part: Any, colours: dict[Reference, int], memo: dict[Node, int], numbers: dict[Any, int]) -> Any:
    if isinstance(part, Node):
        return ("node", _shape(part, colours, memo, numbers))
    if isinstance(part, tuple):
        return tuple(_seen(each, colours, memo, numbers) for each in part)
    return part
