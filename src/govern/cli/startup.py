"""What a program that runs for a tenth of a second does before anything else. Only the command line does this: the
interpreter is its own.
"""

import gc
import sys
from types import ModuleType


def prepare(*, validating: bool = True) -> None:
    """Have the interpreter spend its time on documents. Who may find nothing to validate can ask again once it does."""
    # Documents are trees: counting references frees them. To look for cycles as often as Python does by default takes
    # 1 to 4 % of a run and finds a few kilobytes.
    gc.set_threshold(200_000)
    if validating:
        _import_jsonschema_rs()


def _import_jsonschema_rs() -> None:
    """Import jsonschema-rs without the library's e-mail package.

    It reads the date of its own build, with `email.utils`, which brings sockets, random numbers and calendars: a third
    of the import's time, 7 ms of the 80 of a run over one file. A stand-in answers while it is imported, and is gone
    afterwards.
    """
    if "jsonschema_rs" in sys.modules or "email.utils" in sys.modules:
        return
    stand_in = ModuleType("email.utils")
    stand_in.parsedate_to_datetime = lambda date: None  # type: ignore[attr-defined]
    sys.modules["email.utils"] = stand_in
    try:
        import jsonschema_rs  # noqa: F401
    finally:
        del sys.modules["email.utils"]
