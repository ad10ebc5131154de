"""What an audience is not to know, as it is looked for in texts: what is masked, and what only a person can judge.

A value that is shown openly as well is masked only beside what is withheld. What is secret and what is open are told
apart in one place, for the one is defined by the other.
"""

from __future__ import annotations

import bisect
import copy
import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from untoc_network.model.extension import declare
from untoc_network.model.network import Network
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import COLLECTIONS, Register, is_reference
from untoc_network.model.traversal import collect_by_type, collect_with_ends
from untoc_network.privacy.identifying_traces import Traces
from untoc_network.privacy.open_values import (
    Sameness,
    is_common,
    list_open_pages,
    list_open_towns,
    list_open_values,
    list_unclean_names,
    may_show_openly,
)
from untoc_network.privacy.withheld_values import (
    REACHED,
    ValueKind,
    WithheldValue,
    fold_value,
    list_withheld_own_values,
    list_withheld_values,
    may_withhold,
)
from untoc_network.text.folding import fold_to_words
from untoc_network.text.name_finder import NameFinder
from untoc_network.text.word_tables import get_word_set
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate
from untoc_network.values.extra import Extra
from untoc_network.values.ids_and_codes import Key, Url
from untoc_network.values.multilingual_text import Text

__all__ = ["CleanTexts", "RegisterTraces", "UsesOfValue", "WithheldTraces"]


class UsesOfValue(NamedTuple):
    """Where in a text a value stands that is to be masked, and whether one is left that only a person can judge."""

    spans: list[tuple[int, int]]
    is_doubtful: bool


class CleanTexts:
    """The texts that have none of some values; those of a register are looked at all at once."""

    def __init__(self, texts: Collection[str], values: Traces) -> None:
        self._values, self._texts = values, texts
        self.unclean = values.select(texts)
        """The texts of the register in which one of the values may stand."""

    def __contains__(self, text: object) -> bool:
        if text in self._texts or not self._values:
            return text not in self.unclean
        return not self._values.select((str(text),))


