"""What an audience sees of one record: denied unless it is public, or a consent covers it.

It is long since each kind of value has its own answer, and a leak is seen only where all of them are read together.
"""

from __future__ import annotations

import bisect
import copy
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import attrs

from untoc_network.diagnostics.code import PRIVACY
from untoc_network.model.event import Statement
from untoc_network.model.extension import declare
from untoc_network.model.organization_and_person import Person
from untoc_network.model.record import Acceptance, SourcedRecord
from untoc_network.model.register import (
    FRAME_FIELDS,
    Redirect,
    Register,
    is_reference_field,
)
from untoc_network.model.traversal import GONE, Change, Path, Rewriter, collect_values
from untoc_network.privacy.audience_policy import (
    GROUNDS,
    LIFTED,
    SCANNED,
    TREATMENTS,
    UNSCANNED,
    Treatment,
    may_show_own_field,
)
from untoc_network.privacy.coarsened_fields import COARSENED, UNTOLD
from untoc_network.privacy.identifying_traces import is_name_of_person, mask_own_fields, mask_text
from untoc_network.privacy.lost_masks import LostMasks
from untoc_network.privacy.redactions import REASONS, Redaction, RedactionReason
from untoc_network.privacy.register_withholding import WithheldOfRegister
from untoc_network.privacy.withheld_values import WithheldValue
from untoc_network.text.personal_data_patterns import MASK, find_personal_data, is_meeting_link
from untoc_network.values.consent_and_contact import Audience, Consent, Contact, Purpose
from untoc_network.values.consent_evaluation import is_covered, list_visible_consents, may
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.ids_and_codes import Key, LanguageTag, RecordId, Url
from untoc_network.values.multilingual_text import Text
from untoc_network.values.sources_and_claims import Blank, BlankReason, Claim

__all__ = ["GATED", "Lost", "RecordViewer", "Seen"]


class Lost(NamedTuple):
    """What a wider circle masks for records that a view shows, and could not know of any more from the view."""

    values: frozenset[WithheldValue] = frozenset()
    ties: frozenset[tuple[Audience, str, str]] = frozenset()
    """For a wider circle a record, and another beside which its values are masked."""


class Seen(NamedTuple):
    """What is seen of a record, `GONE` where nothing is; what was done to it; and what only a person can judge."""

    record: Any
    redactions: frozenset[Redaction] = frozenset()
    to_check: frozenset[tuple[str, str]] = frozenset()


