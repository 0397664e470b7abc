"""What may be wrong with a workflow document, beyond what its schema says."""

from govern.model.rule import Rule

TITLE_REPEATED = Rule(
    "workflow/title-repeated",
    "error",
    "the document has a second H1",
    "What follows it reads as another document: often a code block above it ended too early.",
)
STEP_SKIPPED = Rule(
    "workflow/step-number-skipped",
    "error",
    "the steps leave out a number",
    "Whoever follows them looks for a step that is not there, or loses one that was meant to be.",
)
STEP_REPEATED = Rule(
    "workflow/step-number-repeated",
    "error",
    "two steps have the same number, or a later one has a lower number",
    "'Go back to step 3' could mean either, and an agent that resumes by number does one of them twice or never.",
)
OPTION_SKIPPED = Rule(
    "workflow/option-number-skipped",
    "error",
    "a numbered list leaves out a number",
    "What is shown is counted anew without the gap: who chooses by number gets another option than the text means.",
)
OPTION_REPEATED = Rule(
    "workflow/option-number-repeated",
    "error",
    "a numbered list has the same number twice, or goes back",
    "What is shown is counted anew: who chooses by number gets another option than the text means.",
)
FINALIZE_MISSING = Rule(
    "workflow/finalize-option-missing",
    "error",
    "the option that the text calls the one to finalize is not in the list",
    "The one choice that leads out of the list leads nowhere, or into another option.",
)
CHECKLIST_MISSING = Rule(
    "workflow/checklist-missing",
    "warning",
    "a checklist is named that the repository does not have",
    "An agent that cannot find it makes one up. It may come from elsewhere, which is why this only warns.",
)
TEMPLATE_MISSING = Rule(
    "workflow/template-missing",
    "warning",
    "a template is named that the repository does not have",
    "An agent that cannot find it makes one up. It may come from elsewhere, which is why this only warns.",
)
TAG_UNCLOSED = Rule(
    "workflow/tag-unclosed",
    "error",
    "a tag such as <critical_rule> is never closed, or closed too late",
    "What was meant for one sentence holds for all that follows.",
)
TAG_UNOPENED = Rule(
    "workflow/tag-unopened",
    "error",
    "a closing tag has no opening one, or another name",
    "What should have been marked is not, and nobody sees which words were meant.",
)
RULES = (
    TITLE_REPEATED,
    STEP_SKIPPED,
    STEP_REPEATED,
    OPTION_SKIPPED,
    OPTION_REPEATED,
    FINALIZE_MISSING,
    CHECKLIST_MISSING,
    TEMPLATE_MISSING,
    TAG_UNCLOSED,
    TAG_UNOPENED,
)
