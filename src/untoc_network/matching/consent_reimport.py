"""The consents that a list gives, and those that it gave and does not give any more.

A list gives one only to a purpose for which no answer was ever recorded, and of a body at risk only where it says that
it is, unless somebody looked and accepts it. What it does not give any more holds before nobody, until somebody writes
the day of the withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from untoc_network.diagnostics.codes import member_list_reimport as reimporting
from untoc_network.matching.list_memory import SaidDigest, make_contact_key
from untoc_network.matching.record_merge_context import RecordComparison, replace_fields
from untoc_network.values.consent_and_contact import Audience, Consent, Contact, Purpose
from untoc_network.values.consent_evaluation import intersect_consents, was_consent_withdrawn

__all__ = ["reimport_consents"]


def reimport_consents(comparison: RecordComparison, record: Any, before: Any) -> Any:
    """The record with the consents that the list may give, and narrowed where it does not give them any more.

    `record` is what the list's other fields made of it, `before` what it was.
    """
    listed = comparison.listed.record
    holders = (listed, *listed.contacts, record, *record.contacts)
    if "consents" not in comparison.base and not any(one.consents for one in holders):
        return record
    return _ConsentReimport(comparison, record, before).run(record, before)


class _ConsentReimport:
    """The consents of one record: those it has, those that are changed or go, those that are new."""

    def __init__(self, comparison: RecordComparison, record: Any, before: Any) -> None:
        self.comparison = comparison
        self.contacts = before.contacts
        self.declined = getattr(before, "declined", ())
        self.knows_risk = not getattr(before, "at_risk", False) or comparison.listed.record.at_risk
        """Whether the list says that the body is at risk, if it is: else nobody agreed knowing that it is."""
        self.consents = list(record.consents)
        self.swapped: dict[Consent, Consent | None] = {}
        self.fresh: list[Consent] = []

    def run(self, record: Any, before: Any) -> Any:
        """The record with the consents that the list may give, and narrowed where it does not give them any more."""
        base = self.comparison.base.get("consents", {})
        given = {consent.purpose: consent for consent in self.comparison.listed.record.consents}
        ever = {said.known_by: said for said in base.values()}
        for purpose in Purpose:
            consent = given.get(purpose)
            if consent is None and not ever:
                continue
            known = self.comparison.memory.digest("consents", purpose)
            said = ever.get(known)
            content = "" if consent is None else self.comparison.memory.digest("consents", consent)
            is_spoken_of = self.comparison.speaks_of(f"consents.{purpose}")
            if said is not None and consent is None and not is_spoken_of:
                content = said.content
            if consent is not None and consent not in self.consents and (said is None or said.content != content):
                if not self._give(consent, said):  # it is asked about until it is decided
                    content = said.content if said is not None else ""
            elif consent is not None and consent not in self.consents:
                self.comparison.keep_register_value(f"consents.{purpose}", reimporting.kept_register_value)
            elif consent is None and said is not None and said.content and is_spoken_of:
                self._take_back(purpose)
            if consent is not None or said is not None:
                self.comparison.said.append(SaidDigest(known, content).written("consents"))
        changed = [self.swapped.get(consent, consent) for consent in self.consents]
        consents = [consent for consent in changed if consent is not None] + self.fresh
        fields: dict[str, Any] = {"consents": tuple(consents)}
        fields["contacts"] = tuple(self._agree_for_contact(one, before, consents) for one in record.contacts)
        return replace_fields(record, fields)

    def _give(self, consent: Consent, said: SaidDigest | None) -> bool:
        """Take a consent that the list gives anew: where none was ever recorded, a narrower one, or one accepted."""
        purpose = consent.purpose
        own = [one for one in self.consents if one.purpose is purpose]
        path = f"consents.{purpose}"
        if len(own) == 1 and self.comparison.has_given(own[0]) and intersect_consents(consent, own[0]) == consent:
            self.swapped[own[0]] = consent
            self.comparison.add_edit(path, "changed", "changed-in-list", own[0], consent, public=False)
            return True
        reached = {one.purpose for contact in self.contacts for one in contact.consents}
        queries = self.comparison.queries
        never = not own and purpose not in reached and said is None and not queries.was_ever_agreed(purpose)
        never = never and purpose not in self.declined and self.knows_risk
        if not never and not queries.accept_consents:
            self.comparison.report(reimporting.unconfirmed_consent, path, None, purpose=purpose)
            return False
        self.fresh.append(consent)
        self.comparison.add_edit(path, "added", "new-in-list" if never else "accepted", None, consent, public=False)
        if consent.audience is not Audience.INTERNAL:
            self.comparison.report(reimporting.wider_audience, path, None, audience=consent.audience, purpose=purpose)
        return True

    def _take_back(self, purpose: Purpose) -> None:
        """What the list gave and does not give any more holds before nobody, until somebody writes the day."""
        path = f"consents.{purpose}"
        own = [
            consent for consent in self.consents if consent.purpose is purpose and not was_consent_withdrawn(consent)
        ]
        if own and not any(map(self.comparison.has_given, own)):
            self.comparison.keep_register_value(path, reimporting.list_register_conflict, what="gone")
        for consent in own:
            if self.comparison.has_given(consent):
                narrowed = attrs.evolve(consent, audience=Audience.INTERNAL)
                self.swapped[consent] = narrowed if purpose is Purpose.PUBLICATION else None
                self.comparison.add_edit(path, "changed", "protected", consent, self.swapped[consent], public=False)
                self.comparison.report(reimporting.consent_missing_from_list, path, None, purpose=purpose)

    def _agree_for_contact(self, contact: Contact, before: Any, consents: list[Consent]) -> Contact:
        """A contact with what its holder agreed to of late: as far as the list gives it to that contact."""
        own_key = make_contact_key(contact)
        listed = self.comparison.listed.record.contacts
        given = next((one for one in listed if make_contact_key(one) == own_key), None)
        is_new = own_key not in {make_contact_key(one) for one in before.contacts}
        own = () if is_new else contact.consents
        kept = [consent for one in own if (consent := self._swap(one)) is not None]
        spoken = {one.purpose for one in own}
        for consent in given.consents if given is not None else ():
            is_fresh = _is_within(consent, self.fresh)
            accepted = is_fresh and self.comparison.queries.accept_consents and consent not in own
            unspoken = consent.purpose not in spoken and (is_fresh or (is_new and _is_within(consent, consents)))
            if accepted or unspoken:
                kept.append(consent)
        agreed: Contact = replace_fields(contact, {"consents": tuple(kept)})
        return agreed

    def _swap(self, one: Consent) -> Consent | None:
        """What became of a contact's consent with that of its holder, which may reach further."""
        for held, changed in self.swapped.items():
            if _is_within(one, (held,)):
                return changed and intersect_consents(changed, one)
        return one


def _is_within(consent: Consent, others: Iterable[Consent]) -> bool:
    """Whether a consent allows no more than one of others to the same purpose."""
    return any(one.purpose is consent.purpose and intersect_consents(consent, one) == consent for one in others)
