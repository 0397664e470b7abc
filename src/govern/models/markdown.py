"""What the sections of a markdown document are: the parts that the kinds of such documents share."""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from typing import Annotated

from pydantic import Field

from govern.models.values import Integer, Maybe, Open


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
