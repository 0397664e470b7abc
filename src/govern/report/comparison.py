"""Comparisons of schemas, told: the verdict first, then its witness, under what it was judged, why, and what to do.

For people (full and concise) and for programs (json). The other formats know findings only, and get those.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from govern.model.change import ABSENT, Change, Comparison, Site
from govern.model.finding import Finding
from govern.model.verdict import Breaking, Compatible, Direction, Undecided, Verdict
from govern.report import Report, counted, written
from govern.report.concise import BOLD, DIM, PLAIN, RED, YELLOW, clean
from govern.report.json import finding_as_json

_TINTS = {"breaking": RED, "undecided": YELLOW, "compatible": "\x1b[32m"}
_OPEN_CONTENT = {
    "lenient": "producers send no property that they do not declare",
    "strict": "producers may send anything that their schema admits",
}
_FORMATS = {"assert": "formats are asserted", "annotate": "formats mean nothing"}

MAX_SHOWN = 2_000  # characters of a witness on a terminal: it is the smallest that was found, and still may hold a text
MAX_OFFERED = 3  # changes whose ids are spelled out; the others are in --format json


class Account(NamedTuple):
    """A comparison and what counts of it.

    `has_risen` says that the new number allows a break; `findings` are those that neither a waiver nor a setting takes
    away; `data` says in words what real documents say. `named` says that somebody named two files: they go by their
    paths, and no configuration lets their break pass.
    """

    comparison: Comparison
    has_risen: bool
    findings: Sequence[Finding]
    data: str | None = None
    named: bool = False


def directions(comparison: Comparison) -> tuple[Direction, ...]:
    """The directions that the comparison's mode asks for."""
    mode = comparison.mode.removesuffix("-transitive")
    return ("backward", "forward") if mode == "full" else ("forward",) if mode == "forward" else ("backward",)


def verdict_of(comparison: Comparison) -> str:
    """The one word for all the directions that were asked for."""
    words = {_word(getattr(comparison, direction)) for direction in directions(comparison)}
    return next(word for word in ("breaking", "undecided", "compatible") if word in words)


def text(accounts: Sequence[Account], report: Report, name: str) -> str:
    """The comparisons in a format for people, `full` or `concise`. `report` holds all findings that count."""
    bold, plain = (BOLD, PLAIN) if report.color else ("", "")
    parts = []
    told: set[str] = set()
    for account in accounts:
        verdict = verdict_of(account.comparison)
        tint = _TINTS[verdict] if report.color else ""
        head = f"{bold}{_versions(account, report)}:{plain} {tint}{verdict}{plain}{_qualified(account)}\n"
        findings = [finding for finding in account.findings if finding.id not in told]
        told.update(finding.id for finding in findings)
        body = written(report._replace(findings=findings), name) if findings else ""
        if name == "full":
            notes = "".join(_labelled(label, said, report) for label, said in _notes(account, report))
            body = notes + (f"\n{body}" if body else "") + _others(account, report)
        else:
            body = "".join(f"  witness: {_json(breaking.witness)}\n" for breaking in _breaking(account)) + body
        parts.append(head + body)
    left = [finding for finding in report.findings if finding.id not in told]
    if left:
        parts.append(written(report._replace(findings=left), name))
    return ("\n" if name == "full" else "").join(parts)


def as_json(accounts: Sequence[Account], report: Report, against: str) -> str:
    """One JSON object: version, comparisons, findings that no comparison accounts for, summary."""
    told = {change.id for account in accounts for change in account.comparison.changes}
    verdicts = [verdict_of(account.comparison) for account in accounts]
    result = {
        "version": 1,
        "comparisons": [_comparison(account.comparison) for account in accounts],
        "findings": [finding_as_json(finding) for finding in report.findings if finding.id not in told],
        "summary": {
            "comparisons": len(accounts),
            **{word: verdicts.count(word) for word in ("compatible", "breaking", "undecided")},
            "errors": report.errors,
            "warnings": report.warnings,
            "against": against,
            "seconds": round(report.seconds, 3),
        },
    }
    return json.dumps(result, indent=2, default=_plain) + "\n"


def summary(accounts: Sequence[Account], report: Report, against: str) -> str:
    """The whole run in one line."""
    verdicts = [verdict_of(account.comparison) for account in accounts]
    said = [f"{verdicts.count(word)} {word}" for word in ("breaking", "undecided", "compatible") if word in verdicts]
    totals = [(report.errors, "error"), (report.warnings, "warning")]
    said += [counted(number, thing) for number, thing in totals if number]
    return f"{', '.join(said)}; {against}" if said else against


def _versions(account: Account, report: Report) -> str:
    names = account.comparison.old, account.comparison.new
    old, new = (clean(report.shown(name) if account.named else name) for name in names)
    return f"{old} → {new}" if old != new else f"{new}, {'the same file' if account.named else 'edited'}"


def _qualified(account: Account) -> str:
    """What the verdict is about, and why a break may pass."""
    comparison = account.comparison
    asked = directions(comparison)
    bad = [each for each in asked if not isinstance(getattr(comparison, each), Compatible)]
    result = f" ({', '.join(bad or asked)})"
    if bad and account.has_risen:
        return result + ", as the new major allows"
    if bad and not any(finding.severity == "error" for finding in account.findings):
        if account.named:
            return result + ", which no configuration lets pass between two named files"
        return result + ", and let pass by the configuration"
    return result


