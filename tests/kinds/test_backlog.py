"""What is said about backlogs: each "no" at its place and beside the nearest "yes"."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.repo import EXAMPLES, Repo

V2 = "<!-- govern: schema=backlog@2 -->\n"
PLAN = "## Implementation Plan\n### Phase 1: Now (Q1 2026)\n"
LATER = "### Phase 2: Later (Q2 2026)\n"


def item(title: str, tags: str = "(P1) [Est: 1d] [Owner: ]", box: str = " ") -> str:
    return f"- [{box}] {tags} {title}\n  - Should work\n"


def backlog(*parts: str, pin: str = V2) -> str:
    return pin + "## Posting\n" + "".join(parts)


def said(repo: Repo, text: str, path: str = "TODO.md") -> list[tuple[int, int, str, str]]:
    repo.write(path, text)
    return [(f["line"], f["column"], f["rule"], f["message"]) for f in repo.findings(path)]


def messages(repo: Repo, text: str) -> list[str]:
    return [message for *_, message in said(repo, text)]


# Which files are backlogs


@pytest.mark.parametrize("path", ["TODO.md", "TODOs-Infrastructure.md", "docs/TODO_LATER.md", "a/b/TODO.md"])
def test_a_todo_file_with_an_item_is_a_backlog(repo: Repo, path: str) -> None:
    assert [rule for _, _, rule, _ in said(repo, "# T\r\n\r\n* [x] (P0) Store\r\n", path)] == ["schema/missing-key"] * 3


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("TODO.md", "- [ ] Store\n- (P0) Check\n"),
        ("TODO.md", "# Words\n\nWe use `- [ ] (P0)`.\n"),
        ("docs/plan.md", "- [ ] (P0) Store\n"),
        ("TODO.txt", "- [ ] (P0) Store\n"),
    ],
)
def test_other_files_are_nobodys(repo: Repo, path: str, text: str) -> None:
    repo.write(path, text)
    assert repo.govern("check").err == "nothing to judge: 0 files judged, 1 skipped\n"


def test_a_file_that_only_shows_the_form_has_no_findings(repo: Repo) -> None:
    assert said(repo, "# Form\n\n```markdown\n- [ ] (P0) [Est: 2d] Store\n```\n") == []


# Version 1: the parts of an item


def test_version_1_judges_what_pins_none(repo: Repo) -> None:
    repo.write("TODO.md", backlog(item("Store"), item("Store"), pin=""))
    assert repo.rules() == []
    assert said(repo, backlog(item("Store"), item("Store"), pin="---\nschema: backlog@2\n---\n"))


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("- [ ] (P1) [Owner: ] Store", (2, 3), 'an estimate is missing from item "Store" of section "Posting"'),
        ("- [ ] [Est: 1d] [Owner: ] Store", (2, 3), 'a priority is missing from item "Store" of section "Posting"'),
        ("- [ ] (P1) [Est: 1d] Store", (2, 3), 'an owner is missing from item "Store" of section "Posting"'),
        ("- (P1) [Est: 1d] [Owner: ] Store", (2, 3), 'a checkbox is missing from item "Store" of section "Posting"'),
        ("- [ ] (P1) [Est: 1d] [Owner: ]", (2, 3), 'a title is missing from item 1 of section "Posting"'),
        (
            "- [ ] (P1) [Est: 2w] [Owner: ] Store",
            (2, 18),
            'the estimate of item "Store" of section "Posting" is "2w", expected a number of days such as 2d',
        ),
        (
            "- [ ] (P1) [Est: ] [Owner: ] Store",
            (2, 12),
            'the estimate of item "Store" of section "Posting" is empty, expected a number of days such as 2d',
        ),
        (
            "- [ ] (P4) [Est: 1d] [Owner: ] Store",
            (2, 8),
            'the priority of item "Store" of section "Posting" is "P4", expected one of P0, P1, P2',
        ),
        (
            "- [-] (P1) [Est: 1d] [Owner: ] Store",
            (2, 3),
            'the state of item "Store" of section "Posting" is "-", expected one of open, started, done',
        ),
    ],
)
def test_a_finding_names_the_item_and_its_section(repo: Repo, line: str, place: tuple[int, int], message: str) -> None:
    ((line_number, column, _, told),) = said(repo, f"## Posting\n{line}\n  - fast\n\n{item('Other')}")
    assert ((line_number, column), told) == (place, message)


def test_an_item_without_criteria_is_told_what_is_missing(repo: Repo) -> None:
    text = "## Posting\n- [ ] (P1) [Est: 1d] [Owner: ] Store\n"
    assert messages(repo, text) == ['a criterion is missing from item "Store" of section "Posting"']


def test_a_priority_in_small_letters_is_mended(repo: Repo) -> None:
    repo.write("TODO.md", "## A\n- [ ] (P1) [Est: 1d] [Owner: ] B\n  - c\n" + item("Store", "(p0) [Est: 1d] [Owner: ]"))
    assert repo.govern("check", "--fix").code == 0
    assert "- [ ] (P0) [Est: 1d] [Owner: ] Store\n" in (repo.root / "TODO.md").read_text()


def test_a_phase_says_which_it_is_and_a_quarter_is_one(repo: Repo) -> None:
    text = backlog(item("Store"), "## Implementation Plan\n### Phase 1: Now (Q5 2026)\n### Later\n", pin="")
    assert messages(repo, text) == [
        'the quarter of phase "Now" is "Q5 2026", expected a quarter such as Q2 2026',
        'a number is missing from phase "Later"',
    ]


# Version 2: an owner once started


@pytest.mark.parametrize("box", ["~", "x"])
def test_what_is_started_has_an_owner(repo: Repo, box: str) -> None:
    state = {"~": "started", "x": "done"}[box]
    assert said(repo, backlog(item("Store", box=box))) == [
        (
            3,
            22,
            "schema/type",
            f'the owner of item "Store" of section "Posting" is empty, expected a name, because state is "{state}"',
        )
    ]
    assert said(repo, backlog(item("Store", "(P1) [Est: 1d] [Owner: SP]", box))) == []
    assert said(repo, backlog(item("Store", box=box), pin="")) == []


# Titles


def test_a_title_that_two_items_have_is_told_once(repo: Repo) -> None:
    text = backlog(item("Store `all`"), "## Checks\n", item("**Store all**"), item("Store none"))
    assert said(repo, text) == [
        (
            6,
            34,
            "backlog/title-duplicate",
            '"Store all" of section "Checks" is also the title of an item of section "Posting", in line 3',
        )
    ]


def test_an_item_is_planned_once(repo: Repo) -> None:
    text = backlog(item("Store"), PLAN, "- [ ] Store\n", LATER, "- [ ] Store\n")
    assert said(repo, text) == [
        (
            9,
            7,
            "backlog/title-duplicate",
            '"Store" of phase 2 is also the title of an item of phase 1, in line 7',
        )
    ]


# The plan


def test_a_plan_that_repeats_the_items_is_right(repo: Repo) -> None:
    text = backlog(item("Store `all`"), item("Check"), PLAN, "- [ ] **Store all**\n", LATER, "- [ ] Check\n")
    assert said(repo, text) == []


def test_a_plan_in_words_is_no_plan_of_items(repo: Repo) -> None:
    assert said(repo, backlog(item("Store"), "## Implementation Plan\n\nLater.\n\n### Phase 1: Now\n")) == []


@pytest.mark.parametrize("slip", ["Store the posting", "store the postings", "Store all postings"])
def test_a_slip_in_the_plan_is_one_finding_with_the_title_meant(repo: Repo, slip: str) -> None:
    repo.write("TODO.md", backlog(item("Store the postings"), PLAN, f"- [ ] {slip}\n"))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["line"], finding["column"]) == ("backlog/planned-unknown", 7, 7)
    assert finding["message"] == f'"{slip}" of phase 1 is in no section'
    assert finding["hint"] == 'did you mean "Store the postings"?'


def test_items_on_one_side_only_are_told_on_that_side(repo: Repo) -> None:
    text = backlog(item("Store"), item("Check"), PLAN, "- [ ] Store\n- [ ] Publish everything\n")
    assert said(repo, text) == [
        (5, 32, "backlog/unplanned", '"Check" of section "Posting" is in no phase'),
        (10, 7, "backlog/planned-unknown", '"Publish everything" of phase 1 is in no section'),
    ]


@pytest.mark.parametrize(
    ("own", "again", "words"),
    [
        (" ", "x", ("done [x]", "open [ ]")),
        ("~", " ", ("open [ ]", "started [~]")),
        ("x", "~", ("started [~]", "done [x]")),
    ],
)
def test_a_checkbox_that_differs_is_told_where_it_is_repeated(
    repo: Repo, own: str, again: str, words: tuple[str, str]
) -> None:
    tags = "(P1) [Est: 1d] [Owner: SP]"
    assert said(repo, backlog(item("Store", tags, own), PLAN, f"- [{again}] Store\n")) == [
        (
            7,
            3,
            "backlog/state-contradicted",
            f'"Store" is {words[0]} in phase 1, but {words[1]} in section "Posting"',
        )
    ]
    assert said(repo, backlog(item("Store", tags, "x"), PLAN, "- [X] Store\n")) == []


def test_what_comes_first_is_planned_first(repo: Repo) -> None:
    urgent = item("Check", "(P0) [Est: 1d] [Owner: ]")
    late = backlog(item("Store"), urgent, PLAN, "- [ ] Store\n", LATER, "- [ ] Check\n")
    assert said(repo, late) == [(11, 7, "backlog/p0-late", '"Check" has priority P0, but waits for phase 2')]
    assert repo.govern("check").code == 0  # a warning
    assert said(repo, backlog(item("Store"), urgent, PLAN, "- [ ] Check\n", LATER, "- [ ] Store\n")) == []
    done = late.replace("[ ] (P0) [Est: 1d] [Owner: ]", "[x] (P0) [Est: 1d] [Owner: SP]").replace(
        "[ ] Check", "[x] Check"
    )
    assert said(repo, done) == []


def phased(*headings: str) -> str:
    return backlog(item("Store"), "## Implementation Plan\n", *(f"### Phase {heading}\n" for heading in headings))


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (("1: A", "2: B", "3: C"), []),
        (("0: A", "1: B"), []),
        (("1: A", "3: B", "4: C"), ["phase 3 stands where phase 2 is due"]),
        (("1: A", "1: B", "2: C"), ["phase 1 stands where phase 2 is due"]),
        (("2: A", "3: B"), ["phase 2 stands where phase 1 is due"]),
        (("1: A (Q2 2026)", "2: B (Q2-Q3 2026, 3 weeks)", "3: C (Q3 2026)", "4: D (Q1 2027)"), []),
        (("1: A (Q4 2026-Q1 2027)", "2: B (Q1 2027)"), []),
        (("1: A (Q3 2026)", "2: B (Q2 2026)"), ["phase 2 begins in Q2 2026, before phase 1 (Q3 2026)"]),
        (("1: A (Q3 2026)", "2: B", "3: C (Q4 2025)"), ["phase 3 begins in Q4 2025, before phase 1 (Q3 2026)"]),
    ],
)
def test_phases_follow_each_other(repo: Repo, headings: tuple[str, ...], told: list[str]) -> None:
    assert messages(repo, phased(*headings)) == told


# Dependencies


def depending(name: str) -> str:
    return backlog(
        item("Create `PostingStore` service"),
        item("T-12 Check the postings"),
        "## Month end\n",
        item(f"Close a month @depends-on:{name}"),
    )


@pytest.mark.parametrize(
    "name",
    [
        "Create `PostingStore` service",
        "Create PostingStore service",
        "PostingStore",
        "postingstore",
        "T-12",
        "Month-End",
        "#12",
        "acme/ledger#12",
        "https://example.com/1",
        "OPS-7",
        "Infrastructure",
        "infrastructure",
        "Publish the images",
        "TODOs-Infrastructure.md",
        "docs/adr.md",
        "docs/adr",
        "ADR-0012",
        "close-the-books",
        "PostingStore, T-12,#3",
    ],
)
def test_a_dependency_may_name_whatever_exists(repo: Repo, name: str) -> None:
    repo.write("TODOs-Infrastructure.md", "## Images\n" + item("Publish the images"))
    repo.write("docs/adr.md", "---\nid: ADR-0012\n---\n")
    repo.write("docs/close.md", "---\nid: close-the-books\n---\n")
    assert said(repo, depending(name)) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("PostingStor", "did you mean PostingStore?"),
        ("T-13", "did you mean T-12?"),
        ("Create PostingStore servce", "did you mean Create PostingStore service?"),
        ("Everything else", "name an item by its title, a section, or another backlog"),
        ("../../etc/passwd", "name an item by its title, a section, or another backlog"),
    ],
)
def test_a_dependency_that_leads_nowhere_is_told_at_its_name(repo: Repo, name: str, hint: str) -> None:
    repo.write("TODO.md", depending(f"PostingStore,{name}"))
    (finding,) = repo.findings()
    assert (finding["rule"], finding["line"], finding["column"]) == ("backlog/dependency-unresolved", 8, 71)
    assert finding["message"] == f'"{name}", which "Close a month" depends on, is no item, no section and no backlog'
    assert finding["hint"] == hint


def test_dependencies_of_version_1_are_left_alone(repo: Repo) -> None:
    assert said(repo, depending("nothing").replace(V2, "")) == []


def test_a_backlog_is_judged_beside_others_that_are_not_named(repo: Repo) -> None:
    repo.write("TODO-b.md", "## B\n" + item("Publish the images"))
    assert said(repo, depending("Publish the images")) == []


def test_items_that_wait_for_each_other_are_told_where_the_circle_closes(repo: Repo) -> None:
    text = backlog(
        item("Store it @depends-on:Check it"),
        item("Check it @depends-on:Publish it"),
        item("Publish it @depends-on:Store it"),
        item("Read it @depends-on:Store it"),
    )
    assert said(repo, text) == [
        (7, 55, "backlog/dependency-circular", '"Store it" waits for itself, by way of "Check it" and "Publish it"')
    ]
    assert messages(repo, backlog(item("Store it @depends-on:Store it"))) == ['"Store it" depends on itself']


def test_a_long_circle_is_told_in_a_short_message(repo: Repo) -> None:
    names = [f"Step{n}" for n in range(2_000)]
    text = backlog(
        *(item(f"{name} @depends-on:{after}") for name, after in zip(names, names[1:] + names[:1], strict=True))
    )
    assert messages(repo, text) == [
        '"Step0" waits for itself, by way of "Step1", "Step2", "Step3", "Step4" and 1995 more'
    ]


# Whatever a file holds


@pytest.mark.parametrize(
    "text",
    [
        "## Implementation Plan\n" * 3 + "- [ ] (P0)\n",
        "## Implementation Plan\n### Phase 99999999: A\n- [ ] (P0) @depends-on:,,,\n",
        "- [ ] (P0) @depends-on:``\n- [ ] (P0) **** @depends-on:\n",
        "# \n## \n- [ ] (P0)\n## Implementation Plan\n### \n- [ ]\n",
        "## A\n- [ ] (P0) `\n## Implementation Plan\n### Phase 1: (Q1)\n- [ ] _\n",
        "- [ ] (P0) x\n" * 50 + "## Implementation Plan\n" + "- [ ] x\n" * 50,
    ],
)
@pytest.mark.parametrize(
    "pin", [V2, "", "---\nschema: backlog@2\n---\n", "---\n- 1\n---\n" + V2, "---\n: :\n---\n" + V2]
)
def test_nothing_raises(repo: Repo, text: str, pin: str) -> None:
    repo.write("TODO.md", pin + text)
    ran = repo.govern("check", "--format", "json")
    assert ran.code in (0, 1)
    json.loads(ran.out)


def test_findings_keep_their_ids_when_lines_move(repo: Repo) -> None:
    text = backlog(item("Store"), item("Check"), PLAN, "- [ ] Store\n")
    repo.write("TODO.md", text)
    before = [finding["id"] for finding in repo.findings()]
    repo.write("TODO.md", "# Title\n\nWords.\n\n" + text)
    assert [finding["id"] for finding in repo.findings()] == before


def test_the_example_of_the_kind_holds_under_both_versions(repo: Repo) -> None:
    root = Path(__file__).parents[2]
    shutil.copy(root / "schemas" / "backlog" / "example.md", repo.root / "TODO.md")
    for version in (1, 2):
        assert repo.rules("--as", f"backlog@{version}", "TODO.md") == []


@pytest.mark.parametrize("version", [1, 2])
def test_the_backlog_of_the_ledger_holds_under_both_versions(repo: Repo, version: int) -> None:
    repo.copy(EXAMPLES / "ledger-service")
    repo.write("govern.toml", "")
    assert repo.rules("--as", f"backlog@{version}", "TODO.md") == []


def test_what_is_new_in_version_2_breaks_readers_of_version_1_only_backward(repo: Repo) -> None:
    folder = Path(__file__).parents[2] / "schemas" / "backlog"
    verdict: dict[str, Any] = json.loads(
        repo.govern("compat", str(folder / "1.0.0.json"), str(folder / "2.0.0.json"), "--format", "json").out
    )["comparisons"][0]
    assert (verdict["backward"]["verdict"], verdict["forward"]["verdict"]) == ("breaking", "compatible")
