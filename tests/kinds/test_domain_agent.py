"""The rules about domain agents: each "no" beside the nearest "yes", and one finding for one mistake."""

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govern import check_text
from govern.kinds.domain_agent.thresholds import disorder
from govern.model.finding import Finding
from tests.repo import ROOT, TODAY, Repo, task

TEMPLATE = (ROOT / "schemas" / "domain-agent" / "example.md").read_text("utf-8")
FINISHED = re.sub(r"<<([A-Z_]+)>>", lambda match: match[1].title(), TEMPLATE)
PATH = "domain-agents/notifications.md"
SECOND = "last_reviewed: 2026-01-15\ntools: Read, Grep\nmodel: sonnet\nmaxTurns: 20"
V2 = re.sub(r"`@([a-z-]+)`", r"`\1 subagent`", FINISHED.replace("last_reviewed: 2026-01-15", SECOND))
V2 = V2.replace("## Extended Reference\n", "## Extended Reference\n\n## Channels\n\n### Mail\n\nFirst of all.\n")
V2 = V2.replace("## Dependencies\n\n-", "## Quiet Hours\n\nBy night.\n\n## Dependencies\n\n-")

SECTIONS = [line[3:] for line in TEMPLATE.split("\n") if line.startswith("## ")]
FURTHER = ["Channels", "Quiet Hours"]


def findings(text: str, path: str = PATH) -> list[Finding]:
    return check_text(text, kind="domain-agent", path=path, today=TODAY)


def said(text: str, path: str = PATH) -> list[tuple[int, int, str, str]]:
    return [(f.span.line, f.span.column, f.rule, f.message) for f in findings(text, path)]


def rules(text: str, path: str = PATH) -> list[str]:
    return [finding.rule for finding in findings(text, path)]


def changed(old: str, new: str, text: str = FINISHED) -> str:
    assert old in text
    return text.replace(old, new, 1)


def place(text: str, word: str) -> tuple[int, int]:
    """Line and column of the first occurrence of a word."""
    start = text.index(word)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


# What is judged, and by which version


@pytest.mark.parametrize("text", [TEMPLATE, FINISHED, V2, FINISHED.replace("\n", "\r\n"), "\ufeff" + FINISHED])
def test_an_agent_without_mistakes_has_no_findings(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("folder", ["domain-agents", "agents/domain-agents", "docs/domain-agents/shop"])
def test_a_folder_of_domain_agents_may_lie_anywhere(repo: Repo, folder: str) -> None:
    repo.write(f"{folder}/notifications.md", FINISHED)
    out = repo.govern("explain", f"{folder}/notifications.md").out
    assert "a document of the kind domain-agent" in out


def test_there_are_fourteen_sections() -> None:
    assert len(SECTIONS) == 14


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        (FINISHED, "domain-agent@1.0.0"),
        (V2, "domain-agent@2.0.0"),
        (FINISHED.replace("last_reviewed", "model: sonnet\nlast_reviewed"), "domain-agent@2.0.0"),
        (FINISHED.replace("last_reviewed", "schema: domain-agent@2\nlast_reviewed"), "domain-agent@2.0.0"),
        (V2.replace("last_reviewed", "schema: domain-agent@1\nlast_reviewed"), "domain-agent@1.0.0"),
        (FINISHED.replace("## Mission\n", "## Mission\n\nmodel: none\n"), "domain-agent@1.0.0"),
    ],
)
def test_the_keys_that_version_2_brought_tell_the_version(repo: Repo, text: str, schema: str) -> None:
    repo.write(PATH, text)
    assert f"{PATH} is judged by {schema}" in repo.govern("check", "-v").err


