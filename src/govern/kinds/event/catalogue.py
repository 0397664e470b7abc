"""Descriptors of events: who owns an event, who sends it, what it is called, and what comes after it."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from govern.kinds.event.examples import fitting
from govern.kinds.event.names import PREFIX, described, topic, topic_of
from govern.kinds.event.owners import PLACES, Entry, entries, is_owned
from govern.kinds.event.rules import (
    CODEOWNER_MISSING,
    NAME_MISMATCHED,
    NOT_PAST,
    OF_DESCRIPTORS,
    OWNER_MISSING,
    PRODUCER_MISSING,
    SUCCESSOR_UNKNOWN,
    TOPIC_MALFORMED,
    VERSION_UNKNOWN,
)
from govern.kinds.event.tense import COMMAND, last_word, meant
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.pattern import pattern
from govern.model.rule import Rule
from govern.model.schema import Schema, written
from govern.model.spelling import nearest

RULES = OF_DESCRIPTORS
OPT_IN: frozenset[str] = frozenset()

_TOPIC = pattern(r"[a-z0-9]+(?:[-_][a-z0-9]+)*(?:\.[a-z0-9]+(?:[-_][a-z0-9]+)*)*\Z")


def check_document(document: Document, schema: Schema) -> Iterator[Finding]:
    """What is wrong with one descriptor, whatever else there is."""
    value = document.value
    if not isinstance(value, dict):
        return
    for key, plural, rule in (("owner", "owners", OWNER_MISSING), ("producer", "producers", PRODUCER_MISSING)):
        at = next((name for name in (key, plural) if name in value), None)
        if not _names(value.get(key)) and not _names(value.get(plural)):
            message = f"{at} is empty: nobody is named" if at else f"no {key} is named"
            hint = f"write {key}: and the team" if key == "owner" else "list the services that send it under producers:"
            span = document.span((at,)) if at else document.span((), key=True)
            yield found(rule, document.path, message, span=span, at=(at,) if at else (), hint=hint, about=key)
    yield from _named(document)


def check_corpus(corpus: Corpus, settings: Mapping[str, Any], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong with descriptors as the repository around them is."""
    records = [record for record in corpus.records("event-type") if isinstance(record.value, dict)]
    known = {topic(name).key for record in records for name in _all_names(record.path, record.value)}
    known |= {topic(subject.removeprefix(PREFIX)).key for subject in corpus.schemas.subjects() if _is_event(subject)}
    owners = _owners(corpus)
    for record in records:
        trouble = [
            *_successor(record.path, record.value, known),
            *_versions(record.path, record.value, corpus),
        ]
        document = corpus.open(record.path) if trouble else None
        for rule, at, message, hint, about in trouble if document else ():
            assert document is not None
            yield found(rule, record.path, message, span=document.span(at), at=at, hint=hint, about=about)
        if owners is not None:
            yield from _owned(record.path, corpus, *owners)


def _names(value: Any) -> bool:
    """Does a value name somebody?"""
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value) and isinstance(value, (list, dict))


def _all_names(path: str, value: Mapping[str, Any]) -> Iterator[str]:
    """Everything that an event goes by."""
    folder = described(path)
    yield folder or posixpath.splitext(posixpath.basename(path))[0]
    yield from (value[key] for key in ("name", "topic") if isinstance(value.get(key), str) and value[key])


