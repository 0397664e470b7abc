"""`govern schemas`: what schemas there are, whether they are sound, and which of them may never change again."""

import importlib
import sys
from collections.abc import Sequence

from govern.model.spelling import nearest

ACTIONS = {
    "list": "which subjects there are, in which versions, and where from",
    "show": "print a schema",
    "lint": "what makes a schema useless, or other than its author meant",
    "freeze": "record published versions, so that an edit of one is noticed",
    "export": "tell editors which schema judges which file",
    "snapshot": "write the next version of a schema from a Pydantic model",
}
USAGE = """usage: govern schemas [ACTION] [ARGUMENT...]

actions (list, if none is named):
{actions}

govern schemas ACTION --help says more.
"""


def run(arguments: Sequence[str]) -> int:
    """Do one of the actions; the exit code."""
    if arguments and arguments[0] in ("-h", "--help", "help"):
        print(USAGE.format(actions="\n".join(f"  {name:<9} {what}" for name, what in ACTIONS.items())), end="")
        return 0
    if not arguments or arguments[0].startswith("-"):
        arguments = ["list", *arguments]
    action, *rest = arguments
    if action not in ACTIONS:
        near = nearest(action, ACTIONS)
        hint = f"; did you mean {near[0]}?" if near else ""
        print(f"govern schemas: there is no action {action}{hint}\nactions: {', '.join(ACTIONS)}", file=sys.stderr)
        return 2
    code: int = importlib.import_module(f"govern.cli.schemas.{action}").run(rest)
    return code
