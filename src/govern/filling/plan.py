"""What is to be rendered, and what comes of it: the bytes of every target, and all that is wrong with them."""

import os
import posixpath
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from govern.filling.ground import Ground, is_below
from govern.filling.library import NoTemplate, Opened, Templates, Unreadable
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import FILE, Span
from govern.model.location import Path as At
from govern.model.schema import written
from govern.rendering import rules
from govern.rendering import template as templates
from govern.rendering.context import form_of
from govern.rendering.lock import Record, digest
from govern.rendering.template import Part, Template
from govern.rendering.tokens import Delimiters
from govern.rendering.values import Origin, Source, chosen, filling, judged


class Order(NamedTuple):
    """One template that is to be rendered, and where to: a path below the root, or None for standard output.

    `source` holds the values given for it alone. `document` and `at` say where the configuration asks for it; without
    them a person did, and nothing is recorded.
    """

    template: str
    to: str | None
    folder: Path
    source: Source | None = None
    delimiters: Delimiters | None = None
    document: Document | None = None
    at: At = ()

    def span(self, *below: str) -> Span:
        return self.document.span((*self.at, *below)) if self.document else FILE


class Target(NamedTuple):
    """A file that is to be: its bytes, where they come from, and what `govern.lock` would say of it."""

    path: str
    data: bytes
    template: Template
    part: Part
    record: Record
    order: Order


Weighed: TypeAlias = Callable[[Sequence[Finding]], list[Finding]]


class Plan(NamedTuple):
    """The targets of some orders, and what is wrong with them."""

    targets: list[Target]
    findings: list[Finding]


def planned(
    library: Templates, orders: Sequence[Order], sources: Sequence[Source], root: Path, weighed: Weighed
) -> Plan:
    """What becomes of some orders; `sources` are the values for all of them, the first counts. `weighed` says which
    findings count.
    """
    targets: list[Target] = []
    findings: list[Finding] = []
    ground = Ground(root)
    templates_of = [opened_for(library, order, root) for order in orders]
    # a name that is given to all of them must be asked for by one, and is told once
    elsewhere = {name for each in templates_of if each.template for name in each.template.manifest.holes}
    for order, opened in zip(orders, templates_of, strict=True):
        if opened.template is None:
            findings += weighed(opened.findings)
            continue
        origins, wrong = valued(opened.template, of_order(order, sources), elsewhere)
        elsewhere |= {name for source in sources for name in source.values}
        counting = weighed([*opened.findings, *wrong])
        findings += counting
        if not any(finding.severity == "error" for finding in counting):
            for each in _rendered(opened.template, order, origins, ground):
                if isinstance(each, Target):
                    targets.append(each)
                else:
                    findings.append(each)
    findings += _twice(targets)
    return Plan(targets, findings)


def opened_for(library: Templates, order: Order, root: Path) -> Opened:
    """The template of an order; the finding where the configuration names one that does not exist."""
    try:
        if order.document is not None and not is_below(order.template):
            raise NoTemplate(f"{order.template} leads out of the repository")
        return library.named(order.template, order.folder, root, order.delimiters)
    except (NoTemplate, Unreadable) as error:
        if order.document is None:
            raise
        at = (*order.at, "template")
        message = str(error) if isinstance(error, NoTemplate) else f"{order.template} cannot be read: {error}"
        message, _, hint = message.partition("; ")
        path, span = order.document.path, order.span("template")
        finding = found(
            rules.TEMPLATE_UNKNOWN, path, message, span=span, at=at, hint=hint or None, about=order.template
        )
        return Opened(None, [finding])


def of_order(order: Order, sources: Sequence[Source]) -> list[Source]:
    """The values for one order, the first counts: its own come after those that a person or the environment gives, and
    before those for all.
    """
    own = [order.source] if order.source else []
    early = [source for source in sources if source.at != ("values",) or source.own]
    return [*early, *own, *(source for source in sources if source not in early)]


def valued(
    template: Template, sources: Sequence[Source], elsewhere: Collection[str] = ()
) -> tuple[dict[str, Origin], list[Finding]]:
    """The value of every hole of a template, and what is wrong with them. Names that are asked for `elsewhere` are no
    slips, unless they are given for this template alone.
    """
    uses = template.uses
    origins = chosen(template.manifest, sources)

    def where(name: str) -> tuple[str, Span]:
        return uses[name].place() if name in uses else (template.path, FILE)

    findings = judged(template.manifest, origins, sources, uses, where, elsewhere)
    return origins, [templates.explained(finding, template) for finding in findings]


def _rendered(
    template: Template, order: Order, origins: dict[str, Origin], ground: Ground
) -> Iterator[Target | Finding]:
    """The targets of one order, and what is wrong with some of them."""
    values = filling(template.manifest, origins)
    recorded = {name: value for name, value in values.items() if name in template.uses and value is not None}
    if order.document is not None:
        yield from _secrets(template, order)
    for part in template.parts:
        path = "" if order.to is None else order.to
        if path.endswith("/") and not part.name:
            path += _own_name(template)
        if part.name and order.to is not None:
            name = templates.named(part, values, template.delimiters)
            if wrong := _misnamed(part.name, name):
                message = f"{part.name} would be called {name}: {wrong}"
                yield found(rules.OUTSIDE, part.path, message, about=part.name)
                continue
            path = posixpath.join(order.to, name)
        if order.to is not None and (wrong := ground.problem(path)):
            message = f"{path} cannot be a target: {wrong}"
            place = (order.document.path, order.span("to")) if order.document else (template.path, FILE)
            yield found(rules.OUTSIDE, place[0], message, span=place[1], about=path)
            continue
        data, misplaced = templates.filled(part, values, template.delimiters, form=form_of(path or part.path))
        yield from misplaced
        digests = (digest(part.data), digest(data)) if order.document is not None else ("", "")
        record = Record(path, template.name, part.name, *digests, recorded, template.delimiters)
        yield Target(path, data, template, part, record, order)


def _own_name(template: Template) -> str:
    """What the file of a template is called in a folder: a published one by its name, another by its own."""
    name = posixpath.basename(template.path)
    if template.subject and template.version:
        return template.subject.partition("/")[2] + name.removeprefix(written(template.version))
    return name


def _misnamed(template: str, name: str) -> str | None:
    """Why a value cannot stand in the name of a file."""
    if name.count("/") != template.count("/") or "\\" in name:
        return "a value in the name of a file holds a slash"
    if any(step.strip(". ") == "" for step in name.split("/")):
        return "a part of the name is empty, or dots"
    return None


def _secrets(template: Template, order: Order) -> Iterator[Finding]:
    document = order.document
    for hole in template.manifest.holes.values():
        if hole.secret and document is not None:
            message = f"{template.name} asks for the secret {hole.name}, which govern.lock must not record"
            hint = "render it by hand, with --to, or have the file read the secret where it runs"
            at = (*order.at, "template")
            yield found(
                rules.SECRET, document.path, message, span=order.span("template"), at=at, hint=hint, about=hole.name
            )


def _twice(targets: Sequence[Target]) -> Iterator[Finding]:
    seen: dict[str, Target] = {}
    for target in targets:
        # on some file systems names that differ in case only are one
        first = seen.setdefault(os.path.normcase(target.path).casefold(), target)
        if first is not target and target.path:
            document = target.order.document
            place = (document.path, target.order.span("to")) if document else (target.part.path, FILE)
            message = f"{target.path} is rendered twice: from {first.part.path} and from {target.part.path}"
            yield found(rules.TWICE, place[0], message, span=place[1], about=target.path)
