"""Versioned JSON Schemas for the documents of a platform, enforced where they change.

The functions here are what the command line does, for programs. `govern.models` holds typed views of the built-in
kinds. Importing this module costs nothing; what a call needs is imported by the call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from govern.model.finding import Finding

__all__ = ["check", "check_text"]
__version__ = "0.1.0"


def check(
    path: str | PathLike[str],
    *,
    kind: str | None = None,
    config: str | PathLike[str] | None = None,
    today: str | None = None,
) -> list[Finding]:
    """What is wrong with a file, or with the tracked files below a folder, ordered by file and place.

    The configuration and the schemas are those of the repository around `path`. `kind` forces one, such as `task` or
    `task@2`; `config` names another `govern.toml`; `today` is the date that ignores and waivers are held against
    (YYYY-MM-DD, by default the UTC date). Raises `govern.session.Unable` where there is nothing to judge by: a path
    that does not exist, a configuration that cannot be read.
    """
    from pathlib import Path

    from govern.session import Unable, session_for
    from govern.workspace.repository import expand

    here = Path.cwd()
    session = session_for([path], here, config=Path(config) if config else None, today=today)
    paths, missing = expand(session.root, [str(path)], session.repository.paths, here)
    if missing:
        raise Unable(f"{path}: no such file or folder")
    return session.check(paths, named=kind).findings


def check_text(
    text: str,
    *,
    kind: str,
    path: str | PathLike[str] | None = None,
    config: str | PathLike[str] | None = None,
    today: str | None = None,
) -> list[Finding]:
    """What is wrong with a text that is, or will be, a document of a kind, ordered by place.

    `path` is where it lies or will lie: findings name it, rules about names and folders look at it, and its
    repository's configuration and schemas count; without it, those around the working directory. The rest is as in
    `check`.

    >>> [(finding.rule, finding.span.line) for finding in check_text("services: {web: {imgae: nginx}}", kind="compose")]
    [('schema/unknown-key', 1)]
    """
    import os
    from pathlib import Path

    from govern.session import session_for

    here = Path.cwd()
    session = session_for([path or "."], here, config=Path(config) if config else None, today=today)
    name = "text"
    if path is not None:
        full = Path(os.path.normpath(here / path))
        name = full.relative_to(session.root).as_posix() if session.root in full.parents else str(full)
    return session.check([name], named=kind, data=text.encode("utf-8", "surrogatepass")).findings
