"""Sections of markdown, and lists that must hold certain elements whatever else they hold."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
    create_model,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from govern.models.values import Open


def _level(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _sequence(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


H2: TypeAlias = Annotated[Literal[2], BeforeValidator(_level)]
H3: TypeAlias = Annotated[Literal[3], BeforeValidator(_level)]

# A list whose elements differ by their place reads as a tuple.
FromList = BeforeValidator(_sequence)


class Begins:
    """Asks of a tuple that it begin with an element of each model, in this order; `rest` is what further ones are."""

    def __init__(self, *models: type[BaseModel], rest: Any) -> None:
        self.models = models
        self.rest = rest

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        items = [handler.generate_schema(each) for each in (*self.models, self.rest)]
        return core_schema.tuple_schema(items, variadic_item_index=len(self.models))


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
    """Is one of some elements of a model?"""
    return any(_is(element, model) for element in elements)


def _is(element: Any, model: type[BaseModel]) -> bool:
    try:
        TypeAdapter(model).validate_python(element)
    except ValidationError:
        return False
    return True


def labelled(label: str) -> type[BaseModel]:
    """The model of an item with a label in bold."""
    kind: Any = Literal[label]
    return create_model(label, __base__=Open, label=(kind, ...))
