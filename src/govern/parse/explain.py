"""What a YAML reader's complaint means, in the words of the person who wrote the line.

The readers say what their grammar expected; people make a few dozen mistakes. So the complaint is looked up together
with the line it points at.
"""

import re
from typing import Any

from govern.parse import rules
from govern.parse.nodes import Point, Unreadable
from govern.parse.words import conflict, shown

_QUOTE = "quote the value"
_TOUCHING = re.compile(r" *(?:- )?[\w-]+:(?=\S)")


def explain(error: Any, text: str, last: Any = None) -> Unreadable:
    """The reason why `text` is not YAML. `error` is libyaml's or ruamel.yaml's, `last` the last event before it."""
    merging = conflict(text)
    if merging is not None:
        message, index, hint = merging
        return Unreadable(rules.CONFLICT, message, Point(text.count("\n", 0, index), 0), hint=hint)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return _unprintable(error, text)
    problem = str(getattr(error, "problem", None) or getattr(error, "context", None) or "it cannot be read")
    lines = text.split("\n")
    before = getattr(error, "context_mark", None)
    return _Complaint(problem, mark, before, lines, last).reason()


class _Complaint:
    """One complaint: the grammar's words, the mark of the problem and of what it happened in, and the lines of the
    text.
    """

    def __init__(self, problem: str, mark: Any, began: Any, lines: list[str], last: Any) -> None:
        self.problem, self.mark, self.began, self.lines, self.last = problem, mark, began, lines, last
        self.text = lines[mark.line] if mark.line < len(lines) else ""
        self.rest = self.text[mark.column :]
        self.character = self.rest[:1]

    def reason(self) -> Unreadable:
        for words, explanation in _EXPLANATIONS:
            if words in self.problem:
                return explanation(self)
        return self.say(f"this is not YAML: {self.problem}")

    def say(self, message: str, hint: str | None = None, *, at: Any = None) -> Unreadable:
        return Unreadable(rules.YAML_SYNTAX, message, at or self.mark, hint=hint)

    def colon(self) -> Unreadable:
        """A `: ` where no key can end: inside a value, after a value that was thought to have ended, or after text."""
        indentation = len(self.text) - len(self.text.lstrip(" "))
        start = Point(self.mark.line, indentation)
        head = self.text[indentation : self.mark.column]
        above = next((line for line in reversed(self.lines[: self.mark.line]) if line.strip()), "")
        above_indentation = len(above) - len(above.lstrip(" "))
        if not re.search(r":(?: |$)", head.removeprefix("- ")) and above:
            if re.search(r":(?: |$)", above) and indentation > above_indentation:
                return self.say(
                    "this key is indented more than the ones before it", "line it up with its siblings", at=start
                )
            row = self.mark.line - 1
            while row >= 0 and (not self.lines[row] or _TOUCHING.match(self.lines[row])):
                row -= 1
            first = next((index for index in range(row + 1, self.mark.line) if self.lines[index]), None)
            if first is not None and (touching := _TOUCHING.match(self.lines[first])):
                return self.say('a blank is missing after this ":"', at=Point(first, touching.end() - 1))
            if above_indentation == indentation and not re.search(r":(?: |$)", above):
                at = Point(self.mark.line - 1, above_indentation)
                return self.say('this line is no "key: value"', "indent it if it continues the line above it", at=at)
        match = re.match(r" *(?:- +)*([\w.-]+) *: ", self.text)
        of = f" of {shown(match[1])}" if match else ""
        message = f'the value{of} holds an unquoted ":", which YAML reads as the end of a key'
        return Unreadable(rules.YAML_COLON, message, self.mark, hint=_QUOTE)

    def no_colon(self) -> Unreadable:
        """A line among keys that is none."""
        start = self.began or self.mark
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        text = line[start.column :]
        if touching := re.match(r"[\w-]+:(?=\S)", text):
            return self.say(
                'a blank is missing after this ":"', at=Point(start.line, start.column + touching.end() - 1)
            )
        if re.match(r"-\w", text):
            return self.say('a blank is missing after this "-"', at=start)
        return self.say('this line is no "key: value"', "indent it if it continues the line above it", at=start)

    def cannot_start(self) -> Unreadable:
        if self.character == "\t":
            return self.tab()
        return self.say(f'a value cannot begin with "{self.character}"', _QUOTE)

    def tab(self) -> Unreadable:
        if self.text[: self.mark.column].strip():
            return self.say("a tab stands where YAML wants a blank", "replace it by a blank")
        return self.say("a tab indents this line, and YAML indents with spaces only", "replace it by spaces")

    def end(self) -> Unreadable:
        """Something stands where the collection that the reader is in should go on or end."""
        if self.character == "-" and self.rest[1:2] in ("", " "):
            return self.say(
                "this list item does not line up with what stands before it", "line it up with its siblings"
            )
        if self.character in "]}":
            return self.say(f'this "{self.character}" closes nothing', "quote the value if it belongs to it")
        last = self.last
        indented = not self.text[: self.mark.column].strip()
        if last is not None and getattr(last, "style", None) in ("'", '"') and last.end_mark.line == self.mark.line:
            if last.start_mark.line < self.mark.line:
                message = "the quote that opens here closes only in a later line, where text goes on after it"
                return self.say(message, "close it where its text ends", at=last.start_mark)
            return self.say("text goes on after the closing quote", "quote the whole value")
        if not indented:
            return self.say("text goes on after the value has ended", "quote the whole value")
        if last is not None and getattr(last, "style", None) in ("|", ">"):
            message = "this line is indented less than the block of text it seems to belong to"
            return self.say(message, "indent it like the lines above it")
        if "block mapping start" in self.problem or self.problem.endswith("'?'") or ":" in self.rest:
            return self.say("this key does not line up with the ones before it", "line it up with its siblings")
        return self.say('this line is no "key: value"', "indent it if it continues the line above it")

    def flow(self) -> Unreadable:
        """A list in brackets, or a mapping in braces, that does not go on as it should."""
        began = self.began or self.mark
        bracket = self.lines[began.line][began.column : began.column + 1] if began.line < len(self.lines) else "["
        closing = "]" if bracket == "[" else "}"
        if self.mark.line > began.line or not self.character:
            return self.say(f'this "{bracket}" is never closed', f'close it with "{closing}"', at=began)
        if self.character in "]}":
            return self.say(f'"{self.character}" stands where "{closing}" must close the "{bracket}" before it')
        return self.say("a comma is missing before this", "quote the whole value if it is text")

    def content(self) -> Unreadable:
        if self.character == ",":
            return self.say("nothing stands before this comma", "remove the comma")
        if self.character in "]}":
            return self.say(f'this "{self.character}" closes nothing', "quote the value if it belongs to it")
        if "stream end" in self.problem or not self.character:
            began = self.began or self.mark
            return self.say("this is never closed", at=began)
        return self.say(f'"{self.character}" cannot stand here', _QUOTE)

    def unclosed(self) -> Unreadable:
        return self.say(
            "this quote is never closed", "close it, or double a quote that belongs to the text", at=self.began
        )

    def name(self) -> Unreadable:
        sigil = self.lines[self.began.line][self.began.column : self.began.column + 1] if self.began else "*"
        what = "an alias" if sigil == "*" else "an anchor"
        return self.say(f'"{sigil}" begins {what}, and no name follows', _QUOTE, at=self.began)

    def block(self) -> Unreadable:
        sigil = self.lines[self.began.line][self.began.column : self.began.column + 1] if self.began else "|"
        message = f'after "{sigil}" the text begins in the next line'
        return self.say(message, f'quote the value if "{sigil}" belongs to it', at=self.began)

    def escape(self) -> Unreadable:
        backslash = self.text.rfind("\\", 0, self.mark.column + 1)
        at = Point(self.mark.line, max(backslash, 0))
        shown = self.text[backslash : backslash + 2]
        hint = "double the backslash, or use single quotes"
        if "hexdecimal" in self.problem or "hexadecimal" in self.problem:
            digits = {"x": 2, "u": 4, "U": 8}.get(shown[1:], 2)
            return self.say(f"{digits} hex digits must follow {shown}", hint, at=at)
        return self.say(f"{shown} is no escape that YAML knows", hint, at=at)

    def dash(self) -> Unreadable:
        return self.say("a list cannot begin in the line of its key", "begin it in the next line, or quote the value")

    def second(self) -> Unreadable:
        if any(line.startswith("%") for line in self.lines[: self.mark.line]):
            return self.say("after lines that begin with %, YAML wants a line `---`", "quote the % if it is text")
        if (
            not self.rest.startswith(("- ", " "))
            and re.match(r"[\w-]+:(?: |$)", self.text)
            and self.lines[0].startswith(" ")
        ):
            return self.say("this key does not line up with the ones before it", "line it up with its siblings")
        return self.say("something stands here after the value has ended", "indent it, or quote the value above it")

    def version(self) -> Unreadable:
        return self.say("govern reads YAML 1.2, and this says it is something else", "remove the line")

    def handle(self) -> Unreadable:
        return self.say("this tag uses a prefix that no %TAG line defines", "quote the value if it is text")


