"""`import`: a messy member list, a calendar or Popolo to a register, without losing anything."""

from __future__ import annotations

import argparse
from collections import Counter

import attrs

from untoc_network.app.import_file import READABLE_FORMS, choose_import_exit_code, detect_import_form, import_file
from untoc_network.app.import_list import Imported
from untoc_network.cli.commands import Definition
from untoc_network.cli.language_choice import say
from untoc_network.cli.options import get_extensions, get_languages, get_limits, load
from untoc_network.cli.options_in_hints import translate_with_options
from untoc_network.cli.output import (
    ProgressLine,
    print_gravest,
    refuse_to_replace,
    write_json,
    write_lines,
    write_out,
    write_register,
)
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.codes.member_list_reimport import wider_audience
from untoc_network.diagnostics.errors import UnusableConfiguration
from untoc_network.diagnostics.findings import Report, Severity
from untoc_network.i18n.language_words import Words, choose_interface_words
from untoc_network.interop.registry import ToolImport
from untoc_network.model.event import EventKind
from untoc_network.model.register import Register
from untoc_network.reports.import_edits import render_list_edits
from untoc_network.reports.report_text import render_report, summarize_counts
from untoc_network.reports.text_wrapping import wrap
from untoc_network.serializers.member_lists.column_mapping import (
    DATE_ORDERS,
    SheetMapping,
    check_constants,
    check_setting,
    load_mapping,
    take_name_column,
)
from untoc_network.serializers.member_lists.list_kind import ListKind
from untoc_network.serializers.member_lists.sheet_reading import CellPlace
from untoc_network.serializers.registry import find_format
from untoc_network.serializers.source.limits import Limits
from untoc_network.text.slugs import make_slug

__all__ = ["DEFINITIONS", "tell_size"]

_EXAMPLES = """\
examples:
  untoc-network import members.csv --suggest-mapping mapping.toml
  untoc-network import members.csv --mapping mapping.toml -o register.json
  untoc-network import members.xlsx --sheet Miembros --dates dmy -o r.json
  untoc-network import members.csv -o r.json --network red --network-name "Red"
  untoc-network import members.csv -o r.json --network red --member-since 2024
  untoc-network import asistentes.csv --into r.json -o r.json \
--event encuentro-2024 --event-name "Encuentro" --event-date 2024-03-05
  untoc-network import members.csv --into register.json --dry-run
  untoc-network import members.csv --into register.json -o register.json
  untoc-network import members.csv -o r.json --report r.html --format html
  untoc-network import meetings.ics --into register.json -o register.json
  untoc-network import parliament.json --from popolo -o register.json

Every cell goes to a field, to the notes under its header, or into a finding
that names its row and column. Whatever is guessed is told.

exit codes: 0 imported without an error, 1 errors in some rows (the others are
imported), 2 usage, or a sheet of which nothing can be read
"""
_OF_SHEETS = (
    "mapping",
    "suggest_mapping",
    "event",
    "event_name",
    "event_date",
    "event_kind",
    "network",
    "network_name",
    "member_since",
    "dates",
    "sheet",
    "encoding",
    "list_of",
    "header_row",
    "name_column",
)
"""What can be said of member lists alone."""


def _add_import_options(parser: Parser) -> None:
    add = parser.add_argument
    add("sheet_path", metavar="SHEET", help="a .csv, .xlsx, .ics or Popolo file; - is standard input")
    add("--from", dest="form", choices=READABLE_FORMS, help="read it as that, whatever its suffix")
    add("--mapping", metavar="FILE", help="which column goes where; else headers are recognised")
    add("--suggest-mapping", metavar="FILE", help="write what the columns are taken for, to correct it")
    add("--into", metavar="REGISTER", help="a register to bring the list into; tells what changes")
    add("--list", metavar="NAME", help="what the list is called each time (its file, without dates)")
    add("--list-of", choices=[*ListKind], help="whom a row is about (the columns tell)")
    add("--dry-run", action="store_true", help="tell field by field what would change; write nothing")
    add("--accept-consents", action="store_true", help="take consents that the list gives where there were others")
    add("--network", metavar="ID", help="the network that the listed organizations are members of")
    add("--network-name", metavar="NAME", help="what the network is called; it is made where REGISTER has it not")
    add("--member-since", metavar="DATE", help="since when those listed are members, where no column says it")
    add("--event", metavar="ID", help="the event that the listed persons took part in")
    add("--event-name", metavar="NAME", help="what the event is called; it is made where REGISTER has it not")
    add("--event-date", metavar="DATE", help="when the event was: 2024-03-05, 2024-03 or 2024-03-05/2024-03-07")
    add("--event-kind", choices=[*EventKind], help="what kind of event it is (other)")
    add("--dates", choices=DATE_ORDERS, help="the order in dates such as 03/04/2022")
    add("--language", metavar="TAG", help="the language of the names, such as es")
    add("--encoding", metavar="NAME", help="the encoding of a text file, such as cp1252 (guessed)")
    add("--sheet", metavar="NAME", help="the sheet of a workbook (the first with content)")
    add("--header-row", metavar="ROW", type=int, help="the row that names the columns (it is looked for)")
    add("--name-column", metavar="HEADER", help="which column names whom the rows are about, where none is called so")


