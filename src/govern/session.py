"""One run over one repository: fetch, judge, weigh. The doors, library and command line, differ only in what they
do with the outcome.
"""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govern import policy
from govern.judging import links, settings
from govern.judging.judge import judge, vocabulary
from govern.kinds import MODULES, KindRules, Parts, parts_for, rules_for
from govern.model.document import Document
from govern.model.finding import Finding, found, order
from govern.model.glob import matcher
from govern.model.schema import Kind, Schema
from govern.model.unable import Unable as Unable
from govern.parse import rules as parse_rules
from govern.registry import Registry
from govern.validator import Validator
from govern.workspace import config as configuration
from govern.workspace.config import Config
from govern.workspace.files import Absent, Unreadable, below
from govern.workspace.git import GitError, root_of, tracked
from govern.workspace.lines import Lines, open_lines
from govern.workspace.repository import Repository, Subject
from govern.workspace.shelves import DraftShelf, FolderShelf, built_in, installed


class Outcome(NamedTuple):
    """What a run found: `unreadable` counts the files that could not be opened, `schemas` names what judged each."""

    findings: list[Finding]
    files: int
    skipped: int
    unreadable: int
    schemas: dict[str, str]


class Session:
    """A repository with its configuration, kinds and schemas, ready to judge."""

    def __init__(self, start: Path, *, config: Path | None = None, today: str | None = None) -> None:
        root = root_of(start)
        self.root = root or start
        self.today = today or _today()
        try:
            if root:
                paths, self.unmerged = tracked(root)
            else:
                paths, self.unmerged = [path.relative_to(start).as_posix() for path in below(start)], []
            found_config = configuration.load(config, self.root) if config else configuration.find(start, self.root)
        except GitError as error:
            raise Unable(str(error)) from None
        except Unreadable as error:
            raise Unable(f"{config}: {error}") from None
        self._findings: list[Finding] = []
        self.config, self.registry = self._configured(found_config)
        self.repository = Repository(self.root, paths, self.registry, self.config, self.today)
        self._parts: dict[str, Parts | None] = {}

    def include(self, drafts: Mapping[str, bytes]) -> None:
        """Look at files that are about to be written as if they were there, schemas among them."""
        self.repository.include(drafts)
        shelves = []
        for name in self.config.values.get("schemas", ["schemas"]):
            folder = os.path.relpath(os.path.normpath(self.config.anchor / name), self.root).replace(os.sep, "/")
            inside = {path.removeprefix(f"{folder}/"): path for path in drafts if path.startswith(f"{folder}/")}
            if inside and not name.startswith("package:"):
                shelves.append(DraftShelf({place: drafts[path] for place, path in inside.items()}, folder))
        if shelves:
            self.registry = Registry([*shelves, *(shelf for shelf, _ in self.registry.shelves)])
            self.repository.go_by(self.registry)

    def check(
        self,
        paths: Iterable[str],
        *,
        named: str | None = None,
        complete: bool = False,
        only_references: bool = False,
        data: bytes | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Outcome:
        """Judge some files, each by its kind.

        `named` forces a kind; `complete` says that these are all files, so that a waiver which matches nothing is
        one too many; `only_references` leaves it at the rules that look beyond one file; `data` stands in for the
        contents of the only path. `progress` is told how many files are done.
        """
        if self.unmerged and (complete or only_references):
            raise Unable(f"{self.unmerged[0]} is not merged; resolve it, then run: git add {self.unmerged[0]}")
        judged: dict[str, list[Finding]] = {}
        commented: dict[str, Document] = {}
        linked: list[links.Reference] = []
        kinds: set[str] = set()
        schemas: dict[str, str] = {}
        skipped = unreadable = 0
        done = 0
        for done, path in enumerate(paths, 1):
            if progress:
                progress(done - 1)
            try:
                excluded = not named and self.repository.excluded(path)
                lines = None if excluded else open_lines(self.repository, path, named=named, data=data)
                subject = None if excluded or lines else self._subject(path, named, data)
            except Unreadable as error:
                if isinstance(error, Absent) and path in self.repository.tracked:
                    continue  # removed from the work tree, not yet from the index
                judged[path] = [found(parse_rules.UNREADABLE, path, f"the file cannot be opened: {error}")]
                unreadable += 1
                continue
            if lines:
                kinds.add(lines.kind.name)
                schemas[path] = lines.kind.name
                tell = _within(progress, done - 1, lines.size)
                with lines.file:
                    judged[path] = [] if only_references else self._judge_lines(path, lines, tell)
                continue
            if subject is None:
                skipped += 1
                continue
            self.repository.note(subject)
            if data is not None:
                self.repository.hand_in(subject.document)
            if subject.kind:
                kinds.add(subject.kind.name)
            if subject.schema and not (subject.kind and self.registry.unjudged(subject.kind, path)):
                schemas[path] = subject.schema.name
            judged[path] = [] if only_references else list(self._judge(subject))
            if "govern:" in subject.document.text:
                commented[path] = subject.document
            if subject.kind and not self.registry.unjudged(subject.kind, path):
                linked += links.references(subject.document, subject.kind.name)
        if progress:
            progress(done)
        for finding in self._between(MODULES if only_references else kinds, linked):
            if finding.path in judged:
                judged[finding.path].append(finding)
        if "kind" in kinds and self.registry.kind_files and not only_references:
            for finding in list(self._of_kinds(judged)):
                judged.setdefault(finding.path, []).append(finding)
        findings = list(self._weighed(judged, commented, complete=complete, partial=only_references))
        return Outcome(order(findings), len(judged), skipped, unreadable, schemas)

    def _subject(self, path: str, named: str | None, data: bytes | None) -> Subject | None:
        if self.config.document is not None and path == self.config.document.path and not named:
            return Subject(self.config.document, None, None)
        return self.repository.subject(path, named=named, data=data)

    def _judge(self, subject: Subject) -> Iterator[Finding]:
        """What its own text, its schema, its vocabulary and its kind's rules say about one document."""
        document, kind, schema = subject.document, subject.kind, subject.schema
        if kind is None:
            yield from subject.findings
            return
        name = schema.name if schema else None
        unjudged = self.registry.unjudged(kind, document.path)
        if not unjudged:
            for finding in (*document.reading.findings, *subject.findings):
                yield finding._replace(kind=kind.name, schema=finding.schema or name)
        validator = self.registry.validator(schema) if schema else None
        if validator is None or schema is None or not document.reading.readable:
            return
        if not unjudged:
            for finding in judge(document, schema, validator):
                yield finding._replace(kind=kind.name)
            closed = self.config.table("vocabulary").get(kind.name)
            if closed:
                yield from vocabulary(document, kind, closed)
            parts = self._parts_of(kind)
            for finding in parts.check(document) if parts else ():
                yield finding._replace(kind=kind.name, schema=finding.schema or name)
        rules = rules_for(kind.name)
        for finding in rules.check_document(document, schema) if rules else ():
            if self._is_on(finding, rules):
                yield finding._replace(kind=kind.name, schema=name)

    def _judge_lines(self, path: str, lines: Lines, progress: Callable[[int], None]) -> list[Finding]:
        """What is wrong with a file whose lines are documents."""
        from govern.streaming import Asked, judge_lines

        closed = self.config.table("vocabulary").get(lines.kind.name)
        asked = Asked(self.repository, lines, closed, self._parts_of(lines.kind), self._judge_line)
        try:
            return list(judge_lines(path, lines.file, asked, progress))
        except OSError as error:
            return [found(parse_rules.UNREADABLE, path, f"the file cannot be read to its end: {error.strerror}")]

    def _judge_line(self, subject: Subject) -> Iterator[Finding]:
        """What counts of the findings of a line: what is switched off is not to be counted."""
        return policy.weigh(self._judge(subject), self.config.table("rules"))

    def _parts_of(self, kind: Kind) -> Parts | None:
        if kind.name not in self._parts:
            self._parts[kind.name] = parts_for(kind.name, self.repository)
        return self._parts[kind.name]

    def _between(self, kinds: Iterable[str], linked: Sequence[links.Reference]) -> Iterator[Finding]:
        """What the rules say that look beyond one file."""
        for kind in sorted(kinds):
            rules = rules_for(kind)
            if rules:
                for finding in rules.check_corpus(self.repository, self.config.table(kind), self.config.table("rules")):
                    if self._is_on(finding, rules):
                        yield finding._replace(kind=kind)
        if linked:
            from govern.judging.targets import check_links

            yield from check_links(linked, self.repository)

    def _of_kinds(self, which: Collection[str]) -> Iterator[Finding]:
        """What is wrong with kind files beside their schemas and the files that they claim; and with their examples."""
        from govern.judging.kind_files import check_kinds

        told = matcher(self.config.table("files"))
        excluded = self.repository.excluded
        paths = [path for path in self.repository.paths if not told.match(path) and not excluded(path)]
        yield from check_kinds(self.registry, which, paths)
        for name, document in self.registry.kind_files.items():
            kind = self.registry.kinds[name]
            for form in (kind.form, *kind.forms) if document.path in which else ():
                path, data = self.registry.example(form.subject) or ("", b"")
                own = path.startswith(document.path.removesuffix("kind.yaml")) and path not in which
                subject = self.repository.subject(path, named=name, data=data) if own else None
                validator = self.registry.validator(subject.schema) if subject and subject.schema else None
                if subject and subject.schema and validator:
                    yield from (*subject.document.reading.findings, *judge(subject.document, subject.schema, validator))

    def _is_on(self, finding: Finding, rules: KindRules | None) -> bool:
        return rules is None or finding.rule not in rules.OPT_IN or finding.rule in self.config.table("rules")

    def _weighed(
        self, judged: dict[str, list[Finding]], commented: dict[str, Document], *, complete: bool, partial: bool
    ) -> Iterator[Finding]:
        levels = self.config.table("rules")

        def kept() -> Iterator[Finding]:
            yield from self._findings
            of_kinds: dict[str, list[Finding]] = {}
            for finding in self.registry.findings:
                of_kinds.setdefault(finding.path, []).append(finding)
            for path, findings in of_kinds.items():
                if path not in judged:
                    yield from policy.weigh(findings, levels)
            for path, findings in judged.items():
                findings = [*of_kinds.get(path, ()), *findings]
                document = commented.get(path)
                weighed = policy.weigh(findings, levels)
                yield from (
                    policy.without_ignored(weighed, document, self.today, complete=not partial) if document else weighed
                )

        waivers = [None if _is_for_schemas(waiver) else waiver for waiver in self.config.items("waive")]
        yield from (
            policy.without_waived(kept(), waivers, self.config.document, self.today, complete=complete)
            if waivers
            else kept()
        )

    # Configuration and schemas

    def _configured(self, own: Config) -> tuple[Config, Registry]:
        base = built_in()
        plain = Registry([base])
        document = own.document
        schema = plain.schema("config", 1) if document is not None else None
        validator = plain.validator(schema) if schema else None
        if document is not None and (wrong := self._wrong(document, schema, validator)):
            first = wrong[0]
            raise Unable(f"{first.path}:{first.span.line}:{first.span.column}: {first.message} [{first.rule}]")
        values = own.values
        shelves: list[FolderShelf] = []
        names = values.get("schemas", ["schemas"])
        for index, name in enumerate(names):
            shelf = _shelf(name, own.anchor, self.root)
            if shelf is None:
                if "schemas" in values and document is not None:
                    at = ("schemas", index)
                    what = "no such package is installed" if name.startswith("package:") else "no such folder"
                    hint = (
                        "with pre-commit, name its distribution under additional_dependencies"
                        if name.startswith("package:")
                        else None
                    )
                    message = f"there are no schemas in {name}: {what}"
                    span = document.span(at)
                    self._findings.append(
                        found(settings.SCHEMAS_MISSING, document.path, message, span=span, at=at, hint=hint, about=name)
                    )
                continue
            if shelf.folder.resolve() != base.folder.resolve():
                shelves.append(shelf)
            if name.startswith("package:"):
                default = configuration.defaults(shelf.folder, name.removeprefix("package:") + ":govern.toml")
                wrong = self._wrong(default, schema, validator) if default else ()
                self._findings.extend(wrong)
                self._findings.extend(settings.check_globs(default) if default and not wrong else ())
                if default and not wrong:
                    values = configuration.merged(default.value, values)
        registry = Registry([*shelves, base]) if shelves else plain
        registry.findings.extend(self._malformed_kinds(registry))
        if document is not None and schema and validator:
            known = _known_rules(registry) if own.table("rules") else ()
            self._findings.extend(
                settings.check_settings(document, schema, validator, registry.kinds, known, registry.broken)
            )
        return own._replace(values=values), registry

    def _wrong(self, document: Document, schema: Schema | None, validator: Validator | None) -> Sequence[Finding]:
        """What makes a configuration unusable."""
        if not schema or not validator:
            return ()
        return document.reading.findings or settings.wrong_types(document, schema, validator)

    def _malformed_kinds(self, registry: Registry) -> Iterator[Finding]:
        schema = registry.schema("kind", 1) if registry.malformed else None
        validator = registry.validator(schema) if schema else None
        for document in registry.malformed:
            yield from document.reading.findings
            if schema and validator:
                yield from judge(document, schema, validator)


def _within(progress: Callable[[float], None] | None, done: int, size: int) -> Callable[[int], None]:
    """The progress within a file, as a part of the progress of all."""
    return lambda at: progress(done + at / max(size, 1)) if progress else None


def session_for(
    paths: Iterable[str | os.PathLike[str]], here: Path, *, config: Path | None = None, today: str | None = None
) -> Session:
    """The session of the repository around `here`, or around the first path where `here` is in none."""
    start = here
    if root_of(here) is None:
        for path in paths:
            full = Path(os.path.normpath(here / path))
            folder = full if full.is_dir() else full.parent
            if root_of(folder):
                start = folder
            break
    return Session(start, config=config, today=today)


def _shelf(name: str, anchor: Path, root: Path) -> FolderShelf | None:
    if name.startswith("package:"):
        return installed(name.removeprefix("package:"))
    folder = Path(os.path.normpath(anchor / name))
    if not folder.is_dir() or (folder != root and root not in folder.parents):
        return None
    return FolderShelf(folder, name, folder.relative_to(root).as_posix())


def _is_for_schemas(waiver: Any) -> bool:
    """Is a waiver about schemas? `govern compat` or `govern schemas` says whether it still matches."""
    return isinstance(waiver, dict) and str(waiver.get("rule", "")).startswith(("compat/", "schemas/"))


def _known_rules(registry: Registry) -> Any:
    from govern.catalogue import catalogue

    return catalogue(registry.kinds.values()).keys()


def _today() -> str:
    told = os.environ.get("GOVERN_TODAY")
    if not told:
        return time.strftime("%Y-%m-%d", time.gmtime())
    import datetime

    try:
        return datetime.date.fromisoformat(told).isoformat()
    except ValueError:
        raise Unable(f"GOVERN_TODAY is {told!r}, which is no date (YYYY-MM-DD)") from None
