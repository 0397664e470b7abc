import json
import math
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govern.compat.witness.referees import Referees
from govern.model.verdict import Formats
from govern.validator import Unusable

DRAFT4 = "http://json-schema.org/draft-04/schema#"
DRAFT6 = "http://json-schema.org/draft-06/schema#"
DRAFT7 = "http://json-schema.org/draft-07/schema#"
DRAFT2019 = "https://json-schema.org/draft/2019-09/schema"
DRAFT2020 = "https://json-schema.org/draft/2020-12/schema"
EVERY_DRAFT = (DRAFT4, DRAFT6, DRAFT7, DRAFT2019, DRAFT2020)


def referees(contents: Any, dialect: str | None = None, formats: Formats = "assert", **resources: Any) -> Referees:
    return Referees(contents, {f"urn:{name}": schema for name, schema in resources.items()}, dialect, formats)


def admits(contents: Any, value: Any, dialect: str | None = None, formats: Formats = "assert") -> bool | None:
    return referees(contents, dialect, formats).admits(value)


# Numbers

decimals = st.decimals(-1000, 1000, allow_nan=False, places=3) | st.integers(-(10**30), 10**30).map(Decimal)
divisors = st.decimals("0.001", 100, places=3).filter(bool)


@given(decimals, divisors)
def test_a_multiple_is_what_fractions_say(number: Decimal, divisor: Decimal) -> None:
    exact = (Fraction(number) / Fraction(divisor)).denominator == 1
    assert admits({"multipleOf": divisor}, number) is exact


@pytest.mark.parametrize(
    ("number", "divisor", "expected"),
    [
        (0.3, 0.1, True),
        (0.35, 0.1, False),
        (19.99, 0.01, True),
        (19.999, 0.01, False),
        (1e22, 3, False),
        pytest.param(10**400, 7, False, id="large"),
        pytest.param(7 * 10**400, 7, True, id="seven times as large"),
        (1e300, 1e-300, True),
        (0, 0.1, True),
    ],
)
def test_a_multiple_is_reckoned_in_decimals(number: Any, divisor: Any, expected: bool) -> None:
    assert admits({"multipleOf": divisor}, number) is expected


@pytest.mark.parametrize("dialect", EVERY_DRAFT)
@pytest.mark.parametrize("value", [1.0, Decimal("1.0"), Decimal("1E+2")])
def test_one_with_a_fraction_is_an_integer_since_draft_6(dialect: str, value: Any) -> None:
    assert admits({"type": "integer"}, value, dialect) is (dialect != DRAFT4)
    assert admits({"type": "number"}, value, dialect) is True


@pytest.mark.parametrize("value", [1.5, Decimal("0.1"), True, "1", None])
def test_what_is_no_integer_is_none_in_any_draft(value: Any) -> None:
    assert [admits({"type": "integer"}, value, dialect) for dialect in EVERY_DRAFT] == [False] * 5


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"const": 1}, 1.0, True),
        ({"const": 1}, True, False),
        ({"const": True}, True, True),
        ({"enum": [0]}, False, False),
        ({"enum": [{"a": [1]}]}, {"a": [1.0]}, True),
        ({"enum": [{"a": [1]}]}, {"a": [True]}, False),
        ({"const": 0.1}, Decimal("0.10"), True),
        ({"const": 0.1}, Decimal("0.1000000000000000000001"), False),
        ({"const": 2**53 + 1}, float(2**53), False),
        ({"const": 10**23}, 1e23, True),
        ({"maximum": 0.1}, Decimal("0.1000000000000000000001"), False),
        ({"maximum": 2**53}, 2**53 + 1, False),
        ({"exclusiveMinimum": 0}, 5e-324, True),
        ({"maximum": Decimal("1e400")}, [10**401], True),
        ({"uniqueItems": True}, [1, 1.0], False),
        ({"uniqueItems": True}, [1, True], True),
        ({"uniqueItems": True}, [[0], [False]], True),
        ({"uniqueItems": True}, [{"a": 1}, {"a": 1.0}], False),
    ],
)
def test_numbers_are_equal_and_ordered_as_they_are_written(schema: Any, value: Any, expected: bool) -> None:
    assert admits(schema, value) is expected


