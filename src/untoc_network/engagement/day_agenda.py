"""What a day holds for everybody: sessions, meetings, plans and reviews, each made once and handed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from untoc_network.model.accreditation import Accreditation
from untoc_network.model.register import Register
from untoc_network.reference.facts import Reference
from untoc_network.values.dates import PartialDate

__all__ = ["DayAgenda", "group_accreditations"]

T = TypeVar("T")


@attrs.frozen(kw_only=True, eq=False)
class DayAgenda:
    """A register and the facts on a day, with what was made of them for one organization and is the same for others."""

    on: PartialDate
    register: Register = attrs.field(repr=False)
    facts: Reference = attrs.field(repr=False)
    _made: dict[tuple[Any, ...], tuple[Any, Any]] = attrs.field(factory=dict, init=False, repr=False)

    def once(self, make: Callable[..., T], *about: Any) -> T:
        """What a function makes of the day, and of things that are the same objects each time, made but once."""
        key = (make, *(one if isinstance(one, str) else id(one) for one in about))
        if key not in self._made:
            self._made[key] = about, make(self, *about)  # they are kept, so that no other object has their place
        made: T = self._made[key][1]
        return made


def group_accreditations(agenda: DayAgenda) -> Mapping[str, list[Accreditation]]:
    """The applications for status by the id of who applies."""
    found: defaultdict[str, list[Accreditation]] = defaultdict(list)
    for one in agenda.register.accreditations:
        if one.organization_id is not None:
            found[agenda.register.resolved(one.organization_id)].append(one)
    return found
