"""From the structure of a backlog to a text that has it."""

import json
from collections.abc import Iterator
from typing import Any

_MARKS = {"open": "[ ]", "started": "[~]", "done": "[x]", "[]": "[]"}


def written(value: Any) -> str:
    """A text that the reader takes for `value`, a value of its shape; or for something else, where no text has just
    this structure: whoever relies on it reads it again.

    >>> item = {"state": "open", "priority": "P0", "owner": None, "title": "Store", "criteria": ["Should last"]}
    >>> print(written({"sections": [{"level": 2, "heading": "A", "items": [item]}]}), end="")
    ## A
    <BLANKLINE>
    - [ ] (P0) [Owner: ] Store
      - Should last
    """
    parts = list(_parts(value))
    if "frontmatter" in value:
        parts.insert(0, f"---\n{json.dumps(value['frontmatter'], ensure_ascii=False)}\n---")
    return "\n\n".join(parts) + "\n"


def _parts(value: dict[str, Any]) -> Iterator[str]:
    if "title" in value:
        yield f"# {value['title']}".rstrip()
    if "intro" in value:
        yield value["intro"]
    yield from map(_item, value.get("items", ()))
    for section in value.get("sections", ()):
        yield f"{'#' * section['level']} {section['heading']}".rstrip()
        yield from map(_item, section.get("items", ()))
    if "plan" in value:
        yield "## Implementation Plan"
        yield from map(_item, value["plan"].get("items", ()))
        for phase in value["plan"].get("phases", ()):
            number = [f"Phase {phase['number']}:"] if "number" in phase else []
            when = ", ".join(phase[key] for key in ("quarter", "duration") if key in phase)
            name = [phase["name"]] if "name" in phase else []
            yield " ".join(["###", *number, *name, *([f"({when})"] if when else [])])
            yield from map(_item, phase.get("items", ()))


def _item(item: dict[str, Any]) -> str:
    words = ["-"]
    if "state" in item:
        words.append(_MARKS.get(item["state"], f"[{item['state']}]"))
    if "priority" in item:
        words.append(f"({item['priority']})")
    if "estimate" in item:
        days = item["estimate"]
        words.append(f"[Est: {days}d]" if isinstance(days, (int, float)) else f"[Est: {days or ''}]")
    if "owner" in item:
        words.append(f"[Owner: {item['owner'] or ''}]")
    words += [f"[{tag}]" for tag in item.get("tags", ())]
    if "title" in item:
        words.append(item["title"])
    if "depends" in item:
        words.append(f"@depends-on:{','.join(item['depends'])}")
    return "\n".join([" ".join(words), *(f"  - {criterion}" for criterion in item.get("criteria", ()))])
