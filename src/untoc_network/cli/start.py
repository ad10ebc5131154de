"""`start`: from a list to a register, with questions on a terminal; each answer can be given as an option."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from untoc_network.app.import_file import choose_import_exit_code, detect_import_form
from untoc_network.app.import_list import Imported, import_bytes
from untoc_network.app.list_start import (
    ListPreview,
    PreviewedColumn,
    name_field,
    preview_headers,
    preview_list,
    write_to_do,
)
from untoc_network.cli.commands import Definition
from untoc_network.cli.imports import tell_size
from untoc_network.cli.options import get_languages, get_limits, load
from untoc_network.cli.output import print_gravest, refuse_to_replace, write_out, write_register
from untoc_network.cli.parser import Parser, print_note
from untoc_network.cli.questions import Questions
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UnusableConfiguration, UnwritableOutput
from untoc_network.diagnostics.findings import Severity
from untoc_network.i18n.language_words import LANGUAGES, Words, choose_interface_words
from untoc_network.matching.duplicate_search import duplicates
from untoc_network.matching.list_memory import make_list_name_from_file
from untoc_network.model.event import EventKind
from untoc_network.model.organization_and_person import WITHHOLDING
from untoc_network.model.register import Register
from untoc_network.reports.report_text import render_report
from untoc_network.serializers.member_lists.column_mapping import (
    DATE_ORDERS,
    UNDETERMINED,
    SheetMapping,
    check_answer,
    check_constants,
    check_setting,
    load_mapping,
    take_name_column,
)
from untoc_network.serializers.member_lists.list_kind import LISTS_OF_PERSONS, ListKind
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.text.slugs import make_slug
from untoc_network.values.consent_and_contact import Audience, ConsentBasis

__all__ = ["DEFINITIONS"]

_EXAMPLES = """\
examples:
  untoc-network start members.xlsx
  untoc-network start miembros.csv --lang es
  untoc-network start members.csv --network-name "Red" --member-since 2024
  untoc-network start members.csv --into register.json
  untoc-network start members.csv --network-name "Red" --consent-basis form \
--consent-audience public --consent-given 2024-03-01

It shows what the columns are taken for, asks what only a person can say, and
writes a register, a mapping for next time, a report and a list of what to do,
with a letter. Each answer can be given as an option. Where standard input is no
terminal, nothing is asked: without --network-name it stops, days with two
readings stay in the notes, and no consent is recorded whose basis and audience
are not given. Consents of persons and of bodies at risk are never given by one
answer for all. A file that is there is replaced only when asked.

