"""Does every keyword of a schema have an effect where it stands?"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from govern.compat.lint.rules import KEYWORD_IGNORED, KEYWORD_UNKNOWN
from govern.compat.lint.schema_file import SchemaFile
from govern.compat.positions import ANNOTATIONS, DIALECTS, Dialect, Position, keywords, shadows
from govern.model.finding import Finding, found
from govern.model.location import pointer
from govern.model.rule import Rule
from govern.model.spelling import nearest

# Annotations of editors, generators and OpenAPI, which no validator is meant to heed.
_OF_TOOLS = keywords(
    "$$target allowComments allowTrailingCommas defaultSnippets deprecationMessage discriminator doNotSuggest"
    " enumDescriptions enumNames errorMessage example externalDocs javaName javaType existingJavaType"
    " markdownDescription markdownEnumDescriptions options patternErrorMessage propertyOrder suggestSortText"
    " tsEnumNames tsType versionAdded xml"
)
# Known to any dialect's readers, whichever dialect brought them: they refuse no value, or only hold definitions.
_HARMLESS = ANNOTATIONS | {"$defs", "definitions", "$schema", "$vocabulary", "contentEncoding", "contentMediaType"}

_INSTEAD = {
    "id": "$id",
    "dependencies": "dependentRequired or dependentSchemas",
    "additionalItems": "items, beside prefixItems",
    "prefixItems": "items, with a list",
    "$recursiveRef": "$dynamicRef",
    "$recursiveAnchor": "$dynamicAnchor",
    "dependentRequired": "dependencies",
    "dependentSchemas": "dependencies",
    "divisibleBy": "multipleOf",
    "extends": "allOf",
    "disallow": "not",
    "const": "an enum of one value",
    "nullable": '"null" in the list of types',
    "optional": "the list of required names in the object around it",
}

_APPLIES = {
    "string": "maxLength minLength pattern",  # `format` is left alone: OpenAPI has formats of numbers
    "number": "exclusiveMaximum exclusiveMinimum maximum minimum multipleOf",
    "array": "additionalItems contains items maxContains maxItems minContains minItems prefixItems unevaluatedItems"
    " uniqueItems",
    "object": "additionalProperties dependencies dependentRequired dependentSchemas maxProperties minProperties"
    " patternProperties properties propertyNames required unevaluatedProperties",
}
_TYPES = {"array", "boolean", "integer", "null", "number", "object", "string"}
_TYPE_OF = {keyword: name for name, several in _APPLIES.items() for keyword in several.split()}

# Keywords that mean something only beside another one.
_NEEDS = {
    "then": "if",
    "else": "if",
    "minContains": "contains",
    "maxContains": "contains",
    "additionalItems": "items",
}


def check_keywords(schema: SchemaFile, places: Iterable[Position]) -> Iterator[Finding]:
    """The keywords that nobody knows, each at its first place; and those that have no effect."""
    dialect = schema.dialect
    if dialect is None:
        return  # a meta-schema of somebody's own says which keywords there are
    unknown: dict[str, list[Position]] = {}
    referred = _referred(places)
    for position in places:
        if not isinstance(position.schema, dict):
            continue
        if shadows(dialect, position.schema):
            yield from _shadowed(schema, dialect, position)
            continue
        for keyword in position.schema:
            if not _is_unknown(keyword, dialect):
                continue
            if pointer((*position.path, keyword)) not in referred:
                unknown.setdefault(keyword, []).append(position)
        yield from _ignored(schema, dialect, position)
    for keyword, wrong in unknown.items():
        yield _unknown(schema, dialect, wrong, keyword)


def _referred(places: Iterable[Position]) -> set[str]:
    """The places that references lead to or through: what stands there is a definition, whatever it is called."""
    result: set[str] = set()
    for position in places:
        reference = position.schema.get("$ref") if isinstance(position.schema, dict) else None
        fragment = unquote(reference.partition("#")[2]) if isinstance(reference, str) else ""
        while fragment.startswith("/") and fragment not in result:
            result.add(fragment)
            fragment = fragment.rpartition("/")[0]
    return result


def _is_unknown(keyword: str, dialect: Dialect) -> bool:
    known = keyword in dialect.keywords or keyword in _HARMLESS or keyword in _OF_TOOLS
    return not known and not keyword.startswith(("x-", "meta:"))


def _unknown(schema: SchemaFile, dialect: Dialect, wrong: Sequence[Position], keyword: str) -> Finding:
    others = [other.name for other in DIALECTS if keyword in other.keywords]
    near = nearest(keyword, sorted(dialect.keywords | _HARMLESS))
    message = f"{keyword} is no keyword of {dialect.name}" + (f", but one of {others[0]}" if others else "")
    if len(wrong) > 1:
        message += f"; it stands in {len(wrong) - 1} more places"
    if keyword in _INSTEAD:
        hint = f"{dialect.name} has {_INSTEAD[keyword]}"
    elif near:
        hint = f"did you mean {' or '.join(near)}?"
    elif others:
        hint = "name that dialect in $schema, or leave the keyword out"
    elif _is_schema(wrong[0].schema[keyword], dialect):
        hint = "is it a property? Those stand below properties"
    else:
        hint = f"an annotation of your own is better called x-{keyword.lstrip('$')}"
    return _found(KEYWORD_UNKNOWN, schema, wrong[0], keyword, message, hint)


def _is_schema(value: Any, dialect: Dialect) -> bool:
    return isinstance(value, dict) and any(keyword in value for keyword in dialect.keywords - {"default", "id"})


def _shadowed(schema: SchemaFile, dialect: Dialect, position: Position) -> Iterator[Finding]:
    for keyword in position.schema:
        if keyword in dialect.keywords and keyword not in _HARMLESS and keyword not in ("$ref", "$id", "id"):
            message = f"{keyword} has no effect beside $ref, which in {dialect.name} replaces the whole schema"
            yield _found(KEYWORD_IGNORED, schema, position, keyword, message, "put the two below allOf")


def _ignored(schema: SchemaFile, dialect: Dialect, position: Position) -> Iterator[Finding]:
    value = position.schema
    types = _types(value.get("type"))
    for keyword in value:
        if _is_unknown(keyword, dialect):
            continue
        applies = _TYPE_OF.get(keyword)
        if keyword in _NEEDS and _NEEDS[keyword] not in value:
            message = f"{keyword} has no effect without {_NEEDS[keyword]}"
        elif types and applies and applies not in types and not (applies == "number" and "integer" in types):
            message = f"{keyword} has no effect: it is about {applies}s, and type allows none"
        else:
            continue
        yield _found(KEYWORD_IGNORED, schema, position, keyword, message, None)


def _types(named: Any) -> set[str] | None:
    """The types that a schema allows; None where it does not say, or names one that there is not."""
    several = named if isinstance(named, list) else [named]
    types = {name for name in several if isinstance(name, str)}
    return types if types and types <= _TYPES and len(types) == len(several) else None


def _found(rule: Rule, schema: SchemaFile, position: Position, keyword: str, message: str, hint: str | None) -> Finding:
    at = (*position.path, keyword)
    span = schema.document.span(at, key=True)
    return found(rule, schema.document.path, message, span=span, at=at, hint=hint, about=keyword)
