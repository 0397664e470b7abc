"""`govern init`: a repository's first configuration and hooks, a new document of a kind, a new kind."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from govern.session import Unable, session_for
from govern.workspace.git import root_of

USAGE = "[--kind KIND[/TEMPLATE] [PATH] | --new-kind NAME]"
DESCRIPTION = """Set up the repository: a small govern.toml, and our hooks in .pre-commit-config.yaml. With --kind,
begin a document of that kind from a template of it, filled with what is known here, and with examples; with --new-kind,
a kind of your own under schemas/. Nothing that exists is overwritten."""

KIND = """begin a document of this kind, such as task, or with the template that is named, such as
domain-agent/infrastructure. Of several templates, the one that the kind is named after counts: domain-agent/domain. A
kind without any begins with its example"""


def run(arguments: Sequence[str]) -> int:
    """Set up or begin something; the exit code."""
    parser = argparse.ArgumentParser(prog="govern init", usage=f"govern init {USAGE}", description=DESCRIPTION)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--kind", metavar="KIND[/TEMPLATE]", help=KIND)
    what.add_argument("--new-kind", metavar="NAME", help="begin a kind of your own, such as runbook")
    parser.add_argument("path", nargs="?", metavar="PATH", help="where the document goes; else where its kind says")
    parser.add_argument("--config", metavar="FILE", type=Path, help="use this govern.toml")
    options = parser.parse_args(arguments)
    here = Path.cwd()
    if root_of(here) is None:
        raise Unable(f"{here} is in no git repository; run: git init")
    if options.path is not None and options.kind is None:
        raise Unable(f"{options.path} is a path, but of which kind? run: govern init --kind KIND {options.path}")
    session = session_for([], here, config=options.config)
    if options.kind is not None:
        from govern.cli.init.document import begin
    elif options.new_kind is not None:
        from govern.cli.init.kind import begin_kind
    else:
        from govern.cli.init.repository import set_up
    lines = (
        begin(session, options.kind, options.path, here)
        if options.kind is not None
        else begin_kind(session, options.new_kind)
        if options.new_kind is not None
        else set_up(session)
    )
    for line in lines:
        print(line)
        sys.stdout.flush()  # a place is shown before something is written there
    return 0
