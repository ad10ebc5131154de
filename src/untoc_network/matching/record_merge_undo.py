"""A merge of two records undone, without bringing back what was withdrawn or erased since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.matching.record_merge import Undo, exchange_side_tables
from untoc_network.matching.three_way_merge import Merge, merge
from untoc_network.model.extension import OwnFields, declare
from untoc_network.model.organization_and_person import WITHHOLDING, Organization
from untoc_network.model.person_tombstone import is_tombstone
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.privacy.body_at_risk_masking import guard_like
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Consent, Contact
from untoc_network.values.consent_evaluation import (
    apply_first_withdrawal,
    intersect_consents,
    join_consents_with_withdrawals,
    was_consent_withdrawn,
)

__all__ = ["undo_merge"]


@check_arguments
def undo_merge(register: Register, undo: Undo) -> Merge:
    """The register without a merge: the records that it touched are again as they were before.

    What was changed since stays, as in any three-way merge; where that contradicts the undoing, it is a conflict
    and a finding, and what was changed since is kept. A consent that was withdrawn, narrowed or taken out since is so
    in both records; both are at risk where the one was found to be, with no more of what leads to the door. Pure.
    A consent withdrawn since is noted in the other record too, if that never spoke of its purpose: nobody knows whose
    it was. Raises `ImpossibleValue` where a person was erased since, whom undoing would bring back, and where the
    record was itself merged into another since: that is to be undone first.
    """
    for redirect in undo.after.redirects:
        _refuse_if_erased(register, redirect.new_id, undo)
        _refuse_if_merged_on(register, redirect.new_id)
    before = _guard_records_of_before(register, undo)
    known, _ = undo.after.with_replaced(*_list_organizations_now_at_risk(register, undo))
    return merge(
        _exchange_records(register, attrs.evolve(undo.before, redirects=undo.after.redirects), known),
        register,
        _exchange_records(register, undo.after, before),
    )


def _exchange_records(register: Register, gone: Register, new: Register) -> Register:
    """A register without the records, redirects and memories of one register, and with those of another."""
    parts: dict[str, Any] = {}
    for name in COLLECTIONS:
        leaving = {record.id for side in (gone, new) for record in getattr(side, name)}
        if leaving:
            staying = (record for record in getattr(register, name) if record.id not in leaving)
            parts[name] = (*staying, *getattr(new, name))
    parts |= exchange_side_tables(register, gone, new)
    return attrs.evolve(register, **parts)


def _refuse_if_erased(register: Register, record_id: str, undo: Undo) -> None:
    held = register.by_id.get(register.resolved(record_id))
    of_a_person = any(person.id == record_id for person in undo.after.persons)
    if of_a_person and (held is None or is_tombstone(held)) and not is_tombstone(undo.after.by_id[record_id]):
        raise ImpossibleValue(f"{record_id!r} was erased or removed since, and undoing would bring the person back")


def _refuse_if_merged_on(register: Register, record_id: str) -> None:
    if record_id in register.redirected:
        into = register.resolved(record_id)
        raise ImpossibleValue(f"{record_id!r} was itself merged into {into!r} since; undo that merge first")


def _list_organizations_now_at_risk(register: Register, undo: Undo) -> Iterator[Organization]:
    """The merged records that are at risk now, as if that had been known then: what came to them since stays."""
    for then in undo.after.organizations:
        if getattr(register.by_id.get(register.resolved(then.id)), "at_risk", False):
            yield attrs.evolve(then, at_risk=True)


def _guard_records_of_before(register: Register, undo: Undo) -> Register:
    """The records as they were before, with what protects them now."""
    leads: dict[str, str] = {redirect.old_id: redirect.new_id for redirect in undo.after.redirects}
    declared, changed = declare((*register.extensions, *undo.before.extensions)), list[Any]()
    for record in undo.before:
        merged_id = leads.get(record.id, record.id)
        now, then = register.by_id.get(register.resolved(merged_id)), undo.after.by_id.get(merged_id)
        if now is not None and then is not None and type(now) is type(record):
            changed.append(_guard_record_of_before(record, then, now, declared))
    return undo.before.with_replaced(*changed)[0]


def _guard_record_of_before(record: Any, then: Any, now: Any, declared: OwnFields) -> Any:
    """A record of before, not less guarded than the merged one is now; `then` is that one as it was made."""
    fields: dict[str, Any] = {}
    if hasattr(record, "consents"):
        held = _list_standing_consents(record.consents, then.consents, now.consents)
        fields["consents"] = (*held, *_list_consents_withdrawn_since(record.consents, then.consents, now.consents))
    for name in (one for one in WITHHOLDING if hasattr(record, one)):
        since = (purpose for purpose in getattr(now, name) if purpose not in getattr(then, name))
        fields[name] = tuple(dict.fromkeys((*getattr(record, name), *since)))
    if getattr(now, "at_risk", False) and not then.at_risk:
        record = guard_like(record, now, then, declared=declared).record
        fields["at_risk"] = True
    if hasattr(record, "contacts"):
        fields["contacts"] = tuple(_restrict_contacts(record.contacts, then.contacts, now.contacts))
    return attrs.evolve(record, **fields)


def _list_consents_withdrawn_since(
    consents: tuple[Consent, ...], then: tuple[Consent, ...], now: tuple[Consent, ...]
) -> Iterator[Consent]:
    """The consents withdrawn since, to purposes of which the record of before never spoke."""
    spoken = {one.purpose for one in consents}
    return (one for one in now if was_consent_withdrawn(one) and one not in then and one.purpose not in spoken)


def _restrict_contacts(contacts: tuple[Contact, ...], then: Any, now: Any) -> Iterator[Contact]:
    """The contacts, each with what is agreed to now of what was agreed to then."""
    for contact in contacts:
        agreed = [
            tuple(
                consent
                for one in held
                if _make_contact_key(one) == _make_contact_key(contact)
                for consent in one.consents
            )
            for held in (then, now)
        ]
        yield attrs.evolve(contact, consents=_list_standing_consents(contact.consents, *agreed))


def _make_contact_key(contact: Contact) -> tuple[str, str]:
    return contact.kind, contact.value


def _list_standing_consents(
    consents: tuple[Consent, ...], then: tuple[Consent, ...], now: tuple[Consent, ...]
) -> tuple[Consent, ...]:
    """Of the consents of before those that still stand; a changed one only as far as both versions allow."""
    held: list[Consent] = []
    # joined as merging wrote them, so that a later one is no version of them
    for consent in join_consents_with_withdrawals(consents):
        was, still = ([one for one in side if one.purpose is consent.purpose] for side in (then, now))
        versions = [one for one in still if one not in was]
        if was == still or consent in still:
            held.append(consent)
        elif versions:
            held.append(intersect_consents(consent, versions[0]))
    new = [one for one in now if one not in then]
    return tuple(dict.fromkeys(apply_first_withdrawal(one, (*held, *new)) for one in held))
