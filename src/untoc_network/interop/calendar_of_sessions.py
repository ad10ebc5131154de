"""What the packaged facts know of the Mechanism's own sessions and dialogues, as entries of a calendar.

All of them from the session of the Conference on that established the Mechanism, whatever the day: an entry that left
the calendar as time goes by would be told as cancelled to everybody who took the calendar before.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from untoc_network.diagnostics.findings import Certainty
from untoc_network.engagement import format_message
from untoc_network.engagement.known_sessions import (
    Session,
    list_conference_sessions,
    list_dialogues,
    list_working_group_sessions,
)
from untoc_network.engagement.translatable_message import Value, make_message
from untoc_network.i18n.told_texts import format_basis
from untoc_network.interop.calendar_entries import CalendarEntry
from untoc_network.interop.export_import_options import ExportOptions
from untoc_network.interop.wording_choice import find_words
from untoc_network.model.dialogue import ConstructiveDialogue
from untoc_network.model.register import Register
from untoc_network.reference import packaged
from untoc_network.values.dates import PartialDate

__all__ = ["list_session_entries"]

_BEGINNING = PartialDate("2018-10-15")
"""The first day of the session whose resolution 9/1 established the Mechanism."""
_ONE_DAY = dt.timedelta(days=1)


def list_session_entries(register: Register, chosen: ExportOptions) -> Iterator[CalendarEntry]:
    """The sessions whose days are known in full and that the register does not have, and until when to apply."""
    facts = packaged()
    listed = (
        ("plenary", list_conference_sessions(register, facts)),
        ("working-group", list_working_group_sessions(register, facts)),
        ("dialogue", list_dialogues(register, facts)),
    )
    for kind, session in itertools.chain.from_iterable(((kind, one) for one in held) for kind, held in listed):
        if session.record is not None and session.record.id in register.by_id:
            continue
        title = _find_title(kind, session, chosen)
        if session.first is not None and session.first.is_exact and not session.is_over(_BEGINNING):
            yield _make_entry(
                session.id, title, first=session.first, last=session.last, category=kind, session=session, chosen=chosen
            )
        if isinstance(session.record, ConstructiveDialogue) and session.record.apply_by is not None:
            last = session.record.apply_by
            closing = find_words(chosen.language).ui("applications-close", name=title)
            yield _make_entry(
                f"{session.id}.apply",
                closing,
                first=last,
                last=last,
                category="deadline",
                session=session,
                chosen=chosen,
            )


def _find_title(kind: str, session: Session, chosen: ExportOptions) -> str:
    told: dict[str, Value] = {"topics": session.topics} if session.number is None else {"session": session.number}
    wording = "title" if all(told.values()) else "title-any"
    return format_message(make_message(f"{kind}.{wording}", told), languages=[find_words(chosen.language)])


def _make_entry(  # noqa: PLR0913
    name: str,
    title: str,
    *,
    first: PartialDate,
    last: PartialDate | None,
    category: str,
    session: Session,
    chosen: ExportOptions,
) -> CalendarEntry:
    end = last if last is not None and last.is_exact else first
    words = find_words(chosen.language)
    sure = session.basis is None or session.basis.certainty is Certainty.SEEN
    return CalendarEntry(
        uid=f"{name}@{chosen.domain}",
        title=title,
        language=chosen.language,
        starts=dt.date.fromordinal(first.first),
        ends=dt.date.fromordinal(end.first) + _ONE_DAY,
        status="CONFIRMED" if sure else "TENTATIVE",
        place=session.place and words.told.get(session.place, session.place),
        categories=(category, *(theme.value for theme in session.topics)),
        remark=None if session.basis is None else format_basis(session.basis, words),
        busy=False,
    )
