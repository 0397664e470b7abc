"""How a port is read, and which two of them collide, in tables; Docker's own reader splits and judges them so."""

import pytest

from govern.kinds.compose.ports import Malformed, Port, collide, parse

READ = [
    ("80", Port("", 0, 0, 80, "tcp")),
    (80, Port("", 0, 0, 80, "tcp")),
    ("8080:80", Port("", 8080, 8080, 80, "tcp")),
    ("8080:80/udp", Port("", 8080, 8080, 80, "udp")),
    ("8080:80/TCP", Port("", 8080, 8080, 80, "tcp")),
    ("8080:80/", Port("", 8080, 8080, 80, "tcp")),
    ("0:80", Port("", 0, 0, 80, "tcp")),
    ("22:22", Port("", 22, 22, 22, "tcp")),
    ("127.0.0.1:8080:80", Port("127.0.0.1", 8080, 8080, 80, "tcp")),
    ("127.0.0.1::80", Port("127.0.0.1", 0, 0, 80, "tcp")),
    ("[::1]:80:80", Port("::1", 80, 80, 80, "tcp")),
    ("::1:80:80", Port("::1", 80, 80, 80, "tcp")),
    ("[0:0:0:0:0:0:0:1]:80:80", Port("::1", 80, 80, 80, "tcp")),
    ("3000-3005:3000-3005", Port("", 3000, 3005, 3000, "tcp")),
    ("3000-3005:80", Port("", 0, 0, 80, "tcp")),
    ("9090-9091:8080-8081/udp", Port("", 9090, 9091, 8080, "udp")),
    ("${PORT:-8080}:80", Port("", 8080, 8080, 80, "tcp")),
    ("${ADDRESS:-127.0.0.1}:${PORT:-8080}:80", Port("127.0.0.1", 8080, 8080, 80, "tcp")),
    ({"target": 80}, Port("", 0, 0, 80, "tcp")),
    ({"target": 80, "published": "8080-8081"}, Port("", 0, 0, 80, "tcp")),
    ({"target": "80", "published": 8080, "protocol": "udp", "host_ip": "::"}, Port("::", 8080, 8080, 80, "udp")),
    ("${PORT}:80", None),
    ("${PORT:?say which}:80", None),
    ("{{PORT}}:80", None),
    ({"published": 80}, None),
    (True, None),
    (None, None),
    ([], None),
]

REFUSED = [
    "",
    ":",
    "a",
    "80:",
    ":80:",
    "80:a",
    "-80:80",
    "80-:80",
    "90-80:90-80",
    "65536",
    "65536:80",
    "80-65536:80-65536",
    "80:80-81",
    "80-82:80-81",
    "80:80/http",
    "80:80/tcp/udp",
    "localhost:80:80",
    "256.0.0.1:80:80",
    "1.2.3:80:80",
    "[::1:80:80",
    "80:80:80",
    "8 0:80",
    "٨٠:80",
    80.5,
    70000,
    -1,
    {"target": 70000},
    {"target": "a"},
    {"target": 80, "published": "http"},
    {"target": 80, "host_ip": "localhost"},
]

COLLIDING = [
    ("80:1", "80:2", True),
    ("80:1", "81:2", False),
    ("80:1", "80:2/udp", False),
    ("80", "80", False),
    ("80-90:80-90", "90:1", True),
    ("80-90:80-90", "91:1", False),
    ("80-90:1", "80:1", False),
    ("127.0.0.1:80:1", "127.0.0.1:80:2", True),
    ("127.0.0.1:80:1", "127.0.0.2:80:2", False),
    ("127.0.0.1:80:1", "0.0.0.0:80:2", True),
    ("127.0.0.1:80:1", "80:2", True),
    ("[::1]:80:1", "[::]:80:2", True),
    ("[::1]:80:1", "0.0.0.0:80:2", False),
    ("[::]:80:1", "0.0.0.0:80:2", False),
    ("[::]:80:1", "80:2", True),
]


@pytest.mark.parametrize(("item", "port"), READ, ids=str)
def test_a_port_is_read(item: object, port: Port | None) -> None:
    assert parse(item) == port


@pytest.mark.parametrize("item", REFUSED, ids=str)
def test_what_is_no_port_is_refused_with_a_reason(item: object) -> None:
    port = parse(item)
    assert isinstance(port, Malformed)
    assert port.reason


@pytest.mark.parametrize(("first", "second", "expected"), COLLIDING)
def test_two_ports_collide_whichever_comes_first(first: str, second: str, expected: bool) -> None:
    one, other = parse(first), parse(second)
    assert isinstance(one, Port)
    assert isinstance(other, Port)
    assert collide(one, other) is collide(other, one) is expected
