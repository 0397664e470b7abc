"""What one compose file says by itself: every no has a near-miss yes beside it.

Each case is judged twice, by the function and, all of them together, by the command line.
"""

from typing import NamedTuple

import pytest

from govern.kinds import compose
from govern.model.finding import Finding, order
from govern.model.schema import Schema
from govern.parse import read_text
from tests.repo import Repo

TAGS = frozenset({"!reset", "!override"})
SCHEMA = Schema("compose", (1, 0, 0), {}, "", "")


class Case(NamedTuple):
    """A file, and the findings: line, column, rule without its prefix."""

    name: str
    text: str
    expected: tuple[str, ...] = ()


def service(*lines: str) -> str:
    """A file with one service; the lines begin in line 4, column 5."""
    return "\n".join(["services:", "  web:", "    image: web:1.2", *("    " + line for line in lines), ""])


CASES = [
    Case("version", "version: '3.8'\nservices: {}\n", ("1:1 version-obsolete",)),
    Case("version-of-something-else", "x-app:\n  version: '3.8'\nservices: {}\n"),
    # images
    Case("image-untagged", "services:\n  web:\n    image: nginx\n", ("3:12 image-unpinned",)),
    Case("image-tagged", "services:\n  web:\n    image: nginx:1.27\n"),
    Case("image-latest", "services:\n  web:\n    image: nginx:latest\n", ("3:12 image-unpinned",)),
    Case("image-called-latest", "services:\n  web:\n    image: latest:1.27\n"),
    Case("image-port-of-registry", "services:\n  web:\n    image: registry:5000/web\n", ("3:12 image-unpinned",)),
    Case("image-port-and-tag", "services:\n  web:\n    image: registry:5000/web:1\n"),
    Case("image-digest", f"services:\n  web:\n    image: web@sha256:{'0a' * 32}\n"),
    Case("image-default-latest", "services:\n  web:\n    image: web:${TAG:-latest}\n", ("3:12 image-unpinned",)),
    Case("image-default-version", "services:\n  web:\n    image: web:${TAG:-1.2}\n"),
    Case("image-unknown-tag", "services:\n  web:\n    image: web:${TAG}\n"),
    Case("image-unknown-registry", "services:\n  web:\n    image: ${REGISTRY}/web\n", ("3:12 image-unpinned",)),
    Case("image-unknown", "services:\n  web:\n    image: ${IMAGE:?set it}\n"),
    Case("image-built", "services:\n  web:\n    build: .\n    image: web\n"),
    Case("image-built-beside", "services:\n  web:\n    build: .\n    image: web\n  job:\n    image: web\n"),
    Case("image-extends", "services:\n  web:\n    build: .\n  job:\n    extends: web\n    image: job\n"),
    # ports
    Case("port-beyond", service("ports:", "  - 70000:80"), ("5:9 port-malformed",)),
    Case("port-last", service("ports:", "  - 65535:80")),
    Case("port-number-beyond", service("ports: [70000]"), ("4:13 port-malformed",)),
    Case("port-number", service("ports: [3000]")),
    Case("port-word", service("ports:", "  - http:80"), ("5:9 port-malformed",)),
    Case("port-minutes", service("ports:", "  - 22:22")),
    Case("port-ranges-differ", service("ports:", "  - 80-81:80-82"), ("5:9 port-malformed",)),
    Case("port-ranges", service("ports:", "  - 80-82:80-82")),
    Case("port-range-to-one", service("ports:", "  - 8000-8010:80")),
    Case("port-one-to-range", service("ports:", "  - 80:8000-8010"), ("5:9 port-malformed",)),
    Case("port-host-name", service("ports:", "  - localhost:80:80"), ("5:9 port-malformed",)),
    Case("port-address", service("ports:", "  - 127.0.0.1:80:80", "  - '[::1]:80:80'", "  - 127.0.0.1::81")),
    Case("port-protocol", service("ports:", "  - 80:80/http"), ("5:9 port-malformed",)),
    Case("port-protocols", service("ports:", "  - 80:80/tcp", "  - 80:80/UDP", "  - 80:80/sctp")),
    Case("port-nothing", service("ports:", "  - '80:'"), ("5:9 port-malformed",)),
    Case("port-unknown", service("ports:", "  - ${PORT}:80", "  - ${BIND}80:80")),
    Case("port-default-beyond", service("ports:", "  - ${PORT:-80000}:80"), ("5:9 port-malformed",)),
    Case("port-long-beyond", service("ports:", "  - {target: 80, published: 70000}"), ("5:9 port-malformed",)),
    Case("port-long", service("ports:", "  - {target: 80, published: '8080-8090', protocol: udp}")),
    # secrets
    Case("secret-mapping", service("environment:", "  DB_PASSWORD: hunter2"), ("5:20 secret-literal",)),
    Case("secret-variable", service("environment:", "  DB_PASSWORD: ${DB_PASSWORD}")),
    Case("secret-default", service("environment:", "  DB_PASSWORD: ${DB_PASSWORD:-dev}")),
    Case("secret-inherited", service("environment:", "  DB_PASSWORD:")),
    Case("secret-list", service("environment:", "  - API_KEY=k1"), ("5:9 secret-literal",)),
    Case("secret-list-variable", service("environment:", "  - API_KEY=$API_KEY", "  - TOKEN", "  - SECRET=")),
    Case("secret-file", service("environment:", "  DB_PASSWORD_FILE: /run/secrets/db", "  TOKEN: /run/token")),
    Case("secret-setting", service("environment:", "  TOKEN_TTL_SECONDS: 3600", "  ALLOW_EMPTY_PASSWORD: 'yes'")),
    Case("secret-argument", service("build:", "  args:", "    NPM_TOKEN: npm_1"), ("6:20 secret-literal",)),
    Case("secret-url", service("environment:", "  DB: postgres://a:b@db/x"), ("5:11 secret-literal",)),
    Case("secret-url-without", service("environment:", "  DB: postgres://a:${PW}@db/x", "  SECRET_URL: http://v:80/")),
    Case("secret-label", service("labels:", "  token: abc1")),
    # keys that a list sets twice
    Case("twice", service("environment:", "  - A=1", "  - B=2", "  - A=3"), ("7:9 environment-duplicate",)),
    Case("twice-in-case", service("environment:", "  - A=1", "  - a=2")),
    Case("twice-labels", service("labels:", "  - a.b=1", "  - a.b=2"), ("6:9 environment-duplicate",)),
    Case("twice-arguments", service("build:", "  args:", "    - A", "    - A=1"), ("7:11 environment-duplicate",)),
    # values that Compose reads otherwise
    Case("octal", service("environment:", "  MASK: 0545"), ("5:13 value-ambiguous",)),
    Case("octal-quoted", service("environment:", "  MASK: '0545'", "  ZERO: 0")),
    Case("octal-as-mode", service("configs:", "  - {source: a, mode: 0440}") + "configs:\n  a:\n    content: a\n"),
    Case("octal-in-a-list", service("environment:", "  - MASK=0545")),
    Case("date", service("labels:", "  built: 2026-01-31"), ("5:14 value-ambiguous",)),
    Case("date-quoted", service("labels:", "  built: '2026-01-31'", "  time: 12:30:45", "  no: 2026-13-31")),
    Case("version-number", service("build:", "  args:", "    GO: 1.10"), ("6:13 value-ambiguous",)),
    Case("version-text", service("build:", "  args:", "    GO: 1.10.0", "    NODE: 1.1", "    SIX: 22")),
    Case("underscores", service("environment:", "  MANY: 1_000"), ("5:13 value-ambiguous",)),
    Case("words", service("environment:", "  A: yes", "  B: on", "  C: true", "  D: ~", "  E: a_1", "  F: 10m")),
    Case("exponent", service("annotations:", "  a: 1e3"), ("5:10 value-ambiguous",)),
    Case("same-value-twice", service("labels:", "  a: 1.1", "environment:", "  a: 1.10"), ("7:10 value-ambiguous",)),
    Case("in-a-hook", service("post_start:", "  - command: a", "    environment: {A: 007}"), ("6:26 value-ambiguous",)),
    Case("of-a-volume", "volumes:\n  a:\n    driver_opts: {mode: 0755}\n", ("3:25 value-ambiguous",)),
    # dollar signs
    Case("dollar-shell", service("command: echo $(date)"), ("4:19 interpolation-malformed",)),
    Case("dollar-doubled", service("command: echo $$(date) $${HOME} $HOME")),
    Case("dollar-open", service("command: echo ${HOME"), ("4:19 interpolation-malformed",)),
    Case("dollar-forms", service("command: ${A} ${A:-b} ${A-b} ${A:?c} ${A?} ${A:+d} ${A+d} ${A:-${B:-$C}}")),
    Case("dollar-last", service("command: grep '^a$'"), ("4:22 interpolation-malformed",)),
    Case("dollar-in-a-default", service("command: ${A:-5$}"), ("4:20 interpolation-malformed",)),
    Case("dollar-blank", service("command: ${A B}"), ("4:14 interpolation-malformed",)),
    Case("dollar-in-a-key", "services:\n  web:\n    image: web:1\n    labels:\n      a$(b): c\n"),
    Case("dollar-in-a-comment", service("command: a # costs 5$")),
    Case("dollar-in-a-block", service("command: |", "  a", "  b $1"), ("6:9 interpolation-malformed",)),
    # what comes by an alias is said once
    Case(
        "alias",
        "x-env: &env\n  API_TOKEN: t1\n  MASK: 0545\nservices:\n  a:\n    build: .\n    environment: *env\n"
        "  b:\n    build: .\n    environment:\n      <<: *env\n      B: 1\n",
        ("2:14 secret-literal", "3:9 value-ambiguous"),
    ),
]

