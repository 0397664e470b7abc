"""What each target is, beside what was recorded and what its template gives now, and what is to be done about it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govern.filling.library import NoTemplate, Templates
from govern.filling.plan import Target
from govern.model.finding import Finding, found
from govern.model.location import FILE, Span
from govern.model.rule import Rule
from govern.rendering import lock, rules
from govern.rendering import template as templates
from govern.rendering.context import form_of
from govern.rendering.lock import Record, State
from govern.workspace.files import Absent, Unreadable, contents
from govern.workspace.git import GitError
from govern.workspace.merging import merged, remembered


class Standing(NamedTuple):
    """One target: what it is, what lies there (None for nothing), and what is to lie there (None: leave it as it is).

    `base` is what was rendered last, None where nobody knows; `conflicts` counts the places that a person must settle.
    `refused` says why nothing may be written.
    """

    target: Target
    state: State
    data: bytes | None
    new: bytes | None
    base: bytes | None = None
    conflicts: int = 0
    refused: Finding | None = None

    @property
    def changes(self) -> bool:
        """Is something to be written?"""
        return self.new is not None and self.new != self.data

    @property
    def path(self) -> str:
        return self.target.path


def standing(target: Target, record: Record | None, root: Path, library: Templates, *, force: bool = False) -> Standing:
    """How a target stands. With `force` what lies there is given up."""
    try:
        data = contents(root / target.path)
    except Absent:
        return Standing(target, "missing", None, target.data)
    except Unreadable as error:
        refusal = _refusal(rules.EXISTS, target, f"{target.path} cannot be written: {error}")
        return Standing(target, "unrecorded", None, None, refused=refusal)
    recorded = target.order.document is not None
    if not recorded or record is None:
        if data == target.data:
            return Standing(target, "unrecorded" if recorded else "current", data, data)
        if force:
            return Standing(target, "unrecorded", data, target.data)
        message = f"{target.path} is there already, and render did not write it"
        hint = "--force overwrites it; --diff shows what that would change"
        return Standing(target, "unrecorded", data, None, refused=_refusal(rules.EXISTS, target, message, hint))
    state = lock.state(record, data, target.record)
    if state == "current":
        return Standing(target, state, data, None)
    if state == "behind" or force:
        return Standing(target, state, data, target.data, data if state == "behind" else None)
    base = target.data if state == "edited" else base_of(record, root, library)
    if state == "edited":
        return Standing(target, state, data, None, base)
    return _diverged(target, data, base)


def _diverged(target: Target, data: bytes, base: bytes | None) -> Standing:
    if base is None:
        message = f"{target.path} was edited, and what it was rendered from is not there any more"
        hint = "--force gives the edit up; --diff shows what that would change"
        return Standing(target, "diverged", data, None, refused=_refusal(rules.BASE_LOST, target, message, hint))
    try:
        merge = merged(data, base, target.data, label=target.template.name)
    except GitError as error:
        message = f"{target.path} was edited, and git cannot merge it: {error}"
        return Standing(target, "diverged", data, None, base, refused=_refusal(rules.CONFLICT, target, message))
    return Standing(target, "diverged", data, merge.data, base, merge.conflicts)


def base_of(record: Record, root: Path, library: Templates) -> bytes | None:
    """What was rendered when a record was made: rendered once more from what it names, or as git remembers it."""
    data = _again(record, root, library)
    if data is not None and lock.digest(data) == record.digest:
        return data
    return next((old for old in remembered(root, record.path) if lock.digest(old) == record.digest), None)


def _again(record: Record, root: Path, library: Templates) -> bytes | None:
    try:
        template = library.named(record.template, root, root, record.delimiters).template
    except (NoTemplate, Unreadable):
        return None
    part = next((part for part in template.parts if part.name == record.part), None) if template else None
    if part is None:
        return None
    data, wrong = templates.filled(part, record.values, record.delimiters, form=form_of(record.path or part.path))
    return None if wrong else data


def drift(each: Standing) -> Finding | None:
    """What `--check` says of a target; None where there is nothing to say."""
    path, name = each.path, each.target.template.name
    if each.refused and each.data is None:
        return each.refused
    if each.state == "missing":
        return found(rules.NOT_RENDERED, path, f"{path} is not there; govern render writes it from {name}")
    if each.state == "unrecorded":
        what = "is what its template gives, but not recorded"
        if each.data != each.target.data:
            what = "is not what its template gives"
        span = _first_difference(each.data, each.target.data)
        return found(rules.DIFFERS, path, f"{path} {what} ({name})", span=span)
    if each.state == "edited":
        span = _first_difference(each.base, each.data)
        hint = "govern render --diff --force shows what would give the edit up; better mend the template"
        return found(rules.EDITED, path, f"{path} was edited since it was rendered from {name}", span=span, hint=hint)
    if each.state == "behind":
        message = f"{path} is behind {name}; it was not edited, so it is safe to render it again"
        return found(rules.BEHIND, path, message, span=_first_difference(each.data, each.target.data))
    if each.state == "diverged":
        places = "1 place" if each.conflicts == 1 else f"{each.conflicts} places"
        merge = f"the two conflict in {places}" if each.conflicts else "govern render merges the two"
        if each.refused:
            merge = "what it was rendered from is not there any more, so the two cannot be merged"
        message = f"{path} was edited, and is behind {name}; {merge}"
        return found(rules.DIVERGED, path, message, span=_first_difference(each.base, each.data))
    return None


def conflicts(each: Standing) -> Iterator[Finding]:
    """The places in a merged file that a person must settle."""
    for number, line in enumerate((each.new or b"").split(b"\n"), 1):
        if line.startswith(b"<<<<<<< edited here"):
            message = f"this edit and {each.target.template.name} change the same lines"
            hint = "keep what is meant, and delete the markers"
            yield found(
                rules.CONFLICT, each.path, message, span=Span(number, 1, number, 8), hint=hint, about=line.decode()
            )


def orphans(records: Mapping[str, Record], standings: Sequence[Standing], orders: Sequence[str]) -> list[Record]:
    """The records that no entry of the configuration asks for any more. `orders` are the targets of those entries
    from which nothing could be rendered: what lies there is not orphaned.
    """
    kept = {each.path for each in standings}
    return [
        record
        for path, record in records.items()
        if path not in kept and not any(path == to or path.startswith(to.rstrip("/") + "/") for to in orders)
    ]


def orphaned(record: Record) -> Finding:
    message = f"{record.path} was rendered from {record.template}, and no entry of the configuration asks for it"
    hint = "govern render forgets it, and leaves the file alone"
    return found(rules.ORPHANED, record.path, message, hint=hint, about=record.template)


def locked(root: Path) -> bytes | None:
    """The bytes of `govern.lock`; None without one."""
    try:
        return contents(root / lock.NAME)
    except Absent:
        return None


def _refusal(rule: Rule, target: Target, message: str, hint: str | None = None) -> Finding:
    document = target.order.document
    path, span = (document.path, target.order.span("to")) if document else (target.path, FILE)
    return found(rule, path, message, span=span, hint=hint, about=target.path)


def _first_difference(old: bytes | None, new: bytes | None) -> Span:
    """The first line in which two files differ."""
    before, after = (old or b"").split(b"\n"), (new or b"").split(b"\n")
    number = next((n for n, (a, b) in enumerate(zip(before, after, strict=False), 1) if a != b), None)
    number = number or min(len(before), len(after))
    return Span(number, 1, number, 1)
