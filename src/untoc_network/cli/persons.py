"""`holdings`, `erase`, `retention`, `pseudonyms`: what is held of people, how long, and how they are taken out."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator

from untoc_network import privacy
from untoc_network.app.merge_undo_io import load_undo
from untoc_network.cli.commands import Definition
from untoc_network.cli.language_choice import say
from untoc_network.cli.options import get_day, get_languages, get_limits, load
from untoc_network.cli.output import list_given_words, refuse_to_replace, write_narrower, write_result
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UnusableConfiguration
from untoc_network.diagnostics.templates import with_count
from untoc_network.i18n.language_words import choose_interface_words
from untoc_network.model.register import Register
from untoc_network.reports.field_paths import name_path
from untoc_network.reports.holdings import render_holdings, render_holdings_html
from untoc_network.reports.text_table import render_table
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.time_limit import TimeLimit, TimeUnit

__all__ = ["DEFINITIONS"]

_HOLDINGS = """\
examples:
  untoc-network holdings register.json member-7
  untoc-network holdings register.json member-7 --undo undo.json --format html -o answer.html

The answer shows the values, for it is for the person who asks. Read it before
it is handed over: a text that mentions the person may name others too.
"""
_ERASE = """\
examples:
  untoc-network erase register.json member-7 --on 2026-11-24 -o register.json

The day is noted with what stands in the person's place. Copies that were made
before, such as backups and publications, are not reached.
"""
_RETENTION = """\
examples:
  untoc-network retention register.json --on 2026-11-24
  untoc-network retention register.json --keep 24months --format json

exit codes: 0 nothing is overdue, 1 something is, 2 usage or unreadable input
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


def _add_person_argument(parser: Parser) -> None:
    parser.add_argument("person", metavar="PERSON", help="the id of the person")


def _add_holdings_options(parser: Parser) -> None:
    _add_person_argument(parser)
    about = "look into a file that undoes a merge; may be repeated"
    parser.add_argument("--undo", action="append", default=[], metavar="FILE", help=about)


def _run_holdings(chosen: argparse.Namespace) -> int:
    beside: dict[str, Register] = {}
    for name in chosen.undo:
        undo = load_undo(name, limits=get_limits(chosen))
        beside |= {f"{name} (before)": undo.before, f"{name} (after)": undo.after}
    held = privacy.holdings(load(chosen, chosen.register), chosen.person, beside=beside)
    words = choose_interface_words(*get_languages(chosen))
    write_result(
        chosen,
        text=lambda width: render_holdings(held, width=width, words=words),
        json=held.to_dict,
        html=lambda: render_holdings_html(held, words=words),
    )
    return 0


def _run_erase(chosen: argparse.Namespace) -> int:
    erased = privacy.erase(load(chosen, chosen.register), chosen.person, on=get_day(chosen))
    write_narrower(erased.register, chosen)
    changed = len(erased.changed)
    print_note(
        f"erased; {erased.tombstone_id} stands in the place; {with_count(changed, 'place changed|places changed')}"
    )
    words = choose_interface_words(*get_languages(chosen))
    for record_id, path in erased.to_check:
        field = name_path(path, type(erased.register.by_id.get(record_id, erased.register)), words)
        print_note(f"to check, for it may be the person: {record_id or 'the register'} {field}")
    return 0


def _add_retention_options(parser: Parser) -> None:
    parser.add_argument(
        "--keep", type=_parse_time_limit, metavar="PERIOD", help="how long after the last role: 24months"
    )


def _parse_time_limit(text: str) -> TimeLimit:
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number of days, weeks, months or years, like 24months")
    return TimeLimit(int(found[1]), TimeUnit(found[2]))


def _run_retention(chosen: argparse.Namespace) -> int:
    register = load(chosen, chosen.register)
    overdue = privacy.retention(register, get_day(chosen), keep=chosen.keep)
    head = ("id", "field", "reason", "since")
    rows = [(one.id, one.field, one.reason.value, str(one.since)) for one in overdue]

    def lines(width: int | None) -> Iterator[str]:
        words = choose_interface_words(*get_languages(chosen))
        told = [
            (one.id, name_path(one.field, type(register.by_id[one.id]), words), say(one.reason), str(one.since))
            for one in overdue
        ]
        yield from render_table([*map(say, head)], told, width=width) if rows else (say("nothing is overdue"),)

    write_result(chosen, text=lines, json=lambda: [dict(zip(head, row, strict=True)) for row in rows])
    return int(bool(overdue))


def _add_pseudonyms_options(parser: Parser) -> None:
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument("--key-file", metavar="FILE", help="a file that holds the key; - is standard input")
    key.add_argument("--key-env", metavar="NAME", help="the variable of the environment that holds the key")


def _run_pseudonyms(chosen: argparse.Namespace) -> int:
    refuse_to_replace(list_given_words(chosen), chosen.output)
    register = load(chosen, chosen.register)
    write_narrower(privacy.pseudonymise(register, _read_pseudonym_key(chosen)), chosen)
    print_note(f"{with_count(len(register.persons), 'person stands|persons stand')} under pseudonyms")
    return 0


def _read_pseudonym_key(chosen: argparse.Namespace) -> bytes:
    """The key, without the line's end. Raises `UnusableConfiguration` where the variable is not set."""
    if chosen.key_file is not None:
        return read_limited(chosen.key_file, Limits(max_bytes=1 << 16)).rstrip(b"\r\n")
    if chosen.key_env not in os.environ:
        raise UnusableConfiguration(
            f"{escape_unprintable(chosen.key_env)}: the environment has no variable of that name"
        )
    return os.fsencode(os.environ[chosen.key_env])


DEFINITIONS = {
    "holdings": Definition(_run_holdings, _HOLDINGS, _add_holdings_options),
    "erase": Definition(_run_erase, _ERASE, _add_person_argument),
    "retention": Definition(_run_retention, _RETENTION, _add_retention_options),
    "pseudonyms": Definition(_run_pseudonyms, _PSEUDONYMS, _add_pseudonyms_options),
}
