"""The rules that speak for JSON Schema: one for each way a value can miss its schema."""

from govern.model.rule import Rule


def _rule(name: str, summary: str, why: str) -> Rule:
    return Rule(f"schema/{name}", "error", summary, why)


_CONSUMERS = "Whoever reads the document relies on its schema; a value outside it fails there, later and further away."

UNKNOWN_KEY = _rule(
    "unknown-key", "a key is not one of those allowed here", "Readers ignore it or fail on it; it is most often a slip."
)
MISSING_KEY = _rule("missing-key", "a required key is missing", "Readers rely on it being there.")
ENUM = _rule("enum", "a value is not one of those allowed", _CONSUMERS)
CONST = _rule("const", "a value is not the one allowed", _CONSUMERS)
TYPE = _rule("type", "a value has the wrong type", _CONSUMERS)
FORMAT = _rule("format", "a text does not have the format asked for", _CONSUMERS)
PATTERN = _rule("pattern", "a text does not match its pattern", _CONSUMERS)
LENGTH = _rule("length", "a text is too short or too long", _CONSUMERS)
RANGE = _rule("range", "a number is too small, too large, or not a multiple", _CONSUMERS)
ITEMS = _rule("items", "a list has too few, too many, repeated or unwanted items", _CONSUMERS)
SIZE = _rule("size", "a mapping has too few or too many keys", _CONSUMERS)
KEY_NAME = _rule("key-name", "a key is not named as it must be", _CONSUMERS)
ANY_OF = _rule("any-of", "a value fits none of the forms allowed", _CONSUMERS)
ONE_OF = _rule(
    "one-of", "a value fits several forms of which only one may fit", "Readers cannot tell which form is meant."
)
NOT = _rule("not", "a value is what it must not be", _CONSUMERS)
OTHER = _rule("other", "a value misses its schema in some other way", _CONSUMERS)
DEPENDENT = _rule("dependent-required", "a key needs another one beside it", _CONSUMERS)

_READERS = "People and tools look for it by its heading; what is not where it belongs is not found."
SECTION_MISSING = _rule("section-missing", "a section that the document must have is missing", _READERS)
SECTION_MISPLACED = _rule("section-misplaced", "a section stands where another one belongs", _READERS)
SECTION_UNKNOWN = _rule("section-unknown", "a section is not one of those that the document may have", _READERS)
ITEM_MISSING = _rule("item-missing", "a list lacks an item that it must have", _READERS)

RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
