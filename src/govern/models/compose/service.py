"""Services and jobs of a Compose file, and what belongs to them alone."""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, SerializeAsAny, model_validator

from govern.models.compose.build import Build
from govern.models.compose.container import Container
from govern.models.compose.deploy import Deploy
from govern.models.compose.values import (
    Command,
    Duration,
    Extensible,
    Flag,
    Interpolated,
    Name,
    Strings,
    Variables,
    under,
)
from govern.models.values import Closed, Integer, Maybe, Number, Unique

ContainerName: TypeAlias = Annotated[str, Field(pattern="[a-zA-Z0-9][a-zA-Z0-9_.-]+")]
OptionValue: TypeAlias = str | Number | bool


class Port(Extensible):
    """A port to publish, in detail."""

    target: Maybe[Integer | str] = None
    published: Maybe[Integer | str] = None
    host_ip: Maybe[str] = None
    protocol: Maybe[str] = None
    app_protocol: Maybe[str] = None
    mode: Maybe[str] = None
    name: Maybe[str] = None


class Dependency(Extensible):
    """What must be true of another service first."""

    condition: Literal["service_started", "service_healthy", "service_completed_successfully"] | Interpolated
    required: bool | Interpolated = True
    restart: Maybe[Flag] = None


class Healthcheck(Extensible):
    """How to tell that the container is healthy."""

    test: Maybe[str | list[str]] = None
    interval: Maybe[Duration] = None
    timeout: Maybe[Duration] = None
    retries: Maybe[Number | str] = None
    start_period: Maybe[Duration] = None
    start_interval: Maybe[Duration] = None
    disable: Maybe[Flag] = None


class Workload(Container):
    """What services and jobs have in common."""

    build: Maybe[str | Build] = None
    ports: Unique[str | Number | Port] = []
    depends_on: Maybe[Strings | dict[Name, Dependency]] = None
    healthcheck: Maybe[Healthcheck] = None
    expose: Unique[str | Number] = []
    stdin_open: Maybe[Flag] = None
    tty: Maybe[Flag] = None


class Extends(Closed):
    """A service or job to build upon, and the file that defines it."""

    service: str
    file: Maybe[str] = None


class Hook(Extensible):
    """A command to run in the container."""

    command: Command
    environment: Maybe[Variables] = None
    privileged: Maybe[Flag] = None
    user: Maybe[str] = None
    working_dir: Maybe[str] = None


class InitContainer(Container):
    """A step before the service starts; what it does not set it inherits from its service."""

    per_replica: Maybe[Flag] = None


class Watch(Extensible):
    """A host path to watch, and what to do when it changes."""

    path: str
    action: Literal["rebuild", "restart", "sync", "sync+restart", "sync+exec"] | Interpolated
    target: Maybe[str] = None
    exec: Maybe[Hook] = None
    ignore: Maybe[str | Strings] = None
    include: Maybe[str | Strings] = None
    initial_sync: Maybe[bool | Interpolated] = None


class Develop(Extensible):
    """How to keep the container in step with the sources."""

    watch: list[Watch] = []


class Provider(Extensible):
    """An external program that manages the service instead of Compose."""

    type: str
    options: Annotated[SerializeAsAny[dict[str, OptionValue | list[OptionValue]]], under(".+")] = {}


class Service(Workload):
    """A long-running container, or several alike."""

    container_name: Maybe[ContainerName | Interpolated] = None
    restart: Maybe[str] = None
    profiles: Strings = []
    deploy: Deploy | None = None
    develop: Develop | None = None
    extends: Maybe[str | Extends] = None
    attach: Maybe[Flag] = None
    external_links: Strings = []
    links: Strings = []
    pre_start: list[InitContainer] = []
    post_start: list[Hook] = []
    pre_stop: list[Hook] = []
    provider: Maybe[Provider] = None
    scale: Maybe[Integer | str] = None


class Schedule(Extensible):
    """When a job runs, in detail."""

    cron: str
    timezone: Maybe[str] = None
    concurrency: Maybe[Literal["forbid", "queue"] | Interpolated] = None
    missed_fires: Maybe[Literal["one", "skip"] | Interpolated] = None


class Triggers(Extensible):
    """What starts a job: by hand, a schedule, or both."""

    manual: Maybe[Flag] = None
    schedule: list[str | Schedule] = []

    @model_validator(mode="after")
    def _something_starts_it(self) -> Self:
        if not self.model_fields_set & {"manual", "schedule"}:
            raise ValueError("a job is started by hand (manual) or by a schedule")
        return self


class Job(Workload):
    """A container that runs to completion, by hand or on a schedule."""

    triggers: Triggers
    extends: Maybe[str | Extends] = None
    profiles: Strings = []
