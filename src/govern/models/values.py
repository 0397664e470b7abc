"""What do the models of all kinds have in common? Types that admit exactly the values that JSON Schema admits.

Nothing is coerced, but for what only looks different in Python: the number 1.0 is an integer and reads as 1, and the
text of a date reads as a `datetime.date`.
"""

import datetime
import re
from collections.abc import Callable, Hashable
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat

T = TypeVar("T")

FULL_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")  # RFC 3339; date.fromisoformat also takes 20260101 and 2026-W01-1


class View(BaseModel):
    """An object in a document. A key that is absent reads as its default; `model_fields_set` tells which there were.

    It is not edited in place, for nothing would judge the change.
    """

    model_config = ConfigDict(strict=True, frozen=True, protected_namespaces=())


class Open(View):
    """An object that may have further keys; `model_extra` holds them."""

    model_config = ConfigDict(extra="allow")


class Closed(View):
    """An object that has no other keys."""

    model_config = ConfigDict(extra="forbid")


def _not_null(value: Any) -> Any:
    if value is None:
        raise ValueError("leave the key out instead of giving it the value null")
    return value


def whole(value: Any) -> Any:
    """The number 1.0 as 1, and anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value  # a date that Python code hands in is one already
    if not FULL_DATE.fullmatch(value):
        raise ValueError("a date is written YYYY-MM-DD")
    return datetime.date.fromisoformat(value)


def formatted(name: str) -> AfterValidator:
    """Admits the texts of a format, as the validator of documents has it."""
    known: list[Callable[[Any], bool]] = []

    def check(value: str) -> str:
        if not known:
            from govern.validator import Validator

            known.append(Validator({"format": name}).is_valid)
        if not known[0](value):
            raise ValueError(f"this is not of the format {name}")
        return value

    return AfterValidator(check)


def _identity(value: Any) -> Hashable:
    """Two JSON values are equal where these are: 1 equals 1.0, but not True."""
    if isinstance(value, dict):
        return frozenset((key, _identity(below)) for key, below in value.items())
    if isinstance(value, list):
        return tuple(map(_identity, value))
    if isinstance(value, BaseModel):
        return _identity(value.model_dump(mode="json", by_alias=True, exclude_unset=True))
    return isinstance(value, bool), value


def _distinct(value: Any) -> Any:
    if isinstance(value, list) and len(set(map(_identity, value))) < len(value):
        raise ValueError("no item may occur twice")
    return value


# A key that may be absent, which reads as None, but that is never null: for `T | None` null is a value of its own.
Maybe: TypeAlias = Annotated[T | None, BeforeValidator(_not_null)]

NotEmpty: TypeAlias = Annotated[str, Field(min_length=1)]
Unique: TypeAlias = Annotated[list[T], BeforeValidator(_distinct)]
Integer: TypeAlias = Annotated[int, BeforeValidator(whole)]
Number: TypeAlias = int | FiniteFloat
# RFC 3339 also has the year 0000, Python has not: such a date the schema admits, and no model can hold it.
Date: TypeAlias = Annotated[datetime.date, BeforeValidator(_date)]
