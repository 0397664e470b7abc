"""Workflow documents, version by version: a model admits exactly the documents that its schema admits, in the form
that their reader gives them.
"""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

import re
from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from govern.models.markdown import Item, Section
from govern.models.values import Maybe, Open

_INPUTS = re.compile(r"(Required )?Inputs?([ :(]|\Z)")
_OUTPUT = re.compile(r"(Expected |Required )?Outputs?([ :(]|\Z)")


def _holds_steps(sections: Iterable[Section]) -> bool:
    """Is one of these a step, or does it hold some, at any depth?"""
    return any(
        (section.number is not None and section.level > 1) or _holds_steps(section.sections) for section in sections
    )


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
    sections: list[Section]
    """What it is for and the numbered steps, in any order and with any others."""

    @model_validator(mode="after")
    def _says_what_for_and_how(self) -> Self:
        if all(section.heading != "Purpose" for section in self.sections):
            raise ValueError('section "Purpose" is missing')
        if not _holds_steps(self.sections):
            raise ValueError("there is no section with numbered steps")
        return self


class WorkflowV2(WorkflowV1):
    """A workflow document, version 2.0.0: it also says what it needs and what comes out."""

    sections: list[Section]
    """What it is for, what it needs, the numbered steps and what comes out, in any order and with any others."""

    @model_validator(mode="after")
    def _says_what_goes_in_and_out(self) -> Self:
        for name, pattern in (("Inputs", _INPUTS), ("Output", _OUTPUT)):
            if not any(pattern.match(section.heading) for section in self.sections):
                raise ValueError(f'section "{name}" is missing')
        return self
