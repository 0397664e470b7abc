"""The shape of the package: imports go down only, and below the workspace nothing opens, runs or prints."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "govern"

FLOORS = {
    "model": 0,
    "parse": 1,
    "regex": 1,
    "kind_file": 1,
    "registry": 1,
    "validator": 1,
    "compat": 2,
    "judging": 2,
    "kinds": 2,
    "models": 2,
    "policy": 2,
    "rendering": 2,
    "report": 2,
    "workspace": 3,
    "catalogue": 4,
    "comparing": 4,
    "filling": 4,
    "snapshot": 4,
    "session": 4,
    "streaming": 4,
    "__init__": 5,
    "cli": 6,
}
# Within one floor these may lean on each other: the registry reads kind files and compiles what it finds.
# A comparison, a rendering and a snapshot run in the session of a repository; values are judged as documents are.
SAME_FLOOR = {
    ("registry", "parse"),
    ("registry", "validator"),
    ("registry", "kind_file"),
    ("session", "catalogue"),
    ("comparing", "session"),
}
SAME_FLOOR |= {("session", "streaming"), ("kind_file", "validator"), ("kind_file", "regex")}
SAME_FLOOR |= {("filling", "session"), ("rendering", "judging")}
SAME_FLOOR |= {("snapshot", "session"), ("snapshot", "comparing"), ("comparing", "catalogue")}
WORLDLY = {"os", "pathlib", "subprocess", "tempfile", "shutil", "io", "socket", "urllib"}
MODULES = sorted(SOURCE.rglob("*.py"))


def room(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.level) for alias in node.names)


def test_every_room_has_a_floor() -> None:
    assert {room(module) for module in MODULES} <= set(FLOORS)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(SOURCE).as_posix())
def test_imports_go_down_only_and_are_never_relative(module: Path) -> None:
    own = room(module)
    for name, level in imports(module):
        assert level == 0, f"{name} is imported relatively"
        if name.startswith("govern.") and name.count("."):
            other = name.split(".")[1]
            if other not in FLOORS:  # from govern import check
                other = "__init__"
            below = FLOORS[other] < FLOORS[own] or other == own or (own, other) in SAME_FLOOR
            assert below, f"{own} (floor {FLOORS[own]}) imports {other} (floor {FLOORS[other]})"


@pytest.mark.parametrize(
    "module", [m for m in MODULES if FLOORS[room(m)] < 3], ids=lambda module: module.relative_to(SOURCE).as_posix()
)
def test_below_the_workspace_nothing_touches_the_world(module: Path) -> None:
    for name, _ in imports(module):
        top, _, rest = name.partition(".")
        harmless = rest in ("PurePosixPath", "path") or name.startswith("urllib.parse.")
        assert top not in WORLDLY or harmless, f"{name} is imported"
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input", "exec", "eval"}, (
                f"{node.func.id}() in line {node.lineno}"
            )


def test_no_module_has_outgrown_its_name() -> None:
    too_long = {m.relative_to(SOURCE).as_posix(): n for m in MODULES if (n := len(m.read_text().splitlines())) > 400}
    assert not too_long
