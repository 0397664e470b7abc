"""`$VAR`, `${VAR}`, `${VAR:-default}` and the like: are they well formed, and what do they stand for?

Compose replaces them in every value (never in a key) before it looks at the value. A variable without a value and
without a default stands for something that only the person who starts the project knows: what depends on it is not
judged.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from govern.kinds.compose.rules import INTERPOLATION_MALFORMED
from govern.model.document import Document
from govern.model.finding import Edit, Finding, Fix, found
from govern.model.location import Path, Span
from govern.model.pattern import pattern

MAX_NESTING = 20  # of defaults in defaults; more than two are not seen, and each level is a Python frame

MAX_EDITS = 50  # of one fix; each is looked for from the start of the text

NOTHING: Mapping[str, str] = {}

_PIECE = pattern(r"\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+?]|(?=\})))")
_BRACE = pattern(r"\$\{|\}")
_SOUND = pattern(r"\$(?:\$|[A-Za-z_]|\{[A-Za-z_][A-Za-z0-9_]*(?:\}|:?[-+?][^${}\n]*\}))|(\$)")


class Malformed(Exception):
    """A dollar sign that begins nothing, at `start`; what was meant to be a variable ends at `end`."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(start, end)
        self.start, self.end = start, end


class Piece(NamedTuple):
    """A variable in a text, or an escaped dollar sign: then `name` is empty."""

    start: int
    end: int
    name: str
    operator: str
    operand: str


def pieces(text: str) -> Iterator[Piece]:
    """The variables of a text; Malformed at the first dollar sign that begins none.

    >>> [(piece.name, piece.operator, piece.operand) for piece in pieces("$A:${B:-${C}} $$")]
    [('A', '', ''), ('B', ':-', '${C}'), ('', '', '')]
    """
    start = text.find("$")
    while start >= 0:
        match = _PIECE.match(text, start)
        if match is None:
            raise Malformed(start, _end_of_word(text, start))
        escaped, named, braced, operator = match.groups()
        end = match.end()
        operand = ""
        if braced:
            closing = _closing(text, end)
            if closing is None:
                raise Malformed(start, _end_of_word(text, start))
            operand, end = text[end:closing], closing + 1
        yield Piece(start, end, "" if escaped else named or braced, operator or "", operand)
        start = text.find("$", end)


def resolve(text: str, variables: Mapping[str, str] = NOTHING, *, unknown: str | None = None) -> str | None:
    """The text that Compose would see; None if that depends on a variable whose value nobody states.

    With `unknown`, this text stands in for such variables instead. Without values, defaults count.

    >>> resolve("${TAG:-1.${MINOR-2}}"), resolve("v$TAG"), resolve("v$TAG", {"TAG": "3"}), resolve("$$5")
    ('1.2', None, 'v3', '$5')
    """
    return _resolve(text, variables, unknown, 0) if "$" in text else text


def _resolve(text: str, variables: Mapping[str, str], unknown: str | None, depth: int) -> str | None:
    result, last = "", 0
    try:
        for piece in pieces(text):
            value = _value(piece, variables, unknown, depth)
            if value is None and unknown is None:
                return None
            result += text[last : piece.start] + (unknown or "" if value is None else value)
            last = piece.end
    except Malformed:
        return None
    return result + text[last:]


def _value(piece: Piece, variables: Mapping[str, str], unknown: str | None, depth: int) -> str | None:
    if not piece.name:
        return "$"
    value = variables.get(piece.name)
    operator = piece.operator
    given = value if value or not operator.startswith(":") else None
    if operator.endswith("+"):
        return "" if given is None else _operand(piece, variables, unknown, depth)
    if given is None and operator.endswith("-"):
        return _operand(piece, variables, unknown, depth)
    return given


def _operand(piece: Piece, variables: Mapping[str, str], unknown: str | None, depth: int) -> str | None:
    return _resolve(piece.operand, variables, unknown, depth + 1) if depth < MAX_NESTING else None