def test_the_configuration_decides_before_the_keys_do(repo: Repo) -> None:
    repo.write("govern.toml", "[kinds]\ndomain-agent = 2\n")
    repo.write(PATH, FINISHED)
    assert [f["message"] for f in repo.findings()] == [
        f"{key} is missing from the front matter" for key in ("maxTurns", "model", "tools")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Our agents\n\n| agent | tier |\n|---|---|\n",
        "---\ntitle: Agents\n---\n## Quick Reference\n\nname: none\n",
        "",
    ],
)
def test_a_page_about_agents_is_none(repo: Repo, text: str) -> None:
    repo.write("domain-agents/overview.md", text)
    repo.write("domain-agents/README.md", FINISHED)
    assert repo.govern("check").err == "nothing to judge: 0 files judged, 2 skipped\n"


def test_an_agent_without_front_matter_is_told_so(repo: Repo) -> None:
    repo.write(PATH, FINISHED.split("---\n", 2)[2])
    assert [f["message"] for f in repo.findings()] == ["the front matter is missing"]


# One mistake, one finding


def outline(text: str) -> list[str]:
    """The text before the first section, and each section with its heading: told by nothing but the # signs."""
    return re.split(r"(?m)^(?=## )", text)


def test_a_section_that_is_missing_is_named_once() -> None:
    for text, at in ((FINISHED, SECTIONS), (V2, SECTIONS)):
        parts = outline(text)
        for name in at:
            rest = [part for part in parts if not part.startswith(f"## {name}\n")]
            assert len(rest) == len(parts) - 1
            (finding,) = findings("".join(rest))
            assert finding.rule == "schema/section-missing"
            assert f'"{name}"' in finding.message


@pytest.mark.parametrize("text", [FINISHED, V2], ids=["v1", "v2"])
def test_two_neighbours_that_changed_places_are_one_mistake(text: str) -> None:
    parts = outline(text)
    names = [part.split("\n", 1)[0][3:] for part in parts]
    for index, (one, two) in enumerate(pairwise(names[1:]), 1):
        if two in FURTHER or (one in FURTHER and two in SECTIONS):
            continue  # sections of its own have no order
        swapped = [*parts[:index], parts[index + 1], parts[index], *parts[index + 2 :]]
        (finding,) = findings("".join(swapped))
        assert finding.rule in ("schema/section-misplaced", "domain-agent/section-misplaced")
        assert f'"{one}"' in finding.message or f'"{two}"' in finding.message


@pytest.mark.parametrize("text", [FINISHED, V2], ids=["v1", "v2"])
def test_a_misspelt_section_is_one_mistake_with_its_fix(text: str) -> None:
    for name in SECTIONS:
        wrong = name[:-2] + name[-1] + name[-2]
        broken = changed(f"\n## {name}\n", f"\n## {wrong}\n", text)
        (finding,) = findings(broken)
        assert finding.message == f'section "{name}" is missing; "{wrong}" looks like it'
        assert (finding.span.line, finding.span.column) == place(broken, wrong)
        assert finding.fix


def test_a_section_of_another_name_in_the_place_of_one_is_one_mistake() -> None:
    for name in SECTIONS:
        broken = changed(f"\n## {name}\n", "\n## Something Else\n")
        (finding,) = findings(broken)
        assert finding.message == f'section "{name}" is missing; "Something Else" stands in its place'
        assert (finding.span.line, finding.span.column) == place(broken, "Something Else")


def test_a_section_too_many_is_told_in_version_1_and_before_extended_reference_in_version_2() -> None:
    for name in SECTIONS:
        more = f"\n## More\n\nIt is.\n\n## {name}\n"
        assert rules(changed(f"\n## {name}\n", more)) == ["schema/section-unknown"]
        early = SECTIONS.index(name) <= SECTIONS.index("Extended Reference")
        assert rules(changed(f"\n## {name}\n", more, V2)) == ["schema/section-unknown"] * early


def test_a_section_that_stands_twice_is_told() -> None:
    for text in (FINISHED, V2):
        parts = outline(text)
        for part in parts[1:]:
            if part.split("\n", 1)[0][3:] in SECTIONS:
                (finding,) = findings("".join(parts) + "\n" + part)
                assert finding.rule == "schema/section-unknown"
                assert "stands here again" in finding.message


