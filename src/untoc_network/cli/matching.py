"""`duplicates`, `diff`, `merge`, `merge-records`, `undo-merge`: which records are one, and what differs."""

from __future__ import annotations

import argparse
import sys

from untoc_network.app.merge_undo_io import load_undo, write_undo
from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_language, add_large, languages_of, load
from untoc_network.cli.output import deliver, tell, told_in_a_line, write_out
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.plain_form import to_dict
from untoc_network.matching import (
    diff,
    duplicates,
    merge,
    merge_records,
    not_duplicates,
    undo_merge,
)
from untoc_network.matching.duplicate_search import MIN_SCORE
from untoc_network.reports.difference import render_difference, render_difference_markdown
from untoc_network.reports.duplicates import render_duplicates
from untoc_network.reports.report import FORMATS, render_report
from untoc_network.serializers.registry import REGISTER_FORMATS

__all__ = ["add_to"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    _add_duplicates(commands)
    _add_diff(commands)
    _add_merge(commands)
    _add_merge_records(commands)
    _add_undo_merge(commands)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, short: str, about: str, examples: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=short,
        description=about,
        epilog=examples,
    )


# -- duplicates --------------------------------------------------------------------------------------------------------


def _add_duplicates(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "duplicates",
        "pairs of records that may be one",
        "Pairs of organizations and of persons that may be one, the likeliest first, with what speaks for and against.",
        """\
examples:
  untoc-network duplicates register.json
  untoc-network duplicates --min-score 0.9 --format json register.json
  untoc-network duplicates --exact register.json
  untoc-network duplicates register.json --distinct xa-refuge xb-refuge -o register.json

Similar names are looked for with rapidfuzz: pip install "untoc-network[match]".
With --exact only what is the same is looked for: names, identifiers, websites,
acronyms. Nothing is merged; merge-records does that, one pair at a time.
With --distinct A B the register is written with the decision that the two are
not one; that pair is told no more.

exit codes: 0 no pair is left to decide, or decisions were written; 1 some are
left; 2 usage or unreadable input
""",
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument(
        "--min-score", type=_a_score, default=MIN_SCORE, metavar="N", help="from 0 to 1: tell no less (%(default)s)"
    )
    parser.add_argument("--exact", action="store_true", help="do not look for similar names")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the output (%(default)s)")
    parser.add_argument(
        "--distinct",
        nargs=2,
        action="append",
        metavar=("A", "B"),
        help="write down that these two are not one; may be repeated",
    )
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day of that decision")
    parser.add_argument("--by", metavar="ID", help="the id of who decided it")
    _add_output(parser)
    add_large(parser)
    parser.set_defaults(run=_duplicates)


def _a_score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = -1
    if not 0 <= score <= 1:
        raise argparse.ArgumentTypeError(f"{text!r}: a number from 0 to 1 is due, such as 0.8")
    return score


def _duplicates(chosen: argparse.Namespace) -> int:
    register = load(chosen, chosen.register)
    if chosen.distinct:
        for one, other in chosen.distinct:
            register = not_duplicates(register, one, other, on=chosen.on, by=chosen.by)
        deliver(register, chosen.output)
        return 0
    pairs = duplicates(register, min_score=chosen.min_score, similar=not chosen.exact)
    if chosen.format == "json":
        terminal.print_json({"pairs": to_dict(pairs)})
    else:
        for line in render_duplicates(pairs, register, width=terminal.width()):
            print(line)
    return int(bool(pairs))


# -- diff --------------------------------------------------------------------------------------------------------------


def _add_diff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "diff",
        "what differs between two registers, in words",
        "What differs between two registers, in words. Of fields that are not public only that they changed.",
        """\
examples:
  untoc-network diff before.json after.json
  untoc-network diff --format markdown before.yaml after.yaml
  untoc-network diff --from json a.tmp b.tmp

exit codes: 0 no difference, 1 some, 2 usage or unreadable input
""",
    )
    parser.add_argument("before", metavar="A", help="the register before; - is standard input")
    parser.add_argument("after", metavar="B", help="the register after")
    parser.add_argument(
        "--from", dest="form", choices=tuple(REGISTER_FORMATS), help="the format of both (by their suffix)"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="form of the output (%(default)s)"
    )
    add_large(parser)
    parser.set_defaults(run=_diff)


def _diff(chosen: argparse.Namespace) -> int:
    before, after = (load(chosen, path, form=chosen.form) for path in (chosen.before, chosen.after))
    edits = diff(before, after)
    if chosen.format == "json":
        terminal.print_json({"edits": to_dict(edits)})
    elif chosen.format == "markdown":
        terminal.print_utf8(render_difference_markdown(edits))
    else:
        for line in render_difference(edits, width=terminal.width()):
            print(line)
    return int(bool(edits))


