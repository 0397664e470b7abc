"""Which of the ways still open can a value go? Choices are settled by what is known, before any is tried."""

from collections.abc import Callable, Iterable

from govern.compat.solver.claims import Alternative, Claim, Demand, ItemAt, Lacks, Present, SomeItem, SomeProperty
from govern.compat.solver.expand import Expander
from govern.compat.solver.nodes import All, Node, Not, One, Properties, Reference, Required, Scope, Some, Values
from govern.compat.solver.state import State
from govern.compat.solver.summary import Summaries, Summary, apart
from govern.compat.solver.values import Unsure

MAX_LOOKS = 100_000  # alternatives weighed for one question: about a second; real schemas need some thousands
MAX_TOGETHER = 8  # demands on one property weighed together before a choice: all of them are, once all are made


class Chooser:
    """Settles choices. `is_none` says of claims whether provably no value is as claimed."""

    def __init__(self, expander: Expander, summaries: Summaries, is_none: Callable[[Iterable[Claim]], bool]) -> None:
        self._expander = expander
        self._summaries = summaries
        self._is_none = is_none
        self._looks = 0

    def simplify(self, state: State) -> bool:
        """Settle the choices that the state decides; false where one of them has no way out."""
        settled = True
        while settled:
            settled = False
            remaining, state.choices = state.choices, []
            for choice in remaining:
                alive = []
                for alternative in choice:
                    status = self.status(state, alternative)
                    if status is True:
                        break
                    if status is None:
                        alive.append(alternative)
                else:
                    if not alive:
                        return False
                    if len(alive) > 1:
                        state.choices.append(alive)
                        continue
                    if not self._expander.absorb(state, list(alive[0])):
                        return False
                    settled = True
        return True

    def status(self, state: State, alternative: Alternative) -> bool | None:
        """True where the state implies the alternative, False where it excludes it."""
        self._looks += 1
        if self._looks > MAX_LOOKS:
            raise Unsure(f"more than {MAX_LOOKS} alternatives would have to be weighed")
        implied = True
        for item in alternative:
            status = self._claim_status(state, item) if isinstance(item, Claim) else self._demand_status(state, item)
            if status is False:
                return False
            if status is None:
                implied = False
        return implied or None

    def _claim_status(self, state: State, item: Claim) -> bool | None:
        node, holds, role, scopes = item
        counted = bool(role or scopes) and holds and node.annotates
        if not state.kind & node.may:
            return not holds
        if state.kind & node.always:
            return None if counted else holds
        sign = state.units.get(node)
        if sign is not None:
            if sign is not holds:
                return False
            return None if counted and item not in state.counted else True
        if isinstance(node, All):
            if any(state.units.get(child) is False for child in node.nodes):
                return not holds
        elif isinstance(node, Some):
            if any(state.units.get(child) is True for child in node.nodes):
                return None if counted else holds
        elif isinstance(node, Required):
            if node.name in state.lacking:
                return not holds
            if node.name in state.present:
                return holds
        elif isinstance(node, Not):
            sign = state.units.get(node.node)
            if sign is not None:
                return sign is not holds
        if isinstance(node, (All, Some, One, Reference, Scope, Values, Properties)):
            own = self._summaries.of(node)
            if any(apart(own, other, state.kind) for other in self._plain(state)):
                return not holds
        return None

    def _demand_status(self, state: State, demand: Demand) -> bool | None:
        match demand:
            case Lacks():
                return False if demand.name in state.present else True if demand.name in state.lacking else None
            case Present():
                if demand.name in state.lacking:
                    return False
                if not demand.claims and demand.name in state.present:
                    return True
                known = [child for each in state.properties for child in self._of_name(each, demand.name)]
                claims = demand.claims + state.present.get(demand.name, ())[:MAX_TOGETHER]
                return False if self._impossible(known, claims) else None
            case SomeProperty():
                for each in state.properties:
                    if any(
                        pattern in demand.within and _contradicts(child, demand.claims)
                        for pattern, child in each.patterns
                    ):
                        return False
                    if (
                        demand.names.issuperset(each.by_name)
                        and all(pattern in demand.without for pattern, _ in each.patterns)
                        and (_contradicts(each.additional, demand.claims))
                    ):
                        return False
            case ItemAt():
                at = demand.position
                known = [each.prefix[at] if at < len(each.prefix) else each.rest for each in state.items]
                return False if self._impossible(known, demand.claims) else None
            case SomeItem():
                known = [each.rest for each in state.items if len(each.prefix) <= demand.start]
                return False if self._impossible(known, demand.claims) else None
        return None

    def _impossible(self, known: list[Node], claims: tuple[Claim, ...]) -> bool:
        """Is there no part that is in all of the nodes and as claimed? Asked before a choice that would need one."""
        if any(_contradicts(child, claims) for child in known):
            return True
        return self._is_none([*claims, *(Claim(child, True) for child in known)])

    def _of_name(self, node: Properties, name: str) -> list[Node]:
        """What a property must be in, as far as that is quickly seen."""
        child = node.by_name.get(name)
        if child is not None:
            return [child]
        return [] if node.patterns else [node.additional]

    def _plain(self, state: State) -> list[Summary]:
        """What is plain of the positive claims so far."""
        if state.summarised != len(state.units):
            state.summaries = [
                self._summaries.of(node)
                for node, holds in state.units.items()
                if holds and isinstance(node, (All, Reference, Values))
            ]
            state.summarised = len(state.units)
        return state.summaries


def most_telling(choices: list[list[Alternative]]) -> list[Alternative]:
    """Which choice comes first.

    What the value is, before what it is not, for that tells of each alternative whether it is still open. But where
    it is only one thing that the value must not be, its ways are few; and a condition that holds or does not says
    little by itself.
    """
    telling = [choice for choice in choices if not _is_condition(choice)]
    denied = [choice for choice in telling if not is_positive(choice)]
    if len(denied) == 1:
        return denied[0]
    return min(telling or choices, key=lambda choice: (not is_positive(choice), len(choice)))


def is_positive(choice: list[Alternative]) -> bool:
    first = choice[0][0]
    return isinstance(first, Claim) and first.holds


def _is_condition(choice: list[Alternative]) -> bool:
    if len(choice) != 2:
        return False
    one, other = choice[0][0], choice[1][0]
    return isinstance(one, Claim) and isinstance(other, Claim) and one.node is other.node


def _contradicts(node: Node, claims: tuple[Claim, ...]) -> bool:
    """Is it plain that a value in the node is not as claimed?"""
    for claim in claims:
        if claim.holds:
            if not node.may & claim.node.may:
                return True
        elif claim.node is node or not node.may & ~claim.node.always:
            return True
    return not node.may
