"""Edits of objects and of schemas made of schemas: closing and opening, unions, conditions, references, recursion.

As `edits.py`: spelled in draft 2020-12, with what leaves the set in each direction if nothing is assumed of producers.
"""

from typing import Any

from tests.compat.edits import (
    EMPTY,
    INTEGER,
    MORE,
    NOTHING,
    NUMBER,
    PLAIN,
    SAME,
    STRING,
    WIDER,
    Breaks,
    Edit,
    Holds,
    array,
    thing,
)

A = {"properties": {"a": STRING}}
B = {"properties": {"b": INTEGER}}
CLOSED = {"additionalProperties": False}
EACH = Holds("each part is wider")
KEPT = Holds("the writer's keys are all known to the reader")

OBJECTS = [
    Edit("a key required", thing(**A), thing(**A, required=["a"]), Breaks({}), PLAIN),
    Edit("a key more is required", thing(required=["a"]), thing(required=["a", "b"]), Breaks({"a": 1}), PLAIN),
    Edit("required keys reordered", thing(required=["a", "b"]), thing(required=["b", "a"]), SAME, SAME),
    Edit("required in parts", thing(required=["a", "b"]), {"allOf": [thing(required=["a"]), {"required": ["b"]}]}, SAME, SAME),
    Edit("an undeclared key required", thing(**A, **CLOSED), thing(**A, **CLOSED, required=["b"]), Breaks({}), EMPTY),
    Edit("a property of a wider type", thing(properties={"a": INTEGER}), thing(properties={"a": NUMBER}), Holds("integers are numbers"), Breaks({"a": 0.5})),
    Edit("a property that may be anything", thing(properties={"a": {}}), thing(), SAME, SAME),
    Edit("a property that may not be", thing(properties={"a": NOTHING}), thing(**{"not": {"required": ["a"]}}), SAME, SAME),
    Edit("closed", thing(**A), thing(**A, **CLOSED), Breaks({"b": 1}), PLAIN),
    Edit("closed gains a property", thing(**A, **CLOSED), thing(properties={"a": STRING, "b": INTEGER}, **CLOSED), KEPT, Breaks({"b": 1})),
    Edit("closed by a pattern", thing(patternProperties={"^a$": STRING}, **CLOSED), thing(**A, **CLOSED), SAME, SAME),
    Edit("closed by names", thing(properties={"a": {}}, **CLOSED), thing(propertyNames={"enum": ["a"]}), SAME, SAME, "draft6"),
    Edit("names by pattern", thing(propertyNames={"pattern": "^a"}), thing(patternProperties={"^a": {}}, **CLOSED), SAME, SAME, "draft6"),
    Edit("names that cannot be", thing(propertyNames=False), thing(maxProperties=0), SAME, SAME, "draft6"),
    Edit("names of a wider class", thing(propertyNames={"pattern": "^[a-c]+$"}), thing(propertyNames={"pattern": "^[a-z]+$"}), Holds("each letter is in the class"), Breaks({"d": 1}), "draft6"),
    Edit("shorter names", thing(propertyNames={"minLength": 2}), thing(propertyNames={"minLength": 1}), WIDER, Breaks({"a": 1}), "draft6"),
    Edit("other keys of a type", thing(**A, additionalProperties=INTEGER), thing(**A, additionalProperties=NUMBER), Holds("integers are numbers"), Breaks({"z": 0.5})),
    Edit("other keys of a type, and a key of another", thing(**A, additionalProperties=INTEGER), thing(additionalProperties=INTEGER), Breaks({"a": "x"}), Breaks({"a": 1})),
    Edit("a map of a wider type", thing(additionalProperties=INTEGER), thing(additionalProperties={"type": ["integer", "string"]}), MORE, Breaks({"k": "v"})),
    Edit("a key that a pattern speaks of", thing(properties={"ax": STRING}), thing(patternProperties={"^a": STRING}), Breaks({"a": 1}), Holds("the pattern finds the key")),
    Edit("a pattern that the key does not match", thing(properties={"a": STRING}), thing(properties={"a": STRING}, patternProperties={"^x": STRING}), Breaks({"x": 1}), PLAIN),
    Edit("a key and a pattern that meet", thing(properties={"ab": INTEGER}, patternProperties={"^a": NUMBER}), thing(properties={"ab": INTEGER}), PLAIN, Breaks({"a": "x"})),
    Edit("pattern and key that exclude each other", thing(properties={"ab": STRING}, patternProperties={"^a": INTEGER}, required=["ab"]), STRING, EMPTY, Breaks("a")),
    Edit("more keys allowed", thing(maxProperties=1), thing(maxProperties=2), WIDER, Breaks({"a": 1, "b": 2})),
    Edit("fewer keys wanted", thing(minProperties=2), thing(minProperties=1), WIDER, Breaks({"a": 1})),
    Edit("a key wanted, any", thing(required=["a"]), thing(minProperties=1), Holds("the required key is one"), Breaks({"b": 1})),
    Edit("closed has so many keys", thing(properties={"a": {}, "b": {}}, **CLOSED), thing(maxProperties=2), Holds("there are two keys"), Breaks({"c": 1})),
    Edit("all keys of a closed object", thing(properties={"a": {}, "b": {}}, minProperties=2, **CLOSED), thing(properties={"a": {}, "b": {}}, required=["a", "b"], **CLOSED), SAME, SAME),
    Edit("more keys wanted than are known", thing(properties={"a": {}}, minProperties=2, **CLOSED), STRING, EMPTY, Breaks("a")),
    Edit("a key that needs another", thing(dependentRequired={"a": ["b"]}), thing(), PLAIN, Breaks({"a": 1})),
    Edit("a needless need", thing(dependentRequired={"a": ["a"]}), thing(), SAME, SAME),
    Edit("a need met", thing(required=["a"], dependentRequired={"a": ["b"]}), thing(required=["a", "b"]), SAME, SAME),
    Edit("needs in a chain", thing(dependentRequired={"a": ["b"], "b": ["c"]}), thing(dependentRequired={"a": ["c"]}), Holds("a needs b needs c"), Breaks({"a": 1, "c": 1})),
    Edit("a need as a condition", thing(dependentRequired={"a": ["b"]}), thing(anyOf=[{"not": {"required": ["a"]}}, {"required": ["b"]}]), SAME, SAME),
    Edit("a schema for who has a key", thing(dependentSchemas={"a": B}), thing(), PLAIN, Breaks({"a": 1, "b": "x"})),
    Edit("a key nobody may have", thing(dependentSchemas={"a": False}), thing(properties={"a": False}), SAME, SAME, "draft6"),
    Edit("an object for objects only", {"required": ["a"]}, thing(required=["a"]), Breaks("a"), PLAIN),
    Edit("a property of things that need not be objects", A, thing(**A), Breaks(1), PLAIN),
    Edit("nested closing", thing(properties={"o": thing(**A)}), thing(properties={"o": thing(**A, **CLOSED)}), Breaks({"o": {"b": 1}}), PLAIN),
    Edit("nothing unevaluated", thing(**A, unevaluatedProperties=False), thing(**A, **CLOSED), SAME, SAME, "draft2019-09"),
    Edit("unevaluated sees through allOf", {"allOf": [A, B], "type": "object", "unevaluatedProperties": False}, thing(properties=A["properties"] | B["properties"], **CLOSED), SAME, SAME, "draft2019-09"),
    Edit("unevaluated sees the branch that holds", {"anyOf": [thing(**A, required=["a"]), thing(**B, required=["b"])], "unevaluatedProperties": False}, thing(properties=A["properties"] | B["properties"], minProperties=1, **CLOSED), Holds("each branch knows its key"), Holds("where both keys are right both branches hold"), "draft2019-09"),
    Edit("unevaluated sees an if", thing(**{"if": {"properties": {"k": {"const": 1}}, "required": ["k"]}, "then": B, "unevaluatedProperties": False}), thing(properties={"k": {"const": 1}, **B["properties"]}, **CLOSED), Holds("only k and b are ever evaluated"), Breaks({"b": 1}), "draft2019-09"),
    Edit("unevaluated of a type", thing(**A, unevaluatedProperties=INTEGER), thing(**A, additionalProperties=INTEGER), SAME, SAME, "draft2019-09"),
    Edit("unevaluated sees a dependent schema", thing(properties={"a": {}}, dependentSchemas={"a": B}, unevaluatedProperties=False), thing(properties={"a": {}, **B["properties"]}, dependentRequired={"b": ["a"]}, **CLOSED), SAME, SAME, "draft2019-09"),
]  # fmt: skip


