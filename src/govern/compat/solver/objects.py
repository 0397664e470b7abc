"""Is there an object as claimed? Which properties it has, by what they are called, and what each must be like."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from govern import regex
from govern.compat.solver import strings
from govern.compat.solver.arena import Arena
from govern.compat.solver.claims import (
    PLAIN,
    UNSAT,
    WRITER,
    Broken,
    Claim,
    Result,
    Sat,
    SomeProperty,
    Unknown,
)
from govern.compat.solver.evaluate import properties_of
from govern.compat.solver.nodes import Names, Node, Opaque, Pattern, Properties, PropertyCount, Scope
from govern.compat.solver.values import STRING, Mapping, Unsure

if TYPE_CHECKING:
    from govern.compat.solver.solve import Solver
    from govern.compat.solver.state import State

MAX_PROPERTIES = 1_000  # properties of one witness
MAX_REGIONS = 128  # combinations of patterns looked at for one name: six that overlap in every way


def solve(solver: "Solver", state: "State") -> Result:
    """An object as the state claims, the proof that there is none, or why neither can be said."""
    return _Search(solver, state).answer()


class _Search:
    def __init__(self, solver: "Solver", state: "State") -> None:
        self._solver = solver
        self._least = 0
        self._most: int | None = None
        self._rules: list[tuple[Properties, int]] = []
        self._names: list[Node] = []
        self._unknown: Unknown | None = None
        self._required = state.present
        self._lacking = state.lacking
        self._somes: list[SomeProperty] = []
        self._impossible = False
        self._visited = 0
        for claim in state.atoms:
            node = claim.node
            if isinstance(node, Properties):
                self._rules.append((node, claim.role))
            elif isinstance(node, PropertyCount):
                self._least = max(self._least, node.least)
                if node.most is not None:
                    self._most = node.most if self._most is None else min(self._most, node.most)
            elif isinstance(node, Names):
                self._names.append(node.node)
        for demand in state.demands:
            if isinstance(demand, SomeProperty):
                self._somes.append(demand)
        self._add_scopes(state)
        self._explicit = sorted({name for node, _ in self._rules for name, _ in node.names} | self._required.keys())
        self._patterns = sorted({pattern for node, _ in self._rules for pattern, _ in node.patterns})

    def answer(self) -> Result:
        if self._impossible or any(name in self._lacking for name in self._required):
            return UNSAT
        if self._least > MAX_PROPERTIES:
            return Unknown(f"an object would need more than {MAX_PROPERTIES} properties", "")
        for name, claims in self._required.items():
            if not self._may_be_called(name) or not self._has_value(name, claims):
                return self._unknown or UNSAT
        found = self._place(0, dict(self._required))
        if found is None:
            return self._unknown or UNSAT
        pairs = []
        for name, claims in found.items():
            value = self._solver.solve(self._claims(name, claims))
            assert isinstance(value, Sat)
            pairs.append((name, value.value))
        return Sat(Mapping(sorted(pairs)))

    # Placing what must be there

    def _place(self, index: int, chosen: dict[str, tuple[Claim, ...]]) -> dict[str, tuple[Claim, ...]] | None:
        """Give each property that must exist a name, in every way that could matter."""
        if self._most is not None and len(chosen) > self._most:
            return None
        if index == len(self._somes):
            return self._fill(chosen)
        demand = self._somes[index]
        for name in self._candidates(demand, chosen):
            claims = chosen.get(name, ()) + demand.claims
            if self._has_value(name, claims):
                found = self._place(index + 1, chosen | {name: claims})
                if found is not None:
                    return found
        return None

    def _candidates(self, demand: SomeProperty, chosen: Iterable[str]) -> Iterator[str]:
        known = dict.fromkeys([*chosen, *self._explicit])
        for name in known:
            if name not in self._lacking and name not in demand.names and self._may_be_called(name):
                matches = all(strings.found(pattern, name) for pattern in demand.within)
                if matches and not any(strings.found(pattern, name) for pattern in demand.without):
                    as_claimed = self._name_as_claimed(demand, name)
                    if as_claimed:
                        yield name
        of = self._solver.arena.of
        names = [Claim(of(Pattern, pattern), True) for pattern in demand.within]
        names += [Claim(of(Pattern, pattern), False) for pattern in demand.without]
        taken = {*known, *demand.names, *self._lacking}
        for found in self._fresh([*names, *demand.name_claims], taken, 1, list(demand.claims)):
            yield from found

    def _name_as_claimed(self, demand: SomeProperty, name: str) -> bool:
        return all(self._solver.evaluator.admits(node, name) is holds for node, holds, _, _ in demand.name_claims)

    def _fill(self, chosen: dict[str, tuple[Claim, ...]]) -> dict[str, tuple[Claim, ...]] | None:
        """Add properties until there are enough."""
        missing = self._least - len(chosen)
        if missing <= 0:
            return chosen
        if self._most is not None and self._least > self._most:
            return None
        filled = dict(chosen)
        for name in self._explicit:
            free = missing and name not in filled and name not in self._lacking
            if free and self._may_be_called(name) and self._has_value(name, ()):
                filled[name] = ()
                missing -= 1
        if missing:
            for names in self._fresh([], {*filled, *self._explicit, *self._lacking}, missing, []):
                if names and self._has_value(names[0], ()):
                    for name in names[:missing]:
                        filled[name] = ()
                        missing -= 1
                if not missing:
                    break
        return None if missing else filled

    # Names

    def _fresh(
        self, name_claims: list[Claim], taken: set[str], wanted: int, claims: list[Claim]
    ) -> Iterator[list[str]]:
        """Names as claimed that nobody has mentioned, some for each combination of patterns that they match, where a
        value as claimed may have such a name.
        """
        if not name_claims and not self._names and not self._patterns:
            yield list(_plain_names(taken, wanted))
            return
        name_claims = [*name_claims, *(Claim(node, True) for node in self._names)]
        language = ~regex.literals(sorted(taken))
        try:
            for node, holds, _, _ in name_claims:
                own = self._solver.string_set(node)
                language &= own if holds else ~own
        except Unsure:
            # a format that is no language: then the names are strings like any other, and asked for as such
            arena = self._solver.arena
            name_claims += [Claim(arena.types(STRING), True), Claim(arena.values(taken), False)]
            yield from self._fresh_strings(name_claims, 0, wanted, claims)
            return
        odd: list[list[str]] = []
        try:
            for region in self._regions(language, 0, claims):
                names = region.members(wanted)
                # validators differ on which line breaks a dot matches: names without any come first
                if all(name.isprintable() for name in names):
                    yield names
                else:
                    odd.append(names)
        except regex.TooLarge as error:
            yield from odd
            raise Unsure(f"the property names cannot be computed with: {error}") from None
        except Unsure:
            yield from odd
            raise
        yield from odd

    def _fresh_strings(
        self, name_claims: list[Claim], index: int, wanted: int, claims: list[Claim]
    ) -> Iterator[list[str]]:
        """The same, one combination of patterns after the other."""
        self._visited += 1
        if self._visited > MAX_REGIONS:
            raise Unsure(f"more than {MAX_REGIONS} combinations of name patterns would have to be looked at")
        if index == len(self._patterns):
            names, why = self._solver.members(name_claims, wanted)
            if isinstance(why, Unknown):
                self._unknown = self._unknown or why
            if names:
                yield names
            return
        pattern = self._patterns[index]
        matching = self._solver.arena.of(Pattern, pattern)
        yield from self._fresh_strings([*name_claims, Claim(matching, False)], index + 1, wanted, claims)
        more = self._asked_of(pattern)
        if self._solver.solve([*claims, *more]) is not UNSAT:
            further = [*name_claims, Claim(matching, True)]
            yield from self._fresh_strings(further, index + 1, wanted, [*claims, *more])

    def _asked_of(self, pattern: str) -> list[Claim]:
        """What a name that matches a pattern asks of its value."""
        return [
            Claim(child, True, role) for node, role in self._rules for own, child in node.patterns if own == pattern
        ]

    def _regions(self, language: regex.Language, index: int, claims: list[Claim]) -> Iterator[regex.Language]:
        """The parts of a language by which patterns, from `index` on, its strings match; fewer come first."""
        self._visited += 1
        if self._visited > MAX_REGIONS:
            raise Unsure(f"more than {MAX_REGIONS} combinations of name patterns would have to be looked at")
        if language.is_empty():
            return
        if index == len(self._patterns):
            yield language
            return
        pattern = self._patterns[index]
        matching = strings.language_of(pattern)
        yield from self._regions(language - matching, index + 1, claims)
        more = self._asked_of(pattern)
        # what such a name asks of its value, further patterns only add to
        if self._solver.solve([*claims, *more]) is not UNSAT:
            yield from self._regions(language & matching, index + 1, [*claims, *more])

    def _may_be_called(self, name: str) -> bool:
        return all(self._solver.evaluator.admits(node, name) for node in self._names)

    # Values

    def _claims(self, name: str, more: Iterable[Claim]) -> list[Claim]:
        """All that is claimed of the value of a property."""
        claims = list(more)
        for node, role in self._rules:
            claims.extend(Claim(child, True, role) for child in properties_of(node, name))
        return claims

    def _has_value(self, name: str, more: Iterable[Claim]) -> bool:
        result = self._solver.solve(self._claims(name, more))
        if isinstance(result, Unknown):
            self._unknown = self._unknown or result
        return isinstance(result, Sat)

    # What is unevaluated

    def _add_scopes(self, state: "State") -> None:
        arena = self._solver.arena
        for own, node, role in state.scopes:
            if node.properties is not None:
                evaluated = _Evaluated([claim.node for claim in state.atoms if own in claim.scopes])
                if not evaluated.all:
                    self._rules.append((evaluated.others(arena, node.properties), role))
        for demand in state.demands:
            if isinstance(demand, Broken) and demand.of == "properties":
                evaluated = _Evaluated([claim.node for claim in state.atoms if demand.scope in claim.scopes])
                if evaluated.all or demand.node.properties is None:
                    self._impossible = True
                else:
                    names = frozenset(evaluated.names)
                    denied = (Claim(demand.node.properties, False),)
                    self._somes.append(SomeProperty(names, (), tuple(evaluated.patterns), (), denied))
        writers = [claim for claim in state.atoms if claim.role]
        declared = any(
            claim.role == WRITER and isinstance(claim.node, Properties) and claim.node.declares for claim in writers
        )
        if declared and not any(isinstance(claim.node, Opaque) for claim in writers):
            evaluated = _Evaluated([claim.node for claim in writers])
            if not evaluated.all:
                self._rules.append((evaluated.others(arena, arena.nothing), PLAIN))


class _Evaluated:
    """The properties that some nodes speak of."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.names: dict[str, None] = {}
        self.patterns: dict[str, None] = {}
        self.all = False
        for node in nodes:
            if isinstance(node, Properties):
                self.all = self.all or node.all
                self.names.update((name, None) for name, _ in node.names)
                self.patterns.update((pattern, None) for pattern, _ in node.patterns)
            elif isinstance(node, Scope) and node.properties is not None:
                self.all = True

    def others(self, arena: Arena, node: Node) -> Properties:
        """All properties that they do not speak of are in `node`."""
        names = tuple((name, arena.everything) for name in self.names)
        return arena.of(Properties, names, tuple((each, arena.everything) for each in self.patterns), node, True, False)


def _plain_names(taken: set[str], wanted: int) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    number = 0
    while wanted:
        name = letters[number % 26] + (str(number // 26) if number >= 26 else "")
        number += 1
        if name not in taken:
            wanted -= 1
            yield name
