"""What a comparison of two schemas says: nothing breaks, this value breaks, or it cannot be told."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Direction: TypeAlias = Literal["backward", "forward"]
OpenContent: TypeAlias = Literal["lenient", "strict"]
Formats: TypeAlias = Literal["assert", "annotate"]
BreakKind: TypeAlias = Literal["strict", "open-content", "format"]


@dataclass(frozen=True, slots=True)
class Compatible:
    """Every value that the writer's schema admits, the reader's admits too: proved, never sampled."""


@dataclass(frozen=True, slots=True)
class Breaking:
    """`witness`, a JSON value, is admitted by the writer's schema and refused by the reader's.

    `kind` says what it takes: `strict` breaks whatever is assumed, `open-content` only if producers send properties
    that they did not declare, `format` only if formats are asserted.
    """

    witness: Any
    kind: BreakKind = "strict"


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither could be shown. `reason` is a sentence, `pointer` leads to the place in the schema that stood in the
    way.
    """

    reason: str
    pointer: str = ""


Verdict: TypeAlias = Compatible | Breaking | Undecided
