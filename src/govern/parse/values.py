"""From YAML nodes to a value, the same for whichever reader made the nodes: findings instead of exceptions."""

from typing import Any

from govern.model.document import Places, Reading
from govern.model.finding import Finding, found
from govern.model.location import Path, Span
from govern.model.rule import Rule
from govern.parse import rules
from govern.parse.nodes import MAX_DEPTH, Events, Node, Unreadable, compose, is_merge, key_of, merged, places, span
from govern.parse.scalars import MERGE, NotFinite, plain, tagged

MAX_FINDINGS = 1_000  # a document with more mistakes is not one that its reader will mend line by line
MAX_VALUES = 200_000  # what aliases may expand to; the largest document seen in the wild has 12,000 values

CORE = "tag:yaml.org,2002:"


def reading(events: Events, text: str, path: str, *, line: int, tags: frozenset[str]) -> Reading:
    """What the events of `text` say. They are asked for again when someone wants places: keeping the nodes of many
    documents would need thirty times the memory of their texts.
    """
    root, second = compose(events, text)
    if root is None:
        return Reading(None, dict)
    construction = _Construction(path, line, tags)
    try:
        value = _quick(root)
    except _Unusual:
        value = construction.value(root, ())
    findings = construction.findings
    if second is not None:
        message = "a second document begins here; govern judges files of one document"
        findings.append(found(rules.YAML_MULTIPLE, path, message, span=first_column(second, line)))
    return Reading(
        value,
        lambda: places_of(events, text, line),
        tuple(findings),
        broken=frozenset(construction.broken),
        tags=construction.tags,
    )


def places_of(events: Events, text: str, line: int) -> Places:
    """The places of a text that `events` can read."""
    root, _ = compose(events, text)
    return places(root, line) if root is not None else {}


def unreadable(reason: Unreadable, path: str, line: int) -> Reading:
    """The reading of a text that holds no document."""
    where = first_column(reason.where, line) if reason.where is not None else Span(line, 1, line, 2)
    finding = found(reason.rule, path, reason.message, span=where, hint=reason.hint)
    return Reading(None, dict, (finding,), readable=False)


def first_column(event: Any, line: int) -> Span:
    """The first column of what an event or node stands for."""
    start = event.start_mark if hasattr(event, "start_mark") else event.start
    return Span(start.line + line, start.column + 1, start.line + line, start.column + 2)


class _Unusual(Exception):
    """Something needs explaining, or more than a look: duplicates, tags, aliases, keys that are no strings."""


def _quick(node: Node) -> Any:
    """The value of nodes that need no explaining."""
    if node.tag is not None:
        raise _Unusual
    kind = node.kind
    if kind == "scalar":
        if node.style:
            return node.value
        value = plain(node.value)
        if value.__class__ is NotFinite:
            raise _Unusual
        return value
    if kind == "mapping":
        result = {}
        for key, item in node.value:
            if key.kind != "scalar" or key.tag is not None or key.value == MERGE:
                raise _Unusual
            result[key.value] = _quick(item)
        if len(result) != len(node.value):
            raise _Unusual
        return result
    if kind == "sequence":
        return [_quick(item) for item in node.value]
    raise _Unusual


