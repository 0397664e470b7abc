"""Agents that a YAML block in markdown defines."""

from typing import Annotated, Any, TypeAlias

from pydantic import Field

from govern.models.values import Maybe, NotEmpty, Open

Deed: TypeAlias = str | list[Any] | dict[str, Any]
Line: TypeAlias = NotEmpty | Annotated[dict[str, Deed], Field(min_length=1, max_length=1)]
Text: TypeAlias = NotEmpty | list[Line]
Files: TypeAlias = list[NotEmpty] | None


class Identity(Open):
    """Who an agent is."""

    name: NotEmpty
    """What the agent calls itself."""
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$")]
    """What others call it by, and what its file is called."""
    title: NotEmpty
    """Its position."""
    icon: Maybe[str] = None
    """A sign that it is shown with."""
    whenToUse: Maybe[NotEmpty] = None
    """When to use it; this is what callers choose by."""
    customization: str | list[Line] | None = None
    """What a project changes about the agent; it goes before everything else."""


class Persona(Open):
    """How an agent thinks and speaks."""

    role: Text
    """What it is an expert in."""
    style: Text
    """How it speaks."""
    identity: Text
    """Where it comes from and what it stands for."""
    focus: Text
    """What it looks at first."""
    core_principles: Maybe[list[Line]] = None
    """What it keeps to."""


class Dependencies(Open):
    """The files that an agent works with, by the folder that they lie in."""

    __pydantic_extra__: dict[str, Files]
    tasks: Files = None
    """The tasks that its commands execute."""
    templates: Files = None
    """The templates that it makes documents from."""
    checklists: Files = None
    """The checklists that it goes through."""
    data: Files = None
    """What it looks things up in."""
    utils: Files = None
    """What its tasks share."""
    workflows: Files = None
    """The workflows that it runs."""


class AgentBlockV1(Open):
    """An agent that a YAML block in markdown defines, version 1.0.0."""

    agent: Identity
    """Who the agent is."""
    persona: Persona
    """How it thinks and speaks."""
    commands: Maybe[list[Line] | dict[str, Deed]] = None
    """What it can be told to do: a list of commands, each a text or one key with what it does; or a mapping of them."""
    dependencies: Dependencies | None = None
    """The files that it works with, by the folder that they lie in."""
