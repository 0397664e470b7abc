"""How an image is built, in a Compose file."""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from govern.models.compose.values import Extensible, ExtraHosts, Flag, Grants, Size, Strings, Ulimits, Variables
from govern.models.values import Maybe


class Build(Extensible):
    """How to build the image, in detail."""

    context: Maybe[str] = None
    dockerfile: Maybe[str] = None
    dockerfile_inline: Maybe[str] = None
    target: Maybe[str] = None
    args: Maybe[Variables] = None
    additional_contexts: Maybe[Variables] = None
    cache_from: list[str] = []
    cache_to: list[str] = []
    entitlements: list[str] = []
    extra_hosts: Maybe[ExtraHosts] = None
    isolation: Maybe[str] = None
    labels: Maybe[Variables] = None
    network: Maybe[str] = None
    no_cache: Maybe[Flag] = None
    no_cache_filter: Maybe[str | Strings] = None
    platforms: list[str] = []
    privileged: Maybe[Flag] = None
    provenance: Maybe[Flag] = None
    pull: Maybe[Flag] = None
    sbom: Maybe[Flag] = None
    secrets: Grants = []
    shm_size: Maybe[Size] = None
    ssh: Maybe[Variables] = None
    tags: list[str] = []
    ulimits: Ulimits = {}
