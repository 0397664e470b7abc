"""Agent definitions, form by form and version by version: a model admits exactly what its schema admits."""

from govern.models.agent.block import AgentBlockV1 as AgentBlockV1
from govern.models.agent.frontmatter import AgentV1 as AgentV1
from govern.models.agent.frontmatter import AgentV2 as AgentV2
from govern.models.agent.manifest import AgentManifestV1 as AgentManifestV1