def tagged(tag: str, *, closed: bool = False, **properties: Any) -> dict[str, Any]:
    """A branch of a union that `kind` tells apart."""
    more = {"additionalProperties": False} if closed else {}
    return thing(properties={"kind": {"enum": [tag]}, **properties}, required=["kind"], **more)


CARD, CASH = tagged("card", number=STRING), tagged("cash", till=INTEGER)
KIND_A: dict[str, Any] = {"properties": {"kind": {"enum": ["a"]}}, "required": ["kind"]}
UNIONS = [
    Edit("a branch more", {"anyOf": [STRING, INTEGER]}, {"anyOf": [STRING, INTEGER, {"type": "null"}]}, MORE, Breaks(None)),
    Edit("branches reordered", {"oneOf": [CARD, CASH]}, {"oneOf": [CASH, CARD]}, SAME, SAME),
    Edit("any of what excludes itself", {"anyOf": [CARD, CASH]}, {"oneOf": [CARD, CASH]}, SAME, SAME),
    Edit("a kind more", {"oneOf": [CARD]}, {"oneOf": [CARD, CASH]}, Holds("the kinds exclude each other"), Breaks({"kind": "cash"})),
    Edit("a kind gone", {"oneOf": [CARD, CASH]}, {"oneOf": [CASH]}, Breaks({"kind": "card"}), Holds("the kinds exclude each other")),
    Edit("a key of one kind required", {"oneOf": [CARD, CASH]}, {"oneOf": [CARD | {"required": ["kind", "number"]}, CASH]}, Breaks({"kind": "card"}), PLAIN),
    Edit("a key of one kind widened", {"oneOf": [CARD, CASH]}, {"oneOf": [CARD, tagged("cash", till=NUMBER)]}, Holds("the kinds exclude each other"), Breaks({"kind": "cash", "till": 0.5})),
    Edit("one kind closed", {"oneOf": [CARD, CASH]}, {"oneOf": [CARD | CLOSED, CASH]}, Breaks({"kind": "card", "z": 1}), PLAIN),
    Edit("closed kinds gain a key", {"oneOf": [tagged("card", closed=True), CASH]}, {"oneOf": [tagged("card", closed=True, number=STRING), CASH]}, KEPT, Breaks({"kind": "card", "number": "1"})),
    Edit("exclusive branches that begin to overlap", {"oneOf": [INTEGER, STRING]}, {"oneOf": [NUMBER, {"type": ["string", "integer"]}]}, Breaks(1), Breaks(0.5)),
    Edit("exclusive branches that are one", {"oneOf": [STRING, STRING]}, NOTHING, SAME, SAME),
    Edit("bands of numbers", {"oneOf": [{"type": "integer", "maximum": 0}, {"type": "integer", "minimum": 1}]}, INTEGER, SAME, SAME),
    Edit("three of one", {"oneOf": [{"enum": [1, 2]}, {"enum": [2, 3]}, {"enum": [3, 1]}]}, NOTHING, SAME, SAME),
    Edit("all three of one", {"oneOf": [{"enum": [1, 2]}, {"enum": [1, 3]}, {"enum": [1, 4]}]}, {"enum": [2, 3, 4]}, SAME, SAME),
    Edit("union of arrays by length", {"anyOf": [array(maxItems=2), array(minItems=3)]}, array(), SAME, SAME),
    Edit("a union of objects is no object of unions", {"anyOf": [thing(properties={"a": STRING, "b": STRING}), thing(properties={"a": INTEGER, "b": INTEGER})]}, thing(properties={"a": {"type": ["string", "integer"]}, "b": {"type": ["string", "integer"]}}), EACH, Breaks({"a": "x", "b": 1})),
    Edit("branches with a common part", {"anyOf": [thing(**A, required=["a"]), thing(**A, required=["b"])]}, {"allOf": [thing(**A), {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}]}, SAME, SAME),
    Edit("an enum covered by two branches", {"enum": [1, "a"]}, {"oneOf": [STRING, INTEGER]}, Holds("each is in one branch"), Breaks("b"), "draft6"),
    Edit("a range covered by two branches", {"type": "number", "minimum": 0, "maximum": 9}, {"anyOf": [{"type": "number", "minimum": 0, "maximum": 5}, {"type": "number", "minimum": 5, "maximum": 9}]}, SAME, SAME),
    Edit("a property covered by two branches", thing(properties={"a": {"enum": [1, 2]}}, required=["a"]), {"anyOf": [thing(properties={"a": {"enum": [n]}}, required=["a"]) for n in (1, 2)]}, SAME, SAME),
    Edit("two properties covered by four branches", thing(properties={"a": {"type": "boolean"}, "b": {"type": "boolean"}}, required=["a", "b"]), {"anyOf": [thing(properties={"a": {"enum": [x]}, "b": {"enum": [y]}}, required=["a", "b"]) for x in (True, False) for y in (True, False)]}, SAME, SAME),
    Edit("three of four branches", {"anyOf": [thing(properties={"a": {"enum": [x]}, "b": {"enum": [y]}}, required=["a", "b"]) for x in (True, False) for y in (True, False)]}, {"anyOf": [thing(properties={"a": {"enum": [x]}, "b": {"enum": [y]}}, required=["a", "b"]) for x, y in ((True, True), (True, False), (False, True))]}, Breaks({"a": False, "b": False}), MORE),
    Edit("allOf flattened", {"allOf": [thing(**A), thing(**B)]}, thing(properties=A["properties"] | B["properties"]), SAME, SAME),
    Edit("both branches closed", {"allOf": [thing(**A, **CLOSED), thing(**B, **CLOSED)]}, thing(maxProperties=0), SAME, SAME),
    Edit("one branch closed", {"allOf": [thing(**A), thing(**B)]}, {"allOf": [thing(**A, **CLOSED), thing(**B)]}, Breaks({"b": 1}), PLAIN),
    Edit("not not", STRING, {"not": {"not": STRING}}, SAME, SAME),
    Edit("not both", {"not": {"allOf": [A | {"required": ["a"]}, {"required": ["b"]}]}}, {"anyOf": [{"not": A | {"required": ["a"]}}, {"not": {"required": ["b"]}}]}, SAME, SAME),
    Edit("a negation narrowed", {"not": INTEGER}, {"not": NUMBER}, Breaks(0.5), Holds("integers are numbers")),
    Edit("neither", {"not": {"anyOf": [STRING, NUMBER]}}, {"type": ["null", "boolean", "array", "object"]}, SAME, SAME),
    Edit("not just this object", {"type": "object", "not": {"enum": [{}]}}, thing(minProperties=1), SAME, SAME),
    Edit("a condition as a union", {"if": STRING, "then": {"minLength": 1}, "else": INTEGER}, {"anyOf": [{"type": "string", "minLength": 1}, INTEGER]}, SAME, SAME, "draft7"),
    Edit("a condition without consequence", {"if": STRING}, {}, SAME, SAME, "draft7"),
    Edit("a then without a condition", {"then": STRING}, {}, SAME, SAME, "draft7"),
    Edit("a condition gains a consequence", {"if": KIND_A}, {"if": KIND_A, "then": {"required": ["b"]}}, Breaks({"kind": "a"}), PLAIN, "draft7"),
    Edit("a condition turned over", {"if": KIND_A, "then": B, "else": A}, {"if": {"not": KIND_A}, "then": A, "else": B}, SAME, SAME, "draft7"),
    Edit("a condition widened", {"if": {"minimum": 10}, "then": {"multipleOf": 5}, "type": "integer"}, {"if": {"minimum": 5}, "then": {"multipleOf": 5}, "type": "integer"}, Breaks(6), Holds("fewer are asked for more"), "draft7"),
    Edit("a consequence widened", {"if": KIND_A, "then": {"properties": {"n": INTEGER}}}, {"if": KIND_A, "then": {"properties": {"n": NUMBER}}}, Holds("the condition is the same"), Breaks({"kind": "a", "n": 0.5}), "draft7"),
    Edit("conditions in a row", {"allOf": [{"if": {"properties": {"k": {"const": n}}, "required": ["k"]}, "then": {"required": [f"k{n}"]}} for n in range(3)]}, {"allOf": [{"if": {"properties": {"k": {"const": n}}, "required": ["k"]}, "then": {"required": [f"k{n}"]}} for n in range(4)]}, Breaks({"k": 3}), PLAIN, "draft7"),
]  # fmt: skip


