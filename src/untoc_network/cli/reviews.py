"""`reviews`, `country`, `coverage`, `submission`: where country reviews stand, and what is contributed to them."""

from __future__ import annotations

import argparse

import attrs

import untoc_network
from untoc_network import reference
from untoc_network.app.queries import find_contribution_coverage, show_register, track_reviews
from untoc_network.cli.commands import Definition
from untoc_network.cli.options import add_options, get_day, get_languages, load
from untoc_network.cli.output import list_given_words, refuse_to_replace, write_out, write_result
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.errors import UnusableConfiguration
from untoc_network.engagement import dialogue_submission, submission
from untoc_network.engagement.country_description import describe_country
from untoc_network.model.convention import TreatyCode
from untoc_network.model.register import Register
from untoc_network.process.review_tracker import ReviewTracker
from untoc_network.reports.article_coverage import render_coverage, render_coverage_markdown
from untoc_network.reports.country_page_html import render_country_html
from untoc_network.reports.country_page_text import country_overview_to_dict, render_country_text
from untoc_network.reports.review_tracker import render_tracker
from untoc_network.reports.submission import render_held_back, render_submission_markdown
from untoc_network.values.consent_and_contact import Audience

__all__ = ["DEFINITIONS"]

_REVIEWS = """\
examples:
  untoc-network reviews register.json
  untoc-network reviews register.json --country Panamá
  untoc-network reviews register.json --on 2024-04-05 --format json
  untoc-network reviews register.json --lang es
  untoc-network reviews register.json --format html -o reviews.html
  untoc-network reviews register.json --format svg --picture steps -o steps.svg
  untoc-network reviews register.json --format svg --region americas -o map.svg
"""
_COUNTRY = """\
examples:
  untoc-network country PAN register.json
  untoc-network country Panamá register.json --lang es -o panama.html
  untoc-network country PA --on 2024-04-05
  untoc-network country PAN register.json --audience members --format json

Without a register, the facts alone tell. The page says nothing of anybody whom
the audience may not see, the public unless another is named. What is told
ends with its sources and their days, and with a letter to the focal point.
"""
_COVERAGE = """\
examples:
  untoc-network coverage register.json
  untoc-network coverage register.json --country Panamá --format markdown
  untoc-network coverage register.json --review xa-1 --audience internal
  untoc-network coverage register.json --lang es

Without a review or a country, all reviews are told that have contributions.
"""
_SUBMISSION = """\
examples:
  untoc-network submission register.json --country Panamá --cluster 1
  untoc-network submission register.json --country PA --instrument TIP -o tip.html
  untoc-network submission register.json --dialogue cd-2025-tip
  untoc-network submission register.json --country Panamá --lang es -o panama.html

Names stand in it by consent only, and in what goes to a dialogue no country.

exit codes: 0 everything is in it, 1 something was left out, 2 bad call
"""
_PICTURES = ("map", "steps", "timeline")
_REGIONS = ("africa", "americas", "asia", "europe", "oceania")
_FORMS = ("markdown", "html")


def _add_review_options(parser: Parser) -> None:
    add_options(parser, "audience", default=Audience.PUBLIC)
    parser.add_argument("--picture", choices=_PICTURES, help="which picture --format svg draws (map)")
    parser.add_argument("--region", choices=_REGIONS, help="the States of this part of the world, in that picture")


def _run_reviews(chosen: argparse.Namespace) -> int:
    for name in ("picture", "region"):
        if chosen.format != "svg" and getattr(chosen, name) is not None:
            raise UnusableConfiguration(f"--{name} goes with --format svg")
    register, day, spoken = load(chosen, chosen.register), get_day(chosen), get_languages(chosen)
    audience = Audience(chosen.audience)
    if chosen.country is not None and chosen.format in ("html", "svg"):
        reviews = register.reviews_of(reference.country_code(chosen.country))
        register = attrs.evolve(register, country_reviews=tuple(reviews))

    def make_tracker() -> ReviewTracker:
        return track_reviews(show_register(register, audience, day), day, country=chosen.country)

    shown = {"on": day, "audience": audience, "language": (*spoken, "en")[0]}
    picture = {"picture": chosen.picture or _PICTURES[0], "region": chosen.region}
    write_result(
        chosen,
        text=lambda width: render_tracker(make_tracker(), width=width, languages=spoken),
        json=lambda: make_tracker().to_dict(),
        html=lambda: [untoc_network.site.render_reviews(register, **shown)],
        svg=lambda: [untoc_network.site.draw_reviews(register, **picture, **shown)],
    )
    return 0


