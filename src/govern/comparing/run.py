"""Which schemas of a repository are compared with which, and what of that counts?"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from govern.comparing import shelves_of
from govern.comparing.configured import configured
from govern.comparing.data import Data
from govern.comparing.described import is_unbound
from govern.comparing.pair import compare_pair
from govern.comparing.side import Side, means, require_known
from govern.comparing.weighing import accepted_ids, weighed
from govern.comparing.words import Outcome, Request, Result, Terms, terms_for
from govern.compat.versions import lineage
from govern.compat.versions.freeze import Published
from govern.compat.versions.held import Held, held
from govern.compat.versions.names import versions
from govern.model.finding import Finding, found
from govern.model.glob import matcher
from govern.model.schema import Version
from govern.parse import read
from govern.session import Session, Unable
from govern.workspace.config import Config
from govern.workspace.files import Unreadable, contents
from govern.workspace.revisions import Base, Folder, Revision, commit, file_at


class Run:
    """The comparisons of one repository."""

    def __init__(self, request: Request, session: Session, shelves: Sequence[str], now: Revision) -> None:
        self._request = request
        self._session = session
        self._shelves = shelves
        self._table = session.config.table("compat")
        self._excluded = matcher(glob for glob in session.config.items("exclude") if isinstance(glob, str))
        self._new = self._side(now)
        self._data = Data(session, request.data)

    def against_commit(self, base: Base) -> Outcome:
        """Compare with a commit."""
        assert base.commit is not None
        root = self._session.root
        shelves = [*self._shelves, *_shelves_at(root, base.commit, self._session.config)]
        old = self._side(commit(root, base.commit, base.name), shelves)
        renamed = {move.new: move.old for move in base.moves if move.old and move.new and move.old != move.new}
        moved = {path for move in base.moves for path in move if path}
        return self._outcome(old, renamed, f"compared with {base.name}", moved)

    def against_path(self, place: Path, shown: str) -> Outcome:
        """Compare with a folder that holds schemas, or with one file."""
        if not place.exists():
            raise Unable(f"{shown}: no such file or folder")
        if place.is_file():
            several = self._chosen_files()
            if len(several) != 1:
                raise Unable(f"{shown} is one file: name the one SUBJECT that it is compared with")
            chosen = several[0]
            old = Side(Folder(place.parent, shown), (), matcher(()), self._others)
            file = Held(place.name, chosen.subject, chosen.version, chosen.exact)
            return self._compared([(file, chosen)], old, f"compared with {shown}")
        old = self._side(Folder(place, shown))
        if not any(file.exact for file in old.all()):  # no repository, but a `schemas/` folder itself
            old = self._side(Folder(place, shown), ("",))
        return self._outcome(old, {}, f"compared with {shown}", None)

    def against_version(self, version: str) -> Outcome:
        """Compare with a version that the repository holds now."""
        if not re.match(r"v?\d{1,6}(\.\d{1,6}){0,2}\Z", version):
            raise Unable(f"{version} is no version; write version:2, version:2.1 or version:2.1.0")
        numbers = tuple(map(int, version.removeprefix("v").split(".")))
        several = []
        for file in self._chosen_files():
            files = self._new.files[file.exact, file.subject]
            fitting = [other for other in files if other.rank[: len(numbers)] == numbers and other.version]
            older = [other for other in fitting if other.rank < file.rank]
            if older:
                several.append((older[-1], file))
            elif self._request.subjects:
                lacking = f"no version {version}" + (f" before {file.name}" if fitting else "")
                raise Unable(f"{file.subject} has {lacking}; there are {versions(files) or 'none'}")
        if not several:
            raise Unable(f"no schema here has a version {version} and a newer one to compare with it")
        return self._compared(several, self._new, f"compared with version {version}")

    # Which files

    def _outcome(self, old: Side, renamed: dict[str, str], against: str, moved: set[str] | None) -> Outcome:
        """Everything that is chosen, compared with what it was. `moved` are the files that differ, None if unknown."""
        new = self._new
        findings: list[Finding] = []
        several: list[tuple[Held, Held]] = []
        gone = {_published(file): file for file in old.all()}
        for side in (old, new):  # to see which of them refer to what differs, all are read
            side.revision.fetch(file.path for file in side.all())
        for key, files in sorted(new.files.items()):
            before = old.files.get(key) or self._before(files, renamed, old)
            for file in files:
                gone.pop(_published(file), None)
                if not file.exact:
                    gone.pop((renamed.get(file.path, ""), None), None)
            chosen = set(filter(self._is_chosen, files))
            if not chosen:
                continue
            subject = files[-1].subject
            findings += self._numbered_wrongly(before or (), [file for file in files if file in chosen], old, moved)
            if self._request.mode is None and is_unbound(self._session.registry, self._table, subject):
                continue
            terms = self._terms(subject)
            pairs = lineage.pairs(before or (), files, transitive=terms.mode.endswith("-transitive"))
            pairs = [pair for pair in pairs if pair[1] in chosen]
            several += [pair for pair in pairs if moved is None or self._differs(pair, old, moved)]
        findings += [self._deleted(file, renamed) for file in gone.values() if self._is_chosen(file)]
        self._require_known(old)
        return self._compared(several, old, against, findings)

    def _before(self, files: Sequence[Held], renamed: dict[str, str], old: Side) -> list[Held] | None:
        """What a file that goes by a name of its own was called before."""
        for file in reversed(files):
            was = renamed.get(file.path)
            if was and not file.exact:
                known = held(was, self._shelves)
                if known and not known.exact:
                    return old.files.get((False, known.subject))
        return None

    def _differs(self, pair: tuple[Held, Held], old: Side, moved: set[str]) -> bool:
        """Did one of two files, or anything that it leads to, change?"""
        before, after = pair
        if before.path in moved or after.path in moved:
            return True
        if not self._new.document(after.path).reading.readable:
            return False
        leads_to = [*self._new.reach(after).paths.values(), *old.reach(before).paths.values()]
        return not moved.isdisjoint(leads_to)

    def _numbered_wrongly(
        self, before: Sequence[Held], files: Sequence[Held], old: Side, moved: set[str] | None
    ) -> Iterator[Finding]:
        """What is wrong with exact versions: edited although published, or an `$id` that names another version."""
        was = {file.version: file for file in before if file.exact}
        for file in files:
            if not file.exact or (moved is not None and file.path not in moved):
                continue
            document = self._new.document(file.path)
            if not document.reading.readable:
                continue
            yield from lineage.check_id(Published(file.subject, file.rank, document))
            if file.version in was:
                published = old.document(was[file.version].path)
                value = published.value
                if published.reading.readable and lineage.is_edited(value, document.value):
                    at = _first_difference(value, document.value)
                    yield found(
                        lineage.PUBLISHED_EDITED,
                        file.path,
                        f"{file.name} is published, and says something else now",
                        span=document.span(at, key=True),
                        at=at,
                        hint="make it a new version; govern compat --bump does it, and puts the published one back",
                        about=file.name,
                    )

    def _deleted(self, file: Held, renamed: dict[str, str]) -> Finding:
        now = next((new for new, was in renamed.items() if was == file.path), None)
        message = f"{file.name} is published, and its file is " + (f"called {now} now" if now else "gone")
        hint = "bring it back; nobody can tell who still relies on it"
        return found(lineage.SCHEMA_DELETED, file.path, message, hint=hint, about=file.name)

    # Which subjects

    def _chosen_files(self) -> list[Held]:
        self._require_known(self._new)
        chosen = [list(filter(self._is_chosen, files)) for _, files in sorted(self._new.files.items())]
        return [files[-1] for files in chosen if files]

    def _is_chosen(self, file: Held) -> bool:
        """Is a file among those that were asked for, by name, kind, version or path?"""
        names = self._request.subjects
        return not names or any(means(name, file) for name in names)

    def _require_known(self, old: Side) -> None:
        require_known(self._request.subjects, [*self._new.all(), *old.all()])

    def _terms(self, subject: str) -> Terms:
        return terms_for(self._request, self._table, subject, self._session.registry)

    # What comes of it

    def _compared(
        self, several: Iterable[tuple[Held, Held]], old: Side, against: str, findings: Iterable[Finding] = ()
    ) -> Outcome:
        results: list[Result] = []
        subjects = {file.subject for side in (self._new, old) for file in side.all()}
        wrong = [*findings, *configured(self._session, subjects)]
        accepted = accepted_ids(self._session)
        for before, after in several:
            terms = self._terms(after.subject)
            result, unusable = compare_pair(before, after, old, self._new, terms, accepted=accepted)
            wrong += unusable
            if result:
                results.append(self._data.told(result, old, self._new, terms))
        complete = not self._request.subjects
        outcome = weighed(self._session, results, wrong, against, self._line(old), complete=complete)
        return outcome._replace(sides=(old, self._new))

    def _side(self, revision: Revision, shelves: Sequence[str] | None = None) -> Side:
        return Side(revision, self._shelves if shelves is None else shelves, self._excluded, self._others)

    def _others(self) -> dict[str, object]:
        return others(self._session)

    def _line(self, old: Side) -> Callable[[str, int], str]:
        def line(path: str, number: int) -> str:
            for side in (self._new, old):
                document = side.document(path)
                if document.text:
                    lines = document.text.split("\n")
                    return lines[number - 1].removesuffix("\r") if number <= len(lines) else ""
            try:
                lines = contents(self._session.root / path).decode("utf-8-sig", "replace").split("\n")
            except (Unreadable, ValueError):
                return ""
            return lines[number - 1].removesuffix("\r") if number <= len(lines) else ""

        return line


def _published(file: Held) -> tuple[str, Version | None]:
    """What people rely on: of an exact version its name, wherever the file lies, of any other its path."""
    return (file.subject, file.version) if file.exact else (file.path, None)


def _shelves_at(root: Path, identity: str, config: Config) -> list[str]:
    """The `schemas/` folders as the configuration named them at a commit: they may have moved since."""
    path = config.document.path if config.document else "govern.toml"
    data = file_at(root, identity, path)
    table = read(path, data, "toml").value if data else None
    if path.endswith("pyproject.toml"):
        for name in ("tool", "govern"):
            table = table.get(name) if isinstance(table, dict) else None
    names = table.get("schemas") if isinstance(table, dict) else None
    return shelves_of(names if isinstance(names, list) else ["schemas"], (root / path).parent, root)


def others(session: Session) -> dict[str, object]:
    """The schemas of the installed packages and the built-in ones, by `$id`."""
    own = "package:", "built-in"
    return {uri: schema.contents for uri, schema in session.registry.by_id().items() if schema.shelf.startswith(own)}


def _first_difference(old: Any, new: Any) -> tuple[str | int, ...]:
    """The address of the first thing in `new` that is not as in `old`."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            if key not in old:
                return (key,)
            if value != old[key]:
                return (key, *_first_difference(old[key], value))
    if isinstance(old, list) and isinstance(new, list):
        for index, value in enumerate(new):
            if index >= len(old) or value != old[index]:
                return (index, *(_first_difference(old[index], value) if index < len(old) else ()))
    return ()