def _run_import(chosen: argparse.Namespace) -> int:
    refuse_to_replace([chosen.sheet_path], chosen.output, chosen.report, chosen.suggest_mapping)
    existing = load(chosen, chosen.into) if chosen.into else None
    _refuse_member_list_options(chosen)
    progress = ProgressLine("importing members")
    imported = import_file(
        chosen.sheet_path,
        form=chosen.form,
        mapping=_load_mapping_with_options(chosen),
        existing=existing,
        accept_consents=chosen.accept_consents,
        limits=get_limits(chosen),
        progress=progress,
        extensions=get_extensions(chosen),
    )
    progress.clear()
    if chosen.suggest_mapping and isinstance(imported, Imported):
        language = choose_interface_words(*get_languages(chosen)).language
        write_out([imported.mapping.to_toml(language=language)], chosen.suggest_mapping)
    if imported.register is not None and chosen.dry_run:
        _print_dry_run(chosen, imported)
    elif imported.register is not None and (chosen.output or not chosen.suggest_mapping):
        write_register(imported.register, chosen.output)
        tell_size(imported.register, chosen)
    _print_import_report(chosen, imported)
    return choose_import_exit_code(imported)


def tell_size(register: Register, chosen: argparse.Namespace) -> None:
    """Tell where the register that was written is larger than what is read without being asked to."""
    usual, size, values = Limits(), 0, 0
    for piece in find_format("-", "json").pieces(register):
        size += len(piece)
        values += piece.count(b"\n")  # in its canonical form each value has a line, lists and objects have two
    if size > usual.max_bytes or values > usual.max_values:
        print_note(choose_interface_words(*get_languages(chosen)).ui("register-large", number=size))


def _refuse_member_list_options(chosen: argparse.Namespace) -> None:
    form = chosen.form or detect_import_form(chosen.sheet_path)
    for name in _OF_SHEETS if form else ():
        if getattr(chosen, name) is not None:
            raise UnusableConfiguration(f"--{name.replace('_', '-')} is for member lists, not for the form {form}")


def _load_mapping_with_options(chosen: argparse.Namespace) -> SheetMapping:
    """The mapping of the file, with what the command line says in its place. Raises `UnusableConfiguration`."""
    mapping = load_mapping(chosen.mapping) if chosen.mapping else SheetMapping()
    names = {
        name: name
        for name in (
            *("network", "network_name", "event", "event_name", "event_date", "event_kind", "dates", "language"),
            *("sheet", "encoding", "list", "header_row"),
        )
    } | {"of": "list_of"}
    given = {name: value for name, option in names.items() if (value := getattr(chosen, option)) is not None}
    for name, value in given.items():
        check_setting("the command line", name, value)
    constants = {**mapping.constants, **({"member.since": chosen.member_since} if chosen.member_since else {})}
    check_constants("the command line", constants)
    if chosen.network_name and not (mapping.network or chosen.network):
        given["network"] = make_slug(chosen.network_name)
    if chosen.event_name and not (mapping.event or chosen.event):
        given["event"] = make_slug(chosen.event_name)
    mapping = attrs.evolve(mapping, constants=constants, **given)
    return mapping if chosen.name_column is None else take_name_column(mapping, chosen.name_column)


def _print_dry_run(chosen: argparse.Namespace, imported: Imported | ToolImport) -> None:
    """What the import would do, on standard output; whom it would show, and who is gone."""
    shown = [finding for finding in imported.report if finding.code == wider_audience.code]
    if chosen.format == "json":
        told = {
            "edits": imported.edits,
            "shown": sorted({finding.subject for finding in shown if finding.subject}),
            "gone": imported.missing_from_list,
        }
        write_json(told, None)
        return
    languages = get_languages(chosen)
    findings, words = translate_with_options(Report(tuple(shown)), *languages), choose_interface_words(*languages)
    gone = (say(f"{record_id}: no longer in the list; it stays") for record_id in imported.missing_from_list)
    lines = (
        *render_list_edits(imported.edits, words=words),
        *(finding.message for finding in findings),
        *gone,
    )
    write_lines(lambda width: (part for line in lines for part in wrap(line, width, rest="  ")), None)


def _print_import_report(chosen: argparse.Namespace, imported: Imported | ToolImport) -> None:
    """The summary on standard error; without a file for them, the gravest findings too."""
    languages, report = get_languages(chosen), imported.report
    words = choose_interface_words(*languages)
    if chosen.report:
        write_out(render_report(report, chosen.format, languages=languages, all=chosen.all), chosen.report)
        counts = summarize_counts(report, words=words)
        rest = [words.ui("import-told", file=escape_unprintable(chosen.report))]
    else:
        counts, shown = print_gravest(report, languages, least=Severity.WARNING, all=chosen.all)
        rest = [words.ui("import-all")] if shown < len(report) else []
    print_note(words.chain((_summarize_import(imported, words), counts, *rest)))


def _summarize_import(imported: Imported | ToolImport, words: Words) -> str:
    if imported.register is None:
        return words.ui("import-nothing")
    kinds = Counter(change.kind.value for change in imported.changes)
    changes = [words.ui(f"import-{kind}", number=number) for kind, number in sorted(kinds.items())]
    gone = len(imported.missing_from_list)
    told = [*(changes or [words.ui("import-unchanged")]), *([words.ui("import-gone", number=gone)] if gone else [])]
    records = words.ui("import-records", told=", ".join(told))
    if isinstance(imported, ToolImport):
        return records
    counts = Counter(fate.place for fate in imported.cells)
    cells = ", ".join(words.ui(f"import-{place}", number=counts[place]) for place in CellPlace if counts[place])
    return words.chain((f"{words.ui('import-cells', number=len(imported.cells))}{words.colon} {cells}", records))


DEFINITIONS = {"import": Definition(_run_import, _EXAMPLES, _add_import_options)}
