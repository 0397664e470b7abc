"""How has a part of a value changed: the items of an array, or the properties that nothing declares?"""

from collections.abc import Iterator

from govern.compat.explain import change_rules as rules
from govern.compat.explain.diff.align import Side
from govern.compat.explain.diff.edits import Difference, Edit, only
from govern.compat.explain.diff.phrases import below, choice, name, of, types
from govern.compat.explain.diff.versions import Pair, Step, Versions
from govern.compat.explain.diff.view import Found, View

# Keywords that hold one subschema, absent where it would admit everything.
PARTS = {
    "additionalProperties": ("undeclared properties", "*"),
    "unevaluatedProperties": ("undeclared properties", "*"),
    "propertyNames": ("property names", "(name)"),
    "items": ("items", "[]"),
    "unevaluatedItems": ("further items", "[]"),
    "contains": ("the item that must be there", "[]"),
}


def tuples(versions: Versions, old: View, new: View, where: str) -> Iterator[Step]:
    """Items that are described one by one."""
    before, after = old.count("prefixItems"), new.count("prefixItems")
    place, there = old.where("prefixItems"), new.where("prefixItems")
    for index in range(min(before, after)):
        yield Pair((*place, index), (*there, index), f"{where}[{index}]")
    for index in range(before, after):
        grafted = versions.graft((*there, index))
        message = f"item {index + 1} of {name(where)} is now described by itself"
        edits = (Edit(place, "more", [grafted]),)
        yield Difference(rules.ITEMS_CHANGED, message, (*place, index), (*there, index), edits, "new")
    if before > after:
        message = f"item {after + 1} of {name(where)} and later ones are no longer described by themselves"
        edits = (Edit(place, "cut", after),)
        yield Difference(rules.ITEMS_CHANGED, message, (*place, after), (*there, after), edits, "old")


def part(versions: Versions, old: View, new: View, where: str, keyword: str) -> Iterator[Step]:
    """What one of `PARTS` asks for."""
    known, said = old.keywords.get(keyword), new.keywords.get(keyword)
    what, suffix = PARTS[keyword]
    if not known and not said:
        return
    before, after = _room(versions.old, known), _room(versions.new, said)
    if known and said and before == after:
        yield Pair(known.path, said.path, below(where, suffix))
        return
    tightened = after < before
    if keyword == "contains":
        tightened = said is not None
        message = f"{name(where)} must {'now' if said else 'no longer'} contain an item of a form of its own"
    else:
        message = f"{what}{of(where)} are {_now(before, after, bool(said))}"
        if said and message.endswith("limited"):
            message += _to(versions.new.views.at(said.path))
    if keyword in ("items", "unevaluatedItems"):
        rule = rules.ITEMS_CHANGED
    elif keyword == "contains":
        rule = rules.BOUND_TIGHTENED if tightened else rules.BOUND_LOOSENED
    else:
        rule = rules.PROPERTY_CLOSED if tightened else rules.PROPERTY_OPENED
    place = old.where(keyword)
    edit = Edit(place, "set", versions.graft(said.path)) if said else Edit(place, "drop")
    yield Difference(rule, message, place, new.where(keyword), (edit,), only(known, said))


def _to(limited: View) -> str:
    """What each of the parts must be, where that is said in a word."""
    if limited.values is not None:
        return f": each must be {choice(limited.values)}"
    return f": each must be {types(limited.types)}" if "type" in limited.keywords else ""


NOTHING, SOMETHING, EVERYTHING = range(3)


def _room(side: Side, found: Found | None) -> int:
    """How much a part may be."""
    seen = side.views.at(found.path) if found else None
    if seen is None or seen.is_open:
        return EVERYTHING
    return NOTHING if seen.admits_nothing else SOMETHING


def _now(before: int, after: int, said: bool) -> str:
    """What has become of the parts that a subschema speaks of. It matters that they are allowed by word: what a
    writer may add without declaring it depends on that.
    """
    if after == NOTHING:
        return "no longer allowed"
    if before == NOTHING:
        return "now allowed" if after == EVERYTHING else "now allowed within limits"
    if before == after:
        return "now allowed by word" if said else "no longer allowed by word"
    return "no longer limited" if after == EVERYTHING else "now limited"
