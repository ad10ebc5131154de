"""An entry point of one stakeholder on one day: what, where, until when, who decides, on what conditions."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.engagement.translatable_message import Message
from untoc_network.model.convention import EntryPointKind
from untoc_network.values.dates import PartialDate

__all__ = ["Access", "AssessedEntryPoint", "Blocker", "Duty", "KnownDay", "Reason", "Verdict"]


class Verdict(StrEnum):
    """Whether a condition is met; what is not recorded is not known."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


class Access(StrEnum):
    """Whether one can take part or apply on the day, as far as days are recorded."""

    OPEN = "open"
    NOT_CLOSED = "not-closed"
    """Its last day has not passed; since when it is open is not recorded."""
    AHEAD = "ahead"
    """It opens later."""
    UNKNOWN = "unknown"
    """It is not over, and no last day is recorded."""
    CLOSED = "closed"


@attrs.frozen(kw_only=True)
class KnownDay(HasPlainForm):
    """A day as far as it is known, and what it rests on; None where the register says it without a source."""

    earliest: PartialDate
    latest: PartialDate
    basis: Basis | None = None

    @classmethod
    def of(cls, day: PartialDate, basis: Basis | None = None) -> KnownDay:
        """A day that is known to the day, the month or the year."""
        return cls(earliest=PartialDate.of(day.earliest), latest=PartialDate.of(day.latest), basis=basis)


@attrs.frozen(kw_only=True)
class Reason(HasPlainForm):
    """A condition for taking part, and whether this stakeholder meets it.

    One that is not `required` gives priority and bars nobody.
    """

    condition: str
    verdict: Verdict
    said: Message
    required: bool = True
    basis: Basis | None = None

    plain_form = PlainForm("condition verdict required said basis")


@attrs.frozen(kw_only=True)
class Blocker(HasPlainForm):
    """A step that someone else has to take first: which, of what procedure, by whom."""

    procedure: str
    step: str
    actor: str
    by: str | None = None


@attrs.frozen(kw_only=True)
class Duty(HasPlainForm):
    """A time limit that binds someone else: who takes which step until when; the stakeholder has no last day by it."""

    step: str
    actor: str
    until: KnownDay
    said: Message


@attrs.frozen(kw_only=True)
class AssessedEntryPoint(HasPlainForm):
    """One way in which one stakeholder can take part, seen on one day.

    `opens` and `closes` are the days between which it can apply or act, None where they are not recorded; `starts` and
    `ends` when the thing itself takes place. `uid` stays the same on every day. `decides` is the actor who lets it in,
    `network` or `organizer`, `conference-otherwise` where what is asked for is accorded unless the Conference decides
    otherwise, `nobody` where notice is enough; None where the facts do not say. `rights` says what the status gives,
    `follows` which session of a working group a dialogue comes after, and when that adopted its report.
    """

    uid: str
    kind: str
    part: EntryPointKind | None
    stakeholder_id: str
    subject_id: str
    on: PartialDate
    title: Message
    where: Message
    opens: KnownDay | None
    closes: KnownDay | None
    starts: PartialDate | None
    ends: PartialDate | None
    access: Access
    decides: str | None
    reasons: tuple[Reason, ...]
    basis: Basis | None
    next_step: Message
    rights: Message | None = None
    follows: Message | None = None
    send: Message | None = None
    blocked_by: tuple[Blocker, ...] = ()
    duties: tuple[Duty, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def eligible(self) -> Verdict:
        """Whether the stakeholder meets all that is required; unknown where one of it is not known."""
        verdicts = {reason.verdict for reason in self.reasons if reason.required}
        order = (Verdict.NOT_MET, Verdict.UNKNOWN)
        return next((verdict for verdict in order if verdict in verdicts), Verdict.MET)

    @property
    def is_ahead(self) -> bool:
        """Whether it opens later, and nothing else that is known bars the stakeholder."""
        unmet = {one.condition for one in self.reasons if one.required and one.verdict is Verdict.NOT_MET}
        return self.access is Access.AHEAD and unmet <= {"has-opened"}

    @property
    def is_closed(self) -> bool:
        """Whether the stakeholder can certainly not take part any more, or not at all."""
        return self.access is Access.CLOSED or (self.eligible is Verdict.NOT_MET and not self.is_ahead)

    plain_form = PlainForm(
        "uid kind part stakeholder=stakeholder_id subject=subject_id on title where opens closes starts ends access "
        "eligible reasons decides basis next_step rights follows send blocked_by duties links"
    )
