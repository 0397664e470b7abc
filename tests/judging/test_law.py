"""A law: the judge finds something exactly where the schema is broken, and always inside the text."""

import json
from typing import Any

import jsonschema
import jsonschema_rs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govern.judging.judge import judge
from govern.model.document import Document
from govern.model.location import pointer
from govern.model.schema import Schema
from govern.parse import read_text
from govern.validator import Validator

KEYS = st.sampled_from(["a", "b", "kind", "x/y", "m~n", ""])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.sampled_from([0.5, 1.0, "", "a", "abc", "Abc", "2026-01-31", "7"])
)
VALUES = st.recursive(
    SCALARS, lambda of: st.lists(of, max_size=3) | st.dictionaries(KEYS, of, max_size=3), max_leaves=8
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])


def schemas() -> st.SearchStrategy[Any]:
    leaves: st.SearchStrategy[Any] = st.one_of(
        st.booleans(),
        st.builds(lambda t: {"type": t}, TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True)),
        st.builds(lambda v: {"enum": v}, st.lists(SCALARS, min_size=1, max_size=3)),
        st.builds(lambda v: {"const": v}, VALUES),
        st.builds(
            lambda k, n: {k: n},
            st.sampled_from(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]),
            st.integers(0, 3),
        ),
        st.builds(
            lambda k, n: {k: n},
            st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
            st.integers(-2, 9),
        ),
        st.sampled_from([{"pattern": "^[a-z]+$"}, {"uniqueItems": True}, {"multipleOf": 2}, {"$ref": "#/$defs/d"}]),
        st.builds(lambda keys: {"required": keys}, st.lists(KEYS, min_size=1, max_size=2, unique=True)),
        st.builds(lambda k, v: {"dependentRequired": {k: v}}, KEYS, st.lists(KEYS, max_size=2, unique=True)),
    )

    def compound(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(of, min_size=1, max_size=3)
        some = st.dictionaries(KEYS, of, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda k, v: {k: v}, st.sampled_from(["allOf", "anyOf", "oneOf"]), several),
            st.builds(
                lambda p, r, c: {"properties": p, "required": r, **c},
                some,
                st.lists(KEYS, max_size=2, unique=True),
                st.sampled_from([{}, {"additionalProperties": False}, {"unevaluatedProperties": False}]),
            ),
            st.builds(
                lambda k, v: {k: v},
                st.sampled_from(["not", "items", "contains", "propertyNames", "additionalProperties"]),
                of,
            ),
            st.builds(lambda i, t, e: {"if": i, "then": t, "else": e}, of, of, of),
            st.builds(lambda p, i: {"prefixItems": p, "items": i}, several, of),
            st.builds(lambda k, v: {"dependentSchemas": {k: v}}, KEYS, of),
            st.builds(lambda p, v: {"patternProperties": {p: v}}, st.sampled_from(["^a", "^[a-z]+$"]), of),
            st.builds(lambda a, b: a | b if isinstance(a, dict) and isinstance(b, dict) else a, of, of),
        )

    return st.recursive(leaves, compound, max_leaves=10)


@settings(max_examples=400, deadline=None)
@given(schema=schemas(), definition=schemas(), value=VALUES, as_json=st.booleans())
def test_there_is_a_finding_exactly_where_the_schema_is_broken(
    schema: Any, definition: Any, value: Any, as_json: bool
) -> None:
    assume("$ref" not in json.dumps(definition))
    contents = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [schema],
        "$defs": {"d": definition},
    }
    text = json.dumps(value, ensure_ascii=False, indent=1)
    document = read_text("x.json", text, "json" if as_json else "yaml")
    assert document.value == value
    expected = jsonschema.Draft202012Validator(contents).is_valid(value)
    assume(expected == jsonschema_rs.Draft202012Validator(contents).is_valid(value))

    findings = list(judge(document, Schema("case", (1, 0, 0), contents, "own", "x"), Validator(contents)))

    assert bool(findings) is not expected
    for finding in findings:
        assert inside(document, finding.span)
        assert finding.message
        assert finding.pointer == "" or finding.pointer in {pointer(path) for path in document.places}
    assert len({(f.span, f.rule, f.message) for f in findings}) == len(findings)
    assert len({f.id for f in findings if f.rule == "schema/missing-key"}) == sum(
        f.rule == "schema/missing-key" for f in findings
    )


def inside(document: Document, span: Any) -> bool:
    lines = document.text.split("\n")
    ordered = (span.line, span.column) <= (span.end_line, span.end_column)
    return (
        ordered
        and 1 <= span.line <= span.end_line <= len(lines)
        and 1 <= span.column <= len(lines[span.line - 1]) + 1
        and 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
    )
