"""Workflow documents, version by version: a model admits exactly the documents that its schema admits, in the form
that their reader gives them.
"""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from govern.models.markdown import Holds, Item, Section
from govern.models.values import Maybe, Open


class Purpose(Open):
    """What the document is for."""

    heading: Literal["Purpose"]


class Inputs(Open):
    """What it needs."""

    heading: Annotated[str, Field(pattern=r"^(Required )?Inputs?([ :(]|$)")]


class Output(Open):
    """What comes out."""

    heading: Annotated[str, Field(pattern=r"^(Expected |Required )?Outputs?([ :(]|$)")]


def _holds_steps(sections: Iterable[Section]) -> bool:
    """Is one of these a step, or does it hold some, at any depth?"""
    return any(
        (section.number is not None and section.level > 1) or _holds_steps(section.sections) for section in sections
    )


def _say_how(sections: list[Section]) -> list[Section]:
    if not _holds_steps(sections):
        raise ValueError("there is no section with numbered steps")
    return sections


class WorkflowV1(Open):
    """A workflow document, version 1.0.0: a title, what it is for, and numbered steps."""

    frontmatter: Any = None
    """Its front matter, which may hold anything."""
    title: Annotated[str, Field(min_length=1)]
    """What is done: the H1 that opens the text."""
    intro: Maybe[str] = None
    """The paragraphs before the first section."""
    items: list[Item] = []
    """The lists before the first section."""
    code: list[str] = []
    """The languages of the code blocks before the first section."""
    sections: Annotated[list[Section], Holds(Purpose), AfterValidator(_say_how)]
    """What it is for and the numbered steps, in any order and with any others."""


class WorkflowV2(WorkflowV1):
    """A workflow document, version 2.0.0: it also says what it needs and what comes out."""

    sections: Annotated[list[Section], Holds(Purpose, Inputs, Output), AfterValidator(_say_how)]
    """What it is for, what it needs, the numbered steps and what comes out, in any order and with any others."""
