"""Are two documents wrong in the same way? Of a million wrong ones, those like another need not be explained again to
be counted under the same rules.
"""

from collections.abc import Hashable
from typing import Any

from govern.validator import Validator

MAX_ERRORS = 20  # of one document; where there are more, each document is looked at for itself

# Errors that break one rule, whatever the value is; and those where it depends on the keys of the object too.
_PLAIN = {"enum", "const", "type", "format", "pattern", "minLength", "maxLength", "minimum", "maximum"}
_PLAIN |= {"exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems"}
_OF_KEYS = {"required", "additionalProperties", "unevaluatedProperties"}


def likeness(validator: Validator, value: Any) -> Hashable | None:
    """The same for values whose findings differ in values and places only, so that they break the same rules equally
    often; None where that cannot be told.
    """
    result: list[Hashable] = []
    for error in validator.errors(value):
        kind: Any = error.kind
        instance: Any = error.instance
        about: Hashable = None
        if kind.name in _OF_KEYS:
            about = getattr(kind, "property", None) or tuple(kind.unexpected), tuple(instance)
        elif kind.name not in _PLAIN:
            return None
        result.append((kind.name, about, tuple(error.instance_path), tuple(error.evaluation_path)))
        if len(result) > MAX_ERRORS:
            return None
    return tuple(result)