def test_a_heading_of_another_level_is_told_with_its_line() -> None:
    for name in SECTIONS[1:]:
        broken = changed(f"\n## {name}\n", f"\n### {name}\n")
        (finding,) = findings(broken)
        assert finding.message == f'section "{name}" is missing'
        assert finding.hint and f"line {place(broken, f'### {name}')[0]}" in finding.hint


@pytest.mark.parametrize("text", [FINISHED, V2], ids=["v1", "v2"])
def test_a_heading_that_swallows_what_follows_is_one_mistake(text: str) -> None:
    for name in SECTIONS:
        broken = changed(f"\n## {name}\n", f"\n# {name}\n", text)
        (finding,) = findings(broken)
        assert f'"{name}"' in finding.message


MISTAKES = [
    ("You are the Notifications Agent for Project_Name.", "You send letters.", "schema/pattern", "You send"),
    ("You are the", "# Notifications\n\nYou are the", "domain-agent/opening-not-first", "Notifications\n\nYou"),
    ("name: notifications", "name: Notifications", "schema/pattern", "Notifications\n"),
    ("name: notifications", "name: notification", "domain-agent/name-contradicted", "notification\n"),
    ("Tier 2 feature", "Tier 2 thing", "schema/pattern", "Domain agent for"),
    ("Tier 2 feature", "Tier 3 experience", "domain-agent/tier-contradicted", "2 — Feature"),
    ("last_reviewed: 2026-01-15", "last_reviewed: 2026-02-30", "schema/format", "2026-02-30"),
    ("last_reviewed: 2026-01-15", "last_reviewed: yesterday", "schema/format", "yesterday"),
    ('\n  - "RFC 5322, Internet message format"\n  - "The handbook of the mail provider"', " []", "schema/items", "[]"),
    ("**2 — Feature.**", "**2 — Foundation.**", "schema/pattern", "**2 — Found"),
    ("**2 — Feature.**", "**4 — Feature.**", "schema/pattern", "**4"),
    ("- **Dependencies**: `@schema-data`, `@auth-identity`.\n", "", "schema/item-missing", "Quick Reference"),
    ("- **Scope**: Mail", "- **Scopes**: Mail", "schema/item-missing", "Scopes"),
    ("- Any task with `domain_agents: [notifications]`\n", "", "schema/item-missing", "When to Invoke"),
    ("[notifications]`", "[messaging]`", "domain-agent/invocation-misnamed", "messaging]"),
    ("[notifications]`\n", "[notifications]`\n- Mail\n", "domain-agent/invocation-not-last", "Any task"),
    ("**Does not own:**\n", "", "schema/item-missing", "Scope\n\n**Owns"),
    ("### Consumer AI\n- Sum up a day of messages in one.\n", "", "schema/section-missing", "Builder AI"),
    ("- **Dashboard**: one panel for each channel.\n", "", "schema/item-missing", "Monitoring Implementation"),
    ("`/health/notifications` says", "It says", "schema/pattern", "It says"),
    ("/health/notifications", "/health/messaging", "domain-agent/endpoint-misnamed", "messaging` says"),
    (
        "warn at <98%, critical at <95%",
        "warn at <95%, critical at <98%",
        "domain-agent/thresholds-disordered",
        "warn at <95",
    ),
    ("(see `@auth-identity`)", "(see `@auth-identiy`)", "domain-agent/reference-unresolved", "auth-identiy"),
    ("- `@schema-data` — the", "- `@media-content` — the", "domain-agent/dependency-above", "media-content"),
    (
        "- **Language**: Primary_Language",
        "- **Language**: {{PRIMARY_LANGUAGE}}",
        "domain-agent/placeholder-leftover",
        "PRIMARY",
    ),
    ("**Framework**: Framework", "**Framework**: <<FRAMEWORK>>", "domain-agent/placeholder-leftover", "FRAMEWORK"),
]


