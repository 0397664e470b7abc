"""How have the conditions on a value changed: `not`, `if`, further subschemas, and what is not known here?"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from govern.compat.explain import change_rules as rules
from govern.compat.explain.diff.align import align, label
from govern.compat.explain.diff.edits import Difference, Edit, only
from govern.compat.explain.diff.phrases import name, of
from govern.compat.explain.diff.versions import Pair, Step, Versions
from govern.compat.explain.diff.view import View
from govern.compat.explain.diff.vocabulary import key_of
from govern.model.rule import Rule


def conditions(versions: Versions, old: View, new: View, where: str) -> Iterator[Step]:
    """`not`, `if`, and branches of `allOf` that say something for themselves."""
    for keyword in ("not", "if", "then", "else"):
        known, said = old.keywords.get(keyword), new.keywords.get(keyword)
        if not known and not said:
            continue
        how = "has changed" if known and said else "is new" if said else "is gone"
        if keyword == "not":
            rule, message = rules.NOT_CHANGED, f"what {name(where)} must not be {how}"
        else:
            rule, message = rules.CONDITION_CHANGED, f"a condition{of(where)} {how} ({keyword})"
        as_a_whole = whole(versions, old, new, keyword, rule, message)
        if not (known and said):
            yield as_a_whole
        else:
            yield Pair(known.path, said.path, where, as_a_whole if keyword in ("not", "if") else None)
    aligned = align(versions.old, versions.new, old.conditions, new.conditions)
    for pair in aligned.pairs:
        yield Pair(*pair, where)
    for path in aligned.removed:
        message = f"{name(where)} need no longer match {label(versions.old, path)} of allOf"
        edits = (Edit(path, "set", {}),)
        yield Difference(rules.CONDITION_CHANGED, message, path, (*new.path, "allOf"), edits, "old")
    for path in aligned.added:
        message = f"{name(where)} must now also match {label(versions.new, path)} of allOf"
        edits = (Edit((*old.path, "allOf"), "with", [versions.graft(path)]),)
        yield Difference(rules.CONDITION_CHANGED, message, (*old.path, "allOf"), path, edits, "new")


def whole(versions: Versions, old: View, new: View, keyword: str, rule: Rule, message: str) -> Difference:
    """A keyword that changes as a whole."""
    known, said = old.keywords.get(keyword), new.keywords.get(keyword)
    place = old.where(keyword)
    edit = Edit(place, "set", versions.graft(said.path)) if said else Edit(place, "drop")
    return Difference(rule, message, place, new.where(keyword), (edit,), only(known, said))


def others(versions: Versions, old: View, new: View, where: str, handled: AbstractSet[str]) -> Iterator[Step]:
    """Keywords that are compared by what they say only: references that lead nowhere, and those not known here."""
    before, after = old.assertions, new.assertions
    for word in sorted((before.keys() | after.keys()) - handled):
        known, said = before.get(word), after.get(word)
        if known and said and key_of(known.value) == key_of(said.value):
            continue
        how = "changed" if known and said else "was added" if said else "was removed"
        rule = rules.REFERENCE_CHANGED if word == "$ref" else rules.KEYWORD_CHANGED
        yield whole(versions, old, new, word, rule, f"{word}{of(where)} {how}")
