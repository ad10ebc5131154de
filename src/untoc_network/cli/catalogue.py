"""`explain` and `rules`: the catalogue of rules."""

from __future__ import annotations

import argparse

from untoc_network.cli import terminal
from untoc_network.cli.arguments import add_language, codes, languages_of
from untoc_network.cli.companions import code_elsewhere
from untoc_network.diagnostics.code import Explained
from untoc_network.diagnostics.errors import UnknownRule
from untoc_network.diagnostics.plain_form import to_dict
from untoc_network.i18n.language import RuleWords, Words, interface_in
from untoc_network.reports.catalogue import GROUPINGS, explanation_in, grouped, render_explanation, render_rules
from untoc_network.rules.catalogue import AREAS, catalogue, get_rule
from untoc_network.rules.engine import RuleSet

__all__ = ["add_to"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    explain = commands.add_parser(
        "explain",
        description="Explain a rule: what must hold, why, an example that passes and one that fails.",
        epilog="examples:\n  untoc-network explain EV014\n  untoc-network explain dangling-reference --lang es\n",
    )
    explain.add_argument("code", metavar="CODE", help="the code or the slug of a rule")
    explain.add_argument("--format", choices=("text", "json"), default="text", help="form of the output (%(default)s)")
    add_language(explain)
    explain.set_defaults(run=_explain)
    rules = commands.add_parser(
        "rules",
        description="List all rules, one line each.",
        epilog="examples:\n  untoc-network rules\n  untoc-network rules --by provision --select CR\n"
        "  untoc-network rules --select PR --format json\n",
    )
    rules.add_argument("--select", type=codes, default=(), metavar="CODES", help="only these: EV,SR003")
    rules.add_argument("--by", choices=GROUPINGS, default="area", help="how they are grouped (%(default)s)")
    rules.add_argument("--format", choices=("text", "json"), default="text", help="form of the output (%(default)s)")
    add_language(rules)
    rules.set_defaults(run=_list)


def _explain(chosen: argparse.Namespace) -> int:
    rule, words = _named(chosen.code), interface_in(*languages_of(chosen))
    if chosen.format == "json":
        terminal.print_json(_facts(rule, words))
    else:
        print(
            "\n".join(render_explanation(rule, width=terminal.width() or 80, words=interface_in(*languages_of(chosen))))
        )
    return 0


def _named(code: str) -> Explained:
    """The rule or code of that name, of this library or of another distribution."""
    try:
        return get_rule(code)
    except UnknownRule:
        elsewhere = code_elsewhere(code)
        if elsewhere is None:
            raise
        return elsewhere


def _list(chosen: argparse.Namespace) -> int:
    rules = RuleSet(rules=catalogue(), select=chosen.select).active
    if chosen.format == "json":
        words = interface_in(*languages_of(chosen))
        terminal.print_json([_facts(rule, words) for rule in rules])
    else:
        titles = {area: title for area, (_, title) in AREAS.items()}
        words = interface_in(*languages_of(chosen))
        groups = grouped(rules, chosen.by, titles, words=words)
        print("\n".join(render_rules(groups, width=terminal.width(), words=words)))
    return 0


def _facts(rule: Explained, words: Words) -> dict[str, object]:
    explained = explanation_in(words, rule)
    said = words.rules.get(rule.code, RuleWords())
    return {
        "code": rule.code,
        "slug": rule.slug,
        "severity": rule.severity.value,
        "since": rule.since,
        "statement": explained.summary,
        "why": " ".join(explained.why.split()),
        "message": said.message or rule.message,
        "hint": said.hint or rule.hint,
        "phrases": dict(said.phrases or rule.phrases),
        "basis": to_dict(rule.basis) if rule.basis else None,
        "needs_day": rule.needs_day,
        "passes": explained.passes,
        "fails": explained.fails,
    }
