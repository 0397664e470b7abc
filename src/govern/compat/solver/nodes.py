"""What a schema says, in few words: every dialect and every spelling comes down to these nodes.

A node is a set of JSON values. Nodes live in an `Arena`, which makes each only once, so that two subschemas that say
the same thing the same way are the same object, whichever version of the schema they come from. A constraint on one
type (`Length`, `Required`) admits every value of the other types, as in JSON Schema.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any

from govern.compat.solver.values import ARRAY, EVERY_TYPE, NUMBERS, OBJECT, STRING, Frozen


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A set of JSON values. `may` holds the types that it may admit, `always` those that it admits whole; `annotates`
    says that it may call a property or an item evaluated; `serial` is the order of making, which makes every answer
    the same on every machine.
    """

    serial: int = field(init=False, default=0)
    may: int = field(init=False, default=EVERY_TYPE)
    always: int = field(init=False, default=0)
    annotates: bool = field(init=False, default=False)


@dataclass(frozen=True, slots=True, eq=False)
class Everything(Node):
    """`true`."""


@dataclass(frozen=True, slots=True, eq=False)
class Nothing(Node):
    """`false`."""


@dataclass(frozen=True, slots=True, eq=False)
class All(Node):
    """In every one of the nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Some(Node):
    """In at least one of the nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class One(Node):
    """In exactly one of the nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not(Node):
    """Outside the node."""

    node: Node


@dataclass(frozen=True, slots=True, eq=False)
class If(Node):
    """In `then` where in `condition`, in `otherwise` where not."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True, eq=False)
class Reference(Node):
    """A definition that leads to itself: `key` names it, `Arena.target` says what it is."""

    key: Any


@dataclass(frozen=True, slots=True, eq=False)
class Opaque(Node):
    """A set of which we know only that it equals itself: `reason` says why, `pointer` where."""

    key: Any
    reason: str
    pointer: str


@dataclass(frozen=True, slots=True, eq=False)
class Types(Node):
    """Of one of these types: a sum of the bits of `values`."""

    mask: int


@dataclass(frozen=True, slots=True, eq=False)
class Values(Node):
    """One of these values: `const` and `enum`."""

    values: frozenset[Frozen]


@dataclass(frozen=True, slots=True, eq=False)
class Minimum(Node):
    """At least `limit`, or more than it."""

    limit: Fraction
    exclusive: bool


@dataclass(frozen=True, slots=True, eq=False)
class Maximum(Node):
    """At most `limit`, or less than it."""

    limit: Fraction
    exclusive: bool


@dataclass(frozen=True, slots=True, eq=False)
class MultipleOf(Node):
    """A whole number of times `divisor`, which is positive."""

    divisor: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Length(Node):
    """A string of this many code points."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Pattern(Node):
    """A string in which the pattern is found."""

    pattern: str


@dataclass(frozen=True, slots=True, eq=False)
class Format(Node):
    """A string of this format; `disputed` where the validators of its dialect differ on whether it is asserted."""

    name: str
    disputed: bool


@dataclass(frozen=True, slots=True, eq=False)
class ItemCount(Node):
    """An array of this many items."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Items(Node):
    """An array whose first items are in `prefix`, one by one, and every further one in `rest`.

    `all` says that the schema speaks of every item, so that none is left unevaluated.
    """

    prefix: tuple[Node, ...]
    rest: Node
    all: bool


@dataclass(frozen=True, slots=True, eq=False)
class Contains(Node):
    """An array with this many items in `node`; `evaluates` says that such items count as evaluated, as
    validators have it from 2019-09 on.
    """

    node: Node
    least: int
    most: int | None
    evaluates: bool


@dataclass(frozen=True, slots=True, eq=False)
class Unique(Node):
    """An array without two equal items."""


@dataclass(frozen=True, slots=True, eq=False)
class PropertyCount(Node):
    """An object of this many properties."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Required(Node):
    """An object with this property."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Properties(Node):
    """An object whose properties are in `names` by name, in `patterns` by pattern, and the others in `additional`.

    `all` says that the schema speaks of every property, so that none is left unevaluated; `declares` that it lists
    properties, be it none: then its author described the object.
    """

    names: tuple[tuple[str, Node], ...]
    patterns: tuple[tuple[str, Node], ...]
    additional: Node
    all: bool
    declares: bool
    by_name: dict[str, Node] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", dict(self.names))


@dataclass(frozen=True, slots=True, eq=False)
class Names(Node):
    """An object whose property names are in `node`."""

    node: Node


@dataclass(frozen=True, slots=True, eq=False)
class Scope(Node):
    """In `body`, and what no subschema of it has evaluated is in `properties` and `items`; None asks nothing."""

    body: Node
    properties: Node | None
    items: Node | None


OF_TYPE: dict[type[Node], int] = {
    Minimum: NUMBERS,
    Maximum: NUMBERS,
    MultipleOf: NUMBERS,
    Length: STRING,
    Pattern: STRING,
    Format: STRING,
    ItemCount: ARRAY,
    Items: ARRAY,
    Contains: ARRAY,
    Unique: ARRAY,
    PropertyCount: OBJECT,
    Required: OBJECT,
    Properties: OBJECT,
    Names: OBJECT,
}
"""The only type that each of these constrains."""


def arguments(node: Node) -> list[Any]:
    """What a node was made of."""
    return [getattr(node, name) for name in _names(type(node))]


def children(node: Node) -> Iterable[Node]:
    """The nodes that a node speaks of directly."""
    if isinstance(node, (All, Some, One)):
        return node.nodes
    if isinstance(node, Properties):
        return [*(child for _, child in node.names), *(child for _, child in node.patterns), node.additional]
    if isinstance(node, Items):
        return [*node.prefix, node.rest]
    return [part for part in arguments(node) if isinstance(part, Node)]


def _names(kind: type[Node]) -> tuple[str, ...]:
    known = _NAMES.get(kind)
    if known is None:
        known = _NAMES[kind] = tuple(each.name for each in fields(kind) if each.init)
    return known


_NAMES: dict[type[Node], tuple[str, ...]] = {}
