"""What a person or body agreed to have done with what is known of it, and how it can be reached."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.json_forms import FromDate, FromMappings, FromText
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = ["Audience", "Consent", "ConsentBasis", "Contact", "ContactKind", "Purpose", "audience_from_name"]


class Audience(StrEnum):
    """Who may see something, the widest first."""

    PUBLIC = "public"
    MEMBERS = "members"
    INTERNAL = "internal"

    def reaches(self, other: Audience) -> bool:
        """Whether it is as wide as another circle, or wider."""
        return _WIDEST_FIRST[self] <= _WIDEST_FIRST[other]


_WIDEST_FIRST = {audience: position for position, audience in enumerate(Audience)}


def audience_from_name(name: Audience | str) -> Audience:
    """An audience by its name. Raises `ImpossibleValue`."""
    try:
        return Audience(name)
    except ValueError:
        raise ImpossibleValue(f"an audience must be one of {', '.join(Audience)}") from None


class Purpose(StrEnum):
    """What something may be used for."""

    PUBLICATION = "publication"
    CONTACT = "contact"
    STATISTICS = "statistics"
    ATTRIBUTION = "attribution"


class ConsentBasis(StrEnum):
    """How a consent was given, or on what public ground none is needed."""

    WRITTEN = "written"
    FORM = "form"
    ORAL = "oral"
    PUBLIC_ROLE = "public-role"
    """The person acted in a public office or spoke on the record."""


@attrs.frozen(kw_only=True, weakref_slot=False)
class Consent(SelfChecked):
    """One consent: for which purpose, before which audience, from when until when.

    Whether it is in force is asked of `may`, for all consents of a record together.
    """

    purpose: Purpose = attrs.field(converter=FromText[Purpose], metadata=about("Purpose", "What was agreed to."))
    audience: Audience = attrs.field(
        converter=FromText[Audience], metadata=about("Audience", "The widest circle that it covers.")
    )
    basis: ConsentBasis = attrs.field(converter=FromText[ConsentBasis], metadata=about("Basis", "How it was given."))
    given: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("Given", "When it was given.", Sensitivity.INTERNAL),
    )
    withdrawn: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Withdrawn", "When it was taken back.")
    )
    expires: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Expires", "The last day it holds.")
    )


class ContactKind(StrEnum):
    """By which means a contact reaches."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    MESSAGING = "messaging"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Contact(SelfChecked):
    """A way to reach a person or body, with the consent that covers keeping and using it."""

    kind: ContactKind = attrs.field(
        converter=FromText[ContactKind], metadata=about("Kind", "Email, phone, post, messaging.")
    )
    value: str = attrs.field(repr=False, metadata=about("Value", "The address or number itself.", Sensitivity.PERSONAL))
    label: str | None = attrs.field(
        default=None, repr=False, metadata=about("Label", "Whose or what for.", Sensitivity.PERSONAL)
    )
    consents: tuple[Consent, ...] = attrs.field(
        default=(),
        converter=FromMappings[Consent],
        metadata=about("Consents", "What was agreed to for this contact.", Sensitivity.INTERNAL),
    )
