"""PT: parties, what they did towards the Convention and its Protocols, and where they belong."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Severity
from untoc_network.model.convention import GroupMembership, Party, TreatyAct, TreatyActionKind, TreatyCode
from untoc_network.model.register import Register
from untoc_network.rules import citations
from untoc_network.rules.areas.party_status import DEPOSITS, is_party
from untoc_network.rules.looked_at_fields import Resolve, own_fields, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation
from untoc_network.values.dates import PartialDate
from untoc_network.values.time_limit import TimeLimit, TimeUnit

_THIRTY_DAYS = TimeLimit(30, TimeUnit.DAYS)


@rule(
    "PT001",
    on=Party,
    severity=Severity.WARNING,
    message="the {kind:label} ({on:day}) precedes the adoption of {instrument:definite} ({adopted:day})",
    hint="check the date against the depositary's record",
    basis=citations.ADOPTION,
)
def act_before_adoption(parties: Iterable[Party], context: Context) -> Iterator[Violation]:
    """A party signs and ratifies an instrument after it was adopted.

    Why: nobody can sign what does not exist yet.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "signature", "on": "2000-12-12"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "signature", "on": "1999-12-12"}]}]}
    """
    adopted = {row.code: row for row in context.reference.table("treaties")}
    for party in parties:
        for position, act in enumerate(party.acts):
            row = adopted.get(act.instrument)
            if row is not None and act.on is not None and act.on.certainly_before(row.adopted):
                yield violation(
                    party,
                    "acts",
                    position,
                    "on",
                    rests_on=row.basis("treaties", "adoption"),
                    kind=act.kind,
                    on=act.on,
                    instrument=act.instrument,
                    adopted=row.adopted,
                )


@rule(
    "PT002",
    on=Party,
    severity=Severity.ERROR,
    message="the {kind:label} of {instrument:definite} ({on:day}) precedes its signature ({signed:day})",
    hint="check both dates; a State that did not sign accedes",
    basis=citations.TIME,
)
def ratification_before_signature(parties: Iterable[Party], context: Context) -> Iterator[Violation]:
    """A party ratifies an instrument after it signed it.

    Why: one of the two days is wrong, or the act is another one.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "signature", "on": "2000-12-12"}, {"instrument": "UNTOC", "kind": "ratification", "on": "2003-05-05"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "signature", "on": "2000-12-12"}, {"instrument": "UNTOC", "kind": "ratification", "on": "2000-05-05"}]}]}
    """
    for party in parties:
        signed = {act.instrument: act.on for act in party.acts if act.kind is TreatyActionKind.SIGNATURE}
        for position, act in enumerate(party.acts):
            day = signed.get(act.instrument)
            if act.kind in DEPOSITS and act.on is not None and day is not None and act.on.certainly_before(day):
                yield violation(
                    party, "acts", position, "on", kind=act.kind, instrument=act.instrument, on=act.on, signed=day
                )


@rule(
    "PT003",
    on=Party,
    severity=Severity.ERROR,
    message="the record is of a party to {instrument:definite} that is not a party to the Convention",
    hint="add the deposit for UNTOC, or check the one for the Protocol",
    basis=citations.ARTICLE_37,
    requires_complete=True,
    looks=(own_fields("acts"), related_fields(Party, "acts", by=("country",), of=("country",))),
)
def protocol_party_not_party_to_convention(parties: Iterable[Party], context: Context) -> Iterator[Violation]:
    """A party to a Protocol is also a party to the Convention.

    Why: a State must be party to the Convention to become party to a Protocol.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}, {"instrument": "TIP", "kind": "accession", "on": "2004"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "TIP", "kind": "accession", "on": "2004"}]}]}
    """
    for party in parties:
        if is_party(context, party.country, TreatyCode.UNTOC):
            continue
        for position, act in enumerate(party.acts):
            if act.kind in DEPOSITS and act.instrument is not TreatyCode.UNTOC:
                yield violation(party, "acts", position, instrument=act.instrument)


@rule(
    "PT004",
    on=Party,
    severity=Severity.WARNING,
    message=(
        "the entry into force of {instrument:definite} is given as {on:day}, but follows from the deposit of {deposited:day} as {due:day}"
    ),
    hint="check both dates against the depositary's record; succession is an exception",
    basis=citations.DEPOSITS,
)
def entry_into_force_mismatch(parties: Iterable[Party], context: Context) -> Iterator[Violation]:
    """An instrument binds a party thirty days after its deposit, or from its own entry into force if that is later.

    Why: this decides whether a State was bound on a given day. All rows read in the depositary's record agree with
    this.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2010-03-01"}, {"instrument": "UNTOC", "kind": "entry-into-force", "on": "2010-03-31"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2010-03-01"}, {"instrument": "UNTOC", "kind": "entry-into-force", "on": "2010-03-01"}]}]}
    """
    for party in parties:
        deposits = {act.instrument: act for act in party.acts if act.kind in DEPOSITS}
        for position, act in enumerate(party.acts):
            deposit = deposits.get(act.instrument)
            is_entry = act.kind is TreatyActionKind.ENTRY_INTO_FORCE
            due = _compute_entry_into_force(deposit, context) if deposit and is_entry else None
            if deposit is not None and due is not None and act.on is not None and not act.on.may_be(due):
                path = ("acts", position, "on")
                yield violation(party, *path, instrument=act.instrument, on=act.on, deposited=deposit.on or "", due=due)


def _compute_entry_into_force(deposit: TreatyAct, context: Context) -> PartialDate | None:
    """The day from which a deposit binds; None where that is not known to the day, or for a succession."""
    if deposit.on is None or not deposit.on.is_exact or deposit.kind is TreatyActionKind.SUCCESSION:
        return None
    own = context.reference.entry_into_force(deposit.instrument)
    try:
        later, _ = _THIRTY_DAYS.after(deposit.on)
    except ImpossibleValue:
        return None
    return later if own is None else max(own, later)


@rule(
    "PT005",
    on=Party,
    severity=Severity.ERROR,
    message="the party is in two regional groups at the same time: {one:label} and {other:label}",
    hint="end the first membership where the second begins, or delete one of the two",
    basis=citations.REGIONAL_GROUPS,
)
def concurrent_regional_groups(parties: Iterable[Party], context: Context) -> Iterator[Violation]:
    """A party belongs to one regional group at a time.

    Why: reviewers are drawn from the same and from another regional group; with two groups, both are uncertain.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}, {"group": "weog"}]}]}
    """
    for party in parties:
        for position, (one, other) in enumerate(itertools.pairwise(party.regional_groups), start=1):
            if one.group is not other.group and _are_concurrent(one, other):
                yield violation(party, "regional_groups", position, one=one.group, other=other.group)


def _are_concurrent(one: GroupMembership, other: GroupMembership) -> bool:
    """Whether two memberships hold at one time; those of unknown period are taken to."""
    return one.period is None or other.period is None or one.period.overlaps(other.period)


def _list_countries(parties: Iterable[Party], _: Resolve) -> Iterator[tuple[Any, str]]:
    return ((party, party.country) for party in parties)


@rule(
    "PT006",
    on=Register,
    severity=Severity.ERROR,
    message="'{other}' is another record of the same party ({country:country})",
    hint="merge the two records",
    basis=citations.IDENTITY,
    looks=(related_fields(Party, by=("country",), sharing=_list_countries),),
)
def duplicate_party(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """A party has one record.

    Why: its acts would be read from either record, by chance.

    Passes:
        {"parties": [{"id": "xa", "country": "XA"}, {"id": "xb", "country": "XB"}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA"}, {"id": "xa-again", "country": "XA"}]}
    """
    for register in registers:
        for party in register.parties:
            first = register.parties_by_country[party.country]
            if first is not party:
                yield violation(party, "country", other=first.id, country=party.country)
