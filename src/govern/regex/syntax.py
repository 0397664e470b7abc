"""What a pattern says, read: its parts, each one object that is like no other."""

from functools import cached_property
from typing import ClassVar, Literal, TypeAlias

from govern.regex.chars import Chars

Where: TypeAlias = Literal["^", "$", "b", "B"]


class Part:
    """A part of a pattern. `looks`: does it ask about what is before or after it? `behind`: about what is before?
    `loops`: does something in it that looks come several times?
    """

    looks: bool = False
    behind: bool = False
    loops: bool = False


class One(Part):
    """One character out of a set."""

    def __init__(self, chars: Chars) -> None:
        self.chars = chars


class Sequence(Part):
    """Parts one after another."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        self.looks = any(part.looks for part in parts)
        self.behind = any(part.behind for part in parts)
        self.loops = any(part.loops for part in parts)

    @cached_property
    def runs(self) -> tuple[Part, ...]:
        """The same, those parts that look at nothing taken together."""
        runs: list[Part] = []
        plain: list[Part] = []
        for part in (*self.parts, None):
            if part is not None and not part.looks:
                plain.append(part)
                continue
            if plain:
                runs.append(plain[0] if len(plain) == 1 else Sequence(tuple(plain)))
                plain = []
            if part is not None:
                runs.append(part)
        return tuple(runs)

    @cached_property
    def rest(self) -> "Part":
        """All but the first."""
        return self.parts[1] if len(self.parts) == 2 else Sequence(self.parts[1:])


class Choice(Part):
    """One of several parts."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        self.looks = any(part.looks for part in parts)
        self.behind = any(part.behind for part in parts)
        self.loops = any(part.loops for part in parts)


class Loop(Part):
    """A part `least` to `most` times."""

    def __init__(self, body: Part, least: int, most: int | None) -> None:
        self.body, self.least, self.most = body, least, most
        self.looks, self.behind, self.loops = body.looks, body.behind, body.looks

    @cached_property
    def again(self) -> "Loop":
        """What is left of it after one time."""
        if self.least == 0 and self.most is None:
            return self
        return Loop(self.body, max(self.least - 1, 0), None if self.most is None else self.most - 1)


class At(Part):
    """The start, the end, a boundary of a word, or no such boundary."""

    looks = True
    MEANS_BEHIND: ClassVar[frozenset[str]] = frozenset("^bB")

    def __init__(self, where: Where) -> None:
        self.where = where
        self.behind = where in self.MEANS_BEHIND


class Look(Part):
    """A look ahead or back: here, something must match, or must not."""

    looks = True

    def __init__(self, body: Part, ahead: bool, negated: bool) -> None:
        self.body, self.ahead, self.negated = body, ahead, negated
        self.behind = body.behind or not ahead
        self.loops = body.loops
