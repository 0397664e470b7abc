"""The rules about events, their schemas and the catalogue that describes them."""

from govern.model.rule import Rule

PAYLOAD_UNKNOWN = Rule(
    "event/payload-unknown",
    "error",
    "an event names a schema for its data that does not exist",
    "Its data would pass unjudged, and whoever receives it cannot look up what it means.",
)
SCHEMA_MISMATCHED = Rule(
    "event/schema-mismatched",
    "error",
    "the type of an event and the schema of its data name different events or versions",
    "Some readers go by the type and some by the schema: they read two different events.",
)
EXAMPLE_ORPHANED = Rule(
    "event/example-orphaned",
    "error",
    "an example belongs to no version of its event",
    "Nothing judges it, so it says what once was true, or never.",
)
COUNTEREXAMPLE_VALID = Rule(
    "event/counterexample-valid",
    "error",
    "an example of what must fail passes",
    "It was written down because somebody relies on the schema to refuse it.",
)
ID_MISMATCHED = Rule(
    "event/id-mismatched",
    "error",
    "the $id of an event's schema names another event or version than its path",
    "Events name their schema by its $id, people look for it by its path; they must find the same one.",
)
MAJOR_SKIPPED = Rule(
    "event/major-skipped",
    "error",
    "an event has two majors and none between them",
    "Whoever still reads the lost version cannot see any more what it said, nor what has changed since.",
)
UNDESCRIBED = Rule(
    "event/undescribed",
    "warning",
    "an event has schemas, but no event.yaml beside them",
    "Nobody can tell who owns it, who sends it and who must be asked before it changes.",
)
NAME_MISMATCHED = Rule(
    "event/name-mismatched",
    "error",
    "the name or topic in event.yaml is not that of its folder",
    "People find the schema by the folder, and consumers subscribe by the topic.",
)
TOPIC_MALFORMED = Rule(
    "event/topic-malformed",
    "error",
    "a topic is not made of lower-case words with dots between them",
    "Brokers tell topics apart by every letter, so one event on two spellings reaches half of its consumers.",
)
NOT_PAST = Rule(
    "event/not-past-tense",
    "warning",
    "an event is named as if it were still to happen",
    "An event says what has happened; what shall happen is a command, and its name ends in command.",
)
OWNER_MISSING = Rule(
    "event/owner-missing",
    "error",
    "the descriptor of an event names no owner",
    "Nobody answers for its schema, and nobody is asked before it changes.",
)
PRODUCER_MISSING = Rule(
    "event/producer-missing",
    "error",
    "the descriptor of an event names no producer",
    "When the event stops coming, nobody knows where to look.",
)
CODEOWNER_MISSING = Rule(
    "event/codeowner-missing",
    "error",
    "the folder of an event has no owner in CODEOWNERS",
    "Its schema can be changed without review by those who answer for it.",
)
SUCCESSOR_UNKNOWN = Rule(
    "event/successor-unknown",
    "error",
    "a deprecated event names a successor that does not exist",
    "Consumers are told to move, and not told where.",
)
VERSION_UNKNOWN = Rule(
    "event/version-unknown",
    "error",
    "the descriptor of an event names a version that has no schema",
    "Consumers look for a schema that nobody can show them.",
)

OF_EVENTS = (
    PAYLOAD_UNKNOWN,
    SCHEMA_MISMATCHED,
    EXAMPLE_ORPHANED,
    COUNTEREXAMPLE_VALID,
    ID_MISMATCHED,
    MAJOR_SKIPPED,
    UNDESCRIBED,
)
OF_DESCRIPTORS = (
    NAME_MISMATCHED,
    TOPIC_MALFORMED,
    NOT_PAST,
    OWNER_MISSING,
    PRODUCER_MISSING,
    CODEOWNER_MISSING,
    SUCCESSOR_UNKNOWN,
    VERSION_UNKNOWN,
)
