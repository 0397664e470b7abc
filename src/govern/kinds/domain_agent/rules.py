"""What is said of domain agents beyond their schema, and why."""

from govern.model.rule import Rule

NAME_CONTRADICTED = Rule(
    "domain-agent/name-contradicted",
    "error",
    "the name is not what the rest of the document calls the agent",
    "Tasks and monitors that follow the document call an agent that does not exist.",
)
NAME_MISMATCHED = Rule(
    "domain-agent/name-mismatched",
    "warning",
    "the name is not the file's",
    "An agent is called by its name and looked for by its file.",
)
NAME_DUPLICATE = Rule(
    "domain-agent/name-duplicate",
    "error",
    "two domain agents have the same name",
    "A reference to the name could mean either.",
)
INVOCATION_MISNAMED = Rule(
    "domain-agent/invocation-misnamed",
    "error",
    "When to Invoke names another agent",
    "The tasks that ask for this agent would not lead here.",
)
INVOCATION_NOT_LAST = Rule(
    "domain-agent/invocation-not-last",
    "error",
    "When to Invoke does not end with the tasks that name the agent",
    "It closes the list in every agent; people and tools look for it there.",
)
ENDPOINT_MISNAMED = Rule(
    "domain-agent/endpoint-misnamed",
    "error",
    "the health endpoint is another agent's",
    "Whoever watches this domain would watch another one.",
)
TIER_CONTRADICTED = Rule(
    "domain-agent/tier-contradicted",
    "error",
    "the section Tier states another tier than the description",
    "Readers believe the text, tools the front matter.",
)
OPENING_NOT_FIRST = Rule(
    "domain-agent/opening-not-first",
    "error",
    "a heading stands before the line that says who the agent is",
    "Whoever reads the text, a model above all, is told first what it is.",
)
SECTION_MISPLACED = Rule(
    "domain-agent/section-misplaced",
    "error",
    "a section stands out of order",
    "All agents have their sections in the same order, so that people find their way in each of them.",
)
REFERENCE_UNRESOLVED = Rule(
    "domain-agent/reference-unresolved",
    "error",
    "a reference names an agent that does not exist",
    "Whoever follows it asks nobody.",
)
DEPENDENCY_ABOVE = Rule(
    "domain-agent/dependency-above",
    "error",
    "an agent of tier 2 depends on one that is not of tier 1",
    "Features build on the foundation, not on each other: else none of them can be left out or changed alone.",
)
THRESHOLDS_DISORDERED = Rule(
    "domain-agent/thresholds-disordered",
    "error",
    "an alert does not warn before it is critical",
    "The warning comes too late, or never.",
)
REVIEW_OVERDUE = Rule(
    "domain-agent/review-overdue",
    "warning",
    "nobody has reviewed the agent for longer than allowed",
    "What it knows of its domain ages, and nobody notices.",
)
REVIEW_IN_FUTURE = Rule(
    "domain-agent/review-in-future",
    "warning",
    "last_reviewed is a day that is yet to come",
    "The next review becomes due later than it should.",
)
PLACEHOLDER_LEFTOVER = Rule(
    "domain-agent/placeholder-leftover",
    "error",
    "a placeholder was left in a document that is no template",
    "The agent reads the placeholder as it stands, and nobody has told it what it means.",
)
RULES = (
    NAME_CONTRADICTED,
    NAME_MISMATCHED,
    NAME_DUPLICATE,
    INVOCATION_MISNAMED,
    INVOCATION_NOT_LAST,
    ENDPOINT_MISNAMED,
    TIER_CONTRADICTED,
    OPENING_NOT_FIRST,
    SECTION_MISPLACED,
    REFERENCE_UNRESOLVED,
    DEPENDENCY_ABOVE,
    THRESHOLDS_DISORDERED,
    REVIEW_OVERDUE,
    REVIEW_IN_FUTURE,
    PLACEHOLDER_LEFTOVER,
)
OPT_IN: frozenset[str] = frozenset()
