"""Does what a file says still count once the later files of its project are merged over it?

Compose merges mappings key by key, appends lists, and lets a later value win. In `volumes`, `secrets` and `configs`
an item wins over an earlier one with the same target. `!reset` takes away what is at its place, `!override` replaces
it. Asked of what would be reported, and of nothing else: it takes reading the later files again to see their tags.
"""

from typing import Any

from govern.kinds.compose import mounts
from govern.kinds.compose.files import Files
from govern.kinds.compose.parts import sequence
from govern.kinds.compose.project import Member, Project
from govern.model.location import Path

_BY_TARGET = ("volumes", "secrets", "configs")


def in_force(files: Files, project: Project, member: Member, at: Path) -> bool:
    """Does the value at a place of one file reach the merged project?"""
    return not any(
        _is_replaced(member.value, later.value, at, later) or _is_reset(files, later, at)
        for later in project.after(member)
    )


def _is_reset(files: Files, later: Member, at: Path) -> bool:
    document = files.document(later.path)
    tags = document.reading.tags if document else {}
    return bool(tags) and any(tags.get(at[:length]) in ("!reset", "!override") for length in range(1, len(at) + 1))


def _is_replaced(old: Any, new: Any, at: Path, later: Member) -> bool:
    """Is there a later value for the very place that an earlier one has?"""
    for depth, step in enumerate(at):
        if isinstance(step, int):
            return depth == 3 and at[2] in _BY_TARGET and _same_target(str(at[2]), old, step, new, later)
        if not isinstance(old, dict) or not isinstance(new, dict) or new.get(step) is None:
            return False
        old, new = old.get(step), new[step]
    return not isinstance(new, (dict, list))


def _same_target(key: str, items: Any, index: int, later: Any, member: Member) -> bool:
    item = sequence(items)[index] if index < len(sequence(items)) else None
    target = _target(key, item, member)
    return target is not None and any(_target(key, other, member) == target for other in sequence(later))


def _target(key: str, item: Any, member: Member) -> str | None:
    """Where in the container an item of `volumes`, `secrets` or `configs` ends up."""
    if key == "volumes":
        mount = mounts.parse(item, member.variables)
        return mount.target.rstrip("/") if mount and mount.target else None
    if isinstance(item, dict):
        target = item.get("target", item.get("source"))
        return target if isinstance(target, str) else None
    return item if isinstance(item, str) else None
