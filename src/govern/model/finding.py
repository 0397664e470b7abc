"""What govern has to say about a file: one mistake, its place, its reason and its fix."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from govern.model.location import FILE, Path, Span, pointer
from govern.model.rule import Rule, Severity


class Edit(NamedTuple):
    """Replace the text of `span` by `text`."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A change that is certain to be what the author meant. `title` says it in the imperative."""

    title: str
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """One mistake in one file. `about` is what the id is made of beside path, rule and pointer: the value at fault.

    What stands at the place of a `secret` finding must not be shown. `mistakes` is how many it stands for, where not
    each is listed.
    """

    path: str
    span: Span
    rule: str
    severity: Severity
    message: str
    pointer: str = ""
    hint: str | None = None
    fix: Fix | None = None
    kind: str | None = None
    schema: str | None = None
    about: Any = None
    secret: bool = False
    mistakes: int = 1

    @property
    def id(self) -> str:
        """Twelve hex digits that stay the same under edits that only move lines.

        SHA-256 over the RFC 8785 form of [path, rule, pointer, value].
        """
        import hashlib

        import rfc8785

        identity = canonical([self.path, self.rule, self.pointer, self.about])
        return hashlib.sha256(rfc8785.dumps(identity)).hexdigest()[:12]


def found(
    rule: Rule,
    path: str,
    message: str,
    *,
    span: Span = FILE,
    at: Path = (),
    hint: str | None = None,
    fix: Fix | None = None,
    about: Any = None,
) -> Finding:
    """A finding of `rule` in the file `path`."""
    return Finding(path, span, rule.id, rule.severity, message, pointer(at), hint, fix, about=about)


def order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file, place and rule, each once."""
    unique = {(f.path, f.span, f.rule, f.message): f for f in findings}
    return [unique[key] for key in sorted(unique)]


def canonical(value: Any) -> Any:
    """`value` as RFC 8785 can write it: integers beyond 2^53 become their digits, lone surrogates are escaped."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, bool) or value is None or isinstance(value, float):
        return value
    if isinstance(value, int):
        return value if -(2**53) < value < 2**53 else str(value)
    if isinstance(value, dict):
        return {canonical(key): canonical(item) for key, item in value.items()}
    return [canonical(item) for item in value]
