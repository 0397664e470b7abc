"""What a rule is: a named sentence about the reader's file, with a severity and a reason."""

from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning"]
Level: TypeAlias = Literal["error", "warn", "off"]


class Rule(NamedTuple):
    """`id` reads as a sentence about the file, `summary` says what is wrong, `why` says why that matters."""

    id: str
    severity: Severity
    summary: str
    why: str
