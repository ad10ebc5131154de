"""CT: what stakeholders bring to a stage of the review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.contribution import Contribution, ContributionKind, ContributionStage
from untoc_network.model.country_review import CountryReview, CountryReviewStep
from untoc_network.model.dialogue import ConstructiveDialogue
from untoc_network.model.event import Event
from untoc_network.model.general_review import GeneralReview
from untoc_network.rules import citations
from untoc_network.rules.areas.questionnaire_topics import TOPIC_PROBLEMS, find_topic_problem
from untoc_network.rules.looked_at_fields import DATES, own_fields, referenced_fields
from untoc_network.rules.rule import Context, Violation, rule, violation
from untoc_network.values.consent_and_contact import Audience, Purpose
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate

_TARGETS: dict[ContributionStage, tuple[type[Any], ...]] = {
    ContributionStage.SELF_ASSESSMENT: (CountryReview,),
    ContributionStage.CONSTRUCTIVE_DIALOGUE: (ConstructiveDialogue,),
    ContributionStage.GENERAL_REVIEW: (GeneralReview,),
    ContributionStage.FOLLOW_UP: (CountryReview, ConstructiveDialogue, GeneralReview),
}
"""The records that a contribution to each stage can go to."""
_RESTING = {ContributionKind.RESEARCH, ContributionKind.GOOD_PRACTICE, ContributionKind.CASE_STUDY}


@rule(
    "CT002",
    on=Contribution,
    phrases={
        "no-such-article": "does not exist",
        "other-cluster": "is in cluster {own}, not in cluster {cluster}",
    },
    severity=Severity.ERROR,
    message="article {article} of {instrument:definite} {problem:phrase}",
    hint="check the article, the instrument and the cluster",
    basis=citations.ARTICLES,
)
def article_outside_instrument_or_cluster(
    contributions: Iterable[Contribution], context: Context
) -> Iterator[Violation]:
    """The articles of a contribution are articles of its instrument, and of its cluster.

    Why: a wrong article is filed where nobody looks for it. Most of the table of clusters is only recalled;
    findings say so.

    Passes:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "follow-up", "instrument": "UNTOC", "cluster": 1, "articles": ["5", "10(2)"]}]}

    Fails:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "follow-up", "instrument": "UNTOC", "cluster": 2, "articles": ["5"]}]}
    """
    for contribution in contributions:
        instrument = contribution.instrument
        for position, article in enumerate(contribution.articles if instrument is not None else ()):
            row = context.reference.cluster_article(instrument or "", article)
            outside = row is not None and contribution.cluster is not None and row.cluster != contribution.cluster
            if not context.reference.has_article(instrument or "", article):
                told, basis = {"problem": "no-such-article"}, None
            elif row is not None and outside:
                told = {"problem": "other-cluster", "own": str(row.cluster), "cluster": str(contribution.cluster)}
                basis = row.basis("clusters")
            else:
                continue
            path = ("articles", position)
            yield violation(contribution, *path, rests_on=basis, article=article, instrument=str(instrument), **told)


@rule(
    "CT009",
    on=Contribution,
    phrases=TOPIC_PROBLEMS,
    severity=Severity.ERROR,
    message="topic '{topic}' {problem:phrase}",
    hint="name a topic of the table of topics of the questionnaires that belongs to the instrument and the cluster",
    basis=citations.QUESTIONNAIRES,
)
def topic_outside_questionnaire(contributions: Iterable[Contribution], context: Context) -> Iterator[Violation]:
    """The topics of a contribution are topics of the questionnaires, of its instrument and of its cluster.

    Why: what is said on a topic finds the answer of the State only where both name the same one. Most of what the
    questionnaires ask is only recalled; findings say so.

    Passes:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "follow-up", "instrument": "UNTOC", "cluster": 1, "topics": ["untoc-5", "difficulties"]}]}

    Fails:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "follow-up", "instrument": "UNTOC", "topics": ["untoc-99"]}]}
    """
    for contribution in contributions:
        for position, topic in enumerate(contribution.topics):
            told, basis = find_topic_problem(context, topic, contribution.instrument, contribution.cluster)
            if told:
                yield violation(contribution, "topics", position, rests_on=basis, topic=topic, **told)


@rule(
    "CT003",
    on=Contribution,
    severity=Severity.ERROR,
    message="the contribution is for the public, but no consent of its authors to publication is recorded",
    hint="record the consent, or narrow 'audience'",
    needs_day=True,
    basis=citations.PEOPLE_FIRST,
)
def publication_without_consent(contributions: Iterable[Contribution], context: Context) -> Iterator[Violation]:
    """A contribution for the public has its authors' consent to publication, neither withdrawn nor expired.

    Why: people who write on organized crime can be put at risk by being named.

    Passes:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "follow-up", "audience": "public", "consents": [{"purpose": "publication", "audience": "public", "basis": "written"}]}]}

    Fails:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "follow-up", "audience": "public"}]}
    """
    for contribution in contributions:
        public = contribution.audience is Audience.PUBLIC
        if public and not may(contribution, Purpose.PUBLICATION, Audience.PUBLIC, context.day):
            yield violation(contribution, "consents")


@rule(
    "CT004",
    on=Contribution,
    severity=Severity.WARNING,
    message="the contribution ({kind:label}) gives no evidence",
    hint="link in 'evidence' to what the contribution rests on",
    basis=citations.SOURCED,
)
def contribution_without_evidence(contributions: Iterable[Contribution], context: Context) -> Iterator[Violation]:
    """Research, a good practice and a case study say what they rest on.

    Why: reviewers can use only what they can check.

    Passes:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "research", "stage": "follow-up", "evidence": [{"kind": "document", "url": "https://example.org/study"}]}]}

    Fails:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "research", "stage": "follow-up"}]}
    """
    for contribution in contributions:
        if contribution.kind in _RESTING and not contribution.evidence:
            yield violation(contribution, "evidence", kind=contribution.kind)


@rule(
    "CT005",
    on=Contribution,
    phrases={
        "no-stage": "the contribution does not say for which stage it is meant",
        "other-stage": "'{id}' does not belong to the stage '{stage:label}'",
    },
    severity=Severity.ERROR,
    message="{problem:phrase}",
    hint="name the stage in 'stage', and in 'target_id' a review or dialogue of that stage",
    basis=citations.ENTRY_POINTS,
    looks=(own_fields("stage"), referenced_fields("target_id")),
)
def unclear_target_stage(contributions: Iterable[Contribution], context: Context) -> Iterator[Violation]:
    """A contribution says for which stage it is meant, and its target belongs to that stage.

    Why: stages close on different days, and in a dialogue no country may be named.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA"}], "contributions": [{"id": "c1", "title": {"en": "Answers"}, "kind": "mirror-answers", "stage": "self-assessment", "target_id": "xa-1"}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA"}], "contributions": [{"id": "c1", "title": {"en": "Answers"}, "kind": "mirror-answers", "stage": "general-review", "target_id": "xa-1"}]}
    """
    for contribution in contributions:
        target = context.get(contribution.target_id)
        if contribution.stage is None:
            yield violation(contribution, "stage", problem="no-stage")
        elif target is not None and not isinstance(target, _TARGETS[contribution.stage]):
            yield violation(contribution, "target_id", problem="other-stage", id=target.id, stage=contribution.stage)


@rule(
    "CT006",
    on=Contribution,
    severity=Severity.WARNING,
    message="the contribution was submitted on {on:day}, after its stage had closed ({closed:day})",
    hint="check both dates, or submit the contribution to the next stage",
    basis=citations.ENTRY_POINTS_CLOSE,
    looks=(
        own_fields("stage", "submitted"),
        referenced_fields("target_id", "log", "event_id").then(referenced_fields("event_id", *DATES)),
    ),
)
def late_contribution(contributions: Iterable[Contribution], context: Context) -> Iterator[Violation]:
    """A contribution is submitted before its stage closes.

    Why: after the questionnaire is submitted, the dialogue held or the session closed, nobody takes it up.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start"}, {"step": "hold-initial-consultation"}, {"step": "submit-questionnaire", "on": "2022-02-28"}]}], "contributions": [{"id": "c1", "title": {"en": "Answers"}, "kind": "mirror-answers", "stage": "self-assessment", "target_id": "xa-1", "submitted": "2022-02-01"}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start"}, {"step": "hold-initial-consultation"}, {"step": "submit-questionnaire", "on": "2022-02-28"}]}], "contributions": [{"id": "c1", "title": {"en": "Answers"}, "kind": "mirror-answers", "stage": "self-assessment", "target_id": "xa-1", "submitted": "2022-03-01"}]}
    """
    for contribution in contributions:
        follow_up = contribution.stage is ContributionStage.FOLLOW_UP
        closed = None if follow_up else _find_closing_day(context.get(contribution.target_id), context)
        if closed is not None and contribution.submitted is not None and contribution.submitted.certainly_after(closed):
            yield violation(contribution, "submitted", on=contribution.submitted, closed=closed)


def _find_closing_day(target: Any, context: Context) -> PartialDate | None:
    """The last day on which a stage takes contributions, as far as it is known."""
    if isinstance(target, CountryReview):
        submitted = (entry for entry in target.log if entry.step is CountryReviewStep.SUBMIT_QUESTIONNAIRE)
        return next((entry.on for entry in submitted), None)
    event = context.get(target.event_id) if isinstance(target, (ConstructiveDialogue, GeneralReview)) else None
    return (event.last_day or event.first_day) if isinstance(event, Event) else None
