"""The schemas of a run as rules ask for them: by subject, version or `$id`, and ready to judge a part of a document."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from typing import Any

from govern.model.document import Document
from govern.model.finding import Finding
from govern.model.location import Path, pointer
from govern.model.schema import Schema, Version
from govern.registry import Registry

DESCRIPTOR = "event.yaml"


class Library:
    """A registry that judges. It is the `Schemas` of the rules."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._descriptors: dict[str, Document | None] = {}

    def subjects(self) -> Sequence[str]:
        return self._registry.subjects()

    def versions(self, subject: str) -> Sequence[Version]:
        return self._registry.versions(subject)

    def identifiers(self) -> Collection[str]:
        return self._registry.by_id().keys()

    def identified(self, uri: str) -> Schema | None:
        return self._registry.by_id().get(uri)

    def exact(self, subject: str, version: Version) -> Schema | None:
        return self._registry.exact(subject, version)

    def descriptor(self, subject: str) -> Document | None:
        if subject not in self._descriptors:
            self._descriptors[subject] = self._registry.beside(subject, DESCRIPTOR)
        return self._descriptors[subject]

    def admits(self, schema: Schema) -> Callable[[Any], bool]:
        validator = self._registry.validator(schema)
        return validator.is_valid if validator else lambda value: True

    def likeness(self, schema: Schema, value: Any) -> Hashable | None:
        from govern.judging.likeness import likeness

        validator = self._registry.validator(schema)
        return likeness(validator, value) if validator else ()

    def judge(self, schema: Schema, document: Document, at: Path = (), called: str = "") -> Iterator[Finding]:
        from govern.judging.judge import judge

        validator = self._registry.validator(schema)
        part = document.part(at, called) if at or called else document
        prefix = pointer(at)
        for finding in judge(part, schema, validator) if validator else ():
            yield finding._replace(pointer=prefix + finding.pointer)
