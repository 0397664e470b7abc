"""Healthchecks and restart policies: of the services as the whole project has them, not as one file does."""

from collections.abc import Iterator
from typing import Any

from govern.kinds.compose.extension import layers
from govern.kinds.compose.files import Files
from govern.kinds.compose.force import in_force
from govern.kinds.compose.parts import mapping, workloads
from govern.kinds.compose.project import Member, Project
from govern.kinds.compose.rules import DEPENDENCY_UNHEALTHY, HEALTHCHECK_MISSING, RESTART_MISSING
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.rule import Rule


def check_dependencies(files: Files, project: Project) -> Iterator[Finding]:
    """Who waits for the health of a service that has no healthcheck?"""
    for member in project.members:
        for at, workload in workloads(member.value):
            depends = workload.get("depends_on")
            if not isinstance(depends, dict) or not project.complete:
                continue
            for name, details in depends.items():
                if mapping(details).get("condition") != "service_healthy":
                    continue
                target = layers(files, project, name)
                state = healthcheck(target)
                place = (*at, "depends_on", name, "condition")
                if target and state is not True and in_force(files, project, member, place):
                    yield _unhealthy(files, member, place, name, disabled=state is False)


def check_policies(files: Files, project: Project, wanted: frozenset[str]) -> Iterator[Finding]:
    """Which services have no healthcheck, and which no restart policy? Those that run once need neither."""
    once = {
        name
        for member in project.members
        for _, workload in workloads(member.value)
        for name, details in mapping(workload.get("depends_on")).items()
        if mapping(details).get("condition") == "service_completed_successfully"
    }
    for member in project.members:
        for name, service in mapping(member.value.get("services")).items():
            if not isinstance(service, dict) or name in once or not {"image", "build", "extends"} & service.keys():
                continue
            parts = layers(files, project, name)
            if any("provider" in part for part in parts):
                continue
            if RESTART_MISSING.id in wanted and not any(map(_restarts, parts)):
                yield _policy(files, member, name, RESTART_MISSING, "does not say when it is restarted", "restart")
            if HEALTHCHECK_MISSING.id in wanted and healthcheck(parts) is None:
                yield _policy(files, member, name, HEALTHCHECK_MISSING, "has no healthcheck", "healthcheck")


def healthcheck(parts: list[dict[str, Any]]) -> bool | None:
    """Has a service a healthcheck? None: the files say nothing; False: they switch it off."""
    state: bool | None = None
    for part in parts:
        check = part.get("healthcheck")
        if not isinstance(check, dict):
            continue
        test = check.get("test")
        first = (test[0] if test else None) if isinstance(test, list) else test
        if check.get("disable") in (True, "true") or first == "NONE":
            state = False
        elif first or (check.get("disable") is not None and state is False):
            state = True
    return state


def _restarts(layer: dict[str, Any]) -> bool:
    return "restart" in layer or "restart_policy" in mapping(layer.get("deploy"))


def _unhealthy(files: Files, member: Member, at: Path, name: str, *, disabled: bool) -> Finding:
    message = f"{name} must become healthy first, but has no healthcheck here"
    hint = "give it one, unless its image brings its own"
    if disabled:
        message = f"{name} must become healthy first, but its healthcheck is switched off"
        hint = "wait for service_started"
    span = files.span(member.path, at)
    return found(DEPENDENCY_UNHEALTHY, member.path, message, span=span, at=at, hint=hint, about=name)


def _policy(files: Files, member: Member, name: str, rule: Rule, says: str, key: str) -> Finding:
    at = ("services", name)
    span = files.span(member.path, at, key=True)
    return found(rule, member.path, f"{name} {says}", span=span, at=at, hint=f"add {key}:", about=name)