# Patterns: what ECMA-262 says, where Python says otherwise

PATTERNS = [
    (r"^a$", "a", True),
    (r"^a$", "a\n", False),
    (r"^\d$", "1", True),
    (r"^\d$", "١", False),
    (r"^\w$", "e", True),
    (r"^\w$", "é", False),
    (r"^\s$", "\ufeff", True),
    (r"^\s$", "\x1c", False),
    (r"^\p{L}$", "é", True),
    (r"^\p{L}$", "1", False),
    (r"^.$", "😀", True),
    (r"^.$", "\u2028", None),  # jsonschema-rs lets a point match any line separator but \n
    (r"^\u{1F600}$", "😀", True),
    (r"^[a-z\-_]+$", "a-b_c", True),
    (r"\-", "-", True),
    (r"(?<year>\d{4})", "in 2020", True),
    (r"^(a|b)\1$", "aa", True),
    (r"^(a|b)\1$", "ab", False),
    (r"^(?!x)", "y", True),
    (r"^(?!x)", "x", False),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), PATTERNS)
def test_a_pattern_means_what_ecma_262_says(pattern: str, text: str, expected: bool | None) -> None:
    assert admits({"pattern": pattern}, text) is expected


@pytest.mark.parametrize("dialect", EVERY_DRAFT)
def test_patterns_of_names_mean_it_too(dialect: str) -> None:
    only_digits = {"patternProperties": {r"^\d$": {"type": "null"}}, "additionalProperties": False}
    assert admits(only_digits, {"1": None}, dialect) is True
    assert admits(only_digits, {"1": 1}, dialect) is False
    assert admits(only_digits, {"١": None}, dialect) is False
    assert admits({"patternProperties": {r"^\d$": {"type": "null"}}}, {"١": 1}, dialect) is True


def test_each_pattern_of_names_is_on_its_own() -> None:
    doubled = {"patternProperties": {r"^(a)\1$": True, r"^(b)\1$": True}, "additionalProperties": False}
    assert admits(doubled, {"aa": 0, "bb": 0}) is True
    assert admits(doubled, {"ba": 0}) is False


@pytest.mark.parametrize("dialect", [DRAFT2019, DRAFT2020])
def test_unevaluated_properties_consult_patterns_too(dialect: str) -> None:
    schema = {"allOf": [{"patternProperties": {r"^\d$": True}}], "unevaluatedProperties": False}
    assert admits(schema, {"1": 0}, dialect) is True
    assert admits(schema, {"١": 0}, dialect) is False
    assert admits({"patternProperties": {r"\p{L}": True}, "unevaluatedProperties": False}, {"é": 0}, dialect) is True


# Formats

FORMATS = [
    ("date", "2024-02-29", "2023-02-29"),
    ("date-time", "2020-01-01t00:00:00z", "2020-01-01T00:00:00"),
    ("time", "12:00:00+01:00", "12:00Z"),
    ("duration", "P1Y2M3DT4H5M6S", "P1Y2W"),
    ("email", "ada@example.org", "ada"),
    ("hostname", "a-b.example", "-a.example"),
    ("ipv4", "127.0.0.1", "127.0.0.01"),
    ("ipv6", "::ffff:1.2.3.4", "fe80::1%eth0"),
    ("uri", "urn:isbn:0451450523", "//example.org"),
    ("uri-reference", "//example.org", r"\\share"),
    ("iri-reference", "é", "a b"),
    ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08aa9811eab4aa73b441d16380"),
    ("json-pointer", "/a~1b", "a"),
    ("relative-json-pointer", "1/a", "01"),
    ("uri-template", "/{id}", "/{id"),
    ("regex", r"\p{L}", "("),
]


