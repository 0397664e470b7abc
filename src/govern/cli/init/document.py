"""`govern init --kind`: a new document of a kind, from a template of the kind, or else from its example."""

import os
import posixpath
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from govern.cli.init.known import DATES, NAMES, SLUG, known, words
from govern.cli.init.putting import put
from govern.cli.init.template import Chosen, filled, template_of
from govern.cli.mend import applied
from govern.judging.words import either
from govern.model.document import Document
from govern.model.finding import Edit, Finding
from govern.model.glob import matcher
from govern.model.location import steps
from govern.model.schema import Kind
from govern.model.spelling import nearest
from govern.rendering.context import form_of
from govern.session import Session, Unable

MAX_ROUNDS = 10  # of fields that do not fit here and are left out

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./-]*(?<! )\Z")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def begin(session: Session, name: str, told: str | None, here: Path) -> Iterator[str]:
    """Write the document; where, and what it is, said before and after."""
    kind = _kind(session, name)
    template = template_of(session, kind, name)
    form = _other_form(kind, told, template) if told and "/" not in name else None
    if form:
        template = None  # it is written in another language
    example = session.registry.example(form or kind.name) if template is None else (template.path, b"")
    if example is None:
        beside = f"schemas/{kind.name}/example.*, or a template, schemas/{kind.name}/templates/NAME/1.0.0.*"
        raise Unable(f"the kind {kind.name} has no example to begin from; add one: {beside}")
    stem = template.template_name if template and not template.general else f"new-{kind.name}"
    path = _place(session, kind, example[0], stem) if told is None else _inside(session, told, here, kind)
    if os.path.lexists(session.root / path):
        raise Unable(f"{path} is there already; to begin another one: govern init --kind {name} OTHER-PATH")
    if path in session.repository.rendered:
        raise Unable(f"{path} is filled by a [[render]] of the configuration; run: govern render")
    text = example[1].decode("utf-8-sig", "replace") if template is None else filled(session, kind, path, template)
    text = _fitting(session, kind, path, text, template)
    yield f"{path}: a document of the kind {kind.name} ({kind.title.lower()})"
    put(session.root, path, text)
    yield f"wrote it; what it may hold: govern explain {kind.name}"
    yield f"to have it judged: git add {path}"
    if template is not None:
        for line in (
            f"it comes from the template {template.template.name}, and says what the template's examples say",
            "govern.lock does not record it; a [[render]] in govern.toml would keep it in step with the template",
        ):
            print(line, file=sys.stderr)


def _other_form(kind: Kind, path: str, template: Chosen | None) -> str | None:
    """The subject whose example a document begins with, where its name says that it has another form than the kind's
    template, or its example.
    """
    ending = posixpath.splitext(path)[1]
    if template is not None and form_of(path) == form_of(template.path):
        return None
    return next((form.subject for form in kind.forms if ending in form.endings and not form.contains), None)


def _kind(session: Session, told: str) -> Kind:
    kinds = session.registry.kinds
    name = told.partition("/")[0]
    if name == "kind":
        raise Unable("to begin a kind, run: govern init --new-kind NAME")
    if name == "config":
        raise Unable("to begin a configuration, run: govern init")
    if name not in kinds:
        near = nearest(name, kinds)
        hint = f"did you mean {either(near)}?" if near else f"there are {', '.join(sorted(kinds))}"
        if name in session.registry.broken:
            hint = "its kind.yaml is malformed; run: govern check"
        raise Unable(f"there is no kind {name}; {hint}")
    return kinds[name]


# Where it goes


def _inside(session: Session, told: str, here: Path, kind: Kind) -> str:
    """A path that was named, relative to the repository."""
    full = Path(os.path.normpath(here / told))
    if session.root not in full.parents:
        raise Unable(f"{told} lies outside the repository {session.root}")
    path = full.relative_to(session.root).as_posix()
    if full.is_dir() or told.endswith("/"):
        raise Unable(f"{told} is a folder; name a file in it: govern init --kind {kind.name} {path}/NAME")
    return path


def _place(session: Session, kind: Kind, example: str, stem: str) -> str:
    """A path that the kind claims and that is free, in a folder that is there already, if it can be."""
    places = [place for claim in kind.claims for place in _places(claim.glob, stem, example)]
    places = [place for place in places if not session.registry.unjudged(kind, place)]
    if kind.name == "task":
        domain = next(iter(words(session, "task", "domain")), None)
        if domain:
            places = [
                posixpath.join(*posixpath.split(place)[:-1], domain, posixpath.basename(place)) for place in places
            ]
    if not places:
        raise Unable(f"the kind {kind.name} does not say where; run: govern init --kind {kind.name} PATH")
    free = [place for place in places if not os.path.lexists(session.root / place)] or places
    there = [place for place in free if (session.root / place.partition("/")[0]).is_dir()]
    return (there or free)[0]


def _places(glob: str, stem: str, example: str) -> Iterator[str]:
    """A path that a glob matches, if it is one of the usual sort."""
    ending = posixpath.splitext(example)[1]

    def chosen(match: re.Match[str]) -> str:
        words = match[1].split(",")
        return ending[1:] if ending[1:] in words else words[0]

    path = re.sub(r"\{([^{}]*)\}", chosen, glob.removeprefix("/")).replace("**/", "")
    folder, _, name = path.rpartition("/")
    if name in ("*", "**"):
        name += ending
    name = re.sub(r"(\w?)\*+", lambda match: match[1] or stem, name, count=1)  # TODO*.md is TODO.md
    path = f"{folder}/{name}" if folder else name
    if not re.search(r"[*?\[\]{}\\]", path) and matcher([glob]).match(path):
        yield path