def _named(document: Document) -> Iterator[Finding]:
    """Do name and topic agree with the folder, are they written as topics are, and in the past tense?"""
    value, path = document.value, document.path
    folder = described(path)
    name, said = value.get("name"), topic_of(value)
    if folder and isinstance(name, str) and topic(name).key != topic(folder).key:
        message = f"name is {name}, but the folder is {folder}/"
        yield found(NAME_MISMATCHED, path, message, span=document.span(("name",)), at=("name",), about=name)
    if said and not _TOPIC.match(said):
        message = f"the topic {said} is not made of lower-case words with dots between them"
        proper = said.replace(" ", "-").replace("/", ".").lower()
        hint = f"such as {proper}" if _TOPIC.match(proper) else "such as order.placed.v1"
        span = document.span(("topic",))
        yield found(TOPIC_MALFORMED, path, message, span=span, at=("topic",), hint=hint, about=said)
    at: Path = ("topic",) if said else ("name",) if isinstance(name, str) and name else ()
    shown = said or (name if at else folder) or posixpath.splitext(posixpath.basename(path))[0]
    assert isinstance(shown, str)
    plain = topic(shown).name
    word = last_word(plain)
    past = meant(word) if word.lower() != COMMAND else None
    if past:
        ending = plain[: len(plain) - len(word)]
        new = past.capitalize() if word[:1].isupper() else past
        message = f"{shown} says {word}, as if it were still to happen"
        hint = f"an event is called {ending}{new}; what shall happen, {plain}.{COMMAND}"
        yield found(NOT_PAST, path, message, span=document.span(at), at=at, hint=hint, about=shown)


def _successor(path: str, value: Any, known: set[str]) -> Iterator[tuple[Rule, Path, str, str | None, Any]]:
    deprecated = value.get("deprecated")
    named = deprecated.get("successor") if isinstance(deprecated, dict) else None
    if not isinstance(named, str) or not named:
        return
    own = {topic(name).key for name in _all_names(path, value)}
    key = topic(named.removeprefix(PREFIX)).key
    at: Path = ("deprecated", "successor")
    if key in own and topic(named).major is None:
        yield SUCCESSOR_UNKNOWN, at, f"{named} is the event itself, which cannot succeed itself", None, named
    elif key not in known:
        near = nearest(key, known - own)
        hint = f"did you mean {near[0]}?" if near else None
        yield SUCCESSOR_UNKNOWN, at, f"there is no event {named}", hint, named


def _versions(path: str, value: Any, corpus: Corpus) -> Iterator[tuple[Rule, Path, str, str | None, Any]]:
    """Are there schemas of the versions that a descriptor names, in its list or at the end of its topic?"""
    folder = described(path)
    versions = corpus.schemas.versions(PREFIX + folder) if folder else ()
    if not versions:
        return
    there_are = f"there are {', '.join(map(written, versions))}"
    listed = value.get("versions")
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        number = one.get("version") if isinstance(one, dict) else one
        if isinstance(number, (int, float, str)) and fitting(str(number), versions) is None:
            at: Path = ("versions", index)
            yield VERSION_UNKNOWN, at, f"{folder} has no schema of version {number}; {there_are}", None, str(number)
    said = topic_of(value)
    major = topic(said).major if said else None
    if major is not None and fitting(str(major), versions) is None:
        message = f"{said} is version {major}, of which there is no schema; {there_are}"
        yield VERSION_UNKNOWN, ("topic",), message, None, said


def _owners(corpus: Corpus) -> tuple[str, list[Entry]] | None:
    for place in PLACES:
        text = corpus.text(place)
        if text is not None:
            return place, entries(text)
    return None


def _owned(path: str, corpus: Corpus, place: str, known: list[Entry]) -> Iterator[Finding]:
    """Is everything in the folder of a descriptor owned? One that lies among others has only itself."""
    folder = posixpath.dirname(path)
    inside = [other for other in corpus.tracked if other.startswith(folder + "/")] if described(path) else [path]
    bare = sorted(other for other in inside if not is_owned(other, known))
    if bare:
        whole = len(bare) == len(inside) and described(path)
        what = f"{folder}/" if whole else bare[0] + (f" and {len(bare) - 1} more" if len(bare) > 1 else "")
        message = f"{place} names no owner of {what}"
        hint = f"add a line: /{folder if described(path) else path}/ @team" if described(path) else None
        yield found(CODEOWNER_MISSING, path, message, hint=hint, about=what)


def _is_event(subject: str) -> bool:
    return subject.startswith(PREFIX)
