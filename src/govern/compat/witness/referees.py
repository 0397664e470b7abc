"""Does a schema admit a value, say two validators that share nothing? A witness counts only when both agree on it.

`jsonschema-rs` is asked first, and alone where a quick answer will do; `jsonschema` (see `adjusted.py`) confirms.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import jsonschema_rs

from govern.compat.solver.resources import DRAFT4, DRAFT6, DRAFT7, DRAFT2019, DRAFT2020, dialect_of, meta_schemas
from govern.compat.witness.adjusted import Adjusted
from govern.compat.witness.ecma import Unanswered, is_pattern
from govern.model.location import steps
from govern.model.verdict import Formats
from govern.validator import Unusable

_CLASSES: dict[int, Any] = {
    DRAFT4: jsonschema_rs.Draft4Validator,
    DRAFT6: jsonschema_rs.Draft6Validator,
    DRAFT7: jsonschema_rs.Draft7Validator,
    DRAFT2019: jsonschema_rs.Draft201909Validator,
    DRAFT2020: jsonschema_rs.Draft202012Validator,
}
_URIS = {
    DRAFT4: "http://json-schema.org/draft-04/schema#",
    DRAFT6: "http://json-schema.org/draft-06/schema#",
    DRAFT7: "http://json-schema.org/draft-07/schema#",
    DRAFT2019: "https://json-schema.org/draft/2019-09/schema",
    DRAFT2020: "https://json-schema.org/draft/2020-12/schema",
}

MAX_APPLICATIONS = 10_000_000  # subschemas applied to one value: jsonschema-rs takes 0.2 s for as many
MAX_DEPTH = 200  # values in values: `jsonschema` needs several Python calls for each, of the thousand there are
MAX_DIGITS = 4_000  # of a number: beyond 4,300 Python refuses to print an int, and nobody bounds by such

_SURROGATE = re.compile("[\ud800-\udfff]")


TOO_OFTEN = "the schema applies the same subschemas too often"


class Astray(Unusable):
    """A reference of the schema leads nowhere."""


class _Annotation:
    """A keyword that admits everything: what is encoded in a string is not ours to judge."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, schema_path: list[str | int]) -> None:
        pass

    def validate(self, instance: Any) -> None:
        pass


# jsonschema-rs asserts these in drafts 6 and 7, jsonschema never.
_ANNOTATIONS: dict[str, Any] = {"contentEncoding": _Annotation, "contentMediaType": _Annotation}


