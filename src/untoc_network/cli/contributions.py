"""`coverage` and `submission`: what contributions there are to a review, and all of them as one text."""

from __future__ import annotations

import argparse
import sys

from untoc_network import reference
from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_language, add_large, languages_of, load, today
from untoc_network.cli.output import write_out
from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.diagnostics.plain_form import to_dict
from untoc_network.engagement import Coverage, coverage, dialogue_submission, submission
from untoc_network.model.convention import TreatyCode
from untoc_network.model.country_review import CountryReview
from untoc_network.model.register import Register
from untoc_network.reports.coverage import render_coverage, render_coverage_markdown
from untoc_network.reports.submission import render_held_back, render_submission_html, render_submission_markdown
from untoc_network.values.consent import Audience

__all__ = ["add_to"]

_COVERAGE = """\
examples:
  untoc-network coverage register.json
  untoc-network coverage register.json --country Panamá --format markdown
  untoc-network coverage register.json --review xa-1 --audience public
  untoc-network coverage register.json --lang es
"""
_SUBMISSION = """\
examples:
  untoc-network submission register.json --country Panamá --cluster 1
  untoc-network submission register.json --country PA --instrument TIP -o tip.html
  untoc-network submission register.json --dialogue cd-2025-tip
  untoc-network submission register.json --country Panamá --lang es -o panama.html

exit codes: 0 everything is in it, 1 something was left out, 2 bad call
"""
_FORMS = {"markdown": render_submission_markdown, "html": render_submission_html}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    parser = commands.add_parser(
        "coverage",
        description="Which articles of a country review have contributions, of what kind, from whom.",
        epilog=_COVERAGE,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--review", metavar="ID", help="this review only (all that have contributions)")
    which.add_argument("--country", metavar="NAME", help="the reviews of a State, by any name or code")
    _add_shared(parser, Audience.INTERNAL)
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="form of the output (%(default)s)"
    )
    add_large(parser)
    parser.set_defaults(run=_coverage)
    _add_submission(commands)


def _add_submission(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "submission",
        description="All contributions to the review of a State, or to a dialogue, as one text; names by consent only.",
        epilog=_SUBMISSION,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--country", metavar="NAME", help="the State under review, by any name or code")
    which.add_argument("--dialogue", metavar="ID", help="a constructive dialogue; no country is named in it")
    parser.add_argument("--cluster", type=int, choices=(1, 2, 3, 4), help="the thematic cluster (all)")
    parser.add_argument("--instrument", choices=tuple(code.value for code in TreatyCode), help="the instrument (all)")
    _add_shared(parser, Audience.PUBLIC)
    parser.add_argument("--format", choices=tuple(_FORMS), default=None, help="form of the output (markdown)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file; .html makes it a page")
    add_large(parser)
    parser.set_defaults(run=_submission)


def _add_shared(parser: argparse.ArgumentParser, audience: Audience) -> None:
    parser.add_argument(
        "--audience",
        choices=tuple(Audience),
        default=audience,
        metavar="CIRCLE",
        help=f"who will see it: {', '.join(Audience)} ({audience})",
    )
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    add_language(parser)


def _coverage(chosen: argparse.Namespace) -> int:
    register, day = load(chosen, chosen.register), chosen.on or today()
    languages = languages_of(chosen)
    found = [
        coverage(register, review.id, day, audience=Audience(chosen.audience)) for review in _reviews(register, chosen)
    ]
    shown = [one for one in found if chosen.review or chosen.country or _has_any(one)]
    if chosen.format == "json":
        terminal.print_json(to_dict(shown))
    elif chosen.format == "markdown":
        terminal.print_utf8(render_coverage_markdown(shown, languages=languages))
    else:
        print("\n".join(render_coverage(shown, width=terminal.width(), languages=languages)))
    return 0


def _reviews(register: Register, chosen: argparse.Namespace) -> tuple[CountryReview, ...]:
    if chosen.country:
        return register.reviews_of(reference.country_code(chosen.country))
    if not chosen.review:
        return register.country_reviews
    review = register[chosen.review]
    if not isinstance(review, CountryReview):
        raise UnknownRecord(f"{chosen.review!r} is no country review")
    return (review,)


def _has_any(found: Coverage) -> bool:
    return bool(found.covered or found.elsewhere)


def _submission(chosen: argparse.Namespace) -> int:
    register, day = load(chosen, chosen.register), chosen.on or today()
    languages = languages_of(chosen)
    audience = Audience(chosen.audience)
    if chosen.dialogue:
        made = dialogue_submission(register, chosen.dialogue, day, audience=audience)
    else:
        code = reference.country_code(chosen.country)
        made = submission(
            register,
            code,
            day,
            cluster=chosen.cluster,
            instrument=chosen.instrument,
            audience=Audience(chosen.audience),
        )
    form = chosen.format or ("html" if (chosen.output or "").endswith((".html", ".htm")) else "markdown")
    pieces = _FORMS[form](made, languages=languages)
    write_out(pieces, chosen.output)
    for line in render_held_back(made.held_back, languages=languages):
        print(f"untoc-network: {line}", file=sys.stderr)
    return 1 if made.held_back else 0