class RecordViewer:
    """Shows single records of a register to an audience, with what is to be masked because it was `lost`."""

    def __init__(self, withheld: WithheldOfRegister, lost: Lost) -> None:
        self.basis, self.lost_before = withheld, lost
        self.lost_ties: defaultdict[str, defaultdict[Audience, list[str]]] = defaultdict(lambda: defaultdict(list))
        for one, record_id, owner in sorted(lost.ties):
            self.lost_ties[record_id][one].append(owner)
        self.register, self.audience, self.on = withheld.register, withheld.audience, withheld.on
        self.treatments = TREATMENTS[self.audience]
        self.declared = declare(self.register.extensions)
        self.guarded = withheld.guards_doors
        self.withheld = withheld.records[self.audience]
        shared = withheld.traces
        self.traces = shared.with_values(self.audience, lost.values) if lost.values else shared.circles[self.audience]
        self.circles = withheld.circles
        self.lost_masks = [LostMasks(shared, one, self.traces.values) for one in self.circles]
        self.coarsened = withheld.coarsened
        self.new_ids, self.new_keys = withheld.replace_names(self.traces)
        self.rewriter = Rewriter(self._choose)
        self.record: Any = None
        self.redactions: set[Redaction] = set()
        self.to_check: set[tuple[str, str]] = set()
        """What is told of the record that is being looked at."""
        self.grounds: tuple[Any, Container[int]] = (None, ())
        """What was asked of last, and its consents that go with the view."""
        self._kept: dict[int, Seen] = {}
        self._lost_keys: dict[str, set[Key]] = {}

    def with_basis(self, basis: WithheldOfRegister) -> RecordViewer:
        """The same for a register in which some records are others, but not what is looked for in texts."""
        new = copy.copy(self)
        new.basis, new.register, new.withheld = basis, basis.register, basis.records[self.audience]
        new.traces, new.circles, new.coarsened = self.traces.attach(basis.traces), basis.circles, basis.coarsened
        new.lost_masks = [one.attach(basis.traces) for one in self.lost_masks]
        new.rewriter, new._kept, new._lost_keys = Rewriter(new._choose), {}, {}  # noqa: SLF001
        return new

    def see(self, record: Any) -> Seen:
        """What the audience sees of a record of the register."""
        found = self._kept.get(id(record))
        if found is None:
            found = self._kept[id(record)] = self._see(record)
        return found

    def see_frame(self) -> Seen:
        """What the audience sees of what is said of the whole register."""
        return self._look_at(None, lambda: self.rewriter.rewrite(self.register, only=FRAME_FIELDS))

    def _see(self, record: Any) -> Seen:
        if record.id in self.withheld:
            return Seen(GONE, frozenset({Redaction(id=record.id, reason=RedactionReason(self.withheld[record.id]))}))
        return self._look_at(record, lambda: self._with_blanks(record, self.rewriter.rewrite(record)))

    def _look_at(self, record: Any, see: Callable[[], Any]) -> Seen:
        """What is seen, and what is told of it; while one record is looked at, another may have to be."""
        before = self.record, self.redactions, self.to_check, self.grounds
        self.record, self.redactions, self.to_check, self.grounds = record, set(), set(), (None, ())
        new = see()
        told = self.redactions or self.to_check
        seen = Seen(new, frozenset(self.redactions), frozenset(self.to_check)) if told else Seen(new)
        self.record, self.redactions, self.to_check, self.grounds = before
        return seen

    def list_redirects(self) -> Iterator[Redirect]:
        """The redirects that the audience sees."""
        for redirect in self.register.redirects:
            is_lost = any(one.spans(redirect.old_id) for one in self.lost_masks)
            if not is_lost and not self._is_withheld(redirect.old_id) and redirect.old_id not in self.traces:
                yield attrs.evolve(redirect, new_id=RecordId(self._id(redirect.new_id)))

    def new_id(self, record_id: str) -> str:
        """The id by which the view has a record."""
        return self.new_ids.get(record_id, record_id)

    def find_exposed(self, records: Sequence[Any]) -> tuple[Any, ...]:
        """Of what is seen of records of one class, that in which a value stands that no view can mask: a language."""
        if not self.traces or not any(tag in self.traces for tag in _collect_tags(records)):
            return ()
        return tuple(one for one in records if any(tag in self.traces for tag in _collect_tags((one,))))

    def find_lost_keys(self, person_id: str) -> set[Key]:
        """The roles of a person that the view does not show."""
        if person_id not in self._lost_keys:
            person = self.register.get(Person, person_id)
            seen = GONE if person is None else self.see(person).record
            known = () if person is None or seen is GONE else person.roles
            self._lost_keys[person_id] = {one.key for one in known}.difference(one.key for one in known and seen.roles)
        return self._lost_keys[person_id]

    # -- one value ---------------------------------------------------------------------------------------------------

    def _choose(self, cls: Any, shape: FieldShape, path: Path) -> Change | None:
        if shape.type in _GATES:
            return functools.partial(_GATES[shape.type], self)
        change = self._choose_shown(cls, shape, path)
        if shape.name in COARSENED.get(cls, ()):
            change = functools.partial(self._coarsen, shape, path, change)
        if self.treatments[shape.sensitivity] is Treatment.SHOW:
            return change

        def change_guarded(holder: Any, value: Any) -> Any:
            if not self._may_show(holder, shape, value):
                return self._withheld_value(shape, value, path)
            return value if change is None else change(holder, value)

        return change_guarded

    def _choose_shown(self, cls: Any, shape: FieldShape, path: Path) -> Change | None:
        """What changes the values of a field that is shown."""
        if shape.name == "id":
            return lambda _, value: self.new_ids.get(value, value)
        if is_reference_field(shape):
            return functools.partial(self._reference, path)
        if shape.type is Key:
            of_speaker = cls is Statement and shape.name == "speaking_as"
            return functools.partial(self._capacity if of_speaker else self._key, path)
        if shape.type not in (str, Text, Url):
            return None
        is_named = not is_name_of_person(cls, shape.name)
        spans = functools.partial(self._spans, path, cls not in UNSCANNED, is_named, cls is not Contact)
        goes_whole = shape.type is Url or (cls in UNSCANNED and shape.required)
        return functools.partial(self._whole if goes_whole else self._text, spans, path)

    def _may_show(self, holder: Any, shape: FieldShape, value: Any) -> bool:
        treatment = self.treatments[shape.sensitivity]
        if treatment is not Treatment.CONSENT:
            return treatment is Treatment.SHOW or self._is_lifted(holder, shape)
        if nested_class(shape) is not None and hasattr(value, "consents"):
            holder, shape = (
                value,
                next(one for one in fields_of(value.__class__) if one.sensitivity is shape.sensitivity),
            )
        purposes = GROUNDS.get((type(holder), shape.name), frozenset())
        return bool(purposes) and is_covered(holder.consents, purposes, self.audience, self.on)

    def _is_lifted(self, holder: Any, shape: FieldShape) -> bool:
        return (type(holder), shape.name) in LIFTED and may(holder, Purpose.PUBLICATION, self.audience, self.on)

    def _withheld_value(self, shape: FieldShape, value: Any, path: Path) -> Any:
        left = MASK if shape.required and shape.type is str else GONE
        if value in (False, left):
            return value
        self._tell(path, REASONS[shape.sensitivity])
        return left

    def _reference(self, path: Path, _: Any, target: str) -> Any:
        if target not in self.withheld and target not in self.new_ids and target not in self.register.redirected:
            return target
        if self._is_withheld(target):
            self._tell(path, RedactionReason.NAMES_WITHHELD)
            return GONE
        return self._id(target)

    def _is_withheld(self, record_id: str) -> bool:
        return self.register.resolved(record_id) in self.withheld or record_id in self.withheld

    def _id(self, record_id: str) -> str:
        """The id by which the view has a record; old ids that mention somebody are not in it."""
        current = self.register.resolved(record_id) if record_id in self.traces else record_id
        return self.new_ids.get(current, current)

    def _key(self, path: Path, _: Any, key: Key) -> Key:
        """A key as it is, but for a name in it."""
        if key in self.new_keys:
            self._tell(path, RedactionReason.LOOKS_PERSONAL)
        return self.new_keys.get(key, key)

    def _capacity(self, path: Path, statement: Statement, key: Key) -> Any:
        """In what capacity a statement is made goes with the speaker."""
        if key in self.find_lost_keys(self.register.resolved(statement.speaker_id or "")):
            self._tell(path, RedactionReason.NAMES_WITHHELD)
            return GONE
        return self._key(path, statement, key)

    def _coarsen(self, shape: FieldShape, path: Path, change: Change | None, holder: Any, value: Any) -> Any:
        """What could tell of who is withheld, or lead to a door, made as coarse as it has to be."""
        coarsening = self.coarsened.get(holder.id, {}).get(shape.name)
        left = value if coarsening is None else coarsening.change(value)
        if coarsening is not None and left != value:
            self._tell(path, coarsening.reason)
        if left is None:
            return GONE
        return left if change is None else change(holder, left)

    def _text(self, spans: Callable[[str], list[tuple[int, int]]], path: Path, _: Any, value: Any) -> Any:
        """A text without what leads to a person."""
        new = mask_text(value, spans)
        if new is not value:
            self._tell(path, RedactionReason.LOOKS_PERSONAL)
        return _drop_break_hints(new)

    def _whole(self, spans: Callable[[str], list[tuple[int, int]]], path: Path, _: Any, value: Any) -> Any:
        """An address, a contact or an identifier as it is, or not at all."""
        if not spans(value) and not (self.audience in SCANNED and is_meeting_link(value)):
            return value
        self._tell(path, RedactionReason.LOOKS_PERSONAL)
        return GONE

    def _spans(
        self, path: Path, is_free: bool, is_named: bool, has_neighbours: bool, wording: str
    ) -> list[tuple[int, int]]:
        """What is masked; what a wider circle masks beside it goes with it, for half of it may no longer be known.

        A contact that is shown was agreed to: what is open elsewhere stays open in it.
        """
        spans = _looks(wording) if is_free and self.audience in SCANNED else []
        record_id = self.record.id if self.record is not None and has_neighbours else ""
        if is_named:
            own, is_doubtful = self.traces.uses(wording, record_id)
            spans += own
            if is_doubtful:
                self._check(path)
        lost: Mapping[Audience, Iterable[str]] = self.lost_ties.get(record_id, {})
        for audience, traces in self.circles.items() if is_named else ():
            if audience in lost:
                masked = traces.uses(wording, record_id).spans
                spans += _reaching(traces.find_values(wording, lost[audience]), masked)
        for one in self.lost_masks if is_named else ():
            spans += one.spans(wording, record_id)
        if not spans or not self.circles:
            return spans
        others = [*spans, *(_looks(wording) if is_free else ())]
        for traces in self.circles.values() if is_named else ():
            others += traces.uses(wording, record_id).spans
        return _reaching(spans, others)

    # -- values with a gate of their own -----------------------------------------------------------------------------

    def consent(self, holder: Any, consent: Consent) -> Any:
        """A consent goes with what rests on it, so that whoever has the view knows how far it goes."""
        if self.treatments[Sensitivity.INTERNAL] is Treatment.SHOW:
            return consent
        if holder is not self.grounds[0]:
            self.grounds = holder, {id(one) for one in list_visible_consents(holder, self.audience, self.on)}
        return consent if id(consent) in self.grounds[1] else GONE

    def claim(self, _: Any, claim: Claim) -> Any:
        """A claim is shown where the field that it is about is, and where it names nobody who is withheld."""
        return claim if self._is_open(claim.field) and not self._is_withheld(claim.value) else self._leave_out("claims")

    def blank(self, _: Any, blank: Blank) -> Any:
        """That a field is withheld may be known; that there is nothing in it, only where the field may be known."""
        withheld = blank.reason is BlankReason.WITHHELD and not (self.guarded and blank.field == "at_risk")
        return blank if withheld or self._is_open(blank.field) else self._leave_out("blanks")

    def acceptance(self, _: Any, acceptance: Acceptance) -> Any:
        """What the view mends needs no acceptance, and one could tell what it was."""
        return self._leave_out("accepted") if self.guarded and acceptance.rule.startswith(PRIVACY) else acceptance

    def own_fields(self, holder: Any, extra: Extra) -> Any:
        """Own fields, each as it was declared; what nobody declared goes no further than the internal circle."""
        left = extra.rewritten(functools.partial(self._own_field, holder))
        return GONE if left is None else left

    def _own_field(self, holder: Any, namespace: str, name: str, value: Any) -> Any:
        """The value of an own field without what leads to a person who is withheld; None where it is withheld."""
        declared = self.declared.find(type(holder), namespace, name)
        sensitivity = Sensitivity.INTERNAL if declared is None else declared.sensitivity
        path = ("extra",) if declared is None else ("extra", namespace, name)
        if not may_show_own_field(holder, sensitivity, self.audience, self.on):
            self._tell(path, REASONS[sensitivity])
            return None
        field = Extra({namespace: {name: value}})
        new = mask_own_fields(
            type(holder), field, functools.partial(self._spans, path, True, True, True), self.declared
        )
        if new is not field:
            self._tell(path, RedactionReason.LOOKS_PERSONAL)
        new = None if new is GONE else self.declared.with_texts(type(holder), new, _drop_break_hints)
        return value if new is field else new and new[namespace][name]

    def _is_open(self, field: str) -> bool:
        """Whether what the record says in a field, named with dots, is shown as it stands."""
        cls: Any = type(self.record)
        if field.partition(".")[0] in self.coarsened.get(self.record.id, ()):
            return False
        for name in field.split("."):
            shape = next((one for one in fields_of(cls) if one.name == name), None) if cls else None
            if shape is None:
                return self.audience not in SCANNED
            if not self._may_show(self.record, shape, None):
                return False
            cls = nested_class(shape)
        return True

    # -- what is told ------------------------------------------------------------------------------------------------

    def _leave_out(self, field: str) -> Any:
        self._tell((field,), RedactionReason.INTERNAL)
        return GONE

    def _tell(self, path: Path, reason: RedactionReason) -> None:
        record_id = self.record.id if self.record is not None else ""
        self.redactions.add(Redaction(id=record_id, field=".".join(path), reason=reason))

    def _check(self, path: Path) -> None:
        self.to_check.add((self.record.id if self.record is not None else "", ".".join(path)))

    def _with_blanks(self, before: Any, after: Any) -> Any:
        """The record with a blank for each field that the view emptied, unless the emptiness itself would tell.

        The blanks are then in the order of their fields, so that no one can tell in how many views they came about.
        """
        if after is before or not hasattr(after, "blanks"):
            return after
        blank = {one.field for one in after.blanks}
        emptied = [
            shape.name
            for shape in fields_of(before.__class__)
            if getattr(before, shape.name) not in (None, (), False)
            and getattr(after, shape.name) in (None, ())
            and shape.name not in _SHARED
            and shape.sensitivity is not Sensitivity.AT_RISK
            and shape.name not in UNTOLD.get(type(before), ())
            and shape.name not in blank
        ]
        added = tuple(Blank(field=name, reason=BlankReason.WITHHELD) for name in emptied)
        if not added:
            return after
        return attrs.evolve(after, blanks=tuple(sorted((*after.blanks, *added), key=lambda blank: blank.field)))


