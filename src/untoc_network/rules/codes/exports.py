"""EX: what cannot be given to other tools as it stands. Those who write for them hold these rules while they write."""

from __future__ import annotations

from untoc_network.diagnostics.findings import Severity
from untoc_network.rules import citations as bases
from untoc_network.rules.rule import reader_rule


@reader_rule(
    "EX001",
    severity=Severity.INFO,
    says="left out of '{collection}', since not public: {number}",
    hint="a person, or a body at risk, leaves with a consent for publication to the public alone",
    basis=bases.PEOPLE_FIRST,
)
def record_is_public() -> None:
    """A record that leaves the register is public: no person without consent, nobody at risk, nothing for members only.

    Why: a file that was handed over cannot be called back. What leads to a record that stays is left out with it.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-shelter", "name": {"en": "Shelter"}, "kind": "ngo", "at_risk": true}]}
    """


@reader_rule(
    "EX002",
    severity=Severity.WARNING,
    says="left out of the calendar, for the day on which it starts is not known",
    hint="write the day in 'starts', or the moment in 'starts_at', once it is known",
    basis=bases.NOTHING_LOST,
)
def event_has_its_day() -> None:
    """The day on which an event starts is known, so that a calendar can have it.

    Why: a calendar has no months: an event that is known to the month would stand there on a day that nobody set.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03"}]}
    """


@reader_rule(
    "EX003",
    severity=Severity.INFO,
    says="the calendar has its first day alone, for its last day is not known",
    hint="write the day in 'ends' once it is known",
    basis=bases.NOTHING_LOST,
)
def event_has_its_last_day() -> None:
    """The last day of an event is known where an end is given at all.

    Why: a calendar shows an event without an end as one of a single day.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28", "ends": "2022-04-01"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28", "ends": "2022-04"}]}
    """


@reader_rule(
    "EX004",
    severity=Severity.WARNING,
    says="left out of the calendar, for their days are not certain: {number} deadlines ({earliest} to {latest})",
    hint="give the deadline, or the day that it is counted from, to the day",
    basis=bases.NOTHING_LOST,
)
def deadline_has_its_day() -> None:
    """The day of a deadline is certain.

    Why: who trusts a deadline that is a guess comes too late.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "constructive-dialogue", "starts": "2023-05-02"}], "constructive_dialogues": [{"id": "dialogue", "event_id": "talk", "apply_by": "2023-02-12"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "constructive-dialogue", "starts": "2023-05-02"}], "constructive_dialogues": [{"id": "dialogue", "event_id": "talk", "apply_by": "2023-02"}]}
    """


@reader_rule(
    "EX005",
    severity=Severity.INFO,
    says="the picture shows {shown} of {number} in '{collection}', those with the most ties",
    hint="raise the number with --most, or take GraphML, which has them all",
    basis=bases.NOTHING_LOST,
)
def picture_shows_all() -> None:
    """A picture of the network shows everybody in it.

    Why: whoever sees a part should not take it for the whole; the picture says so too.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}

    Fails:
        {"note": "an example would need more organizations than a picture shows; the tests make one"}
    """
