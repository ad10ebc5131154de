"""What a stakeholder can still take part in, as a calendar of its own: the last days that are certain, all-day.

A time limit that binds someone else stands there as that one's duty, under its own title and category.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.codes.exports import uncertain_deadline
from untoc_network.diagnostics.findings import Certainty, Finding, Report
from untoc_network.engagement import AssessedEntryPoint, KnownDay, format_message
from untoc_network.interop.calendar_entries import CalendarEntry
from untoc_network.interop.calendar_writer import encode_entries
from untoc_network.interop.export_import_options import Exported, ExportOptions
from untoc_network.values.argument_checks import check_arguments

__all__ = ["entry_points_calendar"]


@check_arguments
def entry_points_calendar(points: Iterable[AssessedEntryPoint], chosen: ExportOptions) -> Exported:
    """The last days of entry points that are not shut, and the duties of others there, for the stakeholder.

    A day that is known in part is left out, and a finding says so; one that rests on what is not seen in a source is
    tentative and names what it rests on. Raises `MissingExtra` where icalendar is not installed.
    """
    made = [entry for point in points if not point.is_closed for entry in _make_entries(point, chosen)]
    there = [one for one in made if isinstance(one, CalendarEntry)]
    return Exported(
        data=encode_entries(there, None, chosen), report=Report(tuple(one for one in made if isinstance(one, Finding)))
    )


def _make_entries(point: AssessedEntryPoint, chosen: ExportOptions) -> Iterator[CalendarEntry | Finding]:
    spoken = [chosen.language]
    if point.closes is not None:
        told = format_message(point.title, languages=spoken), format_message(point.next_step, languages=spoken)
        yield _make_all_day_entry(point, point.closes, ("closes", "deadline"), told, chosen)
    for duty in point.duties:
        told = format_message(duty.said, languages=spoken), format_message(point.title, languages=spoken)
        yield _make_all_day_entry(point, duty.until, ("duty", "duty"), told, chosen)


def _make_all_day_entry(
    point: AssessedEntryPoint, last: KnownDay, names: tuple[str, str], told: tuple[str, str], chosen: ExportOptions
) -> CalendarEntry | Finding:
    """`names` are the part of its uid and its category, `told` its title and its remark."""
    if last.earliest != last.latest:
        values: dict[str, str | int] = {"number": 1, "earliest": str(last.earliest), "latest": str(last.latest)}
        return uncertain_deadline.finding((), values, subject=point.subject_id)
    day = dt.date.fromordinal(last.latest.first)
    sure = last.basis is None or last.basis.certainty is Certainty.SEEN
    return CalendarEntry(
        uid=f"{point.uid.replace('/', '.')}.{names[0]}@{chosen.domain}",
        title=told[0],
        language=chosen.language,
        starts=day,
        ends=day + dt.timedelta(days=1),
        status="CONFIRMED" if sure else "TENTATIVE",
        categories=(names[1], point.kind),
        remark=f"{told[1]} ({last.basis})" if last.basis else told[1],
        busy=False,
        audience="PRIVATE",
    )
