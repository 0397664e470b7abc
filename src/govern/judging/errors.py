"""Validation errors → what a person has to know: one mistake, one trouble, at its exact place."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from govern.judging import rules, words
from govern.judging.branches import Branch, branches, discriminators, expectation, lacking, meant
from govern.judging.limits import counted, missed
from govern.judging.parts import is_prose, missing, part
from govern.judging.subschemas import Subschemas
from govern.judging.trouble import Trouble
from govern.model.document import Document
from govern.model.location import Path
from govern.model.spelling import nearest

MAX_DEPTH = 20  # of anyOf inside anyOf; beyond it the message stays general


def explain(errors: Iterable[Any], document: Document, subschemas: Subschemas) -> Iterator[Trouble]:
    """The troubles behind some validation errors, knock-on errors folded away."""
    flat = list(_flatten(errors, subschemas, 0))
    explainer = _Explainer(document, subschemas, [tuple(error.instance_path) for error, _ in flat])
    troubles: dict[tuple[Path, str], list[Trouble]] = {}
    for error, branch in flat:
        for trouble in explainer.troubles(error):
            if branch:
                trouble = trouble._replace(message=f"{trouble.message} (read as {branch.title})")
            same = troubles.setdefault((trouble.path, "key" if trouble.at_key else "value"), [])
            if all(trouble.message != other.message for other in same):
                same.append(trouble)
    renamed = {t.proposal for group in troubles.values() for t in group if t.rule is rules.UNKNOWN_KEY and t.proposal}
    for group in troubles.values():
        yield from _folded(group, renamed)


def _folded(group: list[Trouble], renamed: set[Any]) -> Iterator[Trouble]:
    """A value that is none of the allowed ones need not be told that its type is wrong too, nor that it misses a
    pattern.
    """
    for decisive in (rules.ENUM, rules.CONST, rules.TYPE):
        if any(trouble.rule is decisive for trouble in group):
            keep = (decisive, rules.MISSING_KEY, rules.DEPENDENT, rules.UNKNOWN_KEY)
            group = [trouble for trouble in group if trouble.rule in keep]
    for trouble in group:
        if trouble.rule is not rules.MISSING_KEY or trouble.key not in renamed:
            yield trouble


def _flatten(errors: Iterable[Any], subschemas: Subschemas, depth: int) -> Iterator[tuple[Any, Branch | None]]:
    """The errors, each `anyOf` and `oneOf` replaced by the errors of the branch that was meant."""
    for error in errors:
        if error.kind.name in ("anyOf", "oneOf") and depth < MAX_DEPTH and any(error.kind.context):
            chosen = meant(branches(error, subschemas), tuple(error.instance_path))
            if len(chosen) == 1 and chosen[0].errors:
                several = len(error.kind.context) > 1
                for inner, branch in _flatten(chosen[0].errors, subschemas, depth + 1):
                    yield inner, branch or (chosen[0] if several else None)
                continue
        yield error, None


class _Explainer:
    def __init__(self, document: Document, subschemas: Subschemas, paths: list[Path]) -> None:
        self.document = document
        self.subschemas = subschemas
        self.paths = paths
        self.has_empty_keys = any("" in path for path in document.places)
        said = {"toml": "the file", "frontmatter": "the front matter", "block": "the block"}
        self.called = document.called or said.get(document.reader, "the document")
        self._say: dict[str, Callable[[Any, Path, Any], Iterator[Trouble]]] = {
            "additionalProperties": self._unknown_keys,
            "unevaluatedProperties": self._unknown_keys,
            "required": self._missing,
            "enum": self._enum,
            "const": self._const,
            "type": self._type,
            "format": self._format,
            "pattern": self._pattern,
            "propertyNames": self._key_name,
            "anyOf": self._any_of,
            "oneOf": self._any_of,
            "not": self._not,
            "falseSchema": self._false,
        }

    def troubles(self, error: Any) -> Iterator[Trouble]:
        path = tuple(error.instance_path)
        if self.has_empty_keys:
            path = _with_empty_keys(path, self.document.value, error.instance) or path
        value = self._value(path)
        say = self._say.get(error.kind.name)
        because = self._because(error, path)
        for trouble in say(error, path, value) if say else self._limit(error, path, value):
            yield trouble._replace(message=trouble.message + because) if because else trouble

    def _value(self, path: Path) -> Any:
        value = self.document.value
        for step in path:
            value = value[step]
        return value

    def _name(self, path: Path) -> str:
        return part(self.document, path) or words.name(path, self.called)

    def _shown(self, path: Path, value: Any) -> str:
        # in prose a number or a checkbox is read out of a text that says more
        as_written = not isinstance(value, (str, dict, list)) and not is_prose(self.document, path)
        text = words.shown(value, self.document.source(path) if as_written else None)
        return words.container(self.document.reader).get(text, text)

    def _types(self, names: Iterable[str]) -> str:
        said = words.container(self.document.reader)
        return words.either(said.get(words.TYPES[name], words.TYPES[name]) for name in names)

    def _of(self, path: Path) -> str:
        return f" of {self._name(path)}" if path else ""

    def _from(self, path: Path) -> str:
        return f" from {self._name(path)}" if path else ""

    def _schema(self, error: Any, up: int) -> tuple[Any, Any]:
        evaluation = tuple(error.evaluation_path)
        return self.subschemas.at(evaluation[: len(evaluation) - up])

    def _description(self, error: Any, up: int = 1) -> str | None:
        return self.subschemas.described(*self._schema(error, up))

    def _because(self, error: Any, path: Path) -> str:
        """The condition of the `if` that led here, in words."""
        evaluation = tuple(error.evaluation_path)
        at = max((i for i, step in enumerate(evaluation) if step in ("then", "else")), default=None)
        if at is None or (at and evaluation[at - 1] in ("properties", "$defs", "patternProperties")):
            return ""
        condition, resource = self.subschemas.at((*evaluation[:at], "if"))
        where = path[: _consumed(evaluation[:at])]
        value = self._value(where)
        said = []
        for node, _ in self.subschemas.in_place(condition, resource):
            for key in node.get("properties") or ():
                if isinstance(value, dict) and key in value and not isinstance(value[key], (dict, list)):
                    said.append(f"{key} is {self._shown((*where, key), value[key])}")
        return f", because {words.either(said, 'and')}" if said else ""

    def _unknown_keys(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        parent, resource = self._schema(error, 1)
        declared = self.subschemas.keys(parent, resource)
        unevaluated = error.kind.name == "unevaluatedProperties"
        for key in error.kind.unexpected:
            at = (*path, key)
            if unevaluated and self.subschemas.declares(parent, resource, key) and self._fails_elsewhere(path, at):
                continue
            near = nearest(key, (name for name in declared if name not in value))
            hint = f"did you mean {words.either(near)}?" if near else None
            if not near and declared and len(declared) <= words.MAX_OPTIONS:
                hint = f"the keys here are {', '.join(declared)}"
            message = f"{self._name(at)} is not a key{self._of(path) or ' that ' + self.called + ' may have'}"
            yield Trouble(at, rules.UNKNOWN_KEY, message, True, hint, near[0] if len(near) == 1 else None)

    def _fails_elsewhere(self, path: Path, at: Path) -> bool:
        """Is there an error at or below `path`, other than the one in question, which explains why a key went
        unevaluated?
        """
        own = sum(1 for other in self.paths if other == path)
        return own > 1 or any(len(other) > len(path) and other[: len(path)] == path for other in self.paths)

    def _missing(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        key = error.kind.property
        parent, resource = self._schema(error, 1)
        evaluation = tuple(error.evaluation_path)
        if evaluation[-1:] == ("dependentRequired",):
            asking = [name for name, wanted in parent["dependentRequired"].items() if key in wanted and name in value]
            message = f"{key} is missing{self._from(path)}; {words.either(asking, 'and')} needs it"
            hint = self.subschemas.described(self.subschemas.keys(parent, resource).get(key), resource)
            yield Trouble(path, rules.DEPENDENT, message, True, hint, key=key)
            return
        declared = (
            self.subschemas.keys(self.subschemas.contents, self.subschemas.contents)
            if not path
            else self.subschemas.keys(parent, resource)
        )
        strangers = [name for name in value if name not in declared]
        near = nearest(key, strangers)
        if len(near) == 1:
            message = f"{key} is missing{self._from(path)}; {near[0]} looks like it"
            yield Trouble((*path, near[0]), rules.MISSING_KEY, message, True, f"rename {near[0]} to {key}", key, key)
            return
        hint = self.subschemas.described(declared.get(key), resource)
        message = f"{missing(self.document, path, key)} is missing{self._from(path)}"
        if len(evaluation) > 2 and evaluation[-3] == "dependentSchemas":
            message += f"; {evaluation[-2]} needs it"
        if hint and not is_prose(self.document, path):  # where the key is a word of the reader's, not of the author's
            hint = f"{key}: {hint}"
        yield Trouble(path, rules.MISSING_KEY, message, True, hint, key=key)

    def _enum(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        allowed = error.kind.options
        near = nearest(value, (item for item in allowed if isinstance(item, str))) if isinstance(value, str) else []
        said, quoted = self._shown(path, value), self._as_string(path, value)
        hint = f"did you mean {words.either(near)}?" if near else None
        if is_prose(self.document, path):
            hint = hint or self._description(error)
        if quoted is not None and quoted in allowed:  # 1.10 where only the text "1.10" is meant
            said, hint = f"{said}, {words.TYPES[words.type_of(value)]}", "quote it"
        message = f"{self._name(path)} is {said}, expected {words.options(allowed, near)}"
        yield Trouble(path, rules.ENUM, message, hint=hint, proposal=near[0] if len(near) == 1 else quoted)

    def _const(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        expected = error.kind.expected_value
        wanted = words.shown(expected, "null" if expected is None else None)
        message = f"{self._name(path)} is {self._shown(path, value)}, expected {wanted}"
        if isinstance(expected, (dict, list)) and type(value) is type(expected):
            message = (
                f"{self._name(path)} is not {self._shown(path, expected).replace('a', 'the', 1)} that the schema names"
            )
        near = isinstance(value, str) and isinstance(expected, str) and nearest(value, [expected])
        yield Trouble(path, rules.CONST, message, hint=self._description(error), proposal=expected if near else None)

    def _type(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        wanted = list(error.kind.types)
        actual = words.TYPES[words.type_of(value)]
        said = self._shown(path, value)
        if not isinstance(value, (dict, list, bool)) and value is not None:
            said += f", {actual}"
        message = f"{self._name(path)} is {said}; expected {self._types(wanted)}"
        hint, proposal = self._description(error), None
        if is_prose(self.document, path):
            title = self.subschemas.described(*self._schema(error, 1), "title")
            said = self._shown(path, value)
            yield Trouble(
                path, rules.TYPE, f"{self._name(path)} is {said}, expected {title or self._types(wanted)}", hint=hint
            )
            return
        if "string" in wanted and isinstance(value, (int, float)):
            proposal = self._as_string(path, value)
            hint = "quote it" if proposal is not None else hint
        elif wanted == ["array"] and isinstance(value, str):
            hint = "write it as a list, even of one item"
        elif isinstance(value, str) and words.type_of(_read(value)) in wanted and not isinstance(_read(value), str):
            hint = "remove the quotes"
        yield Trouble(path, rules.TYPE, message, hint=hint, proposal=proposal)

    def _as_string(self, path: Path, value: Any) -> str | None:
        """What an unquoted scalar says when it is quoted: its source text."""
        if isinstance(value, (bool, int, float)) and self.document.reader in ("yaml", "frontmatter", "block"):
            return self.document.source(path)
        return None

    def _format(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        wanted = words.FORMATS.get(error.kind.format, f"a text of the format {error.kind.format}")
        message = f"{self._name(path)} is {self._shown(path, value)}, expected {wanted}"
        proposal = _date(value) if error.kind.format == "date" else None
        yield Trouble(
            path, rules.FORMAT, message, hint=None if proposal else self._description(error), proposal=proposal
        )

    def _pattern(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        message = f"{self._name(path)} is {self._shown(path, value)}, which does not match {error.kind.pattern}"
        if is_prose(self.document, path) and (title := self.subschemas.described(*self._schema(error, 1), "title")):
            message = f"{self._name(path)} is {self._shown(path, value)}, expected {title}"
        yield Trouble(path, rules.PATTERN, message, hint=self._description(error))

    def _key_name(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        key = error.kind.error.instance
        inner = error.kind.error.kind
        said = {
            "pattern": lambda: f"does not match {inner.pattern}",
            "enum": lambda: f"is not {words.options(inner.options)}",
            "minLength": lambda: f"has {counted(len(key), 'character')}, expected at least {inner.limit}",
            "maxLength": lambda: f"has {counted(len(key), 'character')}, expected at most {inner.limit}",
        }
        why = said[inner.name]() if inner.name in said else f"misses what the schema says under {inner.name}"
        yield Trouble((*path, key), rules.KEY_NAME, f"the key {words.shown(key)} {why}", True)

    def _any_of(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        candidates = branches(error, self.subschemas)
        name, said = self._name(path), self._shown(path, value)
        matching = [branch.title for branch in candidates if not branch.errors]
        if matching:
            yield Trouble(path, rules.ONE_OF, f"{name} fits {words.either(matching, 'and')}; only one of them may fit")
            return
        fitting = meant(candidates, path)
        if not fitting:
            expected = [expectation(branch, path) or branch.title for branch in candidates]
            all_types = all(inner.kind.name == "type" for branch in candidates for inner in branch.errors)
            rule = rules.TYPE if all_types else rules.ANY_OF
            yield Trouble(
                path, rule, f"{name} is {said}; expected {words.either(expected)}", hint=self._description(error)
            )
            return
        for key, allowed in discriminators(fitting, path):
            near = nearest(value[key], allowed) if isinstance(value[key], str) else []
            hint = f"did you mean {words.either(near)}?" if near else None
            message = f"{key} is {self._shown((*path, key), value[key])}, expected {words.options(allowed, near)}"
            yield Trouble((*path, key), rules.ENUM, message, hint=hint, proposal=near[0] if len(near) == 1 else None)
            return
        for key in lacking(fitting, path):
            yield Trouble(path, rules.MISSING_KEY, f"{key} is missing{self._from(path)}", True, key=key)
            return
        reasons = []
        for branch in fitting[: words.MAX_OPTIONS]:
            first = next(
                (t for inner, _ in _flatten(branch.errors, self.subschemas, 1) for t in self.troubles(inner)), None
            )
            reasons.append(f"{branch.title} ({first.message})" if first else branch.title)
        yield Trouble(path, rules.ANY_OF, f"{name} fits none of {'; '.join(reasons)}", hint=self._description(error))

    def _not(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        schema, resource = self._schema(error, 0)
        if schema in (True, {}):
            yield from self._false(error, path, value)
            return
        what = self.subschemas.described(schema, resource) or self._description(error)
        if not what and isinstance(schema, dict) and isinstance(schema.get("required"), list):
            together = words.either(map(str, schema["required"]), "and")
            message = (
                f"{together} may not stand together"
                if len(schema["required"]) > 1
                else f"{together} may not stand here"
            )
            yield Trouble(path, rules.NOT, message)
            return
        yield Trouble(
            path, rules.NOT, f"{self._name(path)} is {self._shown(path, value)}, which is ruled out here", hint=what
        )

    def _false(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        if path and isinstance(path[-1], str):
            yield Trouble(path, rules.UNKNOWN_KEY, f"{self._name(path)} may not stand here", True)
        else:
            yield Trouble(path, rules.ITEMS, f"{self._name(path)} is one too many", hint="remove it")

    def _limit(self, error: Any, path: Path, value: Any) -> Iterator[Trouble]:
        rule, message = missed(error, self._name(path), self._shown(path, value), value)
        yield Trouble(path, rule, message, hint=self._description(error))


def _with_empty_keys(path: Path, value: Any, instance: Any) -> Path | None:
    """The whole path to the instance of an error: jsonschema-rs leaves out the keys that are empty texts."""
    if not path and value == instance:
        return ()
    if path and path[0] in (value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()):
        rest = _with_empty_keys(path[1:], value[path[0]], instance)
        if rest is not None:
            return (path[0], *rest)
    rest = _with_empty_keys(path, value[""], instance) if isinstance(value, dict) and "" in value else None
    return None if rest is None else ("", *rest)


def _consumed(evaluation: Path) -> int:
    """How many steps into the value an evaluation path has gone."""
    steps, index = 0, 0
    while index < len(evaluation):
        step = evaluation[index]
        if step in ("properties", "patternProperties", "prefixItems"):
            steps, index = steps + 1, index + 2
        elif step in (
            "additionalProperties",
            "unevaluatedProperties",
            "items",
            "unevaluatedItems",
            "contains",
            "additionalItems",
        ):
            steps, index = steps + 1, index + 1
        else:
            index += 2 if step in ("allOf", "anyOf", "oneOf", "dependentSchemas", "$defs", "definitions") else 1
    return steps


def _read(text: str) -> Any:
    from govern.parse.scalars import plain

    return plain(text)


def _date(value: Any) -> str | None:
    """The date that a text certainly means: year first, one separator.

    >>> _date("2026/1/5"), _date("05/01/2026")
    ('2026-01-05', None)
    """
    import re

    match = re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", value) if isinstance(value, str) else None
    return f"{match[1]}-{match[3]:0>2}-{match[4]:0>2}" if match else None
