"""Does an image say which version it is?"""

from collections.abc import Iterator
from typing import Any

from govern.kinds.compose.interpolation import resolve
from govern.kinds.compose.parts import workloads
from govern.kinds.compose.rules import IMAGE_UNPINNED
from govern.model.document import Document
from govern.model.finding import Finding, found

_UNKNOWN = "\0"  # stands for what only the person who starts the project knows


def check(document: Document) -> Iterator[Finding]:
    """Which images are whatever was pushed last?

    A service that is built here, or takes over what it does not state from another one, only names its image.
    """
    built: set[Any] | None = None
    for at, workload in workloads(document.value):
        image = workload.get("image")
        if not isinstance(image, str) or is_pinned(image) or "build" in workload or "extends" in workload:
            continue
        if workload.get("pull_policy") in ("build", "never"):
            continue
        if built is None:
            built = {
                other["image"]
                for _, other in workloads(document.value)
                if "build" in other and isinstance(other.get("image"), str)
            }
        if image not in built:
            place = (*at, "image")
            tagged = ":" in image.rpartition("/")[2]
            message = f"{image} is whatever was pushed last" if tagged else f"{image} has no tag, so it is :latest"
            hint = "pin the version that you tested, as a tag or a digest"
            span = document.span(place)
            yield found(IMAGE_UNPINNED, document.path, message, span=span, at=place, hint=hint, about=image)


def is_pinned(image: str) -> bool:
    """Does the reference of an image have a tag other than latest, or a digest? True also where that cannot be told.

    >>> [is_pinned(i) for i in ("host:5000/web", "web:latest", "host:5000/web:1", "web@sha256:0a", "web:${TAG}")]
    [False, False, True, True, True]
    """
    text = resolve(image, unknown=_UNKNOWN)
    if not text or "{{" in text:
        return True
    name = text.rpartition("/")[2]
    _, colon, tag = name.partition(":")
    return _UNKNOWN in name or "@" in name or bool(colon and tag and tag != "latest")
