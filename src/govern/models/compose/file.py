"""A Compose file as a whole, and what it declares beside services and jobs."""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from govern.models.compose.service import Job, Service
from govern.models.compose.values import (
    DriverOptions,
    DriverStrings,
    Extensible,
    Flag,
    Interpolated,
    Name,
    Strings,
    Variables,
)
from govern.models.values import Closed, Integer, Maybe, Open


class Include(Closed):
    """Another Compose file, in detail."""

    path: Maybe[str | Strings] = None
    env_file: Maybe[str | Strings] = None
    project_directory: Maybe[str] = None


class ExternalName(Extensible):
    """The name of a network or volume that exists already; write `name` beside `external` instead."""

    name: Maybe[str] = None


class OpenExternalName(Open):
    """The name of a config or secret that exists already; write `name` beside `external` instead."""

    name: Maybe[str] = None


class Subnet(Extensible):
    """A subnet of a network."""

    subnet: Maybe[str] = None
    ip_range: Maybe[str] = None
    gateway: Maybe[str] = None
    aux_addresses: DriverStrings = {}


class Ipam(Extensible):
    """How the addresses of a network are managed."""

    driver: Maybe[str] = None
    config: list[Subnet] = []
    options: DriverStrings = {}


class Network(Extensible):
    """A network that services join."""

    name: Maybe[str] = None
    driver: Maybe[str] = None
    driver_opts: DriverOptions = {}
    external: Maybe[Flag | ExternalName] = None
    internal: Maybe[Flag] = None
    attachable: Maybe[Flag] = None
    enable_ipv4: Maybe[Flag] = None
    enable_ipv6: Maybe[Flag] = None
    ipam: Maybe[Ipam] = None
    labels: Maybe[Variables] = None


class Volume(Extensible):
    """A named volume that services mount."""

    name: Maybe[str] = None
    driver: Maybe[str] = None
    driver_opts: DriverOptions = {}
    external: Maybe[Flag | ExternalName] = None
    labels: Maybe[Variables] = None


class Config(Extensible):
    """A configuration file that services are granted."""

    file: Maybe[str] = None
    content: Maybe[str] = None
    environment: Maybe[str] = None
    external: Maybe[Flag | OpenExternalName] = None
    name: Maybe[str] = None
    labels: Maybe[Variables] = None
    template_driver: Maybe[str] = None


class Secret(Extensible):
    """A sensitive file that services are granted."""

    file: Maybe[str] = None
    environment: Maybe[str] = None
    external: Maybe[Flag | OpenExternalName] = None
    name: Maybe[str] = None
    driver: Maybe[str] = None
    driver_opts: DriverOptions = {}
    labels: Maybe[Variables] = None
    template_driver: Maybe[str] = None


class Model(Extensible):
    """A language model that services use."""

    model: str
    name: Maybe[str] = None
    context_size: Maybe[Integer | Interpolated] = None
    runtime_flags: list[str] = []


class ComposeV1(Extensible):
    """A Compose file, version 1.0.0 of its schema."""

    name: Maybe[str] = None
    include: list[str | Include] = []
    services: dict[Name, Service] = {}
    jobs: dict[Name, Job] = {}
    networks: dict[Name, Network | None] = {}
    volumes: dict[Name, Volume | None] = {}
    configs: dict[Name, Config] = {}
    secrets: dict[Name, Secret] = {}
    models: dict[Name, Model] = {}
    version: Maybe[str] = None
