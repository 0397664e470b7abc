"""What the files of a project say together: references resolve after include and merging, ports and paths are there.

Every no has a near-miss yes beside it. A case is a repository of its own, judged through the command line.
"""

from typing import NamedTuple

import pytest

from tests.repo import Repo


class Case(NamedTuple):
    """The files of a repository, and the findings: path:line and the rule without its prefix."""

    name: str
    files: dict[str, str]
    expected: tuple[str, ...] = ()


def web(*lines: str, image: str = "web:1") -> str:
    """A file with the service `web`; the lines begin in line 4, column 5."""
    return "\n".join(["services:", "  web:", f"    image: {image}", *("    " + line for line in lines), ""])


DB = "services:\n  db:\n    image: db:1\n"
ONE = "compose.yaml"

REFERENCES = [
    Case("depends-list", {ONE: web("depends_on: [db]")}, ("compose.yaml:4 service-unknown",)),
    Case("depends-list-known", {ONE: web("depends_on: [db]") + "  db:\n    image: db:1\n"}),
    Case(
        "depends-mapping",
        {ONE: web("depends_on:", "  db: {condition: service_started}")},
        ("compose.yaml:5 service-unknown",),
    ),
    Case(
        "depends-not-required",
        {ONE: web("depends_on:", "  db: {condition: service_started, required: false}")},
    ),
    Case("links", {ONE: web("links: ['db:database', 'web:me']")}, ("compose.yaml:4 service-unknown",)),
    Case(
        "volumes-from", {ONE: web("volumes_from: ['db:ro', 'container:x', 'web']")}, ("compose.yaml:4 service-unknown",)
    ),
    Case("network-mode", {ONE: web("network_mode: service:vpn")}, ("compose.yaml:4 service-unknown",)),
    Case("network-mode-other", {ONE: web("network_mode: container:vpn", "ipc: shareable", "pid: service:web")}),
    Case(
        "ipc-and-pid",
        {ONE: web("ipc: service:a", "pid: service:b")},
        ("compose.yaml:4 service-unknown", "compose.yaml:5 service-unknown"),
    ),
    Case("extends", {ONE: web("extends: base")}, ("compose.yaml:4 service-unknown",)),
    Case("extends-known", {ONE: web("extends: {service: base}") + "  base:\n    image: base:1\n"}),
    Case("networks", {ONE: web("networks: [front, default]")}, ("compose.yaml:4 network-unknown",)),
    Case(
        "networks-known",
        {
            ONE: web("networks:", "  front:", "  back: {aliases: [x]}")
            + "networks:\n  front:\n  back: {external: true}\n"
        },
    ),
    Case("networks-mapping", {ONE: web("networks:", "  front:")}, ("compose.yaml:5 network-unknown",)),
    Case("volumes", {ONE: web("volumes: ['data:/data']")}, ("compose.yaml:4 volume-unknown",)),
    Case(
        "volumes-known",
        {ONE: web("volumes: ['data:/data', /tmp/x, '/etc/x:/x', '~/x:/y', 'C:\\x:/z']") + "volumes:\n  data:\n"},
    ),
    Case(
        "volumes-long",
        {ONE: web("volumes:", "  - {type: volume, source: data, target: /data}")},
        ("compose.yaml:5 volume-unknown",),
    ),
    Case(
        "volumes-of-no-name", {ONE: web("volumes:", "  - {type: volume, target: /d}", "  - {type: tmpfs, target: /t}")}
    ),
    Case("volumes-default", {ONE: web("volumes: ['${DATA:-data}:/data']")}, ("compose.yaml:4 volume-unknown",)),
    Case("volumes-unknown-variable", {ONE: web("volumes: ['$DATA:/data', '${DIR}/x:/x']")}),
    Case("secrets", {ONE: web("secrets: [key, {source: cert}]")}, ("compose.yaml:4 secret-unknown",) * 2),
    Case("secrets-known", {ONE: web("secrets: [key]") + "secrets:\n  key: {environment: KEY}\n"}),
    Case("secrets-of-a-build", {ONE: web("build: {context: ., secrets: [key]}")}, ("compose.yaml:4 secret-unknown",)),
    Case(
        "configs",
        {ONE: web("configs: [a]", "credential_spec: {config: b}")},
        ("compose.yaml:4 config-unknown", "compose.yaml:5 config-unknown"),
    ),
    Case("configs-known", {ONE: web("configs: [a]") + "configs:\n  a: {content: x}\n"}),
    Case("models", {ONE: web("models: [llm]")}, ("compose.yaml:4 model-unknown",)),
    Case("models-known", {ONE: web("models: {llm: {endpoint_var: URL}}") + "models:\n  llm: {model: a/b}\n"}),
    Case(
        "before-the-start",
        {ONE: web("pre_start:", "  - {command: a, volumes: ['data:/d']}")},
        ("compose.yaml:5 volume-unknown",),
    ),
    Case(
        "job",
        {ONE: web() + "jobs:\n  a:\n    image: a:1\n    triggers: {manual: true}\n    depends_on: [wbe]\n"},
        ("compose.yaml:8 service-unknown",),
    ),
    Case("placeholder", {ONE: web("depends_on: ['{{DATABASE}}']", "networks: ['<<NETWORK>>']")}),
]

