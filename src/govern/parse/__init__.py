"""Bytes → Document, with line and column for every value. What cannot be read is a finding, never an exception."""

from govern.model.document import Document, Reader, Reading
from govern.model.finding import Finding, found
from govern.model.location import span_at
from govern.model.schema import Extract
from govern.parse import rules

# People's documents are below 0.2 MB. Nothing of this size takes any reader two seconds, or 500 MB.
MAX_BYTES = 4 * 1024 * 1024


def read(
    path: str,
    data: bytes,
    reader: Reader,
    *,
    tags: frozenset[str] = frozenset(),
    extract: tuple[Extract, ...] = (),
) -> Document:
    """The document that `data` holds.

    `tags` are the YAML tags of applications that are legal here, such as `!reset` in compose files; `extract` says
    which words the reader of markdown lists.
    """
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; govern reads {MAX_BYTES:,}"
        return _unreadable(path, reader, found(rules.TOO_LARGE, path, message))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(path, reader, _not_utf8(path, data, error))
    return _read(path, text, reader, tags, extract)


def read_text(
    path: str,
    text: str,
    reader: Reader,
    *,
    tags: frozenset[str] = frozenset(),
    extract: tuple[Extract, ...] = (),
) -> Document:
    """The document that `text` holds; a byte order mark before it is no part of it."""
    try:
        text.encode()  # a regular expression needs five times as long to find a surrogate
    except UnicodeEncodeError as error:
        message = f"U+{ord(text[error.start]):04X} is half a character and has no UTF-8"
        span = span_at(text, error.start, error.start + 1)
        return _unreadable(path, reader, found(rules.ENCODING, path, message, span=span, hint="save the file as UTF-8"))
    return _read(path, text.removeprefix("\ufeff"), reader, tags, extract)


def _read(path: str, text: str, reader: Reader, tags: frozenset[str], extract: tuple[Extract, ...]) -> Document:
    if reader == "frontmatter":
        from govern.parse.frontmatter import read_frontmatter

        return read_frontmatter(text, path)
    if reader == "block":
        from govern.parse.block import read_block

        return read_block(text, path, tags=tags)
    if reader == "yaml":
        from govern.parse.yaml import read_yaml

        reading = read_yaml(text, path, tags=tags)
        if reading.findings:
            from govern.parse.mend import mend

            reading = mend(text, path, reading, tags=tags)
        return Document(path, reader, text, reading)
    if reader == "markdown":
        from govern.parse.markdown import read_markdown

        return read_markdown(text, path, extract)
    if reader == "backlog":
        from govern.parse.backlog import read_backlog

        return read_backlog(text, path)
    if reader == "json":
        from govern.parse.json import read_json

        return Document(path, reader, text, read_json(text, path))
    from govern.parse.toml import read_toml

    return Document(path, reader, text, read_toml(text, path))


def unopened(path: str, reader: Reader, why: str) -> Document:
    """What stands for a file that cannot be opened."""
    return _unreadable(path, reader, found(rules.UNREADABLE, path, f"the file cannot be opened: {why.lower()}"))


def _unreadable(path: str, reader: Reader, finding: Finding) -> Document:
    return Document(path, reader, "", Reading(None, dict, (finding,), readable=False))


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Finding:
    before = data[: error.start].decode("utf-8-sig", "replace")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "the file is UTF-16, not UTF-8"
    else:
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
    span = span_at(before, len(before), len(before))
    span = span._replace(end_column=span.column + 1)
    return found(rules.ENCODING, path, message, span=span, hint="save the file as UTF-8")
