"""How is `jsonschema` imported without what only some formats need?

It imports a library for every format, and that takes longer than all the rest: 35 of 80 ms, and a second for the
grammar of IRIs. For the time of its import modules stand in whose functions, when called, ask the real ones; so the
first value with such a format pays for it.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, NamedTuple


class _Postponed(NamedTuple):
    """What `jsonschema` takes from a library: functions, and the error that they raise for what does not fit."""

    functions: tuple[str, ...]
    error: str | None = None


_POSTPONED = {
    "idna": _Postponed(("encode",), "IDNAError"),
    "isoduration": _Postponed(("parse_duration",), "DurationParsingException"),
    "rfc3339_validator": _Postponed(("validate_rfc3339",)),
    "rfc3986_validator": _Postponed(("validate_rfc3986",)),
    "rfc3987_syntax": _Postponed(("is_valid_syntax",)),
    "uri_template": _Postponed(("validate",)),
    "webcolors": _Postponed(("name_to_hex", "normalize_hex")),
}


def import_jsonschema() -> None:
    """Import `jsonschema`; where it, or a library, is there already, or is not installed, nothing stands in for it."""
    if "jsonschema" in sys.modules:
        return
    stand_ins = {
        name: _stand_in(name, wanted)
        for name, wanted in _POSTPONED.items()
        if name not in sys.modules and find_spec(name) is not None
    }
    sys.modules.update(stand_ins)
    try:
        import_module("jsonschema")
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_in(name: str, wanted: _Postponed) -> ModuleType:
    module = ModuleType(name)
    error = type(wanted.error, (ValueError,), {}) if wanted.error else None
    if error is not None:
        setattr(module, error.__name__, error)
    for function in wanted.functions:
        setattr(module, function, _asking(name, function, error))
    return module


def _asking(name: str, function: str, error: type[Exception] | None) -> Callable[..., Any]:
    """A function that asks the real one. What `jsonschema` catches is the error of the stand-in, so that is raised."""

    def ask(*arguments: Any, **options: Any) -> Any:
        real = import_module(name)
        if error is None:
            return getattr(real, function)(*arguments, **options)
        try:
            return getattr(real, function)(*arguments, **options)
        except getattr(real, error.__name__) as raised:
            raise error(str(raised)) from raised

    return ask
