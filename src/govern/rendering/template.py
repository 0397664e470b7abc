"""A template and what becomes of it: which tokens are wrong in it, and its text with values in place of tokens."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from govern.model.finding import Finding, found
from govern.model.location import FILE, Span, span_at
from govern.model.schema import Version, written
from govern.model.spelling import nearest
from govern.parse.bounds import MAX_FINDINGS
from govern.rendering import rules
from govern.rendering.change import applied
from govern.rendering.context import Form, form_of
from govern.rendering.context import written as written_in
from govern.rendering.manifest import Manifest, implied
from govern.rendering.spelling import Values, as_text
from govern.rendering.tokens import Delimiters, Slip, Token, near, nested, tokens

MARK = "\ufeff"


class Part(NamedTuple):
    """One file of a template. `name` is what it is called below the target, and may hold tokens; empty for a template
    of one file. `path` is how findings name it. `text` is None for what is no text: it is copied as it is.
    """

    name: str
    path: str
    data: bytes
    text: str | None
    tokens: Sequence[Token] = ()


class Use(NamedTuple):
    """A token in a part; None for one in the part's name."""

    part: Part
    token: Token | None

    def place(self) -> tuple[str, Span]:
        """The file and the span of the token."""
        span = _span(self.part, self.token.start, self.token.end) if self.token else FILE
        return self.part.path, span


class Template(NamedTuple):
    """What is rendered. `uses` says where each name is first used; `subject` and `version` are None for a template that
    is named by its path.
    """

    path: str
    parts: Sequence[Part]
    manifest: Manifest
    delimiters: Delimiters
    uses: Mapping[str, Use]
    subject: str | None = None
    version: Version | None = None

    @property
    def name(self) -> str:
        """How people and the lock name it: `domain-agent/infrastructure@1.2.0`, or its path."""
        return f"{self.subject}@{written(self.version)}" if self.subject and self.version else self.path

    def places(self) -> dict[str, list[tuple[str, Span]]]:
        """Every place where a name is used: the file and the span of the token, in order."""
        result: dict[str, list[tuple[str, Span]]] = {}
        for part in self.parts:
            for token in tokens(part.name, self.delimiters) if part.name else ():
                result.setdefault(token.name, []).append((part.path, FILE))
            line, begin, text = 1, 0, part.text or ""
            for token in part.tokens:
                line += text.count("\n", begin, token.start)
                begin = text.rfind("\n", begin, token.start) + 1 or begin
                column = token.start - begin + 1
                span = Span(line, column, line, column + token.end - token.start)
                result.setdefault(token.name, []).append((part.path, span))
        return result


