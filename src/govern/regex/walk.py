"""Where do the transitions of a language lead? Walks from state to state, nearest first, every step counted."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import lru_cache
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

from govern.regex.chars import Chars, char
from govern.regex.errors import TooLarge
from govern.regex.intervals import Intervals
from govern.regex.language import Concatenation, Language, Lengths, Repetition, Symbol, Union, Words

MAX_STATES = 20_000  # of one question; those that people ask take tens, rarely hundreds
MAX_WORK = 300_000  # pairs of classes and the like in one question: half a second, two at the worst
LAYER_WORK = 5  # for each state of each layer, in the same measure
MAX_STRING = 1_000_000  # characters of a string that is built as an example: a witness of more helps nobody

Arrival: TypeAlias = tuple[Language, Chars] | None  # the state before, and the characters that led on from it


class Budget:
    """What is left for one question."""

    def __init__(self) -> None:
        self.work = 0
        self.states = 0

    def enter(self, state: Language) -> None:
        """Pay for the transitions of a state."""
        self.states += 1
        if self.states > MAX_STATES:
            raise TooLarge(f"more than {MAX_STATES} states")
        self.spend(state.cost)

    def spend(self, work: int) -> None:
        self.work += work
        if self.work > MAX_WORK:
            raise TooLarge(f"more than {MAX_WORK} steps")


def readability(text: str) -> list[tuple[int, int]]:
    """By which the most readable of some texts is the least."""
    return [_rank(one) for one in text]


@lru_cache(maxsize=1_024)
def _rank(one: str) -> tuple[int, int]:
    return char(one).best


class Found(NamedTuple):
    """A string that exists, of this length. It is built when somebody wants to see it."""

    length: int
    write: Callable[[], str]

    def text(self) -> str:
        if self.length > MAX_STRING:
            raise TooLarge(f"the shortest string has more than {MAX_STRING} characters")
        return self.write()


def written(text: str) -> Found:
    """A string that was found as it is."""
    return Found(len(text), lambda: text)


def preferred(found: Iterable[Found]) -> Found | None:
    """The shortest of some strings; among several, the most readable."""
    candidates = list(found)
    least = min((one.length for one in candidates), default=0)
    shortest = [one for one in candidates if one.length == least]
    if len(shortest) < 2 or least > MAX_STRING:
        return next(iter(shortest), None)
    return min(shortest, key=lambda one: readability(one.text()))


def nearest(language: Language, budget: Budget) -> Found | None:
    """The shortest string, the most readable of them; None proves that there is none."""
    if plain := _assembled(language):
        return plain
    if language.nullable:
        return Found(0, str)
    arrivals: dict[Language, Arrival] = {language: None}
    queue = deque([language])
    while queue:
        state = queue.popleft()
        transitions = state.transitions
        budget.enter(state)
        for chars, follows in transitions:
            if follows not in arrivals:
                arrivals[follows] = (state, chars)
                if follows.nullable:
                    return written(_retraced(arrivals, follows))
                queue.append(follows)
    return None


def _assembled(language: Language) -> Found | None:
    """The shortest string of a language into which no intersection and no complement enters: none of those is empty,
    and the shortest is made of the shortest of its parts. None where it is not so simple.
    """
    match language:
        case Lengths() if language.intervals:
            length = language.intervals[0][0]
            return Found(length, lambda: "a" * length)
        case Symbol():
            return Found(1, lambda: chr(language.chars.best[1]))
        case Words():
            word = min(language.words, key=lambda word: (len(word), readability(word)))
            return Found(len(word), lambda: word)
        case Repetition() if language.least == 0:
            return Found(0, str)
        case Repetition():
            once, least = _assembled(language.body), language.least
            return once and Found(once.length * least, lambda: once.text() * least)
        case Union():
            parts = [_assembled(part) for part in language.parts]
            found = [part for part in parts if part is not None]
            return preferred(found) if len(found) == len(parts) else None
        case Concatenation():
            pieces = []
            at: Language = language
            while isinstance(at, Concatenation):
                pieces.append(_assembled(at.head))
                at = at.tail
            pieces.append(_assembled(at))
            known = [piece for piece in pieces if piece is not None]
            if len(known) < len(pieces):
                return None
            return Found(sum(piece.length for piece in known), lambda: "".join(piece.text() for piece in known))
    return None


def _retraced(arrivals: dict[Language, Arrival], state: Language) -> str:
    points = []
    while arrival := arrivals[state]:
        state, chars = arrival
        points.append(chars.best[1])
    return "".join(map(chr, reversed(points)))


def of_length(language: Language, lengths: Intervals, budget: Budget) -> Found | None:
    """The shortest string whose length is in `lengths`; None proves that there is none.

    Layer n holds the states that n characters lead to. Within a run of lengths that are all asked for, or all not,
    a layer that was there before means that everything since then repeats: the walk jumps to the end of the run.
    """
    found = nearest(language, budget)
    if found is None or _run(lengths, found.length)[0]:
        return found
    layers: list[dict[Language, Arrival]] = [{language: None}]
    jumps: dict[int, tuple[int, int]] = {}  # from which layer: how far, in a cycle of how many layers
    length, seen = 0, dict[frozenset[Language], int]()
    wanted, end = _run(lengths, 0)
    while True:
        layer = layers[-1]
        if wanted and (accepting := next((state for state in layer if state.nullable), None)):
            return Found(length, lambda: _unrolled(layers, jumps, accepting))
        states = frozenset(layer)
        if states in seen:
            if end is None:
                return None
            cycle = length - seen[states]
            far = (end - length) // cycle * cycle
            if far:
                jumps[len(layers) - 1] = (far, cycle)
                length += far
            seen.clear()
        else:
            seen[states] = length
        following: dict[Language, Arrival] = {}
        for state in layer:
            transitions = state.transitions
            budget.spend(state.cost + LAYER_WORK)
            for chars, follows in transitions:
                following.setdefault(follows, (state, chars))
        layers.append(following)
        length += 1
        if end is not None and length > end:
            wanted, end = _run(lengths, length)
            seen.clear()
        if not following or (not wanted and end is None):
            return None


def _run(lengths: Intervals, length: int) -> tuple[bool, int | None]:
    """Is this length among those, and up to which length does that hold?

    >>> _run(((2, 5), (9, None)), 3), _run(((2, 5), (9, None)), 6), _run(((2, 5),), 6)
    ((True, 5), (False, 8), (False, None))
    """
    for first, last in lengths:
        if length < first:
            return False, first - 1
        if last is None or length <= last:
            return True, last
    return False, None


def _unrolled(layers: list[dict[Language, Arrival]], jumps: dict[int, tuple[int, int]], state: Language) -> str:
    """The string that leads to a state of the last layer, the repeated layers walked as often as they were."""
    points: list[int] = []

    def back(layer: int, state: Language) -> Language:
        arrival = layers[layer][state]
        assert arrival is not None, "only the first layer has nothing before it"
        points.append(arrival[1].best[1])
        return arrival[0]

    for index in range(len(layers) - 1, -1, -1):
        far, cycle = jumps.get(index, (0, 1))
        for step in range(far):
            state = back(index - step % cycle, state)
        if index:
            state = back(index, state)
    return "".join(map(chr, reversed(points)))


class Graph(NamedTuple):
    """Some states, and how many characters each is away from accepting. A state that is not in here never does."""

    start: Language
    distances: dict[Language, int]


def graph(language: Language, limit: int, budget: Budget) -> Graph | None:
    """Every state of a language; None if there are more than `limit`."""
    before: dict[Language, list[Language]] = {language: []}
    queue = deque([language])
    while queue:
        state = queue.popleft()
        transitions = state.transitions
        budget.enter(state)
        for _, follows in transitions:
            if follows not in before:
                if len(before) == limit:
                    return None
                before[follows] = []
                queue.append(follows)
            before[follows].append(state)
    distances = {state: 0 for state in before if state.nullable}
    queue.extend(distances)
    while queue:
        state = queue.popleft()
        for one in before[state]:
            if one not in distances:
                distances[one] = distances[state] + 1
                queue.append(one)
    return Graph(language, distances)


def listed(whole: Graph, limit: int, budget: Budget) -> list[str]:
    """The first `limit` strings, shortest first; fewer if there are no more."""
    found: list[str] = []
    if whole.start not in whole.distances:
        return found
    # By the length that a prefix will have at least, then the longest prefix first: each one taken up is on the way
    # to a string that is going to be listed.
    heap: list[tuple[int, int, int, str, Language]] = [(whole.distances[whole.start], 0, 0, "", whole.start)]
    order = 0
    while heap and len(found) < limit:
        _, _, _, prefix, state = heappop(heap)
        if state.nullable:
            found.append(prefix)
        for chars, follows in state.transitions:
            if follows in whole.distances:
                points = chars.readable(limit)
                budget.spend(len(points))
                for point in points:
                    order += 1
                    total = len(prefix) + 1 + whole.distances[follows]
                    heappush(heap, (total, -len(prefix), order, prefix + chr(point), follows))
    return found
