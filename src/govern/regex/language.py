"""Which strings? Languages: immutable, one object per structure, combined by `&`, `|`, `-` and `~` without work.

A language tells two things about itself: whether it holds the empty string, and its transitions: for each first
character, the language of what may follow (Brzozowski's derivatives, one per class of characters that behave alike).
Everything else is a walk along those. Strings are strings of Unicode scalar values.

Here are the shapes that a language may have; `algebra` builds them, `derivatives` knows their transitions.
"""

from bisect import bisect_left
from collections.abc import Callable
from itertools import count
from typing import Any, TypeAlias, TypeVar, cast
from weakref import WeakValueDictionary

from govern.regex.chars import Chars
from govern.regex.errors import TooLarge
from govern.regex.intervals import Intervals

LONG = 1_000  # characters from which on counting them first is worth the trouble

Transitions: TypeAlias = tuple[tuple[Chars, "Language"], ...]
Shape = TypeVar("Shape", bound="Language")

_known: WeakValueDictionary[Any, "Language"] = WeakValueDictionary()
_serial = count()


class Language:
    """A set of strings. Two that are built alike are the same object.

    >>> from govern.regex import lengths, literal, literals
    >>> literal("ab") | literal("ab") is literal("ab")
    True
    >>> (lengths(1, 2) - literals(["a", "b"])).shortest()
    'c'
    """

    __slots__ = ("__weakref__", "_nullable", "_steps", "_transitions", "cost", "serial")
    serial: int  # gives the parts of a union an order that does not depend on addresses
    cost: int  # of the transitions, known once they are: what a search pays to stand here
    _nullable: bool | None
    _transitions: Transitions | None
    _steps: dict[int, "Language | None"]

    def __and__(self, other: "Language") -> "Language":
        from govern.regex.algebra import intersection

        return intersection((self, other))

    def __or__(self, other: "Language") -> "Language":
        from govern.regex.algebra import union

        return union((self, other))

    def __sub__(self, other: "Language") -> "Language":
        return self & ~other

    def __invert__(self) -> "Language":
        from govern.regex.algebra import complement

        return complement(self)

    @property
    def nullable(self) -> bool:
        """Is the empty string in here?"""
        if self._nullable is None:
            self._nullable = self._holds_empty()
        return self._nullable

    @property
    def transitions(self) -> Transitions:
        """What may follow each first character: disjoint classes, the most readable first. A character in none of
        them begins no string of the language.
        """
        if self._transitions is None:
            from govern.regex.derivatives import transitions

            try:
                self._transitions, self.cost = transitions(self)
            except RecursionError:
                raise TooLarge("languages that are nested too deeply for Python's stack") from None
        return self._transitions

    def step(self, point: int) -> "Language | None":
        """What may follow this character; None if nothing does."""
        if point not in self._steps:
            follows = (follows for chars, follows in self.transitions if point in chars)
            self._steps[point] = next(follows, None)
        return self._steps[point]

    def accepts(self, text: str) -> bool:
        """Is this string in here? Takes one step per character; raises TooLarge only where a step is too large."""
        return is_scalar(text) and self._accepts(text)

    def shortest(self) -> str | None:
        """The shortest string in here, the most readable of them. None proves that there is none.

        Raises TooLarge where that takes too many steps, or where the string is too long to be built.
        """
        from govern.regex.search import shortest

        return shortest(self)

    def is_empty(self) -> bool:
        """Is there provably no string in here? Raises TooLarge where that takes too many steps."""
        from govern.regex.search import is_empty

        return is_empty(self)

    def members(self, limit: int) -> list[str]:
        """Up to `limit` strings in here, shortest first. Fewer than `limit` are all that there are."""
        from govern.regex.search import members

        return members(self, limit)

    def _holds_empty(self) -> bool:
        raise NotImplementedError

    def _accepts(self, text: str) -> bool:
        language = self
        if len(text) > LONG:
            from govern.regex.counts import opened

            if (language := opened(self)) is not self:
                return language._accepts(text)
        for one in text:
            follows = language.step(ord(one))
            if follows is None:
                return False
            language = follows
        return language.nullable


