"""Which schemas does somebody mean by a name? Every command asks this, so that a name means the same in all of them."""

from collections.abc import Iterable, Sequence

from govern.compat.versions.held import Held
from govern.model.glob import matcher
from govern.model.schema import written
from govern.model.spelling import nearest

LISTED = "`govern schemas list` shows what there is"  # what is said where no other name is near
_GLOB = frozenset("*?[{")


def is_meant(name: str, file: Held) -> bool:
    """Is a file among those that a name means: a subject, all subjects below a name, or a glob of subjects; each with a
    version or the start of one.

    >>> placed = Held("schemas/event/order-placed/1.2.0.json", "event/order-placed", (1, 2, 0), True)
    >>> [is_meant(name, placed) for name in ("event/order-placed", "event", "event/*", "event@1", "event/*@1.2.0")]
    [True, True, True, True, True]
    >>> [is_meant(name, placed) for name in ("event/order", "even", "task/*", "event@2", "event@1.2.1")]
    [False, False, False, False, False]
    """
    subject, _, version = name.rstrip("/").partition("@")
    return (not version or _is_within(version, file)) and is_subject(subject, file.subject)


def is_subject(name: str, subject: str) -> bool:
    """Is a subject one of those that a name without a version means?"""
    if f"{subject}/".startswith(f"{name}/"):
        return True
    return not _GLOB.isdisjoint(name) and matcher([name]).match(subject) is not None


def suggestion(name: str, files: Iterable[Held]) -> str | None:
    """What may have been meant by a name that means none of the files."""
    several = sorted(files, key=lambda file: file.rank)
    subject, at, version = name.partition("@")
    if at and (there_are := versions(file for file in several if is_subject(subject, file.subject))):
        return f"{subject} has no version {version}; there are {there_are}"
    near = nearest(subject, {file.subject for file in several})
    return f"did you mean {near[0]}{at}{version}?" if near else None


def versions(files: Iterable[Held]) -> str:
    """The versions of some files, in words; empty if they have none."""
    return ", ".join(dict.fromkeys(_number(file) for file in files if file.version))


def _is_within(version: str, file: Held) -> bool:
    numbers = version.removeprefix("v").split(".")
    known: Sequence[int] = file.version or ()
    return len(numbers) <= len(known) and [str(number) for number in known[: len(numbers)]] == numbers


def _number(file: Held) -> str:
    return written(file.rank) if file.exact else f"v{file.major}"
