"""How a value is written into YAML so that it loads back as exactly itself.

The template is read with a word in place of each token, so that it is known which scalar every token stands in, and how
that is quoted. What is written is read again: it must be the same, with the values in place of the words.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govern.model.pattern import pattern
from govern.parse.scalars import plain
from govern.rendering.change import Change, Misplaced, applied
from govern.rendering.spelling import (
    Values,
    as_text,
    control,
    in_json,
    in_yaml,
    is_plain,
    is_simple,
    is_visible,
    is_word,
)
from govern.rendering.tokens import Token

MAX_LINE = 2_000  # characters before a token in which its line is looked for
MAX_CAREFUL = 150_000  # ruamel.yaml takes a second for this many characters

# Private characters that stand around a name in place of its delimiters; a text that holds one is not understood.
_OPEN, _CLOSE, _LITERAL = "\ue000", "\ue001", "\ue002"
_WORD = pattern(f"{_OPEN}+({_LITERAL}?[A-Z0-9_]+){_CLOSE}+")
_PROPERTIES = pattern(r"(?:[&!][^\s]*[ \t\r\n]+)*")
_BREAKS = pattern("[\n\r\x85\u2028\u2029]")


class _NotYaml(Exception):
    """A text that cannot be read as YAML."""


class _Scalar(NamedTuple):
    """A scalar with tokens in it: where it stands without anchor and tag, how it is quoted, and what it says."""

    start: int
    end: int
    style: str
    value: str
    flow: bool
    tokens: list[Token]


def written(text: str, tokens: Sequence[Token], values: Values) -> tuple[list[Change], list[Misplaced]]:
    """The changes that write the values of some tokens into a YAML text."""
    if all(value.__class__ is str and is_word(value) for value in map(values.get, {token.name for token in tokens})):
        # nothing that these values could be part of reads otherwise than with other words in their place
        return [Change(token.start, token.end, values[token.name]) for token in tokens], []
    try:
        if _OPEN in text or _CLOSE in text or _LITERAL in text:
            raise _NotYaml
        events = _events(applied(text, [Change(t.start, t.end, _word(t)) for t in tokens]))
    except _NotYaml:
        return _unread(tokens, values)
    scalars, outside = _placed(text, events, tokens)
    changes, misplaced = _comments(outside, values)
    if misplaced:
        return changes, misplaced
    expected = list(_expected(events, values))
    for quoted in (False, True):
        new = [Change(s.start, s.end, _scalar(text, s, values, quoted=quoted)) for s in scalars]
        made = sorted([*changes, *new])
        try:
            if list(_said(_events(applied(text, made)))) == expected:
                return made, []
        except _NotYaml:
            pass
    reason = "would not load back as itself here"
    guilty = [t for s in scalars for t in s.tokens if not is_simple(as_text(values.get(t.name)))] or list(tokens)
    return [], [Misplaced(token, reason) for token in guilty[:1]]


def _word(token: Token) -> str:
    """A word that is as long as a token, and a string in every place."""
    around = token.end - token.start - len(token.name)
    before = around // 2
    return _OPEN * before + token.name.replace("\\", _LITERAL) + _CLOSE * (around - before)


def _named(match: re.Match[str], values: Values) -> Any:
    """The value that a word stands for."""
    return values.get(match[1].replace(_LITERAL, "\\"))


def _events(text: str) -> list[Any]:
    """What a YAML reader meets in a text, document by document."""
    from yaml.error import YAMLError

    try:
        from yaml._yaml import CParser

        return list(iter(CParser(text).get_event, None))
    except (YAMLError, ImportError, ValueError):
        if len(text) > MAX_CAREFUL:
            raise _NotYaml from None
    from govern.parse.careful import events
    from govern.parse.nodes import Unreadable

    try:
        return list(events(text.replace("\r\n", " \n")))
    except Unreadable:
        raise _NotYaml from None


def _placed(text: str, events: Sequence[Any], tokens: Sequence[Token]) -> tuple[list[_Scalar], list[Token]]:
    """The scalars that hold tokens, and the tokens that stand in none: in comments."""
    scalars, outside = [], []
    left = list(reversed(tokens))
    flow = 0
    for event in events:
        name = type(event).__name__
        if name in ("MappingStartEvent", "SequenceStartEvent"):
            flow += bool(event.flow_style or flow)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            flow -= bool(flow)
        elif name == "ScalarEvent":
            start, end = event.start_mark.index, event.end_mark.index
            while left and left[-1].start < start:
                outside.append(left.pop())
            inside = []
            while left and left[-1].end <= end:
                inside.append(left.pop())
            if inside:
                match = _PROPERTIES.match(text, start, inside[0].start)
                start = match.end() if match else start
                scalars.append(_Scalar(start, end, event.style or "", event.value, flow > 0, inside))
    return scalars, [*outside, *reversed(left)]


def _comments(tokens: Sequence[Token], values: Values) -> tuple[list[Change], list[Misplaced]]:
    changes, misplaced = [], []
    for token in tokens:
        text = as_text(values.get(token.name))
        if _BREAKS.search(text) or control(text):
            misplaced.append(Misplaced(token, "has a line break or a control character, and would end the comment"))
        changes.append(Change(token.start, token.end, text))
    return changes, misplaced


def _scalar(text: str, scalar: _Scalar, values: Values, *, quoted: bool) -> str:
    """The text of a scalar with its tokens filled; `quoted`: all of it anew, in double quotes."""
    source = text[scalar.start : scalar.end]
    target = _filled(scalar.value, values)
    first = scalar.tokens[0]
    typed = values.get(first.name)
    if not scalar.style and len(source) == first.end - first.start and not isinstance(typed, str):
        return in_yaml(typed, flow=scalar.flow)
    texts = [as_text(values.get(token.name)) for token in scalar.tokens]
    if not quoted:
        if scalar.style == '"':
            return _verbatim(source, scalar, [in_json(each)[1:-1] for each in texts])
        if scalar.style == "'" and all(map(is_visible, texts)):
            return _verbatim(source, scalar, [each.replace("'", "''") for each in texts])
        if scalar.style in ("|", ">"):
            return _verbatim(source, scalar, _indented(text, scalar, texts))
        if not scalar.style and is_plain(target, flow=scalar.flow) and all(map(is_visible, texts)):
            return _verbatim(source, scalar, texts)
        if not scalar.style:
            return in_yaml(target, flow=scalar.flow)
    end = source[len(source.rstrip("\r\n")) :] if scalar.style in ("|", ">") else ""
    return in_json(target) + ("\r\n" if "\r\n" in end else "\n" if end else "")


def _verbatim(source: str, scalar: _Scalar, texts: Sequence[str]) -> str:
    shifted = [
        Change(token.start - scalar.start, token.end - scalar.start, new)
        for token, new in zip(scalar.tokens, texts, strict=True)
    ]
    return applied(source, shifted)


def _indented(text: str, scalar: _Scalar, texts: Sequence[str]) -> list[str]:
    """Texts as they stand in a block scalar: further lines are indented as the first one is."""
    end = "\r\n" if "\r\n" in text else "\n"
    result = []
    for token, new in zip(scalar.tokens, texts, strict=True):
        if "\n" not in new:
            result.append(new)
            continue
        before = text[max(token.start - MAX_LINE, scalar.start) : token.start].rpartition("\n")[2]
        indent = before[: len(before) - len(before.lstrip(" "))]
        first, *rest = new.split("\n")
        result.append("".join([first, *(end + (line and indent + line) for line in rest)]))
    return result


def _filled(value: str, values: Values) -> str:
    return _WORD.sub(lambda match: as_text(_named(match, values)), value) if _OPEN in value else value


def _expected(events: Sequence[Any], values: Values) -> Iterator[Any]:
    """What the filled text must say, from what the template says."""
    for event in events:
        if type(event).__name__ != "ScalarEvent" or _OPEN not in event.value:
            yield from _said([event])
            continue
        match = _WORD.fullmatch(event.value)
        value = _named(match, values) if match and not event.style and not event.tag else ""
        if isinstance(value, str):
            yield ("scalar", event.anchor, event.tag, str, _filled(event.value, values))
        elif isinstance(value, list):
            yield ("SequenceStartEvent", event.anchor, event.tag)
            yield from (("scalar", None, None, type(item), item) for item in value)
            yield ("SequenceEndEvent", None, None)
        else:
            yield ("scalar", event.anchor, event.tag, type(value), value)


def _said(events: Sequence[Any]) -> Iterator[Any]:
    for event in events:
        name = type(event).__name__
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if name == "ScalarEvent":
            value = event.value if event.style or tag else plain(event.value)
            yield ("scalar", anchor, tag, type(value), value)
        else:
            yield (name, anchor, tag)


def _unread(tokens: Sequence[Token], values: Values) -> tuple[list[Change], list[Misplaced]]:
    """In a text that is not YAML, such as the template of another tool, only words that need no care are written."""
    changes, misplaced = [], []
    for token in tokens:
        value = values.get(token.name)
        text = as_text(value)
        if isinstance(value, str) and not token.literal and not is_simple(text):
            misplaced.append(Misplaced(token, "needs quotes, and this text is not YAML, so nobody can tell which"))
        changes.append(Change(token.start, token.end, text))
    return changes, misplaced
