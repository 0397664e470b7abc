"""Edits whose effect depends on what is assumed: that producers send nothing undeclared, or that formats are asserted."""

from tests.compat.edits import INTEGER, MORE, NUMBER, PLAIN, SAME, STRING, Breaks, Edit, Holds, array, thing
from tests.compat.shapes import CARD, CASH, CLOSED, KIND_A, A, B, linked, tagged

A_AND_B = {"properties": A["properties"] | B["properties"]}
C = {"properties": {"c": STRING}}
UNSENT = Holds("nothing undeclared is sent")
OPEN = Holds("the reader is open")

# Under lenient open content. The first word of a name says where the edit is.
LENIENT = [
    Edit("an optional property added", thing(**A), thing(**A_AND_B), UNSENT, OPEN),
    Edit("an optional property removed", thing(**A_AND_B), thing(**A), OPEN, UNSENT),
    Edit("a property removed from a closed object", thing(**A_AND_B), thing(**A, **CLOSED), Breaks({"b": 1}), UNSENT),
    Edit("a property added, and required", thing(**A), thing(**A_AND_B, required=["b"]), Breaks({}), OPEN),
    Edit("a property of another type", thing(**A), thing(properties={"a": INTEGER}), Breaks({"a": ""}), Breaks({"a": 0})),
    Edit("a property renamed", thing(**A), thing(**B), UNSENT, UNSENT),
    Edit("a required property renamed", thing(**A, required=["a"]), thing(**B, required=["b"]), Breaks({"a": ""}), Breaks({"b": 0})),
    Edit("an object closed", thing(**A), thing(**A, **CLOSED), UNSENT, PLAIN),
    Edit("a free-form map declared", thing(), thing(**A), Breaks({"a": 1}), OPEN),
    Edit("a free-form map closed", thing(), thing(**A, **CLOSED), Breaks({"z": 1}), OPEN),
    Edit("an object that says it is open", thing(**A, additionalProperties=True), thing(**A_AND_B), Breaks({"b": ""}), OPEN),
    Edit("an object that says it is open, closed", thing(**A, additionalProperties=True), thing(**A, **CLOSED), Breaks({"z": 1}), PLAIN),
    Edit("an object open to integers", thing(**A, additionalProperties=INTEGER), thing(**A_AND_B), Holds("b could only be an integer"), UNSENT),
    Edit("an object open to strings", thing(**A, additionalProperties=STRING), thing(**A_AND_B), Breaks({"b": ""}), Breaks({"b": 0})),
    Edit("an object with a pattern", thing(patternProperties={"^x-": STRING}), thing(patternProperties={"^x-": STRING}, **A), UNSENT, OPEN),
    Edit("a pattern gone", thing(**A, patternProperties={"^x-": STRING}), thing(**A, **CLOSED), Breaks({"x-": ""}), UNSENT),
    Edit("a pattern added", thing(**A), thing(**A, patternProperties={"^x-": INTEGER}), UNSENT, OPEN),
    Edit("a property inside", thing(properties={"o": thing(**A)}), thing(properties={"o": thing(**A_AND_B)}), UNSENT, OPEN),
    Edit("an object inside closed", thing(properties={"o": thing(**A)}), thing(properties={"o": thing(**A, **CLOSED)}), UNSENT, PLAIN),
    Edit("a map inside declared", thing(properties={"o": thing()}), thing(properties={"o": thing(**A)}), Breaks({"o": {"a": 0}}), OPEN),
    Edit("anything inside declared", thing(properties={"o": {}}), thing(properties={"o": thing(**A)}), Breaks({"o": {"a": 0}}), OPEN),
    Edit("items closed", array(items=thing(**A)), array(items=thing(**A, **CLOSED)), UNSENT, PLAIN),
    Edit("items gain a property", array(items=thing(**A)), array(items=thing(**A_AND_B)), UNSENT, OPEN),
    Edit("the second of a tuple closed", array(prefixItems=[{}, thing(**A)]), array(prefixItems=[{}, thing(**A, **CLOSED)]), UNSENT, PLAIN),
    Edit("the values of a map closed", thing(additionalProperties=thing(**A)), thing(additionalProperties=thing(**A, **CLOSED)), UNSENT, PLAIN),
    Edit("the values of a map gain a property", thing(additionalProperties=thing(**A)), thing(additionalProperties=thing(**A_AND_B)), UNSENT, OPEN),
    Edit("a map that gains a declared key", thing(additionalProperties=STRING), thing(properties={"a": INTEGER}, additionalProperties=STRING), Breaks({"a": ""}), Breaks({"a": 0})),
    Edit("parts flattened and closed", {"allOf": [thing(**A), thing(**B)]}, thing(**A_AND_B, **CLOSED), UNSENT, OPEN),
    Edit("parts gain a part", {"allOf": [thing(**A), thing(**B)]}, {"allOf": [thing(**A), thing(**B), thing(**C)]}, UNSENT, OPEN),
    Edit("parts, one with another type", {"allOf": [thing(**A), thing(**B)]}, {"allOf": [thing(**A), thing(properties={"b": STRING})]}, Breaks({"b": 0}), Breaks({"b": ""})),
    Edit("parts with keys required", {"allOf": [thing(**A, required=["a"]), thing(**B, required=["b"])]}, {"allOf": [thing(**A, required=["a"]), thing(**B, required=["b"]), {"maxProperties": 1}]}, Breaks({"a": "", "b": 0}), PLAIN),
    Edit("parts closed one by one", {"allOf": [thing(**A), thing(**B)]}, {"allOf": [thing(**A, **CLOSED), thing(**B, **CLOSED)]}, Breaks({"a": ""}), PLAIN),
    Edit("parts, one closed", {"allOf": [thing(**A), thing(**B)]}, {"allOf": [thing(**A, **CLOSED), thing(**B)]}, Breaks({"b": 0}), PLAIN),
    Edit("parts that meet inside", {"properties": {"o": A}, "allOf": [{"properties": {"o": B}}]}, {"properties": {"o": A_AND_B | CLOSED}}, UNSENT, OPEN),
    Edit("parts that meet inside, one forgotten", {"properties": {"o": A}, "allOf": [{"properties": {"o": B}}]}, {"properties": {"o": A | CLOSED}}, Breaks({"o": {"b": 0}}), UNSENT),
    Edit("an extension of a base", {"$defs": {"base": thing(**A)}, "allOf": [{"$ref": "#/$defs/base"}, thing(**B)]}, {"$defs": {"base": thing(properties={"a": STRING, "c": STRING})}, "allOf": [{"$ref": "#/$defs/base"}, thing(**B)]}, UNSENT, OPEN),
    Edit("an extension closed as a whole", {"$defs": {"base": thing(**A)}, "allOf": [{"$ref": "#/$defs/base"}], **B}, {"$defs": {"base": thing(**A)}, "allOf": [{"$ref": "#/$defs/base"}], **B, "unevaluatedProperties": False}, UNSENT, PLAIN, "draft2019-09"),
    Edit("an extension, closed but for itself", {"$defs": {"base": thing(**A)}, "allOf": [{"$ref": "#/$defs/base"}], **B}, {"$defs": {"base": thing(**A)}, "allOf": [{"$ref": "#/$defs/base"}], **B, **CLOSED}, Breaks({"a": ""}), PLAIN),
    Edit("branches closed as a whole", {"anyOf": [thing(**A, required=["a"]), thing(**B, required=["b"])]}, thing(**A_AND_B, **CLOSED), UNSENT, Breaks({})),
    Edit("branches closed one by one", {"anyOf": [thing(**A), thing(**B)]}, {"anyOf": [thing(**A, **CLOSED), thing(**B, **CLOSED)]}, Breaks({"a": "", "b": 0}), PLAIN),
    Edit("branches that exclude each other, closed", {"oneOf": [CARD, CASH]}, {"oneOf": [CARD | CLOSED, CASH | CLOSED]}, UNSENT, PLAIN),
    Edit("a kind gains a property", {"oneOf": [CARD, CASH]}, {"oneOf": [tagged("card", number=STRING, holder=STRING), CASH]}, UNSENT, OPEN),
    Edit("a kind loses a property, and closes", {"oneOf": [CARD, CASH]}, {"oneOf": [tagged("card", closed=True), CASH]}, Breaks({"kind": "card", "number": ""}), UNSENT),
    Edit("a kind takes a property of the other", {"oneOf": [CARD, CASH]}, {"oneOf": [tagged("card", number=STRING, till=INTEGER), CASH]}, UNSENT, OPEN),
    Edit("a branch that is no object", {"anyOf": [thing(**A), STRING]}, {"anyOf": [thing(**A, **CLOSED), STRING]}, UNSENT, PLAIN),
    Edit("a branch with a new property of its own type", {"oneOf": [thing(**A, required=["a"]), thing(**B, required=["b"])]}, {"oneOf": [thing(properties={"a": STRING, "c": INTEGER}, required=["a"]), thing(**B, required=["b"])]}, UNSENT, OPEN),
    Edit("a consequence gains a property", thing(properties={"kind": STRING}, **{"if": KIND_A, "then": B}), thing(properties={"kind": STRING}, **{"if": KIND_A, "then": {"properties": {"b": INTEGER, "c": STRING}}}), UNSENT, OPEN, "draft7"),
    Edit("a consequence becomes common", thing(properties={"kind": STRING}, **{"if": KIND_A, "then": B}), thing(properties={"kind": STRING, "b": INTEGER}), UNSENT, OPEN, "draft7"),
    Edit("a common property becomes a consequence", thing(properties={"kind": STRING, "b": INTEGER}), thing(properties={"kind": STRING}, **{"if": KIND_A, "then": {"properties": {"b": STRING}}}), Breaks({"kind": "a", "b": 0}), Breaks({"kind": "a", "b": ""}), "draft7"),
    Edit("who has a key gains a property", thing(properties={"a": {}}, dependentSchemas={"a": B}), thing(properties={"a": {}}, dependentSchemas={"a": {"properties": {"b": INTEGER, "c": STRING}}}), UNSENT, OPEN),
    Edit("who has a key is declared for all", thing(properties={"a": {}}, dependentSchemas={"a": B}), thing(properties={"a": {}, "b": INTEGER}), UNSENT, OPEN),
    Edit("a list gains a property", linked(INTEGER), {"$defs": {"node": thing(properties={"value": INTEGER, "label": STRING, "next": {"$ref": "#/$defs/node"}})}, "$ref": "#/$defs/node"}, UNSENT, OPEN),
    Edit("a list closed", linked(INTEGER), linked(INTEGER, additionalProperties=False), UNSENT, PLAIN),
    Edit("a list closed, its values forgotten", linked(INTEGER), {"$defs": {"node": thing(properties={"next": {"$ref": "#/$defs/node"}}, **CLOSED)}, "$ref": "#/$defs/node"}, Breaks({"value": 0}), OPEN),
    Edit("a key refused by not", thing(**A), thing(**A, **{"not": {"required": ["z"]}}), UNSENT, PLAIN),
    Edit("a declared key refused by not", thing(**A), thing(**A, **{"not": {"required": ["a"]}}), Breaks({"a": ""}), PLAIN),
    Edit("names listed", thing(**A), thing(**A, propertyNames={"enum": ["a"]}), UNSENT, PLAIN, "draft6"),
    Edit("names counted", thing(**A), thing(**A, maxProperties=1), UNSENT, PLAIN),
    Edit("names counted of a map", thing(), thing(maxProperties=1), Breaks({"a": 0, "b": 0}), PLAIN),
    Edit("values of an enum with undeclared keys", {"enum": [{"a": 1, "z": 2}, {"a": 1}], "properties": {"a": {}}}, {"enum": [{"a": 1}]}, UNSENT, Holds("the value is in both")),
    Edit("values of an enum that nobody describes", {"enum": [{"a": 1, "z": 2}, {"a": 1}]}, {"enum": [{"a": 1}]}, Breaks({"a": 1, "z": 2}), MORE),
    Edit("nothing unevaluated gains a property", {"allOf": [A, B], "unevaluatedProperties": False}, {"allOf": [A, B, C], "unevaluatedProperties": False}, Holds("the writer's keys are all known to the reader"), Breaks({"c": ""}), "draft2019-09"),
    Edit("anything unevaluated", thing(**A, unevaluatedProperties=True), thing(**A_AND_B), Breaks({"b": ""}), OPEN, "draft2019-09"),
    Edit("a part that says it is open", {"allOf": [thing(**A, additionalProperties=True), thing(**B)]}, thing(**A_AND_B, **CLOSED), Breaks({"z": 0}), OPEN),
    Edit("a type widened", thing(properties={"a": INTEGER}), thing(properties={"a": NUMBER}), Holds("integers are numbers"), Breaks({"a": 0.5})),
    Edit("added again with another type, first half", thing(**A_AND_B), thing(**B), OPEN, UNSENT),
    Edit("added again with another type, second half", thing(**B), thing(properties={"a": INTEGER, "b": INTEGER}), UNSENT, OPEN),
]  # fmt: skip