class RegisterTraces:
    """What each audience is not to know of a register, made ready once for all of them.

    `withheld` has, for each audience, the widest first, the ids of the records that it is not to know of.
    """

    def __init__(self, register: Register, withheld: Mapping[Audience, Collection[str]], on: PartialDate) -> None:
        self.on, self.withheld, self.declared = on, withheld, declare(register.extensions)
        values = dict(_list_all_values(register, withheld, on))
        self._sameness: dict[tuple[ValueKind, str], Sameness] = {}
        self.make = functools.cache(_make_traces)  # what several audiences are not to know is made ready once
        self.make_beside = functools.cache(self._make_beside)
        together = tuple(dict.fromkeys(itertools.chain.from_iterable(values.values())))
        every = self.make(together)
        self.clean = CleanTexts(_collect_texts(register) if every else (), every)
        self.near = list_neighbours(register, {one.record_id for some in values.values() for one in some})
        """For each record those that it names, or that name it, of which something is withheld from somebody."""
        named: tuple[Any, ...] = (*register.persons, *register.organizations, *register.networks) if every else ()
        self.open = tuple([record for record in named if may_show_openly(record, self.clean.unclean)])
        """The records that may show openly what is withheld too."""
        self._names = {id(one): list_unclean_names(one, self.clean) for one in self.open}
        self._sought_pages = {self.get_sameness(one) for one in together if one.kind is ValueKind.EXACT}
        self._pages: dict[int, frozenset[Sameness]] = {}
        self._pages = {id(one): self.list_pages(one) for one in self.open if self._sought_pages}
        self.towns: tuple[str, ...] = ()
        widest = WithheldTraces(self, next(iter(withheld)), next(iter(values.values())))
        # Towns are compared with those that anybody is shown, all else with what an audience is: so what is left of a
        # text does not depend on how many views it went through.
        bodies = (body for body in self._list_seated(register) if body.id not in widest.withheld)
        self.towns = tuple(town for body in bodies for town in widest.list_towns(body))
        self.circles = {
            one: widest if one is widest.audience and not self.towns else WithheldTraces(self, one, values[one])
            for one in withheld
        }

    def _list_seated(self, register: Register) -> Iterator[Organization]:
        """The bodies of which the town or venue may be that of one that is withheld."""
        seated = (body for body in register.organizations if body.seat is not None)
        return (body for body in seated if not self.clean.unclean.isdisjoint((body.seat.city, body.seat.venue)))

    def with_values(self, audience: Audience, more: Iterable[WithheldValue]) -> WithheldTraces:
        """What an audience is not to know, with values that it is not shown though the record that they lead to is."""
        return WithheldTraces(self, audience, (*self.circles[audience].values, *sorted(more, key=str)))

    def with_changes(
        self, withheld: Mapping[Audience, Collection[str]], near: Mapping[str, frozenset[str]]
    ) -> RegisterTraces:
        """The same of a register in which others are withheld or beside each other, of the same values."""
        new = copy.copy(self)
        new.withheld, new.near = withheld, near
        new.circles = {audience: traces.attach(new) for audience, traces in self.circles.items()}
        return new

    def get_sameness(self, value: WithheldValue) -> Sameness:
        """By what a value is the same as others: asked once of each, for many audiences have the same."""
        key = value.kind, value.value
        found = self._sameness.get(key)
        if found is None:
            found = self._sameness[key] = value.sameness
        return found

    def list_pages(self, record: Any) -> frozenset[Sameness]:
        """What a record has openly of pages, handles and numbers that are withheld from somebody."""
        if not self._sought_pages:
            return frozenset()
        found = self._pages.get(id(record))
        return frozenset(list_open_pages(record)) & self._sought_pages if found is None else found

    def list_names(self, record: Any) -> tuple[tuple[str, Sameness], ...]:
        """The names of a record in which something that is withheld from somebody may stand."""
        found = self._names.get(id(record))
        return list_unclean_names(record, self.clean) if found is None else found

    def is_owner(self, record_id: str) -> bool:
        """Whether something is withheld of a record from somebody."""
        return any(record_id in traces.owned for traces in self.circles.values())

    def describe(self, record: Any) -> frozenset[tuple[Any, ...]]:
        """What a record adds to what is looked for in texts, and to what is open."""
        found = set[tuple[Any, ...]]()
        is_named = isinstance(record, Person | Organization | Network)
        for audience, traces in self.circles.items():
            is_hidden = record.id in traces.withheld
            values = list_withheld_values(record, audience, self.on, is_withheld=is_hidden)
            own = list_withheld_own_values(record, self.declared, audience, self.on)
            found.update((audience, value) for value in (*values, *own))
            if is_named and traces.values and not is_hidden:
                found.update((audience, same) for same in traces.list_open(record))
                found.update((audience, name) for name, _ in self.list_names(record))
        if isinstance(record, Organization):
            widest = next(iter(self.circles.values()))
            found.update(("town", town) for town in widest.list_towns(record))
        return frozenset(found)

    def _make_beside(self, values: tuple[WithheldValue, ...], others: tuple[str, ...]) -> Traces:
        return self.make(values).beside(others)


