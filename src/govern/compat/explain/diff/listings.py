"""When do several forms say no more than a list of types or of values, and how is such a list edited where it stands?

`{"anyOf": [{"type": "string", "maxLength": 5}, {"type": "null"}]}` is `{"type": ["string", "null"], "maxLength": 5}`:
the limits of one type say nothing about another.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from govern.compat.explain.diff.edits import Edit
from govern.compat.explain.diff.view import FORM_NOTES, Found, View
from govern.compat.explain.diff.vocabulary import KEYWORD_TYPES, is_of_type, key_of


def fold(own: View, forms: Mapping[str, Sequence[View]]) -> None:
    """Read the forms of `own`, by keyword, as a list where they are no more than that."""
    for keyword, seen in forms.items():
        if len(seen) < 2 or any(form.admits_nothing or form.conditions for form in seen):
            continue
        if _are_values(own, keyword, seen):
            listed = {key_of(value): value for form in seen for value in form.values or ()}
            own.keywords["enum"] = Found(list(listed.values()), own.where(keyword))
            own.keywords.pop("type", None)
            own.has_forms = "enum"
        elif _are_types(own, keyword, seen):
            names = {name for form in seen for name in form.types}
            names -= {"integer"} if "number" in names else set()
            own.keywords["type"] = Found(sorted(names), own.where(keyword))
            own.has_forms = "type"
            for form in seen:
                own.keywords |= {word: found for word, found in form.assertions.items() if word != "type"}
                own.properties |= form.properties
                own.patterns |= form.patterns
                own.required |= form.required
        else:
            continue
        path = own.keywords.pop(keyword).path
        notes = {
            json.dumps(sorted(form.values or form.types, key=key_of)): {
                word: found.value for word, found in form.annotations.items()
            }
            for form in seen
            if form.annotations
        }
        if notes:
            own.keywords[FORM_NOTES] = Found(notes, path)
        return


def _are_values(own: View, keyword: str, forms: Sequence[View]) -> bool:
    """Is each form a list of values, and nothing else?"""
    if "enum" in own.keywords or any(form.assertions.keys() != {"enum"} or _is_of_object(form) for form in forms):
        return False
    keys = [key_of(value) for form in forms for value in form.values or ()]
    wanted = own.get("type")
    fits = all(any(is_of_type(value, name) for name in own.types) for form in forms for value in form.values or ())
    return (keyword == "anyOf" or len(set(keys)) == len(keys)) and (wanted is None or fits)


def _are_types(own: View, keyword: str, forms: Sequence[View]) -> bool:
    """Does each form name its types, with limits for just these, which no other form has?"""
    if {"type", "enum", "anyOf", "oneOf"} & (own.keywords.keys() - {keyword}):
        return False
    words = [word for form in forms for word in form.assertions if word != "type"]
    for form in forms:
        if "type" not in form.keywords or "enum" in form.keywords:
            return False
        if not all(word == "type" or KEYWORD_TYPES.get(word, frozenset()) & form.types for word in form.assertions):
            return False
    objects = [form for form in forms if _is_of_object(form)]
    names = ["number" if name == "integer" else name for form in forms for name in form.types]
    if len(set(names)) < len(names) and (keyword == "oneOf" or words or objects):
        return False
    return not (set(words) & own.keywords.keys() or (objects and _is_of_object(own)))


def _is_of_object(form: View) -> bool:
    said = any("object" in KEYWORD_TYPES.get(word, ()) for word in form.assertions)
    return bool(said or form.properties or form.patterns or form.required)


def type_edits(old: View, new: View) -> tuple[Edit, ...]:
    """The steps from the types of the old version to those of the new one."""
    wanted = new.get("type")
    place = old.where("type")
    if old.has_forms != "type":
        return (Edit(place, "drop") if wanted is None else Edit(place, "set", wanted),)
    lost = old.types - new.types - ({"integer"} if "number" in new.types else set())
    edits = [Edit((*old.path, "allOf"), "with", [{"type": wanted}])] if lost else []
    fresh = sorted(new.types - old.types - ({"integer"} if "number" in old.types else set()))
    if fresh:
        edits.append(Edit(place, "with", [{"type": fresh}]))
    return tuple(edits)


def value_edits(old: View, gone: Sequence[Any], fresh: Sequence[Any]) -> tuple[Edit, ...]:
    """The steps that take some values from the list of the old version, and add others."""
    place = old.where("enum")
    edits = []
    if gone and old.has_forms == "enum":
        edits.append(Edit((*old.path, "allOf"), "with", [{"not": {"enum": list(gone)}}]))
    elif gone:
        edits.append(Edit(place, "without", list(gone)))
    if fresh:
        edits.append(Edit(place, "with", [{"enum": list(fresh)}] if old.has_forms == "enum" else list(fresh)))
    return tuple(edits)
