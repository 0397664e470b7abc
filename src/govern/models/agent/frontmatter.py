"""Agents that front matter defines, version by version."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from govern.models.values import Integer, Maybe, Open

BuiltInTool: TypeAlias = Literal[
    "Agent",
    "AskUserQuestion",
    "Bash",
    "BashOutput",
    "Edit",
    "EnterPlanMode",
    "EnterWorktree",
    "ExitPlanMode",
    "Glob",
    "Grep",
    "KillShell",
    "LS",
    "LSP",
    "ListMcpResources",
    "MultiEdit",
    "NotebookEdit",
    "NotebookRead",
    "Read",
    "ReadMcpResource",
    "SendMessage",
    "Skill",
    "SlashCommand",
    "Task",
    "TaskCreate",
    "TaskGet",
    "TaskList",
    "TaskOutput",
    "TaskStop",
    "TaskUpdate",
    "TodoRead",
    "TodoWrite",
    "ToolSearch",
    "WebFetch",
    "WebSearch",
    "Write",
]
McpTool: TypeAlias = Annotated[str, Field(pattern=r"^mcp__[A-Za-z0-9_.-]+__([A-Za-z0-9_.-]+|\*)$")]


class _Agent(Open):
    """What every version of an agent has."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
    """The agent's name, as others call it."""
    description: Annotated[str, Field(min_length=1, max_length=1024)]
    """When to use it; this is what callers choose by."""
    color: Maybe[str] = None
    """The colour it is shown in."""


class AgentV1(_Agent):
    """An agent, version 1.0.0."""

    tools: Maybe[str] = None
    """The tools it may use, separated by commas; all of them if this is missing."""
    model: Maybe[Annotated[str, Field(min_length=1)]] = None
    """The model that runs it: haiku, sonnet, opus, inherit, or a model id."""


class AgentV2(_Agent):
    """An agent, version 2.0.0: its tools are a list, and it names its model."""

    tools: Maybe[list[BuiltInTool | McpTool]] = None
    """The tools it may use; all of them if this is missing."""
    model: Annotated[str, Field(min_length=1)]
    """The model that runs it: haiku, sonnet, opus, inherit, or a model id."""
    maxTurns: Maybe[Annotated[Integer, Field(ge=1)]] = None
    """After how many turns it stops."""
