"""One mistake, before it is a finding."""

from typing import NamedTuple

from govern.judging import rules
from govern.model.location import Path
from govern.model.rule import Rule


class Trouble(NamedTuple):
    """One mistake. `proposal` is what it may have been meant to be: a new value, or with `at_key` a new key.

    `key` is the key that is missing, where one is.
    """

    path: Path
    rule: Rule
    message: str
    at_key: bool = False
    hint: str | None = None
    proposal: str | None = None
    key: str | None = None

    @property
    def renames(self) -> bool:
        """Is the proposal a new key?"""
        return self.at_key and self.rule in (rules.UNKNOWN_KEY, rules.MISSING_KEY)
