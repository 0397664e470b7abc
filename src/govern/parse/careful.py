"""The careful YAML path: ruamel.yaml reads, and what it cannot read is explained.

Imported only when a document needs it. Each document gets a `YAML()` of its own: after one `%YAML 1.1` document the
next one would be read by that version's rules.
"""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scanner import Scanner, ScannerError

from govern.model.document import Reading
from govern.parse import rules
from govern.parse.explain import explain
from govern.parse.nodes import Unreadable
from govern.parse.values import reading, unreadable

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_carefully(text: str, path: str, *, line: int = 1, tags: frozenset[str] = frozenset()) -> Reading:
    """What `govern.parse.yaml.read_yaml` returns, by ruamel.yaml alone; the tests hold the two equal."""
    try:
        return reading(events, text.replace("\r\n", "\n"), path, line=line, tags=tags)
    except Unreadable as reason:
        return unreadable(reason, path, line)


def events(text: str) -> Iterator[Any]:
    """The events of `text`, up to where it stops being YAML: there Unreadable says why."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = _Scanner
    last: Any = None
    try:
        for event in yaml.parse(text):
            if getattr(event, "style", None) == '"' and _SURROGATE.search(event.value):
                message = "an escape in this text is half a character, a surrogate"
                raise Unreadable(rules.YAML_SYNTAX, message, event.start_mark, hint="write the character itself")
            yield event
            last = event
    except YAMLError as error:
        raise explain(error, text, last) from None
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        # ruamel.yaml lets some slips of its own through on hostile input, such as `%YAML 1.3` or "\Uffffffff"
        words = str(error).partition("\n")[0] or type(error).__name__
        mark = last.end_mark if last is not None else None
        raise Unreadable(rules.YAML_SYNTAX, f"this is not YAML 1.2: {words}", mark) from error


class _Scanner(Scanner):
    """ruamel.yaml's scanner, but for what YAML 1.2 allows and it refuses. What it does not touch is as in libyaml."""

    def scan_to_next_token(self) -> None:
        """Skip blanks and comments. Tabs may separate, but not indent (§6.1)."""
        reader = self.reader
        if reader.index == 0 and reader.peek() == "\ufeff":
            reader.forward()
        while True:
            while (ch := reader.peek()) == " " or (ch == "\t" and (self.flow_level or not self.allow_simple_key)):
                reader.forward()
            if ch == "#":
                while reader.peek() not in "\0\n":
                    reader.forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def check_value(self) -> Any:
        """In flow collections a `:` needs no blank after a quoted key or a collection, or before indicators (§7.4)."""
        if self.flow_level:
            reader = self.reader
            last = reader.pointer - 1
            while reader.buffer[last] in " \t":
                last -= 1
            if reader.buffer[last] in "\"'}]" or reader.peek(1) in ",[]{}":
                return True
        return super().check_value()

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:
        """The blanks and line breaks inside a plain scalar, folded; None before a document marker. Tabs are blanks
        (§6.3).
        """
        reader = self.reader
        length = 0
        while reader.peek(length) in " \t":
            length += 1
        blanks = reader.prefix(length)
        reader.forward(length)
        if not self.scan_line_break():
            return [blanks] if blanks else []
        self.allow_simple_key = True
        breaks = ""
        while True:
            if reader.prefix(3) in ("---", "...") and reader.peek(3) in "\0 \t\n":
                return None
            while (ch := reader.peek()) == " " or (ch == "\t" and reader.column >= indent):
                reader.forward()
            if ch == "\t":
                raise ScannerError(
                    "while scanning a plain scalar", start_mark, "found a tab that indents", reader.get_mark()
                )
            if not self.scan_line_break():
                return [breaks or " "]
            breaks += "\n"

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """Whether to keep trailing line breaks, and by how many blanks the text is indented, where stated (§8.1.1)."""
        chomping = increment = None
        while (ch := self.reader.peek()) not in " \t\n\0":
            if ch in "+-" and chomping is None:
                chomping = ch == "+"
            elif ch in "123456789" and increment is None:
                increment = int(ch)
            else:
                what = "expected chomping or indentation indicators"
                raise ScannerError("while scanning a block scalar", start_mark, what, self.reader.get_mark())
            self.reader.forward()
        while self.reader.peek() == "\t":
            self.reader.forward()
        return chomping, increment

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """The empty lines before a block scalar's text, the largest indentation among them and it, and where they
        end.
        """
        reader = self.reader
        breaks: list[str] = []
        indentation = 0
        end = reader.get_mark()
        while True:
            while reader.peek() == " ":
                reader.forward()
            indentation = max(indentation, reader.column)
            if not (brk := self.scan_line_break()):
                return breaks, indentation, end
            breaks.append(brk)
            end = reader.get_mark()
