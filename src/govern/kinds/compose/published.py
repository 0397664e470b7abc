"""Which services of a project publish the same host port?

Services that are never up together may share one: those whose profiles have nothing in common, and those that are
scaled to none. Where the network mode is not a bridge, nothing is published.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from govern.kinds.compose.extension import bases, layers
from govern.kinds.compose.files import Files
from govern.kinds.compose.force import in_force
from govern.kinds.compose.parts import mapping, sequence
from govern.kinds.compose.ports import Port, collide, parse
from govern.kinds.compose.project import Member, Project
from govern.kinds.compose.rules import PORT_TAKEN
from govern.model.finding import Finding, found
from govern.model.location import Path

MAX_PORTS = 2_000  # of a project; each is held against all that overlap, and real projects publish fewer than fifty


class Published(NamedTuple):
    """A host port of a service, and the place in a file that says so."""

    service: str
    port: Port
    member: Member
    at: Path


def check(files: Files, project: Project) -> Iterator[Finding]:
    """Where is a host port published that is taken? At the later place, and at both if they are in two files."""
    stated = (published for member in project.members for published in _published(files, member))
    ports = list(islice(stated, MAX_PORTS))
    if len(ports) < 2:
        return
    order = {id(published): index for index, published in enumerate(ports)}
    ports.sort(key=lambda published: published.port.first)
    said: set[tuple[str, Path]] = set()
    for index, one in enumerate(ports):
        for other in ports[index + 1 :]:
            if other.port.first > one.port.last:
                break
            if (other.member.path, other.at) in said or _is_same(one, other) or not collide(one.port, other.port):
                continue
            if _are_up_together(files, project, one, other) and _count(files, project, one, other):
                first, second = sorted((one, other), key=lambda published: order[id(published)])
                for here, there in _sides(first, second):
                    if (here.member.path, here.at) not in said:
                        said.add((here.member.path, here.at))
                        yield _finding(files, here, there)


def _count(files: Files, project: Project, *ports: Published) -> bool:
    return all(in_force(files, project, published.member, published.at) for published in ports)


def _sides(first: Published, second: Published) -> list[tuple[Published, Published]]:
    """In one file the later one is told of the earlier; whoever judges only one of two files must hear of it there."""
    return [(second, first)] if first.member.path == second.member.path else [(second, first), (first, second)]


def _published(files: Files, member: Member) -> Iterator[Published]:
    services = member.value.get("services")
    if not isinstance(services, dict):
        return
    for name, service in services.items():
        if not isinstance(service, dict):
            continue
        for index, item in enumerate(sequence(service.get("ports"))):
            port = parse(item, member.variables)
            if isinstance(port, Port) and port.first:
                yield Published(name, port, member, ("services", name, "ports", index))
        for base, inherited in bases(files, member, service) if "extends" in service else ():
            for item in sequence(inherited.get("ports")):
                port = parse(item, base.variables)
                if isinstance(port, Port) and port.first:
                    yield Published(name, port, member, ("services", name, "extends"))


def _is_same(one: Published, other: Published) -> bool:
    """Of equal ports of one service, from two files or from what it extends, Compose keeps one."""
    return one.service == other.service and (
        one.port == other.port or (one.at == other.at and one.member is other.member)
    )


def _are_up_together(files: Files, project: Project, one: Published, other: Published) -> bool:
    first, second = (layers(files, project, published.service) for published in (one, other))
    if _publishes_nothing(first) or _publishes_nothing(second):
        return False
    profiles, others = (
        {p for part in parts for p in sequence(part.get("profiles")) if isinstance(p, str)} for parts in (first, second)
    )
    return one.service == other.service or not profiles or not others or not profiles.isdisjoint(others)


def _publishes_nothing(parts: list[dict[str, Any]]) -> bool:
    mode = next((part["network_mode"] for part in reversed(parts) if part.get("network_mode")), "bridge")
    replicas = next(
        (
            number
            for part in reversed(parts)
            for number in (part.get("scale"), mapping(part.get("deploy")).get("replicas"))
            if number is not None
        ),
        1,
    )
    return mode not in ("bridge", "default") or replicas in (0, "0")


def _finding(files: Files, here: Published, there: Published) -> Finding:
    low, high = max(here.port.first, there.port.first), min(here.port.last, there.port.last)
    number = f"port {low}" if low == high else f"ports {low}-{high}"
    if here.port.protocol != "tcp":
        number += f"/{here.port.protocol}"
    hint = "publish another one, or put the services into different profiles"
    message = f"host {number} is taken: {there.service} publishes it too"
    if there.member.path != here.member.path:
        message += f", in {there.member.path}"
    elif there.service == here.service:
        message, hint = f"{here.service} publishes host {number} twice", "keep one"
    span = files.span(here.member.path, here.at)
    return found(PORT_TAKEN, here.member.path, message, span=span, at=here.at, hint=hint, about=low)
