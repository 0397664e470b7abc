"""What the reader of backlogs makes of a text, and where it says that things stand."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from govern.model.document import Document
from govern.parse import read, read_text
from govern.parse.backlog.shape import shape
from govern.parse.backlog.written import written

Json = Any

TEXT = """\
---
owner: platform
---

# Ledger

What is missing.

> Elsewhere: [the rest](REST.md).

## Postings

- [ ] (P0) [Est: 2d] [Owner: ] Create `Store` service @depends-on:#12 #13
  - Should keep all
    - for ten years
  - [x] Should be fast

  **Acceptance criteria:**
  - Holds a day

### Checks

* [~] Compare [Owner: SP] [Est: 0.5d] (P1)
  with the bank
- a note

## Implementation Plan

- [ ] Before all

### Phase 1: Safety (Q2-Q3 2026, 3-4 weeks)

- [x] Create `Store` service

#### In detail

- [ ] Compare

### Phase 2 – Later

## Links

- [the bank](https://example.com)
"""


def document(text: str) -> Document:
    return read("TODO.md", text.encode(), "backlog")


def item(line: str) -> Json:
    """What is read of the first item below a heading."""
    return document(f"## A\n\n{line}\n").value["sections"][0]["items"][0]


def paths(value: Json, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    for step, below in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        yield from paths(below, (*at, step))


def test_sections_hold_items_and_the_plan_holds_phases() -> None:
    assert document(TEXT).value == {
        "frontmatter": {"owner": "platform"},
        "title": "Ledger",
        "intro": "What is missing.\n\nElsewhere: [the rest](REST.md).",
        "sections": [
            {
                "level": 2,
                "heading": "Postings",
                "items": [
                    {
                        "state": "open",
                        "priority": "P0",
                        "estimate": 2,
                        "owner": None,
                        "title": "Create `Store` service",
                        "depends": ["#12", "#13"],
                        "criteria": ["Should keep all", "for ten years", "Should be fast", "Holds a day"],
                    }
                ],
            },
            {
                "level": 3,
                "heading": "Checks",
                "items": [
                    {
                        "state": "started",
                        "priority": "P1",
                        "estimate": 0.5,
                        "owner": "SP",
                        "title": "Compare with the bank",
                    }
                ],
            },
            {"level": 2, "heading": "Links"},
        ],
        "plan": {
            "items": [{"state": "open", "title": "Before all"}],
            "phases": [
                {
                    "number": 1,
                    "name": "Safety",
                    "quarter": "Q2-Q3 2026",
                    "duration": "3-4 weeks",
                    "items": [
                        {"state": "done", "title": "Create `Store` service"},
                        {"state": "open", "title": "Compare"},
                    ],
                },
                {"number": 2, "name": "Later"},
            ],
        },
    }


def test_every_value_has_its_own_place() -> None:
    read_as = document(TEXT)
    assert [at for at in paths(read_as.value) if at not in read_as.places] == []
    first = ("sections", 0, "items", 0)
    shown = {key: read_as.source((*first, key)) for key in ("state", "priority", "estimate", "owner", "title")}
    assert shown == {
        "state": "[ ]",
        "priority": "P0",
        "estimate": "2d",
        "owner": "[Owner: ]",
        "title": "Create `Store` service",
    }
    assert read_as.source((*first, "depends")) == "@depends-on:#12 #13"
    assert [read_as.source((*first, "depends", index)) for index in (0, 1)] == ["#12", "#13"]
    assert read_as.source((*first, "criteria", 2)) == "Should be fast"
    assert read_as.span((*first, "criteria", 2)) == (16, 9, 16, 23)
    phase = ("plan", "phases", 0)
    assert [read_as.source((*phase, key)) for key in ("number", "name", "quarter", "duration")] == [
        "1",
        "Safety",
        "Q2-Q3 2026",
        "3-4 weeks",
    ]
    assert read_as.span((*phase, "items", 1, "title")) == (37, 7, 37, 14)


# What an item may look like


BOXES = [("[ ]", "open"), ("[~]", "started"), ("[x]", "done"), ("[X]", "done"), ("[ x ]", "done"), ("[  ]", "open")]
BOXES += [("[-]", "-"), ("[/]", "/"), ("[✓]", "✓"), ("[]", "[]")]
ESTIMATES: list[tuple[str, Json]] = [("2d", 2), ("2 d", 2), ("2 days", 2), ("1 day", 1), ("2D", 2), ("0.5d", 0.5)]
ESTIMATES += [(".5d", 0.5), ("1.0d", 1), ("", None)]
ESTIMATES += [(odd, odd) for odd in ("2w", "3h", "2", "1-2d", "~2d", "0,5d", "-1d", "9" * 20 + "d", "?")]


@pytest.mark.parametrize(("box", "state"), BOXES)
def test_a_checkbox_says_how_far_it_is(box: str, state: str) -> None:
    assert item(f"- {box} (P0) Store") == {"state": state, "priority": "P0", "title": "Store"}


@pytest.mark.parametrize(("written", "estimate"), ESTIMATES)
def test_an_estimate_is_a_number_of_days_or_what_is_written(written: str, estimate: Json) -> None:
    assert item(f"- [ ] [Est: {written}] Store")["estimate"] == estimate
    assert type(item(f"- [ ] [Est: {written}] Store")["estimate"]) is type(estimate)


@pytest.mark.parametrize(
    "line",
    [
        "- [~] (P0) [Est: 2d] [Owner: SP] Store it",
        "- [~] [Owner: SP] [Est: 2d] (P0) Store it",
        "- [~] Store it (P0) [Est: 2d] [Owner: SP]",
        "- [~] (P0) Store it [Est: 2d] [Owner: SP]",
        "- [~] (P0) Store [Est: 2d] it [Owner:SP]",
        "* [~]\t(P0)\t[Est: 2d]\t[Owner: SP]\tStore it",
        "+ [~] ( P0 ) [ est : 2d ] [OWNER: SP ] Store it",
        "1. [~] (P0) [Estimate: 2d] [Owner SP] Store it",
        "- [~] [P0] [Est 2d] [Owner: SP] **Store it**",
        "- [~] **(P0) [Est: 2d] [Owner: SP] Store it**",
        "- [~] **(P0)** [Est: 2d] [Owner: SP] __Store it__",
        "- [~] (P0) [Est: 2d] [Owner: SP]\n  Store\n  it",
        "- [~] (P0)[Est: 2d][Owner: SP]Store it",
        "-   [~]   (P0)   [Est: 2d]   [Owner: SP]   Store   it   ",
    ],
)
def test_brackets_stand_in_any_order(line: str) -> None:
    wanted = {"state": "started", "priority": "P0", "estimate": 2, "owner": "SP", "title": "Store it"}
    assert item(line) == wanted


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("(P1) Fix [the bug](x.md) in [Owner: SP](y.md)", "Fix [the bug](x.md) in [Owner: SP](y.md)"),
        ("(P1) Read `[Est: 2d]` and `(P0)`", "Read `[Est: 2d]` and `(P0)`"),
        ("(P1) Filters (done); (P3) search if needed", "Filters (done); (P3) search if needed"),
        ("(P1) **Bold** and plain", "**Bold** and plain"),
        ("(P1) Write to sp@example.com", "Write to sp@example.com"),
        ("(P1) Handle [x] marks", "Handle [x] marks"),
        ("(Polish) Round corners (P1)", "(Polish) Round corners"),
        ("(P1) Keep [note: this] inside", "Keep [note: this] inside"),
    ],
)
def test_what_only_looks_like_a_part_remains_in_the_title(line: str, title: str) -> None:
    assert item(f"- [ ] {line}") == {"state": "open", "priority": "P1", "title": title}


@pytest.mark.parametrize(
    ("line", "depends"),
    [
        ("Store @depends-on:A", ["A"]),
        ("Store @depends-on:A,B", ["A", "B"]),
        ("Store @depends-on: A, Create the `B`, #3", ["A", "Create the `B`", "#3"]),
        ("Store @depends-on:#1 #2", ["#1", "#2"]),
        ("Store @depends-on:A @depends-on:B", ["A", "B"]),
        ("Store (@depends-on:A, B)", ["A", "B"]),
        ('Store @Depends-On:"A",`B`', ["A", "B"]),
        ("@depends-on:A,B Store", ["A", "B"]),
        ("@depends-on: A, B Store", ["A", "B"]),
        ("Store @depends-on:", []),
    ],
)
def test_dependencies_are_names_between_commas(line: str, depends: list[str]) -> None:
    assert item(f"- [ ] (P1) {line} [Owner: SP]") == {
        "state": "open",
        "priority": "P1",
        "owner": "SP",
        "title": "Store",
        "depends": depends,
    }


def test_further_brackets_are_kept_as_they_are_written() -> None:
    read_as = item("- [ ] (P1) [Est: 1d] [Due: 2026-03-01] Store [Est: 2d] [Risk: high]")
    assert (read_as["estimate"], read_as["title"]) == (1, "Store")
    assert read_as["tags"] == ["Due: 2026-03-01", "Est: 2d", "Risk: high"]


def test_an_item_may_lack_everything() -> None:
    assert item("- [ ]") == {"state": "open"}
    assert item("- [x] ") == {"state": "done"}


def test_an_item_whose_checkbox_was_forgotten_is_one() -> None:
    assert item("- (P0) [Est: 2d] Store") == {"priority": "P0", "estimate": 2, "title": "Store"}
    assert (
        "items" not in document("## A\n- (P0) Store\n- **[Est: Xd]**: how long\n- [Owner: SP]\n").value["sections"][0]
    )


# Which bullet is an item


def test_a_legend_holds_no_work() -> None:
    legend = "## How to read this\n\n- [ ] Not started\n- [x] Done\n\n"
    sections = document(f"{legend}## A\n\n- [ ] (P0) Store\n- [ ] Check\n").value["sections"]
    assert "items" not in sections[0]
    assert [each["title"] for each in sections[1]["items"]] == ["Store", "Check"]


def test_where_nothing_has_brackets_every_checkbox_is_work() -> None:
    sections = document("## A\n\n- [ ] Store\n\n## B\n\n- [x] Check\n").value["sections"]
    assert [each["items"][0]["title"] for each in sections] == ["Store", "Check"]


def test_an_item_below_an_item_stands_after_it() -> None:
    items = document("## A\n- [ ] (P0) Store\n  - [ ] (P1) Sub\n    - fast\n  - safe\n- [ ] (P2) Last\n").value
    assert items["sections"][0]["items"] == [
        {"state": "open", "priority": "P0", "title": "Store", "criteria": ["safe"]},
        {"state": "open", "priority": "P1", "title": "Sub", "criteria": ["fast"]},
        {"state": "open", "priority": "P2", "title": "Last"},
    ]


def test_items_below_a_plain_bullet_are_items() -> None:
    value = document("## A\n- Group\n  - [ ] (P0) Store\n    - fast\n  - no criterion\n").value
    assert value["sections"][0]["items"] == [
        {"state": "open", "priority": "P0", "title": "Store", "criteria": ["fast"]}
    ]


@pytest.mark.parametrize("indent", ["  ", "    ", "\t", "   "])
def test_criteria_are_indented_as_people_do(indent: str) -> None:
    assert item(f"- [ ] (P0) Store\n{indent}- one\n{indent}- two")["criteria"] == ["one", "two"]


def test_code_and_comments_hold_no_items() -> None:
    text = "## A\n\n```markdown\n- [ ] (P0) Shown\n```\n\n<!--\n- [ ] (P0) Hidden\n-->\n\n    - [ ] (P0) Indented\n"
    assert document(text).value == {"sections": [{"level": 2, "heading": "A"}]}


def test_items_before_the_first_section_are_kept() -> None:
    value = document("# Ledger\n\n- [ ] (P0) Store\n\n## A\n").value
    assert value["items"] == [{"state": "open", "priority": "P0", "title": "Store"}]


# The plan


@pytest.mark.parametrize(
    ("heading", "phase"),
    [
        ("Phase 1: Safety (Q2 2026)", {"number": 1, "name": "Safety", "quarter": "Q2 2026"}),
        ("Phase 1: Safety", {"number": 1, "name": "Safety"}),
        ("Phase 1 - Safety (2 weeks)", {"number": 1, "name": "Safety", "duration": "2 weeks"}),
        ("phase 10 – Safety (first)", {"number": 10, "name": "Safety (first)"}),
        ("**Phase 1: Safety (Q4 2026-Q1 2027)**", {"number": 1, "name": "Safety", "quarter": "Q4 2026-Q1 2027"}),
        ("Phase 1 (Q5 2026, soon)", {"number": 1, "quarter": "Q5 2026", "duration": "soon"}),
        ("Phase 1", {"number": 1}),
        ("Safety", {"name": "Safety"}),
        ("Phase 1b: Safety", {"name": "Phase 1b: Safety"}),
    ],
)
def test_the_heading_of_a_phase_is_taken_apart(heading: str, phase: Json) -> None:
    assert document(f"## Implementation Plan\n\n### {heading}\n").value["plan"]["phases"] == [phase]


@pytest.mark.parametrize("heading", ["Implementation Plan", "implementation plan", "5. Implementation Plan (draft)"])
def test_the_plan_is_found_by_its_heading_and_ends_at_the_next(heading: str) -> None:
    value = document(f"## {heading}\n\n### Phase 1: A\n\n## Next\n\n### Phase 2: B\n").value
    assert len(value["plan"]["phases"]) == 1
    assert [each["heading"] for each in value["sections"]] == ["Next", "Phase 2: B"]


def test_a_plan_in_words_has_no_phases() -> None:
    assert document("# T\n\n## Implementation Plan\n\nLater.\n").value == {"title": "T", "plan": {}}


# The file


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_line_ends_change_nothing(mark: str, ends: str) -> None:
    plain = document(TEXT)
    other = document(mark + TEXT.replace("\n", ends))
    assert other.value == plain.value
    assert other.places == plain.places


def test_front_matter_that_never_ends_is_a_finding() -> None:
    (finding,) = document("---\na: 1\n").reading.findings
    assert finding.rule == "frontmatter/unclosed"


def test_broken_front_matter_leaves_the_items_judged() -> None:
    read_as = document("---\na: [\n---\n## A\n- [ ] (P0) Store\n")
    assert read_as.reading.findings
    assert read_as.value["sections"][0]["items"][0]["title"] == "Store"
    assert read_as.span(("sections", 0, "items", 0, "title")) == (5, 12, 5, 17)


# Laws

WORDS = [
    "Create",
    "the",
    "`Store`",
    "service",
    "C#",
    "80%+",
    "it's",
    "read/write",
    "(beta)",
    "größe",
    "日本",
    "v1.2",
    "P0",
]
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join).filter(lambda text: text[0] not in "(P")
days = st.one_of(
    st.integers(1, 99), st.sampled_from([0.5, 1.5, 0.25]), st.sampled_from(["2w", "3h", "soon"]), st.none()
)
MARKS = {"open": " ", "started": "~", "done": "x"}
PRIORITIES = st.sampled_from(["P0", "P1", "P2", "P3"])
told = {
    "estimate": days,
    "owner": st.one_of(st.none(), st.sampled_from(["SP", "Ada L.", "a, b"])),
}
more = {
    "tags": st.lists(
        st.sampled_from(["Due: 2026-03-01", "Risk: high", "Ref: #1"]), min_size=1, max_size=2, unique=True
    ),
    "depends": st.lists(st.sampled_from(["#12", "Store", "Create the Store", "T-1"]), min_size=1, max_size=3),
    "criteria": st.lists(words, min_size=1, max_size=3),
}
state = st.sampled_from(sorted(MARKS))
items = st.fixed_dictionaries({"state": state, "title": words, "priority": PRIORITIES}, optional={**told, **more})
repeated = st.fixed_dictionaries({"state": state, "title": words}, optional={"priority": PRIORITIES, **told, **more})
sections = st.fixed_dictionaries(
    {"level": st.integers(2, 4), "heading": words}, optional={"items": st.lists(items, min_size=1, max_size=3)}
)
phases = st.fixed_dictionaries(
    {"number": st.integers(0, 20), "name": words},
    optional={
        "quarter": st.sampled_from(["Q1 2026", "Q2-Q3 2026", "Q4 2026-Q1 2027"]),
        "duration": st.sampled_from(["2 weeks", "3-4 weeks", "10 days"]),
        "items": st.lists(repeated, min_size=1, max_size=3),
    },
)
backlogs = st.fixed_dictionaries(
    {"title": words},
    optional={
        "intro": words,
        "items": st.lists(items, min_size=1, max_size=2),
        "sections": st.lists(sections, min_size=1, max_size=3),
        "plan": st.fixed_dictionaries({}, optional={"phases": st.lists(phases, min_size=1, max_size=3)}),
    },
)


def printed(value: Json, draw: st.DataObject) -> str:
    """A backlog as a person might have written it."""
    bullet, indent = draw.draw(st.sampled_from("-*+")), draw.draw(st.sampled_from(["  ", "    ", "\t"]))
    lines = [f"# {value['title']}", ""]

    def put(listed: list[Json]) -> None:
        for each in listed:
            tags = [f"({each['priority']})"] if "priority" in each else []
            if "estimate" in each:
                number = each["estimate"]
                tags.append(f"[Est: {number}d]" if isinstance(number, int | float) else f"[Est: {number or ''}]")
            if "owner" in each:
                tags.append(f"[Owner: {each['owner'] or ''}]")
            tags = draw.draw(st.permutations(tags)) + [f"[{tag}]" for tag in each.get("tags", ())]
            before = draw.draw(st.booleans()) or "depends" in each
            words = [*tags, each["title"]] if before else [each["title"], *tags]
            if "depends" in each:
                words.append(
                    f"@depends-on:{draw.draw(st.sampled_from([',', ', ']))}".rstrip(", ") + ",".join(each["depends"])
                )
            lines.append(f"{bullet} [{MARKS[each['state']]}] {' '.join(words)}")
            lines.extend(f"{indent}{bullet} {criterion}" for criterion in each.get("criteria", ()))
            lines.extend([""] * draw.draw(st.integers(0, 1)))

    lines += [value["intro"], ""] if "intro" in value else []
    put(value.get("items", []))
    for section in value.get("sections", ()):
        lines += ["", "#" * section["level"] + " " + section["heading"], ""]
        put(section.get("items", []))
    if "plan" in value:
        lines += ["", "## Implementation Plan", ""]
    for phase in value.get("plan", {}).get("phases", ()):
        when = ", ".join(phase[key] for key in ("quarter", "duration") if key in phase)
        lines += ["", f"### Phase {phase['number']}: {phase['name']}" + (f" ({when})" if when else ""), ""]
        put(phase.get("items", []))
    return "\n".join(lines) + "\n"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(value=backlogs, draw=st.data())
def test_a_backlog_that_is_printed_is_read_as_it_was(value: Json, draw: st.DataObject) -> None:
    text = printed(value, draw)
    read_as = document(text)
    assert read_as.value == value
    assert [at for at in paths(read_as.value) if at not in read_as.places] == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(backlogs)
def test_a_backlog_that_proves_a_change_is_read_as_it_was(value: Json) -> None:
    assert SHAPE.is_valid(value)
    assert document(written(value)).value == value


@settings(max_examples=100, deadline=None, derandomize=True)
@given(value=backlogs, draw=st.data())
def test_its_items_stand_where_another_parser_finds_them(value: Json, draw: st.DataObject) -> None:
    text = printed(value, draw)
    read_as = document(text)
    found = sorted(span.value.line for at, span in read_as.places.items() if at[-1:] == ("state",))
    tokens = MarkdownIt().parse(text)
    lists = [after for token, after in zip(tokens, tokens[2:], strict=False) if token.type == "list_item_open"]
    assert found == [token.map[0] + 1 for token in lists if token.map and token.content.startswith("[")]


SHAPE = jsonschema_rs.Draft202012Validator(shape())
PIECES = [
    "- ",
    "* ",
    "  ",
    "\t",
    "[ ]",
    "[x]",
    "[",
    "]",
    "(P0)",
    "(",
    ")",
    "[Est: 2d]",
    "[Est:",
    "[Owner: ]",
    "@depends-on:",
]
PIECES += [
    "A,B",
    "#1",
    "**",
    "`",
    "\n",
    "\n\n",
    "## ",
    "### ",
    "Phase 1: ",
    "Implementation Plan",
    "(Q1 2026)",
    "x",
    "---\n",
]


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_text_raises_and_every_place_lies_in_it(text: str) -> None:
    read_as = read_text("TODO.md", text, "backlog")
    lines = text.split("\n")
    for place in read_as.places.values():
        span = place.value
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
    if read_as.reading.readable:
        assert SHAPE.is_valid(read_as.value)
        assert [at for at in paths(read_as.value) if at not in read_as.places and at[:1] != ("frontmatter",)] == []


@pytest.mark.parametrize(
    "piece", ["[a:b]x", "@depends-on:a [Est:]", "(", "[", "[a:", "(P1 ", "#1 ", '`"', "**", "(P1\n", "- [ ] x\n", "@"]
)
def test_a_long_line_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    for start in ("- [ ] ", "- [ ] t @depends-on:", "## Implementation Plan\n### Phase 1 "):
        assert document(start + piece * 5_000).reading.readable
