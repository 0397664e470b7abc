"""Two versions of a schema side by side, and the next two subschemas to compare."""

from typing import Any, NamedTuple, TypeAlias

from govern.compat.explain.diff.align import Side
from govern.compat.explain.diff.edits import Difference, graft
from govern.model.location import Path


class Pair(NamedTuple):
    """Two subschemas that stand for each other, by their paths in the bundles; `where` names what they judge.

    Where only the whole of which they are a part can be said to change, as under `not`, `whole` is that difference.
    """

    old: Path
    new: Path
    where: str
    whole: Difference | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """The same for two pairs that lead to the same differences."""
        return (self.old, self.new, *((self.whole.old, self.whole.new) if self.whole else ()))


Step: TypeAlias = Difference | Pair


class Versions(NamedTuple):
    """Both versions."""

    old: Side
    new: Side

    def graft(self, path: Path) -> Any:
        """A subschema of the new version as it can stand in the old one."""
        return graft(self.new.bundle.at(path))

    def grafted(self, keyword: str, path: Path) -> Any:
        """The same for the value of a keyword, which may be a subschema, several, or none."""
        return graft({keyword: self.new.bundle.at(path)})[keyword]
