"""`govern init`: the configuration and the hooks of a repository that had none."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from govern import __version__
from govern.cli.init.putting import put
from govern.kinds.task import archived_path, domain_folder
from govern.parse import read
from govern.session import Session, Unable
from govern.workspace.files import Absent, Unreadable, contents

HOOKS = {
    "govern-check": "the documents of the commit",
    "govern-references": "and that nothing refers to what the commit removes",
    "govern-compat": "the schemas of the commit, against those of the branch that it goes to",
    "govern-render": "and that what is rendered is neither edited nor behind its template",
}
HOOKS_FILE = ".pre-commit-config.yaml"
SOMEWHERE = "https://git.example.com/platform/govern"

CONFIG = """\
# What this repository does otherwise than govern's defaults. `govern explain config` lists every key.

# exclude = ["vendor/**"]             # not judged, beside what .gitignore names

# [files]                             # the kinds of files that no kind claims by name
# "docs/tasks/**" = "task"

# [rules]
# "task/prompt-leftover" = "error"    # error, warn or off; `govern explain RULE` says what each is for

"""
VOCABULARY = """\
[vocabulary]                          # closed lists: another word is a finding
task.domain = {domains}
"""
NO_VOCABULARY = """\
# [vocabulary]                        # closed lists: another word is a finding
# task.domain = {domains}
"""


class Source(NamedTuple):
    """Where pre-commit fetches our hooks from; `known` is False where that is for the reader to fill in."""

    repo: str
    rev: str
    known: bool


def set_up(session: Session) -> Iterator[str]:
    """Write what is missing; what was done, line by line."""
    hooks, said = _with_hooks(session)  # before anything is written: it may be impossible
    if session.config.document is not None:
        yield f"{session.config.document.path} is there already: left as it is"
    elif (session.root / "govern.toml").exists():
        yield "govern.toml is there already: left as it is"
    else:
        put(session.root, "govern.toml", _configuration(session))
        yield "wrote govern.toml"
    if hooks is not None:
        put(session.root, HOOKS_FILE, hooks)
    yield from said
    yield "what there is to mend: govern check"


# govern.toml


def _configuration(session: Session) -> str:
    domains = _domains(session)
    listed = json.dumps(domains or ["billing", "platform"], ensure_ascii=False)
    return CONFIG + (VOCABULARY if domains else NO_VOCABULARY).format(domains=listed)


def _domains(session: Session) -> list[str]:
    """The domains of the tasks, if those that lie in folders lie in that of their own, and no task has another; else
    none.
    """
    folders: set[str | None] = set()
    named = set()
    for record in session.repository.records("task"):
        domain = record.value.get("domain") if isinstance(record.value, dict) else None
        if archived_path(record.path):
            continue
        folder = domain_folder(record.path)
        if not isinstance(domain, str) or not domain or folder not in (None, domain):
            return []
        named.add(domain)
        folders.add(folder)
    return sorted(named) if named <= folders else []


# .pre-commit-config.yaml


def _with_hooks(session: Session) -> tuple[str | None, list[str]]:
    """The hooks' file with ours in it, None if it is to stay; and what to say."""
    path = session.root / HOOKS_FILE
    source = _source()
    try:
        data = contents(path)
    except Absent:
        data = b""
    except Unreadable as error:
        raise Unable(f"{HOOKS_FILE}: {error}") from None
    document = read(HOOKS_FILE, data, "yaml")
    value = document.value
    if document.reading.findings:
        first = document.reading.findings[0]
        place = f"{HOOKS_FILE}:{first.span.line}:{first.span.column}"
        raise Unable(f"{place}: {first.message}; mend it, then run: govern init")
    repos = value.get("repos") if isinstance(value, dict) else None
    if (value is not None and not isinstance(value, dict)) or not isinstance(repos, (list, type(None))):
        raise Unable(f"{HOOKS_FILE} holds no list of repos; mend it, then run: govern init")
    if any(hook in HOOKS for repo in repos or () for hook in _hooks(repo)):
        return None, [f"{HOOKS_FILE} names our hooks already: left as it is"]
    text = data.decode("utf-8-sig")
    expected = {**(value or {}), "repos": [*(repos or []), _entry(source)]}
    for candidate in (_inserted(text, repos, source, document), _dumped(text, source)):
        if candidate is not None and read(HOOKS_FILE, candidate.encode(), "yaml").value == expected:
            did = f"added {len(HOOKS)} hooks to {HOOKS_FILE}" if data else f"wrote {HOOKS_FILE}"
            return candidate, [did, *_next(source)]
    raise Unable(f"{HOOKS_FILE} cannot be added to; add by hand:\n{_block(source, '  ')}")