@pytest.mark.parametrize(("old", "new", "rule", "at"), MISTAKES, ids=[f"{m[2]}-{n}" for n, m in enumerate(MISTAKES)])
def test_one_mistake_is_one_finding_at_its_place(old: str, new: str, rule: str, at: str) -> None:
    broken = changed(old, new)
    assert [(line, column, which) for line, column, which, _ in said(broken)] == [(*place(broken, at), rule)]


NO_MISTAKES = [
    ("**Does not own:**\n- Who a person is (see `@auth-identity`)\n", "**Does not own:** who a person is.\n\n"),
    ("## Mission\n", "## Mission\n\nAsk ops@example.com, @schema-data, (@auth-identity), or `@messaging`'s list.\n"),
    (
        "## Mission\n",
        "## Mission\n\n`@scope/package`, @angular/core, `@app.route`, @media, `@Injectable()`, `@cache(5)`.\n",
    ),
    ("## Mission\n", "## Mission\n\nSee https://example.com/@somebody, `npm i x@latest`, `kubectl get @all now`.\n"),
    ("## Mission\n", "## Mission\n\n```py\n@schedule\ndef f(): ...\n```\n"),
    ("## Mission\n", "## Mission\n\n<!-- ask @nobody -->\n"),
    (
        "## Mission\n",
        "## Mission\n\n{{ NAME }}, {{name}}, ${{ X }}, ${{X}}, {{{X}}}, cat <<EOF >>f, x << Y >> z, <<: *a\n",
    ),
    ("- `@payments-billing` — receipts", "- `@media-content`, `@payments-billing` — receipts"),
    ("warn at <98%, critical at <95%", "any failure is looked at"),
    ("last_reviewed: 2026-01-15", "last_reviewed: 2026-02-11"),  # it is tomorrow somewhere
]


@pytest.mark.parametrize(("old", "new"), NO_MISTAKES)
def test_what_only_looks_like_a_mistake_is_none(old: str, new: str) -> None:
    assert said(changed(old, new)) == []


def test_a_placeholder_is_told_once_and_where_it_first_stands() -> None:
    text = changed("## Mission\n", "## Mission\n\n<<PROJECT_NAME>>\n\n```\n<<PROJECT_NAME>> {{REGION}}\n```\n")
    assert [(line, column) for line, column, *_ in said(text)] == [
        place(text, "PROJECT_NAME>>\n"),
        place(text, "REGION"),
    ]


# Alerts

ORDERED = """
warn at <98%, critical at <95%
warn at 75%, critical at 90%
warn at 30 days, critical at 7 days
warn at p95 > 300ms, critical at p95 > 1s
warn on any drift, critical if production differs from expected
warn if spike >2x baseline, critical if >5x baseline
warn at 80% of the budget, critical at 95%
warn when exceeding the budget by 5%, critical at 10%
warn at > 1000 per channel, critical at > 10000
warn at >5s p95, critical at >30s
warn at < 80%, critical at < 60% (after 90 days)
warn at >3 failures in 5 minutes, critical at >3 failures in 1 minute
critical at >10%, warn at >5%
Critical path: warn at 5 s, critical at 10 s
warn at p95 > 5s, critical at p99 > 5s
warn at >= 5, critical at > 5
warn at > 30 min, critical at > 1 h
warn at 5-10%, critical at 3%
warn at <98%, critical at >95%
warn at 5 errors, critical at 3 timeouts
warn at > 500 MB, critical at > 1 GB
warn at 99,5%, critical at 99%
p95: warn >1s, critical >2s; p99: warn >2s, critical >4s
any rate above 0 is looked at
"""
DISORDERED = """
warn at <95%, critical at <98%
warn at >10%, critical at >5%
warn at 90%, critical at 90%
critical at 90%, warn at 75%
warn at >2s, critical at >500ms
warn at > 1 h, critical at > 30 minutes
warn below 10%, critical below 20%
warn above 90%, critical at 80%
warn if >50/hour, critical if >10/hour
warn at > 10000 per channel, critical at > 1000
warn when exceeding the budget by 10%, critical at 5%
warn at 5% or more, critical at 3% or more
warn at > 1 GB, critical at > 500 MB
warn at 1000 ms, critical at 1 s
p95: warn >1s, critical >2s; p99: warn >5s, critical >4s
"""


