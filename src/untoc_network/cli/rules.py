"""`explain` and `rules`: the catalogue of rules."""

from __future__ import annotations

import argparse

from untoc_network.cli.commands import Definition
from untoc_network.cli.companions import find_companion_code
from untoc_network.cli.options import add_options, get_languages, get_settings, parse_codes
from untoc_network.cli.output import write_result
from untoc_network.cli.parser import Parser
from untoc_network.diagnostics.code import CatalogueEntry, flow
from untoc_network.diagnostics.errors import UnknownRule
from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network.i18n.language_words import RuleWords, Words, choose_interface_words
from untoc_network.reports.rule_pages import (
    GROUPINGS,
    group_rules,
    render_explanation,
    render_rules,
    translate_explanation,
)
from untoc_network.reports.text_wrapping import wrap
from untoc_network.rules.catalogue import AREAS, get_rule
from untoc_network.rules.engine import RuleSet

__all__ = ["DEFINITIONS"]

_RULES = """\
examples:
  untoc-network rules
  untoc-network rules --by provision --select CR
  untoc-network rules --select PR --format json
"""
_EXPLAIN = """\
examples:
  untoc-network explain EV014
  untoc-network explain dangling-reference --lang es

It tells what must hold, why, an example that passes and one that fails.
"""


def _add_explain_options(parser: Parser) -> None:
    parser.add_argument("code", metavar="CODE", help="the code or the slug of a rule")
    add_options(parser, "config")


def _run_explain(chosen: argparse.Namespace) -> int:
    rule, words = _find_rule(chosen), choose_interface_words(*get_languages(chosen))
    write_result(
        chosen,
        text=lambda width: render_explanation(rule, width=width or 80, words=words),
        json=lambda: _rule_to_dict(rule, words),
    )
    return 0


def _find_rule(chosen: argparse.Namespace) -> CatalogueEntry:
    """The rule or code of that name: of this library, of the project's settings, or of another distribution.

    Code that the settings name does not run for a rule of the library.
    """
    try:
        return get_rule(chosen.code)
    except UnknownRule:
        wanted = chosen.code.strip().lower()
        own = (rule for rule in get_settings(chosen).known_rules().rules if wanted in (rule.code.lower(), rule.slug))
        elsewhere = next(own, None) or find_companion_code(chosen.code)
        if elsewhere is None:
            raise
        return elsewhere


def _add_rules_options(parser: Parser) -> None:
    parser.add_argument("--select", type=parse_codes, default=(), metavar="CODES", help="only these: EV,SR003")
    parser.add_argument("--by", choices=GROUPINGS, default="area", help="how they are grouped (%(default)s)")
    add_options(parser, "config")


def _run_rules(chosen: argparse.Namespace) -> int:
    rules, words = (
        RuleSet(rules=get_settings(chosen).known_rules().rules, select=chosen.select).active,
        choose_interface_words(*get_languages(chosen)),
    )
    groups = group_rules(rules, chosen.by, {area: title for area, (_, title) in AREAS.items()}, words=words)
    write_result(
        chosen,
        # "error  Redirects form no circle" reads as if the sound state were the error
        text=lambda width: (*wrap(words.ui("rules-lead"), width), "", *render_rules(groups, width=width, words=words)),
        json=lambda: [_rule_to_dict(rule, words) for rule in rules],
    )
    return 0


def _rule_to_dict(rule: CatalogueEntry, words: Words) -> dict[str, object]:
    explained = translate_explanation(words, rule)
    said = words.rules.get(rule.code, RuleWords())
    return {
        "code": rule.code,
        "slug": rule.slug,
        "severity": rule.severity.value,
        "since": rule.since,
        "statement": explained.summary,
        "why": flow(explained.why),
        "message": said.message or rule.message,
        "hint": said.hint or rule.hint,
        "phrases": dict(said.phrases or rule.phrases),
        "basis": to_dict(rule.basis) if rule.basis else None,
        "needs_day": rule.needs_day,
        "passes": explained.passes,
        "fails": explained.fails,
    }


DEFINITIONS = {
    "rules": Definition(_run_rules, _RULES, _add_rules_options),
    "explain": Definition(_run_explain, _EXPLAIN, _add_explain_options),
}
