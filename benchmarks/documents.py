"""Documents to measure with: made up, the same on every run, and as varied as those that people write.

Each is valid for us and for the tool that we compare with. `wrong` breaks one in the way people do most often: a
word that the schema does not know.
"""

import random

DOMAINS = ("billing", "catalogue", "checkout", "identity", "platform", "search", "shipping", "support")
TEAMS = ("payments", "storefront", "core", "data", "logistics")
QUOTED = ("''", "''", "api", "ledger_service", '"search-api"')
OWNERS = ("''", "''", "Ada", '"Grace"', "Edsger")
LABELS = ("api", "debt", "risk", "dashboard", "customer")
STATUSES = ("proposed", "blocked", "in_progress", "done", "paused")
VERBS = ("Make", "Move", "Split", "Measure", "Retire", "Document", "Speed up", "Harden")
THINGS = ("refunds", "the ledger export", "address checks", "session storage", "the search index", "order events")
HEADINGS = (
    *("Mission", "Technology Context", "Tier", "Quick Reference", "When to Invoke", "Scope", "Extended Reference"),
    *("Modern Practices", "AI Applications", "Dependencies", "Consulted By", "Monitoring Hooks"),
    *("Monitoring Implementation", "Maintenance Triggers"),
)
GUIDE_SCHEMA = {  # the sections of `domain_agent`, in their order
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:example:guide:1.0.0",
    "type": "object",
    "required": ["frontmatter", "intro", "sections"],
    "properties": {
        "frontmatter": {"type": "object", "required": ["name", "description", "last_reviewed", "knowledge_sources"]},
        "intro": {"type": "string", "pattern": "^You are the .+ Agent for "},
        "sections": {
            "type": "array",
            "minItems": len(HEADINGS),
            "prefixItems": [
                {"type": "object", "properties": {"heading": {"const": heading}, "level": {"const": 2}}}
                for heading in HEADINGS
            ],
            "items": False,
        },
    },
}
HELPERS = {"database": "postgres:17.2", "cache": "redis:7.4.1", "queue": "rabbitmq:4.0.4", "proxy": "nginx:1.27.3"}


def front_matter(index: int) -> str:
    """The front matter of task number `index`, without its fences."""
    draw = random.Random(f"task {index}")
    day = f"2026-{draw.randint(1, 6):02}-{draw.randint(1, 28):02}"
    later = f"2026-{draw.randint(7, 12):02}-{draw.randint(1, 28):02}"
    others = [task_id(draw.randrange(index)) for _ in range(draw.choice((0, 0, 1, 3)))] if index else []
    title = f"{draw.choice(VERBS)} {draw.choice(THINGS)}"
    lines = [
        f"id: {task_id(index)}",
        f"title: {title}" if draw.random() < 0.8 else f"title: 'Part {index}: {title}'",
        f"type: {draw.choice(('task', 'task', 'story', 'doc'))}",
        f"status: {draw.choice(STATUSES)}",
        f"priority: {draw.choice(('low', 'medium', 'high', 'critical'))}",
        f"domain: {domain(index)}",
        f"service: {draw.choice(QUOTED)}",
        f"owner_team: {draw.choice(TEAMS)}",
        f"owner: {draw.choice(OWNERS)}",
        "program: ''",
        f"created: {day}" if draw.random() < 0.2 else f"created: '{day}'",
        f"last_updated: '{later}'" + (" # reviewed" if draw.random() < 0.05 else ""),
        *_list(draw, "related", list(dict.fromkeys(others))),
        *_list(draw, "labels", draw.sample(LABELS, draw.choice((0, 2)))),
    ]
    return "\n".join(lines) + "\n"


def _list(draw: random.Random, key: str, words: list[str]) -> list[str]:
    """A list in one of the ways that people write one."""
    if not words or draw.random() < 0.4:
        quote = draw.choice(("", "", "'"))
        return [f"{key}: [{', '.join(quote + word + quote for word in words)}]"]
    indentation = draw.choice(("", "  "))
    return [f"{key}:", *(f"{indentation}- {word}" for word in words)]


def task(index: int) -> str:
    """Task number `index` as markdown."""
    draw = random.Random(f"body {index}")
    steps = "\n".join(f"- [ ] {draw.choice(VERBS)} {draw.choice(THINGS)}" for _ in range(draw.randint(2, 6)))
    return (
        f"---\n{front_matter(index)}---\n# Task {index}\n\n## Why\n\n"
        f"Today {draw.choice(THINGS)} are handled by hand, see [the notes](https://example.com/{index}).\n\n"
        f"## Steps\n\n{steps}\n\n```sh\nmake verify TASK={index}\n```\n"
    )


