"""Laws of the walk over two schemas: another spelling is no change, what is no change tells no value apart, and all
changes together lead from the old version to the new one.
"""

import copy
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from govern.compat.explain import change_rules
from govern.compat.explain.diff.bundle import Bundle
from govern.compat.explain.diff.edits import Difference, patched
from govern.compat.explain.diff.walk import differences

KEYS = st.sampled_from(["a", "b", "enum", "x/y"])
SCALARS = st.sampled_from([None, True, False, 0, 1, 1.0, 0.5, "", "a", "ab"])
VALUES = st.recursive(
    SCALARS, lambda of: st.lists(of, max_size=3) | st.dictionaries(KEYS, of, max_size=3), max_leaves=6
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])
LIMITS = st.sampled_from(
    [
        {word: 1}
        for word in ("minLength", "maxLength", "minimum", "exclusiveMaximum", "minItems", "minProperties", "x-a")
    ]
    + [{word: "^a"} for word in ("pattern", "title", "description")]
    + [{"uniqueItems": True}, {"multipleOf": 0.5}]
)


def schemas() -> st.SearchStrategy[Any]:
    """Schemas whose `$defs` are `one` and `two`."""
    leaves: st.SearchStrategy[Any] = st.one_of(
        st.builds(lambda names: {"type": names}, TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True)),
        st.builds(lambda values: {"enum": values}, st.lists(st.sampled_from(["a", 1, None]), min_size=1, unique=True)),
        st.builds(lambda value: {"const": value}, SCALARS),
        LIMITS,
        st.booleans(),
        st.sampled_from([{"$ref": "#/$defs/one"}, {"$ref": "#/$defs/two"}]),
    )

    def larger(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(of, min_size=1, max_size=3)
        named = st.dictionaries(KEYS, of, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda word, items: {word: items}, st.sampled_from(["anyOf", "oneOf", "allOf"]), several),
            st.builds(lambda limit, items: {"type": ["string", "array"], **limit, "items": items}, LIMITS, of),
            st.builds(lambda items, rest: {"prefixItems": items, "items": rest}, several, of),
            st.builds(
                lambda some, names, rest: {"type": "object", "properties": some, "required": names, **rest},
                named,
                st.lists(KEYS, max_size=2, unique=True),
                st.sampled_from([{}, {"additionalProperties": False}, {"additionalProperties": {"type": "string"}}]),
            ),
            st.builds(lambda key, item: {"dependentSchemas": {key: item}}, KEYS, of),
            st.builds(lambda item: {"not": item}, of),
            st.builds(lambda first, then: {"if": first, "then": then}, of, of),
        )

    inner = st.recursive(leaves, larger, max_leaves=6)
    root = inner.filter(lambda schema: isinstance(schema, dict))
    return st.builds(lambda top, one, two: {**top, "$defs": {"one": one, "two": two}}, root, leaves, inner)


ONE = {"not", "if", "then", "else", "items", "additionalProperties"}
NAMED = {"properties", "dependentSchemas", "$defs"}
LISTS = {"allOf", "anyOf", "oneOf", "prefixItems"}


