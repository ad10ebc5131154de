"""One record of a register and what a list says of it, field by field and item by item."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import reimport as reimporting
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.matching.list_alignment import is_public
from untoc_network.matching.list_memory import ListMemory, SaidDigest, read_said
from untoc_network.model.event import EventStatus
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.record import Record
from untoc_network.model.register_memory import RememberedRow
from untoc_network.values.consent import Audience, Consent, Contact, ContactKind, Purpose
from untoc_network.values.dates import Period
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.permission import narrow_consent, was_withdrawn
from untoc_network.values.place import Link, Place as Where
from untoc_network.values.source import BlankReason
from untoc_network.values.text import Alias, Text

__all__ = ["FindingReporter", "RecordReimport", "RegisterQueries"]

FindingReporter = Callable[..., None]
"""Called with a rule, the path of a field, an item of it or None, and the parameters of the message."""


@attrs.frozen(kw_only=True)
class RegisterQueries:
    """What the merge of one record has to ask of the rest of the register."""

    says_too: Callable[[str, Any], bool]
    """Whether another row or list says this of the record: a path, and the value or what the item is known by."""
    ever_agreed: Callable[[Purpose], bool]
    """Whether another row or list ever gave a consent to this purpose for the record."""
    accept_consents: bool = False
    keys_in_use: Container[str] = ()
    """Keys of its items by which other records speak of them."""


UNTOUCHED = frozenset({"id", "claims", "blanks", "accepted", "consents", "at_risk"})
"""Fields that a list does not speak of, or that are looked at by themselves."""
KEPT = frozenset({"sources"})
"""Lists of which nothing is taken out because a list does not say it any more."""
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "starts": ("starts", "ends", "starts_at", "ends_at"),
    "end": ("end", "ending"),
}
"""Fields that say one thing together, by the first of them: half of it from each side would be said by neither."""
_TIED = {name: first for first, names in TOGETHER.items() for name in names}


class RecordReimport:
    """Merges what a list says of one record into it; what is done and told is gathered."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        memory: ListMemory,
        listed: ListedRecord,
        row: RememberedRow | None,
        asked: RegisterQueries,
        tell: FindingReporter,
        edit: Callable[..., None],
    ) -> None:
        self.memory, self.listed, self.asked, self.tell, self.edit = memory, listed, asked, tell, edit
        self.base = read_said(row)
        self.is_known = row is not None and bool(row.said)
        last = row.sequence if row is not None else None
        self.is_newer = listed.sequence is not None and last is not None and listed.sequence > last
        self.is_new = False
        self.said: list[str] = []
        """What the row says now, as it is to be remembered."""

    def merged(self, ours: Any) -> Any:
        """The record with what the list says anew."""
        self.holder = ours
        theirs = self.listed.record
        fields: dict[str, Any] = {}
        for shape in fields_of(theirs.__class__):
            if shape.name not in UNTOUCHED and _TIED.get(shape.name, shape.name) == shape.name:
                fields |= self.field(shape, shape.name, ours, theirs)
        if getattr(theirs, "at_risk", False):
            fields["at_risk"] = self.at_risk(ours)
        record = _with(ours, _filled(ours, fields))
        return self.consented(record, ours) if hasattr(theirs, "contacts") else record

    def made(self) -> Any:
        """A record that is new: as the list gives it, with the consents that a list may give."""
        self.is_new = True
        theirs = self.listed.record
        bare: dict[str, Any] = {}
        if hasattr(theirs, "contacts"):
            bare["consents"] = ()
            bare["contacts"] = tuple(_with(contact, {"consents": ()}) for contact in theirs.contacts)
        record = _with(theirs, {**bare, **dict.fromkeys(_saying_nothing(theirs))})
        edit, self.edit = self.edit, lambda *_, **__: None
        self.holder = record
        self.say_all(record)
        record = self.consented(record, record) if bare else record
        self.edit = edit
        return record

    def say_all(self, record: Any) -> None:
        """Remember all that a new record says, as merging it with itself would."""
        for shape in fields_of(record.__class__):
            if shape.name not in UNTOUCHED:
                self._say(shape, shape.name, record)
        if getattr(record, "at_risk", False):
            self.at_risk(record)

    def _say(self, shape: FieldShape, path: str, holder: Any) -> None:
        """Remember what one field says, in the parts and items in which it is compared."""
        if _TIED.get(shape.name, shape.name) != shape.name:
            return
        value = getattr(holder, shape.name)
        if shape.name in TOGETHER:
            tied = {name: getattr(holder, name, None) for name in TOGETHER[shape.name]}
            self._say_value(path, {name: one for name, one in tied.items() if one is not None} or None)
        elif shape.many:
            for key, item in _known(value).items() if value else ():
                known, content = self.memory.digest(path, key), self.memory.digest(path, _content(item))
                self.said.append(SaidDigest(known, content).written(path))
        elif shape.type is Text:
            for language, wording in (value or {}).items():
                self._say_value(f"{path}.{language}", wording)
        elif nested_class(shape) in (Where, Period):
            for part in fields_of(shape.type) if value is not None else ():
                self._say(part, f"{path}.{part.name}", value)
        elif value:
            default = None if shape.required else attrs.fields_dict(type(holder))[shape.name].default
            self._say_value(path, _said(value, default))

    def _say_value(self, path: str, value: Any) -> None:
        if value is not None:
            self.said.append(SaidDigest(self.memory.digest(path, value)).written(path))

    def at_risk(self, ours: Any) -> bool:
        """Whether a body is at risk by what the list says anew; what somebody lifted since stays lifted."""
        known = self.memory.digest("at_risk", True)
        self.said.append(SaidDigest(known).written("at_risk"))
        if not ours.at_risk and known in self.base.get("at_risk", {}):
            self.stands("at_risk", reimporting.kept_register_value)
            return False
        if not ours.at_risk:
            self.edit("at_risk", "added", "new-in-list", None, None, public=False)
        return True

    # -- one field ---------------------------------------------------------------------------------------------------

    def field(self, shape: FieldShape, path: str, ours: Any, theirs: Any) -> dict[str, Any]:
        """What the field is to hold, and the fields that are tied to it."""
        if shape.name in TOGETHER:
            return self.together(path, ours, theirs)
        mine, other = getattr(ours, shape.name), getattr(theirs, shape.name)
        if not mine and not other and not self._was_said(path):
            return {}
        if shape.many:
            return {shape.name: self.items(shape, path, mine, other)}
        if shape.type is Text:
            return {shape.name: self.text(shape, path, mine, other, _also_called(ours))}
        if nested_class(shape) in (Where, Period):
            return {shape.name: self.parts(shape, path, mine, other)}
        default = None if shape.required else attrs.fields_dict(type(ours))[shape.name].default
        says, tells = _said(mine, default), _said(other, default)
        if tells in getattr(ours, "other_names", ()) and shape.name == "name":
            tells = says
        chosen = self.value(shape, path, says, tells, ours)
        return {shape.name: (mine if shape.required or says is None else default) if chosen is None else chosen}

    def _was_said(self, path: str) -> bool:
        """Whether the list said anything of a field, or of a part of it."""
        return path in self._said_fields

    @functools.cached_property
    def _said_fields(self) -> frozenset[str]:
        whole = (path.split(".") for path in self.base)
        return frozenset(".".join(parts[:length]) for parts in whole for length in range(1, len(parts) + 1))

    def speaks_of(self, path: str, item: Any = None) -> bool:
        """Whether the list speaks of a field, of a part of it, or of items of that kind."""
        gives = self.listed.gives
        kind = getattr(item, "kind", None) or getattr(item, "heading", None)
        return gives is None or not gives.isdisjoint((path, path.partition(".")[0], f"{path}.{kind}"))

    def value(self, shape: FieldShape, path: str, mine: Any, other: Any, holder: Any) -> Any:
        """One value in three versions: what it is to be, None for none."""
        base = next(iter(self.base.get(path, {}).values()), None)
        if other is None and not self.speaks_of(path):
            self.carry(path)
            return mine
        now = None if other is None else self.memory.digest(path, other)
        before = base.known_by if base is not None else None
        if now is not None:
            shared = base.shared if base is not None else mine == other and not self.is_new
            self.said.append(SaidDigest(now, "", shared).written(path))
        if mine == other or (now is None and before is None):
            return mine
        if now == before:
            self.stands(path, reimporting.kept_register_value)
            return mine
        untouched = mine is None if base is None else self.memory.digest(path, mine) == before
        if not untouched or self._is_closed(path, holder, mine):
            both = reimporting.list_register_conflict
            self.stands(path, both, what="changed" if self.is_known else "said")
            return mine
        if other is None and base is not None and (base.shared or self.asked.says_too(path, mine) or shape.required):
            return mine
        self._edited(shape, path, mine, other)
        return other

    def _is_closed(self, path: str, holder: Any, mine: Any) -> bool:
        """Whether the field is openly blank, or says what no list may undo."""
        blanks = getattr(holder, "blanks", ())
        name = path.partition(".")[0]
        if any(blank.field in (path, name) and blank.reason is not BlankReason.UNKNOWN for blank in blanks):
            return True
        return mine is EventStatus.CANCELLED and not self.is_newer

    def _edited(self, shape: FieldShape, path: str, mine: Any, other: Any) -> None:
        if mine is None:
            self.edit(path, "added", "new-in-list", None, other, public=is_public(shape))
        elif other is None:
            self.edit(path, "removed", "gone-from-list", mine, None, public=is_public(shape))
        else:
            self.edit(path, "changed", "changed-in-list", mine, other, public=is_public(shape))

    def stands(self, path: str, rule: Code, item: Any = None, **params: str) -> None:
        """The register's value stands against what the list says."""
        self.tell(rule, path, item, field=path, **params)

    def carry(self, path: str) -> None:
        """What the list said of a field that it does not speak of this time counts as said."""
        self.said += [one.written(path) for one in self.base.get(path, {}).values()]

    # -- fields of several parts -------------------------------------------------------------------------------------

    def together(self, path: str, ours: Any, theirs: Any) -> dict[str, Any]:
        """Fields that say one thing together; where the list says the same as the register and more, it is taken."""
        first = path.rpartition(".")[2]
        names = TOGETHER[first]
        mine, other = ({name: getattr(side, name, None) for name in names} for side in (ours, theirs))
        says, tells = ({name: value for name, value in side.items() if value is not None} for side in (mine, other))
        shape = next(one for one in fields_of(theirs.__class__) if one.name == first)
        adds = not self.base.get(path) and says.items() < tells.items()
        chosen: dict[str, Any] | None = self.value(shape, path, None if adds or not says else says, tells or None, ours)
        if chosen is None:
            chosen = says if adds else {}
        return dict.fromkeys(names) | chosen

    def parts(self, shape: FieldShape, path: str, mine: Any, other: Any) -> Any:
        """A place or a period, part by part."""
        cls = shape.type
        empty = cls()
        one, two = (empty if side is None else side for side in (mine, other))
        found: dict[str, Any] = {}
        for part in fields_of(cls):
            if _TIED.get(part.name, part.name) == part.name:
                found |= self.field(part, f"{path}.{part.name}", one, two)
        if all(value is None for value in found.values()):
            return None
        try:
            return cls(**found)
        except ImpossibleValue:
            self.stands(path, reimporting.list_register_conflict, what="changed")
            return mine

    def text(
        self, shape: FieldShape, path: str, mine: Text | None, other: Text | None, also: Container[str] = ()
    ) -> Text | None:
        """A text, language by language; a wording of no language is one that stands there in any, or another name."""
        held, given = dict(mine or {}), dict(other or {})
        found = dict(held)
        languages = dict.fromkeys(
            (*given, *(one.rpartition(".")[2] for one in self.base if one.startswith(f"{path}.")))
        )
        for language in languages:
            here = f"{path}.{language}"
            wording, new = held.get(language), given.get(language)
            if language == "und" and wording is None and held and here not in self.base:
                wording = held.get(next(iter(held)))  # another name in no language contradicts those in any
            if wording != new and (new in also or (language == "und" and new in held.values())):
                wording = new
            if new is None and wording is not None and not set(found) - {language}:
                self.carry(here)
                continue
            chosen = self.value(attrs.evolve(shape, required=False), here, wording, new, None)
            if chosen is None:
                found.pop(language, None)
            elif chosen != wording or language in held:
                found[language] = chosen if chosen != wording else held[language]
        if found.get("und") in [wording for language, wording in given.items() if language not in {"und", *held}]:
            found.pop("und", None)
        return Text(found) if found else None

    # -- lists -------------------------------------------------------------------------------------------------------

    def items(self, shape: FieldShape, path: str, mine: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
        """A list, item by item; what is new comes last, or in the place of the one that is gone."""
        base = self.base.get(path, {})
        ours = _known(mine)
        given = {_there(key, ours): (key, item) for key, item in _known(other).items()}
        added: dict[Hashable, Any] = {}
        now: set[str] = set()
        result = dict(ours)
        for key, (own, item) in given.items():
            known, content = self.memory.digest(path, own), self.memory.digest(path, _content(item))
            said = base.get(known)
            now.add(known)
            shared = said.shared or key not in ours if said is not None else key in ours and not self.is_new
            self.said.append(SaidDigest(known, content, shared).written(path))
            if key in ours:
                result[key] = self._item(shape, path, item, ours[key], said, content)
            elif said is None and not self._is_closed(path, self.holder, None):
                added[key] = item
            elif path not in KEPT:
                self.stands(path, reimporting.kept_register_value, item)
        gone = tuple(self._gone(path, {one: said for one, said in base.items() if one not in now}, ours, given))
        places = dict(zip(gone, added, strict=True)) if len(gone) == len(added) == 1 else {}
        for key in gone:
            if key not in places and getattr(ours[key], "key", None) in self.asked.keys_in_use:
                self.stands(path, reimporting.kept_register_value)
                continue
            self.edit(path, "removed", "gone-from-list", ours[key], None, public=is_public(shape))
            if key not in places or not hasattr(ours[key], "key"):
                del result[key]
        for key, item in added.items():
            self.edit(path, "added", "new-in-list", None, item, public=is_public(shape))
            (old,) = [one for one, new in places.items() if new == key and one in result] or (None,)
            if old is not None:
                result[old] = attrs.evolve(item, key=ours[old].key)
            else:
                result[key] = item
        return tuple(_with_free_keys(mine, result))

    def _item(  # noqa: PLR0913, PLR0917
        self, shape: FieldShape, path: str, item: Any, held: Any, said: SaidDigest | None, content: str
    ) -> Any:
        """One item that both have."""
        if held is item or (said is not None and said.content == content):
            return held
        before = self.memory.digest(path, _content(held))
        if before == content:
            return held
        if said is None or before != said.content:
            if said is not None or _contradicts(item, held):
                what = "changed" if said is not None else "said"
                self.stands(path, reimporting.list_register_conflict, item, what=what)
            return held
        kept = {name: getattr(held, name) for name in ("key", "consents", "sources") if hasattr(held, name)}
        self.edit(path, "changed", "changed-in-list", held, item, public=is_public(shape))
        return attrs.evolve(item, **kept)

    def _gone(
        self, path: str, left: Mapping[str, SaidDigest], ours: Mapping[Hashable, Any], given: Container[Hashable]
    ) -> Iterator[Hashable]:
        """The items of the register that only this list said, and that it does not say any more."""
        if path in KEPT or not left:
            return
        held = {self.memory.digest(path, one): key for key in ours if key not in given for one in _ever_known(key)}
        for known, said in left.items():
            item = ours[held[known]] if known in held else None
            if not self.speaks_of(path, item):
                self.said.append(said.written(path))
            elif item is not None and self._may_go(path, ours, held[known], said):
                yield held[known]

    def _may_go(self, path: str, ours: Mapping[Hashable, Any], key: Hashable, said: SaidDigest) -> bool:
        """Whether an item that the list does not say any more is only its own, and as it said it."""
        held = ours[key]
        if said.shared or self.asked.says_too(path, key):
            return False
        own = not isinstance(held, Contact) or all(self._gave(consent) for consent in held.consents)
        if self.memory.digest(path, _content(held)) == said.content and own:
            return True
        self.stands(path, reimporting.list_register_conflict, held, what="gone")
        return False

    # -- consents ----------------------------------------------------------------------------------------------------

    def _gave(self, consent: Consent) -> bool:
        return self.memory.digest("consents", consent) in {
            said.content for said in self.base.get("consents", {}).values()
        }

    def consented(self, record: Any, before: Any) -> Any:
        """The record with the consents that the list may give, and narrowed where it does not give them any more."""
        given = {consent.purpose: consent for consent in self.listed.record.consents}
        ever = {said.known_by: said for said in self.base.get("consents", {}).values()}
        consents = list(record.consents)
        swapped: dict[Consent, Consent | None] = {}
        fresh: list[Consent] = []
        for purpose in Purpose:
            consent = given.get(purpose)
            if consent is None and not ever:
                continue
            known = self.memory.digest("consents", purpose)
            said = ever.get(known)
            content = "" if consent is None else self.memory.digest("consents", consent)
            if said is not None and consent is None and not self.speaks_of(f"consents.{purpose}"):
                content = said.content
            if consent is not None and consent not in consents and (said is None or said.content != content):
                if not self._give(consent, said, consents, swapped, fresh):  # it is asked about until it is decided
                    content = said.content if said is not None else ""
            elif consent is not None and consent not in consents:
                self.stands(f"consents.{purpose}", reimporting.kept_register_value)
            elif consent is None and said is not None and said.content and self.speaks_of(f"consents.{purpose}"):
                self._take_back(purpose, consents, swapped)
            if consent is not None or said is not None:
                self.said.append(SaidDigest(known, content).written("consents"))
        changed = [swapped.get(consent, consent) for consent in consents]
        consents = [consent for consent in changed if consent is not None] + fresh
        fields: dict[str, Any] = {"consents": tuple(consents)}
        fields["contacts"] = tuple(self._contact(one, before, consents, swapped, fresh) for one in record.contacts)
        return _with(record, fields)

    def _give(
        self,
        consent: Consent,
        said: SaidDigest | None,
        consents: list[Consent],
        swapped: dict[Consent, Consent | None],
        fresh: list[Consent],
    ) -> bool:
        """Take a consent that the list gives anew: where none was ever recorded, a narrower one, or one accepted."""
        purpose = consent.purpose
        own = [one for one in consents if one.purpose is purpose]
        path = f"consents.{purpose}"
        if len(own) == 1 and self._gave(own[0]) and narrow_consent(consent, own[0]) == consent:
            swapped[own[0]] = consent
            self.edit(path, "changed", "changed-in-list", own[0], consent, public=False)
            return True
        reached = {one.purpose for contact in getattr(self.holder, "contacts", ()) for one in contact.consents}
        never = not own and purpose not in reached and said is None and not self.asked.ever_agreed(purpose)
        if not never and not self.asked.accept_consents:
            self.tell(reimporting.unconfirmed_consent, path, None, purpose=purpose)
            return False
        fresh.append(consent)
        self.edit(path, "added", "new-in-list" if never else "accepted", None, consent, public=False)
        if consent.audience is not Audience.INTERNAL:
            self.tell(reimporting.wider_audience, path, None, audience=consent.audience, purpose=purpose)
        return True

    def _take_back(self, purpose: Purpose, consents: list[Consent], swapped: dict[Consent, Consent | None]) -> None:
        """What the list gave and does not give any more holds before nobody, until somebody writes the day."""
        path = f"consents.{purpose}"
        own = [consent for consent in consents if consent.purpose is purpose and not was_withdrawn(consent)]
        if own and not any(map(self._gave, own)):
            self.stands(path, reimporting.list_register_conflict, what="gone")
        for consent in own:
            if self._gave(consent):
                narrowed = attrs.evolve(consent, audience=Audience.INTERNAL)
                swapped[consent] = narrowed if purpose is Purpose.PUBLICATION else None
                self.edit(path, "changed", "protected", consent, swapped[consent], public=False)
                self.tell(reimporting.consent_missing_from_list, path, None, purpose=purpose)

    def _contact(
        self,
        contact: Contact,
        before: Any,
        consents: list[Consent],
        swapped: dict[Consent, Consent | None],
        fresh: list[Consent],
    ) -> Contact:
        """A contact with what its holder agreed to of late: as far as the list gives it to that contact."""
        given = next((one for one in self.listed.record.contacts if _way(one) == _way(contact)), None)
        is_new = _way(contact) not in {_way(one) for one in before.contacts}
        own = () if is_new else contact.consents
        kept = [consent for one in own if (consent := swapped.get(one, one)) is not None]
        spoken = {one.purpose for one in own}
        for consent in given.consents if given is not None else ():
            accepted = consent in fresh and self.asked.accept_consents and consent not in own
            unspoken = consent.purpose not in spoken and (consent in fresh or (is_new and consent in consents))
            if accepted or unspoken:
                kept.append(consent)
        agreed: Contact = _with(contact, {"consents": tuple(kept)})
        return agreed


def _saying_nothing(record: Any) -> Iterator[str]:
    """The fields that hold a place or a period of which nothing is said: none at all, as merging takes it."""
    return (name for name, cls in _of_parts(record.__class__) if getattr(record, name) == cls())


@functools.cache
def _of_parts(cls: Any) -> tuple[tuple[str, Any], ...]:
    shapes = (shape for shape in fields_of(cls) if not shape.many and nested_class(shape) in (Where, Period))
    return tuple((shape.name, shape.type) for shape in shapes)


def _with(record: Any, fields: Mapping[str, Any]) -> Any:
    """The record with these fields; itself where it has them, as most records of a list that comes again do."""
    changed = {name: value for name, value in fields.items() if getattr(record, name) != value}
    return attrs.evolve(record, **changed) if changed else record


def _also_called(record: Any) -> frozenset[str]:
    """What a record is called besides its name."""
    return frozenset(alias.name for alias in getattr(record, "aliases", ()))


def _way(contact: Contact) -> Hashable:
    return contact.kind, contact.value.strip().casefold(), contact.label


# -- what is said, and by what an item is known ------------------------------------------------------------------------


def _said(value: Any, default: Any) -> Any:
    """A value, or None where it is no more than what stands there when nobody says anything."""
    if value == default or (isinstance(value, StrEnum) and value.value in ("unknown", "other")):
        return None
    return value


def _filled(ours: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields; a blank whose field has a value now goes."""
    blanks = getattr(ours, "blanks", ()) if isinstance(ours, Record) else ()
    if not blanks:
        return fields
    left = tuple(blank for blank in blanks if fields.get(blank.field) in (None, (), getattr(ours, blank.field, None)))
    return {**fields, "blanks": left}


def _known(items: Iterable[Any]) -> dict[Hashable, Any]:
    """The items of a list by what each is known by; of two that are known by the same, the second is another one."""
    found: dict[Hashable, Any] = {}
    for item in items:
        key = _key(item)
        found[next((key, number) for number in itertools.count() if (key, number) not in found)] = item
    return found


def _key(item: Any) -> Any:
    if isinstance(item, Contact):
        return _way(item)
    if hasattr(item, "key"):  # its key is its turn in the list: what it says is what it is known by
        return tuple((name, getattr(item, name)) for name in _names_of(item) if name not in ("key", "sources"))
    for cls, name in _BY_ONE.items():
        if isinstance(item, cls):
            return getattr(item, name)
    if attrs.has(item.__class__):
        required = tuple(shape.name for shape in fields_of(item.__class__) if shape.required)
        return tuple(getattr(item, name) for name in required) or item
    return item


_BY_ONE: Mapping[Any, str] = {Link: "url", Alias: "name"}
"""Items that are known by one field of those that they cannot be without."""


def _there(key: Any, ours: Mapping[Any, Any]) -> Any:
    """The key of a contact as it stands in the register, where it has another label."""
    if key in ours or not _is_way(key):
        return key
    (kind, value, _), number = key
    same = [one for one in ours if _is_way(one) and one[0][:2] == (kind, value) and one[1] == number]
    return same[0] if len(same) == 1 else key


def _ever_known(key: Any) -> Iterator[Hashable]:
    """The key of an item, and that which it had before somebody gave it a label."""
    yield key
    if _is_way(key):
        (kind, value, _), number = key
        yield ((kind, value, None), number)


def _is_way(key: Any) -> bool:
    return isinstance(key[0], tuple) and len(key[0]) == 3 and isinstance(key[0][0], ContactKind)


def _contradicts(item: Any, held: Any) -> bool:
    """Whether an item says something of its own that the one in the register says otherwise."""
    names = (field.name for field in attrs.fields(item.__class__) if field.name not in ("key", "sources", "consents"))
    said = {name: (getattr(item, name), getattr(held, name)) for name in names}
    return any(
        mine not in (None, ()) and str(mine).casefold() != str(theirs).casefold() for mine, theirs in said.values()
    )


def _names_of(item: Any) -> Iterator[str]:
    return (field.name for field in attrs.fields(item.__class__))


def _content(item: Any) -> Any:
    """All that an item says, without what a list does not say of it."""
    if not attrs.has(item.__class__):
        return item
    return {name: getattr(item, name) for name in _names_of(item) if name not in ("key", "sources", "consents")}


def _with_free_keys(before: Iterable[Any], result: Mapping[Hashable, Any]) -> Iterator[Any]:
    """The items; one that is new and whose key is taken gets another."""
    kept = {id(item) for item in before} & {id(item) for item in result.values()}
    held = {item.key for item in before if hasattr(item, "key") and id(item) in kept}
    for item in result.values():
        if hasattr(item, "key") and id(item) not in kept and item.key in held:
            stem = item.key.rstrip("0123456789").rstrip("-") or item.key
            free = next(f"{stem}-{number}" for number in itertools.count(2) if f"{stem}-{number}" not in held)
            item = attrs.evolve(item, key=free)  # noqa: PLW2901
        if hasattr(item, "key"):
            held.add(item.key)
        yield item