def linked(value: Any, *, required: tuple[str, ...] = (), name: str = "node", **more: Any) -> dict[str, Any]:
    """A list of nodes, each with a value and the next one."""
    reference = {"$ref": f"#/$defs/{name}"}
    node = thing(properties={"value": value, "next": reference}, **more)
    return {"$defs": {name: node | ({"required": list(required)} if required else {})}, **reference}


def tree(value: Any, **more: Any) -> dict[str, Any]:
    node = thing(properties={"value": value, "children": array(items={"$ref": "#/$defs/tree"}, **more)})
    return {"$defs": {"tree": node}, "$ref": "#/$defs/tree"}


def expression(leaf: Any, combine: str) -> dict[str, Any]:
    """A leaf, or a sum of two expressions."""
    both = thing(properties={"l": {"$ref": "#/$defs/e"}, "r": {"$ref": "#/$defs/e"}}, required=["l", "r"])
    return {"$defs": {"e": {combine: [leaf, both]}}, "$ref": "#/$defs/e"}


# {"x": …} is in the first branch if x is a leaf, in the second if x is in the whole: the wider the leaf, the more values
# are in both branches, and so not in the whole.
def waver(leaf: Any) -> dict[str, Any]:
    first = thing(properties={"x": leaf}, required=["x"])
    second = thing(properties={"x": {"$ref": "#/$defs/w"}}, required=["x"])
    return {"$defs": {"w": {"oneOf": [first, second, INTEGER]}}, "$ref": "#/$defs/w"}