@pytest.mark.parametrize("line", ORDERED.strip().split("\n"))
def test_an_alert_that_warns_in_time_or_may_do_so_is_no_mistake(line: str) -> None:
    assert list(disorder(line)) == []


@pytest.mark.parametrize("line", DISORDERED.strip().split("\n"))
def test_an_alert_that_does_not_warn_in_time_is_one(line: str) -> None:
    assert len(list(disorder(line))) == 1


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    low=st.integers(0, 10**6),
    gap=st.integers(1, 10**6),
    unit=st.sampled_from(["%", "ms", " days", "", "x", "/hour"]),
    down=st.booleans(),
    word=st.booleans(),
)
def test_of_two_thresholds_one_order_is_right(low: int, gap: int, unit: str, down: bool, word: bool) -> None:
    sign = ("below " if down else "above ") if word else "<" if down else ">"
    first, second = (low + gap, low) if down else (low, low + gap)
    assert list(disorder(f"warn at {sign}{first}{unit}, critical at {sign}{second}{unit}")) == []
    assert len(list(disorder(f"warn at {sign}{second}{unit}, critical at {sign}{first}{unit}"))) == 1
    assert len(list(disorder(f"warn at {sign}{first}{unit}, critical at {sign}{first}{unit}"))) == 1


# Between documents


def other(name: str, tier: str = "2 — Feature") -> str:
    text = FINISHED.replace("notifications", name).replace("**2 — Feature.**", f"**{tier}.**")
    number, word = tier.split(" — ")
    return text.replace("Tier 2 feature", f"Tier {number} {word.lower()}")


def test_references_lead_to_agents_of_the_repository_and_to_those_that_it_knows(repo: Repo) -> None:
    text = changed("## Mission\n", "## Mission\n\nAsk `@letters`, @typist, `@registry` and `stamps subagent`.\n")
    repo.write(PATH, text)
    assert [f["message"] for f in repo.findings()] == [
        f"there is no agent {name}" for name in ("letters", "typist", "registry", "stamps")
    ]
    repo.write("domain-agents/letters.md", other("letters"))
    repo.write("domain-agents/tier-1/stamps.md", other("stamps", "1 — Foundation"))
    repo.write(".claude/agents/typist.md", "---\nname: typist\ndescription: Types.\n---\n")
    repo.write("govern.toml", '[domain-agent]\nknown = ["registry"]\n')
    assert repo.rules() == []
    repo.git("rm", "--quiet", "--force", "domain-agents/letters.md")
    assert [f["message"] for f in repo.findings("--references")] == ["there is no agent letters"]


def test_an_agent_of_tier_2_depends_on_what_says_that_it_is_of_tier_1(repo: Repo) -> None:
    repo.write(PATH, changed("- `@schema-data` — the", "- `@letters`, `stamps subagent` — the"))
    repo.write("domain-agents/stamps.md", other("stamps", "1 — Foundation"))
    repo.write("domain-agents/letters.md", other("letters"))
    (finding,) = repo.findings(PATH)
    assert finding["message"] == "letters is of tier 2, but an agent of tier 2 depends on tier 1 only"
    repo.write(PATH, changed("- `@schema-data` — the", "- `@letters` — the", other("notifications", "3 — Experience")))
    assert repo.rules(PATH) == []


def test_a_review_is_due_when_the_repository_says_so(repo: Repo) -> None:
    repo.write(PATH, FINISHED)
    repo.write("govern.toml", "[domain-agent]\nreview-days = 26\n")
    assert repo.rules() == []
    repo.write("govern.toml", "[domain-agent]\nreview-days = 25\n")
    (finding,) = repo.findings()
    assert (finding["rule"], finding["severity"]) == ("domain-agent/review-overdue", "warning")
    assert finding["message"] == "last_reviewed is 2026-01-15, 26 days ago; a review is due after 25 days"


