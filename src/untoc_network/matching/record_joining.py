"""Two records of one kind put together field by field: what each says is kept, and what contradicts is noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.matching.version_alignment import is_public_field, make_contact_key, to_claim_text
from untoc_network.model.extension import OwnFields
from untoc_network.model.organization_and_person import list_refusals
from untoc_network.model.record import SourcedRecord
from untoc_network.model.register import REFERENTS
from untoc_network.privacy.body_at_risk_masking import guard_like
from untoc_network.text.folding import fold_without_blanks
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.consent_and_contact import Audience, Consent, Contact
from untoc_network.values.consent_evaluation import apply_first_withdrawal, join_consents_with_withdrawals
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.multilingual_text import Alias, AliasKind, Note, Text
from untoc_network.values.place_and_link import Place
from untoc_network.values.sources_and_claims import Blank, BlankReason, Claim

__all__ = ["RecordJoiner"]


class RecordJoiner:
    """Makes one record of two of one kind, and notes what contradicts."""

    def __init__(self, kept: Any, dropped: Any, declared: OwnFields) -> None:
        self.declared = declared
        self.unsettled: list[str] = []
        self.left_out: list[str] = []
        """Of these fields what the dropped record says stands in no claim and no note: too many would see it there."""
        if getattr(kept, "at_risk", False) is not getattr(dropped, "at_risk", False):
            # what leads to its door goes to no note either: the undoing has it
            known, other = (kept, dropped) if kept.at_risk else (dropped, kept)
            guarded = guard_like(other, known, declared=declared)
            kept, dropped = (known, guarded.record) if kept.at_risk else (guarded.record, known)
            self.unsettled += guarded.fields
            self.left_out += guarded.fields
        self.kept, self.dropped = kept, dropped
        self.renamed: dict[str, str] = _make_new_keys(kept, dropped)
        self.claims: list[Claim] = []
        self.notes: list[Note] = []
        self.aliases: list[Alias] = []
        self.other_names: list[str] = []

    def record(self) -> Any:
        """The one record."""
        shapes = fields_of(self.kept.__class__)
        special = {*_SPECIAL, "seat"} if self.is_one_at_risk else _SPECIAL
        fields = {shape.name: self.field(shape) for shape in shapes if shape.name not in special}
        if self.is_one_at_risk:
            fields["seat"] = self.guarded_seat()
        for name, more in (("aliases", self.aliases), ("other_names", self.other_names)):
            if name in fields:
                fields[name] = tuple(dict.fromkeys((*fields[name], *more)))
        joined = _drop_self_references(attrs.evolve(self.kept, **fields), self.kept.id, self.dropped.id, self.note)
        if isinstance(joined, SourcedRecord):
            return self._with_notes(joined)
        if self.unsettled:
            raise ImpossibleValue(
                f"{self.dropped.id!r} and {self.kept.id!r} differ in {', '.join(self.unsettled)}, and such records have"
                " no notes to keep the other value in; make them the same first"
            )
        return joined

    def _with_notes(self, joined: Any) -> Any:
        """The record with its blanks, claims, notes."""
        blanks = tuple(self._blanks(joined))
        followed = {*self.unsettled, *(claim.field for claim in self.kept.claims if claim.chosen)}
        theirs = (
            attrs.evolve(claim, chosen=claim.chosen and claim.field not in followed) for claim in self.dropped.claims
        )
        claims = dict.fromkeys((*self.kept.claims, *theirs, *self.claims))
        notes = dict.fromkeys((*self.kept.notes, *self.dropped.notes, *self.notes))
        return attrs.evolve(joined, blanks=blanks, claims=tuple(claims), notes=tuple(notes))

    def _blanks(self, joined: Any) -> Iterator[Blank]:
        """The blanks of both, each field once, that are still blank; what else they say goes to the notes."""
        told: dict[str, Blank] = {}
        for blank in (*self.kept.blanks, *self.dropped.blanks):
            first = told.setdefault(blank.field, blank)
            if first.reason is not blank.reason:
                self.note(blank.field, to_claim_text(blank.reason))
        for blank in told.values():
            if _is_nothing_at_path(joined, blank.field.split(".")):
                yield blank
            elif blank.reason is not BlankReason.UNKNOWN:
                self.note(blank.field, to_claim_text(blank.reason))

    def field(self, shape: FieldShape) -> Any:
        """What the one record holds in a field."""
        mine, other = getattr(self.kept, shape.name), getattr(self.dropped, shape.name)
        if shape.many:
            return self.items(shape, mine, other)
        if mine == other or _is_empty_or_unknown(other):
            return mine
        if _is_empty_or_unknown(mine) and not self._is_held_blank(shape.name):
            return other
        if isinstance(mine, Text) and isinstance(other, Text):
            return self.text(shape, mine, other)
        if shape.type is Extra or nested_class(shape) is not None:
            return (self.own_fields if shape.type is Extra else self.nested)(shape, mine, other)
        self.unsettle(shape, shape.name, mine, other)
        return (mine or other) if shape.name == "at_risk" else mine

    def _is_held_blank(self, name: str) -> bool:
        """Whether the kept record says that the field has no value, and not only that none is known."""
        blanks = getattr(self.kept, "blanks", ())
        return any(blank.field == name and blank.reason is not BlankReason.UNKNOWN for blank in blanks)

    @property
    def is_one_at_risk(self) -> bool:
        """Whether one of the two, and not the other, is known to be at risk."""
        return getattr(self.kept, "at_risk", False) is not getattr(self.dropped, "at_risk", False)

    def guarded_seat(self) -> Place | None:
        """The seat of a body at risk: nothing of the other record is told where this one knows it."""
        known, other = sorted((self.kept, self.dropped), key=lambda one: not one.at_risk)
        if None not in (known.seat, other.seat) and known.seat.country != other.seat.country:
            self.unsettled.append("seat.country")
            self.left_out.append("seat.country")
        return known.seat or other.seat  # type: ignore[no-any-return]

    def items(self, shape: FieldShape, mine: Any, other: Any) -> Any:
        """Both lists, each item once."""
        if self.renamed and shape.name in _KEYED:
            other = tuple(attrs.evolve(item, key=self.renamed.get(item.key, item.key)) for item in other)
        if shape.type in (Consent, Contact):
            mine, other = self._narrow(mine, self.dropped), self._narrow(other, self.kept)
        together: Any = tuple(dict.fromkeys((*mine, *other)))
        if shape.type is Contact:
            return tuple(_merge_contacts(together))
        if shape.type is Consent:
            return join_consents_with_withdrawals(together)
        if shape.name == "log" and all(entry.on for entry in together):
            return tuple(sorted(together, key=lambda entry: entry.on))
        return together

    def _narrow(self, items: tuple[Any, ...], other: Any) -> tuple[Any, ...]:
        """Consents, and contacts with theirs, before those who keep the register alone where the other record said no.

        Which of the two answers is the later one, nobody knows who does not ask.
        """
        agreed = {consent.purpose for consent in getattr(other, "consents", ())}
        refused = list_refusals(other) - agreed

        def narrow(consent: Consent) -> Consent:
            if consent.purpose not in refused or consent.audience is Audience.INTERNAL:
                return consent
            if "consents" not in self.unsettled:
                self.unsettled.append("consents")
            return attrs.evolve(consent, audience=Audience.INTERNAL)

        def narrow_item(item: Any) -> Any:
            if isinstance(item, Consent):
                return narrow(item)
            return attrs.evolve(item, consents=tuple(map(narrow, item.consents)))

        return tuple(map(narrow_item, items)) if refused else items

    def text(self, shape: FieldShape, mine: Text, other: Text) -> Text:
        """Both texts, where they have different wordings of one language the kept one's."""
        for language, wording in other.items():
            if mine.get(language, wording) == wording:
                continue
            if shape.name in ("name", "title") and hasattr(self.kept, "aliases"):
                same = fold_without_blanks(mine[language]) == fold_without_blanks(wording)
                kind = AliasKind.SPELLING if same else AliasKind.OTHER
                self.aliases.append(Alias(name=wording, kind=kind, language=ids.LanguageTag(language)))
            else:
                self.unsettled.append(f"{shape.name}.{language}")
                self.note(f"{shape.name}.{language}", wording)
        return Text({**other, **mine})

    def own_fields(self, shape: FieldShape, mine: Extra | None, other: Extra) -> Extra | None:
        """The own fields of both, where they differ the kept one's.

        What could expose somebody goes to no note, which is for more people: the undoing has it.
        """
        held = {} if mine is None else mine.one_by_one()
        for (namespace, name), one in other.one_by_one().items():
            if held.get((namespace, name), one) != one:
                field = f"{shape.name}.{namespace}.{name}"
                self.unsettled.append(field)
                if self.declared.get_sensitivity(type(self.kept), namespace, name) in _EXPOSING:
                    self.left_out.append(field)
                else:
                    self.note(field, ", ".join(text for _, text in one.leaves()))
        return Extra.joined((other, *held.values()))

    def nested(self, shape: FieldShape, mine: Any, other: Any) -> Any:
        """Both objects as one where they agree in all that both say; otherwise the kept one."""
        if mine is not None:
            parts = [(part, getattr(mine, part.name), getattr(other, part.name)) for part in fields_of(mine.__class__)]
            try:
                if all(_is_empty_or_unknown(one) or _is_empty_or_unknown(two) or one == two for _, one, two in parts):
                    return attrs.evolve(
                        mine, **{part.name: two if _is_empty_or_unknown(one) else one for part, one, two in parts}
                    )
            except ImpossibleValue:
                pass
        for part in fields_of(other.__class__):
            one, two = None if mine is None else getattr(mine, part.name), getattr(other, part.name)
            if one != two and not _is_empty_or_unknown(two):
                self.unsettle(
                    part, f"{shape.name}.{part.name}", one, two, public=is_public_field(shape) and is_public_field(part)
                )
        return mine

    def unsettle(self, shape: FieldShape, field: str, mine: Any, other: Any, *, public: bool | None = None) -> None:
        """Keep what the dropped record says: as a claim where one source says it and all may know, else as a note."""
        self.unsettled.append(field)
        if field == "name" and hasattr(self.kept, "other_names"):
            self.other_names.append(other)
            return
        sources: list[Any] = [getattr(record, "sources", ()) for record in (self.kept, self.dropped)]
        plain = shape.type not in (Text, bool) and nested_class(shape) is None and not shape.many
        if (
            plain
            and not _is_empty_or_unknown(mine)
            and (is_public_field(shape) if public is None else public)
            and all(len(cited) == 1 for cited in sources)
        ):
            if not any(claim.field == field for claim in self.kept.claims):
                self.claims.append(Claim(field=field, value=to_claim_text(mine), source=sources[0][0], chosen=True))
            self.claims.append(Claim(field=field, value=to_claim_text(other), source=sources[1][0]))
        else:
            self.note(field, _to_full_text(other))

    def note(self, field: str, text: str) -> None:
        """Keep a text of the dropped record in the notes, which are for those who keep the register."""
        self.notes.append(Note(text=f"{self.dropped.id}: {field}: {text}"))