@pytest.mark.parametrize(("name", "conforming", "other"), FORMATS)
def test_a_format_is_asserted_or_annotated(name: str, conforming: str, other: str) -> None:
    assert admits({"format": name}, conforming) is True
    assert admits({"format": name}, other) is False
    assert admits({"format": name}, other, formats="annotate") is True
    assert admits({"format": name}, 7) is True


@pytest.mark.parametrize("name", ["colour", "int32", "password", ""])
def test_a_format_that_neither_knows_is_an_annotation(name: str) -> None:
    assert admits({"format": name}, "no such thing") is True


def test_where_the_two_differ_there_is_no_answer_but_a_sentence() -> None:
    leap = referees({"format": "date-time"})
    assert leap.admits("2016-12-31T23:59:60Z") is None
    assert leap.dispute == "jsonschema-rs admits it, jsonschema refuses it"
    assert admits({"format": "date"}, "yesterday", DRAFT4) is None
    assert admits({"format": "date"}, "yesterday", DRAFT7) is False


# Keywords


@pytest.mark.parametrize("dialect", EVERY_DRAFT)
def test_what_is_encoded_in_a_string_is_an_annotation(dialect: str) -> None:
    schema = {"contentEncoding": "base64", "contentMediaType": "application/json"}
    assert admits(schema, "{", dialect) is True
    assert admits({"definitions": {"a": schema}, "allOf": [{"$ref": "#/definitions/a"}]}, "{", dialect) is True
    assert admits({"properties": {"contentEncoding": {"type": "null"}}}, {"contentEncoding": 1}, dialect) is False


def test_every_dialect_is_judged_by_its_own_rules() -> None:
    tuple_then_rest = {"items": [{"type": "null"}], "additionalItems": False}
    assert admits(tuple_then_rest, [None, 1], DRAFT7) is False
    assert admits({"prefixItems": [{"type": "null"}], "items": False}, [None, 1], DRAFT2020) is False
    assert admits({"prefixItems": [False]}, [1], DRAFT2019) is True
    assert admits({"maximum": 1, "exclusiveMaximum": True}, 1, DRAFT4) is False
    assert admits({"$schema": DRAFT7, "prefixItems": [False]}, [1], DRAFT2020) is True, "its own $schema comes first"
    for dialect in (DRAFT7, DRAFT2020):
        beside = {"definitions": {"any": {}}, "allOf": [{"$ref": "#/definitions/any", "type": "null"}]}
        assert admits(beside, 1, dialect) is (dialect == DRAFT7)


def test_a_reference_into_another_dialect_changes_the_rules_even_below_the_root() -> None:
    old = {"$schema": DRAFT7, "definitions": {"pair": {"items": [{"type": "null"}], "additionalItems": False}}}
    new = {"$schema": DRAFT2020, "$defs": {"pair": {"prefixItems": [{"type": "null"}], "items": False}}}
    into_old = referees({"$schema": DRAFT2020, "$ref": "urn:old#/definitions/pair", "maxItems": 1}, old=old)
    into_new = referees({"$schema": DRAFT7, "allOf": [{"$ref": "urn:new#/$defs/pair"}]}, new=new)
    for judges in (into_old, into_new):
        assert [judges.admits(value) for value in ([None], [1], [None, None])] == [True, False, False]
    assert into_old.admits("no array") is True


def test_adjustments_hold_behind_references() -> None:
    tenths = {"$schema": DRAFT2020, "$defs": {"tenths": {"multipleOf": 0.1}}, "$ref": "#/$defs/tenths"}
    assert admits(tenths, 0.3) is True
    again = {"$schema": DRAFT2020, "pattern": "^\\p{L}$", "items": {"$ref": "#"}}
    assert (admits(again, [["é"]]), admits(again, [["1"]])) == (True, False)
    elsewhere = referees({"$ref": "urn:tenths"}, DRAFT7, tenths={"multipleOf": 0.1})
    assert (elsewhere.admits(0.3), elsewhere.admits(0.35)) == (True, False)


