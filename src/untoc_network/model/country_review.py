"""The country review: who reviews whom, by whom States act, what is answered, observed and shown to whom."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.convention import TreatyCode
from untoc_network.model.log_entry import Entry
from untoc_network.model.record import SourcedRecord
from untoc_network.values.dates import PartialDate, Period
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.ids_and_codes import (
    CountryCode,
    CountryReviewId,
    EventId,
    Key,
    LanguageTag,
    PersonId,
    StakeholderId,
    Url,
)
from untoc_network.values.json_forms import FromDate, FromMapping, FromMappings, FromText, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Link
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation

__all__ = [
    "PUBLISHED_BY_STEP",
    "Answer",
    "AnswerChoice",
    "Artefact",
    "ArtefactKind",
    "CountryReview",
    "CountryReviewStep",
    "FeedbackKind",
    "NationalConsultation",
    "Nomination",
    "NominationRole",
    "Observation",
    "ObservationKind",
    "Questionnaire",
    "QuestionnaireEntry",
    "QuestionnaireStep",
    "ReviewEntry",
    "ReviewingState",
    "Visibility",
    "WrittenFeedback",
]


class CountryReviewStep(StrEnum):
    """The steps of a country review, and what may happen to it on the way."""

    START = "start"
    NOMINATE_FOCAL_POINT = "nominate-focal-point"
    NOMINATE_EXPERTS = "nominate-experts"
    HOLD_INITIAL_CONSULTATION = "hold-initial-consultation"
    SUBMIT_QUESTIONNAIRE = "submit-questionnaire"
    SUBMIT_FEEDBACK = "submit-feedback"
    HOLD_DIALOGUE = "hold-dialogue"
    DRAFT_OBSERVATIONS = "draft-observations"
    AGREE_ON_OBSERVATIONS = "agree-on-observations"
    PREPARE_SUMMARY = "prepare-summary"
    SHARE_WITH_WORKING_GROUPS = "share-with-working-groups"
    JOIN_AFTER_DRAWING = "join-after-drawing"
    """The State under review became a party after the lots were drawn, and has no group yet."""
    ASSIGN_TO_GROUP = "assign-to-group"
    DRAW_REVIEWERS = "draw-reviewers"
    REDRAW_REVIEWERS = "redraw-reviewers"
    DEFER_REVIEWING = "defer-reviewing"
    REPLACE_REVIEWER = "replace-reviewer"
    EXTEND_PHASE = "extend-phase"
    OPEN_REGISTRATION = "open-registration"
    """The secretariat sends the participants of a State the link to its platform."""
    REGISTER_IN_PLATFORM = "register-in-platform"
    FACILITATE = "facilitate"
    ISSUE_STATUS_PAPER = "issue-status-paper"
    CLEAR_SUMMARY = "clear-summary"
    TRANSLATE_SUMMARY = "translate-summary"
    PUBLISH_OBSERVATIONS = "publish-observations"
    PUBLISH_SUMMARY = "publish-summary"
    COMPILE_RECOMMENDATIONS = "compile-recommendations"


@attrs.frozen(kw_only=True)
class ReviewEntry(Entry):
    """A step of a country review that was taken. A questionnaire counts as submitted with its last instrument.

    What each reviewing State does for itself (feedback, list of observations) has an entry for each of them, and where
    they do it instrument by instrument, one for each of these.
    """

    step: CountryReviewStep = attrs.field(
        converter=FromText[CountryReviewStep], metadata=about("Step", "What was done.")
    )
    instruments: tuple[TreatyCode, ...] = attrs.field(
        default=(),
        converter=FromTexts[TreatyCode],
        metadata=about("Instruments", "For which instruments; none named means for all."),
    )
    languages: tuple[LanguageTag, ...] = attrs.field(
        default=(),
        converter=FromTexts[LanguageTag],
        metadata=about("Languages", "In which languages it is translated or published, as far as known."),
    )
    url: Url | None = attrs.field(default=None, metadata=about("URL", "Where it is published."))
    joins: tuple[CountryCode, ...] = attrs.field(
        default=(),
        converter=FromTexts[CountryCode],
        metadata=about("Joins", "The States that review from here on, by a draw or in the place of others."),
    )
    leaves: tuple[CountryCode, ...] = attrs.field(
        default=(),
        converter=FromTexts[CountryCode],
        metadata=about("Leaves", "The States that review no longer from here on."),
    )
    until: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("Until", "Until when the Conference keeps the phase, where it extends it."),
    )

    @property
    def leaving(self) -> tuple[CountryCode, ...]:
        """The States that review no longer from here on; who defers leaves this review too."""
        return self.leaves or (self.by if self.step is CountryReviewStep.DEFER_REVIEWING else ())


class QuestionnaireStep(StrEnum):
    """The steps by which a State answers the self-assessment questionnaire."""

    BEGIN = "begin"
    ANNOUNCE_CONSULTATION = "announce-consultation"
    HOLD_CONSULTATION = "hold-consultation"
    SUBMIT = "submit"
    ADD_INFORMATION = "add-information"


@attrs.frozen(kw_only=True)
class QuestionnaireEntry(Entry):
    """A step of answering the questionnaire that was taken."""

    step: QuestionnaireStep = attrs.field(
        converter=FromText[QuestionnaireStep], metadata=about("Step", "What was done.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class ReviewingState(SelfChecked):
    """A State that reviews, for the instruments it was drawn for; none named means not known for which."""

    country: CountryCode = attrs.field(metadata=about("Country", "The reviewing State."))
    instruments: tuple[TreatyCode, ...] = attrs.field(
        default=(), converter=FromTexts[TreatyCode], metadata=about("Instruments", "The instruments it reviews.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


class NominationRole(StrEnum):
    """For what a State nominates someone."""

    FOCAL_POINT = "focal-point"
    GOVERNMENTAL_EXPERT = "governmental-expert"
    OBSERVER = "observer"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Nomination(SelfChecked):
    """That a State nominated someone for a review, by note verbale. When that was notified stands in the log."""

    role: NominationRole = attrs.field(
        converter=FromText[NominationRole], metadata=about("Role", "Focal point, governmental expert, observer.")
    )
    country: CountryCode = attrs.field(metadata=about("Country", "The State that nominates."))
    person_id: PersonId | None = attrs.field(default=None, metadata=about("Person", "Who was nominated, if known."))
    office: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Office", "The office that holds the role.")
    )
    instruments: tuple[TreatyCode, ...] = attrs.field(
        default=(),
        converter=FromTexts[TreatyCode],
        metadata=about("Instruments", "For which instruments; none named means for all."),
    )
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when it holds.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


class AnswerChoice(StrEnum):
    """What a State answers to a question. That the third choice is `no` is only recalled."""

    YES = "yes"
    IN_PART = "in-part"
    NO = "no"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Answer(SelfChecked):
    """The answer to one question of the questionnaire."""

    question: str = attrs.field(metadata=about("Question", "The number or name of the question, as printed."))
    article: str | None = attrs.field(default=None, metadata=about("Article", "The article it is about: 10, 10(2)."))
    topic: Key | None = attrs.field(
        default=None,
        metadata=about("Topic", "What the question is about, as the table of topics of the questionnaires names it."),
    )
    choice: AnswerChoice | None = attrs.field(
        default=None, converter=FromText[AnswerChoice | None], metadata=about("Choice", "Yes, in part, no.")
    )
    text: Text | None = attrs.field(
        default=None,
        converter=FromWordings[Text | None],
        metadata=about("Text", "What was written besides.", Sensitivity.INTERNAL),
    )
    legal_references: tuple[str, ...] = attrs.field(
        default=(),
        converter=FromTexts[str],
        metadata=about("Legal references", "Laws and provisions that it cites.", Sensitivity.INTERNAL),
    )
    attachments: tuple[Link, ...] = attrs.field(
        default=(),
        converter=FromMappings[Link],
        metadata=about("Attachments", "Laws, cases and other texts it links to.", Sensitivity.INTERNAL),
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class NationalConsultation(SelfChecked):
    """The consultation of stakeholders at home before a State answers; it is encouraged, not required."""

    event_id: EventId | None = attrs.field(default=None, metadata=about("Event", "The meeting, if it was one."))
    with_ids: tuple[StakeholderId, ...] = attrs.field(
        default=(), converter=FromTexts[StakeholderId], metadata=about("With", "Who was consulted.")
    )
    summary: Text | None = attrs.field(
        default=None,
        converter=FromWordings[Text | None],
        metadata=about("Summary", "How it went, in the register's words."),
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class Questionnaire(SelfChecked):
    """The self-assessment questionnaire on one instrument, with its answers and how they came about."""

    instrument: TreatyCode = attrs.field(
        converter=FromText[TreatyCode], metadata=about("Instrument", "The Convention or the Protocol.")
    )
    answers: tuple[Answer, ...] = attrs.field(
        default=(), converter=FromMappings[Answer], metadata=about("Answers", "What the State answered.")
    )
    consultation: NationalConsultation | None = attrs.field(
        default=None,
        converter=FromMapping[NationalConsultation | None],
        metadata=about("National consultation", "Who was consulted at home."),
    )
    log: tuple[QuestionnaireEntry, ...] = attrs.field(
        default=(), converter=FromMappings[QuestionnaireEntry], metadata=about("Log", "The steps taken, in order.")
    )


class FeedbackKind(StrEnum):
    """What a passage of the written feedback does."""

    MEASURES = "measures"
    SUCCESS = "success"
    CHALLENGE = "challenge"
    REQUEST_FOR_CLARIFICATION = "request-for-clarification"


@attrs.frozen(kw_only=True, weakref_slot=False)
class WrittenFeedback(SelfChecked):
    """A passage of a reviewing State's written feedback. Exchanges between the States are confidential (recalled)."""

    country: CountryCode = attrs.field(metadata=about("Country", "The reviewing State."))
    instrument: TreatyCode = attrs.field(
        converter=FromText[TreatyCode], metadata=about("Instrument", "The Convention or the Protocol.")
    )
    kind: FeedbackKind = attrs.field(
        converter=FromText[FeedbackKind], metadata=about("Kind", "Measures, success, challenge, request.")
    )
    article: str | None = attrs.field(default=None, metadata=about("Article", "The article it is about."))
    text: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Text", "What it says.", Sensitivity.INTERNAL)
    )


