"""Who belongs: members by country, kind, theme and language, and how many there were from year to year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from untoc_network.engagement.membership_status import MembershipStatus, assess_membership
from untoc_network.model.organization_and_person import Organization, OrganizationKind
from untoc_network.model.register import Register
from untoc_network.privacy.count_table import Hidden
from untoc_network.reference.facts import Reference
from untoc_network.statistics.small_count_hiding import hide_small_counts, hide_small_total, sort_cells
from untoc_network.statistics.table import (
    NONE,
    UNKNOWN,
    Cell,
    Chart,
    ListedMember,
    Row,
    RowSubject,
    Table,
    TableNote,
)
from untoc_network.values.dates import PartialDate
from untoc_network.values.sources_and_claims import BlankReason

__all__ = ["list_members", "make_member_tables"]

_POINTS = 24
"""The most days that a table of growth tells of, besides the last."""
_MOST_LISTED = 50
"""So many members can be read as a list."""
_STATES = (MembershipStatus.CERTAIN, MembershipStatus.POSSIBLE, MembershipStatus.UNKNOWN)
_YES: Mapping[MembershipStatus, int] = {state: place for place, state in enumerate(_STATES)}


def make_member_tables(register: Register, on: PartialDate, minimum: int | None, facts: Reference) -> Iterator[Table]:
    """The tables on members. Members are the organizations that belong to any network, unless it is sure they do not.

    An organization counts once, however many networks it belongs to.
    """
    belonging_to = _assess_belonging(register, on)
    bodies = [body for body in register.organizations if body.id in belonging_to]
    yield _make_growth_table(register, on, minimum)
    for key, rows_are, values in _QUESTIONS:
        yield _make_table_by_field(key, rows_are, values, bodies, minimum, facts)


def list_members(register: Register, on: PartialDate, tables: Iterable[Table]) -> tuple[ListedMember, ...]:
    """The members by name where they are few and half of the `tables` of them tell little; else nobody."""
    belonging_to = _assess_belonging(register, on)
    little = [table.tells_little for table in tables if table.key in {key for key, _, _ in _QUESTIONS}]
    if len(belonging_to) > _MOST_LISTED or 2 * sum(little) < len(little):
        return ()
    starts = _find_starts(register, on)
    return tuple(
        ListedMember(
            organization_id=body.id,
            name=body.name,
            kind=body.kind,
            country=body.seat.country if body.seat else None,
            since=starts.get(body.id),
            belonging=belonging_to[body.id],
        )
        for body in register.organizations
        if body.id in belonging_to
    )


def _find_starts(register: Register, on: PartialDate) -> dict[str, PartialDate]:
    """The first day on which each organization began to belong to a network to which it may belong on the day."""
    starts: dict[str, PartialDate] = {}
    for membership in register.memberships:
        start = membership.period.start if membership.period else None
        if start is not None and assess_membership(register, membership, on) is not MembershipStatus.NO:
            name = register.resolved(membership.organization_id)
            starts[name] = min(starts.get(name, start), start)
    return starts


# -- on the day ------------------------------------------------------------------------------------------------------


def _get_seat_country(body: Organization) -> Iterable[str]:
    return (body.seat.country,) if body.seat and body.seat.country else ()


def _get_kind(body: Organization) -> Iterable[str]:
    return () if body.kind is OrganizationKind.UNKNOWN else (body.kind.value,)


def _get_themes(body: Organization) -> Iterable[str]:
    return (theme.value for theme in body.themes)


def _get_languages(body: Organization) -> Iterable[str]:
    return (tag.partition("-")[0].lower() for tag in body.languages)


Values = Callable[[Organization], Iterable[str]]
_QUESTIONS: tuple[tuple[str, RowSubject, tuple[str, Values]], ...] = (
    ("members-by-country", RowSubject.COUNTRIES, ("seat", _get_seat_country)),
    ("members-by-kind", RowSubject.KINDS, ("kind", _get_kind)),
    ("members-by-theme", RowSubject.THEMES, ("themes", _get_themes)),
    ("members-by-language", RowSubject.LANGUAGES, ("languages", _get_languages)),
)
"""What members are counted by: the key of the table, what its rows are, the field and what it says of one member."""
_SEVERAL = frozenset({"themes", "languages"})
"""The fields that can hold more than one value, so that their rows do not add up to the members."""


def _make_table_by_field(  # noqa: PLR0913, PLR0917
    key: str,
    rows_are: RowSubject,
    question: tuple[str, Values],
    bodies: list[Organization],
    minimum: int | None,
    facts: Reference,
) -> Table:
    field, values = question
    counted: Counter[str] = Counter()
    for body in bodies:
        counted.update(set(values(body)) or {_name_missing_value(body, field)})
    told = hide_small_counts({UNKNOWN: 0, **counted}, minimum)
    notes = [TableNote(key="members")]
    notes += [TableNote(key="several")] if field in _SEVERAL else []
    notes += [TableNote(key="too-few")] if told is None else []
    rows = (
        _make_row(value, cell, facts if rows_are is RowSubject.COUNTRIES else None)
        for value, cell in sort_cells(told or {})
    )
    return Table(
        key=key,
        rows_are=rows_are,
        columns=("organizations",),
        rows=tuple(rows),
        total=None if field in _SEVERAL else (hide_small_total(len(bodies), minimum),),
        chart=Chart.GROUPED if rows_are is RowSubject.COUNTRIES else Chart.BARS,
        notes=tuple(notes),
    )


def _name_missing_value(body: Organization, field: str) -> str:
    none = any(blank.field == field and blank.reason is BlankReason.NONE for blank in body.blanks)
    return NONE if none else UNKNOWN


def _make_row(value: str, cell: Cell, facts: Reference | None) -> Row:
    group = facts.regional_group(value) if facts and value not in {UNKNOWN, NONE} else None
    return Row(key=value, cells=(cell,), group=None if facts is None else (group.value if group else UNKNOWN))


# -- from year to year -----------------------------------------------------------------------------------------------


def _assess_belonging(register: Register, on: PartialDate) -> dict[str, MembershipStatus]:
    """Whether each organization belonged to any network on a day: the surest answer; without those that did not."""
    best: dict[str, MembershipStatus] = {}
    for membership in register.memberships:
        state = assess_membership(register, membership, on)
        name = register.resolved(membership.organization_id)
        if state is not MembershipStatus.NO and isinstance(register.by_id.get(name), Organization):
            best[name] = min(best.get(name, state), state, key=_YES.__getitem__)
    return best


def _make_growth_table(register: Register, on: PartialDate, minimum: int | None) -> Table:
    rows, few = [], False
    for day in _list_year_ends(register, on):
        counted = Counter(_assess_belonging(register, day).values())
        counts = {state.value: counted[state] for state in _STATES}
        total = sum(counts.values())
        told = hide_small_counts(counts, minimum)
        few = few or told is None
        cells = (Hidden.HIDDEN,) * len(counts) if told is None else tuple(told.values())
        rows.append(Row(key=day, cells=(*cells, hide_small_total(total, minimum))))
    return Table(
        key="members-over-time",
        rows_are=RowSubject.DAYS,
        columns=("certain", "possible", "member-unknown", "together"),
        rows=tuple(rows),
        chart=Chart.LINES,
        notes=(TableNote(key="belonging"), *((TableNote(key="too-few"),) if few else ())),
    )


def _list_year_ends(register: Register, on: PartialDate) -> list[PartialDate]:
    """The ends of the years since the first membership began, every second or so where they are many, and the day."""
    starts = (one.period.start for one in register.memberships if one.period and one.period.start)
    last = dt.date.fromordinal(on.first)
    first = min((dt.date.fromordinal(start.first).year for start in starts), default=last.year)
    years = range(last.year - 1, first - 1, -(max(last.year - first, 0) // _POINTS + 1))
    return [*(PartialDate(f"{year:04}-12-31") for year in reversed(years) if year > 0), on]
