"""Small texts of one fixed form: ids, keys, country codes, language tags, addresses on the web.

They are plain `str` at run time; the types tell a reader of code, a type checker and the reader of documents which
form a text must have (`self_checked_classes` has them all) and, for ids, which records it may name.
"""

from __future__ import annotations

from typing import NewType

__all__ = [
    "AccreditationId",
    "ActionPlanId",
    "ContributionId",
    "CountryCode",
    "CountryReviewId",
    "DialogueId",
    "EventId",
    "FundingId",
    "GeneralReviewId",
    "InstrumentId",
    "Key",
    "LanguageTag",
    "MembershipId",
    "NetworkId",
    "OrganizationId",
    "PartyId",
    "PersonId",
    "ProjectId",
    "RecordId",
    "SourceId",
    "StakeholderId",
    "StatementId",
    "Url",
]

OrganizationId = NewType("OrganizationId", str)
"""The id of an organization."""

PersonId = NewType("PersonId", str)
"""The id of a person."""

NetworkId = NewType("NetworkId", str)
"""The id of a network."""

MembershipId = NewType("MembershipId", str)
"""The id of a membership."""

ProjectId = NewType("ProjectId", str)
"""The id of a project."""

FundingId = NewType("FundingId", str)
"""The id of a funding."""

EventId = NewType("EventId", str)
"""The id of an event."""

StatementId = NewType("StatementId", str)
"""The id of a statement."""

ActionPlanId = NewType("ActionPlanId", str)
"""The id of an action plan."""

InstrumentId = NewType("InstrumentId", str)
"""The id of an instrument."""

PartyId = NewType("PartyId", str)
"""The id of a party to the Convention or a Protocol."""

CountryReviewId = NewType("CountryReviewId", str)
"""The id of a country review."""

GeneralReviewId = NewType("GeneralReviewId", str)
"""The id of a general review."""

DialogueId = NewType("DialogueId", str)
"""The id of a constructive dialogue."""

AccreditationId = NewType("AccreditationId", str)
"""The id of an accreditation."""

ContributionId = NewType("ContributionId", str)
"""The id of a contribution."""

SourceId = NewType("SourceId", str)
"""The id of a source."""

StakeholderId = NewType("StakeholderId", str)
"""The id of an organization or of a person."""

RecordId = NewType("RecordId", str)
"""The id of a record of any kind."""

Key = NewType("Key", str)
"""A name that is unique within one record: of a segment, a post, an output."""

CountryCode = NewType("CountryCode", str)
"""ISO 3166-1 alpha-2, in capitals; `EU` for the European Union."""

LanguageTag = NewType("LanguageTag", str)
"""A language tag after BCP 47: `es`, `pt-BR`, `und` where the language is not determined."""

Url = NewType("Url", str)
"""An address on the web; whether it is a sound one is a rule's business."""
