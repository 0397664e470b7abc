"""Tables of single values: what Go prints for a number, which names and texts are secrets, what a mount mounts."""

import pytest

from govern.kinds.compose.ambiguity import arrives_as
from govern.kinds.compose.images import is_pinned
from govern.kinds.compose.mounts import parse
from govern.kinds.compose.secrets import holds_password, is_literal, names_secret

# Left what stands in the file, right what Go 1.27 prints for what go-yaml v3 reads; None: it stays the text it is.
ARRIVES = {
    "0": "0",
    "8080": "8080",
    "-1": "-1",
    "+1": "1",
    "-0": "0",
    "007": "7",
    "0545": "357",
    "08": "8",
    "0o17": "15",
    "0O17": "15",
    "0x1F": "31",
    "0X1f": "31",
    "0b101": "5",
    "-0b101": "-5",
    "1_000": "1000",
    "0_5": "5",
    "18446744073709551615": "18446744073709551615",
    "18446744073709551616": "1.8446744073709552e+19",
    "1.1": "1.1",
    "1.10": "1.1",
    "1.0": "1",
    "1.": "1",
    ".5": "0.5",
    ".2_5": "0.25",
    "-0.50": "-0.5",
    "1e3": "1000",
    "1E-5": "1e-05",
    "100000.0": "100000",
    "999999.5": "999999.5",
    "1000000.0": "1e+06",
    "1234567.5": "1.2345675e+06",
    "0.0001": "0.0001",
    "0.00001": "1e-05",
    "1e21": "1e+21",
    "1e400": None,
    "2026-01-31": "a time",
    "2026-1-1": "a time",
    "2026-02-29": None,
    "2026-13-01": None,
    "2026-01-31T10:00:00Z": "a time",
    "2026-01-31T10:00:00": None,
    "2026-01-31 10:00:00": "a time",
    "26-01-31": None,
    "12:30:45": None,
    "1.2.3": None,
    "10.0.0.1": None,
    "5m": None,
    "0b102": None,
    "0o8": None,
    "0x": None,
    "1e": None,
    "-": None,
    "+.inf": None,
    ".": None,
}


@pytest.mark.parametrize(("source", "printed"), ARRIVES.items())
def test_an_unquoted_value_arrives_as_go_prints_it(source: str, printed: str | None) -> None:
    assert arrives_as(source) == printed


HOLD = ["PASSWORD", "MYSQL_ROOT_PASSWORD", "DB_PASSWD", "DB_PASS", "DB_PWD", "dbPassword", "spring.datasource.password"]
HOLD += [
    "JWT_SECRET",
    "SECRET_KEY",
    "SECRET_KEY_BASE",
    "API_KEY",
    "APIKey",
    "STRIPE_API_KEY_2",
    "AWS_SECRET_ACCESS_KEY",
]
HOLD += [
    "PRIVATE_KEY",
    "ENCRYPTION_KEY",
    "GITHUB_TOKEN",
    "TOKEN_PROD",
    "AWS_CREDENTIALS",
    "KEY_PASSPHRASE",
    "DB-PASSWORD",
]
SPEAK = [
    "PASSWORD_FILE",
    "TOKEN_TTL_SECONDS",
    "PASSWORD_MIN_LENGTH",
    "TOKEN_EXPIRY",
    "SECRET_NAME",
    "JWT_SECRET_ENABLED",
]
SPEAK += [
    "TOKEN_URL",
    "AWS_ACCESS_KEY_ID",
    "PUBLIC_KEY",
    "KEY",
    "MAX_TOKENS",
    "TOKENIZERS_PARALLELISM",
    "BYPASS",
    "PWD",
]
SPEAK += [
    "KEYBOARD",
    "MONKEY",
    "PASSENGER_PORT",
    "SECRETARY",
    "PARTITION_KEY",
    "API_KEY_HEADER",
    "PASSWORD_RESET_TIMEOUT",
]


@pytest.mark.parametrize("name", HOLD)
def test_a_name_says_that_it_holds_a_secret(name: str) -> None:
    assert names_secret(name)


