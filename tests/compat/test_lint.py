"""What is wrong with a schema, and where; each mistake beside what is nearly one."""

import json
from typing import Any, NamedTuple

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing.exceptions import Unresolvable

from govern.cli.schemas.lint import decided
from govern.compat.lint import RULES, SchemaFile, base_of, check_ids, lint
from govern.model.finding import Finding
from govern.model.schema import Version
from govern.parse import read_text

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
DRAFT_4 = "http://json-schema.org/draft-04/schema#"


def schema_file(
    contents: Any, *, path: str = "order.schema.json", version: Version | None = None, **resources: Any
) -> SchemaFile:
    document = read_text(path, json.dumps(contents, indent=1, ensure_ascii=False), "json")
    others = {f"urn:{name}": value for name, value in resources.items()}
    return SchemaFile(document, base_of(contents, "file:///" + path), others, "order" if version else "", version)


def linted(contents: Any, **options: Any) -> list[Finding]:
    return list(lint(schema_file(contents, **options), decided))


class Case(NamedTuple):
    """A schema with one mistake: what is said, at which text; and a schema that differs little and has none."""

    name: str
    rule: str
    at: str
    said: str
    bad: Any
    good: Any


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


CASES = [
    Case(
        "a misspelt definition",
        "schemas/reference-dangling",
        '"#/$defs/adress"',
        "did you mean #/$defs/address?",
        {"$ref": "#/$defs/adress", "$defs": {"address": {"type": "string"}}},
        {"$ref": "#/$defs/address", "$defs": {"address": {"type": "string"}}},
    ),
    Case(
        "a definition in the other container",
        "schemas/reference-dangling",
        '"#/definitions/address"',
        "did you mean #/$defs/address?",
        {"$ref": "#/definitions/address", "$defs": {"address": {"type": "string"}}},
        {"$ref": "#/definitions/address", "definitions": {"address": {"type": "string"}}},
    ),
    Case(
        "a reference to a value that is no schema",
        "schemas/reference-dangling",
        '"#/properties/n/default"',
        "leads nowhere",
        {"properties": {"n": {"default": 1}, "m": {"$ref": "#/properties/n/default"}}},
        {"properties": {"n": {"default": 1}, "m": {"$ref": "#/properties/n"}}},
    ),
    Case(
        "a schema that is not here",
        "schemas/reference-dangling",
        '"https://shop.example/money"',
        "not here",
        {"$ref": "https://shop.example/money"},
        {"$ref": "https://json-schema.org/draft/2020-12/schema"},
    ),
    Case(
        "a definition that is itself or something else",
        "schemas/reference-circular",
        '"#/$defs/b"',
        "leads back to itself",
        {
            "$ref": "#/$defs/b",
            "$defs": {"a": {"type": "string"}, "b": {"anyOf": [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/a"}]}},
        },
        {
            "$ref": "#/$defs/b",
            "$defs": {
                "a": {"type": "string"},
                "b": {"anyOf": [{"items": {"$ref": "#/$defs/b"}, "type": "array"}, {"$ref": "#/$defs/a"}]},
            },
        },
    ),
    Case(
        "two definitions that are each other",
        "schemas/reference-circular",
        '"#/$defs/b"',
        "leads back to itself",
        {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"not": {"$ref": "#/$defs/a"}}}},
        {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"not": {"type": "string"}}}},
    ),
    Case(
        "lengths that exclude each other",
        "schemas/unsatisfiable",
        '"code"',
        "type, minLength and maxLength contradict each other",
        obj(code={"type": "string", "minLength": 5, "maxLength": 3}),
        obj(code={"type": "string", "minLength": 3, "maxLength": 5}),
    ),
    Case(
        "a required property that is false",
        "schemas/unsatisfiable",
        "{",
        "type, properties and required contradict each other",
        {"type": "object", "properties": {"a": False}, "required": ["a"]},
        {"type": "object", "properties": {"a": False, "b": True}, "required": ["b"]},
    ),
    Case(
        "a list that has to hold itself for ever",
        "schemas/unsatisfiable",
        '"node"',
        "no value satisfies",
        {"$ref": "#/$defs/node", "$defs": {"node": obj(next={"$ref": "#/$defs/node"}) | {"required": ["next"]}}},
        {"$ref": "#/$defs/node", "$defs": {"node": obj(next={"$ref": "#/$defs/node"})}},
    ),
    Case(
        "a pattern that the enumeration misses",
        "schemas/enum-value-dead",
        '"b1"',
        '"b1" is in the list, but pattern refuses it',
        {"enum": ["a1", "b1"], "pattern": "^a"},
        {"enum": ["a1", "a2"], "pattern": "^a"},
    ),
    Case(
        "null in the list, but not among the types",
        "schemas/enum-value-dead",
        "null",
        "type refuses it",
        {"type": "string", "enum": ["a", None]},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    Case(
        "a misspelt required name",
        "schemas/required-undeclared",
        '"totl"',
        "did you mean total?",
        obj(total={"type": "number"}) | {"required": ["totl"]},
        obj(total={"type": "number"}) | {"required": ["total"]},
    ),
    Case(
        "a name that the other half of allOf does not declare",
        "schemas/required-undeclared",
        '"b"',
        "b is required",
        {"allOf": [obj(a={}), {"required": ["b"]}]},
        {"allOf": [obj(a={}), {"required": ["a"]}]},
    ),
    Case(
        "a name declared nowhere, beside a pattern for others",
        "schemas/required-undeclared",
        '"y-1"',
        "y-1 is required",
        obj(a={}) | {"patternProperties": {"^x-": {}}, "required": ["y-1"]},
        obj(a={}) | {"patternProperties": {"^x-": {}}, "required": ["x-1"]},
    ),
    Case(
        "an integer beside a number, of which exactly one may fit",
        "schemas/branch-dead",
        "{",
        "branch 1 of oneOf admits nothing that branch 2 does not admit too",
        {"oneOf": [{"type": "integer"}, {"type": "number"}]},
        {"oneOf": [{"type": "integer"}, {"type": "string"}]},
    ),
    Case(
        "a narrower branch beside a wider one",
        "schemas/branch-dead",
        "{",
        "branch 2 of anyOf",
        {"anyOf": [{"type": "string"}, {"type": "string", "pattern": "^a"}]},
        {"anyOf": [{"type": "string", "maxLength": 1}, {"type": "string", "pattern": "^a"}]},
    ),
    Case(
        "a branch that the schema around it excludes",
        "schemas/branch-dead",
        "{",
        "branch 2 of anyOf",
        {"type": "object", "anyOf": [{"required": ["a"]}, {"type": "string"}]},
        {"type": ["object", "string"], "anyOf": [{"type": "object", "required": ["a"]}, {"type": "string"}]},
    ),
    Case(
        "a branch that nothing satisfies",
        "schemas/branch-dead",
        "{",
        "can never be chosen",
        {"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 5, "maximum": 4}]},
        {"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 4, "maximum": 4}]},
    ),
    Case(
        "a default of another type",
        "schemas/default-invalid",
        '"1"',
        'default is "1", which its own schema refuses: it is not of type integer',
        {"type": "integer", "default": "1"},
        {"type": "integer", "default": 1},
    ),
    Case(
        "a default that lacks what is required",
        "schemas/default-invalid",
        "{}",
        "a is missing",
        obj(o=obj(a={}) | {"required": ["a"], "default": {}}),
        obj(o=obj(a={}) | {"required": ["a"], "default": {"a": 1}}),
    ),
    Case(
        "an example that its format refuses",
        "schemas/example-invalid",
        '"yesterday"',
        'example 2 is "yesterday", which its own schema refuses: it is not of format date',
        {"type": "string", "format": "date", "examples": ["2026-02-10", "yesterday"]},
        {"type": "string", "format": "date", "examples": ["2026-02-10", "2026-02-11"]},
    ),
    Case(
        "a keyword in other letters",
        "schemas/keyword-unknown",
        '"minlength"',
        "did you mean minLength?",
        {"type": "string", "minlength": 1},
        {"type": "string", "minLength": 1},
    ),
    Case(
        "a property that stands beside properties",
        "schemas/keyword-unknown",
        '"name"',
        "is it a property?",
        {"type": "object", "name": {"type": "string"}},
        {"type": "object", "properties": {"name": {"type": "string"}}},
    ),
    Case(
        "a keyword of a later dialect",
        "schemas/keyword-unknown",
        '"prefixItems"',
        "prefixItems is no keyword of draft-07, but one of 2020-12",
        {"$schema": DRAFT_7, "prefixItems": [{}]},
        {"$schema": DRAFT_7, "items": [{}]},
    ),
    Case(
        "a keyword of OpenAPI that changes nothing here",
        "schemas/keyword-unknown",
        '"nullable"',
        '"null" in the list of types',
        {"type": "string", "nullable": True},
        {"type": ["string", "null"], "x-nullable": True},
    ),
    Case(
        "a keyword beside $ref where $ref is all that counts",
        "schemas/keyword-ignored",
        '"minLength"',
        "no effect beside $ref",
        {"$schema": DRAFT_7, "$ref": "#/definitions/a", "minLength": 1, "definitions": {"a": {"type": "string"}}},
        {"$ref": "#/definitions/a", "minLength": 1, "definitions": {"a": {"type": "string"}}},
    ),
    Case(
        "a keyword about another type",
        "schemas/keyword-ignored",
        '"minLength"',
        "it is about strings",
        {"type": "integer", "minLength": 1},
        {"type": ["integer", "string"], "minLength": 1},
    ),
    Case(
        "then without if",
        "schemas/keyword-ignored",
        '"then"',
        "no effect without if",
        {"then": {"minimum": 1}},
        {"if": {"type": "integer"}, "then": {"minimum": 1}},
    ),
    Case(
        "an end as Python writes it",
        "schemas/pattern-invalid",
        r'"^a\\Z"',
        "the end is written $",
        {"pattern": r"^a\Z"},
        {"pattern": r"^a$"},
    ),
    Case(
        "a group that never closes, as the name of a property",
        "schemas/pattern-invalid",
        '"^(x"',
        "no regular expression of ECMA-262",
        {"patternProperties": {"^(x": {}}},
        {"patternProperties": {"^(x)": {}}},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_found_at_its_place(case: Case) -> None:
    file = schema_file(case.bad)
    (finding,) = lint(file, decided)
    assert finding.rule == case.rule
    assert case.said in f"{finding.message}; {finding.hint}"
    assert file.document.at(finding.span).startswith(case.at)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_nearly_a_mistake_is_none(case: Case) -> None:
    assert linted(case.good) == []


def test_every_rule_of_one_file_is_tried_above() -> None:
    elsewhere = {"schemas/meta-schema", "schemas/id-incomplete", "schemas/id-duplicate", "schemas/model-drift"}
    assert {case.rule for case in CASES} == {rule.id for rule in RULES} - elsewhere


def test_what_only_follows_from_a_mistake_is_not_said() -> None:
    inner = {"type": "string", "minLength": 5, "maxLength": 3}
    (finding,) = linted(obj(a=obj(b=inner) | {"required": ["b"]}) | {"required": ["a"]})
    assert finding.pointer == "/properties/a/properties/b"


def test_a_reference_to_what_nothing_satisfies_is_not_said_again() -> None:
    contents = obj(a={"$ref": "#/$defs/no"}) | {
        "required": ["a"],
        "$defs": {"no": {"minimum": 2, "maximum": 1, "type": "number"}},
    }
    (finding,) = linted(contents)
    assert finding.pointer == "/$defs/no"


@pytest.mark.parametrize("never", [False, {"not": {}}, {"not": True}])
def test_what_says_never_in_so_many_words_is_meant(never: Any) -> None:
    assert linted(obj(old=never, new={"type": "string"})) == []


def test_a_list_of_suggestions_beside_any_string_is_meant() -> None:
    assert linted({"anyOf": [{"enum": ["red", "green"]}, {"type": "string"}]}) == []


def test_of_two_equal_branches_one_has_to_stay() -> None:
    (finding,) = linted({"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "string"}]})
    assert finding.pointer == "/anyOf/2"


def test_a_recursive_branch_is_no_dead_one() -> None:
    expression = {"$ref": "#/$defs/expression"}
    both = obj(left=expression, right=expression) | {"required": ["left", "right"]}
    assert linted({**expression, "$defs": {"expression": {"anyOf": [{"type": "number"}, both]}}}) == []


def test_a_map_may_require_what_it_does_not_declare() -> None:
    contents = obj(a={"type": "string"}) | {"additionalProperties": {"type": "string"}, "required": ["b"]}
    assert linted(contents) == []


def test_a_reference_out_of_the_file_may_declare_what_is_required() -> None:
    contents = {"$ref": "urn:money", "properties": {"note": {}}, "required": ["amount"]}
    assert linted(contents, money={"$id": "urn:money", "properties": {"amount": {"type": "integer"}}}) == []


def test_a_reference_out_of_the_file_is_followed() -> None:
    money = {"$id": "urn:money", "$defs": {"cents": {"type": "integer", "minimum": 0}}}
    assert linted({"$ref": "urn:money#/$defs/cents"}, money=money) == []
    (finding,) = linted({"$ref": "urn:money#/$defs/cent"}, money=money)
    assert finding.hint == "did you mean urn:money#/$defs/cents?"
    (finding,) = linted({"$ref": "urn:money#/$defs/cents", "default": -1}, money=money)
    assert finding.rule == "schemas/default-invalid"


def test_definitions_in_a_place_of_their_own_are_no_unknown_keyword() -> None:
    assert linted({"$ref": "#/shapes/a", "shapes": {"a": {"type": "string"}}}) == []
    (finding,) = linted({"shapes": {"a": {"type": "string"}}})
    assert finding.rule == "schemas/keyword-unknown"


def test_an_unknown_keyword_is_said_once_with_how_often_it_stands() -> None:
    (finding,) = linted(obj(a={"owner": "x"}, b={"owner": "y"}, c={"owner": "z"}))
    assert (finding.pointer, "2 more places" in finding.message) == ("/properties/a/owner", True)


def test_a_dialect_decides_what_a_keyword_means() -> None:
    assert linted({"$schema": DRAFT_4, "type": "number", "minimum": 5, "exclusiveMinimum": True, "default": 6}) == []
    (finding,) = linted({"$schema": DRAFT_4, "type": "number", "minimum": 5, "exclusiveMinimum": True, "default": 5})
    assert finding.rule == "schemas/default-invalid"


# $id

ID_CASES = [
    ("urn:govern:order:1.2.0", "", ""),
    ("https://shop.example/schemas/order/1.2.0", "", ""),
    ("https://shop.example/order/1.2.0.json", "", ""),
    ("https://shop.example/order/v1.2.0/", "", ""),
    ("https://shop.example/v1.2.0/order.schema.json", "", ""),
    ("https://shop.example/order-v1.2.0.json", "", ""),
    ("urn:shop:contracts.order:1.2.0", "", ""),
    ("https://shop.example/invoice/1.2.0", "schemas/id-incomplete", "order/1.2.0"),
    ("https://order.example/invoice/1.2.0", "schemas/id-incomplete", "order/1.2.0"),
    ("https://shop.example/reorder/1.2.0", "schemas/id-incomplete", "order/1.2.0"),
    ("https://shop.example/order-placed/1.2.0", "schemas/id-incomplete", "order/1.2.0"),
    ("https://shop.example/order.json", "schemas/id-incomplete", "two versions share one name"),
    ("https://shop.example/order/1.1.0", "compat/id-mismatched", "https://shop.example/order/1.2.0"),
    ("urn:govern:order:1.1.0", "compat/id-mismatched", "urn:govern:order:1.2.0"),
    ("urn:govern:invoice:1.2.0", "compat/id-mismatched", "urn:govern:order:1.2.0"),
    ("urn:govern:reorder:1.2.0", "compat/id-mismatched", "urn:govern:order:1.2.0"),
]


@pytest.mark.parametrize(("identifier", "rule", "right"), ID_CASES)
def test_the_id_of_a_version_names_its_subject_and_number(identifier: str, rule: str, right: str) -> None:
    findings = linted({"$id": identifier, "type": "string"}, version=(1, 2, 0))
    assert [finding.rule for finding in findings] == ([rule] if rule else [])
    assert all(right in str(finding.hint) for finding in findings)
    assert linted({"$id": identifier, "type": "string"}) == []  # a file without a version is free to choose


def test_a_version_has_an_id() -> None:
    (finding,) = linted({"type": "string"}, version=(1, 2, 0))
    assert (finding.rule, "urn:govern:order:1.2.0" in str(finding.hint)) == ("schemas/id-incomplete", True)


def test_two_schemas_of_one_name_are_found() -> None:
    named = enumerate(("urn:a", "urn:b", "urn:a"))
    documents = [schema_file({"$id": name}, path=f"{index}.json").document for index, name in named]
    (finding,) = check_ids(documents)
    assert (finding.rule, finding.path) == ("schemas/id-duplicate", "2.json")
    assert "0.json" in finding.message


# Laws


@pytest.mark.parametrize(
    "dialect",
    [
        jsonschema.Draft4Validator,
        jsonschema.Draft6Validator,
        jsonschema.Draft7Validator,
        jsonschema.Draft201909Validator,
        jsonschema.Draft202012Validator,
    ],
    ids=lambda dialect: dialect.__name__,
)
def test_the_meta_schemas_themselves_have_no_mistake(dialect: Any) -> None:
    findings = linted(dialect.META_SCHEMA)
    # what the later ones call deprecated is still in them
    assert [finding.message for finding in findings if "dependencies" not in finding.message] == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "ab", "#/$defs/a", "string", "[", "^a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
    max_leaves=4,
)
KEYWORDS = st.sampled_from(
    [
        "type",
        "enum",
        "const",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "pattern",
        "required",
        "default",
        "examples",
        "$ref",
        "$id",
        "$anchor",
        "$schema",
        "minItems",
        "maxItems",
        "format",
        "dependencies",
        "then",
        "nullable",
    ]
)
SCHEMAS = st.recursive(
    st.booleans() | st.dictionaries(KEYWORDS, VALUES, max_size=3),
    lambda inner: st.dictionaries(KEYWORDS, VALUES, max_size=2).flatmap(
        lambda plain: st.fixed_dictionaries(
            {},
            optional={
                "properties": st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
                "$defs": st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
                "anyOf": st.lists(inner, max_size=3),
                "oneOf": st.lists(inner, max_size=3),
                "allOf": st.lists(inner, max_size=2),
                "not": inner,
                "if": inner,
                "items": inner,
                "additionalProperties": inner,
            },
        ).map(lambda combined: plain | combined)
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(SCHEMAS)
def test_no_schema_however_odd_stops_the_lint(contents: Any) -> None:
    file = schema_file(contents)
    sound = True
    try:
        jsonschema.validators.validator_for(contents, jsonschema.Draft202012Validator).check_schema(contents)
    except (jsonschema.SchemaError, Unresolvable, TypeError, AttributeError):  # a $schema that is a list, or true
        sound = False
    for finding in lint(file, decided, sound=sound):
        assert finding.message
        assert file.document.at(finding.span)


SOUND = st.recursive(
    st.booleans()
    | st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["string", "integer", "object", "array"]),
            "enum": st.lists(st.sampled_from(["a", "ab", 1, 2, None]), min_size=1, max_size=3, unique_by=str),
            "minLength": st.integers(0, 2),
            "maxLength": st.integers(0, 2),
            "minimum": st.integers(0, 2),
            "maximum": st.integers(0, 2),
            "required": st.lists(st.sampled_from(["a", "b"]), max_size=2, unique=True),
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["string", "integer", "object"]),
            "properties": st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
            "required": st.lists(st.sampled_from(["a", "b"]), max_size=2, unique=True),
            "anyOf": st.lists(inner, min_size=2, max_size=3),
            "oneOf": st.lists(inner, min_size=2, max_size=3),
            "not": inner,
        },
    ),
    max_leaves=5,
)
SAMPLES: list[Any] = [
    "",
    "a",
    "ab",
    "abc",
    0,
    1,
    2,
    3,
    None,
    True,
    1.5,
    [],
    [1],
    {},
    {"a": 1},
    {"b": "a"},
    {"a": "a", "b": 1},
    {"a": {}, "b": {}},
]


def _at(contents: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        contents = contents[int(step)] if isinstance(contents, list) else contents[step]
    return contents


@settings(max_examples=60, deadline=None)
@given(SOUND)
def test_no_value_refutes_what_is_called_dead(contents: Any) -> None:
    for finding in linted(contents):
        if finding.rule == "schemas/unsatisfiable":
            dead = jsonschema.Draft202012Validator(_at(contents, finding.pointer))
            assert not any(dead.is_valid(value) for value in SAMPLES)
        elif finding.rule == "schemas/branch-dead":
            place, keyword, index = finding.pointer.rsplit("/", 2)
            around = _at(contents, place)
            fewer = [branch for number, branch in enumerate(around[keyword]) if number != int(index)]
            with_it, without = (
                jsonschema.Draft202012Validator(around | {keyword: some}) for some in (around[keyword], fewer)
            )
            assert all(without.is_valid(value) for value in SAMPLES if with_it.is_valid(value))