class ObservationKind(StrEnum):
    """The four kinds of content that a list of observations has."""

    GAP_OR_CHALLENGE = "gap-or-challenge"
    BEST_PRACTICE = "best-practice"
    SUGGESTION = "suggestion"
    TECHNICAL_ASSISTANCE_NEED = "technical-assistance-need"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Observation(SelfChecked):
    """One item of the list of observations."""

    key: Key = attrs.field(metadata=about("Key", "Name of the observation within the review."))
    instrument: TreatyCode = attrs.field(
        converter=FromText[TreatyCode], metadata=about("Instrument", "The Convention or the Protocol.")
    )
    article: str | None = attrs.field(default=None, metadata=about("Article", "The article it is about: 10, 10(2)."))
    kind: ObservationKind | None = attrs.field(
        default=None,
        converter=FromText[ObservationKind | None],
        metadata=about("Kind", "Gap or challenge, best practice, suggestion, technical-assistance need."),
    )
    text: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Text", "What it says.", Sensitivity.INTERNAL)
    )


class ArtefactKind(StrEnum):
    """What a country review brings forth."""

    QUESTIONNAIRE_ANSWERS = "questionnaire-answers"
    WRITTEN_FEEDBACK = "written-feedback"
    LIST_OF_OBSERVATIONS = "list-of-observations"
    SUMMARY = "summary"


