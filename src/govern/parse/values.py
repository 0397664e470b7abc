"""From YAML nodes to a value, the same for whichever reader made the nodes: findings instead of exceptions."""

from typing import Any

from govern.model.document import Places, Reading
from govern.model.finding import Finding, found
from govern.model.location import Path, Place, Span
from govern.model.rule import Rule
from govern.parse import rules
from govern.parse.bounds import MAX_DEPTH, MAX_FINDINGS
from govern.parse.nodes import Events, Node, Unreadable, compose, is_merge, is_nothing, key_of, merged, places, span
from govern.parse.scalars import MERGE, NotFinite, plain, tagged
from govern.parse.words import shown

MAX_VALUES = 100_000  # what aliases may expand to; the largest document seen in the wild has 12,000 values

CORE = "tag:yaml.org,2002:"


def reading(events: Events, text: str, path: str, *, line: int, tags: frozenset[str]) -> Reading:
    """What the events of `text` say. They are asked for again when someone wants places: keeping the nodes of many
    documents would need thirty times the memory of their texts.
    """
    root, second = compose(events, text)
    if root is None:
        return Reading(None, lambda: {(): Place(Span(line, 1, line, 1))})
    construction = _Construction(path, line, tags)
    value = construction.value(root, ())
    findings = construction.findings
    if second is not None:
        message = "a second document begins here; govern judges files of one document"
        findings.append(found(rules.YAML_MULTIPLE, path, message, span=first_column(second.start_mark, line)))
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
    finding = found(reason.rule, path, reason.message, span=first_column(reason.mark, line), hint=reason.hint)
    return Reading(None, dict, (finding,), readable=False)


def first_column(mark: Any, line: int) -> Span:
    """The one column that a mark points at; the first one of the text for None."""
    row, column = (mark.line + line, mark.column + 1) if mark is not None else (line, 1)
    return Span(row, column, row, column + 1)


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
            raise Unreadable(rules.YAML_TOO_DEEP, f"values are nested more than {MAX_DEPTH} deep", node.start)
        if node.kind == "scalar":
            return self._scalar(node, at)
        if id(node) in self._open:
            raise Unreadable(rules.YAML_ALIAS_CYCLE, "this value contains an alias of itself", node.start)
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
            raise Unreadable(rules.YAML_TOO_MANY, message, node.start)

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
                self._break(rules.YAML_TAG, node, at, f'"{shown(node.value)}" is no {shown(short_tag(node.tag))}')
                return None
        if isinstance(value, NotFinite):
            name = value.source if len(value.source) < 40 else f"a number of {len(value.source):,} digits"
            what = "is not a finite number" if "." in name[:2] else "is too large for a number"
            self._break(rules.YAML_NOT_FINITE, node, at, f"{name} {what}", hint="quote it if it is text")
            return None
        return value

    def _mapping(self, node: Node, at: Path) -> dict[str, Any]:
        own: dict[str, Any] = {}
        first: dict[tuple[str, bool], Node] = {}  # "<<" in quotes is a key like any other
        inherited: dict[str, Any] = {}
        for key, item in node.value:
            name = key_of(key)
            if name is None or is_nothing(key):
                self._key(node, key, at)
                continue
            named = (name, is_merge(key))
            if first.setdefault(named, key) is not key:
                again = f"{shown(name)} stands here again, first in line {span(first[named], self.line).line}"
                self._found(rules.YAML_DUPLICATE, key, (*at, name), again, about=name)
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

    def _key(self, node: Node, key: Node, at: Path) -> None:
        if is_nothing(key):
            message, hint = 'a key is missing before this ":"', None
        elif (
            node.style and key.style and node.start.line == key.start.line and node.start.column + 1 == key.start.column
        ):
            message, hint = "`{{` begins a mapping whose key is a mapping", "quote the value if it is a placeholder"
        else:
            message, hint = f"a {key.value.kind if key.kind == 'alias' else key.kind} stands where a key must be", None
        self._break(rules.YAML_KEY, key, at, message, hint=hint)

    def _tag(self, node: Node, at: Path) -> None:
        tag = str(node.tag)
        if tag in self.known_tags:
            self.tags[at] = tag
        else:
            message = f"{shown(short_tag(tag))} is a tag that YAML does not define"
            self._break(rules.YAML_TAG, node, at, message, hint="remove the tag, or quote the value if it is text")

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
