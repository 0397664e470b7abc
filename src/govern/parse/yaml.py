"""YAML 1.2 → value and places, by readers with identical results: line by line where every line is whole in itself,
else libyaml, else ruamel.yaml. Each is imported only when a text needs it.
"""

from govern.model.document import Places, Reading
from govern.parse.lines import read_lines


def read_yaml(text: str, path: str, *, line: int = 1, tags: frozenset[str] = frozenset()) -> Reading:
    """The one YAML document of `text`, which begins in line `line` of the file `path`.

    `tags` are the tags of applications that are legal here, such as `!reset`.
    """
    text = text.replace("\r\n", "\n")
    value = read_lines(text)
    if value is not None:
        return Reading(value, lambda: _places(text, line))
    from govern.parse.libyaml import read_with_libyaml

    return read_with_libyaml(text, path, line=line, tags=tags)


def _places(text: str, line: int) -> Places:
    from govern.parse.libyaml import places_in

    return places_in(text, line)
