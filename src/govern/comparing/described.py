"""Who must not break, by the descriptor that lies beside the schemas of an event?"""

from collections.abc import Mapping
from typing import Any, get_args

from govern.model.change import Mode
from govern.model.glob import matcher
from govern.registry import Registry
from govern.workspace.library import DESCRIPTOR


def described_mode(registry: Registry, subject: str) -> Mode | None:
    """The mode that a descriptor names; None where there is none, where it does not say, or says that anybody may
    break.
    """
    word = _compatibility(registry, subject)
    return word if word in get_args(Mode) else None


def is_unbound(registry: Registry, table: Mapping[str, Any], subject: str) -> bool:
    """Does a descriptor say that anybody may break, and `[compat.subjects]` nothing of the subject?"""
    told = any(matcher([glob]).match(subject) for glob in table.get("subjects", {}))
    return not told and _compatibility(registry, subject) == "none"


def _compatibility(registry: Registry, subject: str) -> Any:
    document = registry.beside(subject, DESCRIPTOR)
    word = document.value.get("compatibility") if document and isinstance(document.value, dict) else None
    return word.lower().replace("_", "-") if isinstance(word, str) else None
