"""Files of JSON Lines: each line is a document, the first findings are listed and the rest is counted."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govern
from govern.parse.json import read_json
from govern.parse.line import Unusual, quickly
from govern.streaming import MAX_SHOWN
from tests.repo import EXAMPLES, ROOT, Repo

EVENT = {
    "specversion": "1.0",
    "id": "1",
    "source": "/checkout",
    "type": "order.placed.v2",
    "dataschema": "https://contracts.acme.example/event/order-placed/2.0.0",
    "data": {"id": "AC204817", "channel": "web", "lines": [{"sku": "a", "quantity": 1}]},
}


def event(channel: str = "web", **fields: Any) -> str:
    return json.dumps({**EVENT, "data": {**EVENT["data"], "channel": channel}, **fields})  # type: ignore[dict-item]


@pytest.fixture
def events(repo: Repo) -> Repo:
    repo.copy(EXAMPLES / "acme-events")
    return repo


def column(line: str, text: str) -> int:
    return line.index(f'"{text}"') + 1


def places(repo: Repo, *arguments: str) -> list[str]:
    return [f"{found['line']}:{found['column']} {found['rule']}" for found in repo.findings(*arguments)]


@pytest.mark.parametrize(
    ("line", "at", "rule"),
    [
        (b"", b"", "json/syntax"),
        (b"   \t", b"", "json/syntax"),
        (b"{", b"", "json/syntax"),
        (b'{"specversion": "1.0"} {}', b"{}", "json/syntax"),
        (event().replace('"source"', '"id": "y", "source"').encode(), b'"id": "y"', "json/duplicate-key"),
        (event().replace('"AC204817"', "NaN").encode(), b"NaN", "json/not-finite"),
        (event().replace('"quantity": 1', '"quantity": ' + "9" * 5_000).encode(), b"99", "json/not-finite"),
        (event().replace('"quantity": 1', '"quantity": 1e999').encode(), b"1e999", "json/not-finite"),
        (event().replace('"1"', '"\xff"').encode("latin-1"), b"\xff", "file/not-utf8"),
        (b"\xef\xbb\xbf" + event().encode(), b"", "json/syntax"),
        (b'"' + b"x" * (4 * 1024 * 1024) + b'"', b"", "file/too-large"),
        (event().replace('"1"', '"\\ud800"').encode(), b'"\\ud800"', "json/lone-surrogate"),
        (b"[" * 102 + b"7" + b"]" * 102, b"[7", "json/too-deep"),
        (event("phone").encode(), b'"phone"', "schema/enum"),
        (event(type="order.placed.v1").encode(), b'"order.placed.v1"', "event/schema-mismatched"),
        (b"[]", b"", "schema/type"),
        (b"7", b"", "schema/type"),
    ],
    ids=range(17),
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_a_line_that_is_wrong_is_reported_at_its_place_and_the_rest_judged(
    events: Repo, line: bytes, at: bytes, rule: str, end: bytes
) -> None:
    last = event("post")
    events.write("events/some.jsonl", end.join([event().encode(), line, last.encode(), event().encode(), b""]))
    found = [f"2:{line.index(at) + 1} {rule}", f"3:{column(last, 'post')} schema/enum"]
    assert places(events, "events/some.jsonl") == found


@pytest.mark.parametrize(
    "text",
    [
        event() + "\n" + event(),  # no line break at the end
        "\ufeff" + event() + "\r\n" + event() + "\r\n",
        event(id='a : b\\":').replace(", ", " ,\t") + "\n",
        event(note="M\u00fcller \U0001f600") + "\n",
        json.dumps({**EVENT, "note": "x\u2028y"}, ensure_ascii=False) + "\n",
        event().replace(": ", " : ") + "\n",
    ],
)
def test_what_json_allows_in_a_line_is_fine(events: Repo, text: str) -> None:
    events.write("events/some.ndjson", text)
    assert places(events, "events/some.ndjson") == []


def test_each_line_is_judged_by_the_envelope_that_it_has(events: Repo) -> None:
    old = {
        "event_id": "0d1a54f0-5a3b-4c0e-8f0e-2f7a1f0c9b11",
        "event_type": "order.placed.v1",
        "event_timestamp": "2025-11-03T09:12:44Z",
        "source_service": "checkout",
        "schema_version": 1,
        "correlation_id": "0d1a54f0-5a3b-4c0e-8f0e-2f7a1f0c9b11",
        "data": {"id": "AC204817", "channel": "phone", "lines": [{"sku": "a", "quantity": 1}]},
    }
    wrong = {**old, "specversion": "1.0"}
    events.write("events/some.jsonl", f"{json.dumps(old)}\n{event()}\n{json.dumps(wrong)}\n")
    found = events.findings("events/some.jsonl")
    assert {(each["line"], each["schema"]) for each in found} == {(3, "event@2.0.0")}
    assert {each["schema"] for each in events.findings("--as", "event@1", "events/some.jsonl")} == {"event@1.0.0"}
    assert {each["line"] for each in events.findings("--as", "event@1", "events/some.jsonl")} == {2, 3}


def test_the_first_hundred_findings_are_listed_and_the_rest_counted_by_rule(events: Repo) -> None:
    lines = [event("phone" if index % 2 else "web", id=str(index)) for index in range(600)]
    lines[500] = event(id="")
    lines[501] = "{"
    lines[502] = event(type="order.placed.v1")
    lines[503] = event("phone", time="now")
    events.write("events/many.jsonl", "\n".join(lines) + "\n")
    ran = events.govern("check", "events/many.jsonl", "--format", "json")
    said = json.loads(ran.out)
    assert (ran.code, len(said["findings"])) == (1, MAX_SHOWN + 1)
    assert [each["line"] for each in said["findings"][:MAX_SHOWN]] == list(range(2, 201, 2))
    more = said["findings"][-1]
    assert (more["rule"], more["line"]) == ("file/more-findings", 202)
    assert more["message"] == (
        "and 203 more errors, from this line on: schema/enum 199, schema/length 1, json/syntax 1, "
        "event/schema-mismatched 1, schema/format 1"
    )
    assert said["summary"]["errors"] == 303
    assert ran.err == ""
    assert "303 errors in 1 file" in events.govern("check", "events/many.jsonl").err


def test_what_is_counted_is_what_would_be_listed(events: Repo) -> None:
    kinds = [
        event("phone"), event(id=""), event(type="order.placed.v9"), event(dataschema="urn:none"), event(sorce="/a", source=""),
        event(data={}), event(data={"id": 7, "lines": [{"quantity": 0}, {"sku": "", "qty": 1}]}), event(data=[]), "[]", "{}",
        json.dumps({key: value for key, value in EVENT.items() if key != "id"} | {"Id": "1"}), event(a_b=1, c=1.5), "nul",
        event(data_base64="YQ=="), json.dumps({**EVENT, "event_id": "1", "time": "x", "specversion": 1}),
    ]  # fmt: skip
    events.write("events/few.jsonl", "\n".join(kinds) + "\n")
    each = Counter(found["rule"] for found in events.findings("events/few.jsonl"))
    assert sum(each.values()) < MAX_SHOWN
    padding = [event("phone")] * MAX_SHOWN
    events.write("events/few.jsonl", "\n".join([*padding, *kinds * 3]) + "\n")
    *_, more = events.findings("events/few.jsonl")
    told = dict(part.rsplit(" ", 1) for part in more["message"].partition("on: ")[2].split(", "))
    assert told == {rule: str(count * 3) for rule, count in each.items()}


def test_severities_count_beyond_the_first_hundred_too(events: Repo) -> None:
    events.write("govern.toml", '[rules]\n"schema/enum" = "warn"\n"schema/length" = "off"\n')
    lines = [event("phone")] * 150 + [event(id="")] + [event(type="order.placed.v1")]
    events.write("events/many.jsonl", "\n".join(lines) + "\n")
    ran = events.govern("check", "events/many.jsonl")
    assert ran.out.splitlines()[MAX_SHOWN:] == [
        f"events/many.jsonl:101:{column(event('phone'), 'phone')}: warning: and 50 more warnings, from this line on: "
        "schema/enum 50 [file/more-findings]",
        f"events/many.jsonl:152:{column(event(), 'order.placed.v2')}: error: and 1 more error, from this line on: "
        "event/schema-mismatched 1 [file/more-findings]",
    ]
    assert (ran.code, ran.err.partition(" in ")[0]) == (1, "1 error, 150 warnings")


def test_a_vocabulary_holds_for_every_line(events: Repo) -> None:
    events.write("govern.toml", '[vocabulary]\nevent.source = ["/checkout", "/billing"]\n')
    events.write("events/some.jsonl", f"{event()}\n{event(source='/chekout')}\n")
    assert places(events, "events/some.jsonl") == [
        f"2:{column(event(source='/chekout'), '/chekout')} event/source-unknown"
    ]


def test_lines_of_a_kind_of_ones_own(repo: Repo) -> None:
    repo.write(
        "schemas/reading/kind.yaml",
        "kind: reading\ntitle: Readings\nreader: json\ndefault: 1\nfiles:\n  - glob: 'data/*.jsonl'\n",
    )
    repo.write("schemas/reading/1.0.0.json", '{"type": ["array", "number"], "maxItems": 1}')
    repo.write("data/a.jsonl", "[]\n1.5\n[1, 2]\ntrue\n")
    assert places(repo, "data/a.jsonl") == ["3:1 schema/items", "4:1 schema/type"]


def test_full_reports_show_the_line_wherever_it_stands(events: Repo) -> None:
    long = event(note="x" * 60_000)
    lines = [long] * 100 + [event("phone")] + [long] * 3 + [event(id="")]
    events.write("events/some.jsonl", "\n".join(lines) + "\n")
    out = events.govern("check", "events/some.jsonl", "--format", "full").out
    assert "  101 | " in out
    assert '"channel": "phone"' in out
    assert '  105 | {"specversion": "1.0", "id": ""' in out


@pytest.mark.parametrize("arguments", [["--fix"], ["--diff"]])
def test_mending_leaves_such_files_alone(events: Repo, arguments: list[str]) -> None:
    text = event("wbe") + "\n"
    events.write("events/some.jsonl", text)
    assert events.govern("check", *arguments, "events/some.jsonl").code in (0, 1)
    assert (events.root / "events/some.jsonl").read_text() == text
    assert not any(found["fixable"] for found in events.findings("events/some.jsonl"))


def test_standard_input_and_texts_are_read_by_lines_too(events: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    text = event() + "\n" + event("phone") + "\n"
    assert places(events, "--stdin-filename", "events/new.jsonl") == []
    ran = events.govern("check", "--stdin-filename", "events/new.jsonl", "--format", "full", stdin=text.encode())
    assert f"events/new.jsonl:2:{column(event('phone'), 'phone')}" in ran.out
    assert '"channel": "phone"' in ran.out
    monkeypatch.chdir(events.root)
    assert [f.span.line for f in govern.check_text(text, kind="event", path="events/new.jsonl")] == [2]
    assert govern.check_text(event(), kind="event") == []


def test_ids_tell_the_events_of_a_file_apart_and_do_not_change_when_lines_move(events: Repo) -> None:
    lines = [event("phone", id="a"), event("phone", id="b")]
    events.write("events/some.jsonl", "\n".join(lines) + "\n")
    before = {found["id"] for found in events.findings("events/some.jsonl")}
    events.write("events/some.jsonl", "\n".join([event(), *lines[::-1]]) + "\n")
    assert len(before) == 2
    assert {found["id"] for found in events.findings("events/some.jsonl")} == before


def test_a_big_file_takes_little_memory(events: Repo) -> None:
    line = event() + "\n"
    path = events.root / "events/big.jsonl"
    with path.open("w") as file:
        for _ in range(40):
            file.write(line * 1_000)
    code = (
        "import resource, sys\n"
        "from govern.cli.main import main\n"
        "code = main(['check', sys.argv[1]])\n"
        "print(code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    import subprocess
    import sys

    def memory(name: str) -> int:
        done = subprocess.run([sys.executable, "-c", code, name], cwd=events.root, capture_output=True, check=True)
        code_, used = done.stdout.split()
        assert code_ == b"0"
        return int(used)

    events.untracked("events/small.jsonl", line)
    assert path.stat().st_size > 8_000_000
    grown = memory("events/big.jsonl") - memory("events/small.jsonl")
    assert grown < 4_000 * (1_024 if sys.platform == "darwin" else 1)


patiently = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(alphabet='ab":\\ \t{[,é\ud800😀', max_size=4),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", '":', " :", "é"]), below, max_size=3),
    max_leaves=12,
)  # fmt: skip


@patiently
@given(
    value=VALUES,
    separators=st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : "), (",\t", ":\t")]),
    ascii=st.booleans(),
)
def test_what_is_read_quickly_is_what_the_careful_reader_reads(
    value: Any, separators: tuple[str, str], ascii: bool
) -> None:
    agree(json.dumps(value, separators=separators, ensure_ascii=ascii))


@patiently
@given(st.text(alphabet='{}[]",:ab\\1e0.- \t\ud800', max_size=24))
def test_and_so_of_any_text(text: str) -> None:
    agree(text)


@patiently
@given(
    st.lists(st.sampled_from(['"a"', '"b"', '"\\u0061"', '"a\\":"']), min_size=2, max_size=3),
    st.sampled_from([":", " :", ": ", "\t:"]),
)
def test_a_key_that_stands_twice_is_never_read_quickly(keys: list[str], colon: str) -> None:
    text = "{" + ",".join(f"{key}{colon}1" for key in keys) + "}"
    if len({json.loads(key) for key in keys}) < len(keys):
        with pytest.raises(Unusual):
            quickly(text.encode())
    agree(text)


def agree(text: str) -> None:
    try:
        value = quickly(text.encode("utf-8", "surrogatepass"))
    except Unusual:
        return
    reading = read_json(text, "")
    assert reading.readable
    assert not reading.findings
    assert json.dumps(reading.value) == json.dumps(value)


def test_it_says_of_each_line_what_jsonschema_says(events: Repo) -> None:
    envelope = json.loads((ROOT / "schemas/event/2.0.0.json").read_text())
    payload = json.loads((events.root / "schemas/event/order-placed/2.0.0.json").read_text())
    dialect = jsonschema.Draft202012Validator
    judges = [dialect(schema, format_checker=dialect.FORMAT_CHECKER) for schema in (envelope, payload)]
    lines = [
        event(channel, id=identity, source=source, time=time)
        for channel in ("web", "phone")
        for identity in ("1", "")
        for source in ("/a", "a b")
        for time in ("2026-01-31T12:00:00Z", "2026-01-31", None)
    ]
    events.write("events/some.jsonl", "\n".join(lines) + "\n")
    wrong = {found["line"] for found in events.findings("events/some.jsonl")}
    values = [json.loads(line) for line in lines]
    expected = {
        number
        for number, value in enumerate(values, 1)
        if not (judges[0].is_valid(value) and judges[1].is_valid(value["data"]))
    }
    assert wrong == expected
    assert Path(events.root / "events/some.jsonl").exists()
