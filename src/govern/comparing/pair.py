"""What do two files of a subject mean for each other?"""

import json
from collections.abc import Collection, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from govern.comparing.misfit import said
from govern.comparing.places import address_of
from govern.comparing.side import Side
from govern.comparing.words import ChangeFinding, Result, Terms
from govern.compat.versions import lineage
from govern.compat.versions.freeze import Published
from govern.compat.versions.held import Held
from govern.model.change import Change, Comparison
from govern.model.finding import Finding, found
from govern.model.location import FILE, Span
from govern.model.verdict import Compatible, Direction, OpenContent, Undecided, Verdict
from govern.registry import SCHEMA_UNUSABLE
from govern.validator import Unusable, Validator

if TYPE_CHECKING:
    from govern.compat.explain import changes

DIRECTIONS: tuple[Direction, ...] = ("backward", "forward")


def compare_pair(
    old: Held,
    new: Held,
    old_side: Side,
    new_side: Side,
    terms: Terms,
    *,
    accepted: Collection[str] = (),
    named: bool = False,
) -> tuple[Result | None, list[Finding]]:
    """Two files compared, and what kept them from being compared.

    No result where there is no difference, or nothing to compare. That the old one cannot be read is a warning, for it
    cannot be mended any more, and so is a break that the new number allows; but not where both files are `named`.
    `accepted` are the ids of changes that waivers let pass: what the others still break is a change of its own.
    """
    old_document, new_document = old_side.document(old.path), new_side.document(new.path)
    wrong = [*new_document.reading.findings]
    if old_document.reading.findings:
        wrong += [finding if named else _unreadable(finding, old) for finding in old_document.reading.findings]
    if not old_document.reading.readable or not new_document.reading.readable:
        return None, wrong
    reaches = [side.reach(file)[:2] for file, side in ((old, old_side), (new, new_side))]
    if not named and old.version == new.version and _text(reaches[0]) == _text(reaches[1]):
        return None, wrong
    try:
        comparison = compare_sources(old, new, old_side, new_side, terms, accepted)
    except Unusable as error:
        return None, [*wrong, *_unusable(error, old, new, old_side, new_side, named=named)]
    undecided = any(isinstance(getattr(comparison, each), Undecided) for each in lineage.asked(terms.mode))
    if undecided and (reason := _own_error(new, new_side)):  # and it has a place
        return None, [*wrong, _at(new, new_side, reason)]
    has_risen = lineage.has_risen(old, new) and not named
    if has_risen:
        comparison = _without_major(comparison)
    findings: list[Finding] = []
    for change in comparison.changes:
        if change.severity == "error" and change.breaks:
            finding = _as_finding(change, new_side, new)
            findings.append(finding._replace(severity="warning") if has_risen else finding)
    if old.exact and new.exact and old.version != new.version and comparison.required_bump != "major":
        published = [
            Published(file.subject, file.rank, document)
            for file, document in ((old, old_document), (new, new_document))
        ]
        findings += lineage.understated(published[0], published[1], comparison)
    return Result(comparison, old, new, has_risen, tuple(findings)), wrong


def _without_major(comparison: Comparison) -> Comparison:
    """The comparison whose hints leave out what is done already."""
    from govern.compat.explain.change_rules import without_major

    changes = (change._replace(hint=without_major(change.hint)) for change in comparison.changes)
    return comparison._replace(changes=tuple(changes))


def compare_sources(
    old: Held, new: Held, old_side: Side, new_side: Side, terms: Terms, accepted: Collection[str]
) -> Comparison:
    """What the engine says of two schemas, and how it explains that."""
    from govern.comparing.unclaimed import unclaimed
    from govern.compat.compare import decide
    from govern.compat.explain import changes
    from govern.compat.explain.causes import Terms as Conditions

    # both directions, whatever the mode: who has to move first depends on both
    bare = decided(old, new, old_side, new_side, terms, DIRECTIONS)
    before, after = _told(old, old_side), _told(new, new_side)
    verdicts: dict[Direction, Verdict] = {each: getattr(bare, each) for each in DIRECTIONS}
    conditions = Conditions(partial(decide, shape=terms.shape), terms.open_content, terms.formats)
    asked = lineage.asked(terms.mode)
    explained = changes.explain(new.subject, before, after, verdicts, conditions, asked=asked)
    result = bare._replace(changes=explained)
    return result._replace(changes=(*unclaimed(result, before, after, accepted, conditions), *explained))


