"""One difference between two versions of a schema, and what two versions mean for each other."""

import hashlib
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias

from govern.model.finding import canonical
from govern.model.rule import Severity
from govern.model.verdict import Direction, Formats, OpenContent, Verdict

Bump: TypeAlias = Literal["none", "patch", "minor", "major"]
Mode: TypeAlias = Literal["backward", "forward", "full", "backward-transitive", "forward-transitive", "full-transitive"]


class Absent:
    """There is no value here; None is one."""

    __slots__ = ()


ABSENT = Absent()


class Site(NamedTuple):
    """A place in a schema file. Lines and columns count from 1, columns in code points."""

    path: str
    pointer: str
    line: int = 1
    column: int = 1


class Change(NamedTuple):
    """One difference: what it is, where on both sides, and which direction it breaks by itself.

    `breaks` is empty for a change that breaks nobody. `witness` is a value that this change alone takes away from a
    reader, ABSENT where causes cannot be separated. `before` and `after` are the two subschemas, ABSENT where there
    is none.
    """

    subject: str
    rule: str
    severity: Severity
    message: str
    old: Site | None
    new: Site | None
    before: Any = ABSENT
    after: Any = ABSENT
    breaks: tuple[Direction, ...] = ()
    witness: Any = ABSENT
    hint: str | None = None
    waived: bool = False

    @property
    def id(self) -> str:
        """Twelve hex digits: SHA-256 over the RFC 8785 form of [subject, rule, pointer, [before, after]]."""
        import rfc8785

        site = self.new or self.old
        pair = [[] if value is ABSENT else [value] for value in (self.before, self.after)]
        identity = canonical([self.subject, self.rule, site.pointer if site else "", pair])
        return hashlib.sha256(rfc8785.dumps(identity)).hexdigest()[:12]


class Comparison(NamedTuple):
    """Two versions of a subject under a mode. `backward` and `forward` are None only where a side cannot be read: the
    advice on the order of deployment needs both, whatever the mode asks.

    `old` and `new` name what was compared, such as `event/order-placed@1.2.0`. `written` gives the
    text of a witness where documents are texts, such as markdown, and only values count that a text can have.
    """

    subject: str
    old: str
    new: str
    mode: Mode
    open_content: OpenContent
    formats: Formats
    backward: Verdict | None
    forward: Verdict | None
    required_bump: Bump
    changes: tuple[Change, ...] = ()
    written: Callable[[Any], str] | None = None
