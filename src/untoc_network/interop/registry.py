"""The forms in which a register is given to other tools, and taken from them: one table."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

import untoc_network
from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.interop.calendar_import import list_calendar, read_calendar_name
from untoc_network.interop.calendar_reader import read_calendar
from untoc_network.interop.calendar_writer import to_calendar
from untoc_network.interop.export_import_options import (
    Exported,
    ExportOptions,
    GraphGrouping,
    GraphView,
    ImportOptions,
    make_export_options,
)
from untoc_network.interop.geojson import to_geojson
from untoc_network.interop.graph_text import to_dot, to_graphml, to_mermaid
from untoc_network.interop.jsonld import to_jsonld
from untoc_network.interop.popolo_reader import list_popolo, read_popolo
from untoc_network.interop.popolo_writer import to_popolo
from untoc_network.interop.public_filter import filter_public
from untoc_network.matching.list_memory import make_list_name_from_file
from untoc_network.matching.reimport import list_taken_ids, reimport
from untoc_network.matching.reimport_log import ListEdit
from untoc_network.model.event import Event
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.register import Change, Register
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.file_replacement import write_atomically
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate

__all__ = ["FORMS", "Form", "ToolImport", "export", "find_form", "import_data", "read_data", "read_file", "write"]

Day = PartialDate | dt.date | str
Reads = Callable[[bytes, ImportOptions], tuple[Register | None, Report]]
Lists = Callable[[bytes, ImportOptions], tuple[tuple[ListedRecord, ...] | None, Report]]


@attrs.frozen(kw_only=True)
class Form:
    """One form: its name, the suffixes of its files, its media type, and what writes and reads it.

    `extra` names the extra of this package that it needs. A form without `reads` is only written. `lists` gives what is
    read entry by entry, each with what it is known by, to be brought into a register; `names_itself` what a file calls
    itself.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    writes: Callable[[Register, ExportOptions], Exported]
    reads: Reads | None = None
    lists: Lists | None = None
    names_itself: Callable[[bytes], str | None] | None = None
    extra: str | None = None


@attrs.frozen(kw_only=True)
class ToolImport:
    """What came of bringing what another tool wrote into a register; `register` is None where nothing could be read.

    `edits` tells field by field what was done, `missing_from_list` which records it had last time and has not any more.
    """

    register: Register | None
    report: Report
    changes: tuple[Change, ...] = attrs.field(default=(), repr=False)
    edits: tuple[ListEdit, ...] = attrs.field(default=(), repr=False)
    missing_from_list: tuple[str, ...] = attrs.field(default=(), repr=False)


def _draw_network(register: Register, chosen: ExportOptions) -> Exported:
    """The picture, which a companion draws. Raises `MissingExtra` where that is not installed."""
    return untoc_network.site.draw_network(register, chosen)


FORMS = {
    form.name: form
    for form in (
        Form(
            name="calendar",
            suffixes=(".ics",),
            media_type="text/calendar",
            writes=to_calendar,
            reads=read_calendar,
            lists=list_calendar,
            names_itself=read_calendar_name,
            extra="ics",
        ),
        Form(name="jsonld", suffixes=(".jsonld",), media_type="application/ld+json", writes=to_jsonld),
        Form(
            name="popolo",
            suffixes=(".popolo",),
            media_type="application/json",
            writes=to_popolo,
            reads=read_popolo,
            lists=list_popolo,
        ),
        Form(name="graphml", suffixes=(".graphml",), media_type="application/graphml+xml", writes=to_graphml),
        Form(name="dot", suffixes=(".dot", ".gv"), media_type="text/vnd.graphviz", writes=to_dot),
        Form(name="mermaid", suffixes=(".mmd", ".mermaid"), media_type="text/vnd.mermaid", writes=to_mermaid),
        Form(name="svg", suffixes=(".svg",), media_type="image/svg+xml", writes=_draw_network),
        Form(name="geojson", suffixes=(".geojson",), media_type="application/geo+json", writes=to_geojson),
    )
}
"""Every form by its name."""

_BY_SUFFIX = {suffix: form for form in FORMS.values() for suffix in form.suffixes}


def find_form(name: str, form: str | None = None) -> Form:
    """The form of that name, or the one that a path names by its suffix. Raises `UnsupportedFormat`."""
    if form is not None:
        if form not in FORMS:
            raise UnsupportedFormat(f"{form}: the form is not one of {', '.join(FORMS)}")
        return FORMS[form]
    suffix = Path(name).suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise UnsupportedFormat(f"{Path(name).name}: the suffix is not one of {', '.join(sorted(_BY_SUFFIX))}")
    return _BY_SUFFIX[suffix]


@check_arguments
def export(  # noqa: PLR0913
    register: Register,
    form: str,
    *,
    on: Day,
    language: str = "en",
    base: str = "urn:untoc-network:",
    domain: str = "untoc-network",
    previous: bytes | None = None,
    view: GraphView | str = GraphView.ORGANIZATION_NETWORK,
    most: int = 40,
    group_by: GraphGrouping | str = GraphGrouping.COUNTRY,
    sessions: bool = False,
) -> Exported:
    """The public part of a register in another form, as bytes, with a report of what was left out.

    `on` is the day for which consents, memberships and deadlines are looked at; what else may be given, `ExportOptions`
    explains. Raises `UnsupportedFormat`, `ImpossibleValue` for options that cannot be, `InvalidDocument` for what no
    file could hold, `MissingExtra` where the form needs a package that is not installed.
    """
    chosen = make_export_options(
        on,
        language=language,
        base=base,
        domain=domain,
        previous=previous,
        view=view,
        most=most,
        group_by=group_by,
        sessions=sessions,
    )
    ensure_sound(register)
    shown, left_out = filter_public(register, chosen.on)
    made = find_form(form, form).writes(shown, chosen)
    return Exported(
        data=made.data, report=Report((*left_out, *_locate_in_whole_register(register, shown, made.report)))
    )


