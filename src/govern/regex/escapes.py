"""What does a backslash mean? The escapes of ECMA-262, under the `u` flag (strict) or Annex B (lenient)."""

import re

from govern.model.pattern import pattern
from govern.regex.chars import LAST, Chars, chars
from govern.regex.errors import Malformed, NotRegular
from govern.regex.properties import having

DIGIT = chars([(0x30, 0x39)])
WORD = chars([(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
LINE_END = chars([(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
SPACES = [(0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x202F, 0x202F)]
SPACE = LINE_END | chars([*SPACES, (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)])
CLASSES = {"d": DIGIT, "D": ~DIGIT, "w": WORD, "W": ~WORD, "s": SPACE, "S": ~SPACE}
CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
SYNTAX = frozenset("^$\\.*+?()[]{}|/")

OCTAL = pattern(r"[0-3][0-7]{0,2}|[4-7][0-7]?")
HEX_2 = pattern(r"x([0-9A-Fa-f]{2})")
HEX_4 = pattern(r"u([0-9A-Fa-f]{4})")
LOW_HALF = pattern(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
BRACED = pattern(r"u\{([0-9A-Fa-f]+)\}")
PROPERTY = pattern(r"\{(\w+(?:=\w+)?)\}", re.ASCII)


class UnknownProperty(Malformed):
    """A property that no engine knows: reading the pattern leniently would not help."""


def escape(text: str, at: int, *, strict: bool, in_class: bool) -> tuple[int | Chars, int]:
    """What the escape means whose backslash stands before `at`: a code point, or a class of them; and where the text
    goes on.
    """
    if at == len(text):
        raise Malformed("a backslash at the end escapes nothing")
    letter = text[at]
    if letter in CLASSES:
        return CLASSES[letter], at + 1
    if letter in CONTROLS:
        return CONTROLS[letter], at + 1
    if in_class and letter == "b":
        return 0x08, at + 1
    if letter in "pP":
        return _property(text, at, strict)
    if letter in "xu":
        return _hexadecimal(text, at, strict)
    if letter == "c":
        return _control(text, at, strict, in_class)
    if "0" <= letter <= "9":
        return _number(text, at, strict)
    if strict and letter not in SYNTAX and not (in_class and letter == "-"):
        raise Malformed(f"\\{letter} is no escape")
    return ord(letter), at + 1


def _property(text: str, at: int, strict: bool) -> tuple[int | Chars, int]:
    if not strict:
        if PROPERTY.match(text, at + 1):
            raise _ambiguous(text[at] + "{")
        return ord(text[at]), at + 1
    named = PROPERTY.match(text, at + 1)
    if named is None:
        raise Malformed(f"\\{text[at]} wants a property in braces")
    try:
        found = having(named[1])
    except Malformed as error:
        raise UnknownProperty(*error.args) from None
    return ~found if text[at] == "P" else found, named.end()


def _hexadecimal(text: str, at: int, strict: bool) -> tuple[int, int]:
    if short := HEX_2.match(text, at) or HEX_4.match(text, at):
        point = int(short[1], 16)
        low = LOW_HALF.match(text, short.end()) if 0xD800 <= point <= 0xDBFF else None
        if low:
            return 0x10000 + ((point - 0xD800) << 10) + int(low[1], 16) - 0xDC00, low.end()
        return point, short.end()
    braced = BRACED.match(text, at)
    if not strict:
        if braced:
            raise _ambiguous("u{")
        return ord(text[at]), at + 1
    digits = braced[1].lstrip("0") if braced else ""
    if braced is None or len(digits) > 6 or int(digits or "0", 16) > LAST:
        raise Malformed(f"\\{text[at]} wants the number of a character in hexadecimal digits")
    return int(digits or "0", 16), braced.end()


def _control(text: str, at: int, strict: bool, in_class: bool) -> tuple[int, int]:
    after = text[at + 1 : at + 2]
    if after.isascii() and (after.isalpha() or (in_class and not strict and (after.isdigit() or after == "_"))):
        return ord(after) % 32, at + 2
    if strict:
        raise Malformed("\\c wants a letter")
    return ord("\\"), at


def _number(text: str, at: int, strict: bool) -> tuple[int, int]:
    if text[at] == "0" and not text[at + 1 : at + 2].isdecimal():
        return 0, at + 1
    if strict:
        raise Malformed(f"\\{text[at]} is no escape here")
    octal = OCTAL.match(text, at)
    return (int(octal[0], 8), octal.end()) if octal else (ord(text[at]), at + 1)


def _ambiguous(what: str) -> NotRegular:
    """With the `u` flag it is a property or a character, without it is letters; and the rest of the pattern does not
    hold up under the flag.
    """
    return NotRegular(
        f"\\{what} next to escapes that the u flag forbids is read in different ways by different engines"
    )