def _next(source: Source) -> Iterator[str]:
    if not source.known:
        yield f"  put the address of your copy of govern there, in the place of {source.repo}"
    yield "  then: pre-commit install"


def _source() -> Source:
    """Where this installation came from, if it was git; else somewhere."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        told = json.loads(distribution("govern-schemas").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        told = {}
    if isinstance(told, dict) and isinstance(told.get("vcs_info"), dict) and told["vcs_info"].get("vcs") == "git":
        rev = told["vcs_info"].get("requested_revision") or told["vcs_info"].get("commit_id")
        if isinstance(told.get("url"), str) and isinstance(rev, str):
            return Source(told["url"], rev, known=True)
    return Source(SOMEWHERE, f"v{__version__}", known=False)


def _hooks(repo: Any) -> Iterator[Any]:
    hooks = repo.get("hooks") if isinstance(repo, dict) else None
    for hook in hooks if isinstance(hooks, list) else ():
        if isinstance(hook, dict) and isinstance(hook.get("id"), str):
            yield hook["id"]


def _entry(source: Source) -> dict[str, Any]:
    return {"repo": source.repo, "rev": source.rev, "hooks": [{"id": hook} for hook in HOOKS]}


def _block(source: Source, indent: str) -> str:
    """Our entry as its lines, indented."""
    note = "" if source.known else "   # where you keep govern"
    width = max(map(len, HOOKS))
    lines = [f"- repo: {json.dumps(source.repo) if ' ' in source.repo else source.repo}{note}"]
    lines += [f"  rev: {source.rev}", "  hooks:"]
    lines += [f"    - id: {hook:<{width}}   # {what}" for hook, what in HOOKS.items()]
    return "".join(f"{indent}{line}\n" for line in lines)


def _inserted(text: str, repos: Any, source: Source, document: Any) -> str | None:
    """The text with our entry as the last of its repos, every other character as it was; None where its shape does
    not allow that.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if not repos:
        if document.value and "repos" in document.value:
            return None
        return end.join([*lines, "repos:", *_block(source, "  ").splitlines(), ""])
    first, last = document.span(("repos", 0)), document.span(("repos", len(repos) - 1))
    start = lines[first.line - 1]
    indent = start[: len(start) - len(start.lstrip())]
    if not start.startswith(f"{indent}- "):
        return None
    at = last.line  # the first line after the last entry's own
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith((indent + " ", indent + "\t"))):
        at += 1
    while not lines[at - 1].strip():
        at -= 1
    return end.join([*lines[:at], *_block(source, indent).splitlines(), *lines[at:], ""])


def _dumped(text: str, source: Source) -> str | None:
    """The same by ruamel.yaml, which keeps comments and order, but may lay out the file anew."""
    import io

    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        value = yaml.load(text)
        repos = value["repos"] if value["repos"] is not None else []
        if hasattr(repos, "fa"):
            repos.fa.set_block_style()
        value["repos"] = repos
        repos.append(_entry(source))
        result = io.StringIO()
        yaml.dump(value, result)
    except (YAMLError, TypeError, KeyError):
        return None
    return result.getvalue()