def part(name: str, path: str, data: bytes, delimiters: Delimiters) -> Part:
    """A file as a part of a template."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Part(name, path, data, None)
    return Part(name, path, data, text, tokens(text, delimiters))


def template(
    path: str,
    parts: Sequence[Part],
    manifest: Manifest | None,
    delimiters: Delimiters,
    subject: str | None = None,
    version: Version | None = None,
) -> Template:
    """A template of some parts; without a manifest every token is a required string."""
    uses: dict[str, Use] = {}
    for part in parts:
        for token in tokens(part.name, delimiters) if part.name else ():
            if token.name not in uses and not token.literal:
                uses[token.name] = Use(part, None)
        for token in part.tokens:
            if token.name not in uses and not token.literal:
                uses[token.name] = Use(part, token)
    return Template(path, parts, manifest or implied(uses), delimiters, uses, subject, version)


def judged(template: Template) -> Iterator[Finding]:
    """What is wrong with the tokens of a template, and with what its manifest declares."""
    holes, delimiters = template.manifest.holes, template.delimiters
    uses = template.uses
    for name, use in uses.items():
        if name not in holes:
            close = nearest(name, holes)
            hint: str | None = f"did you mean {close[0]}?" if close else "declare it under holes in the manifest"
            path, span = use.place()
            message = f"the manifest declares no {name}"
            yield found(rules.UNDECLARED, path, message, span=span, hint=hint, about=name)
    for each in template.parts:
        if each.text is None or _is_tidy(each, delimiters):
            continue
        inner = set()
        for slip in islice(nested(each.text, delimiters), MAX_FINDINGS):
            inner.add(slip.end)
            message = f"{delimiters.around(slip.name)} stands inside another token; a value is never read again"
            span = _span(each, slip.start, slip.end)
            yield found(rules.NESTED, each.path, message, span=span, about=slip.name)
        for slip in islice(near(each.text, holes, delimiters), MAX_FINDINGS):
            if slip.start not in inner:
                yield _almost(each, slip, delimiters)
    document = template.manifest.document
    for name in holes:
        if document is not None and name not in uses:
            at = ("holes", name)
            message = f"the template does not use {name}"
            span = document.span(at, key=True)
            close = nearest(name, [other for other in uses if other not in holes])
            hint = f"did you mean {close[0]}?" if close else None
            yield found(rules.UNUSED, document.path, message, span=span, at=at, hint=hint, about=name)


def _is_tidy(part: Part, delimiters: Delimiters) -> bool:
    """Do the characters of the delimiters stand in tokens only? Then nothing can be almost one."""
    text, (opening, closing) = part.text or "", delimiters
    around = len(part.tokens)
    last, first = opening[-1], closing[0]
    return text.count(last) == around * (opening + closing).count(last) and text.count(first) == around * (
        opening + closing
    ).count(first)


def explained(finding: Finding, template: Template) -> Finding:
    """A finding about a value that the template does not ask for, told by what in the template looks as if it did."""
    name = finding.about
    if finding.rule != rules.UNKNOWN.id or not isinstance(name, str):
        return finding
    for each in template.parts:
        for slip in near(each.text or "", (name,), template.delimiters):
            return _almost(each, slip, template.delimiters)
    for pair in (Delimiters(), Delimiters("{{", "}}")):
        token = pair.around(name)
        if pair != template.delimiters and any(token in (each.text or "") for each in template.parts):
            hint = f"it holds {token}: pass --delimiters '{pair.opening}' '{pair.closing}'"
            return finding._replace(hint=hint)
    return finding


def _almost(part: Part, slip: Slip, delimiters: Delimiters) -> Finding:
    right = delimiters.around(slip.name)
    shown = (part.text or "")[slip.start : slip.end]
    span = _span(part, slip.start, slip.end)
    message = f"{shown} is almost the token {right}"
    return found(rules.NEAR, part.path, message, span=span, hint=f"write {right}", about=shown)


def filled(
    part: Part, values: Values, delimiters: Delimiters, *, form: Form | None = None
) -> tuple[bytes, list[Finding]]:
    """The bytes of a part with the values in place of its tokens, and which values cannot stand where they should."""
    if part.text is None or not part.tokens:
        return part.data, []
    known = with_literals(part.tokens, values, delimiters)
    changes, misplaced = written_in(part.text, part.tokens, known, form or form_of(part.path))
    findings = []
    for token, reason in misplaced[:MAX_FINDINGS]:
        message = f"the value of {token.name} {reason}"
        span = _span(part, token.start, token.end)
        findings.append(found(rules.MISPLACED, part.path, message, span=span, about=token.name))
    mark = MARK if part.data.startswith(b"\xef\xbb\xbf") else ""
    return (mark + applied(part.text, changes)).encode("utf-8", "replace"), findings


def named(part: Part, values: Values, delimiters: Delimiters) -> str:
    """What a part is called below the target, with the values in place of its tokens."""
    held = tokens(part.name, delimiters)
    known = with_literals(held, values, delimiters)
    name, done = "", 0
    for token in held:
        name += part.name[done : token.start] + as_text(known.get(token.name))
        done = token.end
    return name + part.name[done:]


def with_literals(held: Sequence[Token], values: Values, delimiters: Delimiters) -> Mapping[str, object]:
    """The values, and beside them the tokens that a backslash turns into text."""
    literal = {token.name: delimiters.around(token.name[1:]) for token in held if token.name[0] == "\\"}
    return {**values, **literal} if literal else values


def _span(part: Part, start: int, end: int) -> Span:
    assert part.text is not None
    return span_at(part.text, start, end)
