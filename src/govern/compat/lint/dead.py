"""Which subschemas admit nothing, and which branches make no difference? The engine answers, and only what it proves
is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from govern.compat.lint.extract import Extracts
from govern.compat.lint.plain import NO_ASSERTION, are_disjoint, is_inhabited, only_suggests
from govern.compat.lint.rules import BRANCH_DEAD, UNSATISFIABLE
from govern.compat.lint.schema_file import Decide, Links, SchemaFile
from govern.compat.positions import Dialect, Position, shadows
from govern.model.finding import Finding, found
from govern.model.location import Path, pointer
from govern.model.rule import Rule
from govern.model.verdict import Compatible

# What the engine is asked about one file, for each of the two sorts of question: how often, and how many subschemas it
# reads for that in all, and at once. It reads some hundred in a millisecond; the compose schema takes 60 questions.
_MAX_QUESTIONS = 600
_MAX_READ = 200_000
_MAX_READ_AT_ONCE = 3_000
_MAX_BRANCHES = 40  # of one anyOf or oneOf; a longer one lists things that are told apart by a name
_MAX_KEYWORDS = 8  # that are looked at to say which of them contradict each other

_MAX_LINKS = 20  # references that lead to nothing but a reference
_OLD, _NEW = "govern-old", "govern-new"  # the definitions that stand in for subschemas with something left out


class DeadParts:
    """What can go from one schema file."""

    def __init__(self, schema: SchemaFile, dialect: Dialect, places: Mapping[Path, Position], decide: Decide) -> None:
        self._schema = schema
        self._dialect = dialect
        self._places = places
        self._decide = decide
        self._links = Links(schema.base, places)
        self._extracts = Extracts(schema, places)
        self._may_vary = not self._extracts.has_inner_names  # a copy would carry the same name a second time
        self._questions = self._read = 0
        self.empty = {path for path, place in places.items() if self._is_suspect(place.schema) and self._is_empty(path)}
        self._questions = self._read = 0

    def findings(self) -> Iterator[Finding]:
        """The subschemas that admit nothing, each at the innermost place; then the branches that could go."""
        reach = {path: self._extracts.below(path) for path in self.empty}
        for path in sorted(self.empty, key=_in_order):
            inner = (reach[path] & self.empty) - {path}
            # below it lies the reason, unless the two are each other's
            if all(path in reach[other] and _in_order(path) < _in_order(other) for other in inner):
                yield self._nothing(path)
        spoilt = self.empty | self._extracts.above(self.empty)
        for path, place in self._places.items():
            if shadows(self._dialect, place.schema):
                continue
            for keyword in ("anyOf", "oneOf"):
                branches = place.schema.get(keyword) if isinstance(place.schema, dict) else None
                if isinstance(branches, list) and path not in spoilt:
                    yield from self._branches(path, keyword, branches)

    def _nothing(self, path: Path) -> Finding:
        place = self._places[path]
        keywords = self._contradiction(path)
        why = f": {_listed(keywords)} contradict each other" if len(keywords) > 1 else ""
        if place.keyword in ("anyOf", "oneOf"):
            message = f"this branch of {place.keyword} can never be chosen, as no value satisfies it{why}"
            return self._found(BRANCH_DEAD, path, message, None)
        message = f"no value satisfies this schema{why}"
        hint = None if place.keyword != "properties" else "if the property is not allowed, say so: false"
        return self._found(UNSATISFIABLE, path, message, hint)

    def _contradiction(self, path: Path) -> list[str]:
        """A smallest set of keywords that no value satisfies together."""
        schema = self._places[path].schema
        keywords = [keyword for keyword in schema if keyword not in NO_ASSERTION]
        if len(keywords) > _MAX_KEYWORDS or not self._may_vary:
            return []
        for keyword in list(keywords):
            fewer = [other for other in keywords if other != keyword]
            kept = {key: value for key, value in schema.items() if key not in keywords or key in fewer}
            if fewer and self._is_included_there(kept, False, path):
                keywords = fewer
        return keywords

    def _branches(self, path: Path, keyword: str, branches: Sequence[Any]) -> Iterator[Finding]:
        if not self._may_vary or not 2 <= len(branches) <= _MAX_BRANCHES:
            return
        schema = self._places[path].schema
        alone = not any(key not in NO_ASSERTION and key != keyword for key in schema)
        if alone and self._are_apart(branches):
            return
        kept = list(range(len(branches)))
        for index in reversed(range(len(branches))):
            if keyword == "anyOf" and only_suggests(branches[index]):
                continue
            fewer = [other for other in kept if other != index]
            old = {**schema, keyword: [branches[other] for other in kept]}
            new = {**schema, keyword: [branches[other] for other in fewer]}
            if not fewer or not self._is_included_there(old, new, path):
                continue
            if keyword == "anyOf":  # of two equal branches one has to stay
                kept = fewer
            yield self._dead(path, keyword, index, fewer)

    def _dead(self, path: Path, keyword: str, index: int, others: Sequence[int]) -> Finding:
        at = (*path, keyword, index)
        reference, contents = self._schema.reference, self._extracted(path)
        for other in others:
            if self._is_included(reference(at), reference((*path, keyword, other)), contents):
                message = f"branch {index + 1} of {keyword} admits nothing that branch {other + 1} does not admit too"
                break
        else:
            message = f"branch {index + 1} of {keyword} can never be chosen"
            if keyword == "anyOf":
                message = f"without branch {index + 1} of anyOf the schema admits the same"
        hint = "leave it out"
        if keyword == "oneOf":
            hint = "oneOf refuses what two branches admit; make them exclude each other, or write anyOf"
        return self._found(BRANCH_DEAD, at, message, hint)

    # What the engine is asked

    def _is_suspect(self, schema: Any) -> bool:
        if not isinstance(schema, dict) or shadows(self._dialect, schema) or is_inhabited(schema):
            return False
        assertions = [keyword for keyword in schema if keyword not in NO_ASSERTION]
        if assertions == ["not"] and schema["not"] in ({}, True):
            return False  # a long way to write false, and meant so
        return assertions != ["$ref"]  # what it refers to is asked about itself

    def _is_empty(self, path: Path) -> bool:
        extract = self._extracted(path)
        return extract is not None and self._is_included(self._schema.reference(path), False, extract)

    def _extracted(self, path: Path) -> Any:
        """The file with what a place leads to, and nothing else; None if that is more than the engine is to read."""
        found = self._extracts.extract(path, _MAX_READ_AT_ONCE)
        if found is None:
            return None
        self._read += found[1]
        return found[0]

    def _is_included(self, old: Any, new: Any, contents: Any) -> bool:
        """Is it proved that every value of `old` is one of `new`, where the file holds `contents`?"""
        self._questions += 1
        if self._questions > _MAX_QUESTIONS or self._read > _MAX_READ:
            return False
        resources = {**self._schema.resources, self._schema.base: contents}
        return isinstance(self._decide(old, new, resources), Compatible)

    def _is_included_there(self, old: dict[str, Any], new: dict[str, Any] | bool, path: Path) -> bool:
        """The same of two forms of what stands at `path`: their references mean what they mean there."""
        contents = self._extracted(path)
        if not isinstance(contents, dict):
            return False
        definitions = "$defs" if "$defs" in self._dialect.keywords else "definitions"
        variants = {_OLD: _without_name(old), _NEW: _without_name(new)}
        varied = {**contents, definitions: {**contents.get(definitions, {}), **variants}}
        reference = self._schema.reference
        return self._is_included(reference((definitions, _OLD)), reference((definitions, _NEW)), varied)

    def _are_apart(self, branches: Sequence[Any]) -> bool:
        """Is it plain to see that no value is in two of the branches?"""
        seen = [self._followed(branch) for branch in branches]
        return all(are_disjoint(one, other) for one, other in combinations(seen, 2))

    def _followed(self, schema: Any) -> Any:
        for _ in range(_MAX_LINKS):
            target = self._links.target(schema)
            if target is None or schema.keys() - NO_ASSERTION != {"$ref"}:
                break
            schema = self._places[target].schema
        return schema

    def _found(self, rule: Rule, at: Path, message: str, hint: str | None) -> Finding:
        document = self._schema.document
        return found(rule, document.path, message, span=document.span(at, key=True), at=at, hint=hint)


def _without_name(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    return {key: value for key, value in schema.items() if key not in ("$id", "id", "$schema", "$defs", "definitions")}


def _listed(keywords: Sequence[str]) -> str:
    return f"{', '.join(keywords[:-1])} and {keywords[-1]}"


def _in_order(path: Path) -> tuple[int, str]:
    return len(path), pointer(path)
