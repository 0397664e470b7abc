"""Regular expressions that are compiled when they are first used: a run over one file uses few of a hundred."""

import re
from typing import cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, but at first use. For patterns at the top of modules that every run imports.

    >>> pattern("a+").sub("b", "caat")
    'cbt'
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._source, self._flags)
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
