"""Is there a string in a language, which is the shortest, and which come next?

What makes a question small is taken out of it before anything is walked: lengths, so that a string of 100,000
characters does not take 100,000 states; listed words, which are simply tried; and large languages that a small one
covers.
"""

from collections.abc import Iterable, Iterator

from govern.regex.algebra import (
    ANYTHING,
    intersection,
    literals,
    union,
)
from govern.regex.counts import counted, opened
from govern.regex.language import (
    Complement,
    Covered,
    Intersection,
    Language,
    Lengths,
    Union,
    Words,
)
from govern.regex.walk import Budget, Found, graph, listed, nearest, of_length, preferred, readability, written

MAX_CASES = 32  # into which a question is split; past it the rest is walked as it is
MAX_GRAPH = 2_000  # states that are laid out to list members; past it they are found one by one


def shortest(language: Language) -> str | None:
    """The shortest string, the most readable of them; None proves that there is none."""
    found = _first(language, Budget())
    return found.text() if found else None


def is_empty(language: Language) -> bool:
    """Is there provably no string?"""
    budget = Budget()
    return not any(_found(case, budget) for case in _cases(language))


def members(language: Language, limit: int) -> list[str]:
    """Up to `limit` strings, shortest first; fewer only if there are no more."""
    budget = Budget()
    parts = _parts(language)
    words = next((part.words for part in parts if isinstance(part, Words)), None)
    if words is not None:
        found = [word for word in words if all(part.accepts(word) for part in parts)]
        return sorted(found, key=lambda word: (len(word), readability(word)))[:limit]
    if whole := graph(language, MAX_GRAPH, budget):
        return listed(whole, limit, budget)
    found = []
    while len(found) < limit and (word := shortest(language - literals(found))) is not None:
        found.append(word)
    return found


def _parts(language: Language) -> tuple[Language, ...]:
    return language.parts if isinstance(language, Intersection) else (language,)


def _first(language: Language, budget: Budget) -> Found | None:
    return preferred(found for case in _cases(language) if (found := _found(case, budget)))


def _found(case: Language, budget: Budget) -> Found | None:
    """The shortest string of one case."""
    parts = _parts(case)
    for part in parts:
        if isinstance(part, Words):
            return _first_word(part.words, [other for other in parts if other is not part], budget)
    if any(_covering(part) for part in parts):
        wide = intersection(part if (covering := _covering(part)) is None else covering for part in parts)
        found = _first(wide, budget)
        if found is None:
            return None
        samples = [sample for part in parts if isinstance(part, Covered) for sample in part.samples]
        for text in (found.text(), *samples):
            if len(text) == found.length and all(part.accepts(text) for part in parts):
                return written(text)
    of = next((part.intervals for part in parts if isinstance(part, Lengths)), None)
    if of is None:
        return nearest(case, budget)
    return of_length(intersection(part for part in parts if not isinstance(part, Lengths)), of, budget)


def _covering(part: Language) -> Language | None:
    """A simple language that this one is inside of, if it is known for that."""
    if isinstance(part, Covered):
        return part.cover
    return ANYTHING if isinstance(part, Complement) and isinstance(part.body, Covered) else None


def _first_word(words: Iterable[str], others: list[Language], budget: Budget) -> Found | None:
    for word in sorted(words, key=lambda word: (len(word), readability(word))):
        budget.spend((len(word) + 1) * (len(others) + 1))
        if all(other.accepts(word) for other in others):
            return written(word)
    return None


def _cases(language: Language) -> Iterator[Language]:
    """Languages whose union is `language`, split where that lets lengths, words or covers stand by themselves."""
    pending, cases = [language], 1
    while pending:
        case = intersection(opened(part) for part in _parts(pending.pop()))
        parts = _parts(case)
        choice = next((part for part in parts if isinstance(part, Union) and any(map(_stands_out, part.parts))), None)
        if choice is None or cases + len(choice.parts) > MAX_CASES:
            yield case
            continue
        others = [part for part in parts if part is not choice]
        alone = [part for part in choice.parts if _stands_out(part)]
        together = [part for part in choice.parts if not _stands_out(part)]
        branches = [*alone, union(together)] if together else alone
        cases += len(branches) - 1
        pending.extend(intersection([*others, branch]) for branch in branches)


def _stands_out(language: Language) -> bool:
    """Is a question that has this as a part of an intersection easier than one that has it inside a union?"""
    return any(isinstance(part, (Lengths, Covered, Words)) or counted(part) for part in _parts(language))
