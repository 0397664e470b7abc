"""How languages are combined: constructors that keep equal things equal.

What is written in two ways but means the same often comes out as one object here. That is what keeps the number of
states finite and small; nothing depends on it for being right.
"""

from collections.abc import Callable, Hashable, Iterable

from govern.regex import intervals
from govern.regex.chars import ALL, Chars, char
from govern.regex.errors import TooLarge
from govern.regex.intervals import Intervals
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
    Union,
    Words,
    is_scalar,
    the,
)

MAX_PARTS = 1_000  # of one union or intersection; what people write has tens


def of_lengths(of: Intervals) -> Language:
    """Every string whose length is in one of these intervals."""
    return the(Lengths, of, intervals=of)


NOTHING = of_lengths(())
EPSILON = of_lengths(((0, 0),))
ANY_CHARACTER = of_lengths(((1, 1),))
ANYTHING = of_lengths(((0, None),))


def lengths(minimum: int, maximum: int | None) -> Language:
    """Every string of so many code points, as JSON Schema's `minLength` and `maxLength` count them."""
    return of_lengths(intervals.merged([(max(minimum, 0), maximum)]))


def symbol(chars: Chars) -> Language:
    """One character out of a set."""
    if chars is ALL:
        return ANY_CHARACTER
    if not chars:
        return NOTHING
    return the(Symbol, chars, chars=chars)


def literal(text: str) -> Language:
    """This string alone."""
    return literals((text,))


def literals(texts: Iterable[str]) -> Language:
    """These strings, and no other. One with a lone surrogate is no string here."""
    words = tuple(sorted({text for text in texts if is_scalar(text)}))
    if all(len(word) == 1 for word in words):
        return symbol(char("".join(words)))
    if words == ("",):
        return EPSILON
    return the(Words, words, words=words)


def deferred(key: Hashable, write: Callable[[], tuple[Language, int]]) -> Language:
    """A language that `write` writes out at first use, with the work that it was. Equal keys must mean equal
    languages.
    """
    return the(Deferred, key, key=key, write=write, _written=None)


def covered(body: Language, cover: Language, samples: tuple[str, ...]) -> Language:
    """`body`, all of which is in `cover`, and which holds the `samples`."""
    return the(Covered, (body, cover, samples), body=body, cover=cover, samples=samples)


def concatenation(head: Language, tail: Language) -> Language:
    """A string of `head`, then one of `tail`."""
    heads = []
    while isinstance(head, Concatenation):
        heads.append(head.head)
        head = head.tail
    result = _followed(head, tail)
    for one in reversed(heads):
        result = _followed(one, result)
    return result


def _followed(head: Language, tail: Language) -> Language:
    """`head`, which is no concatenation, then `tail`."""
    if head is NOTHING or tail is NOTHING:
        return NOTHING
    if head is EPSILON:
        return tail
    if tail is EPSILON:
        return head
    if (head is ANYTHING and tail.nullable) or (tail is ANYTHING and head.nullable):
        return ANYTHING
    after, rest = (tail.head, tail.tail) if isinstance(tail, Concatenation) else (tail, EPSILON)
    if isinstance(head, Lengths) and isinstance(after, Lengths):
        return _followed(of_lengths(intervals.summed(head.intervals, after.intervals)), rest)
    one, one_least, one_most = _repeated(head)
    other, other_least, other_most = _repeated(after)
    if one is other and not isinstance(one, (Lengths, Words)):
        most = None if one_most is None or other_most is None else one_most + other_most
        return _followed(repetition(one, one_least + other_least, most), rest)
    return the(Concatenation, (head, tail), head=head, tail=tail)


def _repeated(language: Language) -> tuple[Language, int, int | None]:
    if isinstance(language, Repetition):
        return language.body, language.least, language.most
    return language, 1, 1


def repetition(body: Language, least: int, most: int | None) -> Language:
    """`least` to `most` strings of `body` in a row."""
    if (least, most) == (1, 1):
        return body
    if most == 0 or body is EPSILON:
        return EPSILON
    if body is NOTHING:
        return NOTHING if least else EPSILON
    if isinstance(body, Repetition):
        together = intervals.times(body.least, body.most, least, most)
        if together:
            return repetition(body.body, *together)
    if isinstance(body, Lengths) and len(body.intervals) == 1:
        together = intervals.times(*body.intervals[0], least, most)
        if together:
            return of_lengths((together,))
    if least and body.nullable:
        least = 0
    if not least and isinstance(body, Union) and EPSILON in body.parts:
        body = union(part for part in body.parts if part is not EPSILON)
        return repetition(body, 0, most)
    return the(Repetition, (body, least, most), body=body, least=least, most=most)


