"""Which texts does a format admit? Two validators and the standard library are asked, and where they differ the RFC."""

import datetime
import ipaddress
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from govern.regex import Language, format_language, lengths, literals, matching

# format, texts that it admits, texts that it does not
AGREED: list[tuple[str, list[str], list[str]]] = [
    (
        "date",
        ["2020-02-29", "2000-02-29", "9999-12-31", "0001-01-01", "2024-04-30"],
        [
            "2019-02-29",
            "1900-02-29",
            "2020-13-01",
            "2020-00-01",
            "2020-04-31",
            "20200101",
            "2020-W01-1",
            "2020-1-1",
            "٢020-01-01",
            "2020-01-01\n",
            "12020-01-01",
            "",
        ],
    ),
    (
        "time",
        ["12:00:00Z", "12:00:00.1z", "12:00:00+23:59", "12:00:00-00:00", "23:59:59.1234567890123Z"],
        [
            "12:00:00",
            "12:00Z",
            "24:00:00Z",
            "12:60:00Z",
            "12:00:61Z",
            "22:59:60Z",
            "23:58:60Z",
            "12:00:00.Z",
            "12:00:00,5Z",
            "12:00:00+24:00",
            "12:00:00+01",
            "12:00:00+01:60",
            "12:00:00+0100",
            "12:00:00 Z",
        ],
    ),
    (
        "date-time",
        [
            "1963-06-19T08:30:06.283185Z",
            "1963-06-19t08:30:06z",
            "9999-12-31T23:59:59-23:59",
            "1963-06-19T08:30:06-00:00",
        ],
        [
            "1963-06-19 08:30:06Z",
            "2020-02-30T00:00:00Z",
            "1963-06-19T24:00:00Z",
            "1998-12-31T22:59:60Z",
            "1998-12-31T23:59:61Z",
            "1990-12-31T15:59:60-09:00",
            "1963-06-19T08:30:06",
            "1963-06-19",
        ],
    ),
    (
        "duration",
        [
            "P1Y",
            "P1W",
            "P1YT1H",
            "P0D",
            "PT1S",
            "P1M",
            "PT1M",
            "P1MT1S",
            "P1Y2M3DT4H5M6S",
            "P01D",
            "P" + "9" * 20 + "Y",
        ],
        ["P", "PT", "P1DT", "P1W1D", "P1Y1W", "p1y", "P1D1Y", "PT1S1H", "P1H", "PT1D", "P٢D", "P1Y ", "1Y"],
    ),
    (
        "uuid",
        ["2EB8AA08-AA98-11EA-B4AA-73B441D16380", "00000000-0000-0000-0000-000000000000"],
        [
            "2eb8aa08aa9811eab4aa73b441d16380",
            "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
            "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
        ],
    ),
    (
        "ipv4",
        ["1.2.3.4", "0.0.0.0", "255.255.255.255", "249.199.99.10"],
        ["01.2.3.4", "256.1.1.1", "1.2.3", "1.2.3.4\n", "1.2.3.00", "127.0.0.0/8", "1.2.3.٤", "1.2.3.4.5"],
    ),
    (
        "ipv6",
        [
            "::",
            "::1",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1::3:4:5:6:7:8",
            "::1.2.3.4",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5::1.2.3.4",
            "ABCD::",
            "1::5:6:1.2.3.4",
        ],
        [
            "1:2:3:4:5:6:7:8::",
            "1:2:3:4:5:6:7:1.2.3.4",
            "fe80::1%eth0",
            "1::2::3",
            ":1",
            ":2:3:4:5:6:7:8",
            "12345::",
            "::ffff:01.2.3.4",
            "::1.2.3",
            "1:2:3:4:5:6::1.2.3.4",
            ":::",
            "::00001",
            "1:2:3:4:5:6:7::8",
            "1.2.3.4::",
            "1:2",
        ],
    ),
    ("json-pointer", ["", "/", "/a", "/~0", "/~01/", "//", "/é\n"], ["a", "/~", "/~2", "#/a"]),
    (
        "relative-json-pointer",
        ["0", "1", "0#", "0/", "0/a", "120/foo/~1"],
        ["", "01", "1/~", "+1", "-1", "0+1", "0##", "/a", "0#a", "0a"],
    ),
]

