"""Which articles of a review have contributions, and from whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

import attrs

from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.engagement.nameable_authors import NamedAuthors, find_named_authors
from untoc_network.model.contribution import Contribution, ContributionStage
from untoc_network.model.convention import TreatyCode
from untoc_network.model.country_review import CountryReview
from untoc_network.model.register import Register
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.reference.row_types import Article
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate

__all__ = [
    "ArticleCoverage",
    "Coverage",
    "CoveringContribution",
    "contribution_belongs_to_review",
    "coverage",
    "list_articles_under_review",
]


@attrs.frozen(kw_only=True)
class CoveringContribution(HasPlainForm):
    """A contribution to an article, and who may be named for it."""

    contribution: Contribution
    by: NamedAuthors

    plain_form = PlainForm(
        "contribution=contribution.id kind=contribution.kind named=by.named unnamed=by.unnamed_count"
    )


@attrs.frozen(kw_only=True)
class ArticleCoverage(HasPlainForm):
    """An article of a review with what there is on it; `certainty` is how sure it is that it is in the cluster."""

    instrument: TreatyCode
    article: str
    title: str
    certainty: Certainty
    pieces: tuple[CoveringContribution, ...]


@attrs.frozen(kw_only=True)
class Coverage(HasPlainForm):
    """All articles of a review, and the contributions to it that name no article of it."""

    review: CountryReview
    on: PartialDate
    audience: Audience
    rows: tuple[ArticleCoverage, ...]
    elsewhere: tuple[CoveringContribution, ...]

    @property
    def covered(self) -> int:
        """How many of the articles have at least one contribution."""
        return sum(1 for row in self.rows if row.pieces)

    plain_form = PlainForm(
        "review=review.id country=review.country cluster=review.cluster on audience articles covered rows elsewhere",
        articles=lambda coverage: len(coverage.rows),
    )


@check_arguments
def coverage(
    register: Register,
    review_id: str,
    on: PartialDate | dt.date | str,
    *,
    audience: Audience = Audience.INTERNAL,
    reference: Reference | None = None,
) -> Coverage:
    """Which articles of a review have contributions, from whom; authors are named as the audience may know them.

    The articles are those of the review's cluster in its instruments; where the instruments are not recorded, in those
    that the State is party to. What is meant for a dialogue counts for no review. Raises `UnknownRecord`.
    """
    review, day, facts = register[review_id], PartialDate.of(on), reference or packaged()
    if not isinstance(review, CountryReview):
        raise UnknownRecord(f"{review_id!r} is not a country review")
    pieces = [
        CoveringContribution(contribution=one, by=find_named_authors(register, one, audience, day))
        for one in register.contributions
        if contribution_belongs_to_review(one, review, register)
    ]
    by_article: defaultdict[tuple[TreatyCode, str], list[CoveringContribution]] = defaultdict(list)
    for piece in pieces:
        for pair in _list_whole_articles(piece.contribution, facts):
            by_article[pair].append(piece)
    rows = tuple(
        ArticleCoverage(
            instrument=article.treaty,
            article=article.number,
            title=article.title,
            certainty=_get_article_certainty(article, facts),
            pieces=tuple(by_article[article.treaty, article.number]),
        )
        for article in list_articles_under_review(review, facts, day)
    )
    placed = {piece.contribution.id for row in rows for piece in row.pieces}
    elsewhere = tuple(piece for piece in pieces if piece.contribution.id not in placed)
    return Coverage(review=review, on=day, audience=audience, rows=rows, elsewhere=elsewhere)


def contribution_belongs_to_review(contribution: Contribution, review: CountryReview, register: Register) -> bool:
    """Whether a contribution goes to a review: by its target, or else by its country and cluster."""
    if contribution.stage is ContributionStage.CONSTRUCTIVE_DIALOGUE:
        return False
    if contribution.target_id is not None:
        return register.resolved(contribution.target_id) == review.id
    return contribution.country == review.country and contribution.cluster in (None, review.cluster)


def list_articles_under_review(review: CountryReview, facts: Reference, on: PartialDate) -> Iterator[Article]:
    """The articles of the review's cluster, of all clusters where it is not known."""
    parties = (code for code in TreatyCode if facts.is_party(review.country, code, on=on))
    for code in review.instruments or parties:
        yield from facts.articles(code, cluster=review.cluster)


def _list_whole_articles(contribution: Contribution, facts: Reference) -> Iterable[tuple[TreatyCode, str]]:
    """Of `10(2)` the whole article, and of each topic of the questionnaires the article that it is on; each once."""
    instrument, topics = contribution.instrument, map(facts.questionnaire_topic, contribution.topics)
    named = [(instrument, one.partition("(")[0]) for one in contribution.articles if instrument is not None]
    asked = [(row.treaty, row.article) for row in topics if row is not None and row.treaty and row.article]
    return dict.fromkeys((*named, *asked))


def _get_article_certainty(article: Article, facts: Reference) -> Certainty:
    row = facts.cluster_article(article.treaty, article.number)
    return Certainty.RECALLED if row is None else row.certainty
