"""Small edits of a schema, each with what it does to the set of values, both ways.

`Breaks(value)`: the value is in the set before and not after. `Holds(argument)`: nothing leaves the set, and why.
Spelled in draft 2020-12; `since` is the first draft in which the edit means the same.
"""

from typing import Any, NamedTuple


class Breaks(NamedTuple):
    witness: Any


class Holds(NamedTuple):
    argument: str


class Edit(NamedTuple):
    name: str
    old: Any
    new: Any
    backward: Breaks | Holds
    forward: Breaks | Holds
    since: str = "draft4"


SAME = Holds("two spellings of one set")
WIDER = Holds("the bound is wider")
MORE = Holds("each value is in the longer list")
PLAIN = Holds("a constraint less")
EMPTY = Holds("no value satisfies the writer's schema")
STRING = {"type": "string"}
INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}
NOTHING: dict[str, Any] = {"not": {}}
EVERY_TYPE = ["null", "boolean", "integer", "number", "string", "array", "object"]


def array(**more: Any) -> dict[str, Any]:
    return {"type": "array", **more}


def thing(**more: Any) -> dict[str, Any]:
    return {"type": "object", **more}


VALUES = [
    Edit("a value more", {"enum": ["a", "b"]}, {"enum": ["a", "b", "c"]}, MORE, Breaks("c")),
    Edit("a number more", {"enum": [1, 2]}, {"enum": [1, 2, 3]}, MORE, Breaks(3)),
    Edit("values reordered", {"enum": ["a", "b"]}, {"enum": ["b", "a"]}, SAME, SAME),
    Edit("const for an enum of one", {"enum": ["a"]}, {"const": "a"}, SAME, SAME, "draft6"),
    Edit("another const", {"const": "a"}, {"const": "b"}, Breaks("a"), Breaks("b"), "draft6"),
    Edit("one is one point nought", {"enum": [1]}, {"enum": [1.0]}, SAME, SAME),
    Edit("true is not one", {"enum": [True]}, {"enum": [1]}, Breaks(True), Breaks(1)),
    Edit("false is not nought", {"enum": [[False]]}, {"enum": [[0]]}, Breaks([False]), Breaks([0])),
    Edit("null is not an empty string", {"enum": [None]}, {"enum": [""]}, Breaks(None), Breaks("")),
    Edit("strings for a list of them", {"enum": ["a", "b"]}, STRING, Holds("each is a string"), Breaks("z")),
    Edit(
        "two types for a list",
        {"enum": ["a", 1]},
        {"type": ["string", "integer"]},
        Holds("each is one"),
        Breaks(2),
        "draft6",
    ),
    Edit("a value of no listed type", {"type": "string", "enum": ["a", 1]}, {"enum": ["a"]}, SAME, SAME),
    Edit("a value too long to count", {"enum": ["a", "bbb"], "maxLength": 2}, {"enum": ["a"]}, SAME, SAME),
    Edit("a value that no pattern lets in", {"enum": ["a", "1"], "pattern": "^[a-z]"}, {"enum": ["a"]}, SAME, SAME),
    Edit("a value that is not wanted", {"enum": ["a", "b"], "not": {"enum": ["b"]}}, {"enum": ["a"]}, SAME, SAME),
    Edit("a list of values split", {"enum": [1, "a"]}, {"anyOf": [{"enum": [1]}, {"enum": ["a"]}]}, SAME, SAME),
    Edit("lists met", {"allOf": [{"enum": [1, 2]}, {"enum": [2, 3]}]}, {"enum": [2]}, SAME, SAME),
    Edit(
        "all values of a range",
        {"type": "integer", "minimum": 1, "maximum": 3},
        {"enum": [1, 2, 3]},
        SAME,
        SAME,
        "draft6",
    ),
    Edit(
        "most values of a range",
        {"type": "integer", "minimum": 1, "maximum": 4},
        {"enum": [1, 2, 3]},
        Breaks(4),
        Holds("each is in the range"),
        "draft6",
    ),
    Edit("both booleans", {"type": "boolean"}, {"enum": [True, False]}, SAME, SAME),
    Edit("the null", {"type": "null"}, {"enum": [None]}, SAME, SAME),
    Edit("the empty array", array(maxItems=0), {"enum": [[]]}, SAME, SAME),
    Edit("the empty object", thing(maxProperties=0), {"enum": [{}]}, SAME, SAME),
    Edit(
        "an object as a value", {"enum": [{"a": 1}]}, thing(required=["a"]), Holds("it has the key"), Breaks({"a": 2})
    ),
    Edit("keys of a value reordered", {"enum": [{"a": 1, "b": 2}]}, {"enum": [{"b": 2, "a": 1}]}, SAME, SAME),
    Edit("all but one value", {"enum": ["a", "b"]}, {"not": {"enum": ["c"]}}, Holds("it is not listed"), Breaks("d")),
]

