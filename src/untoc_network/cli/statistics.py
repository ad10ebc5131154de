"""`stats` and `report`: numbers about a register, as tables and as a web page."""

from __future__ import annotations

import argparse

import untoc_network
from untoc_network.cli.commands import Definition
from untoc_network.cli.options import add_options, get_day, get_languages, load
from untoc_network.cli.output import list_given_words, refuse_to_replace, write_out, write_result
from untoc_network.cli.parser import Parser
from untoc_network.i18n.language_words import choose_interface_words
from untoc_network.reports.statistics_text import render_statistics_csv, render_statistics_text
from untoc_network.statistics import Statistics, stats
from untoc_network.values.consent_and_contact import Audience

__all__ = ["DEFINITIONS"]

_STATS = """\
examples:
  untoc-network stats register.json --on 2024-12-31
  untoc-network stats register.json --audience internal --lang es
  untoc-network stats register.json --format csv > numbers.csv

Counted is what the audience may see; small counts are hidden, and what is not
known is told.
"""
_REPORT = """\
examples:
  untoc-network report register.json -o numbers.html
  untoc-network report register.json --on 2024-12-31 --lang es -o cifras.html

The page holds everything that it needs: it loads nothing, runs no script, and
can be printed. Counted is what the audience may see; small counts are hidden.
"""


def _add_statistics_options(parser: Parser) -> None:
    add_options(parser, "audience", default=Audience.PUBLIC)
    parser.add_argument("--minimum", type=int, metavar="N", help="the smallest count to tell (5; internal: all)")


def _count_statistics(chosen: argparse.Namespace) -> Statistics:
    register = load(chosen, chosen.register)
    return stats(register, on=get_day(chosen), audience=Audience(chosen.audience), minimum=chosen.minimum)


def _run_stats(chosen: argparse.Namespace) -> int:
    counted, words = _count_statistics(chosen), choose_interface_words(*get_languages(chosen))
    write_result(
        chosen,
        text=lambda width: render_statistics_text(counted, words=words, width=width),
        json=counted.to_dict,
        csv=lambda: render_statistics_csv(counted),
    )
    return 0


def _run_report(chosen: argparse.Namespace) -> int:
    refuse_to_replace(list_given_words(chosen), chosen.output)
    write_out(
        untoc_network.site.render_statistics_html(
            _count_statistics(chosen), words=choose_interface_words(*get_languages(chosen))
        ),
        chosen.output,
    )
    return 0


DEFINITIONS = {
    "stats": Definition(_run_stats, _STATS, _add_statistics_options),
    "report": Definition(_run_report, _REPORT, _add_statistics_options),
}
