"""Events, version by version: a model admits exactly the envelopes that its schema admits. The data of an event is
whatever the event's own schema says.
"""

import re
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from govern.models.values import Closed, Integer, Maybe, Open, formatted

Uuid: TypeAlias = Annotated[str, formatted("uuid")]
Time: TypeAlias = Annotated[str, formatted("date-time")]
Uri: TypeAlias = Annotated[str, formatted("uri")]
Extension: TypeAlias = str | bool | Annotated[Integer, Field(ge=-(2**31), le=2**31 - 1)] | None

_ATTRIBUTE = re.compile("[a-z0-9]+")


class EventV1(Closed):
    """An event, version 1.0.0."""

    event_id: Uuid
    """The event's own id, the same each time it is delivered: a UUID."""
    event_type: Annotated[str, Field(min_length=1)]
    """What happened: the topic, such as order.placed.v1. It names the schema of data."""
    event_timestamp: Annotated[Time, Field(pattern=r"([Zz]|[+-]00:00)$")]
    """When it happened, in UTC: 2026-01-31T12:00:00Z."""
    source_service: Annotated[str, Field(min_length=1)]
    """The service that says so."""
    schema_version: Annotated[Integer, Field(ge=1)]
    """The major version of the schema of data."""
    correlation_id: Uuid
    """What all events of one course of things have in common: a UUID."""
    data: dict[str, Any]
    """What there is to know of it, as the event's schema says."""
    data_schema_uri: Uri | None = None
    """The $id of the schema that judges data; null where event_type says enough."""
    metadata: dict[str, Any] | None = None
    """What those who deliver the event add; null if nothing."""


class EventV2(Open):
    """An event as CloudEvents 1.0 has it, version 2.0.0; `model_extra` holds its extension attributes."""

    __pydantic_extra__: dict[str, Extension]

    id: Annotated[str, Field(min_length=1)]
    """The event's own id; with source it is unique, and the same each time the event is delivered."""
    source: Annotated[str, Field(min_length=1), formatted("uri-reference")]
    """Where it happened: a URI or a relative reference, such as /checkout."""
    specversion: Literal["1.0"]
    """The version of CloudEvents."""
    type: Annotated[str, Field(min_length=1)]
    """What happened: the topic, such as order.placed.v2."""
    dataschema: Annotated[Uri, Field(min_length=1)]
    """The $id of the schema that judges data, its version included."""
    datacontenttype: (
        Annotated[str, Field(pattern=r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+")] | None
    ) = None
    """The media type of data; application/json if it is missing."""
    subject: Annotated[str, Field(min_length=1)] | None = None
    """What it happened to, within source."""
    time: Time | None = None
    """When it happened: 2026-01-31T12:00:00Z."""
    data: Any = None
    """What there is to know of it, as dataschema says."""
    data_base64: Maybe[Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]] = None
    """data in Base64, where it is no JSON."""

    @model_validator(mode="after")
    def _attributes_are_named_by_letters_and_digits(self) -> Self:
        for name in self.model_extra or ():
            if not _ATTRIBUTE.fullmatch(name):
                raise ValueError(f"an attribute is named by lower-case letters and digits, not {name!r}")
        return self

    @model_validator(mode="after")
    def _data_stands_once(self) -> Self:
        if {"data", "data_base64"} <= self.model_fields_set:
            raise ValueError("data and data_base64 may not stand together")
        return self
