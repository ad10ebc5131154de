"""What a stakeholder can still take part in, as a calendar of its own: the last days that are certain, all-day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.codes.exports import uncertain_deadline
from untoc_network.diagnostics.findings import Certainty, Finding, Report
from untoc_network.engagement import AssessedEntryPoint, format_message
from untoc_network.interop.calendar_entries import CalendarEntry
from untoc_network.interop.calendar_writer import encode_entries
from untoc_network.interop.export_import_options import Exported, ExportOptions
from untoc_network.values.argument_checks import check_arguments

__all__ = ["entry_points_calendar"]


@check_arguments
def entry_points_calendar(points: Iterable[AssessedEntryPoint], chosen: ExportOptions) -> Exported:
    """The last days of entry points that are not shut, for the stakeholder whose they are.

    A day that is known in part is left out, and a finding says so; one that rests on what is not seen in a source is
    tentative and names what it rests on. Raises `MissingExtra` where icalendar is not installed.
    """
    made = [entry for point in points if not point.is_closed for entry in _make_last_day_entries(point, chosen)]
    there = [one for one in made if isinstance(one, CalendarEntry)]
    return Exported(
        data=encode_entries(there, None, chosen), report=Report(tuple(one for one in made if isinstance(one, Finding)))
    )


def _make_last_day_entries(point: AssessedEntryPoint, chosen: ExportOptions) -> Iterator[CalendarEntry | Finding]:
    last = point.closes
    if last is None:
        return
    if last.earliest != last.latest:
        told: dict[str, str | int] = {"number": 1, "earliest": str(last.earliest), "latest": str(last.latest)}
        yield uncertain_deadline.finding((), told, subject=point.subject_id)
        return
    day = dt.date.fromordinal(last.latest.first)
    sure = last.basis is None or last.basis.certainty is Certainty.SEEN
    yield CalendarEntry(
        uid=f"{point.uid.replace('/', '.')}.closes@{chosen.domain}",
        title=format_message(point.title, languages=[chosen.language]),
        language=chosen.language,
        starts=day,
        ends=day + dt.timedelta(days=1),
        status="CONFIRMED" if sure else "TENTATIVE",
        categories=("deadline", point.kind),
        remark=f"{format_message(point.next_step, languages=[chosen.language])}{_format_basis(point)}",
        busy=False,
        audience="PRIVATE",
    )


def _format_basis(point: AssessedEntryPoint) -> str:
    basis = point.closes and point.closes.basis
    return f" ({basis})" if basis else ""
