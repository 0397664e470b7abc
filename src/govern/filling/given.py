"""Where values come from: words of the command line, files, the environment, the configuration."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from govern.filling.plan import Order
from govern.model.document import Reader
from govern.model.finding import Finding, found
from govern.model.location import Path as At
from govern.parse import read
from govern.rendering import rules
from govern.rendering.lock import NAME
from govern.rendering.tokens import Delimiters
from govern.rendering.values import Source
from govern.session import Unable
from govern.workspace.config import Config
from govern.workspace.files import Unreadable, contents

PREFIX = "GOVERN_VALUE_"

_READERS: dict[str, Reader] = {".json": "json", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}


def from_words(words: Iterable[str]) -> Source:
    """The values of some `NAME=VALUE`; the last one counts."""
    values = {}
    for word in words:
        name, _, value = word.partition("=")
        values[name] = _utf8(value, f"--set {name}")
    return Source("--set", values, textual=True, own=True)


def from_environment(environment: Mapping[str, str]) -> Source:
    """The values of the variables that begin with GOVERN_VALUE_."""
    values = {name[len(PREFIX) :]: _utf8(value, name) for name, value in environment.items() if name.startswith(PREFIX)}
    return Source("the environment", values, textual=True)


def from_files(names: Sequence[str], here: Path, root: Path) -> tuple[list[Source], list[Finding]]:
    """The values of some files, the last one first: it counts. And what is wrong with the files."""
    sources: list[Source] = []
    findings: list[Finding] = []
    for name in names:
        path = Path(os.path.normpath(here / name))
        shown = path.relative_to(root).as_posix() if root in path.parents else str(path)
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            raise Unable(f"--values {name}: name a .yaml, .json or .toml file")
        try:
            document = read(shown, contents(path), reader)
        except Unreadable as error:
            raise Unable(f"--values {name}: {error}") from None
        findings += document.reading.findings
        value = document.value
        if not document.reading.readable:
            continue
        if value is not None and not isinstance(value, dict):
            message = "a file of values must be a mapping of names to values"
            findings.append(found(rules.TYPE, shown, message, span=document.span()))
        elif value:
            sources.insert(0, Source(f"--values {name}", value, document, own=True))
    return sources, findings


def configured(config: Config) -> Source:
    """The values that the configuration gives to every template."""
    return Source("[values]", config.table("values"), config.document, ("values",))


def entries(config: Config, root: Path, delimiters: Delimiters | None) -> list[Order]:
    """What the configuration has rendered."""
    orders = []
    for index, entry in enumerate(config.items("render")):
        if not isinstance(entry, dict) or config.document is None:
            continue
        at: At = ("render", index)
        source = Source("[[render]]", entry.get("values", {}), config.document, (*at, "values"), own=True)
        pair = entry.get("delimiters")
        told = Delimiters(*pair) if pair else delimiters
        orders.append(Order(entry["template"], _tidy(entry["to"]), root, source, told, config.document, at))
    return orders


def concerns(path: str, orders: Sequence[Order]) -> bool:
    """May a change of this file matter to what is rendered? It is a target, a template, the record or a setting."""
    if path == NAME or path.endswith((".template.yaml", "govern.toml", "pyproject.toml")) or "/templates/" in path:
        return True
    places = [place for order in orders for place in (order.to, order.template) if place]
    return any(path == place or path.startswith(place + "/") for place in places)


def _tidy(path: str) -> str:
    """A path as it is recorded, so that `./a` and `a` are one; what cannot be a target stays, to be refused."""
    steps = path.split("/")
    if path.startswith("/") or ".." in steps:
        return path
    tidy = "/".join(step for step in steps if step not in ("", "."))
    return tidy + "/" if tidy and path.endswith("/") else tidy


def _utf8(text: str, what: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unable(f"the value of {what} is not UTF-8") from None
    return text
