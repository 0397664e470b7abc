"""The rules about workflow documents that no schema can say: each "no" beside the nearest "yes"."""

import random
from pathlib import Path

import pytest

from tests.repo import ROOT, Repo

HEAD = "# Refund an order\n\n## Purpose\n\nTo give the money back.\n\n## Process\n\n"
STEP = HEAD + "### 1. Offer\n\n"  # 10 lines: what follows stands in line 11
PATH = "workflows/refund.md"


def places(repo: Repo, text: str, *arguments: str) -> list[tuple[str, int, int, int]]:
    """Rule, line, column and end column of what is found in one document."""
    repo.write(PATH, text)
    found = repo.findings(*arguments)
    return [(f["rule"].removeprefix("workflow/"), f["line"], f["column"], f["end_column"]) for f in found]


def rules(repo: Repo, text: str) -> list[str]:
    return [rule for rule, *_ in places(repo, text)]


def messages(repo: Repo, text: str) -> list[str]:
    repo.write(PATH, text)
    return [finding["message"] for finding in repo.findings()]


def steps(*numbers: int) -> str:
    return HEAD + "".join(f"### {number}. Do it\n\n" for number in numbers)


def listed(*numbers: int) -> str:
    return STEP + "".join(f"{number}. Do it\n" for number in numbers)


def test_a_document_without_mistakes_has_no_findings_under_either_version(repo: Repo) -> None:
    example = (ROOT / "schemas/workflow/example.md").read_text("utf-8")
    repo.write(PATH, example)
    assert repo.rules() == []
    assert repo.rules("--as", "workflow@2", PATH) == []
    assert repo.govern("check").err == "nothing to report: 1 file judged\n"


# Which files are workflow documents


@pytest.mark.parametrize(
    "path", ["workflows/a.md", "docs/workflows/a.md", "workflows/deep/a.md", ".claude/workflows/a.md"]
)
def test_a_document_with_numbered_steps_below_workflows_is_one(repo: Repo, path: str) -> None:
    repo.write(path, "# A\n\n### 1. Do it\n")
    assert repo.rules() == ["schema/section-missing"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("workflows/a.md", "# A\n\n## Notes\n\n1. Not a step\n"),
        ("workflows/a.md", "# A\n\n### 1.5 Not a step\n"),
        ("workflows/README.md", "# A\n\n### 1. Do it\n"),
        (".github/workflows/a.md", "# A\n\n### 1. Do it\n"),
        ("docs/a.md", "# A\n\n### 1. Do it\n"),
    ],
)
def test_another_document_is_none(repo: Repo, path: str, text: str) -> None:
    repo.write(path, text)
    assert repo.govern("check").err == "nothing to judge: 0 files judged, 1 skipped\n"


# What its schema asks for


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "",
            [
                "a section (a heading that begins with ##) is missing",
                "a title (a line that begins with one #) is missing",
            ],
        ),
        ("# A\n\n## Purpose\n", ["there is no section with numbered steps"]),
        ("# A\n\n## 1. Do it\n", ['section "Purpose" is missing']),
        ("# A\n\n## Purpos\n\n## 1. Do it\n", ['section "Purpose" is missing; "Purpos" looks like it']),
        ("# A\n\n```\n## Purpose\n```\n\n<!--\n## Purpose\n-->\n\n## 1. Do it\n", ['section "Purpose" is missing']),
        ("# A\n\n## Purpose\n\n### 1. Do it\n", []),
        ("# A\n\n## Purpose\n\n## Step 1: Do it\n", []),
        ("\ufeff<!-- by hand -->\r\n\r\n# A\r\n\r\n## Purpose\r\n\r\n## B\r\n\r\n### C\r\n\r\n#### 1) Do it\r\n", []),
    ],
)
def test_it_has_a_title_a_purpose_and_numbered_steps(repo: Repo, text: str, found: list[str]) -> None:
    repo.write("a.md", text)
    assert sorted(finding["message"] for finding in repo.findings("--as", "workflow", "a.md")) == found


@pytest.mark.parametrize("output", ["Output", "Outputs", "Output Deliverables", "Output 1: A file", "Expected Output"])
@pytest.mark.parametrize("inputs", ["Input", "Inputs", "Inputs (Required)", "Required Inputs", "Inputs:"])
def test_version_2_also_asks_what_goes_in_and_what_comes_out(repo: Repo, inputs: str, output: str) -> None:
    repo.write(PATH, steps(1, 2) + f"## {inputs}\n\n## {output}\n")
    repo.write("workflows/neither.md", steps(1, 2) + f"### {inputs}\n\n## Outputs1\n\n## Inputting\n")
    assert repo.rules("--as", "workflow@1", PATH, "workflows/neither.md") == []
    found = repo.findings("--as", "workflow@2", PATH, "workflows/neither.md")
    assert [(f["path"], f["message"]) for f in found] == [
        ("workflows/neither.md", 'section "Inputs" is missing'),
        ("workflows/neither.md", 'section "Output" is missing'),
    ]


