"""Small texts of one fixed form: ids, keys, country codes, language tags, addresses on the web.

They are plain `str` at run time; the types tell a reader of code, a type checker and the reader of documents which
form a text must have and, for ids, which records it may name.
"""

from __future__ import annotations

import re
from typing import Any, NewType

import attrs

__all__ = [
    "TEXT_FORMS",
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
    "TextForm",
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


@attrs.frozen
class TextForm:
    """The one form that a kind of text has, and how to say so."""

    name: str
    pattern: re.Pattern[str]
    longest: int
    described: str

    def fits(self, text: str) -> bool:
        """Whether the text has this form."""
        return len(text) <= self.longest and self.pattern.fullmatch(text) is not None

    def fit_all(self, texts: list[str]) -> bool:
        """Whether each of the texts has this form; asked of many at once, which is quicker than one by one."""
        lines = "\n".join([*texts, ""])
        of_one_line = lines.count("\n") == len(texts) and max(map(len, texts), default=0) <= self.longest
        return of_one_line and re.fullmatch(rf"(?:{self.pattern.pattern}\n)*+", lines) is not None


_SLUG = TextForm(
    "slug",
    re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
    100,
    "lower-case letters a-z and digits in groups joined by single hyphens",
)
_COUNTRY = TextForm("country", re.compile(r"[A-Z]{2}"), 2, "two capital letters (ISO 3166-1 alpha-2)")
_LANGUAGE = TextForm(
    "language",
    re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"),
    11,
    "a language tag such as es or pt-BR",
)
_URL = TextForm("address", re.compile(r"[^\x00-\x20\x7f]+"), 2048, "an address without blanks or control characters")

TEXT_FORMS: dict[Any, TextForm] = {
    **dict.fromkeys(
        (
            OrganizationId,
            PersonId,
            NetworkId,
            MembershipId,
            ProjectId,
            FundingId,
            EventId,
            StatementId,
            ActionPlanId,
            InstrumentId,
            PartyId,
            CountryReviewId,
            GeneralReviewId,
            DialogueId,
            AccreditationId,
            ContributionId,
            SourceId,
            StakeholderId,
            RecordId,
            Key,
        ),
        _SLUG,
    ),
    CountryCode: _COUNTRY,
    LanguageTag: _LANGUAGE,
    Url: _URL,
}
