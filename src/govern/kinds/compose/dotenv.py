"""What a `.env` file sets, as Compose reads it: NAME=value, quotes, comments, variables set above."""

import re

from govern.kinds.compose.interpolation import resolve
from govern.model.pattern import pattern

_LINE = pattern(
    r"^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(?:'([^']*)'|\"((?:[^\"\\]|\\.)*)\"|([^\r\n]*))",
    re.MULTILINE | re.ASCII,
)
_COMMENT = pattern(r"(?:^|[ \t])#.*")


def parse(text: str) -> dict[str, str]:
    """The variables of a file. One that refers to what nobody sets is left out.

    >>> parse("# ours\\nTAG=1.2 # tested\\nexport NAME='a b'\\nIMAGE=web:${TAG}\\n")
    {'TAG': '1.2', 'NAME': 'a b', 'IMAGE': 'web:1.2'}
    """
    result: dict[str, str] = {}
    for match in _LINE.finditer(text):
        name, single, double, bare = match.groups()
        if single is not None:
            result[name] = single
            continue
        value = double if double is not None else _COMMENT.sub("", bare).strip()
        resolved = resolve(value, result)
        if resolved is not None:
            result[name] = resolved
    return result
