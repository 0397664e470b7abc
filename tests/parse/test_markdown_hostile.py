"""Nothing that a markdown text holds crashes or stalls its reader: work grows with the text, up to bounds."""

from typing import Any

import jsonschema_rs
import pytest

from govern.parse import MAX_BYTES, read
from govern.parse.bounds import MAX_DEPTH
from govern.parse.markdown.blocks import MAX_BLOCKS, MAX_LEVEL, MAX_LINES, blocks
from govern.parse.markdown.prose import anchors, links, without_code

SIZE = 150_000  # what takes quadratic work takes minutes for it

REPEATED = [
    "[",
    "]",
    "](",
    "[](",
    "[](<",
    '[](a "',
    "[](a '",
    "[](a (",
    "[]((",
    "[a](b) ",
    "[a]",
    "[[a]",
    "[a]]",
    "[a][",
    "[a][b]",
    "![",
    "[a]: ",
    "[a]: b\n",
    '[a]: b "\n',
    "[a]: <",
    "[a\n",
    "[^",
    "\\[",
    "\\",
    "`",
    "``",
    "``` `",
    "`` ` ",
    "`a` ",
    "```\n",
    "~~~\n",
    "~~~",
    "#",
    "# ",
    "#\n",
    "# a\n",
    "> ",
    ">",
    ">\n",
    "> a\n",
    "> > > > > > \n",
    "- ",
    "-",
    "- a\n",
    " -",
    "* ",
    "1. ",
    "1.\n",
    "- - - - \n",
    "- [ ] ",
    "- **a**: b\n",
    "**a**: ",
    "<",
    "<!",
    "<!--",
    "<!-- ",
    "<!-- -->",
    "<?",
    "<![CDATA[",
    "<!x",
    "<a",
    "<a ",
    '<a b="',
    "<a b='x\" ",
    "</",
    "<a:",
    "<x:y",
    "<div>\n",
    "<h1>",
    "<h1>a</h1>\n\n",
    "<pre>",
    '<a id="b">\n',
    "<script>\n",
    "*",
    "_",
    "_a ",
    "a_",
    "__a_ ",
    "***\n",
    "~",
    "{",
    "{#a}",
    "&",
    "&#",
    "&amp;",
    "\t",
    "\t\n",
    " ",
    "\n",
    "\r\n",
    "a\n=\n",
    "=\n",
    "a\n---\n",
    "---\n",
    "a\n\n",
    "|",
    "|-",
    "|---\n",
    "a|b\n-|-\n",
    "é",
    "🚀",
    ":",
    "%",
    "(",
    ")",
]


def deep(levels: int) -> str:
    return "".join(" " * i * 2 + "- a\n" for i in range(levels))


NESTED = {
    "in one line": "- " * 100_000 + "a",
    "line by line": deep(1_400),
    "numbered": "".join(" " * i * 3 + "1. a\n" for i in range(1_000)),
    "in quotations": "> - " * 50_000 + "a",
    "quotations": "> " * 100_000 + "a",
    "sections": "".join("#" * (i % 6 + 1) + " a\n- b\n" for i in range(1_000)),
    "brackets": "[" * 100_000 + "]" * 100_000,
    "parentheses": "[a](" + "(" * 100_000 + ")" * 100_000 + ")",
}


@pytest.mark.parametrize("unit", REPEATED, ids=ascii)
def test_repetition_is_read(unit: str) -> None:
    text = unit * (SIZE // len(unit))
    document = read("a.md", text.encode(), "markdown")
    assert document.reading.readable or document.reading.findings
    assert document.places is not None
    page = blocks(text)
    assert len(page) <= MAX_BLOCKS + 2 * MAX_LEVEL
    assert isinstance(anchors(page), set)
    assert len(list(links(page))) <= SIZE
    assert len(without_code(text)) == len(text)


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED.keys())
def test_nesting_stays_within_what_validators_take(text: str) -> None:
    document = read("a.md", text.encode(), "markdown")
    assert document.reading.readable
    assert depth(document.value) <= MAX_DEPTH
    assert document.places is not None
    assert jsonschema_rs.validator_for({"type": "object"}).is_valid(document.value)
    assert list(links(blocks(text))) == []


def depth(value: Any) -> int:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, below), default=0)


@pytest.mark.parametrize("text", ["\n" * (MAX_LINES + 1), "a\n\n" * MAX_BLOCKS, "- a\n" * MAX_BLOCKS])
def test_a_text_beyond_the_bounds_is_a_finding(text: str) -> None:
    (finding,) = read("a.md", text.encode(), "markdown").reading.findings
    assert (finding.rule, finding.message) == (
        "file/too-large",
        "the text has more than 20,000 paragraphs, items and headings or 50,000 lines",
    )
    assert read("a.md", b"a\n\n" * 10_000, "markdown").reading.readable


@pytest.mark.parametrize("unit", ["[](", "[", "`", "<", "_a ", "- ", "> ", "# ", "x"])
def test_a_text_of_the_largest_size_is_read(unit: str) -> None:
    text = unit * (MAX_BYTES // len(unit))
    document = read("a.md", text.encode(), "markdown")
    assert document.reading.readable
    page = blocks(text)
    assert isinstance(anchors(page), set)
    assert list(links(page)) == []