def complement(language: Language) -> Language:
    """Every string that is not in `language`."""
    match language:
        case Lengths():
            return of_lengths(intervals.complement(language.intervals))
        case Complement():
            return language.body
        case Union():
            return intersection(complement(part) for part in language.parts)
        case Intersection():
            return union(complement(part) for part in language.parts)
    return the(Complement, language, body=language)


def union(parts: Iterable[Language]) -> Language:
    """The strings of any of these."""
    flat = _flat(parts, Union)
    if len(flat) == 1:
        return flat[0]
    others: dict[Language, None] = {}
    spans: list[tuple[int, int | None]] = []
    chars: Chars | None = None
    words: list[str] = []
    repetitions: dict[Language, list[tuple[int, int | None]]] = {}
    for part in flat:
        match part:
            case Lengths():
                spans.extend(part.intervals)
            case Symbol():
                chars = part.chars if chars is None else chars | part.chars
            case Words():
                words.extend(part.words)
            case Repetition():
                repetitions.setdefault(part.body, []).append((part.least, part.most))
            case _:
                others[part] = None
    for body, counts in repetitions.items():
        others.update(dict.fromkeys(repetition(body, *count) for count in intervals.merged(counts)))
    if words:
        listed = literals(words)
        if isinstance(listed, Symbol):
            chars = listed.chars if chars is None else chars | listed.chars
        else:
            others[listed] = None
    of = intervals.merged(spans)
    if chars is not None and not intervals.both(of, ((1, 1),)):
        others[symbol(chars)] = None
    if of == ((0, 0),) and any(part.nullable for part in others):
        of = ()
    if of == ((0, None),) or any(isinstance(part, Complement) and part.body in others for part in others):
        return ANYTHING
    if of:
        others[of_lengths(of)] = None
    kept = [p for p in others if not (isinstance(p, Intersection) and any(part in others for part in p.parts))]
    return _gathered(kept, Union, NOTHING)


def intersection(parts: Iterable[Language]) -> Language:
    """The strings that all of these have in common."""
    flat = _flat(parts, Intersection)
    if len(flat) == 1:
        return flat[0]
    others: dict[Language, None] = {}
    of: Intervals = ((0, None),)
    chars: Chars | None = None
    for part in flat:
        match part:
            case Lengths():
                of = intervals.both(of, part.intervals)
            case Symbol():
                chars = part.chars if chars is None else chars & part.chars
            case _:
                others[part] = None
    if not of or (chars is not None and not (chars and intervals.both(of, ((1, 1),)))):
        return NOTHING
    if of == ((0, 0),):
        return EPSILON if all(part.nullable for part in others) else NOTHING
    if any(isinstance(part, Complement) and part.body in others for part in others):
        return NOTHING
    if chars is not None:
        others[symbol(chars)] = None
    elif of != ((0, None),):
        others[of_lengths(of)] = None
    kept = [p for p in others if not (isinstance(p, Union) and any(part in others for part in p.parts))]
    return _gathered(kept, Intersection, ANYTHING)


def _flat(parts: Iterable[Language], kind: type[Union] | type[Intersection]) -> list[Language]:
    """The parts, those of a part of the same kind in its place, each once."""
    flat: dict[Language, None] = {}
    for part in parts:
        if isinstance(part, kind):
            flat.update(dict.fromkeys(part.parts))
        else:
            flat[part] = None
    return list(flat)


def _gathered(parts: list[Language], kind: type[Union] | type[Intersection], none: Language) -> Language:
    if not parts:
        return none
    if len(parts) == 1:
        return parts[0]
    if len(parts) > MAX_PARTS:
        raise TooLarge(f"more than {MAX_PARTS} languages in one {kind.__name__.lower()}")
    ordered = tuple(sorted(parts, key=lambda part: part.serial))
    return the(kind, ordered, parts=ordered)
