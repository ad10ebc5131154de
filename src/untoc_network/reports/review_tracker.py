"""The tracker of country reviews for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from untoc_network.diagnostics.code import with_count
from untoc_network.process.review_tracker import ReviewStanding, ReviewTracker
from untoc_network.reports.text_table import render_table
from untoc_network.reports.text_wrapping import wrap

__all__ = ["render_tracker"]

_HEAD = (
    "State",
    "group",
    "phase",
    "cluster",
    "stage",
    "late",
    "not recorded",
    "reviewers",
    "focal point",
    "published",
)


def render_tracker(tracker: ReviewTracker, *, width: int | None = 80) -> Iterator[str]:
    """A line for each review; columns of which nothing is known are left out.

    It tells the step that is longest due and not recorded, and `no record` where nothing tells whether one is late.
    Then come the totals,
    counted as the secretariat prints them: a review is started once its initial consultation was held.
    """
    columns = zip(_HEAD, *(_format_standing_cells(standing) for standing in tracker.standings), strict=True)
    told = [column for column in columns if any(cell not in (None, "") for cell in column[1:])]
    if told:
        head, *rows = zip(*told, strict=True)
        yield from render_table(head, rows, width=width)
    if tracker.standings:
        yield ""
    totals = ", ".join(f"{number} {progress.replace('-', ' ')}" for progress, number in tracker.totals.items())
    yield from wrap(
        f"{with_count(len(tracker.standings), 'country review|country reviews')} on {tracker.on}: {totals}", width
    )


def _format_standing_cells(standing: ReviewStanding) -> tuple[object, ...]:
    review = standing.review
    late = [deadline for deadline in standing.late if deadline.is_open]
    longest = min(late or standing.due, key=lambda deadline: deadline.latest.last, default=None)
    point = standing.focal_point
    return (
        standing.name,
        review.group,
        review.phase,
        review.cluster,
        standing.state.replace("-", " "),
        f"{standing.most_late} d" if late else "no record" if longest else None,
        longest.step.replace("-", " ") if longest else None,
        " ".join(reviewer.country for reviewer in review.reviewers),
        (point.office.best() if point.office else point.person_id or "named") if point else None,
        ", ".join(dict.fromkeys(artefact.kind.replace("-", " ") for artefact in standing.published)),
    )
