"""What do real documents say: which of them does one version of a schema admit and the other refuse?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from govern.comparing.side import Side
from govern.comparing.words import Result, Terms
from govern.compat.versions import lineage
from govern.compat.versions.held import Held
from govern.model.document import Document, Reader
from govern.model.finding import Finding, found
from govern.model.glob import matcher
from govern.model.unable import Unable
from govern.model.verdict import Compatible, Direction
from govern.parse import read
from govern.workspace.files import Unreadable, contents

if TYPE_CHECKING:
    from govern.session import Session


class Broken(NamedTuple):
    """A document that breaks, and in which direction."""

    document: Document
    direction: Direction


class Data:
    """The documents of a repository that a glob means; without one, the examples in the folder of each subject."""

    def __init__(self, session: Session, glob: str | None) -> None:
        self._session = session
        self._glob = glob
        if glob and not any(map(matcher([glob]).match, session.repository.paths)):
            raise Unable(f"--data {glob} matches no file that git tracks")

    def told(self, result: Result, old: Side, new: Side, terms: Terms) -> Result:
        """The result with what the documents say of it. A document that breaks where the verdict says that nothing
        does is a finding: an assumption of the verdict does not hold for it.
        """
        documents = list(self._documents(result.new))
        if not documents:
            return result
        directions = lineage.asked(terms.mode)
        broken = [
            Broken(document, direction)
            for direction in directions
            for document in self._broken(documents, direction, result, old, new, terms)
        ]
        said = f"{len({each.document.path for each in broken})} of {len(documents)} documents break"
        if broken:
            said += f", first {broken[0].document.path}"
        findings = [
            self._finding(each, result)
            for each in broken
            if isinstance(getattr(result.comparison, each.direction), Compatible)
        ]
        if result.has_risen:
            findings = [finding._replace(severity="warning") for finding in findings]
        return result._replace(data=said, findings=(*result.findings, *findings))

    def _documents(self, file: Held) -> Iterator[Document]:
        folder = file.path.rpartition("/")[0]
        globs = [self._glob] if self._glob else [f"{folder}/example.*", f"{folder}/examples/**"]
        pattern = matcher(globs if self._glob or file.exact else ())
        kind = self._session.registry.kinds.get(file.subject)
        for path in self._session.repository.paths:
            if not pattern.match(path):
                continue
            try:
                data = contents(self._session.root / path)
            except Unreadable:
                continue
            reader = None if kind is None else self._session.repository.form(kind, path, data).reader
            tags, extract = (kind.tags, kind.extract) if kind else (frozenset[str](), ())
            document = read(path, data, _reader(path, reader), tags=tags, extract=extract)
            if document.reading.readable and document.has_value:
                yield document

    def _broken(
        self, documents: list[Document], direction: Direction, result: Result, old: Side, new: Side, terms: Terms
    ) -> Iterator[Document]:
        from govern.compat.witness.referees import Referees

        before, after = old.reach(result.old), new.reach(result.new)
        writer, reader = (before, after) if direction == "backward" else (after, before)
        admits, refuses = (Referees(side.contents, side.resources, None, terms.formats) for side in (writer, reader))
        for document in documents:
            if admits.quick(document.value) and refuses.quick(document.value) is False:
                yield document

    def _finding(self, broken: Broken, result: Result) -> Finding:
        comparison = result.comparison
        writer, reader = comparison.old, comparison.new
        if broken.direction == "forward":
            writer, reader = reader, writer
        message = f"{reader} refuses this document, which {writer} admits"
        hint = f"it has what {writer} does not declare; to count that, judge with --open-content strict"
        return found(
            lineage.DATA_BREAKS,
            broken.document.path,
            message,
            span=broken.document.span(),
            hint=hint,
            about=[comparison.subject, broken.direction, _short(broken.document.value)],
        )


def _reader(path: str, reader: Reader | None) -> Reader:
    if path.endswith(".json"):
        return "json"
    if path.endswith((".md", ".markdown")):
        return reader if reader in ("markdown", "backlog", "block") else "frontmatter"
    if path.endswith(".toml"):
        return "toml"
    return "yaml" if path.endswith((".yaml", ".yml")) else reader or "yaml"


def _short(value: Any) -> Any:
    return None if isinstance(value, (dict, list)) else value
