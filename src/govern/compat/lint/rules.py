"""The rules about schemas: what makes one useless, or other than its author meant."""

from govern.model.rule import Rule

META_SCHEMA = Rule(
    "schemas/meta-schema",
    "error",
    "a schema breaks the rules of its own dialect",
    "Validators refuse it, or ignore what is wrong and let everything pass.",
)
REFERENCE_DANGLING = Rule(
    "schemas/reference-dangling",
    "error",
    "a reference leads nowhere",
    "The schema cannot judge anything; some validators find out only when a value comes by.",
)
REFERENCE_CIRCULAR = Rule(
    "schemas/reference-circular",
    "error",
    "a reference leads back to itself without getting to another part of the value",
    "Validators run into it for ever: they crash, or refuse the schema.",
)
UNSATISFIABLE = Rule(
    "schemas/unsatisfiable",
    "error",
    "a schema admits no value at all",
    "Its keywords contradict each other, so every document with a value at this place is refused.",
)
REQUIRED_UNDECLARED = Rule(
    "schemas/required-undeclared",
    "warning",
    "a property is required, but not declared",
    "It may hold anything; most often one of the two names is misspelt.",
)
BRANCH_DEAD = Rule(
    "schemas/branch-dead",
    "warning",
    "a branch of anyOf or oneOf makes no difference",
    "Whatever it was meant to admit is refused, or admitted by another branch anyway.",
)
ENUM_VALUE_DEAD = Rule(
    "schemas/enum-value-dead",
    "warning",
    "an allowed value is refused by a keyword beside it",
    "The list promises a value that no document can have.",
)
DEFAULT_INVALID = Rule(
    "schemas/default-invalid",
    "error",
    "a default is refused by its own schema",
    "Whoever fills it in makes documents that do not pass.",
)
EXAMPLE_INVALID = Rule(
    "schemas/example-invalid",
    "error",
    "an example is refused by its own schema",
    "People copy examples.",
)
ID_INCOMPLETE = Rule(
    "schemas/id-incomplete",
    "error",
    "the `$id` of a version does not say its subject and its number",
    "Several versions could share one name, and nothing says to which of them a reference leads.",
)
ID_DUPLICATE = Rule(
    "schemas/id-duplicate",
    "error",
    "two schemas have the same `$id`",
    "A reference leads to one of them, and nothing says to which.",
)
KEYWORD_UNKNOWN = Rule(
    "schemas/keyword-unknown",
    "warning",
    "a schema has a keyword that its dialect does not know",
    "Validators ignore it, so that it looks like a rule and is none.",
)
KEYWORD_IGNORED = Rule(
    "schemas/keyword-ignored",
    "warning",
    "a keyword has no effect where it stands",
    "It looks like a rule and is none.",
)
PATTERN_INVALID = Rule(
    "schemas/pattern-invalid",
    "error",
    "a pattern is no regular expression of ECMA-262",
    "JSON Schema's patterns are those of JavaScript; other validators refuse it, or match something else.",
)
MODEL_DRIFT = Rule(
    "schemas/model-drift",
    "error",
    "a model in the code says something else than the published schema",
    "Consumers rely on the schema, and the code no longer keeps it.",
)
RULES = (
    META_SCHEMA,
    REFERENCE_DANGLING,
    REFERENCE_CIRCULAR,
    UNSATISFIABLE,
    REQUIRED_UNDECLARED,
    BRANCH_DEAD,
    ENUM_VALUE_DEAD,
    DEFAULT_INVALID,
    EXAMPLE_INVALID,
    ID_INCOMPLETE,
    ID_DUPLICATE,
    KEYWORD_UNKNOWN,
    KEYWORD_IGNORED,
    PATTERN_INVALID,
    MODEL_DRIFT,
)