# One title


def test_a_second_h1_is_placed_and_named_once(repo: Repo) -> None:
    text = steps(1) + "# Another\n\n# And another\n"
    assert places(repo, text) == [("title-repeated", 11, 3, 10)]
    assert messages(repo, text) == ["the document has 2 more H1"]


def test_the_h1_of_an_example_is_none(repo: Repo) -> None:
    assert rules(repo, steps(1) + "```markdown\n# Another\n```\n\n<!--\n# Another\n-->\n") == []


# Steps count on


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([1, 2, 3], []),
        ([0, 1, 2], []),
        ([1], []),
        ([1, 3], ["step 3 follows step 1, expected 2"]),
        ([1, 3, 4, 5], ["step 3 follows step 1, expected 2"]),
        ([1, 2, 2, 3], ["there is a step 2 already, expected 3"]),
        ([1, 2, 2, 4], ["there is a step 2 already, expected 3"]),
        ([1, 3, 2, 4], ["step 3 follows step 1, expected 2"]),
        ([1, 1, 1], ["there is a step 1 already, expected 2", "there is a step 1 already, expected 2"]),
        ([3, 4], ["the steps begin with 3, expected 1"]),
        ([1, 2, 5, 7], ["step 5 follows step 2, expected 3", "step 7 follows step 5, expected 6"]),
        ([1, 2, 0], ["step 0 comes too late, expected 3"]),
        ([1, 9999], ["step 9999 follows step 1, expected 2"]),
    ],
)
def test_a_gap_and_a_repetition_are_one_finding_each(repo: Repo, numbers: list[int], found: list[str]) -> None:
    assert messages(repo, steps(*numbers)) == found


def test_a_step_is_placed_at_its_heading_and_the_other_one_is_named(repo: Repo) -> None:
    repo.write(PATH, HEAD + "### Step 1: A\n\n###   Step 3: B  ##\n\n### Step 2: C\n\n### Step 3: D\n")
    first, second = repo.findings()
    assert (first["rule"], first["line"], first["column"], first["end_column"]) == (
        "workflow/step-number-skipped",
        11,
        7,
        16,
    )
    assert first["hint"] == "step 2 comes in line 13"
    assert (second["rule"], second["line"], second["hint"]) == (
        "workflow/step-number-repeated",
        15,
        "the other one is in line 11",
    )


@pytest.mark.parametrize(
    "text",
    [
        "### 1. A\n#### 1. B\n#### 2. C\n### 2. D\n#### 1. E\n",  # steps in steps
        "### 1. A\n### In between\n### 2. B\n",
        "### 1. A\n### 2. B\n## Later\n### 3. C\n### 4. D\n",  # counts on
        "### 1. A\n### 2. B\n## Later\n### 1. C\n### 2. D\n",  # begins anew
        "### 1. A\n#### 1.1 B\n#### 1.3 C\n### 2. D\n",
        "### 1. A\n```\n### 3. B\n```\n### 2. C\n",
        "### 1. A\n<!--\n### 3. B\n-->\n### 2. C\n",
        "### 1. A\n\n    ### 3. B\n\n### 2. C\n",
    ],
)
def test_steps_count_where_they_belong(repo: Repo, text: str) -> None:
    assert rules(repo, HEAD + text) == []


def test_steps_of_a_later_section_neither_count_on_nor_begin_anew(repo: Repo) -> None:
    text = HEAD + "### 1. A\n### 2. B\n## Later\n### 5. C\n"
    assert messages(repo, text) == ["the steps begin with 5, expected 1, or 3 to count on from the steps above"]


# Numbered lists count on


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([1, 2, 3], []),
        ([1, 1, 1], []),
        ([0, 0], []),
        ([0, 1, 2], []),
        ([4, 5, 6], []),
        ([7], []),
        ([1, 2, 4, 5], [("option-number-skipped", 13, 1, 2)]),
        ([8, 9, 11], [("option-number-skipped", 13, 1, 3)]),
        ([1, 2, 2, 3], [("option-number-repeated", 13, 1, 2)]),
        ([1, 3, 2, 4], [("option-number-skipped", 12, 1, 2)]),
        ([1, 2, 1, 2], [("option-number-repeated", 13, 1, 2)]),
        ([1, 999999999], [("option-number-skipped", 12, 1, 10)]),
    ],
)
def test_a_list_that_miscounts_is_placed_at_the_number(
    repo: Repo, numbers: list[int], found: list[tuple[str, int, int, int]]
) -> None:
    assert places(repo, listed(*numbers)) == found


