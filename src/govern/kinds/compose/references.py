"""Do the names that services use, and the files that the project is made of, exist?"""

from collections.abc import Iterator
from typing import NamedTuple

from govern.kinds.compose import rules, spelling
from govern.kinds.compose.extension import bases, extended
from govern.kinds.compose.files import Files
from govern.kinds.compose.force import in_force
from govern.kinds.compose.parts import mapping, workloads
from govern.kinds.compose.project import Member, Project
from govern.kinds.compose.uses import Use, uses
from govern.model.finding import Finding, found
from govern.model.location import Path

RULES = {
    "services": rules.SERVICE_UNKNOWN,
    "networks": rules.NETWORK_UNKNOWN,
    "volumes": rules.VOLUME_UNKNOWN,
    "secrets": rules.SECRET_UNKNOWN,
    "configs": rules.CONFIG_UNKNOWN,
    "models": rules.MODEL_UNKNOWN,
}
MAX_LISTED = 6  # services in a hint


class Dangling(NamedTuple):
    """A use that leads nowhere. `among` are the names that there are, `base` is the file that it came from."""

    use: Use
    among: frozenset[str]
    base: str = ""


def check(files: Files, project: Project) -> Iterator[Finding]:
    """What in the files of a project leads nowhere?"""
    for missing in project.missing:
        yield _missing(files, missing.member, missing.at, missing.path, "included")
    for member in project.members:
        for at, workload in workloads(member.value):
            if "extends" in workload:
                yield from _extension(files, project, member, at, workload)
            if project.complete:
                for use in uses(workload, at, member.variables):
                    among = _known(project, use.section)
                    if among is not None and use.name not in among and in_force(files, project, member, use.at):
                        yield _unknown(files, project, member, Dangling(use, among))


def _known(project: Project, section: str) -> frozenset[str] | None:
    names = project.names(section)
    if section != "services" or names is None:
        return names
    return names | (project.names("jobs") or frozenset())


def _extension(
    files: Files, project: Project, member: Member, at: Path, workload: dict[str, object]
) -> Iterator[Finding]:
    """Is what a service extends there, and does the project have what it takes over from another file?"""
    link = extended(files, member, workload)
    if link is None:
        return
    at = (*at, "extends")
    details = isinstance(workload["extends"], dict)
    if link.member is None:
        if link.file and link.file not in files.corpus.tracked:
            yield _missing(files, member, (*at, "file"), link.file, "extended")
        return
    names = frozenset(mapping(link.member.value.get("services"))) | frozenset(mapping(link.member.value.get("jobs")))
    if link.service and link.service not in names and not ("{{" in link.service or "<<" in link.service):
        use = Use("services", link.service, (*at, "service") if details else at)
        yield _unknown(files, project, member, Dangling(use, names, base=link.file or member.path))
        return
    for base, inherited in bases(files, member, workload) if link.file and project.complete else ():
        for use in uses(inherited, at, base.variables) if base.path not in project.paths else ():
            among = _known(project, use.section)
            if among is not None and use.name not in among:
                yield _unknown(files, project, member, Dangling(use._replace(at=at, key=True), among, base=base.path))


def _unknown(files: Files, project: Project, member: Member, dangling: Dangling) -> Finding:
    use, among, base = dangling
    what = use.section.removesuffix("s")
    message = f"{use.name} is no {what} of {project.title}"
    if use.at[-1] == "extends" and use.key:
        message = f"{use.name}, which comes with the service in {base}, is no {what} of {project.title}"
    elif base:
        message = f"there is no service {use.name} in {base}"
    near = spelling.nearest(use.name, among)
    if near:
        hint: str | None = f"did you mean {near}?"
    elif use.section == "services":
        hint = f"it has {', '.join(sorted(among)[:MAX_LISTED])}" if 0 < len(among) <= MAX_LISTED else None
    else:
        hint = f"declare it under {use.section} at the top level"
    fix = spelling.renamed(files, member.path, use.at, use.name, near, key=use.key) if near else None
    span = files.span(member.path, use.at, key=use.key)
    return found(RULES[use.section], member.path, message, span=span, at=use.at, hint=hint, fix=fix, about=use.name)


def _missing(files: Files, member: Member, at: Path, path: str, how: str) -> Finding:
    message = f"{path} is {how}, but not tracked"
    near = spelling.nearest(path, [other for other in files.values if other != member.path])
    hint = f"did you mean {near}?" if near else "add it to the repository, or correct the path"
    span = files.span(member.path, at)
    return found(rules.INCLUDE_MISSING, member.path, message, span=span, at=at, hint=hint, about=path)