class WithheldTraces:
    """What one audience is not to know, as it is looked for in texts."""

    def __init__(self, shared: RegisterTraces, audience: Audience, values: tuple[WithheldValue, ...]) -> None:
        self._shared, self.audience, self.values = shared, audience, values
        self.withheld = shared.withheld[audience]
        self.owned = _group_by_owner(values)
        self._sought = {shared.get_sameness(one) for one in values}
        shown = [one for one in shared.open if one.id not in self.withheld] if values else []
        openly = {same for one in shown for same in self.list_open(one)}
        openly.update((ValueKind.WORDING, fold_value(town)) for town in shared.towns)
        secret, known = list[WithheldValue](), list[WithheldValue]()
        for one in values:
            (known if shared.get_sameness(one) in openly or is_common(one) else secret).append(one)
        names = (name for one in shown for name, _ in shared.list_names(one))
        self._others = tuple(dict.fromkeys((*names, *shared.towns)))
        self._closed = shared.make_beside(tuple(secret), self._others)
        self._words = {word for name in self._others for word in fold_to_words(name)} | get_word_set("common_words")
        self._openly = shared.make(tuple(known))
        self._open_keys = {shared.get_sameness(one)[1] for one in known}
        self._open = _group_by_owner(known)
        self._beside: dict[frozenset[tuple[ValueKind, str]], Traces] = {}
        """What is masked beside some owners, by their open values: many have the same, such as a town."""

    def attach(self, shared: RegisterTraces) -> WithheldTraces:
        """The same of a register in which others are withheld or beside each other."""
        new = copy.copy(self)
        new._shared, new.withheld = shared, shared.withheld[self.audience]  # noqa: SLF001
        return new

    def __bool__(self) -> bool:
        return bool(self._closed or self._open)

    def __contains__(self, text: str) -> bool:
        return bool(self.uses(text).spans)

    def list_near(self, record_id: str) -> frozenset[str]:
        """Those beside a record of whom something is withheld from this audience."""
        near = self._shared.near.get(record_id)
        return frozenset(one for one in near if one in self.owned) if near else frozenset()

    def list_open(self, record: Any) -> frozenset[tuple[ValueKind, str]]:
        """What a record that this audience is shown has openly of the values."""
        found = list_open_values(
            record,
            lambda contact: may(contact, REACHED, self.audience, self._shared.on),
            values=self._sought,
            beside=self._list_beside(record.id),
            clean=self._shared.clean,
            names=self._shared.list_names(record),
            pages=self._shared.list_pages(record),
        )
        return frozenset(found) & self._sought

    def list_towns(self, body: Any) -> tuple[str, ...]:
        """The towns where a body that this audience is shown sits openly, and that may be one that is withheld."""
        towns = list_open_towns(body, self._list_beside(body.id))
        return tuple(town for town in towns if town not in self._shared.clean)

    def _list_beside(self, record_id: str) -> set[tuple[ValueKind, str]]:
        """What is masked in a record beside others: it is not the record that shows that openly."""
        get_sameness = self._shared.get_sameness
        return {get_sameness(one) for owner in self.list_near(record_id) for one in self.owned[owner]}

    def uses(self, text: str, record_id: str = "") -> UsesOfValue:
        """Where the values stand in a text of a record."""
        if text in self._shared.clean or not self:
            return UsesOfValue([], False)
        spans, is_doubtful = self._closed_uses(text)
        near = frozenset(one for one in self.list_near(record_id) if one in self._open)
        if near:
            spans += self._traces_beside(near).spans(text)
        elif self._open and fold_value(text) not in self._open_keys:
            is_doubtful = is_doubtful or text in self._openly
        return UsesOfValue(spans, is_doubtful)

    def _closed_uses(self, text: str) -> tuple[list[tuple[int, int]], bool]:
        spans = [*self._closed.find_contacts(text)]
        is_doubtful = not spans and self._closed.reaches.may_hold(text)
        for one in self._closed.mentions.mentions(text, parted=True):
            words = fold_to_words(text[one.start : one.end])
            # in another order, or with other signs in between, words that nobody else has are the name all the same
            is_rare = not one.is_in_another and len(words) > 1 and self._words.isdisjoint(words)
            if one.is_sure or is_rare:
                spans.append((one.start, one.end))
            else:
                is_doubtful = True
        return spans, is_doubtful

    def find_values(self, text: str, owners: Iterable[str]) -> list[tuple[int, int]]:
        """Where in a text values of some owners stand, open or not."""
        return [*self._shared.make(tuple(one for owner in owners for one in self.owned[owner])).spans(text)]

    def _traces_beside(self, near: frozenset[str]) -> Traces:
        values = {(one.kind, one.value): one for owner in near for one in self._open[owner]}
        key = frozenset(values)
        if key not in self._beside:
            traces = _make_traces(values.values())
            self._beside[key] = traces.beside(self._list_others(traces.mentions))
        return self._beside[key]

    @functools.cached_property
    def _list_others(self) -> Callable[[NameFinder], Iterator[str]]:
        """Of the others those whose name may have one of some open values: all are looked through once."""
        return self._openly.mentions.index_others(self._others)


