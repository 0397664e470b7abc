"""From what was meant to an edit of the text, offered only where it is certain.

An edit replaces exactly one key or one scalar, where it stands in the text. That moves nothing else, which a round
trip through a YAML writer cannot promise; ruamel.yaml and libyaml read the result before anyone writes it.
"""

import copy
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from govern.judging.parts import is_prose
from govern.model.document import Document
from govern.model.finding import Edit, Fix
from govern.model.location import Path, Span
from govern.parse.scalars import NotFinite, plain
from govern.validator import Validator

_SAFE_FIRST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")
_SAFE = _SAFE_FIRST | frozenset("-./ ")


MAX_ROUNDS = 4  # of leaving out proposals that did not mend their place, until all that are left do


class Proposal(NamedTuple):
    """What the value at `path` may have been meant to be; with `rename`, what its key may have been meant to be."""

    path: Path
    new: str
    rename: bool = False

    @property
    def result(self) -> Path:
        """The path of the value once the proposal is taken."""
        return (*self.path[:-1], self.new) if self.rename else self.path


def certain(
    document: Document, proposals: Iterable[Proposal], validator: Validator, errors: int
) -> dict[Proposal, Fix]:
    """The fixes for those proposals that, taken together, mend their places and break no other.

    `errors` is how many errors the document has as it is. The document is judged a few times, however many there are.
    """
    fixes = {proposal: fix for proposal in proposals if (fix := written(document, proposal))}
    for _ in range(MAX_ROUNDS):
        taken = list(fixes)
        left = (
            [tuple(error.instance_path) for error in validator.errors(_taken(document.value, taken))] if taken else []
        )
        bad = {path[:length] for path in left for length in range(len(path) + 1)}
        fixes = {proposal: fixes[proposal] for proposal in taken if proposal.result not in bad}
        if len(fixes) == len(taken):
            return fixes if len(left) <= errors - len(taken) else {}
    return {}


def _taken(value: Any, proposals: Iterable[Proposal]) -> Any:
    """A copy of `value` in which the proposals are taken: values first, then keys from the leaves up."""
    value = copy.deepcopy(value)
    for proposal in sorted(proposals, key=lambda proposal: (proposal.rename, -len(proposal.path))):
        parent = _at(value, proposal.path[:-1])
        if proposal.rename:
            parent[proposal.new] = parent.pop(proposal.path[-1])
        else:
            parent[proposal.path[-1]] = proposal.new
    return value


def written(document: Document, proposal: Proposal) -> Fix | None:
    """The edit of the text that takes a proposal; None where the text is more than a bare or simply quoted word."""
    path, new = proposal.path, proposal.new
    place = document.places.get(path)
    if not path or place is None:
        return None
    if proposal.rename:
        taken = new in _at(document.value, path[:-1])
        if taken or place.key is None or _shared(document, path, place.key, keys=True):
            return None
        text = _same_style(document, path, document.at(place.key), str(path[-1]), new)
        return Fix(f"rename it to {new}", (Edit(place.key, text),)) if text else None
    old = _at(document.value, path)
    if isinstance(old, (dict, list)) or _shared(document, path, place.value):
        return None
    text = _scalar(document, path, old, new)
    return Fix(f"write {text}", (Edit(place.value, text),)) if text else None


def _scalar(document: Document, path: Path, old: Any, new: str) -> str | None:
    source = document.source(path)
    if isinstance(old, str):
        return _same_style(document, path, source, old, new)
    yaml = document.reader in ("yaml", "frontmatter", "block") or path[:1] == ("frontmatter",)
    if not yaml or plain(source) != old:
        return None
    return _single(new)


def _same_style(document: Document, path: Path, source: str, old: str, new: str) -> str | None:
    """`new` in the quotes of `old`; None where the source is more than the bare or simply quoted word."""
    if document.reader == "json":
        return json.dumps(new, ensure_ascii=False) if source == json.dumps(old, ensure_ascii=False) else None
    if source == f'"{old}"' and "\\" not in new and '"' not in new:
        return f'"{new}"'
    if source == f"'{old}'":
        return _single(new)
    if source != old or document.reader == "toml":
        return None
    if is_prose(document, path):
        return new  # without quotes
    return new if is_plain(new) else _single(new)


def is_plain(text: str) -> bool:
    """Can `text` stand unquoted in YAML and still be this very string, for YAML 1.1 readers too?"""
    if not text or text[0] not in _SAFE_FIRST or not _SAFE.issuperset(text) or text != text.strip():
        return False
    value = plain(text)
    old_words = ("y", "n", "yes", "no", "on", "off")
    numeric = text[0].isdigit() and not any(character.isalpha() for character in text)
    return isinstance(value, str) and not isinstance(value, NotFinite) and text.lower() not in old_words and not numeric


def _single(text: str) -> str | None:
    return None if "\n" in text else "'" + text.replace("'", "''") + "'"


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _shared(document: Document, path: Path, span: Span, *, keys: bool = False) -> bool:
    """Does what stands here count in several places, by an alias or a merge? Then an edit would change more than
    one of them.
    """
    if "*" not in document.text or is_prose(document, path):
        return False
    stands = [place.key if keys else place.value for place in document.places.values()]
    return stands.count(span) > 1