def test_it_says_which_number_readers_see(repo: Repo) -> None:
    repo.write(PATH, listed(1, 2, 4))
    (finding,) = repo.findings()
    assert finding["message"] == "item 4 follows item 2, expected 3"
    assert finding["hint"] == "a list is counted from its first item: readers see 3 here"


@pytest.mark.parametrize(
    "text",
    [
        "1. A\n\n```sh\nrun\n```\n\n2. B\n",
        "1. A\n\nIn between.\n\n2. B\n",
        "1. A\n\nIn between.\n\n1. B\n2. C\n",
        "1. A\n   ```sh\n   run\n   ```\n2. B\n",
        "1. A\n   - B\n   - C\n2. D\n",
        "1. A\n   1. B\n   2. C\n2. D\n   1. E\n",
        "1. A\n- B\n2. C\n",
        "1. A\n\nLists:\n\n1. B\n2. C\n3. D\n\nAnd so:\n\n2. E\n",  # of the outer list, which is not indented
        "1. A\n2. B\n\n### 2. More\n\n1. C\n",
        "1. A\n2. B\n<!-- another list -->\n1. C\n",
        "A sentence of\n2026. And so on.\n",
        "```\n1. A\n3. B\n```\n",
        "1) A\n2) B\n",
    ],
)
def test_lists_that_something_interrupts_or_that_lie_in_lists_are_counted_apart(repo: Repo, text: str) -> None:
    assert rules(repo, STEP + text) == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("1. A\n2. B\n\nIn between.\n\n4. C\n", 16, 1),
        ("- A\n  1. B\n  3. C\n", 13, 3),
        ("1. A\n   1. B\n   2. C\n   2. D\n2. E\n", 14, 4),
        ("1. A\n3. ```sh\n   run\n   ```\n", 12, 1),
    ],
)
def test_a_slip_is_found_wherever_a_list_lies(repo: Repo, text: str, line: int, column: int) -> None:
    ((_, *place),) = places(repo, STEP + text)
    assert place[:2] == [line, column]


# The option to finalize is there

MENU = "1. **Think again**\n2. **Ask**\n3. **Finalize and proceed**\n"


@pytest.mark.parametrize(
    "text",
    [
        "Please choose a number (3 to finalize and proceed):\n\n" + MENU,
        "Choose a number (1-2) or 3 to proceed:\n\n" + MENU,
        MENU + "\nRepeat until it is time to proceed (or the user selects #3).\n",
        MENU + "\nThe user may select #7 of the other list.\n",  # nothing says that it finalizes
        "Please choose a number (8 to finalize and proceed):\n\n(options as above)\n",  # a list that is elsewhere
        "Please choose a number (8 to finalize and proceed):\n\n```text\n1. A\n8. Proceed\n```\n",
        "Wait 2 days to proceed, then take step 7 to finalize.\n\n" + MENU,
        "1. Ask for a number (9 to proceed)\n2. Do it\n",
        "`(8 to finalize)` <!-- (8 to finalize) -->\n\n" + MENU,
    ],
)
def test_a_text_may_send_its_reader_to_an_option_that_finalizes(repo: Repo, text: str) -> None:
    assert rules(repo, STEP + text) == []


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "Please choose a number (8 to finalize and proceed):\n\n" + MENU,
            (11, 25, 26),
            "8 is said to finalize or proceed, but there is no option 8",
        ),
        (
            "Choose 1-2, or **2** to proceed:\n\n" + MENU,
            (11, 18, 19),
            '2 is said to finalize or proceed, but option 2 is "Ask"',
        ),
        (
            MENU + "\nAgain, until it is time to proceed\n(or the user selects #12).\n",
            (16, 23, 25),
            "12 is said to finalize or proceed, but there is no option 12",
        ),
    ],
)
def test_an_option_that_is_not_there_is_placed_at_its_number(
    repo: Repo, text: str, place: tuple[int, int, int], message: str
) -> None:
    assert places(repo, STEP + text) == [("finalize-option-missing", *place)]
    (finding,) = repo.findings()
    assert (finding["message"], finding["hint"]) == (message, 'option 3 is "Finalize and proceed"')


def test_one_option_that_is_missing_is_told_once(repo: Repo) -> None:
    text = "Choose (8 to finalize):\n\n" + MENU + "\nRepeat until it is time to proceed (or the user selects #8).\n"
    assert rules(repo, STEP + text) == ["finalize-option-missing"]