MERGED = [
    Case("override", {ONE: web("depends_on: [db]"), "compose.override.yml": DB}),
    Case(
        "override-of-the-old-name", {"docker-compose.yml": web("depends_on: [db]"), "docker-compose.override.yml": DB}
    ),
    Case(
        "override-elsewhere",
        {ONE: web("depends_on: [db]"), "sub/compose.override.yml": DB},
        ("compose.yaml:4 service-unknown",),
    ),
    Case(
        "the-default-is-not-merged-with-others",
        {ONE: web("depends_on: [db]"), "compose.dev.yaml": DB},
        ("compose.yaml:4 service-unknown",),
    ),
    Case(
        "others-are-judged-with-their-folder",
        {
            ONE: web(),
            "compose.dev.yaml": DB,
            "compose.test.yaml": "services:\n  t:\n    image: t:1\n    depends_on: [db, web]\n",
        },
    ),
    Case(
        "others-are-judged",
        {"docker-compose.a.yml": web("depends_on: [db, wbe]"), "docker-compose.b.yml": DB},
        ("docker-compose.a.yml:4 service-unknown",),
    ),
    Case(
        "compose-file",
        {".env": "COMPOSE_FILE=compose.yaml:compose.dev.yaml\n", ONE: web("depends_on: [db]"), "compose.dev.yaml": DB},
    ),
    Case(
        "compose-file-of-another-separator",
        {
            ".env": "COMPOSE_PATH_SEPARATOR=,\nexport COMPOSE_FILE='a/x.yaml,a/compose.yaml' # both\n",
            "a/compose.yaml": web("depends_on: [db]"),
            "a/x.yaml": DB,
        },
    ),
    Case(
        "configured",
        {
            "govern.toml": '[compose]\nprojects = [["compose.yaml", "deploy/compose.prod.yaml"]]\n',
            ONE: web("depends_on: [db]"),
            "deploy/compose.prod.yaml": DB,
        },
    ),
    Case(
        "configured-twice",
        {
            "govern.toml": "[compose]\nprojects = [['compose.yaml', 'compose.a.yaml'], "
            "['./compose.yaml', 'compose.b.yaml']]\n",
            ONE: web("depends_on: [db]"),
            "compose.a.yaml": DB,
            "compose.b.yaml": "services:\n  other:\n    image: o:1\n",
        },
        ("compose.yaml:4 service-unknown",),
    ),
    Case(
        "reset",
        {ONE: web("depends_on: [db]"), "compose.override.yaml": "services:\n  web:\n    depends_on: !reset []\n"},
    ),
    Case(
        "replaced-as-a-whole",
        {
            ONE: web("networks: [front]"),
            "compose.override.yaml": "services:\n  web:\n    networks: !override [default]\n",
        },
    ),
    Case(
        "appended",
        {ONE: web("networks: [front]"), "compose.override.yaml": "services:\n  web:\n    networks: [default]\n"},
        ("compose.yaml:4 network-unknown",),
    ),
    Case(
        "same-target",
        {
            ONE: web("volumes: ['foo:/work']"),
            "compose.override.yaml": "services:\n  web:\n    volumes: ['./:/work/']\n",
        },
    ),
    Case(
        "other-target",
        {ONE: web("volumes: ['foo:/work']"), "compose.override.yaml": "services:\n  web:\n    volumes: ['./:/play']\n"},
        ("compose.yaml:4 volume-unknown",),
    ),
    Case(
        "later-value",
        {
            ONE: web("network_mode: service:vpn"),
            "compose.override.yaml": "services:\n  web:\n    network_mode: bridge\n",
        },
    ),
    Case(
        "unreadable-override",
        {ONE: web("depends_on: [db]"), "compose.override.yaml": "services: {\n"},
        ("compose.override.yaml:2 yaml/syntax",),
    ),
]

