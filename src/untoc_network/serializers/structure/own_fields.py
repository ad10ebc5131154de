"""Own fields as they are declared: each value as its type has it, with a finding on each that is not allowed.

Readers keep own fields as documents have them. What is declared is looked at afterwards, whatever the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from untoc_network.diagnostics.code import mask_key
from untoc_network.diagnostics.codes.reading import own_field_declared_twice, undeclared_own_fields
from untoc_network.diagnostics.findings import Finding, Path, Report
from untoc_network.model.extension import Extension, OwnFields, declare, require_extensions
from untoc_network.model.form_check import find_own_field_faults
from untoc_network.model.register import COLLECTIONS, Register

__all__ = ["report_undeclared", "type_own_fields", "type_own_fields_of_record"]

R = TypeVar("R")

_MOST_NAMES = 5
_Extra = attrgetter("extra")


def type_own_fields(
    read: tuple[Register | None, Report], extensions: Iterable[Extension]
) -> tuple[Register | None, Report]:
    """What was read of a register, with its own fields as they are declared, and what is wrong with them."""
    register, report = read
    kept = require_extensions(extensions)
    if register is None:
        return read
    holders = _list_holders(register)
    if not kept and not holders:
        return read
    declared = declare(kept)
    register = attrs.evolve(register, extensions=kept)
    found = (*_report_declarations(declared), *find_own_field_faults(register), *report_undeclared(register))
    report = report.merge(Report(found))
    typed: dict[str, Any] = {name: tuple(map(declared.to_typed, getattr(register, name))) for name in holders}
    return attrs.evolve(register, **typed), report


def type_own_fields_of_record(
    read: tuple[R | None, Report], extensions: Iterable[Extension]
) -> tuple[R | None, Report]:
    """The same of one record, which is None where anything is an error; what is not declared is told of registers."""
    record: Any
    record, report = read
    declared = declare(require_extensions(extensions))
    if record is None or not declared:
        return read
    report = report.merge(Report((*_report_declarations(declared), *find_own_field_faults(record, declared))))
    return declared.to_typed(record) if report.ok else None, report


def _report_declarations(declared: OwnFields) -> Iterator[Finding]:
    for cls, namespace, name in declared.declared_twice:
        yield own_field_declared_twice.finding((), {"name": f"{cls}.extra.{namespace}.{name}"})


def _list_holders(register: Register) -> list[str]:
    """The collections of which a record has own fields."""
    return [name for name in COLLECTIONS if any(map(_Extra, getattr(register, name)))]


def report_undeclared(register: Register) -> Iterator[Finding]:
    """One finding on all own fields that nobody declared, at the first of them."""
    declared = declare(register.extensions)
    undeclared = (
        ((collection, position), record, namespace, name)
        for collection in _list_holders(register)
        for position, record in enumerate(getattr(register, collection))
        for namespace, name in declared.list_undeclared(record)
    )
    names: dict[str, None] = {}
    first: tuple[Path, str] | None = None
    for place, record, namespace, name in undeclared:
        names[f"{mask_key(namespace)}.{mask_key(name)}"] = None
        first = first or ((*place, "extra", namespace, name), record.id)
    if first is not None:
        few = ", ".join([*names][:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
        yield undeclared_own_fields.finding(first[0], {"number": len(names), "names": few}, subject=first[1])
