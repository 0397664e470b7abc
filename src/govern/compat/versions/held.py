"""Which files are schemas, and what does a path say of the schema in it?

Every run of `govern compat` asks this, the one that finds nothing to do among them: so this module imports little.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from govern.model.pattern import pattern
from govern.model.schema import Version, written

_EXACT = pattern(r"([a-z][a-z0-9-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*)/(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\.json\Z")
_TEMPLATE = pattern(
    r"([a-z][a-z0-9-]*/templates/[A-Za-z0-9][A-Za-z0-9_-]*)/(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)[./]template\.yaml\Z"
)
_RESERVED = frozenset({"templates", "migrations", "examples"})
_BY_NAME = pattern(r"(.*?)(?:\.v(0|[1-9]\d{0,5}))?\.schema\.json\Z", re.DOTALL)
_VERSION = pattern(r"(?:.*/)?\d+\.\d+\.\d+\.json\Z", re.DOTALL)


MANIFEST = "template.yaml"


class Held(NamedTuple):
    """A schema file, or the manifest of a template, and what its path says: the subject and the version.

    `exact` is True for `<subject>/<major>.<minor>.<patch>.json`, which never changes once it is published.
    `<name>.v<N>.schema.json` counts as major N, `<name>.schema.json` has no version at all; both change in place.
    """

    path: str
    subject: str
    version: Version | None
    exact: bool

    @property
    def name(self) -> str:
        """How people and reports name it: `event/order-placed@1.2.0`, `contracts/order@v2`, `contracts/order`."""
        if self.version is None:
            return self.subject
        return f"{self.subject}@{written(self.version)}" if self.exact else f"{self.subject}@v{self.version[0]}"

    @property
    def is_template(self) -> bool:
        """Is this the manifest of a template, whose holes are what is compared?"""
        return self.path.endswith(MANIFEST)

    @property
    def major(self) -> int:
        """A file without a version is what would be called version 1 if there were others."""
        return 1 if self.version is None else self.version[0]

    @property
    def rank(self) -> Version:
        return self.version or (0, 0, 0)


def held(path: str, shelves: Iterable[str]) -> Held | None:
    """What a path says; None if it is no schema file. `shelves` are the `schemas/` folders, "" for the root.

    >>> held("schemas/event/order-placed/1.2.0.json", ["schemas"]).name
    'event/order-placed@1.2.0'
    >>> held("contracts/order.v2.schema.json", ["schemas"]).name, held("docs/1.2.0.json", ["schemas"])
    ('contracts/order@v2', None)
    """
    for shelf in shelves:
        prefix = shelf + "/" if shelf else ""
        match = _EXACT.match(path[len(prefix) :]) if path.startswith(prefix) else None
        if match and _RESERVED.intersection(match[1].split("/")):
            match = None
        elif match is None and path.startswith(prefix) and path.endswith(MANIFEST):
            match = _TEMPLATE.match(path[len(prefix) :])
        if match:
            return Held(path, match[1], (int(match[2]), int(match[3]), int(match[4])), True)
    match = _BY_NAME.match(path)
    if match is None or not match[1] or match[1].endswith("/"):
        return None
    return Held(path, match[1], (int(match[2]), 0, 0) if match[2] else None, False)


def may_be_held(path: str, shelves: Iterable[str]) -> bool:
    """Is a file a schema, or was it one when other folders than these held schemas?

    >>> may_be_held("old/order/1.0.0.json", ["schemas"]), may_be_held("package.json", ["schemas"])
    (True, False)
    """
    return held(path, shelves) is not None or _VERSION.match(path) is not None
