"""Is there a value as claimed? The one question behind every verdict.

Claims about one value are taken apart, type by type, until only constraints of one type remain; then numbers, strings,
arrays and objects answer, asking here again about their items and properties. Every step keeps the set of values
exact, so "none" is a proof and a value found is a witness.

Recursion ends because a value of least depth never holds, inside itself, another value of which just the same is
claimed: there, "none" is the right answer.
"""

from collections.abc import Iterable

from govern.compat.solver import arrays, objects, strings
from govern.compat.solver.arena import Arena
from govern.compat.solver.choices import Chooser, is_positive, most_telling
from govern.compat.solver.claims import (
    UNSAT,
    WEAK,
    Claim,
    Demand,
    Result,
    Sat,
    Unknown,
    Unsat,
)
from govern.compat.solver.evaluate import Evaluator
from govern.compat.solver.expand import Expander
from govern.compat.solver.nodes import (
    Node,
    Opaque,
    Values,
)
from govern.compat.solver.numbers import a_number
from govern.compat.solver.state import State
from govern.compat.solver.summary import Summaries
from govern.compat.solver.values import (
    ARRAY,
    BOOLEAN,
    EVERY_TYPE,
    FALSE,
    FRACTION,
    INTEGER,
    NULL,
    NUMBERS,
    OBJECT,
    STRING,
    TRUE,
    WHOLE,
    Frozen,
    Unsure,
    Whole,
    type_of,
)
from govern.regex import Language

MAX_STEPS = 8_000  # cases looked at for one question: about a second; real schemas need some hundreds
MAX_LEVELS = 250  # values in values: a witness that deep would not be read

_ORDER = (NULL, BOOLEAN, INTEGER, STRING, FRACTION, OBJECT, ARRAY, WHOLE)  # the plainest witness first