INCLUDED = [
    Case("include", {ONE: "include: [db/compose.yaml]\n" + web("depends_on: [db]"), "db/compose.yaml": DB}),
    Case(
        "include-of-any-name", {ONE: "include: [db/services.yaml]\n" + web("depends_on: [db]"), "db/services.yaml": DB}
    ),
    Case(
        "include-long",
        {
            ONE: "include:\n  - path: [db/a.yaml, db/b.yaml]\n" + web("depends_on: [db]"),
            "db/a.yaml": "services: {}\n",
            "db/b.yaml": DB,
        },
    ),
    Case("include-missing", {ONE: "include:\n  - db/compose.yaml\n" + web()}, ("compose.yaml:2 include-missing",)),
    Case(
        "include-missing-long",
        {ONE: "include:\n  - path:\n      - a.yaml\n" + web("depends_on: [db]")},
        ("compose.yaml:3 include-missing",),
    ),
    Case(
        "include-remote",
        {ONE: "include: ['https://github.com/a/b.git', 'oci://a/b:1', $X]\n" + web("depends_on: [db]")},
    ),
    Case("include-outside", {ONE: "include: [../x.yaml, /etc/x.yaml]\n" + web("depends_on: [db]")}),
    Case(
        "include-in-both-directions",
        {
            ONE: "include: [db/compose.yaml]\n" + web("depends_on: [db]"),
            "db/compose.yaml": "include: [../compose.yaml]\n" + DB + "    depends_on: [web]\n",
        },
    ),
    Case(
        "an-included-file-uses-what-the-project-has",
        {
            ONE: "include: [db/compose.yaml]\n" + web() + "networks:\n  back:\n",
            "db/compose.yaml": DB + "    networks: [back]\n",
        },
    ),
    Case(
        "the-same-file-alone",
        {"db/compose.yaml": DB + "    networks: [back]\n"},
        ("db/compose.yaml:4 network-unknown",),
    ),
    Case(
        "relative-to-the-including-file",
        {
            ONE: "include: [a/b/compose.yaml]\n" + web(),
            "a/b/compose.yaml": "include: [../c.yaml]\n" + web("depends_on: [db]").replace("  web:", "  b:"),
            "a/c.yaml": DB,
        },
    ),
    Case(
        "project-directory",
        {
            ONE: "include:\n  - {path: a/compose.yaml, project_directory: .}\n" + web(),
            "a/compose.yaml": "include: [a/db.yaml]\n",
            "a/db.yaml": DB,
        },
    ),
    Case(
        "extends-file",
        {
            ONE: web("extends: {service: base, file: common/base.yaml}"),
            "common/base.yaml": "services:\n  base:\n    image: b:1\n",
        },
    ),
    Case(
        "extends-file-missing",
        {ONE: web("extends: {service: base, file: base.yaml}")},
        ("compose.yaml:4 include-missing",),
    ),
    Case(
        "extends-file-without-it",
        {ONE: web("extends: {service: base, file: base.yaml}"), "base.yaml": DB},
        ("compose.yaml:4 service-unknown",),
    ),
    Case(
        "extends-brings-a-volume-along",
        {
            ONE: web("extends: {service: db, file: base.yaml}"),
            "base.yaml": DB + "    volumes: ['data:/d']\nvolumes:\n  data:\n",
        },
        ("compose.yaml:4 volume-unknown",),
    ),
    Case(
        "extends-and-declares-it",
        {
            ONE: web("extends: {service: db, file: base.yaml}") + "volumes:\n  data:\n",
            "base.yaml": DB + "    volumes: ['data:/d']\n",
        },
    ),
    Case("extends-itself", {ONE: web("extends: web") + "  a:\n    extends: b\n  b:\n    extends: a\n"}),
    Case("env-file-is-not-tracked-on-purpose", {ONE: web("env_file: [.env, config/app.env]")}),
]