# format, text, admitted?, by whom not so: `rust` is jsonschema-rs, `python` is jsonschema
DISPUTED = [
    ("date", "0000-01-01", True, "python"),
    ("date", "0000-02-29", True, "python"),
    ("time", "23:59:60Z", True, "python"),
    ("time", "23:59:60.5z", True, "python"),
    ("time", "00:29:60+00:30", True, "python"),
    ("time", "15:59:60-08:00", True, "python"),
    ("date-time", "1998-12-31T23:59:60Z", True, "python"),
    ("date-time", "1998-12-30T23:59:60Z", True, "python"),
    ("date-time", "1990-12-31T15:59:60-08:00", True, "python"),
    ("date-time", "0000-01-01T00:00:00Z", True, "python"),
    ("date", "000--01-01", False, "rust"),
    ("time", "0.:00:00Z", False, "rust"),
    ("date-time", "2020-01-0/T00:00:00Z", False, "rust"),
    ("duration", "P1Y1D", False, "python"),
    ("duration", "PT1H1S", False, "python"),
    ("duration", "P1.5D", False, "python"),
    ("duration", "P-1D", False, "python"),
    ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638٠", False, "python"),
    ("relative-json-pointer", "٠/a", False, "python"),
]


def of(name: str) -> Language:
    language = format_language(name)
    assert language is not None
    return language


@cache
def validators(name: str) -> dict[str, Any]:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string", "format": name}
    return {
        "rust": jsonschema_rs.validator_for(schema, validate_formats=True),
        "python": Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER),
    }


def admitted(name: str, text: str) -> dict[str, bool]:
    return {who: validator.is_valid(text) for who, validator in validators(name).items()}


@pytest.mark.parametrize(("name", "yes", "no"), AGREED, ids=[row[0] for row in AGREED])
def test_a_format_admits_what_both_validators_admit(name: str, yes: list[str], no: list[str]) -> None:
    for text in yes + no:
        expected = text in yes
        assert of(name).accepts(text) is expected, text
        assert admitted(name, text) == {"rust": expected, "python": expected}, text


@pytest.mark.parametrize(("name", "text", "expected", "differs"), DISPUTED)
def test_where_the_validators_differ_a_format_is_what_the_rfc_says(
    name: str, text: str, expected: bool, differs: str
) -> None:
    assert of(name).accepts(text) is expected
    others = {"rust": expected, "python": expected} | {differs: not expected}
    assert admitted(name, text) == others, "the validators have changed their minds"


@pytest.mark.parametrize("name", ["email", "uri", "hostname", "regex", "no-such-format"])
def test_a_format_that_is_not_known_exactly_is_none_at_all(name: str) -> None:
    assert format_language(name) is None


def test_every_day_of_the_calendar_is_a_date_and_no_other() -> None:
    dates = of("date")
    for year in (1, 4, 100, 400, 1900, 2000, 2023, 2024, 9996, 9999):
        days = {(datetime.date(year, 1, 1) + datetime.timedelta(days)).isoformat() for days in range(365)}
        days.add(f"{year:04}-12-31")
        every = {f"{year:04}-{month:02}-{day:02}" for month in range(14) for day in range(33)}
        assert {text for text in every if dates.accepts(text)} == days


def test_second_60_is_in_the_last_minute_of_a_day_of_utc_whatever_the_offset() -> None:
    times = of("time")
    for offset in range(-1439, 1440, 7):
        written = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
        local = (1439 + offset) % 1440
        assert times.accepts(f"{local // 60:02}:{local % 60:02}:60{written}"), written
        other = (local + 1) % 1440
        assert not times.accepts(f"{other // 60:02}:{other % 60:02}:60{written}"), written


