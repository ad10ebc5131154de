"""`duplicates`, `diff`, `merge`, `merge-records`, `undo-merge`: which records are one, and what differs."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from untoc_network.app.merge_undo_io import load_undo, write_undo
from untoc_network.app.queries import find_differences, show_register
from untoc_network.cli.commands import Definition
from untoc_network.cli.options import add_options, get_day, get_languages, load
from untoc_network.cli.output import (
    print_findings,
    write_out,
    write_register,
    write_result,
)
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.i18n.language_words import choose_interface_words
from untoc_network.matching import duplicates, merge, merge_records, not_duplicates, undo_merge
from untoc_network.matching.duplicate_search import MIN_SCORE
from untoc_network.matching.record_merge import RecordMerge
from untoc_network.reports.duplicates import render_duplicates
from untoc_network.reports.register_difference import render_difference, render_difference_markdown
from untoc_network.reports.report_text import render_report
from untoc_network.values.consent_and_contact import Audience

__all__ = ["DEFINITIONS"]

_DUPLICATES = """\
examples:
  untoc-network duplicates register.json
  untoc-network duplicates --min-score 0.9 --format json register.json
  untoc-network duplicates --exact register.json
  untoc-network duplicates register.json --distinct xa-refuge xb-refuge -o register.json

The likeliest pairs come first, with what speaks for and against them. Similar
names are looked for with rapidfuzz: pip install "untoc-network[match]". With
--exact only what is the same is looked for: names, identifiers, websites,
acronyms. Nothing is merged; merge-records does that, one pair at a time.
With --distinct A B the register is written with the decision that the two are
not one; that pair is told no more.

exit codes: 0 no pair is left to decide, or decisions were written; 1 some are
left; 2 usage or unreadable input
"""
_DIFF = """\
examples:
  untoc-network diff before.json after.json
  untoc-network diff --format markdown before.yaml after.yaml
  untoc-network diff --from json a.tmp b.tmp

Of what the audience may not see only that it changed is told.

exit codes: 0 no difference, 1 some, 2 usage or unreadable input
"""
_MERGE = """\
examples:
  untoc-network merge base.json ours.json theirs.json -o both.json
  untoc-network merge base.yaml ours.yaml theirs.yaml > both.json
  untoc-network merge --from json --to json %O %A %B -o %A     (in .gitconfig)

They are put together field by field. Where both changed one thing, ours is kept.

exit codes: 0 merged, 1 merged with conflicts, 2 usage or unreadable input
"""
_MERGE_RECORDS = """\
examples:
  untoc-network merge-records register.json xa-refuge xa-refuge-2 \\
      -o register.json --undo undo.json
  untoc-network undo-merge register.json undo.json -o register.json

All references lead to the record that is kept, and the merge can be undone.

Memberships of the two are not merged with them: a body may have left a network
and come back. The call that makes two memberships one is told where it is due.
"""
_UNDO_MERGE = """\
examples:
  untoc-network undo-merge register.json undo.json -o register.json

The records that the merge touched are again as they were. What was changed
since stays.