class _Construction:
    """The value of any nodes."""

    def __init__(self, path: str, line: int, tags: frozenset[str]) -> None:
        self.path = path
        self.line = line
        self.known_tags = tags
        self.findings: list[Finding] = []
        self.tags: dict[Path, str] = {}
        self.broken: set[Path] = set()
        self._open: set[int] = set()
        self._aliases = 0  # how many aliases this value stands in
        self._expanded = 0
        self._said: set[tuple[str, Span]] = set()

    def value(self, node: Node, at: Path) -> Any:
        """The value of `node`, which stands at `at`; what cannot be read becomes None, and `broken` says so."""
        if node.kind == "alias":
            self._aliases += 1
            value = self.value(node.value, at)
            self._aliases -= 1
            return value
        if self._aliases:
            self._count(1, node)
        if len(at) > MAX_DEPTH:
            raise Unreadable(rules.YAML_TOO_DEEP, f"values are nested more than {MAX_DEPTH} deep", node)
        if node.kind == "scalar":
            return self._scalar(node, at)
        if id(node) in self._open:
            raise Unreadable(rules.YAML_ALIAS_CYCLE, "this value contains an alias of itself", node)
        self._open.add(id(node))
        if node.tag not in (None, "!", CORE + ("seq" if node.kind == "sequence" else "map")):
            self._tag(node, at)
        if node.kind == "sequence":
            value = [self.value(item, (*at, index)) for index, item in enumerate(node.value)]
        else:
            value = self._mapping(node, at)
        self._open.discard(id(node))
        return value

    def _count(self, values: int, node: Node) -> None:
        self._expanded += values
        if self._expanded > MAX_VALUES:
            message = f"aliases expand to more than {MAX_VALUES:,} values, more than govern reads"
            raise Unreadable(rules.YAML_TOO_MANY, message, node)

    def _scalar(self, node: Node, at: Path) -> Any:
        if node.tag is None:
            value = node.value if node.style else plain(node.value)
        elif node.tag == "!":
            value = node.value
        elif not node.tag.startswith(CORE):
            self._tag(node, at)
            value = node.value if node.style else plain(node.value)
        else:
            try:
                value = tagged(node.tag, node.value)
            except ValueError:
                shown = node.value if len(node.value) < 40 else node.value[:37] + "..."
                self._break(rules.YAML_TAG, node, at, f'"{shown}" is no {short_tag(node.tag)}')
                return None
        if isinstance(value, NotFinite):
            shown = value.source if len(value.source) < 40 else f"a number of {len(value.source):,} digits"
            what = "is not a finite number" if "." in shown[:2] else "is too large for a number"
            self._break(rules.YAML_NOT_FINITE, node, at, f"{shown} {what}", hint="quote it if it is text")
            return None
        return value

    def _mapping(self, node: Node, at: Path) -> dict[str, Any]:
        own: dict[str, Any] = {}
        first: dict[str, Node] = {}
        inherited: dict[str, Any] = {}
        for key, item in node.value:
            name = key_of(key)
            if name is None:
                self._break(rules.YAML_KEY, key, at, "a key must be a string, not a list or a mapping")
                continue
            if name in first:
                again = f"{name} stands here again, first in line {span(first[name], self.line).line}"
                self._found(rules.YAML_DUPLICATE, key, (*at, name), again, about=name)
            first.setdefault(name, key)
            if is_merge(key):
                for source in merged(item):
                    if source.kind != "mapping":
                        self._break(rules.YAML_MERGE, item, (*at, MERGE), "`<<` takes a mapping or a list of mappings")
                        continue
                    self._aliases += 1
                    values = self.value(source, (*at, MERGE))
                    self._aliases -= 1
                    self._count(len(values), item)
                    for name, value in values.items():
                        inherited.setdefault(name, value)
                continue
            value = self.value(item, (*at, name))
            if self.tags.get((*at, name)) == "!reset":
                own.pop(name, None)
                inherited.pop(name, None)
            else:
                own[name] = value
        return inherited | own if inherited else own

    def _tag(self, node: Node, at: Path) -> None:
        tag = str(node.tag)
        if tag in self.known_tags:
            self.tags[at] = tag
        else:
            message = f"{short_tag(tag)} is a tag that YAML does not define"
            self._break(rules.YAML_TAG, node, at, message, hint="remove the tag")

    def _break(self, rule: Rule, node: Node, at: Path, message: str, *, hint: str | None = None) -> None:
        self.broken.add(at)
        self._found(rule, node, at, message, hint=hint, about=node.value if node.kind == "scalar" else None)

    def _found(
        self, rule: Rule, node: Node, at: Path, message: str, *, hint: str | None = None, about: str | None = None
    ) -> None:
        where = span(node, self.line)
        if (rule.id, where) not in self._said and len(self._said) < MAX_FINDINGS:
            self._said.add((rule.id, where))
            self.findings.append(found(rule, self.path, message, span=where, at=at, hint=hint, about=about))


def short_tag(tag: str) -> str:
    """A tag as people write it.

    >>> short_tag("tag:yaml.org,2002:int")
    '!!int'
    """
    return "!!" + tag.removeprefix(CORE) if tag.startswith(CORE) else tag
