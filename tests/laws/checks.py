"""What must hold of a verdict, whatever it is about. Each law yields what is wrong, in a sentence, or nothing."""

from collections.abc import Iterator
from functools import cached_property
from random import Random
from typing import Any, NamedTuple

import jsonschema_rs
from referencing.exceptions import Unresolvable

from govern.compat.compare import Source, decide
from govern.model.verdict import Breaking, Compatible, Direction, Formats, OpenContent, Undecided, Verdict
from tests.laws.closed import obeys
from tests.laws.dialects import DIALECTS, FIRST, LISTS, MAPS, SINGLE, older
from tests.laws.reference import NUMBERS, python_admits, python_validator, rust_validator
from tests.laws.schemas import Schema
from tests.laws.values import Values

VALUES_TRIED = 40  # of a writer, against a proof: past that more pairs find more than more values


KEYWORDS = sorted(
    {*SINGLE, *LISTS, *MAPS, *FIRST, "$ref", "$id", "type", "enum", "required", "dependencies", "definitions"}
    | {"minimum", "exclusiveMinimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern", "format"}
    | {"minItems", "uniqueItems", "additionalItems", "minProperties", "dependentRequired", "$recursiveRef"}
)


class Reading(NamedTuple):
    open_content: OpenContent
    formats: Formats


READINGS = [
    Reading("strict", "annotate"),
    Reading("lenient", "assert"),
    Reading("strict", "assert"),
    Reading("lenient", "annotate"),
]


class Question:
    """Two schemas of a draft under a reading: does what the writer sends break the reader?"""

    def __init__(self, writer: Schema, reader: Schema, draft: str, reading: Reading) -> None:
        self.writer, self.reader, self.draft, self.reading = writer, reader, draft, reading

    def verdict(self, direction: Direction = "backward") -> Verdict:
        dialect = DIALECTS[self.draft]
        old, new = Source(self.writer, {}, dialect), Source(self.reader, {}, dialect)
        if direction == "forward":
            old, new = new, old
        return decide(
            old, new, direction=direction, open_content=self.reading.open_content, formats=self.reading.formats
        )

    @cached_property
    def asserts(self) -> bool:
        return self.reading.formats == "assert"

    def admits(self, schema: Schema, value: Any) -> bool:
        return python_admits(schema, value, DIALECTS[self.draft], formats=self.asserts)

    def sent(self, value: Any) -> bool | None:
        """Does a producer send this value, which the writer admits?"""
        if self.reading.open_content == "strict":
            return True
        return obeys(self.writer, value, DIALECTS[self.draft], formats=self.asserts)

    def counterexamples(self, random: Random, count: int = VALUES_TRIED) -> Iterator[Any]:
        """Values that both validators say are the writer's and not the reader's, and that producers send."""
        dialect = DIALECTS[self.draft]
        writer, reader = (rust_validator(s, dialect, formats=self.asserts) for s in (self.writer, self.reader))
        values = Values(random, self.writer, self.reader)
        for _ in range(count):
            value = values.value()
            if (
                writer.is_valid(value)
                and not reader.is_valid(value)
                and self.admits(self.writer, value)
                and not self.admits(self.reader, value)
                and self.sent(value) is True
            ):
                yield value


def wrong(question: Question, random: Random) -> Iterator[str]:
    """A proof is never refuted, a witness is one for `jsonschema` too, and the direction is only an argument."""
    verdict = question.verdict()
    match verdict:
        case Compatible():
            for value in question.counterexamples(random):
                yield f"compatible, but {value!r} breaks"
                return
        case Breaking(witness):
            if not question.admits(question.writer, witness):
                yield f"the writer does not admit the witness {witness!r}"
            elif question.admits(question.reader, witness):
                yield f"the reader admits the witness {witness!r}"
            elif question.sent(witness) is False:
                yield f"the witness {witness!r} has a property that nobody declared"
        case Undecided(reason):
            if "bug" in reason:
                yield reason
    if type(turned := question.verdict("forward")) is not type(verdict):
        yield f"with the two exchanged {turned}, and not {verdict}"


