"""EX: what cannot be given to other tools as it stands. Those who write for them hold these rules while they write."""

from __future__ import annotations

import functools

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity

_code = functools.partial(Code, module=__name__)

record_not_public = _code(
    code="EX001",
    slug="record-not-public",
    severity=Severity.INFO,
    message="{number:record|records} of '{collection:label}' left out as not public",
    hint="a person or a body at risk is exported only with a consent to publication for the public",
    basis=citations.PEOPLE_FIRST,
    statement=(
        "A record that leaves the register is public: no person without consent, nobody at risk, nothing for "
        "members only."
    ),
    why=(
        "a file that was handed over cannot be called back. References to a record that is not exported are left "
        "out as well."
    ),
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"organizations": [{"id": "xa-shelter", "name": {"en": "Shelter"}, "kind": "ngo", "at_risk": true}]}',
)

event_without_day = _code(
    code="EX002",
    slug="event-without-day",
    severity=Severity.WARNING,
    message="the event is left out of the calendar, because the day on which it starts is not known",
    hint="write the day in 'starts', or the moment in 'starts_at', once it is known",
    basis=citations.NOTHING_LOST,
    statement="The day on which an event starts is known, so that a calendar can show it.",
    why=("a calendar shows days only: an event known to the month would appear on a day that nobody set."),
    passes='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28"}]}',
    fails='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03"}]}',
)

event_without_last_day = _code(
    code="EX003",
    slug="event-without-last-day",
    severity=Severity.INFO,
    message="the calendar shows only the first day of the event, because its last day is not known",
    hint="write the day in 'ends' once it is known",
    basis=citations.NOTHING_LOST,
    statement="The last day of an event is known where an end is given at all.",
    why="a calendar shows an event without an end as lasting a single day.",
    passes='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28", "ends": "2022-04-01"}]}',
    fails='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28", "ends": "2022-04"}]}',
)

uncertain_deadline = _code(
    code="EX004",
    slug="uncertain-deadline",
    severity=Severity.WARNING,
    message=(
        "{number:deadline is|deadlines are} left out of the calendar, because the day is not certain "
        "({earliest:day} to {latest:day})"
    ),
    hint="give the exact day of the deadline, or of the step from which it is counted",
    basis=citations.NOTHING_LOST,
    statement="The day of a deadline is certain.",
    why="a guessed deadline makes those who rely on it late.",
    passes='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "constructive-dialogue", "starts": "2023-05-02"}], "constructive_dialogues": [{"id": "dialogue", "event_id": "talk", "apply_by": "2023-02-12"}]}',
    fails='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "constructive-dialogue", "starts": "2023-05-02"}], "constructive_dialogues": [{"id": "dialogue", "event_id": "talk", "apply_by": "2023-02"}]}',
)

incomplete_picture = _code(
    code="EX005",
    slug="incomplete-picture",
    severity=Severity.INFO,
    message="the picture shows {shown:number} of {number:number} records in '{collection:label}', those with the most links",
    hint="allow more records in the picture, or export GraphML, which has all of them",
    basis=citations.NOTHING_LOST,
    statement="A picture of the network shows everybody in it.",
    why="viewers of a part should not take it for the whole; the picture says so too.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"note": "an example would need more organizations than a picture shows; the tests make one"}',
)

withheld_value_shown = _code(
    code="EX006",
    slug="withheld-value-shown",
    severity=Severity.ERROR,
    message="'{field:field}' holds a value of somebody who is withheld, and it cannot be masked there",
    hint="take the value out of the field",
    basis=citations.PEOPLE_FIRST,
    statement="No value of a person or body that is withheld stands where a view cannot mask it.",
    why="a name that is hidden in one place and shown in another is not hidden.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"note": "an example would need a person without consent and a language tag with the name; the tests make one"}',
)

unsafe_address = _code(
    code="EX007",
    slug="unsafe-address",
    severity=Severity.WARNING,
    message="the address is left out, because the address begins with neither http, https, mailto nor tel",
    hint="write the address of a page, beginning with https://",
    basis=citations.WEB_ADDRESSES,
    statement="An address that leaves the register leads to a page, a mailbox or a telephone.",
    why="other addresses run code, or open files and programs, on the machine of whoever follows them.",
    passes='{"sources": [{"id": "page", "title": {"en": "Page"}, "kind": "web-page", "url": "https://example.org/page"}]}',
    fails='{"sources": [{"id": "page", "title": {"en": "Page"}, "kind": "web-page", "url": "javascript:alert(1)"}]}',
)
