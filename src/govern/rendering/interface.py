"""What a template asks of those who fill it, as a JSON Schema: so that two of its versions can be compared as schemas
are. The values that it describes are those that a call gives, by the names of the holes.
"""

from typing import Any

from govern.model.document import Document, Places
from govern.rendering.manifest import OWN


def interface(manifest: Document, name: str) -> Document:
    """The manifest of a template as the schema of the values that it takes, each part of it where its hole stands.

    `name` is that of the template, with its version.
    """
    holes = manifest.value.get("holes") if isinstance(manifest.value, dict) else None
    known: dict[str, Any] = {}
    for hole, told in holes.items() if isinstance(holes, dict) else ():
        if told is None or isinstance(told, dict):
            known[hole] = told or {}
    required = [hole for hole, told in known.items() if told.get("required", "default" not in told) is True]
    contents = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:govern:{name.replace('@', ':')}",
        "type": "object",
        "properties": {hole: _schema(told) for hole, told in known.items()},
        "required": required,
        "additionalProperties": False,
    }

    def places() -> Places:
        result = {}
        for path, place in manifest.places.items():
            if path[:1] == ("holes",):
                result[("properties", *path[1:])] = place
                if len(path) == 2 and path[1] in required:
                    result[("required", required.index(str(path[1])))] = place
        result[()] = manifest.places.get(("holes",), manifest.places[()])
        result[("required",)] = result[()]
        return result

    reading = (
        manifest.reading._replace(value=contents, places=places) if manifest.reading.readable else manifest.reading
    )
    return Document(manifest.path, "yaml", manifest.text, reading)


def _schema(told: dict[str, Any]) -> dict[str, Any]:
    schema = {key: item for key, item in told.items() if key not in OWN or key == "description"}
    return schema if "type" in schema or "enum" in schema else {"type": "string", **schema}
