"""A text and values that come from nowhere else: what a program has at hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from govern.model.finding import Finding, order
from govern.model.location import FILE, Span
from govern.rendering import template as templates
from govern.rendering.manifest import Hole, Manifest
from govern.rendering.tokens import Delimiters
from govern.rendering.values import Source, chosen, filling, judged


class Unrendered(ValueError):
    """A template that cannot be rendered; `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"{first.path}:{first.span.line}:{first.span.column}: {first.message}{more}")
        self.findings = list(findings)


def rendered_text(text: str, values: Mapping[str, Any], *, path: str, delimiters: tuple[str, str]) -> str:
    """A text with values in place of its tokens. Unrendered where anything is wrong."""
    pair = Delimiters(*delimiters)
    part = templates.part("", path, text.encode("utf-8", "surrogatepass"), pair)
    plain = templates.template(path, [part], None, pair)
    holes = {name: Hole(name, {"type": _ANY}) for name in plain.manifest.holes}
    template = plain._replace(manifest=Manifest(holes))

    def where(name: str) -> tuple[str, Span]:
        return template.uses[name].place() if name in template.uses else (path, FILE)

    sources = [Source("values", values, own=True)]
    origins = chosen(template.manifest, sources)
    findings = [*templates.judged(template), *judged(template.manifest, origins, sources, template.uses, where)]
    data, misplaced = templates.filled(part, filling(template.manifest, origins), pair)
    raise_errors([*findings, *misplaced])
    return data.decode()


def raise_errors(findings: Sequence[Finding]) -> None:
    """Raise Unrendered if one of the findings is an error."""
    wrong = [finding for finding in order(findings) if finding.severity == "error"]
    if wrong:
        raise Unrendered(wrong)


_ANY = ["string", "number", "boolean", "array"]