_EXPLANATIONS = (
    ("mapping values are not allowed", _Complaint.colon),
    ("could not find expected ':'", _Complaint.no_colon),
    ("cannot start any token", _Complaint.cannot_start),
    ("tab", _Complaint.tab),
    ("expected <block end>", _Complaint.end),
    ("did not find expected key", _Complaint.end),
    ("did not find expected '-' indicator", _Complaint.end),
    ("expected ',' or", _Complaint.flow),
    ("did not find expected ',' or", _Complaint.flow),
    ("expected the node content", _Complaint.content),
    ("did not find expected node content", _Complaint.content),
    ("unexpected end of stream", _Complaint.unclosed),
    ("unexpected document separator", _Complaint.unclosed),
    ("expected alphabetic or numeric", _Complaint.name),
    ("chomping or indentation", _Complaint.block),
    ("expected a comment or a line break", _Complaint.block),
    ("indentation indicator in the range", _Complaint.block),
    ("unknown escape character", _Complaint.escape),
    ("hexdecimal numbers", _Complaint.escape),
    ("hexadecimal number", _Complaint.escape),
    ("sequence entries are not allowed", _Complaint.dash),
    ("document start", _Complaint.second),
    ("incompatible YAML document", _Complaint.version),
    ("undefined tag handle", _Complaint.handle),
)


def _unprintable(error: Any, text: str) -> Unreadable:
    position = min(getattr(error, "position", None) or 0, len(text) - 1)
    code = f"U+{ord(text[position]):04X}"
    at = Point(text.count("\n", 0, position), position - text.rfind("\n", 0, position) - 1)
    message = f"the control character {code} may not stand in YAML"
    return Unreadable(rules.YAML_SYNTAX, message, at, hint="write it as an escape in double quotes")
