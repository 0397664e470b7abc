"""The built-in kinds as Pydantic models: `Task.model_validate(value)` says yes exactly where the kind's schema does.

`Task`, `Agent`, `Backlog`, `Compose`, `DomainAgent`, `Event` and `Workflow` are the versions that judge what pins none;
`MODELS` has every version. What a markdown document with sections reads as, `govern.parse.markdown` tells.
What was read is written again as it was: `task.model_dump(mode="json", by_alias=True, exclude_unset=True)`.

>>> agent = Agent.model_validate({"name": "reviewer", "description": "Reads every change.", "since": 2024})
>>> agent.name, agent.color, agent.model_extra
('reviewer', None, {'since': 2024})
"""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel

from govern.model.schema import Version
from govern.models.agent import AgentBlockV1, AgentManifestV1, AgentV1, AgentV2
from govern.models.backlog import BacklogV1, BacklogV2
from govern.models.compose import ComposeV1
from govern.models.domain_agent import DomainAgentV1, DomainAgentV2
from govern.models.event import EventV1, EventV2
from govern.models.task import TaskV1, TaskV1_1, TaskV2, TaskV3
from govern.models.workflow import WorkflowV1, WorkflowV2

__all__ = [
    "MODELS",
    "Agent",
    "AgentBlockV1",
    "AgentManifestV1",
    "AgentV1",
    "AgentV2",
    "Backlog",
    "BacklogV1",
    "BacklogV2",
    "Compose",
    "ComposeV1",
    "DomainAgent",
    "DomainAgentV1",
    "DomainAgentV2",
    "Event",
    "EventV1",
    "EventV2",
    "Task",
    "TaskV1",
    "TaskV1_1",
    "TaskV2",
    "TaskV3",
    "Workflow",
    "WorkflowV1",
    "WorkflowV2",
]

Agent = AgentV1
Backlog = BacklogV1
Compose = ComposeV1
DomainAgent = DomainAgentV1
Event = EventV2
Task = TaskV2
Workflow = WorkflowV1

MODELS: Mapping[tuple[str, Version], type[BaseModel]] = MappingProxyType(
    {
        ("agent", (1, 0, 0)): AgentV1,
        ("agent", (2, 0, 0)): AgentV2,
        ("agent/block", (1, 0, 0)): AgentBlockV1,
        ("agent/manifest", (1, 0, 0)): AgentManifestV1,
        ("backlog", (1, 0, 0)): BacklogV1,
        ("backlog", (2, 0, 0)): BacklogV2,
        ("compose", (1, 0, 0)): ComposeV1,
        ("domain-agent", (1, 0, 0)): DomainAgentV1,
        ("domain-agent", (2, 0, 0)): DomainAgentV2,
        ("event", (1, 0, 0)): EventV1,
        ("event", (2, 0, 0)): EventV2,
        ("task", (1, 0, 0)): TaskV1,
        ("task", (1, 1, 0)): TaskV1_1,
        ("task", (2, 0, 0)): TaskV2,
        ("task", (3, 0, 0)): TaskV3,
        ("workflow", (1, 0, 0)): WorkflowV1,
        ("workflow", (2, 0, 0)): WorkflowV2,
    }
)
