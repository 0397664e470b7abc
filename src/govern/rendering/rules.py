"""The rules about templates, the values that fill them, and the files that come of it."""

from govern.model.rule import Rule

UNDECLARED = Rule(
    "render/token-undeclared",
    "error",
    "a token names a hole that the manifest does not declare",
    "Nobody who fills the template knows of it, so it would never get a value.",
)
NESTED = Rule(
    "render/token-nested",
    "error",
    "a token stands inside another one",
    "A value is never read again as a template, so the outer token would stay as it is.",
)
NEAR = Rule(
    "render/token-near",
    "error",
    "a declared name stands in something that is almost a token",
    "It would pass as text, and stay unfilled in every copy.",
)
UNUSED = Rule(
    "render/hole-unused",
    "warning",
    "a manifest declares a hole that the template does not use",
    "People are asked for a value that has no effect.",
)
SECRET = Rule(
    "render/hole-secret",
    "error",
    "a target that is kept in step has a hole for a secret",
    "The values of such a target are recorded in govern.lock, where a secret must never stand.",
)
TEMPLATE_UNKNOWN = Rule(
    "render/template-unknown",
    "error",
    "the configuration names a template that does not exist",
    "What was rendered from it is kept in step with nothing.",
)
MISSING = Rule(
    "render/value-missing",
    "error",
    "a hole has no value",
    "A template filled in part looks finished, and is not.",
)
EMPTY = Rule(
    "render/value-empty",
    "error",
    "a required hole has an empty value",
    "The text around it says nothing then.",
)
TYPE = Rule(
    "render/value-type",
    "error",
    "a value has another type than its hole",
    "Whoever reads the file would get something else than it relies on.",
)
NOT_ALLOWED = Rule(
    "render/value-not-allowed",
    "error",
    "a value is not one of those that its hole allows",
    "The template was written for those alone.",
)
MISMATCHED = Rule(
    "render/value-mismatched",
    "error",
    "a value misses the pattern, the format or the bounds of its hole",
    "The template was written for values that keep to them.",
)
UNKNOWN = Rule(
    "render/value-unknown",
    "error",
    "a value is given for a hole that the template does not have",
    "It has no effect, and is most often a slip in the name.",
)
MISPLACED = Rule(
    "render/value-misplaced",
    "error",
    "a value cannot be written where its token stands",
    "It would end the line, the code or the link that it stands in, or load back as something else.",
)
OUTSIDE = Rule(
    "render/target-outside",
    "error",
    "a target does not lie in the repository",
    "A template must not be able to write anywhere else.",
)
EXISTS = Rule(
    "render/target-exists",
    "error",
    "a target is a file that render did not write",
    "What somebody wrote there would be lost.",
)
TWICE = Rule(
    "render/target-twice", "error", "two files are rendered to the same place", "Only one of them would be left."
)
NOT_RENDERED = Rule(
    "render/drift-missing",
    "error",
    "a target is not there",
    "The configuration promises a file that nobody finds.",
)
DIFFERS = Rule(
    "render/drift-unrecorded",
    "error",
    "a file is not recorded as what its template gives",
    "Without a record nobody can tell whether somebody edited it or the template moved on.",
)
EDITED = Rule(
    "render/drift-edited",
    "error",
    "a rendered file was edited by hand",
    "It no longer says what its template says, and what was mended in it reaches no other copy.",
)
BEHIND = Rule(
    "render/drift-behind",
    "error",
    "a rendered file is behind its template or its values",
    "What the template has since gained, or mended, is missing here.",
)
DIVERGED = Rule(
    "render/drift-diverged",
    "error",
    "a rendered file was edited by hand, and its template has moved on",
    "The longer the two part, the harder they are to bring together.",
)
ORPHANED = Rule(
    "render/drift-orphaned",
    "error",
    "a recorded file has no entry in the configuration any more",
    "It looks like a copy that is kept in step, and is none.",
)
CONFLICT = Rule(
    "render/merge-conflict",
    "error",
    "an edit and the template change the same lines",
    "Which of the two is meant, only a person can say.",
)
BASE_LOST = Rule(
    "render/base-lost",
    "error",
    "what an edited file was rendered from is not there any more",
    "Without it nobody can tell what was edited, and nothing of it must be overwritten.",
)

# What stands in the way whatever the configuration says of it: there is nothing that could be written instead.
FIRM = frozenset(rule.id for rule in (TEMPLATE_UNKNOWN, SECRET, MISPLACED, OUTSIDE, EXISTS, TWICE, CONFLICT, BASE_LOST))

RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
