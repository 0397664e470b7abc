"""From the events of a YAML reader to nodes, and from nodes to places.

PyYAML's and ruamel.yaml's events are alike, so one composer serves both. Their marks count from 0; the shift to our
counting from 1 happens in `span` and nowhere else.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from govern.model.document import Places
from govern.model.location import Path, Place, Span
from govern.model.pattern import pattern
from govern.model.rule import Rule
from govern.parse import rules
from govern.parse.bounds import MAX_DEPTH, MAX_PLACES
from govern.parse.scalars import MERGE
from govern.parse.words import shown

# A key, a value and the end of a collection are an event each. The largest document seen in the wild has 12,000 values;
# this many take libyaml and us a second, and 300 MB.
MAX_EVENTS = 200_000

# What YAML 1.1 took for line breaks, and both libraries still do, and the byte order mark, which they leave out when
# they count columns: to YAML 1.2 ordinary characters. While they read, characters that the text does not hold stand
# in for them.
_BREAKS = pattern("[\x85\u2028\u2029\ufeff]")
_COLON = pattern("[ \t]*:")


class Node:
    """A scalar, sequence, mapping or alias: `value` is a text, a list of nodes, of pairs of nodes, or the node it
    names.

    `style` is a scalar's quote or block indicator, or empty; for a collection, whether it is a flow collection. `tag`
    is the tag its author wrote, or None.
    """

    __slots__ = ("end", "kind", "start", "style", "tag", "value")

    def __init__(self, kind: str, value: Any, event: Any, style: Any = None, tag: str | None = None) -> None:
        self.kind = kind
        self.value = value
        self.start = event.start_mark
        self.end = event.end_mark
        self.style = style
        self.tag = tag


class Unreadable(Exception):
    """Why there is no document: the rule, what to say, and the mark where it shows, or None for the whole."""

    def __init__(self, rule: Rule, message: str, mark: Any, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.rule, self.message, self.mark, self.hint = rule, message, mark, hint


class Point(NamedTuple):
    """A mark that no reader made."""

    line: int
    column: int


Events: TypeAlias = Callable[[str], Iterator[Any]]


def compose(events: Events, text: str) -> tuple[Node | None, Any]:
    """The root of the first document, None if the text holds none; and the event that begins a second one, or None."""
    if "\r" in text:
        before = text[: text.index("\r")]
        mark = Point(before.count("\n"), len(before) - before.rfind("\n") - 1)
        message = "a carriage return without a line feed stands here: some readers see one line, some two"
        raise Unreadable(rules.LINE_END, message, mark, hint="save the file with LF or CRLF line ends")
    if text.isascii() or not _BREAKS.search(text):
        return _Composer(islice(events(text), MAX_EVENTS), text).document()
    used = set(text)
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)  # private use
    to = {ord(character): next(free, character) for character in "\x85\u2028\u2029\ufeff"}
    back = {ord(stand_in): chr(code) for code, stand_in in to.items()}
    restored = _restored(events(text.translate(to)), back)
    return _Composer(islice(restored, MAX_EVENTS), text).document()


def _restored(events: Iterator[Any], back: dict[int, str]) -> Iterator[Any]:
    for event in events:
        if event.__class__.__name__ == "ScalarEvent":
            event.value = event.value.translate(back)
        yield event


class _Composer:
    def __init__(self, events: Iterator[Any], text: str) -> None:
        self.events = events
        self.text = text
        self.anchors: dict[str, Node] = {}

    def document(self) -> tuple[Node | None, Any]:
        try:
            next(self.events)
            if (first := next(self.events)).__class__.__name__ == "StreamEndEvent":
                return None, None
            root = self._node(next(self.events), 0)
            if is_nothing(root):
                root.start = root.end = first.end_mark
            next(self.events)
            after = next(self.events)
        except StopIteration:
            message = "the document holds too many values; govern reads about 100,000"
            raise Unreadable(rules.YAML_TOO_MANY, message, None) from None
        return root, None if after.__class__.__name__ == "StreamEndEvent" else after

    def _node(self, event: Any, depth: int) -> Node:
        name = event.__class__.__name__
        if name == "ScalarEvent":
            node = Node("scalar", event.value, event, event.style, event.tag)
            if event.style in ("|", ">"):
                node.end = self._visible(event.end_mark)
            if event.anchor is not None:
                self.anchors[event.anchor] = node
            return node
        if name == "AliasEvent":
            target = self.anchors.get(event.anchor)
            if target is None:
                name = shown(event.anchor)
                message = f"*{name} names no anchor: there is no &{name} above it"
                raise Unreadable(rules.YAML_SYNTAX, message, event.start_mark, hint="quote the value if it is text")
            return Node("alias", target, event)
        if depth > MAX_DEPTH:
            raise Unreadable(rules.YAML_TOO_DEEP, f"values are nested more than {MAX_DEPTH} deep", event.start_mark)
        events = self.events
        items: list[Any] = []
        flow = bool(event.flow_style)
        node = Node("sequence" if name == "SequenceStartEvent" else "mapping", items, event, flow, event.tag)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        depth += 1
        if name == "SequenceStartEvent":
            while (event := next(events)).__class__.__name__ != "SequenceEndEvent":
                items.append(self._node(event, depth))
        else:
            while (event := next(events)).__class__.__name__ != "MappingEndEvent":
                key = self._node(event, depth)
                value = self._node(next(events), depth)
                if not value.value and is_nothing(value):
                    value.start = value.end = self._after_colon(key.end)
                items.append((key, value))
        if flow and event.start_mark.column != event.end_mark.column:
            node.end = event.end_mark
        elif items:  # what has no closing bracket ends where its last visible child does
            last = items[-1]
            node.end = (last[1] if name == "MappingStartEvent" else last).end
        return node

    def _after_colon(self, mark: Any) -> Any:
        """Where nothing stands after a key that ends at `mark`."""
        if isinstance(mark, Point):
            return mark
        match = _COLON.match(self.text, mark.index)
        return Point(mark.line, mark.column + len(match[0])) if match else mark

    def _visible(self, mark: Any) -> Point:
        """The end of a block scalar's last line that is not blank; the readers count different lines after it."""
        text, end = self.text, mark.index
        while text[end - 1] in " \n":
            end -= 1
        return Point(mark.line - text.count("\n", end, mark.index), end - text.rfind("\n", 0, end) - 1)