_GATES: Mapping[Any, Any] = {
    Consent: RecordViewer.consent,
    Claim: RecordViewer.claim,
    Blank: RecordViewer.blank,
    Acceptance: RecordViewer.acceptance,
    Extra: RecordViewer.own_fields,
}
GATED = frozenset(_GATES)
"""The classes of values that are shown or not by a gate of their own."""

_SHARED = frozenset({"consents", *(field.name for field in attrs.fields(SourcedRecord))})


def _reaching(spans: list[tuple[int, int]], among: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is made of many spans where they overlap or touch, if one of some is in it."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(among):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    starts = sorted(start for start, _ in spans)
    places = ((bisect.bisect_left(starts, start), start, end) for start, end in joined)
    return [(start, end) for place, start, end in places if place < len(starts) and starts[place] < end]


_BREAK_HINTS = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Signs that nobody sees, which say at most where a line may break: they come along where pages are copied."""


def may_hold_break_hints(text: str) -> bool:
    """Whether one of them may be in a text."""
    return not text.isascii() and _BREAK_HINTS.search(text) is not None


def _drop_break_hints(value: Any) -> Any:
    """A text without them, so that no publication stops at what a page left in a name; itself where it has none."""
    if isinstance(value, Text):
        if all(map(str.isascii, value.values())):
            return value
        new = {language: _drop_break_hints(wording) for language, wording in value.items()}
        return value if new == dict(value) else Text(new)
    return value if value.isascii() else _BREAK_HINTS.sub("", value) or value


def _looks(wording: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in find_personal_data(wording)]


def _collect_tags(records: Sequence[Any]) -> set[str]:
    cls = type(records[0]) if records else Register
    return {*collect_values(records, cls, LanguageTag)}.union(*collect_values(records, cls, Text))
