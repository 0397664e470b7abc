"""Which of the allowed words was meant?"""

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """The words that `word` is most likely a slip of, all equally near; empty if none is near enough.

    Spelling that differs only in case, blanks, dashes and underscores counts as no slip at all. Else one slip is
    allowed up to five letters, two above that.

    >>> nearest("In Progress", ["in_progress", "done"]), nearest("hihg", ["high", "low"]), nearest("x", ["y"])
    (['in_progress'], ['high'], [])
    """
    limit = 0 if len(word) < 3 else 1 if len(word) < 6 else 2
    gaps = {
        candidate: 0 if _bare(word) == _bare(candidate) else distance(word, candidate, limit) for candidate in words
    }
    least = min(gaps.values(), default=limit + 1)
    return [candidate for candidate, gap in gaps.items() if gap == least <= limit]


def distance(first: str, second: str, limit: int) -> int:
    """How many insertions, deletions, replacements and swaps of neighbours lead from one word to the other.

    Anything above `limit` comes back as `limit + 1` (optimal string alignment distance).
    """
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    older: list[int] = []
    old = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        row = [i]
        for j, b in enumerate(second, 1):
            cost = min(old[j] + 1, row[-1] + 1, old[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        older, old = old, row
    return min(old[-1], limit + 1)


def _bare(word: str) -> str:
    return word.casefold().replace(" ", "").replace("-", "").replace("_", "")