RECURSION = [
    Edit("a list of a wider type", linked(INTEGER), linked(NUMBER), Holds("by induction on depth"), Breaks({"value": 0.5})),
    Edit("a list renamed", linked(INTEGER), linked(INTEGER, name="link"), SAME, SAME),
    Edit("a list unrolled once", linked(INTEGER), thing(properties={"value": INTEGER, "next": {"$ref": "#/$defs/node"}}) | {"$defs": linked(INTEGER)["$defs"]}, SAME, SAME),
    Edit("a list of two in turn", linked(INTEGER), {"$defs": {"p": thing(properties={"value": INTEGER, "next": {"$ref": "#/$defs/q"}}), "q": thing(properties={"value": INTEGER, "next": {"$ref": "#/$defs/p"}})}, "$ref": "#/$defs/p"}, Holds("by induction on depth"), Holds("by induction on depth")),
    Edit("a list whose second differs", linked(INTEGER), {"$defs": {"p": thing(properties={"value": INTEGER, "next": {"$ref": "#/$defs/q"}}), "q": thing(properties={"value": STRING, "next": {"$ref": "#/$defs/p"}})}, "$ref": "#/$defs/p"}, Breaks({"next": {"value": 1}}), Breaks({"next": {"value": "a"}})),
    Edit("a list whose third differs", linked(INTEGER), thing(properties={"next": thing(properties={"next": thing(properties={"value": STRING})})}), Breaks({"next": {"next": {"value": 1}}}), Breaks({"value": "a"})),
    Edit("a list closed", linked(INTEGER), linked(INTEGER, additionalProperties=False), Breaks({"z": 1}), PLAIN),
    Edit("a list that must have values", linked(INTEGER), linked(INTEGER, required=("value",)), Breaks({}), PLAIN),
    Edit("a list without end", linked(INTEGER, required=("next",)), STRING, Holds("each node needs another: no finite value"), Breaks("a")),
    Edit("a tree of a wider type", tree(INTEGER), tree(NUMBER), Holds("by induction on depth"), Breaks({"value": 0.5})),
    Edit("a tree pruned", tree(INTEGER), tree(INTEGER, maxItems=1), Breaks({"children": [{}, {}]}), PLAIN),
    Edit("a tree by its root", tree(INTEGER), thing(properties={"value": INTEGER, "children": array(items={"$ref": "#"})}), SAME, SAME),
    Edit("an expression of more", expression(INTEGER, "anyOf"), expression(NUMBER, "anyOf"), Holds("by induction on depth"), Breaks(0.5)),
    Edit("an expression of exactly one", expression(INTEGER, "anyOf"), expression(INTEGER, "oneOf"), SAME, SAME),
    Edit("an expression deep down", expression(INTEGER, "anyOf"), expression({"type": "integer", "minimum": 0}, "anyOf"), Breaks(-1), Holds("by induction on depth")),
    Edit("recursion under oneOf, widened", waver(NOTHING), waver(INTEGER), Breaks({"x": 1}), Holds("only the integers are left")),
    Edit("recursion under oneOf, widened beyond", waver(INTEGER), waver(NUMBER), Holds("the integers stay, and there was nothing else"), Breaks({"x": 0.5})),
    Edit("nested arrays", {"$defs": {"n": array(items={"$ref": "#/$defs/n"})}, "$ref": "#/$defs/n"}, {"$defs": {"n": {"type": ["array", "null"], "items": {"$ref": "#/$defs/n"}}}, "$ref": "#/$defs/n"}, Holds("by induction on depth"), Breaks([None])),
    Edit("any JSON", {}, {"$defs": {"json": {"type": ["null", "boolean", "number", "string", "array", "object"], "items": {"$ref": "#/$defs/json"}, "additionalProperties": {"$ref": "#/$defs/json"}}}, "$ref": "#/$defs/json"}, SAME, SAME),
]  # fmt: skip

