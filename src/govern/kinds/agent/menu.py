"""The menu of an agent: every command is called by one trigger and does one thing."""

from collections.abc import Iterator
from typing import Any

from govern.kinds.agent import rules
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.pattern import pattern

# What a command runs. A template or data may go with any of them, and is a target where there is none.
_TARGETS = ("workflow", "validate-workflow", "exec", "action")
_ALONE = ("tmpl", "data")

_KEBAB = pattern(r"[a-z0-9]++(?:-[a-z0-9]++)*+\Z")
_SHORTCUT = pattern(r"[A-Z0-9][A-Z0-9-]*+ or fuzzy match on +")
_NO_KEBAB = pattern(r"[^a-z0-9]+")


def check(document: Document) -> Iterator[Finding]:
    """What is wrong with the commands of one menu?"""
    root: Path = ("agent",) if isinstance(document.value, dict) and "agent" in document.value else ()
    agent = document.value.get("agent") if root else document.value
    if not isinstance(agent, dict) or not isinstance(agent.get("menu"), list):
        return
    called: dict[str, str] = {}
    listed = agent.get("prompts")
    prompts = [prompt.get("id") for prompt in listed if isinstance(prompt, dict)] if isinstance(listed, list) else []
    for index, item in enumerate(agent["menu"]):
        at: Path = (*root, "menu", index)
        if isinstance(item, dict):
            if "multi" not in item:
                yield from _targets(document, item, at)
            yield from _prompt(document, item, at, prompts)
            for path, trigger in _triggers(item, at):
                yield from _trigger(document, path, trigger, called)


def _targets(document: Document, item: dict[str, Any], at: Path) -> Iterator[Finding]:
    targets = [key for key in item if key in _TARGETS]
    if len(targets) > 1:
        second = (*at, targets[1])
        message = f"{_called(item)} has the targets {', '.join(targets[:-1])} and {targets[-1]}, expected one"
        hint = "keep one of them, or make two commands"
        span = document.span(second, key=True)
        yield found(rules.TARGET_AMBIGUOUS, document.path, message, span=span, at=second, hint=hint, about=targets)
    elif not targets and not any(key in item for key in _ALONE):
        message = f"{_called(item)} has no target"
        hint = f"give it one of {', '.join((*_TARGETS, *_ALONE))}"
        span = document.span((*at, "trigger"))
        yield found(
            rules.TARGET_MISSING, document.path, message, span=span, at=at, hint=hint, about=item.get("trigger")
        )


def _called(item: dict[str, Any]) -> str:
    trigger = item.get("trigger")
    return f"the command {trigger}" if isinstance(trigger, str) and trigger else "this command"


def _triggers(item: dict[str, Any], at: Path) -> Iterator[tuple[Path, str]]:
    """The triggers that call a command, or the commands that one line of the menu offers, and where they stand."""
    if isinstance(item.get("trigger"), str):
        yield (*at, "trigger"), item["trigger"]
    several = item.get("triggers")
    for index, one in enumerate(several if isinstance(several, list) else ()):
        if isinstance(one, dict):
            path: Path = (*at, "triggers", index)
            if "trigger" in one:
                if isinstance(one["trigger"], str):
                    yield (*path, "trigger"), one["trigger"]
            elif len(one) == 1:
                name = next(iter(one))
                yield (*path, name), name


def _trigger(document: Document, at: Path, trigger: str, called: dict[str, str]) -> Iterator[Finding]:
    """A trigger is a word with dashes, or a shortcut and such words: `CP or fuzzy match on create-prd`."""
    span = document.span(at, key=at[-1] != "trigger")
    shortcut = _SHORTCUT.match(trigger)
    words = trigger[shortcut.end() :].split(" or ") if shortcut else [trigger]
    for word in words:
        if not word:
            continue  # the schema says so
        if not _KEBAB.match(word):
            meant = _NO_KEBAB.sub("-", word.lower()).strip("-")
            message = f"the trigger {word} is not written in lower case with dashes"
            hint = f"write {meant}" if meant and len(word) <= 40 else "write words in lower case, joined by dashes"
            yield found(rules.TRIGGER_MALFORMED, document.path, message, span=span, at=at, hint=hint, about=word)
        elif word in called:
            message = f"{word} is also the trigger in line {called[word]}"
            yield found(rules.TRIGGER_DUPLICATE, document.path, message, span=span, at=at, about=word)
        else:
            called[word] = str(span.line)


def _prompt(document: Document, item: dict[str, Any], at: Path, prompts: list[Any]) -> Iterator[Finding]:
    action = item.get("action")
    if isinstance(action, str) and action.startswith("#") and action[1:] not in prompts:
        at = (*at, "action")
        known = [prompt for prompt in prompts if isinstance(prompt, str)]
        hint = f"there are {', '.join(known[:10])}" if known else "the agent has no prompts"
        message = f"no prompt has the id {action[1:]}"
        yield found(
            rules.PROMPT_MISSING, document.path, message, span=document.span(at), at=at, hint=hint, about=action
        )
