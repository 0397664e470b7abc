"""Is every pattern a regular expression of ECMA-262?"""

from collections.abc import Iterable, Iterator

from govern.compat.lint.rules import PATTERN_INVALID
from govern.compat.lint.schema_file import SchemaFile
from govern.compat.positions import Position
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.validator import Unusable, Validator

# What other languages write, and what ECMA-262 has for it.
_ELSEWHERE = (
    (r"\A", "the start is written ^"),
    (r"\Z", "the end is written $"),
    (r"\z", "the end is written $"),
    ("(?P<", "a named group is written (?<name>...)"),
    ("(?P=", r"a reference to a named group is written \k<name>"),
    ("(?i)", "there is no flag for the whole pattern: write both cases, as in [Aa]"),
    ("(?x)", "there is no flag for the whole pattern: leave out blanks and comments"),
    ("(?s)", "there is no flag for the whole pattern: [^] is any character"),
    ("(?m)", "there is no flag for the whole pattern"),
    ("(?#", "there are no comments in patterns; use $comment"),
    ("(?>", "there are no atomic groups"),
    ("[[:", r"there are no POSIX classes: write \d, \w, \s or the characters"),
    ("++", "there are no possessive quantifiers"),
    ("*+", "there are no possessive quantifiers"),
)


def check_patterns(schema: SchemaFile, places: Iterable[Position]) -> Iterator[Finding]:
    """The patterns that an ECMA-262 engine, or our validator, does not read."""
    for position in places:
        if not isinstance(position.schema, dict):
            continue
        pattern = position.schema.get("pattern")
        if isinstance(pattern, str):
            yield from _problem(schema, (*position.path, "pattern"), pattern, key=False)
        named = position.schema.get("patternProperties")
        for name in named if isinstance(named, dict) else ():
            yield from _problem(schema, (*position.path, "patternProperties", name), name, key=True)


def _problem(schema: SchemaFile, at: Path, pattern: str, *, key: bool) -> Iterator[Finding]:
    reason = why_not(pattern)
    if reason is None:
        return
    hint = next((f"in ECMA-262 {instead}" for other, instead in _ELSEWHERE if other in pattern), None)
    message = f"{_shown(pattern)} is no regular expression of ECMA-262: {reason}"
    span = schema.document.span(at, key=key)
    yield found(PATTERN_INVALID, schema.document.path, message, span=span, at=at, hint=hint, about=pattern)


def why_not(pattern: str) -> str | None:
    r"""Why a pattern is none; None if it is one, be it only by the lenient grammar of browsers.

    >>> why_not("^[a-z]+$"), why_not(r"\_"), why_not("[a-")
    (None, None, 'unbalanced bracket')
    """
    import regress

    reason = None
    for flags in ("u", ""):
        try:
            regress.Regex(pattern, flags=flags)
        except regress.RegressError as error:
            reason = reason or str(error)
        except UnicodeEncodeError:
            return "it holds half a character"
        else:
            break
    else:
        return _lower(reason or "")
    if reason is None:
        return None
    # Only the lenient grammar takes it; there our validator has the last word, as it judges by the pattern.
    try:
        Validator({"pattern": pattern})
    except Unusable:
        return _lower(reason)
    return None


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _shown(pattern: str) -> str:
    return pattern if len(pattern) <= 60 else pattern[:59] + "…"
