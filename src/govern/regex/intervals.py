"""Arithmetic on sets of lengths: sorted, disjoint, inclusive intervals of whole numbers, the last perhaps endless."""

from collections.abc import Iterable
from typing import TypeAlias

from govern.regex.errors import TooLarge

MAX_INTERVALS = 1_000  # of one set of lengths; real questions have one or two

Intervals: TypeAlias = tuple[tuple[int, int | None], ...]


def merged(intervals: Iterable[tuple[int, int | None]]) -> Intervals:
    """
    >>> merged([(5, 7), (0, 4), (9, None)])
    ((0, 7), (9, None))
    """
    result: list[tuple[int, int | None]] = []
    for first, last in sorted(intervals, key=lambda interval: interval[0]):
        if last is not None and last < first:
            continue
        if result:
            end = result[-1][1]
            if end is None:
                break
            if first <= end + 1:
                if last is None or last > end:
                    result[-1] = (result[-1][0], last)
                continue
        result.append((first, last))
    if len(result) > MAX_INTERVALS:
        raise TooLarge(f"more than {MAX_INTERVALS} intervals of lengths")
    return tuple(result)


def complement(intervals: Intervals) -> Intervals:
    """
    >>> complement(((1, 3), (7, None)))
    ((0, 0), (4, 6))
    """
    gaps: list[tuple[int, int | None]] = []
    start = 0
    for first, last in intervals:
        gaps.append((start, first - 1))
        if last is None:
            return merged(gaps)
        start = last + 1
    return merged([*gaps, (start, None)])


def both(one: Intervals, other: Intervals) -> Intervals:
    """
    >>> both(((1, 8),), ((0, 2), (5, None)))
    ((1, 2), (5, 8))
    """
    return merged(
        (max(first, start), last if end is None else end if last is None else min(last, end))
        for first, last in one
        for start, end in other
    )


def summed(one: Intervals, other: Intervals) -> Intervals:
    """The lengths of a string of `one` followed by a string of `other`.

    >>> summed(((1, 1), (4, 5)), ((0, None),))
    ((1, None),)
    """
    if len(one) * len(other) > MAX_INTERVALS:
        raise TooLarge(f"more than {MAX_INTERVALS} intervals of lengths")
    return merged(
        (first + start, None if last is None or end is None else last + end)
        for first, last in one
        for start, end in other
    )


def times(first: int, last: int | None, least: int, most: int | None) -> tuple[int, int | None] | None:
    """How often something comes when it comes `first` to `last` times, and all that `least` to `most` times; None
    where the counts have gaps.

    >>> times(0, 3, 2, 5), times(1, None, 4, 4), times(2, 2, 1, 3), times(5, 7, 3, 3), times(2, None, 0, 1)
    ((0, 15), (4, None), None, (15, 21), None)
    """
    # Gaps between one count and the next only shrink, so the first pair of counts tells.
    if least != most and (last is not None or least == 0) and (last or 0) * least + 1 < first * (least + 1):
        return None
    if most == 0:
        return 0, 0
    return first * least, None if last is None or most is None else last * most


def shorter(intervals: Intervals) -> Intervals:
    """All lengths less one.

    >>> shorter(((0, 0), (2, 3)))
    ((1, 2),)
    """
    return tuple(
        (max(first - 1, 0), None if last is None else last - 1) for first, last in intervals if last is None or last > 0
    )
