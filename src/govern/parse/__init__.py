"""Bytes → Document, with line and column for every value. What cannot be read is a finding, never an exception."""

from govern.model.document import Document, Reader, Reading
from govern.model.finding import found
from govern.model.location import span_at
from govern.parse import rules

MAX_BYTES = 4 * 1024 * 1024  # people's documents are below 0.2 MB; the careful YAML path needs about a minute for this much


def read(path: str, data: bytes, reader: Reader, *, tags: frozenset[str] = frozenset()) -> Document:
    """The document that `data` holds.

    `tags` are the YAML tags of applications that are legal here, such as `!reset` in compose files.
    """
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; govern reads {MAX_BYTES:,}"
        return _unreadable(path, reader, Reading(None, dict, (found(rules.TOO_LARGE, path, message),), readable=False))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(path, reader, _not_utf8(path, data, error))
    return read_text(path, text, reader, tags=tags)


def read_text(path: str, text: str, reader: Reader, *, tags: frozenset[str] = frozenset()) -> Document:
    """The document that `text` holds."""
    if reader == "frontmatter":
        from govern.parse.frontmatter import read_frontmatter

        return read_frontmatter(text, path)
    if reader == "yaml":
        from govern.parse.yaml import read_yaml

        return Document(path, reader, text, read_yaml(text, path, tags=tags))
    if reader == "json":
        from govern.parse.json import read_json

        return Document(path, reader, text, read_json(text, path))
    from govern.parse.toml import read_toml

    return Document(path, reader, text, read_toml(text, path))


def _unreadable(path: str, reader: Reader, reading: Reading) -> Document:
    return Document(path, reader, "", reading)


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Reading:
    before = data[: error.start].decode("utf-8-sig", "replace")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "the file is UTF-16, not UTF-8"
    else:
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
    span = span_at(before, len(before), len(before))
    finding = found(rules.ENCODING, path, message, span=span._replace(end_column=span.column + 1), hint="save the file as UTF-8")
    return Reading(None, dict, (finding,), readable=False)