def _cut(witness: str) -> str:
    return witness if len(witness) <= MAX_SHOWN else witness[:MAX_SHOWN] + "… (whole with --format json)"


def _quoted(text: str) -> str:
    return "".join(f"\n    {clean(line)}".rstrip(" ") for line in _cut(text.rstrip("\n")).split("\n"))


def _notes(account: Account, report: Report) -> Iterator[tuple[str, str]]:
    comparison = account.comparison
    for direction in directions(comparison):
        verdict = getattr(comparison, direction)
        writer, reader = ("old", "new") if direction == "backward" else ("new", "old")
        if isinstance(verdict, Breaking):
            fate = f"is fine by the {writer} version and refused by the {reader} one"
            if comparison.written:
                yield "witness", f"this document {fate}:{_quoted(comparison.written(verdict.witness))}"
            else:
                yield "witness", f"{_cut(clean(_json(verdict.witness)))} {fate}"
            yield from _only_if(verdict)
        elif isinstance(verdict, Undecided):
            place = f", at {verdict.pointer}" if verdict.pointer else ""
            yield direction, f"cannot be told: {clean(verdict.reason)}{clean(place)}"
    assumed = "documents are texts: only what one can say counts" if comparison.written else None
    terms = f"{assumed or _OPEN_CONTENT[comparison.open_content]}; {_FORMATS[comparison.formats]}"
    yield "judged", f"{comparison.mode}; {terms}"
    yield (
        "number",
        {
            "none": "may stay: the schema is the same",
            "patch": "a patch: the same values are admitted",
            "minor": "a minor: other values are admitted, and nothing breaks",
            "major": "a major",
        }[comparison.required_bump],
    )
    yield "deploy", _advice(comparison.backward, comparison.forward)
    if account.data:
        yield "data", clean(account.data)
    errors = [finding for finding in account.findings if finding.severity == "error"]
    for finding in () if account.named else errors[:MAX_OFFERED]:
        place = f"{clean(report.shown(finding.path))}:{finding.span.line}"
        yield "accept", f"--accept {finding.id} --reason TEXT lets {finding.rule} in {place} pass"


def _only_if(verdict: Breaking) -> Iterator[tuple[str, str]]:
    if verdict.kind == "open-content":
        yield "", "it breaks only producers that send properties which they do not declare"
    elif verdict.kind == "format":
        yield "", "it breaks only where formats are asserted"


def _advice(backward: Verdict | None, forward: Verdict | None) -> str:
    """Who moves first. The new version reads old data if it is backward compatible, the old one new data if forward."""
    if isinstance(backward, Compatible) and isinstance(forward, Compatible):
        return "in any order"
    if isinstance(backward, Compatible):
        return "consumers first: the new version reads what the old one writes, not the other way round"
    if isinstance(forward, Compatible):
        return "producers first: the old version reads what the new one writes, not the other way round"
    return "side by side: neither is known to read all that the other writes; offer both until everybody has moved"


def _others(account: Account, report: Report) -> str:
    """The changes that are no findings, a line each."""
    told = {finding.id for finding in account.findings}
    changes = [change for change in account.comparison.changes if change.id not in told]
    if not changes:
        return ""
    dim, plain = (DIM, PLAIN) if report.color else ("", "")
    lines = []
    for change in changes:
        site = change.new or change.old
        place = f"{clean(report.shown(site.path))}:{site.line}:{site.column}: " if site else ""
        note = " (waived)" if change.waived else f" (breaks {' and '.join(change.breaks)})" if change.breaks else ""
        lines.append(f"    {place}{clean(change.message)}{note} {dim}[{change.rule}]{plain}\n")
    return f"  {dim}also:{plain}\n" + "".join(lines)


def _labelled(label: str, said: str, report: Report) -> str:
    dim, plain = (DIM, PLAIN) if report.color else ("", "")
    return f"  {dim}{label + ':' if label else '':<10}{plain}{said}\n"


def _breaking(account: Account) -> Iterable[Breaking]:
    verdicts = (getattr(account.comparison, direction) for direction in directions(account.comparison))
    return (verdict for verdict in verdicts if isinstance(verdict, Breaking))


def _word(verdict: Verdict | None) -> str:
    return type(verdict).__name__.lower()


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "subject": comparison.subject,
        "old": comparison.old,
        "new": comparison.new,
        "mode": comparison.mode,
        "open_content": comparison.open_content,
        "formats": comparison.formats,
        "verdict": verdict_of(comparison),
        "required_bump": comparison.required_bump,
        **{each: _verdict(getattr(comparison, each)) for each in ("backward", "forward") if getattr(comparison, each)},
        "changes": [_change(change) for change in comparison.changes],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    if isinstance(verdict, Breaking):
        return {"verdict": "breaking", "witness": verdict.witness, "kind": verdict.kind}
    if isinstance(verdict, Undecided):
        return {"verdict": "undecided", "reason": verdict.reason, "pointer": verdict.pointer}
    return {"verdict": "compatible"}


def _change(change: Change) -> dict[str, Any]:
    witness = {} if change.witness is ABSENT else {"witness": change.witness}
    return {
        "id": change.id,
        "rule": change.rule,
        "severity": change.severity,
        "breaks": list(change.breaks),
        **witness,
        "message": change.message,
        "hint": change.hint,
        "old": _site(change.old),
        "new": _site(change.new),
        "waived": change.waived,
    }


def _site(site: Site | None) -> dict[str, Any] | None:
    return site._asdict() if site else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """What JSON has no own word for: numbers that were read exactly."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")