def test_a_resource_without_a_dialect_is_of_the_one_that_was_given() -> None:
    pair = {"items": [False]}
    assert referees({"$ref": "urn:pair"}, DRAFT7, pair=pair).admits([1]) is False
    with pytest.raises(Unusable):
        referees({"$ref": "urn:pair"}, DRAFT2020, pair=pair)


def test_a_broken_resource_that_nothing_refers_to_does_no_harm() -> None:
    broken = {"$ref": "urn:missing"}
    assert referees({"type": "null"}, broken=broken).admits(None) is True
    with pytest.raises(Unusable, match="urn:missing"):
        referees({"$ref": "urn:broken"}, broken=broken)


@pytest.mark.parametrize(
    ("contents", "dialect", "message"),
    [
        ({"type": "strnig"}, None, '"strnig" is not valid'),
        ({"$ref": "#/$defs/none"}, None, "'/\\$defs/none' does not exist"),
        ({"$ref": "https://example.org/none.json"}, None, "https://example.org/none.json"),
        ({"$schema": "https://example.org/dialect"}, None, "https://example.org/dialect is no dialect"),
        ({"$schema": "http://json-schema.org/draft-03/schema#"}, None, "draft-03/schema# is no dialect"),
        ({}, "draft7", "draft7 is no dialect"),
        ([], None, "a schema is an object or a boolean"),
        ({"$schema": 7}, None, "\\$schema is no string"),
        ({"pattern": "("}, None, "regex"),
        ({"minimum": math.inf}, None, "a number that JSON cannot write"),
        ({"minimum": Decimal("1e999999")}, None, "more than 4000 digits"),
        ({"const": "\ud800"}, None, "surrogate"),
    ],
)
def test_a_schema_that_cannot_judge_is_unusable(contents: Any, dialect: str | None, message: str) -> None:
    with pytest.raises(Unusable, match=message):
        referees(contents, dialect)


def test_an_unusable_schema_says_where() -> None:
    with pytest.raises(Unusable) as caught:
        referees({"properties": {"a": {"type": 7}}})
    assert caught.value.path == ("properties", "a", "type")


@pytest.mark.parametrize("uri", ["http://json-schema.org/draft-07/schema", "https://json-schema.org/draft-07/schema#"])
def test_a_dialect_is_known_by_any_usual_spelling(uri: str) -> None:
    assert admits({"$schema": uri, "items": [False]}, [1]) is False


# Hostile schemas and values


def nested(depth: int) -> Any:
    value: Any = None
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("\ud800", "surrogate"),
        ({"\udfff": 1}, "surrogate"),
        (math.nan, "JSON cannot write"),
        ([math.inf], "JSON cannot write"),
        (Decimal("NaN"), "JSON cannot write"),
        (Decimal("1e99999999"), "4000 digits"),
        ([10**5000], "4000 digits"),
        (nested(5000), "200 deep"),
        ({1: 2}, "cannot judge"),
        (object(), "cannot judge"),
    ],
)
def test_what_is_no_json_gets_no_answer(value: Any, sentence: str) -> None:
    judges = referees({"type": ["string", "number", "object", "array", "null"]})
    assert judges.quick(value) is None
    assert judges.admits(value) is None
    assert sentence in judges.dispute
    assert judges.admits(None) is True, "the next value is judged as ever"


@pytest.mark.parametrize("schema", [{"$ref": "#"}, {"allOf": [{"$ref": "#"}]}, {"anyOf": [{"not": {"$ref": "#"}}]}])
def test_a_reference_that_goes_nowhere_gets_no_answer(schema: Any) -> None:
    judges = referees(schema)
    assert judges.admits(1) is None
    assert judges.dispute == "jsonschema cannot judge it: the schema or the value goes too deep"


def test_a_recursive_schema_is_judged_as_deep_as_the_value_goes() -> None:
    tree = referees({"type": ["array", "null"], "items": {"$ref": "#"}})
    assert tree.admits(nested(50)) is True
    assert tree.admits([[[1]]]) is False


def doubling(levels: int) -> Any:
    definitions = {f"d{i}": {"allOf": [{"$ref": f"#/$defs/d{i + 1}"}] * 2} for i in range(levels)}
    return {"$ref": "#/$defs/d0", "$defs": {**definitions, f"d{levels}": {"type": "null"}}}