# What it holds


def _fitting(session: Session, kind: Kind, path: str, begun: str, template: Chosen | None) -> str:
    """A text to begin with as it passes at its place. Unable if it does not."""
    subject = session.repository.subject(path, data=begun.encode())
    if subject is None or subject.kind is None or subject.kind.name != kind.name:
        globs = ", ".join(claim.glob for claim in kind.claims) or "no file by name"
        told = f'; name it there, or in govern.toml: [files] "{path}" = "{kind.name}"'
        raise Unable(f"{path} would not be judged as a document of {kind.name}, which claims {globs}{told}")
    if session.repository.excluded(path):
        raise Unable(f"{path} would not be judged: the configuration excludes it")
    failed: Sequence[Finding] = ()
    for text in (_named(session, kind, path, subject.document, rendered=template is not None), begun):
        text, failed = _without_what_fails(session, kind, path, text)
        if not failed:
            return text
    first = failed[0]
    where = "" if first.path == path else f"{first.path}: "
    said = f"{where}{first.message} [{first.rule}]"
    what = f"the template {template.template.name}, filled," if template else f"the example of {kind.name}"
    hint = f"; {first.hint}" if first.hint else ""
    raise Unable(f"{what} does not pass at {path}: {said}{hint}; nothing was written")


def _named(session: Session, kind: Kind, path: str, document: Document, *, rendered: bool) -> str:
    """The text with the names, titles and dates that its new place and today make; a title that a template makes, of
    whatever parts, stays.
    """
    values, at = _fields(document)
    new: dict[str, str] = {}
    for field, right in known(session, kind.name, path).items():
        value = values.get(field)
        if not isinstance(value, str) or value == right or (rendered and field not in (*NAMES, *DATES)):
            continue
        if (field not in NAMES or SLUG.match(value)) and (field not in DATES or _DATE.match(value)):
            new[field] = right
    edits = [Edit(document.span((*at, field)), _written(text, document, (*at, field))) for field, text in new.items()]
    text = applied(document.text, edits)
    old = values.get("title")
    if "title" in new and isinstance(old, str):  # markdown says it again in its first heading
        text = re.sub(rf"^# {re.escape(old)}[ \t]*$", lambda _: f"# {new['title']}", text, count=1, flags=re.MULTILINE)
    return text


def _without_what_fails(session: Session, kind: Kind, path: str, text: str) -> tuple[str, Sequence[Finding]]:
    """The text without the optional fields that do not fit here, such as references to what this repository lacks;
    with words of the repository's own vocabulary. What still fails comes back with it.
    """
    before = {finding.id for finding in session.check([]).findings}
    first: list[Finding] | None = None
    failed: list[Finding] = []
    passed: str | None = None  # warnings alone are no reason to leave out what is required
    for _ in range(MAX_ROUNDS):
        session.include({path: text.encode()})
        findings = [each for each in session.check([path]).findings if each.id not in before]
        failed = [finding for finding in findings if finding.severity == "error"]
        first = failed if first is None else first
        passed = passed if failed else text
        subject = session.repository.subject(path, data=text.encode())
        if not findings or subject is None:
            break
        document = subject.document
        _, at = _fields(document)
        edits: list[Edit] = []
        for finding in findings:
            names = steps(finding.pointer)[len(at) :]
            if finding.path == path and names:
                edits.extend(_mended(session, kind, document, (*at, names[0]), finding))
        after = applied(text, edits)
        if after == text:
            break
        text = after
    if passed is not None:
        return passed, ()
    ids = {finding.id for finding in failed}  # what a field that was left out broke is not what is wrong
    return text, [finding for finding in first or () if finding.id in ids] or first or failed


def _mended(session: Session, kind: Kind, document: Document, at: tuple[str, ...], finding: Finding) -> Iterator[Edit]:
    """A word of the vocabulary, or the field left out."""
    field = at[-1]
    allowed = words(session, kind.name, field)
    values, _ = _fields(document)
    if finding.rule == f"{kind.name}/{field}-unknown" and allowed and isinstance(values.get(field), str):
        yield Edit(document.span(at), _written(allowed[0], document, at))
        return
    key = document.span(at, key=True)
    if document.reader != "json" and key.column == 1 and document.reader != "toml":
        place = document.span(at)
        end = place.end_line + (place.end_column > 1)
        yield Edit(key._replace(end_line=end, end_column=1), "")


def _fields(document: Document) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The top-level fields of a document, or of its front matter, and the path to them."""
    if document.reader in ("json", "yaml", "toml"):
        return (document.value if isinstance(document.value, dict) else {}), ()
    return dict(document.front), tuple(map(str, document.front_path))


def _written(text: str, document: Document, at: tuple[str, ...]) -> str:
    """A text as the language writes it, in the quotes of the value that it replaces."""
    import json

    if document.reader in ("json", "toml"):
        return json.dumps(text, ensure_ascii=False)
    if document.source(at).startswith("'"):
        return "'" + text.replace("'", "''") + "'"
    plain = _PLAIN.match(text) and text.lower() not in _WORDS
    return text if plain and not document.source(at).startswith('"') else json.dumps(text, ensure_ascii=False)
