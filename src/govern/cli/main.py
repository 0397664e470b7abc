"""`govern`: finds the command, runs it, and turns whatever happens into an exit code.

0 nothing to report, 1 error findings, 2 the job could not be done, 130 interrupted.
"""

import importlib
import os
import sys
from collections.abc import Sequence

from govern.cli.startup import prepare

COMMANDS = {
    "check": "judge documents: schemas, references, conventions",
    "compat": "whether a new version of a schema breaks its consumers",
    "explain": "what a rule, a file or a kind is about",
    "init": "set up a repository, begin a document or a kind",
    "render": "fill templates, and keep what came of them in step",
    "schemas": "list, lint, freeze and write schemas",
}

USAGE = """usage: govern COMMAND [ARGUMENT...]

Keeps documents to their schemas.

commands:
{commands}

govern COMMAND --help says more; govern --version prints the version.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    try:
        code = _run(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("govern: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # the reader of our output has gone (`govern check | head`): no traceback at exit, and no verdict
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        lines = "\n".join(f"  {name:<10} {summary}" for name, summary in COMMANDS.items())
        print(USAGE.format(commands=lines), end="", file=sys.stdout if words else sys.stderr)
        return 0 if words else 2
    if words[0] in ("-V", "--version"):
        from govern import __version__

        print(f"govern {__version__}")
        return 0
    if words[0] not in COMMANDS:
        from govern.model.spelling import nearest

        near = nearest(words[0], COMMANDS)
        print(
            f"govern: there is no command {words[0]}" + (f"; did you mean {near[0]}?" if near else ""), file=sys.stderr
        )
        print(f"commands: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    prepare(validating=words[0] != "compat")  # which asks again once there is something to compare: mostly there is not
    from govern.model.unable import Unable

    try:
        code: int = importlib.import_module(f"govern.cli.{words[0]}").run(words[1:])
        return code
    except Unable as error:
        print(f"govern {words[0]}: {error}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        if os.environ.get("GOVERN_DEBUG"):
            raise
        message = f"{type(error).__name__}: {error}".splitlines()[0]
        print(f"govern {words[0]}: this is a bug in govern, not in your files: {message}", file=sys.stderr)
        print("GOVERN_DEBUG=1 shows where; please report it", file=sys.stderr)
        return 2


def _speak_utf8() -> None:
    """Findings quote files, which are UTF-8, whatever the terminal's locale is; what cannot be shown is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace", **({} if stream.isatty() else {"encoding": "utf-8"}))


if __name__ == "__main__":
    sys.exit(main())
