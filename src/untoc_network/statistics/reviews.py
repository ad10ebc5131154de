"""How far country reviews have come beside the nominal calendar, and which steps are due that the log does not tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from untoc_network.diagnostics.findings import Certainty
from untoc_network.model.register import Register
from untoc_network.process.review_tracker import ReviewProgress, ReviewStanding, list_published_aggregates, track
from untoc_network.reference.facts import Reference
from untoc_network.reference.row_types import Snapshot
from untoc_network.statistics.table import UNKNOWN, Chart, Row, RowSubject, Table, TableNote
from untoc_network.text.slugs import make_slug
from untoc_network.values.dates import PartialDate
from untoc_network.values.multilingual_text import Text

__all__ = ["make_review_tables"]

_BANDS = (("not-late", 0), ("late-to-90", 90), ("late-to-365", 365), ("late-to-730", 730))
"""How long a step has been due at the most, in days, for each band but the last."""
_LONGEST = "late-longer"


def make_review_tables(register: Register, on: PartialDate, facts: Reference) -> Iterator[Table]:
    """Progress by group and phase, lateness in bands, lateness by step; and what was published on all reviews."""
    standings = track(register, on, reference=facts).standings
    yield _make_progress_table(standings, facts, on)
    yield _make_lateness_table(standings)
    yield _make_steps_table(standings)
    if published := _make_published_table(facts, on):
        yield published


def _make_progress_table(standings: tuple[ReviewStanding, ...], facts: Reference, on: PartialDate) -> Table:
    by_phase: defaultdict[tuple[int, int], Counter[ReviewProgress]] = defaultdict(Counter)
    for standing in standings:
        by_phase[standing.review.group or 0, standing.review.phase or 0][standing.progress] += 1
    rows = tuple(
        Row(
            key=f"{group or UNKNOWN}/{phase or UNKNOWN}",
            cells=(*(counted[progress] for progress in ReviewProgress), counted.total()),
            said=_make_phase_note(group, phase, facts, on),
        )
        for (group, phase), counted in sorted(by_phase.items(), key=lambda item: [number or 99 for number in item[0]])
    )
    totals = Counter(standing.progress for standing in standings)
    known = [facts.nominal_phase(group, phase) for group, phase in by_phase]
    certainties = sorted({phase.certainty.value for phase in known if phase})
    return Table(
        key="reviews-by-phase",
        rows_are=RowSubject.PHASES,
        columns=(*(progress.value for progress in ReviewProgress), "together"),
        rows=rows,
        total=(*(totals[progress] for progress in ReviewProgress), len(standings)),
        chart=Chart.STACKED,
        notes=(
            TableNote(key="as-recorded"),
            *(TableNote(key="calendar", params={"certainty": one}) for one in certainties),
        ),
    )


def _make_phase_note(group: int, phase: int, facts: Reference, on: PartialDate) -> TableNote:
    nominal = facts.nominal_phase(group, phase)
    if not group and not phase:
        return TableNote(key="phase-none")
    if nominal is None:
        return TableNote(key="phase-unknown", params={"group": group or "?", "phase": phase or "?"})
    ahead, over = nominal.starts.certainly_after(on), nominal.ends.certainly_before(on)
    state = "ahead" if ahead else "over" if over else "running"
    return TableNote(
        key=f"phase-{state}",
        params={"group": group, "phase": phase, "starts": nominal.starts, "ends": nominal.ends},
    )


def _make_lateness_table(standings: tuple[ReviewStanding, ...]) -> Table:
    counted = Counter(_get_lateness_band(standing) for standing in standings)
    bands = (*(name for name, _ in _BANDS), _LONGEST, UNKNOWN)
    return Table(
        key="reviews-by-lateness",
        rows_are=RowSubject.DURATIONS,
        columns=("reviews",),
        rows=tuple(Row(key=band, cells=(counted[band],)) for band in bands),
        total=(len(standings),),
        chart=Chart.BARS,
        notes=(TableNote(key="due-not-recorded"),),
    )


def _get_lateness_band(standing: ReviewStanding) -> str:
    """The band of the step that is due the longest; unknown where nothing tells whether one is late."""
    known = standing.deadlines and (standing.most_late or not standing.due)
    if not known and standing.progress is not ReviewProgress.COMPLETED:
        return UNKNOWN
    return next((name for name, days in _BANDS if standing.most_late <= days), _LONGEST)


def _make_steps_table(standings: tuple[ReviewStanding, ...]) -> Table:
    due, late, seen = Counter[str](), Counter[str](), dict[str, None]()
    for standing in standings:
        seen.update(dict.fromkeys(deadline.step for deadline in standing.deadlines))
        due.update({deadline.step for deadline in standing.due})
        late.update({deadline.step for deadline in standing.late if deadline.passed})
    return Table(
        key="reviews-by-step",
        rows_are=RowSubject.STEPS,
        columns=("due", "taken-late"),
        rows=tuple(Row(key=step, cells=(due[step], late[step])) for step in seen),
        chart=Chart.BARS,
        notes=(TableNote(key="due-not-recorded"), TableNote(key="steps")),
    )


def _make_published_table(facts: Reference, on: PartialDate) -> Table | None:
    """The published aggregates, each with its day, source and certainty: of all reviews, not those of the register."""
    rows = list_published_aggregates(facts, on)
    sources = tuple(dict.fromkeys(row.source for row in rows))
    if not rows:
        return None
    return Table(
        key="reviews-published",
        rows_are=RowSubject.PUBLISHED,
        columns=("number",),
        rows=tuple(
            Row(
                key=make_slug(row.metric),
                cells=(row.value,),
                day=row.as_of,
                certainty=_get_doubt(row),
                source=sources.index(row.source) + 1,
            )
            for row in rows
        ),
        chart=Chart.NONE,
        notes=(TableNote(key="published"),),
        sources=tuple(Text(en=source) for source in sources),
    )


def _get_doubt(row: Snapshot) -> Certainty | None:
    """How sure a number and its day are, where one of them is not seen."""
    sure = Certainty.least(row.find_certainty(name) for name in ("value", "as_of"))
    return None if sure is Certainty.SEEN else sure
