"""`lots draw` and `lots verify`: a draw of reviewing States, and its proof."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

import untoc_network_lots as lots
from untoc_network.cli.language_choice import say
from untoc_network.cli.options import add_options, get_languages
from untoc_network.cli.output import ProgressLine, is_coloured, write_json, write_lines, write_out, write_result
from untoc_network.cli.parser import print_note
from untoc_network.diagnostics.errors import ImpossibleValue, InfeasibleDraw
from untoc_network.diagnostics.findings import Report
from untoc_network.diagnostics.templates import with_count
from untoc_network.i18n.language_words import choose_interface_words, translated
from untoc_network.reports.report_text import Palette, render_text
from untoc_network.reports.text_wrapping import wrap
from untoc_network_lots.lot_record_io import read_commitments, read_draw
from untoc_network_lots.verification import NOT_A_RECORD

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network lots draw --contribution chair=SECRET --contribution observer=SECRET -o draw.json
  untoc-network lots draw --seed rehearsal --on 2022-10-31
  untoc-network lots verify draw.json --digest DIGEST
"""
_DRAW_EXAMPLES = """\
examples:
  untoc-network lots draw --contribution chair=SECRET --contribution observer=SECRET -o draw.json
  untoc-network lots draw --seed rehearsal --on 2022-10-31
  untoc-network lots draw --seed rehearsal --review-group 1
  untoc-network lots draw --seed rehearsal --least 0 --most 4 --source https://example.org/terms
"""
_VERIFY_EXAMPLES = """\
examples:
  untoc-network lots verify draw.json
  untoc-network lots verify draw.json --digest DIGEST --commitments commitments.json
  untoc-network lots verify --format json - < draw.json

exit codes: 0 the record is what it says, 1 it is not, 2 it cannot be read as a record
"""
_LIMITS = {"--most-reviewers": "max_reviewers", "--least": "least_reviews", "--most": "most_reviews"}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    parser = commands.add_parser(
        "lots",
        help="draw reviewing States by lot, and verify a draw",
        description="Draw reviewing States by lot, and verify a draw.",
        epilog=_EXAMPLES,
    )
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_draw_options(actions)
    _add_verify_options(actions)


def _add_draw_options(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "draw",
        help="divide the parties into review groups and draw their reviewing States",
        description="Divide the parties of the packaged tables into review groups and draw their reviewing States.",
        epilog=_DRAW_EXAMPLES,
    )
    chance = parser.add_mutually_exclusive_group(required=True)
    chance.add_argument("--seed", metavar="TEXT", help="one text as the only contribution to the seed: for rehearsals")
    chance.add_argument(
        "--contribution",
        type=_parse_seed_contribution,
        action="append",
        metavar="NAME=SECRET",
        help="one contribution of several",
    )
    add_options(parser, "on", help="the parties of this day (all that are known)")
    parser.add_argument("--settled-groups", action="store_true", help="keep the review groups that the tables know")
    parser.add_argument(
        "--most-reviewers", type=int, metavar="N", help="reviewing States for one State at the most (4)"
    )
    parser.add_argument("--least", type=int, metavar="N", help="reviews by one State at the least (no limit)")
    parser.add_argument("--most", type=int, metavar="N", help="reviews by one State at the most (no limit)")
    about = "keep the limits of another mechanism too: 1 to 3 reviews by one State (only recalled)"
    parser.add_argument("--analogies", action="store_true", help=about)
    parser.add_argument(
        "--source", default="given on the command line", metavar="TEXT", help="where these limits stand"
    )
    parser.add_argument("--ungrouped", choices=tuple(lots.UngroupedPolicy), help="parties without a regional group")
    parser.add_argument("--review-group", type=int, metavar="N", help="show this review group only")
    add_options(parser, "output", help="write the record, as JSON, to this file")
    add_options(parser, "format", choices=("text", "json"), default="text")
    add_options(parser, "lang no-color")
    parser.set_defaults(run=_run_draw)


def _add_verify_options(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "verify",
        help="compute a draw again from its record, and check every rule",
        description="Compute a draw again from its record, and check every rule.",
        epilog=_VERIFY_EXAMPLES,
    )
    parser.add_argument("path", metavar="PATH", help="the record; - is standard input")
    parser.add_argument("--digest", metavar="DIGEST", help="the digest that was published with the draw")
    about = "the commitments that were published before the draw: a JSON object from names to commitments"
    parser.add_argument("--commitments", metavar="FILE", help=about)
    add_options(parser, "output")
    add_options(parser, "format", choices=("text", "json"), default="text")
    add_options(parser, "lang no-color")
    parser.set_defaults(run=_run_verify)


