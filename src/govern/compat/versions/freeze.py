"""Is a published version of a schema still what it was?

The lock holds the SHA-256 of every frozen version: of its RFC 8785 form without annotations, so that a description may
be mended and white space may change, but nothing that judges a value.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from govern.compat.positions import meaning
from govern.model.document import Document
from govern.model.finding import Finding, canonical, found
from govern.model.rule import Rule
from govern.model.schema import Version, written

LOCK = "govern.lock.json"  # the lock's file name, directly in the `schemas/` folder whose versions it holds

FROZEN_EDITED = Rule(
    "schemas/frozen-edited",
    "error",
    "a frozen schema version says something else than when it was frozen",
    "Whoever pinned the version would be judged by another schema under the same number.",
)
FROZEN_MISSING = Rule(
    "schemas/frozen-missing",
    "error",
    "a frozen schema version is gone",
    "Documents and consumers that pinned it have nothing to be judged by.",
)
LOCK_MALFORMED = Rule(
    "schemas/lock-malformed",
    "error",
    "the lock of frozen versions cannot be read",
    "Without it no edit of a published version is noticed.",
)
RULES = (FROZEN_EDITED, FROZEN_MISSING, LOCK_MALFORMED)

_NAME = re.compile(r"[^@\s]+@(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class Published(NamedTuple):
    """One version of a subject, as the file that holds it."""

    subject: str
    version: Version
    document: Document

    @property
    def name(self) -> str:
        """How the lock names it: `event/order-placed@1.0.0`."""
        return f"{self.subject}@{written(self.version)}"


def fingerprint(contents: Any) -> str:
    """The SHA-256 of a schema's meaning, 64 hex digits.

    >>> fingerprint({"type": "string"}) == fingerprint({"title": "Name", "type": "string"})
    True
    >>> fingerprint({"type": "string"}) == fingerprint({"type": "string", "format": "date"})
    False
    """
    import rfc8785

    return hashlib.sha256(rfc8785.dumps(canonical(meaning(contents)))).hexdigest()


def check_lock(lock: Document) -> Iterator[Finding]:
    """What keeps the lock from being read."""
    yield from lock.reading.findings
    if not lock.reading.readable:
        return
    if not isinstance(lock.value, dict):
        yield found(LOCK_MALFORMED, lock.path, "the lock is no object of versions and their SHA-256", span=lock.span())
        return
    for name, digest in lock.value.items():
        if not _NAME.match(name):
            message = f"{json.dumps(name)} is no version of a subject, such as event/order-placed@1.0.0"
            yield found(LOCK_MALFORMED, lock.path, message, span=lock.span((name,), key=True), at=(name,), about=name)
        elif not isinstance(digest, str) or not _DIGEST.match(digest):
            message = f"what is frozen as {name} is no SHA-256 of 64 hex digits"
            yield found(LOCK_MALFORMED, lock.path, message, span=lock.span((name,)), at=(name,))


def check_frozen(lock: Document, published: Iterable[Published]) -> Iterator[Finding]:
    """Where the versions are not what the lock says of them. The lock must be readable."""
    there = {version.name: version for version in published}
    for name, digest in lock.value.items():
        version = there.get(name)
        if version is None:
            yield found(
                FROZEN_MISSING,
                lock.path,
                f"{name} is frozen, but there is no such file",
                span=lock.span((name,), key=True),
                at=(name,),
                hint="bring the file back; consumers may pin any version that was published",
                about=name,
            )
        elif version.document.reading.readable and fingerprint(version.document.value) != digest:
            at = ("$id",)
            yield found(
                FROZEN_EDITED,
                version.document.path,
                f"{name} is frozen, and was edited beyond its annotations",
                span=version.document.span(at),
                at=at,
                hint=f"undo the edit and publish it as a new version; {lock.path} holds what was frozen",
                about=name,
            )


def frozen(lock: Mapping[str, str], published: Iterable[Published]) -> dict[str, str]:
    """The lock with these versions added; what it holds already stays as it is. Sorted by subject and version."""
    result = {version.name: fingerprint(version.document.value) for version in published} | dict(lock)
    return {name: result[name] for name in sorted(result, key=_order)}


def text(lock: Mapping[str, str]) -> str:
    """The lock as its file holds it: one line for each version, so that branches merge."""
    return json.dumps(lock, indent=2, ensure_ascii=False) + "\n"


def unfrozen(lock: Mapping[str, str], published: Iterable[Published]) -> list[Published]:
    """The versions that the lock does not hold."""
    held: Collection[str] = lock.keys()
    return [version for version in published if version.name not in held]


def _order(name: str) -> tuple[str, list[int]]:
    subject, _, version = name.rpartition("@")
    return subject, [int(number) for number in version.split(".")]
