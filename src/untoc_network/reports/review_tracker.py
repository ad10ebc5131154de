"""The tracker of country reviews for people at a terminal."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.findings import Certainty
from untoc_network.engagement.translatable_message import MessageFormatter, Value, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.model.country_review import CountryReview, CountryReviewStep
from untoc_network.model.source import Source
from untoc_network.process.country_review_procedure import ReviewState
from untoc_network.process.next_steps import Deadline
from untoc_network.process.published_outputs import PublishedOutput
from untoc_network.process.review_tracker import ReviewStanding, ReviewTracker
from untoc_network.process.step_standings import TRACKED_STEPS, StepStanding
from untoc_network.process.transition import StatePart
from untoc_network.reports.text_table import has_room_for_columns, render_table
from untoc_network.reports.text_wrapping import wrap
from untoc_network.text.slugs import make_slug

__all__ = ["render_tracker"]

_PLACES = ("tracker.group", "tracker.phase", "tracker.cluster")
_AGGREGATE_HEAD = (
    "tracker.aggregate-day",
    "tracker.aggregate-number",
    "tracker.aggregate-metric",
    "tracker.aggregate-source",
)


def render_tracker(
    tracker: ReviewTracker, *, width: int | None = 80, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """A sentence, and a matrix with a row for each review and a mark for each step, those that are late first.

    Reviews are counted as the secretariat prints them (a review is started once its initial consultation was held).
    Where the columns have no room side by side, the marks of a row stand together as one word. Reviews of which nothing
    but the start is recorded, and whose marks are the same, are one row, and named together below. Of each other review
    it tells the step that is longest due, who reviews, the focal point, what is public, and whose feedback or list is
    missing where others have given theirs. Below stands what was published by others on all reviews. What is told ends
    with the numbers of its sources, which stand with their days at the end.
    """
    teller = MessageFormatter(languages)
    notes = _SourceNotes(tracker, teller)
    bare = [one for one in tracker.standings if _is_bare(one)]
    bare = bare if len(bare) > 1 else []
    told = sorted((one for one in tracker.standings if one not in bare), key=lambda one: -one.most_late)
    parts = (
        _render_summary(tracker, teller, width),
        _render_matrix(told, bare, notes, width),
        *(_render_details(one, teller, width) for one in told),
        _render_bare_reviews(bare, notes, width),
        _render_aggregates(tracker, notes, width),
        notes.render(width),
    )
    is_first = True
    for part in map(list, parts):
        if part:
            yield from part if is_first else ("", *part)
            is_first = False


def _render_summary(tracker: ReviewTracker, teller: MessageFormatter, width: int | None) -> Iterator[str]:
    """How many reviews there are and how far they are, which is late the longest, and of how many that is not known."""
    totals = ", ".join(
        teller.of(make_message("tracker.tally", number=number, state=progress))
        for progress, number in tracker.totals.items()
    )
    number = len(tracker.standings)
    said = [make_message("tracker.total", number=number, on=str(tracker.on), totals=totals)]
    late = [one for one in tracker.standings if one.most_late]
    if late:
        most = max(late, key=lambda one: one.most_late)
        named: dict[str, Value] = {
            "country": most.review.country,
            "days": most.most_late,
            "step": str(_find_longest(most).step),
        }
        said.append(make_message("tracker.number-late", named, number=len(late)))
    unknown = [one for one in tracker.standings if one.due and not one.most_late]
    if unknown:
        said.append(make_message("tracker.number-due", number=len(unknown)))
    for one in said:
        yield from wrap(teller.of(one), width, rest="  ")


def _render_matrix(
    told: list[ReviewStanding], bare: list[ReviewStanding], notes: _SourceNotes, width: int | None
) -> Iterator[str]:
    """The marks of each review by step, with what they stand for."""
    rows = [*_make_rows(told, bare, notes)]
    if not rows:
        return
    teller, numbers = notes.teller, [str(number) for number in range(1, len(TRACKED_STEPS) + 1)]
    found = {standing for _, _, standings, *_ in rows for standing in standings}
    letters = {standing: teller.of(f"tracker.mark-{standing}") for standing in StepStanding if standing in found}
    ends = [teller.of("tracker.state"), teller.of("tracker.group")], [teller.of("tracker.late"), ""]
    head = [*ends[0], *numbers, *ends[1]]
    cells = [[name, place, *map(letters.__getitem__, marks), late, cited] for name, place, marks, late, cited in rows]
    if width is not None and not has_room_for_columns(head, cells, width):
        head = [*ends[0], f"1\N{EN DASH}{numbers[-1]}", *ends[1]]
        cells = [[*row[:2], "".join(row[2:-2]), *row[-2:]] for row in cells]
    known = [column for column in zip(head, *cells, strict=True) if any(column[1:])]
    head, *cells = map(list, zip(*known, strict=True))
    yield from render_table(head, cells, width=width, colon=teller.words.colon)
    yield ""
    yield from _render_step_names(teller, width)
    meanings = (f"{letter}={teller.of(f'tracker.means-{standing}')}" for standing, letter in letters.items())
    yield from wrap(teller.words.chain(meanings), width)
    if any(place for _, place, *_ in rows):
        yield from wrap(teller.of("tracker.place-note"), width)


def _make_rows(
    told: list[ReviewStanding], bare: list[ReviewStanding], notes: _SourceNotes
) -> Iterator[tuple[str, str, tuple[StepStanding, ...], str, str]]:
    """Of each row the name, group and phase, the steps, how late it is, and its sources."""
    teller = notes.teller
    for one in told:
        standings = tuple(cell.standing for cell in one.steps)
        late = _format_lateness(one, teller)
        yield teller.country(one.review.country), _abbreviate_place(one), standings, late, notes.cite([one])
    alike: defaultdict[tuple[str, tuple[StepStanding, ...]], list[ReviewStanding]] = defaultdict(list)
    for one in bare:
        alike[_abbreviate_place(one), tuple(cell.standing for cell in one.steps)].append(one)
    for (place, standings), some in alike.items():
        yield teller.of(make_message("tracker.states", number=len(some))), place, standings, "", notes.cite(some)


def _render_step_names(teller: MessageFormatter, width: int | None) -> Iterator[str]:
    """The steps with their numbers, in two columns where there is room."""
    steps = [f"{number:2} {teller.label(step)}" for number, step in enumerate(TRACKED_STEPS, 1)]
    half = (len(steps) + 1) // 2
    wide = max(map(len, steps[:half])) + 2
    if width is not None and wide + max(map(len, steps[half:])) > width:
        yield from itertools.chain.from_iterable(wrap(step, width, rest="   ") for step in steps)
        return
    for left, right in itertools.zip_longest(steps[:half], steps[half:], fillvalue=""):
        yield f"{left:{wide}}{right}".rstrip()


def _abbreviate_place(standing: ReviewStanding) -> str:
    """Group and phase of a review as `2/1`, with a dash for what is not known; nothing where both are not."""
    review = standing.review
    known = ["-" if number is None else str(number) for number in (review.group, review.phase)]
    return "" if known == ["-", "-"] else "/".join(known)


def _name_place(standing: ReviewStanding, teller: MessageFormatter) -> str:
    """Group, phase and cluster of a review, as far as known."""
    review = standing.review
    placed = zip(_PLACES, (review.group, review.phase, review.cluster), strict=True)
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
        return self.teller.words.chain((self.teller.name(source.title), dated)), source.url or ""

    def number(self, said: str, url: str = "") -> str:
        """The number that stands for a source."""
        return f"[{self.numbers.setdefault((said, url), len(self.numbers) + 1)}]"

    def render(self, width: int | None) -> Iterator[str]:
        """The sources by their numbers."""
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


def _render_details(standing: ReviewStanding, teller: MessageFormatter, width: int | None) -> Iterator[str]:
    for line in _list_details(standing, teller):
        yield from wrap(line, width, rest="  ")


def _list_details(standing: ReviewStanding, teller: MessageFormatter) -> Iterator[str]:
    """How far a review is, who reviews, the focal point, what is public, and whose part of a step is missing."""
    country, states = standing.review.country, standing.review.reviewing_states()
    yield teller.of(
        make_message("tracker.stands", country=country, told=teller.words.chain(_list_stages(standing, teller)))
    )
    if states:
        yield teller.of(make_message("tracker.reviewed-by", country=country, states=states))
    point = _format_focal_point(standing, teller)
    if point is not None:
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
        f"{teller.words.colon} {one.url}" if one.url else "",
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
        line = f"{place or teller.of('tracker.no-group')}{teller.words.colon} {names} {notes.cite(some)}".rstrip()
        yield from wrap(line, width, "  ", "    ")


def _render_aggregates(tracker: ReviewTracker, notes: _SourceNotes, width: int | None) -> Iterator[str]:
    if not tracker.aggregates:
        return
    teller = notes.teller
    yield from wrap(teller.of("tracker.aggregates"), width)
    rows = []
    for row in tracker.aggregates:
        day, number = row.find_certainty("as_of"), row.find_certainty("value")
        metric = teller.words.interface.get(f"report-published-{make_slug(row.metric)}", row.metric)
        told = metric if number is Certainty.SEEN else f"{metric} ({teller.label(number)})"
        dated = row.as_of if day is number else f"{row.as_of} ({teller.label(day)})"
        rows.append((dated, teller.number(row.value), told, notes.number(row.source)))
    yield from render_table([teller.of(name) for name in _AGGREGATE_HEAD], rows, width=width, colon=teller.words.colon)


def _list_stages(standing: ReviewStanding, teller: MessageFormatter) -> Iterator[str]:
    """Where a review stands, and which of its steps is due the longest; by how many days, where that is known."""
    place = _name_place(standing, teller)
    if place:
        yield place
    yield teller.label(standing.state)
    if standing.most_late:
        longest = _find_longest(standing)
        yield teller.of(make_message("tracker.step-late", step=longest.step, days=standing.most_late))
    elif standing.due:
        yield teller.of(make_message("tracker.step-due", step=_find_longest(standing).step))


def _find_longest(standing: ReviewStanding) -> Deadline:
    """The deadline that is missed the longest, or else of those that are due."""
    late = [deadline for deadline in standing.late if deadline.is_open]
    return min(late or standing.due, key=lambda deadline: deadline.latest.last)


def _format_focal_point(standing: ReviewStanding, teller: MessageFormatter) -> str | None:
    point = standing.focal_point
    if point is None:
        return None
    return teller.name(point.office) if point.office else point.person_id or teller.of("tracker.named")


def _format_lateness(standing: ReviewStanding, teller: MessageFormatter) -> str:
    if standing.most_late:
        return teller.of(make_message("tracker.days", days=standing.most_late))
    return teller.of("tracker.no-record") if standing.due else ""
