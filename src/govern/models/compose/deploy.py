"""How many containers of a service run, where, and with which resources, in a Compose file."""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from typing import Literal

from govern.models.compose.values import Duration, Extensible, Interpolated, Strings, Variables
from govern.models.values import Integer, Maybe, Number, Open


class Limits(Extensible):
    """The most that a container may use."""

    cpus: Maybe[Number | str] = None
    memory: Maybe[str] = None
    pids: Maybe[Integer | str] = None


class DeviceRequest(Open):
    """Devices that a container wants from a driver."""

    capabilities: Strings = []
    driver: Maybe[str] = None
    count: Maybe[Integer | str] = None
    device_ids: Strings = []
    options: Maybe[Variables] = None


class DeviceReservation(DeviceRequest, Extensible):
    """Devices that the platform keeps for a container."""

    capabilities: Strings


class DiscreteResource(Extensible):
    """A number of things of one kind."""

    kind: Maybe[str] = None
    value: Maybe[Number | str] = None


class GenericResource(Extensible):
    """A resource that the platform counts by name."""

    discrete_resource_spec: Maybe[DiscreteResource] = None


class Reservations(Extensible):
    """What the platform keeps for a container."""

    cpus: Maybe[Number | str] = None
    memory: Maybe[str] = None
    devices: list[DeviceReservation] = []
    generic_resources: list[GenericResource] = []


class Resources(Extensible):
    """What the containers may use and what is kept for them."""

    limits: Maybe[Limits] = None
    reservations: Maybe[Reservations] = None


class RestartPolicy(Extensible):
    """Whether and how to restart a container that ends."""

    condition: Maybe[str] = None
    delay: Maybe[Duration] = None
    max_attempts: Maybe[Integer | str] = None
    window: Maybe[Duration] = None


class Rollout(Extensible):
    """How to replace the containers of a service."""

    parallelism: Maybe[Integer | str] = None
    delay: Maybe[Duration] = None
    order: Maybe[Literal["stop-first", "start-first"] | Interpolated] = None
    failure_action: Maybe[str] = None
    max_failure_ratio: Maybe[Number | str] = None
    monitor: Maybe[Duration] = None


class Preference(Extensible):
    """A node label over whose values to spread the containers."""

    spread: Maybe[str] = None


class Placement(Extensible):
    """Which nodes may run the containers."""

    constraints: list[str] = []
    preferences: list[Preference] = []
    max_replicas_per_node: Maybe[Integer | str] = None


class Deploy(Extensible):
    """How many containers to run, where, and with which resources."""

    mode: Maybe[str] = None
    replicas: Maybe[Integer | str] = None
    resources: Maybe[Resources] = None
    restart_policy: Maybe[RestartPolicy] = None
    update_config: Maybe[Rollout] = None
    rollback_config: Maybe[Rollout] = None
    placement: Maybe[Placement] = None
    endpoint_mode: Maybe[str] = None
    labels: Maybe[Variables] = None
