"""Where does a series of numbers skip one or go back?"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Slip(NamedTuple):
    """The number at `position` is not the one that was `expected`; it was `skipped` to, or else it comes again."""

    position: int
    expected: int
    skipped: bool


def slips(numbers: Sequence[int]) -> Iterator[Slip]:
    """The slips in a series that may begin anywhere, each once: what follows one is counted from it.

    A number that was left out and comes later was one slip, not two; after a number that came twice the series may
    go on from either.

    >>> [slip.expected for slip in slips([1, 2, 4, 5])], [slip.expected for slip in slips([1, 3, 2, 4])]
    ([3], [2])
    >>> [slip.expected for slip in slips([1, 2, 2, 3])], [slip.expected for slip in slips([1, 2, 2, 4])]
    ([3], [3])
    """
    left_out: set[int] = set()
    last, other = numbers[0] if numbers else 0, None
    for index, number in enumerate(numbers[1:], 1):
        if number in (last + 1, other):
            last, other = number, None
        elif number > last:
            yield Slip(index, last + 1, True)
            left_out.update(range(last + 1, min(number, last + 100)))
            last, other = number, None
        elif number in left_out:
            left_out.discard(number)
        else:
            yield Slip(index, last + 1, False)
            last, other = number, max(last, number) + 2
