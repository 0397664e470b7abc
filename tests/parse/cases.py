"""What people do wrong, where the finding stands and what it says; beside each "no" the nearest "yes"."""

from typing import NamedTuple


class No(NamedTuple):
    """A text with one mistake, its rule, line and column, the message, and the same text as it would be right."""

    text: str
    rule: str
    line: int
    column: int
    message: str
    yes: str


COLON = 'the value of {} holds an unquoted ":", which YAML reads as the end of a key'
LINE = 'this line is no "key: value"'
ALIGN = "this key does not line up with the ones before it"

YAML = [
    No("a: 1\nb: c: d\n", "yaml/unquoted-colon", 2, 5, COLON.format("b"), "a: 1\nb: c:d\n"),
    No("a: b:\n", "yaml/unquoted-colon", 1, 5, COLON.format("a"), "a: 'b:'\n"),
    No('a: "b": c\n', "yaml/unquoted-colon", 1, 7, COLON.format("a"), "a: '\"b\": c'\n"),
    No("a:\n  - b: c: d\n", "yaml/unquoted-colon", 2, 9, COLON.format("b"), "a:\n  - b: c - d\n"),
    No("a: 1\nb:2\nc: 3\n", "yaml/syntax", 2, 2, 'a blank is missing after this ":"', "a: 1\nb: 2\nc: 3\n"),
    No("a:1\nb: 2\n", "yaml/syntax", 1, 2, 'a blank is missing after this ":"', "a: 1\nb: 2\n"),
    No("a:\n-b\n-c\n", "yaml/syntax", 2, 1, 'a blank is missing after this "-"', "a:\n- b\n- c\n"),
    No("a: 1\nb\nc: 2\n", "yaml/syntax", 2, 1, LINE, "a: 1\n  b\nc: 2\n"),
    No("text\na: 1\n", "yaml/syntax", 1, 1, LINE, "# text\na: 1\n"),
    No("a: |\nb\nc: 1\n", "yaml/syntax", 2, 1, LINE, "a: |\n b\nc: 1\n"),
    No("a: 1\n  b: 2\n", "yaml/syntax", 2, 3, "this key is indented more than the ones before it", "a: 1\nb: 2\n"),
    No("a:\n    b: 1\n  c: 2\n", "yaml/syntax", 3, 3, ALIGN, "a:\n    b: 1\n    c: 2\n"),
    No("a:\n  b:\n    c: 1\n   d: 2\n", "yaml/syntax", 4, 4, ALIGN, "a:\n  b:\n    c: 1\n  d: 2\n"),
    No("- a\nb: c\n", "yaml/syntax", 2, 1, ALIGN, "- a\n- b: c\n"),
    No(" a: 1\nb: 2\n", "yaml/syntax", 2, 1, ALIGN, "a: 1\nb: 2\n"),
    No(
        *("a:\n  - b\n - c\n", "yaml/syntax", 3, 2, "this list item does not line up with what stands before it"),
        "a:\n  - b\n  - c\n",
    ),
    No(
        *("a: b\n- c\n", "yaml/syntax", 2, 1, "this list item does not line up with what stands before it"),
        "a:\n- b\n- c\n",
    ),
    No("a: - b\n", "yaml/syntax", 1, 4, "a list cannot begin in the line of its key", "a:\n- b\n"),
    No(
        *("a: >\n  b\n c\n", "yaml/syntax", 3, 2),
        *("this line is indented less than the block of text it seems to belong to", "a: >\n  b\n  c\n"),
    ),
    No(
        "a:\n\tb: 1\n",
        "yaml/syntax",
        2,
        1,
        "a tab indents this line, and YAML indents with spaces only",
        "a:\n  b:\t1\n",
    ),
    No("-\t- a\n", "yaml/syntax", 1, 2, "a tab stands where YAML wants a blank", "- a\t# b\n"),
    No("a: 'b\nc: d\n", "yaml/syntax", 1, 4, "this quote is never closed", "a: 'b\n c: d'\n"),
    No('a: "b\n', "yaml/syntax", 1, 4, "this quote is never closed", 'a: "b\n  "\n'),
    No(
        *('a: "b\nc: "d"\n', "yaml/syntax", 1, 4),
        *("the quote that opens here closes only in a later line, where text goes on after it", 'a: "b"\nc: "d"\n'),
    ),
    No('a: "b" c\n', "yaml/syntax", 1, 8, "text goes on after the closing quote", 'a: "b" # c\n'),
    No("a: 'it's'\n", "yaml/syntax", 1, 8, "text goes on after the closing quote", "a: it's\n"),
    No("a: [b] c\n", "yaml/syntax", 1, 8, "text goes on after the value has ended", "a: b [c]\n"),
    No("a: [b](http://c)\n", "yaml/syntax", 1, 7, "text goes on after the value has ended", "a: see [b](http://c)\n"),
    No("a: [b, c\nd: 1\n", "yaml/syntax", 1, 4, 'this "[" is never closed', "a: [b,\n c]\nd: 1\n"),
    No("a: {b: c\nd: 1\n", "yaml/syntax", 1, 4, 'this "{" is never closed', "a: {b: c}\nd: 1\n"),
    No("a: [b}\n", "yaml/syntax", 1, 6, '"}" stands where "]" must close the "[" before it', "a: [b]\n"),
    No("a: [b]]\n", "yaml/syntax", 1, 7, 'this "]" closes nothing', "a: [[b]]\n"),
    No("a: ['b' 'c']\n", "yaml/syntax", 1, 9, "a comma is missing before this", "a: ['b', 'c']\n"),
    No("a: [b, , c]\n", "yaml/syntax", 1, 8, "nothing stands before this comma", "a: [b, c,]\n"),
    No("a: @b\n", "yaml/syntax", 1, 4, 'a value cannot begin with "@"', "a: b@c\n"),
    No("a: `b`\n", "yaml/syntax", 1, 4, 'a value cannot begin with "`"', "a: the `b`\n"),
    No("a: %b\n", "yaml/syntax", 1, 4, 'a value cannot begin with "%"', "a: 5%\n"),
    No("a: *.py\n", "yaml/syntax", 1, 4, "*.py names no anchor: there is no &.py above it", "a: '*.py'\n"),
    No("b: *x\na: &x 1\n", "yaml/syntax", 1, 4, "*x names no anchor: there is no &x above it", "a: &x 1\nb: *x\n"),
    No("a: & b\n", "yaml/syntax", 1, 4, '"&" begins an anchor, and no name follows', "a: b & c\n"),
    No("a: * b\n", "yaml/syntax", 1, 4, '"*" begins an alias, and no name follows', "a: b * c\n"),
    No("a: |b\n", "yaml/syntax", 1, 4, 'after "|" the text begins in the next line', "a: b|c\n"),
    No("a: > b\n", "yaml/syntax", 1, 4, 'after ">" the text begins in the next line', "a: >\n b\n"),
    No('a: "C:\\Users"\n', "yaml/syntax", 1, 7, "8 hex digits must follow \\U", "a: 'C:\\Users'\n"),
    No('a: "\\d+"\n', "yaml/syntax", 1, 5, "\\d is no escape that YAML knows", 'a: "\\\\d+"\n'),
    No(
        'a: "\\ud83d"\n',
        "yaml/syntax",
        1,
        4,
        "an escape in this text is half a character, a surrogate",
        'a: "\\U0001f600"\n',
    ),
    No("a: b\x07\n", "yaml/syntax", 1, 5, "the control character U+0007 may not stand in YAML", 'a: "b\\a"\n'),
    No(
        *("a: b\rc: d\n", "file/carriage-return", 1, 5),
        *("a carriage return without a line feed stands here: some readers see one line, some two", "a: b\r\nc: d\r\n"),
    ),
    No(
        *("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> c\n", "file/merge-conflict", 2, 1),
        *('a merge conflict is not resolved here: "<<<<<<< HEAD"', "a: 1\n# <<<<<<< HEAD\nb: 2\n"),
    ),
    No("a: 1\na: 2\n", "yaml/duplicate-key", 2, 1, "a stands here again, first in line 1", "a: 1\nA: 2\n"),
    No(
        "a: {b: 1, b: 2}\n",
        "yaml/duplicate-key",
        1,
        11,
        "b stands here again, first in line 1",
        "a: {b: 1, c: {b: 2}}\n",
    ),
    No(
        *("a: {{ X }}\n", "yaml/key-not-string", 1, 5, "`{{` begins a mapping whose key is a mapping"),
        "a: '{{ X }}'\n",
    ),
    No("{{X}}: 1\n", "yaml/key-not-string", 1, 1, "a mapping stands where a key must be", "'{{X}}': 1\n"),
    No("? [a]\n: 1\n", "yaml/key-not-string", 1, 3, "a sequence stands where a key must be", "? a\n: 1\n"),
    No(": 1\n", "yaml/key-not-string", 1, 1, 'a key is missing before this ":"', "'': 1\n"),
    No("a: .inf\n", "yaml/not-finite", 1, 4, ".inf is not a finite number", "a: '.inf'\n"),
    No("a: 1e999\n", "yaml/not-finite", 1, 4, "1e999 is too large for a number", "a: 1e99\n"),
    No(
        "a: " + "9" * 4_001,
        "yaml/not-finite",
        1,
        4,
        "a number of 4,001 digits is too large for a number",
        "a: " + "9" * 4_000,
    ),
    No("a: &a [*a]\n", "yaml/alias-cycle", 1, 4, "this value contains an alias of itself", "a: &a [b]\nc: *a\n"),
    No(
        "a: 1\n---\nb: 2\n",
        "yaml/multiple-documents",
        2,
        1,
        "a second document begins here; govern judges files of one document",
        "---\na: 1\n...\n",
    ),
    No("a: !b c\n", "yaml/unknown-tag", 1, 4, "!b is a tag that YAML does not define", "a: b!c\n"),
    No("a: !!int b\n", "yaml/unknown-tag", 1, 4, '"b" is no !!int', "a: !!int 7\n"),
    No("<<: 1\n", "yaml/merge-not-mapping", 1, 5, "`<<` takes a mapping or a list of mappings", "<<: {a: 1}\n"),
    No(
        "%YAML 2.0\n---\na: 1\n",
        "yaml/syntax",
        1,
        1,
        "govern reads YAML 1.2, and this says it is something else",
        "%YAML 1.2\n---\na: 1\n",
    ),
    No("a: !b!c 1\n", "yaml/syntax", 1, 4, "this tag uses a prefix that no %TAG line defines", "a: 'b!c 1'\n"),
]