OWN = {rule.id for rule in compose.RULES}


def judged(text: str) -> list[str]:
    document = read_text("compose.yaml", text, "yaml", tags=TAGS)
    assert not document.reading.findings, document.reading.findings
    return [said(finding) for finding in order(compose.check_document(document, SCHEMA))]


def said(finding: Finding) -> str:
    return f"{finding.span.line}:{finding.span.column} {finding.rule.removeprefix('compose/')}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_function_finds_it(case: Case) -> None:
    assert judged(case.text) == list(case.expected)


def test_the_command_line_finds_the_same(repo: Repo) -> None:
    for case in CASES:
        repo.write(f"{case.name}/compose.yaml", case.text)
    found: dict[str, list[str]] = {case.name: [] for case in CASES}
    for finding in repo.findings():
        assert finding["rule"] in OWN, finding
        found[finding["path"].split("/")[0]].append(f"{finding['line']}:{finding['column']} {finding['rule'][8:]}")
    assert found == {case.name: list(case.expected) for case in CASES}


FIXES = [
    ("version: '3'\nservices: {}\n", "services: {}\n"),
    ("version: '3'\n\nservices: {}\n", "services: {}\n"),
    ("version: '3' # old\r\nservices: {}\r\n", "services: {}\r\n"),
    ("# ours\nversion: '3'\n\nservices: {}\n", "# ours\n\nservices: {}\n"),
    (service("environment: {A: 0545, B: 1.10}"), service("environment: {A: '0545', B: '1.10'}")),
    (service("command: awk '{print $1 $2}'"), service("command: awk '{print $$1 $$2}'")),
    (service("command: |", "  a $(b)", "  c $$d $?"), service("command: |", "  a $$(b)", "  c $$d $$?")),
]