def domain_agent(index: int) -> str:
    """The page of domain agent number `index`: fourteen sections, lists, references and thresholds."""
    draw = random.Random(f"agent {index}")
    name = f"area-{index:04}"
    asked = [f"`@area-{draw.randrange(index + 1):04}`" for _ in range(3)]
    sections = {
        "Mission": f"{draw.choice(VERBS)} {draw.choice(THINGS)}, and keep them working when everything else changes.",
        "Technology Context": "- **Language**: <<PRIMARY_LANGUAGE>>\n- **Framework**: <<FRAMEWORK>>",
        "Tier": "**1 — Foundation.** Everything else builds on it.",
        "Quick Reference": "- **Scope**: What it says below.\n- **Top 3 modern practices**: Few; small; tested.\n"
        f"- **Top 3 AI applications**: Drafts; digests; alarms.\n- **Dependencies**: {asked[0]}",
        "When to Invoke": f"- {draw.choice(THINGS)} change\n- Any task with `domain_agents: [{name}]`",
        "Scope": "**Owns:**\n" + _bullets(draw, 4) + "\n\n**Does not own:**\n" + _bullets(draw, 3),
        "Extended Reference": "See [the handbook](https://example.com/handbook).",
        "Modern Practices": "\n".join(f"- **Practice {each}**: {draw.choice(VERBS)} it." for each in range(1, 5)),
        "AI Applications": f"### Builder AI\n{_bullets(draw, 2)}\n\n### Consumer AI\n{_bullets(draw, 2)}",
        "Dependencies": "\n".join(f"- {each} — {draw.choice(THINGS)}" for each in asked),
        "Consulted By": f"- {asked[1]} — {draw.choice(THINGS)}",
        "Monitoring Hooks": _bullets(draw, 3),
        "Monitoring Implementation": "- **Alerting thresholds**:\n  - Errors: warn at > 1 %, critical at > 5 %\n"
        f"- **Health check endpoint**: `/health/{name}`",
        "Maintenance Triggers": _bullets(draw, 2),
    }
    body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections.items())
    return (
        f"---\nname: {name}\ndescription: Domain agent number {index}. Tier 1 foundation.\n"
        "last_reviewed: '2026-01-15'\nknowledge_sources:\n  - The handbook\n---\n\n"
        f"You are the Area Agent for <<PROJECT_NAME>>.\n\n{body}\n"
    )


def _bullets(draw: random.Random, count: int) -> str:
    return "\n".join(f"- {draw.choice(VERBS)} {draw.choice(THINGS)}" for _ in range(count))


def task_id(index: int) -> str:
    return f"task-{index:05}"


def domain(index: int) -> str:
    return DOMAINS[index % len(DOMAINS)]


def compose(index: int) -> str:
    """Compose file number `index`, of about forty lines."""
    draw = random.Random(f"compose {index}")
    name = f"{draw.choice(THINGS).split()[-1]}-{index}"
    shared = draw.random() < 0.3
    lines = [f"# {name}: what it needs on a developer's machine", f"name: {name}", ""]
    if shared:
        lines += ["x-logging: &logging", "  driver: json-file", "  options:", '    max-size: "10m"', ""]
    lines += ["services:"]
    helpers = draw.sample(tuple(HELPERS), draw.choice((1, 1, 2)))
    lines += ["  api:", *_service(draw, index, shared)]
    if draw.random() < 0.5:
        lines += ["    depends_on:", *(f"      {each}:\n        condition: service_healthy" for each in helpers)]
    else:
        lines.append(f"    depends_on: [{', '.join(helpers)}]")
    for each in helpers:
        lines += ["", f"  {each}:", *_helper(draw, each)]
    lines += ["", "networks:", "  inside:", "    driver: bridge", "", "volumes:"]
    lines += [f"  {each}-data:" + draw.choice(("", " {}")) for each in helpers]
    return "\n".join(lines) + "\n"


def _service(draw: random.Random, index: int, shared: bool) -> list[str]:
    lines = [f"    image: registry.example.com/{draw.choice(DOMAINS)}/api:{draw.randint(1, 4)}.{index}.0"]
    lines.append(f"    restart: {draw.choice(('unless-stopped', 'always', 'on-failure:3'))}")
    if draw.random() < 0.5:
        lines += ["    environment:", "      LOG_LEVEL: info", "      WORKERS: 4", "      TOKEN_FILE: /run/token"]
    else:
        lines += ["    environment:", "      - LOG_LEVEL=${LOG_LEVEL:-info}", f"      - REGION=eu-{draw.randint(1, 3)}"]
    port = 8000 + index % 1000
    lines.append(f'    ports: ["{port}:8080"]' if draw.random() < 0.5 else f'    ports:\n      - "127.0.0.1:{port}:80"')
    lines += ["    healthcheck:", "      test: [CMD, wget, -q, 'http://localhost:8080/health']", "      interval: 30s"]
    lines += ["    deploy:", "      resources:", "        limits:", '          cpus: "0.50"', "          memory: 256M"]
    lines.append("    networks: [inside]")
    if shared:
        lines.append("    logging: *logging")
    return lines


def _helper(draw: random.Random, name: str) -> list[str]:
    lines = [f"    image: {HELPERS[name]}{draw.choice(('', '-alpine'))}", "    restart: unless-stopped"]
    lines += ["    healthcheck:", '      test: ["CMD-SHELL", "nc -z localhost 5000 || exit 1"]', "      retries: 5"]
    lines += ["    volumes:", f"      - {name}-data:/var/lib/data", "    networks:", "      - inside"]
    return lines


def wrong(text: str) -> str:
    """The same document with one mistake in it."""
    return text.replace("\npriority: ", "\npriority: very-").replace("    restart: ", "    restrat: ", 1)
