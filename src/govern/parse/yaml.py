"""YAML 1.2 → value and places, by readers with identical results.

Lines that mean the same to everyone are read without a library. libyaml reads most of the rest, but only ever accepts: whatever
it refuses, or may read otherwise than YAML 1.2 has it, goes to ruamel.yaml, which explains.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from govern.model.document import Places, Reading
from govern.parse.lines import read_lines
from govern.parse.nodes import Unreadable
from govern.parse.values import places_of, reading

# Where libyaml and YAML 1.2 may differ: names of anchors and aliases that go on, tags that stop short or precede an anchor,
# comments that touch a block scalar's header, directives, document ends. Too wide is slow, too narrow is wrong.
_UNUSUAL = re.compile(
    r"[&*!|>%.]"
    r"(?:(?<=[&*])[\w-]+[^\w \n,\]}-]"
    r"|(?<=!)(?!!?[A-Za-z]*(?: *\n| +[^ &]))(?<=[ \n\[{,:?-]!)"
    r"|(?<=[|>])[-+0-9]*#"
    r"|(?<=^[%.]))",
    re.MULTILINE,
)


def read_yaml(text: str, path: str, *, line: int = 1, tags: frozenset[str] = frozenset()) -> Reading:
    """The one YAML document of `text`, which begins in line `line` of the file `path`.

    `tags` are the tags of applications that are legal here, such as `!reset`.
    """
    text = text.replace("\r\n", "\n")
    value = read_lines(text)
    if value is not None:
        return Reading(value, lambda: _places(text, line))
    if not _UNUSUAL.search(text):
        from yaml.error import YAMLError

        try:
            return reading(_events, text, path, line=line, tags=tags)
        except (YAMLError, Unreadable, ImportError, ValueError):
            pass  # the careful path says what is wrong
    from govern.parse.careful import read_carefully

    return read_carefully(text, path, line=line, tags=tags)


def _places(text: str, line: int) -> Places:
    try:
        return places_of(_events, text, line)
    except ImportError:
        from govern.parse.careful import events

        return places_of(events, text, line)


def _events(text: str) -> Iterator[Any]:
    """libyaml's events; ImportError where PyYAML was built without it, Unreadable for what it reads otherwise."""
    from yaml._yaml import CParser

    events: Iterator[Any] = iter(CParser(text).get_event, None)
    head = list(islice(events, 3))
    if getattr(head[-1], "style", None) in ("|", ">"):  # at the root, text may begin in the first column
        raise Unreadable(None, "", None)
    return chain(head, events)
