"""What a new document says of itself before anybody wrote it: its name, title and domain by its place, its dates."""

import posixpath
import re

from govern.kinds.task import domain_folder
from govern.session import Session

DATES = ("created", "updated", "last_updated", "last_reviewed", "date")
NAMES = ("id", "name")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def known(session: Session, kind: str, path: str) -> dict[str, str]:
    """The values of the fields that the place of a document and today decide."""
    stem = posixpath.basename(path).partition(".")[0]
    title = stem.replace("-", " ").replace("_", " ").strip().capitalize()
    result = dict.fromkeys(DATES, session.today)
    if SLUG.match(stem):
        result |= dict.fromkeys(NAMES, stem)
    if title:
        result["title"] = title
    if kind == "task":
        result["status"] = "proposed"
        if folder := domain_folder(path):
            result["domain"] = folder
    return result


def words(session: Session, kind: str, field: str) -> list[str]:
    """The closed list of a field in the repository's vocabulary; empty without one."""
    return list(session.config.table("vocabulary").get(kind, {}).get(field, ()))
