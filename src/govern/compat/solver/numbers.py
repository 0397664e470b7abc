"""Which numbers satisfy some constraints? One that does, or the proof that none does. All arithmetic is exact."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from govern.compat.solver.nodes import Maximum, Minimum, MultipleOf, Node, Opaque, Values
from govern.compat.solver.values import FRACTION, WHOLE, Unsure, Whole

TRIES = 10_000  # multiples looked through; in real schemas the first few decide
HALVINGS = 60  # how fine a gap between two limits is searched: 2^-60 of its width

_PLEASANT = tuple(map(Fraction, ("0.5", "1.5", "0.1", "-0.5", "0.25", "2.5", "10.5", "100.5")))


class Range:
    """An interval, the divisors asked for and refused, and the numbers left out."""

    def __init__(self, constraints: Iterable[tuple[Node, bool]]) -> None:
        self.low: Fraction | None = None
        self.high: Fraction | None = None
        self.low_open = self.high_open = False
        self.divisors: list[Fraction] = []
        self.refused: list[Fraction] = []
        self.excluded: set[Fraction] = set()
        for node, holds in constraints:
            match node:
                case Minimum():
                    if holds:
                        self._at_least(node.limit, node.exclusive)
                    else:
                        self._at_most(node.limit, not node.exclusive)
                case Maximum():
                    if holds:
                        self._at_most(node.limit, node.exclusive)
                    else:
                        self._at_least(node.limit, not node.exclusive)
                case MultipleOf():
                    (self.divisors if holds else self.refused).append(node.divisor)
                case Values():
                    self.excluded.update(value for value in node.values if isinstance(value, Fraction))
                case Opaque():
                    raise Unsure(node.reason, node.pointer)

    def _at_least(self, limit: Fraction, exclusive: bool) -> None:
        if self.low is None or limit > self.low or (limit == self.low and exclusive):
            self.low, self.low_open = limit, exclusive

    def _at_most(self, limit: Fraction, exclusive: bool) -> None:
        if self.high is None or limit < self.high or (limit == self.high and exclusive):
            self.high, self.high_open = limit, exclusive

    def holds(self, value: Fraction) -> bool:
        """Is the number within everything?"""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        if self.high is not None and (value > self.high or (self.high_open and value == self.high)):
            return False
        if any((value / divisor).denominator != 1 for divisor in self.divisors):
            return False
        return value not in self.excluded and all((value / divisor).denominator != 1 for divisor in self.refused)


def a_number(constraints: Iterable[tuple[Node, bool]], kind: int) -> Fraction | None:
    """A number of the type `kind` (INTEGER, WHOLE or FRACTION) within the constraints, each asserted or denied.

    None proves that there is none. Raises Unsure where neither can be told.
    """
    range_ = Range(constraints)
    (range_.refused if kind == FRACTION else range_.divisors).append(Fraction(1))
    found = _multiple(range_) if range_.divisors else _anywhere(range_)
    return Whole(found) if found is not None and kind == WHOLE else found


def _multiple(range_: Range) -> Fraction | None:
    step = _common(range_.divisors)
    # a refused divisor strikes out every so many multiples of the step: each one, and nothing is left
    struck = [_common((step, divisor)) / step for divisor in range_.refused]
    if any(every == 1 for every in struck):
        return None
    first = last = None
    if range_.low is not None:
        first = ceil(range_.low / step)
        first += range_.low_open and first * step == range_.low
    if range_.high is not None:
        last = floor(range_.high / step)
        last -= range_.high_open and last * step == range_.high
    if first is not None and last is not None and first > last:
        return None
    for tries, factor in enumerate(_outwards(first, last)):
        if tries > TRIES:
            raise Unsure(f"more than {TRIES} multiples would have to be looked through")
        value = factor * step
        if value not in range_.excluded and not any(factor % every == 0 for every in struck):
            return value
    return None


def _outwards(first: int | None, last: int | None) -> Iterator[int]:
    """The integers of an interval, those near 0 first."""
    start = 0
    if first is not None and first > 0:
        start = first
    elif last is not None and last < 0:
        start = last
    yield start
    distance = 1
    while True:
        above, below = start + distance, start - distance
        has_above, has_below = last is None or above <= last, first is None or below >= first
        if not has_above and not has_below:
            return
        if has_above:
            yield above
        if has_below:
            yield below
        distance += 1


def _anywhere(range_: Range) -> Fraction | None:
    """A number that need be no multiple of anything: an interval with more than one point always has one."""
    low, high = range_.low, range_.high
    if low is not None and high is not None:
        if low > high or (low == high and (range_.low_open or range_.high_open)):
            return None
        if low == high:
            return low if range_.holds(low) else None
    base = low if low is not None else high if high is not None else Fraction(0)
    whole = Fraction(floor(base))
    candidates = [*_PLEASANT, *(whole + offset for offset in _PLEASANT), *(whole - offset for offset in _PLEASANT)]
    for value in candidates:
        if range_.holds(value):
            return value
    if low is None:
        low = high - 1 if high is not None else Fraction(0)
    if high is None:
        high = low + 1
    width = high - low
    for halving in range(1, HALVINGS):
        parts = 1 << halving
        for numerator in (1, 3, parts - 1):
            value = low + width * numerator / parts
            if range_.holds(value):
                return value
    raise Unsure("no number was found between two limits")


def _common(numbers: Iterable[Fraction]) -> Fraction:
    """The least common multiple of fractions."""
    parts = list(numbers)
    denominator = lcm(*(part.denominator for part in parts))
    numerator = lcm(*(part.numerator * (denominator // part.denominator) for part in parts))
    shared = gcd(numerator, denominator)
    return Fraction(numerator // shared, denominator // shared)
