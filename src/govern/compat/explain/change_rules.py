"""What can change between two versions of a schema: one rule for each kind of change, and what to do about it."""

from typing import Literal

from govern.model.rule import Rule
from govern.model.verdict import Direction


def _rule(name: str, summary: str, why: str) -> Rule:
    return Rule(f"compat/{name}", "error", summary, why)


_LESS = "Values that were right are refused now: whoever reads with the new schema fails on what was written before."
_MORE = "Values appear that were never seen before: whoever still reads with the old schema refuses them."
_EITHER = "Depending on the two, values that were right are refused, or values appear that old readers refuse."

PROPERTY_REQUIRED = _rule("property-required", "a property has become required", _LESS)
PROPERTY_OPTIONAL = _rule(
    "property-optional", "a property is no longer required", "Old readers rely on it being there."
)
PROPERTY_ADDED = _rule("property-added", "a property is declared that was not", _EITHER)
PROPERTY_REMOVED = _rule("property-removed", "a property is no longer declared", _EITHER)
PROPERTY_CLOSED = _rule("property-closed", "fewer undeclared properties are allowed", _LESS)
PROPERTY_OPENED = _rule("property-opened", "more undeclared properties are allowed", _MORE)
ENUM_NARROWED = _rule("enum-narrowed", "a value is no longer one of those allowed", _LESS)
ENUM_WIDENED = _rule("enum-widened", "a value has become one of those allowed", _MORE)
CONST_CHANGED = _rule("const-changed", "the only value allowed has become another one", _EITHER)
TYPE_NARROWED = _rule("type-narrowed", "a type is no longer allowed", _LESS)
TYPE_WIDENED = _rule("type-widened", "a type has become allowed", _MORE)
TYPE_CHANGED = _rule("type-changed", "one type has taken the place of another", _EITHER)
BOUND_TIGHTENED = _rule("bound-tightened", "a limit leaves less room, or is new", _LESS)
BOUND_LOOSENED = _rule("bound-loosened", "a limit leaves more room, or is gone", _MORE)
PATTERN_CHANGED = _rule("pattern-changed", "a text has to match another pattern", _EITHER)
FORMAT_CHANGED = _rule("format-changed", "a text has to have another format", _EITHER)
ITEMS_CHANGED = _rule("items-changed", "what the items of a list may be has changed", _EITHER)
BRANCH_REMOVED = _rule("branch-removed", "one of several allowed forms is gone", _LESS)
BRANCH_ADDED = _rule("branch-added", "one more form is allowed", _MORE)
DEPENDENCY_CHANGED = _rule("dependency-changed", "what a property asks of others has changed", _EITHER)
CONDITION_CHANGED = _rule("condition-changed", "a condition has been added, removed or changed", _EITHER)
NOT_CHANGED = _rule("not-changed", "what is ruled out has changed", _EITHER)
REFERENCE_CHANGED = _rule("reference-changed", "a reference leads to another place that cannot be read", _EITHER)
SCHEMA_REMOVED = _rule("schema-removed", "a schema is gone", "Nothing says any more what its values are.")
SCHEMA_ADDED = _rule("schema-added", "a schema is new", "There is nothing yet that it could break.")
KEYWORD_CHANGED = _rule("keyword-changed", "a keyword that is not known here has changed", _EITHER)
ANNOTATION_CHANGED = _rule(
    "annotation-changed",
    "a description has changed",
    "No value is refused for it: it tells people and tools something.",
)

RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))

_MAJOR = "raise the major version"

_BACKWARD = {
    PROPERTY_REQUIRED: "keep it optional",
    PROPERTY_ADDED: "keep it free of limits that old values may miss",
    PROPERTY_REMOVED: "keep it, marked as deprecated",
    PROPERTY_CLOSED: "keep undeclared properties allowed",
    ENUM_NARROWED: "keep allowing it, and stop writing it",
    CONST_CHANGED: "allow both with an enum",
    TYPE_NARROWED: "keep allowing it, and stop writing it",
    TYPE_CHANGED: "allow both types, or add a property of another name",
    BOUND_TIGHTENED: "keep the old limit for readers",
    PATTERN_CHANGED: "let the pattern match all that the old one matched",
    FORMAT_CHANGED: "allow both formats, or add a property of another name",
    BRANCH_REMOVED: "keep allowing it, and stop writing it",
}
_FORWARD = {
    PROPERTY_OPTIONAL: "keep it required until every reader does without it",
    PROPERTY_ADDED: "upgrade every reader before the first writer",
    PROPERTY_REMOVED: "keep it until every reader does without it",
    PROPERTY_OPENED: "keep undeclared properties out until every reader takes them",
    ENUM_WIDENED: "write it only when every reader knows it",
    CONST_CHANGED: "allow both with an enum, and write the new one only when every reader knows it",
    TYPE_WIDENED: "write it only when every reader knows it",
    TYPE_CHANGED: "allow both types, or add a property of another name",
    BOUND_LOOSENED: "keep to the old limit until every reader has the new one",
    PATTERN_CHANGED: "write only what the old pattern matched until every reader has the new one",
    FORMAT_CHANGED: "keep to the old format until every reader has the new one",
    BRANCH_ADDED: "write it only when every reader knows it",
}


def is_suspect(rule: Rule, direction: Direction) -> bool:
    """Does such a change often break this direction? Those are looked at first, where not all can be."""
    return rule in (_BACKWARD if direction == "backward" else _FORWARD)


_ALONE = {  # where only one version has it, there are no two to speak of
    (FORMAT_CHANGED, "new"): "leave the format out, or add a property of another name",
    (PATTERN_CHANGED, "new"): "leave the pattern out, or add a property of another name",
    (FORMAT_CHANGED, "old"): "keep to the old format until every reader does without it",
    (PATTERN_CHANGED, "old"): "write only what the old pattern matched until every reader does without it",
}


def without_major(hint: str | None) -> str | None:
    """A hint for somebody who has raised the major version already.

    >>> without_major("keep it optional, or raise the major version"), without_major("keep it optional")
    ('keep it optional', 'keep it optional')
    """
    for said in (f", or {_MAJOR}", f"{_MAJOR}, or ", f"{_MAJOR}, "):
        hint = hint and hint.replace(said, "")
    return hint


def advice(
    rule: Rule, *, backward: bool, forward: bool, note: str | None = None, only: Literal["old", "new"] | None = None
) -> str | None:
    """What to do instead of a change that breaks something; None for one that does not. `note` is what is special,
    and `only` the one version that has what the change is about.

    >>> advice(PROPERTY_REQUIRED, backward=True, forward=False)
    'keep it optional, or raise the major version'
    """
    if not (backward or forward):
        return None
    alone = _ALONE.get((rule, only)) if only == ("new" if backward else "old") else None
    said = alone or (_BACKWARD.get(rule) if backward else _FORWARD.get(rule)) or "keep what the old version says"
    return f"{note}; {said}, or {_MAJOR}" if note else f"{said}, or {_MAJOR}"
