"""Domain agents, version by version: a model admits exactly the structure that its schema admits.

That is what the reader of markdown makes of the text: front matter, first line, and the sections in their order, which
read as a tuple.
"""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

import re
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, WithJsonSchema, field_validator, model_validator

from govern.models.markdown import H2, H3, Begins, FromList, Holds, holds, labelled
from govern.models.values import Date, Integer, NotEmpty, Open


class FrontMatterV1(Open):
    """Who the agent is, and what it was made from."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    """The agent's name, as others call it: its file's name without .md."""
    description: Annotated[
        str, Field(pattern=r"(^|[^A-Za-z0-9_])Tier (1 foundation|2 feature|3 experience)([^A-Za-z0-9_]|$)")
    ]
    """What the agent is for, and its tier: Tier 1 foundation, Tier 2 feature or Tier 3 experience."""
    last_reviewed: Date
    """The day on which someone last read it all and found it right."""
    knowledge_sources: Annotated[list[NotEmpty], Field(min_length=1)]
    """What the agent knows its domain from."""


class FrontMatterV2(FrontMatterV1):
    """Who the agent is, what it was made from, and what runs it."""

    tools: NotEmpty | Annotated[list[NotEmpty], Field(min_length=1)]
    """The tools it may use: a list, or their names separated by commas."""
    model: NotEmpty
    """The model that runs it: haiku, sonnet, opus, inherit, or a model id."""
    maxTurns: Annotated[Integer, Field(ge=1)]
    """After how many turns it stops."""


class _Section(Open):
    level: H2


class Mission(_Section):
    """What the agent is for."""

    heading: Literal["Mission"]
    text: str


class TechnologyContext(_Section):
    """What the product is built with."""

    heading: Literal["Technology Context"]


class Tier(_Section):
    """The layer of the product that the agent belongs to."""

    heading: Literal["Tier"]
    text: Annotated[str, Field(pattern=r"^\*\*(1 — Foundation|2 — Feature|3 — Experience)\.\*\*")]


class QuickReference(_Section):
    """The agent in four lines."""

    heading: Literal["Quick Reference"]
    items: Annotated[
        list[Any],
        Holds(*map(labelled, ("Scope", "Top 3 modern practices", "Top 3 AI applications", "Dependencies"))),
    ]


class Invocation(Open):
    """The tasks that name the agent."""

    text: Annotated[str, Field(pattern=r"^Any task with `domain_agents: \[[^\[\]`,]+\]`\.?$")]


class WhenToInvoke(_Section):
    """The work that calls for the agent."""

    heading: Literal["When to Invoke"]
    items: Annotated[list[Any], Holds(Invocation)]


OWNS, DOES_NOT_OWN = labelled("Owns"), labelled("Does not own")
_OWNERSHIP = [{"contains": model.model_json_schema()} for model in (OWNS, DOES_NOT_OWN)]


class Scope(_Section):
    """Where the agent's responsibility begins and ends, in two lists or paragraphs."""

    heading: Literal["Scope"]
    items: Annotated[Any, WithJsonSchema({"type": "array", "allOf": _OWNERSHIP})] = None

    @model_validator(mode="after")
    def _both_sides_are_told(self) -> Self:
        text = (self.model_extra or {}).get("text")
        for label, model in (("Owns", OWNS), ("Does not own", DOES_NOT_OWN)):
            told = isinstance(text, str) and re.search(rf"(^|\n)\*\*{label}(:\*\*|\*\*:)", text)
            if not told and not (isinstance(self.items, list) and holds(self.items, model)):
                raise ValueError(f'there is neither an item nor a paragraph "{label}"')
        return self


class ExtendedReference(_Section):
    """Here begins what is read only when it is needed."""

    heading: Literal["Extended Reference"]


class ModernPractices(_Section):
    """How the work is done well today."""

    heading: Literal["Modern Practices"]


class BuilderAI(Open):
    """How AI helps those who build."""

    level: H3
    heading: Literal["Builder AI"]


class ConsumerAI(Open):
    """What AI does for those who use the product."""

    level: H3
    heading: Literal["Consumer AI"]


