"""A case under examination: what is settled about one value of one type, and which choices are still open."""

from govern.compat.solver.claims import Alternative, Claim, Demand
from govern.compat.solver.nodes import Items, Node, Properties, Scope
from govern.compat.solver.summary import Summary
from govern.compat.solver.values import Frozen


class State:
    """What is claimed of one value of the type `kind`.

    `units` are the nodes known to hold or not; `atoms` the constraints of the type; `present` the properties that
    must exist, and what is claimed of them; `lacking` those that must not; `demands` the other parts that must exist;
    `choices` the alternatives of which one must hold; `chosen` the values left by `const` and `enum`; `scopes` the
    open ones, with the role of each; `wanted` all that was asked of the value.
    """

    __slots__ = (
        "atoms",
        "choices",
        "chosen",
        "counted",
        "demands",
        "hurried",
        "items",
        "kind",
        "lacking",
        "present",
        "properties",
        "scopes",
        "summaries",
        "summarised",
        "units",
        "wanted",
    )

    def __init__(self, kind: int, wanted: frozenset[Claim]) -> None:
        self.kind = kind
        self.wanted = wanted
        self.units: dict[Node, bool] = {}
        self.counted: set[Claim] = set()
        self.atoms: list[Claim] = []
        self.properties: list[Properties] = []
        self.items: list[Items] = []
        self.demands: list[Demand] = []
        self.present: dict[str, tuple[Claim, ...]] = {}
        self.lacking: set[str] = set()
        self.choices: list[list[Alternative]] = []
        self.chosen: frozenset[Frozen] | None = None
        self.scopes: list[tuple[int, Scope, int]] = []
        self.hurried = False
        self.summaries: list[Summary] = []
        self.summarised = -1

    def copy(self) -> "State":
        """The same case, to go another way from here."""
        twin = State(self.kind, self.wanted)
        twin.units = dict(self.units)
        twin.counted = set(self.counted)
        twin.atoms = list(self.atoms)
        twin.properties = list(self.properties)
        twin.items = list(self.items)
        twin.demands = list(self.demands)
        twin.present = dict(self.present)
        twin.lacking = set(self.lacking)
        twin.choices = list(self.choices)
        twin.chosen = self.chosen
        twin.scopes = list(self.scopes)
        twin.hurried = self.hurried
        twin.summaries = self.summaries
        twin.summarised = self.summarised
        return twin
