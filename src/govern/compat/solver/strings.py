"""Which strings satisfy some constraints? One that does, or the proof that none does."""

import operator
from collections.abc import Callable, Iterable
from functools import lru_cache, reduce

from govern import regex
from govern.compat.solver.nodes import (
    All,
    Format,
    If,
    Length,
    Node,
    Not,
    One,
    Opaque,
    Pattern,
    Reference,
    Scope,
    Some,
    Values,
)
from govern.compat.solver.values import STRING, Unsure
from govern.regex import Language
from govern.validator import Validator

# Strings that belong to formats which we compare only with themselves; the validators judge each before it counts.
_SAMPLES = {
    "email": ("a@b.co", "a@example.com", "first.last@example.org"),
    "idn-email": ("a@b.co", "ä@example.com"),
    "hostname": ("a", "a.b", "example.com", "localhost"),
    "idn-hostname": ("a", "example.com", "bücher.example"),
    "uri": ("a:b", "http://a.b", "https://example.com/a?b#c", "urn:a:b"),
    "uri-reference": ("", "a", "/a", "http://a.b", "#a"),
    "iri": ("a:b", "http://a.b", "http://ä.b"),
    "iri-reference": ("", "a", "ä", "http://a.b"),
    "uri-template": ("", "a", "http://a.b/{c}"),
    "regex": ("", "a", "^a$", "[a-z]+"),
}
# What is true of every string of such a format: enough to see that an e-mail address is never empty.
_WITHIN = {
    "email": "^[^]+@[^]+$",
    "idn-email": "^[^]+@[^]+$",
    "hostname": "^[^]+$",
    "idn-hostname": "^[^]+$",
    "uri": "^[A-Za-z][A-Za-z0-9+.-]*:",
    "iri": "^[A-Za-z][A-Za-z0-9+.-]*:",
}
# The part of a format on which validators agree: RFC 3339 has a year 0 and leap seconds, not every program has.
_UNDISPUTED = {
    "date": "^[12][0-9]{3}-",
    "date-time": "^[12][0-9]{3}-[0-9-]*T[0-9:]*:[0-5][0-9]Z$",
    "time": "^[0-9:]*:[0-5][0-9]Z$",
}
_PART_OF = {
    ("email", "idn-email"),
    ("uri", "uri-reference"),
    ("uri", "iri"),
    ("uri", "iri-reference"),
    ("uri-reference", "iri-reference"),
    ("iri", "iri-reference"),
}
_NOT_SAMPLES = ("", " ", "(", "a", "0", "%", "[", "a b", "\\", "(", "::", "<>", "{", "é", "a@", "-", ".")

CANDIDATES = 24  # members of a language tried against a format that we cannot compute with


@lru_cache(maxsize=4096)
def language_of(pattern: str) -> Language:
    """The strings in which a pattern is found. Raises Unsure for one that is not regular."""
    try:
        return regex.matching(pattern)
    except (regex.NotRegular, regex.Malformed, regex.TooLarge) as error:
        raise Unsure(f"the pattern {_shown(pattern)} cannot be computed with: {error}") from None


@lru_cache(maxsize=16384)
def found(pattern: str, text: str) -> bool:
    """Is the pattern found in the text?"""
    try:
        return language_of(pattern).accepts(text)
    except regex.TooLarge as error:
        raise Unsure(f"the pattern {_shown(pattern)} cannot be computed with: {error}") from None


def has_format(node: Format, text: str) -> bool | None:
    """Has the text this format? None where the validators of the dialect differ on asserting it."""
    if node.disputed:
        return None
    language = regex.format_language(node.name)
    if language is not None:
        return language.accepts(text)
    return _validates(node.name, text)


def a_string(constraints: Iterable[tuple[Node, bool]], languages: Iterable[Language] = ()) -> str | None:
    """A shortest string within the constraints, each asserted or denied; None proves that there is none.

    Raises Unsure where neither can be told.
    """
    exact, formats = _parts(constraints)
    languages = [*exact.languages, *languages]
    if not languages and not formats:
        return _plain(exact)
    language = exact.language()
    for each in languages:
        language &= each
    if not formats:
        if exact.preferred:
            text = _bounded(_together(operator.and_, [language, *exact.preferred]))
            if text is not None:
                return text
        return _bounded(language)
    return _with_formats(language, formats, _together(operator.and_, [language, *exact.preferred]))


class Exact:
    """The constraints that we can compute with."""

    def __init__(self) -> None:
        self.least = 0
        self.most: int | None = None
        self.excluded: set[str] = set()
        self.languages: list[Language] = []
        self.preferred: list[Language] = []

    def language(self) -> Language:
        """Lengths and exclusions as a language."""
        language = regex.lengths(self.least, self.most) if self.least or self.most is not None else regex.ANYTHING
        if self.excluded:
            language &= ~regex.literals(sorted(self.excluded))
        return language

    def at_most(self, most: int) -> None:
        self.most = most if self.most is None else min(self.most, most)


