"""`govern check --fix` and `--diff`: apply the fixes of findings, and only such as leave a document better by its
own schema.
"""

import difflib
import re
import sys
from collections.abc import Iterable, Sequence

from govern.model.finding import Edit, Finding
from govern.session import Session, Unable
from govern.workspace.files import Unreadable, contents, write

MAX_ROUNDS = 10  # a fix can uncover another one (a key renamed, then its value respelled); two rounds are the most seen

_OTHER_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")  # where readers count lines differently, nothing is certain


def mend(session: Session, paths: Sequence[str], *, named: str | None, diff: bool, data: bytes | None) -> bool:
    """Mend the files, or with `diff` print what would change; True if there was something to change."""
    changed = False
    for path in sorted({finding.path for finding in _fixable(session, paths, named, data)}):
        try:
            old = contents(session.root / path) if data is None else data
        except Unreadable:
            continue
        new = mended(session, path, old, named)
        if new == old:
            continue
        changed = True
        if diff:
            sys.stdout.write(_diff(path, old.decode("utf-8"), new.decode("utf-8")))
        else:
            try:
                write(session.root / path, new, session.root)
            except (OSError, ValueError) as error:
                raise Unable(f"{path} cannot be written: {error}") from None
    return changed


def mended(session: Session, path: str, data: bytes, named: str | None = None) -> bytes:
    """The contents of a file with every certain fix applied; as they were where there is none."""
    for _ in range(MAX_ROUNDS):
        before = _found(session, path, data, named)
        edits = [edit for finding in before if finding.fix for edit in finding.fix.edits]
        if not edits:
            break
        text = data.decode("utf-8")
        mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
        if _OTHER_BREAKS.search(text):
            break
        after = (mark + applied(text, edits)).encode()
        if not _is_better(before, _found(session, path, after, named)):
            break
        data = after
    return data


def _is_better(before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Is something mended, and nothing broken? A value that can be read at last may be judged by its kind's own rules
    and its vocabulary for the first time; what they say is news, not damage.
    """
    old, new = {finding.id for finding in before}, {finding.id for finding in after}
    gone = any(finding.fix and finding.id not in new for finding in before)
    return gone and all(finding.id in old or finding.rule.startswith(f"{finding.kind}/") for finding in after)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edits made; of two that overlap the first one counts.

    >>> from govern.model.location import Span
    >>> applied("a: 1\\nb: 2\\n", [Edit(Span(2, 4, 2, 5), "'2'"), Edit(Span(1, 4, 1, 5), "'1'")])
    "a: '1'\\nb: '2'\\n"
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    parts, done = [], 0
    for span, new in sorted(set(edits)):
        start = starts[span.line - 1] + span.column - 1
        if start >= done:
            parts += [text[done:start], new]
            done = starts[span.end_line - 1] + span.end_column - 1
    return "".join([*parts, text[done:]])


def _fixable(session: Session, paths: Sequence[str], named: str | None, data: bytes | None) -> Iterable[Finding]:
    outcome = session.check(paths, named=named, data=data)
    return [finding for finding in outcome.findings if finding.fix and finding.path in set(paths)]


def _found(session: Session, path: str, data: bytes, named: str | None) -> list[Finding]:
    return session.check([path], named=named, data=data).findings


def _diff(path: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(old.splitlines(True), new.splitlines(True), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)
