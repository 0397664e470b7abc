"""Task documents, version by version: a model admits exactly the front matter that its schema admits."""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from govern.models.values import Date, Open

TaskId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
Type: TypeAlias = Literal["task", "story", "programme", "doc"]


class _Task(Open):
    """What every version of a task has."""

    id: TaskId
    """The task's name in the repository: its file name without `.md`."""
    title: Annotated[str, Field(min_length=1)]
    """What is to be done, in one line."""
    priority: Literal["low", "medium", "high", "critical"]
    """How urgent it is."""
    domain: str
    """The part of the product it belongs to: the folder it lies in, below the task root."""
    owner_team: str
    """The team that answers for it."""
    created: Date
    """The day it was written down."""
    last_updated: Date
    """The day it last changed."""
    service: str | None = None
    """The service it changes; empty means none."""
    owner: str | None = None
    """The person who does it; empty means nobody yet."""
    program: str | None = None
    """The programme it is part of; empty means none."""
    related: list[str] = []
    """What it refers to: task ids, paths in the repository, or ids such as ADR-0012."""
    labels: list[str] = []
    """Words to find it by."""
    domain_agents: list[str] = []
    """The domain agents that take part."""


class TaskV1(_Task):
    """A task, version 1.0.0."""

    status: Literal["research", "blocked", "in_progress", "completed", "paused", "archived"]
    """How far it is."""


class TaskV1_1(TaskV1):
    """A task, version 1.1.0: it may have a type."""

    type: Type = "task"
    """What kind of work this is."""


class TaskV2(_Task):
    """A task, version 2.0.0: its life has other words, and stories are reviewed."""

    type: Type = "task"
    """What kind of work this is."""
    status: Literal["proposed", "in_review", "approved", "blocked", "in_progress", "done", "paused", "archived"]
    """How far it is; only a story is in review or approved."""

    @model_validator(mode="after")
    def _only_a_story_is_reviewed(self) -> Self:
        if self.status in ("in_review", "approved") and self.type != "story":
            raise ValueError(f'only a task of type "story" has the status "{self.status}"')
        return self


class TaskV3(TaskV2):
    """A task, version 3.0.0: it is never a document."""

    type: Literal["task", "story", "programme"] = "task"
    """What kind of work this is."""
