"""What a site remembers from one build to the next, so that a withdrawal is noticed, and called off without a name.

It stands in the list of files of the site, which everybody can read: it holds nothing that the pages do not show, and
is made anew with each build.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.register import Register
from untoc_network.model.traversal import walk_values
from untoc_network.privacy.redactions import RedactionReason, View
from untoc_network.serializers.structure.structuring import to_plain
from untoc_network.text.personal_data_patterns import MASK
from untoc_network.values.consent_and_contact import Consent
from untoc_network.values.fields import FieldShape, Sensitivity

__all__ = ["SiteMemory", "make_memory", "read_memory"]

_DIGITS = 16
_NAME = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")


@attrs.frozen(kw_only=True)
class SiteMemory:
    """What the audience saw, as digests of ids and of values that not everybody may see; masks; names of entries.

    `masks` has how many passages are masked in a record, by its id. `uids` are the names of entries of the calendar, by
    the ids of their records: digests of what a record was when it came into the calendar. So an entry that is called
    off names nobody, and who does not know what it was cannot guess it.
    """

    digests: frozenset[str] = frozenset()
    masks: Mapping[str, int] = attrs.field(factory=dict)
    uids: Mapping[str, str] = attrs.field(factory=dict)

    def shows_less_than(self, earlier: SiteMemory) -> bool:
        """Whether something that was shown is not shown any more, or a passage of it is masked."""
        masked = any(number > earlier.masks.get(name, 0) for name, number in self.masks.items())
        return masked or not earlier.digests <= self.digests

    def to_plain(self) -> dict[str, Any]:
        """It as plain JSON, in an order of its own."""
        ordered = {name: dict(sorted(held.items())) for name, held in (("masks", self.masks), ("uids", self.uids))}
        return {"digests": sorted(self.digests), **ordered}


def read_memory(plain: Any) -> SiteMemory:
    """What an earlier build remembered; what has another form counts as nothing."""
    try:
        digests, masks, uids = plain["digests"], plain["masks"], plain["uids"]
        return SiteMemory(
            digests=frozenset(one for one in digests if _NAME.fullmatch(one)),
            masks={name: int(number) for name, number in masks.items()},
            uids={name: uid for name, uid in uids.items() if _NAME.fullmatch(uid)},
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        return SiteMemory()


def make_memory(seen: View, public: Register, earlier: SiteMemory) -> SiteMemory:
    """What there is to remember of a view, and of its part that goes into the calendar."""
    timed = (*public.events, *public.constructive_dialogues, *public.country_reviews)
    return SiteMemory(
        digests=frozenset(_list_digests(seen.register)),
        masks={name: number for name, number in _count_masks(seen) if number},
        uids={one.id: earlier.uids.get(one.id) or _digest("entry", to_plain(one)) for one in timed},
    )


def _list_digests(shown: Register) -> Iterator[str]:
    for redirect in shown.redirects:
        yield _digest(redirect.old_id)
    for record in shown:
        yield _digest(record.id)
        for found in walk_values(record, _is_guarded):
            names = ".".join(step for step in found.path if isinstance(step, str))
            yield _digest(record.id, names, to_plain(found.value))


def _is_guarded(cls: Any, shape: FieldShape) -> bool:
    """Whether a field holds what not everybody may see; who agreed to what, and when, is no such thing."""
    return shape.sensitivity is not Sensitivity.PUBLIC and Consent not in (cls, shape.type)


def _count_masks(seen: View) -> Iterator[tuple[str, int]]:
    places = {one.id for one in seen.redactions if one.reason is RedactionReason.LOOKS_PERSONAL}
    for record in seen.register:
        if record.id in places or seen.origins.get(record.id) in places:
            yield record.id, json.dumps(to_plain(record), ensure_ascii=False).count(MASK)


def _digest(*parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
