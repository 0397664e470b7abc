"""What a kind.yaml says, and what in it cannot be used, beyond what its schema can tell: globs that match nothing by
mistake, and regular expressions that are none.

A part that cannot be used is left out of the kind, so that one slip does not leave its other files unjudged.
"""

import re
import warnings
from collections.abc import Iterator
from typing import Any

from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.glob import mistake
from govern.model.location import Path
from govern.model.rule import Rule
from govern.model.schema import Claim, Extract, Form, Kind
from govern.validator import Unusable, searcher

GLOB_INVALID = Rule(
    "kind/glob-invalid",
    "error",
    "a glob of a kind.yaml is none",
    "It matches no file, so that the documents it was meant for pass unjudged.",
)
PATTERN_INVALID = Rule(
    "kind/pattern-invalid",
    "error",
    "a regular expression of a kind.yaml cannot be used",
    "Nothing matches it, so that the documents it was meant for pass unjudged.",
)
SHADOWING = Rule(
    "kind/shadowing",
    "warning",
    "a kind takes the place of another one of the same name",
    "Documents are no longer judged as elsewhere, and rules of the other kind were made for other schemas.",
)
CLAIM_CONTESTED = Rule(
    "kind/claim-contested",
    "warning",
    "two kinds claim the same file",
    "Which of them judges it is decided by the names of their folders.",
)
FIELD_UNDECLARED = Rule(
    "kind/field-undeclared",
    "warning",
    "a kind offers a vocabulary for a field that its schema does not declare",
    "No document has the field, so a closed list for it has no effect.",
)
RULES = (GLOB_INVALID, PATTERN_INVALID, SHADOWING, CLAIM_CONTESTED, FIELD_UNDECLARED)

MAX_PATTERN = 1_000  # characters of a regular expression


def check_kind_file(document: Document) -> Iterator[Finding]:
    """The globs and regular expressions of a kind.yaml that cannot be used. Whatever has another type than it should
    is passed over: the schema says so.
    """
    for path, glob in _globs(document.value):
        if glob and (wrong := mistake(glob)):  # the schema says that it is empty
            message = f"the glob {glob} {wrong}" if glob.strip() else f"the glob {wrong}"
            yield found(GLOB_INVALID, document.path, message, span=document.span(path), at=path, about=glob)
    for path, pattern in _patterns(document.value):
        if wrong := _mistake(path, pattern):
            name = " of ".join(map(str, (path[-1], path[1]))) if path[0] == "extract" else str(path[-1])
            yield found(
                PATTERN_INVALID,
                document.path,
                f"{name} {wrong}",
                span=document.span(path),
                at=path,
                about=pattern,
            )


def kind_of(value: dict[str, Any], name: str, *, trusted: bool = False) -> Kind:
    """The kind that a kind.yaml of the right shape describes, in the folder `name`, without what cannot be used.

    Of one that is `trusted` everything can be: to try its patterns would cost every start some milliseconds.
    """
    patterns = () if trusted else _patterns(value)
    bad = {path[:-1] for path, pattern in patterns if _mistake(path, pattern)}
    claims = tuple(
        Claim(item["glob"], tuple(item.get("unless", ())), item.get("contains"))
        for index, item in enumerate(value.get("files", ()))
        if ("files", index) not in bad
    )
    forms = tuple(
        Form(item["subject"], item["reader"], item["default"], tuple(item["endings"]), item.get("contains"))
        for index, item in enumerate(value.get("forms", ()))
        if ("forms", index) not in bad
    )
    extract = tuple(
        Extract(key, item["pattern"], item["written"], item.get("code", False))
        for key, item in value.get("extract", {}).items()
        if ("extract", key) not in bad
    )
    return Kind(
        name,
        value["title"],
        value.get("description", ""),
        value["reader"],
        value["default"],
        claims,
        dict(value.get("vocabulary", {})),
        frozenset(value.get("tags", ())),
        tuple(value.get("unjudged", ())),
        forms,
        extract,
        tuple(value.get("majors", {}).items()),
    )