DATE = {"type": "string", "format": "date"}
DATES = {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}
UUID = {"type": "string", "format": "uuid"}

ASSERTED = [
    Edit("a date wanted", STRING, DATE, Breaks(""), PLAIN, "draft7"),
    Edit("a date for numbers too", {"format": "date"}, DATE, Breaks(0), PLAIN, "draft7"),
    Edit("dates by pattern", DATE, DATES, Holds("four, two and two digits"), Breaks("2023-02-30"), "draft7"),
    Edit("dates of a year", {"type": "string", "format": "date", "pattern": "^2024-"}, DATE, PLAIN, Breaks("2023-01-01"), "draft7"),
    Edit("a date for a time", DATE, {"type": "string", "format": "date-time"}, Breaks("2024-02-29"), Breaks("2024-02-29T00:00:00Z"), "draft7"),
    Edit("a date of a length", DATE, {"type": "string", "minLength": 10, "maxLength": 10}, Holds("ten characters"), Breaks("0123456789"), "draft7"),
    Edit("a date listed", {"enum": ["2024-02-29", "2023-02-29"], "format": "date"}, {"enum": ["2024-02-29"]}, SAME, SAME, "draft7"),
    Edit("a date too short to be", {"type": "string", "format": "date", "maxLength": 9}, INTEGER, Holds("no date is so short"), Breaks(0), "draft7"),
    Edit("not a date", {"type": "string", "not": {"format": "date"}}, STRING, PLAIN, Breaks("2024-02-29"), "draft7"),
    Edit("addresses of another length", {"type": "string", "format": "ipv4"}, {"type": "string", "format": "ipv6"}, Breaks("127.0.0.1"), Breaks("::1")),
    Edit("addresses by length", {"type": "string", "format": "ipv4"}, {"type": "string", "maxLength": 15}, Holds("four numbers of three digits and three dots"), Breaks("")),
    Edit("a format nobody knows", STRING, {"type": "string", "format": "x-money"}, SAME, SAME),
    Edit("identifiers by pattern", UUID, {"type": "string", "pattern": "^[0-9a-fA-F-]{36}$"}, Holds("36 digits and hyphens"), Breaks("-" * 36), "draft2019-09"),
    Edit("identifiers by length", UUID, {"type": "string", "minLength": 36, "maxLength": 36}, Holds("36 characters"), Breaks("a" * 36), "draft2019-09"),
    Edit("a date inside", thing(properties={"d": STRING}), thing(properties={"d": DATE}), Breaks({"d": ""}), PLAIN, "draft7"),
]  # fmt: skip

ANNOTATED = [
    Edit("a date wanted", STRING, DATE, SAME, SAME),
    Edit("a date for a time", DATE, {"type": "string", "format": "date-time"}, SAME, SAME),
    Edit("dates by pattern", DATE, DATES, Breaks(""), PLAIN),
    Edit("a date listed", {"enum": ["2024-02-29", "2023-02-29"], "format": "date"}, {"enum": ["2024-02-29"]}, Breaks("2023-02-29"), MORE),
    Edit("not a date", {"type": "string", "not": {"format": "date"}}, STRING, Holds("format refuses nothing, so not refuses everything"), Breaks("")),
    Edit("contents are never read", STRING, {"type": "string", "contentMediaType": "application/json", "contentEncoding": "base64"}, SAME, SAME, "draft7"),
    Edit("a date inside", thing(properties={"d": STRING}), thing(properties={"d": DATE}), SAME, SAME),
]  # fmt: skip