def test_where_the_list_miscounts_that_is_the_mistake(repo: Repo) -> None:
    text = "Choose (3 to finalize):\n\n1. A\n2. B\n4. Finalize\n"
    assert rules(repo, STEP + text) == ["option-number-skipped"]


# Tags are closed


@pytest.mark.parametrize(
    "text",
    [
        "<critical_rule>Never.</critical_rule>",
        "- <critical_rule>Never.\n- Not at all.</critical_rule>",
        "<critical_rule>\n\nNever.\n\n### 2. Ever\n\n</critical_rule>",
        "<Note>A <b>bold</b> word<br>and <img src='a.png'> <x-y/> <hr /></Note>",
        "<DIV>html has no <B>case</b></div>",
        "<details>\n<summary>More</summary>\n\n- item\n\n</details>",
        "Write to <name>, docs/<service>.md, <your name here> or <critical-rule-id>.yaml.",
        "- <rule>: what it says\n- <critical_rule>: the other\n- <Feature>Controller and <T>",
        "List<T>, Map<String, List<critical_rule>>, a<b and c>d, 1 < 2 > 0, a -> b => c",
        "<ada@example.com> <https://example.com/a> <mailto:ada@example.com>",
        "<<PROJECT_NAME>> and {{name}} and \\<critical_rule>",
        "`<critical_rule>` and ``<b> ` </i>`` <!-- <critical_rule> --> a",
        "```xml\n<critical_rule>\n```\n\n    <critical_rule>\n\n<!--\n<critical_rule>\n-->",
        "<pre>\n<critical_rule> in <b>text\n</pre>",
        "<check if='a < b > c'>\n  <output>One.\n\n      Two.\n\n    </output>\n</check>",
        "text\n\n    </critical_rule> <details>",
        "<p>never closed\n\n<li>nor this\n\n</p>",
        '<a href="x">link</a> H<sub>2</sub>O <span\nclass="y">over two lines</span>',
    ],
)
def test_what_is_closed_or_no_tag_is_no_mistake(repo: Repo, text: str) -> None:
    assert rules(repo, STEP + text + "\n") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- <critical_rule>Never.", [("tag-unclosed", 11, 3, 18)]),
        ("Never: <important_note>do it.", [("tag-unclosed", 11, 8, 24)]),
        ("<details>\n\ntext", [("tag-unclosed", 11, 1, 10)]),
        ("<note>a</note>\n\n<note>b", [("tag-unclosed", 13, 1, 7)]),
        ("<note>a <note>b</note>", [("tag-unclosed", 11, 1, 7)]),
        ("a</note>", [("tag-unopened", 11, 2, 9)]),
        ("<note>a</note></note>", [("tag-unopened", 11, 15, 22)]),
        ("<note>a</Note>", [("tag-unopened", 11, 8, 15)]),
        ("<critical_rule>a</critical_rul>", [("tag-unopened", 11, 17, 32)]),
        ("<a_b>one <c_d>two</a_b> three</c_d>", [("tag-unclosed", 11, 10, 15)]),
        ("<pre>\n<b>text", [("tag-unclosed", 11, 1, 6)]),
        ("a `b` <x_rule\nid='1'>text", [("tag-unclosed", 11, 7, 8)]),
        ("> <critical_rule>quoted", [("tag-unclosed", 11, 3, 18)]),
    ],
)
def test_a_tag_that_is_open_or_never_was_is_placed(
    repo: Repo, text: str, found: list[tuple[str, int, int, int]]
) -> None:
    assert places(repo, STEP + text + "\n") == found


def test_an_end_in_other_letters_is_mended(repo: Repo) -> None:
    repo.write(PATH, STEP + "<critical_rule>a</critcal_rule> <Note>b</note>\n")
    repo.govern("check", "--fix")
    assert (repo.root / PATH).read_text() == STEP + "<critical_rule>a</critical_rule> <Note>b</Note>\n"
    assert repo.rules() == []


# Checklists and templates exist


