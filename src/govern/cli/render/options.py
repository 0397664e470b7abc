"""What `govern render` is asked to do: its options, which templates they mean, and where values come from."""

import argparse
import os
import posixpath
import sys
from collections.abc import Sequence
from pathlib import Path

from govern.cli.options import parser
from govern.filling.given import concerns, configured, entries, from_environment, from_files, from_words
from govern.filling.plan import Order
from govern.model.finding import Finding
from govern.rendering.tokens import Delimiters
from govern.rendering.values import Source
from govern.session import Session, Unable
from govern.workspace.git import GitError, staged
from govern.workspace.revisions import in_hook

USAGE = (
    "[TEMPLATE...] [--to PATH|-] [--set K=V] [--values FILE] [--check] [--diff] [--list-vars]\n"
    "                     [--delimiters '<<' '>>'] [--force]"
)
DESCRIPTION = """Fill templates with values. Without a TEMPLATE: every [[render]] of the configuration, recorded in
govern.lock, so that --check can tell what was edited and what is behind. A TEMPLATE is KIND/NAME, KIND/NAME@MAJOR,
KIND/NAME@1.2.0, or the path of any file or folder."""

REFERENCE = """tokens:
  <<NAME>> in upper case, without blanks; \\<<NAME>> writes the token itself. A value is never read again as a template.
  A manifest beside the template, NAME.template.yaml, or template.yaml in a folder, declares the holes: each is a JSON
  Schema with description, example, default, required and secret. Without one every token is a required string.

values, the first that has one:
  --set, --values (the last file first), GOVERN_VALUE_NAME, values of the [[render]] entry, [values], the default.
  In words, such as --set, a list is a,b,c or a JSON array.

where a value stands:
  YAML, JSON, front matter   it loads back as exactly itself, quoted and escaped as need be
  text of markdown           as it is, further lines indented; a list alone in its line: an item a line
  code, headings, comments   as it is; what would end them is refused
  links                      percent-encoded in the destination, brackets escaped in the text
  rows of tables             with | escaped
  any other file             as it is, without control characters

states of a recorded file: current, edited, behind, edited and behind, missing, not recorded, orphaned. An edited file
is never overwritten: it is merged with the new text (git merge-file), or left alone; --force gives the edit up."""


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """The options, with all that argparse cannot tell checked."""
    result = parser("render", USAGE, DESCRIPTION)
    result.epilog = REFERENCE
    result.formatter_class = lambda prog: argparse.RawDescriptionHelpFormatter(prog, width=98)
    result.add_argument("templates", nargs="*", metavar="TEMPLATE", help="a template's name, a file or a folder")
    result.add_argument("--to", metavar="PATH", help="write this file, or into this folder; - for standard output")
    result.add_argument("--set", action="append", default=[], metavar="K=V", help="the value of one hole")
    result.add_argument(
        "--values", action="append", default=[], metavar="FILE", help="values from a YAML, JSON or TOML file"
    )
    result.add_argument("--check", action="store_true", help="write nothing; say what was edited and what is behind")
    result.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    result.add_argument("--list-vars", action="store_true", help="show each hole, its value and where it is used")
    result.add_argument(
        "--delimiters", nargs=2, metavar=("OPENING", "CLOSING"), help="what stands around the name of a hole"
    )
    result.add_argument("--force", action="store_true", help="overwrite what others wrote or edited")
    options = result.parse_args(arguments)
    for word in options.set:
        if "=" not in word:
            result.error(f"--set {word}: write NAME=VALUE")
    for word in options.delimiters or ():
        if not word or any(char.isspace() or char.isalnum() or char in "_\\" for char in word):
            result.error(f"--delimiters {word!r}: letters, digits, blanks, _ and \\ cannot delimit a name")
    if options.to and not options.templates:
        result.error("--to needs a TEMPLATE; without one the configuration says what is rendered where")
    if options.to == "-" and (options.check or options.diff or len(options.templates) > 1):
        result.error("--to - takes one TEMPLATE, no --check and no --diff")
    return options


def sources_of(options: argparse.Namespace, session: Session, here: Path) -> tuple[list[Source], list[Finding]]:
    """Where values come from, the first counts; what is wrong with files of them."""
    files, findings = from_files(options.values, here, session.root)
    environment = from_environment(os.environ)
    return [from_words(options.set), *files, environment, configured(session.config)], findings


def orders_of(options: argparse.Namespace, session: Session, here: Path) -> tuple[list[Order], bool]:
    """What is to be rendered, and whether that is all that the configuration asks for."""
    delimiters = Delimiters(*options.delimiters) if options.delimiters else None
    configured_orders = entries(session.config, session.root, delimiters)
    if not options.templates:
        if not configured_orders and not options.list_vars and not options.check:
            print("govern render: the configuration has no [[render]]; name a TEMPLATE, and --to PATH", file=sys.stderr)
        return configured_orders, True
    orders: list[Order] = []
    for name in options.templates:
        if options.to is not None or options.list_vars:
            orders.append(Order(name, _to(options, session, here), here, delimiters=delimiters))
            continue
        meant = [order for order in configured_orders if name in (order.template, order.to)]
        if not meant:
            raise Unable(f"say where {name} is to be rendered: --to PATH, or --to - for standard output")
        orders += meant
    return orders, False


def is_touched(session: Session, orders: Sequence[Order]) -> bool:
    """In a hook of a commit: does it change anything that rendered files depend on? Anywhere else everything counts,
    and so it does where nothing is staged, as in CI.
    """
    if not in_hook(os.environ):
        return True
    try:
        changes = staged(session.root)
    except GitError as error:
        raise Unable(str(error)) from None
    return not changes or any(concerns(path, orders) for _, path in changes)


def _to(options: argparse.Namespace, session: Session, here: Path) -> str | None:
    """The target of a template that is named, below the root; None for standard output."""
    to = options.to
    if to is None or to == "-":
        return None
    if to.startswith("/") or ".." in to.split("/"):
        return str(to)  # refused further on, with all that is wrong
    base = here.relative_to(session.root).as_posix() if here != session.root else ""
    path = posixpath.normpath(posixpath.join(base, to))
    return path + "/" if len(options.templates) > 1 or to.endswith("/") else path
