"""What differs between two versions of a schema, place by place? Which of it breaks somebody is not asked here.

Both are walked in parallel, through references. A definition that both share is looked at once, at its own place.
"""

from collections import deque
from collections.abc import Iterator

from govern.compat.explain import change_rules as rules
from govern.compat.explain.diff import limits, parts
from govern.compat.explain.diff.align import side
from govern.compat.explain.diff.bundle import Bundle
from govern.compat.explain.diff.conditions import conditions, others
from govern.compat.explain.diff.edits import Difference, Edit, only
from govern.compat.explain.diff.forms import alternatives, forms
from govern.compat.explain.diff.objects import dependencies, properties
from govern.compat.explain.diff.phrases import name, of
from govern.compat.explain.diff.versions import Pair, Step, Versions
from govern.compat.explain.diff.view import FORM_NOTES, View
from govern.compat.explain.diff.vocabulary import key_of

MAX_PAIRS = 20_000  # places compared; the largest published schemas have half of that

# All keywords that are compared by what they mean; the others only by what they say.
_KNOWN = limits.KEYWORDS | parts.PARTS.keys()
_KNOWN |= {"anyOf", "oneOf", "not", "if", "then", "else", "prefixItems", "dependentRequired", "dependentSchemas"}


def differences(old: Bundle, new: Bundle) -> list[Difference]:
    """Every difference, each once, in the order of the walk. Places are paths in the bundles."""
    versions = Versions(side(old), side(new))
    unique: dict[str, Difference] = {}
    for item in _walk(versions):
        unique.setdefault(repr((item.rule.id, item.old, item.new, item.edits)), item)
    return list(unique.values())


def _walk(versions: Versions) -> Iterator[Difference]:
    pending = deque([Pair((), (), "")])
    seen = {pending[0].key}
    while pending:
        pair = pending.popleft()
        old, new = versions.old.views.at(pair.old), versions.new.views.at(pair.new)
        for step in _compared(versions, old, new, pair.where):
            if isinstance(step, Difference):
                yield pair.whole if pair.whole and step.rule is not rules.ANNOTATION_CHANGED else step
                continue
            step = step._replace(whole=pair.whole or step.whole)
            if step.key not in seen and len(seen) < MAX_PAIRS:
                seen.add(step.key)
                pending.append(step)


def _compared(versions: Versions, old: View, new: View, where: str) -> Iterator[Step]:
    yield from _annotations(old, new, where)
    if old.admits_nothing or new.admits_nothing:
        if old.admits_nothing != new.admits_nothing:
            rule = rules.TYPE_NARROWED if new.admits_nothing else rules.TYPE_WIDENED
            message = f"{name(where)} may {'no longer' if new.admits_nothing else 'now'} stand here"
            yield Difference(rule, message, old.path, new.path, (Edit(old.path, "set", versions.graft(new.path)),))
        return
    unlike = alternatives(versions, old, new, where)
    if unlike is not None:
        yield from unlike
        return
    shared = limits.shared_types(old, new)
    for difference in limits.limits(old, new, where):
        if difference.rule in limits.TYPE_RULES:
            difference = difference._replace(edits=(*difference.edits, *_brought(versions, old, new, shared)))
        yield difference
    if "object" in shared:
        yield from properties(versions, old, new, where)
        yield from dependencies(versions, old, new, where)
    if "array" in shared:
        yield from parts.tuples(versions, old, new, where)
    for keyword in parts.PARTS:
        if limits.applies(keyword, shared):
            yield from parts.part(versions, old, new, where, keyword)
    for keyword in ("anyOf", "oneOf"):
        yield from forms(versions, old, new, where, keyword)
    yield from conditions(versions, old, new, where)
    yield from others(versions, old, new, where, _KNOWN)


def _brought(versions: Versions, old: View, new: View, shared: frozenset[str]) -> Iterator[Edit]:
    """What the new version asks of the types that only it allows: it comes with them."""
    for word, found in new.assertions.items():
        if not limits.applies(word, shared):
            yield Edit((*old.path, word), "set", versions.grafted(word, found.path))
    if "object" not in shared:
        for word, named in (("properties", new.properties), ("patternProperties", new.patterns)):
            if named:
                yield Edit((*old.path, word), "set", {name: versions.graft(path) for name, path in named.items()})
        if new.required:
            yield Edit((*old.path, "required"), "set", sorted(new.required))


def _annotations(old: View, new: View, where: str) -> Iterator[Difference]:
    before, after = old.annotations, new.annotations
    for word in sorted(before.keys() | after.keys()):
        known, said = before.get(word), after.get(word)
        if known and said and key_of(known.value) == key_of(said.value):
            continue
        what = "what is said of the forms" if word == FORM_NOTES else word
        how = "changed" if known and said else "was added" if said else "was removed"
        message = f"{what}{of(where)} {how}"
        alone = only(known, said)
        yield Difference(rules.ANNOTATION_CHANGED, message, old.where(word), new.where(word), only=alone)
