"""CR: what a country review brings forth, on which articles, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.convention import Party
from untoc_network.model.country_review import PUBLISHED_BY_STEP, Artefact, CountryReview, Visibility
from untoc_network.rules import citations
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_duplicates
from untoc_network.rules.areas.party_status import get_status_basis, is_party
from untoc_network.rules.areas.questionnaire_topics import TOPIC_PROBLEMS, find_topic_problem
from untoc_network.rules.looked_at_fields import own_fields, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation


@rule(
    "CR016",
    on=CountryReview,
    severity=Severity.WARNING,
    message="article {article} of {instrument:definite} is in cluster {own}, but the review is on cluster {cluster}",
    hint="check the article and the cluster",
    basis=citations.CLUSTERS,
)
def observation_outside_cluster(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """An observation is on an article of the cluster under review.

    Why: each phase looks at the articles of one cluster. Most of the table of clusters is only recalled; findings say
    so.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "cluster": 1, "observations": [{"key": "o1", "instrument": "UNTOC", "article": "5", "kind": "suggestion"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "cluster": 2, "observations": [{"key": "o1", "instrument": "UNTOC", "article": "5", "kind": "suggestion"}]}]}
    """
    for review in reviews:
        for position, observation in enumerate(review.observations if review.cluster else ()):
            article = observation.article
            row = None if article is None else context.reference.cluster_article(observation.instrument, article)
            if row is not None and row.cluster != review.cluster:
                yield violation(
                    review,
                    "observations",
                    position,
                    "article",
                    rests_on=row.basis("clusters of articles", f"cluster {row.cluster}"),
                    article=article or "",
                    instrument=observation.instrument,
                    own=row.cluster,
                    cluster=review.cluster or 0,
                )


@rule(
    "CR017",
    on=CountryReview,
    severity=Severity.ERROR,
    message="{country:country} is not a party to {instrument:definite}",
    hint="check the instrument, or record the deposit in 'parties'",
    basis=citations.OWN_INSTRUMENTS,
    looks=(
        own_fields("questionnaires", "observations"),
        related_fields(Party, "acts", by=("country",), of=("country",)),
    ),
)
def state_not_party_to_instrument(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """Observations and questionnaires concern instruments to which the State under review is a party.

    Why: a State answers, and is reviewed, only for the instruments to which it is a party.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "questionnaires": [{"instrument": "UNTOC"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "questionnaires": [{"instrument": "TIP"}]}]}
    """
    for review in reviews:
        for name in ("questionnaires", "observations"):
            for position, item in enumerate(getattr(review, name)):
                if is_party(context, review.country, item.instrument) is False:
                    path = (name, position, "instrument")
                    basis = get_status_basis(context, item.instrument)
                    yield violation(review, *path, rests_on=basis, country=review.country, instrument=item.instrument)


@rule(
    "CR018",
    on=CountryReview,
    severity=Severity.ERROR,
    message="the observation has no kind",
    hint="write one of: gap-or-challenge, best-practice, suggestion, technical-assistance-need",
    basis=citations.BLUEPRINT,
)
def observation_without_kind(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """An observation is a gap or challenge, a best practice, a suggestion, or a technical-assistance need.

    Why: the list of observations has these four kinds of content, and working groups look for each.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "observations": [{"key": "o1", "instrument": "UNTOC", "article": "5", "kind": "suggestion"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "observations": [{"key": "o1", "instrument": "UNTOC", "article": "5"}]}]}
    """
    for review in reviews:
        for position, observation in enumerate(review.observations):
            if observation.kind is None:
                yield violation(review, "observations", position, "kind")


@rule(
    "CR019",
    on=CountryReview,
    severity=Severity.WARNING,
    message="the {kind:label} was submitted on {submitted:day}, but no clearance by the focal point is recorded",
    hint="record the day in 'cleared', or ask the focal point",
    basis=citations.FOCAL_POINTS,
)
def output_not_cleared(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """The focal point clears every final submission.

    Why: what was not cleared is a draft, and must not be quoted as the State's word.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "artefacts": [{"kind": "summary", "submitted": "2023-05-01", "cleared": "2023-05-01"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "artefacts": [{"kind": "summary", "submitted": "2023-05-01"}]}]}
    """
    for review in reviews:
        for position, artefact in enumerate(review.artefacts):
            if artefact.submitted is not None and artefact.cleared is None:
                yield violation(review, "artefacts", position, kind=artefact.kind, submitted=artefact.submitted)


@rule(
    "CR020",
    on=CountryReview,
    severity=Severity.ERROR,
    message="the {kind:label} is published, but the State under review opened it only to: {visibility:label}",
    hint="withdraw the publication, or record the State's decision in 'visibility'",
    basis=citations.PUBLICATION,
)
def withheld_output_published(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """What the State under review withheld from the public is not published.

    Why: wider publication is for the State to decide; a register that leaks it loses every State's trust.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "artefacts": [{"kind": "summary", "visibility": "public", "published": "2023-05-01"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "artefacts": [{"kind": "summary", "visibility": "conference", "published": "2023-05-01"}]}]}
    """
    for review in reviews:
        for position, artefact in enumerate(review.artefacts):
            closed = artefact.visibility not in (None, Visibility.PUBLIC)
            if closed and _is_published(artefact, review):
                shown = str(artefact.visibility)
                yield violation(review, "artefacts", position, kind=artefact.kind, visibility=shown)


def _is_published(artefact: Artefact, review: CountryReview) -> bool:
    """Whether an artefact says so itself, or a step of publication in the log covers it."""
    return (
        artefact.published is not None
        or artefact.url is not None
        or any(
            PUBLISHED_BY_STEP.get(entry.step) is artefact.kind
            and (not entry.instruments or artefact.instrument is None or artefact.instrument in entry.instruments)
            for entry in review.log
        )
    )


@rule(
    "CR027",
    on=CountryReview,
    severity=Severity.ERROR,
    message="the review has two questionnaires on {instrument:definite}",
    hint="merge the two questionnaires",
    basis=citations.QUESTIONNAIRES,
)
def duplicate_questionnaire(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """A review has one questionnaire for each instrument.

    Why: with two, nobody can say what the State answered.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "questionnaires": [{"instrument": "UNTOC"}, {"instrument": "TIP"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "questionnaires": [{"instrument": "UNTOC"}, {"instrument": "UNTOC"}]}]}
    """
    for review in reviews:
        for (position, one), _ in find_duplicates(
            enumerate(review.questionnaires), lambda placed: placed[1].instrument
        ):
            yield violation(review, "questionnaires", position, instrument=one.instrument)


@rule(
    "CR028",
    on=CountryReview,
    severity=Severity.ERROR,
    message="{instrument:definite} has no article {article}",
    hint="write the number alone: 10, or 10(2) for a paragraph",
    basis=citations.ARTICLES,
)
def unknown_article(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """An article to which an observation, an answer or feedback refers is an article of its instrument.

    Why: a wrong article would be lost in every table by article.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "observations": [{"key": "o1", "instrument": "UNTOC", "article": "10(2)", "kind": "suggestion"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "observations": [{"key": "o1", "instrument": "UNTOC", "article": "100", "kind": "suggestion"}]}]}
    """
    for review in reviews:
        for path, instrument, article in _list_articles(review):
            if not context.reference.has_article(instrument, article):
                yield violation(review, *path, instrument=instrument, article=article)


@rule(
    "CR033",
    on=CountryReview,
    phrases=TOPIC_PROBLEMS,
    severity=Severity.ERROR,
    message="topic '{topic}' {problem:phrase}",
    hint="name a topic of the table of topics of the questionnaires that belongs to the instrument and the cluster",
    basis=citations.QUESTIONNAIRES,
)
def answer_outside_questionnaire(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """The topic of an answer is one of the questionnaire on its instrument, and of the cluster under review.

    Why: what stakeholders say on a topic finds the answer of the State only where both name the same one. Most of what
    the questionnaires ask is only recalled; findings say so.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "cluster": 1, "questionnaires": [{"instrument": "UNTOC", "answers": [{"question": "5", "topic": "untoc-5"}]}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "cluster": 1, "questionnaires": [{"instrument": "UNTOC", "answers": [{"question": "5", "topic": "untoc-99"}]}]}]}
    """
    for review in reviews:
        for position, questionnaire in enumerate(review.questionnaires):
            for place, answer in enumerate(questionnaire.answers):
                if answer.topic is None:
                    continue
                instrument = questionnaire.instrument
                told, basis = find_topic_problem(context, answer.topic, instrument, review.cluster)
                if told:
                    path = ("questionnaires", position, "answers", place, "topic")
                    yield violation(review, *path, rests_on=basis, topic=answer.topic, **told)


def _list_articles(review: CountryReview) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every article that is named in a review, with its path and its instrument."""
    for name in ("observations", "feedback"):
        for position, item in enumerate(getattr(review, name)):
            if item.article is not None:
                yield (name, position, "article"), item.instrument, item.article
    for position, questionnaire in enumerate(review.questionnaires):
        for place, answer in enumerate(questionnaire.answers):
            if answer.article is not None:
                path = ("questionnaires", position, "answers", place, "article")
                yield path, questionnaire.instrument, answer.article