TYPES = [
    Edit("a number for an integer", INTEGER, NUMBER, Holds("integers are numbers"), Breaks(0.5)),
    Edit("a type dropped", STRING, {}, PLAIN, Breaks(1)),
    Edit("null too", STRING, {"type": ["string", "null"]}, MORE, Breaks(None)),
    Edit("another type", STRING, INTEGER, Breaks("a"), Breaks(1)),
    Edit("types as branches", {"type": ["string", "integer"]}, {"anyOf": [STRING, INTEGER]}, SAME, SAME),
    Edit("types as exclusive branches", {"type": ["string", "integer"]}, {"oneOf": [STRING, INTEGER]}, SAME, SAME),
    Edit(
        "integers counted twice",
        {"anyOf": [NUMBER, INTEGER]},
        {"oneOf": [NUMBER, INTEGER]},
        Breaks(1),
        Holds("exactly one is at least one"),
    ),
    Edit("every type by name", {}, {"type": EVERY_TYPE}, SAME, SAME),
    Edit("every type but one", {"type": EVERY_TYPE}, {"type": EVERY_TYPE[:-1]}, Breaks({}), MORE),
    Edit("integer beside number", {"type": ["integer", "number"]}, NUMBER, SAME, SAME),
    Edit("whole numbers", INTEGER, {"type": "number", "multipleOf": 1}, SAME, SAME, "draft6"),
    Edit("not a string", {"not": STRING}, {"type": [t for t in EVERY_TYPE if t != "string"]}, SAME, SAME),
    Edit("not an integer", {"type": "number", "not": INTEGER}, NUMBER, PLAIN, Breaks(1)),
    Edit("everything is refused", {"allOf": [STRING, INTEGER]}, NOTHING, SAME, SAME),
    Edit("nothing to anything", NOTHING, {}, EMPTY, Breaks(1)),
    Edit("a keyword of another type", {"type": "string", "minimum": 5}, STRING, SAME, SAME),
    Edit("annotations", STRING, {"type": "string", "title": "t", "description": "d", "default": "x"}, SAME, SAME),
]

