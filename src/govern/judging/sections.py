"""Which sections are missing, misplaced or too many? A schema lists them by position, people think of them by name.

A list of sections whose schema fixes their order is compared with that order by headings. What is found to be missing,
misplaced or unknown is said once, and the document is judged further as if it were mended: so that one section too few
does not make every later one the wrong one.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from govern.judging import rules, words
from govern.judging.elements import Wanted, always, wanted
from govern.judging.parts import READERS, part
from govern.judging.subschemas import Subschemas
from govern.judging.trouble import Trouble
from govern.model.document import Document
from govern.model.location import Path, Place
from govern.model.spelling import nearest

MAX_SECTIONS = 1_000  # of one list that are compared with an order; people write fewer than 60


class Straight(NamedTuple):
    """A document as it would be with its sections in order; `moves` leads from a section's path there to that in the
    original, None for one that is missing there.
    """

    document: Document
    moves: dict[Path, Path | None]
    troubles: list[Trouble]

    def back(self, path: Path) -> Path | None:
        """The path in the original; None for what is not there."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.moves:
                original = self.moves[path[:length]]
                return None if original is None else original + path[length:]
        return path


def straighten(document: Document, subschemas: Subschemas) -> Straight:
    """The document with its sections in the order of the schema, and what had to be mended for it."""
    if document.reader not in READERS or not isinstance(document.value, dict):
        return Straight(document, {}, [])
    work = _Straightening(document, subschemas)
    value = work.element(document.value, [(subschemas.contents, subschemas.contents)], (), ())
    if not work.troubles:
        return Straight(document, {}, [])
    moved = Straight(document, work.moves, work.troubles)

    def places() -> dict[Path, Place]:
        here = {original: new for new, original in work.moves.items() if original is not None}
        result: dict[Path, Place] = {}
        for path, place in document.places.items():
            length = next((length for length in range(len(path), 0, -1) if path[:length] in here), 0)
            result[here[path[:length]] + path[length:] if length else path] = place
        return result

    reading = document.reading._replace(value=value, places=places)
    straight = Document(
        document.path, document.reader, document.text, reading, body=document.body, body_line=document.body_line
    )
    return moved._replace(document=straight)


class _Straightening:
    def __init__(self, document: Document, subschemas: Subschemas) -> None:
        self.document = document
        self.subschemas = subschemas
        self.moves: dict[Path, Path | None] = {}
        self.troubles: list[Trouble] = []

    def element(self, value: Any, schemas: list[tuple[Any, Any]], new: Path, old: Path) -> Any:
        """A value with the sections below it in order; it stands at `old` and will stand at `new`."""
        if not isinstance(value, dict) or not isinstance(value.get("sections"), list):
            return value
        lists = [
            (node["properties"]["sections"], base)
            for node, base in always(schemas, self.subschemas)
            if isinstance(node.get("properties"), dict) and "sections" in node["properties"]
        ]
        nodes = list(always(lists, self.subschemas))
        ordered = next((node_base for node_base in nodes if isinstance(node_base[0].get("prefixItems"), list)), None)
        sections = value["sections"]
        if ordered is None or len(sections) > MAX_SECTIONS:
            return value
        asked = [wanted(item, ordered[1], self.subschemas) for item in ordered[0]["prefixItems"]]
        order = [each for each in asked if each]
        if len(order) < len(asked):
            return value
        least = max((n.get("minItems", 0) for n, _ in nodes if isinstance(n.get("minItems", 0), int)), default=0)
        closed = any(node.get("items") is False for node, _ in nodes)
        contained = [wanted(node["contains"], base, self.subschemas) for node, base in nodes if "contains" in node]
        names = [*order, *filter(None, contained)]
        paths, values, swallowing = _side_by_side(sections, names, (*old, "sections"))
        alignment = _align(values, order, closed=closed, least=least)
        alignment = alignment._replace(unknown=[index for index in alignment.unknown if index not in swallowing])
        self.troubles += alignment.troubles(self.document, (*old, "sections"), order, paths)
        self.troubles += [_swallows(sections[paths[index][-1]], values[index], paths[index]) for index in swallowing]
        rest = [(node["items"], base) for node, base in nodes if isinstance(node.get("items"), dict)]
        result: list[Any] = []
        for index, source in enumerate(alignment.layout):
            path = (*new, "sections", index)
            self.moves[path] = original = None if source is None else paths[source]
            if original is None or source is None:
                result.append({})
                continue
            element = values[source]
            is_ordered = index < len(order)
            if is_ordered and source in alignment.renamed:
                element = {**element, order[index].key: order[index].name}
            below = [(ordered[0]["prefixItems"][index], ordered[1])] if is_ordered else rest
            result.append(self.element(element, below, path, original))
        return {**value, "sections": result}


