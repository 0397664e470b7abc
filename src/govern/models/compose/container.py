"""What every container takes in a Compose file: those of services, of jobs and of the steps before a service starts."""

# ruff: noqa: RUF012 - Pydantic gives every instance its own copy of a default

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, SerializeAsAny

from govern.models.compose.deploy import DeviceRequest
from govern.models.compose.values import (
    Command,
    DriverOptions,
    Duration,
    Extensible,
    ExtraHosts,
    Flag,
    Grants,
    Interpolated,
    Name,
    Size,
    Strings,
    Ulimits,
    Variables,
    under,
)
from govern.models.values import Closed, Integer, Maybe, Number, Unique

PullPolicy: TypeAlias = Annotated[
    str,
    Field(pattern="^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$"),
]


class EnvFile(Closed):
    """A file with environment variables, with details."""

    path: str
    required: Flag = True
    format: Maybe[str] = None


class BindOptions(Extensible):
    """Details of a bind."""

    create_host_path: Maybe[Flag] = None
    propagation: Maybe[str] = None
    recursive: Maybe[Literal["enabled", "disabled", "writable", "readonly"] | Interpolated] = None
    selinux: Maybe[Literal["z", "Z"] | Interpolated] = None


class VolumeOptions(Extensible):
    """Details of a volume."""

    labels: Maybe[Variables] = None
    nocopy: Maybe[Flag] = None
    subpath: Maybe[str] = None


class TmpfsOptions(Extensible):
    """Details of a tmpfs."""

    mode: Maybe[Number | str] = None
    size: Maybe[Annotated[Integer, Field(ge=0)] | str] = None


class ImageOptions(Extensible):
    """Details of an image mount."""

    subpath: Maybe[str] = None


class Mount(Extensible):
    """A volume to mount, in detail."""

    type: Literal["bind", "volume", "tmpfs", "cluster", "npipe", "image"] | Interpolated
    source: Maybe[str] = None
    target: Maybe[str] = None
    read_only: Maybe[Flag] = None
    consistency: Maybe[str] = None
    bind: Maybe[BindOptions] = None
    volume: Maybe[VolumeOptions] = None
    tmpfs: Maybe[TmpfsOptions] = None
    image: Maybe[ImageOptions] = None


class ServiceNetwork(Extensible):
    """How a container joins a network."""

    aliases: Strings = []
    driver_opts: DriverOptions = {}
    gw_priority: Maybe[Number | Interpolated] = None
    interface_name: Maybe[str] = None
    ipv4_address: Maybe[str] = None
    ipv6_address: Maybe[str] = None
    link_local_ips: Strings = []
    mac_address: Maybe[str] = None
    priority: Maybe[Number | Interpolated] = None
    use_service_name_alias: Maybe[Flag] = None


class ServiceModel(Extensible):
    """Where a container finds the endpoint and the name of a model."""

    endpoint_var: Maybe[str] = None
    model_var: Maybe[str] = None


class WeightDevice(Closed):
    """The weight of reading and writing one device."""

    path: Maybe[str] = None
    weight: Maybe[Integer | str] = None


class DeviceLimit(Closed):
    """The rate that one device may not exceed."""

    path: Maybe[str] = None
    rate: Maybe[Size] = None


class BlkioConfig(Closed):
    """Limits and weights of reading and writing devices."""

    weight: Maybe[Integer | str] = None
    weight_device: list[WeightDevice] = []
    device_read_bps: list[DeviceLimit] = []
    device_read_iops: list[DeviceLimit] = []
    device_write_bps: list[DeviceLimit] = []
    device_write_iops: list[DeviceLimit] = []


class CredentialSpec(Extensible):
    """Credentials of a managed service account, on Windows."""

    config: Maybe[str] = None
    file: Maybe[str] = None
    registry: Maybe[str] = None


class Device(Extensible):
    """A host device, in detail."""

    source: str
    target: Maybe[str] = None
    permissions: Maybe[str] = None