NUMBERS = [
    Edit("a lower minimum", {"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 0}, WIDER, Breaks(0)),
    Edit("a higher maximum", {"type": "number", "maximum": 1}, {"type": "number", "maximum": 1.5}, WIDER, Breaks(1.25)),
    Edit(
        "a bound in decimals",
        {"type": "number", "minimum": 0.2},
        {"type": "number", "minimum": 0.1},
        WIDER,
        Breaks(0.15),
    ),
    Edit(
        "the bound itself",
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "number", "minimum": 0},
        WIDER,
        Breaks(0),
    ),
    Edit(
        "above nought is from one",
        {"type": "integer", "exclusiveMinimum": 0},
        {"type": "integer", "minimum": 1},
        SAME,
        SAME,
    ),
    Edit("from a half is from one", {"type": "integer", "minimum": 0.5}, {"type": "integer", "minimum": 1}, SAME, SAME),
    Edit(
        "not from five is below five",
        {"type": "number", "not": {"minimum": 5}},
        {"type": "number", "exclusiveMaximum": 5},
        SAME,
        SAME,
    ),
    Edit("a bound for numbers only", {"maximum": 5}, {"type": "number", "maximum": 5}, Breaks("a"), PLAIN),
    Edit(
        "multiples of two",
        {"type": "integer", "multipleOf": 4},
        {"type": "integer", "multipleOf": 2},
        Holds("four is a multiple of two"),
        Breaks(2),
    ),
    Edit(
        "two and three are six",
        {"type": "integer", "allOf": [{"multipleOf": 2}, {"multipleOf": 3}]},
        {"type": "integer", "multipleOf": 6},
        SAME,
        SAME,
    ),
    Edit(
        "two or three",
        {"type": "integer", "multipleOf": 6},
        {"type": "integer", "anyOf": [{"multipleOf": 2}, {"multipleOf": 3}]},
        PLAIN,
        Breaks(2),
    ),
    Edit(
        "four and six are not 24",
        {"type": "integer", "multipleOf": 24},
        {"type": "integer", "allOf": [{"multipleOf": 4}, {"multipleOf": 6}]},
        Holds("24 is a multiple of both"),
        Breaks(12),
    ),
    Edit(
        "cents",
        {"type": "number", "multipleOf": 0.1},
        {"type": "number", "multipleOf": 0.01},
        Holds("0.1 is a multiple of 0.01"),
        Breaks(0.01),
    ),
    Edit(
        "thirds of a tenth",
        {"type": "number", "multipleOf": 0.3},
        {"type": "number", "multipleOf": 0.1},
        Holds("0.3 is a multiple of 0.1"),
        Breaks(0.1),
    ),
    Edit(
        "no multiple in the range",
        {"type": "integer", "minimum": 1, "maximum": 2, "multipleOf": 3},
        STRING,
        EMPTY,
        Breaks("a"),
    ),
    Edit(
        "multiples in a range",
        {"type": "integer", "minimum": 1, "maximum": 9, "multipleOf": 4},
        {"enum": [4, 8]},
        SAME,
        SAME,
        "draft6",
    ),
    Edit("empty range", {"type": "number", "minimum": 5, "maximum": 4}, {"enum": ["x"]}, EMPTY, Breaks("x")),
    Edit(
        "open range without integers",
        {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2},
        {"enum": ["x"]},
        EMPTY,
        Breaks("x"),
    ),
    Edit(
        "two halves of the numbers", NUMBER, {"type": "number", "anyOf": [{"minimum": 0}, {"maximum": 0}]}, SAME, SAME
    ),
    Edit(
        "two halves that overlap",
        NUMBER,
        {"type": "number", "oneOf": [{"minimum": 0}, {"maximum": 0}]},
        Breaks(0),
        PLAIN,
    ),
    Edit(
        "two halves with a gap",
        NUMBER,
        {"type": "number", "anyOf": [{"minimum": 1}, {"maximum": 0}]},
        Breaks(0.5),
        PLAIN,
    ),
    Edit(
        "ranges that touch, of integers",
        INTEGER,
        {"type": "integer", "anyOf": [{"minimum": 1}, {"maximum": 0}]},
        SAME,
        SAME,
    ),
    Edit(
        "beyond the doubles",
        {"type": "integer", "minimum": 9007199254740993},
        {"type": "integer", "minimum": 9007199254740992},
        WIDER,
        Breaks(9007199254740992),
    ),
    Edit(
        "very large", {"type": "number", "maximum": 1e300}, {"type": "number", "maximum": 1e301}, WIDER, Breaks(1e301)
    ),
]

STRINGS = [
    Edit("a longer maximum", {"type": "string", "maxLength": 2}, {"type": "string", "maxLength": 3}, WIDER, Breaks("abc")),
    Edit("a shorter minimum", {"type": "string", "minLength": 2}, {"type": "string", "minLength": 1}, WIDER, Breaks("a")),
    Edit("no minimum", {"type": "string", "minLength": 0}, STRING, SAME, SAME),
    Edit("lengths count characters", {"type": "string", "maxLength": 1}, {"type": "string", "maxLength": 2}, WIDER, Breaks("\U0001f600\U0001f600")),
    Edit("not empty", {"type": "string", "minLength": 1}, {"type": "string", "pattern": "[\\s\\S]"}, SAME, SAME),
    Edit("a wider class", {"type": "string", "pattern": "^[a-c]+$"}, {"type": "string", "pattern": "^[a-z]+$"}, Holds("each letter is in the class"), Breaks("d")),
    Edit("an anchor less", {"type": "string", "pattern": "^a$"}, {"type": "string", "pattern": "^a"}, PLAIN, Breaks("ab")),
    Edit("alternatives as values", {"type": "string", "pattern": "^(red|green)$"}, {"enum": ["green", "red"]}, SAME, SAME),
    Edit("alternatives as a class", {"type": "string", "pattern": "^(a|b)$"}, {"type": "string", "pattern": "^[ab]$"}, SAME, SAME),
    Edit("digits by class", {"type": "string", "pattern": "^\\d+$"}, {"type": "string", "pattern": "^[0-9]+$"}, SAME, SAME),
    Edit("lengths in a pattern", {"type": "string", "pattern": "^[a-z]{2,4}$"}, {"type": "string", "minLength": 2, "maxLength": 4}, Holds("the pattern counts"), Breaks("AA")),
    Edit("a pattern with bounds beside it", {"type": "string", "pattern": "^[a-z]*$", "minLength": 2, "maxLength": 4}, {"type": "string", "pattern": "^[a-z]{2,4}$"}, SAME, SAME),
    Edit("too long to match", {"type": "string", "pattern": "^[a-z]{5}$", "maxLength": 4}, INTEGER, EMPTY, Breaks(1)),
    Edit("two patterns in one", {"type": "string", "pattern": "^a.*b$"}, {"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "b$"}]}, Holds("it starts and ends so"), Breaks("a\nb")),
    Edit("patterns that exclude each other", {"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "^b"}]}, INTEGER, EMPTY, Breaks(1)),
    Edit("a pattern for strings only", {"pattern": "^a"}, {"type": "string", "pattern": "^a"}, Breaks(1), PLAIN),
    Edit("a slug", {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 63}, {"type": "string", "pattern": "^[a-z0-9-]{1,63}$"}, Holds("each character is in the class"), Breaks("-")),
    Edit("a patch number that may be missing", {"type": "string", "pattern": "^\\d+\\.\\d+\\.\\d+$"}, {"type": "string", "pattern": "^\\d+\\.\\d+(\\.\\d+)?$"}, WIDER, Breaks("1.2")),
    Edit("a letter that may be missing", {"type": "string", "pattern": "^a$"}, {"type": "string", "pattern": "^ab?$"}, WIDER, Breaks("ab")),
    Edit("not by pattern", {"type": "string", "not": {"pattern": "^x"}}, STRING, PLAIN, Breaks("x")),
    Edit("not by lookahead", {"type": "string", "pattern": "^(?!x)[a-z]+$"}, {"type": "string", "pattern": "^[a-z]+$"}, PLAIN, Breaks("x")),
    Edit("lookahead for not", {"type": "string", "pattern": "^(?!x)[a-z]+$"}, {"type": "string", "pattern": "^[a-z]+$", "not": {"pattern": "^x"}}, SAME, SAME),
    Edit("currency codes", {"type": "string", "pattern": "^[A-Z]{3}$"}, {"type": "string", "minLength": 3, "maxLength": 3}, Holds("the pattern counts"), Breaks("aaa")),
    Edit("country codes too", {"type": "string", "pattern": "^[A-Z]{3}$"}, {"type": "string", "pattern": "^[A-Z]{2,3}$"}, WIDER, Breaks("AA")),
    Edit("anything in one line", {"type": "string", "pattern": "^(.*)$"}, STRING, PLAIN, Breaks("\n")),
]  # fmt: skip

ARRAYS = [
    Edit("more items", array(maxItems=1), array(maxItems=2), WIDER, Breaks([1, 2])),
    Edit("fewer items", array(minItems=2), array(minItems=1), WIDER, Breaks([1])),
    Edit("items of a wider type", array(items=INTEGER), array(items=NUMBER), Holds("integers are numbers"), Breaks([0.5])),
    Edit("repetition allowed", array(uniqueItems=True), array(), PLAIN, Breaks([1, 1])),
    Edit("one and true are two items", array(uniqueItems=True), array(uniqueItems=True, **{"not": {"enum": [[1, True]]}}), Breaks([1, True]), PLAIN),
    Edit("no more items than values", array(items={"enum": [1, 2]}, uniqueItems=True), array(maxItems=2), Holds("there are two values"), Breaks([3])),
    Edit("more items than values", array(items={"enum": [1, 2]}, uniqueItems=True, minItems=3), STRING, EMPTY, Breaks("a")),
    Edit("booleans can be unique twice", array(items={"type": "boolean"}, uniqueItems=True), array(items={"type": "boolean"}, maxItems=2), Holds("there are two booleans"), Breaks([True, True])),
    Edit("no items in two ways", array(items=NOTHING), array(maxItems=0), SAME, SAME),
    Edit("no items though one is wanted", array(items=NOTHING, minItems=1), STRING, EMPTY, Breaks("a")),
    Edit("a tuple grows", array(prefixItems=[STRING]), array(prefixItems=[STRING, INTEGER]), Breaks(["a", "b"]), PLAIN),
    Edit("a closed tuple grows", array(prefixItems=[STRING], items=False), array(prefixItems=[STRING, INTEGER], items=False), WIDER, Breaks(["a", 1])),
    Edit("a tuple opens", array(prefixItems=[STRING], items=False), array(prefixItems=[STRING]), PLAIN, Breaks(["a", "b"])),
    Edit("a closed tuple has an end", array(prefixItems=[{}], items=False), array(maxItems=1), SAME, SAME),
    Edit("the rest of a tuple", array(prefixItems=[STRING], items=INTEGER), array(items={"type": ["string", "integer"]}), Holds("both are allowed anywhere"), Breaks([1])),
    Edit("a tuple of one type", array(prefixItems=[STRING], items=STRING), array(items=STRING), SAME, SAME),
    Edit("an array of either", {"anyOf": [array(items=STRING), array(items=INTEGER)]}, array(items={"anyOf": [STRING, INTEGER]}), Holds("each item is either"), Breaks(["a", 1])),
    Edit("one of them is a string", array(items=STRING, minItems=1), array(contains=STRING), Holds("the first one is"), Breaks(["a", 1]), "draft6"),
    Edit("contains a wider type", array(contains=INTEGER), array(contains=NUMBER), Holds("integers are numbers"), Breaks([0.5]), "draft6"),
    Edit("contains needs an item", array(contains={}), array(minItems=1), SAME, SAME, "draft6"),
    Edit("contains the impossible", array(contains=NOTHING), STRING, EMPTY, Breaks("a"), "draft6"),
    Edit("contains what items refuse", array(contains=STRING, items=INTEGER), STRING, EMPTY, Breaks("a"), "draft6"),
    Edit("not one of them is a string", array(items=INTEGER), array(**{"not": {"contains": STRING}}), Holds("all are integers"), Breaks([None]), "draft6"),
    Edit("two of them", array(contains=STRING, minContains=2), array(contains=STRING), WIDER, Breaks(["a"]), "draft2019-09"),
    Edit("none of them will do", array(contains=STRING, minContains=0), array(), SAME, SAME, "draft2019-09"),
    Edit("at most one of them", array(contains=STRING, maxContains=1), array(contains=STRING), PLAIN, Breaks(["a", "b"]), "draft2019-09"),
    Edit("all of them", array(items=STRING, maxItems=2), array(contains=STRING, minContains=0, maxContains=2), Holds("there are two items"), Breaks([1]), "draft2019-09"),
    Edit("a bound for arrays only", {"maxItems": 1}, array(maxItems=1), Breaks("a"), PLAIN),
    Edit("nothing is left unevaluated", array(prefixItems=[STRING], unevaluatedItems=False), array(prefixItems=[STRING], items=False), SAME, SAME, "draft2019-09"),
    Edit("unevaluated across branches", array(allOf=[{"prefixItems": [{}, INTEGER]}], prefixItems=[STRING], unevaluatedItems=False), array(prefixItems=[STRING, INTEGER], items=False), SAME, SAME, "draft2019-09"),
    Edit("contains evaluates", array(contains=STRING, unevaluatedItems=False), array(items=STRING, minItems=1), SAME, SAME, "draft2020-12"),
]  # fmt: skip