def _add_country_options(parser: Parser) -> None:
    parser.add_argument("country", metavar="COUNTRY", help="a country by any name or code: PAN, PA, Panamá")
    parser.add_argument("register", metavar="REGISTER", nargs="?", help="a register; - is standard input")
    add_options(parser, "audience", default=Audience.PUBLIC)
    add_options(parser, "format", choices=("text", "json", "html"))


def _run_country(chosen: argparse.Namespace) -> int:
    chosen.format = chosen.format or ("html" if (chosen.output or "").endswith((".html", ".htm")) else "text")
    register = Register() if chosen.register is None else load(chosen, chosen.register)
    spoken = get_languages(chosen)
    overview = describe_country(register, chosen.country, get_day(chosen), audience=chosen.audience)
    write_result(
        chosen,
        text=lambda width: render_country_text(overview, width=width, languages=spoken),
        json=lambda: country_overview_to_dict(overview, languages=spoken),
        html=lambda: render_country_html(overview, languages=spoken),
    )
    return 0


def _add_coverage_options(parser: Parser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--review", metavar="ID", help="this review only")
    add_options(which, "country")
    add_options(parser, "audience", default=Audience.PUBLIC)


def _run_coverage(chosen: argparse.Namespace) -> int:
    register, spoken = load(chosen, chosen.register), get_languages(chosen)
    which = {"review": chosen.review, "country": chosen.country, "audience": Audience(chosen.audience)}
    found = find_contribution_coverage(register, get_day(chosen), **which)
    write_result(
        chosen,
        text=lambda width: render_coverage(found, width=width, languages=spoken),
        json=lambda: found,
        markdown=lambda: render_coverage_markdown(found, languages=spoken),
    )
    return 0


def _add_submission_options(parser: Parser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    add_options(which, "country")
    which.add_argument("--dialogue", metavar="ID", help="a constructive dialogue")
    parser.add_argument("--cluster", type=int, choices=(1, 2, 3, 4), help="the thematic cluster (all)")
    parser.add_argument("--instrument", choices=tuple(code.value for code in TreatyCode), help="the instrument (all)")
    add_options(parser, "audience", default=Audience.PUBLIC)
    add_options(parser, "format", choices=_FORMS, help="form of the text (html for FILE.html, else markdown)")


def _run_submission(chosen: argparse.Namespace) -> int:
    refuse_to_replace(list_given_words(chosen), chosen.output)
    register, day, spoken = load(chosen, chosen.register), get_day(chosen), get_languages(chosen)
    audience = Audience(chosen.audience)
    if chosen.dialogue:
        made = dialogue_submission(register, chosen.dialogue, day, audience=audience)
    else:
        code, wanted = reference.country_code(chosen.country), {"cluster": chosen.cluster, "audience": audience}
        made = submission(register, code, day, instrument=chosen.instrument, **wanted)
    form = chosen.format or ("html" if (chosen.output or "").endswith((".html", ".htm")) else "markdown")
    render = untoc_network.site.render_submission_html if form == "html" else render_submission_markdown
    write_out(render(made, languages=spoken), chosen.output)
    for line in render_held_back(made.held_back, languages=spoken):
        print_note(line)
    return int(bool(made.held_back))


DEFINITIONS = {
    "reviews": Definition(_run_reviews, _REVIEWS, _add_review_options),
    "country": Definition(_run_country, _COUNTRY, _add_country_options),
    "coverage": Definition(_run_coverage, _COVERAGE, _add_coverage_options),
    "submission": Definition(_run_submission, _SUBMISSION, _add_submission_options),
}
