"""Which versions has a subject, which of them are to be compared, and does each number keep what it promises?

A number promises: a patch admits what its predecessor admits, a minor breaks nobody under the subject's mode, a major
may do anything.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from govern.compat.versions.freeze import Published, fingerprint
from govern.compat.versions.held import Held
from govern.model.change import Bump, Comparison, Mode
from govern.model.finding import Finding, found
from govern.model.rule import Rule
from govern.model.schema import Version, written
from govern.model.verdict import Breaking, Compatible, Direction, Verdict

_FOR_CONSUMERS = "Whoever wrote or reads data by the old version fails on the new one, later and further away."

BREAKING = Rule("compat/breaking", "error", "a new version of a schema breaks its consumers", _FOR_CONSUMERS)
UNDECIDED = Rule(
    "compat/undecided",
    "error",
    "it cannot be told whether a new version of a schema breaks its consumers",
    "What is not shown to be harmless counts as a break.",
)
PUBLISHED_EDITED = Rule(
    "compat/published-edited",
    "error",
    "a version that is published already says something else now",
    "Two schemas under one number: nobody can tell which of them judged a document.",
)
SCHEMA_DELETED = Rule(
    "compat/schema-deleted",
    "error",
    "a schema that is published is gone",
    "Documents and consumers that name it have nothing to be judged by.",
)
VERSION_UNDERSTATED = Rule(
    "compat/version-understated",
    "error",
    "a version's number promises more than the schema keeps",
    "People upgrade within a major, and within a minor, without looking.",
)
VERSION_SKIPPED = Rule(
    "compat/version-skipped",
    "error",
    "a version has no predecessor",
    "A number was skipped or a version is gone; what changed in between cannot be seen.",
)
ID_MISMATCHED = Rule(
    "compat/id-mismatched",
    "error",
    "the $id of a schema says another version, or another subject, than its path",
    "References would lead to another schema than the one that stands at the place.",
)
DATA_BREAKS = Rule(
    "compat/data-breaks",
    "error",
    "a document that the old version admits is refused by the new one",
    "The verdict rests on an assumption about what producers send; here is one who does otherwise.",
)
OLD_UNREADABLE = Rule(
    "compat/old-unreadable",
    "warning",
    "the old version of a schema cannot be read, so there is nothing to compare",
    "Nobody can have been judged by it, so nobody breaks; it is said because nothing else is.",
)
OLD_UNUSABLE = Rule(
    "compat/old-unusable",
    "error",
    "the old version of a schema breaks its meta-schema, so nothing was compared",
    "Validators that do not look may have judged by it all the same; accept the change if nobody did.",
)
RULES = (
    BREAKING,
    UNDECIDED,
    PUBLISHED_EDITED,
    SCHEMA_DELETED,
    VERSION_UNDERSTATED,
    VERSION_SKIPPED,
    ID_MISMATCHED,
    DATA_BREAKS,
    OLD_UNREADABLE,
    OLD_UNUSABLE,
)

_NUMBER = re.compile(r"(?<![\d.])(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?![\d.]*\d)")
_ORDER: tuple[Bump, ...] = ("none", "patch", "minor", "major")


def pairs(old: Sequence[Held], new: Sequence[Held], *, transitive: bool = False) -> list[tuple[Held, Held]]:
    """What is to be compared of one subject: its files before and its files now, each ascending.

    The highest with the highest; every file with what it was itself; every version that was added with the highest one
    below it, in its own major if there is one. `transitive` holds the highest, and what was added, against all versions
    below within the major.
    """
    if not old or not new:
        return []
    result = [(old[-1], new[-1])]
    before = {file.version: file for file in old}
    for file in new:
        if file.version in before:
            result.append((before[file.version], file))
        elif below := [other for other in old if other.rank < file.rank]:
            result.append((below[-1], file))
    if transitive:
        for top in new:
            if top is new[-1] or top.version not in before:
                result += [(file, top) for file in old if file.major == top.major and file.rank < top.rank]
    return list(dict.fromkeys(result))


def has_risen(old: Held, new: Held) -> bool:
    """Does the new number allow a break?"""
    return new.version is not None and new.major > old.major


def actual_bump(old: Version, new: Version) -> Bump:
    """What lies between two numbers.

    >>> actual_bump((1, 2, 3), (1, 3, 0)), actual_bump((1, 2, 3), (1, 2, 3))
    ('minor', 'none')
    """
    if new <= old:
        return "none"
    return "major" if new[0] > old[0] else "minor" if new[1] > old[1] else "patch"


def raised(version: Version, bump: Bump) -> Version:
    """The next version.

    >>> raised((1, 2, 3), "minor")
    (1, 3, 0)
    """
    major, minor, patch = version
    following: dict[Bump, Version] = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
    }
    return following.get(bump, version)


def asked(mode: Mode) -> tuple[Direction, ...]:
    """The directions that a mode is about."""
    kind = mode.removesuffix("-transitive")
    return ("backward", "forward") if kind == "full" else ("forward",) if kind == "forward" else ("backward",)


def required_bump(old: Any, new: Any, verdicts: Iterable[Verdict | None], is_same_set: Callable[[], bool]) -> Bump:
    """What the number must at least do. `verdicts` are those of the directions that the mode asks for.

    `is_same_set` says whether the two, with all that they refer to, admit the same values strictly.
    """
    if any(not isinstance(verdict, Compatible) for verdict in verdicts if verdict is not None):
        return "major"
    if _text(old) == _text(new):
        return "none" if is_same_set() else "minor"
    return "patch" if is_same_set() else "minor"


def is_edited(old: Any, new: Any) -> bool:
    """Does a schema say something else now, annotations aside?"""
    return fingerprint(old) != fingerprint(new)


def is_short_of(bump: Bump, required: Bump) -> bool:
    """Does a number promise too much?"""
    return _ORDER.index(bump) < _ORDER.index(required)


def check_lineage(
    versions: Iterable[Published], compare: Callable[[Published, Published], Comparison]
) -> Iterator[Finding]:
    """What is wrong with the versions of some subjects: their order, and their numbers.

    `compare` compares two versions of a subject under its mode; it is asked once for each version but the first.
    """
    readable = (version for version in versions if version.document.reading.readable)
    for _, group in groupby(sorted(readable, key=lambda each: (each.subject, each.version)), lambda each: each.subject):
        members = list(group)
        for index, member in enumerate(members[1:], 1):
            yield from _successor(members[:index], member, compare)


def check_id(member: Published) -> Iterator[Finding]:
    """An `$id` that names another version than the path does, or in our own scheme another subject."""
    identifier = member.document.value.get("$id") if isinstance(member.document.value, dict) else None
    if not isinstance(identifier, str):
        return
    numbers = numbers_in(identifier)
    own = f"urn:govern:{member.name.replace('@', ':')}"
    wrong = identifier != own if identifier.startswith("urn:govern:") else numbers[-1:] not in ([], [_number(member)])
    if wrong:
        message = f"$id is {identifier}, but the path says {member.name}"
        right = own if identifier.startswith("urn:govern:") else with_number(identifier, numbers[-1], _number(member))
        yield _at_id(ID_MISMATCHED, member, message, f"write {right}")


def numbers_in(identifier: str) -> list[str]:
    """The versions that an `$id` names; the last one is the schema's own.

    >>> numbers_in("https://10.0.0.1/v2.0.0/order/1.0.0.json")
    ['2.0.0', '1.0.0']
    """
    return _NUMBER.findall(identifier)


def with_number(identifier: str, old: str, new: str) -> str:
    """An `$id` with another version in it; as it was where it names no version.

    >>> with_number("https://acme.example/order/1.0.0.json", "1.0.0", "1.1.0")
    'https://acme.example/order/1.1.0.json'
    """
    before, found_it, after = identifier.rpartition(old)
    return before + new + after if found_it else identifier


def _successor(
    earlier: Sequence[Published], member: Published, compare: Callable[[Published, Published], Comparison]
) -> Iterator[Finding]:
    major, minor, patch = member.version
    line = [other for other in earlier if other.version[:2] == (major, minor)]
    if patch and not any(other.version[2] == patch - 1 for other in line):
        missing = f"{major}.{minor}.{patch - 1}"
    elif not patch and minor and not any(other.version[:2] == (major, minor - 1) for other in earlier):
        missing = f"{major}.{minor - 1}.0"
    elif not patch and not minor and not any(other.version[0] == major - 1 for other in earlier):
        missing = f"{major - 1}.0.0"
    else:
        missing = ""
    if missing:
        message = f"{member.name} follows {written(earlier[-1].version)}, and there is no {missing}"
        yield _at_id(VERSION_SKIPPED, member, message, f"call it {missing}, or bring {missing} back")
    yield from understated(earlier[-1], member, compare(earlier[-1], member))


def settled(comparison: Comparison, accepted: Collection[str]) -> Comparison:
    """An explained comparison whose number need not rise if everything that breaks is among the accepted ids."""
    breaking = [change.id for change in comparison.changes if change.severity == "error" and change.breaks]
    if breaking and all(identity in accepted for identity in breaking):
        return comparison._replace(required_bump="none")
    return comparison


def understated(old: Published, new: Published, comparison: Comparison) -> Iterator[Finding]:
    """A number that promises more than the comparison with its predecessor allows."""
    if not is_short_of(actual_bump(old.version, new.version), comparison.required_bump):
        return
    number = written(raised(old.version, comparison.required_bump))
    verdicts = [getattr(comparison, direction) for direction in asked(comparison.mode)]
    breaking = [verdict for verdict in verdicts if isinstance(verdict, Breaking)]
    if breaking:
        why = f"breaks {_number(old)}: {json.dumps(breaking[0].witness, ensure_ascii=False)} is refused"
    elif comparison.required_bump == "major":
        why = f"may break {_number(old)}, which cannot be told"
    else:
        why = f"admits other values than {_number(old)}"
    message = f"{new.name} {why}; it must be called {number}"
    yield _at_id(VERSION_UNDERSTATED, new, message, "govern compat --bump writes it, as long as it is not published")


def _at_id(rule: Rule, member: Published, message: str, hint: str | None) -> Finding:
    at = ("$id",)
    return found(
        rule, member.document.path, message, span=member.document.span(at), at=at, hint=hint, about=member.name
    )


def _number(member: Published) -> str:
    return written(member.version)


def _text(contents: Any) -> str:
    """A schema in one line, without the name that differs in every version."""
    if isinstance(contents, dict) and ("$id" in contents or "id" in contents):
        contents = {key: value for key, value in contents.items() if key not in ("$id", "id")}
    return json.dumps(contents, ensure_ascii=False, sort_keys=True)
