"""What becomes of an earlier site where the next one is refused: what may not be shown any more does not stay."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping

import attrs

from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.model.register import Register
from untoc_network.privacy.redactions import View
from untoc_network.privacy.view import view
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate
from untoc_network_site.feeds import CALENDAR, call_off_calendar
from untoc_network_site.site_folder import list_earlier, read_earlier, read_remembered, remove_changed
from untoc_network_site.site_memory import make_memory, read_memory

__all__ = ["TakenDown", "take_down"]


@attrs.frozen(kw_only=True)
class TakenDown:
    """Which files of an earlier site were removed, and which could not be."""

    removed: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()

    def list_notes(self) -> Iterator[str]:
        """What a person must know of it."""
        if self.removed:
            yield f"files of the earlier site that were removed, which could show what is withheld: {len(self.removed)}"
        if self.stuck:
            yield f"files of the earlier site that are stuck, which may show what is withheld: {len(self.stuck)}"


def take_down(
    register: Register,
    folder: str | os.PathLike[str],
    audience: Audience,
    on: PartialDate,
    make: Callable[[View], Mapping[str, bytes]],
) -> TakenDown:
    """Remove what an earlier site has that would not be the same today, if it showed what may not be shown any more.

    `make` makes the files of today of a view. Where it cannot, or where the view still holds something of who is
    withheld, all files go.
    """
    if not list_earlier(folder):
        return TakenDown()
    earlier = read_memory(read_remembered(folder))
    seen = view(register, audience, on)
    memory = make_memory(seen, Register(), earlier)
    if not (seen.exposed or memory.shows_less_than(earlier)):
        return TakenDown()
    files: Mapping[str, bytes] = {}
    if not seen.exposed:
        with contextlib.suppress(Exception):  # whatever it is: that the site is refused was told before
            files = make(seen)
    renewed = dict(_call_off(folder, files, on))
    remembered = attrs.evolve(memory, uids=earlier.uids).to_plain()
    removed, stuck = remove_changed(folder, files, renewed, remembered)
    return TakenDown(removed=removed, stuck=stuck)


def _call_off(
    folder: str | os.PathLike[str], files: Mapping[str, bytes], on: PartialDate
) -> Iterator[tuple[str, bytes]]:
    """The calendars of the earlier site as they would be today, or with all called off: who subscribed looks there."""
    for name in list_earlier(folder):
        previous = read_earlier(folder, name) if name.endswith(f"/{CALENDAR}") else None
        if previous is not None:
            with contextlib.suppress(UnreadableInput):
                yield name, files.get(name) or call_off_calendar(previous, on)
