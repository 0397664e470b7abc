"""Which strings does a format of JSON Schema admit? The formats that are regular languages, as their RFCs say.

Not here, because no language could be exact: host names and email addresses beyond ASCII, URIs and their templates,
regular expressions.
"""

from collections.abc import Callable
from functools import cache

from govern.regex.algebra import concatenation, covered, deferred, literal, literals, union
from govern.regex.language import Language
from govern.regex.matching import matching

# Of RFC 3339. A year has four digits, 0000 among them; every fourth is a leap year, but of the centuries only every
# fourth.
LEAP_YEAR = r"(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
DATE = (
    r"(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    rf"|02-(?:0[1-9]|1\d|2[0-8]))|{LEAP_YEAR}-02-29)"
)
HOUR, SIXTY = r"(?:[01]\d|2[0-3])", r"[0-5]\d"
FRACTION = r"(?:\.\d+)?"
OFFSET = rf"(?:[Zz]|[+-]{HOUR}:{SIXTY})"
TIME = rf"{HOUR}:{SIXTY}:{SIXTY}{FRACTION}{OFFSET}"
LEAP_SECOND_COVER = rf"{HOUR}:{SIXTY}:60{FRACTION}{OFFSET}"

# Of RFC 3339 appendix A: a smaller unit follows the next larger one only, and weeks stand alone.
DURATION_TIME = r"T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)"
DURATION = rf"P(?:(?:\d+D|\d+M(?:\d+D)?|\d+Y(?:\d+M(?:\d+D)?)?)(?:{DURATION_TIME})?|{DURATION_TIME}|\d+W)"

# Of RFC 3986, section 3.2.2.
OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
IPV4 = rf"{OCTET}(?:\.{OCTET}){{3}}"
GROUP = r"[0-9A-Fa-f]{1,4}"
LAST_TWO = rf"(?:{GROUP}:{GROUP}|{IPV4})"
IPV6 = "|".join(
    [
        rf"(?:{GROUP}:){{6}}{LAST_TWO}",
        rf"::(?:{GROUP}:){{5}}{LAST_TWO}",
        *(rf"(?:(?:{GROUP}:){{0,{before}}}{GROUP})?::(?:{GROUP}:){{{4 - before}}}{LAST_TWO}" for before in range(5)),
        rf"(?:(?:{GROUP}:){{0,5}}{GROUP})?::{GROUP}",
        rf"(?:(?:{GROUP}:){{0,6}}{GROUP})?::",
    ]
)

POINTER = r"(?:/(?:[^~/]|~[01])*)*"

PATTERNS = {
    "date": DATE,
    "duration": DURATION,
    "uuid": r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}",
    "ipv4": IPV4,
    "ipv6": IPV6,
    "json-pointer": POINTER,
    "relative-json-pointer": rf"(?:0|[1-9]\d*)(?:#|{POINTER})",
}


@cache
def format_language(name: str) -> Language | None:
    """The strings of a format, or None if it is not known exactly.

    >>> dates = format_language("date")
    >>> dates.accepts("2024-02-29"), dates.accepts("2023-02-29"), format_language("email")
    (True, False, None)
    """
    if name in PATTERNS:
        return matching(f"^(?:{PATTERNS[name]})$")
    if name == "time":
        return union((matching(f"^{TIME}$"), _leap_seconds("", ("",))))
    if name == "date-time":
        return union((matching(f"^{DATE}[Tt]{TIME}$"), _leap_seconds(f"{DATE}[Tt]", ("2016-12-31T", "2016-12-31t"))))
    return None


def _leap_seconds(before: str, days: tuple[str, ...]) -> Language:
    """Second 60, which there is in the last minute of a day of UTC only: at 23:59, the offset taken away. Which days
    have one nobody knows beforehand.

    Hours, minutes and offsets that fit each other are a thousand states and more, hence the cover.
    """
    exact = concatenation(matching(f"^{before}$"), _deferred(_hours))
    samples = tuple(
        f"{day}23:59:60{fraction}{offset}"
        for day in days
        for fraction in ("", ".0", ".000", ".000000")
        for offset in ("Z", "z", "+00:00", "-00:00")
    )
    return covered(exact, matching(f"^{before}{LEAP_SECOND_COVER}$"), samples)


def _deferred(write: Callable[[str], Language], text: str = "") -> Language:
    return deferred((write, text), lambda: (write(text), 1))


def _hours(_: str) -> Language:
    return union(concatenation(literal(f"{hour:02}:"), _deferred(_tens, f"{hour:02}")) for hour in range(24))


def _tens(hour: str) -> Language:
    return union(concatenation(literal(ten), _deferred(_minutes, f"{hour}:{ten}")) for ten in "012345")


def _minutes(begun: str) -> Language:
    return union(_leap_second(int(begun[:2]), int(begun[3:] + one), one) for one in "0123456789")


def _leap_second(hour: int, minute: int, digit: str) -> Language:
    """The last digit of the minute, `:60`, a fraction, and the offsets under which `hour:minute` is 23:59 of UTC."""
    ahead = (hour * 60 + minute + 1) % 1440
    offsets = [f"+{ahead // 60:02}:{ahead % 60:02}", f"-{(1440 - ahead) % 1440 // 60:02}:{(1440 - ahead) % 60:02}"]
    if not ahead:
        offsets += ["Z", "z"]
    fraction = matching(f"^{FRACTION}$")
    return concatenation(literal(f"{digit}:60"), concatenation(fraction, literals(offsets)))
