"""In which strings is a pattern found? A pattern → its language.

Parts that look at nothing around them become the shapes that they are. `^`, `\\b` and looks back depend on what came
before: that is a state too, of a few languages of prefixes read along (the context), and every place of the pattern
is written out once per context that it can be reached in. Looks ahead are intersections with all that follows.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from govern.regex.algebra import (
    ANYTHING,
    EPSILON,
    NOTHING,
    complement,
    concatenation,
    deferred,
    intersection,
    lengths,
    literal,
    repetition,
    symbol,
    union,
)
from govern.regex.chars import ALL, NONE, Chars
from govern.regex.errors import NotRegular, TooLarge
from govern.regex.escapes import WORD
from govern.regex.language import Language
from govern.regex.reader import read
from govern.regex.syntax import At, Choice, Look, Loop, One, Part, Sequence

MAX_STEPS = 10_000  # to write out what may follow one place, before the next character
MAX_DEPTH = 100  # of steps within steps; each takes a few frames of Python's stack, of which there are a thousand

Context: TypeAlias = tuple[Language, ...]  # of the prefix so far: what must still come for each look back to hold

ANY_PREFIX = Loop(One(ALL), 0, None)
SOME = lengths(1, None)
WORD_NEXT = concatenation(symbol(WORD), ANYTHING)


@lru_cache(maxsize=1_024)
def matching(pattern: str) -> Language:
    """The strings in which an ECMA-262 pattern is found.

    Raises NotRegular, Malformed or TooLarge.

    >>> matching("^a+$").accepts("aaa"), matching("^a+$").accepts("aaa\\n"), matching("b").accepts("abc")
    (True, False, True)
    """
    return _found(read(pattern), ANYTHING)


def _found(part: Part, then: Language) -> Language:
    """Anything, then what matches `part`, then a string of `then`."""
    program = _Program(part)
    rest = program.rest(ANY_PREFIX, program.rest(part, program.end(then)))
    return program.write(program.start, rest)[0]


class _Rest:
    """What is left to match: a part and then another rest; at the end, any string of a language."""

    __slots__ = ("behind", "language", "loops", "part", "rest")

    def __init__(self, language: Language, part: Part | None = None, rest: "_Rest | None" = None) -> None:
        self.language, self.part, self.rest = language, part, rest
        self.behind: bool = bool(part and part.behind) or bool(rest and rest.behind)
        self.loops: bool = bool(part and part.loops) or bool(rest and rest.loops)


class _Program:
    """A pattern that is being written out as a language."""

    def __init__(self, part: Part) -> None:
        self.backward: dict[Part, int] = {}
        start: dict[Language, int] = {}
        for one in _looking_back(part):
            self.backward[one] = start.setdefault(_prefixes(one), len(start))
        self.start: Context = tuple(start)
        self.steps = 0
        self._rests: dict[tuple[Part | Language, _Rest | None], _Rest] = {}
        self._plain: dict[Part, Language] = {}
        self._written: dict[object, Language] = {}
        self._moves: dict[Context, tuple[list[tuple[Chars, Context]], int]] = {}

    def end(self, language: Language) -> _Rest:
        return self._rests.setdefault((language, None), _Rest(language))

    def rest(self, part: Part, rest: _Rest) -> _Rest:
        known = self._rests.get((part, rest))
        if known is None:
            known = self._rests[part, rest] = _Rest(rest.language, part, rest)
        return known

    def write(self, context: Context, rest: _Rest) -> tuple[Language, int]:
        """What may follow in this context, and how many steps it took to write."""
        outer = self.steps, self._written
        self.steps, self._written = 0, {}  # both anew each time: what it costs must not depend on earlier questions
        try:
            return self.language(context, rest, frozenset(), 0), self.steps
        except RecursionError:
            raise TooLarge("a pattern that is nested too deeply for Python's stack") from None
        finally:
            self.steps, self._written = outer

    def language(self, context: Context, rest: _Rest, inside: frozenset[object], depth: int) -> Language:
        """What may follow in this context. `inside` holds the loops that were entered since the last character: to
        enter one again would lead nowhere new.
        """
        if rest.part is None:
            return rest.language
        key = (context if rest.behind else (), rest)
        if key in inside:
            return NOTHING
        if (key, inside) in self._written:
            return self._written[key, inside]
        self._spend(1)
        if depth > MAX_DEPTH:
            raise TooLarge(f"more than {MAX_DEPTH} steps in one another to read on in a pattern")
        language = self._language(key[0], rest.part, rest, inside, depth + 1)
        self._written[key, inside] = language
        return language

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise TooLarge(f"more than {MAX_STEPS} steps to read on in a pattern")

    def _language(self, context: Context, part: Part, rest: _Rest, inside: frozenset[object], depth: int) -> Language:
        after = rest.rest
        assert after is not None, "a part is always followed by a rest"
        if not part.looks and (not after.behind or _is_settled(context)):
            plain = self.plain(part)
            if not after.loops:
                return concatenation(plain, self.language(context, after, inside, depth))
            some = intersection((plain, SOME)) if plain.nullable else plain
            later = concatenation(some, self.place(context, after, depth))
            return union((later, self.language(context, after, inside, depth))) if plain.nullable else later
        match part:
            case One():
                ways = ((part.chars & chars, then) for chars, then in self.moves(context))
                return union(
                    concatenation(symbol(chars), self.place(then, after, depth)) for chars, then in ways if chars
                )
            case Sequence():
                if not part.looks and part.parts:
                    return self.language(context, self.rest(part.parts[0], self._tail(part, after)), inside, depth)
                for one in reversed(part.runs):
                    after = self.rest(one, after)
                return self.language(context, after, inside, depth)
            case Choice():
                return union(self.language(context, self.rest(one, after), inside, depth) for one in part.parts)
            case Loop():
                return self._loop(context, part, rest, inside, depth)
            case Look(ahead=True):
                ahead = self.language(context, self.rest(part.body, self.end(ANYTHING)), inside, depth)
                ahead = complement(ahead) if part.negated else ahead
                return intersection((ahead, self.language(context, after, inside, depth)))
            case At(where="$"):
                return intersection((EPSILON, self.language(context, after, inside, depth)))
            case At(where="^") | Look():
                negated = isinstance(part, Look) and part.negated
                holds = context[self.backward[part]].nullable is not negated
                return self.language(context, after, inside, depth) if holds else NOTHING
            case At():
                word_before = context[self.backward[part]].nullable
                ahead = complement(WORD_NEXT) if word_before is (part.where == "b") else WORD_NEXT
                return intersection((ahead, self.language(context, after, inside, depth)))
        raise NotImplementedError(type(part).__name__)

    def _tail(self, sequence: Sequence, after: _Rest) -> _Rest:
        return self.rest(sequence.rest, after) if len(sequence.parts) > 1 else after

    def _loop(self, context: Context, loop: Loop, rest: _Rest, inside: frozenset[object], depth: int) -> Language:
        after = rest.rest
        assert after is not None, "a part is always followed by a rest"
        if loop.most == 0:
            return self.language(context, after, inside, depth)
        once_more = self.rest(loop.body, self.rest(loop.again, after))
        least = 0 if not loop.looks and self.plain(loop.body).nullable else loop.least
        if least:
            return self.language(context, once_more, inside, depth)
        return union(
            (
                self.language(context, after, inside, depth),
                self.language(context, once_more, inside | {(context, rest)}, depth),
            )
        )

    def place(self, context: Context, rest: _Rest, depth: int) -> Language:
        """What may follow once a character was read: written out now if that is sure to end, else when it is
        needed.
        """
        if not rest.behind:
            context = ()
        if _is_settled(context) and not rest.loops:
            return self.language(context, rest, frozenset(), depth)
        return deferred((self, context, rest), lambda: self.write(context, rest))

    def moves(self, context: Context) -> list[tuple[Chars, Context]]:
        """The contexts that a next character leads to."""
        if context not in self._moves:
            work = 0
            cells: list[tuple[Chars, Context]] = [(ALL, ())]
            for prefixes in context:
                split = []
                for chars, then in cells:
                    for other, follows in prefixes.transitions:
                        split.append((chars & other, (*then, follows)))
                        chars = chars - other
                    split.append((chars, (*then, NOTHING)))
                work += prefixes.cost + len(split)
                cells = [(chars, then) for chars, then in split if chars]
            grouped: dict[Context, Chars] = {}
            for chars, then in cells:
                grouped[then] = grouped.get(then, NONE) | chars
            self._moves[context] = [(chars, then) for then, chars in grouped.items()], work
        moves, work = self._moves[context]
        self._spend(work)
        return moves

    def plain(self, part: Part) -> Language:
        """The language of a part that looks at nothing around it."""
        if part not in self._plain:
            self._plain[part] = self._as_shape(part)
        return self._plain[part]

    def _as_shape(self, part: Part) -> Language:
        match part:
            case One():
                return symbol(part.chars)
            case Choice():
                return union(self.plain(one) for one in part.parts)
            case Loop():
                return repetition(self.plain(part.body), part.least, part.most)
            case Sequence():
                whole = EPSILON
                for is_text, group in groupby(reversed(part.parts), _is_one_character):
                    parts = list(group)
                    if is_text:
                        text = "".join(chr(one.chars.ranges[0][0]) for one in reversed(parts) if isinstance(one, One))
                        whole = concatenation(literal(text), whole)
                        continue
                    for one in parts:
                        whole = concatenation(self.plain(one), whole)
                return whole
        raise NotImplementedError(type(part).__name__)


def _is_settled(context: Context) -> bool:
    """Can no character change any more what a look back sees?"""
    return all(prefixes is NOTHING or prefixes is ANYTHING for prefixes in context)


def _is_one_character(part: Part) -> bool:
    return isinstance(part, One) and len(part.chars.ranges) == 1 and part.chars.ranges[0][0] == part.chars.ranges[0][1]


def _looking_back(part: Part) -> Iterator[At | Look]:
    """Every place in a part that asks for what came before, those inside of looks back aside."""
    match part:
        case At() if part.behind:
            yield part
        case Look(ahead=False):
            yield part
        case Look() | Loop() if part.behind:
            yield from _looking_back(part.body)
        case Sequence() | Choice() if part.behind:
            for one in part.parts:
                yield from _looking_back(one)


def _prefixes(part: At | Look) -> Language:
    """The prefixes after which something that looks back holds, before it is negated."""
    if isinstance(part, At):
        return EPSILON if part.where == "^" else concatenation(ANYTHING, symbol(WORD))
    if _looks_ahead(part.body):
        raise NotRegular("a look back that looks ahead")
    return _found(part.body, EPSILON)


def _looks_ahead(part: Part) -> bool:
    match part:
        case At():
            return part.where != "^"
        case Look():
            return part.ahead
        case Loop():
            return _looks_ahead(part.body)
        case Sequence() | Choice():
            return any(_looks_ahead(one) for one in part.parts)
    return False
