"""`govern compat --accept` and `--bump`: settle what a comparison found, by a waiver or by the right version."""

import datetime
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from govern.comparing.words import Outcome, Result
from govern.compat.versions import lineage
from govern.compat.versions.held import Held
from govern.model.document import Document
from govern.model.schema import Version, written
from govern.model.unable import Unable
from govern.workspace.files import Unreadable, contents, write


def accept(outcome: Outcome, identity: str, reason: str, until: str | None) -> None:
    """Write one `[[waive]]` for a change: in place of one that has ended, else at the end of the configuration. Nothing
    else in the file moves.
    """
    rule = _rule_of(identity, outcome)
    if until is not None:
        try:
            until = datetime.date.fromisoformat(until).isoformat()
        except ValueError:
            raise Unable(f"--until {until} is no date; write YYYY-MM-DD") from None
    document = outcome.config.document if outcome.config else None
    path = outcome.root / (document.path if document else "govern.toml")
    table = "tool.govern.waive" if path.name == "pyproject.toml" else "waive"
    entry = {"id": identity, "rule": rule, "reason": reason}
    lines = [f"[[{table}]]", *(f"{key} = {_quoted(value)}" for key, value in entry.items())]
    if until:
        lines.append(f"until = {until}")
    try:
        data = contents(path) if path.exists() else b""
        text = data.decode()
        new = _replaced(text, table, identity, lines) or _appended(text, lines)
    except (Unreadable, UnicodeDecodeError) as error:
        raise Unable(f"{path.name} cannot be read: {error}") from None
    try:
        tomllib.loads(new.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        said = "\n  ".join(lines)
        raise Unable(f"{path.name} holds its waivers in a form that cannot be appended to; add:\n  {said}") from None
    _write(path, new.encode(), outcome.root)
    print(f"{rule} {identity} is accepted in {path.relative_to(outcome.root).as_posix()}", file=sys.stderr)


def bump(outcome: Outcome) -> None:
    """Write every changed schema as the version that it must be, and say so."""
    if outcome.results and outcome.sides is None:
        print("two files that are named are only compared: nothing can be raised", file=sys.stderr)
        return
    done: set[str] = set()
    templates: list[str] = []
    unnumbered = [
        result.new.path
        for result in outcome.results
        if result.new.version is None and result.comparison.required_bump == "major" and result.findings
    ]
    for result in sorted(outcome.results, key=lambda result: result.new.rank, reverse=True):
        new = result.new
        if new.is_template and _is_short(result):
            templates.append(new.path)
        elif new.path not in done and new.version is not None and _is_short(result):
            done.add(new.path)
            _raise(result, outcome)
    for path in dict.fromkeys(unnumbered):
        print(f"{path} has no version in its path: nothing can be raised", file=sys.stderr)
    for path in dict.fromkeys(templates):
        print(f"{path} is not raised: the template has to be copied with it", file=sys.stderr)
    if not done and not unnumbered and not templates:
        print("every version is already what it must be", file=sys.stderr)


def _is_short(result: Result) -> bool:
    old, new, required = result.old, result.new, result.comparison.required_bump
    if not new.exact:
        return required == "major" and not result.has_risen
    return lineage.is_short_of(lineage.actual_bump(old.rank, new.rank), required)


def _raise(result: Result, outcome: Outcome) -> None:
    """The contents of a file under the number that they must have; a published file goes back to what it was."""
    assert outcome.sides is not None
    old_side, new_side = outcome.sides
    old, new = result.old, result.new
    document = new_side.document(new.path)
    taken = {file.version for side in outcome.sides for file in side.files.get((new.exact, new.subject), ())}
    version = lineage.raised(old.rank, result.comparison.required_bump)
    while version in taken:
        version = lineage.raised(version, result.comparison.required_bump)
    path = _path_of(new, version)
    text = _renamed(document, _number(new, new.rank), _number(new, version))
    mark = b"\xef\xbb\xbf" if new_side.revision.read(new.path).startswith(b"\xef\xbb\xbf") else b""
    _write(outcome.root / path, mark + text.encode(), outcome.root)
    was = next((file for file in old_side.files.get((new.exact, new.subject), ()) if file.path == new.path), None)
    if was:
        _write(outcome.root / new.path, old_side.revision.read(new.path), outcome.root)
        print(f"wrote {path}; {new.path} is again what is published", file=sys.stderr)
    else:
        (outcome.root / new.path).unlink()
        print(f"wrote {path} in place of {new.path}", file=sys.stderr)


def _path_of(file: Held, version: Version) -> str:
    folder, slash, name = file.path.rpartition("/")
    if file.exact:
        return f"{folder}{slash}{written(version)}.json"
    before, _, after = name.rpartition(f".v{file.major}.")
    return f"{folder}{slash}{before}.v{version[0]}.{after}"


def _number(file: Held, version: Version) -> str:
    return written(version) if file.exact else f"v{version[0]}"


def _renamed(document: Document, old: str, new: str) -> str:
    """The text of a schema with another version in its `$id`, and nothing else changed."""
    identifier = document.value.get("$id") if isinstance(document.value, dict) else None
    if not isinstance(identifier, str) or old not in identifier:
        return document.text
    span = document.span(("$id",))
    lines = document.text.split("\n")
    line = lines[span.line - 1]
    source = line[span.column - 1 : span.end_column - 1]
    lines[span.line - 1] = line[: span.column - 1] + lineage.with_number(source, old, new) + line[span.end_column - 1 :]
    return "\n".join(lines)


def _rule_of(identity: str, outcome: Outcome) -> str:
    """The rule of the change, or finding, that goes by an id."""
    known = {finding.id: finding.rule for finding in outcome.findings if finding.rule.startswith("compat/")}
    if identity in known:
        return known[identity]
    changes = [change for result in outcome.results for change in result.comparison.changes]
    if any(change.id == identity and change.waived for change in changes):
        raise Unable(f"{identity} is accepted already")
    if any(change.id == identity for change in changes):
        raise Unable(f"{identity} breaks nothing that is asked for; there is nothing to accept")
    there_are = ", ".join(f"{each} ({rule})" for each, rule in known.items()) or "none"
    raise Unable(f"no change goes by the id {identity}; there are: {there_are}")


def _replaced(text: str, table: str, identity: str, lines: list[str]) -> str | None:
    """The text with a waiver in place of those for the same change that have ended. None if there are none, or if they
    are not written as tables of their own.
    """
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    waivers = _waivers(before, table)
    ended = [
        index
        for index, waiver in enumerate(waivers)
        if isinstance(waiver, dict) and waiver.get("id") == identity and "until" in waiver
    ]
    rows = re.findall(r"[^\n]*\n|[^\n]+", text)
    header = re.compile(r"\s*\[\[\s*" + r"\s*\.\s*".join(table.split(".")) + r"\s*\]\]")
    starts = [number for number, row in enumerate(rows) if header.match(row)]
    if not ended or len(starts) != len(waivers):
        return None
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    for index in reversed(ended):
        start = end = starts[index]
        for number in range(start + 1, len(rows)):
            if rows[number].lstrip().startswith("["):
                break
            if rows[number].strip() and not rows[number].lstrip().startswith("#"):
                end = number
        comments = [row for row in rows[start + 1 : end] if row.lstrip().startswith("#")]
        new = [line + end_of_line for line in lines] if index == ended[0] else []
        rows[start : end + 1] = [*new[:1], *comments, *new[1:]]
    result = "".join(rows)
    (entry,) = _waivers(tomllib.loads("\n".join(lines)), table)
    waivers[ended[0]] = entry
    waivers[:] = [waiver for index, waiver in enumerate(waivers) if index not in ended[1:]]
    try:  # what is no line of its own, such as a header within a text, shows here
        return result if tomllib.loads(result) == before else None
    except tomllib.TOMLDecodeError:
        return None


def _waivers(contents: Any, table: str) -> list[Any]:
    for key in table.split("."):
        contents = contents.get(key, {}) if isinstance(contents, dict) else {}
    return contents if isinstance(contents, list) else []


def _appended(text: str, lines: list[str]) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text else end if text.endswith("\n") else end + end
    return text + gap + end.join(lines) + end


def _quoted(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unable("--reason is not UTF-8") from None
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(path: Path, data: bytes, root: Path) -> None:
    try:
        write(path, data, root)
    except (OSError, ValueError) as error:
        raise Unable(f"{path} cannot be written: {error}") from None
