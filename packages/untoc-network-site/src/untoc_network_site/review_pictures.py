"""The pictures of the reviews as SVG: years in lanes, States and steps as a matrix, a tile for each State.

A picture names its classes and no colour: these come from the stylesheet of the page, or go along in a file of its own,
in light and dark. It is one picture to a screen reader, with a sentence and a description; the table says all of it.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs
from markupsafe import Markup

from untoc_network.engagement.mechanism_timeline import TimelineEntry, TimelineLane
from untoc_network.model.convention import TreatyCode
from untoc_network.process import TRACKED_STEPS, ReviewProgress, ReviewStanding, StepStanding
from untoc_network.values.dates import PartialDate
from untoc_network_site.site_pages import LanguageSite
from untoc_network_site.tile_places import load_tile_places

__all__ = [
    "CELL_CLASSES",
    "TILE_CLASSES",
    "Drawing",
    "draw_map",
    "draw_map_parts",
    "draw_matrix",
    "draw_timeline",
    "find_region",
]

CELL_CLASSES = {
    StepStanding.RECORDED: "r",
    StepStanding.IN_PART: "p",
    StepStanding.DISPUTED: "q",
    StepStanding.IMPLIED: "i",
    StepStanding.LATE: "l",
    StepStanding.NO_RECORD: "d",
    StepStanding.AHEAD: "n",
    StepStanding.NOT_APPLICABLE: "x",
}
_NAMESPACE = Markup(' xmlns="http://www.w3.org/2000/svg"')
_MARGIN, _LINE = 12, 16
TILE_CLASSES = {progress: f"p{number}" for number, progress in enumerate(ReviewProgress)}


@attrs.frozen(kw_only=True)
class Drawing:
    """A picture: what it is called in addresses, its sentence, its description, its size, and what is drawn."""

    name: str
    title: str
    description: str
    width: int
    height: int
    body: Markup
    legend: tuple[tuple[str, str, str], ...] = ()
    """What each class stands for, with the letter or number that stands in it."""

    @property
    def is_wide(self) -> bool:
        """Whether a telephone shows a part of it at a time, for its letters would be too small."""
        return self.width > 480

    @property
    def inline(self) -> Markup:
        """As it stands in a page, which has the stylesheet, the legend and the note."""
        return self._render(self.height, self.body)

    @property
    def file(self) -> bytes:
        """As a file of its own, with its sentence above, legend and note below, and its colours."""
        rules = (Path(__file__).parent / "pictures.css").read_text("utf-8").partition("figure {")[0]
        lines = self._wrap(self.title)
        top = 8 + _LINE * len(lines)
        parts = [_text(_MARGIN, _LINE * number, line, "strong") for number, line in enumerate(lines, 1)]
        parts.append(Markup('<g transform="translate(0,{})">{}</g>').format(top, self.body))
        y = top + self.height + 8
        for kind, letter, said in self.legend:
            parts.append(_box(_MARGIN, y, _CELL - 2, _ROW - 2, f"ruled {kind}"))
            parts.append(_text(_MARGIN + _CELL // 2 - 1, y + 13, letter, f"middle small strong on-{kind}"))
            words = self._wrap(said, _MARGIN + 34)
            parts += [_text(_MARGIN + 34, y + 13 + _LINE * number, line) for number, line in enumerate(words)]
            y += _ROW + _LINE * (len(words) - 1)
        notes = self._wrap(self.description)
        parts += [_text(_MARGIN, y + _LINE * number, line, "faint") for number, line in enumerate(notes, 1)]
        height = y + _LINE * len(notes) + 12
        style = Markup("<style>{}</style>").format(Markup(rules))  # noqa: S704 - a file of this package
        back = _box(0, 0, self.width, height, "back")
        return self._render(height, style + back + _join(parts), _NAMESPACE).encode()

    def _wrap(self, said: str, left: int = _MARGIN) -> list[str]:
        return textwrap.wrap(said, (self.width - left - _MARGIN) // 7)

    def _render(self, height: int, body: Markup, namespace: str = "") -> Markup:
        return Markup(
            '<svg{} class="picture{}" role="img" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
            'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{}</title>'
            '<desc id="{name}-desc">{}</desc>{}</svg>\n'
        ).format(
            namespace,
            " wide-picture" if self.is_wide else "",
            self.title,
            self.description,
            body,
            name=self.name,
            wide=self.width,
            high=height,
        )


def _text(x: float, y: float, said: object, classes: str = "") -> Markup:
    kind = Markup(' class="{}"').format(classes) if classes else Markup("")
    return Markup('<text x="{:g}" y="{:g}"{}>{}</text>').format(x, y, kind, said)


def _box(x: float, y: float, wide: float, high: float, classes: str) -> Markup:
    return Markup('<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" class="{}"/>').format(
        round(x, 1), y, round(wide, 1), high, classes
    )


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


# -- years -------------------------------------------------------------------------------------------------------------

_WIDE, _LANE, _MARK = 940, 46, 16
_LEAST = 5
"""How wide a day is drawn at the least: two that lie days apart stay two."""


def draw_timeline(site: LanguageSite, entries: Sequence[TimelineEntry], on: PartialDate) -> Drawing:
    """Lanes one below the other, with the years along the top and the day as a line."""
    first = min(entry.first.first for entry in entries)
    last = max(entry.last.last for entry in entries)
    years = range(dt.date.fromordinal(first).year, dt.date.fromordinal(last).year + 2)
    scale = _YearScale(years.start, years.stop - 1)
    lanes = list(dict.fromkeys((entry.lane, entry.group) for entry in entries))
    height = 34 + _LANE * len(lanes)
    parts = []
    for year in years:
        x = scale.place(dt.date(year, 1, 1).toordinal())
        parts.append(Markup('<line x1="{0:g}" x2="{0:g}" y1="24" y2="{1}" class="ruled"/>').format(round(x, 1), height))
        if year < years.stop - 1:
            parts.append(_text(round(x, 1) + 4, 16, year, "faint"))
    for number, (lane, group) in enumerate(lanes):
        top = 44 + _LANE * number
        parts.append(_text(_MARGIN, top, name_lane(site, lane, group), "strong"))
        own = [entry for entry in entries if (entry.lane, entry.group) == (lane, group)]
        parts += [part for entry in own for part in _draw_entry(site, entry, scale, top + 7, on)]
    x = round(scale.place(on.first), 1)
    parts.append(Markup('<line x1="{0:g}" x2="{0:g}" y1="20" y2="{1}" class="day"/>').format(x, height))
    parts.append(_text(min(x + 4, _WIDE - 70), 30, on, "small strong"))
    return Drawing(
        name="timeline",
        title=tell_timeline(site, entries),
        description=site.say("timeline-note", on=str(on)),
        width=_WIDE,
        height=height,
        body=_join(parts),
    )


def name_lane(site: LanguageSite, lane: TimelineLane, group: int | None) -> str:
    """What a lane is called: of the phases, the reviews of their group."""
    return site.capitalized(site.label(lane)) if group is None else site.say("lane-reviews", group=group)


def tell_timeline(site: LanguageSite, entries: Sequence[TimelineEntry]) -> str:
    """What the picture of the years shows, in a sentence."""
    numbers = {lane: sum(entry.lane is lane for entry in entries) for lane in TimelineLane}
    return site.say(
        "timeline-sentence",
        conference=numbers[TimelineLane.CONFERENCE],
        groups=numbers[TimelineLane.WORKING_GROUPS],
        dialogues=numbers[TimelineLane.DIALOGUES],
        since=str(min(entry.first for entry in entries))[:4],
    )


@attrs.frozen
class _YearScale:
    first: int
    last: int

    def place(self, day: int) -> float:
        """How far to the right a day is drawn."""
        start, stop = (dt.date(year, 1, 1).toordinal() for year in (self.first, self.last))
        return _MARGIN + (_WIDE - 2 * _MARGIN) * (day - start) / (stop - start)


def _draw_entry(
    site: LanguageSite, entry: TimelineEntry, scale: _YearScale, top: int, on: PartialDate
) -> Iterator[Markup]:
    if entry.lane is TimelineLane.PHASES:
        begins, ends = ((day.first + day.last) // 2 for day in (entry.first, entry.last))
        x, stop = scale.place(begins), scale.place(ends)
        is_now = begins <= on.first < ends
        yield _box(x, top, stop - x, _MARK, "phase now" if is_now else "phase")
        said = site.say("lane-phase", phase=entry.phase or 0)
        yield _text(round((x + stop) / 2, 1), top + 12, said, "middle small on-now" if is_now else "middle small")
        return
    x, stop = scale.place(entry.first.first), scale.place(entry.last.last + 1)
    if not (entry.first.is_exact or entry.last.is_exact):
        yield _box(x, top + _MARK - 1, stop - x, 5, "held undated")
    else:
        kind = "held ahead" if entry.last.certainly_after(on) else "held"
        yield _box(x, top, max(stop - x, _LEAST), _MARK - 2, kind)


# -- States and steps --------------------------------------------------------------------------------------------------

_ROW, _CELL, _NAME = 20, 26, 250


def draw_matrix(site: LanguageSite, bands: Sequence[tuple[str, Sequence[ReviewStanding]]], title: str) -> Drawing:
    """A row for each State under its band, a column for each step, and in each cell a letter on its colour."""
    steps = [site.label(step) for step in TRACKED_STEPS]
    top = 16 + max(len(said) for said in steps) * 7
    parts = []
    for number, said in enumerate(steps):
        x = _NAME + _CELL * number + 17
        turned = Markup('<text transform="translate({},{}) rotate(-90)">{}</text>')
        parts.append(turned.format(x, top - 6, said))
    y = top
    for name, standings in bands:
        parts.append(_text(_MARGIN, y + 18, name, "strong"))
        y += _ROW + 6
        for one in standings:
            lines = textwrap.wrap(site.country(one.review.country), _LONG)
            parts += [_text(_MARGIN, y + 14 + _LINE * number, line) for number, line in enumerate(lines)]
            for number, cell in enumerate(one.steps):
                kind, x = CELL_CLASSES[cell.standing], _NAME + _CELL * number
                parts.append(_box(x, y, _CELL - 2, _ROW - 2, f"ruled {kind}"))
                letter = site.tell(f"tracker.mark-{cell.standing}")
                parts.append(_text(x + _CELL / 2 - 1, y + 13.5, letter, f"middle small strong on-{kind}"))
            y += _ROW + _LINE * (len(lines) - 1)
    return Drawing(
        name="steps",
        title=title,
        description=site.say("steps-note"),
        width=_NAME + _CELL * len(steps) + _MARGIN,
        height=y + 8,
        body=_join(parts),
        legend=tuple(
            (CELL_CLASSES[one], site.tell(f"tracker.mark-{one}"), site.tell(f"tracker.means-{one}"))
            for one in list_used(bands)
        ),
    )


_LONG = 34
"""How many letters of a name fit in a line beside the cells."""


def list_used(bands: Sequence[tuple[str, Sequence[ReviewStanding]]]) -> list[StepStanding]:
    """The standings that some step of a review is in, in the order of the legend."""
    found = {cell.standing for _, standings in bands for one in standings for cell in one.steps}
    return [standing for standing in CELL_CLASSES if standing in found]


# -- tiles -------------------------------------------------------------------------------------------------------------

_TILE, _GAP = 28, 2
_TILES = "map-tiles"


def find_region(code: str) -> str | None:
    """The part of the world that a State is drawn in; None of one without a tile."""
    place = load_tile_places().get(code)
    return None if place is None else place.region


def draw_map(site: LanguageSite, standings: Iterable[ReviewStanding], title: str, region: str | None = None) -> Drawing:
    """A tile for each State of the world or a part of it: how far its last review is, and how many steps it has."""
    latest = {one.review.country: one for one in standings}
    places = {code: one for code, one in load_tile_places().items() if region in (None, one.region)}
    (left, right), (top, bottom) = _find_edges(region)
    boxes: defaultdict[str, list[Markup]] = defaultdict(list)
    letters: defaultdict[str, list[Markup]] = defaultdict(list)
    for code, place in places.items():
        x, y = 4 + (place.column - left) * (_TILE + _GAP), 4 + (place.row - top) * (_TILE + _GAP)
        one = latest.get(code)
        kind = find_tile_class(site, code, one)
        frame = " is-late" if one is not None and one.most_late else ""
        boxes[f"tile {kind}{frame}"].append(Markup("M{0} {1}h{2}v{2}h-{2}z").format(x, y, _TILE))
        letters[f"on-{kind}"].append(_text(x + _TILE // 2, y + (13 if one else 18), code))
        if one is not None:
            said = f"{count_recorded(one)}{'!' if frame else ''}"
            letters[f"number on-{kind}"].append(_text(x + _TILE // 2, y + 24, said))
    parts = [Markup('<path class="{}" d="{}"/>').format(kind, _join(some)) for kind, some in sorted(boxes.items())]
    parts += [Markup('<g class="{}">{}</g>').format(kind, _join(some)) for kind, some in sorted(letters.items())]
    kinds = Counter(find_tile_class(site, code, latest.get(code)) for code in places)
    return Drawing(
        name="map" if region is None else f"map-{region.lower()}",
        title=title,
        description=site.say("map-note", steps=len(TRACKED_STEPS)),
        width=(right - left) * (_TILE + _GAP) + 6,
        height=(bottom - top) * (_TILE + _GAP) + 6,
        body=Markup('<g id="{}" class="picture"><g class="tiles">{}</g></g>').format(_TILES, _join(parts)),
        legend=tuple(
            _make_map_legend(site, kinds, any_late=any(latest[code].most_late for code in places if code in latest))
        ),
    )


def draw_map_parts(names: Mapping[str, str]) -> Iterator[Drawing]:
    """Each part of the world as a window upon the map of the world, which stands in the same page; by their names."""
    (first, _), (highest, _) = _find_edges(None)
    step = _TILE + _GAP
    for region, name in names.items():
        (left, right), (top, bottom) = _find_edges(region)
        x, y = (_GAP // 2 - 4 - step * tiles for tiles in (left - first, top - highest))
        yield Drawing(
            name=f"map-{region.lower()}",
            title=name,
            description="",
            width=(right - left) * step,
            height=(bottom - top) * step,
            body=Markup('<use href="#{}" x="{}" y="{}"/>').format(_TILES, x, y),
        )


def _find_edges(region: str | None) -> tuple[tuple[int, int], tuple[int, int]]:
    """The columns and the rows that tiles of the world or of a part of it stand in, each with what follows the last."""
    places = [one for one in load_tile_places().values() if region in (None, one.region)]
    columns, rows = [one.column for one in places], [one.row for one in places]
    return (min(columns), max(columns) + 1), (min(rows), max(rows) + 1)


def _make_map_legend(site: LanguageSite, numbers: Counter[str], *, any_late: bool) -> Iterator[tuple[str, str, str]]:
    named = {kind: site.label(progress) for progress, kind in TILE_CLASSES.items()}
    named[TILE_CLASSES[ReviewProgress.NOT_STARTED]] = site.say("map-not-begun")
    named |= {kind: site.say(f"map-{kind}") for kind in ("none", "outside")}
    yield from ((kind, site.number(numbers[kind]), said) for kind, said in named.items() if numbers[kind])
    if any_late:
        yield "none is-late", "!", site.say("map-late")


def find_tile_class(site: LanguageSite, code: str, one: ReviewStanding | None) -> str:
    """How a tile is drawn: by progress; of a State without a recorded review, by whether it is a party on the day."""
    if one is not None:
        return TILE_CLASSES[one.progress]
    is_party = site.content.agenda.facts.is_party(code, TreatyCode.UNTOC, on=site.options.on)
    return "none" if is_party else "outside"


def count_recorded(one: ReviewStanding) -> int:
    """How many of the steps of a review are recorded, if only in part."""
    return sum(cell.standing.is_entered for cell in one.steps)
