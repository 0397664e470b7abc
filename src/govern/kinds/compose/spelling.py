"""Which of the names that exist was meant?"""

from collections.abc import Collection

from govern.kinds.compose.files import Files
from govern.model import spelling
from govern.model.finding import Edit, Fix
from govern.model.location import Path

SHORTEST = 4  # letters of a name that is mended; in shorter ones a slip is a guess
MAX_NAMES = 200  # to compare a word with; more make a file with thousands of mistakes slow


def nearest(word: str, names: Collection[str]) -> str | None:
    """The one name that `word` is most likely a slip of; None if there is none, or there are several.

    Digits are no slips: worker-1 is never meant by worker-2.

    >>> nearest("databse", ["database", "web"]), nearest("worker-2", ["worker-1"])
    ('database', None)
    """
    if len(names) > MAX_NAMES:
        return None
    near = spelling.nearest(word, (name for name in names if _digits(name) == _digits(word)))
    return near[0] if len(near) == 1 else None


def renamed(files: Files, path: str, at: Path, old: str, new: str, *, key: bool) -> Fix | None:
    """The fix that writes `new` for the name with which a value, or a key, begins; None unless it is certain."""
    document = files.document(path)
    place = document.places.get(at) if document else None
    span = (place.key if key else place.value) if place else None
    if document is None or span is None or not is_slip(old, new):
        return None
    source = document.at(span)
    start = source.find(old)
    if source.count(old) != 1 or source[:start].lstrip("\"'") not in ("", "service:") or "\n" in source:
        return None
    if not files.stands_once(path, span, key=key):
        return None  # an alias or a merge: it counts elsewhere too
    column = span.column + start
    return Fix(f"write {new}", (Edit(span._replace(column=column, end_column=column + len(old)), new),))


def is_slip(word: str, name: str) -> bool:
    """Is one the other with a letter too many, or with two neighbours swapped? Another letter may mean another thing.

    >>> is_slip("databsae", "database"), is_slip("databas", "database"), is_slip("worker-a", "worker-b")
    (True, True, False)
    """
    if len(word) > len(name):
        word, name = name, word
    if len(word) < SHORTEST:
        return False
    index = next((i for i, letter in enumerate(word) if letter != name[i]), len(word))
    if len(word) < len(name):
        return word[index:] == name[index + 1 :]
    return word[index : index + 2] == name[index : index + 2][::-1] and word[index + 2 :] == name[index + 2 :]


def _digits(word: str) -> str:
    return "".join(character for character in word if character.isdigit())
