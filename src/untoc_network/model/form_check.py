"""What was built in Python, held to the form that readers hold documents to: the same codes, words and places."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import ImpossibleValue, InvalidDocument
from untoc_network.diagnostics.findings import Finding, Path, Report
from untoc_network.model import field_codes
from untoc_network.model.extension import OwnFieldFault, OwnFields, declare
from untoc_network.model.field_codes import list_model_classes
from untoc_network.model.register import COLLECTIONS, TABLES, Register
from untoc_network.text.nearest_names import NearestNames
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.extra import Extra, to_plain_extra
from untoc_network.values.field_faults import Fault, FaultKind, iter_faults
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of
from untoc_network.values.ids_and_codes import RecordId
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import TEXT_FORMS, is_sound

__all__ = [
    "checked",
    "ensure_sound",
    "find_own_field_faults",
    "keep_sound_part",
    "make_missing_field_params",
    "make_wrong_choice_params",
    "make_wrong_type_params",
    "require_valid",
]


Params = dict[str, str | int]


def checked(held: Any) -> Report:
    """All findings on form that reading would give on a record, a value or a register; never raises.

    Constructors refuse these already; an object can still be made past them, by `object.__setattr__` or `__new__`.
    Pointers are relative to what is given. Only where `report.ok` can it be written and read again.
    """
    if type(held) not in _get_model_classes():
        return Report((shape.wrong_type.finding((), make_wrong_type_params("part", _name_given_type(held))),))
    found = (_make_finding(held, path, *_to_code_and_params(fault)) for path, fault in iter_faults(held))
    return Report((*found, *_find_empty_parts(held), *find_own_field_faults(held)))


def ensure_sound(held: Any) -> None:
    """Raise `InvalidDocument` where what would be written could not be read again; its report names every field."""
    if type(held) not in _get_model_classes() or not is_sound(held) or any(find_own_field_faults(held)):
        raise InvalidDocument(Report(checked(held).errors))


def require_valid(read: tuple[Register | None, Report]) -> Register:
    """The register that was read. Raises `InvalidDocument`, whose `.report` holds everything, on any error."""
    register, report = read
    if register is None or not report.ok:
        raise InvalidDocument(report)
    return register


def find_own_field_faults(held: Any, declared: OwnFields | None = None) -> Iterator[Finding]:
    """Every finding on a value that the declaration of its own field does not allow, with its path.

    A register has its declarations with it; those of a record are given.
    """
    if not isinstance(held, Register):
        for fault in () if declared is None else declared.find_faults(held):
            yield _make_finding(held, ("extra", *fault.path), *_describe_own_field_fault(fault))
        return
    declared = declare(getattr(held, "extensions", ()))
    for name, cls in COLLECTIONS.items() if declared else ():
        records = getattr(held, name, ()) if declared.list_of(cls) else ()
        for position, record in enumerate(records if isinstance(records, tuple) else ()):
            for finding in find_own_field_faults(record, declared):
                yield finding.with_location(path=(name, position, *finding.path))


def _describe_own_field_fault(fault: OwnFieldFault) -> tuple[Code, Params]:
    """The rule that a value of an own field breaks, and what its message is filled with."""
    field, plain = fault.field, to_plain_extra(fault.value)
    shown = plain if field.sensitivity is Sensitivity.PUBLIC else "…"
    if fault.problem == "choice":
        return shape.value_not_allowed, make_wrong_choice_params(field.choices, plain) | {"value": shown}
    if fault.problem != "type":
        rule = shape.invalid_moment if field.kind == "moment" else shape.invalid_date
        return rule, {"value": shown, "problem": fault.problem}
    is_no_list = field.many and len(fault.path) == len((field.namespace, field.name))
    return shape.wrong_type, make_wrong_type_params(
        "list" if is_no_list else field.kind, _name_given_type(plain), shown
    )


def keep_sound_part(register: Register) -> tuple[Register, Mapping[str, tuple[int, ...]], frozenset[str]]:
    """A register of what is sound in one, the original positions of the records left, and the ids of the others."""
    at_fault = {path[:1] if path[0] not in TABLES else path[:2] for path, _ in iter_faults(register) if path}
    kept: dict[str, list[tuple[int, Any]]] = {}
    lost: set[str] = set()
    for name in TABLES:
        held = getattr(register, name, ())
        kept[name] = []
        for place, one in enumerate(held if type(held) is tuple else ()):
            if (name, place) not in at_fault and (name,) not in at_fault:
                kept[name].append((place, one))
            elif isinstance(record_id := getattr(one, "id", None), str):
                lost.add(record_id)
        if name in COLLECTIONS:
            kept[name].sort(key=lambda pair: pair[1].id)
    frame: dict[str, Any] = {
        shape.name: getattr(register, shape.name)
        for shape in fields_of(Register)
        if not shape.many and (shape.name,) not in at_fault and shape.name != "schema_version"
    }
    lists: dict[str, Any] = {name: tuple(one for _, one in pairs) for name, pairs in kept.items()}
    places = {name: tuple(place for place, _ in pairs) for name, pairs in kept.items()}
    return Register(**(frame | lists)), places, frozenset(lost)


def make_wrong_type_params(expected: str, given: str, value: object = None) -> Params:
    """What the finding on a value of another kind says; `value` is what to write in quotes, where that mends it."""
    remedy: Params = {"remedy": "convert"}
    if expected == "text" and value is not None and given in {"boolean", "whole-number", "number"}:
        remedy = {"remedy": "quote", "value": str(value).lower() if given == "boolean" else str(value)}
    return {"expected": expected, "given": given, **remedy}


def make_wrong_choice_params(choices: type[StrEnum] | tuple[str, ...], value: str) -> Params:
    """What the finding on a text says that is none of the choices."""
    near = _find_choices(choices).to(value.strip().lower().replace("_", "-").replace(" ", "-"))
    remedy = {"remedy": "near", "near": near} if near else {"remedy": "choose", "choices": ", ".join(choices)}
    few = [*choices][:3]
    return {"value": value, "allowed": ", ".join(few) + (" …" if len(choices) > len(few) else ""), **remedy}


@functools.lru_cache(maxsize=100)
def _find_choices(choices: type[StrEnum] | tuple[str, ...]) -> NearestNames:
    return NearestNames(choices)


def make_missing_field_params(cls: type, name: str, kind: Any) -> Params:
    """What the finding on a field that is missing advises to add."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"description": "one-of", "choices": ", ".join(kind)}
    return {"description": f"{cls.__name__}.{name}"}


