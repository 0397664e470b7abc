"""Which lengths does a large count in a language stand for? A count is many states, a length beside it is none."""

from govern.regex import intervals
from govern.regex.algebra import ANYTHING, complement, concatenation, intersection, of_lengths, repetition, union
from govern.regex.intervals import Intervals
from govern.regex.language import Complement, Concatenation, Language, Lengths, Repetition, Symbol, Words

MIN_COUNT = 32  # from which on a counted repetition is taken for a length; below, it has few states


def opened(language: Language) -> Language:
    """The same language, a large count in it stated as a length."""
    negated = isinstance(language, Complement)
    found = counted(language.body if isinstance(language, Complement) else language)
    if found is None:
        return language
    uncounted, of = found
    if negated:
        return union((complement(uncounted), of_lengths(intervals.complement(of))))
    return intersection((uncounted, of_lengths(of)))


def counted(language: Language) -> tuple[Language, Intervals] | None:
    """A language without its large count, and the lengths that the count stood for.

    >>> from govern.regex import matching
    >>> uncounted, of = counted(matching("^ab[a-z]{3,500}$"))
    >>> uncounted is matching("^ab[a-z]*$"), of
    (True, ((5, 502),))
    """
    pieces: list[Language] = []
    while isinstance(language, Concatenation):
        pieces.append(language.head)
        language = language.tail
    pieces.append(language)
    counts = [index for index, piece in enumerate(pieces) if _is_count(piece)]
    if len(counts) != 1:
        return None
    fixed = [_width(piece) for index, piece in enumerate(pieces) if index != counts[0]]
    around = sum(width for width in fixed if width is not None)
    count = pieces[counts[0]]
    if None in fixed:
        return None
    if isinstance(count, Repetition):
        width = _width(count.body) or 1
        of: Intervals = ((count.least * width, None if count.most is None else count.most * width),)
        pieces[counts[0]] = repetition(count.body, 0, None)
    else:
        assert isinstance(count, Lengths), "only these two count"
        of = count.intervals
        pieces[counts[0]] = ANYTHING
    whole = pieces[-1]
    for piece in reversed(pieces[:-1]):
        whole = concatenation(piece, whole)
    return whole, intervals.summed(of, ((around, around),))


def _is_count(language: Language) -> bool:
    """Does this stand for a length? What is repeated must have one length itself, else the two tell different
    things.
    """
    if isinstance(language, Repetition) and _width(language.body):
        return max(language.least, language.most or 0) >= MIN_COUNT
    return isinstance(language, Lengths) and any(
        max(first, last or 0) >= MIN_COUNT for first, last in language.intervals
    )


def _width(language: Language) -> int | None:
    """The length of all its strings, if they have but one."""
    match language:
        case Symbol():
            return 1
        case Words():
            widths = {len(word) for word in language.words}
            return widths.pop() if len(widths) == 1 else None
        case Lengths():
            first, last = language.intervals[0]
            return first if len(language.intervals) == 1 and first == last else None
        case Concatenation():
            head, tail = _width(language.head), _width(language.tail)
            return None if head is None or tail is None else head + tail
        case Repetition():
            width = _width(language.body)
            return width * language.least if width is not None and language.least == language.most else None
    return None
