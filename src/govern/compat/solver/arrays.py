"""Is there an array as claimed? How many items it has, and what each must be like."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from govern.compat.solver.claims import UNSAT, Broken, Claim, ItemAt, Repeated, Result, Sat, SomeItem, Unknown
from govern.compat.solver.nodes import Contains, ItemCount, Items, Node, Scope, Unique
from govern.compat.solver.values import Frozen, Unsure

if TYPE_CHECKING:
    from govern.compat.solver.solve import Solver
    from govern.compat.solver.state import State

MAX_ITEMS = 1_000  # items of one witness
MAX_OPTIONS = 256  # ways in which one item meets several demands: eight that it may meet in any combination
MAX_PADDED = 2_000  # items where all further items may be alike; more, and a validator takes a second for the witness
MAX_LAYOUTS = 5_000  # ways to spread demands over the items of one array

Layout = list[tuple[Claim, ...]]


def solve(solver: "Solver", state: "State") -> Result:
    """An array as the state claims, the proof that there is none, or why neither can be said."""
    return _Search(solver, state).answer()


class _Option(NamedTuple):
    """What one item is asked for: the demands it meets, how it counts for each `contains`, and what that claims."""

    placed: frozenset[int]
    counted: tuple[int, ...]
    claims: tuple[Claim, ...]

    def counting(self, number: int) -> "_Option":
        """The same, and it counts for this `contains`."""
        return self._replace(counted=(*self.counted[:number], 1, *self.counted[number + 1 :]))


class _Search:
    def __init__(self, solver: "Solver", state: "State") -> None:
        self._solver = solver
        self._least = 0
        self._most: int | None = None
        self._rules: list[tuple[Items, int]] = []
        self._contains: dict[Node, tuple[int, int | None]] = {}
        self._unique = False
        self._unknown: Unknown | None = None
        self._layouts = 0
        self._known_options: dict[int, list[_Option]] = {}
        self._impossible = False
        self._at: dict[int, tuple[Claim, ...]] = {}
        self._somes: list[SomeItem] = []
        self._repeated = any(isinstance(demand, Repeated) for demand in state.demands)
        # an item that `contains` describes may have what only `contains` declares: then nothing is closed below
        open_below = any(
            claim.role and isinstance(claim.node, Contains) and claim.node.node.annotates for claim in state.atoms
        )
        for claim in state.atoms:
            node = claim.node
            if isinstance(node, Items):
                self._rules.append((node, 0 if open_below else claim.role))
            elif isinstance(node, ItemCount):
                self._least = max(self._least, node.least)
                self._at_most(node.most)
            elif isinstance(node, Contains):
                least, most = self._contains.get(node.node, (0, None))
                limits = [each for each in (most, node.most) if each is not None]
                self._contains[node.node] = (max(least, node.least), min(limits, default=None))
            elif isinstance(node, Unique):
                self._unique = True
        for demand in state.demands:
            if isinstance(demand, ItemAt):
                self._at[demand.position] = self._at.get(demand.position, ()) + demand.claims
            elif isinstance(demand, SomeItem):
                self._somes.append(demand)
        self._add_scopes(state)
        self._head = max(
            [len(node.prefix) for node, _ in self._rules]
            + [index + 1 for index in self._at]
            + [some.start for some in self._somes],
            default=0,
        )

    def answer(self) -> Result:
        if self._impossible or any(most is not None and least > most for least, most in self._contains.values()):
            return UNSAT
        least = max([self._least, *(index + 1 for index in self._at)])
        if self._repeated:
            least = max(least, 2)
        # an item that nothing asks for can go, and no claim is broken by that
        enough = max(least, self._head) + len(self._somes) + sum(low for low, _ in self._contains.values())
        enough += 2 if self._repeated else 0
        most = enough if self._most is None else min(self._most, enough)
        if least > most:
            return UNSAT
        if least > MAX_ITEMS:
            return self._padded(least)
        for length in range(least, min(most, MAX_ITEMS) + 1):
            items = self._of_length(length)
            if items is not None:
                return Sat(items)
        if most > MAX_ITEMS:
            return self._unknown or Unknown(f"an array would need more than {MAX_ITEMS} items", "")
        return self._unknown or UNSAT

    def _padded(self, length: int) -> Result:
        """A long array: a short one as claimed, and after it copies of an item that nothing asks for."""
        short = self._head + len(self._somes) + sum(low for low, _ in self._contains.values())
        short += 2 if self._repeated else 0
        too_long = Unknown(f"an array would need more than {MAX_ITEMS} items", "")
        if self._unique or short > MAX_ITEMS:
            return too_long
        filler = tuple(self._base(short))
        if any(high is not None for _, high in self._contains.values()):
            return too_long
        if not self._has_value(filler):
            return self._unknown or UNSAT
        items = self._of_length(short)
        if items is None:
            return self._unknown or UNSAT
        if length > MAX_PADDED:
            return Unknown(f"an array would need more than {MAX_PADDED} items", "")
        return Sat((*items, *(self._value(filler) for _ in range(length - short))))

    def _at_most(self, most: int | None) -> None:
        if most is not None:
            self._most = most if self._most is None else min(self._most, most)

    def _of_length(self, length: int) -> tuple[Frozen, ...] | None:
        counts = tuple(0 for _ in self._contains)
        for layout in self._spread(length, [], frozenset(range(len(self._somes))), counts, set()):
            self._layouts += 1
            if self._layouts > MAX_LAYOUTS:
                self._unknown = self._unknown or Unknown(f"items can be laid out in more than {MAX_LAYOUTS} ways", "")
                return None
            items = self._filled(layout)
            if items is not None:
                return items
            if not self._unique and not self._repeated:
                return None
        return None

    def _spread(
        self, length: int, layout: Layout, somes: frozenset[int], counts: tuple[int, ...], failed: set[object]
    ) -> Iterator[Layout]:
        """Every way that matters to say of each item what it must be like, after those in `layout`."""
        index = len(layout)
        key = (index, somes, counts)
        bounds = list(self._contains.values())
        left = length - index
        if key in failed or any(low - count > left for (low, _), count in zip(bounds, counts, strict=True)):
            return
        if index == length:
            if not somes:
                yield list(layout)
            return
        self._solver.step()
        found = False
        for option in self._options(index):
            after = tuple(
                count + extra if high is not None else min(count + extra, low)
                for (low, high), count, extra in zip(bounds, counts, option.counted, strict=True)
            )
            if any(high is not None and count > high for (_, high), count in zip(bounds, after, strict=True)):
                continue
            layout.append(option.claims)
            for whole in self._spread(length, layout, somes - option.placed, after, failed):
                found = True
                yield whole
            layout.pop()
        if not found:
            failed.add(key)

    def _options(self, index: int) -> list["_Option"]:
        """What an item can be asked for: demands that it meets, and each `contains` or its opposite.

        Where items need not differ, an item that meets more is as good as one that meets less of the same.
        """
        place = min(index, self._head)
        known = self._known_options.get(place)
        if known is None:
            base = _Option(frozenset(), tuple(0 for _ in self._contains), tuple(self._base(place)))
            found = [base] if self._has_value(base.claims) else []
            for number, (node, (low, high)) in enumerate(self._contains.items()):
                self._bound(found)
                inside, outside = Claim(node, True), Claim(node, False)
                if low and high is not None:
                    found = [*self._with(found, number, 1, inside), *self._with(found, number, 0, outside)]
                elif low:
                    found = [*self._with(found, number, 1, inside), *found]
                elif high is not None:
                    counted = [option.counting(number) for option in found]
                    found = [*self._with(found, number, 0, outside), *counted]
            for number, some in enumerate(self._somes):
                self._bound(found)
                if some.start <= place:
                    met = [
                        option._replace(placed=option.placed | {number}, claims=(*option.claims, *some.claims))
                        for option in found
                    ]
                    found = [*(option for option in met if self._has_value(option.claims)), *found]
            known = self._known_options[place] = self._telling(found)
        return known

    def _with(self, options: list["_Option"], number: int, count: int, claim: Claim) -> list["_Option"]:
        more = [
            (option.counting(number) if count else option)._replace(claims=(*option.claims, claim))
            for option in options
        ]
        return [option for option in more if self._has_value(option.claims)]

    def _bound(self, options: list[_Option]) -> None:
        if len(options) > MAX_OPTIONS:
            raise Unsure(f"an item can meet its demands in more than {MAX_OPTIONS} ways")

    def _telling(self, options: list[_Option]) -> list[_Option]:
        """The options without those that another stands in for, as it meets all that they meet, and more."""
        if self._unique or self._repeated:
            return options
        asked = [frozenset(option.claims) for option in options]
        return [option for option, own in zip(options, asked, strict=True) if not any(own < other for other in asked)]

    def _base(self, index: int) -> list[Claim]:
        claims = list(self._at.get(index, ()))
        for node, role in self._rules:
            claims.append(Claim(node.prefix[index] if index < len(node.prefix) else node.rest, True, role))
        return claims

    def _has_value(self, claims: Iterable[Claim]) -> bool:
        result = self._solver.solve(claims)
        if isinstance(result, Unknown):
            self._unknown = self._unknown or result
        return isinstance(result, Sat)

    def _filled(self, layout: Layout) -> tuple[Frozen, ...] | None:
        if self._repeated:
            return self._with_repetition(layout)
        if self._unique:
            return self._all_different(layout)
        return tuple(self._value(claims) for claims in layout)

    def _value(self, claims: tuple[Claim, ...]) -> Frozen:
        result = self._solver.solve(claims)
        assert isinstance(result, Sat)
        return result.value

    def _with_repetition(self, layout: Layout) -> tuple[Frozen, ...] | None:
        if self._unique:
            return None
        for first, second in combinations(range(len(layout)), 2):
            both = (*layout[first], *layout[second])
            if self._has_value(both):
                values = [self._value(claims) for claims in layout]
                values[first] = values[second] = self._value(both)
                return tuple(values)
        return None

    def _all_different(self, layout: Layout) -> tuple[Frozen, ...] | None:
        """Values for the items, no two equal: with as many values to choose from as there are items, one is left."""
        options: dict[frozenset[Claim], list[Frozen]] = {}
        for claims in layout:
            key = frozenset(claims)
            if key not in options:
                options[key], why = self._solver.members(claims, len(layout))
                if isinstance(why, Unknown):
                    self._unknown = self._unknown or why
        taken: dict[Frozen, int] = {}
        for index in range(len(layout)):
            if not _assign(index, [options[frozenset(claims)] for claims in layout], taken, set()):
                return None
        values: list[Frozen] = [None] * len(layout)
        for value, index in taken.items():
            values[index] = value
        return tuple(values)

    def _add_scopes(self, state: "State") -> None:
        arena = self._solver.arena
        for own, node, role in state.scopes:
            if node.items is not None:
                start, contained, everything = _evaluated([c.node for c in state.atoms if own in c.scopes])
                if not everything:
                    rest = arena.some([*contained, node.items])
                    self._rules.append((arena.of(Items, (arena.everything,) * start, rest, True), role))
        for demand in state.demands:
            if isinstance(demand, Broken) and demand.of == "items":
                start, contained, everything = _evaluated([c.node for c in state.atoms if demand.scope in c.scopes])
                if everything or demand.node.items is None:
                    self._impossible = True
                else:
                    denied = tuple(Claim(node, False) for node in (*contained, demand.node.items))
                    self._somes.append(SomeItem(start, denied))


def _evaluated(nodes: Iterable[Node]) -> tuple[int, list[Node], bool]:
    """How many items from the first on, which others by what they contain, and whether all."""
    start, contained, everything = 0, [], False
    for node in nodes:
        if isinstance(node, Items):
            start = max(start, len(node.prefix))
            everything = everything or node.all
        elif isinstance(node, Contains) and node.evaluates:
            contained.append(node.node)
        elif isinstance(node, Scope) and node.items is not None:
            everything = True
    return start, contained, everything


def _assign(index: int, options: list[list[Frozen]], taken: dict[Frozen, int], seen: set[Frozen]) -> bool:
    """Give an item one of its values, moving others to another of theirs if need be."""
    for value in options[index]:
        if value not in seen:
            seen.add(value)
            if value not in taken or _assign(taken[value], options, taken, seen):
                taken[value] = index
                return True
    return False