def test_definitions_that_double_are_counted_before_they_are_asked() -> None:
    assert admits(doubling(8), None) is True
    hostile = referees(doubling(60))
    assert hostile.quick(None) is None
    assert hostile.dispute == "the schema applies the same subschemas too often"


def test_a_value_that_doubles_the_work_is_given_up() -> None:
    twice = referees({"type": ["array", "null"], "items": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}})
    assert twice.admits(nested(4)) is True
    assert twice.admits(nested(40)) is None
    assert twice.dispute == "jsonschema would apply more than 50000 subschemas to it"


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(a|aa)+$", "(a*)*b", "^(?=(a|a)*b)"])
def test_a_pattern_that_would_backtrack_for_ages_gets_no_answer(pattern: str) -> None:
    judges = referees({"pattern": pattern})
    assert judges.admits("a" * 60 + "!") is None
    assert "too long" in judges.dispute or "jsonschema-rs" in judges.dispute
    assert judges.admits("!") is False


def test_where_the_library_fails_there_is_no_answer() -> None:
    judges = referees({"items": True, "additionalItems": False}, DRAFT7)
    assert judges.quick([1]) is True
    assert judges.admits([1]) is None
    assert judges.dispute.startswith("jsonschema cannot judge it: ")
    assert judges.admits("no array") is True


# Against the library as it comes: beyond the adjustments, nothing is changed

names = st.sampled_from("abc")
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "ab"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
types = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])


def applied(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={
            "allOf": several,
            "anyOf": several,
            "oneOf": several,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "properties": st.dictionaries(names, inner, max_size=2),
            "additionalProperties": inner,
            "propertyNames": inner,
            "contains": inner,
            "items": inner,
            "unevaluatedProperties": inner,
            "unevaluatedItems": inner,
            "dependentSchemas": st.dictionaries(names, inner, max_size=1),
            "patternProperties": st.dictionaries(names, inner, max_size=1),
        },
    )


plain_schemas = st.recursive(
    st.booleans()
    | st.builds(lambda name: {"type": name}, types)
    | st.builds(lambda value: {"const": value}, plain_values)
    | st.builds(lambda number: {"minimum": number}, st.integers(-2, 2))
    | st.builds(lambda number: {"maxLength": number, "minProperties": number}, st.integers(0, 2))
    | st.builds(lambda name: {"required": [name]}, names),
    applied,
    max_leaves=5,
)


@given(plain_schemas, st.lists(plain_values, min_size=1, max_size=3))
def test_an_answer_is_the_one_that_the_unadjusted_library_gives(schema: Any, values: list[Any]) -> None:
    for dialect, library in ((DRAFT2020, jsonschema.Draft202012Validator), (DRAFT7, jsonschema.Draft7Validator)):
        judges = referees(schema, dialect)
        for value in values:
            answer = judges.admits(value)
            if answer is not None:
                assert answer == library(schema).is_valid(value)
                assert answer == judges.quick(value)


# Start-up


def modules_after(code: str) -> set[str]:
    script = f"import sys, json\nfrom govern.compat.witness.referees import Referees\n{code}\nprint(json.dumps(list(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_a_quick_answer_imports_nothing_slow() -> None:
    loaded = modules_after("assert Referees({'type': 'null'}, {}, None, 'assert').quick(None)")
    assert not loaded & {"jsonschema", "referencing", "regress", "lark"}


def test_the_grammar_of_iris_is_built_when_an_iri_is_judged() -> None:
    before = "import importlib.util as u; spec = u.find_spec('rfc3987_syntax')\n"
    judged = "assert Referees({'format': %r}, {}, None, 'assert').admits('urn:a:b') is True"
    assert "lark" not in modules_after(before + judged % "uri")
    loaded = modules_after(before + judged % "iri")
    assert "lark" in loaded
    assert "rfc3987_syntax.syntax_helpers" in loaded