PUBLISHED_BY_STEP = {
    CountryReviewStep.PUBLISH_OBSERVATIONS: ArtefactKind.LIST_OF_OBSERVATIONS,
    CountryReviewStep.PUBLISH_SUMMARY: ArtefactKind.SUMMARY,
}
"""What the steps of publication make public."""


class Visibility(StrEnum):
    """Who may see what a review brings forth, the narrowest first."""

    REVIEWING_STATES = "reviewing-states"
    """The State under review, the reviewing States and the secretariat."""
    STATES_PARTIES = "states-parties"
    CONFERENCE = "conference"
    """The Conference and its working groups."""
    PUBLIC = "public"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Artefact(SelfChecked):
    """How far an artefact of the review has come, and who may see it. Only the State under review widens that."""

    kind: ArtefactKind = attrs.field(
        converter=FromText[ArtefactKind], metadata=about("Kind", "Answers, feedback, list of observations, summary.")
    )
    instrument: TreatyCode | None = attrs.field(
        default=None,
        converter=FromText[TreatyCode | None],
        metadata=about("Instrument", "The instrument it is on; none named means all."),
    )
    submitted: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Submitted", "When it was final.")
    )
    cleared: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("Cleared", "When the focal point cleared the final submission."),
    )
    visibility: Visibility | None = attrs.field(
        default=None,
        converter=FromText[Visibility | None],
        metadata=about("Visibility", "Who may see it, by decision of the State under review."),
    )
    published: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Published", "When it became public.")
    )
    languages: tuple[LanguageTag, ...] = attrs.field(
        default=(),
        converter=FromTexts[LanguageTag],
        metadata=about("Languages", "In which languages it is published, as far as known."),
    )
    url: Url | None = attrs.field(default=None, metadata=about("URL", "Where it is published."))
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where this was read.")
    )


