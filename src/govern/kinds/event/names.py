"""What do the names of events say: which event, and which major version?"""

import re
from typing import Any, NamedTuple

from govern.model.corpus import Corpus
from govern.model.pattern import pattern

PREFIX = "event/"  # of the subjects that judge the data of events

_MAJOR = pattern(r"(.*?)[.-]v(\d{1,6})\Z", re.DOTALL)
_FILE = pattern(r"(?:.*/)?schemas/event/(.+)/event\.yaml\Z", re.DOTALL)
_SEPARATORS = str.maketrans("._/", "---")


class Topic(NamedTuple):
    """A name without its `.v<major>`, and that major."""

    name: str
    major: int | None

    @property
    def key(self) -> str:
        """The same for all spellings of one name: `order.placed` and `order-placed`."""
        return self.name.translate(_SEPARATORS).lower()


def topic(text: str) -> Topic:
    """What a topic, or the type of an event, names.

    >>> topic("order.placed.v2"), topic("order.placed.v2").key
    (Topic(name='order.placed', major=2), 'order-placed')
    """
    match = _MAJOR.match(text)
    return Topic(match[1], int(match[2])) if match else Topic(text, None)


def described(path: str) -> str | None:
    """The event that a descriptor is about by its path: `order-placed` for `schemas/event/order-placed/event.yaml`."""
    match = _FILE.match(path)
    return match[1] if match else None


def topic_of(value: Any) -> str | None:
    """The topic that a descriptor names, where it names one."""
    named = value.get("topic") if isinstance(value, dict) else None
    return named if isinstance(named, str) and named else None


class Names:
    """Which subject judges the data of the events of a name: by the name itself, or by the topic in its descriptor."""

    def __init__(self, corpus: Corpus) -> None:
        schemas = corpus.schemas
        self.subjects = [subject for subject in schemas.subjects() if subject.startswith(PREFIX)]
        self._by_key: dict[str, str] = {}
        self.shown: dict[str, str] = {}  # the name of a subject as events say it
        for subject in self.subjects:
            self._by_key[topic(subject.removeprefix(PREFIX)).key] = subject
            self.shown[subject] = subject.removeprefix(PREFIX)
        for subject in self.subjects:
            descriptor = schemas.descriptor(subject)
            named = topic_of(descriptor.value) if descriptor else None
            if named:
                self._by_key[topic(named).key] = subject
                self.shown[subject] = topic(named).name

    def subject(self, name: Topic) -> str | None:
        """The subject that a topic names; None if there is none."""
        return self._by_key.get(name.key)
