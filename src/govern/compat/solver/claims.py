"""What is claimed of a value while we look for one: that it is in a node or is not, or that it has some part."""

from typing import Final, NamedTuple, TypeAlias

from govern.compat.solver.nodes import Node, Scope
from govern.compat.solver.values import Frozen

PLAIN: Final = 0
WEAK: Final = 1
WRITER: Final = 2
"""How a node counts where open content is lenient: not at all, as one under an `if` (what it names is evaluated, but
its author did not describe the object with it), or as one that describes the object.
"""


class Claim(NamedTuple):
    """The value is in the node, or (`holds` false) outside it. `scopes` are the scopes that what it evaluates counts
    for.
    """

    node: Node
    holds: bool
    role: int = PLAIN
    scopes: tuple[int, ...] = ()


class Present(NamedTuple):
    """There is a property of this name, and its value is as claimed."""

    name: str
    claims: tuple[Claim, ...] = ()


class Lacks(NamedTuple):
    """There is no property of this name."""

    name: str


class SomeProperty(NamedTuple):
    """Some property, its name none of `names`, with all of the patterns `within` and none of `without` found in it,
    and as claimed, has a value as claimed.
    """

    names: frozenset[str]
    within: tuple[str, ...]
    without: tuple[str, ...]
    name_claims: tuple[Claim, ...]
    claims: tuple[Claim, ...]


class ItemAt(NamedTuple):
    """There is an item at this position, from 0 on, as claimed."""

    position: int
    claims: tuple[Claim, ...]


class SomeItem(NamedTuple):
    """Some item, not before `start`, is as claimed."""

    start: int
    claims: tuple[Claim, ...]


class Repeated(NamedTuple):
    """Two items are equal."""


class Broken(NamedTuple):
    """Something that the scope has left unevaluated is not in the node that it asks for: a property, or an item."""

    scope: int
    node: Scope
    of: str


Demand: TypeAlias = Present | Lacks | SomeProperty | ItemAt | SomeItem | Repeated | Broken
Alternative: TypeAlias = tuple[Claim | Demand, ...]


class Sat(NamedTuple):
    """A value that is as claimed."""

    value: Frozen


class Unsat(NamedTuple):
    """No value is as claimed."""


class Unknown(NamedTuple):
    """Neither a value nor the proof that there is none."""

    reason: str
    pointer: str


Result: TypeAlias = Sat | Unsat | Unknown

UNSAT: Final = Unsat()
