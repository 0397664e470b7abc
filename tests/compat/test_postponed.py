"""The library of a format is loaded by the first value of that format, and judges it as it always does."""

import json
import subprocess
import sys
from typing import Any

import jsonschema
import pytest

FORMATS = {
    "idn-hostname": ("idna", "bücher.example", "-a-.example"),
    "duration": ("isoduration", "P3DT4H", "three days"),
    "date-time": ("rfc3339_validator", "2026-02-28T10:00:00Z", "2026-02-30T10:00:00Z"),
    "uri": ("rfc3986_validator", "https://example.com/a", "not a uri"),
    "uri-template": ("uri_template", "/orders/{id}", "/orders/{id"),
}
LIBRARIES = {library for library, _, _ in FORMATS.values()} | {"rfc3987_syntax", "webcolors"}


def said(code: str) -> Any:
    """What a new process prints last, as JSON."""
    start = (
        "import json, sys\n"
        "from govern.compat.witness.adjusted import Adjusted\n"
        "from govern.compat.solver.resources import DRAFT2020\n"
        "judge = lambda name, value: Adjusted({'format': name}, {}, DRAFT2020, True).admits(value)\n"
    )
    run = subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_a_value_without_a_format_loads_no_library_of_formats() -> None:
    loaded = said("assert judge('email', 'a@b'); print(json.dumps(sorted(sys.modules)))")
    assert "jsonschema" in loaded
    assert not LIBRARIES & set(loaded)


@pytest.mark.parametrize("name", FORMATS)
def test_the_first_value_of_a_format_loads_its_library_and_gets_its_answer(name: str) -> None:
    library, good, bad = FORMATS[name]
    answers, loaded = said(
        f"answers = [judge({name!r}, {good!r}), judge({name!r}, {bad!r})]\n"
        "print(json.dumps([answers, sorted(sys.modules)]))"
    )
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    assert answers == [checker.conforms(good, name), checker.conforms(bad, name)] == [True, False]
    assert library in loaded


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_who_imports_a_library_afterwards_gets_the_real_one(library: str) -> None:
    code = f"judge('email', 'a@b'); import {library}; print(json.dumps({library}.__file__))"
    assert library in said(code)


def test_a_library_that_is_there_already_is_used_as_it_is() -> None:
    code = (
        "import isoduration as before; judge('duration', 'P1D')\n"
        "from jsonschema import _format; print(json.dumps(_format.isoduration is before))"
    )
    assert said(code) is True
