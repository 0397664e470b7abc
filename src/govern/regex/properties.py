"""Which characters have a Unicode property? An ECMA-262 engine is asked, so that its Unicode and ours are one."""

from functools import cache, lru_cache

from govern.regex.chars import LAST, SURROGATES, Chars, chars
from govern.regex.errors import Malformed


@lru_cache(maxsize=128)
def having(name: str) -> Chars:
    r"""The characters of `\p{name}`. Raises Malformed if there is no such property.

    >>> ord("λ") in having("Script=Greek"), ord("l") in having("Script=Greek")
    (True, False)
    """
    import regress

    try:
        expression = regress.Regex(rf"\p{{{name}}}+", "u")
    except regress.RegressError:
        raise Malformed(rf"\p{{{name}}} is no Unicode property that a pattern may name") from None
    text, encoded = _every_character()
    found = []
    for match in expression.find_iter(text) or ():
        run = match.range()  # in bytes of UTF-8, of which a character has four at most
        first = encoded[run.start : run.start + 4].decode(errors="ignore")[0]
        last = encoded[max(run.stop - 4, 0) : run.stop].decode(errors="ignore")[-1]
        found.append((ord(first), ord(last)))
    return chars(found)


@cache
def _every_character() -> tuple[str, bytes]:
    from array import array

    points = array("I", range(SURROGATES[0]))
    points.extend(range(SURROGATES[1] + 1, LAST + 1))
    text = points.tobytes().decode("utf-32")
    return text, text.encode()