def _globs(value: Any) -> Iterator[tuple[Path, str]]:
    for path, claim in _items(value, "files"):
        glob = claim.get("glob") if isinstance(claim, dict) else None
        if isinstance(glob, str):
            yield (*path, "glob"), glob
        yield from _texts(claim, "unless", path)
    yield from _texts(value, "unjudged", ())


def _patterns(value: Any) -> Iterator[tuple[Path, str]]:
    for name in ("files", "forms"):
        for path, item in _items(value, name):
            contains = item.get("contains") if isinstance(item, dict) else None
            if isinstance(contains, str):
                yield (*path, "contains"), contains
    extract = value.get("extract") if isinstance(value, dict) else None
    for key, item in extract.items() if isinstance(extract, dict) else ():
        pattern = item.get("pattern") if isinstance(item, dict) else None
        if isinstance(pattern, str):
            yield ("extract", key, "pattern"), pattern


def _items(value: Any, name: str) -> Iterator[tuple[Path, Any]]:
    items = value.get(name) if isinstance(value, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        yield (name, index), item


def _texts(value: Any, name: str, path: Path) -> Iterator[tuple[Path, str]]:
    for below, text in _items(value, name):
        if isinstance(text, str):
            yield (*path, *below), text


def _mistake(path: Path, pattern: str) -> str | None:
    return _extract_mistake(pattern) if path[0] == "extract" else _contents_mistake(pattern)


def _contents_mistake(pattern: str) -> str | None:
    """Why nothing can be searched for a pattern."""
    if len(pattern) > MAX_PATTERN:
        return f"has {len(pattern):,} characters; at most {MAX_PATTERN:,} are read"
    try:
        searcher(pattern)
    except Unusable:
        return f"is no regular expression: {_why(pattern) or 'it holds something that is not known here'}"
    return None


def _extract_mistake(pattern: str) -> str | None:
    """Why a pattern finds no words: it is none, or could take for ever."""
    if len(pattern) > MAX_PATTERN:
        return f"has {len(pattern):,} characters; at most {MAX_PATTERN:,} are read"
    if why := _why(pattern):
        return f"is no regular expression: {why}"
    if _repeats_repetition(pattern):
        return "repeats a repetition, as in (a+)+, which takes for ever on some texts"
    return None


def _why(pattern: str) -> str | None:
    """What Python's reader of regular expressions has against one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except re.error as error:
        return error.msg if error.pos is None else f"{error.msg} at character {error.pos + 1}"
    except (OverflowError, RecursionError, MemoryError):
        return "it repeats or nests too much"
    return None


def _repeats_repetition(pattern: str) -> bool:
    """Is something repeated that may consist of a repetition alone?"""
    from govern.regex.errors import Malformed, NotRegular
    from govern.regex.reader import read
    from govern.regex.syntax import Choice, Look, Loop, Part, Sequence

    def endless(part: Part) -> bool:
        """May the part be one run of a loop without an end, with nothing else that must be there?"""
        if isinstance(part, Loop):
            return part.most is None or endless(part.body)
        if isinstance(part, Choice):
            return any(map(endless, part.parts))
        if isinstance(part, Sequence):
            must = [one for one in part.parts if not (isinstance(one, Loop) and one.least == 0)]
            return any(map(endless, part.parts)) and all(map(endless, must)) and len(must) <= 1
        return False

    try:
        pending: list[Part] = [read(pattern)]
    except (Malformed, NotRegular, RecursionError):
        return False
    while pending:
        part = pending.pop()
        if isinstance(part, Loop) and part.most is None and endless(part.body):
            return True
        if isinstance(part, (Loop, Look)):
            pending.append(part.body)
        elif isinstance(part, (Choice, Sequence)):
            pending.extend(part.parts)
    return False