@attrs.frozen(kw_only=True)
class CountryReview(SourcedRecord):
    """The review of one party in one phase, over all its instruments. Its stage follows from its log."""

    id: CountryReviewId = attrs.field(metadata=about("Id", "Stable slug of the review."))
    country: CountryCode = attrs.field(metadata=about("State under review", "The party that is reviewed."))
    group: int | None = attrs.field(default=None, metadata=about("Group", "The review group it was drawn into: 1-3."))
    phase: int | None = attrs.field(default=None, metadata=about("Phase", "The phase of the review: 1-4."))
    cluster: int | None = attrs.field(default=None, metadata=about("Cluster", "The thematic cluster: 1-4."))
    instruments: tuple[TreatyCode, ...] = attrs.field(
        default=(),
        converter=FromTexts[TreatyCode],
        metadata=about("Instruments", "The instruments under review; none named means not known."),
    )
    reviewers: tuple[ReviewingState, ...] = attrs.field(
        default=(),
        converter=FromMappings[ReviewingState],
        metadata=about("Reviewing States", "Who reviews it; none named means not known."),
    )
    more_reviewers: bool = attrs.field(
        default=False,
        metadata=about("More reviewers", "Whether the State under review decided to have more than four."),
    )
    languages: tuple[LanguageTag, ...] = attrs.field(
        default=(),
        converter=FromTexts[LanguageTag],
        metadata=about("Languages", "In which it is carried out, as agreed in the consultation."),
    )
    nominations: tuple[Nomination, ...] = attrs.field(
        default=(),
        converter=FromMappings[Nomination],
        metadata=about("Nominations", "Focal points, governmental experts and observers."),
    )
    questionnaires: tuple[Questionnaire, ...] = attrs.field(
        default=(),
        converter=FromMappings[Questionnaire],
        metadata=about("Questionnaires", "The self-assessment, one an instrument."),
    )
    feedback: tuple[WrittenFeedback, ...] = attrs.field(
        default=(),
        converter=FromMappings[WrittenFeedback],
        metadata=about("Written feedback", "Of the reviewing States.", Sensitivity.INTERNAL),
    )
    observations: tuple[Observation, ...] = attrs.field(
        default=(),
        converter=FromMappings[Observation],
        metadata=about("List of observations", "What the review found.", Sensitivity.INTERNAL),
    )
    summary: Text | None = attrs.field(
        default=None,
        converter=FromWordings[Text | None],
        metadata=about("Summary", "Of the list of observations.", Sensitivity.INTERNAL),
    )
    artefacts: tuple[Artefact, ...] = attrs.field(
        default=(),
        converter=FromMappings[Artefact],
        metadata=about("Artefacts", "Who may see what the review brought forth."),
    )
    log: tuple[ReviewEntry, ...] = attrs.field(
        default=(), converter=FromMappings[ReviewEntry], metadata=about("Log", "The steps taken, in order.")
    )

    @property
    def states(self) -> tuple[CountryCode, ...]:
        """The State under review and the reviewing States, as far as known, each once."""
        return tuple(dict.fromkeys((self.country, *self.reviewing_states())))

    def reviewing_states(self, number: int | None = None) -> tuple[CountryCode, ...]:
        """Who reviews it after so many entries of its log, or after all, as far as known.

        Who joined or left by a redraw, a deferral or a replacement counts from that entry on, wherever `reviewers` has
        the States of today or those of the first draw.
        """
        changes = [(entry.leaving, entry.joins) for entry in self.log if entry.joins or entry.leaving]
        if not changes:
            return tuple(dict.fromkeys(reviewer.country for reviewer in self.reviewers))
        joined = {state for _, joining in changes for state in joining}
        reviewing = dict.fromkeys(one.country for one in self.reviewers if one.country not in joined)
        came: set[CountryCode] = set()
        for leaving, joining in changes:
            reviewing |= dict.fromkeys(state for state in leaving if state not in came)
            came.update(joining)
        for entry in self.log[:number]:
            for state in entry.leaving:
                reviewing.pop(state, None)
            reviewing |= dict.fromkeys(entry.joins)
        return tuple(reviewing)

    def focal_points(self, country: CountryCode) -> tuple[Nomination, ...]:
        """Whom one State nominated as focal point, one after the other."""
        return tuple(
            nomination
            for nomination in self.nominations
            if nomination.role is NominationRole.FOCAL_POINT and nomination.country == country
        )