def two(first: str, second: str, more: str = "") -> str:
    """A file with two services that publish a port each, in lines 4 and 7."""
    return f"services:\n  a:\n    image: a:1\n    ports: [{first}]\n  b:\n    image: b:1\n    ports: [{second}]\n{more}"


TAKEN = ("compose.yaml:7 port-taken",)
PORTS = [
    Case("port", {ONE: two("'80:80'", "'80:8080'")}, TAKEN),
    Case("port-other", {ONE: two("'80:80'", "'81:80'")}),
    Case("port-of-containers", {ONE: two("'80'", "80")}),
    Case("port-protocols", {ONE: two("'53:53'", "'53:53/udp'")}),
    Case("port-udp", {ONE: two("'53:53/udp'", "'53:5353/UDP'")}, TAKEN),
    Case("port-addresses", {ONE: two("'127.0.0.1:80:80'", "'127.0.0.2:80:80'")}),
    Case("port-any-address", {ONE: two("'127.0.0.1:80:80'", "'80:80'")}, TAKEN),
    Case("port-any-ipv4-address", {ONE: two("'0.0.0.0:80:80'", "'[::1]:80:80'")}),
    Case("port-any-ipv6-address", {ONE: two("'[::]:80:80'", "'[::1]:80:80'")}, TAKEN),
    Case("port-range", {ONE: two("'8000-8005:80-85'", "'8005:80'")}, TAKEN),
    Case("port-range-beside", {ONE: two("'8000-8005:80-85'", "'8006:80'")}),
    Case("port-range-to-choose-from", {ONE: two("'8000-8005:80'", "'8005:80'")}),
    Case("port-long", {ONE: two("{target: 80, published: 80}", "{target: 81, published: '80', protocol: tcp}")}, TAKEN),
    Case("port-long-address", {ONE: two("{target: 80, published: 80, host_ip: 127.0.0.1}", "'127.0.0.2:80:80'")}),
    Case("port-default", {ONE: two("'${PORT:-80}:80'", "'80:80'")}, TAKEN),
    Case("port-unknown", {ONE: two("'${PORT}:80'", "'80:80'")}),
    Case("port-of-the-env-file", {".env": "PORT=80\n", ONE: two("'${PORT}:80'", "'80:80'")}, TAKEN),
    Case(
        "port-profiles",
        {
            ONE: two("'80:80'", "'80:80'")
            .replace("image: a:1", "profiles: [x]\n    image: a:1")
            .replace("image: b:1", "profiles: [y]\n    image: b:1")
        },
    ),
    Case("port-profile", {ONE: two("'80:80'", "'80:80'", "    profiles: [x]\n")}, TAKEN),
    Case(
        "port-profile-in-common",
        {
            ONE: two("'80:80'", "'80:80'", "    profiles: [x, y]\n").replace(
                "image: a:1", "profiles: [y]\n    image: a:1"
            )
        },
        ("compose.yaml:8 port-taken",),
    ),
    Case("port-of-the-host", {ONE: two("'80:80'", "'80:80'", "    network_mode: host\n")}),
    Case("port-of-none", {ONE: two("'80:80'", "'80:80'", "    deploy: {replicas: 0}\n")}),
    Case("port-of-itself", {ONE: web("ports: ['80:80', '80:81']")}, ("compose.yaml:4 port-taken",)),
    Case(
        "port-in-two-files",
        {ONE: web("ports: ['80:80']"), "compose.override.yaml": DB + "    ports: ['80:80']\n"},
        ("compose.override.yaml:4 port-taken", "compose.yaml:4 port-taken"),
    ),
    Case(
        "port-in-alternatives",
        {
            ONE: web("ports: ['80:80']"),
            "compose.a.yaml": DB + "    ports: ['80:80']\n",
            "compose.b.yaml": DB + "    ports: ['80:80']\n",
        },
    ),
    Case("port-repeated", {ONE: web("ports: ['80:80']"), "compose.override.yaml": web("ports: ['80:80/tcp']")}),
    Case(
        "port-changed",
        {ONE: web("ports: ['80:80']"), "compose.override.yaml": web("ports: ['80:81']")},
        ("compose.override.yaml:4 port-taken", "compose.yaml:4 port-taken"),
    ),
    Case("port-replaced", {ONE: web("ports: ['80:80']"), "compose.override.yaml": web("ports: !override ['80:81']")}),
    Case(
        "port-reset",
        {ONE: two("'80:80'", "'80:80'"), "compose.override.yaml": "services:\n  a:\n    ports: !reset []\n"},
    ),
    Case(
        "port-included",
        {ONE: "include: [db.yaml]\n" + web("ports: ['80:80']"), "db.yaml": DB + "    ports: ['80:80']\n"},
        ("compose.yaml:5 port-taken",),
    ),
    Case(
        "port-inherited", {ONE: web("ports: ['80:80']") + "  api:\n    extends: web\n"}, ("compose.yaml:6 port-taken",)
    ),
    Case(
        "port-in-two-projects", {"a/compose.yaml": web("ports: ['80:80']"), "b/compose.yaml": web("ports: ['80:80']")}
    ),
]

