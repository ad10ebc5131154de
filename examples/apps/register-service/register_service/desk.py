"""What is done to the register: somebody reads their view of it, and changes it as they saw it.

Whoever changes a record says which state of it they saw: the ETag, a digest of what was handed out to them. The change
is made to what the register holds, which may be more; `un.patched(..., seen=...)` refuses what would undo what they
were not shown.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

import untoc_network as un
from register_service.access import ANYBODY, Caller
from register_service.problems import Problem
from register_service.settings import Settings
from untoc_network_store import ChangedSince, IntroducesErrors, Store

_TRIES = 8
"""How often a change is made anew because somebody changed at the same time what its maker was not shown."""
_SHOWN_TO_MORE = "IM035"
"""An import shows somebody to a wider circle."""
_IDS = re.compile(r"(?:\\(?:[bfnrt]|u[0-9a-f]{4}))?([a-z0-9][a-z0-9-]*)")
"""What may be an id in JSON: a letter that belongs to an escape before it is no part of it."""


@attrs.frozen(kw_only=True)
class Seen:
    """The register at one moment as somebody sees it."""

    live: un.Live
    view: un.View

    @property
    def register(self) -> un.Register:
        """What they see."""
        return self.view.register

    def find(self, cls: type[Any], key: str) -> Any:
        """The record of an id. What is hidden from them is as little there as what nobody has."""
        record = self.register.by_id.get(key)
        if not isinstance(record, cls):
            raise Problem("not-found")
        return record

    def find_held(self, cls: type[Any], key: str) -> Any:
        """The record that the register holds where the view has that id."""
        return self.live.register[cls, self.view.origins.get(key, key)]

    def is_hidden(self, key: str) -> bool:
        """Whether the register has a record of that id which they do not see."""
        return key in self.live.register.by_id and key not in self.register.by_id


@attrs.frozen(kw_only=True)
class Changed:
    """What came of a change: the register after it, and the findings on what its maker may see."""

    after: Seen
    introduced: un.Report
    resolved: un.Report


@attrs.frozen
class ListImport:
    """What the import of a list changes, as far as whoever brings it may see, and the tag of exactly this outcome.

    `report` has what is found in the list, `introduced` what would be found in the register after it.
    """

    told: dict[str, Any] = attrs.field(repr=False)
    report: un.Report
    introduced: un.Report
    tag: str


class Desk:
    """The register, through the store."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._view_key, self._viewing = settings.read_view_key(), threading.Lock()
        self._calendars: dict[str, tuple[tuple[un.Register, str], bytes]] = {}

    def check(self) -> None:
        """Do nothing where the database can be reached, and raise `UnusableStore` where not."""
        _ = self._store.revision

    def see(self, caller: Caller) -> Seen:
        """The newest register in the view of a caller."""
        return self._show(self._store.judge_on(self._settings.now().date()), caller)

    def _show(self, live: un.Live, caller: Caller) -> Seen:
        with self._viewing:  # of a new day a view is made as a whole: once, and not by each who asks meanwhile
            return Seen(live=live, view=live.view(caller.audience, key=self._view_key))

    def get_calendar(self, language: str) -> bytes:
        """The public events and deadlines; made anew where one of them has changed, or the day."""
        seen = self.see(ANYBODY)
        entries = un.Register(  # only what stands in calendars, since `export` looks at all of it once more
            title=seen.register.title,
            language=seen.register.language,
            events=seen.register.events,
            country_reviews=seen.register.country_reviews,
            constructive_dialogues=seen.register.constructive_dialogues,
        )
        on = str(seen.live.on)
        made_of, calendar = self._calendars.get(language, (None, b""))
        if made_of != (entries, on):
            calendar = un.exchange.export(entries, "calendar", on=on, language=language).data
            self._calendars[language] = (entries, on), calendar
        return calendar

    def create(self, caller: Caller, record: Any) -> Changed:
        """Add a record."""

        def add(seen: Seen) -> un.Step:
            if record.id in seen.live.register or record.id in seen.register:
                raise Problem("id-taken")
            return seen.live.attempt(added=[record])

        return self._change(caller, add)

    def patch(self, caller: Caller, cls: type[Any], key: str, patch: bytes, tags: str | None) -> Changed:
        """Change a record by a JSON Merge Patch, if it is still as they saw it."""

        def change(seen: Seen) -> un.Step:
            record, held = seen.find(cls, key), seen.find_held(cls, key)
            require_match(tags, make_tag(record))
            # Under the id that the caller knows, so that no finding says another.
            changed, report = un.patched(attrs.evolve(held, id=record.id), patch, seen=record)
            if changed is None:
                raise Problem("findings", report)
            return seen.live.attempt(replaced=[attrs.evolve(changed, id=held.id)])

        return self._change(caller, change)

    def remove(self, caller: Caller, cls: type[Any], key: str, tags: str | None) -> Changed:
        """Remove a record, if it is still as they saw it."""

        def take_out(seen: Seen) -> un.Step:
            require_match(tags, make_tag(seen.find(cls, key)))
            return seen.live.attempt(removed=[seen.find_held(cls, key).id])

        return self._change(caller, take_out)

    def import_list(self, caller: Caller, data: bytes, *, list_name: str, tags: str | None) -> ListImport:
        """What importing a list changes, and a tag of that; it is done where the caller brings this very tag."""
        done = list[ListImport]()

        def bring(seen: Seen) -> un.Step | None:
            imported = un.import_bytes(data, file=list_name, existing=seen.live.register, list=list_name)
            if imported.register is None:
                raise Problem("findings", imported.report)
            step = seen.live.attempt_register(imported.register)
            both = (seen, self._show(step.live, caller))
            edits = [one for one in map(un.to_dict, imported.edits) if not _names_hidden(json.dumps(one), both)]
            told = {
                "edits": edits,
                "edits_not_shown": len(imported.edits) - len(edits),
                "missing_from_list": [one for one in imported.missing_from_list if not seen.is_hidden(one)],
                "acceptable": all(finding.severity is not un.Severity.ERROR for finding in step.introduced),
            }
            # Whom an import shows to a wider circle is named, also to a caller who was not shown them before.
            opened = [one for one in imported.report if one.code == _SHOWN_TO_MORE]
            others = [one for one in imported.report if one.code != _SHOWN_TO_MORE]
            told_of_list = un.Report((*choose_visible(others, both), *choose_visible(opened, both[1:])))
            reports = told_of_list, choose_visible(step.introduced, both)
            outcome = ListImport(told, *reports, tag=_make_tag_of_import(data, told, *reports))
            done[:] = [outcome]
            if tags is not None:
                require_match(tags, outcome.tag)
            return None if tags is None else step

        self._change(caller, bring)
        return done[0]

    def _change(self, caller: Caller, attempt: Callable[[Seen], un.Step | None]) -> Changed:
        for _ in range(_TRIES):
            seen = self.see(caller)
            step = attempt(seen)
            if step is None:
                return Changed(after=seen, introduced=un.Report(), resolved=un.Report())
            try:
                done = self._store.commit(step, by=caller.id, at=self._settings.now()).step
            except ChangedSince:
                continue
            except IntroducesErrors as refused:
                both = (seen, self._show(step.live, caller))
                told = choose_visible(refused.report, both)
                more = len(refused.report.findings) - len(told.findings)
                raise Problem("findings", told, findings_not_shown=more) from None
            both = (seen, self._show(done.live, caller))
            return Changed(
                after=both[1],
                introduced=choose_visible(done.introduced, both),
                resolved=choose_visible(done.resolved, both),
            )
        raise Problem("changed-since")