@pytest.mark.parametrize(
    "text",
    [
        "Use `refund-checklist.md`, **letter-tmpl.yaml**, (letter-tmpl.yaml) and letter-tmpl.yaml.",
        "See {root}/checklists/refund-checklist and `.acme/templates/letter-tmpl.yaml`",
        "The refund checklist, a new-checklist, tmpl.md, a template.yaml, other-template.md, https://a.b/x-checklist.md",
        "`{name}-checklist.md` <name>-tmpl.md $NAME-tmpl.md *-tmpl.yaml checklists/ checklist.txt new-checklist.mdx",
        "[there](new-checklist.md) and [new-checklist.md](there.md) are links",
        "<!-- new-checklist.md -->\n\n```\nnew-checklist.md\n```",
    ],
)
def test_what_is_there_or_is_no_name_is_no_mistake(repo: Repo, text: str) -> None:
    repo.write("docs/refund-checklist.md", "- [ ] paid\n")
    repo.write("deep/down/letter-tmpl.yaml", "a: 1\n")
    assert [rule for rule in rules(repo, STEP + text + "\n") if not rule.startswith("link/")] == []


@pytest.mark.parametrize(
    ("text", "found", "hint"),
    [
        ("Use `Refund-checklist.md`.", ("checklist-missing", 11, 6, 25), "did you mean refund-checklist.md?"),
        (
            "- Use **refund-cheklist.md, refnd-checklist.md**",
            ("checklist-missing", 11, 29, 47),
            "did you mean refund-checklist.md?",
        ),
        ("Use a/checklists/new-checklist", ("checklist-missing", 11, 5, 31), None),
        ("Fill in letter-tmpl.md.", ("template-missing", 11, 9, 23), "did you mean letter-tmpl.yaml?"),
        ("Use x-tmpl.yml, then\nx-tmpl.yml again", ("template-missing", 11, 5, 15), None),
    ],
)
def test_what_nobody_tracks_is_placed_once(
    repo: Repo, text: str, found: tuple[str, int, int, int], hint: str | None
) -> None:
    repo.write("docs/refund-checklist.md", "- [ ] paid\n")
    repo.write("deep/down/letter-tmpl.yaml", "a: 1\n")
    assert places(repo, STEP + text + "\n") == [found]
    (finding,) = repo.findings()
    assert (finding["severity"], finding["hint"]) == ("warning", hint)


def test_a_file_that_git_does_not_track_is_not_there(repo: Repo) -> None:
    repo.untracked("docs/refund-checklist.md", "- [ ] paid\n")
    assert rules(repo, STEP + "Use refund-checklist.md\n") == ["checklist-missing"]


def test_the_front_matter_names_files_too(repo: Repo) -> None:
    front = "---\nneeds:\n  - other.md\n  - 'templates/letter-tmpl.yaml'\n---\n"
    assert places(repo, front + STEP) == [("template-missing", 4, 5, 33)]


def test_a_document_that_was_named_as_one_is_placed_too(repo: Repo) -> None:
    repo.write("a.md", STEP + "Use refund-checklist.md\n")
    (finding,) = repo.findings("--as", "workflow", "a.md")
    assert (finding["line"], finding["column"]) == (11, 5)


# Whatever comes


PIECES = [
    "# ",
    "## ",
    "### 1. ",
    "### 0. ",
    "1. ",
    "7. ",
    "- ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "```",
    "`",
    "<!--",
    "-->",
    "<a_rule>",
]
PIECES += [
    "</a_rule>",
    "</b>",
    "<b>",
    "<pre>",
    "(8 to finalize)",
    "selects #8",
    "x-checklist.md",
    "a-tmpl.yaml",
    "](",
    "[",
    ">",
]
PIECES += [
    "---\n",
    "a: [1, {b: null}]\n",
    "\x00",
    "é",
    "😀",
    "Purpose",
    "<",
    "\r\n",
    "|",
    "*",
    "\\",
    "999999999. ",
    "\u2028",
    "\x0b",
]


def test_no_text_makes_it_stumble(repo: Repo) -> None:
    dice = random.Random(7)
    texts = ["".join(dice.choices(PIECES, k=dice.randint(1, 60))) for _ in range(300)]
    for index, text in enumerate(texts):
        repo.untracked(f"workflows/{index}.md", text)
    repo.git("add", "--all")
    ran = repo.govern("check", "--as", "workflow", *(f"workflows/{index}.md" for index in range(len(texts))))
    assert (ran.code, "bug" in ran.err) == (1, False)


@pytest.mark.parametrize(
    "piece",
    [
        "<a_rule>",
        "</b_rule>",
        "<",
        "<a ",
        "`",
        "<!--",
        "1. a\n",
        "9. a\n1. b\n",
        "### 5. a\n",
        "(8 to finalize) ",
        "a-tmpl.md ",
        "_-",
    ],
)
def test_thousands_of_one_thing_are_read_to_the_end(tmp_path: Path, piece: str) -> None:
    repo = Repo(tmp_path / "long")
    repo.write(PATH, STEP + MENU + "\n" + piece * 5_000 + "\n")
    assert repo.govern("check", "--format", "concise").code in (0, 1)
