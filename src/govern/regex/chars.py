"""Which characters? Sets of Unicode scalar values: immutable, one object per set, operations remembered."""

from collections.abc import Iterable
from typing import TypeAlias
from weakref import WeakValueDictionary

LAST = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)  # no string of JSON text holds one by itself

# What a person would pick as an example, best first. What is in none of these comes last, control characters and
# the like with it.
READABLE = [
    (ord("a"), ord("z")),
    (ord("0"), ord("9")),
    (ord("A"), ord("Z")),
    (ord("-"), ord("-")),
    (ord("_"), ord("_")),
    (ord("."), ord("/")),
    (0x21, 0x7E),
    (ord(" "), ord(" ")),
    (0xDF, 0xF6),
    (0xF8, 0xFF),
    (0xC0, 0xD6),
    (0x3B1, 0x3C9),
    (0x430, 0x44F),
    (0x4E00, 0x9FFF),
    (0x660, 0x669),
    (0xA1, 0xAC),
    (0x0A, 0x0A),
    (0xAE, SURROGATES[0] - 1),
]

Ranges: TypeAlias = tuple[tuple[int, int], ...]


class Chars:
    """A set of characters. `ranges` are sorted, inclusive, and neither touch nor overlap.

    >>> digits = chars([(0x30, 0x39)])
    >>> digits & chars([(0x35, 0x40)]) is chars([(0x35, 0x39)])
    True
    >>> ord("7") in digits, ord("x") in digits, bool(digits - digits)
    (True, False, False)
    """

    __slots__ = ("__weakref__", "_best", "_both", "_complement", "_either", "ranges")

    def __init__(self, ranges: Ranges) -> None:
        self.ranges = ranges
        self._both: dict[Chars, Chars] = {}
        self._either: dict[Chars, Chars] = {}
        self._complement: Chars | None = None
        self._best: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __contains__(self, point: int) -> bool:
        low, high = 0, len(self.ranges)
        while low < high:
            middle = (low + high) // 2
            first, last = self.ranges[middle]
            if point < first:
                high = middle
            elif point > last:
                low = middle + 1
            else:
                return True
        return False

    def __and__(self, other: "Chars") -> "Chars":
        if other is self or other is ALL:
            return self
        if self is ALL:
            return other
        both = self._both.get(other)
        if both is None:
            both = self._both[other] = _intern(_both(self.ranges, other.ranges))
        return both

    def __or__(self, other: "Chars") -> "Chars":
        if other is self:
            return self
        either = self._either.get(other)
        if either is None:
            either = self._either[other] = _intern(_merged([*self.ranges, *other.ranges]))
        return either

    def __invert__(self) -> "Chars":
        if self._complement is None:
            gaps, start = [], 0
            for first, last in (*self.ranges, (LAST + 1, LAST + 1)):
                if start < first:
                    gaps.append((start, first - 1))
                start = last + 1
            self._complement = chars(gaps)
            self._complement._complement = self
        return self._complement

    def __sub__(self, other: "Chars") -> "Chars":
        return self & ~other

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)

    def __repr__(self) -> str:
        return f"chars({list(self.ranges)})"

    def readable(self, limit: int) -> list[int]:
        """Up to `limit` of these, the most readable first."""
        found: dict[int, None] = {}
        for span in (*READABLE, (0, LAST)):
            for first, last in _both(self.ranges, (span,)):
                for point in range(first, last + 1):
                    found.setdefault(point)
                    if len(found) >= limit:
                        return list(found)
        return list(found)

    @property
    def best(self) -> tuple[int, int]:
        """How readable the most readable of these is, the lowest number best, and which it is."""
        if self._best is None:
            spans = (*READABLE, (0, LAST))
            self._best = next(
                (rank, max(first, low))
                for rank, (low, high) in enumerate(spans)
                for first, last in self.ranges
                if first <= high and last >= low
            )
        return self._best


def chars(ranges: Iterable[tuple[int, int]]) -> Chars:
    """The characters of some inclusive ranges, in any order. Surrogates fall away."""
    return _intern(_both(_merged(ranges), SCALARS))


def char(text: str) -> Chars:
    """The set of the characters of a text."""
    return chars((ord(one), ord(one)) for one in text)


def _merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            if last > merged[-1][1]:
                merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return tuple(merged)


def _both(one: Ranges, other: Ranges) -> Ranges:
    both, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        first, last = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if first <= last:
            both.append((first, last))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(both)


def _intern(ranges: Ranges) -> Chars:
    known = _known.get(ranges)
    if known is None:
        known = _known[ranges] = Chars(ranges)
    return known


_known: WeakValueDictionary[Ranges, Chars] = WeakValueDictionary()
SCALARS: Ranges = ((0, SURROGATES[0] - 1), (SURROGATES[1] + 1, LAST))
ALL = _intern(SCALARS)
NONE = _intern(())
