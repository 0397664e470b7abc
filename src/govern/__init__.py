"""Versioned JSON Schemas for the documents of a platform, enforced where they change.

The functions here are what the command line does, for programs. `govern.models` holds typed views of the built-in
kinds. Importing this module costs nothing; what a call needs is imported by the call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from govern.model.finding import Finding
    from govern.model.verdict import Breaking, Compatible, Direction, Formats, OpenContent, Undecided
    from govern.rendering.alone import Unrendered

__all__ = [
    "Breaking",
    "Compatible",
    "Undecided",
    "Unrendered",
    "check",
    "check_text",
    "compare",
    "render",
    "render_text",
]
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
    from govern.workspace.named import expand

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


def compare(
    old: Any,
    new: Any,
    *,
    direction: Direction = "backward",
    open_content: OpenContent = "lenient",
    formats: Formats = "assert",
    dialect: str | None = None,
) -> Compatible | Breaking | Undecided:
    """Does every value that the writer's schema admits pass the reader's?

    `old` and `new` are JSON Schemas as Python values. Backward: documents written under `old` are read under `new`;
    forward: the reverse. `open_content="lenient"` assumes that producers send no properties which their schema does
    not declare; `formats="annotate"` gives `format` no force. `dialect`, a meta-schema URI, is used where a schema
    has no `$schema`; without either it is 2020-12. References lead into the schemas themselves and to the `$id`s of
    the schemas in the repository around the working directory and of the built-in ones; nothing is ever fetched.

    `Breaking.witness` is a value that the writer's schema admits and the reader's refuses, confirmed by two
    validators. Raises `govern.validator.Unusable` where a schema breaks its meta-schema or a reference leads nowhere.

    >>> compare({"enum": ["open", "closed"]}, {"enum": ["open"]})
    Breaking(witness='closed', kind='strict')
    >>> compare({"type": "integer"}, {"type": "number"})
    Compatible()
    """
    from govern.compat.compare import Source, decide
    from govern.validator import references

    resources: dict[str, Any] = {}
    if references(old) or references(new):
        from pathlib import Path

        from govern.session import session_for

        by_id = session_for([], Path.cwd()).registry.by_id()
        resources = {uri: schema.contents for uri, schema in by_id.items()}
    sources = (Source(contents, resources, dialect) for contents in (old, new))
    return decide(*sources, direction=direction, open_content=open_content, formats=formats)


def render(
    template: str | PathLike[str],
    values: Mapping[str, Any],
    *,
    delimiters: tuple[str, str] | None = None,
    config: str | PathLike[str] | None = None,
) -> str:
    """The text of a template of one file with `values` in place of its tokens.

    `template` is what the command line takes: `KIND/NAME`, `KIND/NAME@MAJOR`, `KIND/NAME@1.2.0`, or a path. Values have
    the types of the template's holes. What `values` lacks comes from GOVERN_VALUE_… in the environment, from `[values]`
    in the configuration of the repository around the working directory, and from the template's defaults. Nothing is
    written. Raises `Unrendered`, with the findings, where anything is wrong, and `govern.session.Unable` where there is
    no such template.
    """
    from pathlib import Path

    from govern.filling.alone import rendered

    return rendered(template, values, delimiters=delimiters, config=Path(config) if config else None)


def render_text(
    text: str, values: Mapping[str, Any], *, path: str = "template.md", delimiters: tuple[str, str] = ("<<", ">>")
) -> str:
    """A text with `values` in place of its tokens, each of which must have one.

    The ending of `path` says what the text is: in YAML, JSON and the front matter of markdown a value is written so
    that it loads back as itself. Nothing is opened. Raises `Unrendered`, with the findings, where anything is wrong.

    >>> render_text("name: <<NAME>>", {"NAME": "R&D: #1"}, path="team.yaml")
    "name: 'R&D: #1'"
    """
    from govern.rendering.alone import rendered_text

    return rendered_text(text, values, path=path, delimiters=delimiters)


def __getattr__(name: str) -> Any:
    if name in ("Breaking", "Compatible", "Undecided"):
        from govern.model import verdict

        return getattr(verdict, name)
    if name == "Unrendered":
        from govern.rendering.alone import Unrendered

        return Unrendered
    raise AttributeError(f"module 'govern' has no attribute {name!r}")