def malformed(text: str) -> tuple[int, int] | None:
    """Where the first dollar sign stands that Compose would refuse, also one inside a default; None if there is none.

    >>> malformed("${A:-b} $$"), malformed("cost: 5$"), malformed("${A"), malformed("${A:-${}}")
    (None, (7, 8), (0, 3), (5, 8))
    """
    return _malformed(text, 0)


def _malformed(text: str, depth: int) -> tuple[int, int] | None:
    try:
        for piece in pieces(text):
            inner = _malformed(piece.operand, depth + 1) if "$" in piece.operand and depth < MAX_NESTING else None
            if inner:
                offset = piece.end - 1 - len(piece.operand)
                return offset + inner[0], offset + inner[1]
    except Malformed as error:
        return error.start, error.end
    return None


def check(document: Document) -> Iterator[Finding]:
    """Which values does Compose refuse to interpolate?"""
    if "$" not in document.text or not any(match[1] for match in _SOUND.finditer(document.text)):
        return
    for at, text in _texts(document.value):
        where = malformed(text)
        if where:
            yield _finding(document, at, text, *where)


def _texts(value: Any) -> Iterator[tuple[Path, str]]:
    """Every value that is a text with a dollar sign."""
    pending: list[tuple[Path, Any]] = [((), value)]
    while pending:
        at, value = pending.pop()
        if isinstance(value, str):
            if "$" in value:
                yield at, value
        elif isinstance(value, dict):
            pending.extend(((*at, key), inner) for key, inner in value.items())
        elif isinstance(value, list):
            pending.extend(((*at, index), inner) for index, inner in enumerate(value))


def _finding(document: Document, at: Path, text: str, start: int, end: int) -> Finding:
    piece = text[start:end]
    fix = None
    if piece.startswith("${"):
        message = f"{piece} is no variable: write ${{NAME}} or ${{NAME:-default}}"
        hint = "write $${ for a plain one"
    else:
        message = "this $ begins no variable, and Compose refuses it"
        hint = "write $$ for a plain one"
        bare = list(islice(_bare(text), MAX_EDITS + 1))
        spans = [_span(document, at, text, index, index + 1) for index in bare] if len(bare) <= MAX_EDITS else [None]
        if all(spans):
            fix = Fix("write $$", tuple(Edit(span, "$$") for span in spans if span))
    span = _span(document, at, text, start, end) or document.span(at)
    return found(INTERPOLATION_MALFORMED, document.path, message, span=span, at=at, hint=hint, fix=fix, about=piece)


def _bare(text: str) -> Iterator[int]:
    """The dollar signs that can only be meant as such: neither a brace nor a letter follows."""
    index = text.find("$")
    while index >= 0:
        following = text[index + 1 : index + 2]
        if (
            following != "$"
            and following != "{"
            and not ((following.isascii() and following.isalpha()) or following == "_")
        ):
            yield index
        index = text.find("$", index + (2 if following == "$" else 1))


def _span(document: Document, at: Path, text: str, start: int, end: int) -> Span | None:
    """Where a stretch of a value stands in the file, found by its dollar sign; None if that is not certain."""
    source = document.source(at)
    if source.count("$") != text.count("$"):
        return None
    offset = -1
    for _ in range(text.count("$", 0, start) + 1):
        offset = source.find("$", offset + 1)
    length = end - start if source[offset : offset + end - start] == text[start:end] else 1
    whole = document.span(at)
    line = whole.line + source.count("\n", 0, offset)
    column = offset - source.rfind("\n", 0, offset) + (whole.column - 1 if line == whole.line else 0)
    return Span(line, column, line, column + length) if "\n" not in source[offset : offset + length] else None


def _closing(text: str, start: int) -> int | None:
    """Where the brace closes that was opened before `start`."""
    depth = 1
    for match in _BRACE.finditer(text, start):
        depth += 1 if match[0] == "${" else -1
        if not depth:
            return match.start()
    return None


def _end_of_word(text: str, start: int) -> int:
    if text[start + 1 : start + 2] != "{":
        return start + 1
    line = text.find("\n", start)
    line = len(text) if line < 0 else line
    closing = text.find("}", start, line)
    return line if closing < 0 else closing + 1
