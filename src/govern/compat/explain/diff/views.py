"""What does a bundle say of one value, wherever it says it: at the place itself, behind references, or under `allOf`?

Moving a keyword into a definition or into a branch of `allOf` moves it to another place of the same view. Branches that
cannot be read as one (two `pattern`s, `additionalProperties` beside `properties` of another branch) stay apart, in
`conditions`.
"""

import json
from typing import Any

from govern.compat.explain.diff.bundle import Bundle
from govern.compat.explain.diff.listings import fold
from govern.compat.explain.diff.view import EVERY_TYPE, Found, View
from govern.compat.explain.diff.vocabulary import KEYWORD_TYPES, is_annotation, is_of_type
from govern.model.location import Path

MAX_CHAIN = 100  # references and branches one behind the other; published schemas have fewer than 10

# Keywords that mean something only with their neighbours: those of one branch cannot be read beside those of another.
_CLOSING = frozenset({"additionalProperties", "unevaluatedProperties"})
_GROUPS = (
    frozenset({"items", "prefixItems", "unevaluatedItems"}),
    frozenset({"contains", "minContains", "maxContains"}),
    frozenset({"if", "then", "else"}),
)


class Views:
    """The views of a bundle, each made once."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self._known: dict[Path, View] = {}
        self._open: set[Path] = set()

    def at(self, path: Path) -> View:
        """What the bundle says of the value that the subschema at `path` judges."""
        known = self._known.get(path)
        if known is not None:
            return known
        node = self.bundle.at(path)
        own = View(path, node is False)
        if not isinstance(node, dict) or path in self._open:
            return own
        if len(self._open) > MAX_CHAIN:
            self.bundle.reason = f"more than {MAX_CHAIN} references follow one another"
            return own
        self._open.add(path)
        self._fill(own, node)
        self._open.discard(path)
        self._known[path] = own
        return own

    def _fill(self, own: View, node: dict[str, Any]) -> None:
        parts: dict[Path, View] = {}
        for word, value in node.items():
            target = _target(value) if word == "$ref" else None
            if target is not None:
                places = [target]
            elif word == "allOf" and isinstance(value, list):
                places = [(*own.path, "allOf", index) for index in range(len(value))]
            else:
                places = []
                if word != "$defs":
                    _add(own, word, value, (*own.path, word))
            for place in places:
                part = self.at(place)
                parts.setdefault(part.path, part)
        self._join(own, list(parts.values()))
        forms = {
            word: [self.at((*own.where(word), index)) for index in range(own.count(word))]
            for word in ("anyOf", "oneOf")
            if own.count(word) > 1
        }
        if forms:
            fold(own, forms)
        _prune(own)

    def _join(self, own: View, parts: list[View]) -> None:
        asserting = [part for part in parts if not part.is_open]
        if len(asserting) == 1 and own.is_open:  # nothing but a way to another place
            own.path, own.admits_nothing = asserting[0].path, asserting[0].admits_nothing
            apart = []
        else:
            apart = [
                part
                for part in asserting
                if part.admits_nothing or any(_clash(part, other, own) for other in (own, *asserting))
            ]
        for part in parts:
            if part in apart:
                own.conditions.append(part.path)
            else:
                _merge(own, part)


def _prune(own: View) -> None:
    """Forget the keywords for types that the value cannot have."""
    types = own.types
    if types == EVERY_TYPE:
        return
    for word in [word for word in own.keywords if not KEYWORD_TYPES.get(word, types) & types]:
        del own.keywords[word]
    if "object" not in types:
        own.properties, own.patterns, own.required = {}, {}, {}


def _add(own: View, word: str, value: Any, path: Path) -> None:
    if word == "properties" and isinstance(value, dict):
        own.properties |= {name: (*path, name) for name in value}
    elif word == "patternProperties" and isinstance(value, dict):
        own.patterns |= {pattern: (*path, pattern) for pattern in value}
    elif word == "required" and isinstance(value, list):
        own.required |= dict.fromkeys(value, path)
    else:
        own.keywords[word] = Found(value, path)


def _target(reference: Any) -> Path | None:
    """The path that a reference within the bundle leads to."""
    if reference == "#":
        return ()
    if isinstance(reference, str) and reference.startswith("#/$defs/"):
        return ("$defs", reference.removeprefix("#/$defs/"))
    return None


def _clash(part: View, other: View, own: View) -> bool:
    """Do a branch and another one, or the subschema `own` around it, say things that cannot be read as one?"""
    if part is other:
        return False
    mine, theirs = part.assertions, other.assertions
    if any(theirs[word].value != found.value for word, found in mine.items() if word in theirs):
        return True
    if _lists_others(part, other) or _lists_others(other, part):
        return True
    if any(mine.keys() & group and theirs.keys() & group for group in _GROUPS):
        return True
    if part.properties.keys() & other.properties.keys() or part.patterns.keys() & other.patterns.keys():
        return True
    # From outside, `unevaluatedProperties` sees what the branches declare.
    closed_around = theirs.keys() & (_CLOSING - {"unevaluatedProperties"} if other is own else _CLOSING)
    return bool((mine.keys() & _CLOSING and _declares(other)) or (closed_around and _declares(part)))


def _lists_others(part: View, other: View) -> bool:
    """Does a branch list values that the other's types rule out?"""
    listed = part.values or () if "type" in other.keywords else ()
    return not all(any(is_of_type(value, name) for name in other.types) for value in listed)


def _declares(part: View) -> bool:
    return bool(part.properties or part.patterns or part.keywords.keys() & _CLOSING)


def _merge(own: View, part: View) -> None:
    for word, found in part.keywords.items():
        known = own.keywords.get(word)
        if known is None:
            own.keywords[word] = found
        elif is_annotation(word) and known.path[: len(own.path)] != own.path:  # several branches describe themselves
            both = sorted({json.dumps(item.value, sort_keys=True, default=str) for item in (known, found)})
            own.keywords[word] = Found(" ".join(both), known.path)
    own.properties = part.properties | own.properties
    own.patterns = part.patterns | own.patterns
    own.required = part.required | own.required
    own.conditions.extend(part.conditions)
    own.has_forms = own.has_forms or part.has_forms
