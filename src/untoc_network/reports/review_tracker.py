"""The tracker of country reviews for people at a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.findings import Certainty
from untoc_network.engagement.translatable_message import MessageFormatter, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.model.country_review import CountryReview, CountryReviewStep
from untoc_network.model.source import Source
from untoc_network.process.country_review_procedure import ReviewState
from untoc_network.process.published_outputs import PublishedOutput
from untoc_network.process.review_tracker import ReviewStanding, ReviewTracker
from untoc_network.process.transition import StatePart
from untoc_network.reports.text_table import has_room_for_columns, render_table
from untoc_network.reports.text_wrapping import wrap
from untoc_network.text.slugs import make_slug

__all__ = ["render_tracker"]

_HEAD = (
    "tracker.state",
    "tracker.group",
    "tracker.phase",
    "tracker.cluster",
    "tracker.stage",
    "tracker.late",
    "tracker.due",
    "tracker.reviewers",
    "tracker.focal-point",
    "tracker.published",
    "tracker.aggregate-source",
)
_NARROW = frozenset({0, 4, 5, 6, 10})
"""The columns that stand side by side where there is little room."""
_AGGREGATE_HEAD = (
    "tracker.aggregate-day",
    "tracker.aggregate-number",
    "tracker.aggregate-metric",
    "tracker.aggregate-source",
)


def render_tracker(
    tracker: ReviewTracker, *, width: int | None = 80, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """A line for each review; columns of which nothing is known are left out.

    Where the columns have no room side by side, reviews stand under their group, phase and cluster, and who reviews and
    the focal point below them.
    It tells the step that is longest due and not recorded, and `no record` where nothing tells whether one is late.
    Below it stands what is public of each review, and whose feedback or list is missing where others have given theirs.
    Reviews of which nothing is recorded are named together, by group and phase. Then come the totals, counted as the
    secretariat prints them (a review is started once its initial consultation was held), and what was published by
    others on all reviews. What is told ends with the numbers of its sources, which stand with their days below.
    """
    teller = MessageFormatter(languages)
    notes = _SourceNotes(tracker, teller)
    bare = [one for one in tracker.standings if _is_bare(one)]
    rows = tracker.standings if len(bare) == 1 else [one for one in tracker.standings if not _is_bare(one)]
    yield from _render_rows(rows, notes, width)
    yield from _render_bare_reviews(bare if len(bare) > 1 else [], notes, width)
    totals = ", ".join(f"{number} {teller.label(progress)}" for progress, number in tracker.totals.items())
    number = len(tracker.standings)
    yield from wrap(teller.of(make_message("tracker.total", number=number, on=str(tracker.on), totals=totals)), width)
    yield from _render_aggregates(tracker, notes, width)
    yield from notes.render(width)


def _render_rows(standings: Sequence[ReviewStanding], notes: _SourceNotes, width: int | None) -> Iterator[str]:
    teller = notes.teller
    cells = [(*_format_standing_cells(one, teller), notes.cite((one,))) for one in standings]
    known = [place for place in range(len(_HEAD)) if any(row[place] not in (None, "") for row in cells)]
    head, rows = [teller.of(_HEAD[place]) for place in known], [[row[place] for place in known] for row in cells]
    has_room = width is None or has_room_for_columns(head, rows, width)
    if rows and has_room:
        yield from render_table(head, rows, width=width)
        yield ""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(standings):
        groups["" if has_room else _name_place(one, teller)].append(number)
    for place, numbers in groups.items():
        if not has_room:
            yield from wrap(place or teller.of("tracker.no-group"), width)
            narrow = [column for column in known if column in _NARROW]
            some = [[cells[number][column] for column in narrow] for number in numbers]
            yield from render_table([teller.of(_HEAD[column]) for column in narrow], some, width=width)
        here = [standings[number] for number in numbers]
        details = [line for one in here for line in _list_details(one, teller, is_full=not has_room)]
        for line in details:
            yield from wrap(line, width, rest="  ")
        if details or not has_room:
            yield ""


def _name_place(standing: ReviewStanding, teller: MessageFormatter) -> str:
    """Group, phase and cluster of a review, as far as known."""
    review = standing.review
    placed = zip(_HEAD[1:4], (review.group, review.phase, review.cluster), strict=True)
    return ", ".join(f"{teller.of(word)} {number}" for word, number in placed if number is not None)


class _SourceNotes:
    """The sources that are named, with the numbers that stand for them."""

    def __init__(self, tracker: ReviewTracker, teller: MessageFormatter) -> None:
        self.tracker, self.teller = tracker, teller
        self.numbers: dict[tuple[str, str], int] = {}

    def cite(self, standings: Iterable[ReviewStanding]) -> str:
        """The numbers of all sources of some reviews."""
        cited = dict.fromkeys(citation.source_id for one in standings for citation in one.citations)
        found = [self.tracker.sources[name] for name in cited if name in self.tracker.sources]
        return "".join(self.number(*self.describe(source)) for source in dict.fromkeys(found))

    def describe(self, source: Source) -> tuple[str, str]:
        """A source with its day, and where it was read."""
        day = source.published or source.retrieved or self.tracker.as_of
        dated = self.teller.of(make_message("tracker.as-of", on=str(day)) if day else "tracker.undated")
        return f"{self.teller.name(source.title)}; {dated}", source.url or ""

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


def _list_changes(review: CountryReview, teller: MessageFormatter) -> Iterator[str]:
    """What changed the course of a review: a party that has no group yet, a phase that the Conference keeps longer."""
    taken = {entry.step: entry for entry in review.log}
    if review.group is None and CountryReviewStep.JOIN_AFTER_DRAWING in taken:
        yield teller.of(make_message("tracker.joined-later", country=review.country))
    extended = taken.get(CountryReviewStep.EXTEND_PHASE)
    if extended is not None and extended.until is not None:
        yield teller.of(make_message("tracker.extended", country=review.country, on=str(extended.until)))


def _list_details(standing: ReviewStanding, teller: MessageFormatter, *, is_full: bool) -> Iterator[str]:
    """What is public of a review, and whose part of a step is missing; in full, who reviews and the focal point too."""
    country, states = standing.review.country, standing.review.reviewing_states()
    if is_full and states:
        yield teller.of(make_message("tracker.reviewed-by", country=country, states=states))
    point = _format_focal_point(standing, teller)
    if is_full and point is not None:
        yield teller.of(make_message("tracker.focal", country=country, point=point))
    yield from _list_changes(standing.review, teller)
    for share in standing.shares:
        if share.is_partial:
            states = tuple(_format_part(part, teller) for part in share.missing)
            number, total = len(share.done), share.total or len(share.done)
            told = make_message(
                "tracker.share", country=country, step=share.step, number=number, total=total, states=states
            )
            yield teller.of(told)
    for one in standing.published:
        told = make_message("tracker.public", country=country, kind=one.kind)
        yield f"{teller.of(told)}{_format_publication(one, teller)}"
    if not standing.published and _has_observations(standing.state):
        yield teller.of(make_message("tracker.public-none", country=country))


def _format_part(part: StatePart, teller: MessageFormatter) -> str:
    """The State whose part is missing, with the instruments that it is missing for where it gave others."""
    name = "?" if part.country is None else teller.country(part.country)
    return f"{name} ({', '.join(part.instruments)})" if part.instruments else name


def _format_publication(one: PublishedOutput, teller: MessageFormatter) -> str:
    spoken = [_name_language(tag, teller.words) for tag in one.languages]
    parts = (
        f" ({one.instrument})" if one.instrument else "",
        f", {teller.of(make_message('tracker.since', on=str(one.published)))}" if one.published else "",
        f", {teller.of(make_message('tracker.in', languages=tuple(spoken)))}" if spoken else "",
        f": {one.url}" if one.url else "",
    )
    return "".join(parts)


def _name_language(tag: str, words: Words) -> str:
    return words.interface.get(f"report-language-{tag}", tag)


def _has_observations(state: ReviewState) -> bool:
    order = tuple(ReviewState)
    return order.index(state) >= order.index(ReviewState.OBSERVATIONS_AGREED)


def _render_bare_reviews(standings: list[ReviewStanding], notes: _SourceNotes, width: int | None) -> Iterator[str]:
    groups: defaultdict[str, list[ReviewStanding]] = defaultdict(list)
    teller = notes.teller
    for one in standings:
        groups[_name_place(one, teller)].append(one)
    if groups:
        yield from wrap(teller.of(make_message("tracker.bare", number=len(standings))), width)
    for place, some in groups.items():
        names = ", ".join(teller.country(one.review.country) for one in some)
        line = f"{place or teller.of('tracker.no-group')}: {names} {notes.cite(some)}".rstrip()
        yield from wrap(line, width, "  ", "    ")
    if groups:
        yield ""


def _render_aggregates(tracker: ReviewTracker, notes: _SourceNotes, width: int | None) -> Iterator[str]:
    if not tracker.aggregates:
        return
    teller = notes.teller
    yield ""
    yield from wrap(teller.of("tracker.aggregates"), width)
    rows = []
    for row in tracker.aggregates:
        day, number = row.find_certainty("as_of"), row.find_certainty("value")
        metric = teller.words.interface.get(f"report-published-{make_slug(row.metric)}", row.metric)
        told = metric if number is Certainty.SEEN else f"{metric} ({teller.label(number)})"
        dated = row.as_of if day is number else f"{row.as_of} ({teller.label(day)})"
        rows.append((dated, row.value, told, notes.number(row.source)))
    yield from render_table([teller.of(name) for name in _AGGREGATE_HEAD], rows, width=width)


def _format_standing_cells(standing: ReviewStanding, teller: MessageFormatter) -> tuple[object, ...]:
    review = standing.review
    late = [deadline for deadline in standing.late if deadline.is_open]
    longest = min(late or standing.due, key=lambda deadline: deadline.latest.last, default=None)
    return (
        teller.country(review.country),
        review.group,
        review.phase,
        review.cluster,
        teller.label(standing.state),
        _format_lateness(standing, teller) if late else teller.of("tracker.no-record") if longest else None,
        teller.label(longest.step) if longest else None,
        " ".join(review.reviewing_states()),
        _format_focal_point(standing, teller),
        ", ".join(dict.fromkeys(teller.label(one.kind) for one in standing.published)),
    )


def _format_focal_point(standing: ReviewStanding, teller: MessageFormatter) -> str | None:
    point = standing.focal_point
    if point is None:
        return None
    return teller.name(point.office) if point.office else point.person_id or teller.of("tracker.named")


def _format_lateness(standing: ReviewStanding, teller: MessageFormatter) -> str:
    return teller.of(make_message("tracker.days", days=standing.most_late))