class Logging(Extensible):
    """Where the output of the container goes."""

    driver: Maybe[str] = None
    options: Annotated[SerializeAsAny[dict[str, str | Number | None]], under(".+")] = {}


class Container(Extensible):
    """What every container takes."""

    image: Maybe[str] = None
    command: Command = None
    entrypoint: Command = None
    environment: Maybe[Variables] = None
    env_file: Maybe[str | list[str | EnvFile]] = None
    volumes: Unique[str | Mount] = []
    networks: Maybe[Strings | dict[Name, ServiceNetwork | None]] = None
    configs: Grants = []
    secrets: Grants = []
    labels: Maybe[Variables] = None
    user: Maybe[str] = None
    working_dir: Maybe[str] = None
    annotations: Maybe[Variables] = None
    blkio_config: Maybe[BlkioConfig] = None
    cap_add: Strings = []
    cap_drop: Strings = []
    cgroup: Maybe[Literal["host", "private"] | Interpolated] = None
    cgroup_parent: Maybe[str] = None
    cpu_count: Maybe[Annotated[Integer, Field(ge=0)] | str] = None
    cpu_percent: Maybe[Annotated[Integer, Field(ge=0, le=100)] | str] = None
    cpu_period: Maybe[Number | str] = None
    cpu_quota: Maybe[Number | str] = None
    cpu_rt_period: Maybe[Number | str] = None
    cpu_rt_runtime: Maybe[Number | str] = None
    cpu_shares: Maybe[Number | str] = None
    cpus: Maybe[Number | str] = None
    cpuset: Maybe[str] = None
    credential_spec: Maybe[CredentialSpec] = None
    device_cgroup_rules: Strings = []
    devices: list[str | Device] = []
    dns: Maybe[str | Strings] = None
    dns_opt: Strings = []
    dns_search: Maybe[str | Strings] = None
    domainname: Maybe[str] = None
    extra_hosts: Maybe[ExtraHosts] = None
    gpus: Maybe[Literal["all"] | Interpolated | list[DeviceRequest]] = None
    group_add: Unique[str | Number] = []
    hostname: Maybe[str] = None
    init: Maybe[Flag] = None
    ipc: Maybe[str] = None
    isolation: Maybe[str] = None
    label_file: Maybe[str | list[str]] = None
    logging: Maybe[Logging] = None
    mac_address: Maybe[str] = None
    mem_limit: Maybe[Size] = None
    mem_reservation: Maybe[Size] = None
    mem_swappiness: Maybe[Integer | str] = None
    memswap_limit: Maybe[Size] = None
    models: Maybe[Strings | Annotated[SerializeAsAny[dict[str, ServiceModel | None]], under("[a-zA-Z0-9._-]+")]] = None
    network_mode: Maybe[str] = None
    oom_kill_disable: Maybe[Flag] = None
    oom_score_adj: Maybe[Annotated[Integer, Field(ge=-1000, le=1000)] | str] = None
    pid: str | None = None
    pids_limit: Maybe[Number | str] = None
    platform: Maybe[str] = None
    privileged: Maybe[Flag] = None
    pull_policy: Maybe[PullPolicy | Interpolated] = None
    pull_refresh_after: Maybe[str] = None
    read_only: Maybe[Flag] = None
    runtime: Maybe[str] = None
    security_opt: Strings = []
    shm_size: Maybe[Size] = None
    stop_grace_period: Maybe[Duration] = None
    stop_signal: Maybe[str] = None
    storage_opt: dict[str, Any] = {}
    sysctls: Maybe[Variables] = None
    tmpfs: Maybe[str | Strings] = None
    ulimits: Ulimits = {}
    umask: Annotated[Integer, Field(ge=0, le=4_294_967_295)] | str | None = None
    use_api_socket: Maybe[bool | Interpolated] = None
    userns_mode: Maybe[str] = None
    uts: Maybe[str] = None
    volumes_from: Strings = []
