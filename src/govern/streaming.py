"""A file of JSON Lines: each line is a document of its own. It is read line by line, however long the file is."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, BinaryIO

from govern.judging.judge import is_in_vocabulary
from govern.kinds import Parts
from govern.model.document import Document, Reading
from govern.model.finding import Finding, found
from govern.model.location import Span
from govern.parse import MAX_BYTES, read, rules
from govern.parse.line import Unusual, quickly
from govern.workspace.lines import Lines, subject_of
from govern.workspace.repository import Repository, Subject

MAX_SHOWN = 100  # findings of a file that are listed; of the rest, each is counted under its rule
MAX_KNOWN = 1_000  # ways to be wrong that are remembered
_STEP = 4_096  # lines between two words about the progress

_LIMIT = MAX_BYTES + 2  # a line as long as may be, and its end
_MARK = b"\xef\xbb\xbf"


class Asked:
    """Who is asked about the lines of a file. `judge` says all there is to say of one."""

    def __init__(
        self,
        repository: Repository,
        lines: Lines,
        closed: Mapping[str, Sequence[str]] | None,
        parts: Parts | None,
        judge: Callable[[Subject], Iterable[Finding]],
    ) -> None:
        self._repository, self._lines, self._closed, self._parts, self._judge = repository, lines, closed, parts, judge
        kind = lines.kind
        self._by_key = [(key, self._admits(major)) for key, major in kind.majors if lines.major is None]
        self._otherwise = self._admits(repository.major(kind, kind.form, lines.major, None))

    def passes(self, value: Any) -> bool:
        """Is there nothing to say of a value? Quickly: most often there is not."""
        if value.__class__ is not dict:
            return False  # so that all there is to say is said
        admits = self._otherwise
        for key, own in self._by_key:
            if key in value:
                admits = own
                break
        return (
            admits(value)
            and (not self._closed or is_in_vocabulary(value, self._closed))
            and (self._parts is None or self._parts.passes(value))
        )

    def likeness(self, value: Any) -> Hashable | None:
        """The same for values that break the same rules equally often; None where that cannot be told."""
        if self._closed or value.__class__ is not dict:
            return None
        repository, kind = self._repository, self._lines.kind
        schema = repository.registry.schema(kind.name, repository.major(kind, kind.form, self._lines.major, value))
        own = repository.schemas.likeness(schema, value) if schema else None
        below = self._parts.likeness(value) if self._parts else ()
        return None if schema is None or own is None or below is None else (schema.version, own, below)

    def findings(self, document: Document) -> Iterable[Finding]:
        """All there is to say of a line."""
        return self._judge(subject_of(self._repository, document, self._lines))

    def _admits(self, major: int) -> Callable[[Any], bool]:
        schema = self._repository.registry.schema(self._lines.kind.name, major)
        return self._repository.schemas.admits(schema) if schema else lambda value: False


def judge_lines(
    path: str, file: BinaryIO, asked: Asked, progress: Callable[[int], None] = lambda at: None
) -> Iterator[Finding]:
    """What is wrong with the lines of a file: the first findings as they are, then how many more there are of each
    rule. `progress` is told from time to time how many bytes are read.
    """
    passes = asked.passes
    left = MAX_SHOWN
    known: dict[Hashable, list[Finding]] = {}
    omitted: dict[str, Counter[str]] = {"error": Counter(), "warning": Counter()}
    first: dict[str, Span] = {}
    for number, line in enumerate(iter(partial(file.readline, _LIMIT), b""), 1):
        if not number % _STEP:
            progress(file.tell())
        like: Hashable | None = None
        try:
            value = quickly(line)
            if passes(value):
                continue
            if not left and (like := asked.likeness(value)) in known and like is not None:
                for finding in known[like]:
                    omitted[finding.severity][finding.rule] += 1
                continue
        except Unusual:
            pass
        findings = list(_explained(path, number, line, file, asked))
        if like is not None and len(known) < MAX_KNOWN:
            known[like] = findings
        yield from findings[:left]
        for finding in findings[left:]:
            omitted[finding.severity][finding.rule] += 1
            first.setdefault(finding.severity, finding.span)
        left = max(0, left - len(findings))
    for severity, counts in omitted.items():
        if counts:
            yield _more(path, severity, counts, first[severity])


def _more(path: str, severity: str, counts: Counter[str], at: Span) -> Finding:
    total = counts.total()
    thing = severity if total == 1 else f"{severity}s"
    by_rule = ", ".join(f"{rule} {count:,}" for rule, count in counts.most_common())
    message = f"and {total:,} more {thing}, from this line on: {by_rule}"
    finding = found(rules.MORE_FINDINGS, path, message, span=at, about=severity)
    return finding._replace(severity="warning" if severity == "warning" else "error", mistakes=total)


def _explained(path: str, number: int, line: bytes, file: BinaryIO, asked: Asked) -> Iterator[Finding]:
    """What is wrong with one line, at its place in the file."""
    wrong = _unreadable(path, number, line, file)
    document = Document(path, "json", "", Reading(None, dict)) if wrong else read(path, line.rstrip(b"\r\n"), "json")
    for finding in [wrong] if wrong else asked.findings(document):
        span = finding.span
        hint = finding.hint or (finding.fix.title if finding.fix else None)
        # mending one line of many is left to who wrote the file: it is most often a program
        yield finding._replace(
            span=Span(span.line + number - 1, span.column, span.end_line + number - 1, span.end_column),
            hint=hint,
            fix=None,
            about=[_identity(document.value), finding.about],
        )


def _unreadable(path: str, number: int, line: bytes, file: BinaryIO) -> Finding | None:
    """What is wrong with a line that is no text of a document at all."""
    size = len(line.rstrip(b"\r\n"))
    if size > MAX_BYTES:
        while not line.endswith(b"\n") and (line := file.readline(_LIMIT)):
            size += len(line.rstrip(b"\r\n"))
        message = f"the line has {size:,} bytes; govern reads {MAX_BYTES:,} of one"
        return found(rules.TOO_LARGE, path, message, about=number)
    if not line.strip():
        message = "the line is empty; each line must hold a JSON value"
        return found(rules.JSON_SYNTAX, path, message, hint="remove it", about=number)
    if line.startswith(_MARK) and number > 1:
        message = "a byte order mark stands inside the file"
        return found(rules.JSON_SYNTAX, path, message, hint="remove it; files that were joined have such", about=number)
    return None


def _identity(value: Any) -> Any:
    """What tells the events of a file apart, however lines move: their own ids."""
    if not isinstance(value, dict):
        return None
    identity = value.get("id", value.get("event_id"))
    return identity if isinstance(identity, (str, int)) else None