class Lengths(Language):
    """Every string of certain lengths. Everything and nothing are lengths too."""

    __slots__ = ("intervals",)
    intervals: Intervals

    def _holds_empty(self) -> bool:
        return bool(self.intervals) and self.intervals[0][0] == 0

    def _accepts(self, text: str) -> bool:
        return any(first <= len(text) and (last is None or len(text) <= last) for first, last in self.intervals)


class Symbol(Language):
    """One character out of a set."""

    __slots__ = ("chars",)
    chars: Chars

    def _holds_empty(self) -> bool:
        return False


class Words(Language):
    """Some strings, sorted: hundreds of them cost no more than their letters."""

    __slots__ = ("words",)
    words: tuple[str, ...]

    def _holds_empty(self) -> bool:
        return "" in self.words

    def _accepts(self, text: str) -> bool:
        index = bisect_left(self.words, text)
        return index < len(self.words) and self.words[index] == text


class Concatenation(Language):
    """A string of one language, then one of another. `head` is no concatenation itself."""

    __slots__ = ("head", "tail")
    head: Language
    tail: Language

    def _holds_empty(self) -> bool:
        at: Language = self
        while isinstance(at, Concatenation):
            if not at.head.nullable:
                return False
            at = at.tail
        return at.nullable


class Repetition(Language):
    """Strings of one language, so many times in a row. Counted, not written out."""

    __slots__ = ("body", "least", "most")
    body: Language
    least: int
    most: int | None

    def _holds_empty(self) -> bool:
        return self.least == 0


class Union(Language):
    """The strings of any of several languages."""

    __slots__ = ("parts",)
    parts: tuple[Language, ...]

    def _holds_empty(self) -> bool:
        return any(part.nullable for part in self.parts)

    def _accepts(self, text: str) -> bool:
        return any(part._accepts(text) for part in self.parts)


class Intersection(Language):
    """The strings that several languages have in common."""

    __slots__ = ("parts",)
    parts: tuple[Language, ...]

    def _holds_empty(self) -> bool:
        return all(part.nullable for part in self.parts)

    def _accepts(self, text: str) -> bool:
        return all(part._accepts(text) for part in self.parts)


class Complement(Language):
    """Every string that is not in another language."""

    __slots__ = ("body",)
    body: Language

    def _holds_empty(self) -> bool:
        return not self.body.nullable

    def _accepts(self, text: str) -> bool:
        return not self.body._accepts(text)


class Deferred(Language):
    """A language that is written out when somebody walks into it, so that it may lead back to itself. `key` tells
    it from others; `write` says what it is, and how much work it was to find out.
    """

    __slots__ = ("_written", "key", "write")
    key: Any
    write: Callable[[], tuple[Language, int]]
    _written: tuple[Language, int] | None

    @property
    def written(self) -> tuple[Language, int]:
        if self._written is None:
            self._written = self.write()
        return self._written

    def _holds_empty(self) -> bool:
        return self.written[0].nullable


class Covered(Language):
    """A large language inside a small one: a search asks `cover` first, then whether `samples` will do."""

    __slots__ = ("body", "cover", "samples")
    body: Language
    cover: Language
    samples: tuple[str, ...]

    def _holds_empty(self) -> bool:
        return self.body.nullable


def is_scalar(text: str) -> bool:
    """Is this a string of Unicode scalar values, one without lone surrogates?

    >>> is_scalar("😀"), is_scalar("\\ud83d")
    (True, False)
    """
    return text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text)


def the(kind: type[Shape], key: Any, /, **fields: Any) -> Shape:
    """The one language of this shape."""
    known = _known.get((kind, key))
    if known is None:
        known = kind.__new__(kind)
        known.serial = next(_serial)
        known.cost = 1
        known._nullable = known._transitions = None
        known._steps = {}
        for name, value in fields.items():
            setattr(known, name, value)
        _known[kind, key] = known
    return cast(Shape, known)