class Referees:
    """Both validators of one schema under one reading of formats. `dispute` says why the last answer was None."""

    def __init__(self, contents: Any, resources: Mapping[str, Any], dialect: str | None, formats: Formats) -> None:
        """Raises Unusable where the schema breaks its meta-schema or a reference leads nowhere."""
        self.dispute = self._unread = ""
        self._rust: Any = None
        self._default = _draft(dialect, DRAFT2020)
        self._adjusted: Adjusted | None = None
        draft = _draft_of(contents, self._default)
        resources = _reachable(contents, resources) if resources else {}
        resources = _meta_schemas([contents, *resources.values()]) | resources
        self._contents, self._resources, self._formats = contents, resources, formats == "assert"
        for schema in (contents, *resources.values()):
            if reason := _unsuited(schema):
                raise Unusable(reason, ())
        registry = None
        try:
            if resources:
                documents = [(uri, _with_dialect(other, self._default)) for uri, other in resources.items()]
                for _, document in documents:
                    jsonschema_rs.meta.validate(document)
                registry = jsonschema_rs.Registry(documents)
            self._rust = _CLASSES[draft](
                contents, registry=registry, offline=True, validate_formats=self._formats, keywords=_ANNOTATIONS
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            kind = getattr(error, "kind", None)
            if kind is None or isinstance(kind, jsonschema_rs.ValidationErrorKind.Referencing):
                self._must_be_legal()
                raise Astray(_sentence(error), ()) from None
            if not self._is_legal(error):
                raise Unusable(_sentence(error), tuple(getattr(error, "instance_path", ()))) from None
            self._rust, self._unread = None, f"jsonschema-rs cannot read the schema: {_sentence(error)}"
        self._too_large = _applications(contents, resources) > MAX_APPLICATIONS

    def quick(self, value: Any) -> bool | None:
        """Does `jsonschema-rs` admit this value? None where it cannot say."""
        reason = self._unread or (TOO_OFTEN if self._too_large else _unsuited(value))
        if not reason:
            try:
                return bool(self._rust.is_valid(value))
            except (ValueError, jsonschema_rs.ValidationError) as error:
                reason = f"jsonschema-rs cannot judge it: {_sentence(error)}"
        self.dispute = reason
        return None

    def _must_be_legal(self) -> None:
        try:
            jsonschema_rs.meta.validate(_with_dialect(self._contents, self._default))
        except (jsonschema_rs.ValidationError, ValueError) as error:
            raise Unusable(_sentence(error), tuple(getattr(error, "instance_path", ()))) from None

    def _is_legal(self, error: Exception) -> bool:
        """Is all that is wrong a pattern which ECMA-262 allows and jsonschema-rs does not read?"""
        pattern = getattr(error, "instance", None)
        stated = _with_dialect(self._contents, self._default)
        return isinstance(pattern, str) and is_pattern(pattern) and jsonschema_rs.meta.is_valid(stated)

    def admits(self, value: Any) -> bool | None:
        """Do both validators admit this value? None where they disagree, or one cannot say; `dispute` says how."""
        first = self.quick(value)
        if first is None:
            return None
        try:
            if self._adjusted is None:
                self._adjusted = Adjusted(self._contents, self._resources, self._default, self._formats)
            second = self._adjusted.admits(value)
        except Unanswered as error:
            self.dispute = str(error)
        except RecursionError:
            self.dispute = "jsonschema cannot judge it: the schema or the value goes too deep"
        except Exception as error:  # it fails on some legal schemas; then it has no answer, and we say why
            self.dispute = f"jsonschema cannot judge it: {_sentence(error)}"
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # out of a library in Rust that met a RecursionError
                raise
            self.dispute = "jsonschema cannot judge it: the schema or the value goes too deep"
        else:
            if first == second:
                return first
            said = {True: "admits", False: "refuses"}
            self.dispute = f"jsonschema-rs {said[first]} it, jsonschema {said[second]} it"
        return None


def _draft(uri: str | None, default: int) -> int:
    if uri is None:
        return default
    known = dialect_of(uri)
    if known is None:
        raise Unusable(f"{uri} is no dialect that is known here", ("$schema",))
    return known


def _draft_of(contents: Any, default: int) -> int:
    if not isinstance(contents, (dict, bool)):
        raise Unusable("a schema is an object or a boolean", ())
    stated = contents.get("$schema") if isinstance(contents, dict) else None
    if stated is not None and not isinstance(stated, str):
        raise Unusable("$schema is no string", ("$schema",))
    return _draft(stated, default)


def _with_dialect(contents: Any, default: int) -> Any:
    """A schema that says its dialect, as a registry wants it."""
    _draft_of(contents, default)
    if isinstance(contents, dict) and "$schema" not in contents:
        return {"$schema": _URIS[default], **contents}
    return contents


def _meta_schemas(schemas: Iterable[Any]) -> dict[str, Any]:
    """The meta-schemas that the schemas refer to, with all that those consist of."""
    found: dict[str, Any] = {}
    for uri in {uri for schema in schemas for uri in _published(schema)}:
        found.update(meta_schemas(uri))
    return found


def _published(schema: Any) -> Iterator[str]:
    """The references that start where JSON Schema publishes its meta-schemas."""
    pending = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            for keyword in ("$ref", "$dynamicRef"):
                reference = node.get(keyword)
                if isinstance(reference, str) and "://json-schema.org/" in reference:
                    yield reference.partition("#")[0]
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


def _reachable(contents: Any, resources: Mapping[str, Any]) -> dict[str, Any]:
    """The resources that references may lead to: a library that compiles them all would trip over any broken one.

    A relative reference may start from any base, so what ends like it counts.
    """
    reached: dict[str, Any] = {}
    tried: set[str] = set()
    pending = [contents]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            for keyword in ("$ref", "$dynamicRef"):
                end = str(node.get(keyword, "")).partition("#")[0].lstrip("./")
                if end and end not in tried:
                    tried.add(end)
                    for uri, schema in resources.items():
                        if uri not in reached and uri.rstrip("#").endswith(end) and _is_readable(schema):
                            reached[uri] = schema
                            pending.append(schema)
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    return reached


def _is_readable(schema: Any) -> bool:
    """Is it of a dialect that is known? Another is refused only where a reference really leads to it."""
    stated = schema.get("$schema") if isinstance(schema, dict) else None
    return not isinstance(stated, str) or dialect_of(stated) is not None


def _applications(contents: Any, resources: Mapping[str, Any]) -> float:
    """How often subschemas are applied, at most, where no reference is followed into itself.

    Thirty definitions that each name the next one twice come to a thousand million.
    """
    known: dict[int, float] = {}

    def count(node: Any, root: Any) -> float:
        if isinstance(node, list):
            return sum(count(item, root) for item in node)
        if not isinstance(node, dict):
            return 0
        total = known.get(id(node))
        if total is None:
            known[id(node)] = 0  # a reference back to here ends here
            total = 1
            for keyword, item in node.items():
                if keyword not in ("$defs", "definitions") and isinstance(item, (dict, list)):
                    total += count(item, root)
            reference = node.get("$ref")
            if isinstance(reference, str):
                total += count(*_target(reference, root, resources))
            known[id(node)] = total
        return total

    try:
        return count(contents, contents)
    except RecursionError:
        return math.inf


def _target(reference: str, root: Any, resources: Mapping[str, Any]) -> tuple[Any, Any]:
    """What a reference leads to, and the schema that holds it; None where that takes more than a JSON pointer."""
    uri, _, fragment = reference.partition("#")
    root = resources.get(uri) if uri else root
    node = root
    for step in steps(fragment):
        node = node.get(step) if isinstance(node, dict) else None
    return node, root


def _unsuited(value: Any) -> str:
    """Why the validators cannot be asked about a value, or nothing. They would not all notice, or not survive it."""
    pending = [(value, 0)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node, str):
            if not node.isascii() and _SURROGATE.search(node):
                return "it holds half of a surrogate pair, which is no character"
        elif isinstance(node, (dict, list)):
            if depth > MAX_DEPTH:
                return f"it is nested more than {MAX_DEPTH} deep"
            if isinstance(node, dict):
                pending.extend((name, depth) for name in node)
                pending.extend((item, depth + 1) for item in node.values())
            else:
                pending.extend((item, depth + 1) for item in node)
        elif isinstance(node, (float, Decimal)):
            number = Decimal(node)
            if not number.is_finite():
                return "it holds a number that JSON cannot write"
            if abs(number.adjusted()) + len(number.as_tuple().digits) > MAX_DIGITS:
                return f"it holds a number of more than {MAX_DIGITS} digits"
        elif isinstance(node, int) and node.bit_length() > MAX_DIGITS * 3:
            return f"it holds a number of more than {MAX_DIGITS} digits"
    return ""


def _sentence(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
