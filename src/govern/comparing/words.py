"""What a run of `govern compat` is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from govern.model.finding import Finding
from govern.model.glob import matcher

if TYPE_CHECKING:  # a run that finds nothing to do needs none of these
    from govern.comparing.side import Side
    from govern.compat.compare import Shape
    from govern.compat.versions.held import Held
    from govern.model.change import Comparison, Mode
    from govern.model.verdict import Formats, OpenContent
    from govern.registry import Registry
    from govern.workspace.config import Config


class Request(NamedTuple):
    """What somebody asks for. None stands for what the configuration says, or else the default."""

    subjects: Sequence[str] = ()
    against: str | None = None
    mode: Mode | None = None
    open_content: OpenContent | None = None
    formats: Formats | None = None
    data: str | None = None
    staged: bool = False
    config: Path | None = None


class Terms(NamedTuple):
    """Under what a subject is judged. `shape` is what its documents can be, None where that is anything."""

    mode: Mode
    open_content: OpenContent
    formats: Formats
    shape: Shape | None = None


def terms_for(request: Request, table: Mapping[str, Any], subject: str, registry: Registry | None) -> Terms:
    """What was asked for, else what the configuration says of the subject, else what the descriptor of its event says,
    else what the configuration says of all, else the default.

    Where the documents have a shape there is no open content: what nobody declares, no reader of theirs can say.
    """
    from govern.comparing.described import described_mode
    from govern.comparing.shapes import shape_of

    shape = shape_of(subject, registry.kinds) if registry else None
    by_glob = table.get("subjects", {})
    mode = request.mode or next((told for glob, told in by_glob.items() if matcher([glob]).match(subject)), None)
    return Terms(
        mode or (described_mode(registry, subject) if registry else None) or table.get("mode", "backward"),
        "strict" if shape else request.open_content or table.get("open-content", "lenient"),
        request.formats or table.get("formats", "assert"),
        shape,
    )


class Result(NamedTuple):
    """Two files, compared. `has_risen` says that the new number allows a break.

    `findings` count if no waiver and no setting says otherwise; `data` says in words what real documents say.
    """

    comparison: Comparison
    old: Held
    new: Held
    has_risen: bool
    findings: tuple[Finding, ...] = ()
    data: str | None = None


class Outcome(NamedTuple):
    """What a run found. `findings` are all that count, those of the results among them.

    `against` says in words what the state was compared with, or why there was nothing to compare. `line` is the text of
    a line of a file that findings name. `config` is the repository's configuration and `sides` the schemas before and
    now, None where nothing was to be compared. `named` says that somebody named two
    files: then a break fails whatever the configuration says.
    """

    results: Sequence[Result]
    findings: Sequence[Finding]
    against: str
    line: Callable[[str, int], str]
    root: Path
    config: Config | None = None
    sides: tuple[Side, Side] | None = None
    named: bool = False


class ChangeFinding(Finding):
    """A change as a finding. It goes by the change's id, which `about` holds."""

    __slots__ = ()

    @property
    def id(self) -> str:
        return str(self.about)