BINDS = [
    Case("bind", {ONE: web("volumes: ['./conf/app.conf:/etc/app.conf']")}, ("compose.yaml:4 bind-missing",)),
    Case(
        "bind-tracked",
        {ONE: web("volumes: ['./conf/app.conf:/etc/app.conf', './conf:/etc/conf', '.:/src']"), "conf/app.conf": ""},
    ),
    Case(
        "bind-folder",
        {ONE: web("volumes: ['./frontend:/usr/src/app']"), "front/x": ""},
        ("compose.yaml:4 bind-missing",),
    ),
    Case("bind-data", {ONE: web("volumes: ['./data:/var/lib/app', './pg:/data', './logs:/x']")}),
    Case("bind-data-read-only", {ONE: web("volumes: ['./seed/data:/seed:ro']")}, ("compose.yaml:4 bind-missing",)),
    Case(
        "bind-ignored",
        {ONE: web("volumes: ['./build/out:/app', './gen.json:/gen.json']"), ".gitignore": "build/\n*.json\n"},
    ),
    Case(
        "bind-taken-back",
        {ONE: web("volumes: ['./gen.json:/gen.json']"), ".gitignore": "*.json\n!gen.json\n"},
        ("compose.yaml:4 bind-missing",),
    ),
    Case("bind-secret", {ONE: web("volumes: ['./tls/site.pem:/etc/site.pem', './.env:/app/.env']")}),
    Case(
        "bind-long", {ONE: web("volumes: [{type: bind, source: src, target: /src}]")}, ("compose.yaml:4 bind-missing",)
    ),
    Case("bind-long-made", {ONE: web("volumes: [{type: bind, source: data, target: /data}]")}),
    Case(
        "bind-long-not-made",
        {ONE: web("volumes: [{type: bind, source: data, target: /data, bind: {create_host_path: false}}]")},
        ("compose.yaml:4 bind-missing",),
    ),
    Case("bind-outside", {ONE: web("volumes: ['../x.conf:/x.conf', '/etc/x.conf:/y.conf', '~/x.conf:/z.conf']")}),
    Case(
        "bind-variable",
        {ONE: web("volumes: ['$DIR/x.conf:/x.conf', '${DIR:-./y}/y.conf:/y.conf']")},
        ("compose.yaml:4 bind-missing",),
    ),
    Case(
        "bind-upwards",
        {"a/compose.yaml": web("volumes: ['../conf:/conf', '../cnf:/x/y']"), "conf/x": ""},
        ("a/compose.yaml:4 bind-missing",),
    ),
    Case(
        "bind-of-the-project-directory",
        {
            ONE: "include:\n  - {path: a/b.yaml, project_directory: .}\n" + web(),
            "a/b.yaml": DB + "    volumes: ['./conf:/etc/conf']\n",
            "conf/x": "",
        },
    ),
    Case(
        "bind-replaced",
        {
            ONE: web("volumes: ['./a.conf:/x.conf']"),
            "compose.override.yaml": "services:\n  web:\n    volumes: ['./b.conf:/x.conf']\n",
            "b.conf": "",
        },
    ),
]

