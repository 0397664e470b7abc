"""Every rule that govern knows, by id. Imports all that speak; asked for only by `explain` and by a configuration
that names rules.
"""

from collections.abc import Iterable

from govern import policy, registry
from govern.compat.explain import change_rules
from govern.compat.lint import rules as lint_rules
from govern.compat.versions import freeze, lineage
from govern.judging import judge, links, settings
from govern.judging import rules as check_rules
from govern.kinds import MODULES, rules_for
from govern.model.rule import Rule
from govern.model.schema import Kind
from govern.parse import rules as parse_rules
from govern.rendering import rules as render_rules


def catalogue(kinds: Iterable[Kind] = ()) -> dict[str, Rule]:
    """The rules of every module, and those that the vocabularies of some kinds bring."""
    rules = [*parse_rules.RULES, *check_rules.RULES, *registry.RULES, *policy.RULES, *settings.RULES, *links.RULES]
    rules += [*change_rules.RULES, *lineage.RULES, *freeze.RULES, *lint_rules.RULES, *render_rules.RULES]
    for name in MODULES:
        module = rules_for(name)
        rules.extend(module.RULES if module else ())
    rules.extend(judge.unknown_word(kind.name, field) for kind in kinds for field in kind.vocabulary)
    return {rule.id: rule for rule in sorted(rules)}


def opt_in() -> frozenset[str]:
    """The rules that are off unless the configuration names them."""
    modules = [rules_for(name) for name in MODULES]
    return frozenset().union(*(getattr(module, "OPT_IN", frozenset()) for module in modules))
