"""Which findings count: inline ignores and waivers."""

import pytest

from tests.repo import Repo, agent, task

TASK = "TASKS/billing/refunds.md"
RULE = "task/id-mismatched"


def ignoring(comment: str, identifier: str = "payouts") -> str:
    """A task with a wrong id, and a comment on the line of the id."""
    return task(f"{identifier} {comment}")


# Inline, in front matter


@pytest.mark.parametrize(
    "comment",
    [
        f"# govern: ignore {RULE} -- renamed next week",
        f"#govern: ignore {RULE} -- renamed next week",
        f"# govern:ignore  {RULE}  --  renamed next week",
        f"# govern: ignore {RULE} until=2026-02-10 -- the last day counts",
        f"# govern: ignore {RULE} until=2027-01-31 -- later",
        f"# govern: ignore schema/enum, {RULE} -- several",
        f"# govern: ignore {RULE} schema/enum -- several",
        f"# see #12, govern: no; # govern: ignore {RULE} -- after other words",
    ],
)
def test_an_ignore_on_the_line_covers_it(repo: Repo, comment: str) -> None:
    repo.write(TASK, ignoring(comment))
    assert repo.rules() == []


@pytest.mark.parametrize(
    "comment",
    [
        f"# govern: ignore {RULE}",
        f"# govern: ignore {RULE} --",
        f"# govern: ignore {RULE} until=soon -- x",
        f"# govern: ignore {RULE} until=2026-13-01 -- x",
        "# govern: ignore -- everything",
        "# govern: ignore",
        "# govern: ignore id-mismatched -- which kind?",
    ],
)
def test_an_ignore_that_does_not_say_what_or_why_covers_nothing(repo: Repo, comment: str) -> None:
    repo.write(TASK, ignoring(comment))
    assert repo.rules() == [RULE, "waive/malformed"]


def test_an_ignore_past_its_date_covers_nothing_and_says_so(repo: Repo) -> None:
    repo.write(TASK, ignoring(f"# govern: ignore {RULE} until=2026-02-09 -- x"))
    assert [(f["rule"], f["severity"], f["line"], f["column"]) for f in repo.findings()] == [
        (RULE, "error", 2, 5),
        ("waive/expired", "warning", 2, 13),
    ]


def test_the_date_is_handed_in(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(TASK, ignoring(f"# govern: ignore {RULE} until=2026-02-10 -- x"))
    monkeypatch.setenv("GOVERN_TODAY", "2026-02-11")
    assert repo.rules() == [RULE, "waive/expired"]


def test_an_ignore_of_another_rule_covers_nothing_and_is_unused(repo: Repo) -> None:
    repo.write(TASK, ignoring("# govern: ignore task/id-duplicate -- x"))
    assert repo.rules() == [RULE, "waive/unused"]


def test_an_ignore_where_nothing_is_wrong_is_unused(repo: Repo) -> None:
    repo.write(TASK, ignoring(f"# govern: ignore {RULE} -- x", "refunds"))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["severity"]) == ("waive/unused", "warning")
    assert finding["message"] == f"there is no {RULE} here to ignore"


def test_an_ignore_that_stands_alone_covers_the_next_line_only(repo: Repo) -> None:
    comment = f"# govern: ignore {RULE} schema/enum -- x"
    text = task("payouts", priority="hihg").replace("id: ", f"title2: a\n{comment}\nid: ")
    repo.write(TASK, text)
    assert repo.rules() == ["schema/enum"]


def test_ignores_one_above_the_other_cover_the_same_line(repo: Repo) -> None:
    lines = f"# govern: ignore {RULE} -- x\n# govern: ignore schema/pattern -- y\nid: "
    repo.write(TASK, task("Pay_Outs").replace("id: ", f"labels: []\n{lines}"))
    assert repo.rules() == []


@pytest.mark.parametrize("before", ["", "\n", "# a comment\n"])
def test_an_ignore_before_any_content_covers_the_file(repo: Repo, before: str) -> None:
    comment = f"# govern: ignore {RULE} schema/enum -- imported, mended in spring"
    repo.write(TASK, task("payouts", priority="hihg").replace("---\n", f"---\n{before}{comment}\n", 1))
    assert repo.rules() == []


