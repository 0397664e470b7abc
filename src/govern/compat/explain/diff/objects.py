"""How has what an object may hold changed: its properties, which it must have, and what they ask of one another?"""

from collections.abc import Iterator

from govern.compat.explain import change_rules as rules
from govern.compat.explain.diff.edits import Difference, Edit, only
from govern.compat.explain.diff.phrases import below, inner, listed, of, shown
from govern.compat.explain.diff.versions import Pair, Step, Versions
from govern.compat.explain.diff.view import View
from govern.model.location import Path


def properties(versions: Versions, old: View, new: View, where: str) -> Iterator[Step]:
    """Which properties are declared, and which must be there."""
    gone = [word for word in old.properties if word not in new.properties]
    heirs = _heirs(versions, old, new) if gone else {}
    for word, place in old.properties.items():
        if word in new.properties:
            yield Pair(place, new.properties[word], inner(where, word))
        else:
            yield _removed(old, new, where, word, heirs.get(versions.old.fingerprints.of(place), []))
    for word, place in new.properties.items():
        if word not in old.properties and (word not in new.required or word in old.required):
            edit = Edit((*_list(old, "properties"), word), "set", versions.graft(place))
            message = f"property {shown(word)}{of(where)} is new"
            yield Difference(rules.PROPERTY_ADDED, message, edit.path, place, (edit,), "new")
    yield from _required(versions, old, new, where)
    for pattern, place in old.patterns.items():
        if pattern in new.patterns:
            yield Pair(place, new.patterns[pattern], below(where, f"/{pattern}/"))
        else:
            message = f"properties{of(where)} that match {pattern} are no longer declared"
            there = (*_list(new, "patternProperties"), pattern)
            yield Difference(rules.PROPERTY_REMOVED, message, place, there, (Edit(place, "drop"),), "old")
    for pattern, place in new.patterns.items():
        if pattern not in old.patterns:
            edit = Edit((*_list(old, "patternProperties"), pattern), "set", versions.graft(place))
            message = f"properties{of(where)} that match {pattern} are now declared"
            yield Difference(rules.PROPERTY_ADDED, message, edit.path, place, (edit,), "new")


def _list(side: View, keyword: str) -> Path:
    """Where a version declares its properties, or would."""
    named = {"properties": side.properties, "patternProperties": side.patterns}.get(keyword)
    if named:
        return next(iter(named.values()))[:-1]
    if keyword == "required" and side.required:
        return next(iter(side.required.values()))
    if keyword != "required" and "additionalProperties" in side.keywords:  # which knows only its own neighbours
        return (*side.where("additionalProperties")[:-1], keyword)
    return (*side.path, keyword)


def _heirs(versions: Versions, old: View, new: View) -> dict[str, list[str]]:
    """The names of new properties by what they say."""
    heirs: dict[str, list[str]] = {}
    for word, place in new.properties.items():
        if word not in old.properties and not versions.new.views.at(place).is_open:
            heirs.setdefault(versions.new.fingerprints.of(place), []).append(word)
    return heirs


def _removed(old: View, new: View, where: str, word: str, heirs: list[str]) -> Difference:
    place = old.properties[word]
    edits = [Edit(place, "drop")]
    if word in old.required and word not in new.required:
        edits.append(Edit(old.required[word], "without", [word]))
    note = f"it looks renamed to {shown(heirs[0])}" if len(heirs) == 1 else None
    message = f"property {shown(word)}{of(where)} is gone"
    there = (*_list(new, "properties"), word)
    return Difference(rules.PROPERTY_REMOVED, message, place, there, tuple(edits), "old", note)


def _required(versions: Versions, old: View, new: View, where: str) -> Iterator[Step]:
    for word in new.required:
        if word in old.required:
            continue
        edits = [Edit(_list(old, "required"), "with", [word])]
        place = new.properties.get(word)
        known = old.properties.get(word)
        said = "is now required"
        note = None
        if place:
            default = versions.new.views.at(place).keywords.get("default")
            if default:
                note = f"readers can put its default, {shown(default.value)}, where it is missing"
            if not known:
                said = "is new and required"
                edits.append(Edit((*_list(old, "properties"), word), "set", versions.graft(place)))
        message = f"property {shown(word)}{of(where)} {said}"
        sites = (known or (*_list(old, "properties"), word), place or (*_list(new, "properties"), word))
        yield Difference(rules.PROPERTY_REQUIRED, message, *sites, tuple(edits), only(known, place), note)
    for word, path in old.required.items():
        if word not in new.required and (word in new.properties or word not in old.properties):
            message = f"property {shown(word)}{of(where)} is no longer required"
            known, place = old.properties.get(word), new.properties.get(word)
            sites = (known or (*_list(old, "properties"), word), place or (*_list(new, "properties"), word))
            edit = Edit(path, "without", [word])
            yield Difference(rules.PROPERTY_OPTIONAL, message, *sites, (edit,), only(known, place))


def dependencies(versions: Versions, old: View, new: View, where: str) -> Iterator[Step]:
    """What the presence of a property asks for."""
    before, after = old.get("dependentRequired"), new.get("dependentRequired")
    before, after = (value if isinstance(value, dict) else {} for value in (before, after))
    for word in sorted(before.keys() | after.keys()):
        known, wanted = (set(map(str, value.get(word, ()))) for value in (before, after))
        if known == wanted:
            continue
        said = [f"now needs {listed(map(shown, sorted(wanted - known)))}"] * bool(wanted - known)
        said += [f"no longer needs {listed(map(shown, sorted(known - wanted)))}"] * bool(known - wanted)
        message = f"property {shown(word)}{of(where)} {' and '.join(said)} beside it"
        place = (*old.where("dependentRequired"), word)
        edit = Edit(place, "set", sorted(wanted)) if word in after else Edit(place, "drop")
        there = (*new.where("dependentRequired"), word)
        yield Difference(rules.DEPENDENCY_CHANGED, message, place, there, (edit,), only(word in before, word in after))
    before, after = old.get("dependentSchemas"), new.get("dependentSchemas")
    before, after = (value if isinstance(value, dict) else {} for value in (before, after))
    for word in sorted(before.keys() | after.keys()):
        place, there = (*old.where("dependentSchemas"), word), (*new.where("dependentSchemas"), word)
        if word in before and word in after:
            yield Pair(place, there, where)
            continue
        now = "now asks" if word in after else "no longer asks"
        message = f"property {shown(word)}{of(where)} {now} something of the whole object"
        edit = Edit(place, "set", versions.graft(there)) if word in after else Edit(place, "drop")
        yield Difference(rules.DEPENDENCY_CHANGED, message, place, there, (edit,), only(word in before, word in after))