def _side_by_side(sections: list[Any], names: list[Wanted], at: Path) -> tuple[list[Path], list[Any], list[int]]:
    """The sections with their paths, and those that swallow others: a heading with one # among such with two makes
    parts of its section of all that follow. They are listed as if it had as many.
    """
    paths: list[Path] = []
    values: list[Any] = []
    swallowing: list[int] = []
    for index, section in enumerate(sections):
        paths.append((*at, index))
        values.append(section)
        below = section.get("sections") if isinstance(section, dict) and section.get("level") == 1 else None
        swallowed = [each for each in below or () if any(name.fits(each) for name in names)]
        if below and swallowed:
            level = swallowed[0]["level"]
            first = next(inner for inner, each in enumerate(below) if each["level"] <= level)
            swallowing.append(len(values) - 1)
            values[-1] = {**section, "level": level, "sections": below[:first]}
            if not first:
                del values[-1]["sections"]
            paths += [(*at, index, "sections", inner) for inner in range(first, len(below))]
            values += below[first:]
    return paths, values, swallowing


def _swallows(section: Any, meant: Any, path: Path) -> Trouble:
    wanted = "#" * meant["level"]
    message = f"section {words.shown(section.get('heading'))} begins with #, so that what follows counts as part of it"
    return Trouble(path, rules.SECTION_MISPLACED, message, hint=f"write {wanted}, as before the others")


class _Alignment(NamedTuple):
    """What stands where: `layout` gives for each position of the order, and then for what follows, the index of the
    section that belongs there, None where it is missing.
    """

    sections: list[Any]
    layout: list[int | None]
    missing: list[int]  # positions
    misplaced: dict[int, int]  # index → position
    renamed: dict[int, int]
    replaced: dict[int, int]  # index of a section of another name → position of the one in whose place it stands
    unknown: list[int]  # indices
    repeated: dict[int, int]  # index → index of the first

    def troubles(self, document: Document, at: Path, order: list[Wanted], paths: list[Path]) -> Iterator[Trouble]:
        """What to say of it. `at` leads to the list in the document, `paths` to each of the sections."""
        names = [words.shown(each.name) for each in order]
        headings = [words.shown(section.get("heading")) for section in self.sections]
        within = f" of {part(document, at[:-1])}" if len(at) > 1 else ""
        for position in self.missing:
            before = self.layout[position - 1] if position else None
            path = paths[before] if before is not None else at[:-1] if not position else at
            message, hint = f"section {names[position]}{within} is missing", _where(document, order, position)
            yield Trouble(path, rules.SECTION_MISSING, message, hint=hint, key=order[position].name)
        for index, position in self.renamed.items():
            message = f"section {names[position]}{within} is missing; {headings[index]} looks like it"
            name = order[position].name
            at_heading = (*paths[index], "heading")
            yield Trouble(at_heading, rules.SECTION_MISSING, message, hint=f"call it {name}", proposal=name)
        for index, position in self.replaced.items():
            message = f"section {names[position]}{within} is missing; {headings[index]} stands in its place"
            hint = f"call it {order[position].name} if that is what it is"
            yield Trouble((*paths[index], "heading"), rules.SECTION_MISSING, message, hint=hint)
        for index, position in self.misplaced.items():
            here = f"after {headings[index - 1]}" if index else "first"
            belongs = f"after {names[position - 1]}" if position else "first"
            message = f"section {names[position]} stands {here}; it belongs {belongs}"
            yield Trouble(paths[index], rules.SECTION_MISPLACED, message)
        for index in self.unknown:
            message = f"section {headings[index]} is not one of those{within or ' of this document'}"
            among = f"the sections here are {', '.join(names)}" if len(names) <= words.MAX_OPTIONS else None
            yield Trouble(paths[index], rules.SECTION_UNKNOWN, message, hint=among)
        for index, first in self.repeated.items():
            message = f"section {headings[index]} stands here again, first in line {document.span(paths[first]).line}"
            yield Trouble(paths[index], rules.SECTION_UNKNOWN, message)


