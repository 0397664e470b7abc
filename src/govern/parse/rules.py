"""The rules about files that cannot be read, or cannot be read in one way only."""

from govern.model.rule import Rule

ENCODING = Rule(
    "file/not-utf8",
    "error",
    "the file is not UTF-8",
    "Every tool downstream reads UTF-8; other bytes turn into other letters, or into nothing.",
)
TOO_LARGE = Rule(
    "file/too-large",
    "error",
    "the file is larger than govern reads",
    "Documents are written by people; a file this large is something else, and reading it would stall a commit.",
)
UNREADABLE = Rule(
    "file/unreadable",
    "error",
    "the file cannot be opened",
    "A document that cannot be read has not been judged, so it must not pass.",
)

MORE_FINDINGS = Rule(
    "file/more-findings",
    "error",
    "a file of JSON Lines has more findings than are listed",
    "The first hundred show what is wrong; the rest is counted, so that a million wrong lines can be read as well.",
)

CONFLICT = Rule(
    "file/merge-conflict",
    "error",
    "a merge left its conflict markers in the file",
    "The file holds both sides, and means neither.",
)
LINE_END = Rule(
    "file/carriage-return",
    "error",
    "a carriage return stands alone",
    "Some readers take it for the end of a line and some do not, so they count different lines.",
)

JSON_SYNTAX = Rule("json/syntax", "error", "the file is not JSON", "Nothing in it can be judged until it parses.")
JSON_DUPLICATE = Rule(
    "json/duplicate-key",
    "error",
    "an object has the same key twice",
    "Readers disagree on which of the two counts, so two services see two documents.",
)
JSON_NOT_FINITE = Rule(
    "json/not-finite",
    "error",
    "a number is not finite",
    "NaN, Infinity and 1e999 are no JSON; most readers refuse them.",
)
JSON_SURROGATE = Rule(
    "json/lone-surrogate",
    "error",
    "a string holds half a character",
    "Two escapes such as \\ud83d\\ude00 are one character; one alone is none, and readers refuse or replace it.",
)
JSON_TOO_DEEP = Rule(
    "json/too-deep", "error", "values are nested too deeply", "Readers crash on nesting this deep, ours included."
)

YAML_SYNTAX = Rule("yaml/syntax", "error", "the text is not YAML", "Nothing in it can be judged until it parses.")
YAML_COLON = Rule(
    "yaml/unquoted-colon",
    "error",
    'an unquoted value holds ": "',
    'YAML reads ": " as "here a key ends", so the whole document is lost to its readers. Quotes make it text.',
)
YAML_DUPLICATE = Rule(
    "yaml/duplicate-key",
    "error",
    "a mapping has the same key twice",
    "YAML forbids it; readers that allow it keep one of the two without a word.",
)
YAML_KEY = Rule(
    "yaml/key-not-string",
    "error",
    "a key is a list, a mapping or nothing",
    "JSON, and with it every schema, has only strings as keys.",
)
YAML_NOT_FINITE = Rule(
    "yaml/not-finite",
    "error",
    "a number is not finite",
    "JSON has no such number: no schema can describe it, few readers take it.",
)
YAML_ALIAS_CYCLE = Rule(
    "yaml/alias-cycle", "error", "an alias stands inside what it names", "The value would contain itself, endlessly."
)
YAML_TOO_MANY = Rule(
    "yaml/too-many-values",
    "error",
    "the document holds too many values",
    "A few lines of nested aliases can expand to billions of values: the 'billion laughs' attack.",
)
YAML_TOO_DEEP = Rule(
    "yaml/too-deep", "error", "values are nested too deeply", "Readers crash on nesting this deep, ours included."
)
YAML_TOO_LARGE = Rule(
    "yaml/too-large",
    "error",
    "the text is too large for the YAML that it uses",
    "Unusual YAML is read by a slower reader; a text this large would stall a commit.",
)
YAML_MULTIPLE = Rule(
    "yaml/multiple-documents",
    "error",
    "the file holds several YAML documents",
    "Only the first would be read by most tools.",
)
YAML_TAG = Rule(
    "yaml/unknown-tag", "error", "a value has a tag that YAML does not define", "What it means depends on the reader."
)
YAML_MERGE = Rule(
    "yaml/merge-not-mapping",
    "error",
    "`<<` merges something that is not a mapping",
    "Only mappings, or a list of them, can be merged.",
)

FRONTMATTER_UNCLOSED = Rule(
    "frontmatter/unclosed",
    "error",
    "the front matter never ends",
    "Without the closing `---` the whole file is front matter, or none of it.",
)
FRONTMATTER_MISSING = Rule(
    "frontmatter/missing", "error", "the file has no front matter", "The fields that its schema asks for live there."
)
FRONTMATTER_NOT_FIRST = Rule(
    "frontmatter/not-first",
    "error",
    "something stands before the front matter",
    "Front matter counts only from the first line: other tools read this file as having none.",
)

BLOCK_UNCLOSED = Rule(
    "block/unclosed",
    "error",
    "the code block that holds the definition never ends",
    "Whatever follows belongs to the block for some readers and to the text for others.",
)
BLOCK_MISSING = Rule(
    "block/missing",
    "error",
    "a definition stands in no code block",
    "Whoever loads the file looks for a YAML block, and finds none.",
)

TOML_NOT_FINITE = Rule(
    "toml/not-finite", "error", "a number is not finite", "inf and nan are TOML, but no schema can describe them."
)
TOML_TOO_DEEP = Rule(
    "toml/too-deep", "error", "values are nested too deeply", "Readers crash on nesting this deep, ours included."
)
TOML_SYNTAX = Rule("toml/syntax", "error", "the file is not TOML", "Nothing in it can be judged until it parses.")

RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
