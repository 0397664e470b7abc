"""Why do two versions of a schema mean for each other what they mean? The changes, each with what it breaks by itself.

What a change breaks is asked of the engine, never judged by the kind of change. An explanation never overturns a
verdict: where nothing breaks, no change breaks.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from govern.compat.compare import Source
from govern.compat.explain import change_rules as rules
from govern.compat.explain.causes import Terms, causes
from govern.compat.explain.diff.bundle import Bundle, Origin
from govern.compat.explain.diff.edits import Difference
from govern.compat.explain.diff.walk import differences
from govern.compat.solver.values import Unsure
from govern.model.change import ABSENT, Change, Site
from govern.model.document import Document
from govern.model.location import pointer
from govern.model.rule import Rule, Severity
from govern.model.verdict import Compatible, Direction, Verdict
from govern.validator import Unusable

_AT_KEY = (rules.PROPERTY_ADDED, rules.PROPERTY_REMOVED, rules.PROPERTY_REQUIRED, rules.PROPERTY_OPTIONAL)


class Side(NamedTuple):
    """One version: the schema, the file it stands in, and the files that its references lead to, by URI."""

    source: Source
    path: str
    document: Document | None = None
    others: Mapping[str, Document] = {}


def explain(
    subject: str,
    old: Side | None,
    new: Side | None,
    verdicts: Mapping[Direction, Verdict],
    terms: Terms,
    *,
    asked: Collection[Direction] | None = None,
) -> tuple[Change, ...]:
    """The changes from `old` to `new`, in the order of the file; None stands for a schema that is not there.

    `verdicts` says what is known of the whole. A change is an error if it breaks a direction that is `asked` for, by
    default every one with a verdict. Nothing is returned for schemas that cannot be read: the verdict says so.
    """
    if old is None or new is None:
        return tuple(_alone(subject, old, new))
    try:
        bundles = Bundle(*old.source), Bundle(*new.source)
    except (Unusable, Unsure):
        return ()
    found = differences(*bundles)
    if not any(item.rule is not rules.ANNOTATION_CHANGED for item in found):
        found.extend(_dialect(*bundles, verdicts))
    broken_by = causes(*bundles, found, verdicts, terms)
    changes: dict[str, Change] = {}
    for index, item in enumerate(found):
        broken: dict[Direction, Any] = {
            direction: witnesses[index] for direction, witnesses in broken_by.items() if index in witnesses
        }
        before, after = (bundle.origin(path) for bundle, path in zip(bundles, (item.old, item.new), strict=True))
        change = Change(
            subject,
            item.rule.id,
            _severity(broken, verdicts if asked is None else asked),
            item.message,
            _site(old, bundles[0], before, item.rule),
            _site(new, bundles[1], after, item.rule),
            ABSENT if item.only == "new" else bundles[0].written(before),
            ABSENT if item.only == "old" else bundles[1].written(after),
            breaks=tuple(broken),
            witness=next((witness for witness in broken.values() if witness is not ABSENT), ABSENT),
            hint=rules.advice(
                item.rule,
                backward="backward" in broken,
                forward="forward" in broken,
                note=item.note,
                only=item.only,
            ),
        )
        # What would have one id, such as two equal forms that are gone, is one.
        identity = repr((change.rule, change.new, change.before, change.after))
        if identity not in changes or change.breaks:
            changes[identity] = change
    return tuple(sorted(changes.values(), key=_order))


def _severity(broken: Collection[Direction], asked: Collection[Direction]) -> Severity:
    return "error" if set(broken) & set(asked) else "warning"


def _order(change: Change) -> tuple[Any, ...]:
    site = change.new or change.old or Site("", "")
    return (not change.breaks, site.path, site.line, site.column, site.pointer, change.rule, change.message)


def _alone(subject: str, old: Side | None, new: Side | None) -> Iterator[Change]:
    """The change of a schema that is there in one version only."""
    for side, rule, word in ((old, rules.SCHEMA_REMOVED, "gone"), (new, rules.SCHEMA_ADDED, "new")):
        if side is not None:
            site = Site(side.path, "")
            pair = (site, None, side.source.contents) if word == "gone" else (None, site, ABSENT, side.source.contents)
            yield Change(subject, rule.id, "warning", f"the schema {subject} is {word}", *pair)


def _dialect(old: Bundle, new: Bundle, verdicts: Mapping[Direction, Verdict]) -> Iterator[Difference]:
    """A dialect that gives the same words another meaning, if nothing else explains what breaks."""
    said = [bundle.written(Origin("", ("$schema",))) or "2020-12" for bundle in (old, new)]
    if said[0] != said[1] and not all(isinstance(verdict, Compatible) for verdict in verdicts.values()):
        yield Difference(rules.KEYWORD_CHANGED, f"the dialect changed from {said[0]} to {said[1]}", (), ())


def _site(side: Side, bundle: Bundle, origin: Origin, rule: Rule) -> Site:
    """Where a change stands, or, on the side that does not have it, where it would: the line is that of the nearest
    thing around it.
    """
    document = side.others.get(origin.file) if origin.file else side.document
    path = document.path if document else origin.file or side.path
    if document is None:
        return Site(path, pointer(origin.path))
    span = document.span(origin.path, key=rule in _AT_KEY)
    return Site(path, pointer(origin.path), span.line, span.column)