# -- merge -------------------------------------------------------------------------------------------------------------


def _add_merge(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "merge",
        "put two changed versions of a register together",
        "Put two changed versions of a register together, field by field. Where both changed one thing, ours is kept.",
        """\
examples:
  untoc-network merge base.json ours.json theirs.json -o both.json
  untoc-network merge base.yaml ours.yaml theirs.yaml > both.json
  untoc-network merge --from json --to json %O %A %B -o %A     (in .gitconfig)

exit codes: 0 merged, 1 merged with conflicts, 2 usage or unreadable input
""",
    )
    for name, about in (
        ("base", "the register that both versions came from"),
        ("ours", "the one version, kept in each conflict"),
        ("theirs", "the other version"),
    ):
        parser.add_argument(name, metavar=name.upper(), help=about)
    _add_output(parser)
    parser.add_argument(
        "--from", dest="form", choices=tuple(REGISTER_FORMATS), help="the format of all three (by their suffix)"
    )
    parser.add_argument(
        "--to", dest="to_form", choices=tuple(REGISTER_FORMATS), help="the format of OUT (by its suffix)"
    )
    parser.add_argument("--report", metavar="FILE", help="write the conflicts there")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="form of the report (%(default)s)")
    add_language(parser)
    add_large(parser)
    parser.set_defaults(run=_merge)


def _merge(chosen: argparse.Namespace) -> int:
    merged = merge(*(load(chosen, path, form=chosen.form) for path in (chosen.base, chosen.ours, chosen.theirs)))
    deliver(merged.register, chosen.output, chosen.to_form)
    if chosen.report:
        pieces = render_report(merged.report, chosen.format, languages=languages_of(chosen))
        write_out(pieces, chosen.report)
    else:
        tell(merged.report, languages_of(chosen))
    return int(bool(merged.conflicts))


# -- merge-records and undo-merge --------------------------------------------------------------------------------------


def _add_merge_records(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "merge-records",
        "make two records one, losing nothing",
        "Merge one record into another: nothing is lost, all references lead to it, and it can be undone.",
        """\
examples:
  untoc-network merge-records register.json xa-refuge xa-refuge-2 \\
      -o register.json --undo undo.json
  untoc-network undo-merge register.json undo.json -o register.json
""",
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument("keep", metavar="KEEP", help="the id of the record that stays")
    parser.add_argument("drop", metavar="DROP", help="the id of the record that is merged into it")
    _add_output(parser)
    parser.add_argument("--undo", metavar="FILE", help="write there what undoes it; keep it as safe as the register")
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to note in the redirect")
    add_large(parser)
    parser.set_defaults(run=_merge_records)


def _merge_records(chosen: argparse.Namespace) -> int:
    merged = merge_records(load(chosen, chosen.register), chosen.keep, chosen.drop, on=chosen.on)
    if chosen.undo:
        with told_in_a_line(chosen.undo):
            write_undo(merged.undo, chosen.undo)
    deliver(merged.register, chosen.output)
    told = [f"{chosen.drop} was merged into {chosen.keep}"]
    if merged.unsettled:
        told.append(f"the two differ in {', '.join(merged.unsettled)}: see its claims and notes")
    told += [f"{one} and {other} are now of one organization in one network" for one, other in merged.twice]
    print("\n".join(f"untoc-network: {escape_unprintable(line)}" for line in told), file=sys.stderr)
    return 0


def _add_undo_merge(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "undo-merge",
        "undo what merge-records did",
        "Undo a merge of records: those that it touched are again as they were. What was changed since stays.",
        """\
examples:
  untoc-network undo-merge register.json undo.json -o register.json

exit codes: 0 undone, 1 undone but for what was changed since, 2 usage or
unreadable input
""",
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument("undo", metavar="UNDO", help="what merge-records wrote with --undo")
    _add_output(parser)
    add_language(parser)
    add_large(parser)
    parser.set_defaults(run=_undo_merge)


def _undo_merge(chosen: argparse.Namespace) -> int:
    undone = undo_merge(load(chosen, chosen.register), load_undo(chosen.undo))
    deliver(undone.register, chosen.output)
    tell(undone.report, languages_of(chosen))
    return int(bool(undone.conflicts))


# -- what they share ---------------------------------------------------------------------------------------------------


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", help="where to write it; else to standard output, as JSON")