@pytest.mark.parametrize("name", SPEAK)
def test_a_name_only_speaks_about_a_secret(name: str) -> None:
    assert not names_secret(name)


LITERALS: list[object] = [
    "hunter2",
    "db-78n9n",
    "correct horse",
    "s3cr3t/with/slash",
    "a$$b",
    "changeme",
    "sk_live_1",
    123456,
    "123456",
]
NO_LITERALS: list[object] = [
    "",
    " ",
    None,
    True,
    "$PW",
    "${PW}",
    "${PW:?set it}",
    "a${B}c",
    "/run/secrets/db",
    "./secret.txt",
    "~/key",
]
NO_LITERALS += [
    "true",
    "no",
    30,
    "15m",
    "<password>",
    "{{PASSWORD}}",
    "your-password-here",
    "xxxxx",
    "****",
    "...",
]
NO_LITERALS += ["https://vault/secret", {}, []]


@pytest.mark.parametrize("value", LITERALS)
def test_this_is_a_secret(value: object) -> None:
    assert is_literal("PASSWORD", value)


@pytest.mark.parametrize("value", NO_LITERALS, ids=str)
def test_this_is_none(value: object) -> None:
    assert not is_literal("PASSWORD", value)


def test_a_number_is_a_password_but_no_token() -> None:
    assert is_literal("PASSWORD", 123456)
    assert not is_literal("TOKEN", 123456)


@pytest.mark.parametrize("url", ["amqp://guest:guest@rabbit:5672/", "postgresql+psycopg2://a:b1@db/x?y=z"])
def test_a_url_holds_a_password(url: str) -> None:
    assert holds_password(url)


@pytest.mark.parametrize(
    "url", ["redis://:@redis:6379/0", "http://a@b/", "http://a:80/x@y", "pg://a:${B}@c", "pg://a:<b>@c"]
)
def test_a_url_holds_none(url: str) -> None:
    assert not holds_password(url)


PINNED = ["web:1", "web:1.2-alpine", "web:alpine", "a/b/web:1", "host:5000/web:1", "web@sha256:0a", "web:1@sha256:0a"]
PINNED += ["web:${TAG}", "${IMAGE}", "web${TAG}", "$A/$B", "", "{{IMAGE}}", "web:${TAG:-1}"]
UNPINNED = [
    "web",
    "a/web",
    "host:5000/web",
    "web:latest",
    "web:",
    "$REGISTRY/web",
    "${R:-host}:5000/web",
    "web:${TAG:-latest}",
]


@pytest.mark.parametrize("image", PINNED)
def test_an_image_is_pinned(image: str) -> None:
    assert is_pinned(image)


@pytest.mark.parametrize("image", UNPINNED)
def test_an_image_is_not_pinned(image: str) -> None:
    assert not is_pinned(image)


MOUNTS = {
    "/data": ("other", None, "/data", True),
    "data:/data": ("volume", "data", "/data", True),
    "data:/data:ro": ("volume", "data", "/data", False),
    "data:/data:ro,z": ("volume", "data", "/data", False),
    "./a:/b": ("bind", "./a", "/b", True),
    "../a:/b": ("bind", "../a", "/b", True),
    "/a:/b": ("bind", "/a", "/b", True),
    "~/a:/b": ("bind", "~/a", "/b", True),
    "C:\\a:/b:ro": ("bind", "C:\\a", "/b", False),
    "c:/a:c:/b": ("bind", "c:/a", "c:/b", True),
    "${A}:/b": ("other", None, "/b", True),
    "${A:-data}:/b": ("volume", "data", "/b", True),
    "data:${B}": ("volume", "data", None, True),
}


@pytest.mark.parametrize(("text", "expected"), MOUNTS.items())
def test_a_mount_is_read(text: str, expected: tuple[object, ...]) -> None:
    mount = parse(text)
    assert mount
    assert (mount.kind, mount.source, mount.target, mount.writable) == expected
