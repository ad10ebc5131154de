"""One record of a register and what a list says of it, field by field and item by item."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.codes import member_list_reimport as reimporting
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.matching.consent_reimport import reimport_consents
from untoc_network.matching.list_memory import (
    SHARED,
    ComparedField,
    SaidDigest,
    get_item_content,
    get_stated_value,
    key_items,
    plan_compared_fields,
)
from untoc_network.matching.record_merge_context import RecordComparison, replace_fields
from untoc_network.matching.version_alignment import is_public_field
from untoc_network.model.event import EventStatus
from untoc_network.model.record import SourcedRecord
from untoc_network.values.consent_and_contact import Contact, ContactKind
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape
from untoc_network.values.multilingual_text import Text
from untoc_network.values.sources_and_claims import BlankReason

__all__ = ["RecordReimport"]

KEPT = frozenset({"declined", "sources"})
"""Lists of which nothing is taken out because a list does not say it any more."""


class RecordReimport:
    """Merges what a list says of one record into it."""

    def __init__(self, comparison: RecordComparison) -> None:
        self.comparison = comparison
        self.memory, self.base = comparison.memory, comparison.base
        self.said_fields = {path.partition(".")[0] for path in self.base}

    def merge(self, ours: Any) -> Any:
        """The record with what the list says anew."""
        self.holder = ours
        theirs = self.comparison.listed.record
        fields: dict[str, Any] = {}
        for part in plan_compared_fields(theirs.__class__):
            fields |= self.merge_field(part, part.shape.name, ours, theirs)
        if getattr(theirs, "at_risk", False):
            fields["at_risk"] = self.merge_at_risk(ours)
        record = replace_fields(ours, _drop_blanks_of_filled_fields(ours, fields))
        return reimport_consents(self.comparison, record, ours) if hasattr(theirs, "contacts") else record

    def merge_at_risk(self, ours: Any) -> bool:
        """Whether a body is at risk by what the list says anew; what somebody lifted since stays lifted."""
        known = self.memory.digest("at_risk", True)
        self.say("at_risk", known)
        if not ours.at_risk and known in self.base.get("at_risk", {}):
            self.comparison.keep_register_value("at_risk", reimporting.kept_register_value)
            return False
        if not ours.at_risk:
            self.comparison.add_edit("at_risk", "added", "new-in-list", None, None, public=False)
        return True

    def say(self, path: str, known_by: str, content: str = "", *, shared: bool = False) -> None:
        """Remember one thing that the list says."""
        self.comparison.said.append(SaidDigest(known_by, content, shared).written(path))

    # -- one field ---------------------------------------------------------------------------------------------------

    def merge_field(self, part: ComparedField, path: str, ours: Any, theirs: Any) -> dict[str, Any]:
        """What the field is to hold, and the fields that are tied to it."""
        if part.tied:
            return self.merge_tied(part, path, ours, theirs)
        shape = part.shape
        mine, other = getattr(ours, shape.name), getattr(theirs, shape.name)
        if not mine and not other and not self._was_said(path):
            return {}
        merged: Any
        if shape.many:
            merged = self.merge_items(shape, path, mine, other)
        elif shape.type is Text:
            merged = self.merge_text(part.wording, path, mine, other, _list_other_names(ours))
        elif part.parts:
            merged = self.merge_parts(part, path, mine, other)
        elif shape.type is Extra:
            merged = self.merge_own_fields(shape, path, mine, other)
        else:
            merged = self._merge_stated_value(part, path, mine, other, ours)
        return {shape.name: merged}

    def _merge_stated_value(self, part: ComparedField, path: str, mine: Any, other: Any, ours: Any) -> Any:
        """A field of one value, where its default says nothing; a name may be another name of the record."""
        says, tells = get_stated_value(mine, part.default), get_stated_value(other, part.default)
        if tells in getattr(ours, "other_names", ()) and part.shape.name == "name":
            tells = says
        chosen = self.merge_value(part.shape, path, says, tells, ours)
        return (mine if part.shape.required or says is None else part.default) if chosen is None else chosen

    def _was_said(self, path: str) -> bool:
        """Whether the list said anything of a field, or of a part of it."""
        if path.partition(".")[0] not in self.said_fields:
            return False
        within = f"{path}."
        return path in self.base or any(one.startswith(within) for one in self.base)

    def merge_value(self, shape: FieldShape, path: str, mine: Any, other: Any, holder: Any) -> Any:
        """One value in three versions: what it is to be, None for none."""
        base = next(iter(self.base.get(path, {}).values()), None)
        if other is None and not self.comparison.speaks_of(path):
            self.comparison.carry_over(path)
            return mine
        now = None if other is None else self.memory.digest(path, other)
        before = base.known_by if base is not None else None
        if now is not None:
            shared = base.shared if base is not None else mine == other
            self.say(path, now, shared=shared)
        if mine == other or (now is None and before is None):
            return mine
        if now == before:
            self.comparison.keep_register_value(path, reimporting.kept_register_value)
            return mine
        untouched = mine is None if base is None else self.memory.digest(path, mine) == before
        if not untouched or self._is_closed(path, holder, mine):
            both = reimporting.list_register_conflict
            self.comparison.keep_register_value(path, both, what="changed" if self.comparison.is_known else "said")
            return mine
        if (
            other is None
            and base is not None
            and (base.shared or self.comparison.queries.is_said_elsewhere(path, mine) or shape.required)
        ):
            return mine
        self._report_edit(shape, path, mine, other)
        return other

    def _is_closed(self, path: str, holder: Any, mine: Any) -> bool:
        """Whether the field is openly blank, or says what no list may undo."""
        blanks = getattr(holder, "blanks", ())
        name = path.partition(".")[0]
        if any(blank.field in (path, name) and blank.reason is not BlankReason.UNKNOWN for blank in blanks):
            return True
        return mine is EventStatus.CANCELLED and not self.comparison.is_newer

    def _report_edit(self, shape: FieldShape, path: str, mine: Any, other: Any) -> None:
        if mine is None:
            self.comparison.add_edit(path, "added", "new-in-list", None, other, public=is_public_field(shape))
        elif other is None:
            self.comparison.add_edit(path, "removed", "gone-from-list", mine, None, public=is_public_field(shape))
        else:
            self.comparison.add_edit(path, "changed", "changed-in-list", mine, other, public=is_public_field(shape))

    def merge_own_fields(self, shape: FieldShape, path: str, mine: Extra | None, other: Extra | None) -> Extra | None:
        """Own fields, one by one."""
        ours, theirs = ({} if side is None else side.one_by_one() for side in (mine, other))
        said = (one.split(".")[1:] for one in self.base if one.startswith(f"{path}."))
        kept = (
            self.merge_value(shape, ".".join((path, *field)), ours.get(field), theirs.get(field), self.holder)
            for field in dict.fromkeys((*ours, *theirs, *((namespace, name) for namespace, name in said)))
        )
        return Extra.joined(one for one in kept if one is not None)

    # -- fields of several parts -------------------------------------------------------------------------------------

    def merge_tied(self, part: ComparedField, path: str, ours: Any, theirs: Any) -> dict[str, Any]:
        """Fields that say one thing together; where the list says the same as the register and more, it is taken."""
        mine, other = ({name: getattr(side, name, None) for name in part.tied} for side in (ours, theirs))
        says, tells = ({name: value for name, value in side.items() if value is not None} for side in (mine, other))
        adds = not self.base.get(path) and says.items() < tells.items()
        chosen: dict[str, Any] | None = self.merge_value(
            part.shape, path, None if adds or not says else says, tells or None, ours
        )
        if chosen is None:
            chosen = says if adds else {}
        return dict.fromkeys(part.tied) | chosen

    def merge_parts(self, part: ComparedField, path: str, mine: Any, other: Any) -> Any:
        """A place or a period, part by part."""
        cls = part.shape.type
        empty = cls()
        one, two = (empty if side is None else side for side in (mine, other))
        found: dict[str, Any] = {}
        for inner in part.parts:
            found |= self.merge_field(inner, f"{path}.{inner.shape.name}", one, two)
        if all(value is None for value in found.values()):
            return None
        try:
            return cls(**found)
        except ImpossibleValue:
            self.comparison.keep_register_value(path, reimporting.list_register_conflict, what="changed")
            return mine

    def merge_text(
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
                self.comparison.carry_over(here)
                continue
            chosen = self.merge_value(shape, here, wording, new, None)
            if chosen is None:
                found.pop(language, None)
            elif chosen != wording or language in held:
                found[language] = chosen if chosen != wording else held[language]
        if found.get("und") in [wording for language, wording in given.items() if language not in {"und", *held}]:
            found.pop("und", None)
        return Text(found) if found else None

    # -- lists -------------------------------------------------------------------------------------------------------

    def merge_items(
        self, shape: FieldShape, path: str, mine: tuple[Any, ...], other: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        """A list, item by item; what is new comes last, or in the place of the one that is gone."""
        base = self.base.get(path, {})
        ours = key_items(mine)
        given = {_find_contact_key(one[0], ours): one for one in self.memory.digest_items(path, other)}
        added: dict[Hashable, Any] = {}
        now: set[str] = set()
        result = dict(ours)
        for key, (_, item, known, content, text) in given.items():
            said = base.get(known)
            now.add(known)
            shared = said.shared or key not in ours if said is not None else key in ours
            self.comparison.said.append(f"{text}{SHARED}" if shared else text)
            if key in ours:
                result[key] = self._merge_item(shape, path, item, ours[key], said, content)
            elif said is None and not self._is_closed(path, self.holder, None):
                added[key] = item
            elif path not in KEPT:
                self.comparison.keep_register_value(path, reimporting.kept_register_value, item)
        gone = tuple(self._find_gone(path, {one: said for one, said in base.items() if one not in now}, ours, given))
        places = dict(zip(gone, added, strict=True)) if len(gone) == len(added) == 1 else {}
        for key in gone:
            if key not in places and getattr(ours[key], "key", None) in self.comparison.queries.keys_in_use:
                self.comparison.keep_register_value(path, reimporting.kept_register_value)
                continue
            self.comparison.add_edit(path, "removed", "gone-from-list", ours[key], None, public=is_public_field(shape))
            if key not in places or not hasattr(ours[key], "key"):
                del result[key]
        for key, item in added.items():
            self.comparison.add_edit(path, "added", "new-in-list", None, item, public=is_public_field(shape))
            (old,) = [one for one, new in places.items() if new == key and one in result] or (None,)
            if old is not None:
                result[old] = attrs.evolve(item, key=ours[old].key)
            else:
                result[key] = item
        return _settle_items(mine, result)

    def _merge_item(  # noqa: PLR0913, PLR0917
        self, shape: FieldShape, path: str, item: Any, held: Any, said: SaidDigest | None, content: str
    ) -> Any:
        """One item that both have."""
        if held is item or (said is not None and said.content == content):
            return held
        before = self.memory.digest(path, get_item_content(held))
        if before == content:
            return held
        if said is None or before != said.content:
            if said is not None or _contradicts_held_item(item, held):
                what = "changed" if said is not None else "said"
                self.comparison.keep_register_value(path, reimporting.list_register_conflict, item, what=what)
            return held
        kept = {name: getattr(held, name) for name in ("key", "consents", "sources") if hasattr(held, name)}
        self.comparison.add_edit(path, "changed", "changed-in-list", held, item, public=is_public_field(shape))
        return attrs.evolve(item, **kept)

    def _find_gone(
        self, path: str, left: Mapping[str, SaidDigest], ours: Mapping[Hashable, Any], given: Container[Hashable]
    ) -> Iterator[Hashable]:
        """The items of the register that only this list said, and that it does not say any more."""
        if path in KEPT or not left:
            return
        held = {
            self.memory.digest(path, one): key for key in ours if key not in given for one in _iterate_earlier_keys(key)
        }
        for known, said in left.items():
            item = ours[held[known]] if known in held else None
            if not self.comparison.speaks_of(path, item):
                self.comparison.said.append(said.written(path))
            elif item is not None and self._may_go(path, ours, held[known], said):
                yield held[known]

    def _may_go(self, path: str, ours: Mapping[Hashable, Any], key: Hashable, said: SaidDigest) -> bool:
        """Whether an item that the list does not say any more is only its own, and as it said it."""
        held = ours[key]
        if said.shared or self.comparison.queries.is_said_elsewhere(path, key):
            return False
        own = not isinstance(held, Contact) or all(self.comparison.has_given(consent) for consent in held.consents)
        if self.memory.digest(path, get_item_content(held)) == said.content and own:
            return True
        self.comparison.keep_register_value(path, reimporting.list_register_conflict, held, what="gone")
        return False


def _list_other_names(record: Any) -> frozenset[str]:
    """What a record is called besides its name."""
    return frozenset(alias.name for alias in getattr(record, "aliases", ()))


def _drop_blanks_of_filled_fields(ours: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields; a blank whose field has a value now goes."""
    blanks = getattr(ours, "blanks", ()) if isinstance(ours, SourcedRecord) else ()
    if not blanks:
        return fields
    left = tuple(blank for blank in blanks if fields.get(blank.field) in (None, (), getattr(ours, blank.field, None)))
    return {**fields, "blanks": left}


