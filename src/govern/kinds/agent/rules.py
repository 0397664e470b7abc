"""The rules about agents."""

from govern.model.rule import Rule

NAME_MISMATCHED = Rule(
    "agent/name-mismatched",
    "error",
    "the name is neither the file's nor <plugin>-<file>",
    "An agent is called by its name and looked for by its file; two names for one agent are found by nobody.",
)
NAME_DUPLICATE = Rule(
    "agent/name-duplicate",
    "error",
    "two agents of a collection have the same name",
    "Only one of the two can be called, and which one is not for the author to say.",
)
ID_MISMATCHED = Rule(
    "agent/id-mismatched",
    "warning",
    "the id is not the file's",
    "Teams and commands name an agent by its id and load the file of that name; under another name it is not found.",
)
ID_DUPLICATE = Rule(
    "agent/id-duplicate",
    "error",
    "two agents of a collection have the same id",
    "Only one of the two can be called, and which one is not for the author to say.",
)
DEPENDENCY_MISSING = Rule(
    "agent/dependency-missing",
    "error",
    "a file that the agent depends on does not exist",
    "The agent loads it when it is told to; without it, it makes up what the file would have said.",
)
TARGET_MISSING = Rule(
    "agent/target-missing",
    "error",
    "a command of the menu says nothing of what to do",
    "It can be chosen, and then nothing happens, or whatever the agent thinks fit.",
)
TARGET_AMBIGUOUS = Rule(
    "agent/target-ambiguous",
    "error",
    "a command of the menu has two targets",
    "Which of the two is run, and whether the other is too, is not for the author to say.",
)
TRIGGER_DUPLICATE = Rule(
    "agent/trigger-duplicate",
    "error",
    "two commands of a menu have the same trigger",
    "Only one of the two can be called.",
)
TRIGGER_MALFORMED = Rule(
    "agent/trigger-malformed",
    "error",
    "a trigger is not written in lower case with dashes",
    "Triggers are matched as they are written; the `*` before one is the user's, not the menu's.",
)
PROMPT_MISSING = Rule(
    "agent/prompt-missing",
    "error",
    "an action names a prompt that the agent does not have",
    "The command runs into nothing.",
)
RULES = (
    NAME_MISMATCHED,
    NAME_DUPLICATE,
    ID_MISMATCHED,
    ID_DUPLICATE,
    DEPENDENCY_MISSING,
    TARGET_MISSING,
    TARGET_AMBIGUOUS,
    TRIGGER_DUPLICATE,
    TRIGGER_MALFORMED,
    PROMPT_MISSING,
)
