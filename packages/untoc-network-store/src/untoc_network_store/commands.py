"""`store`: a register in a database, for those who keep a list, and for those who keep a service."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from typing import Any

import untoc_network_store as kept
from untoc_network.cli.language_choice import say
from untoc_network.cli.options import add_options, get_day, get_extensions, get_languages, load, parse_count
from untoc_network.cli.output import print_findings, write_register, write_result
from untoc_network.cli.parser import print_note
from untoc_network.diagnostics.templates import with_count
from untoc_network.i18n.language_words import Words, choose_interface_words, translated
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.reports.report_text import render_text, summarize_counts
from untoc_network.reports.text_table import render_table

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network store init register.db
  untoc-network store load register.db register.json --by xa-office
  untoc-network store dump register.db -o register.json
  untoc-network store log register.db --since 12
  untoc-network store check register.db
  untoc-network store erase register.db member-7 --by xa-office

A store is a file of SQLite, or postgresql://user@host/database, whose password
is best left to the environment (PGPASSWORD) or to ~/.pgpass.
"""
_INIT = """\
examples:
  untoc-network store init register.db
  untoc-network store init postgresql://office@localhost/register

exit codes: 0 the store is there, 2 it cannot be made
"""
_LOAD = """\
examples:
  untoc-network store load register.db register.json --by xa-office
  untoc-network store load register.db register.yaml --revision 12

The register takes the place of the whole content, as one change in the log. A
store without records takes it as it is; else errors that it brings are refused.
With --revision it is refused where somebody changed the store after that one.

exit codes: 0 it is loaded, 1 it was refused, 2 usage or unreadable input
"""
_DUMP = """\
examples:
  untoc-network store dump register.db -o register.json
  untoc-network store dump register.db > register.json

exit codes: 0 it is written, 2 the store cannot be read
"""
_LOG = """\
examples:
  untoc-network store log register.db
  untoc-network store log register.db --since 12 --format json
  untoc-network store log register.db --id xa-refuge

It tells which fields changed, when and by whom, and never what they said of a
person.

exit codes: 0 it is told, 2 the store cannot be read
"""
_CHECK = """\
examples:
  untoc-network store check register.db
  untoc-network store check register.db --on 2026-11-24 --format json

Everything is read anew: each record against its digest, and all by the rules.

exit codes: 0 no error and no damage, 1 there is some, 2 the store cannot be read
"""
_ERASE = """\
examples:
  untoc-network store erase register.db member-7 --by xa-office

The person goes from the register, from the log and from the bytes of the file.
Backups and replicas are not reached, nor is what PostgreSQL keeps in its files
until it writes them anew: the how-to on databases says what to do.

exit codes: 0 the person is erased, 1 bytes are left since somebody reads, 2 no
such person
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    parser = commands.add_parser("store", help="keep a register in a database", epilog=_EXAMPLES)
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add(actions, "init", "make an empty store", _INIT, _run_init)
    loading = _add(actions, "load", "put a register in the place of the content of a store", _LOAD, _run_load)
    add_options(loading, "register")
    loading.add_argument(
        "--revision", type=parse_count, metavar="N", help="only where the store is at this revision still"
    )
    _add_author(loading)
    add_options(loading, "on large")
    add_options(_add(actions, "dump", "write the register that a store holds", _DUMP, _run_dump), "output")
    logging = _add(actions, "log", "tell what changed in a store, when and by whom", _LOG, _run_log)
    logging.add_argument("--since", type=parse_count, default=0, metavar="N", help="only what came after this revision")
    logging.add_argument("--id", metavar="ID", help="only what changed in this record")
    checking = _add(actions, "check", "check a store: its rows, and the register by the rules", _CHECK, _run_check)
    add_options(checking, "on all")
    for told in (logging, checking):
        add_options(told, "output")
        add_options(told, "format", choices=("text", "json"), default="text")
    erasing = _add(actions, "erase", "take a person out of a store", _ERASE, _run_erase)
    erasing.add_argument("person", metavar="PERSON", help="the id of the person")
    _add_author(erasing)
    add_options(erasing, "on")
    for action in actions.choices.values():
        add_options(action, "lang no-color")


def _add(actions: Any, name: str, about: str, epilog: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(
        name, help=about, description=f"{about[0].upper()}{about[1:]}.", epilog=epilog
    )
    parser.add_argument("store", metavar="STORE", help="a file of SQLite, or postgresql://…")
    parser.set_defaults(run=run)
    return parser


def _add_author(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", metavar="ID", help="the id of who does it, for the log")


def _now() -> dt.datetime:
    """Only the command line reads the clock."""
    return dt.datetime.now(dt.UTC)


def _open(chosen: argparse.Namespace) -> kept.Store:
    on = get_day(chosen) if hasattr(chosen, "on") else None
    return kept.open(chosen.store, on=on, extensions=get_extensions(chosen))


def _run_init(chosen: argparse.Namespace) -> int:
    kept.create(chosen.store).close()
    print_note("the store is there; it is empty")
    return 0


def _run_load(chosen: argparse.Namespace) -> int:
    register = load(chosen, chosen.register)
    with _open(chosen) as store:
        try:
            done = store.load(register, revision=chosen.revision, by=chosen.by, at=_now())
        except kept.IntroducesErrors as refused:
            print_findings(refused.report, get_languages(chosen), all=False)
            print_note("nothing was loaded: the register would bring errors to the store")
            return 1
        except (kept.ChangedSince, kept.ForgetsErasures) as refused:
            print_note(f"nothing was loaded: {refused}")
            return 1
    words = choose_interface_words(*get_languages(chosen))
    print_note(f"loaded, revision {done.revision}: {summarize_counts(done.step.live.report, words=words)}")
    return 0


def _run_dump(chosen: argparse.Namespace) -> int:
    with _open(chosen) as store:
        revision, register = store.revision, store.register
    write_register(register, chosen.output)
    print_note(f"revision {revision}: {with_count(len(register), 'record|records')}")
    return 0


def _run_log(chosen: argparse.Namespace) -> int:
    with _open(chosen) as store:
        entries = store.log(since=chosen.since, id=chosen.id)
    head = ("revision", "at", "by", "action", "collection", "id", "fields")
    words = choose_interface_words(*get_languages(chosen))
    cells = ((str(each.revision), each.at, each.by, say(each.action), *_name_changed(each, words)) for each in entries)
    rows = [[cell or "-" for cell in row] for row in cells]

    def lines(width: int | None) -> Iterator[str]:
        yield from render_table([*map(say, head)], rows, width=width) if rows else (say("nothing changed"),)

    write_result(chosen, text=lines, json=lambda: entries)
    return 0


def _name_changed(entry: kept.LogEntry, words: Words) -> tuple[str, str, str]:
    """The list, the record and its fields that changed: by their labels where the words have them, else by codes."""
    cls = COLLECTIONS.get(entry.collection, Register).__name__
    fields = [words.fields.get(f"{cls}.{field}", field) for field in entry.fields]
    collection = words.fields.get(f"Register.{entry.collection}", entry.collection)
    return collection, entry.id, (", " if words.fields else " ").join(fields)


def _run_check(chosen: argparse.Namespace) -> int:
    with _open(chosen) as store:
        checked = store.check()
    words = choose_interface_words(*get_languages(chosen))

    def lines(width: int | None) -> Iterator[str]:
        yield from render_text(
            translated(checked.report, *get_languages(chosen)), width=width, words=words, all=chosen.all
        )
        yield from (say(f"damaged: {record_id}") for record_id in checked.damaged)
        damaged = len(checked.damaged)
        yield say(f"revision {checked.revision}; {with_count(damaged, 'damaged row|damaged rows')}")

    write_result(
        chosen,
        text=lines,
        json=lambda: {
            "revision": checked.revision,
            "damaged": checked.damaged,
            "findings": [one.to_dict() for one in checked.report],
        },
    )
    return int(not checked.ok)


def _run_erase(chosen: argparse.Namespace) -> int:
    with _open(chosen) as store:
        erased = store.erase(chosen.person, by=chosen.by, at=_now(), on=get_day(chosen))
    print_note(f"erased, revision {erased.revision}; {erased.tombstone_id} stands in the place")
    for record_id, field in erased.to_check:
        print_note(f"to check, for it may be the person: {record_id or 'the register'} {field}")
    if not erased.bytes_cleared:
        print_note("bytes of the person are left in the file, since somebody reads it; check the store again later")
    return int(not erased.bytes_cleared)
