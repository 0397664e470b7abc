"""Agents that a file of their own defines."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from govern.models.values import Closed, Maybe, NotEmpty


class Metadata(Closed):
    """Who an agent is."""

    id: NotEmpty
    """What others call it by: a word, or the path that it is installed at."""
    name: NotEmpty
    """What the agent calls itself."""
    title: NotEmpty
    """Its position."""
    icon: NotEmpty
    """A sign that it is shown with."""
    module: Maybe[NotEmpty] = None
    """The module that it belongs to."""
    capabilities: Maybe[NotEmpty] = None
    """What it is good at, in a few words."""
    hasSidecar: Maybe[bool] = None
    """Does it have a folder of its own to remember things in?"""


class Character(Closed):
    """How an agent thinks and speaks."""

    role: NotEmpty
    """What it is an expert in."""
    identity: NotEmpty
    """Where it comes from and what it stands for."""
    communication_style: NotEmpty
    """How it speaks."""
    principles: NotEmpty | Annotated[list[NotEmpty], Field(min_length=1)]
    """What it keeps to: a text, or a list."""


class Command(Closed):
    """A line of the menu."""

    trigger: Maybe[NotEmpty] = None
    """What calls it: words in lower case joined by dashes, after a shortcut if there is one."""
    description: Maybe[NotEmpty] = None
    """What the menu says it does."""
    workflow: Maybe[NotEmpty] = None
    """The workflow that it runs."""
    validate_workflow: Maybe[NotEmpty] = Field(None, alias="validate-workflow")
    """The workflow whose result it checks."""
    exec: Maybe[NotEmpty] = None
    """The file that it executes."""
    action: Maybe[NotEmpty] = None
    """What it does, in words, or #id of a prompt."""
    tmpl: Maybe[NotEmpty] = None
    """The template that it fills in."""
    data: Maybe[str] = None
    """What it works on."""
    workflow_install: Maybe[NotEmpty] = Field(None, alias="workflow-install")
    """Where its workflow is installed."""
    checklist: Maybe[NotEmpty] = None
    """The checklist that it goes through."""
    document: Maybe[NotEmpty] = None
    """The document that it checks."""
    ide_only: Maybe[bool] = Field(None, alias="ide-only")
    """Is it left out on the web?"""
    web_only: Maybe[bool] = Field(None, alias="web-only")
    """Is it left out in an editor?"""
    discussion: Maybe[bool] = None
    """Is it a conversation?"""
    multi: Maybe[NotEmpty] = None
    """What the menu says, where one line offers several commands."""
    triggers: Maybe[Annotated[list[dict[str, Any]], Field(min_length=1)]] = None
    """Those commands, each by its trigger."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wanted = {"triggers"} if "multi" in self.model_fields_set else {"trigger", "description"}
        missing = sorted(wanted - self.model_fields_set)
        if missing:
            raise ValueError(f"{missing[0]} is missing")
        return self


class Prompt(Closed):
    """A text that an action may name by #id."""

    id: NotEmpty
    """What actions name it by."""
    content: NotEmpty
    """The text."""
    description: Maybe[NotEmpty] = None
    """What it is for."""


class AgentDefinition(Closed):
    """What a manifest says about an agent."""

    metadata: Metadata
    """Who the agent is."""
    persona: Character
    """How it thinks and speaks."""
    critical_actions: Maybe[list[NotEmpty]] = None
    """What it does first, whenever it is called."""
    menu: Annotated[list[Command], Field(min_length=1)]
    """What it can be told to do."""
    prompts: Maybe[list[Prompt]] = None
    """Texts that an action may name by #id."""
    discussion: Maybe[bool] = None
    """May it be talked with, beside its commands?"""
    conversational_knowledge: Maybe[Annotated[list[dict[str, Any]], Field(min_length=1)]] = None
    """What it knows when it is talked with: files by topic."""
    webskip: Maybe[bool] = None
    """Is it left out of bundles for the web?"""


class AgentManifestV1(Closed):
    """An agent that a file of its own defines, version 1.0.0: under the key agent, or as the whole file.

    `definition` is the same either way.
    """

    agent: Maybe[AgentDefinition] = None
    """The definition."""
    metadata: Maybe[Metadata] = None
    persona: Maybe[Character] = None
    critical_actions: Maybe[list[NotEmpty]] = None
    menu: Maybe[Annotated[list[Command], Field(min_length=1)]] = None
    prompts: Maybe[list[Prompt]] = None
    discussion: Maybe[bool] = None
    conversational_knowledge: Maybe[Annotated[list[dict[str, Any]], Field(min_length=1)]] = None
    webskip: Maybe[bool] = None

    @property
    def definition(self) -> AgentDefinition:
        """What the manifest says about the agent."""
        values = {name: getattr(self, name) for name in self.model_fields_set}
        return self.agent or AgentDefinition.model_construct(self.model_fields_set, **values)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if "agent" in self.model_fields_set:
            if len(self.model_fields_set) > 1:
                raise ValueError("beside the key agent there is no other")
        else:
            missing = sorted({"metadata", "persona", "menu"} - self.model_fields_set)
            if missing:
                raise ValueError(f"{missing[0]} is missing")
        return self