HEALTHY = "depends_on: {db: {condition: service_healthy}}"
CHECK = "    healthcheck: {test: [CMD, 'true']}\n"
HEALTH = [
    Case("unhealthy", {ONE: web(HEALTHY) + "  db:\n    image: db:1\n"}, ("compose.yaml:4 dependency-unhealthy",)),
    Case("healthy", {ONE: web(HEALTHY) + "  db:\n    image: db:1\n" + CHECK}),
    Case("started", {ONE: web("depends_on: {db: {condition: service_started}}") + "  db:\n    image: db:1\n"}),
    Case(
        "disabled",
        {ONE: web(HEALTHY) + "  db:\n    image: db:1\n    healthcheck: {disable: true}\n"},
        ("compose.yaml:4 dependency-unhealthy",),
    ),
    Case(
        "none",
        {ONE: web(HEALTHY) + "  db:\n    image: db:1\n    healthcheck: {test: [NONE]}\n"},
        ("compose.yaml:4 dependency-unhealthy",),
    ),
    Case(
        "healthy-by-override",
        {ONE: web(HEALTHY) + "  db:\n    image: db:1\n", "compose.override.yaml": "services:\n  db:\n" + CHECK},
    ),
    Case(
        "healthy-by-extension",
        {ONE: web(HEALTHY) + "  db:\n    extends: {file: x.yaml, service: db}\n", "x.yaml": DB + CHECK},
    ),
    Case(
        "waits-no-longer",
        {
            ONE: web(HEALTHY) + "  db:\n    image: db:1\n",
            "compose.override.yaml": "services:\n  web:\n    depends_on: {db: {condition: service_started}}\n",
        },
    ),
]

POLICIES = '[rules]\n"compose/restart-missing" = "error"\n"compose/healthcheck-missing" = "warn"\n'
BOTH = ("compose.yaml:2 healthcheck-missing", "compose.yaml:2 restart-missing")
KEPT = ("restart: always", "healthcheck: {test: a}")
AFTER = "depends_on: {init: {condition: service_completed_successfully}}"
POLICY = [
    Case("policy-off", {ONE: web()}),
    Case("policy-on", {"govern.toml": POLICIES, ONE: web()}, BOTH),
    Case("policy-kept", {"govern.toml": POLICIES, ONE: web(*KEPT)}),
    Case(
        "policy-kept-by-override",
        {
            "govern.toml": POLICIES,
            ONE: web(),
            "compose.override.yaml": "services:\n  web:\n    restart: 'no'\n    healthcheck: {disable: true}\n",
        },
    ),
    Case(
        "policy-kept-by-another-file",
        {"govern.toml": POLICIES, ONE: web(*KEPT), "compose.dev.yaml": "services:\n  web:\n    build: .\n"},
    ),
    Case(
        "policy-restart-of-a-deployment",
        {"govern.toml": POLICIES, ONE: web("deploy: {restart_policy: {condition: any}}", "healthcheck: {test: a}")},
    ),
    Case(
        "policy-once",
        {"govern.toml": POLICIES, ONE: web(*KEPT, AFTER) + "  init:\n    image: init:1\n"},
    ),
]