def _parts(constraints: Iterable[tuple[Node, bool]]) -> tuple[Exact, list[tuple[Format, bool]]]:
    exact, formats = Exact(), []
    for node, holds in constraints:
        match node:
            case Length() if holds:
                exact.least = max(exact.least, node.least)
                if node.most is not None:
                    exact.at_most(node.most)
            case Length():
                if node.most is None:
                    exact.at_most(node.least - 1)
                elif not node.least:
                    exact.least = max(exact.least, node.most + 1)
                else:
                    exact.languages.append(~regex.lengths(node.least, node.most))
            case Pattern():
                language = language_of(node.pattern)
                exact.languages.append(language if holds else ~language)
            case Values():
                exact.excluded.update(value for value in node.values if isinstance(value, str))
            case Format():
                known = None if node.disputed else regex.format_language(node.name)
                if known is None:
                    formats.append((node, holds))
                    own = regex.format_language(node.name) if node.disputed and not holds else None
                    if own is not None:
                        exact.languages.append(~own)  # where it is asserted; where it is not, nothing is outside it
                    if holds and not node.disputed and node.name in _WITHIN:
                        exact.languages.append(language_of(_WITHIN[node.name]))
                else:
                    exact.languages.append(known if holds else ~known)
                    if holds and node.name in _UNDISPUTED:
                        exact.preferred.append(language_of(_UNDISPUTED[node.name]))
            case Opaque():
                raise Unsure(node.reason, node.pointer)
    return exact, formats


def _plain(exact: Exact) -> str | None:
    """A string by its length alone: there are more strings of one length than anybody excludes."""
    if exact.most is not None and exact.most < exact.least:
        return None
    if exact.least > MAX_LENGTH:
        raise Unsure(f"a string would need more than {MAX_LENGTH} characters")
    if exact.least == 0:
        if "" not in exact.excluded:
            return ""
        if exact.most == 0:
            return None
    length = max(exact.least, 1)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for last in [*letters, *map(chr, range(0x4E00, 0x9F00))]:
        text: str = "a" * (length - 1) + last
        if text not in exact.excluded:
            return text
    raise Unsure("more strings are excluded than are looked through")


MAX_LENGTH = 100_000  # a witness that long helps nobody, and both validators must read it


def _bounded(language: Language) -> str | None:
    try:
        return language.shortest()
    except regex.TooLarge as error:
        raise Unsure(f"the patterns together cannot be computed with: {error}") from None


def _with_formats(language: Language, formats: list[tuple[Format, bool]], preferred: Language) -> str | None:
    asserted = {node.name for node, holds in formats if holds}
    denied = {node.name for node, holds in formats if not holds}
    if (
        asserted & denied
        or any((one, other) in _PART_OF for one in asserted for other in denied)
        or _bounded(language) is None
    ):
        return None
    disputed = [node.name for node, _ in formats if node.disputed]
    if disputed:
        raise Unsure(f"validators differ on whether {disputed[0]} is a format in this dialect")
    samples = [text for name in sorted(asserted) for text in _SAMPLES.get(name, ())]
    try:
        candidates = [*samples, *_NOT_SAMPLES, *preferred.members(CANDIDATES), *language.members(CANDIDATES)]
        for text in candidates:
            if (
                language.accepts(text)
                and all(_validates(name, text) for name in asserted)
                and not any(_validates(name, text) for name in denied)
            ):
                return text
    except regex.TooLarge as error:
        raise Unsure(f"the patterns together cannot be computed with: {error}") from None
    name = min(asserted | denied)
    raise Unsure(f"the format {name} is compared only with itself")


@lru_cache(maxsize=4096)
def _validates(name: str, text: str) -> bool:
    return bool(_format_validator(name).is_valid(text))


@lru_cache
def _format_validator(name: str) -> Validator:
    return Validator({"$schema": "https://json-schema.org/draft/2020-12/schema", "format": name})


def _shown(pattern: str) -> str:
    return pattern if len(pattern) <= 60 else pattern[:57] + "..."


def language_of_node(node: Node, target: Callable[[Reference], Node], known: Callable[[Node], Language]) -> Language:
    """The strings of a node as a language; `known` gives those of nodes inside. Raises Unsure where it is not known."""
    if not node.may & STRING:
        return regex.NOTHING
    if node.always & STRING:
        return regex.ANYTHING
    match node:
        case All():
            return _together(operator.and_, (known(child) for child in node.nodes))
        case Some():
            return _together(operator.or_, (known(child) for child in node.nodes))
        case One():
            parts = [known(child) for child in node.nodes]
            once, several = regex.NOTHING, regex.NOTHING
            for part in parts:
                once, several = once | part, several | (once & part)
            return once - several
        case Not():
            return ~known(node.node)
        case If():
            condition = known(node.condition)
            return (condition & known(node.then)) | (known(node.otherwise) - condition)
        case Reference():
            return known(target(node))
        case Scope():
            return known(node.body)
        case Values():
            return regex.literals(sorted(value for value in node.values if isinstance(value, str)))
        case Length():
            return regex.lengths(node.least, node.most)
        case Pattern():
            return language_of(node.pattern)
        case Format():
            language = None if node.disputed else regex.format_language(node.name)
            if language is not None:
                return language
            raise Unsure(f"property names are compared with the format {node.name}, which is known only as itself")
        case Opaque():
            raise Unsure(node.reason, node.pointer)
    raise AssertionError(node)


def _together(combine: Callable[[Language, Language], Language], parts: Iterable[Language]) -> Language:
    return reduce(combine, parts)