class Solver:
    """Answers questions about the nodes of one arena. `whole` says whether 1 and 1.0 have to be told apart."""

    def __init__(self, arena: Arena, *, whole: bool) -> None:
        self.arena = arena
        self.evaluator = Evaluator(arena)
        self._types = EVERY_TYPE if whole else EVERY_TYPE & ~WHOLE
        self._known: dict[frozenset[Claim], Result] = {}
        self._open: dict[frozenset[Claim], int] = {}
        self._lowest = MAX_LEVELS  # the outermost open question that the current answer leans on
        self._assumed: dict[frozenset[Claim], int] = {}  # "none", as long as the question at this level says "none"
        self._log: list[frozenset[Claim]] = []  # the same, in order
        self._steps = 0
        self._languages: dict[Node, Language] = {}
        summaries = Summaries(arena)
        self._expander = Expander(arena, summaries)
        self._chooser = Chooser(self._expander, summaries, lambda claims: self.solve(claims) is UNSAT)

    def solve(self, claims: Iterable[Claim]) -> Result:
        """A value as claimed, the proof that there is none, or why neither can be said."""
        wanted = _tidied(claims)
        known = self._known.get(wanted)
        if known is not None:
            return known
        if wanted in self._open:
            self._lowest = min(self._lowest, self._open[wanted])
            return UNSAT
        assumed = self._assumed.get(wanted)
        if assumed is not None:
            self._lowest = min(self._lowest, assumed)
            return UNSAT
        level = len(self._open)
        if level >= MAX_LEVELS:
            raise Unsure(f"values are nested more than {MAX_LEVELS} deep")
        outside, self._lowest = self._lowest, MAX_LEVELS
        self._open[wanted] = level
        before = len(self._log)
        try:
            result = self._of_any_type(wanted)
        finally:
            del self._open[wanted]
        leans_on, self._lowest = self._lowest, outside
        if not isinstance(result, Unsat):
            # what was concluded from "there is no such value inside" no longer stands
            for claims in self._log[before:]:
                self._assumed.pop(claims, None)
            del self._log[before:]
        if isinstance(result, Sat) or leans_on >= level:
            self._known[wanted] = result
            self._conclude(before, level)
        else:
            self._lowest = min(outside, leans_on)
            if isinstance(result, Unsat):
                self._assumed[wanted] = leans_on
                self._log.append(wanted)
        return result

    def _conclude(self, before: int, level: int) -> None:
        """There is no value as claimed at `level`: what was concluded on that assumption stands for good."""
        for claims in self._log[before:]:
            if self._assumed.pop(claims, -1) >= 0:
                self._known[claims] = UNSAT
        del self._log[before:]

    def members(self, claims: Iterable[Claim], limit: int) -> tuple[list[Frozen], Result | None]:
        """Up to `limit` different values as claimed; fewer, with UNSAT, are all that there are."""
        wanted = list(claims)
        found: list[Frozen] = []
        while len(found) < limit:
            result = self.solve([*wanted, Claim(self.arena.values(found), False)] if found else wanted)
            if not isinstance(result, Sat):
                return found, result
            found.append(result.value)
        return found, None

    def string_set(self, node: Node) -> Language:
        """The strings of a node as a language."""
        known = self._languages.get(node)
        if known is None:
            known = self._languages[node] = strings.language_of_node(node, self.arena.target, self.string_set)
        return known

    def step(self) -> None:
        """Count one case."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise Unsure(f"more than {MAX_STEPS} cases would have to be looked at")

    def _of_any_type(self, wanted: frozenset[Claim]) -> Result:
        self.step()
        mask = self._types
        signs: dict[Node, bool] = {}
        for node, holds, _, _ in wanted:
            mask &= node.may if holds else ~node.always
            if signs.setdefault(node, holds) is not holds:
                return UNSAT
        unknown: Unknown | None = None
        in_order = sorted(wanted, key=_by_serial)
        for kind in _ORDER:
            if mask & kind:
                result = self._search(State(kind, wanted), list(in_order))
                if isinstance(result, Sat):
                    return result
                if isinstance(result, Unknown):
                    unknown = unknown or result
        return unknown or UNSAT

    def _search(self, state: State, todo: list[Claim | Demand]) -> Result:
        self.step()
        if not self._expander.absorb(state, todo):
            return UNSAT
        if state.chosen is not None:
            return self._enumerated(state)
        if not self._chooser.simplify(state):
            return UNSAT
        if state.chosen is not None:
            return self._enumerated(state)
        if not state.choices:
            return self._leaf(state)
        chosen = most_telling(state.choices)
        if not state.hurried and len(state.choices) > 1 and not is_positive(chosen):
            state.hurried = True
            result = self._hurried(state.copy())
            if isinstance(result, Sat):
                return result
        state.choices.remove(chosen)
        unknown: Unknown | None = None
        for alternative in chosen:
            result = self._search(state.copy(), list(alternative))
            if isinstance(result, Sat):
                return result
            if isinstance(result, Unknown):
                unknown = unknown or result
        return unknown or UNSAT

    def _hurried(self, state: State) -> Result:
        """A value, if taking the first way that seems open in every choice leads to one."""
        while state.choices:
            choice = state.choices.pop()
            for alternative in choice:
                status = self._chooser.status(state, alternative)
                if status is True or (status is None and self._expander.absorb(state, list(alternative))):
                    break
                if status is None:
                    return UNSAT
            else:
                return UNSAT
        return self._enumerated(state) if state.chosen is not None else self._leaf(state)

    # Where only constraints of one type are left

    def _enumerated(self, state: State) -> Result:
        unknown: Unknown | None = None
        for value in sorted(state.chosen or (), key=repr):
            kind = type_of(value)
            if state.kind == WHOLE and kind == INTEGER:
                value = Whole(value)
            elif kind != state.kind:
                continue
            try:
                if self._is_as_claimed(state.wanted, value):
                    return Sat(value)
            except Unsure as error:
                unknown = unknown or Unknown(str(error), error.pointer)
        return unknown or UNSAT

    def _is_as_claimed(self, wanted: frozenset[Claim], value: Frozen) -> bool:
        if not all(self.evaluator.admits(claim.node, value) is claim.holds for claim in wanted):
            return False
        group = [(claim.node, claim.role > WEAK) for claim in wanted if claim.role]
        return not group or self.evaluator.is_closed(group, value)

    def _leaf(self, state: State) -> Result:
        opaque = next((claim.node for claim in state.atoms if isinstance(claim.node, Opaque)), None)
        try:
            result = self._of_type(state)
        except Unsure as error:
            return Unknown(str(error), error.pointer)
        if opaque is not None and isinstance(result, Sat):
            assert isinstance(opaque, Opaque)
            return Unknown(opaque.reason, opaque.pointer)
        return result

    def _of_type(self, state: State) -> Result:
        constraints = [(claim.node, claim.holds) for claim in state.atoms if not isinstance(claim.node, Opaque)]
        match state.kind:
            case k if k == NULL:
                return Sat(None)
            case k if k == BOOLEAN:
                excluded = {value for node, _ in constraints if isinstance(node, Values) for value in node.values}
                left = [value for value in (TRUE, FALSE) if value not in excluded]
                return Sat(left[0]) if left else UNSAT
            case k if k & NUMBERS:
                number = a_number(constraints, state.kind)
                return UNSAT if number is None else Sat(number)
            case k if k == STRING:
                text = strings.a_string(constraints)
                return UNSAT if text is None else Sat(text)
            case k if k == OBJECT:
                return objects.solve(self, state)
        return arrays.solve(self, state)


def _tidied(claims: Iterable[Claim]) -> frozenset[Claim]:
    """The claims without those that say nothing, and each node in its strongest role only."""
    strongest: dict[tuple[Node, bool], int] = {}
    for node, holds, role, _ in claims:
        if (node.always == EVERY_TYPE and not (role and node.annotates)) if holds else not node.may:
            continue
        key = (node, holds)
        if strongest.get(key, -1) < role:
            strongest[key] = role
    return frozenset(Claim(node, holds, role) for (node, holds), role in strongest.items())


def _by_serial(claim: Claim) -> tuple[int, bool]:
    return claim.node.serial, claim.holds
