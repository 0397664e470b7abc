"""The anchors that GitHub gives to headings: what its documentation says, and what its pages show."""

import pytest

from govern.parse.markdown.blocks import blocks
from govern.parse.markdown.prose import anchors, slug_of


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Sample Section", "sample-section"),
        (
            "This'll be a Helpful Section About the Greek Letter Θ!",
            "thisll-be-a-helpful-section-about-the-greek-letter-θ",
        ),
        ("This heading is not unique in the file", "this-heading-is-not-unique-in-the-file"),
        ("Questions & answers", "questions--answers"),
        ("A -- B", "a----b"),
        ("a  b", "a--b"),
        ("1. First: do it (now)", "1-first-do-it-now"),
        ("C++ / C#", "c--c"),
        ("What's new in v1.2.3?", "whats-new-in-v123"),
        ("`code_span` and **bold** and *italics* and ~~gone~~", "code_span-and-bold-and-italics-and-gone"),
        ("`` a`b ``", "ab"),
        ("snake_case_name", "snake_case_name"),
        ("_italics_ and __bold__", "italics-and-bold"),
        ("__init__.py", "initpy"),
        ("_private", "_private"),
        ("\\_escaped\\_", "_escaped_"),
        ("[Link](https://example.com) text", "link-text"),
        ("[Link][reference]", "linkreference"),
        ("![image](x.png) Title", "-title"),
        ("🚀 Getting started", "-getting-started"),
        (":rocket: Getting started", "rocket-getting-started"),
        ("Ünïcode Straße", "ünïcode-straße"),
        ("日本語 テキスト", "日本語-テキスト"),
        ("Привет, мир", "привет-мир"),
        ("Q&amp;A", "qa"),
        ("<b>Bold</b> text", "bold-text"),
        ("Title <!-- hidden -->", "title-"),
        ("½ and ²", "-and-"),
        ("a/b/c", "abc"),
        ("under_ score", "under_-score"),
        ("`--flag`", "--flag"),
        ("", ""),
    ],
)
def test_a_heading_gets_the_anchor_of_github(heading: str, anchor: str) -> None:
    assert slug_of(heading) == anchor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n# a\n# A!\n", {"a", "a-1", "a-2"}),
        ("A\n===\n\nB\nb\n---\n", {"a", "bb"}),
        ("```\n# no\n```\n<!--\n# no\n-->\n# yes", {"yes"}),
        ("> # quoted\n\n- # listed\n", {"quoted", "listed"}),
        ("<h2 align=center>In <i>HTML</i></h2>\n", {"in-html"}),
        ("<a name='one'></a>\n<div ID=\"two\">\n\ntext <a id=three>\n", {"one", "two", "three"}),
        ("`<a name='no'>` and <!-- <a id='no'> -->\n", set()),
        ("# Title {#custom}\n", {"title-custom", "custom"}),
    ],
)
def test_the_anchors_of_a_text(text: str, expected: set[str]) -> None:
    assert anchors(blocks(text)) == expected
