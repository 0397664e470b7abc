"""JSON values as a set can hold them: equal exactly when JSON Schema calls them equal.

Numbers become fractions, so 1 and 1.0 are one value and 0.1 is a tenth; true is never 1; arrays are tuples, objects
are sorted pairs behind a mark.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

Frozen: TypeAlias = Any

MAX_EXPONENT = 5_000  # digits: 1e5000 is a number nobody bounds by; a fraction of a million digits takes seconds

NULL, BOOLEAN, INTEGER, FRACTION, STRING, ARRAY, OBJECT, WHOLE = (1 << bit for bit in range(8))
"""The types, disjoint: WHOLE is a number such as 1.0, which draft 4 does not call an integer and the others do."""

EVERY_TYPE = 255
NUMBERS = INTEGER | FRACTION | WHOLE


class Unsure(Exception):
    """Something cannot be told: the text says why, `pointer` leads to the place in the schema."""

    def __init__(self, reason: str, pointer: str = "") -> None:
        super().__init__(reason)
        self.pointer = pointer


class Truth:
    """true and false: Python would call them 1 and 0."""

    __slots__ = ("value",)

    def __init__(self, value: bool) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "true" if self.value else "false"


TRUE, FALSE = Truth(True), Truth(False)


class Mapping(tuple[tuple[str, Any], ...]):
    """An object: its pairs, sorted by name."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(("object", tuple.__hash__(self)))


def number(value: int | float | Decimal | Fraction) -> Fraction:
    """A JSON number, exactly as it is written.

    >>> number(0.1)
    Fraction(1, 10)
    """
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    decimal = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not decimal.is_finite() or abs(decimal.adjusted()) > MAX_EXPONENT:
        raise Unsure(f"a number has more than {MAX_EXPONENT} digits")
    return Fraction(decimal)


def freeze(value: Any) -> Frozen:
    """A JSON value as something that can be compared and kept in a set."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, (int, float, Decimal, Fraction)):
        return number(value)
    if isinstance(value, dict):
        return Mapping(sorted((name, freeze(item)) for name, item in value.items()))
    return tuple(freeze(item) for item in value)


def thaw(value: Frozen) -> Any:
    """The JSON value again: integers as int, other numbers as float where that is exact, else as Decimal."""
    if isinstance(value, Mapping):
        return {name: thaw(item) for name, item in value}
    if isinstance(value, tuple):
        return [thaw(item) for item in value]
    if isinstance(value, Truth):
        return value.value
    if isinstance(value, Whole):
        return float(value)
    if isinstance(value, Fraction):
        return written(value)
    return value


class Whole(Fraction):
    """An integral number written with a fraction, such as 1.0."""

    __slots__ = ()


def written(value: Fraction) -> int | float | Decimal:
    """A number as JSON writes it: an integer, a float where its shortest form says exactly this, else a Decimal."""
    if value.denominator == 1:
        return int(value)
    try:
        near = float(value)
        if Fraction(Decimal(repr(near))) == value:
            return near
    except (OverflowError, ValueError):
        pass
    twos = (value.denominator & -value.denominator).bit_length() - 1
    fives, rest = 0, value.denominator >> twos
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    if rest != 1:
        raise Unsure("a number has no finite decimal form")
    digits = max(twos, fives)
    numerator = value.numerator * 10**digits // value.denominator
    sign, figures = (1, -numerator) if numerator < 0 else (0, numerator)
    return Decimal((sign, tuple(map(int, str(figures))), -digits))


def type_of(value: Frozen) -> int:
    """The type of a frozen value, one of the bits above."""
    if value is None:
        return NULL
    if isinstance(value, str):
        return STRING
    if isinstance(value, Truth):
        return BOOLEAN
    if isinstance(value, Fraction):
        if value.denominator != 1:
            return FRACTION
        return WHOLE if isinstance(value, Whole) else INTEGER
    return OBJECT if isinstance(value, Mapping) else ARRAY
