"""From the structure of a document to a text that has it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from govern.model.schema import Extract


def written(value: Any, extract: Iterable[Extract] = ()) -> str:
    """A markdown text that the reader takes for `value`, a value of its shape; or for something else, where no text
    has just this structure: whoever relies on it reads it again.

    >>> print(written({"title": "A", "sections": [{"level": 2, "heading": "B", "items": [{"label": "C"}]}]}), end="")
    # A
    <BLANKLINE>
    ## B
    <BLANKLINE>
    - **C:**
    """
    paragraphs = list(_body(value))
    text = "\n".join(paragraphs)
    words = [each.written.replace("{}", word) for each in extract for word in value.get(each.name, ())]
    lost = [word for word in words if word not in text]
    if "frontmatter" in value:
        # JSON is YAML, and a comment in it changes no value
        matter = [*(f"# {word}" for word in lost), json.dumps(value["frontmatter"], ensure_ascii=False)]
        paragraphs.insert(0, "\n".join(["---", *matter, "---"]))
    elif lost:
        paragraphs.append(" ".join(lost))
    return "".join(
        f"{paragraph}\n" + ("\n" if index + 1 < len(paragraphs) else "") for index, paragraph in enumerate(paragraphs)
    )


def _body(value: dict[str, Any]) -> Iterator[str]:
    if "title" in value:
        yield f"# {value['title']}".rstrip()
    if "intro" in value:
        yield value["intro"]
    yield from _contents(value)


def _contents(value: dict[str, Any]) -> Iterator[str]:
    if "text" in value:
        yield value["text"]
    if value.get("items"):
        yield "\n".join(_items(value["items"], ""))
    for language in value.get("code", ()):
        yield f"```{language}\n```"
    for section in value.get("sections", ()):
        number = f"{section['number']}. " if "number" in section else ""
        yield f"{'#' * section['level']} {number}{section['heading']}".rstrip()
        yield from _contents(section)


def _items(items: list[Any], indentation: str) -> Iterator[str]:
    for item in items:
        mark = f"{item['number']}. " if "number" in item else "- "
        words = []
        if "checked" in item:
            words.append("[x]" if item["checked"] else "[ ]")
        if "label" in item:
            words.append(f"**{item['label']}:**")
        if "text" in item:
            words.append(item["text"])
        inner = indentation + " " * len(mark)
        yield (indentation + mark + " ".join(words).replace("\n", f"\n{inner}")).rstrip()
        yield from _items(item.get("items", ()), inner)
