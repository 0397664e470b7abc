"""What of the findings counts, under the severities and the waivers of a repository?"""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from govern import policy
from govern.comparing.words import Outcome, Result
from govern.model.finding import Finding
from govern.workspace.config import Config


class Judged(Protocol):
    """Whose settings and waivers count, and for which day."""

    @property
    def root(self) -> Path: ...

    @property
    def config(self) -> Config: ...

    @property
    def today(self) -> str: ...


def weighed(
    session: Judged,
    results: Sequence[Result],
    findings: Sequence[Finding],
    against: str,
    line: Callable[[str, int], str],
    *,
    complete: bool,
) -> Outcome:
    """What counts of some comparisons, and of what was found beside them."""
    every = [*(finding for result in results for finding in result.findings), *findings]
    left = counting(session, every, "compat/", complete=complete)
    counted = {finding.id: finding for finding in left}
    settled = [_settled(result, counted) for result in results]
    return Outcome(settled, left, against, line, session.root, session.config)


def counting(session: Judged, findings: Iterable[Finding], about: str, *, complete: bool = False) -> list[Finding]:
    """The findings that count under the repository's severities and waivers, in order.

    Only those waivers are looked at whose rules start with `about`, or that match one of the findings. `complete` says
    that one of them that matches nothing is one too many.
    """
    several = _in_order(findings)
    kept = policy.weigh(several, session.config.table("rules"))
    waivers = session.config.items("waive")
    if not waivers:
        return list(kept)
    ids = {finding.id for finding in several}
    ours = [waiver if _is_ours(waiver, about, ids) else None for waiver in waivers]
    return _in_order(policy.without_waived(kept, ours, session.config.document, session.today, complete=complete))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by place, each id once: a change of a shared definition is one for each subject that it breaks."""
    unique = {(each.path, each.span, each.rule, each.message, each.id): each for each in findings}
    return [unique[key] for key in sorted(unique)]


def accepted_ids(session: Judged) -> frozenset[str]:
    """The ids that waivers let pass today."""
    waivers = [waiver for waiver in session.config.items("waive") if isinstance(waiver, dict)]
    return frozenset(
        str(waiver.get("id")) for waiver in waivers if str(waiver.get("until", session.today)) >= session.today
    )


def _is_ours(waiver: Any, about: str, ids: Collection[str]) -> bool:
    """Is a waiver about what was looked at? It says so by its rule, or it matches."""
    return isinstance(waiver, dict) and (str(waiver.get("rule", "")).startswith(about) or waiver.get("id") in ids)


def _settled(result: Result, counted: dict[str, Finding]) -> Result:
    """The result with the findings that count, and its changes marked where they do not."""
    all_ids = {finding.id for finding in result.findings}
    changes = tuple(
        change
        if change.id not in all_ids
        else change._replace(severity=counted[change.id].severity)
        if change.id in counted
        else change._replace(waived=True)
        for change in result.comparison.changes
    )
    findings = tuple(counted[finding.id] for finding in result.findings if finding.id in counted)
    return result._replace(comparison=result.comparison._replace(changes=changes), findings=findings)
