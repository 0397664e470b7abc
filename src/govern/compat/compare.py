"""Do two versions of a schema agree? The verdict of one direction, with its witness or its proof.

A proof and a witness come from independent places and are held against each other: a witness counts only when two
validators confirm it, a proof only when none of some likely values refutes it. Where they clash the verdict is
Undecided.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from govern.compat.solver import algebra
from govern.compat.solver.arena import Arena
from govern.compat.solver.claims import WRITER, Claim, Result, Sat, Unknown, Unsat
from govern.compat.solver.load import Loader
from govern.compat.solver.nodes import Node
from govern.compat.solver.recursion import merged
from govern.compat.solver.resources import DRAFT4, DRAFT2020, Resources, dialect_of
from govern.compat.solver.solve import Solver
from govern.compat.solver.values import Frozen, Unsure, freeze, thaw
from govern.compat.solver.values import Mapping as FrozenObject
from govern.compat.witness.candidates import candidates
from govern.compat.witness.referees import Astray, Referees
from govern.compat.witness.shrink import shrink
from govern.model.verdict import (
    Breaking,
    BreakKind,
    Compatible,
    Direction,
    Formats,
    OpenContent,
    Undecided,
    Verdict,
)
from govern.validator import Unusable, Validator

MAX_WITNESS = 5_000  # values in a witness: two validators take a tenth of a second for it
MAX_SHRUNK = 300  # values in a witness that is made smaller: each try looks at all of them
ATTEMPTS = 4  # witnesses tried where the validators differ on the first
STACK = 20_000  # Python calls within one question: values and schemas are bounded, this only has to be enough

DISPUTED = "two validators differ on the value that would prove it"
EMPTY = "a property is required that nothing declares, so no producer sends only declared ones; declare it"
UNWRITTEN = "no document was found that has a value which would prove it"
CLASH = "a proof and a witness contradict each other, which is a bug in govern"


class Shape(NamedTuple):
    """What documents there are at all, whatever the schemas say: a JSON Schema that admits each of their values, the
    text that is written for a value, and the value that is read from a text: another one where no text has just this.
    """

    contents: Any
    written: Callable[[Any], str]
    read: Callable[[str], Any]


class Source(NamedTuple):
    """One side: a schema, the schemas that its references may lead to (by absolute URI), and the dialect
    (meta-schema URI) used where it has no `$schema`.
    """

    contents: Any
    resources: Mapping[str, Any] = {}
    dialect: str | None = None


def decide(
    old: Source,
    new: Source,
    *,
    direction: Direction = "backward",
    open_content: OpenContent = "lenient",
    formats: Formats = "assert",
    shape: Shape | None = None,
) -> Verdict:
    """Does the reader's schema admit every value that the writer's does?

    Backward: what was written under `old` is read under `new`; forward: the reverse. With a `shape`, only values of it
    count, and the witness is one that a document has. Raises Unusable where a schema breaks its meta-schema or a
    reference leads nowhere.
    """
    writer, reader = (old, new) if direction == "backward" else (new, old)
    return _Question(writer, reader, open_content, formats, shape).verdict()


class _Question:
    """One direction of one pair."""

    def __init__(
        self, writer: Source, reader: Source, open_content: OpenContent, formats: Formats, shape: Shape | None
    ) -> None:
        self._sources = writer, reader
        self._shape = shape
        self._shaped = Validator(shape.contents) if shape else None
        self._open_content: OpenContent = open_content
        self._formats: Formats = formats
        self._referees: tuple[Referees, Referees] | None = None
        self._solver: Solver | None = None
        self._astray = ""
        self._circular = False

    def verdict(self) -> Verdict:
        try:
            return self._verdict()
        except Unsure as error:
            return self._unproved(Unknown(str(error), error.pointer))
        except RecursionError:
            return Undecided("the schemas are nested too deep")

    def _verdict(self) -> Verdict:
        arena = Arena()
        drafts = [_draft(source) for source in self._sources]
        # a schema that breaks its meta-schema is refused before anybody reads a meaning into it
        self._referees = self._both()
        loaders = [
            Loader(arena, Resources(source.contents, source.resources, draft), formats=self._formats == "assert")
            for source, draft in zip(self._sources, drafts, strict=True)
        ]
        if self._shape:
            within = Resources(self._shape.contents, {}, DRAFT2020)
            loaders.append(Loader(arena, within, formats=False))
        with _deep():
            writer, reader, *shape = merged(arena, [loader.root() for loader in loaders])
        self._circular = any(loader.circular for loader in loaders)
        self._writer, self._reader = writer, reader
        # draft 4 does not call 1.0 an integer: that matters only where another draft reads the same value
        met = {dialect for loader in loaders for dialect in loader.dialects}
        self._solver = Solver(arena, whole=DRAFT4 in met and len(met) > 1)
        if writer is reader:
            return Compatible()
        claims = [Claim(writer, True), Claim(reader, False), *(Claim(node, True) for node in shape)]
        with _deep():
            result = self._solver.solve(claims)
        if self._open_content == "lenient" and not isinstance(result, Unsat):
            # the assumption takes values away: what nothing breaks without it, nothing breaks with it
            if isinstance(result, Sat) and self._is_closed(thaw(result.value)):
                return self._confirmed(self._solver, claims, result)
            claims = [Claim(writer, True, WRITER), Claim(reader, False)]
            with _deep():
                result = self._solver.solve(claims)
            if isinstance(result, Unsat) and self._is_empty_when_closed(self._solver, writer):
                return Undecided(EMPTY)
        if isinstance(result, Sat):
            return self._confirmed(self._solver, claims, result)
        if isinstance(result, Unknown):
            return self._unproved(result)
        return self._unrefuted()

    def _is_empty_when_closed(self, solver: Solver, writer: Node) -> bool:
        """Does the assumption leave nothing that a producer could write? Then a proof would rest on nothing."""
        with _deep():
            return isinstance(solver.solve([Claim(writer, True, WRITER)]), Unsat)

    def _both(self) -> tuple[Referees, Referees] | None:
        """The validators of both sides; None where a reference leads nowhere.

        Nothing can be confirmed then; but what does not depend on the reference can still be proved.
        """
        made = []
        for source in self._sources:
            try:
                made.append(Referees(source.contents, source.resources, source.dialect, self._formats))
            except Astray as error:
                self._astray = str(error)
        return (made[0], made[1]) if len(made) == 2 else None

    # Breaking

    def _confirmed(self, solver: Solver, claims: list[Claim], result: Result) -> Verdict:
        """Breaking, with a witness that both validators confirm."""
        if self._astray:
            return Undecided(f"a reference leads nowhere: {self._astray}")
        refused: list[Any] = []
        dispute = ""
        while isinstance(result, Sat) and len(refused) < ATTEMPTS:
            if _size(result.value) > MAX_WITNESS:
                return Undecided(f"the value that would prove it has more than {MAX_WITNESS} parts")
            value = thaw(result.value)
            found = self._witness(value)
            if found is not None:
                return Breaking(found[0], self._kind(found[0]))
            dispute = dispute or self._dispute() or ("" if self._shape else self._misread(result.value))
            refused.append(result.value)
            try:
                with _deep():
                    result = solver.solve([*claims, Claim(solver.arena.values(refused), False)])
            except Unsure:
                break
        if self._shape and not dispute:
            return Undecided(UNWRITTEN)
        return Undecided(f"{DISPUTED}: {dispute}" if dispute else CLASH)

    def _dispute(self) -> str:
        assert self._referees
        if self._circular:
            return "a reference leads to itself without going into the value"
        return self._referees[0].dispute or self._referees[1].dispute

    def _misread(self, value: Frozen) -> str:
        """What to say of a value that breaks as we read the schemas, and does not as the quicker validator does."""
        assert self._solver
        evaluator = self._solver.evaluator
        if evaluator.admits(self._writer, value) and not evaluator.admits(self._reader, value):
            return f"jsonschema-rs reads one of the schemas otherwise where it judges {thaw(value)!r}"
        return ""

    def _witness(self, value: Any) -> tuple[Any] | None:
        """A value as small as we find that proves the break; None where this one does not."""
        if not self._breaks(value):
            return None
        smaller = shrink(value, self._breaks) if _size(freeze(value)) <= MAX_SHRUNK else value
        for each in (smaller, value):
            real = self._real(each)
            if real is not None and self._proves(real[0]):
                return real
        return None

    def _real(self, value: Any) -> tuple[Any] | None:
        """The value that a document written from `value` has; None where no document can be."""
        if self._shape is None or self._shaped is None:
            return (value,)
        return (self._shape.read(self._shape.written(value)),) if self._shaped.is_valid(value) else None

    def _breaks(self, value: Any) -> bool:
        """Does the value break, as the quicker validator sees it, within the assumption?"""
        if self._referees is None:
            return False
        real = self._real(value)
        if real is None:
            return False
        writer, reader = self._referees
        return writer.quick(real[0]) is True and reader.quick(real[0]) is False and self._is_closed(real[0])

    def _proves(self, value: Any) -> bool:
        assert self._referees
        if self._circular:
            return False
        writer, reader = self._referees
        return writer.admits(value) is True and reader.admits(value) is False

    def _is_closed(self, value: Any) -> bool:
        if self._open_content == "strict":
            return True
        if self._solver is None:
            return False  # nothing was read, so nothing is known of what producers declare
        try:
            with _deep():
                return self._solver.evaluator.is_closed([(self._writer, True)], freeze(value))
        except Unsure:
            return False

    def _kind(self, witness: Any) -> BreakKind:
        """What it takes for this to break."""
        if self._formats == "assert" and self._only(self._under(formats="annotate"), witness):
            return "format"
        if self._open_content == "strict" and self._shape is None:
            self._open_content = "lenient"
            closed = self._is_closed(witness)
            self._open_content = "strict"
            if not closed and self._only(self._under(open_content="lenient"), None):
                return "open-content"
        return "strict"

    def _under(self, *, open_content: OpenContent | None = None, formats: Formats | None = None) -> "_Question":
        """The same question under another assumption."""
        return _Question(*self._sources, open_content or self._open_content, formats or self._formats, self._shape)

    def _only(self, without: "_Question", witness: Any) -> bool:
        """Is there provably no break when one assumption is dropped?"""
        if witness is not None and without._formats == "annotate":
            both = without._both()
            if both and both[1].quick(witness) is False and both[0].quick(witness) is True:
                return False
        return isinstance(without.verdict(), Compatible)

    # Compatible, or not known

    def _unrefuted(self) -> Verdict:
        refutation = self._likely()
        return Undecided(CLASH) if refutation and self._proves(refutation[0]) else Compatible()

    def _unproved(self, why: Unknown) -> Verdict:
        """What can still be said where the solver has given up."""
        if self._referees is None and not self._astray:
            self._referees = self._both()
        found = self._likely()
        writer, reader = self._sources
        proved = None
        drafts = {_draft(writer), _draft(reader)}
        if not writer.resources and not reader.resources and len(drafts) == 1:
            proved = algebra.covers(
                reader.contents, writer.contents, draft=min(drafts), formats=self._formats == "assert"
            )
        witness = self._witness(found[0]) if found else None
        if witness is not None:
            return Undecided(CLASH) if proved else Breaking(witness[0], self._kind(witness[0]))
        return Compatible() if proved else Undecided(why.reason, why.pointer)

    def _likely(self) -> tuple[Any] | None:
        """One of some likely values, if it breaks."""
        for value in candidates(self._sources[0].contents, self._sources[1].contents):
            if self._breaks(value):
                return (value,)
        return None


@contextmanager
def _deep() -> Iterator[None]:
    """Room for our own recursion, which is bounded; that of a validator, which may be endless, must not have it."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, STACK))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _size(value: Frozen) -> int:
    """How many values a value holds, itself among them."""
    if isinstance(value, FrozenObject):
        return 1 + sum(_size(item) for _, item in value)
    return 1 + sum(map(_size, value)) if isinstance(value, tuple) else 1


def _draft(source: Source) -> int:
    contents = source.contents
    stated = contents.get("$schema") if isinstance(contents, dict) else None
    uri = stated if isinstance(stated, str) else source.dialect
    if uri is None:
        return DRAFT2020
    known = dialect_of(uri)
    if known is None:
        raise Unusable(f"{uri} is no dialect that is known here", ("$schema",))
    return known