@functools.cache
def _get_model_classes() -> frozenset[type]:
    return frozenset(list_model_classes())


def _make_finding(held: Any, path: Path, rule: Code, params: Params) -> Finding:
    holder = held
    if isinstance(held, Register) and len(path) > 1 and path[0] in COLLECTIONS:
        holder = getattr(held, str(path[0]))[path[1]]
    record_id = getattr(holder, "id", None)
    fits = isinstance(record_id, str) and TEXT_FORMS[RecordId].fits(record_id)
    return rule.finding(path, params, subject=record_id if fits else None)


def _to_code_and_params(fault: Fault) -> tuple[Code, Params]:
    """The rule that a fault breaks, as the readers hold it, and what its message is filled with."""
    part, value = fault.part, fault.value
    if part is None or (fault.reason is not None and part.type in (Text, Extra)):
        return shape.impossible_value, {"problem": fault.reason or ""}
    if fault.reason is not None:
        rule = shape.invalid_date if part.type is PartialDate else shape.invalid_moment
        return rule, {"value": _mask_unless_public(fault, str.__str__(value)), "problem": fault.reason}
    if fault.kind is FaultKind.MISSING and part.required:
        return field_codes.missing_field, {
            "name": part.name,
            **make_missing_field_params(fault.cls, part.name, part.type),
        }
    if fault.kind in _RULES:
        rule, params = _RULES[fault.kind]
        return rule, params if fault.kind is not FaultKind.FORM else {"form": TEXT_FORMS[part.type].name}
    if type(value) is str:
        broken = _find_misreading(part, value)
        if broken is not None:
            return broken[0], broken[1] | ({"value": _mask_unless_public(fault, value)} if "value" in broken[1] else {})
    given = "nothing" if fault.kind is FaultKind.MISSING else _name_given_type(value)
    expected = "tuple" if part.many and fault.position is None else _name_expected_type(part.type)
    return shape.wrong_type, make_wrong_type_params(expected, given)


_RULES: Mapping[FaultKind, tuple[Code, Params]] = {
    FaultKind.FORM: (field_codes.wrong_format, {}),
    FaultKind.NUMBER: (shape.inexact_number, {"given": "this"}),
    FaultKind.SURROGATE: (shape.unpaired_surrogate, {}),
}


def _find_misreading(part: FieldShape, value: str) -> tuple[Code, Params] | None:
    """What reading would say of a text where a value of another class is due; None where it would take it."""
    if isinstance(part.type, type) and issubclass(part.type, StrEnum) and value not in [*part.type]:
        return shape.value_not_allowed, make_wrong_choice_params(part.type, value)
    for kind, rule in ((PartialDate, shape.invalid_date), (Instant, shape.invalid_moment)):
        if part.type is kind:
            try:
                kind(value)
            except ImpossibleValue as problem:
                return rule, {"value": value, "problem": problem.key}
    return None


def _mask_unless_public(fault: Fault, value: str) -> str:
    """The value, as far as the field is public."""
    shapes = {one.name: one.sensitivity for one in fields_of(fault.cls)}
    return value if fault.part is not None and shapes[fault.part.name] is Sensitivity.PUBLIC else "…"


_EXPECTED: Mapping[Any, str] = {
    str: "text",
    bool: "boolean",
    int: "whole-number",
    PartialDate: "date",
    Instant: "moment",
    Text: "text-in-languages",
    Extra: "object",
}


def _name_expected_type(kind: Any) -> str:
    """What a value of a type is called; a key of the phrases of IO004."""
    if kind in TEXT_FORMS:
        return "text"
    return _EXPECTED.get(kind) or ("choice" if issubclass(kind, StrEnum) else "part")


_GIVEN: Mapping[type, str] = {
    str: "text",
    bool: "boolean",
    int: "whole-number",
    float: "number",
    list: "list",
    dict: "object",
    type(None): "null",
}


def _name_given_type(value: Any) -> str:
    return _GIVEN.get(type(value), "other")


def _find_empty_parts(held: Any) -> Iterator[Finding]:
    """Every part that says nothing, and would be written as an empty object."""
    for path, one in _iterate_parts(held, ()):
        cls: Any = type(one)
        if path and one == _make_empty_object(cls):
            yield _make_finding(held, path, shape.empty_value, {"given": "empty-object"})


def _iterate_parts(held: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """An object and all objects in it of their own classes."""
    yield path, held
    cls: Any = type(held)
    for one in fields_of(cls):
        value = getattr(held, one.name, None)
        for place, part in enumerate(value) if type(value) is tuple else ((None, value),):
            if type(part) is one.type and one.type in _get_model_classes():
                yield from _iterate_parts(part, (*path, one.name) if place is None else (*path, one.name, place))


@functools.cache
def _make_empty_object(cls: Any) -> Any:
    """An object of a class of which nothing is said, where there can be such."""
    return None if any(one.required for one in fields_of(cls)) else cls()