def decided(
    old: Held, new: Held, old_side: Side, new_side: Side, terms: Terms, directions: Collection[Direction]
) -> Comparison:
    """What the engine says of two schemas in some directions, unexplained. They must include those of the mode."""
    from govern.compat.compare import Source, decide

    before, after = (Source(*side.reach(file)[:2]) for file, side in ((old, old_side), (new, new_side)))

    @cache
    def verdict(direction: Direction, open_content: OpenContent) -> Verdict:
        return decide(
            before,
            after,
            direction=direction,
            open_content=open_content,
            formats=terms.formats,
            shape=terms.shape,
        )

    def is_same_set() -> bool:
        if not all(isinstance(each, Compatible) for each in verdicts.values()):
            return False
        if _text(before[:2]) == _text(after[:2]):
            return True
        return all(isinstance(verdict(direction, "strict"), Compatible) for direction in DIRECTIONS)

    verdicts = {direction: verdict(direction, terms.open_content) for direction in directions}
    asked = [verdicts[direction] for direction in lineage.asked(terms.mode)]
    required = lineage.required_bump(before.contents, after.contents, asked, is_same_set)
    pair = verdicts.get("backward"), verdicts.get("forward")
    return Comparison(
        new.subject,
        old.name,
        new.name,
        *terms[:3],
        *pair,
        required,
        written=terms.shape.written if terms.shape else None,
    )


def _told(file: Held, side: Side) -> "changes.Side":
    """A file as the engine wants it, with what it leads to."""
    from govern.compat.compare import Source
    from govern.compat.explain import changes

    reach, document = side.reach(file), side.document(file.path)
    others = {uri: side.document(path) for uri, path in reach.paths.items()}
    own = reach.contents.get("$id", reach.contents.get("id")) if isinstance(reach.contents, dict) else None
    if isinstance(own, str):
        others[own.partition("#")[0]] = document
    return changes.Side(Source(reach.contents, reach.resources), file.path, document, others)


def _as_finding(change: Change, side: Side, new: Held) -> Finding:
    """A change at its place in the new version; where something is gone, at what it was in."""
    site = change.new or change.old
    path = change.new.path if change.new else new.path
    pointer = site.pointer if site else ""
    document = side.document(path)
    address = address_of(document.value, pointer)
    span = document.span(address, key=True) if address else FILE
    if change.new and (span.line, span.column) != change.new[2:]:
        place = document.span(address)
        line, column = change.new[2:]
        span = place if (place.line, place.column) == (line, column) else Span(line, column, line, column + 1)
    return ChangeFinding(
        path, span, change.rule, change.severity, change.message, pointer, change.hint, about=change.id
    )


def _unreadable(finding: Finding, old: Held) -> Finding:
    rule = lineage.OLD_UNREADABLE
    message = f"{old.name} as it was before cannot be read, so nothing was compared: {finding.message}"
    return finding._replace(rule=rule.id, severity=rule.severity, message=message)


def _unusable(
    error: Unusable, old: Held, new: Held, old_side: Side, new_side: Side, *, named: bool
) -> Iterator[Finding]:
    """Which of the two schemas it is that cannot judge anything, and where."""
    old_error, new_error = _own_error(old, old_side), _own_error(new, new_side)
    if new_error or not old_error:
        yield _at(new, new_side, new_error or error)
    if old_error:
        finding = _at(old, old_side, old_error)
        if not named:
            rule = lineage.OLD_UNUSABLE
            wrong = said(old_side.document(old.path).value, old_error)
            message = f"{old.name} as it was before cannot judge anything, so nothing was compared: {wrong}"
            finding = finding._replace(rule=rule.id, severity=rule.severity, message=message, hint=rule.why)
        yield finding


def _own_error(file: Held, side: Side) -> Unusable | None:
    reach = side.reach(file)
    try:
        Validator(reach.contents, reach.resources)
    except Unusable as error:
        return error
    return None


def _at(file: Held, side: Side, error: Unusable) -> Finding:
    document = side.document(file.path)
    message = f"this schema cannot judge anything: {said(document.value, error)}"
    span = document.span(error.path)
    return found(SCHEMA_UNUSABLE, file.path, message, span=span, at=error.path, about=str(error))


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