@check_arguments
def write(  # noqa: PLR0913
    register: Register,
    path: str | os.PathLike[str],
    *,
    on: Day,
    form: str | None = None,
    language: str = "en",
    base: str = "urn:untoc-network:",
    domain: str = "untoc-network",
    previous: bytes | None = None,
    view: GraphView | str = GraphView.ORGANIZATION_NETWORK,
    most: int = 40,
    group_by: GraphGrouping | str = GraphGrouping.COUNTRY,
    sessions: bool = False,
) -> Report:
    """Write the public part of a register to a file, in the form that the suffix or `form` names; replaced as a whole.

    What may be given is what `export` takes. Raises what that raises, and `UnwritableOutput` where the folder takes no
    file.
    """
    made = export(
        register,
        find_form(os.fspath(path), form).name,
        on=on,
        language=language,
        base=base,
        domain=domain,
        previous=previous,
        view=view,
        most=most,
        group_by=group_by,
        sessions=sessions,
    )
    write_atomically(path, (made.data,))
    return made.report


@check_arguments
def read_data(  # noqa: PLR0913
    data: bytes,
    form: str,
    *,
    file: str | None = None,
    limits: Limits = Limits(),
    language: str = "und",
    domain: str = "untoc-network",
    held: Mapping[str, type[Any]] | None = None,
    list_name: str | None = None,
    events: tuple[Event, ...] = (),
) -> tuple[Register | None, Report]:
    """Read what another tool wrote into a register of its own. Never raises on content.

    What may be given, `ImportOptions` explains. Raises `UnsupportedFormat` for a form that is only written,
    `MissingExtra` where it needs a package that is not installed.
    """
    read = _find_readable_form(form).reads
    options = ImportOptions(
        file=file,
        limits=limits,
        language=language,
        domain=domain,
        held=held or {},
        list_name=list_name,
        events=events,
    )
    assert read is not None, "it was asked for"
    register, report = read(data, options)
    return register, Report(tuple(_set_file_of_finding(finding, options.file) for finding in report))


@check_arguments
def import_data(  # noqa: PLR0913
    data: bytes,
    form: str,
    *,
    existing: Register | None = None,
    file: str | None = None,
    list: str | None = None,  # noqa: A002 - what users call it
    accept_consents: bool = False,
    limits: Limits = Limits(),
    language: str = "und",
    domain: str = "untoc-network",
) -> ToolImport:
    """Bring what another tool wrote into a register, as a three-way merge with what it said last time.

    `list` is what the register remembers it by; else it is what a calendar calls itself, or the name of the file,
    without dates and numbers. What else may be given, `ImportOptions` explains. Never raises on content; raises what
    `read_data` raises.
    """
    chosen, before = _find_readable_form(form), existing or Register()
    own = chosen.names_itself(data) if chosen.names_itself is not None else None
    name = list or f"{form}-{make_list_name_from_file(own or file, 'list')}"
    held = dict.fromkeys(list_taken_ids(before), type(None))
    options = ImportOptions(
        file=file,
        list_name=name,
        held=held,
        events=before.events,
        limits=limits,
        language=language,
        domain=domain,
    )
    assert chosen.lists is not None, "what is read is listed"
    listed, report = chosen.lists(data, options)
    if listed is None:
        return ToolImport(register=None, report=_set_file_of_report(report, file))
    done = reimport(before, listed, list_name=name, seed=data, accept_consents=accept_consents)
    return ToolImport(
        register=done.register,
        report=_set_file_of_report(Report((*report, *done.findings)), file),
        changes=done.changes,
        edits=done.edits,
        missing_from_list=done.missing_from_list,
    )


def _find_readable_form(form: str) -> Form:
    chosen = find_form(form, form)
    if chosen.reads is None:
        readable = ", ".join(one.name for one in FORMS.values() if one.reads)
        raise UnsupportedFormat(f"{form} can only be written; forms that can be read: {readable}")
    return chosen


def _set_file_of_report(report: Report, file: str | None) -> Report:
    return Report(tuple(_set_file_of_finding(finding, file) for finding in report))


@check_arguments
def read_file(
    path: str | os.PathLike[str],
    *,
    form: str | None = None,
    limits: Limits = Limits(),
    language: str = "und",
    domain: str = "untoc-network",
) -> tuple[Register | None, Report]:
    """Read a file as `read_data` does, in the form that the suffix or `form` names; `-` is standard input.

    Raises what `read_data` raises, and `UnreadableInput` where the file cannot be opened.
    """
    name = os.fspath(path)
    file = "<stdin>" if name == "-" else name
    return read_data(
        read_limited(name, limits),
        find_form(name, form).name,
        file=file,
        limits=limits,
        language=language,
        domain=domain,
    )


def _set_file_of_finding(finding: Finding, file: str | None) -> Finding:
    return finding.with_location(file=file)


def _locate_in_whole_register(register: Register, shown: Register, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings on the public part with their places in the whole register."""
    places: dict[str, Mapping[str, int]] = {}
    for finding in findings:
        if len(finding.path) > 1:
            collection, position, *rest = str(finding.path[0]), *finding.path[1:]
            record = getattr(shown, collection)[position]
            if collection not in places:
                places[collection] = {one.id: place for place, one in enumerate(getattr(register, collection))}
            place = places[collection].get(record.id)
            yield finding.with_location(path=(collection,) if place is None else (collection, place, *rest))
        else:
            yield finding