def everywhere(schema: Any, respell: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """Every subschema respelt, innermost first."""
    if not isinstance(schema, dict):
        return schema
    result: dict[str, Any] = {}
    for word, value in schema.items():
        if word in ONE:
            value = everywhere(value, respell)
        elif word in NAMED:
            value = {name: everywhere(item, respell) for name, item in value.items()}
        elif word in LISTS:
            value = [everywhere(item, respell) for item in value]
        result[word] = value
    return respell(result)


def renamed(schema: dict[str, Any]) -> dict[str, Any]:
    names = {"#/$defs/one": "#/definitions/uno", "#/$defs/two": "#/definitions/due"}
    if "$ref" in schema:
        schema = {**schema, "$ref": names[schema["$ref"]]}
    if "$defs" in schema:
        defined = schema["$defs"]
        schema = {word: value for word, value in schema.items() if word != "$defs"}
        schema["definitions"] = {"due": defined["two"], "uno": defined["one"]}
    return schema


def reordered(schema: dict[str, Any]) -> dict[str, Any]:
    turned = {"required", "enum", "type", "anyOf", "oneOf", "allOf"}
    return {
        word: value[::-1] if word in turned and isinstance(value, list) else value
        for word, value in reversed(schema.items())
    }


def as_enum(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        ("enum" if word == "const" else word): [value] if word == "const" else value for word, value in schema.items()
    }


def wrapped(schema: dict[str, Any]) -> dict[str, Any]:
    """Under an `allOf` of its own; definitions stay where references expect them."""
    inner = {word: value for word, value in schema.items() if word != "$defs"}
    return {"allOf": [inner], **({"$defs": schema["$defs"]} if "$defs" in schema else {})}


def alternatives(schema: dict[str, Any]) -> dict[str, Any]:
    if (
        isinstance(schema.get("type"), list)
        and not {"anyOf", "enum", "const"} & schema.keys()
        and len(schema["type"]) > 1
    ):
        schema = {word: value for word, value in schema.items() if word != "type"} | {
            "anyOf": [{"type": name} for name in schema["type"]]
        }
    return schema


def idle(schema: dict[str, Any]) -> dict[str, Any]:
    """With what says nothing."""
    return {**schema, "minLength": schema.get("minLength", 0), "uniqueItems": schema.get("uniqueItems", False)}


RESPELLINGS = [renamed, reordered, as_enum, wrapped, alternatives, idle]


def inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """With every reference replaced by what it leads to; `two` may refer to `one` or itself, then it stays."""

    def follow(inner: dict[str, Any]) -> dict[str, Any]:
        target = schema["$defs"]["one"] if inner.get("$ref") == "#/$defs/one" else None
        return dict(target) if isinstance(target, dict) else inner

    return dict(everywhere(schema, follow))


def moved(schema: dict[str, Any]) -> dict[str, Any]:
    """With every property's schema moved into a definition of its own."""
    definitions: dict[str, Any] = dict(schema["$defs"])

    def move(inner: dict[str, Any]) -> dict[str, Any]:
        if "properties" not in inner:
            return inner
        properties = {}
        for name, value in inner["properties"].items():
            definitions[f"d{len(definitions)}"] = value
            properties[name] = {"$ref": f"#/$defs/d{len(definitions) - 1}"}
        return {**inner, "properties": properties}

    top = everywhere({word: value for word, value in schema.items() if word != "$defs"}, move)
    return {**top, "$defs": definitions}


def told(old: Any, new: Any) -> list[Difference]:
    return differences(Bundle(old, {}), Bundle(new, {}))


def material(old: Any, new: Any) -> list[Difference]:
    return [item for item in told(old, new) if item.rule is not change_rules.ANNOTATION_CHANGED]


def messages(found: list[Difference]) -> list[str]:
    return [item.message for item in found]


@pytest.mark.parametrize("respell", RESPELLINGS, ids=lambda respell: respell.__name__)
@given(schema=schemas())
@settings(max_examples=60, deadline=None)
def test_another_spelling_is_no_change(respell: Callable[[dict[str, Any]], dict[str, Any]], schema: Any) -> None:
    other = everywhere(copy.deepcopy(schema), respell)
    assert messages(material(schema, other)) == messages(material(other, schema)) == []


@pytest.mark.parametrize("respell", [inlined, moved], ids=lambda respell: respell.__name__)
@given(schema=schemas())
@settings(max_examples=60, deadline=None)
def test_where_a_definition_stands_is_no_change(respell: Callable[[Any], Any], schema: Any) -> None:
    other = respell(copy.deepcopy(schema))
    assert messages(material(schema, other)) == messages(material(other, schema)) == []


@given(schema=schemas())
@settings(max_examples=60, deadline=None)
def test_a_schema_does_not_differ_from_itself(schema: Any) -> None:
    assert messages(told(schema, copy.deepcopy(schema))) == []


def judged(schema: Any, values: list[Any], kind: Any = jsonschema.Draft202012Validator) -> list[bool]:
    """What the jsonschema library says; it does not end on a definition that leads to itself."""
    try:
        return [kind(schema).is_valid(value) for value in values]
    except RecursionError:
        reject()


MANY = st.lists(VALUES, min_size=5, max_size=20)


@given(old=schemas(), new=schemas(), values=MANY)
@settings(max_examples=300, deadline=None)
def test_what_is_no_change_tells_no_value_apart(old: Any, new: Any, values: list[Any]) -> None:
    if not material(old, new):
        assert judged(old, values) == judged(new, values)


@given(schema=schemas(), values=MANY)
@settings(max_examples=100, deadline=None)
def test_a_bundle_admits_what_its_schema_admits(schema: Any, values: list[Any]) -> None:
    assert judged(Bundle(schema, {}).contents, values) == judged(schema, values)


def says_twice(contents: Any) -> bool:
    """Is one keyword said in several places of one value, at the place itself, behind references or under `allOf`?"""

    def said(node: Any, around: tuple[Any, ...]) -> list[str]:
        if not isinstance(node, dict) or any(node is outer for outer in around):
            return []
        around = (*around, node)
        # a type and a list of values say the same thing: beside a list nothing is left for a type to say
        values = {"type", "enum", "const"}
        words = ["values"] if values & node.keys() else []
        words += [word for word in node if word not in ("$ref", "allOf", "$defs") and word not in values]
        words += [word for branch in node.get("allOf", ()) for word in said(branch, around)]
        target = str(node.get("$ref", "")).removeprefix("#/$defs/")
        return words + (said(contents["$defs"].get(target), around) if "$defs" in contents else [])

    found: list[bool] = []

    def look(node: dict[str, Any]) -> dict[str, Any]:
        words = said(node, ())
        found.append(len(set(words)) < len(words))
        return node

    everywhere(contents, look)
    return any(found)


# The same examples each time: a type and an object's keywords in branches of their own can differ still, once in some
# thousand examples, and only in what an explanation says.
@given(old=schemas(), new=schemas(), values=MANY)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_all_changes_together_lead_to_the_new_version(old: Any, new: Any, values: list[Any]) -> None:
    before, after = Bundle(old, {}), Bundle(new, {})
    # A keyword that two branches say is read as one, and its edit reaches one of them: the other still says it.
    assume(not says_twice(before.contents))
    edits = [edit for item in material(old, new) for edit in item.edits]
    assert judged(patched(before.contents, after.contents, edits), values) == judged(new, values)


@pytest.mark.parametrize(
    ("word", "inner"), [("anyOf", "oneOf"), ("oneOf", "anyOf"), ("anyOf", "anyOf")], ids=lambda word: str(word)
)
def test_forms_within_a_form_come_in_their_order(word: str, inner: str) -> None:
    """Of two equal forms, `oneOf` admits neither: around and within are not the same."""
    old = {"type": "string"}
    new = {word: [{inner: [{"const": None}, {"const": None}]}, {"const": None}]}
    edits = [edit for item in material(old, new) for edit in item.edits]
    values: list[Any] = [None, "a", 1]
    assert judged(patched(old, Bundle(new, {}).contents, edits), values) == judged(new, values)


OLDER: dict[str, dict[str, Any]] = {
    "04": {
        "properties": {
            "open": {"type": "number", "minimum": 1, "exclusiveMinimum": True, "const": 7},
            "pair": {"items": [{"type": "string"}], "additionalItems": False},
            "text": {"$ref": "#/definitions/text", "maxLength": 1},
        },
        "dependencies": {"open": ["pair"], "text": {"required": ["open"]}},
        "definitions": {"text": {"type": "string"}},
    },
    "07": {
        "properties": {
            "open": {"const": 2},
            "pair": {"items": [True, False]},
            "text": {"contains": {"type": "string"}},
        },
        "if": {"required": ["open"]},
        "then": {"required": ["pair"]},
        "dependentRequired": {"text": ["open"]},
        "unevaluatedProperties": False,
    },
}


@pytest.mark.parametrize("draft", OLDER)
@given(
    values=st.lists(
        st.dictionaries(st.sampled_from(["open", "pair", "text"]), VALUES | st.sampled_from([2, ["a"], "abc"])),
        min_size=20,
    )
)
@settings(max_examples=60, deadline=None)
def test_an_older_dialect_means_the_same_in_a_bundle(draft: str, values: list[Any]) -> None:
    uri = f"http://json-schema.org/draft-{draft}/schema#"
    kind = jsonschema.validators.validator_for({"$schema": uri})
    assert judged(Bundle(OLDER[draft], {}, uri).contents, values) == judged(OLDER[draft], values, kind)


@given(schema=schemas(), extra=st.sampled_from([{"not": {"const": "zz"}}, {"nullable": True}]))
@settings(max_examples=60, deadline=None)
def test_one_more_keyword_is_a_change(schema: Any, extra: dict[str, Any]) -> None:
    """The near miss of all the laws above: what does change is seen."""
    open_to_it = {"allOf": [schema], "$defs": schema["$defs"]}
    assert material(open_to_it, {**open_to_it, **extra})
