"""What does a service take over from the one that it extends?"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from govern.kinds.compose.files import Files, folder_of, located
from govern.kinds.compose.interpolation import resolve
from govern.kinds.compose.parts import mapping
from govern.kinds.compose.project import Member, Project

MAX_CHAIN = 50  # of services that extend each other; Compose refuses a cycle, real chains have three links


class Extended(NamedTuple):
    """What `extends` names. `member` is the file that must have the service: None where that is out of reach."""

    service: str | None
    file: str | None
    member: Member | None


def extended(files: Files, member: Member, workload: dict[str, Any]) -> Extended | None:
    """What a service extends; `file` is None where that is in the same file."""
    extends = workload.get("extends")
    text = extends.get("service") if isinstance(extends, dict) else extends
    name = resolve(text, member.variables) if isinstance(text, str) else None
    file = extends.get("file") if isinstance(extends, dict) else None
    if file is None:
        return Extended(name, None, member) if name else None
    path = located(file, member.base, member.variables)
    value = files.value(path) if path and path in files.corpus.tracked else None
    if path is None or value is None:
        return Extended(name, path or "", None)
    return Extended(name, path, Member(path, value, folder_of(path), member.variables))


def bases(files: Files, member: Member, workload: dict[str, Any]) -> Iterator[tuple[Member, dict[str, Any]]]:
    """The services that a service builds upon, the nearest first, with the files they stand in."""
    seen: list[dict[str, Any]] = [workload]
    while len(seen) < MAX_CHAIN and "extends" in workload:
        link = extended(files, member, workload)
        if link is None or link.member is None or link.service is None:
            return
        member = link.member
        inherited = mapping(member.value.get("services")).get(link.service)
        if inherited is None:
            inherited = mapping(member.value.get("jobs")).get(link.service)
        if not isinstance(inherited, dict) or any(inherited is other for other in seen):
            return
        seen.append(inherited)
        yield member, inherited
        workload = inherited


def layers(files: Files, project: Project, name: str) -> list[dict[str, Any]]:
    """What there is to a service, from what it builds upon to what the last file says."""
    result: list[dict[str, Any]] = []
    for member, service in project.services(name):
        result += [base for _, base in bases(files, member, service)][::-1]
        result.append(service)
    return result
