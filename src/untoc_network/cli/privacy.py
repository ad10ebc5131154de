"""`view`, `retention`, `erase`, `holdings`, `pseudonyms`: what may be seen, kept, and how people are taken out."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable

from untoc_network import privacy
from untoc_network.app.merge_undo_io import load_undo
from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_large, limits_of, load, today
from untoc_network.cli.output import deliver, write_out
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UnusableConfiguration
from untoc_network.model.register import Register
from untoc_network.privacy.export_guard import refuse_exposed
from untoc_network.privacy.redactions import Redaction
from untoc_network.reports.holdings import render_holdings, render_holdings_html
from untoc_network.reports.table import render_table
from untoc_network.serializers.source.atomic_write import read_limited
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.consent import Audience
from untoc_network.values.dates import whole_day
from untoc_network.values.time_limit import TimeLimit, TimeUnit

__all__ = ["add_to", "summary_of", "write_redactions"]

_VIEW = """\
examples:
  untoc-network view register.json --audience public --on 2026-11-24
  untoc-network view register.json --audience members -o members.yaml
  untoc-network view register.json --audience public -o public.json \\
      --redactions left-out.json

What was left out is for those who keep the register, not for the audience.
"""
_RETENTION = """\
examples:
  untoc-network retention register.json --on 2026-11-24
  untoc-network retention register.json --keep 24months --format json

exit codes: 0 nothing is overdue, 1 something is, 2 usage or unreadable input
"""
_ERASE = """\
examples:
  untoc-network erase register.json member-7 --on 2026-11-24 -o register.json

Copies that were made before, such as backups and publications, are not reached.
"""
_HOLDINGS = """\
examples:
  untoc-network holdings register.json member-7
  untoc-network holdings register.json member-7 --undo undo.json --format html -o answer.html

The answer shows the values, for it is for the person who asks. Read it before
it is handed over: a text that mentions the person may name others too.
"""
_PSEUDONYMS = """\
examples:
  python -c "import secrets; print(secrets.token_hex(32))" > key.txt
  untoc-network pseudonyms register.json --key-file key.txt -o study.json
  untoc-network pseudonyms register.json --key-env STUDY_KEY -o study.json