def _parse_seed_contribution(text: str) -> tuple[str, str]:
    name, equals, secret = text.partition("=")
    if not (name and equals and secret):
        raise argparse.ArgumentTypeError(f"{text!r}: a contribution is written NAME=SECRET")
    return name, secret


# -- draw ------------------------------------------------------------------------------------------------------------


def _run_draw(chosen: argparse.Namespace) -> int:
    inputs = lots.packaged_inputs(on=chosen.on, terms=_make_terms(chosen), settled_groups=chosen.settled_groups)
    progress = ProgressLine(f"drawing for {len(inputs.participants)} parties")
    try:
        record = lots.draw(inputs, seed=_make_seed(chosen), progress=progress)
    except InfeasibleDraw as error:
        print_note("; ".join(map(say, str(error).split("; "))))
        return 1
    finally:
        progress.clear()
    data = record.to_json()
    if chosen.output:
        write_out((data,), chosen.output)
    elif chosen.format == "json":
        print(data.decode(), end="")
        return 0
    _print_draw(chosen, record)
    return 0


def _make_seed(chosen: argparse.Namespace) -> lots.Seed | str:
    if chosen.seed is not None:
        return str(chosen.seed)
    names = Counter(name for name, _ in chosen.contribution)
    twice = [name for name, times in names.items() if times > 1]
    if twice:
        raise ImpossibleValue(f"{twice[0]} contributes twice")
    return lots.seed_of(dict(chosen.contribution))


def _make_terms(chosen: argparse.Namespace) -> lots.Terms:
    terms = lots.Terms.usual(with_analogies=chosen.analogies)
    for option, name in _LIMITS.items():
        value = getattr(chosen, option.removeprefix("--").replace("-", "_"))
        if value is not None:
            terms = terms.with_number(name, value, source=chosen.source)
    if chosen.ungrouped:
        terms = terms.with_ungrouped(lots.UngroupedPolicy(chosen.ungrouped), source=chosen.source)
    return terms


def _print_draw(chosen: argparse.Namespace, record: lots.DrawRecord) -> None:
    if chosen.format == "json":
        write_json({"file": chosen.output, "digest": record.digest, **_count_outcome(record)}, None)
        return
    if not chosen.output:
        for line in _format_review_lines(record.reviews, chosen.review_group):
            print(line)
    counts = _count_outcome(record)
    told = say(f"{counts['reviews']} States under review, {counts['tickets']} lots; {counts['undecided']} undecided")
    write_lines(lambda width: wrap(told, width), None)
    print(say(f"digest {record.digest}"))


def _count_outcome(record: lots.DrawRecord) -> dict[str, Any]:
    undecided = sum(len(ticket.undecided) for ticket in record.tickets)
    return {"reviews": len(record.reviews), "tickets": len(record.tickets), "undecided": undecided}


def _format_review_lines(reviews: Sequence[lots.Review], wanted: int | None) -> Iterator[str]:
    for review in sorted(reviews, key=lambda review: (review.review_group, review.state)):
        if wanted in (None, review.review_group):
            by = ", ".join(f"{one.state} ({' '.join(one.instruments)})" for one in review.reviewers)
            yield f"{review.review_group}  {review.state}  {by}"


# -- verify ----------------------------------------------------------------------------------------------------------


def _run_verify(chosen: argparse.Namespace) -> int:
    published = None if chosen.commitments is None else read_commitments(chosen.commitments)
    document, report = read_draw(chosen.path)
    progress = ProgressLine("computing the draw again")
    if document is not None:
        report = report.merge(lots.verify(document, digest=chosen.digest, commitments=published, progress=progress))
        progress.clear()
    published_digest = {"digest": document.get("digest")} if document else {}
    palette = Palette(coloured=chosen.output in (None, "-") and is_coloured(refused=chosen.no_color))

    def lines(width: int | None) -> Iterator[str]:
        languages = get_languages(chosen)
        words = choose_interface_words(*languages)
        found = (attrs.evolve(one, message=say(one.message)) for one in translated(report, *languages))
        yield from render_text(Report(found), width=width, palette=palette, words=words)
        if document is not None and report.ok:
            number, digest = len(document["tickets"]), document["digest"]
            told = say(f"{with_count(number, 'lot|lots')} computed again, every rule checked; digest {digest}")
            yield from wrap(told, width)

    write_result(chosen, text=lines, json=lambda: report.to_dict() | published_digest)
    if document is None or any(finding.code == NOT_A_RECORD for finding in report):
        return 2
    return 0 if report.ok else 1
