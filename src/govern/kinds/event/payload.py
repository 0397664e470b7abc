"""The second step of judging an event: which schema judges its data, and what does that say?"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from govern.kinds.event.names import Names, Topic, topic
from govern.kinds.event.rules import PAYLOAD_UNKNOWN, SCHEMA_MISMATCHED
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.rule import Rule
from govern.model.schema import Schema, Version, written
from govern.model.spelling import nearest

_BEGIN = "govern render event-type/event begins one"
MAX_SUGGESTIONS = 20  # nearest names looked for in one run; each look compares with every name there is
MAX_KNOWN = 10_000  # answers remembered: a hostile file may name a new event in each line


class Trouble(NamedTuple):
    """What is wrong with how an event names the schema of its data: the rule, the key at fault, and the words."""

    rule: Rule
    key: str
    message: str
    hint: str | None
    about: Any


class Answer(NamedTuple):
    """The schema that judges the data, None where there is none, and how to ask it; and what is wrong with how it is
    named.
    """

    schema: Schema | None
    trouble: Trouble | None = None
    admits: Callable[[Any], bool] | None = None


class Payloads:
    """Judges the data of events, by the schemas of one run."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._schemas = corpus.schemas
        self._names: Names | None = None
        self._known: dict[Any, Answer] = {}
        self._suggestions = MAX_SUGGESTIONS

    def passes(self, value: Any) -> bool:
        """Is there nothing to say about the data of an event, nor about how it names its schema?"""
        _, trouble, admits = self._answer(value)
        return trouble is None and (admits is None or not _is_json(value) or admits(value["data"]))

    def likeness(self, value: Any) -> Hashable | None:
        """The same for events whose data breaks the same rules, and that name its schema equally wrong."""
        schema, trouble, _ = self._answer(value)
        about = schema.name if schema else None, trouble.rule.id if trouble else None
        if schema is None or not _is_json(value):
            return about
        below = self._schemas.likeness(schema, value["data"])
        return None if below is None else (about, below)

    def check(self, document: Document) -> Iterator[Finding]:
        """What is wrong with the data of an event, and with how it names its schema."""
        value = document.value
        schema, trouble, _ = self._answer(value)
        if trouble:
            yield found(
                trouble.rule,
                document.path,
                trouble.message,
                span=document.span((trouble.key,)),
                at=(trouble.key,),
                hint=trouble.hint,
                about=trouble.about,
            )
        if schema is not None and _is_json(value):
            yield from judged(document, schema, self._corpus)

    def _answer(self, value: Any) -> Answer:
        if not isinstance(value, dict):
            return Answer(None)
        cloud = "specversion" in value
        key, type_key = ("dataschema", "type") if cloud else ("data_schema_uri", "event_type")
        named = value.get(key), value.get(type_key), None if cloud else value.get("schema_version")
        try:
            answer = self._known.get((cloud, *named))
        except TypeError:  # a list or an object where a text must stand: the envelope's schema says so
            return Answer(None)
        if answer is None:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            answer = self._look_up(key, type_key, *named)
            answer = answer._replace(admits=self._schemas.admits(answer.schema) if answer.schema else None)
            self._known[cloud, *named] = answer
        return answer

    def _look_up(self, key: str, type_key: str, uri: Any, named: Any, version: Any) -> Answer:
        if self._names is None:
            self._names = Names(self._corpus)
        name = topic(named) if isinstance(named, str) and named else None
        major = int(version) if isinstance(version, (int, float)) and version == int(version) else None
        if isinstance(uri, str) and uri:
            schema = self._schemas.identified(uri.removesuffix("#"))
            if schema is None:
                near = self._nearest(uri, self._schemas.identifiers())
                hint = (
                    f"did you mean {near[0]}?"
                    if near
                    else f"it must be the $id of a schema that govern finds; {_BEGIN}"
                )
                message = f"no schema has the $id {_shown(uri)}, so nothing judges data"
                return Answer(None, Trouble(PAYLOAD_UNKNOWN, key, message, hint, uri))
            return Answer(schema, self._contradiction(schema, name, named, type_key, major))
        return self._by_name(name, named, type_key, major) if name else Answer(None)

    def _by_name(self, name: Topic, named: str, key: str, version: int | None) -> Answer:
        assert self._names is not None
        subject = self._names.subject(name)
        if subject is None:
            near = self._nearest(name.name, self._names.shown.values())
            ending = "" if name.major is None else f".v{name.major}"
            hint = (
                f"did you mean {near[0]}{ending}?" if near else f"its schema belongs to schemas/event/<name>/; {_BEGIN}"
            )
            message = f"no event is called {_shown(name.name)}, so nothing judges data"
            return Answer(None, Trouble(PAYLOAD_UNKNOWN, key, message, hint, named))
        versions = self._schemas.versions(subject)
        major = name.major if name.major is not None else version
        if major is None:
            return Answer(self._schemas.exact(subject, versions[-1]))
        fitting = [one for one in versions if one[0] == major]
        if not fitting:
            at = key if name.major is not None else "schema_version"
            message = f"{subject} has no version {major}; there are {_listed(versions)}"
            return Answer(None, Trouble(PAYLOAD_UNKNOWN, at, message, None, [named, version]))
        schema = self._schemas.exact(subject, fitting[-1])
        return Answer(schema, self._contradiction(schema, name, named, key, version) if schema else None)

    def _nearest(self, word: str, words: Iterable[str]) -> list[str]:
        self._suggestions -= 1
        return nearest(word, words) if self._suggestions >= 0 else []

    def _contradiction(
        self, schema: Schema, name: Topic | None, named: Any, key: str, version: int | None
    ) -> Trouble | None:
        """Where the type, its `.v<major>` and `schema_version` say something else than the schema does."""
        assert self._names is not None
        subject = self._names.subject(name) if name else None
        if name and subject and subject != schema.subject:
            message = f"{key} is {_shown(named)}, but the schema of data is {schema.name}"
            hint = f"{self._names.shown.get(schema.subject, schema.subject)}, or the schema of {subject}"
            return Trouble(SCHEMA_MISMATCHED, key, message, hint, [named, schema.name])
        if name and name.major is not None and name.major != schema.version[0]:
            message = f"{key} is {_shown(named)}, but the schema of data is {schema.name}"
            return Trouble(SCHEMA_MISMATCHED, key, message, None, [named, schema.name])
        if version is not None and version != schema.version[0]:
            message = f"schema_version is {version}, but the schema of data is {schema.name}"
            return Trouble(SCHEMA_MISMATCHED, "schema_version", message, None, [version, schema.name])
        return None


def judged(document: Document, schema: Schema, corpus: Corpus, at: tuple[str, ...] = ("data",)) -> Iterator[Finding]:
    """What the schema of an event's data says about the data that stands at `at`."""
    called = at[-1] if at else "the data"
    for finding in corpus.schemas.judge(schema, document, at, called):
        yield finding._replace(message=f"{finding.message} (by {schema.name})", schema=schema.name)


def is_envelope(value: Any) -> bool:
    """Is this a whole event, and not only its data?"""
    return isinstance(value, dict) and ("specversion" in value or ("event_type" in value and "data" in value))


def _is_json(value: Any) -> bool:
    """Does an event hold data that a schema can judge?"""
    if "data" not in value:
        return False
    media = value.get("datacontenttype")
    if media == "application/json" or not isinstance(media, str):
        return True
    media = media.partition(";")[0].strip().lower()
    return media.endswith(("/json", "+json"))


def _listed(versions: Sequence[Version]) -> str:
    return ", ".join(map(written, versions))


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"