def _align(sections: list[Any], order: list[Wanted], *, closed: bool, least: int) -> _Alignment:
    holder: dict[int, int] = {}  # position → index
    repeated: dict[int, int] = {}
    strangers: list[int] = []
    for index, section in enumerate(sections):
        position = next((p for p, wanted in enumerate(order) if wanted.fits(section)), None)
        if position is None:
            strangers.append(index)
        elif position in holder:
            repeated[index] = holder[position]
        else:
            holder[position] = index
    renamed: dict[int, int] = {}
    for position, each in enumerate(order):
        if position not in holder:
            names = {str(sections[i].get("heading")): i for i in strangers if isinstance(sections[i], dict)}
            near = nearest(each.name, names)
            if len(near) == 1:
                index = names[near[0]]
                holder[position] = index
                renamed[index] = position
                strangers.remove(index)
    replaced: dict[int, int] = {}
    for position in range(len(order) if closed else len(order) - 1):
        low = holder.get(position - 1, None if position else -1)
        high = holder.get(position + 1, None if position + 1 < len(order) else len(sections))
        if position not in holder and low is not None and high is not None:
            inside = [index for index in strangers if low < index < high]
            if len(inside) == 1:
                replaced[inside[0]] = position
                strangers.remove(inside[0])
    in_order = _longest_rise([(index, position) for position, index in holder.items()])
    misplaced = {
        index: position for position, index in holder.items() if index not in in_order and index not in renamed
    }
    last = max([least - 1, *holder])
    missing = [
        position
        for position in range(min(last + 1, len(order)))
        if position not in holder and position not in replaced.values()
    ]
    end = max(in_order, default=-1)
    unknown = [index for index in strangers if closed or index < end]
    tail = [index for index in strangers if index not in unknown]
    layout: list[int | None] = [holder.get(position) for position in range(min(last + 1, len(order)))]
    # what may follow the order counts as such only once the order is whole
    layout += [None] * (len(order) - len(layout)) if tail else []
    return _Alignment(sections, [*layout, *tail], missing, misplaced, renamed, replaced, unknown, repeated)


def _longest_rise(pairs: list[tuple[int, int]]) -> set[int]:
    """The indices of the longest run of pairs whose positions rise with the indices."""
    pairs = sorted(pairs)
    best: list[list[tuple[int, int]]] = []
    for pair in pairs:
        longest = max((run for run in best if run[-1][1] < pair[1]), key=len, default=[])
        best.append([*longest, pair])
    return {index for index, _ in max(best, key=len, default=[])}


def _where(document: Document, order: list[Wanted], position: int) -> str:
    """Where a missing section belongs, and where it stands at another level."""
    pending: list[tuple[Path, Any]] = [((), document.value)]
    while pending:
        path, value = pending.pop()
        for index, section in enumerate(value.get("sections", ())):
            here = (*path, "sections", index)
            if len(here) > 2 and order[position].fits(section):
                line = document.span(here).line
                return f"in line {line} it stands with {'#' * section['level']}; give it as many # as the others"
            pending.append((here, section))
    return f"it belongs after {words.shown(order[position - 1].name)}" if position else "it comes first"
