"""libyaml reads most YAML, but only ever accepts: what it refuses, or may read otherwise than YAML 1.2 has it, goes to
ruamel.yaml, which explains.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from yaml.error import YAMLError

from govern.model.document import Places, Reading
from govern.model.pattern import pattern
from govern.parse import rules
from govern.parse.nodes import Point, Unreadable
from govern.parse.values import places_of, reading, unreadable

# ruamel.yaml takes 1 to 2 µs for a character of people's documents and up to 10 µs for hostile ones: 1.5 s for this
# many.
MAX_CAREFUL = 150_000

# Where libyaml and YAML 1.2 may differ: names of anchors and aliases that go on, tags that stop short or precede an
# anchor, either before a `:` that touches text, comments that touch a block scalar's header, `?` in flow collections,
# directives, document ends. Too wide is slow, too narrow is wrong.
_UNUSUAL = pattern(
    r"[&*!|>%.\[{,]"
    r"(?:(?<=[&*])(?<![^\s\[{,:?-].)[\w-]+[^\w \n,\]}-]"
    r"|(?<=!)(?<![^\s\[{,:?-].)(?!!?[A-Za-z]*+(?: *+\n(?!\s*[&#])| ++[^\s&#]))"
    r"|(?<=[&*!])(?<![^\s\[{,:?-].)[\w!-]*+\s++:\S"
    r"|(?<=[|>])[-+0-9]*#"
    r"|(?<=[\[{,])(?:\s++|#[^\n]*+)*+\?"
    r"|(?<=^[%.]))",
    re.MULTILINE,
)


class _Doubt(Exception):
    """What libyaml may read otherwise than YAML 1.2 has it begins at this index."""

    def __init__(self, index: int) -> None:
        self.index = index


def read_with_libyaml(text: str, path: str, *, line: int, tags: frozenset[str]) -> Reading:
    """What `govern.parse.yaml.read_yaml` returns, for a text that takes a YAML reader and has LF line ends."""
    try:
        if not _UNUSUAL.search(text):
            from govern.parse.quick import Unusual, read_quickly

            try:
                value = read_quickly(text)
            except Unusual:
                pass
            else:
                return Reading(value, lambda: places_in(text, line))
        return reading(_events, text, path, line=line, tags=tags)
    except (YAMLError, Unreadable, _Doubt, ImportError, ValueError) as error:
        bound = isinstance(error, Unreadable) and error.rule is not rules.YAML_SYNTAX
        if bound or len(text) > MAX_CAREFUL:
            return unreadable(_reason(error, text), path, line)
    from govern.parse.careful import read_carefully

    return read_carefully(text, path, line=line, tags=tags)


def places_in(text: str, line: int) -> Places:
    """The places of a text that is known to be YAML."""
    try:
        return places_of(_events, text, line)
    except (YAMLError, Unreadable, _Doubt, ImportError, ValueError):
        from govern.parse.careful import events

        return places_of(events, text, line)


def _events(text: str) -> Iterator[Any]:
    """libyaml's events; ImportError where PyYAML was built without it."""
    from yaml._yaml import CParser

    unusual = _UNUSUAL.search(text)
    if unusual:
        raise _Doubt(unusual.start())
    events: Iterator[Any] = iter(CParser(text).get_event, None)
    head = list(islice(events, 3))
    if getattr(head[-1], "style", None) in ("|", ">"):  # at the root, text may begin in the first column
        raise _Doubt(head[-1].start_mark.index)
    return chain(head, events)


def _reason(error: Exception, text: str) -> Unreadable:
    """Why a text that is too large to be read carefully cannot be read."""
    if isinstance(error, Unreadable):
        return error
    if hasattr(error, "problem_mark"):
        from govern.parse.explain import explain

        return explain(error, text)
    index = error.index if isinstance(error, _Doubt) else 0
    mark = Point(text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1)
    message = f"what begins here is read only in texts of up to {MAX_CAREFUL:,} characters"
    return Unreadable(rules.YAML_TOO_LARGE, message, mark, hint="quote the value, or split the file")
