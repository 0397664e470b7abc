"""How have the limits of a single value changed: its types, its values, how large, how long, how many, in what form?"""

from collections.abc import Iterator
from typing import Any

from govern.compat.explain import change_rules as rules
from govern.compat.explain.diff.edits import Difference, Edit, only
from govern.compat.explain.diff.listings import type_edits, value_edits
from govern.compat.explain.diff.phrases import choice, listed, name, of, shortened, shown, types
from govern.compat.explain.diff.view import EVERY_TYPE, View
from govern.compat.explain.diff.vocabulary import KEYWORD_TYPES, is_of_type, key_of
from govern.model.rule import Rule

_COUNTS = tuple(f"{end}{what}" for end in ("min", "max") for what in ("Length", "Items", "Properties", "Contains"))
TYPE_RULES = frozenset(
    {rules.TYPE_NARROWED, rules.TYPE_WIDENED, rules.TYPE_CHANGED, rules.ENUM_NARROWED, rules.ENUM_WIDENED}
    | {rules.CONST_CHANGED}
)  # how the types of a value may come to be others
_WORDS = {"pattern": rules.PATTERN_CHANGED, "format": rules.FORMAT_CHANGED}
KEYWORDS = frozenset(
    {"type", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems"}
    | {*_COUNTS, *_WORDS}
)


def shared_types(old: View, new: View) -> frozenset[str]:
    """The types that a value may have in both versions."""
    return frozenset(
        first if first == second else "integer"
        for first in old.types
        for second in new.types
        if first == second or {first, second} == {"integer", "number"}
    )


def applies(keyword: str, shared: frozenset[str]) -> bool:
    """Does a keyword speak of a type that both versions allow? If not, it is the type that has changed."""
    only = KEYWORD_TYPES.get(keyword)
    return only is None or bool(only & shared)


def limits(old: View, new: View, where: str) -> Iterator[Difference]:
    """Every difference in what is asked of a value itself, at `where`."""
    yield from _values(old, new, where)
    shared = shared_types(old, new)
    for bound in ("minimum", "maximum"):
        if applies(bound, shared):
            yield from _bound(old, new, where, bound)
    for keyword in _COUNTS:
        before, after = _number(old, keyword), _number(new, keyword)
        if applies(keyword, shared) and before != after:
            tightened = after is not None and (before is None or (after > before) == keyword.startswith("min"))
            yield _moved(old, new, where, keyword, tightened)
    if applies("multipleOf", shared) and key_of(old.get("multipleOf")) != key_of(new.get("multipleOf")):
        yield _moved(old, new, where, "multipleOf", not _divides(new.get("multipleOf"), old.get("multipleOf")))
    if applies("uniqueItems", shared) and old.get("uniqueItems") != new.get("uniqueItems"):
        now = "no longer" if new.get("uniqueItems") is None else "now"
        rule = rules.BOUND_LOOSENED if now == "no longer" else rules.BOUND_TIGHTENED
        yield _keyword(rule, f"the items of {name(where)} must {now} be unique", old, new, "uniqueItems")
    for keyword, rule in _WORDS.items():
        before, after = old.get(keyword), new.get(keyword)
        if applies(keyword, shared) and before != after:
            said, gone = (None if value is None else shortened(str(value)) for value in (after, before))
            message = f"{keyword}{of(where)} changed from {gone} to {said}"
            if before is None:
                message = f"{name(where)} must now have the {keyword} {said}"
            elif after is None:
                message = f"{name(where)} need no longer have the {keyword} {gone}"
            yield _keyword(rule, message, old, new, keyword)


def _keyword(rule: Rule, message: str, old: View, new: View, keyword: str) -> Difference:
    after = new.get(keyword)
    edit = Edit(old.where(keyword), "drop") if after is None else Edit(old.where(keyword), "set", after)
    alone = only(keyword in old.keywords, keyword in new.keywords)
    return Difference(rule, message, old.where(keyword), new.where(keyword), (edit,), alone)


def _moved(old: View, new: View, where: str, keyword: str, tightened: bool) -> Difference:
    before, after = old.get(keyword), new.get(keyword)
    rule = rules.BOUND_TIGHTENED if tightened else rules.BOUND_LOOSENED
    if before is None:
        message = f"{name(where)} now has a limit: {keyword} {shown(after)}"
    elif after is None:
        message = f"{keyword}{of(where)}, which was {shown(before)}, is gone"
    elif keyword == "multipleOf" or None in (_number(old, keyword), _number(new, keyword)):
        message = f"{keyword}{of(where)} changed from {shown(before)} to {shown(after)}"
    else:
        message = f"{keyword}{of(where)} {'rose' if after > before else 'fell'} from {shown(before)} to {shown(after)}"
    return _keyword(rule, message, old, new, keyword)


def _number(side: View, keyword: str) -> Any:
    value = side.get(keyword)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _divides(divisor: Any, number: Any) -> bool:
    """Is every multiple of `number` one of `divisor`?"""
    if divisor is None or number is None:
        return divisor is None
    from fractions import Fraction

    try:
        return (Fraction(str(number)) / Fraction(str(divisor))).denominator == 1
    except (ValueError, ZeroDivisionError):
        return False


def _bound(old: View, new: View, where: str, bound: str) -> Iterator[Difference]:
    """`minimum` and `exclusiveMinimum` are one bound, and so are their opposites."""
    exclusive = f"exclusive{bound.capitalize()}"
    before, after = _strongest(old, bound, exclusive), _strongest(new, bound, exclusive)
    if before == after:
        return
    if before and after and before[1] == after[1]:
        yield _moved(old, new, where, after[1], (after[0] > before[0]) == (bound == "minimum"))
        return
    if not (before and after):
        yield _moved(old, new, where, (before or after or (0, bound))[1], bool(after))
        return
    if before[0] == after[0]:
        tightened = after[1] == exclusive
    else:
        tightened = (after[0] > before[0]) == (bound == "minimum")
    rule = rules.BOUND_TIGHTENED if tightened else rules.BOUND_LOOSENED
    message = f"the {bound}{of(where)} is now {_limit(after)}, was {_limit(before)}"
    drops = [Edit(old.where(word), "drop") for word in (bound, exclusive) if word in old.keywords]
    parent = old.where(before[1])[:-1]
    edits = (*(edit for edit in drops if edit.path != (*parent, after[1])), Edit((*parent, after[1]), "set", after[0]))
    yield Difference(rule, message, old.where(before[1]), new.where(after[1]), edits)


def _strongest(side: View, bound: str, exclusive: str) -> tuple[Any, str] | None:
    found = [(value, word) for word in (bound, exclusive) if (value := _number(side, word)) is not None]
    if len(found) < 2:
        return found[0] if found else None
    stronger = found[0][0] > found[1][0] if bound == "minimum" else found[0][0] < found[1][0]
    return found[0] if stronger else found[1]


def _limit(found: tuple[Any, str]) -> str:
    return f"{shown(found[0])}{', exclusive' if found[1].startswith('exclusive') else ''}"


def _values(old: View, new: View, where: str) -> Iterator[Difference]:
    """Types and lists of values: where one version lists values and the other does not, that is one difference."""
    before, after = _listed(old), _listed(new)
    if before is None or after is None or ("enum" not in old.keywords and "enum" not in new.keywords):
        if old.values is None and new.values is None:
            yield from _types(old, new, where)
        elif new.values is not None:
            yield from _limited(old, new, where)
        elif old.values is not None:
            kind = types(new.types) if "type" in new.keywords else "any value"
            message = f"{name(where)} may now be {kind}, no longer only {choice(old.values)}"
            edits = [Edit(old.where("enum"), "drop")]
            if new.get("type") is not None:
                edits.append(Edit((*old.where("enum")[:-1], "type"), "set", new.get("type")))
            kept = all(any(is_of_type(value, word) for word in new.types) for value in old.values)
            rule = rules.ENUM_WIDENED if kept else rules.TYPE_CHANGED
            alone = only(True, "type" in new.keywords)
            yield Difference(rule, message, old.where("enum"), new.where("type"), tuple(edits), alone)
        return
    known, wanted = {key_of(value) for value in before}, {key_of(value) for value in after}
    gone = [value for value in before if key_of(value) not in wanted]
    fresh = [value for value in after if key_of(value) not in known]
    if not gone and not fresh:
        return
    path = old.where("enum")
    sites = (
        old.where("enum" if "enum" in old.keywords else "type"),
        new.where("enum" if "enum" in new.keywords else "type"),
    )
    # true, false and null, allowed by their type, become a list before something leaves it or joins it.
    listing = (Edit(old.where("type"), "drop"), Edit(path, "set", before)) if "enum" not in old.keywords else ()
    if len(before) == len(after) == 1:
        message = f"{name(where)} must now be {shown(after[0])}, was {shown(before[0])}"
        yield Difference(rules.CONST_CHANGED, message, *sites, (*listing, *value_edits(old, before, after)))
        return
    if gone:
        verb = "are" if len(gone) > 1 else "is"
        message = f"{listed(map(shown, gone))} {verb} no longer allowed for {name(where)} (was {choice(before)})"
        yield Difference(rules.ENUM_NARROWED, message, *sites, (*listing, *value_edits(old, gone, ())))
    if fresh:
        verb = "are" if len(fresh) > 1 else "is"
        message = f"{listed(map(shown, fresh))} {verb} now allowed for {name(where)}"
        yield Difference(rules.ENUM_WIDENED, message, *sites, (*listing, *value_edits(old, (), fresh)))


def _listed(side: View) -> list[Any] | None:
    """The values allowed, also where a type says as much as a list: null, true and false."""
    if side.values is not None:
        return side.values
    finite: dict[str, list[Any]] = {"null": [None], "boolean": [False, True]}
    said = side.get("type")
    if not isinstance(said, list) or not said or any(word not in finite for word in said):
        return None
    return [value for word in said for value in finite[word]]


def _limited(old: View, new: View, where: str) -> Iterator[Difference]:
    """A list of values where there was none."""
    values: list[Any] = new.get("enum")
    within = all(any(is_of_type(value, word) for word in old.types) for value in values)
    message = f"{name(where)} must now be {choice(values)}"
    if old.get("type") is not None:
        message += f", was {types(old.types)}"
    edits = [Edit((*old.path, "enum"), "set", values)]
    if "type" in old.keywords:
        edits.append(Edit(old.where("type"), "drop"))
    rule = rules.ENUM_NARROWED if within else rules.TYPE_CHANGED
    alone = only("type" in old.keywords, True)
    yield Difference(rule, message, old.where("type"), new.where("enum"), tuple(edits), alone)


def _types(old: View, new: View, where: str) -> Iterator[Difference]:
    gone, fresh = (old.types - new.types, new.types - old.types)
    if "number" in new.types:
        gone -= {"integer"}
    if "number" in old.types:
        fresh -= {"integer"}
    if not gone and not fresh:
        return
    subject = name(where)
    if gone == {"number"} and "integer" in new.types and not fresh:
        rule, message = rules.TYPE_NARROWED, f"{subject} must now be a whole number"
    elif fresh == {"number"} and "integer" in old.types and not gone:
        rule, message = rules.TYPE_WIDENED, f"{subject} need no longer be a whole number"
    elif gone and fresh:
        rule, message = rules.TYPE_CHANGED, f"{subject} is now {types(new.types)}, was {types(old.types)}"
    elif gone:
        was_any = old.types == EVERY_TYPE
        message = (
            f"{subject} must now be {types(new.types)}" if was_any else f"{subject} may no longer be {types(gone)}"
        )
        rule = rules.TYPE_NARROWED
    else:
        is_any = new.types == EVERY_TYPE
        message = f"{subject} may now be of any type" if is_any else f"{subject} may now also be {types(fresh)}"
        rule = rules.TYPE_WIDENED
    alone = only("type" in old.keywords, "type" in new.keywords)
    yield Difference(rule, message, old.where("type"), new.where("type"), type_edits(old, new), alone)
