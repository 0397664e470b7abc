"""One run: plan, see how every target stands, judge what is to be written, and write all of it or nothing."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from govern import policy
from govern.filling import standing as standings
from govern.filling.library import Templates
from govern.filling.plan import Order, Target, planned
from govern.filling.standing import Standing
from govern.judging.judge import judge
from govern.model.document import Document
from govern.model.finding import Finding, order
from govern.parse import read
from govern.rendering import lock, rules
from govern.rendering.lock import Record
from govern.rendering.values import Source
from govern.session import Session, Unable
from govern.workspace.files import Unreadable
from govern.workspace.templates import SUBJECT
from govern.workspace.together import write_all


class Outcome(NamedTuple):
    """What a run found and how its targets stand; `lock` is what `govern.lock` is to hold, None where it stays."""

    findings: list[Finding]
    standings: list[Standing]
    orphans: list[Record]
    lock: bytes | None
    library: Templates

    @property
    def failed(self) -> bool:
        """Is anything wrong, so that nothing may be written?"""
        return any(finding.severity == "error" for finding in self.findings)

    def changes(self) -> list[Standing]:
        """The targets that are to be written."""
        return [each for each in self.standings if each.changes]


def render(
    session: Session,
    orders: Sequence[Order],
    sources: Sequence[Source],
    *,
    check: bool = False,
    force: bool = False,
    complete: bool = False,
) -> Outcome:
    """Render some orders, without writing anything. With `check` how targets stand is a finding each; `complete` says
    that these are all orders of the configuration, so that what else is recorded is orphaned.
    """
    library = Templates(session.registry)
    plan = planned(library, orders, sources, session.root, lambda some: weigh(session, some, library))
    findings = list(plan.findings)
    records, wrong = _records(session)
    findings += wrong
    failed = any(finding.severity == "error" for finding in findings)
    result = [
        standings.standing(target, records.get(target.path), session.root, library, force=force)
        for target in ([] if wrong else plan.targets)
    ]
    kept = [each.order.to for each in plan.targets]
    lost = [o.to for o in orders if o.to is not None and o.document is not None and o.to not in kept]
    orphans = standings.orphans(records, result, lost) if complete and not wrong else []
    if check:
        findings += filter(None, map(standings.drift, result))
        findings += map(standings.orphaned, orphans)
    else:
        findings += [each.refused for each in result if each.refused]
    weighed = weigh(session, findings, library)
    if not failed:
        weighed += _judged(session, result)
    wanted = _lock(records, result, orphans) if not failed else None
    return Outcome(order(weighed), result, orphans, wanted, library)


def weigh(session: Session, findings: Sequence[Finding], library: Templates) -> list[Finding]:
    """The findings that count, by the repository's configuration and the comments in templates."""
    config = session.config
    levels = {rule: level for rule, level in config.table("rules").items() if rule not in rules.FIRM}
    weighed = policy.weigh(findings, levels)
    by_path: dict[str, list[Finding]] = {}
    for finding in weighed:
        by_path.setdefault(finding.path, []).append(finding)
    texts = library.texts()
    kept: list[Finding] = []
    for path, some in by_path.items():
        text = texts.get(path)
        if text is not None and "govern:" in text:
            document = Document(path, "frontmatter", text, read(path, b"", "json").reading)
            some = list(policy.without_ignored(some, document, session.today, complete=False))
        kept += some
    return list(policy.without_waived(kept, config.items("waive"), None, session.today, complete=False))


def write(session: Session, outcome: Outcome) -> None:
    """Write all that is to be written, and the lock with it."""
    files = {each.path: each.new for each in outcome.changes() if each.new is not None}
    if outcome.lock is not None:
        files[lock.NAME] = outcome.lock
    try:
        write_all(session.root, files)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        where = getattr(error, "filename", None)
        raise Unable(f"nothing is written: {f'{where}: ' if where else ''}{said}") from None


def _records(session: Session) -> tuple[dict[str, Record], list[Finding]]:
    """What `govern.lock` records, or what is wrong with it."""
    try:
        data = standings.locked(session.root)
    except Unreadable as error:
        raise Unable(f"{lock.NAME}: {error}") from None
    if data is None:
        return {}, []
    document = read(lock.NAME, data, "toml")
    schema = session.registry.schema("lock", 1)
    validator = schema and session.registry.validator(schema)
    wrong = list(document.reading.findings)
    if schema and validator and not wrong:
        wrong = list(judge(document, schema, validator))
    return ({}, wrong) if wrong else (lock.records(document.value), [])


def _lock(records: Mapping[str, Record], result: Sequence[Standing], orphans: Sequence[Record]) -> bytes | None:
    """What the lock is to hold; None where that is what it holds."""
    new = dict(records)
    for record in orphans:
        del new[record.path]
    for each in result:
        if each.target.order.document is not None and each.new is not None:
            new[each.path] = each.target.record
    return lock.text(new.values()).encode() if new != records else None


def _judged(session: Session, result: Sequence[Standing]) -> list[Finding]:
    """What is wrong with the texts that are to be written, by the schemas and rules of their kinds."""
    repository = session.repository
    drafts: dict[str, bytes] = {}
    for each in result:
        if each.new is None or each.conflicts:
            continue
        match = SUBJECT.match(each.target.template.name)
        if match and not each.target.part.name:
            repository.rendered.setdefault(each.path, match[1])
        drafts[each.path] = each.new
    session.include(drafts)
    findings = session.check(drafts).findings
    return [_without_fix(finding) if finding.path in drafts else finding for finding in findings]


def _without_fix(finding: Finding) -> Finding:
    """A finding in a text that is not there yet: what would mend it is for the template or the values to say."""
    return finding._replace(fix=None, hint=finding.fix.title) if finding.fix else finding


def judged_alone(session: Session, target: Target) -> list[Finding]:
    """What is wrong with a text that lies nowhere, by the schema of its template's kind."""
    match = SUBJECT.match(target.template.name)
    kind = match[1] if match else ""
    if kind not in session.registry.kinds:
        return []
    path = target.part.path
    subject = session.repository.subject(path, named=kind, data=target.data)
    if subject is None:
        return []
    found = [*subject.document.reading.findings, *subject.findings]
    validator = session.registry.validator(subject.schema) if subject.schema else None
    if subject.schema and validator:
        found += judge(subject.document, subject.schema, validator)
    return [finding._replace(kind=kind) for finding in found]
