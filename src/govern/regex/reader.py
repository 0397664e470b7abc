"""What does a pattern say? ECMA-262 with the `u` flag; where a pattern breaks that grammar, the lenient one of its
Annex B, which is what real schemas contain (`\\_`, `\\@`, a `{` that counts nothing).

Characters are code points under both. Groups capture nothing here, and a lazy quantifier is a greedy one: neither
changes which strings match.
"""

import re

from govern.model.pattern import pattern as lazy
from govern.regex.chars import ALL, NONE, Chars, chars
from govern.regex.errors import Malformed, NotRegular, TooLarge
from govern.regex.escapes import LINE_END, UnknownProperty, escape
from govern.regex.syntax import At, Choice, Look, Loop, One, Part, Sequence

MAX_LENGTH = 10_000  # characters of a pattern
MAX_NESTING = 50  # groups in groups; each takes a few frames of Python's stack, of which there are a thousand
MAX_DIGITS = 15  # of a count: nobody holds a string of 10^15 characters

COUNT = lazy(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
GROUP_NAME = lazy(r"<([^\W\d]|\$)([\w$\u200c\u200d])*>")
REFERENCE = lazy(r"[1-9]\d*", re.ASCII)
MODIFIERS = lazy(r"\?[ims]*(-[ims]*)?:")
TOKEN = lazy(r"\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?<(?![=!]))?(?!\?)|\(", re.DOTALL)

NO_LINE_END = ~LINE_END


def read(pattern: str) -> Part:
    """The parts of a pattern.

    Raises Malformed if it is none, NotRegular if its strings cannot be told apart by an automaton, TooLarge if it is
    longer or deeper than anybody writes.
    """
    if len(pattern) > MAX_LENGTH:
        raise TooLarge(f"a pattern of more than {MAX_LENGTH} characters")
    try:
        return _Reader(pattern, strict=True).whole()
    except UnknownProperty:
        raise
    except Malformed:
        return _Reader(pattern, strict=False).whole()


class _Reader:
    def __init__(self, text: str, *, strict: bool) -> None:
        self.text, self.strict, self.at, self.depth = text, strict, 0, 0
        openings = [token[0] for token in TOKEN.finditer(text) if token[0].startswith("(")]
        self.named = "(?<" in openings
        self.groups = openings.count("(?<") + sum(
            1 for token in TOKEN.finditer(text) if token[0] == "(" and text[token.end() : token.end() + 1] != "?"
        )
        self.names: set[str] = set()

    def whole(self) -> Part:
        read = self.choice()
        if self.at < len(self.text):
            raise Malformed("a ) closes nothing")
        return read

    def next_is(self, token: str) -> bool:
        """Move past `token` if it comes next."""
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        return True

    def choice(self) -> Part:
        before, after = self.names, set(self.names)
        alternatives = []
        while True:
            self.names = set(before)  # two groups may share a name if they stand in different alternatives
            alternatives.append(self.sequence())
            after |= self.names
            if not self.next_is("|"):
                break
        self.names = after
        return alternatives[0] if len(alternatives) == 1 else Choice(tuple(alternatives))

    def sequence(self) -> Part:
        parts = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self.term())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def term(self) -> Part:
        if self.next_is("^"):
            return At("^")
        if self.next_is("$"):
            return At("$")
        if self.next_is("\\b"):
            return At("b")
        if self.next_is("\\B"):
            return At("B")
        if self.text.startswith(("(?<=", "(?<!"), self.at) or (
            self.strict and self.text.startswith(("(?=", "(?!"), self.at)
        ):
            self.at += 1
            return self.group()
        return self.repeated(self.group() if self.next_is("(") else self.one())

    def repeated(self, part: Part) -> Part:
        if self.next_is("*"):
            least, most = 0, None
        elif self.next_is("+"):
            least, most = 1, None
        elif self.next_is("?"):
            least, most = 0, 1
        elif count := COUNT.match(self.text, self.at):
            least, most = _count(count)
            self.at = count.end()
        else:
            return part
        self.next_is("?")
        return Loop(part, least, most)

    def group(self) -> Part:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise TooLarge(f"more than {MAX_NESTING} groups in one another")
        look: tuple[bool, bool] | None = None
        if self.next_is("?="):
            look = True, False
        elif self.next_is("?!"):
            look = True, True
        elif self.next_is("?<="):
            look = False, False
        elif self.next_is("?<!"):
            look = False, True
        elif not self.next_is("?:") and self.text.startswith("?", self.at):
            self.name()
        inside = self.choice()
        if not self.next_is(")"):
            raise Malformed("a ( is never closed")
        self.depth -= 1
        return Look(inside, *look) if look else inside

    def name(self) -> None:
        if MODIFIERS.match(self.text, self.at):
            raise NotRegular("a group that changes flags, which few engines know")
        name = GROUP_NAME.match(self.text, self.at + 1)
        if name is None:
            raise Malformed("(? begins no group that there is")
        if name[0] in self.names:
            raise Malformed(f"the group {name[0]} is there twice")
        self.names.add(name[0])
        self.at = name.end()

    def one(self) -> Part:
        letter = self.text[self.at]
        if letter in "*+?" or (letter == "{" and COUNT.match(self.text, self.at)):
            raise Malformed(f"{letter} repeats nothing")
        if letter in "{}]" and self.strict:
            raise Malformed(f"{letter} by itself")
        self.at += 1
        if letter == ".":
            return One(NO_LINE_END)
        if letter == "[":
            return One(self.char_class())
        if letter == "\\":
            return self.escaped()
        return One(chars([(ord(letter), ord(letter))]))

    def escaped(self) -> Part:
        reference = REFERENCE.match(self.text, self.at)
        if reference and (len(reference[0]) <= 4 and int(reference[0]) <= self.groups):
            raise NotRegular(f"\\{reference[0]} refers back to what a group matched")
        if self.text.startswith("k", self.at) and (self.strict or self.named):
            if self.named and GROUP_NAME.match(self.text, self.at + 1):
                raise NotRegular("\\k refers back to what a group matched")
            raise Malformed("\\k names no group")
        meant, self.at = escape(self.text, self.at, strict=self.strict, in_class=False)
        return One(meant if isinstance(meant, Chars) else chars([(meant, meant)]))

    def char_class(self) -> Chars:
        negated = self.next_is("^")
        found = NONE
        ranges: list[tuple[int, int]] = []
        while not self.next_is("]"):
            first = self.member()
            last = None
            if self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at):
                self.at += 1
                last = self.member()
            if isinstance(first, int) and isinstance(last, int):
                if last < first:
                    raise Malformed("a range of characters runs backwards")
                ranges.append((first, last))
                continue
            if last is not None:
                if self.strict:
                    raise Malformed("a class of characters cannot bound a range")
                ranges.append((ord("-"), ord("-")))
            for member in (first, last):
                if isinstance(member, int):
                    ranges.append((member, member))
                elif member is not None:
                    found |= member
        found |= chars(ranges)
        return ALL - found if negated else found

    def member(self) -> int | Chars:
        if self.at >= len(self.text):
            raise Malformed("a [ is never closed")
        letter = self.text[self.at]
        self.at += 1
        if letter != "\\":
            return ord(letter)
        if self.text.startswith("k", self.at) and (self.strict or self.named):
            raise Malformed("\\k is no escape here")
        meant, self.at = escape(self.text, self.at, strict=self.strict, in_class=True)
        return meant


def _count(count: re.Match[str]) -> tuple[int, int | None]:
    least, comma, most = count[1].lstrip("0"), count[2], (count[3] or "").lstrip("0")
    if max(len(least), len(most)) > MAX_DIGITS:
        raise TooLarge(f"a count of more than {MAX_DIGITS} digits")
    at_least = int(least or 0)
    if not comma:
        return at_least, at_least
    if not count[3]:
        return at_least, None
    if int(most or 0) < at_least:
        raise Malformed("a count whose end comes before its start")
    return at_least, int(most or 0)
