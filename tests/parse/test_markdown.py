"""What the reader of markdown makes of a text, and where it says that things stand."""

from typing import Any

from govern.model.document import Document
from govern.parse import read

TEXT = """\
---
name: infrastructure
---

You are the agent.
It has two lines.

## Mission

Own it.

```sh
# no heading
```

More.

## 2. Scope

**Owns:**
- pipelines
  - build
- **Secrets**: rotation
  of keys

**Does not own:** nothing

### Step 3: Deep

1. one
2. **Two**
<!--
## hidden
-->

Setext
------
- [x] done
"""


def document(text: str) -> Document:
    return read("a.md", text.encode(), "markdown")


def structure(text: str) -> Any:
    return document(text).value


def test_sections_are_nested_by_level_and_lists_by_indentation() -> None:
    assert structure(TEXT) == {
        "frontmatter": {"name": "infrastructure"},
        "intro": "You are the agent.\nIt has two lines.",
        "sections": [
            {"level": 2, "heading": "Mission", "text": "Own it.\n\nMore.", "code": ["sh"]},
            {
                "level": 2,
                "number": 2,
                "heading": "Scope",
                "text": "**Does not own:** nothing",
                "items": [
                    {
                        "label": "Owns",
                        "items": [
                            {"text": "pipelines", "items": [{"text": "build"}]},
                            {"label": "Secrets", "text": "rotation\nof keys"},
                        ],
                    }
                ],
                "sections": [
                    {
                        "level": 3,
                        "number": 3,
                        "heading": "Deep",
                        "items": [{"number": 1, "text": "one"}, {"number": 2, "label": "Two"}],
                    }
                ],
            },
            {"level": 2, "heading": "Setext", "items": [{"checked": True, "text": "done"}]},
        ],
    }


def test_every_part_is_placed_where_its_text_stands() -> None:
    read_as = document(TEXT)
    assert read_as.source(("intro",)) == "You are the agent.\nIt has two lines."
    assert read_as.source(("frontmatter", "name")) == "infrastructure"
    assert read_as.source(("sections", 1, "heading")) == "Scope"
    owns = ("sections", 1, "items", 0)
    assert read_as.source((*owns, "label")) == "Owns"
    assert read_as.source((*owns, "items", 0, "items", 0, "text")) == "build"
    assert read_as.source((*owns, "items", 1, "label")) == "Secrets"
    assert read_as.source((*owns, "items", 1, "text")) == "rotation\n  of keys"
    assert read_as.source(("sections", 1, "sections", 0, "items", 1, "label")) == "Two"
    assert read_as.source(("sections", 2, "heading")) == "Setext"


def test_every_value_has_a_place() -> None:
    read_as = document(TEXT)

    def paths(value: Any, at: tuple[str | int, ...]) -> Any:
        yield at
        for step, below in (
            value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
        ):
            yield from paths(below, (*at, step))

    missing = [at for at in paths(read_as.value, ()) if at not in read_as.places]
    assert [at for at in missing if at[-2:-1] != ("code",)] == []
