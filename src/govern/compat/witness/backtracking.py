"""How much work may a backtracking search for a pattern take? Counted before it starts, since it cannot be stopped.

A search that fails has walked every path through the pattern that fits the text from some start. Those paths are
counted, without walking them, one character at a time: how many lead to each place in the pattern. The count is never
below the work; it may be above, where a lookaround or a match would have ended the search.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

MAX_PLACES = 3_000  # characters of the pattern, repeated ones counted as often as they may occur in the text
MAX_COUNTING = 300_000  # additions: a tenth of a second

_ATOM = re.compile(
    r"\\u\{[0-9A-Fa-f]+\}|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\c[A-Za-z]"
    r"|\\[pP]\{[^}]*\}|\[(?:\\.|[^\]\\])*\]|\\.|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??")
_GROUP = re.compile(r"\((?:\?(?:[:=!]|<[=!]|<[^>]*>|[ims-]*:))?")
_REFERENCE = re.compile(r"\\[1-9][0-9]*|\\k<[^>]*>")
ANYTHING = ""


class TooMuch(Exception):
    """The work is more than was allowed, or more than can be counted."""


class _Part(NamedTuple):
    """A part of a pattern: how many ways lead through it without a character, to its first ones, from its last."""

    empty: int
    first: Counter[int]
    last: Counter[int]


class _Paths:
    """The characters of a pattern, by number, and in how many ways one follows another."""

    def __init__(self, pattern: str, longest: int) -> None:
        self._pattern = pattern
        self._longest = longest
        self._at = 0
        self.atoms: list[str] = []
        self.follow: list[Counter[int]] = []
        self.start = self._choice().first

    def _choice(self) -> _Part:
        whole = self._sequence()
        while self._pattern[self._at : self._at + 1] == "|":
            self._at += 1
            other = self._sequence()
            whole = _Part(whole.empty + other.empty, whole.first + other.first, whole.last + other.last)
        return whole

    def _sequence(self) -> _Part:
        whole = _Part(1, Counter(), Counter())
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            whole = self._then(whole, self._repeated())
        return whole

    def _repeated(self) -> _Part:
        begin = self._at
        part = self._single()
        end = self._at
        quantifier = _QUANTIFIER.match(self._pattern, end)
        if quantifier is None:
            return part
        sign, least, comma, most = quantifier.groups()
        low = {"*": 0, "+": 1, "?": 0}[sign] if sign else int(least)
        high = (1 if sign == "?" else None) if sign else (int(most) if most else None if comma else low)
        if high is not None and high <= 1:
            part = _Part(part.empty if low else part.empty + 1, part.first, part.last)
            part = part if high else _Part(1, Counter(), Counter())
        elif high is None and low <= 1:
            part = self._looped(part, low)
        else:
            part = self._copied(part, begin, low, high)
        self._at = quantifier.end()
        return part

    def _copied(self, part: _Part, begin: int, low: int, high: int | None) -> _Part:
        """A part repeated: A{2,4} is AA(A(A)?)?. More copies than the text has characters are of no use."""
        copies = [part]
        while len(copies) < min(high or low, max(self._longest, low if part.empty else 0)):
            self._at = begin
            copies.append(self._single())
        whole = self._looped(copies.pop(), 1) if high is None else copies.pop()
        for number in range(len(copies), -1, -1):
            if number >= low:
                whole = _Part(whole.empty + 1, whole.first, whole.last)
            if number:
                whole = self._then(copies[number - 1], whole)
        return whole

    def _single(self) -> _Part:
        group = _GROUP.match(self._pattern, self._at)
        if group is not None:
            self._at = group.end()
            inside = self._choice()
            self._at += 1
            # What a lookaround has found is never looked for in another way.
            looks = group.group().endswith(("=", "!"))
            return _Part(1, inside.first, Counter()) if looks else inside
        reference = _REFERENCE.match(self._pattern, self._at)
        if reference is not None:
            self._at = reference.end()
            return self._looped(self._atom(ANYTHING), 0)
        matched = _ATOM.match(self._pattern, self._at)
        assert matched is not None
        self._at = matched.end()
        if matched.group() in ("^", "$", r"\b", r"\B"):
            return _Part(1, Counter(), Counter())
        return self._atom(matched.group())

    def _atom(self, source: str) -> _Part:
        if len(self.atoms) >= MAX_PLACES:
            raise TooMuch
        self.atoms.append(source)
        self.follow.append(Counter())
        return _Part(0, Counter({len(self.atoms) - 1: 1}), Counter({len(self.atoms) - 1: 1}))

    def _then(self, part: _Part, following: _Part) -> _Part:
        for last, ways in part.last.items():
            for next_place, more in following.first.items():
                self.follow[last][next_place] += ways * more
        first = part.first + _times(following.first, part.empty)
        return _Part(part.empty * following.empty, first, following.last + _times(part.last, following.empty))

    def _looped(self, part: _Part, least: int) -> _Part:
        self._then(part, part)
        return _Part(part.empty if least else 1, part.first, part.last)


def steps(pattern: str, text: str, matches: Callable[[str, str], bool], limit: int) -> int:
    """At most how many steps a backtracking search for a well-formed pattern takes. Raises TooMuch beyond `limit`.

    `matches` says whether one character of the pattern, such as `\\d` or `[a-z]`, matches one of the text.
    """
    if len(text) * len(text) <= limit and len(_QUANTIFIER.findall(pattern)) + pattern.count("|") <= 1:
        return len(text) * len(text)
    if "(?<=" in pattern or "(?<!" in pattern:
        # They are searched backwards, where other paths fit: counted as if they were to fit anything.
        matches = _always
    paths = _paths(pattern, 1 << len(text).bit_length())
    total, counted = len(text), 0
    here: Counter[int] = Counter()
    for character in text:
        fits: dict[str, bool] = {}
        ahead = Counter(paths.start)
        for place, ways in here.items():
            counted += len(paths.follow[place])
            for next_place, more in paths.follow[place].items():
                ahead[next_place] += ways * more
        here = Counter()
        for place, ways in ahead.items():
            atom = paths.atoms[place]
            if atom not in fits:
                fits[atom] = atom == ANYTHING or matches(atom, character)
            total += ways
            if fits[atom]:
                here[place] = ways
        counted += len(ahead)
        if total > limit or counted > MAX_COUNTING:
            raise TooMuch
    return total


@lru_cache(maxsize=256)
def _paths(pattern: str, longest: int) -> _Paths:
    return _Paths(pattern, longest)


def _always(atom: str, character: str) -> bool:
    return True


def _times(places: Counter[int], ways: int) -> Counter[int]:
    return Counter({place: count * ways for place, count in places.items()}) if ways != 1 else places
