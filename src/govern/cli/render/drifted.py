"""What `govern render` says of its targets beside its findings: how each stands, and what differs."""

import difflib
import json
from collections.abc import Iterator
from typing import Any

from govern.filling.run import Outcome
from govern.filling.standing import Standing
from govern.report import Report, counted
from govern.report.concise import clean
from govern.report.json import finding_as_json, summary_as_json

_WORDS = {
    "current": "current",
    "edited": "edited",
    "behind": "behind",
    "diverged": "edited and behind",
    "missing": "missing",
    "unrecorded": "not recorded",
}


def differences(outcome: Outcome, *, check: bool) -> str:
    """What differs, file by file: with `check` what was edited, else what would be written."""
    parts = []
    for each in outcome.standings:
        if not check:
            if each.changes and each.new is not None:
                parts.append(unified(each.path, each.data, each.new))
        elif each.state in ("edited", "diverged") and each.data is not None and each.base is not None:
            parts.append(unified(each.path, each.base, each.data))
    return "".join(parts)


def unified(path: str, old: bytes | None, new: bytes) -> str:
    """The difference of two files, as `git apply` takes it; one line for what is no text."""
    try:
        before, after = (old or b"").decode(), new.decode()
    except UnicodeDecodeError:
        return f"Binary files a/{path} and b/{path} differ\n"
    name = "/dev/null" if old is None else f"a/{path}"
    lines = difflib.unified_diff(_lines(before), _lines(after), name, f"b/{path}")
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines as diff has them: only a line feed ends one."""
    parts = text.split("\n")
    return [*(part + "\n" for part in parts[:-1]), *filter(None, parts[-1:])]


def said(outcome: Outcome, report: Report, *, writing: bool, check: bool, verbose: bool) -> Iterator[str]:
    """What people are told on standard error."""
    wrote = writing and (not report.errors or any(each.conflicts for each in outcome.changes()))
    for each in outcome.standings:
        path = clean(report.shown(each.path))
        if wrote and each.changes:
            how = "merged your edit of" if each.state == "diverged" else "wrote"
            yield f"{how} {path}"
        elif writing and each.state == "edited":
            yield f"kept {path}, which was edited since it was rendered"
        elif verbose or check:
            yield f"{_WORDS[each.state]}: {path} ({clean(each.target.template.name)})"
    for record in outcome.orphans:
        yield f"{'forgot' if wrote else 'orphaned'}: {clean(record.path)} ({clean(record.template)})"
    errors, warnings = report.errors, report.warnings
    totals = [counted(number, thing) for number, thing in ((errors, "error"), (warnings, "warning")) if number]
    files = counted(report.files, "file")
    if errors and writing and not wrote:
        yield f"{', '.join(totals)}; nothing is written"
    elif totals:
        yield f"{', '.join(totals)}; {files} rendered"
    elif check:
        yield f"nothing to report: {files} as rendered" if report.files else "nothing to report: no files are rendered"
    elif wrote and not outcome.changes():
        yield f"nothing to write: {files} as rendered"


def as_json(report: Report, outcome: Outcome, *, check: bool, wrote: bool) -> str:
    """The documented JSON of `govern render`: that of `govern check`, and beside it how every target stands."""
    value = {
        "version": 1,
        "findings": [finding_as_json(finding) for finding in report.findings],
        "targets": [_target(each, outcome, wrote=wrote, check=check) for each in outcome.standings]
        + [{"path": each.path, "template": each.template, "state": "orphaned"} for each in outcome.orphans],
        "summary": summary_as_json(report),
    }
    return json.dumps(value, indent=2) + "\n"


def _target(each: Standing, outcome: Outcome, *, wrote: bool, check: bool) -> dict[str, Any]:
    changes = each.changes
    return {
        "path": each.path,
        "template": each.target.template.name,
        "state": each.state,
        "safe": each.refused is None and not each.conflicts and each.state != "edited",
        "conflicts": each.conflicts,
        "written": wrote and changes,
        "diff": differences(outcome._replace(standings=[each]), check=check) or None,
    }
