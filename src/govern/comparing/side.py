"""The schemas of one revision: which files hold them, what they say, and what they lead to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from re import Pattern

from govern.compat.versions.held import Held, held
from govern.compat.versions.names import LISTED, is_meant, suggestion
from govern.compat.versions.reach import Reach, Resource, reach
from govern.model.document import Document, Reader, Reading
from govern.model.finding import found
from govern.model.unable import Unable
from govern.parse import read, rules
from govern.rendering.interface import interface
from govern.workspace.files import Unreadable
from govern.workspace.revisions import Revision


def means(name: str, file: Held) -> bool:
    """Does a SUBJECT mean a file: by its name, its kind, its version, its path or a folder around it?"""
    name = name.removeprefix("./").rstrip("/")
    return is_meant(name, file) or f"{file.path}/".startswith(name + "/")


def require_known(names: Iterable[str], files: Sequence[Held]) -> None:
    """Refuse a SUBJECT that means none of the files."""
    for name in names:
        if not any(means(name, file) for file in files):
            hint = suggestion(name, files)
            if hint is None and name.endswith((".json", ".yaml", ".yml")):
                hint = "two files that exist are compared by `govern compat OLD NEW`"
            raise Unable(f"there is no schema {name} here; {hint or LISTED}")


class Side:
    """The schemas of one revision.

    `searched` says that every file of it may be one that others refer to by its `$id`, whatever it is called.
    """

    def __init__(
        self,
        revision: Revision,
        shelves: Sequence[str],
        excluded: Pattern[str],
        others: Callable[[], dict[str, object]],
        *,
        searched: bool = False,
    ) -> None:
        self.revision = revision
        self.files: dict[tuple[bool, str], list[Held]] = {}
        for path in revision.paths():
            file = held(path, shelves)
            if file and not excluded.match(path):
                self.files.setdefault((file.exact, file.subject), []).append(file)
        self._templates = {file.path: file.name for file in self.all() if file.is_template}
        for several in self.files.values():
            several.sort(key=lambda file: file.rank)
        self._others = others
        self._searched = searched
        self._documents: dict[str, Document] = {}
        self._by_id: dict[str, Resource] | None = None
        self._reaches: dict[str, Reach] = {}

    def all(self) -> Iterator[Held]:
        for several in self.files.values():
            yield from several

    def document(self, path: str) -> Document:
        """A file, read. What keeps it from being opened is a finding of it."""
        if path not in self._documents:
            try:
                document = read(path, self.revision.read(path), _reader(path))
                self._documents[path] = (
                    interface(document, self._templates[path]) if path in self._templates else document
                )
            except Unreadable as error:
                finding = found(rules.UNREADABLE, path, f"the file cannot be opened: {error}")
                self._documents[path] = Document(path, "json", "", Reading(None, dict, (finding,), readable=False))
        return self._documents[path]

    def reach(self, file: Held) -> Reach:
        """A schema with all that it leads to, within this revision, the installed packages and the built-in schemas."""
        if file.path not in self._reaches:
            value = self.document(file.path).value
            self._reaches[file.path] = reach(value, file.path, self._named, self._placed)
        return self._reaches[file.path]

    def _named(self, uri: str) -> Resource | None:
        if self._by_id is None:
            paths = self.revision.paths() if self._searched else [file.path for file in self.all()]
            self.revision.fetch(paths)
            self._by_id = {}
            for path in paths:
                value = self.document(path).value
                own = value.get("$id", value.get("id")) if isinstance(value, dict) else None
                if isinstance(own, str):
                    self._by_id.setdefault(own.partition("#")[0], Resource(value, path))
            for own, contents in self._others().items():
                self._by_id.setdefault(own, Resource(contents, None))
        return self._by_id.get(uri)

    def _placed(self, path: str) -> Resource | None:
        document = self.document(path)
        return Resource(document.value, path) if document.reading.readable else None


def _reader(path: str) -> Reader:
    return "yaml" if path.endswith((".yaml", ".yml")) else "json"