def choose_visible(findings: Iterable[un.Finding], both: Sequence[Seen]) -> un.Report:
    """The findings that name no record which the caller does not see, neither before a change nor after it."""
    return un.Report(one for one in findings if not _names_hidden(json.dumps(one.to_dict()), both))


def _names_hidden(told: str, both: Sequence[Seen]) -> bool:
    """Whether an id of what is hidden stands anywhere in it: as its subject, among its parameters, in a hint."""
    return any(one.is_hidden(key) for key in _IDS.findall(told) for one in both)


def _make_tag_of_import(data: bytes, told: dict[str, Any], *reports: un.Report) -> str:
    shown = json.dumps([told, [finding.to_dict() for report in reports for finding in report]])
    return f'"{hashlib.sha256(hashlib.sha256(data).digest() + shown.encode()).hexdigest()}"'


def make_tag(record: Any) -> str:
    """The ETag of a record: the digest of what was handed out. That of the register's own tells of hidden changes."""
    return f'"{un.digest(record)}"'


def require_match(tags: str | None, current: str) -> None:
    """Refuse a change by somebody who does not say what they saw (428), or saw something else (412)."""
    if tags is None or "*" in tags:
        raise Problem("etag-needed")
    if not is_listed(tags, current):
        raise Problem("changed-since")


def is_listed(tags: str, current: str) -> bool:
    """Whether a header such as If-Match lists a tag."""
    return any(tag.strip() == current for tag in tags.split(","))
