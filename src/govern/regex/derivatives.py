"""What may follow each first character of a language? The transitions of every shape, and what they cost."""

from collections.abc import Callable, Iterable
from functools import singledispatch

from govern.regex.algebra import (
    ANYTHING,
    EPSILON,
    NOTHING,
    complement,
    concatenation,
    intersection,
    literals,
    of_lengths,
    repetition,
    union,
)
from govern.regex.chars import ALL, Chars, char
from govern.regex.errors import TooLarge
from govern.regex.intervals import shorter
from govern.regex.language import (
    Complement,
    Concatenation,
    Covered,
    Deferred,
    Intersection,
    Language,
    Lengths,
    Repetition,
    Symbol,
    Transitions,
    Union,
    Words,
)

MAX_PAIRS = 100_000  # of character classes compared for one state, about a tenth of a second
MAX_CLASSES = 5_000  # that leave one state; what people write has tens


def transitions(language: Language) -> tuple[Transitions, int]:
    """The transitions of a language, and how much work they were: the same count, whatever was known before."""
    found, cost = _found(language)
    grouped: dict[Language, Chars] = {}
    for chars, follows in found:
        if follows is not NOTHING:
            known = grouped.get(follows)
            grouped[follows] = chars if known is None else known | chars
    if len(grouped) > MAX_CLASSES:
        raise TooLarge(f"more than {MAX_CLASSES} classes of characters in one state")
    sorted_ = [(chars, follows) for follows, chars in grouped.items()]
    if len(sorted_) > 1:
        sorted_.sort(key=_readability)
    return tuple(sorted_), cost + len(sorted_)


def _readability(transition: tuple[Chars, Language]) -> tuple[int, int]:
    return transition[0].best


Found = tuple[Iterable[tuple[Chars, Language]], int]


@singledispatch
def _found(language: Language) -> Found:
    raise NotImplementedError(type(language).__name__)


@_found.register
def _(language: Lengths) -> Found:
    return [(ALL, of_lengths(shorter(language.intervals)))], 1


@_found.register
def _(language: Symbol) -> Found:
    return [(language.chars, EPSILON)], 1


@_found.register
def _(language: Words) -> Found:
    rests: dict[str, list[str]] = {}
    for word in language.words:
        if word:
            rests.setdefault(word[0], []).append(word[1:])
    return [(char(first), literals(rest)) for first, rest in rests.items()], len(language.words)


@_found.register
def _(language: Concatenation) -> Found:
    ways: list[Transitions] = []
    cost = 0
    at: Language = language
    while isinstance(at, Concatenation):
        tail = at.tail
        ways.append(tuple((chars, concatenation(follows, tail)) for chars, follows in at.head.transitions))
        cost += at.head.cost
        if not at.head.nullable:
            return _combined(ways, union, cost)
        at = tail
    ways.append(at.transitions)
    return _combined(ways, union, cost + at.cost)


@_found.register
def _(language: Repetition) -> Found:
    most = None if language.most is None else language.most - 1
    again = repetition(language.body, max(language.least - 1, 0), most)
    found = [(chars, concatenation(follows, again)) for chars, follows in language.body.transitions]
    return found, language.body.cost


@_found.register
def _(language: Union) -> Found:
    ways = [part.transitions for part in language.parts]
    return _combined(ways, union, sum(part.cost for part in language.parts))


@_found.register
def _(language: Intersection) -> Found:
    ways = [part.transitions for part in language.parts]
    return _combined(ways, intersection, sum(part.cost for part in language.parts))


@_found.register
def _(language: Complement) -> Found:
    found, rest = [], ALL
    for chars, follows in language.body.transitions:
        rest -= chars
        found.append((chars, complement(follows)))
    if rest:
        found.append((rest, ANYTHING))
    return found, language.body.cost


@_found.register
def _(language: Deferred) -> Found:
    written, work = language.written
    return written.transitions, written.cost + work


@_found.register
def _(language: Covered) -> Found:
    return language.body.transitions, language.body.cost


def _combined(ways: list[Transitions], combine: Callable[[Iterable[Language]], Language], cost: int) -> Found:
    """The transitions of several languages side by side: classes split until each behaves alike in all of them."""
    if len(ways) == 1:
        return ways[0], cost
    keep = combine is union
    cells: list[tuple[Chars, tuple[Language, ...]]] = [(ALL, ())]
    pairs = 0
    for way in ways:
        split = []
        for chars, ahead in cells:
            rest = chars
            for other, follows in way:
                pairs += 1
                shared = rest & other
                if shared:
                    split.append((shared, (*ahead, follows)))
                    rest -= other
                    if not rest:
                        break
            if keep and rest:
                split.append((rest, ahead))
        cells = split
        if pairs > MAX_PAIRS:
            raise TooLarge(f"more than {MAX_PAIRS} pairs of character classes in one state")
    cost += pairs + sum(len(ahead) for _, ahead in cells)
    return [(chars, combine(ahead)) for chars, ahead in cells], cost