_EXPOSING = (Sensitivity.PERSONAL, Sensitivity.AT_RISK)
_SPECIAL = frozenset({"id", "blanks", "claims", "notes"})
_KEYED = frozenset({"posts", "capacities", "affiliations", "segments", "outputs", "observations"})
"""Lists whose items are named by keys."""


def _is_empty_or_unknown(value: Any) -> bool:
    return value is None or value == () or (isinstance(value, StrEnum) and value.value == "unknown")


def _is_nothing_at_path(holder: Any, path: list[str]) -> bool:
    """Whether nothing stands at a place in a record, as far as there is such a place."""
    held = getattr(holder, path[0], None)
    if _is_empty_or_unknown(held) or len(path) == 1:
        return _is_empty_or_unknown(held)
    return all(_is_nothing_at_path(item, path[1:]) for item in (held if isinstance(held, tuple) else (held,)))


def _make_new_keys(kept: Any, dropped: Any) -> dict[str, str]:
    """New names for the keys of the dropped record by which the kept one names something else."""
    renamed: dict[str, str] = {}
    mine = {item.key: item for name in _KEYED for item in getattr(kept, name, ())}
    others = {item.key: item for name in _KEYED for item in getattr(dropped, name, ())}
    taken = {*mine, *others}
    for key, item in others.items():
        if key in mine and mine[key] != item:
            number = 2
            while f"{key}-{number}" in taken:
                number += 1
            renamed[key] = f"{key}-{number}"
            taken.add(renamed[key])
    return renamed