exit codes: 0 written without an error, 1 errors in some rows, 2 usage, an
answer that is missing, or a sheet of which nothing can be read; 130 on Ctrl-C
"""


def _add_start_options(parser: Parser) -> None:
    add = parser.add_argument
    add("sheet_path", metavar="SHEET", help="a .csv or .xlsx file")
    add("--into", metavar="REGISTER", help="a register to bring the list into (a new one is made)")
    add("--network-name", metavar="NAME", help="what the network is called")
    add("--network", metavar="ID", help="its id (made of the name)")
    add("--list-of", choices=[*ListKind], help="whom a row is about (the columns tell)")
    add("--name-column", metavar="HEADER", help="which column names them, where none is called so")
    add("--event", metavar="ID", help="the event that the listed persons took part in")
    add("--event-name", metavar="NAME", help="what the event is called; it is made where REGISTER has it not")
    add("--event-date", metavar="DATE", help="when the event was: 2024-03-05, 2024-03 or 2024-03-05/2024-03-07")
    add("--event-kind", choices=[*EventKind], help="what kind of event it is (other)")
    add("--member-since", metavar="DATE", help="since when those listed are members, where no column says it")
    add("--dates", choices=DATE_ORDERS, help="the order in dates such as 03/04/2022")
    add("--language", metavar="TAG", help="the language of the names (the names tell)")
    add("--consent-basis", choices=[*ConsentBasis], help="how those who said yes in a column said it")
    add("--consent-audience", choices=[*Audience], help="before whom what they agreed to may be shown")
    add("--consent-given", metavar="DATE", help="on which day they said it")
    add("--sheet", metavar="NAME", help="the sheet of a workbook (the first with content)")
    add("--header-row", metavar="ROW", type=int, help="the row that names the columns (it is looked for)")
    add("--encoding", metavar="NAME", help="the encoding of a text file, such as cp1252 (guessed)")
    add("--mapping", metavar="FILE", help="which column goes where; else headers are recognised")
    add("--suggest-mapping", metavar="FILE", help="where the mapping for next time goes (LIST.mapping.toml)")
    add("--to-do", metavar="FILE", help="where the list of what to do goes (LIST.to-do.md)")
    add("--replace", action="store_true", help="replace files that are there")


def _run_start(chosen: argparse.Namespace) -> int:
    words = choose_interface_words(*get_languages(chosen))
    if detect_import_form(chosen.sheet_path):
        raise UnusableConfiguration("start is for member lists; import reads calendars and Popolo")
    outputs = _name_outputs(chosen)
    refuse_to_replace([chosen.sheet_path, *([chosen.mapping] if chosen.mapping else [])], *outputs)
    questions = Questions(words, asked=sys.stdin is not None and sys.stdin.isatty())
    _settle_replacing(chosen, outputs, questions)
    existing = load(chosen, chosen.into) if chosen.into else None
    data, file, limits = read_limited(chosen.sheet_path, get_limits(chosen)), chosen.sheet_path, get_limits(chosen)
    mapping = load_mapping(chosen.mapping) if chosen.mapping else SheetMapping()
    given = {name: getattr(chosen, name) for name in _SETTINGS}
    mapping = _with_settings(mapping, {**given, "of": chosen.list_of})
    if chosen.name_column is not None:
        mapping = take_name_column(mapping, chosen.name_column)
    constants = {
        field: value
        for field, option in _CONSTANTS.items()
        if (value := getattr(chosen, option)) is not None
    }  # fmt: skip
    check_constants("the command line", constants)
    mapping = attrs.evolve(mapping, constants={**mapping.constants, **constants})
    preview = preview_list(data, file=file, mapping=mapping, limits=limits)
    if preview is None:
        columns = preview_headers(data, file=file, mapping=mapping, limits=limits)
        mapping = _ask_for_name_column(columns, mapping, questions)
        preview = preview_list(data, file=file, mapping=mapping, limits=limits)
    if preview is not None:
        _show_columns(preview, questions)
        mapping = _ask_for_the_rest(preview, mapping, questions, existing or Register())
    imported = import_bytes(data, file=file, mapping=mapping, limits=limits, existing=existing)
    if imported.register is None:
        print_gravest(imported.report, get_languages(chosen), least=Severity.WARNING, all=chosen.all)
        return choose_import_exit_code(imported)
    _write_all(chosen, imported, outputs, words)
    return choose_import_exit_code(imported)


_SETTINGS = (
    *("network", "network_name", "event", "event_name", "event_date", "event_kind", "dates", "language"),
    *("sheet", "encoding", "header_row"),
)
_CONSTANTS = {
    "member.since": "member_since",
    "consent.basis": "consent_basis",
    "consent.audience": "consent_audience",
    "consent.given": "consent_given",
}


def _with_settings(mapping: SheetMapping, given: dict[str, Any]) -> SheetMapping:
    said = {name: value for name, value in given.items() if value is not None}
    for name, value in said.items():
        check_setting("the command line", name, value)
    return attrs.evolve(mapping, **said)


# -- questions ---------------------------------------------------------------------------------------------------------


def _show_columns(preview: ListPreview, questions: Questions) -> None:
    """What each column is taken for, with examples of its cells only where the keeper sits at the terminal."""
    questions.say(questions.words.ui("start-columns"))
    for column in preview.columns:
        shown = f": {' | '.join(column.examples)}" if questions.asked and column.examples else ""
        field = name_field(column.field, questions.words)
        questions.say(escape_unprintable(f"  {column.header} → {field}{shown}"), "      ")
    questions.say(questions.words.ui("start-kind", kind=questions.words.ui(f"start-of-{preview.of}")))


def _ask_for_name_column(
    columns: Sequence[PreviewedColumn], mapping: SheetMapping, questions: Questions
) -> SheetMapping:
    """Which column names them, where no header says it; in doubt they are persons, who are not shown."""
    named = {column.header: " | ".join(column.examples) or "…" for column in columns}
    header = questions.ask("start-name", choices=named) if named and questions.asked else None
    if header is None:
        return mapping
    kind = mapping.of or questions.ask("start-of", choices=[*ListKind], default=ListKind.PERSONS)
    return take_name_column(attrs.evolve(mapping, of=kind), header)


def _ask_for_the_rest(
    preview: ListPreview, mapping: SheetMapping, questions: Questions, existing: Register
) -> SheetMapping:
    """The mapping with what only a person can say. Nothing is agreed to by Enter."""
    if mapping.of is None:
        kind = questions.ask("start-of", choices=[*ListKind], default=preview.of)
        mapping = attrs.evolve(mapping, of=kind)
    mapping = _ask_for_network(mapping, questions, existing)
    if mapping.of is ListKind.PARTICIPANTS and "event" not in {column.field for column in preview.columns}:
        mapping = _ask_for_event(mapping, questions, existing)
    if preview.has_vague_days and mapping.dates is None:
        mapping = attrs.evolve(mapping, dates=questions.ask("start-dates", choices=DATE_ORDERS))
    if mapping.language == UNDETERMINED:
        found = preview.imported.mapping.language
        language = questions.ask(
            "start-language",
            default=None if found == UNDETERMINED else found,
            check=lambda answer: check_answer("language", answer),
        )
        mapping = attrs.evolve(mapping, language=language or UNDETERMINED)
    constants = dict(mapping.constants)
    are_persons = mapping.of in LISTS_OF_PERSONS
    if not are_persons and "member.since" not in {column.field for column in preview.columns}:
        _ask_for_constant("member.since", "start-since", constants, questions)
    if are_persons:
        if any(field.startswith("consent.") for field in constants):
            raise UnusableConfiguration(questions.words.ui("start-persons-each"))
    else:
        _ask_for_consents(preview, constants, questions)
    return attrs.evolve(mapping, constants=constants)


def _ask_for_network(mapping: SheetMapping, questions: Questions, existing: Register) -> SheetMapping:
    """The network that the list is of: one of the register, which is that if there is only one, or a new one."""
    held = {network.id: network.name.best() for network in existing.networks}
    if mapping.network in held:
        return mapping
    if held and mapping.network_name is None:
        chosen = next(iter(held)) if len(held) == 1 else questions.ask("start-which", choices=held)
        if chosen is not None:
            return attrs.evolve(mapping, network=chosen)
    name = mapping.network_name or questions.ask("start-network")
    if name is None:
        raise UnusableConfiguration(questions.words.ui("start-no-network"))
    return attrs.evolve(mapping, network_name=name, network=mapping.network or make_slug(name))


def _ask_for_event(mapping: SheetMapping, questions: Questions, existing: Register) -> SheetMapping:
    """The event that the list is of: one of the register, or a new one with its name, its days and its kind."""
    held = {event.id: event.name.best() for event in existing.events}
    if mapping.event not in held and mapping.event_name is None:
        chosen = questions.ask("start-which-event", choices=held) if held and mapping.event is None else None
        if chosen is not None:
            return attrs.evolve(mapping, event=chosen)
        mapping = _ask_for_setting("event_name", "start-event", mapping, questions)
    if mapping.event in held or mapping.event_name is None:
        return mapping
    mapping = _ask_for_setting("event_date", "start-event-date", mapping, questions)
    mapping = _ask_for_setting("event_kind", "start-event-kind", mapping, questions, [*EventKind])
    return attrs.evolve(mapping, event=mapping.event or make_slug(mapping.event_name or ""))


def _ask_for_setting(
    name: str, key: str, mapping: SheetMapping, questions: Questions, choices: Sequence[str] = ()
) -> SheetMapping:
    """The mapping with a setting that it has, or with the answer where there is one."""
    if getattr(mapping, name) is not None:
        return mapping
    answer = questions.ask(key, choices=choices, check=lambda said: check_answer(name, said))
    return mapping if answer is None else _with_settings(mapping, {name: answer})


def _ask_for_consents(preview: ListPreview, constants: dict[str, str], questions: Questions) -> None:
    """How, before whom and when the bodies of a column of yes agreed. One that is not answered is asked no further."""
    said = [(header, number) for header, number in preview.consents if number]
    if not said:
        questions.say(questions.words.ui("start-no-consents"))
        return
    for header, number in said:
        questions.say(questions.words.ui("start-yes", header=header, number=number))
    for part, choices in (("basis", [*ConsentBasis]), ("audience", [*Audience]), ("given", ())):
        if not _ask_for_constant(f"consent.{part}", f"start-{part}", constants, questions, choices):
            return


def _ask_for_constant(
    field: str, key: str, constants: dict[str, str], questions: Questions, choices: Sequence[str] = ()
) -> bool:
    """Whether something is known that holds of all rows, by an option or by the answer, which is put in its place."""
    if field not in constants:
        answer = questions.ask(key, choices=choices, check=lambda said: check_answer(field, said))
        if answer is not None:
            constants[field] = answer
    return field in constants


# -- what is written -------------------------------------------------------------------------------------------------


def _name_outputs(chosen: argparse.Namespace) -> tuple[str, str, str, str]:
    """The register, the mapping, the report, the list of what to do: as asked for, or beside where one stands."""
    name = make_list_name_from_file(chosen.sheet_path)
    return (
        chosen.output or chosen.into or f"{name}.register.json",
        chosen.suggest_mapping or f"{name}.mapping.toml",
        chosen.report or f"{name}.report.txt",
        chosen.to_do or f"{name}.to-do.md",
    )


def _settle_replacing(chosen: argparse.Namespace, outputs: Iterable[str], questions: Questions) -> None:
    there = [name for name in outputs if os.path.lexists(name)]
    if not there or chosen.replace:
        return
    told = ", ".join(map(escape_unprintable, there))
    if questions.ask("start-replace", choices=("yes", "no"), default="no", files=told) != "yes":
        raise UnwritableOutput(questions.words.ui("start-there", files=told))


def _write_all(
    chosen: argparse.Namespace, imported: Imported, outputs: tuple[str, str, str, str], words: Words
) -> None:
    register, languages = imported.register, get_languages(chosen)
    assert register is not None, "what cannot be read is not written"
    output, mapping, report, to_do = outputs
    language = imported.mapping.language
    letter = choose_interface_words(language) if language in LANGUAGES else words
    pairs = duplicates(register, similar=False)  # similar names are for `duplicates`, and for its extra
    lines = write_to_do(imported, register, pairs=pairs, words=words, letter=letter)
    write_out([imported.mapping.to_toml(language=words.language)], mapping)
    write_out(render_report(imported.report, chosen.format, languages=languages, all=chosen.all), report)
    write_out((f"{line}\n" for line in lines), to_do)
    write_register(register, output)
    tell_size(register, chosen)
    for line in _list_next_steps(words, outputs, register, len(pairs)):
        print_note(line)


def _list_next_steps(words: Words, outputs: tuple[str, str, str, str], made: Register, pairs: int) -> Iterator[str]:
    register, mapping, report, to_do = map(escape_unprintable, outputs)
    yield words.ui("start-written", register=register, mapping=mapping, report=report, to_do=to_do)
    if pairs:
        yield words.ui("start-duplicates", number=pairs, register=register)
    if withheld := sum(any(getattr(one, name) for name in WITHHOLDING) for one in made.organizations):
        yield words.ui("start-withheld", number=withheld)
    yield words.ui("start-next", register=register, folder=Path(register).name.partition(".")[0])


DEFINITIONS = {"start": Definition(_run_start, _EXAMPLES, _add_start_options)}
