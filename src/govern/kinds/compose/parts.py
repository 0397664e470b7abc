"""The parts of a compose file, whatever is in it: nothing here minds a value of a wrong type."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from govern.model.location import Path


class Table(NamedTuple):
    """Names with texts, as a mapping or as a list of NAME=TEXT. `role` is the key it is under: environment, args."""

    at: Path
    role: str
    entries: dict[str, Any] | list[Any]


def mapping(value: Any) -> dict[str, Any]:
    """`value` if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """`value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def workloads(value: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The services and jobs of a file, and where they stand."""
    for section in ("services", "jobs"):
        found = value.get(section) if isinstance(value, dict) else None
        if isinstance(found, dict):
            for name, workload in found.items():
                if isinstance(workload, dict):
                    yield (section, name), workload


def tables(value: Any) -> Iterator[Table]:
    """Every table of a file in which texts are meant, but for the empty ones."""
    for at, workload in workloads(value):
        for key, inner in workload.items():
            if key in _OF_CONTAINERS:
                if inner and isinstance(inner, (dict, list)):
                    yield Table((*at, key), key, inner)
            elif key in _NESTED:
                yield from _nested((*at, key), key, inner)
    for section in ("networks", "volumes", "secrets", "configs"):
        found = value.get(section) if isinstance(value, dict) else None
        if isinstance(found, dict):
            for name, resource in found.items():
                if isinstance(resource, dict):
                    yield from _of((section, name), resource, ("labels", "driver_opts"))


_OF_CONTAINERS = frozenset({"environment", "labels", "annotations", "sysctls"})
_NESTED = frozenset({"build", "deploy", "logging", "volumes", "pre_start", "post_start", "pre_stop", "develop"})


def _nested(at: Path, key: str, value: Any) -> Iterator[Table]:
    if key == "build":
        yield from _of(at, value, ("args", "labels"))
    elif key == "deploy":
        yield from _of(at, value, ("labels",))
    elif key == "logging":
        yield from _of(at, value, ("options",))
    elif key == "volumes":
        for index, mount in enumerate(sequence(value)):
            if isinstance(mount, dict):
                yield from _of((*at, index, "volume"), mount.get("volume"), ("labels",))
    elif key == "develop":
        for index, watch in enumerate(sequence(mapping(value).get("watch"))):
            yield from _of((*at, "watch", index, "exec"), mapping(watch).get("exec"), ("environment",))
    else:
        for index, container in enumerate(sequence(value)):
            yield from _of((*at, index), container, tuple(_OF_CONTAINERS & mapping(container).keys()))


def _of(at: Path, value: Any, roles: tuple[str, ...]) -> Iterator[Table]:
    for role in roles if isinstance(value, dict) else ():
        entries = value.get(role)
        if entries and isinstance(entries, (dict, list)):
            yield Table((*at, role), role, entries)
