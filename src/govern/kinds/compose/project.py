"""Which files form a project? What one of them refers to, another one may declare.

A project is, in this order: what `[compose] projects` lists; what COMPOSE_FILE in a tracked `.env` lists; the default
file of a folder and its override. `include` brings further files in. A file that is in none of them was made for some
command line that we do not see, `docker compose -f … -f …`; it is judged against all compose files of its folder.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govern.kinds.compose.files import Files, folder_of, located
from govern.kinds.compose.parts import mapping, sequence
from govern.model.location import Path

DEFAULTS = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
# Of a project; includes that lead to more are not followed, and nothing of such a project is called unknown.
MAX_MEMBERS = 500


class Member(NamedTuple):
    """A file as part of a project. Its relative paths start at `base`; `variables` is what its `.env` sets."""

    path: str
    value: dict[str, Any]
    base: str
    variables: Mapping[str, str]


class Missing(NamedTuple):
    """A file that another one names, at `at`, and that is not tracked."""

    member: Member
    at: Path
    path: str


class Project:
    """Files that are judged together, in the order in which Compose merges them, and what is `around` them.

    `title` is what messages call it. `complete` is False where some file of it is out of reach: then nothing can be
    called unknown.
    """

    def __init__(
        self,
        title: str,
        members: Sequence[Member],
        missing: Sequence[Missing] = (),
        *,
        complete: bool = True,
        around: "Project | None" = None,
    ) -> None:
        self.title = title
        self.members = members
        self.missing = missing
        self.around = around
        self.complete: bool = complete and (around is None or around.complete)
        self.paths = frozenset(member.path for member in members)
        self._names: dict[str, frozenset[str] | None] = {}

    def names(self, section: str) -> frozenset[str] | None:
        """What the top-level `section` declares; None if some file does not say it as it should."""
        if section not in self._names:
            self._names[section] = self._declared(section)
        return self._names[section]

    def _declared(self, section: str) -> frozenset[str] | None:
        result: set[str] = set()
        for member in self.members:
            declared = member.value.get(section)
            if declared is not None and not isinstance(declared, dict):
                return None
            result.update(declared or ())
        others = self.around.names(section) if self.around else frozenset()
        return None if others is None else others if result <= others else others | result

    def services(self, name: str) -> Iterator[tuple[Member, dict[str, Any]]]:
        """What the files say of a service, in the order in which they merge."""
        for member in (*self.others(), *self.members):
            service = mapping(member.value.get("services")).get(name)
            if isinstance(service, dict):
                yield member, service

    def others(self) -> list[Member]:
        """The members around it that are not its own."""
        return [member for member in self.around.members if member.path not in self.paths] if self.around else []

    def after(self, member: Member) -> list[Member]:
        """The members that may change what one of them says."""
        index = next((i for i, other in enumerate(self.members) if other is member), len(self.members))
        return [*self.members[index + 1 :], *self.others()]


def projects(files: Files, settings: Mapping[str, Any]) -> Iterator[Project]:
    """Every project, and every file that belongs to none; each file is in at least one of them."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in files.values:
        folders[folder_of(path)].append(path)
    stated = list(_configured(settings))
    stated += _by_variable(files, folders)
    taken = {path for paths in stated for path in paths}
    groups = stated + [paths for folder in folders if (paths := _default(files, folder)) and paths[0] not in taken]
    taken.update(path for paths in groups for path in paths)
    alone = [[path] for path in files.values if path not in taken]
    gathered = [gather(files, paths) for paths in (*groups, *alone)]
    unions: dict[str, Project] = {}  # of folders
    for index in _tops(gathered, [*groups, *alone], len(stated)):
        project = gathered[index]
        if index >= len(groups):
            folder = folder_of(alone[index - len(groups)][0])
            if folder not in unions:
                unions[folder] = gather(files, files.beside(folder))
            title = "the compose files in this folder"
            project = Project(title, project.members, project.missing, complete=project.complete, around=unions[folder])
        yield project


