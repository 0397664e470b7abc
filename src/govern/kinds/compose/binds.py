"""Do the host paths that services mount exist among the tracked files?

Not every path that is missing is a mistake. Compose makes a folder for data, `.gitignore` says which ones nobody
tracks on purpose, and keys, certificates and `.env` files are kept out of repositories. What remains is a file or a
folder that someone moved, or misspelled.
"""

import re
from collections.abc import Iterator

from govern.kinds.compose import mounts
from govern.kinds.compose.files import Files, located
from govern.kinds.compose.force import in_force
from govern.kinds.compose.parts import sequence, workloads
from govern.kinds.compose.project import Member, Project
from govern.kinds.compose.rules import BIND_MISSING
from govern.kinds.compose.spelling import nearest
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.pattern import pattern

# What is kept out of repositories on purpose, and what containers write.
_UNTRACKED = pattern(r"(?:^|/)\.env[^/]*\Z|\.(?:env|pem|key|crt|cer|p12|jks|pfx|htpasswd|sock|log|pid|db|sqlite3?)\Z")
_STATE = pattern(
    r"(?:^|[/._-])(?:\w*data|db|database|logs?|cache|te?mp|run|state|storage|store|volumes?|backups?|dumps?|uploads?"
    r"|media|downloads?|certs?|ssl|tls|secrets?|keys|letsencrypt|acme|config|output|results|reports|models|workspace"
    r"|home|root|lib)(?:[/._-]|\Z)",
    re.IGNORECASE,
)
# A name with an ending; `conf.d` is a folder.
_FILE = pattern(r"[^/.][^/]*\.(?!d\Z)[A-Za-z][A-Za-z0-9]{0,9}\Z")


def check(files: Files, project: Project) -> Iterator[Finding]:
    """Which mounted paths are missing by mistake?"""
    for member in project.members:
        for at, workload in workloads(member.value):
            for index, item in enumerate(sequence(workload.get("volumes"))):
                mount = mounts.parse(item, member.variables)
                if mount is None or mount.kind != "bind" or not mount.source:
                    continue
                path = _repository_path(mount.source, member)
                if path is None or files.corpus.has(path) or not files.is_absent(path):
                    continue
                place: Path = (*at, "volumes", index, "source") if isinstance(item, dict) else (*at, "volumes", index)
                if _is_mistake(files, path, mount) and in_force(files, project, member, place):
                    yield _finding(files, member, place, path)


def _repository_path(source: str, member: Member) -> str | None:
    """The path of the repository that a source means; None if it is none. Most sources are `./name`."""
    if source.startswith("./") and "." not in source[2:3] and "//" not in source and "/." not in source[2:]:
        return (f"{member.base}/{source[2:]}" if member.base else source[2:]).rstrip("/") or None
    path = located(source, member.base, {})
    return None if path == "." else path  # the root is always there


def _is_mistake(files: Files, path: str, mount: mounts.Mount) -> bool:
    if _UNTRACKED.search(path) or files.is_ignored(path):
        return False
    if not mount.made or not mount.writable or _FILE.search(path) or _FILE.search(mount.target or ""):
        return True
    return not _STATE.search(path) and not _STATE.search(mount.target or "")


def _finding(files: Files, member: Member, at: Path, path: str) -> Finding:
    folder, slash, name = path.rpartition("/")
    near = nearest(name, files.inside(folder))
    message = f"{path} is mounted, but not tracked"
    hint = "add it, correct the path, or list it in .gitignore if it is made later"
    if near:
        hint = f"did you mean {folder}{slash}{near}?"
    return found(BIND_MISSING, member.path, message, span=files.span(member.path, at), at=at, hint=hint, about=path)
