"""Which value fills which hole, where it came from, and whether the hole admits it."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govern.judging import rules as schema_rules
from govern.judging import words
from govern.judging.judge import judge
from govern.model.document import Document, Reading
from govern.model.finding import Finding, found
from govern.model.location import FILE, Path, Place, Span, pointer
from govern.model.schema import Schema
from govern.model.spelling import nearest
from govern.rendering import rules
from govern.rendering.manifest import Hole, Manifest
from govern.validator import Unusable, Validator


class Source(NamedTuple):
    """Some values, and what gave them. `label` is how people name it, such as `--set`.

    `at` is the path to the values in `document`, None where they come from no file; `below` what leads from a name to
    its value. `textual`: they are words that nobody gave a type. `own`: they are meant for this template, so that a
    name it does not have is a slip.
    """

    label: str
    values: Mapping[str, Any]
    document: Document | None = None
    at: Path = ()
    below: Path = ()
    textual: bool = False
    own: bool = False

    def path(self, name: str) -> Path:
        """Where the value of a name stands in the document."""
        return (*self.at, name, *self.below)


class Origin(NamedTuple):
    """A value and what gave it."""

    value: Any
    source: Source


DEFAULT = "default"  # how a manifest calls the value that it gives

# Where a hole is first used: the file and the span of its token.
Where = Callable[[str], tuple[str, Span]]

_RULES = {
    schema_rules.TYPE.id: rules.TYPE,
    schema_rules.ENUM.id: rules.NOT_ALLOWED,
    schema_rules.CONST.id: rules.NOT_ALLOWED,
}


def chosen(manifest: Manifest, sources: Sequence[Source]) -> dict[str, Origin]:
    """The value of each hole that has one: that of the first source which gives it, else its default."""
    result = {}
    default = Source(DEFAULT, {}, manifest.document, ("holes",), (DEFAULT,))
    for name, hole in manifest.holes.items():
        for source in sources:
            if name in source.values:
                value = source.values[name]
                result[name] = Origin(_typed(value, hole) if source.textual else value, source)
                break
        else:
            if hole.default is not None:
                result[name] = Origin(hole.default, default)
    return result


def filling(manifest: Manifest, origins: Mapping[str, Origin]) -> dict[str, Any]:
    """What is written for each hole: its value, or what stands for none."""
    empty: dict[str, Any] = {"string": "", "array": []}
    return {
        name: origins[name].value if name in origins else empty.get(hole.type) for name, hole in manifest.holes.items()
    }


def judged(
    manifest: Manifest,
    origins: Mapping[str, Origin],
    sources: Sequence[Source],
    used: Collection[str],
    where: Where,
    elsewhere: Collection[str] = (),
) -> Iterator[Finding]:
    """What is wrong with the values: missing, empty, of another type or form than their holes ask for, unknown.

    `used` are the names that stand in the template; a hole that does not is asked of nobody. `elsewhere` are names
    that other templates ask for, which are filled in the same run.
    """
    holes = manifest.holes
    for name, hole in holes.items():
        if name in used and hole.required and name not in origins and not _is_misspelt(name, sources, holes):
            yield _missing(hole, sources, holes, where)
    for source in sources:
        given = [holes[name] for name, origin in origins.items() if origin.source is source]
        if given:
            yield from _misfits(given, origins, where)
    for source in sources:
        for name in source.values if source.own else ():
            if name not in holes and (name not in elsewhere or source.at):
                yield _unknown(name, source, holes, where)


def defaults_judged(manifest: Manifest) -> Iterator[Finding]:
    """What is wrong with the defaults and the examples of a manifest: each must be what its hole asks for."""
    document = manifest.document
    for word in (DEFAULT, "example") if document else ():
        told = {name: hole for name, hole in manifest.holes.items() if getattr(hole, word) is not None}
        source = Source(word, {}, document, ("holes",), (word,))
        origins = {name: Origin(getattr(hole, word), source) for name, hole in told.items()}
        if told:
            yield from _misfits(list(told.values()), origins, nowhere(""))


def _typed(value: Any, hole: Hole) -> Any:
    """Words as the type of a hole; as they are where they are none of that type."""
    if not isinstance(value, str):
        return value
    if hole.type == "array":
        return _items(value, hole.schema.get("items", {}))
    return _scalar(value, hole.type)


def _scalar(text: str, kind: str) -> Any:
    if kind == "integer" and re.fullmatch(r"[-+]?[0-9]{1,4000}", text):
        return int(text)
    if kind == "number" and re.fullmatch(r"[-+]?[0-9]{1,300}(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?", text):
        return float(text) if re.search("[.eE]", text) else int(text)
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text


def _items(text: str, items: Any) -> Any:
    if text.lstrip().startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    kind = items.get("type", "string") if isinstance(items, dict) else "string"
    return [_scalar(item.strip(), kind) for item in text.split(",")] if text.strip() else []


def _is_misspelt(name: str, sources: Sequence[Source], holes: Mapping[str, Hole]) -> bool:
    """Is a value given for a hole under a name that is almost its own, which is a finding of its own?"""
    slips = [other for source in sources if source.own for other in source.values if other not in holes]
    return any(nearest(slip, holes) == [name] for slip in slips)


def _missing(hole: Hole, sources: Sequence[Source], holes: Mapping[str, Hole], where: Where) -> Finding:
    path, span = where(hole.name)
    about = f" ({hole.description.rstrip('.')})" if hole.description else ""
    hint = f"pass --set {hole.name}=…, or write it under [values] in govern.toml"
    for source in sources:
        near = nearest(hole.name, [name for name in source.values if name not in holes])
        if near:
            hint = f"did you mean {hole.name} by {near[0]}, which {source.label} gives?"
            break
    message = f"{hole.name}{about} has no value"
    return found(rules.MISSING, path, message, span=span, hint=hint, about=hole.name)


def _unknown(name: str, source: Source, holes: Mapping[str, Hole], where: Where) -> Finding:
    near = nearest(name, holes)
    if near:
        hint = f"did you mean {words.either(near)}?"
    else:
        hint = f"it asks for {', '.join(holes)}" if holes else "it has no token"
    path, span, at = _place(name, source, where)
    message = f"{source.label} gives {name}, which the template does not ask for"
    return found(rules.UNKNOWN, path, message, span=span, at=at, hint=hint, about=name)


def _place(name: str, source: Source, where: Where) -> tuple[str, Span, Path]:
    """Where a value stands; where its token does, if it comes from no file."""
    if source.document is None:
        return (*where(name), ())
    at = source.path(name)
    return source.document.path, source.document.span(at), at


def _misfits(holes: Sequence[Hole], origins: Mapping[str, Origin], where: Where) -> Iterator[Finding]:
    """Values of one source that their holes do not admit."""
    source = origins[holes[0].name].source
    values = {hole.name: origins[hole.name].value for hole in holes}
    for hole in holes:
        value = values[hole.name]
        if hole.required and (value is None or value == [] or (isinstance(value, str) and not value.strip())):
            path, span, at = _place(hole.name, source, where)
            message = f"the value of {hole.name} from {source.label} is empty"
            yield found(rules.EMPTY, path, message, span=span, at=at, about=hole.name)
            del values[hole.name]
    if all(isinstance(values.get(hole.name, ""), str) and hole.schema == {"type": "string"} for hole in holes):
        return
    contents = {"properties": {hole.name: hole.schema for hole in holes}}
    try:
        validator = Validator(contents)
    except Unusable:
        return  # a pattern that is none, which the schema of manifests refuses
    if validator.is_valid(values):
        return
    secret = {hole.name for hole in holes if hole.secret}
    for finding in judge(_document(values, source, where), Schema("", (1, 0, 0), contents, "", ""), validator):
        rule = _RULES.get(finding.rule, rules.MISMATCHED)
        first, _, rest = finding.pointer[1:].partition("/")
        message, hint = finding.message, finding.hint
        if first in secret:
            message, hint = f"the value of {first} is not what the manifest asks for", None
        path, span, at = _place(first, source, where)
        yield finding._replace(
            path=path,
            span=finding.span if source.document else span,
            rule=rule.id,
            message=message if source.document else f"{message} (from {source.label})",
            pointer=pointer(at) + ("/" + rest if rest else "") if source.document else finding.pointer,
            hint=hint,
            schema=None,
            fix=None,
            secret=first in secret,
        )


def _document(values: dict[str, Any], source: Source, where: Where) -> Document:
    """The values of one source as a document of their own, with the places that they have where they come from."""
    origin = source.document

    def places() -> dict[Path, Place]:
        if origin is None:
            return {(name,): Place(where(name)[1]) for name in values}
        result = {}
        for name in values:
            base = source.path(name)
            for path, place in origin.places.items():
                if path[: len(base)] == base:
                    result[(name, *path[len(base) :])] = place
        return result

    text, reader = (origin.text, origin.reader) if origin else ("", "json")
    return Document("", reader, text, Reading(values, places))


def nowhere(path: str) -> Where:
    """A `Where` for a template in which nothing is used."""
    return lambda name: (path, FILE)
