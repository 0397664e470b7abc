"""Backlogs, version by version: a model admits exactly the structure that its schema admits."""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from govern.models.values import Closed, Integer, Maybe, Number

State: TypeAlias = Literal["open", "started", "done"]
Priority: TypeAlias = Literal["P0", "P1", "P2"]
Days: TypeAlias = Annotated[Number, Field(gt=0)]
Title: TypeAlias = Annotated[str, Field(min_length=1)]
Names: TypeAlias = Annotated[list[str], Field(min_length=1)]
Criteria: TypeAlias = Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
Quarter: TypeAlias = Annotated[str, Field(pattern=r"^Q[1-4]( [0-9]{4})?(-Q[1-4])? [0-9]{4}$")]


class Item(Closed):
    """What is to be done: a bullet with a checkbox."""

    state: State
    """How far it is."""
    priority: Priority
    """How urgent it is; P0 comes first."""
    estimate: Days
    """How many days it takes."""
    owner: str | None
    """Who does it; None means nobody yet."""
    title: Title
    """What is to be done, in a few words."""
    depends: Names = []
    """What has to be done before it."""
    tags: list[str] = []
    """Further brackets: `Due: 2026-03-01`."""
    criteria: Criteria
    """How one sees that it is done."""


class OwnedItem(Item):
    """An item that has an owner once it is started."""

    @model_validator(mode="after")
    def _owned_once_started(self) -> Self:
        if self.state != "open" and self.owner is None:
            raise ValueError(f"an item that is {self.state} has an owner")
        return self


class Repeated(Closed):
    """An item of a phase: the title and the checkbox again, and what else its author repeats."""

    state: State
    """How far it is."""
    priority: Maybe[Priority] = None
    """How urgent it is; P0 comes first."""
    estimate: Maybe[Days] = None
    """How many days it takes."""
    owner: str | None = None
    """Who does it; None means nobody yet."""
    title: Title
    """What is to be done, in a few words."""
    depends: Names = []
    """What has to be done before it."""
    tags: list[str] = []
    """Further brackets: `Due: 2026-03-01`."""
    criteria: Criteria = []
    """How one sees that it is done."""


class Phase(Closed):
    """A phase of the plan."""

    number: Annotated[Integer, Field(ge=0)]
    """Which phase it is."""
    name: str
    """What it is called."""
    quarter: Maybe[Quarter] = None
    """When it takes place: `Q2 2026`, `Q2-Q3 2026` or `Q4 2026-Q1 2027`."""
    duration: Maybe[str] = None
    """How long it takes, in words."""
    items: list[Repeated] = []
    """The items that it takes on."""


class Plan(Closed):
    """The titles again, in the order of their phases."""

    items: list[Repeated] = []
    """Items that stand before the first phase."""
    phases: list[Phase] = []
    """The phases, in the order of the text."""


class Section(Closed):
    """A heading and the items below it."""

    level: Annotated[Integer, Field(ge=1, le=6)]
    """How many # the heading has."""
    heading: str
    """The heading."""
    items: list[Item] = []
    """What is to be done."""


class OwnedSection(Section):
    """A section whose items have an owner once they are started."""

    items: list[OwnedItem] = []  # type: ignore[assignment]
    """What is to be done."""


class BacklogV1(Closed):
    """A backlog, version 1.0.0."""

    frontmatter: Maybe[dict[str, Any]] = None
    """The YAML between the two `---`."""
    title: Maybe[str] = None
    """The title of the backlog."""
    intro: Maybe[str] = None
    """What stands before the first section."""
    items: list[Item] = []
    """Items that stand before the first section."""
    sections: list[Section] = []
    """The sections, in the order of the text."""
    plan: Maybe[Plan] = None
    """What stands under `Implementation Plan`."""


class BacklogV2(BacklogV1):
    """A backlog, version 2.0.0: an item has an owner once it is started."""

    items: list[OwnedItem] = []  # type: ignore[assignment]
    """Items that stand before the first section."""
    sections: list[OwnedSection] = []  # type: ignore[assignment]
    """The sections, in the order of the text."""
