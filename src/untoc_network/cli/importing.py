"""`import`: a messy member list, a calendar or Popolo to a register, without losing anything."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from untoc_network.app.import_list import Imported, import_sheet
from untoc_network.cli.arguments import add_language, add_large, languages_of, limits_of
from untoc_network.cli.output import deliver, write_out
from untoc_network.cli.progress import ProgressLine
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.codes.member_lists import UNIMPORTABLE
from untoc_network.diagnostics.codes.reimport import wider_audience
from untoc_network.diagnostics.errors import UnsupportedFormat, UnusableConfiguration, UnwritableOutput
from untoc_network.diagnostics.findings import Report, Severity
from untoc_network.diagnostics.plain_form import to_dict
from untoc_network.i18n.language import interface_in, translated
from untoc_network.interop import registry as exchange
from untoc_network.interop.registry import FORMS as FORMS_OF_OTHERS, Brought
from untoc_network.model.register import Change, Register
from untoc_network.reports.list_edits import render_list_edits
from untoc_network.reports.report import FORMATS, render_report
from untoc_network.reports.text import render_text, summary_of
from untoc_network.serializers import files
from untoc_network.serializers.member_lists.mapping import DATE_ORDERS, SheetMapping, check_setting, load_mapping
from untoc_network.serializers.member_lists.member import CellPlace
from untoc_network.serializers.source.atomic_write import read_limited
from untoc_network.serializers.source.limits import Limits

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network import members.csv --suggest-mapping mapping.toml
  untoc-network import members.csv --mapping mapping.toml -o register.json
  untoc-network import members.xlsx --sheet Miembros --dates dmy -o r.json
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
_SHOWN = 20
_OF_REGISTERS = (".json", ".ndjson", ".jsonl", ".yaml", ".yml")
_BEGINNING = 2**20
"""Bytes within which a register says that it is one."""
_READABLE = tuple(form.name for form in FORMS_OF_OTHERS.values() if form.reads)
_BY_SUFFIX = {suffix: name for name in _READABLE for suffix in FORMS_OF_OTHERS[name].suffixes}
_OF_SHEETS = ("mapping", "suggest_mapping", "network", "dates", "sheet")
"""What can be said of member lists alone."""
_PLACES = {
    CellPlace.FIELD: "in fields",
    CellPlace.NOTE: "in notes",
    CellPlace.FINDING: "in findings only",
    CellPlace.HEADER: "headers",
}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "import",
        description="Import a member list, a calendar or Popolo into a register, without losing anything.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("sheet_path", metavar="SHEET", help="a .csv, .xlsx, .ics or Popolo file; - is standard input")
    parser.add_argument("--from", dest="form", choices=_READABLE, help="read it as that, whatever its suffix")
    parser.add_argument("-o", "--output", metavar="REGISTER", help="where to write it; else to standard output")
    parser.add_argument("--mapping", metavar="FILE", help="which column goes where; else headers are recognised")
    parser.add_argument("--suggest-mapping", metavar="FILE", help="write what the columns are taken for, to correct it")
    parser.add_argument("--into", metavar="REGISTER", help="a register to bring the list into; tells what changes")
    parser.add_argument("--list", metavar="NAME", help="what the list is called each time (its file, without dates)")
    parser.add_argument("--dry-run", action="store_true", help="tell field by field what would change; write nothing")
    parser.add_argument(
        "--accept-consents", action="store_true", help="take consents that the list gives where there were others"
    )
    parser.add_argument("--network", metavar="ID", help="the network that the listed organizations are members of")
    parser.add_argument("--dates", choices=DATE_ORDERS, help="the order in dates such as 03/04/2022")
    parser.add_argument("--language", metavar="TAG", help="the language of the names, such as es")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook (the first with content)")
    parser.add_argument("--report", metavar="FILE", help="write all findings there")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="form of the report (%(default)s)")
    add_language(parser)
    add_large(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    _refuse_to_replace(chosen.sheet_path, (chosen.output, chosen.report, chosen.suggest_mapping))
    limits = limits_of(chosen)
    existing = files.load(chosen.into, limits=limits) if chosen.into else None
    _refuse_registers(chosen)
    form = chosen.form or _BY_SUFFIX.get(Path(chosen.sheet_path).suffix.lower())
    if form is not None:
        return _run_exchange(chosen, form, existing or Register(), limits)
    progress = ProgressLine("importing members")
    imported = import_sheet(
        chosen.sheet_path,
        mapping=_mapping(chosen),
        existing=existing,
        accept_consents=chosen.accept_consents,
        limits=limits,
        progress=progress,
    )
    progress.clear()
    if chosen.suggest_mapping:
        write_out([imported.mapping.to_toml()], chosen.suggest_mapping)
    if imported.register is not None and chosen.dry_run:
        _foretell(chosen, imported)
    elif imported.register is not None and (chosen.output or not chosen.suggest_mapping):
        deliver(imported.register, chosen.output)
    _tell(chosen, imported.report, _summary(imported))
    if any(finding.code in UNIMPORTABLE for finding in imported.report):
        return 2
    return int(not imported.report.ok)


def _run_exchange(chosen: argparse.Namespace, form: str, existing: Register, limits: Limits) -> int:
    """What another tool wrote in a form of its own."""
    for name in _OF_SHEETS:
        if getattr(chosen, name) is not None:
            raise UnusableConfiguration(f"--{name.replace('_', '-')} is for member lists, not for the form {form}")
    given = {"language": chosen.language} if chosen.language else {}
    data = read_limited(chosen.sheet_path, limits)
    file = "<stdin>" if chosen.sheet_path == "-" else chosen.sheet_path
    brought = exchange.import_bytes(
        data,
        form,
        existing=existing,
        file=file,
        list=chosen.list,
        accept_consents=chosen.accept_consents,
        limits=limits,
        **given,
    )
    summary = "nothing imported"
    if brought.register is not None:
        if chosen.dry_run:
            _foretell(chosen, brought)
        else:
            deliver(brought.register, chosen.output)
        summary = f"records: {_changes(brought.changes)}{_gone(brought.missing_from_list)}"
    _tell(chosen, brought.report, summary)
    return 2 if brought.register is None else int(not brought.report.ok)


def _foretell(chosen: argparse.Namespace, imported: Imported | Brought) -> None:
    """What the import would do, on standard output; whom it would show, and who is gone."""
    shown = [finding for finding in imported.report if finding.code == wider_audience.code]
    if chosen.format == "json":
        told = {
            "edits": to_dict(imported.edits),
            "shown": sorted({finding.subject for finding in shown if finding.subject}),
            "gone": imported.missing_from_list,
        }
        write_out([json.dumps(told, ensure_ascii=False, indent=2), "\n"], None)
        return
    words = translated(Report(tuple(shown)), *languages_of(chosen))
    lines = (*render_list_edits(imported.edits), *(finding.message for finding in words), *_gone_lines(imported))
    write_out([f"{line}\n" for line in lines], None)


def _gone_lines(imported: Imported | Brought) -> Iterator[str]:
    """A line for each record that the list has no longer."""
    return (f"{record_id}: no longer in the list; it stays" for record_id in imported.missing_from_list)


def _gone(gone: tuple[str, ...]) -> str:
    return f", {len(gone)} no longer listed" if gone else ""


def _mapping(chosen: argparse.Namespace) -> SheetMapping:
    """The mapping of the file, with what the command line says in its place. Raises `UnusableConfiguration`."""
    mapping = load_mapping(chosen.mapping) if chosen.mapping else SheetMapping()
    names = ("network", "dates", "language", "sheet", "list")
    given = {name: value for name in names if (value := getattr(chosen, name)) is not None}
    for name, value in given.items():
        check_setting("the command line", name, value)
    return attrs.evolve(mapping, **given)


def _tell(chosen: argparse.Namespace, report: Report, summary: str) -> None:
    """The summary on standard error; without a file for them, the gravest findings too."""
    words = interface_in(*languages_of(chosen))
    if chosen.report:
        write_out(render_report(report, chosen.format, languages=languages_of(chosen)), chosen.report)
    else:
        *lines, _ = render_text(translated(_gravest(report), *languages_of(chosen)), width=None, words=words)
        print("\n".join(lines), file=sys.stderr)
    print(f"untoc-network: {summary}; {summary_of(report, words=words)}{_rest(chosen, report)}", file=sys.stderr)


def _gravest(report: Report) -> Report:
    grave = [finding for finding in report if finding.severity is not Severity.INFO]
    return Report(tuple(sorted(grave, key=lambda finding: finding.severity.rank)[:_SHOWN]))


def _rest(chosen: argparse.Namespace, report: Report) -> str:
    if chosen.report:
        return f"; written to {escape_unprintable(chosen.report)}"
    return "; --report FILE writes all findings" if len(_gravest(report)) < len(report) else ""


def _summary(imported: Imported) -> str:
    if imported.register is None:
        return "nothing imported"
    counts = Counter(fate.place for fate in imported.cells)
    cells = ", ".join(f"{counts[place]} {words}" for place, words in _PLACES.items() if counts[place])
    records = f"{_changes(imported.changes)}{_gone(imported.missing_from_list)}"
    return f"{len(imported.cells)} cells: {cells}; records: {records}"


def _changes(changes: Iterable[Change]) -> str:
    kinds = Counter(change.kind.value for change in changes)
    return ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "none changed"


def _refuse_registers(chosen: argparse.Namespace) -> None:
    """A register is no list: every command reads it as it is. Raises `UnsupportedFormat`."""
    if chosen.form or chosen.sheet_path == "-" or Path(chosen.sheet_path).suffix.lower() not in _OF_REGISTERS:
        return
    if b"schema_version" in read_limited(chosen.sheet_path, Limits(max_bytes=_BEGINNING)):
        name = escape_unprintable(chosen.sheet_path)
        raise UnsupportedFormat(
            f"{name}: it is a register already, and no list; check it with: untoc-network validate {name}"
        )


def _refuse_to_replace(sheet: str, outputs: Iterable[str | None]) -> None:
    """Nothing that is written may take the place of the sheet."""
    for output in outputs:
        if output and output != "-" and Path(output).exists() and Path(sheet).exists() and Path(output).samefile(sheet):
            raise UnwritableOutput(f"{escape_unprintable(output)}: it would replace the sheet")
