"""What there is to say about backlogs."""

from govern.model.rule import Rule

TITLE_DUPLICATE = Rule(
    "backlog/title-duplicate",
    "error",
    "two items have the same title",
    "The plan and other items refer to an item by its title; nobody can tell which of the two they mean.",
)
PLANNED_UNKNOWN = Rule(
    "backlog/planned-unknown",
    "error",
    "a phase names an item that no section has",
    "Whoever takes it on finds neither how long it takes nor what makes it done.",
)
UNPLANNED = Rule(
    "backlog/unplanned",
    "error",
    "no phase names an item of the backlog",
    "The plan looks complete, and the item is done by nobody.",
)
STATE_CONTRADICTED = Rule(
    "backlog/state-contradicted",
    "error",
    "an item's checkbox in the plan differs from the one in its section",
    "One of the two reports progress that there is not, or hides some.",
)
PHASES_MISNUMBERED = Rule(
    "backlog/phases-misnumbered",
    "error",
    "the numbers of the phases have a gap, or are out of order",
    "A phase that others refer to by its number is missing, or there are two of it.",
)
QUARTERS_REVERSED = Rule(
    "backlog/quarters-reversed",
    "error",
    "a phase begins before the one that it follows",
    "Phases build on each other; one of the two dates is wrong.",
)
P0_LATE = Rule(
    "backlog/p0-late",
    "warning",
    "an item of the highest priority waits for a later phase",
    "What comes first by its priority and later by the plan is done at neither time.",
)
DEPENDENCY_UNRESOLVED = Rule(
    "backlog/dependency-unresolved",
    "error",
    "@depends-on names something that does not exist",
    "Nobody can tell whether the item may begin.",
)
DEPENDENCY_CIRCULAR = Rule(
    "backlog/dependency-circular",
    "error",
    "items wait for each other",
    "None of them can begin.",
)
RULES = (
    TITLE_DUPLICATE,
    PLANNED_UNKNOWN,
    UNPLANNED,
    STATE_CONTRADICTED,
    PHASES_MISNUMBERED,
    QUARTERS_REVERSED,
    P0_LATE,
    DEPENDENCY_UNRESOLVED,
    DEPENDENCY_CIRCULAR,
)
