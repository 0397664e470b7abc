"""What does a Pydantic model say, as a JSON Schema? The model is imported, so the code of its package runs."""

import contextlib
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeAlias

Mode: TypeAlias = Literal["validation", "serialization"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"  # what Pydantic writes


class NoModel(Exception):
    """There is no schema to be had from what was named; the text says why."""


def model_schema(name: str, *, folder: Path, mode: Mode = "validation") -> dict[str, Any]:
    """The JSON Schema of the model that `package.module:Model` names, looked for in `folder` first.

    What is no model itself but has a schema for Pydantic will do: a dataclass, a TypedDict, a union, a TypeAdapter.
    What its package prints goes to standard error.
    """
    module, _, path = name.partition(":")
    if not module or not path:
        raise NoModel(f"{name} names no model; write package.module:Model")
    with _importing_from(folder), contextlib.redirect_stdout(sys.stderr):
        try:
            found: Any = importlib.import_module(module)
            for step in path.split("."):
                found = getattr(found, step)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise NoModel(f"{name} cannot be imported: {_reason(error)}") from None
        try:
            schema = _adapter(found).json_schema(mode=mode)
            return dict(json.loads(json.dumps(schema, allow_nan=False)))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise NoModel(f"{name} has no JSON Schema: {_reason(error)}") from None


def governed(schema: dict[str, Any], identifier: str) -> dict[str, Any]:
    """A model's schema with a dialect and a name, as the versions of a subject have them."""
    own = {key: value for key, value in schema.items() if key not in ("$schema", "$id")}
    return {"$schema": DIALECT, "$id": identifier, **own}


def _adapter(found: Any) -> Any:
    from pydantic import TypeAdapter

    return found if isinstance(found, TypeAdapter) else TypeAdapter(found)


@contextlib.contextmanager
def _importing_from(folder: Path) -> Iterator[None]:
    """Look for packages in `folder` first, as Python itself does for a script in it."""
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            sys.path.remove(str(folder))


def _reason(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
