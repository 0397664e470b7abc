"""What an item of a service's `volumes` mounts: a path of the host, a named volume, or something of its own."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from govern.kinds.compose.interpolation import NOTHING, resolve
from govern.model.pattern import pattern

Kind: TypeAlias = Literal["bind", "volume", "other"]

_UNKNOWN = "\0"  # stands for what only the person who starts the project knows
_PARTS = pattern(r"(?:(?:(?<=:)|^)[A-Za-z]:(?=[\\/]))?[^:]+")


class Mount(NamedTuple):
    """What is mounted. `source` is None where there is none or nobody can tell.

    `made` says whether Compose makes a folder of a host path that is missing.
    """

    kind: Kind
    source: str | None
    target: str | None
    writable: bool
    made: bool


def parse(value: Any, variables: Mapping[str, str] = NOTHING) -> Mount | None:
    """What an item of `volumes` says, in the short or the long form; None if it says nothing that can be judged.

    >>> parse("./conf:/etc/conf:ro")
    Mount(kind='bind', source='./conf', target='/etc/conf', writable=False, made=True)
    >>> [(mount.kind, mount.source) for mount in map(parse, ("data:/var/lib/data", "/var/lib/data", "$DIR:/data"))]
    [('volume', 'data'), ('other', None), ('other', None)]
    """
    if isinstance(value, str):
        text = resolve(value, variables, unknown=_UNKNOWN)
        return _short(text) if text and "{{" not in text else None
    if not isinstance(value, dict):
        return None
    kind = value.get("type")
    source, target = _text(value.get("source"), variables), _text(value.get("target"), variables)
    writable = value.get("read_only") not in (True, "true")
    if kind == "bind":
        bind = value.get("bind")
        made = not (isinstance(bind, dict) and bind.get("create_host_path") in (False, "false"))
        return Mount("bind", source, target, writable, made)
    return Mount("volume" if kind == "volume" and source else "other", source, target, writable, False)


def _short(text: str) -> Mount | None:
    parts = _PARTS.findall(text)
    if not parts or len(parts) > 3:
        return None
    if len(parts) == 1:
        return Mount("other", None, parts[0], True, False)
    source = parts[0]
    target = None if _UNKNOWN in parts[1] else parts[1]
    if _UNKNOWN in source:
        return Mount("other", None, target, True, False)
    writable = "ro" not in parts[2].split(",") if len(parts) == 3 else True
    is_path = source[0] in "./~\\" or source[1:2] == ":"
    return Mount("bind" if is_path else "volume", source, target, writable, is_path)


def _text(value: Any, variables: Mapping[str, str]) -> str | None:
    text = resolve(value, variables) if isinstance(value, str) else None
    return text if text and "{{" not in text else None
