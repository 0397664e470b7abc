"""The folder of an event: its versions, and below `examples/` what they admit, and in `invalid/` what they refuse."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govern.kinds.event.names import PREFIX, topic
from govern.kinds.event.payload import is_envelope, judged
from govern.kinds.event.rules import COUNTEREXAMPLE_VALID, EXAMPLE_ORPHANED, ID_MISMATCHED, MAJOR_SKIPPED, UNDESCRIBED
from govern.model.corpus import Corpus
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.pattern import pattern
from govern.model.schema import Schema, Version, written

_FOLDER = pattern(r"(?:.*/)?schemas/event/(.+?)/(?:examples/(.+)|example\.json)\Z", re.DOTALL)
_VERSION_FILE = pattern(r"(.*/)?schemas/event/((?:(?!examples/).)+)/(\d+)\.(\d+)\.(\d+)\.json\Z", re.DOTALL)
_NUMBER = pattern(r"v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?\Z")
_NUMBERS = pattern(r"(?<![\d.])\d+\.\d+\.\d+(?![\d.]\d)")
_ENVELOPES = {True: (2, 0, 0), False: (1, 0, 0)}


class Example(NamedTuple):
    """Where an example lies: the subject, the folder that names the version (None for `example.json`), and whether it
    is to fail.
    """

    path: str
    subject: str
    version: str | None
    fails: bool


def check_examples(corpus: Corpus) -> Iterator[Finding]:
    """Is every example of a version that there is, does it pass, and does it fail where it must?"""
    for path in corpus.tracked:
        if "/event/" in path and "example" in path and (example := _example(path)):
            yield from _checked(example, corpus)


def check_versions(corpus: Corpus) -> Iterator[Finding]:
    """Do the files of schemas, their `$id`s and their majors agree, and is there a descriptor beside them?"""
    several: dict[str, list[tuple[Version, str]]] = defaultdict(list)
    for path in corpus.tracked:
        if path.endswith(".json") and (match := _VERSION_FILE.match(path)):
            folder = path.rpartition("/")[0]
            several[folder].append(((int(match[3]), int(match[4]), int(match[5])), path))
    for folder, files in sorted(several.items()):
        name = folder.rpartition("schemas/event/")[2]
        files.sort()
        for version, path in files:
            yield from _identified(name, version, path, corpus)
        for (before, _), (after, path) in pairwise(files):
            if after[0] > before[0] + 1:
                message = f"{name} has the versions {written(before)} and {written(after)}, and none of major "
                message += f"{before[0] + 1}"
                yield found(MAJOR_SKIPPED, path, message, about=[before[0], after[0]])
        if not corpus.has(f"{folder}/event.yaml"):
            message = f"nothing describes {name}: there is no {folder}/event.yaml"
            hint = "it says who owns the event, who sends it and who receives it; govern explain event-type shows one"
            yield found(UNDESCRIBED, files[-1][1], message, hint=hint, about=name)


def fitting(number: str, versions: Sequence[Version]) -> Version | None:
    """The highest version that `2`, `v2`, `2.1` or `2.1.0` means.

    >>> fitting("v1", [(1, 0, 0), (1, 1, 0), (2, 0, 0)]), fitting("3", [(1, 0, 0)]), fitting("new", [(1, 0, 0)])
    ((1, 1, 0), None, None)
    """
    match = _NUMBER.match(number)
    wanted = tuple(int(part) for part in match.groups() if part is not None) if match else ()
    return max((one for one in versions if wanted and one[: len(wanted)] == wanted), default=None)


def _example(path: str) -> Example | None:
    match = _FOLDER.match(path)
    if match is None or not path.endswith((".json", ".yaml", ".yml")):
        return None
    if match[2] is None:
        return Example(path, PREFIX + match[1], None, False)
    *folders, _ = match[2].split("/")
    version = next((name for name in folders if name != "invalid"), "")
    return Example(path, PREFIX + match[1], version, "invalid" in folders)


def _checked(example: Example, corpus: Corpus) -> Iterator[Finding]:
    path, subject, number, fails = example
    versions = corpus.schemas.versions(subject)
    if number is None and not versions:
        return
    version = versions[-1] if number is None else fitting(number, versions)
    if version is None:
        there_are = f"it has {', '.join(map(written, versions))}" if versions else "it has no schema at all"
        said = f"no version {number}" if number else "no version that this example is of"
        message = f"{subject} has {said}; {there_are}"
        hint = None if number else f"move it to examples/{versions[-1][0]}/" if versions else None
        yield found(EXAMPLE_ORPHANED, path, message, hint=hint, about=number)
        return
    schema, document = corpus.schemas.exact(subject, version), corpus.open(path)
    if schema is None or document is None:
        return
    wrong = list(_wrong(document, schema, corpus))
    if not fails:
        yield from wrong
    elif not wrong:
        message = f"it lies in invalid/, and {schema.name} admits it"
        hint = "tighten the schema, or move the example out of invalid/"
        yield found(COUNTEREXAMPLE_VALID, path, message, hint=hint, about=schema.name)


def _wrong(document: Document, schema: Schema, corpus: Corpus) -> Iterator[Finding]:
    """What is wrong with an example: of the data alone, or of a whole event."""
    yield from document.reading.findings
    if not document.reading.readable:
        return
    if not is_envelope(document.value):
        yield from judged(document, schema, corpus, ())
        return
    envelope = corpus.schemas.exact("event", _ENVELOPES["specversion" in document.value])
    if envelope:
        yield from corpus.schemas.judge(envelope, document)
    if "data" in document.value:
        yield from judged(document, schema, corpus)


def _identified(name: str, version: Version, path: str, corpus: Corpus) -> Iterator[Finding]:
    """Does the `$id` of a schema, where it has one, name the event and the version of its path?"""
    schema = corpus.schemas.exact(PREFIX + name, version)
    identifier = schema.contents.get("$id") if schema and isinstance(schema.contents, dict) else None
    if not isinstance(identifier, str) or not schema or schema.path != path:
        return
    numbers = _NUMBERS.findall(identifier)
    # the whole name: order-shipped does not name order-ship, nor order
    whole = rf"(?<![a-z0-9]){re.escape(topic(name).key)}(?=\Z|[^a-z0-9-]|-v?\d|-(?:schema|json)\b)"
    if re.search(whole, topic(identifier).key) and numbers[-1:] in ([], [written(version)]):
        return
    document = corpus.open(path)
    if document:
        message = f"$id is {identifier}, but the path says {name} {written(version)}"
        span = document.span(("$id",))
        yield found(ID_MISMATCHED, path, message, span=span, at=("$id",), about=identifier)
