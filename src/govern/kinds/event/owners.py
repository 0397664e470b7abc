"""Whom does CODEOWNERS ask about a file? The last pattern that matches says so; one without owners asks nobody.

GitHub and GitLab read the same file. In GitLab's, sections count each for themselves, and give their entries owners.
"""

import re
from typing import NamedTuple

from govern.model.glob import matcher
from govern.model.pattern import pattern

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")  # the first that there is counts

_SECTION = pattern(r"\^?\[([^\]]*)\](?:\[\d+\])?(.*)")
_SPECIAL = pattern(r"[{}\[\]]")


class Entry(NamedTuple):
    """A line of the file: what it covers, and whether it names anybody."""

    section: str
    covers: re.Pattern[str]
    is_owned: bool


def entries(text: str) -> list[Entry]:
    """What the file says, in its order."""
    result, section, has_default = [], "", False
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        heading = _SECTION.match(line)
        if heading:
            section, has_default = heading[1].strip().lower(), bool(_owners(heading[2]))
            continue
        covered, *rest = re.split(r"[ \t]+", line.replace("\\ ", "\0"), maxsplit=1)
        is_named = bool(_owners(rest[0])) if rest else False
        result.append(Entry(section, _matcher(covered.replace("\0", " ")), is_named or has_default))
    return result


def is_owned(path: str, known: list[Entry]) -> bool:
    """Has a file an owner?

    >>> known = entries("* @all\\n/docs/\\n/schemas/event/ @events")
    >>> [is_owned(path, known) for path in ("a.py", "docs/a.md", "schemas/event/a/1.0.0.json")]
    [True, False, True]
    """
    last = {entry.section: entry.is_owned for entry in known if entry.covers.match(path)}
    return any(last.values())


def _owners(text: str) -> list[str]:
    return text.partition("#")[0].split()


def _matcher(covered: str) -> re.Pattern[str]:
    # no groups and no alternatives here; what names a folder covers all below it, but `docs/*` only its files
    covered = _SPECIAL.sub(r"\\\g<0>", covered.removeprefix("\\"))
    last = covered.rstrip("/").rpartition("/")[2]
    below = [] if "*" in last or covered.endswith("/") else [f"{covered}/**" if "/" in covered else f"**/{covered}/**"]
    return matcher([covered, *below])