def test_the_configuration_says_which_files_are_templates(repo: Repo) -> None:
    repo.write(PATH, TEMPLATE)
    assert repo.rules() == []
    repo.write("govern.toml", '[domain-agent]\ntemplates = ["templates/**"]\n')
    assert set(repo.rules()) == {"domain-agent/placeholder-leftover"}
    repo.write("templates/domain-agents/notifications.md", TEMPLATE)
    assert repo.rules("templates") == []


def test_an_agent_and_its_template_may_share_a_name(repo: Repo) -> None:
    repo.write(PATH, FINISHED)
    repo.write("domain-agents/templates/notifications.md", TEMPLATE)
    assert repo.rules() == []
    repo.write("domain-agents/copy/notifications.md", FINISHED)
    assert repo.rules() == ["domain-agent/name-duplicate"] * 2


def test_tasks_name_domain_agents_that_exist(repo: Repo) -> None:
    repo.write("TASKS/billing/refunds.md", task(domain_agents="[letters, notifications]"))
    assert repo.rules() == []  # a repository without domain agents calls something else so
    repo.write(PATH, FINISHED)
    (finding,) = repo.findings("TASKS")
    assert (finding["rule"], finding["pointer"]) == ("task/domain-agent-unknown", "/domain_agents/0")
    repo.write("domain-agents/letters.md", other("letters"))
    assert repo.rules() == []


def test_a_file_called_otherwise_is_a_warning_where_agents_are_looked_for_by_file() -> None:
    assert rules(FINISHED, "domain-agents/letters.md") == ["domain-agent/name-mismatched"]
    assert rules(FINISHED, "docs/letters.md") == []


def test_what_is_typed_into_an_editor_is_what_findings_point_at(repo: Repo) -> None:
    repo.write(PATH, FINISHED)
    typed = changed("## Mission\n", "## Mission\n\nAsk `@letters`.\n")
    (finding,) = repo.findings("--stdin-filename", PATH, stdin=typed.encode())
    assert (finding["line"], finding["column"]) == place(typed, "letters")


# Anything may stand anywhere

TORN = st.lists(
    st.tuples(
        st.integers(0, len(V2)), st.integers(0, 60), st.sampled_from(["", "\n", "# ", "- ", "**", "`", "@a", "[", "{}"])
    )
)


@settings(max_examples=50, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([TEMPLATE, FINISHED, V2]), TORN)
def test_no_text_makes_the_rules_fall_over(text: str, cuts: list[tuple[int, int, str]]) -> None:
    for at, length, instead in cuts:
        text = text[:at] + instead + text[at + length :]
    for finding in findings(text):
        assert len(finding.id) == 12


@pytest.mark.parametrize("value", ["null", "[]", "{}", "7", "true", "2026-01-15", "''", "[[]]"])
@pytest.mark.parametrize(
    "key", ["name", "description", "last_reviewed", "knowledge_sources", "tools", "model", "maxTurns"]
)
def test_no_value_in_the_front_matter_makes_the_rules_fall_over(key: str, value: str) -> None:
    text = re.sub(rf"(?m)^{key}:[^\n]*(\n  [^\n]*)*", f"{key}: {value}", V2)
    assert all(finding.id for finding in findings(text))


@pytest.mark.parametrize(
    "filling",
    [
        "@" * 50_000,
        "`" * 50_001,
        "@a-" * 20_000,
        "`@a" * 20_000,
        " " * 100_000,
        "<<A" * 30_000,
        "warn 1 " * 20_000,
        "warn" + " " * 100_000,
    ],
)
def test_hostile_text_takes_no_longer_than_other_text(filling: str) -> None:
    findings(changed("Delivery rate:", f"Delivery rate: {filling}"))
    findings(changed("## Mission\n", f"## Mission\n\n{filling}\n"))
