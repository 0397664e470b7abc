"""Does an alert warn before it is critical?

`warn at <98%, critical at <95%`: the comparator says which way is worse. Without one, both ways may be meant, and
only two equal thresholds, or critical before warn, are a mistake. What measures two things, or one in units that
cannot be compared, is not judged.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from govern.kinds.domain_agent import parts, rules
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.pattern import pattern

Direction: TypeAlias = Literal["up", "down"]

_WORD = pattern(r"\b(warn(?:ing|s)?|critical)\b", re.IGNORECASE)
_ASIDE = pattern(r"\([^()\n]*\)")
_END = pattern(r";|\.(?=\s|\Z)")
_QUANTITY = pattern(
    r"(?:(?P<sign><=|>=|=<|=>|<|>|≤|≥)[ \t]*+)?"
    r"(?<![\w.])(?P<number>[-−]?[0-9]{1,15}(?:,[0-9]{3}){0,5}(?:\.[0-9]{1,15})?)(?![0-9])"
    r"(?:(?P<tight>%|[A-Za-zµμ°]++)|[ \t]++(?P<loose>%|[A-Za-zµμ]++))?(?P<rate>/[A-Za-z]++)?"
)
_PERCENTILE = pattern(r"\bp\d{1,3}\b", re.IGNORECASE)
_MORE = pattern(
    r"\b(?:(?:above|over|beyond|more than|greater than|higher than|longer than|at least)\s*\Z|exceed)", re.IGNORECASE
)
_LESS = pattern(r"\b(?:below|under|less than|fewer than|lower than|shorter than|at most)\s*\Z", re.IGNORECASE)
_OR_MORE = pattern(r"\s*or (?:more|above|higher)\b", re.IGNORECASE)
_OR_LESS = pattern(r"\s*or (?:less|fewer|below|lower)\b", re.IGNORECASE)

_SECONDS = {
    "ns": "0.000000001",
    "us": "0.000001",
    "µs": "0.000001",
    "μs": "0.000001",
    "ms": "0.001",
    "millisecond": "0.001",
    "s": "1",
    "sec": "1",
    "second": "1",
    "min": "60",
    "minute": "60",
    "h": "3600",
    "hr": "3600",
    "hour": "3600",
    "d": "86400",
    "day": "86400",
    "week": "604800",
}
_BYTES = {"B": 1, "byte": 1} | {
    f"{letter}{ending}": base**power
    for power, letter in enumerate("KMGT", 1)
    for ending, base in (("B", 1000), ("iB", 1024))
}


class Threshold(NamedTuple):
    """From where on an alert is raised. `others` are what else is measured in the same breath, such as `p95`."""

    value: Decimal
    unit: str
    sign: str
    direction: Direction | None
    shown: str
    others: tuple[str, ...]


def check(document: Document) -> Iterator[Finding]:
    """The alerts that do not warn in time."""
    section = parts.section(document.value, "Monitoring Implementation")
    item = parts.item(section[0], "Alerting thresholds") if section else None
    if section is None or item is None:
        return
    for _, at in parts.texts(item[0], (*section[1], *item[1])):
        source = document.source(at)
        for start, end, message in disorder(source):
            span = parts.within(document.span(at), source, start, end)
            yield found(rules.THRESHOLDS_DISORDERED, document.path, message, span=span, at=at, about=source[start:end])


def disorder(text: str) -> Iterator[tuple[int, int, str]]:
    """What is wrong with the thresholds that a line states: from where to where, and what.

    >>> [wrong for *_, wrong in disorder("success rate: warn at <95%, critical at <98%")]
    ['it is critical below 98%, before it warns below 95%']
    >>> list(disorder("warn at 75%, critical at 90%")), list(disorder("warn at 30 days, critical at 7 days"))
    ([], [])
    """
    masked = _ASIDE.sub(lambda match: " " * len(match[0]), text.replace("&lt;", "   <").replace("&gt;", "   >"))
    said = list(_WORD.finditer(masked))
    index = 0
    while index + 1 < len(said):
        first, second = said[index : index + 2]
        end = said[index + 2].start() if index + 2 < len(said) else len(masked)
        until = _END.search(masked, second.end(), end)
        end = until.start() if until else end
        is_warning = [word[1].lower().startswith("warn") for word in (first, second)]
        one = _threshold(masked[first.end() : second.start()])
        two = _threshold(masked[second.end() : end])
        if is_warning[0] == is_warning[1] or one is None or two is None:
            index += 1
            continue
        warn, critical = (one, two) if is_warning[0] else (two, one)
        message = _wrong(warn, critical, reversed_words=is_warning[1])
        if message:
            yield first.start(), second.end() + len(masked[second.end() : end].rstrip(" \t,.")), message
        index += 2


def _wrong(warn: Threshold, critical: Threshold, *, reversed_words: bool) -> str | None:
    directions = {warn.direction, critical.direction} - {None}
    if len(directions) > 1 or not _comparable(warn, critical):
        return None
    w, c = _measured(warn), _measured(critical)
    if w == c:
        same = warn.sign == critical.sign or not (warn.sign and critical.sign)
        return f"it warns and is critical at the same threshold, {critical.shown}" if same else None
    if not directions:
        return "critical stands before warn" if reversed_words else None
    down = directions == {"down"}
    if (c > w) if down else (c < w):
        how = "below" if down else "above"
        return f"it is critical {how} {critical.shown}, before it warns {how} {warn.shown}"
    return None


def _threshold(text: str) -> Threshold | None:
    """The one threshold that a stretch of text states; None if it states none, or may mean several."""
    found = list(_QUANTITY.finditer(text))
    marked = [match for match in found if match["sign"]]
    if len(marked) > 1 or not found or (not marked and len(found) > 1):
        return None
    match = marked[0] if marked else found[0]
    unit = match["tight"] or match["loose"] or ""
    others = [each[0].strip() for each in found if each is not match]
    others += [each[0].lower() for each in _PERCENTILE.finditer(text)]
    return Threshold(
        Decimal(match["number"].replace(",", "").replace("−", "-")),
        _bare(unit) + (match["rate"] or ""),
        match["sign"] or "",
        _direction(match, text),
        match["number"] + (match["tight"] or (f" {match['loose']}" if _is_unit(unit) else "")) + (match["rate"] or ""),
        tuple(others),
    )


def _direction(match: re.Match[str], text: str) -> Direction | None:
    sign = match["sign"]
    if sign:
        return "down" if sign in ("<", "<=", "=<", "≤") else "up"
    before = text[: match.start("number")]
    more = bool(_MORE.search(before) or _OR_MORE.match(text, match.end()))
    less = bool(_LESS.search(before) or _OR_LESS.match(text, match.end()))
    return None if more == less else "up" if more else "down"


def _bare(unit: str) -> str:
    """A unit without its plural."""
    if unit in _SECONDS or unit in _BYTES or unit in ("%", ""):
        return unit
    lower = unit.lower()
    return lower[:-1] if len(lower) > 2 and lower.endswith("s") else lower


def _is_unit(unit: str) -> bool:
    return unit == "%" or _bare(unit) in _SECONDS or _bare(unit) in _BYTES


def _comparable(one: Threshold, two: Threshold) -> bool:
    """Do two thresholds measure the same in units of the same sort? What only one of them says goes for both."""
    if one.others and two.others and one.others != two.others:
        return False
    if one.unit == two.unit:
        return True
    for table in (_SECONDS, _BYTES):
        if one.unit in table and two.unit in table:
            return True
    given = one.unit or two.unit
    return not (one.unit and two.unit) and not _is_unit(given) and "/" not in given


def _measured(threshold: Threshold) -> Decimal:
    factor = _SECONDS.get(threshold.unit) or _BYTES.get(threshold.unit) or 1
    return threshold.value * Decimal(factor)
