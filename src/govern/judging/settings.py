"""What is wrong with a repository's configuration, beyond being TOML."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from govern.judging import rules, words
from govern.judging.judge import judge
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.glob import matcher, mistake
from govern.model.location import Path
from govern.model.rule import Rule
from govern.model.schema import Kind, Schema
from govern.model.spelling import nearest
from govern.validator import Validator

UNKNOWN_KEY = Rule(
    "config/unknown-key",
    "warning",
    "the configuration has a key that govern does not know",
    "It has no effect, and looks as if it had.",
)
KIND_UNKNOWN = Rule(
    "config/kind-unknown",
    "error",
    "the configuration names a kind that does not exist",
    "What it says about the kind has no effect.",
)
RULE_UNKNOWN = Rule(
    "config/rule-unknown",
    "warning",
    "the configuration names a rule that does not exist",
    "What it says about the rule has no effect.",
)
FIELD_UNKNOWN = Rule(
    "config/field-unknown",
    "warning",
    "a vocabulary narrows a field that its kind does not offer",
    "Only the fields that a kind names can be narrowed.",
)
SCHEMAS_MISSING = Rule(
    "config/schemas-missing",
    "error",
    "the configuration names schemas that are not there",
    "Documents of their kinds would pass unjudged.",
)
SUBJECT_UNKNOWN = Rule(
    "compat/subject-unknown",
    "warning",
    "the configuration names subjects that do not exist",
    "The mode given for them has no effect: they are judged like all others.",
)
GLOB_INVALID = Rule(
    "config/glob-invalid",
    "error",
    "a glob of the configuration is none",
    "It matches no file, so that what it was meant to say has no effect.",
)
RULES = (UNKNOWN_KEY, KIND_UNKNOWN, RULE_UNKNOWN, FIELD_UNKNOWN, SCHEMAS_MISSING, SUBJECT_UNKNOWN, GLOB_INVALID)


def wrong_types(document: Document, schema: Schema, validator: Validator) -> list[Finding]:
    """What makes the configuration unusable: values of the wrong type."""
    return [finding for finding in judge(document, schema, validator) if finding.rule != rules.UNKNOWN_KEY.id]


def check_settings(
    document: Document,
    schema: Schema,
    validator: Validator,
    kinds: Mapping[str, Kind],
    known_rules: Collection[str],
    broken: Collection[str] = (),
) -> Iterator[Finding]:
    """Keys, kinds, rules and fields that do not exist, and globs that are none. Of the `broken` kinds, others speak."""
    yield from check_globs(document)
    for finding in judge(document, schema, validator):
        if finding.rule == rules.UNKNOWN_KEY.id:
            yield finding._replace(rule=UNKNOWN_KEY.id, severity=UNKNOWN_KEY.severity)
    value = document.value
    forms = {form.subject for kind in kinds.values() for form in kind.forms}
    named: list[tuple[Path, str]] = [(("kinds", name), name) for name in value.get("kinds", ()) if name not in forms]
    named += [(("vocabulary", name), name) for name in value.get("vocabulary", ())]
    named += [
        (("files", glob), str(kind).partition("@")[0])
        for glob, kind in value.get("files", {}).items()
        if kind is not False
    ]
    for path, name in named:
        if name not in kinds and name not in broken:
            yield _unknown(KIND_UNKNOWN, document, path, "kind", name, kinds)
    for kind, fields in value.get("vocabulary", {}).items():
        for field in fields if kind in kinds else ():
            if field not in kinds[kind].vocabulary:
                yield _unknown(
                    FIELD_UNKNOWN,
                    document,
                    ("vocabulary", kind, field),
                    f"field of {kind}",
                    field,
                    kinds[kind].vocabulary,
                )
    for rule in value.get("rules", ()) if known_rules else ():
        if rule not in known_rules:
            yield _unknown(RULE_UNKNOWN, document, ("rules", rule), "rule", rule, known_rules)


def check_globs(document: Document) -> Iterator[Finding]:
    """The globs that are none."""
    value = document.value
    named: list[tuple[Path, str, bool]] = [
        (("exclude", index), glob, False) for index, glob in enumerate(value.get("exclude", ()))
    ]
    named += [(("files", glob), glob, True) for glob in value.get("files", ())]
    named += [(("compat", "subjects", glob), glob, True) for glob in value.get("compat", {}).get("subjects", ())]
    for path, glob, is_key in named:
        if wrong := mistake(glob):
            message = f"the glob {glob} {wrong}" if glob.strip() else f"the glob {wrong}"
            span = document.span(path, key=is_key)
            yield found(GLOB_INVALID, document.path, message, span=span, at=path, about=glob)


def check_subjects(document: Document, subjects: Collection[str]) -> Iterator[Finding]:
    """Globs under `[compat.subjects]` that match none of the subjects that there are."""
    for glob in document.value.get("compat", {}).get("subjects", {}):
        pattern = matcher([glob])
        if not any(map(pattern.match, subjects)):
            path = ("compat", "subjects", glob)
            near = nearest(glob, subjects)
            hint = f"did you mean {words.either(near)}?" if near else "`govern schemas list` shows what there is"
            message = f"no schema is called {glob}"
            span = document.span(path, key=True)
            yield found(SUBJECT_UNKNOWN, document.path, message, span=span, at=path, hint=hint, about=glob)


def _unknown(rule: Rule, document: Document, path: Path, what: str, name: str, known: Any) -> Finding:
    near = nearest(name, known)
    hint = f"did you mean {words.either(near)}?" if near else None
    if not near and len(known) <= words.MAX_OPTIONS:
        hint = f"there are {', '.join(sorted(known))}" if known else f"there is no {what}"
    message = f"there is no {what} {name}"
    return found(rule, document.path, message, span=document.span(path, key=True), at=path, hint=hint, about=name)
