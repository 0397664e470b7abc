"""Is an ECMA-262 pattern found in a text? An engine answers that shares nothing with `govern.regex`.

It backtracks, and cannot be interrupted: where the work may grow too large it is not asked at all.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from govern.compat.witness.backtracking import TooMuch, steps

if TYPE_CHECKING:
    from regress import Regex

MAX_STEPS = 5_000_000  # a quarter of a second at worst


class Unanswered(Exception):
    """The engine cannot read the pattern, or might take too long over it."""


def found(pattern: str, text: str) -> bool:
    """Is the pattern found anywhere in the text? Raises Unanswered where that is not known.

    >>> found(r"^\\d+$", "12"), found(r"^\\d+$", "12\\n"), found(r"^\\d+$", "١٢")
    (True, False, False)
    """
    compiled = _compiled(pattern)
    try:
        steps(pattern, text, _fits, MAX_STEPS)
    except TooMuch:
        raise Unanswered(f"looking for the pattern {pattern} in {len(text)} characters may take too long") from None
    return bool(compiled.find(text))


def is_pattern(text: object) -> bool:
    """Is this a pattern? The format `regex` asks; it says nothing about what is no string."""
    if not isinstance(text, str):
        return True
    try:
        _compiled(text)
    except Unanswered:
        return False
    return True


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> "Regex":
    import regress

    reason = ""
    # JSON Schema asks for the `u` flag; many patterns only parse without it, and mean what Annex B says.
    for flags in ("u", ""):
        try:
            return regress.Regex(pattern, flags)
        except regress.RegressError as error:
            reason = str(error)
        except UnicodeEncodeError:
            reason = "it holds half of a surrogate pair"
    raise Unanswered(f"{pattern} is no pattern: {reason}")


@lru_cache(maxsize=4096)
def _fits(atom: str, character: str) -> bool:
    """May this atom of a pattern match this character? Where that cannot be told alone, it may."""
    try:
        return bool(_compiled(f"^(?:{atom})$").find(character))
    except Unanswered:
        return True
