"""The rules beyond schema for compose files.

An error is what Compose refuses to start, or silently drops; what merely tends to go wrong is a warning. What is a
matter of policy is off unless the configuration names it.
"""

from govern.model.rule import Rule

VERSION_OBSOLETE = Rule(
    "compose/version-obsolete",
    "warning",
    "the file states a version",
    "Compose ignores it, and warns about it at every command.",
)
IMAGE_UNPINNED = Rule(
    "compose/image-unpinned",
    "warning",
    "an image has neither a version tag nor a digest",
    "It is whatever was pushed last: two machines run different software, and nobody can go back.",
)
HEALTHCHECK_MISSING = Rule(
    "compose/healthcheck-missing",
    "warning",
    "a service has no healthcheck",
    "A container that hangs counts as running, and what depends on it starts too early.",
)
RESTART_MISSING = Rule(
    "compose/restart-missing",
    "warning",
    "a service does not say when it is restarted",
    "The default is never: after a crash or a reboot it stays down.",
)
DEPENDENCY_UNHEALTHY = Rule(
    "compose/dependency-unhealthy",
    "warning",
    "a service waits for the health of one that has no healthcheck",
    "Unless the image brings a check of its own, the container never becomes healthy and the start fails.",
)
SECRET_LITERAL = Rule(
    "compose/secret-literal",
    "warning",
    "a secret stands in the file",
    "Everyone who can read the repository can read it, also after it is removed: the history keeps it.",
)
ENVIRONMENT_DUPLICATE = Rule(
    "compose/environment-duplicate",
    "error",
    "a list of variables, labels or arguments sets a key twice",
    "The last one wins silently; whoever edits the first one wonders why nothing changes.",
)
PORT_TAKEN = Rule(
    "compose/port-taken",
    "error",
    "two services of a project publish the same host port",
    "The second one cannot start.",
)
PORT_MALFORMED = Rule(
    "compose/port-malformed",
    "error",
    "a port is not of the form [[IP:]HOST:]CONTAINER[/PROTOCOL]",
    "Compose refuses the file.",
)
SERVICE_UNKNOWN = Rule(
    "compose/service-unknown",
    "error",
    "a reference to a service leads nowhere",
    "Compose refuses a project that depends on a service it does not have.",
)
NETWORK_UNKNOWN = Rule(
    "compose/network-unknown",
    "error",
    "a service joins a network that is not declared",
    "Compose refuses a project that uses a network it does not declare.",
)
VOLUME_UNKNOWN = Rule(
    "compose/volume-unknown",
    "error",
    "a service mounts a named volume that is not declared",
    "Compose refuses a project that mounts a volume it does not declare.",
)
SECRET_UNKNOWN = Rule(
    "compose/secret-unknown",
    "error",
    "a service is granted a secret that is not declared",
    "Compose refuses a project that grants a secret it does not declare.",
)
CONFIG_UNKNOWN = Rule(
    "compose/config-unknown",
    "error",
    "a service is granted a config that is not declared",
    "Compose refuses a project that grants a config it does not declare.",
)
MODEL_UNKNOWN = Rule(
    "compose/model-unknown",
    "error",
    "a service uses a model that is not declared",
    "Compose refuses a project that uses a model it does not declare.",
)
INCLUDE_MISSING = Rule(
    "compose/include-missing",
    "error",
    "a file that is included or extended is not tracked",
    "Whoever clones the repository cannot start the project.",
)
BIND_MISSING = Rule(
    "compose/bind-missing",
    "warning",
    "a mounted host path is not tracked",
    "Compose makes an empty folder of it, also where a file was meant, and the container finds nothing there.",
)
VALUE_AMBIGUOUS = Rule(
    "compose/value-ambiguous",
    "warning",
    "an unquoted value arrives in the container as another text",
    "Compose reads it as a number or a time and writes that out again: 1.10 becomes 1.1, and 0545 becomes 357.",
)
INTERPOLATION_MALFORMED = Rule(
    "compose/interpolation-malformed",
    "error",
    "a dollar sign begins no variable",
    "Compose takes every $ for a variable and refuses the file; a plain one is written $$.",
)
RULES = (
    VERSION_OBSOLETE,
    IMAGE_UNPINNED,
    HEALTHCHECK_MISSING,
    RESTART_MISSING,
    DEPENDENCY_UNHEALTHY,
    SECRET_LITERAL,
    ENVIRONMENT_DUPLICATE,
    PORT_TAKEN,
    PORT_MALFORMED,
    SERVICE_UNKNOWN,
    NETWORK_UNKNOWN,
    VOLUME_UNKNOWN,
    SECRET_UNKNOWN,
    CONFIG_UNKNOWN,
    MODEL_UNKNOWN,
    INCLUDE_MISSING,
    BIND_MISSING,
    VALUE_AMBIGUOUS,
    INTERPOLATION_MALFORMED,
)
OPT_IN = frozenset({HEALTHCHECK_MISSING.id, RESTART_MISSING.id})