JSON = [
    No("", "json/syntax", 1, 1, "the file is empty, which is not JSON", "{}"),
    No('{"a": 1,}', "json/syntax", 1, 8, "nothing follows this comma", '{"a": 1}'),
    No('["a",\n]', "json/syntax", 1, 5, "nothing follows this comma", '["a"\n]'),
    No('{\n  "a": 1\n  "b": 2\n}', "json/syntax", 3, 3, "a comma is missing before this", '{\n  "a": 1,\n  "b": 2\n}'),
    No('{"a" 1}', "json/syntax", 1, 6, "a colon is missing after the key", '{"a": 1}'),
    No('{"a":}', "json/syntax", 1, 6, "a value must stand here", '{"a": null}'),
    No("{'a': 1}", "json/syntax", 1, 2, "JSON quotes text with \", not with '", '{"a": 1}'),
    No("{a: 1}", "json/syntax", 1, 2, "a key must stand here, in double quotes", '{"a": 1}'),
    No('{"a": True}', "json/syntax", 1, 7, "True is no word of JSON", '{"a": true}'),
    No('{"a": b}', "json/syntax", 1, 7, "b stands where a value must", '{"a": "b"}'),
    No('// b\n{"a": 1}', "json/syntax", 1, 1, "JSON has no comments", '{"//": "b", "a": 1}'),
    No('{"a": 1} // b', "json/syntax", 1, 10, "JSON has no comments", '{"a": "1 // b"}'),
    No('{"a": [1, 2}', "json/syntax", 1, 12, '"}" stands where "]" must close what was opened', '{"a": [1, 2]}'),
    No('{"a": [1, 2]', "json/syntax", 1, 1, 'this "{" is never closed', '{"a": [1, 2]}'),
    No('{"a": "b}', "json/syntax", 1, 7, "this quote is never closed", '{"a": "b"}'),
    No(
        *('{"a": "b\nc"}', "json/syntax", 1, 9),
        *("a line break or control character stands in a string; write it as an escape", '{"a": "b\\nc"}'),
    ),
    No('{"a": "C:\\d"}', "json/syntax", 1, 10, "\\d is no escape that JSON knows", '{"a": "C:\\\\d"}'),
    No('{"a": "\\uX"}', "json/syntax", 1, 8, "4 hex digits must follow \\u", '{"a": "\\u0058"}'),
    No('{"a": 007}', "json/syntax", 1, 7, "JSON writes this number otherwise", '{"a": 0.07}'),
    No('{"a": .5}', "json/syntax", 1, 7, "JSON writes this number otherwise", '{"a": 0.5}'),
    No(
        '{"a": 1}\n{"a": 2}',
        "json/syntax",
        2,
        1,
        "something follows the end of the JSON value",
        '[{"a": 1},\n{"a": 2}]',
    ),
    No(
        "<<<<<<< HEAD\n{}",
        "file/merge-conflict",
        1,
        1,
        'a merge conflict is not resolved here: "<<<<<<< HEAD"',
        '["<<<<<<< HEAD"]',
    ),
    No(
        '{"a": 1, "a": 2}',
        "json/duplicate-key",
        1,
        10,
        "a stands here again, first in column 2",
        '{"a": 1, "b": {"a": 2}}',
    ),
    No('{"a": NaN}', "json/not-finite", 1, 7, "NaN is not a finite number", '{"a": "NaN"}'),
    No('{"a": 1e999}', "json/not-finite", 1, 7, "1e999 is too large for a number", '{"a": 1e99}'),
    No(
        '["\\ud83d"]',
        "json/lone-surrogate",
        1,
        2,
        "an escape in this string is half a character, a surrogate",
        '["\\ud83d\\ude00"]',
    ),
]

