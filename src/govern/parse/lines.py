"""The YAML that needs no YAML reader: block mappings and lists whose every line is whole in itself.

Most front matter and most compose files are written so. What these lines say, every YAML reader says too; anything else
(anchors, tags, block scalars, values that go on in the next line) is left to one.
"""

import re
from functools import cache
from typing import Any

from govern.parse.bounds import MAX_DEPTH
from govern.parse.scalars import NotFinite, plain

MAX_CHARACTERS = 50_000  # people's documents are smaller; matches in larger texts take the regex engine much memory

# A plain scalar that begins with no indicator, in one line; ":" and "#" inside it touch the character that makes them
# text.
_PLAIN = r"(?:-{1,2}(?=\w))?[^ \n!\"#%&'*,\-:>?@\[\]`{|}][^\n:#]*+(?:(?::(?![ \n])|(?<! )#)[^\n:#]*+)*+"
_ITEM = r"(?:[\w/.$~^(<=;+][\w./ +$=@()-]*+|--?\w[\w./ +$=@-]*+|\"[^\"\\\n]*+\"|'[^'\n]*+')"
_LINE = re.compile(
    r"( *+)(?:(- ++)?([A-Za-z_][\w./-]{0,99}+):(?=[ \n])|- )"
    rf"(?: *+(?:({_PLAIN})|'([^'\n]*+)'|\"([^\"\\\n]*+)\"|\[((?:{_ITEM}(?:, ?{_ITEM})*+)?+)\]|(\{{\}})))?+"
    r" *+(?:(?<= )#[^\n]*+)?\n",
    re.ASCII,
)
_BLANK = re.compile(r"(?: *+(?:#[^\n]*+)?\n)++")
_ITEMS = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^,\"' ][^,\"']*)")
_ODD = re.compile(r"[^\n -~]")  # in ASCII


@cache
def _odd_beyond_ascii() -> re.Pattern[str]:
    # compiling a class this wide takes 4 ms, and most runs see none of it
    return re.compile("[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def read_lines(text: str) -> dict[str, Any] | list[Any] | None:
    """The mapping or list that `text` holds; None if it takes a YAML reader to say.

    >>> read_lines("id: 7\\ntitle: 'a: b'\\nlabels:\\n- x\\n- name: y\\n  of: [z, '1']\\n")
    {'id': 7, 'title': 'a: b', 'labels': ['x', {'name': 'y', 'of': ['z', '1']}]}
    """
    if len(text) > MAX_CHARACTERS or (_ODD if text.isascii() else _odd_beyond_ascii()).search(text):
        return None
    if not text.endswith("\n"):
        text += "\n"
    root: Any = None
    top: Any = None  # the innermost open collection, a mapping or a list, and the column that its entries stand in
    column = -1
    outer: list[tuple[Any, int]] = []
    waiting: str | None = None  # the key of `top` whose value, if any, stands in the next lines
    at, end = 0, len(text)
    while at < end:
        match = _LINE.match(text, at)
        if match is None:
            match = _BLANK.match(text, at)
            if match is None:
                return None
            at = match.end()
            continue
        at = match.end()
        blanks, dash, key, bare, single, double, words, braces = match.groups()
        value: Any
        if bare is not None:
            value = plain(bare.rstrip(" "))
            if value.__class__ is NotFinite:
                return None
        elif words is not None:
            value = _items(words)
            if value is None:
                return None
        elif braces is not None:
            value = {}
        else:
            value = single if single is not None else double
        indent = len(blanks)
        is_item = key is None or dash is not None
        if waiting is not None and (indent > column or (is_item and indent == column)):
            collection: Any = [] if is_item else {}
            top[waiting] = collection
            outer.append((top, column))
            top, column = collection, indent
        elif root is None:
            if indent:
                return None
            root = top = [] if is_item else {}
            column = 0
        else:
            while column > indent or (column == indent and not is_item and top.__class__ is list):
                if not outer:
                    return None
                top, column = outer.pop()
            if column != indent or (top.__class__ is list) is not is_item:
                return None
        waiting = None
        nothing = value is None and bare is None
        if key is None:
            if nothing:
                return None
            top.append(value)
            continue
        if dash is not None:
            entry: dict[str, Any] = {}
            top.append(entry)
            outer.append((top, column))
            top, column = entry, indent + len(dash)
        elif key in top:
            return None
        top[key] = value
        if nothing:
            waiting = key
        if len(outer) >= MAX_DEPTH:
            return None
    return root or None


def _items(words: str) -> list[Any] | None:
    """The items between the brackets of a flow sequence; None if one is no finite number."""
    items: list[Any] = []
    for match in _ITEMS.finditer(words):
        double, single, word = match.groups()
        item = plain(word.rstrip(" ")) if word is not None else double if double is not None else single
        if item.__class__ is NotFinite:
            return None
        items.append(item)
    return items