CASES = [*REFERENCES, *MERGED, *INCLUDED, *PORTS, *BINDS, *HEALTH, *POLICY]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_command_line_finds_it(repo: Repo, case: Case) -> None:
    for path, text in case.files.items():
        repo.untracked(path, text)
    repo.git("add", "--all", "--force")
    found = [f"{f['path']}:{f['line']} {f['rule'].removeprefix('compose/')}" for f in repo.findings()]
    assert sorted(found) == sorted(case.expected)


FIXES = [
    (web("depends_on: [databsae]"), web("depends_on: [database]")),
    (web("depends_on: ['databsae']"), web("depends_on: ['database']")),
    (
        web("depends_on:", "  databsae: {condition: service_started}"),
        web("depends_on:", "  database: {condition: service_started}"),
    ),
    (web("network_mode: service:databsae"), web("network_mode: service:database")),
    (web("links: ['databsae:db']"), web("links: ['database:db']")),
]
UNFIXED = [
    web("depends_on: [db]"),  # near enough to nothing
    web("depends_on: [database2]"),  # digits are no slips
    web("depends_on: [databaze]"),  # another letter may be another service
    web("depends_on: ['data${X:-bsae}']"),  # the name does not stand there
    web("depends_on: &d [databsae]") + "  job:\n    image: job:1\n    depends_on: *d\n",  # it counts twice
]
DATABASE = "  database:\n    image: db:1\n"


@pytest.mark.parametrize(("before", "after"), FIXES)
def test_a_misspelt_name_is_mended(repo: Repo, before: str, after: str) -> None:
    path = repo.write(ONE, before + DATABASE)
    assert [finding["hint"] for finding in repo.findings()] == ["did you mean database?"]
    assert repo.govern("check", "--fix").code == 0
    assert path.read_text() == after + DATABASE


@pytest.mark.parametrize("text", UNFIXED)
def test_a_name_that_may_be_right_is_left_alone(repo: Repo, text: str) -> None:
    path = repo.write(ONE, text + DATABASE)
    assert {finding["fixable"] for finding in repo.findings()} == {False}
    repo.govern("check", "--fix")
    assert path.read_text() == text + DATABASE


def test_both_sides_hear_of_a_port_whichever_file_is_judged(repo: Repo) -> None:
    repo.write(ONE, web("ports: ['80:80']"))
    repo.write("compose.override.yaml", DB + "    ports: ['80:80']\n")
    for path, other, service in ((ONE, "compose.override.yaml", "db"), ("compose.override.yaml", ONE, "web")):
        (finding,) = repo.findings(path)
        assert finding["path"] == path
        assert finding["message"] == f"host port 80 is taken: {service} publishes it too, in {other}"


def test_a_file_of_two_projects_is_judged_once(repo: Repo) -> None:
    for folder in ("a", "b"):
        repo.write(f"{folder}/compose.yaml", "include: [../db/x.compose.yaml]\n" + web())
    repo.write("db/x.compose.yaml", "# govern: schema=compose@1\n" + DB + "    networks: [back]\n")
    assert repo.rules() == ["compose/network-unknown"]


def test_a_folder_of_parts_has_no_dangling_reference_in_its_project(repo: Repo) -> None:
    names = [f"s{index}" for index in range(8)]
    for name in names:
        others = ", ".join(other for other in names if other != name)
        text = f"services:\n  {name}:\n    image: {name}:1\n    depends_on: [{others}]\n    networks: [back]\n"
        repo.untracked(f"docker-compose.{name}.yml", text)
    repo.untracked("docker-compose.networks.yml", "networks:\n  back:\n")
    repo.git("add", "--all")
    assert repo.findings() == []
    repo.git("rm", "--quiet", "--cached", "docker-compose.networks.yml", "docker-compose.s0.yml")
    assert repo.rules().count("compose/network-unknown") == repo.rules().count("compose/service-unknown") == 7


def test_a_submodule_is_out_of_sight(repo: Repo) -> None:
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib")
    repo.write(".gitmodules", '[submodule "lib"]\n\tpath = lib\n\turl = ../lib.git\n')
    repo.write(ONE, "include: [lib/compose.yaml]\n" + web("volumes: ['./lib/app.conf:/app.conf']", "depends_on: [db]"))
    assert repo.findings() == []
