"""One template, rendered for a program."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govern.filling.given import configured, from_environment
from govern.filling.library import NoTemplate, Templates, Unreadable
from govern.filling.plan import Order, planned
from govern.filling.run import judged_alone, weigh
from govern.rendering.alone import raise_errors
from govern.rendering.tokens import Delimiters
from govern.rendering.values import Source
from govern.session import Unable, session_for


def rendered(
    template: str | os.PathLike[str],
    values: Mapping[str, Any],
    *,
    delimiters: tuple[str, str] | None = None,
    config: Path | None = None,
) -> str:
    """The text of a template. Unrendered where anything is wrong, Unable where there is no such template."""
    here = Path.cwd()
    session = session_for([], here, config=config)
    library = Templates(session.registry)
    order = Order(os.fspath(template), None, here, delimiters=Delimiters(*delimiters) if delimiters else None)
    sources = [Source("values", values, own=True), from_environment(os.environ), configured(session.config)]
    try:
        plan = planned(library, [order], sources, session.root, lambda some: weigh(session, some, library))
    except NoTemplate as error:
        raise Unable(str(error)) from None
    except Unreadable as error:
        raise Unable(f"the template cannot be read: {error}") from None
    findings = list(plan.findings)
    raise_errors(findings)
    if len(plan.targets) != 1:
        raise Unable(f"{order.template} is a folder of several files")
    raise_errors(weigh(session, judged_alone(session, plan.targets[0]), library))
    return plan.targets[0].data.decode("utf-8-sig")