class AIApplications(_Section):
    """What AI can do in this domain."""

    heading: Literal["AI Applications"]
    sections: Annotated[tuple[Any, ...], Begins(BuilderAI, ConsumerAI, rest=Any), FromList]


class Dependencies(_Section):
    """The agents that this one builds on."""

    heading: Literal["Dependencies"]


class ConsultedBy(_Section):
    """The agents that build on this one."""

    heading: Literal["Consulted By"]


class MonitoringHooks(_Section):
    """What is measured."""

    heading: Literal["Monitoring Hooks"]


class AlertingThresholds(Open):
    """When to warn, and when it is critical: one line for each measurement."""

    label: Literal["Alerting thresholds"]
    items: Annotated[list[Any], Field(min_length=1)]


class HealthCheck(Open):
    """Where to ask whether the domain is well."""

    label: Literal["Health check endpoint"]
    text: Annotated[str, Field(pattern=r"^`/health/[^` \t\n]+`")]


class MonitoringImplementation(_Section):
    """How it is measured."""

    heading: Literal["Monitoring Implementation"]
    items: Annotated[
        list[Any],
        Holds(*map(labelled, ("Metrics provider", "Instrumentation", "Dashboard")), AlertingThresholds, HealthCheck),
    ]


class MaintenanceTriggers(_Section):
    """What calls for a new look at the document."""

    heading: Literal["Maintenance Triggers"]


class FurtherSection(Open):
    """A section of the agent's own, or one that stands out of order."""

    heading: Any = None

    @field_validator("heading")
    @classmethod
    def _is_none_of_those_before(cls, value: Any) -> Any:
        if value in BEFORE:
            raise ValueError("it belongs further up")
        return value


BEFORE = ("Mission", "Technology Context", "Tier", "Quick Reference", "When to Invoke", "Scope", "Extended Reference")
AFTER = (
    ModernPractices,
    AIApplications,
    Dependencies,
    ConsultedBy,
    MonitoringHooks,
    MonitoringImplementation,
    MaintenanceTriggers,
)
Later: TypeAlias = Annotated[
    ModernPractices
    | AIApplications
    | Dependencies
    | ConsultedBy
    | MonitoringHooks
    | MonitoringImplementation
    | MaintenanceTriggers
    | FurtherSection,
    Field(union_mode="left_to_right"),
]


class _DomainAgent(Open):
    """What every version of a domain agent has."""

    intro: Annotated[str, Field(pattern=r"^You are the [^\n]+ Agent for [^\n]+\.(\n|$)")]
    """The first line of the text, before all sections."""
    placeholders: list[str] = []
    """What a template leaves open, each once."""
    mentions: list[str] = []
    """The agents that it refers to by @name, each once."""
    subagents: list[str] = []
    """The agents that it refers to as `name subagent`, each once."""
    endpoints: list[str] = []
    """The health endpoints that it names, each once."""


class DomainAgentV1(_DomainAgent):
    """A domain agent, version 1.0.0: fourteen sections, and no others."""

    frontmatter: FrontMatterV1
    """Who the agent is, and what it was made from."""
    sections: Annotated[
        tuple[
            Mission,
            TechnologyContext,
            Tier,
            QuickReference,
            WhenToInvoke,
            Scope,
            ExtendedReference,
            ModernPractices,
            AIApplications,
            Dependencies,
            ConsultedBy,
            MonitoringHooks,
            MonitoringImplementation,
            MaintenanceTriggers,
        ],
        FromList,
    ]
    """Fourteen sections, in this order."""


class DomainAgentV2(_DomainAgent):
    """A domain agent, version 2.0.0: it names what runs it, and may have sections of its own."""

    frontmatter: FrontMatterV2
    """Who the agent is, what it was made from, and what runs it."""
    sections: Annotated[
        tuple[Any, ...],
        Begins(Mission, TechnologyContext, Tier, QuickReference, WhenToInvoke, Scope, ExtendedReference, rest=Later),
        FromList,
    ]
    """Fourteen sections; after Extended Reference others may stand between them."""

    @model_validator(mode="after")
    def _has_each_of_the_others_once(self) -> Self:
        for model in AFTER:
            if sum(isinstance(section, model) for section in self.sections) != 1:
                raise ValueError(f"there is not one section {model.__name__}")
        return self