exit codes: 0 undone, 1 undone but for what was changed since, 2 usage or
unreadable input
"""

# -- duplicates and diff -----------------------------------------------------------------------------------------------


def _add_duplicates_options(parser: Parser) -> None:
    add = parser.add_argument
    add(
        "--min-score", type=_parse_score, default=MIN_SCORE, metavar="N", help="from 0 to 1: tell no less (%(default)s)"
    )
    add("--exact", action="store_true", help="do not look for similar names")
    about = "write down that these two are not one; may be repeated"
    add("--distinct", nargs=2, action="append", metavar=("A", "B"), help=about)
    add_options(parser, "on", help="the day of that decision (none)")
    add("--by", metavar="ID", help="the id of who decided it")
    add_options(parser, "audience", default=Audience.PUBLIC)


def _parse_score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = -1
    if not 0 <= score <= 1:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number from 0 to 1, such as 0.8")
    return score


def _run_duplicates(chosen: argparse.Namespace) -> int:
    register = load(chosen, chosen.register)
    if chosen.distinct:
        for one, other in chosen.distinct:
            register = not_duplicates(register, one, other, on=chosen.on, by=chosen.by)
        write_register(register, chosen.output)
        return 0
    pairs = duplicates(register, min_score=chosen.min_score, similar=not chosen.exact)
    shown = show_register(register, chosen.audience, get_day(chosen))
    words = choose_interface_words(*get_languages(chosen))
    write_result(
        chosen,
        text=lambda width: render_duplicates(pairs, shown, width=width, words=words),
        json=lambda: {"pairs": pairs},
    )
    return int(bool(pairs))


def _add_diff_options(parser: Parser) -> None:
    parser.add_argument("before", metavar="A", help="the register before; - is standard input")
    parser.add_argument("after", metavar="B", help="the register after")
    add_options(parser, "audience", default=Audience.PUBLIC)


def _run_diff(chosen: argparse.Namespace) -> int:
    before, after = (load(chosen, path, form=chosen.from_form) for path in (chosen.before, chosen.after))
    edits = find_differences(before, after, chosen.audience, get_day(chosen))
    words = choose_interface_words(*get_languages(chosen))
    write_result(
        chosen,
        text=lambda width: render_difference(edits, width=width, words=words),
        json=lambda: {"edits": edits},
        markdown=lambda: render_difference_markdown(edits, words=words),
    )
    return int(bool(edits))


# -- merge, merge-records, undo-merge ----------------------------------------------------------------------------------


def _add_merge_options(parser: Parser) -> None:
    parser.add_argument("base", metavar="BASE", help="the register that both versions came from")
    parser.add_argument("ours", metavar="OURS", help="the one version, kept in each conflict")
    parser.add_argument("theirs", metavar="THEIRS", help="the other version")


def _run_merge(chosen: argparse.Namespace) -> int:
    merged = merge(*(load(chosen, path, form=chosen.from_form) for path in (chosen.base, chosen.ours, chosen.theirs)))
    write_register(merged.register, chosen.output, chosen.to_form)
    if chosen.report:
        pieces = render_report(merged.report, chosen.format, languages=get_languages(chosen), all=chosen.all)
        write_out(pieces, chosen.report)
    else:
        print_findings(merged.report, get_languages(chosen), all=chosen.all)
    return int(bool(merged.conflicts))


def _add_merge_records_options(parser: Parser) -> None:
    parser.add_argument("keep", metavar="KEEP", help="the id of the record that stays")
    parser.add_argument("drop", metavar="DROP", help="the id of the record that is merged into it")
    parser.add_argument("--undo", metavar="FILE", help="write there what undoes it; keep it as safe as the register")
    add_options(parser, "on", help="the day to note in the redirect (none)")


def _run_merge_records(chosen: argparse.Namespace) -> int:
    merged = merge_records(load(chosen, chosen.register), chosen.keep, chosen.drop, on=chosen.on)
    if chosen.undo:
        write_undo(merged.undo, chosen.undo)
    write_register(merged.register, chosen.output)
    print_note(escape_unprintable(f"{chosen.drop} was merged into {chosen.keep}"))
    if merged.unsettled:
        _tell_where_values_are(merged, chosen.undo)
    for one, other in merged.twice:
        command = _make_command_for_memberships(one, other, chosen.output, chosen.undo)
        print_note(
            escape_unprintable(
                f"{one} and {other} are now of one organization in one network; if they are one membership: {command}"
            )
        )
    return 0


def _make_command_for_memberships(keep: str, drop: str, output: str | None, undo: str | None) -> str:
    """The call that makes the two one in the register just written; what undoes it goes beside what undoes this one."""
    file = output or "REGISTER"
    beside = ["--undo", str((path := Path(undo)).with_stem(f"{path.stem}-{drop}"))] if undo else []
    return shlex.join(["untoc-network", "merge-records", file, keep, drop, "-o", file, *beside])


def _tell_where_values_are(merged: RecordMerge, undo: str | None) -> None:
    """Tell where the values are that the one record no longer has."""
    kept = ", ".join(field for field in merged.unsettled if field not in merged.left_out)
    if kept:
        print_note(escape_unprintable(f"the two differ in {kept}: see its claims and notes"))
    fields = ", ".join(merged.left_out)
    if fields and undo:
        print_note(
            escape_unprintable(
                f"warning: the two differ in {fields}: of each, one value is dropped, and stands in {undo} alone"
            )
        )
    elif fields:
        print_note(
            f"warning: the two differ in {fields}: of each, one value is dropped, and is lost unless the merge is done"
            " again with --undo"
        )


def _add_undo_merge_options(parser: Parser) -> None:
    parser.add_argument("undo", metavar="UNDO", help="what merge-records wrote with --undo")


def _run_undo_merge(chosen: argparse.Namespace) -> int:
    undone = undo_merge(load(chosen, chosen.register), load_undo(chosen.undo))
    write_register(undone.register, chosen.output)
    print_findings(undone.report, get_languages(chosen), all=chosen.all)
    return int(bool(undone.conflicts))


DEFINITIONS = {
    "duplicates": Definition(_run_duplicates, _DUPLICATES, _add_duplicates_options),
    "diff": Definition(_run_diff, _DIFF, _add_diff_options),
    "merge": Definition(_run_merge, _MERGE, _add_merge_options),
    "merge-records": Definition(_run_merge_records, _MERGE_RECORDS, _add_merge_records_options),
    "undo-merge": Definition(_run_undo_merge, _UNDO_MERGE, _add_undo_merge_options),
}