def _list_all_values(
    register: Register, withheld: Mapping[Audience, Collection[str]], on: PartialDate
) -> Iterator[tuple[Audience, tuple[WithheldValue, ...]]]:
    """What each audience is not to know, in the order of the records."""
    everybody: tuple[Any, ...] = (*register.persons, *register.organizations)
    hidden_from_some = frozenset(itertools.chain.from_iterable(withheld.values()))
    some = [one for one in everybody if one.id in hidden_from_some or may_withhold(one)]
    declared = declare(register.extensions)
    for audience, hidden in withheld.items():
        values = (
            value
            for record in some
            for value in list_withheld_values(record, audience, on, is_withheld=record.id in hidden)
        )
        own = (value for record in register for value in list_withheld_own_values(record, declared, audience, on))
        yield audience, (*values, *(own if declared else ()))


def _group_by_owner(values: Iterable[WithheldValue]) -> Mapping[str, tuple[WithheldValue, ...]]:
    found: defaultdict[str, list[WithheldValue]] = defaultdict(list)
    for one in values:
        found[one.record_id].append(one)
    return {record_id: tuple(some) for record_id, some in found.items()}


def _collect_texts(register: Register) -> Mapping[str, None]:
    """Every text, address, key and id of a register that a view may show, those of one kind beside each other.

    They are searched in portions, and names that are alike would else be in each of them.
    """
    held: list[Iterable[str]] = [
        register.title.values() if register.title else (),
        (one.old_id for one in register.redirects),
    ]
    for name, cls in COLLECTIONS.items():
        records = getattr(register, name)
        plain, wordings, urls, keys, extras = collect_by_type(records, cls, (str, Text, Url, Key, Extra))
        held += ([one.id for one in records], plain, *(one.values() for one in wordings), urls, keys)
        held += ([text for _, text in extra.texts()] for extra in extras)
    return dict.fromkeys(itertools.chain.from_iterable(held))


def _make_traces(values: Iterable[WithheldValue]) -> Traces:
    """What finds the values in texts."""
    by_kind: defaultdict[ValueKind, list[str]] = defaultdict(list)
    for one in values:
        by_kind[one.kind].append(one.value)
    return Traces.of_kinds(
        by_kind[ValueKind.PERSON],
        by_kind[ValueKind.WORDING],
        by_kind[ValueKind.EXACT],
        by_kind[ValueKind.CONTACT],
        by_kind[ValueKind.NUMBER],
    )


def list_neighbours(register: Register, owners: Container[str]) -> Mapping[str, frozenset[str]]:
    """For each record those of the owners that it names, or that name it; an owner is beside itself."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    redirected = register.redirected
    for name, cls in COLLECTIONS.items() if owners else ():
        records: Sequence[Any] = getattr(register, name)
        named, ends = collect_with_ends(records, cls, is_reference)
        for place, target in enumerate(named):
            if (current := redirected.get(target, target)) in owners:
                near[records[bisect.bisect(ends, place)].id].add(current)
        for record, start, end in zip(records, (0, *ends), ends, strict=False):
            if record.id in owners:
                near[record.id].add(record.id)
                for target in named[start:end]:
                    near[redirected.get(target, target)].add(record.id)
    return {record_id: frozenset(some) for record_id, some in near.items()}
