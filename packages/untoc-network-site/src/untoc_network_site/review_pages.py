"""The pages of the reviews: the world, each part of it, and all of it as one page that stands by itself."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from markupsafe import Markup

from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.inflection import format_day
from untoc_network.engagement.country_overview import FactSource
from untoc_network.engagement.mechanism_timeline import TimelineEntry, TimelineLane
from untoc_network.engagement.translatable_message import Value, make_message
from untoc_network.process import TRACKED_STEPS, ReviewProgress, ReviewStanding
from untoc_network.text.slugs import make_slug
from untoc_network_site.page_templates import load_stylesheet, render
from untoc_network_site.record_pages import place_country
from untoc_network_site.review_pictures import (
    CELL_CLASSES,
    Drawing,
    count_recorded,
    draw_map,
    draw_map_parts,
    draw_matrix,
    draw_timeline,
    find_region,
    find_tile_class,
    list_used,
    name_lane,
)
from untoc_network_site.site_pages import Files, LanguageSite, Page
from untoc_network_site.stylesheet import fill_accent
from untoc_network_site.tile_places import REGIONS, load_tile_places

__all__ = ["PICTURES", "draw_picture", "write_review_page", "write_reviews"]

_A_PAGE = 100
"""How many reviews have their matrix on the first page: more stand on those of the parts of the world."""
_ELSEWHERE = "elsewhere"
"""The page of States without a tile, such as those of examples."""
PICTURES = ("timeline", "steps", "map")

Standings = Sequence[ReviewStanding]


@attrs.frozen
class _Cell:
    """A step of a review as a page shows it."""

    kind: str
    letter: str


@attrs.frozen
class _MatrixRow:
    """A State with its steps, how late it is, and its page, if there is one."""

    standing: ReviewStanding
    country: str
    path: str | None
    cells: tuple[_Cell, ...]
    late: str


# -- what is said ------------------------------------------------------------------------------------------------------


def tell_lateness(site: LanguageSite, standings: Standings) -> Iterator[str]:
    """How many are late and which the longest, and of how many that is not known; or that nothing is due."""
    late = [one for one in standings if one.most_late]
    if late:
        most = max(late, key=lambda one: one.most_late)
        open_ones = (deadline for deadline in most.late if deadline.is_open)
        step = min(open_ones, key=lambda deadline: deadline.latest.last).step
        named: dict[str, Value] = {"country": most.review.country, "days": most.most_late, "step": step}
        yield f"{site.capitalized(site.tell(make_message('tracker.number-late', named, number=len(late))))}."
    unknown = [one for one in standings if one.due and not one.most_late]
    if unknown:
        yield f"{site.capitalized(site.tell(make_message('tracker.number-due', number=len(unknown))))}."
    if not late and not unknown:
        yield site.say("steps-calm")


def tell_progress(site: LanguageSite, standings: Standings) -> str:
    """How many reviews are recorded, completed, under way and late, in a sentence."""
    completed = sum(one.progress is ReviewProgress.COMPLETED for one in standings)
    begun = (ReviewProgress.CONSULTATION_HELD, ReviewProgress.IN_PROGRESS)
    going, late = sum(one.progress in begun for one in standings), sum(bool(one.most_late) for one in standings)
    if not completed + going + late:
        return site.say("map-sentence-none", reviews=len(standings))
    return site.say("map-sentence", reviews=len(standings), completed=completed, going=going, late=late)


def list_bands(site: LanguageSite, standings: Standings) -> list[tuple[str, Standings]]:
    """The reviews by group and phase and by regional group; in each band those that are late first."""
    bands: defaultdict[tuple[Any, ...], list[ReviewStanding]] = defaultdict(list)
    for one in standings:
        review = one.review
        bands[review.group or 9, review.phase or 9, one.regional_group or "~"].append(one)
    return [
        (_name_band(site, some[0]), sorted(some, key=lambda one: (-one.most_late, site.country(one.review.country))))
        for _, some in sorted(bands.items())
    ]


def _name_band(site: LanguageSite, one: ReviewStanding) -> str:
    numbers = (("group", one.review.group), ("phase", one.review.phase))
    parts = [f"{site.tell(f'tracker.{word}')} {number}" for word, number in numbers if number is not None]
    place = ", ".join(parts) or site.tell("tracker.no-group")
    if one.regional_group:
        place = f"{place}{site.colon} {site.say(f'group-{one.regional_group}')}"
    return site.capitalized(place)


def list_rows(site: LanguageSite, standings: Standings) -> Iterator[_MatrixRow]:
    """The rows of a band."""
    there = {one.country for one in site.content.countries}
    for one in standings:
        code = one.review.country
        cells = (_Cell(CELL_CLASSES[cell.standing], site.tell(f"tracker.mark-{cell.standing}")) for cell in one.steps)
        days = site.tell(make_message("tracker.days", days=one.most_late)) if one.most_late else ""
        late = days or (site.tell("tracker.no-record") if one.due else "")
        yield _MatrixRow(one, site.country(code), place_country(code) if code in there else None, tuple(cells), late)


def list_tile_rows(
    site: LanguageSite, standings: Standings, region: str | None
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The States of each kind of tile, each with its number: the table of a map."""
    latest = {one.review.country: one for one in standings}
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, place in load_tile_places().items():
        if region in (None, place.region):
            one = latest.get(code)
            number = "" if one is None else f"{count_recorded(one)}{'!' if one.most_late else ''}"
            found[find_tile_class(site, code, one)].append((site.country(code), number))
    return {kind: sorted(some) for kind, some in found.items()}