The key is never an argument, which others on the machine could read. Whoever
has it can find out who is who: keep it apart from the file.
"""
_PERIOD = re.compile(r"([0-9]{1,4}) ?(days|weeks|months|years)")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    view = _command(commands, "view", "write what an audience may see of a register", _VIEW, _view)
    view.add_argument("--audience", required=True, choices=tuple(Audience), help="who is to see it")
    view.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    _add_output(view)
    view.add_argument("--redactions", metavar="FILE", help="write as JSON what was left out and why, without values")
    retention = _command(commands, "retention", "list what is kept longer than it may be", _RETENTION, _retention)
    retention.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    retention.add_argument("--keep", type=_period, metavar="PERIOD", help="how long after the last role: 24months")
    retention.add_argument(
        "--format", choices=("text", "json"), default="text", help="form of the output (%(default)s)"
    )
    erase = _command(commands, "erase", "erase a person from a register", _ERASE, _erase)
    erase.add_argument("person", metavar="PERSON", help="the id of the person")
    erase.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to note it for (today, UTC)")
    _add_output(erase)
    held = _command(commands, "holdings", "list all that is held of a person", _HOLDINGS, _holdings)
    held.add_argument("person", metavar="PERSON", help="the id of the person")
    held.add_argument(
        "--undo", action="append", default=[], metavar="FILE", help="look into a file that undoes a merge"
    )
    held.add_argument(
        "--format", choices=("text", "json", "html"), default="text", help="form of the output (%(default)s)"
    )
    held.add_argument("-o", "--output", metavar="OUT", help="where to write it; else to standard output")
    pseudonyms = _command(commands, "pseudonyms", "put pseudonyms in the place of persons", _PSEUDONYMS, _pseudonyms)
    key = pseudonyms.add_mutually_exclusive_group(required=True)
    key.add_argument("--key-file", metavar="FILE", help="a file that holds the key; - is standard input")
    key.add_argument("--key-env", metavar="NAME", help="the variable of the environment that holds the key")
    _add_output(pseudonyms)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str, epilog: str, run: object
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=epilog,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    add_large(parser)
    parser.set_defaults(run=run)
    return parser


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", help="where to write it; else to standard output, as JSON")


def _period(text: str) -> TimeLimit:
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r}: a number of days, weeks, months or years is due, such as 24months")
    return TimeLimit(int(found[1]), TimeUnit(found[2]))


def _view(chosen: argparse.Namespace) -> int:
    register, on = load(chosen, chosen.register), whole_day(chosen.on or today())
    seen = privacy.view(register, chosen.audience, on)
    refuse_exposed(register, seen.register, Audience(chosen.audience), on, seen.origins)
    deliver(seen.register, chosen.output)
    write_redactions(seen.to_dict(), chosen.redactions)
    _tell(f"{len(seen.register)} records; {summary_of(seen.redactions)}")
    return 0


def _retention(chosen: argparse.Namespace) -> int:
    overdue = privacy.retention(load(chosen, chosen.register), chosen.on or today(), keep=chosen.keep)
    rows = [(one.id, one.field, one.reason.value, str(one.since)) for one in overdue]
    head = ("id", "field", "reason", "since")
    if chosen.format == "json":
        terminal.print_json([dict(zip(head, row, strict=True)) for row in rows])
    elif rows:
        print("\n".join(render_table(head, rows, width=terminal.width())))
    else:
        print("nothing is overdue")
    return int(bool(overdue))


def _erase(chosen: argparse.Namespace) -> int:
    erased = privacy.erase(load(chosen, chosen.register), chosen.person, on=chosen.on or today())
    deliver(erased.register, chosen.output)
    _tell(f"erased; {erased.tombstone_id} stands in the place; {len(erased.changed)} places changed")
    for record_id, field in erased.to_check:
        _tell(f"to check, for it may be the person: {record_id or 'the register'} {field}")
    return 0


def _holdings(chosen: argparse.Namespace) -> int:
    limits = limits_of(chosen)
    beside: dict[str, Register] = {}
    for name in chosen.undo:
        undo = load_undo(name, limits=limits)
        beside |= {f"{name} (before)": undo.before, f"{name} (after)": undo.after}
    held = privacy.holdings(load(chosen, chosen.register), chosen.person, beside=beside)
    if chosen.format == "json":
        write_out((f"{json.dumps(held.to_dict(), indent=2, ensure_ascii=False)}\n",), chosen.output)
    elif chosen.format == "html":
        write_out(render_holdings_html(held), chosen.output)
    else:
        write_out((f"{line}\n" for line in render_holdings(held)), chosen.output)
    return 0


def _pseudonyms(chosen: argparse.Namespace) -> int:
    register = load(chosen, chosen.register)
    deliver(privacy.pseudonymise(register, _key(chosen)), chosen.output)
    _tell(f"{len(register.persons)} persons stand under pseudonyms")
    return 0


def _key(chosen: argparse.Namespace) -> bytes:
    """The key, without the line's end. Raises `UnusableConfiguration` where the variable is not set."""
    if chosen.key_file is not None:
        return read_limited(chosen.key_file, Limits(max_bytes=1 << 16)).rstrip(b"\r\n")
    if chosen.key_env not in os.environ:
        raise UnusableConfiguration(
            f"{escape_unprintable(chosen.key_env)}: the environment has no variable of that name"
        )
    return os.fsencode(os.environ[chosen.key_env])


def write_redactions(document: dict[str, object], output: str | None) -> None:
    """Write what was left out to a file, where one is named."""
    if output is not None:
        write_out((f"{json.dumps(document, indent=2)}\n",), output)


def summary_of(redactions: Iterable[Redaction]) -> str:
    """How much was left out for which reasons, in a line."""
    counts = Counter(one.reason.value for one in redactions)
    told = ", ".join(f"{number} {reason}" for reason, number in sorted(counts.items()))
    return f"left out: {told}" if told else "nothing was left out"


def _tell(line: str) -> None:
    print(f"untoc-network: {line}", file=sys.stderr)
