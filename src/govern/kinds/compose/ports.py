"""Published ports: what a line of `ports` says, and which two of them cannot both be had."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govern.kinds.compose.interpolation import NOTHING, resolve
from govern.kinds.compose.parts import sequence, workloads
from govern.kinds.compose.rules import PORT_MALFORMED
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.pattern import pattern

LAST = 65_535
PROTOCOLS = ("tcp", "udp", "sctp")

_SIMPLE = pattern(r"(?:(\d{1,5}):)?(\d{1,5})\Z", re.ASCII)
_RANGE = pattern(r"(\d+)(?:-(\d+))?\Z", re.ASCII)
_IPV4 = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\Z", re.ASCII)


class Port(NamedTuple):
    """What is published: host ports `first` to `last` for container ports from `target` on.

    `first` is 0 where Docker chooses the host port: none is given, or a range to choose from for one container port.
    """

    host: str
    first: int
    last: int
    target: int
    protocol: str


class Malformed(NamedTuple):
    """A text that is no port, and why."""

    reason: str


def parse(value: Any, variables: Mapping[str, str] = NOTHING) -> Port | Malformed | None:
    """What an item of `ports` says, in the short or the long form; None if nobody can tell before the project starts.

    >>> parse("127.0.0.1:8080:80/udp")
    Port(host='127.0.0.1', first=8080, last=8080, target=80, protocol='udp')
    >>> parse("8000-8001:80-82"), parse("$PORT:80")
    (Malformed(reason='it gives 2 host ports for 3 container ports'), None)
    """
    if isinstance(value, str):
        simple = _SIMPLE.match(value)
        if simple and int(simple[2]) <= LAST:
            host = int(simple[1] or 0)
            if host <= LAST:
                return Port("", host, host, int(simple[2]), "tcp")
        text = resolve(value, variables)
        return None if text is None or "{{" in text else _short(text.strip())
    if isinstance(value, dict):
        return _long(value, variables)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return _short(str(value))


def check(document: Document) -> Iterator[Finding]:
    """Which ports does Compose fail to read?"""
    for at, workload in workloads(document.value):
        for index, item in enumerate(sequence(workload.get("ports"))):
            port = parse(item)
            if isinstance(port, Malformed):
                place = (*at, "ports", index)
                message = f"this is no port: {port.reason}"
                hint = "a port is [[IP:]HOST:]CONTAINER[/PROTOCOL]" if isinstance(item, str) else None
                about = item if isinstance(item, (str, int, float)) else None
                span = document.span(place)
                yield found(PORT_MALFORMED, document.path, message, span=span, at=place, hint=hint, about=about)


def collide(port: Port, other: Port) -> bool:
    """Do two published ports need the same one of the host?

    No address means all of them; 0.0.0.0 all of IPv4, :: all of IPv6.
    """
    if not port.first or not other.first or port.protocol != other.protocol:
        return False
    return port.first <= other.last and other.first <= port.last and _same_host(port.host, other.host)


def _same_host(host: str, other: str) -> bool:
    if host == other or not host or not other:
        return True
    return (":" in host) == (":" in other) and (host in ("0.0.0.0", "::") or other in ("0.0.0.0", "::"))


def _short(text: str) -> Port | Malformed:
    """The form [[IP:]HOST:]CONTAINER[/PROTOCOL], as Docker splits it: from the right."""
    front, _, container = text.rpartition(":")
    address, _, published = front.rpartition(":")
    container, slash, protocol = container.partition("/")
    if not container:
        return Malformed("it names no container port")
    return _port(address, published, container, protocol if slash and protocol else "tcp")


def _long(value: dict[str, Any], variables: Mapping[str, str]) -> Port | Malformed | None:
    texts = []
    for key, default in (("host_ip", ""), ("published", ""), ("target", None), ("protocol", "tcp")):
        item = value.get(key, default)
        item = default if item is None else item
        if isinstance(item, bool) or not isinstance(item, (str, int, float)):
            return None
        text = resolve(str(item), variables)
        if text is None or "{{" in text:
            return None
        texts.append(text.strip())
    host, published, target, protocol = texts
    return _port(host, published, target, protocol or "tcp")


def _port(address: str, published: str, container: str, protocol: str) -> Port | Malformed:
    host = _address(address)
    if host is None:
        return Malformed(f"{address} is no IP address")
    if protocol.lower() not in PROTOCOLS:
        return Malformed(f"{protocol} is no protocol, expected tcp, udp or sctp")
    target = _range(container)
    if isinstance(target, Malformed):
        return target
    if not published:
        return Port(host, 0, 0, target[0], protocol.lower())
    wanted = _range(published)
    if isinstance(wanted, Malformed):
        return wanted
    hosts, containers = wanted[1] - wanted[0] + 1, target[1] - target[0] + 1
    if hosts != containers:
        if containers > 1:
            plural = "s" if hosts > 1 else ""
            return Malformed(f"it gives {hosts:,} host port{plural} for {containers:,} container ports")
        return Port(host, 0, 0, target[0], protocol.lower())  # Docker takes whichever is free
    return Port(host, *wanted, target[0], protocol.lower())


def _range(text: str) -> tuple[int, int] | Malformed:
    match = _RANGE.match(text)
    if match is None:
        return Malformed(f"{text} is no port number")
    if max(len(match[1]), len(match[2] or "")) > 9 or max(int(match[1]), int(match[2] or 0)) > LAST:
        return Malformed(f"{text} is above {LAST}, the last port")
    first, last = int(match[1]), int(match[2] or match[1])
    return Malformed(f"the range {text} runs backwards") if last < first else (first, last)


def _address(text: str) -> str | None:
    """An IP address in its shortest form, empty for none; None if it is no IP address."""
    if not text:
        return ""
    ipv4 = _IPV4.match(text)
    if ipv4:
        return text if all(int(part) < 256 for part in ipv4.groups()) else None
    import ipaddress

    try:
        return str(ipaddress.IPv6Address(text[1:-1] if text.startswith("[") and text.endswith("]") else text))
    except ValueError:
        return None
