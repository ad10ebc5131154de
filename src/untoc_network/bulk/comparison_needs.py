"""Which rules judge each record by itself, and what the others need of each record, as the rules say themselves."""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.diagnostics.templates import NO_PHRASES
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import COLLECTION_OF, COLLECTIONS, REFERENTS, Register
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.looked_at_fields import Given, Keys, Look, OwnFields, RelatedFields
from untoc_network.rules.rule import Rule
from untoc_network.values.fields import fields_of
from untoc_network.values.multilingual_text import Text

__all__ = [
    "compares_records",
    "is_needed_unreferenced",
    "list_projected_fields",
    "list_shared_keys",
    "make_projection_class",
    "needs_whole_records",
    "project_record",
]


def compares_records(rule: CatalogueEntry) -> bool:
    """Whether a rule may look at more than one record; of one that is not ours and does not say it is not known."""
    if not isinstance(rule, Rule):
        return False
    if rule.looks is None:
        return rule.on is Register or rule not in _collect_own_rules()
    return bool(rule.looks) or rule.on is Register


def needs_whole_records(rule: CatalogueEntry) -> bool:
    """Whether nothing may be left out of the records that a rule compares: of rules that are not ours."""
    return compares_records(rule) and rule not in _collect_own_rules()


@functools.cache
def _collect_own_rules() -> frozenset[CatalogueEntry]:
    return frozenset(catalogue())


@attrs.frozen
class NeededFields:
    """What rules need of the records of a class in order to compare them, ids and acceptances in any case."""

    always: tuple[str, ...]
    sometimes: tuple[tuple[Given, tuple[str, ...]], ...]
    """Fields that matter only of the records for which something is given."""
    shared: tuple[str, ...]
    """Fields that matter only where two records have one key."""


@functools.cache
def _merge_needed_fields() -> Mapping[Any, NeededFields]:
    """What our rules need, put together from what each of them looks at."""
    always: defaultdict[Any, dict[str, None]] = defaultdict(dict)
    sometimes: defaultdict[Any, dict[Given, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    shared: defaultdict[Any, dict[str, None]] = defaultdict(dict)
    for rule, look in _list_looks():
        for cls, field in itertools.chain(
            look.list_own_reads(_find_record_classes(rule)), look.list_other_reads(_find_record_classes(rule))
        ):
            if isinstance(look, OwnFields) and look.given is not None:
                sometimes[cls][look.given][field] = None
            elif isinstance(look, RelatedFields) and look.keys is not None:
                shared[cls][field] = None
            else:
                always[cls][field] = None
    return {
        cls: NeededFields(
            always=tuple(field for field in dict.fromkeys((*_ANYHOW, *always[cls])) if field in attrs.fields_dict(cls)),
            sometimes=tuple((given, tuple(fields)) for given, fields in sometimes[cls].items()),
            shared=tuple(shared[cls]),
        )
        for cls in COLLECTIONS.values()
    }


def _list_looks() -> Iterator[tuple[Rule, Look]]:
    return ((rule, look) for rule in catalogue() if isinstance(rule, Rule) for look in rule.looks or ())


def _find_record_classes(rule: Rule) -> tuple[Any, ...]:
    """The classes of records that a rule is called with."""
    classes = tuple(COLLECTIONS.values())
    return classes if rule.on is object else tuple(cls for cls in classes if cls is rule.on)


_ANYHOW = ("id", "accepted")


def project_record(record: Any, *, sharing: bool = False, known: Mapping[str, Any] = NO_PHRASES) -> Any:
    """A record with what comparing needs; the rest is looked at where the records stream by.

    With `sharing` it is one of several that have a key of `keys_of`. It stands for the record in every way that a rule
    can tell, but takes memory only for what it holds: an id that it names is the very text that the record of that id
    has, where that is `known`.
    """
    cls: Any = type(record)
    needed = _merge_needed_fields().get(cls)
    if needed is None:
        return record
    more = itertools.chain.from_iterable(fields for given, fields in needed.sometimes if given(record, known.get))
    wanted = (*needed.always, *more, *(needed.shared if sharing else ()))
    defaults, naming = _get_field_defaults(cls), _find_reference_fields(cls)
    held = {field: value for field in wanted if (value := getattr(record, field)) != defaults.get(field, _NOTHING)}
    thin = make_projection_class(cls, (*held,))()
    for field, value in held.items():
        setattr(thin, field, known[value].id if field in naming and value in known else value)
    return thin


_NOTHING = object()


@functools.cache
def _find_reference_fields(cls: Any) -> frozenset[str]:
    """The fields that hold an id of another record."""
    return frozenset(
        shape.name for shape in fields_of(cls) if shape.type in REFERENTS and not shape.many and shape.name != "id"
    )


@functools.cache
def _get_field_defaults(cls: Any) -> Mapping[str, Any]:
    return {field.name: field.default for field in attrs.fields(cls) if field.default is not attrs.NOTHING}


@functools.cache
def make_projection_class(cls: Any, held: tuple[str, ...]) -> Any:
    """A class with slots for these fields alone; of the others all have the default, an empty text, or name nothing."""
    same: dict[str, Any] = {
        name: value
        for base in reversed(cls.__mro__)
        for name, value in vars(base).items()
        if isinstance(value, property) or (callable(value) and not name.startswith("_"))
    }
    empty = Text(en="")
    same |= {
        "name": "" if cls is Person else empty,
        "title": empty,
        "summary": empty,
        **dict.fromkeys(_find_reference_fields(cls)),
    }
    same |= _get_field_defaults(cls)
    own = {name: value for name, value in same.items() if name not in held}
    own |= {"__slots__": held, "__class__": cls, "__module__": cls.__module__}
    return type(cls.__name__, (_ProjectedRecord,), own)


class _ProjectedRecord:
    """What stands for a record."""

    __slots__ = ()


def list_projected_fields(cls: type[Any]) -> tuple[str, ...] | None:
    """The fields that objects of a class made by `thin_class` hold; None for any other class."""
    return tuple(cls.__slots__) if issubclass(cls, _ProjectedRecord) else None


def list_shared_keys(records: Mapping[str, Iterable[Any]]) -> Iterator[tuple[Any, str]]:
    """Each record with each key that matters where another record has it too, whatever rule asks for it."""
    for number, (name, keys) in enumerate(_list_shared_key_functions()):
        for record, key in keys(records.get(name, ())):
            yield record, f"{number} {key}"


@functools.cache
def _list_shared_key_functions() -> tuple[tuple[str, Keys], ...]:
    return tuple(
        (COLLECTION_OF[look.cls], look.keys)
        for _, look in _list_looks()
        if isinstance(look, RelatedFields) and look.keys is not None
    )


def is_needed_unreferenced(person: Person) -> bool:
    """Whether rules look at a person that nothing names."""
    return not person.roles or bool(person.accepted)
