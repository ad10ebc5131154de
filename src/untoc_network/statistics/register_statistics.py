"""All tables on a register, as an audience may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.register import Register
from untoc_network.privacy.view import view
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.statistics.contributions import make_contribution_tables
from untoc_network.statistics.events import make_event_tables
from untoc_network.statistics.members import list_members, make_member_tables
from untoc_network.statistics.reviews import make_review_tables
from untoc_network.statistics.small_count_hiding import MINIMUM
from untoc_network.statistics.table import Statistics, Table
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import require_whole_day

__all__ = ["stats"]


@check_arguments
def stats(
    register: Register,
    *,
    on: dt.date | str,
    audience: Audience | str = Audience.PUBLIC,
    minimum: int | None = None,
    reference: Reference | None = None,
) -> Statistics:
    """The statistics of a register on a day: members, events, reviews, contributions.

    Counted is what the audience may see, so that the numbers tell of nobody whom the view withholds. Before the
    public and the members, counts of organizations and contributions below `minimum` (5) are hidden, and so is what
    they could be worked out from; before the network's own staff only where a minimum is given. Events, the numbers
    that sources state of them, and the reviews of States are told as they are. Where of a few members so much is hidden
    that half of their tables tell little, those whom the audience may see are listed by name.

    Raises `ImpossibleValue` where `on` is no whole day, the minimum is not positive, or there is no such audience.
    """
    seen_by, day, facts = audience_from_name(audience), require_whole_day(on), reference or packaged()
    if minimum is not None and minimum < 1:
        raise ImpossibleValue("the smallest count to be shown is at least 1")
    if minimum is None and seen_by is not Audience.INTERNAL:
        minimum = MINIMUM
    seen = view(register, seen_by, day).register
    subjects: dict[str, tuple[Sequence[object], Callable[[], Iterator[Table]]]] = {
        "members": (seen.memberships, lambda: make_member_tables(seen, day, minimum, facts)),
        "events": (seen.events, lambda: make_event_tables(seen, day)),
        "country-reviews": (seen.country_reviews, lambda: make_review_tables(seen, day, facts)),
        "contributions": (seen.contributions, lambda: make_contribution_tables(seen, day, minimum, seen_by, facts)),
    }
    tables = tuple(table for records, made in subjects.values() if records for table in made())
    return Statistics(
        on=day,
        audience=seen_by,
        minimum=minimum,
        title=seen.title,
        tables=tables,
        absent=tuple(name for name, (records, _) in subjects.items() if not records),
        listed=() if minimum is None else list_members(seen, day, tables),
    )