# Inline, elsewhere


def test_an_ignore_in_a_markdown_body_is_an_html_comment(repo: Repo) -> None:
    prompt = "[What are we trying to achieve?]"
    comment = "<!-- govern: ignore task/prompt-leftover -- the form is quoted -->"
    repo.write(TASK, task(body=f"{comment}\n{prompt}"))
    assert repo.rules() == []
    repo.write(TASK, task(body=f"{comment}\n\n{prompt}"))
    assert repo.rules() == ["waive/unused", "task/prompt-leftover"]


def test_an_ignore_in_a_yaml_file(repo: Repo) -> None:
    repo.write(
        "compose.yaml", "services:\n  web:\n    image: nginx  # govern: ignore compose/image-unpinned -- local only\n"
    )
    assert repo.rules() == []


def test_an_ignore_of_what_cannot_be_read_covers_it(repo: Repo) -> None:
    text = agent(description="a: b  # govern: ignore yaml/unquoted-colon -- the tool reads it")
    repo.write(".claude/agents/release-notes.md", text)
    assert "yaml/unquoted-colon" not in repo.rules()


def test_an_ignore_in_crlf_and_with_a_byte_order_mark(repo: Repo) -> None:
    text = ignoring(f"# govern: ignore {RULE} -- x")
    repo.write(TASK, ("\ufeff" + text.replace("\n", "\r\n")).encode())
    assert repo.rules() == []


def test_references_alone_leave_other_ignores_in_peace(repo: Repo) -> None:
    repo.write(TASK, ignoring(f"# govern: ignore {RULE} -- x"))
    assert repo.rules("--references") == []


def test_a_reference_can_be_ignored_where_it_stands(repo: Repo) -> None:
    text = task(related="[nowhere]  # govern: ignore task/related-unresolved -- comes with the next release")
    repo.write(TASK, text)
    assert repo.rules() == []
    assert repo.rules("--references") == []


# Waivers


def waive(identity: str, extra: str = "") -> str:
    return f"[[waive]]\nid = '{identity}'\nreason = 'cut-over'\n{extra}"


@pytest.fixture
def waived(repo: Repo) -> str:
    """The id of the one finding of the repository."""
    repo.write(TASK, task("payouts"))
    (finding,) = repo.findings()
    return str(finding["id"])


def test_a_waiver_covers_the_finding_with_its_id(repo: Repo, waived: str) -> None:
    repo.write("govern.toml", waive(waived))
    assert repo.rules() == []


@pytest.mark.parametrize("until", ["2026-02-10", "'2026-02-10'", "2027-01-31"])
def test_a_waiver_counts_on_its_last_day(repo: Repo, waived: str, until: str) -> None:
    repo.write("govern.toml", waive(waived, f"until = {until}\n"))
    assert repo.rules() == []


def test_a_waiver_past_its_date_covers_nothing_and_says_so(repo: Repo, waived: str) -> None:
    repo.write("govern.toml", waive(waived, "until = 2026-02-09\n"))
    assert [(f["path"], f["rule"], f["line"]) for f in repo.findings()] == [
        (TASK, RULE, 2),
        ("govern.toml", "waive/expired", 2),
    ]


def test_a_waiver_that_matches_nothing_is_told_only_when_everything_is_judged(repo: Repo, waived: str) -> None:
    repo.write("govern.toml", waive("0" * 12))
    assert repo.rules() == [RULE, "waive/unused"]
    assert repo.rules(TASK) == [RULE]


def test_a_waiver_is_used_when_its_file_is_named(repo: Repo, waived: str) -> None:
    repo.write("govern.toml", waive(waived))
    assert repo.rules(TASK) == []


def test_a_waiver_no_longer_covers_another_mistake_at_the_same_place(repo: Repo, waived: str) -> None:
    repo.write("govern.toml", waive(waived))
    repo.write(TASK, task("payins"))
    assert repo.rules() == [RULE, "waive/unused"]
