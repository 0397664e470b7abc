"""Which services, networks, volumes, secrets, configs and models does a service use?"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from govern.kinds.compose import mounts
from govern.kinds.compose.interpolation import resolve
from govern.kinds.compose.parts import mapping, sequence
from govern.model.location import Path


class Use(NamedTuple):
    """A name of something in the top-level `section`. With `key`, the name is the key that leads to `at`."""

    section: str
    name: str
    at: Path
    key: bool = False


Variables: TypeAlias = Mapping[str, str]
Reader: TypeAlias = Callable[[Any, Path, Variables], Iterator[Use]]


def uses(workload: dict[str, Any], at: Path, variables: Variables) -> Iterator[Use]:
    """What a service, which stands at `at`, uses. Whatever depends on unknown variables is left out."""
    for key, value in workload.items():
        reader = _READERS.get(key)
        if reader and value:
            yield from reader(value, (*at, key), variables)


def _named(section: str, text: Any, at: Path, variables: Variables, *, key: bool = False) -> Iterator[Use]:
    if isinstance(text, str):
        name = resolve(text, variables)
        if name and "{{" not in name and "<<" not in name:
            yield Use(section, name, at, key)


def _each(section: str, value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    """A list of names, or a mapping from them."""
    if isinstance(value, dict):
        for name in value:
            yield from _named(section, name, (*at, name), {}, key=True)
    for index, text in enumerate(sequence(value)):
        yield from _named(section, text, (*at, index), variables)


def _depends_on(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    for use in _each("services", value, at, variables):
        details = value.get(use.name) if isinstance(value, dict) else None
        if mapping(details).get("required") not in (False, "false"):
            yield use


def _before_colon(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    """SERVICE:ALIAS, or SERVICE:MODE."""
    for index, text in enumerate(sequence(value)):
        name = resolve(text, variables) if isinstance(text, str) else None
        if name and not name.startswith("container:"):
            yield from _named("services", name.partition(":")[0], (*at, index), {})


def _shared(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    """service:NAME; other modes name nothing of the project."""
    mode = resolve(value, variables) if isinstance(value, str) else None
    if mode and mode.startswith("service:"):
        yield from _named("services", mode.removeprefix("service:"), at, {})


def _networks(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    return (use for use in _each("networks", value, at, variables) if use.name != "default")


def _volumes(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    for index, item in enumerate(sequence(value)):
        mount = mounts.parse(item, variables)
        if mount and mount.kind == "volume" and mount.source:
            yield Use("volumes", mount.source, (*at, index, "source") if isinstance(item, dict) else (*at, index))


def _models(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    return _each("models", value, at, variables)


def _secrets(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    return _grants("secrets", value, at, variables)


def _configs(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    return _grants("configs", value, at, variables)


def _grants(section: str, value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    for index, item in enumerate(sequence(value)):
        if isinstance(item, dict):
            yield from _named(section, item.get("source"), (*at, index, "source"), variables)
        else:
            yield from _named(section, item, (*at, index), variables)


def _build(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    if isinstance(value, dict) and "secrets" in value:
        yield from _secrets(value["secrets"], (*at, "secrets"), variables)


def _credential_spec(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    return _named("configs", mapping(value).get("config"), (*at, "config"), variables)


def _pre_start(value: Any, at: Path, variables: Variables) -> Iterator[Use]:
    for index, step in enumerate(sequence(value)):
        for key, inner in mapping(step).items():
            reader = _READERS.get(key) if key != "pre_start" else None
            if reader and inner:
                yield from reader(inner, (*at, index, key), variables)


_READERS: dict[str, Reader] = {
    "depends_on": _depends_on,
    "links": _before_colon,
    "volumes_from": _before_colon,
    "network_mode": _shared,
    "ipc": _shared,
    "pid": _shared,
    "networks": _networks,
    "volumes": _volumes,
    "secrets": _secrets,
    "configs": _configs,
    "models": _models,
    "build": _build,
    "credential_spec": _credential_spec,
    "pre_start": _pre_start,
}
