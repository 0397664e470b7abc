"""The repository's `govern.toml`, or `[tool.govern]` in its pyproject.toml, and the defaults that organisation
packages bring.
"""

from pathlib import Path
from typing import Any, NamedTuple

from govern.model.document import Document
from govern.parse import read
from govern.workspace.files import Unreadable, contents


class Config(NamedTuple):
    """What the repository says, as plain values: the tables of `govern.toml` as its schema describes them.

    `document` is the file they come from, None without one. `anchor` is the folder that the file lies in.
    """

    values: dict[str, Any]
    document: Document | None
    anchor: Path

    def table(self, name: str) -> dict[str, Any]:
        """One table; empty if the file has none."""
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}

    def items(self, name: str) -> list[Any]:
        """One array; empty if the file has none."""
        value = self.values.get(name)
        return value if isinstance(value, list) else []


def find(start: Path, root: Path) -> Config:
    """The nearest configuration from `start` up to `root`."""
    for folder in (start, *start.parents):
        if root != folder and root not in folder.parents:
            break
        for name in ("govern.toml", "pyproject.toml"):
            if (folder / name).is_file():
                config = load(folder / name, root)
                if name == "govern.toml" or config.document is not None:
                    return config
    return Config({}, None, root)


def load(path: Path, root: Path) -> Config:
    """The configuration in one file. Unreadable if it cannot be opened."""
    shown = path.relative_to(root).as_posix() if root in path.parents else str(path)
    data = contents(path)
    if path.name == "pyproject.toml":
        if b"tool.govern" not in data:
            return Config({}, None, path.parent)
        document = read(shown, data, "toml")
        tool = document.value.get("tool") if isinstance(document.value, dict) else None
        table = tool.get("govern") if isinstance(tool, dict) else None
        if document.reading.readable and table is None:
            return Config({}, None, path.parent)
        below = Document(shown, "toml", document.text, _below(document, ("tool", "govern"), table))
        return Config(table if isinstance(table, dict) else {}, below, path.parent)
    document = read(shown, data, "toml")
    return Config(document.value if isinstance(document.value, dict) else {}, document, path.parent)


def defaults(folder: Path, shown: str) -> Document | None:
    """The default configuration that a package carries beside its `schemas/`; None if it has none. Findings call it
    `shown`.
    """
    path = folder.parent / "govern.toml"
    try:
        return read(shown, contents(path), "toml") if path.is_file() else None
    except Unreadable:
        return None


def merged(default: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """`own` over `default`: tables key by key, lists of globs one after the other, everything else replaced."""
    result = dict(default)
    for key, value in own.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            # the repository's own globs come first: the first match wins
            result[key] = (
                value | {k: v for k, v in result[key].items() if k not in value}
                if key == "files"
                else merged(result[key], value)
            )
        elif key in ("exclude", "waive") and isinstance(value, list) and isinstance(result.get(key), list):
            result[key] = [*result[key], *value]
        else:
            result[key] = value
    return result


def _below(document: Document, prefix: tuple[str, ...], value: Any) -> Any:
    """The reading of one table of a document, as if it were the whole."""
    places = {path[len(prefix) :]: place for path, place in document.places.items() if path[: len(prefix)] == prefix}
    return document.reading._replace(value=value, places=lambda: places)