def list_timeline_rows(
    site: LanguageSite, entries: Iterable[TimelineEntry]
) -> Iterator[tuple[TimelineEntry, str, str, Sequence[FactSource]]]:
    """The entries of the timeline with their lane and what they are in words, and their sources."""
    for one in entries:
        topics = site.listed([site.label(topic) for topic in one.topics])
        if one.lane is TimelineLane.PHASES:
            what = site.say("lane-phase", phase=one.phase or 0)
        elif one.name is not None:
            what = site.text(one.name)
        else:
            what = topics if one.number is None else site.say("timeline-session", number=one.number)
        basis = None if one.basis is None else attrs.evolve(one.basis, provision=None)
        yield one, name_lane(site, one.lane, one.group), what, site.content.citations.cite_bases((basis,))


def to_csv(site: LanguageSite, standings: Standings) -> bytes:
    """The matrix for spreadsheets, in words; ids of reviews and codes of States are the same in all languages."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    steps = [site.label(step) for step in TRACKED_STEPS]
    heads = [site.tell(f"tracker.{key}") for key in ("state", "group", "phase")]
    first, last = [site.say("table-review"), site.say("table-code")], site.say("table-days-late")
    table.writerow([*first, *heads, site.say("table-regional-group"), *steps, last])
    for one in standings:
        review = one.review
        placed = (review.group, review.phase, one.regional_group and site.label(one.regional_group))
        cells = [site.tell(f"tracker.means-{cell.standing}") for cell in one.steps]
        table.writerow([review.id, review.country, site.country(review.country), *placed, *cells, one.most_late or ""])
    return text.getvalue().encode("utf-8-sig")


# -- pages -------------------------------------------------------------------------------------------------------------


def write_reviews(site: LanguageSite) -> Files:
    """The first page with years, world, and the matrix where it has room; a page for each part of the world."""
    standings = site.content.tracker.standings
    parts = _divide(standings)
    links = [(_name_part(site, part), f"reviews/{part.lower()}.html") for part in parts]
    told = _gather(site, standings, site.say("reviews-title"), None)
    drawn = [told["timeline"], *([told["map"]] if told["map"] else [])]
    if len(standings) > _A_PAGE:
        told["bands"] = ()
    elif standings:
        drawn.append(_draw_steps(site, standings))
        yield f"{site.language}/reviews/steps.csv", to_csv(site, standings)
    told["parts"] = links
    yield site.page("reviews/index.html", "reviews", "reviews", told["heading"], told=told)
    for part, some in parts.items():
        title = site.say("reviews-region", region=_name_part(site, part))
        told = {**_gather(site, some, title, part), "parts": links}
        yield site.page(f"reviews/{part.lower()}.html", "reviews", "reviews", title, told=told)
        drawn += [attrs.evolve(_draw_steps(site, some), name=f"steps-{part.lower()}")]
        drawn += [told["map"]] if told["map"] else []
        yield f"{site.language}/reviews/steps-{part.lower()}.csv", to_csv(site, some)
    for drawing in drawn:
        yield f"{site.language}/reviews/{drawing.name}.svg", drawing.file


def _divide(standings: Standings) -> Mapping[str, Standings]:
    """The reviews by the part of the world that the State is drawn in, those without a tile last."""
    found: defaultdict[str, list[ReviewStanding]] = defaultdict(list)
    for one in standings:
        found[find_region(one.review.country) or _ELSEWHERE].append(one)
    return {part: found[part] for part in (*REGIONS, _ELSEWHERE) if part in found}


def _name_part(site: LanguageSite, part: str) -> str:
    return site.say(f"region-{part.lower()}")


def _draw_steps(site: LanguageSite, standings: Standings) -> Drawing:
    return draw_matrix(site, list_bands(site, standings), " ".join(tell_lateness(site, standings)))


def _gather(site: LanguageSite, standings: Standings, title: str, part: str | None) -> dict[str, Any]:
    """What the template of a page is filled with."""
    tracker, entries = site.content.tracker, site.content.timeline
    bands = list_bands(site, standings)
    has_map = any(find_region(one.review.country) for one in standings)
    is_world_map = has_map and part is None
    suffix = "" if part is None else f"-{part.lower()}"
    totals = ", ".join(
        site.say("tally-not-begun", reviews=number)
        if progress is ReviewProgress.NOT_STARTED
        else site.tell(make_message("tracker.tally", number=number, state=progress))
        for progress, number in tracker.totals.items()
        if number
    )
    total = make_message("tracker.total", number=len(standings), on=str(tracker.on), totals=totals)
    return {
        "heading": title,
        "total": f"{site.capitalized(site.tell(total))}." if standings and part is None else "",
        "sentences": list(tell_lateness(site, standings)) if standings else [],
        "timeline": draw_timeline(site, entries, tracker.on) if part is None else None,
        "timeline_rows": list(list_timeline_rows(site, entries)) if part is None else [],
        "map": draw_map(site, standings, tell_progress(site, standings), part) if has_map else None,
        "map_parts": list(draw_map_parts({one: _name_part(site, one) for one in REGIONS})) if is_world_map else [],
        "tile_rows": list_tile_rows(site, standings, part) if has_map else {},
        "bands": [(name, list(list_rows(site, some))) for name, some in bands],
        "steps": [site.capitalized(site.label(step)) for step in TRACKED_STEPS],
        "legend": [
            (CELL_CLASSES[one], site.tell(f"tracker.mark-{one}"), site.tell(f"tracker.means-{one}"))
            for one in list_used(bands)
        ],
        "suffix": suffix,
        "aggregates": list(_list_aggregates(site)) if part is None else [],
        "aggregate_head": [site.tell(f"tracker.aggregate-{name}") for name in ("day", "number", "metric", "source")],
    }


def _mark_doubt(site: LanguageSite, said: str, certainty: Certainty) -> str:
    return said if certainty is Certainty.SEEN else f"{said} ({site.label(certainty)})"


def _list_aggregates(site: LanguageSite) -> Iterator[tuple[str, str, str, FactSource]]:
    """The day, number and subject of what others published, with how sure these are, and the source."""
    for row in site.content.tracker.aggregates:
        metric = site.words.interface.get(f"report-published-{make_slug(row.metric)}", row.metric)
        day = _mark_doubt(site, format_day(str(row.as_of), site.language), row.find_certainty("as_of"))
        told = _mark_doubt(site, metric, row.find_certainty("value"))
        yield (
            day,
            site.number(row.value),
            told,
            FactSource(document=row.source, url=row.source, day=row.as_of, certainty=row.certainty),
        )


# -- by itself ---------------------------------------------------------------------------------------------------------


def write_review_page(site: LanguageSite) -> bytes:
    """All of it as one page, with its stylesheet and its table to download within, that loads nothing."""
    style = fill_accent(load_stylesheet(), site.options.accent)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = Page(site, "reviews.html", "reviews", site.say("reviews-title"))
    standings = site.content.tracker.standings
    table = f"data:text/csv;charset=utf-8;base64,{base64.b64encode(to_csv(site, standings)).decode()}"
    told = {**_gather(site, standings, page.title, None), "parts": [], "table": table}
    values = {"site": site, "page": page, "style": Markup(style), "digest": digest, "told": told}  # noqa: S704 - a file of this package
    return render(site.environment, "reviews-alone.html", values)


def draw_picture(site: LanguageSite, picture: str, region: str | None) -> bytes:
    """One of the pictures as a file; of the world, or of a part of it."""
    tracker = site.content.tracker
    if picture == "timeline":
        return draw_timeline(site, site.content.timeline, tracker.on).file
    some = [one for one in tracker.standings if region in (None, find_region(one.review.country))]
    if picture == "steps":
        return _draw_steps(site, some).file
    return draw_map(site, some, tell_progress(site, some), region).file
