"""The value of a YAML text in one go: libyaml composes it in C, and whatever needs explaining is left to others.

Places are not kept: they are found again, from the events, when someone asks.
"""

import re
from typing import Any

from yaml._yaml import CParser
from yaml.error import YAMLError

from govern.parse.bounds import MAX_DEPTH
from govern.parse.scalars import MERGE, NotFinite, plain

MAX_CHARACTERS = 400_000  # composing at once takes a hundred bytes of memory for each
MAX_VALUES = 30_000  # aliases expanded; where there are more, they are counted with more care

# libyaml composes by recursion in C, and crashes the process somewhere between 5,000 and 50,000 levels. Each level
# takes a bracket, a dash, a question mark or a column of indentation.
MAX_BRACKETS = 1_000
_DEEP = re.compile(r"^[ :?-]{400}", re.MULTILINE)
_TAG = re.compile(r"(?:^|[\s,\[{:])!", re.MULTILINE)
_OTHER_BREAKS = re.compile("[\r\x85\u2028\u2029\ufeff]")


class Unusual(Exception):
    """Errors, tags, duplicate keys, numbers that are not finite: it takes more than a look."""


class _Composer(CParser):
    """libyaml's parser and composer without a resolver: what a scalar means is for `scalars.plain` to say."""

    def resolve(self, kind: type, value: str, implicit: object) -> str:
        return ""

    def descend_resolver(self, node: object, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def read_quickly(text: str) -> Any:
    """The value of the one document of `text`; Unusual where that takes explaining."""
    if len(text) > MAX_CHARACTERS or text.count("[") + text.count("{") > MAX_BRACKETS or _DEEP.search(text):
        raise Unusual
    if ("!" in text and _TAG.search(text)) or _OTHER_BREAKS.search(text):
        raise Unusual
    try:
        root: Any = _Composer(text).get_single_node()
    except (YAMLError, ValueError) as error:
        raise Unusual from error
    if root is None or root.id == "scalar":
        raise Unusual
    return _value(root, 0, [MAX_VALUES])


def _value(node: Any, depth: int, budget: list[int]) -> Any:
    kind = node.id
    if kind == "scalar":
        if node.style:
            return node.value
        value = plain(node.value)
        if value.__class__ is NotFinite:
            raise Unusual
        return value
    budget[0] -= len(node.value)
    if budget[0] < 0 or depth > MAX_DEPTH:
        raise Unusual
    if kind == "sequence":
        return [_value(item, depth + 1, budget) for item in node.value]
    own: dict[str, Any] = {}
    inherited: dict[str, Any] = {}
    keys = 0
    for key, item in node.value:
        name = key.value
        if key.id != "scalar" or not name:
            raise Unusual
        if name == MERGE and not key.style:
            for source in item.value if item.id == "sequence" else (item,):
                if source.id != "mapping" or inherited:
                    raise Unusual
                inherited = _value(source, depth + 1, budget)
            continue
        keys += 1
        own[name] = _value(item, depth + 1, budget)
    if keys != len(own) or len(node.value) > keys + 1:
        raise Unusual
    return inherited | own if inherited else own
