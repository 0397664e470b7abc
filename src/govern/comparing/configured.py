"""What is wrong with the configuration that a comparison goes by?"""

from collections.abc import Collection, Iterator

from govern.judging import settings
from govern.model.finding import Finding
from govern.registry import Registry
from govern.session import Session
from govern.workspace.shelves import built_in


def configured(session: Session, subjects: Collection[str] | None = None) -> Iterator[Finding]:
    """What `govern check` says of the configuration's names, and which of the subjects it names are not there; None
    where not all subjects are known.
    """
    document = session.config.document
    if document is None:
        return
    registry = Registry([built_in()])
    schema = registry.schema("config", 1)
    validator = registry.validator(schema) if schema else None
    if schema and validator:
        known = _known_rules(session) if session.config.table("rules") else ()
        yield from settings.check_settings(document, schema, validator, session.registry.kinds, known)
    if subjects is not None:
        yield from settings.check_subjects(document, subjects)


def _known_rules(session: Session) -> Collection[str]:
    from govern.catalogue import catalogue

    return catalogue(session.registry.kinds.values()).keys()