REFERENCES = [
    Edit("a definition renamed", {"$defs": {"x": STRING}, "$ref": "#/$defs/x"}, {"$defs": {"y": STRING}, "$ref": "#/$defs/y"}, SAME, SAME),
    Edit("a definition inlined", {"$defs": {"x": STRING}, "properties": {"a": {"$ref": "#/$defs/x"}}}, A, SAME, SAME),
    Edit("a definition of a definition", {"$defs": {"x": {"$ref": "#/$defs/y"}, "y": STRING}, "$ref": "#/$defs/x"}, STRING, SAME, SAME),
    Edit("a definition nobody uses", {"$defs": {"x": STRING}, "type": "integer"}, INTEGER, SAME, SAME),
    Edit("a definition used twice", {"$defs": {"x": INTEGER}, "properties": {"a": {"$ref": "#/$defs/x"}, "b": {"$ref": "#/$defs/x"}}}, {"$defs": {"x": NUMBER}, "properties": {"a": {"$ref": "#/$defs/x"}, "b": {"$ref": "#/$defs/x"}}}, Holds("integers are numbers"), Breaks({"a": 0.5})),
    Edit("a key with a slash", {"$defs": {"a/b": STRING}, "$ref": "#/$defs/a~1b"}, STRING, SAME, SAME),
    Edit("a key with a tilde and a percent", {"$defs": {"a~%25": STRING}, "$ref": "#/$defs/a~0%2525"}, STRING, SAME, SAME),
    Edit("a reference with company", {"$defs": {"x": STRING}, "$ref": "#/$defs/x", "maxLength": 2}, {"type": "string", "maxLength": 2}, SAME, SAME),
    Edit("a property named $ref", thing(properties={"$ref": STRING}), thing(properties={"$ref": {"type": ["string", "null"]}}), MORE, Breaks({"$ref": None})),
    Edit("an identifier and a reference to it", {"$id": "urn:pair:root", "$defs": {"x": STRING}, "properties": {"a": {"$ref": "urn:pair:root#/$defs/x"}}}, A, SAME, SAME),
    Edit("an anchor", {"$defs": {"x": {"$anchor": "here", "type": "string"}}, "$ref": "#here"}, STRING, SAME, SAME, "draft2019-09"),
    Edit("a definition with its own identifier", {"$defs": {"x": {"$id": "urn:pair:x", "type": "string"}}, "$ref": "urn:pair:x"}, STRING, SAME, SAME, "draft2019-09"),
    Edit("a dynamic reference at home", {"$dynamicAnchor": "t", "type": "object", "properties": {"n": {"$dynamicRef": "#t"}, "v": INTEGER}}, {"type": "object", "properties": {"n": {"$ref": "#"}, "v": INTEGER}}, SAME, SAME, "draft2020-12"),
]  # fmt: skip
