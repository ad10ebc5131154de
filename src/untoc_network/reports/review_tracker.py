"""The tracker of country reviews for people at a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.templates import with_count
from untoc_network.model.country_review import CountryReviewStep
from untoc_network.model.source import Source
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
    "source",
)


def render_tracker(tracker: ReviewTracker, *, width: int | None = 80) -> Iterator[str]:
    """A line for each review; columns of which nothing is known are left out.

    It tells the step that is longest due and not recorded, and `no record` where nothing tells whether one is late.
    Reviews of which nothing is recorded are named together, by group and phase. Then come the totals, counted as the
    secretariat prints them (a review is started once its initial consultation was held), and what was published by
    others on all reviews. What is told ends with the numbers of its sources, which stand with their days below.
    """
    notes = _SourceNotes(tracker)
    bare = [one for one in tracker.standings if _is_bare(one)]
    together = bare if len(bare) > 1 else []
    rows = [one for one in tracker.standings if one not in together]
    columns = zip(_HEAD, *((*_format_standing_cells(one), notes.cite((one,))) for one in rows), strict=True)
    told = [column for column in columns if any(cell not in (None, "") for cell in column[1:])]
    if told:
        head, *cells = zip(*told, strict=True)
        yield from render_table(head, cells, width=width)
        yield ""
    yield from _render_bare_reviews(together, notes, width)
    totals = ", ".join(f"{number} {progress.replace('-', ' ')}" for progress, number in tracker.totals.items())
    yield from wrap(
        f"{with_count(len(tracker.standings), 'country review|country reviews')} on {tracker.on}: {totals}", width
    )
    yield from _render_aggregates(tracker, notes, width)
    yield from notes.render(width)


class _SourceNotes:
    """The sources that are named, with the numbers that stand for them."""

    def __init__(self, tracker: ReviewTracker) -> None:
        self.tracker = tracker
        self.numbers: dict[tuple[str, str], int] = {}

    def cite(self, standings: Iterable[ReviewStanding]) -> str:
        """The numbers of all sources of some reviews."""
        cited = dict.fromkeys(citation.source_id for one in standings for citation in one.citations)
        found = [self.tracker.sources[name] for name in cited if name in self.tracker.sources]
        return "".join(self.number(*self.describe(source)) for source in dict.fromkeys(found))

    def describe(self, source: Source) -> tuple[str, str]:
        """A source with its day, and where it was read."""
        day = source.published or source.retrieved or self.tracker.as_of
        return f"{source.title.best()}; {f'as of {day}' if day else 'the day is not recorded'}", source.url or ""

    def number(self, said: str, url: str = "") -> str:
        """The number that stands for a source."""
        return f"[{self.numbers.setdefault((said, url), len(self.numbers) + 1)}]"

    def render(self, width: int | None) -> Iterator[str]:
        """The sources by their numbers."""
        if self.numbers:
            yield ""
        for (said, url), number in self.numbers.items():
            yield from wrap(escape_unprintable(said), width, f"[{number}] ", "    ")
            for part in filter(None, url.split(" ; ")):
                yield from wrap(escape_unprintable(part), width, "    ", "    ")


def _is_bare(standing: ReviewStanding) -> bool:
    """Whether nothing but perhaps the start is recorded of a review."""
    review = standing.review
    taken = {entry.step for entry in review.log} - {CountryReviewStep.START}
    return not (taken or review.reviewers or standing.focal_point or standing.published)


def _render_bare_reviews(standings: list[ReviewStanding], notes: _SourceNotes, width: int | None) -> Iterator[str]:
    groups: defaultdict[str, list[ReviewStanding]] = defaultdict(list)
    for one in standings:
        placed = (("group", one.review.group), ("phase", one.review.phase), ("cluster", one.review.cluster))
        groups[", ".join(f"{word} {number}" for word, number in placed if number is not None)].append(one)
    if groups:
        yield from wrap(
            f"no record: of {len(standings)} reviews no step after the start is recorded, so that nothing tells "
            "whether one is late",
            width,
        )
    for place, some in groups.items():
        names = ", ".join(one.name for one in some)
        yield from wrap(f"{place or 'no group'}: {names} {notes.cite(some)}".rstrip(), width, "  ", "    ")
    if groups:
        yield ""


def _render_aggregates(tracker: ReviewTracker, notes: _SourceNotes, width: int | None) -> Iterator[str]:
    if not tracker.aggregates:
        return
    yield ""
    yield "published on all reviews of the Mechanism, beside what this register tells:"
    rows = []
    for row in tracker.aggregates:
        day, number = row.find_certainty("as_of"), row.find_certainty("value")
        told = row.metric if number is Certainty.SEEN else f"{row.metric} ({number})"
        dated = row.as_of if day is number else f"{row.as_of} ({day})"
        rows.append((dated, row.value, told, notes.number(row.source)))
    yield from render_table(("day", "number", "of what", "source"), rows, width=width)


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
