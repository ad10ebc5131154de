"""What is asked of a register or of the facts, by the names that people use for countries, tables and audiences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network import privacy, reference
from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.engagement import Coverage, coverage
from untoc_network.engagement.review_article_coverage import CoveringContribution
from untoc_network.matching import Edit, diff
from untoc_network.matching.register_difference import NEEDING_VALUES
from untoc_network.model.country_review import CountryReview
from untoc_network.model.register import Register
from untoc_network.privacy.export_guard import refuse_exposed
from untoc_network.privacy.redactions import View
from untoc_network.process.review_tracker import ReviewTracker, track
from untoc_network.reference.facts import parse_treaty_code
from untoc_network.reference.table_rows import TableRows, select_missing
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import PartialDate, require_whole_day

__all__ = [
    "find_contribution_coverage",
    "find_differences",
    "look_up_facts",
    "look_up_table",
    "show_register",
    "show_to_audience",
    "track_reviews",
]

Day = PartialDate | dt.date | str
_NAMING = ("party", "country", "code")
"""The fields by which a row of facts speaks of a country."""


@check_arguments
def show_to_audience(register: Register, audience: Audience | str, on: Day) -> View:
    """What an audience may see of a register on a day, looked at once more before it is handed out.

    Raises `WouldExpose` where the view still holds what the audience may not see, `ImpossibleValue` where `on` is no
    whole day or there is no such audience.
    """
    seen_by, day = audience_from_name(audience), require_whole_day(on)
    seen = privacy.view(register, seen_by, day)
    refuse_exposed(register, seen.register, seen_by, day, seen.origins)
    return seen


@check_arguments
def show_register(register: Register, audience: Audience | str, on: Day) -> Register:
    """A register as it is looked at: for those who keep it all of it, for others what they may see on a day."""
    return (
        register
        if audience_from_name(audience) is Audience.INTERNAL
        else show_to_audience(register, audience, on).register
    )


@check_arguments
def find_differences(before: Register, after: Register, audience: Audience | str, on: Day) -> tuple[Edit, ...]:
    """What was done to get from one register to the other; with values only where the audience may see them."""
    edits = diff(before, after)
    if all(edit.kind in NEEDING_VALUES or not edit.params for edit in edits):
        return edits
    seen = {*diff(*(show_register(one, audience, on) for one in (before, after)))}
    return tuple(
        edit if edit in seen or edit.kind in NEEDING_VALUES else attrs.evolve(edit, params=()) for edit in edits
    )


@check_arguments
def track_reviews(register: Register, on: Day, *, country: str | None = None) -> ReviewTracker:
    """Where the country reviews of a register stand on a day; of a State alone, without the published aggregates."""
    tracker = track(register, on)
    if country is None:
        return tracker
    code = reference.country_code(country)
    standings = tuple(one for one in tracker.standings if one.review.country == code)
    return attrs.evolve(tracker, standings=standings, aggregates=())


@check_arguments
def find_contribution_coverage(
    register: Register, on: Day, *, review: str | None = None, country: str | None = None, audience: Audience
) -> list[Coverage]:
    """What contributions that the audience may see there are to one review, to those of a State, or else to each.

    Raises `UnknownRecord` where there is no such country or review, or the id is that of something else.
    """
    renamed: dict[str, str] = {}
    if audience is not Audience.INTERNAL:
        seen = show_to_audience(register, audience, on)
        renamed = {old: new for new, old in seen.origins.items()}
        new = {seen.origins.get(one.id, one.id): one.id for one in seen.register.contributions}
        shown = (attrs.evolve(one, id=new[one.id]) for one in register.contributions if one.id in new)
        register = attrs.evolve(register, contributions=tuple(shown))
    found = (coverage(register, one.id, on, audience=audience) for one in _find_reviews(register, review, country))
    told = [one for one in found if review or country or one.covered or one.elsewhere]
    return [_rename_authors(one, renamed) for one in told] if renamed else told


def _rename_authors(found: Coverage, renamed: Mapping[str, str]) -> Coverage:
    """The authors by the ids that the audience has for them."""

    def rename(pieces: tuple[CoveringContribution, ...]) -> tuple[CoveringContribution, ...]:
        authors = ([renamed.get(name, name) for name in piece.by.named] for piece in pieces)
        return tuple(
            attrs.evolve(piece, by=attrs.evolve(piece.by, named=tuple(named)))
            for piece, named in zip(pieces, authors, strict=True)
        )

    rows = tuple(attrs.evolve(row, pieces=rename(row.pieces)) for row in found.rows)
    return attrs.evolve(found, rows=rows, elsewhere=rename(found.elsewhere))


def _find_reviews(register: Register, review: str | None, country: str | None) -> tuple[CountryReview, ...]:
    if country:
        return register.reviews_of(reference.country_code(country))
    if not review:
        return register.country_reviews
    found = register[review]
    if not isinstance(found, CountryReview):
        raise UnknownRecord(f"{review!r} is not a country review")
    return (found,)


@check_arguments
def look_up_facts(  # noqa: PLR0913
    table: str,
    *,
    instrument: str | None = None,
    country: str | None = None,
    group: str | None = None,
    on: Day | None = None,
    in_force: bool = False,
) -> list[Any]:
    """The rows of a table of facts that speak of an instrument, a country or the countries of a regional group.

    The table `parties` is made of the treaty actions: the parties to the instrument (the Convention itself where none
    is named) on a day, from deposit on or, with `in_force`, from entry into force. `on` and `in_force` count for it
    alone. Raises `UnknownRecord` where there is no such table, instrument or country.
    """
    return list(_filter_rows(table, instrument, country, group, on, in_force=in_force))


@check_arguments
def look_up_table(table: str, *, instrument: str | None = None, **chosen: Any) -> TableRows:
    """The rows that `look_up_facts` finds, with the day that they are of and what is known to be missing."""
    rows = look_up_facts(table, instrument=instrument, **chosen)
    parties = table == "parties"
    treaty = parse_treaty_code(instrument or "UNTOC") if instrument or parties else None
    missing = reference.packaged().list_missing("treaty_actions" if parties else table)
    return TableRows(table=table, rows=tuple(rows), missing=select_missing(missing, treaty))


def _filter_rows(  # noqa: PLR0913
    table: str, instrument: str | None, country: str | None, group: str | None, on: Day | None, *, in_force: bool
) -> Iterator[Any]:
    parties = table == "parties"
    rows = reference.parties(instrument or "UNTOC", on=on, in_force=in_force) if parties else reference.table(table)
    treaty = parse_treaty_code(instrument) if instrument else None
    place = reference.country_code(country) if country else None
    for row in rows:
        codes = {getattr(row, name) for name in _NAMING if hasattr(row, name)}
        if treaty and treaty not in (getattr(row, "treaty", None), *codes):
            continue
        if (place is None or place in codes) and (
            group is None or group in {reference.regional_group(code) for code in codes}
        ):
            yield row