def unlike_the_algebra(question: Question) -> Iterator[str]:
    """The canonical algebra of jsonschema-rs, where it knows, says the same of the sets."""
    draft = NUMBERS[DIALECTS[question.draft]]
    try:
        writer, reader = (
            jsonschema_rs.canonicalize(schema, offline=True, validate_formats=question.asserts, draft=draft)
            for schema in (question.writer, question.reader)
        )
        answer = str(reader.covers(writer)).rpartition(".")[2].upper()
    except (ValueError, jsonschema_rs.ValidationError):
        return
    verdict = Question(question.writer, question.reader, question.draft, question.reading).verdict()
    if (answer == "YES" and isinstance(verdict, Breaking)) or (answer == "NO" and isinstance(verdict, Compatible)):
        yield f"the algebra says {answer}, and we {verdict}"


def unlike_itself(schema: Schema, draft: str, reading: Reading) -> Iterator[str]:
    """A schema is compatible with itself."""
    verdict = Question(schema, schema, draft, reading).verdict()
    if verdict != Compatible():
        yield f"not compatible with itself: {verdict}"


def strict_is_stricter(old: Schema, new: Schema, draft: str) -> Iterator[str]:
    """What nobody can break, nobody breaks who sends less; and the kind of a break says which of the two it takes."""
    for formats in ("assert", "annotate"):
        strict = Question(old, new, draft, Reading("strict", formats)).verdict()
        lenient = Question(old, new, draft, Reading("lenient", formats)).verdict()
        if isinstance(strict, Compatible) and isinstance(lenient, Breaking):
            yield f"strictly compatible, but leniently {lenient}"
        if isinstance(strict, Breaking) and strict.kind == "open-content" and isinstance(lenient, Breaking):
            yield f"breaks only with undeclared properties, {strict}; and without them, {lenient}"


def intransitive(schemas: tuple[Schema, Schema, Schema], draft: str, formats: Formats) -> Iterator[str]:
    first, second, third = schemas
    reading = Reading("strict", formats)
    if Question(first, second, draft, reading).verdict() == Compatible() == Question(
        second, third, draft, reading
    ).verdict() and isinstance(end := Question(first, third, draft, reading).verdict(), Breaking):
        yield f"compatible step by step, but as a whole {end}"


# Pairs of which the truth is known from how they are made: (name, writer, reader), all compatible strictly.
Made = tuple[str, Schema, Schema]


def constructions(a: Schema, b: Schema, draft: str) -> Iterator[Made]:
    """The schemas may share definitions: then those of the first count, and the second refers to them."""
    kept, inner_a = hoisted(a)
    also, inner_b = hoisted(b)
    kept = {word: also.get(word, {}) | kept.get(word, {}) for word in kept | also}

    def whole(schema: Any) -> Any:
        return {**kept, "allOf": [schema]} if kept else schema

    yield "all of both is the first", whole({"allOf": [inner_a, inner_b]}), whole(inner_a)
    yield "the first is any of both", whole(inner_a), whole({"anyOf": [inner_a, inner_b]})
    yield "exactly one is at least one", whole({"oneOf": [inner_a, inner_b]}), whole({"anyOf": [inner_a, inner_b]})
    yield "twice not", whole({"not": {"not": inner_a}}), whole(inner_a)
    yield "not twice", whole(inner_a), whole({"not": {"not": inner_a}})
    yield "not any", whole({"not": {"anyOf": [inner_a, inner_b]}}), whole({"not": inner_b})
    yield "either or not", whole({}), whole({"anyOf": [inner_a, {"not": inner_a}]})
    yield "both and not", whole({"allOf": [inner_a, {"not": inner_a}]}), {"not": {}}
    if draft not in ("draft4", "draft6"):
        yield "if", whole({"if": inner_a, "then": inner_b}), whole({"anyOf": [{"not": inner_a}, inner_b]})
        yield "if not", whole({"anyOf": [{"not": inner_a}, inner_b]}), whole({"if": inner_a, "then": inner_b})


def hoisted(schema: Schema) -> tuple[dict[str, Any], Schema]:
    """The definitions of a schema, and the rest of it. A reference to the root would change its meaning."""
    if not isinstance(schema, dict):
        return {}, schema
    words = ("$defs", "definitions")
    kept = {word: schema[word] for word in words if word in schema}
    return kept, {key: value for key, value in schema.items() if key not in words}


def no_root(*schemas: Schema) -> bool:
    """Does nothing refer to the root?"""
    return "'$ref': '#'" not in str(schemas)