@pytest.mark.parametrize(("before", "after"), FIXES)
def test_a_fix_changes_what_it_says_and_nothing_else(repo: Repo, before: str, after: str) -> None:
    path = repo.write("compose.yaml", before)
    ran = repo.govern("check", "--fix")
    assert (path.read_bytes().decode(), ran.code) == (after, 0)


UNFIXED = [
    "services: {web: {build: .}, job: {build: .}}\nversion: '3'",  # nothing follows: the end of the file is not ours
    "{version: '3', services: {}}\n",
    service("command: echo ${HOME"),  # where it ends is a guess
    # the same scalar is also a mode, where it is right
    "services:\n  a:\n    image: a:1\n    environment: {MASK: &m 0440}\n    configs: [{source: c, mode: *m}]\n"
    "configs:\n  c:\n    content: c\n",
]


@pytest.mark.parametrize("text", UNFIXED)
def test_what_is_not_certain_is_not_fixed(repo: Repo, text: str) -> None:
    path = repo.write("compose.yaml", text)
    assert [finding["fixable"] for finding in repo.findings()] == [False]
    repo.govern("check", "--fix")
    assert path.read_text() == text


SECRETS = [
    (service("environment:", "  DB_PASSWORD: hunter2"), "hunter2"),
    (service("environment:", "  - DB_PASSWORD=hunter2"), "hunter2"),
    (service("environment:", "  DB: postgres://a:hunter2@db/x"), "hunter2"),
    (service("environment:", "  - PASSWORD=hunter2", "  - PASSWORD=hunter3"), "hunter"),
]


@pytest.mark.parametrize(("text", "value"), SECRETS)
def test_a_secret_is_never_repeated(repo: Repo, text: str, value: str) -> None:
    repo.write("compose.yaml", text)
    found = repo.findings()
    assert found
    assert value not in str(found)


def test_the_id_of_a_secret_says_nothing_about_it(repo: Repo) -> None:
    repo.write("compose.yaml", service("environment:", "  DB_PASSWORD: hunter2"))
    before = repo.findings()[0]["id"]
    repo.write("compose.yaml", service("environment:", "  DB_PASSWORD: hunter3"))
    assert repo.findings()[0]["id"] == before


def test_windows_line_ends_do_not_move_a_place() -> None:
    text = service("environment:", "  A: 0545", "command: a $1")
    expected = ["5:10 value-ambiguous", "6:16 interpolation-malformed"]
    assert judged(text.replace("\n", "\r\n")) == judged(text) == expected