def is_nothing(node: Node) -> bool:
    """Is this the null that stands where nothing was written?"""
    return node.kind == "scalar" and not node.value and not node.style and node.start.column == node.end.column


def span(node: Node, line: int = 1) -> Span:
    """Where a node stands; `line` is the line of the YAML text's first line in its file."""
    start, end = node.start, node.end
    return Span(start.line + line, start.column + 1, end.line + line, end.column + 1)


def places(root: Node, line: int = 1) -> Places:
    """The place of every value. What an alias or a merge brings stands where it was written."""
    result: dict[Path, Place] = {(): Place(span(root, line))}
    pending: list[tuple[Node, Path]] = [(root, ())]
    for node, at in pending:  # it grows; in the order of the text, so that of a key that stands twice the last counts
        if node.kind == "alias":
            node = node.value
        if len(result) > MAX_PLACES or len(at) > MAX_DEPTH:
            break
        if node.kind == "sequence":
            for index, item in enumerate(node.value):
                result[(*at, index)] = Place(span(item, line))
                if item.kind != "scalar":
                    pending.append((item, (*at, index)))
        elif node.kind == "mapping":
            for name, key, item in entries(node):
                key_span = span(key, line)
                path = (*at, name)
                result[path] = Place(key_span if is_nothing(item) else span(item, line), key_span)
                if item.kind != "scalar":
                    pending.append((item, path))
    return result


def key_of(node: Node) -> str | None:
    """The key that a node of a mapping stands for; None if it is no string."""
    node = node.value if node.kind == "alias" else node
    return node.value if node.kind == "scalar" else None


def is_merge(key: Node) -> bool:
    """Is this the key `<<`, bare?"""
    return key.value == MERGE and not key.style and key.tag is None


def merged(value: Node) -> list[Node]:
    """The nodes that `<<: value` merges, the strongest first; they should be mappings."""
    value = value.value if value.kind == "alias" else value
    sources = value.value if value.kind == "sequence" else [value]
    return [source.value if source.kind == "alias" else source for source in sources]


def entries(node: Node, depth: int = 0) -> Iterator[tuple[str, Node, Node]]:
    """The keys of a mapping, their nodes and their values', merged ones first so that the mapping's own win."""
    for key, item in node.value if depth < MAX_DEPTH else ():
        if is_merge(key):
            for source in reversed(merged(item)):
                if source.kind == "mapping":
                    yield from entries(source, depth + 1)
    for key, item in node.value:
        name = key_of(key)
        if name is not None and not is_merge(key):
            yield name, key, item
