"""What stakeholders bring to a stage of the Mechanism."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.convention import TreatyCode
from untoc_network.model.organization_and_person import Theme
from untoc_network.model.record import SourcedRecord
from untoc_network.values.consent_and_contact import Audience, Consent
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.ids_and_codes import ContributionId, CountryCode, Key, RecordId, StakeholderId
from untoc_network.values.json_forms import FromDate, FromMappings, FromText, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Link

__all__ = ["Contribution", "ContributionKind", "ContributionStage", "ContributionStatus"]


class ContributionKind(StrEnum):
    """What a contribution is."""

    MIRROR_ANSWERS = "mirror-answers"
    """Answers to a questionnaire that mirrors the self-assessment questionnaire."""
    RESEARCH = "research"
    GOOD_PRACTICE = "good-practice"
    CASE_STUDY = "case-study"
    STATEMENT = "statement"
    TECHNICAL_ASSISTANCE_OFFER = "technical-assistance-offer"


class ContributionStage(StrEnum):
    """For which stage of the Mechanism a contribution is meant."""

    SELF_ASSESSMENT = "self-assessment"
    CONSTRUCTIVE_DIALOGUE = "constructive-dialogue"
    GENERAL_REVIEW = "general-review"
    FOLLOW_UP = "follow-up"


class ContributionStatus(StrEnum):
    """How far a contribution has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    REFLECTED = "reflected"


@attrs.frozen(kw_only=True)
class Contribution(SourcedRecord):
    """Something that stakeholders bring to a stage of the review: research, a practice, answers, a statement."""

    id: ContributionId = attrs.field(metadata=about("Id", "Stable slug of the contribution."))
    title: Text = attrs.field(converter=FromWordings[Text], metadata=about("Title", "What it is called."))
    kind: ContributionKind = attrs.field(
        converter=FromText[ContributionKind],
        metadata=about("Kind", "Mirror answers, research, good practice and so on."),
    )
    stage: ContributionStage | None = attrs.field(
        default=None,
        converter=FromText[ContributionStage | None],
        metadata=about("Stage", "The stage it is meant for."),
    )
    target_id: RecordId | None = attrs.field(
        default=None, metadata=about("Target", "The review or dialogue that it goes to.")
    )
    author_ids: tuple[StakeholderId, ...] = attrs.field(
        default=(), converter=FromTexts[StakeholderId], metadata=about("Authors", "Who made it.")
    )
    country: CountryCode | None = attrs.field(
        default=None, metadata=about("Country", "The country it is about; never for a constructive dialogue.")
    )
    instrument: TreatyCode | None = attrs.field(
        default=None, converter=FromText[TreatyCode | None], metadata=about("Instrument", "The instrument it is on.")
    )
    cluster: int | None = attrs.field(default=None, metadata=about("Cluster", "The thematic cluster: 1-4."))
    articles: tuple[str, ...] = attrs.field(
        default=(), converter=FromTexts[str], metadata=about("Articles", "The articles: 10, 10(2).")
    )
    topics: tuple[Key, ...] = attrs.field(
        default=(),
        converter=FromTexts[Key],
        metadata=about("Topics", "The topics of the questionnaires that it answers to."),
    )
    themes: tuple[Theme, ...] = attrs.field(
        default=(), converter=FromTexts[Theme], metadata=about("Themes", "What it is about.")
    )
    text: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Text", "What it says.", Sensitivity.INTERNAL)
    )
    evidence: tuple[Link, ...] = attrs.field(
        default=(), converter=FromMappings[Link], metadata=about("Evidence", "What it rests on.", Sensitivity.INTERNAL)
    )
    audience: Audience = attrs.field(
        default=Audience.INTERNAL,
        converter=FromText[Audience],
        metadata=about("Audience", "The widest circle that may see it."),
    )
    status: ContributionStatus = attrs.field(
        default=ContributionStatus.DRAFT,
        converter=FromText[ContributionStatus],
        metadata=about("Status", "Draft, submitted, acknowledged, reflected."),
    )
    submitted: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Submitted", "When it was handed in.")
    )
    reflected_in: Text | None = attrs.field(
        default=None,
        converter=FromWordings[Text | None],
        metadata=about("Reflected in", "Where it was taken up, in words."),
    )
    consents: tuple[Consent, ...] = attrs.field(
        default=(),
        converter=FromMappings[Consent],
        metadata=about("Consents", "What its authors agreed to.", Sensitivity.INTERNAL),
    )