def misjudged(made: Made, draft: str, formats: Formats) -> Iterator[str]:
    """A pair that is compatible by construction is not breaking."""
    name, writer, reader = made
    verdict = Question(writer, reader, draft, Reading("strict", formats)).verdict()
    if isinstance(verdict, Breaking):
        yield f"{name}: {verdict}"


def of_a_value(schema: Schema, value: Any, draft: str) -> Iterator[str]:
    """The schema of one value is compatible exactly with the schemas that admit the value."""
    question = Question({"enum": [value]}, schema, draft, Reading("strict", "annotate"))
    verdict, admitted = question.verdict(), question.admits(schema, value)
    if isinstance(verdict, Compatible) and not admitted:
        yield f"{value!r} is compatible, and not admitted"
    if isinstance(verdict, Breaking) and admitted:
        yield f"{value!r} is admitted, and {verdict.witness!r} breaks"


def respelled(schema: Any, random: Random) -> Any:
    """The same schema with its keys, its branches and its lists in another order."""
    if isinstance(schema, dict):
        keys = list(schema)
        random.shuffle(keys)
        return {key: _reordered(key, respelled(schema[key], random), random) for key in keys}
    if isinstance(schema, list):
        return [respelled(item, random) for item in schema]
    return schema


def _reordered(keyword: str, value: Any, random: Random) -> Any:
    if keyword in ("allOf", "anyOf", "oneOf", "required", "enum", "type") and isinstance(value, list):
        return random.sample(value, len(value))
    return value


def renamed(schema: Any) -> Any:
    """The same schema with its definitions named otherwise."""
    if isinstance(schema, dict):
        return {
            key: {f"other-{name}": renamed(item) for name, item in value.items()}
            if key in ("$defs", "definitions")
            else value.replace("/d", "/other-d").replace("/other-definitions", "/definitions")
            if key == "$ref" and value != "#"
            else renamed(value)
            for key, value in schema.items()
        }
    return [renamed(item) for item in schema] if isinstance(schema, list) else schema


ELSEWHERE = "http://laws.example/definitions"


def elsewhere(schema: Schema, draft: str, reading: Reading) -> Iterator[str]:
    """A schema is compatible, both ways, with itself when its definitions have moved to a schema of their own."""
    kept, rest = hoisted(schema)
    if not kept or not no_root(schema):
        return
    dialect = DIALECTS[draft]
    resources = {ELSEWHERE: {"$schema": dialect, **kept}}
    moved = Source(_led(rest), resources, dialect)
    for one, other in ((Source(schema, {}, dialect), moved), (moved, Source(schema, {}, dialect))):
        verdict = decide(one, other, open_content=reading.open_content, formats=reading.formats)
        if verdict != Compatible():
            yield f"not compatible with itself when its definitions are elsewhere: {verdict}"
            return


def _led(schema: Any) -> Any:
    """The schema with its references leading elsewhere."""
    if isinstance(schema, dict):
        return {
            key: ELSEWHERE + item if key == "$ref" and isinstance(item, str) else _led(item)
            for key, item in schema.items()
        }
    return [_led(item) for item in schema] if isinstance(schema, list) else schema


def usable(schema: Schema, draft: str) -> bool:
    """Is it a schema that both validators can hold? A loop of references in place is none."""
    try:
        for value in ({"a": [1]}, [{"a": [1]}], "a"):
            python_validator(schema, DIALECTS[draft], formats=False).is_valid(value)
        rust_validator(schema, DIALECTS[draft], formats=False)
    except (RecursionError, ValueError, TypeError, Unresolvable):
        return False
    return True


def inlined(schema: Any, draft: str) -> Any:
    """The same schema with each reference from its outermost part to a definition replaced by the definition."""
    kept, rest = hoisted(schema)
    definitions: dict[str, Any] = next(iter(kept.values()), {})

    def replaced(node: Any) -> Any:
        if isinstance(node, list):
            return [replaced(item) for item in node]
        if not isinstance(node, dict):
            return node
        target = node.get("$ref")
        if not isinstance(target, str) or target == "#":
            return {key: item if key in ("enum", "const") else replaced(item) for key, item in node.items()}
        definition = definitions[target.rsplit("/", 1)[1]]
        beside = {key: replaced(item) for key, item in node.items() if key != "$ref"}
        if beside and not older(draft, "draft2019-09"):
            return {**beside, "allOf": [definition, *beside.get("allOf", [])]}
        return definition

    return {**kept, **found} if isinstance(found := replaced(rest), dict) else found
