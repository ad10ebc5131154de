"""What an audience may see of a register on a day: denied unless it is public, or a consent covers it."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Collection, Iterable
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.register import COLLECTIONS, SIDE_TABLES, Redirect, Register
from untoc_network.model.traversal import GONE
from untoc_network.privacy.lost_values import LostValues
from untoc_network.privacy.plain_records import PlainRecords
from untoc_network.privacy.record_viewing import Lost, RecordViewer
from untoc_network.privacy.redactions import View
from untoc_network.privacy.register_withholding import WithheldOfRegister
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import require_whole_day

__all__ = ["make_viewers", "show_records", "view"]


@check_arguments
def view(
    register: Register,
    audience: Audience | str,
    on: dt.date | str,
    *,
    key: bytes = b"",
    only: Iterable[str] | None = None,
) -> View:
    """What an audience may see of a register on a day.

    Fields are shown, withheld, or shown where a consent covers them, as `TREATMENTS` has it. What names a withheld
    record goes: a reference from a list, an optional one with a blank `withheld` in its place, and whatever consists
    of it; what a withheld person said goes with the person. A body at risk is withheld, or shown without what leads to
    its door where it agreed to that; what it is tied to is coarsened likewise (`coarsened_fields`). In every text,
    what leads to those who are withheld is masked, and before all but the internal circle what looks like a way to a
    person. What may be theirs and somebody else's is left, and told in `to_check`. An id that names somebody who is
    withheld from anybody has another in its place, the same in every view: a digest, keyed by what the register holds
    of whom it names, or by a secret `key` of 16 bytes or more, with which no edit of those moves it.

    With `only`, ids as the view has them, it has these records alone, in the same bytes, and the redirects that were
    asked for with what they lead to; what is told is told of these. An id that is withheld, one that another stands
    for, and one that nobody has are answered alike.

    Pure. The view of a view is itself, and what a wider circle sees, a narrower one sees too: the view for one audience
    of the view for another is that of the wider one of both, but for words that it may mask in addition: it cannot know
    that something is open where the view that it is made of masked that. Raises `ImpossibleValue` where `on` is no
    whole day, there is no such audience, or `only` is no collection of texts.
    """
    wanted = None if only is None else _require_ids(only)
    basis = WithheldOfRegister(register, audience_from_name(audience), require_whole_day(on), key)
    return show_records(make_viewers(basis)[-1], wanted)


def _require_ids(only: Iterable[str]) -> frozenset[str]:
    ids = tuple(only)
    if not all(isinstance(one, str) for one in ids):  # of an iterator, which cannot be looked at before
        raise ImpossibleValue("only: expected ids, each a text")
    return frozenset(ids)


def make_viewers(basis: WithheldOfRegister) -> tuple[RecordViewer, ...]:
    """What shows the records of a register to an audience, last, and before it those that had lost less."""
    viewers = [RecordViewer(basis, Lost())]
    while (lost := LostValues(viewers[-1]).find()) != viewers[-1].lost_before:
        viewers.append(RecordViewer(basis, lost))
    return tuple(viewers)


def show_records(viewer: RecordViewer, only: Collection[str] | None = None) -> View:
    """A register of what is seen of all records, or of those that have one of some ids in the view."""
    redirects = tuple(viewer.list_redirects())
    if only is not None:
        redirects, only = _follow(redirects, only)
    frame, plain = viewer.see_frame(), PlainRecords(viewer)
    told = [frame]
    tables: dict[str, Any] = dict.fromkeys(SIDE_TABLES, ()) | {"redirects": redirects}
    shown, exposed = list[Any](), list[Any]()
    for name, cls in COLLECTIONS.items():
        if only is None:
            tables[name], seen = plain.see_all(cls)
        else:
            some = (one for one in getattr(viewer.register, name) if viewer.new_id(one.id) in only)
            seen = [viewer.see(one) for one in some if one.id not in viewer.withheld]
            tables[name] = tuple(one.record for one in seen if one.record is not GONE)
        told += seen
        shown += tables[name]
        exposed += viewer.find_exposed(tables[name])
    ids = {one.id for one in shown} if viewer.new_ids else ()
    return View(
        register=attrs.evolve(frame.record, **tables),
        redactions=tuple(sorted({redaction for one in told for redaction in one.redactions}, key=_get_place)),
        origins={new: old for old, new in viewer.new_ids.items() if only is None or new in ids},
        to_check=tuple(sorted({place for one in told for place in one.to_check})),
        exposed=tuple((one.id, "language") for one in exposed),
    )


_get_place = operator.attrgetter("id", "field", "reason")
"""By what redactions are in order, which they are by themselves too, and much slower."""


def _follow(redirects: tuple[Redirect, ...], only: Collection[str]) -> tuple[tuple[Redirect, ...], frozenset[str]]:
    """Of some redirects those that lead on from some ids, and these ids with those that they lead to."""
    leading = {redirect.old_id: redirect for redirect in redirects}
    ids, waiting = {*only}, [*only]
    while waiting:
        redirect = leading.get(waiting.pop())
        if redirect is not None and redirect.new_id not in ids:
            ids.add(redirect.new_id)
            waiting.append(redirect.new_id)
    return tuple(redirect for redirect in redirects if redirect.old_id in ids), frozenset(ids)