def gather(files: Files, paths: Sequence[str]) -> Project:
    """The project of some files, with all that they include."""
    main: list[Member] = []
    included: list[Member] = []
    missing: list[Missing] = []
    complete = True
    base = folder_of(paths[0])
    pending = [(path, base, False) for path in paths]
    seen = set(paths)
    for path, folder, is_included in pending:  # grows while it is walked
        value = files.value(path)
        if value is None:
            complete = False
            continue
        member = Member(path, value, folder, files.variables(folder))
        (included if is_included else main).append(member)
        for at, target, target_folder in _includes(member) if "include" in value else ():
            if target is None or len(seen) >= MAX_MEMBERS:
                complete = False
            elif target not in files.corpus.tracked:
                complete = False
                if files.is_absent(target):
                    missing.append(Missing(member, at, target))
            elif target not in seen:
                seen.add(target)
                pending.append((target, target_folder, True))
    title = "this project" if len(paths) == 1 else f"the project of {', '.join(paths[:-1])} and {paths[-1]}"
    return Project(title, [*included, *main], missing, complete=complete)


def _includes(member: Member) -> Iterator[tuple[Path, str | None, str]]:
    """What a file includes: where it says so, the path, and the folder that the relative paths in there start at."""
    for index, entry in enumerate(sequence(member.value.get("include"))):
        at: Path = ("include", index)
        if isinstance(entry, str):
            path = located(entry, member.base, member.variables)
            yield at, path, folder_of(path or "")
            continue
        named = mapping(entry).get("path")
        texts = (
            [((*at, "path"), named)]
            if isinstance(named, str)
            else [((*at, "path", place), text) for place, text in enumerate(sequence(named))]
        )
        paths = [located(text, member.base, member.variables) for _, text in texts]
        folder = mapping(entry).get("project_directory")
        base = located(folder, member.base, member.variables) if folder else folder_of(paths[0] or "") if paths else ""
        for (place, _), path in zip(texts, paths, strict=True):
            yield place, path if base is not None else None, "" if base in (None, ".") else str(base)


def _configured(settings: Mapping[str, Any]) -> Iterator[list[str]]:
    for entry in sequence(settings.get("projects")):
        paths = [posixpath.normpath(path) for path in sequence(entry) if isinstance(path, str) and path]
        if paths:
            yield paths


def _by_variable(files: Files, folders: Mapping[str, Any]) -> Iterator[list[str]]:
    """What COMPOSE_FILE lists, in the folders of compose files and those above them."""
    above = {""}
    for folder in folders:
        while folder not in above:
            above.add(folder)
            folder = folder_of(folder)
    for folder in sorted(above):
        variables = files.variables(folder)
        listed = variables.get("COMPOSE_FILE")
        if listed:
            separator = variables.get("COMPOSE_PATH_SEPARATOR") or ":"
            paths = [located(text.strip(), folder, variables) for text in listed.split(separator) if text.strip()]
            if paths and None not in paths:
                yield [path for path in paths if path]


def _default(files: Files, folder: str) -> list[str] | None:
    """The default file of a folder, and its override."""
    prefix = f"{folder}/" if folder else ""
    for name in DEFAULTS:
        path = prefix + name
        if path in files.corpus.tracked:
            override = next((prefix + o for o in OVERRIDES if prefix + o in files.corpus.tracked), None)
            return [path, override] if override else [path]
    return None


def _tops(gathered: list[Project], roots: list[list[str]], stated: int) -> Iterator[int]:
    """The projects that no other one includes; of those that include each other, the first."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, project in enumerate(gathered):
        if len(project.paths) > len(roots[index]):
            for path in project.paths:
                holders[path].append(index)
    for index, paths in enumerate(roots):
        within = (other for other in holders[paths[0]] if other != index) if paths[0] in holders else ()
        if index < stated or not any(roots[other][0] not in gathered[index].paths or other < index for other in within):
            yield index