TOML = [
    No("a = ", "toml/syntax", 1, 5, "a value must stand here", 'a = ""'),
    No("a 1", "toml/syntax", 1, 3, 'a "=" is missing after the key', "a = 1"),
    No("a = b", "toml/syntax", 1, 5, "b stands where a value must", 'a = "b"'),
    No("a = True", "toml/syntax", 1, 5, "True is no word of TOML", "a = true"),
    No("a = 007", "toml/syntax", 1, 6, "TOML writes this number otherwise", "a = 7"),
    No('a = "b', "toml/syntax", 1, 5, "a quote is never closed", 'a = "b"'),
    No('a = "b\nc"', "toml/syntax", 1, 5, "a quote is not closed in this line", 'a = """b\nc"""'),
    No("b = 1\na = [1, 2", "toml/syntax", 2, 5, "a list in brackets is never closed", "b = 1\na = [1, 2,\n]"),
    No("a = 1\na = 2", "toml/syntax", 2, 1, "a key stands here again", "a = 1\n[b]\na = 2"),
    No("[a]\n[a]", "toml/syntax", 2, 1, "the table [a] stands here again", "[[a]]\n[[a]]"),
    No("a = 1 2", "toml/syntax", 1, 7, "something follows the end of the value", "a = 1 # 2"),
    No("[a", "toml/syntax", 1, 3, 'the "]" of this table is missing', "[a]"),
    No(
        *(">>>>>>> b\na = 1", "file/merge-conflict", 1, 1),
        *('a merge conflict is not resolved here: ">>>>>>> b"', "# >>>>>>> b\na = 1"),
    ),
    No("a = inf", "toml/not-finite", 1, 5, "this number is not finite", 'a = "inf"'),
    No("a = " + "9" * 5_000, "toml/syntax", 1, 5, "this number is too large", "a = " + "9" * 4_000),
]