def _find_contact_key(key: Any, ours: Mapping[Any, Any]) -> Any:
    """The key of a contact as it stands in the register, where it has another label."""
    if key in ours or not _is_contact_key(key):
        return key
    (kind, value, _), number = key
    same = [one for one in ours if _is_contact_key(one) and one[0][:2] == (kind, value) and one[1] == number]
    return same[0] if len(same) == 1 else key


def _iterate_earlier_keys(key: Any) -> Iterator[Hashable]:
    """The key of an item, and that which it had before somebody gave it a label."""
    yield key
    if _is_contact_key(key):
        (kind, value, _), number = key
        yield ((kind, value, None), number)


def _is_contact_key(key: Any) -> bool:
    return isinstance(key[0], tuple) and len(key[0]) == 3 and isinstance(key[0][0], ContactKind)


def _contradicts_held_item(item: Any, held: Any) -> bool:
    """Whether an item says something of its own that the one in the register says otherwise."""
    said = ((mine, getattr(held, name)) for name, mine in get_item_content(item).items())
    return any(mine not in (None, ()) and str(mine).casefold() != str(theirs).casefold() for mine, theirs in said)


def _settle_items(before: tuple[Any, ...], result: Mapping[Hashable, Any]) -> tuple[Any, ...]:
    """The items in their order; the very same tuple where nothing changed."""
    if len(result) == len(before) and all(map(operator.is_, result.values(), before)):
        return before
    return tuple(_give_free_keys(before, result))


def _give_free_keys(before: Iterable[Any], result: Mapping[Hashable, Any]) -> Iterator[Any]:
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
