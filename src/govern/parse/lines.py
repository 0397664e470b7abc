"""The YAML that needs no YAML reader: lines of `key: value` and `- item`, each whole in itself.

Most front matter is written so. What these lines say, every YAML reader says too; anything else is left to one.
"""

import re
from typing import Any

from govern.parse.scalars import NotFinite, plain

# A plain scalar that begins with no indicator, in one line; ":" and "#" inside it touch the character that makes them text.
_PLAIN = r"[\w/.+~$^(<=;)\\][^\n:#]*(?:(?::(?![ \n])|(?<! )#)[^\n:#]*)*"
_WORDS = r"[A-Za-z_/][\w./ +-]*"
_LINE = re.compile(
    rf"(?:([A-Za-z_][\w-]{{0,99}}):|( *)-(?= ))"
    rf"(?: +(?:({_PLAIN})|'([^'\n]*)'|\"([^\"\\\n]*)\"|\[((?:{_WORDS}(?:, ?{_WORDS})*)?)\]))?"
    r" *\n",
    re.ASCII,
)
_BLANK = re.compile(r" *(?:#[^\n]*)?\n")
_ODD = re.compile("[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def read_lines(text: str) -> dict[str, Any] | None:
    """The mapping that `text` holds; None if it takes a YAML reader to say.

    >>> read_lines("id: 7\\ntitle: 'a: b'\\nlabels:\\n- x\\n- y\\n")
    {'id': 7, 'title': 'a: b', 'labels': ['x', 'y']}
    """
    if _ODD.search(text):
        return None
    result: dict[str, Any] = {}
    open_key: str | None = None  # the last key, while its value may still be a list
    indentation = ""
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
        key, dash, bare, single, double, words = match.groups()
        value: Any
        if bare is not None:
            value = plain(bare.rstrip(" "))
            if value.__class__ is NotFinite:
                return None
        elif words is not None:
            value = [plain(word.strip(" ")) for word in words.split(",")] if words else []
        else:
            value = single if single is not None else double
        if key is not None:
            if key in result:
                return None
            result[key] = value
            open_key = key if value is None and bare is None else None
        elif open_key is None or (value is None and bare is None):
            return None
        elif result[open_key] is None:
            result[open_key] = [value]
            indentation = dash
        elif dash == indentation:
            result[open_key].append(value)
        else:
            return None
    return result or None
