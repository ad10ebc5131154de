"""What stakeholders contributed, and how much of each review it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from untoc_network.engagement.review_article_coverage import coverage
from untoc_network.model.register import Register
from untoc_network.reference.facts import Reference
from untoc_network.statistics.small_count_hiding import hide_small_counts, hide_small_total, sort_cells
from untoc_network.statistics.table import Chart, Row, RowSubject, Table, TableNote
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate

__all__ = ["make_contribution_tables"]


def make_contribution_tables(
    register: Register, on: PartialDate, minimum: int | None, audience: Audience, facts: Reference
) -> Iterator[Table]:
    """Contributions by kind, and for each review that has any, how many of its articles they are on."""
    counted = Counter(one.kind.value for one in register.contributions)
    told = hide_small_counts(counted, minimum)
    yield Table(
        key="contributions-by-kind",
        rows_are=RowSubject.KINDS,
        columns=("pieces",),
        rows=tuple(Row(key=kind, cells=(cell,)) for kind, cell in sort_cells(told or {})),
        total=(hide_small_total(counted.total(), minimum),),
        chart=Chart.BARS,
        notes=(TableNote(key="too-few"),) if told is None else (),
    )
    if table := _make_coverage_table(register, on, minimum, audience, facts):
        yield table


def _make_coverage_table(
    register: Register, on: PartialDate, minimum: int | None, audience: Audience, facts: Reference
) -> Table | None:
    targets = {register.resolved(one.target_id) for one in register.contributions if one.target_id is not None}
    countries = {one.country for one in register.contributions if one.target_id is None}
    asked = (review for review in register.country_reviews if review.id in targets or review.country in countries)
    found = [coverage(register, review.id, on, audience=audience, reference=facts) for review in asked]
    pieces = {
        one.review.id: len({piece.contribution.id for row in one.rows for piece in row.pieces}) + len(one.elsewhere)
        for one in found
    }
    having = [one for one in found if pieces[one.review.id]]
    told = hide_small_counts({one.review.id: pieces[one.review.id] for one in having}, minimum)
    if not having:
        return None
    rows = tuple(
        Row(
            key=one.review.id,
            cells=(len(one.rows) or None, one.covered, told[one.review.id]),
            said=TableNote(
                key="review" if one.review.cluster else "review-any",
                params={"country": one.review.country, "cluster": one.review.cluster or 0},
            ),
        )
        for one in having
        if told is not None
    )
    return Table(
        key="contributions-by-review",
        rows_are=RowSubject.REVIEWS,
        columns=("articles", "covered", "pieces"),
        rows=rows,
        chart=Chart.BARS,
        notes=(TableNote(key="coverage"), *(() if told else (TableNote(key="too-few"),))),
    )
