"""Which strings does a pattern, a format or a length admit, and which do several of them have in common?

Regular languages over Unicode code points, exactly: a question is answered with a proof or a string, or TooLarge is
raised once a counted bound is passed.

>>> names, slugs = matching("^[a-z-]+$"), matching("^[a-z]+(-[a-z]+)*$")
>>> (slugs - names).is_empty(), (names - slugs).shortest(), (names & lengths(2, 3)).members(2)
(True, '-', ['aa', 'ab'])
"""

from govern.regex.algebra import ANYTHING, NOTHING, lengths, literal, literals
from govern.regex.errors import Malformed, NotRegular, TooLarge
from govern.regex.formats import format_language
from govern.regex.language import Language
from govern.regex.matching import matching

__all__ = [
    "ANYTHING",
    "NOTHING",
    "Language",
    "Malformed",
    "NotRegular",
    "TooLarge",
    "format_language",
    "lengths",
    "literal",
    "literals",
    "matching",
]