@pytest.mark.parametrize(
    ("name", "alphabet"),
    [
        ("date", "0123459-"),
        ("time", "0123569:.+-Zz"),
        ("duration", "PTYMWDHS01"),
        ("ipv4", "0125."),
        ("ipv6", "01aF:."),
        ("json-pointer", "/~01a#"),
        ("relative-json-pointer", "01/~#a"),
    ],
)
def test_validators_that_agree_on_a_random_text_agree_with_the_format(name: str, alphabet: str) -> None:
    language = of(name)
    examples = st.text(alphabet, max_size=12) | st.sampled_from(language.members(200)).flatmap(
        lambda text: st.tuples(st.integers(0, len(text)), st.sampled_from(alphabet)).map(
            lambda change: text[: change[0]] + change[1] + text[change[0] + 1 :]
        )
    )

    @given(examples)
    @settings(max_examples=150, deadline=None)
    def same(text: str) -> None:
        said = admitted(name, text)
        if said["rust"] is said["python"]:
            assert language.accepts(text) is said["rust"], text

    same()


@given(st.ip_addresses(v=6) | st.ip_addresses(v=4))
@settings(max_examples=200, deadline=None)
def test_every_address_is_one_however_it_is_written(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    language = of(f"ipv{address.version}")
    for text in (str(address), address.exploded, str(address).upper()):
        assert language.accepts(text)
        assert not language.accepts(text + ":")


@given(st.datetimes(timezones=st.timezones() | st.just(datetime.UTC)))
@settings(max_examples=100, deadline=None)
def test_every_moment_is_a_date_time(moment: datetime.datetime) -> None:
    offset = moment.utcoffset()
    text = moment.isoformat()
    whole_minutes = offset is not None and not offset % datetime.timedelta(minutes=1)
    assert of("date-time").accepts(text) is whole_minutes
    assert not of("date-time").accepts(moment.replace(tzinfo=None).isoformat())


@pytest.mark.parametrize(
    ("name", "pattern", "shortest"),
    [
        ("date", r"^\d{4}-\d{2}-\d{2}$", None),
        ("date", r"^(19|20)\d\d-", "0000-01-01"),
        ("date-time", r"^\d{4}-\d{2}-\d{2}[Tt]\d\d:\d\d:\d\d", None),
        ("date-time", r"^[^:]*:\d\d:[0-5]\d", "2016-12-31T23:59:60Z"),
        ("time", r"^\d\d:\d\d:([0-5]\d|60.*[Zz]$)", "23:59:60+00:00"),
        ("uuid", "^[0-9a-fA-F-]{36}$", None),
        ("uuid", "^[0-9a-f-]{36}$", "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaA"),
        ("ipv4", r"^(\d{1,3}\.){3}\d{1,3}$", None),
        ("ipv6", "^[0-9a-fA-F:.]{2,45}$", None),
        ("ipv6", "^[0-9a-fA-F:.]{2,44}$", "aaaa:aaaa:aaaa:aaaa:aaaa:aaaa:100.100.100.100"),
        ("duration", r"^P(?!T$)[\dTYMWDHS]+$", None),
        ("json-pointer", "^/", ""),
    ],
)
def test_what_a_format_lets_through_and_a_pattern_does_not(name: str, pattern: str, shortest: str | None) -> None:
    assert (of(name) - matching(pattern)).shortest() == shortest


def test_what_a_pattern_lets_through_and_a_format_does_not() -> None:
    assert (matching(r"^\d{4}-\d\d-\d\d$") - of("date")).shortest() == "0000-00-00"
    assert (matching(r"^2020-01-01T23:59:60Z$") - of("date-time")).is_empty()
    assert (matching(r"^2020-01-01T22:59:60Z$") - of("date-time")).shortest() == "2020-01-01T22:59:60Z"
    assert (literals(["2024-02-29", "2023-02-29"]) - of("date")).members(5) == ["2023-02-29"]


def test_formats_against_each_other() -> None:
    assert (of("ipv4") & of("ipv6")).is_empty()
    assert (of("date-time") - of("date-time")).is_empty()
    assert (of("date-time") & of("date")).is_empty()
    assert (of("json-pointer") & of("relative-json-pointer")).is_empty()
    assert (of("date") - lengths(10, 10)).is_empty()


def test_a_second_60_is_found_though_its_hours_and_offsets_are_thousands_of_states() -> None:
    language = of("time") & matching(r"^05:.*:60\+")
    assert language.shortest() == "05:00:60+05:01"
    assert (of("time") & matching(r"^05:30:60\+05:3[02-9]")).is_empty()
