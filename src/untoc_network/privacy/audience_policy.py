"""Who may see what, as tables: the class of a field before each audience, and the consents that lift it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.model.contribution import Contribution
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.values.consent_and_contact import Audience, Contact, ContactKind, Purpose
from untoc_network.values.consent_evaluation import list_covered_audiences, may, was_consent_ever_recorded
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import Sensitivity
from untoc_network.values.identifier import Identifier
from untoc_network.values.place_and_link import Place

__all__ = [
    "AT_RISK",
    "GROUNDS",
    "LIFTED",
    "SCANNED",
    "TREATMENTS",
    "UNSCANNED",
    "Treatment",
    "iter_why_withheld",
    "may_show_own_field",
    "why_withheld",
]


class Treatment(StrEnum):
    """What becomes of a field in a view."""

    SHOW = "show"
    CONSENT = "consent"
    """Shown where a consent covers it, else withheld."""
    WITHHOLD = "withhold"


TREATMENTS: Mapping[Audience, Mapping[Sensitivity, Treatment]] = {
    Audience.PUBLIC: {
        Sensitivity.PUBLIC: Treatment.SHOW,
        Sensitivity.INTERNAL: Treatment.WITHHOLD,
        Sensitivity.PERSONAL: Treatment.CONSENT,
        Sensitivity.AT_RISK: Treatment.WITHHOLD,
    },
    Audience.MEMBERS: {
        Sensitivity.PUBLIC: Treatment.SHOW,
        Sensitivity.INTERNAL: Treatment.WITHHOLD,
        Sensitivity.PERSONAL: Treatment.CONSENT,
        Sensitivity.AT_RISK: Treatment.WITHHOLD,
    },
    Audience.INTERNAL: {
        Sensitivity.PUBLIC: Treatment.SHOW,
        Sensitivity.INTERNAL: Treatment.SHOW,
        Sensitivity.PERSONAL: Treatment.CONSENT,
        Sensitivity.AT_RISK: Treatment.SHOW,
    },
}
"""What becomes of a field of each class before each audience."""

_NAMED = frozenset({Purpose.PUBLICATION, Purpose.ATTRIBUTION})
_SHOWN = frozenset({Purpose.PUBLICATION})
_REACHED = frozenset({Purpose.PUBLICATION, Purpose.CONTACT})

GROUNDS: Mapping[tuple[type, str], frozenset[Purpose]] = {
    (Person, "name"): _NAMED,
    (Person, "other_names"): _NAMED,
    (Person, "gender"): _SHOWN,
    (Person, "languages"): _SHOWN,
    (Contact, "value"): _REACHED,
    (Contact, "label"): _REACHED,
}
"""For which purposes a consent lets each personal field be shown. What is not named here is shown to nobody."""

LIFTED = frozenset({(Contribution, "text"), (Contribution, "evidence")})
"""Internal fields that the consents of their own record to publication open."""


def may_show_own_field(holder: Any, sensitivity: Sensitivity, audience: Audience, on: PartialDate) -> bool:
    """Whether an audience may see an own field of a record, by how sensitive it was declared to be.

    A personal one of a person goes with the consent to publication, as other facts of a person do; one of any other
    record is about somebody who was never asked, and nobody sees it.
    """
    treatment = TREATMENTS[audience][sensitivity]
    if treatment is Treatment.CONSENT:
        return isinstance(holder, Person) and may(holder, _SHOWN, audience, on)
    return treatment is Treatment.SHOW


SCANNED = frozenset({Audience.PUBLIC, Audience.MEMBERS})
"""Before whom free text is searched for what leads to a person."""

UNSCANNED = frozenset({Contact, Identifier})
"""Whose texts are not searched: a contact is shown by its own consents, and an identifier is a number by nature."""


def _country_only(place: Place) -> Place | None:
    return Place(country=place.country) if place.country else None


def _not_by_post(contact: Contact) -> Contact | None:
    return None if contact.kind is ContactKind.POST else attrs.evolve(contact, label=None)


def _nothing(_: Any) -> None:
    return None


AT_RISK: Mapping[str, Any] = {
    "seat": _country_only,
    "contacts": _not_by_post,
    "links": _nothing,
    "identifiers": _nothing,
}
"""Of a body at risk that agreed to be shown: what is left of each item of the fields that lead to its door."""


def why_withheld(
    record: Any, audience: Audience, on: PartialDate, *, is_listed_with_persons: bool = False
) -> str | None:
    """Why an audience may not see a record at all: the value of a `RedactionReason`, or None.

    A body that is listed with persons is one that lists of persons name and nothing else: nobody said that it is to
    be known outside.
    """
    reasons = iter_why_withheld(record, (audience,), on, is_listed_with_persons=is_listed_with_persons)
    return next((reason for _, reason in reasons), None)


def iter_why_withheld(
    record: Any, audiences: Iterable[Audience], on: PartialDate, *, is_listed_with_persons: bool = False
) -> Iterator[tuple[Audience, str]]:
    """The same for several audiences: each that may not see the record, and why."""
    if (gate := _GATES.get(type(record))) is None:
        return
    purposes, why = gate
    covered = record.consents and list_covered_audiences(record.consents, purposes, audiences, on)
    for audience in audiences:
        is_covered = audience in covered
        reason = why(record, audience, is_covered)
        if reason is None and is_listed_with_persons and audience is not Audience.INTERNAL and not is_covered:
            reason = "no-consent"
        if reason is not None:
            yield audience, reason


def _why_person(_: Person, _audience: Audience, is_covered: bool) -> str | None:
    return None if is_covered else "no-consent"


def _why_organization(body: Organization, audience: Audience, is_covered: bool) -> str | None:
    """A body at risk is withheld for the same reason as any other, so that no list of what is left out tells of it."""
    if is_covered:
        return None
    is_exposed = body.at_risk and TREATMENTS[audience][Sensitivity.AT_RISK] is not Treatment.SHOW
    is_agreed = Purpose.PUBLICATION not in body.declined and Purpose.PUBLICATION not in body.undecided
    is_kept_inside = audience is not Audience.INTERNAL and not is_agreed
    return "no-consent" if is_exposed or is_kept_inside else _why_refused(body)


def _why_contribution(contribution: Contribution, audience: Audience, is_covered: bool) -> str | None:
    if not contribution.audience.reaches(audience):
        return "narrower-audience"
    if is_covered:
        return None
    return "no-consent" if audience is not Audience.INTERNAL else _why_refused(contribution)


def _why_refused(record: Organization | Contribution) -> str | None:
    """Who ever spoke of publication is shown only as far as that goes."""
    return "no-consent" if record.consents and was_consent_ever_recorded(record, _SHOWN) else None


_GATES: Mapping[type, tuple[frozenset[Purpose], Callable[[Any, Audience, bool], str | None]]] = {
    Person: (_NAMED, _why_person),
    Organization: (_SHOWN, _why_organization),
    Contribution: (_SHOWN, _why_contribution),
}
"""For which purposes a consent opens a record, and why one is withheld that may have one in force."""
