"""What the sections of a markdown document are, and how a list asks for certain ones whatever else it holds: the parts
that the kinds of such documents share.
"""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    create_model,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from govern.models.values import Integer, Maybe, Open, whole

# The level of a section that must have just this one.
H2: TypeAlias = Annotated[Literal[2], BeforeValidator(whole)]
H3: TypeAlias = Annotated[Literal[3], BeforeValidator(whole)]


class Item(Open):
    """An item of a list."""

    number: Maybe[Integer] = None
    """Its number, in a numbered list."""
    checked: Maybe[bool] = None
    """Whether its box is ticked."""
    label: Maybe[str] = None
    """The bold words that it begins with."""
    text: Maybe[str] = None
    """What it says."""
    items: "list[Item]" = []
    """The list in it."""


class Section(Open):
    """A heading and what stands below it."""

    level: Annotated[Integer, Field(ge=1, le=6)]
    """How many # its heading has."""
    number: Maybe[Integer] = None
    """The number that its heading begins with: 2 in `### 2. Title` and in `### Step 2: Title`."""
    heading: str
    """Its heading, without the number."""
    text: Maybe[str] = None
    """Its paragraphs."""
    items: list[Item] = []
    """Its lists."""
    code: list[str] = []
    """The languages of its code blocks."""
    sections: "list[Section]" = []
    """The sections in it."""


def labelled(label: str) -> type[BaseModel]:
    """The model of an item with a label in bold."""
    kind: Any = Literal[label]
    return create_model(label, __base__=Open, label=(kind, ...))


class Holds:
    """Asks of a list that it hold at least one element of each model."""

    def __init__(self, *models: type[BaseModel]) -> None:
        self.models = models

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._judged, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "allOf": [{"contains": model.model_json_schema()} for model in self.models]}

    def _judged(self, value: list[Any]) -> list[Any]:
        for model in self.models:
            if not holds(value, model):
                raise ValueError(f"there is no {model.__name__} in the list")
        return value


def holds(elements: Iterable[Any], model: type[BaseModel]) -> bool:
    """Is one of some elements of a model, or read as one that is?"""
    return any(_is(element, model) for element in elements)


def _is(element: Any, model: type[BaseModel]) -> bool:
    try:
        model.model_validate(element, from_attributes=isinstance(element, BaseModel))
    except ValidationError:
        return False
    return True


class Begins:
    """Asks of a tuple that it begin with an element of each model, in this order; `rest` is what further ones are."""

    def __init__(self, *models: type[BaseModel], rest: Any) -> None:
        self.models = models
        self.rest = rest

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        items = [handler.generate_schema(each) for each in (*self.models, self.rest)]
        return core_schema.tuple_schema(items, variadic_item_index=len(self.models))


def _sequence(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


# A list whose elements differ by their place reads as a tuple.
FromList = BeforeValidator(_sequence)