def _merge_contacts(contacts: Iterable[Contact]) -> Iterator[Contact]:
    """Each way to reach someone once, with all consents; where it has two labels, twice."""
    first: dict[tuple[str, str, str | None], Contact] = {}
    labels = {(contact.kind, contact.value): contact.label for contact in contacts if contact.label}
    for contact in contacts:
        way = (contact.kind, contact.value)
        label = contact.label or labels.get(way)
        known = first.get((*way, label))
        consents = (*(known.consents if known else ()), *contact.consents)
        first[(*way, label)] = attrs.evolve(contact, label=label, consents=tuple(dict.fromkeys(consents)))
    said: defaultdict[Any, list[Consent]] = defaultdict(list)
    for contact in first.values():
        said[make_contact_key(contact)] += contact.consents
    for contact in first.values():  # what was withdrawn from an address is, under each label and in each spelling
        ended = (apply_first_withdrawal(one, said[make_contact_key(contact)]) for one in contact.consents)
        yield attrs.evolve(contact, consents=tuple(dict.fromkeys(ended)))


def _drop_self_references(record: Any, keep: str, drop: str, note: Callable[[str, str], None]) -> Any:
    """The record without references from itself to itself, which the two had to each other."""
    fields: dict[str, Any] = {}
    for shape in fields_of(record.__class__):
        held = getattr(record, shape.name)
        if shape.name == "id" or held is None:
            continue
        if shape.many:
            staying = tuple(item for item in held if not _depends_on_joined_records(shape.type, item, (keep, drop)))
            gone = [item for item in held if item not in staying]
            for item in gone:
                note(shape.name, _to_full_text(item))
            fields |= {shape.name: staying} if gone else {}
        elif shape.optional and _depends_on_joined_records(shape.type, held, (keep, drop)):
            note(shape.name, _to_full_text(held))
            fields[shape.name] = None
    return attrs.evolve(record, **fields)


def _depends_on_joined_records(hint: Any, value: Any, record_ids: tuple[str, str]) -> bool:
    """Whether a value is, or cannot do without, a reference to one of the records."""
    if hint in REFERENTS:
        return value in record_ids
    if attrs.has(hint):
        required = (shape for shape in fields_of(hint) if shape.required and shape.type in REFERENTS)
        return any(getattr(value, shape.name) in record_ids for shape in required)
    return False


def _to_full_text(value: Any) -> str:
    """A value of any kind as text, with nothing left out, for the notes."""
    if isinstance(value, Text):
        return "; ".join(f"{language}: {wording}" for language, wording in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(_to_full_text, value))
    if attrs.has(value.__class__):
        parts = ((field.name, getattr(value, field.name)) for field in attrs.fields(value.__class__))
        return ", ".join(f"{name} {_to_full_text(part)}" for name, part in parts if part not in (None, ()))
    return to_claim_text(value)
